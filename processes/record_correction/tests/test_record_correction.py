"""信息更正: what is put right, passed on or refused, and how who asked is told."""

from typing import Any

import pytest

from engine.authoring import word_letters
from engine.errors import InvalidAnswers, NotAllowed, Refusal
from engine.history import verify
from models.challenges import RecordCorrection
from models.people import Role
from models.workflow import Case
from processes.registers import letters, record_corrections, service_of_letters
from tests.correcting import (
    COMPLAINT,
    DECISIONS,
    begins,
    checked,
    decided,
    does,
    requested,
)
from tests.office import Matter, Office, refused


def test_it_is_settled_within_twenty_working_days_of_receipt(office: Office) -> None:
    office.clock.set("2026-03-04")  # Wednesday
    matter = requested(office)
    # Received on Monday, 2 March.
    assert str(matter.limit("correct_record").due_on) == "2026-03-30"  # Monday


def test_the_office_may_set_itself_less(office: Office) -> None:
    office.sets(
        "limit.record_correction.correct_record",
        {"length": 10, "unit": "working_days"},
        valid_from=office.clock.instant.date(),
    )
    matter = requested(office)
    assert str(matter.limit("correct_record").due_on) == "2026-03-16"  # Monday


def test_a_wrong_record_is_put_right_and_who_asked_is_told(office: Office) -> None:
    matter = requested(office)
    assert matter.waits_at == ["核实记录"]
    assert office.shen.finds(matter, "check_record")
    for element in ("check_record", "decide_correction", "approve_correction"):
        does(office, matter, element)
    assert letters_of(office, matter) == [
        ("更正政府信息告知书", "云川财公更〔2026〕1号")
    ]
    office.clock.set("2026-03-06")  # Friday
    does(office, matter, "serve_correction")
    assert matter.limit("correct_record").state == "met"
    does(office, matter, "archive_correction")
    assert matter.waits_at == []
    row = row_of(office, matter)
    assert (row.outcome, str(row.closed_on), row.retention) == (
        "corrected",
        "2026-03-06",
        "10年",
    )
    with office.engine.read() as work:
        assert verify(work.session) == []


@pytest.mark.parametrize(
    ("decision", "said"),
    [
        ("corrected", "本机关已于2026年3月2日将该记录更正为：家庭人口4人"),
        (
            "transferred",
            (
                "本机关无权更正该记录。记录由区民政局登记，本机关只是使用。"
                "你（单位）的申请已经转送云川区民政局处理。"
            ),
        ),
        (
            "told_where",
            (
                "本机关无权更正该记录。记录由区民政局登记，本机关只是使用。"
                "请向云川区民政局（联系方式：电话12345）提出。"
            ),
        ),
        ("refused", "不予更正。理由：户口簿载明家庭人口3人，记录准确。"),
    ],
)
def test_who_asked_reads_what_was_decided_and_where_to_challenge_it(
    office: Office, decision: str, said: str
) -> None:
    matter = decided(office, decision)
    does(office, matter, "approve_correction")
    text = texts_of(office, matter)[-1]
    assert text[3] == "张晓明："
    assert said in text
    assert any("申请行政复议" in line for line in text)
    assert row_of(office, matter).outcome == decision


def test_what_is_passed_on_goes_with_a_letter_to_who_has_the_power(
    office: Office,
) -> None:
    matter = decided(office, "transferred")
    does(office, matter, "approve_correction")
    assert [title for title, _ in letters_of(office, matter)] == [
        "更正政府信息申请转送函",
        "更正政府信息告知书",
    ]
    letter, _ = texts_of(office, matter)
    assert letter[3] == "云川区民政局："
    assert (
        "申请人：张晓明，联系电话：13800138000。"
        "记录现在的内容：家庭人口3人。要求更正为：家庭人口4人。"
    ) in letter
    assert not any("申请行政复议" in line for line in letter)


def test_what_is_passed_on_is_archived_once_both_letters_are_out(
    office: Office,
) -> None:
    matter = decided(office, "transferred")
    does(office, matter, "approve_correction")
    does(office, matter, "serve_correction")
    with refused(InvalidAnswers) as invalid:
        does(office, matter, "archive_correction")
    assert invalid.value.errors == {
        "retention": ["“更正政府信息申请转送函”还没有登记送达：先到文书页登记"]
    }
    with office.wen.work() as work:
        (letter,) = record_corrections.unsent(work, matter.case(work))
        service_of_letters.serve(
            *(work, letter, "direct", work.today),
            served_on=work.today,
        )
    does(office, matter, "archive_correction")
    assert matter.waits_at == []


@pytest.mark.parametrize(
    ("typed", "errors"),
    [
        ({"evidence": ""}, {"evidence": ["上传证明记录不准确的材料（条例第41条）"]}),
        ({"received_on": "2026-03-03"}, {"received_on": ["日期不能晚于今天"]}),
        (
            {"identity_number": "110105194912310021"},
            {"identity_number": ["证件号码有一位不对，照证件核对一遍"]},
        ),
        (
            {"phone": "1380013800"},
            {"phone": ["手机号码应是 11 位，现在是 10 位"]},
        ),
        ({"section": "unknown"}, {"section": ["从列出的科室里选"]}),
    ],
)
def test_what_is_missing_is_asked_for(
    office: Office, typed: dict[str, str], errors: dict[str, list[str]]
) -> None:
    with refused(InvalidAnswers) as invalid:
        requested(office, **typed)
    assert invalid.value.errors == errors


def test_only_a_clerk_registers_one(office: Office) -> None:
    begin = office.engine.definitions.process("record_correction").begin
    assert begin is not None
    with refused(NotAllowed) as refusal, office.lin.work() as work:
        begin(work)
    assert refusal.value.message == "更正申请由政务公开经办人登记，您不担任这个角色。"


@pytest.mark.parametrize(
    ("found", "decision", "words"),
    [
        ("right", "corrected", "记录准确"),
        ("wrong", "refused", "记录不准确，本机关有权更正"),
        ("wrong", "transferred", "记录不准确，本机关有权更正"),
        ("not_ours", "refused", "本机关无权更正"),
    ],
)
def test_nothing_is_decided_against_what_was_found(
    office: Office, found: str, decision: str, words: str
) -> None:
    matter = checked(office, found)
    typed = {**DECISIONS[decision], "decision": decision}
    with refused(InvalidAnswers) as invalid:
        does(office, matter, "decide_correction", **typed)
    assert invalid.value.errors == {
        "decision": [f"科室核实的结果是“{words}”，和这个决定不符：改选，或者退回再核实"]
    }


@pytest.mark.parametrize(
    ("decision", "without", "sentence"),
    [
        ("corrected", "corrected_to", "写更正成什么"),
        ("corrected", "corrected_on", "写更正的日期"),
        ("transferred", "other_agency", "写有权更正的机关"),
        ("told_where", "other_agency", "写有权更正的机关"),
        ("refused", "reasons", "写理由"),
    ],
)
def test_a_decision_says_what_it_must(
    office: Office, decision: str, without: str, sentence: str
) -> None:
    with refused(InvalidAnswers) as invalid:
        decided(office, decision, **{without: ""})
    assert invalid.value.errors == {without: [sentence]}


def test_what_is_unclear_goes_back_to_the_section(office: Office) -> None:
    matter = checked(office)
    with refused(InvalidAnswers) as invalid:
        does(office, matter, "decide_correction", outcome="back")
    assert invalid.value.errors == {"opinion": ["写明还要核实什么"]}
    does(office, matter, "decide_correction", outcome="back", opinion="核对原件。")
    assert matter.waits_at == ["核实记录"]


def test_what_is_returned_is_decided_anew_with_one_letter(office: Office) -> None:
    matter = decided(office)
    office.luo.returns(matter, "approve_correction", reason="not_checked")
    assert matter.history[-1] == "罗局长退回：事实没有核实清楚。"
    does(office, matter, "decide_correction", corrected_to="家庭人口5人")
    does(office, matter, "approve_correction")
    assert letters_of(office, matter) == [
        ("更正政府信息告知书", "云川财公更〔2026〕1号")
    ]
    (text,) = texts_of(office, matter)
    assert "本机关已于2026年3月2日将该记录更正为：家庭人口5人" in text


def test_who_decides_does_not_approve(office: Office) -> None:
    office.gives_role(office.wen, Role.UNIT_HEAD, "区财政局")
    matter = decided(office)
    with refused(NotAllowed):
        office.wen.does(matter, "approve_correction", outcome="approved")


def test_what_did_not_arrive_is_sent_again(office: Office) -> None:
    matter = decided(office)
    does(office, matter, "approve_correction")
    with refused(InvalidAnswers) as invalid:
        does(office, matter, "serve_correction", outcome="failed")
    assert invalid.value.errors == {"remark": ["写明为什么没有送到"]}
    does(office, matter, "serve_correction", outcome="failed", remark="查无此人")
    assert matter.waits_at == ["送达"]


def test_nobody_is_served_electronically_who_has_not_agreed(office: Office) -> None:
    matter = decided(office)
    does(office, matter, "approve_correction")
    with refused(Refusal) as refusal:
        does(
            *(office, matter, "serve_correction"),
            way="electronic",
            served_on=office.today,
        )
    assert "电子送达要先取得收件人同意" in refusal.value.message


def test_only_the_section_that_keeps_the_record_and_the_clerk_find_it(
    office: Office,
) -> None:
    matter = requested(office)
    assert office.shen.sees(matter)
    assert office.wen.sees(matter)
    assert office.luo.sees(matter)
    for person in (office.fang, office.he, office.dai, office.lin, office.qin):
        assert not person.sees(matter)
    assert not office.add_stranger().sees(matter)


def test_who_asks_and_what_for_lies_sealed(office: Office) -> None:
    matter = decided(office, "transferred")
    with office.engine.read() as work:
        row = record_corrections.correction_of(work.session, matter.case(work))
        assert row.handling is not None
        for record in (row.applicant, row.handling):
            assert "家庭人口".encode() not in record.sealed
            assert "张晓明".encode() not in record.sealed
        assert row.evidence is not None
        assert row.evidence.label == "personal"
        assert work.session.get_one(Case, matter.id).title == (
            "更正：2025年度财政补贴发放登记表"
        )
    told = "".join(matter.history)
    for word in ("张晓明", "家庭人口", COMPLAINT["identity_number"], "13800138000"):
        assert word not in told


def test_a_case_in_which_nothing_is_registered_tells_nothing(office: Office) -> None:
    matter = begins(office)
    with office.engine.read() as work:
        case = matter.case(work)
        assert (case.title, case.label) == ("（还没有登记的更正申请）", "personal")


def row_of(office: Office, matter: Matter) -> RecordCorrection:
    """Return the correction's row, detached."""
    with office.engine.read() as work:
        return record_corrections.correction_of(work.session, matter.case(work))


def letters_of(office: Office, matter: Matter) -> list[tuple[str, str]]:
    """Return the titles and numbers of the letters that were issued."""
    with office.engine.read() as work:
        found = letters.letters_of(work, matter.case(work))
        return [(each.title, each.number) for each in found if each.number]


def texts_of(office: Office, matter: Matter) -> list[list[Any]]:
    """Return the lines of each letter that was issued."""
    with office.engine.read() as work:
        return [
            word_letters.text_of(letters.preview(work, each)).splitlines()
            for each in letters.letters_of(work, matter.case(work))
            if each.issued_at
        ]
