"""涉密: what may be a state secret is stopped, locked, and reported outside of here."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from engine.errors import InvalidAnswers, NotAllowed
from models.documents import PaperVersion
from models.reviews import ReviewRound
from processes.registers.case_files import known_file, readable_file
from processes.registers.reading import reading_of
from tests.office import NOTICE, Actor, Office, refused
from tests.reviewing import Desk, Sheet, at_the_desk

MARKED = Sheet("正文", "机密★1年\n关于某项工作的通知\n四月开展工作。\n")

REPORTED = {
    "reported_to": "区国家保密局 陈科长",
    "reported_on": "2026-03-02",
    "handling": "原件当面移交，存过文件的电脑断网封存。",
}


def stopped(office: Office, home: Path, by: str = "zhou") -> Desk:
    """Let a reviewer stop a case."""
    desk = at_the_desk(office, home)
    step = {"zhou": "secrecy_first", "gao": "secrecy_second"}[by]
    desk.passes(until=step)
    desk.looks(office.people[by], step, "stopped", state_secret="involved")
    return desk


def reads(actor: Actor, desk: Desk) -> None:
    """Let somebody open the papers."""
    with actor.office.engine.read(actor.id) as work:
        version = desk.version(work)
        readable_file(work, version.file.public_id)
        reading_of(work, version)


@pytest.mark.parametrize("by", ["zhou", "gao"])
def test_who_finds_a_state_secret_stops_the_case(
    office: Office, tmp_path: Path, by: str
) -> None:
    desk = stopped(office, tmp_path, by)
    assert desk.waits_at == ["登记涉密处置"]
    assert desk.matter.history[-2:] == [
        "这件涉嫌国家秘密，停办。文件已经封存，谁也不能再看、再下载。",
        f"{office.people[by].name}提出涉嫌国家秘密，按涉密处置。",
    ]


def test_the_maker_of_the_copies_may_stop_the_case(
    office: Office, tmp_path: Path
) -> None:
    desk = at_the_desk(office, tmp_path)
    office.lin.does(desk.matter, "prepare_copy", outcome="stopped")
    assert desk.waits_at == ["登记涉密处置"]


def test_the_lawyer_may_stop_the_case(office: Office, tmp_path: Path) -> None:
    desk = at_the_desk(office, tmp_path)
    desk.passes(until="content_review")
    office.peng.does(desk.matter, "content_review", outcome="stopped")
    assert desk.waits_at == ["登记涉密处置"]


def test_a_reviewer_says_in_which_paper_it_is(office: Office, tmp_path: Path) -> None:
    desk = at_the_desk(office, tmp_path)
    desk.passes(until="secrecy_first")
    with refused(InvalidAnswers) as invalid:
        desk.looks(office.zhou, "secrecy_first", "stopped")
    assert [each for said in invalid.value.errors.values() for each in said] == [
        "按涉密处置的，先在涉密的那一份上把“国家秘密”答为“涉及”"
    ]


def test_nobody_reads_the_papers_any_more(office: Office, tmp_path: Path) -> None:
    desk = stopped(office, tmp_path)
    for login in ("lin", "zhou", "gao", "qin", "liang"):
        with refused(NotAllowed, match="已经封存，不能再看、再下载"):
            reads(office.people[login], desk)


def test_the_public_copies_are_locked_as_well(office: Office, tmp_path: Path) -> None:
    stopped(office, tmp_path)
    with office.engine.read() as work:
        locked = work.session.scalars(select(PaperVersion.locked_at)).all()
    assert locked == [datetime(2026, 3, 2, 2, 0, tzinfo=UTC)] * 2


def test_the_same_bytes_stay_locked_when_they_are_uploaded_again(
    office: Office, tmp_path: Path
) -> None:
    stopped(office, tmp_path)
    upload = office.lin.uploads(NOTICE)
    with office.engine.read(office.lin.id) as work, refused(NotAllowed):
        readable_file(work, upload)


def test_a_locked_file_still_has_a_name(office: Office, tmp_path: Path) -> None:
    desk = stopped(office, tmp_path)
    with office.engine.read(office.lin.id) as work:
        file = desk.version(work).file
        assert known_file(work, file.public_id)[0].name == "正文.txt"


def test_the_report_is_recorded_by_a_person(office: Office, tmp_path: Path) -> None:
    desk = stopped(office, tmp_path)
    office.gao.does(desk.matter, "report_secret", outcome="reported", **REPORTED)
    assert desk.waits_at == []
    with office.engine.read() as work:
        round_ = work.session.query(ReviewRound).one()
        assert (round_.result, round_.reported_to, round_.reported_on) == (
            "stopped",
            "区国家保密局 陈科长",
            date(2026, 3, 2),
        )


def test_the_report_is_due_within_a_day_and_night(
    office: Office, tmp_path: Path
) -> None:
    # 保守国家秘密法实施条例 Art 61.
    desk = stopped(office, tmp_path)
    limit = desk.matter.limit("report_secret")
    assert limit.due_at == datetime(2026, 3, 3, 2, 0, tzinfo=UTC)


def test_a_report_is_not_dated_in_the_future(office: Office, tmp_path: Path) -> None:
    desk = stopped(office, tmp_path)
    with refused(InvalidAnswers) as invalid:
        office.gao.does(
            desk.matter,
            "report_secret",
            outcome="reported",
            **{**REPORTED, "reported_on": "2026-03-03"},
        )
    assert invalid.value.errors == {"reported_on": ["日期不能晚于今天"]}


def test_a_mark_of_secrecy_locks_a_paper_as_it_comes_in(
    office: Office, tmp_path: Path
) -> None:
    desk = at_the_desk(office, tmp_path, MARKED)
    assert desk.waits_at == ["核查密级标志"]
    with refused(NotAllowed):
        reads(office.lin, desk)
    with refused(NotAllowed):
        reads(office.gao, desk)


def test_a_mark_that_is_none_is_cleared_by_the_secrecy_reviewer(
    office: Office, tmp_path: Path
) -> None:
    desk = at_the_desk(office, tmp_path, MARKED)
    office.gao.does(
        desk.matter,
        "judge_secret_mark",
        outcome="cleared",
        opinion="看过纸质原件，是引用的样式，不是密级标志。",
    )
    assert desk.waits_at == ["制作公开件"]
    reads(office.lin, desk)
    desk.passes(until="content_review")
    assert desk.waits_at == ["合法性和五关审查"]


def test_clearing_says_why(office: Office, tmp_path: Path) -> None:
    desk = at_the_desk(office, tmp_path, MARKED)
    with refused(InvalidAnswers) as invalid:
        office.gao.does(desk.matter, "judge_secret_mark", outcome="cleared")
    assert invalid.value.errors == {"opinion": ["写明看了哪份原件、为什么不是密级标志"]}


def test_a_mark_that_is_one_stops_the_case(office: Office, tmp_path: Path) -> None:
    desk = at_the_desk(office, tmp_path, MARKED)
    office.gao.does(desk.matter, "judge_secret_mark", outcome="stopped")
    assert desk.waits_at == ["登记涉密处置"]


def test_what_was_stopped_elsewhere_is_not_cleared_here(
    office: Office, tmp_path: Path
) -> None:
    stopped(office, tmp_path)
    desk = at_the_desk(office, tmp_path)
    assert desk.waits_at == ["核查密级标志"]
    with refused(NotAllowed):
        office.gao.does(
            desk.matter, "judge_secret_mark", outcome="cleared", opinion="不是。"
        )
