"""转主动公开 (Art 44): who asks, who suggests, and what becomes of it."""

from datetime import date

import pytest

from engine.authoring import InvalidAnswers, NotAllowed, Refusal
from models.documents import Attribute, Document, PaperRole, VersionKind
from processes.registers import drafts, proposals, same_information
from processes.registers.documents import document_of
from tests.asking import (
    ALREADY_PUBLIC,
    POSTED,
    answered,
    drafted,
    examined,
    sent_in,
    withdrawn,
)
from tests.office import NOTICE, Matter, Office, refused
from tests.proposing import (
    asks,
    gives,
    numbers_in,
    prepares,
    proposal,
    proposal_cases,
    three_ask,
)

STEP = "weigh_proposal"


def drafts_of(office: Office, matter: Matter) -> list[Matter]:
    """Return the drafts that came out of a proposal."""
    with office.engine.read() as work:
        found = proposal(work, matter).document
        return [Matter(office, found.case_id)] if found else []


def test_what_three_people_ask_for_is_looked_at(office: Office) -> None:
    asked = three_ask(office)
    (matter,) = proposal_cases(office)
    assert matter.waits_at == ["研究是否转为主动公开"]
    assert numbers_in(matter) == {
        asked[0].number: "first",
        asked[1].number: "content",
        asked[2].number: "content",
    }
    # Twenty working days after Monday, 2 March.
    assert matter.limit(STEP).due_on == date(2026, 3, 30)
    assert matter.history[0] == "起因：多个申请人申请同样的信息（条例第44条第1款）。"
    joined = "和别的申请一起列入转主动公开建议转公开500199003-2026-0001（条例第44条）。"
    assert all(joined in each.history for each in asked)


def test_two_people_are_not_many(office: Office) -> None:
    gives(office, asks(office, "张晓明"))
    asks(office, "李成")
    assert proposal_cases(office) == []


def test_who_asks_three_times_is_one_applicant(office: Office) -> None:
    gives(office, asks(office, "张晓明"))
    asks(office, "张晓明")
    asks(office, "张晓明")
    assert proposal_cases(office) == []


def test_what_nobody_was_given_is_not_looked_at(office: Office) -> None:
    asked = [asks(office, name) for name in ("张晓明", "李成", "王芳")]
    examined(office, asked[0], "answer")
    drafted(office, asked[0], **ALREADY_PUBLIC)
    answered(office, asked[0])
    assert proposal_cases(office) == []


def test_the_third_applicant_may_come_after_the_answer(office: Office) -> None:
    gives(office, asks(office, "张晓明"))
    asks(office, "李成")
    asks(office, "王芳", content="２０２５年 部门预算执行情况报告。")
    (matter,) = proposal_cases(office)
    assert list(numbers_in(matter).values()) == ["content", "content", "first"]


def test_how_many_within_how_many_months_is_a_setting(office: Office) -> None:
    gives(office, asks(office, "张晓明"))
    rule = {"applicants": 2, "months": 6}
    office.sets("request.proactive", rule, valid_from=date(2026, 3, 1))
    # Asked on 2 March, six months and a day ago.
    office.clock.set("2026-09-03")
    asks(office, "李成", "2026-09-03")
    assert proposal_cases(office) == []
    asks(office, "王芳", "2026-09-03")
    assert proposal_cases(office) == []


@pytest.mark.parametrize("value", [{"applicants": 1, "months": 12}, {"months": 12}, 3])
def test_a_rule_that_says_nothing_is_refused(office: Office, value: object) -> None:
    with refused(Refusal):
        office.sets("request.proactive", value, valid_from=date(2026, 3, 1))


@pytest.mark.parametrize(
    ("today", "months", "first"),
    [
        (date(2026, 3, 2), 12, date(2025, 3, 2)),
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2028, 3, 31), 1, date(2028, 2, 29)),
        (date(2026, 1, 15), 1, date(2025, 12, 15)),
    ],
)
def test_months_are_counted_back_by_the_calendar(
    today: date, months: int, first: date
) -> None:
    assert same_information.since(today, months) == first


def test_other_words_are_not_the_same(office: Office) -> None:
    gives(office, asks(office, "张晓明"))
    asks(office, "李成")
    asks(office, "王芳", content="2024年部门预算执行情况报告")
    assert proposal_cases(office) == []


def test_the_same_document_that_was_given_is(office: Office) -> None:
    words = ("预算执行报告", "预算怎样执行的", "部门花了多少钱")
    for name, content in zip(("张晓明", "李成", "王芳"), words, strict=True):
        gives(office, asks(office, name, content=content))
    (matter,) = proposal_cases(office)
    assert sorted(numbers_in(matter).values()) == ["first", "released", "released"]


def test_a_clerk_may_say_that_two_ask_for_the_same(office: Office) -> None:
    first = asks(office, "张晓明")
    gives(office, first)
    asks(office, "李成")
    third = asks(office, "王芳", content="去年各部门预算执行得怎么样")
    assert proposal_cases(office) == []
    with office.wen.work() as work:
        same_information.mark(work, third.row(work), first.row(work))
        proposals.consider(work, third.row(work))
    (matter,) = proposal_cases(office)
    assert numbers_in(matter)[first.number] == "by_hand"
    assert f"文静认定和{third.number}申请的是同样的信息。" in first.history


def test_only_the_disclosure_office_says_so(office: Office) -> None:
    first, other = asks(office, "张晓明"), asks(office, "李成", content="别的")
    with office.luo.work() as work, refused(NotAllowed):
        same_information.mark(work, first.row(work), other.row(work))
    with office.wen.work() as work, refused(Refusal):
        same_information.mark(work, first.row(work), first.row(work))


def test_a_subject_is_looked_at_once(office: Office) -> None:
    three_ask(office)
    (matter,) = proposal_cases(office)
    later = asks(office, "李成")
    assert proposal_cases(office) == [matter]
    assert numbers_in(matter)[later.number] == "content"
    office.wen.does(matter, STEP, outcome="not_public", reason="每年变化，意义不大。")
    last = asks(office, "王芳")
    assert proposal_cases(office) == [matter]
    assert numbers_in(matter)[last.number] == "content"
    told = "经审核，不纳入主动公开范围。理由：每年变化，意义不大。"
    assert f"转主动公开建议转公开500199003-2026-0001：{told}" in last.history


def test_what_is_to_be_public_becomes_a_draft(office: Office) -> None:
    asked = three_ask(office)
    (matter,) = proposal_cases(office)
    office.wen.does(matter, STEP, outcome="proposed")
    assert matter.waits_at == []
    (draft,) = drafts_of(office, matter)
    with office.engine.read() as work:
        document = document_of(work.session, draft.case(work))
        assert document.attribute == Attribute.PUBLIC
        assert document.title == "2025年部门预算执行情况报告"
        assert document.section.short_name == "预算科"
        assert document.text is not None
        version = document.text.newest(VersionKind.OFFICE)
        assert version is not None
        assert NOTICE.strip() in work.engine.files.get(version.file).decode()
        # Linked both ways.
        assert draft.case(work).parent_id == matter.id
        found = proposals.of_document(work.session, document)
        assert found is not None
        assert found.case_id == matter.id
    assert (
        "由转公开500199003-2026-0001转来："
        f"{asked[0].number}提供的信息拟主动公开（条例第44条）。" in draft.history
    )
    assert "正在办理公开前的审查" in asked[1].history[-1]
    assert draft.open_steps == ["draft"]
    assert office.shen.finds(draft, "draft")


def test_the_draft_goes_the_whole_way_of_a_document(office: Office) -> None:
    asked = three_ask(office)
    (matter,) = proposal_cases(office)
    office.wen.does(matter, STEP, outcome="proposed")
    (draft,) = drafts_of(office, matter)
    with office.engine.read() as work:
        document = document_of(work.session, draft.case(work))
        version = document.papers_of(PaperRole.TEXT)[0].newest(VersionKind.OFFICE)
        assert version is not None
        text = version.file.public_id
    office.shen.submits(draft, file=text, title="2025年部门预算执行情况报告")
    office.brings(draft, "approve_publication")
    office.tang.lets_out(draft, "2026-03-02")
    office.fires()
    with office.engine.read() as work:
        document = document_of(work.session, draft.case(work))
        assert document.is_listed
        row = proposals.of_request(work.session, asked[2].row(work))
        assert row is not None
        assert proposals.answer_to(row) == "这条信息已经主动公开，可以在本网站查到。"


@pytest.mark.parametrize(
    ("outcome", "field", "sentence"),
    [
        ("not_public", "reason", "写明为什么不转为主动公开"),
        ("already_public", "where", "写明在哪里公开了：网站、栏目、日期"),
    ],
)
def test_why_or_where_is_written(
    office: Office, outcome: str, field: str, sentence: str
) -> None:
    three_ask(office)
    (matter,) = proposal_cases(office)
    with refused(InvalidAnswers) as invalid:
        office.wen.does(matter, STEP, outcome=outcome)
    assert invalid.value.errors == {field: [sentence]}
    office.wen.does(matter, STEP, outcome=outcome, **{field: "写明了。"})
    assert matter.waits_at == []
    assert drafts_of(office, matter) == []


def test_a_suggestion_is_looked_at_and_answered(office: Office) -> None:
    asked = asks(office, "张晓明", suggests_publication="yes")
    assert proposal_cases(office) == []
    gives(office, asked)
    (matter,) = proposal_cases(office)
    assert matter.history[0] == "起因：申请人建议主动公开（条例第44条第2款）。"
    with refused(InvalidAnswers) as invalid:
        office.wen.does(matter, STEP, outcome="proposed")
    assert invalid.value.errors == {
        "told": ["申请人提了建议，写明怎样答复他（条例第44条第2款）"]
    }
    office.wen.does(matter, STEP, outcome="proposed", told="3月2日电话告知")
    assert len(drafts_of(office, matter)) == 1
    with office.engine.read() as work:
        assert proposal(work, matter).told == "3月2日电话告知"


def test_a_suggestion_of_what_was_refused_is_answered_too(office: Office) -> None:
    asked = asks(office, "张晓明", suggests_publication="yes")
    examined(office, asked, "answer")
    drafted(office, asked, **ALREADY_PUBLIC)
    answered(office, asked)
    (matter,) = proposal_cases(office)
    with refused(InvalidAnswers) as invalid:
        office.wen.does(matter, STEP, outcome="proposed", told="电话告知")
    assert invalid.value.errors == {
        "source": ["这些申请都没有提供过信息，没有可以转为主动公开的内容"]
    }
    office.wen.does(
        matter, STEP, outcome="already_public", told="电话", where="区政府网站"
    )
    assert asked.history[-1].endswith("这条信息已经主动公开：区政府网站")


def test_a_withdrawn_suggestion_is_over(office: Office) -> None:
    asked = asks(office, "张晓明", suggests_publication="yes")
    withdrawn(office, asked)
    office.wen.does(asked, "notify_closing", outcome="told", **POSTED)
    office.wen.does(asked, "archive_request", outcome="archived", retention="10年")
    assert proposal_cases(office) == []


def test_agencies_look_for_themselves(office: Office) -> None:
    three_ask(office)
    (matter,) = proposal_cases(office)
    assert office.wen.finds(matter, STEP)
    assert not office.dai.sees(matter)
    sent_in(
        office,
        "2026-03-02",
        "区政府",
        personal={"name": "李成", "content": "2025年部门预算执行情况报告"},
    )
    assert len(numbers_in(matter)) == 3


def test_a_draft_belongs_to_who_asked_for_it(office: Office) -> None:
    with office.shen.work() as work:
        section = office.organisation(work, "预算科")
        document = drafts.begin(work, section, title="某件事")
        assert isinstance(document, Document)
        assert document.drafter.name == "沈清"


def test_an_answer_under_way_is_not_given_yet(office: Office) -> None:
    first = asks(office, "张晓明")
    asks(office, "李成")
    asks(office, "王芳")
    prepares(office, first)
    assert proposal_cases(office) == []
    answered(office, first)
    assert len(proposal_cases(office)) == 1
