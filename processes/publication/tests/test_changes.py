"""更正、撤回、有效性变更: nothing that is out is changed without its reason."""

from datetime import date

import pytest

from engine.errors import InvalidAnswers, MakerIsChecker, NotAllowed, Refusal
from models.documents import VersionKind
from models.people import Role
from processes.publication.tests.published import (
    acts,
    document,
    messages,
    publishes,
    reads,
)
from processes.registers.documents import document_of
from processes.registers.publications import WITHDRAWAL_GROUNDS
from tests import review_answers
from tests.office import Matter, Office, refused

CORRECTED = "云川区人民政府办公室关于做好2026年政务公开培训工作的通知\n\n改正了一处。\n"
WITHDRAWN = {
    "kind": "withdraw",
    "ground": "mistaken",
    "reason": "附表金额全部算错，另行发布。",
    "remains": "shown",
}

ASKED = {
    "outcome": "requested",
    "authority": "区国家保密局",
    "letter_number": "云府办函〔2026〕9号",
    "asked_on": "2026-03-02",
}
NOT_PUBLIC = {
    "outcome": "recorded",
    "answer": "not_public",
    "answered_on": "2026-03-02",
}


@pytest.fixture
def notice(office: Office) -> Matter:
    """A document that was published on Monday, 2 March 2026."""
    return publishes(office)


def corrects(office: Office, notice: Matter, **answers: str) -> Matter:
    """Let lin ask for a correction of the text."""
    told = document(office, notice)
    return office.lin.asks_to_change(
        told.public_id,
        kind="correct",
        files={told.papers["正文"]: CORRECTED},
        **{"reason": "第二段漏字，已补正。", "remains": "shown", **answers},
    )


def withdraws(office: Office, notice: Matter, **answers: str) -> Matter:
    """Let lin ask for a withdrawal."""
    public_id = document(office, notice).public_id
    return office.lin.asks_to_change(public_id, **{**WITHDRAWN, **answers})


def approves(office: Office, matter: Matter, day: str = "2026-03-02") -> None:
    """Let everybody agree to a change until it happens."""
    office.brings(matter, "approve_change")
    office.liang.does(matter, "approve_change", outcome="approved", publish_on=day)
    office.fires()


# 更正


def test_a_correction_is_reviewed_before_it_is_approved(
    office: Office, notice: Matter
) -> None:
    matter = corrects(office, notice)
    assert "approve_change" not in matter.open_steps
    office.brings(matter, "approve_change")
    assert reads(office, notice) != CORRECTED
    approves(office, matter)
    assert reads(office, notice) == CORRECTED


def test_both_versions_stay_with_the_reason(office: Office, notice: Matter) -> None:
    approves(office, corrects(office, notice))
    assert acts(office, notice) == [
        ("publish", "", ["website"]),
        ("correct", "第二段漏字，已补正。", ["website"]),
    ]
    assert document(office, notice).is_listed


def test_a_correction_brings_a_file(office: Office, notice: Matter) -> None:
    public_id = document(office, notice).public_id
    with refused(InvalidAnswers) as refusal:
        office.lin.asks_to_change(
            public_id, kind="correct", reason="改错字", remains="shown"
        )
    assert refusal.value.errors == {
        "files": ["传上更正后的文件。这份文件现在公开的有：正文"]
    }


def test_a_correction_differs_from_what_is_out(office: Office, notice: Matter) -> None:
    told = document(office, notice)
    paper = told.papers["正文"]
    with refused(InvalidAnswers) as refusal:
        office.lin.asks_to_change(
            told.public_id,
            kind="correct",
            reason="改错字",
            remains="shown",
            files={paper: reads(office, notice)},
        )
    assert refusal.value.errors == {
        f"files.{paper}": ["传的文件与现在公开的正文一字不差，没有可更正的"]
    }


def test_an_attachment_that_was_forgotten_is_added(
    office: Office, notice: Matter
) -> None:
    matter = office.lin.asks_to_change(
        document(office, notice).public_id,
        kind="correct",
        reason="补发附件。",
        remains="shown",
        added=[office.lin.uploads("培训日程\n四月一期。\n", "培训日程.txt")],
    )
    approves(office, matter)
    assert list(document(office, notice).papers) == ["正文", "培训日程"]


def test_a_returned_correction_comes_back_to_who_asked_for_it(
    office: Office, notice: Matter
) -> None:
    matter = corrects(office, notice)
    office.brings(matter, "approve_change")
    office.liang.does(
        matter,
        "approve_change",
        outcome="refused",
        reason="public_reason",
        opinion="写明漏了哪几个字。",
    )
    assert matter.open_steps == ["publication_request"]
    assert matter.assignee == "林晓雯"
    office.lin.does(matter, "publication_request", outcome="dropped")
    assert matter.open_steps == []
    assert len(acts(office, notice)) == 1


def test_what_an_authority_withheld_is_not_reviewed_again_as_it_was(
    office: Office, notice: Matter
) -> None:
    # 《政府信息公开条例》Art 17(3).
    matter = corrects(office, notice)
    office.brings(matter, "secrecy_first")
    with office.engine.read() as work:
        answers = review_answers.usual(work, matter.case(work), "secrecy_first")
    (item,) = (name for name in answers if name.endswith(".stability"))
    unsure = {**answers, item: "unsure", "outcome": "unsure"}
    office.zhou.does(matter, "secrecy_first", **unsure)
    office.gao.does(matter, "request_determination", **ASKED)
    office.gao.does(matter, "record_determination", **NOT_PUBLIC)
    told = document(office, notice)
    with refused(Refusal, match="已经确定这些材料不予公开"):
        office.lin.asks_again(
            matter,
            document=told.public_id,
            kind="correct",
            files={told.papers["正文"]: CORRECTED},
            reason="第二段漏字，已补正。",
            remains="shown",
        )


def test_a_dropped_correction_takes_its_new_papers_along(
    office: Office, notice: Matter
) -> None:
    public_id = document(office, notice).public_id
    matter = office.lin.asks_to_change(
        public_id,
        kind="correct",
        reason="补发附件。",
        remains="shown",
        added=[office.lin.uploads("培训日程\n四月一期。\n", "培训日程.txt")],
    )
    office.brings(matter, "approve_change")
    office.liang.does(
        matter,
        "approve_change",
        outcome="refused",
        reason="not_needed",
        opinion="附件另发。",
    )
    office.lin.does(matter, "publication_request", outcome="dropped")
    approves(office, corrects(office, notice))
    assert list(document(office, notice).papers) == ["正文"]


def test_after_a_dropped_correction_the_office_reads_what_the_public_reads(
    office: Office, notice: Matter
) -> None:
    matter = corrects(office, notice)
    words = {"reason": "wording", "opinion": "原来的没有错。"}
    office.lin.does(matter, "prepare_copy", outcome="returned", **words)
    assert written(office, notice) == CORRECTED
    office.lin.does(matter, "publication_request", outcome="dropped")
    assert written(office, notice) == reads(office, notice)


# 撤回


def test_a_withdrawn_document_is_found_no_more(office: Office, notice: Matter) -> None:
    matter = withdraws(office, notice)
    assert matter.waits_at == ["审核更改"]
    approves(office, matter)
    told = document(office, notice)
    assert not told.is_listed
    assert str(told.withdrawn_at) == "2026-03-02 02:00:00+00:00"
    assert messages(office) == [("website", "publish"), ("website", "withdraw")]


def test_three_people_withdraw(office: Office, notice: Matter) -> None:
    office.gives_role(office.lin, Role.SECTION_HEAD, "信息公开科")
    office.gives_role(office.zhou, Role.DISCLOSURE_HEAD, "区政府办")
    matter = withdraws(office, notice)
    with refused(MakerIsChecker):
        office.lin.agrees(matter, "publication_review")
    office.zhou.agrees(matter, "publication_review")
    with refused(MakerIsChecker):
        office.zhou.agrees(matter, "approve_change")


def test_a_withdrawn_penalty_has_three_working_days(
    office: Office, notice: Matter
) -> None:
    # 行政处罚法 Art 48, working days by Art 85: from Friday to Wednesday.
    office.clock.set("2026-03-09")
    matter = withdraws(office, notice, ground="penalty", since="2026-03-06")
    assert matter.limit("withdrawal").due_on == date(2026, 3, 11)


def test_a_penalty_that_is_not_withdrawn_in_time_reaches_the_head(
    office: Office, notice: Matter
) -> None:
    office.clock.set("2026-03-09")
    matter = withdraws(office, notice, ground="penalty", since="2026-03-06")
    office.clock.set("2026-03-12", "00:00")
    office.fires()
    told = "区政府办 更改500199002-2026-0001 的“撤回行政处罚决定信息”"
    assert ("unit_head", f"{told}应于3月11日办结，已经逾期。") in matter.notices


def test_a_withdrawn_penalty_ends_its_limit(office: Office, notice: Matter) -> None:
    matter = withdraws(office, notice, ground="penalty", since="2026-03-02")
    approves(office, matter)
    assert matter.limit("withdrawal").state == "met"


def test_a_penalty_whose_day_was_put_right_is_watched_anew(
    office: Office, notice: Matter
) -> None:
    matter = withdraws(office, notice, ground="penalty", since="2026-03-02")
    office.clock.set("2026-03-20")  # Friday: the limit of 5 March has passed
    office.fires()
    words = {"reason": "other", "opinion": "撤销是三月十九日。"}
    office.zhou.does(matter, "publication_review", outcome="returned", **words)
    answers = {**WITHDRAWN, "ground": "penalty", "since": "2026-03-19"}
    office.lin.asks_again(
        matter, document=document(office, notice).public_id, **answers
    )
    office.clock.set("2026-03-27", "00:00")  # Friday: two working days after the 24th
    office.fires()
    assert [line for line in matter.history if "撤回行政处罚" in line][3:] == [
        "系统提醒梁敬之：“撤回行政处罚决定信息”3月24日到期。",
        "系统提醒秦主任：“撤回行政处罚决定信息”应于3月24日办结，已经逾期。",
        "系统提醒陆副区长：“撤回行政处罚决定信息”应于3月24日办结，已经逾期。",
    ]


def test_a_penalty_says_since_when_it_stands_no_more(
    office: Office, notice: Matter
) -> None:
    with refused(InvalidAnswers) as refusal:
        withdraws(office, notice, ground="penalty")
    assert refusal.value.errors == {
        "since": ["写明处罚决定被变更、撤销的日期，3 个工作日从次日起算"]
    }


# 有效性变更


def test_a_repealed_document_stays_and_says_so(office: Office, notice: Matter) -> None:
    matter = office.lin.asks_to_change(
        document(office, notice).public_id,
        kind="validity",
        validity="repealed",
        since="2026-04-01",
        reason="由新的办法代替。",
    )
    office.zhou.agrees(matter, "publication_review")
    with refused(InvalidAnswers) as refusal:
        approves(office, matter, "2026-03-31")
    assert refusal.value.errors == {
        "publish_on": ["有效性从2026年4月1日 周三起变更，生效日期不能早于这一天"]
    }
    office.liang.does(
        matter, "approve_change", outcome="approved", publish_on="2026-04-01"
    )
    office.clock.set("2026-04-01", "00:00")
    office.fires()
    assert document(office, notice).validity == "repealed"
    assert document(office, notice).is_listed


def test_a_validity_that_stands_already_is_no_change(
    office: Office, notice: Matter
) -> None:
    with refused(InvalidAnswers) as refusal:
        office.lin.asks_to_change(
            document(office, notice).public_id,
            kind="validity",
            validity="in_force",
            since="2026-03-02",
            reason="仍然有效。",
        )
    assert refusal.value.errors == {"validity": ["现在已经是这个有效性，不用变更"]}


# Who may ask, and for what.


def test_another_agency_does_not_change_our_documents(
    office: Office, notice: Matter
) -> None:
    with refused(InvalidAnswers) as refusal:
        office.shen.asks_to_change(document(office, notice).public_id, **WITHDRAWN)
    assert refusal.value.errors == {
        "document": ["选一份已发布的文件，或者填它的索引号"]
    }


def test_a_document_is_named_by_its_index_number_too(
    office: Office, notice: Matter
) -> None:
    matter = office.lin.asks_to_change("", number="500199002/2026-00001", **WITHDRAWN)
    approves(office, matter)
    assert document(office, notice).withdrawn_at is not None


def test_one_change_at_a_time(office: Office, notice: Matter) -> None:
    withdraws(office, notice)
    with refused(InvalidAnswers) as refusal:
        corrects(office, notice)
    assert refusal.value.errors == {
        "document": ["这份文件还有一件更改在办（更改500199002-2026-0001），办完再提"]
    }


def test_what_was_withdrawn_is_not_changed_any_more(
    office: Office, notice: Matter
) -> None:
    approves(office, withdraws(office, notice))
    with refused(InvalidAnswers):
        corrects(office, notice)


def test_a_case_is_about_the_document_that_it_began_with(
    office: Office, notice: Matter
) -> None:
    other = document(office, publishes(office, title="第二份")).public_id
    matter = withdraws(office, notice)
    office.zhou.does(
        matter,
        "publication_review",
        outcome="returned",
        reason="other",
        opinion="理由不够。",
    )
    with refused(InvalidAnswers) as refusal:
        office.lin.asks_again(matter, document=other, **WITHDRAWN)
    assert "document" in refusal.value.errors


def test_who_is_no_handler_asks_for_no_change(office: Office, notice: Matter) -> None:
    with refused(NotAllowed):
        office.zhou.asks_to_change(document(office, notice).public_id, **WITHDRAWN)


def test_the_public_reads_the_ground_in_the_words_of_the_form(office: Office) -> None:
    process = office.engine.definitions.process("publication")
    field = process.texts.step("publication_request").field("ground")
    assert field.options == WITHDRAWAL_GROUNDS


def written(office: Office, notice: Matter) -> str:
    """Return a document's text as the office has it now."""
    with office.engine.read() as work:
        text = document_of(work.session, notice.case(work)).text
        newest = text.newest(VersionKind.OFFICE) if text else None
        assert newest is not None
        return office.engine.files.get(newest.file).decode()
