"""撤回: whatever is under way, the request ends at once, with all that hangs on it."""

from collections.abc import Callable

import pytest

from engine import tasks
from engine.actors import outsider
from engine.errors import Refusal, TaskCancelled
from processes.registers import request_acts
from tests.asking import (
    ALREADY_PUBLIC,
    NOT_HANDLED,
    POSTED,
    Asked,
    acted,
    asks_third_party,
    clarified,
    drafted,
    examined,
    received,
    sent_in,
    withdrawn,
)
from tests.office import Office, refused

APPLICANT = outsider("申请人")


def released(office: Office, asked: Asked) -> None:
    """Let what the applicant is given be reviewed."""
    examined(office, asked, "answer")
    drafted(
        office,
        asked,
        code="D02",
        information="2025年部门预算执行情况报告",
        section=office.public_id("预算科"),
        files=[office.wen.uploads()],
    )


def unhandled(office: Office, asked: Asked) -> None:
    """Let an answer wait for its legal check."""
    examined(office, asked, "answer")
    drafted(office, asked, **NOT_HANDLED)


def to_sign(office: Office, asked: Asked) -> None:
    """Let an answer wait for its signature."""
    examined(office, asked, "answer")
    drafted(office, asked, **ALREADY_PUBLIC)


def signed(office: Office, asked: Asked) -> None:
    """Let an answer be signed; it still lies in the office."""
    to_sign(office, asked)
    office.luo.does(asked, "sign_answer", outcome="signed")


def handled(office: Office, asked: Asked) -> None:
    """Let a request be handled."""
    examined(office, asked, "handle")


def to_extend(office: Office, asked: Asked) -> None:
    """Let an extension wait for its approval."""
    examined(office, asked, "handle")
    acted(office, asked, "extend", days="5", reason="材料多")


def to_correct(office: Office, asked: Asked) -> None:
    """Wait for a corrected request."""
    examined(office, asked, "clarify")
    clarified(office, asked, "2026-03-02")


@pytest.mark.parametrize(
    ("bring", "step"),
    [
        (handled, "办理"),
        (to_extend, "审批延期"),
        (to_correct, "等待补正"),
        (released, "制作公开件"),
        (unhandled, "法制审核"),
        (to_sign, "签发答复"),
    ],
)
def test_a_withdrawal_on_the_page_ends_it_at_any_step(
    office: Office, bring: Callable[[Office, Asked], None], step: str
) -> None:
    asked = sent_in(office, "2026-03-02")
    bring(office, asked)
    with office.engine.work(APPLICANT) as work:
        request_acts.withdraw(work, asked.row(work), work.today)
    assert asked.open_steps == ["notify_closing"]
    assert asked.result == ("D53", "2026-03-02")
    told = f"申请人撤回了申请，“{step}”不再办理。"
    assert asked.history.count(told) == 1


def test_several_that_search_are_all_called_off(office: Office) -> None:
    asked = received(office, "2026-03-02")
    sections = [office.public_id("预算科"), office.public_id("办公室")]
    examined(office, asked, "search", sections=sections)
    withdrawn(office, asked)
    assert asked.open_steps == ["notify_closing"]
    assert "申请人撤回了申请，“检索”不再办理。" in asked.history


def test_reminders_of_what_is_called_off_go(office: Office) -> None:
    asked = received(office, "2026-03-02")
    examined(office, asked, "answer")
    drafted(office, asked, **ALREADY_PUBLIC)
    office.clock.set("2026-03-31")
    office.fires()
    assert asked.notices
    withdrawn(office, asked)
    assert asked.notices == []
    assert office.fires() == 0


def test_who_still_has_a_step_open_is_told_why_it_is_gone(office: Office) -> None:
    asked = received(office, "2026-03-02")
    examined(office, asked, "answer")
    drafted(office, asked, **NOT_HANDLED)
    with office.engine.read() as work:
        seen = asked.open_task(work, "legal_check_answer").public_id
    withdrawn(office, asked)
    with refused(TaskCancelled) as refusal, office.fang.work() as work:
        tasks.claim(work, tasks.require_task(work, seen))
    assert refusal.value.message.startswith(
        "没有提交：申请人撤回了申请。“法制审核”已于 "
    )


def test_the_correction_that_ran_out_before_ends_it_first(office: Office) -> None:
    asked = received(office, "2026-03-02")
    examined(office, asked, "clarify")
    clarified(office, asked, "2026-03-02")
    office.clock.set("2026-03-20")
    with refused(Refusal):
        withdrawn(office, asked)
    office.fires()
    assert asked.result == ("D51", "2026-03-17")


def test_a_signed_answer_that_is_still_here_is_void(office: Office) -> None:
    asked = received(office, "2026-03-02")
    signed(office, asked)
    withdrawn(office, asked)
    assert asked.result == ("D53", "2026-03-02")
    assert any("作废了" in each for each in asked.history)
    office.wen.does(asked, "notify_closing", outcome="told", **POSTED)
    office.wen.does(asked, "archive_request", outcome="archived", retention="30年")
    assert asked.open_steps == []


def test_the_applicant_does_not_call_a_signed_answer_back(office: Office) -> None:
    asked = sent_in(office, "2026-03-02")
    signed(office, asked)
    with refused(Refusal), office.engine.work(APPLICANT) as work:
        request_acts.withdraw(work, asked.row(work), work.today)
    assert asked.open_steps == ["serve_answer"]


def test_nobody_is_asked_any_more(office: Office) -> None:
    asked = received(office, "2026-03-02")
    examined(office, asked, "handle")
    asking = asks_third_party(office, asked)
    withdrawn(office, asked)
    assert asking.open_steps == []
    assert asked.open_steps == ["notify_closing"]


def test_what_lies_ahead_of_a_step_leads_to_the_archive(office: Office) -> None:
    definitions = office.engine.definitions
    with office.engine.read() as work:
        current = definitions.current(work.session, "information_request")
        parsed = definitions.parsed(current)
    ahead = [each.id for each in parsed.ahead("sign_answer")]
    assert ahead == ["serve_answer", "notify_closing", "archive_request"]
