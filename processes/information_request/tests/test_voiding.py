"""登记有误: what should never have been registered is dropped, its number stays."""

from sqlalchemy import select

from engine.errors import InvalidAnswers, MakerIsChecker, Refusal
from models.people import Role
from models.records import IssuedNumber
from processes.registers import request_list
from processes.registers.annual_report import table3
from processes.registers.request_list import Wanted
from tests.asking import (
    POSTED,
    TWICE,
    Asked,
    asks_third_party,
    examined,
    received,
    sent_in,
)
from tests.office import Office, refused


def in_register(office: Office, standing: str) -> list[str]:
    """Return the numbers of 区财政局's register that the head sees by a filter."""
    with office.tang.work() as work:
        found = request_list.listed(work, Wanted(standing=standing))
        return [line.request.number for line in found.lines]


def counted(office: Office) -> int:
    """Return how many requests table 3 counts as received in 2026."""
    with office.engine.read() as work:
        return table3(work.session, 2026)[0][-1]


def proposed(office: Office) -> Asked:
    """A request that the clerk has found to be registered twice."""
    asked = received(office, "2026-03-02")
    examined(office, asked, "void", **TWICE)
    return asked


def test_another_person_confirms_that_it_is_dropped(office: Office) -> None:
    asked = proposed(office)
    assert asked.open_steps == ["confirm_void"]
    assert counted(office) == 1
    office.tang.does(asked, "confirm_void", outcome="agreed")
    assert asked.open_steps == []
    assert asked.result == ("", "None")
    sentence = f"编号{asked.number}作废，登记有误：同一件申请重复登记。"
    assert asked.history.count(sentence) == 1
    assert in_register(office, "void") == [asked.number]
    assert in_register(office, "open") == []
    assert counted(office) == 0


def test_its_number_and_its_receipt_are_void_with_the_reason(office: Office) -> None:
    asked = proposed(office)
    office.tang.does(asked, "confirm_void", outcome="agreed")
    with office.engine.read() as work:
        number = work.session.scalars(
            select(IssuedNumber).where(IssuedNumber.text == asked.number)
        ).one()
        assert number.voided_at is not None
        assert number.void_reason == "登记有误：同一件申请重复登记"
    assert any("作废了“政府信息公开申请登记回执”" in each for each in asked.history)


def test_no_limit_runs_for_what_was_dropped(office: Office) -> None:
    asked = proposed(office)
    office.tang.does(asked, "confirm_void", outcome="agreed")
    office.clock.set("2026-04-10")
    assert office.fires() == 0
    assert asked.notices == []


def test_who_found_it_does_not_confirm_it(office: Office) -> None:
    office.gives_role(office.wen, Role.DISCLOSURE_HEAD, "区财政局")
    asked = proposed(office)
    with refused(MakerIsChecker):
        office.wen.does(asked, "confirm_void", outcome="agreed")


def test_it_goes_on_where_the_head_does_not_agree(office: Office) -> None:
    asked = proposed(office)
    with refused(InvalidAnswers):
        office.tang.does(asked, "confirm_void", outcome="refused")
    office.tang.does(
        asked, "confirm_void", outcome="refused", opinion="两件的年份不同。"
    )
    assert asked.open_steps == ["examine_request"]
    assert asked.due == "2026-03-30"
    assert counted(office) == 1


def test_what_is_not_confirmed_yet_goes_back_to_where_it_was(office: Office) -> None:
    asked = received(office, "2026-03-02", channel="fax")
    office.wen.does(asked, "confirm_receipt", outcome="void", **TWICE)
    office.tang.does(asked, "confirm_void", outcome="refused", opinion="不是同一件。")
    assert asked.open_steps == ["confirm_receipt"]


def test_a_reason_is_chosen_and_explained(office: Office) -> None:
    asked = received(office, "2026-03-02")
    with refused(InvalidAnswers) as refusal:
        examined(office, asked, "void")
    assert set(refusal.value.errors) == {"void_reason", "void_words"}


def test_what_somebody_outside_has_heard_of_is_answered(office: Office) -> None:
    asked = received(office, "2026-03-02")
    examined(office, asked, "handle")
    asking = asks_third_party(office, asked)
    office.wen.does(asking, "send_inquiry", outcome="sent", **POSTED)
    with refused(Refusal) as refusal:
        office.wen.does(asked, "handle_request", outcome="acted", act="void", **TWICE)
    assert refusal.value.message.startswith("不能作废：已经发出")


def test_a_letter_that_was_never_sent_does_not_keep_it(office: Office) -> None:
    asked = sent_in(office, "2026-03-02")
    examined(office, asked, "handle")
    asking = asks_third_party(office, asked)
    office.wen.does(asked, "handle_request", outcome="acted", act="void", **TWICE)
    office.tang.does(asked, "confirm_void", outcome="agreed")
    assert asking.open_steps == []
