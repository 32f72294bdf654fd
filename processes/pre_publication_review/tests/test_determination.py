"""报请确定: who is unsure asks the authority, and nothing is public without its answer
(《政府信息公开条例》Art 17(3))."""

from datetime import date
from pathlib import Path

import pytest

from engine.errors import InvalidAnswers, NotFound
from models.reviews import Determination, ReviewRound
from processes.registers.case_files import readable_file
from tests.office import Office, refused
from tests.reviewing import Desk, at_the_desk

ASKED = {
    "outcome": "requested",
    "authority": "区国家保密局",
    "letter_number": "云府办函〔2026〕9号",
    "asked_on": "2026-03-02",
}
REPLY = {"outcome": "recorded", "answered_on": "2026-03-02"}


def unsure(office: Office, home: Path, step: str = "secrecy_first") -> Desk:
    """Let a reviewer be unsure."""
    desk = at_the_desk(office, home)
    desk.passes(until=step)
    person = office.zhou if step == "secrecy_first" else office.gao
    desk.looks(person, step, "unsure", stability="unsure")
    return desk


def asked(office: Office, home: Path, step: str = "secrecy_first") -> Desk:
    """Let the authority have been asked."""
    desk = unsure(office, home, step)
    office.gao.does(desk.matter, "request_determination", **ASKED)
    return desk


def test_the_secrecy_reviewer_asks_the_authority(
    office: Office, tmp_path: Path
) -> None:
    desk = unsure(office, tmp_path)
    assert desk.waits_at == ["报请确定"]
    office.gao.does(desk.matter, "request_determination", **ASKED)
    assert desk.waits_at == ["登记确定结果"]
    assert desk.matter.history[-1] == (
        "高远航报请区国家保密局确定，函件云府办函〔2026〕9号。"
    )


def test_the_answer_is_waited_for_ten_working_days(
    office: Office, tmp_path: Path
) -> None:
    desk = asked(office, tmp_path)
    # From Monday 2 March.
    assert desk.matter.limit("determination").due_on == date(2026, 3, 16)  # Monday


@pytest.mark.parametrize(
    ("step", "name"), [("secrecy_first", "保密初审"), ("secrecy_second", "保密复审")]
)
def test_with_the_answer_public_the_same_level_goes_on(
    office: Office, tmp_path: Path, step: str, name: str
) -> None:
    desk = asked(office, tmp_path, step)
    office.gao.does(desk.matter, "record_determination", answer="public", **REPLY)
    assert desk.waits_at == [name]


def test_with_the_answer_partly_the_copies_are_made_anew(
    office: Office, tmp_path: Path
) -> None:
    desk = asked(office, tmp_path)
    with refused(InvalidAnswers) as invalid:
        office.gao.does(desk.matter, "record_determination", answer="partly", **REPLY)
    assert invalid.value.errors == {
        "note": ["写明哪些部分不能公开，经办人才知道遮盖哪里"]
    }
    office.gao.does(
        desk.matter,
        "record_determination",
        answer="partly",
        note="第三段不能公开。",
        **REPLY,
    )
    assert desk.waits_at == ["制作公开件"]


def test_with_the_answer_not_public_the_review_ends(
    office: Office, tmp_path: Path
) -> None:
    desk = asked(office, tmp_path)
    office.gao.does(desk.matter, "record_determination", answer="not_public", **REPLY)
    assert desk.waits_at == []
    with office.engine.read() as work:
        assert work.session.query(ReviewRound).one().result == "withheld"


def test_the_reply_may_be_kept_as_a_file(office: Office, tmp_path: Path) -> None:
    desk = asked(office, tmp_path)
    letter = office.gao.uploads("关于能否公开的复函\n可以公开。\n", "复函.txt")
    office.gao.does(
        desk.matter, "record_determination", answer="public", reply=letter, **REPLY
    )
    with office.engine.read() as work:
        reply = work.session.query(Determination).one().reply
        assert reply is not None
        assert reply.name == "复函.txt"


def test_who_reads_the_case_reads_the_reply(office: Office, tmp_path: Path) -> None:
    desk = asked(office, tmp_path)
    letter = office.gao.uploads("关于能否公开的复函\n可以公开。\n", "复函.txt")
    office.gao.does(
        desk.matter, "record_determination", answer="public", reply=letter, **REPLY
    )
    with office.engine.read(office.zhou.id) as work:
        assert readable_file(work, letter)[0].name == "复函.txt"
    with office.engine.read(office.shen.id) as work, refused(NotFound):
        readable_file(work, letter)


def test_a_secret_reply_is_not_kept(office: Office, tmp_path: Path) -> None:
    desk = asked(office, tmp_path)
    letter = office.gao.uploads("秘密★1年\n复函\n可以公开。\n", "复函.txt")
    with refused(InvalidAnswers) as invalid:
        office.gao.does(
            desk.matter, "record_determination", answer="public", reply=letter, **REPLY
        )
    assert invalid.value.errors == {
        "reply": ["这份答复函有密级标志，不能存在这里，线下保管，只登记结果"]
    }


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        ("2026-02-27", "答复日期不能早于报出日期"),  # Friday before
        ("2026-03-03", "日期不能晚于今天"),  # Tuesday
    ],
)
def test_the_answer_comes_after_the_question_and_not_tomorrow(
    office: Office, tmp_path: Path, day: str, sentence: str
) -> None:
    desk = asked(office, tmp_path)
    with refused(InvalidAnswers) as invalid:
        office.gao.does(
            desk.matter,
            "record_determination",
            outcome="recorded",
            answer="public",
            answered_on=day,
        )
    assert invalid.value.errors == {"answered_on": [sentence]}


def test_whom_when_and_by_which_letter_is_said(office: Office, tmp_path: Path) -> None:
    desk = unsure(office, tmp_path)
    with refused(InvalidAnswers) as invalid:
        office.gao.does(desk.matter, "request_determination", outcome="requested")
    assert invalid.value.errors == {
        "authority": ["写明报请哪个部门确定"],
        "letter_number": ["写明报请函的文号，没有文号写“无文号”"],
        "asked_on": ["写明哪一天报出"],
    }
