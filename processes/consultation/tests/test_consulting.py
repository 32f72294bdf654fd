"""Who is asked about a request, and what comes of it."""

from sqlalchemy import select

from engine.errors import InvalidAnswers
from models.letters import Letter
from processes.registers.consultations import consultation_of
from tests.asking import (
    POSTED,
    acted,
    asks_third_party,
    examined,
    received,
    withdrawn,
)
from tests.office import Matter, Office, refused


def sent(office: Office, asking: Matter) -> None:
    """Send the letter, and let the party sign for it."""
    today = office.today
    office.wen.does(asking, "send_inquiry", outcome="sent", **POSTED)
    if asking.open_steps == ["record_inquiry_service"]:
        office.wen.does(
            asking, "record_inquiry_service", outcome="signed", served_on=today
        )


def letters(office: Office, matter: Matter) -> list[str]:
    """Return the kinds of the letters of a case."""
    with office.engine.read() as work:
        kinds = select(Letter.kind).where(Letter.case_id == matter.id)
        return list(work.session.scalars(kinds.order_by(Letter.id)))


def answer(office: Office, asking: Matter) -> str | None:
    """Return what a party has answered."""
    with office.engine.read() as work:
        return consultation_of(work.session, asking.case(work)).answer


def test_a_party_is_written_to_and_the_applicant_is_told(office: Office) -> None:
    asked = received(office, "2026-03-02")
    examined(office, asked, "handle")
    asking = asks_third_party(office, asked)
    sent(office, asking)
    assert letters(office, asking) == ["third_party_inquiry"]
    assert asked.letters == ["receipt", "consultation_notice"]


def test_another_agency_has_no_statutory_limit(office: Office) -> None:
    asked = received(office, "2026-03-02")
    examined(office, asked, "handle")
    acted(
        *(office, asked, "consult"),
        party_kind="agency",
        party="区发展改革委",
        information="项目建议书的批复",
    )
    (asking,) = asked.consultations
    sent(office, asking)
    assert asking.open_steps == ["await_agency"]
    assert asked.due == "None"
    office.clock.set("2026-04-13")
    office.fires()
    assert asking.open_steps == ["await_agency"]
    office.wen.does(
        asking,
        "await_agency",
        outcome="answered",
        answered_on="2026-04-13",
        answer="consent",
    )
    assert asking.open_steps == []
    assert asked.due == "2026-05-13"


def test_a_refusal_has_its_reasons_and_is_weighed(office: Office) -> None:
    asked = received(office, "2026-03-02")
    examined(office, asked, "handle")
    asking = asks_third_party(office, asked)
    sent(office, asking)
    said = {"outcome": "answered", "answered_on": "2026-03-02", "answer": "refusal"}
    with refused(InvalidAnswers):
        office.wen.does(asking, "await_third_party", **said)
    office.wen.does(asking, "await_third_party", reasons="是商业秘密。", **said)
    with refused(InvalidAnswers):
        office.wen.does(asking, "weigh_refusal", outcome="disclosed")
    office.wen.does(asking, "weigh_refusal", outcome="respected")
    assert letters(office, asking) == ["third_party_inquiry"]
    office.wen.does(asked, "handle_request", outcome="answer")
    assert asked.open_steps == ["draft_answer"]


def test_disclosure_against_a_refusal_is_told_to_the_third_party(
    office: Office,
) -> None:
    asked = received(office, "2026-03-02")
    examined(office, asked, "handle")
    asking = asks_third_party(office, asked)
    sent(office, asking)
    office.wen.does(
        asking,
        "await_third_party",
        outcome="answered",
        answered_on="2026-03-02",
        answer="refusal",
        reasons="是商业秘密。",
    )
    office.wen.does(
        asking, "weigh_refusal", outcome="disclosed", public_interest="关系工程安全。"
    )
    assert letters(office, asking) == ["third_party_inquiry", "third_party_notice"]


def test_what_is_asked_no_more_lets_the_count_go_on(office: Office) -> None:
    asked = received(office, "2026-03-02")
    examined(office, asked, "handle")
    asking = asks_third_party(office, asked)
    office.wen.does(asking, "send_inquiry", outcome="sent", **POSTED)
    office.clock.set("2026-03-04")
    office.wen.does(asking, "record_inquiry_service", outcome="dropped")
    assert asking.open_steps == []
    assert asked.due == "2026-04-01"


def test_nobody_is_asked_any_more_about_what_was_withdrawn(office: Office) -> None:
    asked = received(office, "2026-03-02")
    examined(office, asked, "handle")
    asking = asks_third_party(office, asked)
    sent(office, asking)
    withdrawn(office, asked)
    assert asking.open_steps == []
    assert asking.history[-1] == (
        "申请人撤回了申请，不再征求意见，“等待第三方意见”不再办理。"
    )
    office.clock.set("2026-04-01")
    office.fires()
    assert answer(office, asking) is None
    assert asked.result == ("D53", "2026-03-02")


def test_staff_of_another_agency_does_not_find_it(office: Office) -> None:
    asked = received(office, "2026-03-02")
    examined(office, asked, "handle")
    asking = asks_third_party(office, asked)
    assert office.wen.sees(asking)
    assert office.tang.sees(asking)
    assert not office.dai.sees(asking)
    assert not office.liang.sees(asking)
    assert not office.shen.sees(asking)
