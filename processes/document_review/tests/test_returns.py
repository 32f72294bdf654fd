"""退文情况: which agency's documents were returned how often, for what, who may see."""

from processes.registers.documents import (
    returned_cases,
    returns_by_organisation,
)
from tests.office import NOT_PUBLIC, Actor, Office


def test_returns_are_told_by_agency_and_reason(office: Office) -> None:
    office.lin.drafts(attribute=None)
    office.shen.drafts(attribute=None)
    matter = office.shen.drafts()
    office.ma.returns(matter, "section_review", "content")
    office.shen.submits(matter, attribute=None)
    assert seen(office, office.lu) == [
        ("区财政局", {"no_attribute": 2, "content": 1}),
        ("区政府办", {"no_attribute": 1}),
        ("区政府", {}),
    ]


def test_an_agency_sees_its_own(office: Office) -> None:
    office.lin.drafts(attribute=None)
    office.shen.drafts(attribute=None)
    assert seen(office, office.tang) == [("区财政局", {"no_attribute": 1})]


def test_the_office_above_sees_those_below_it(office: Office) -> None:
    # 《政府信息公开条例》Art 3: 区财政局 answers to 区政府办.
    assert [name for name, _ in seen(office, office.liang)] == ["区政府办", "区财政局"]


def test_who_leads_nothing_sees_none(office: Office) -> None:
    assert seen(office, office.lin) == []
    assert seen(office, office.admin) == []


def test_a_year_is_the_offices_year(office: Office) -> None:
    office.clock.set("2026-12-31", "23:59")  # Thursday
    office.lin.drafts(attribute=None)
    office.clock.set("2027-01-01", "00:01")  # Friday
    office.lin.drafts(attribute=None)
    assert seen(office, office.liang, 2026)[0] == ("区政府办", {"no_attribute": 1})
    assert seen(office, office.liang, 2027)[0] == ("区政府办", {"no_attribute": 1})


def test_an_objection_of_a_joint_issuer_is_no_return(office: Office) -> None:
    matter = office.brought_to(
        "co_sign_document", joint_issuers=["区财政局"], **NOT_PUBLIC
    )
    office.luo.objects(matter)
    assert seen(office, office.liang)[0] == ("区政府办", {})


def test_a_number_leads_to_the_cases_that_one_may_read(office: Office) -> None:
    matter = office.shen.drafts(attribute=None)
    assert cases(office, office.tang) == [matter.id]
    # The office above counts the bureau's returns and reads none of its cases.
    assert cases(office, office.liang) == []


def seen(
    office: Office, actor: Actor, year: int = 2026
) -> list[tuple[str, dict[str, int]]]:
    """Return what somebody is told of the returns of a year."""
    with office.engine.read(actor.id) as work:
        return [
            (row.agency.short_name, {code: count for _, code, count in row.reasons})
            for row in returns_by_organisation(work, year)
        ]


def cases(office: Office, actor: Actor) -> list[int]:
    """Return the cases behind the finance bureau's number, as somebody sees them."""
    with office.engine.read(actor.id) as work:
        bureau = office.organisation(work, "区财政局")
        found = returned_cases(work, bureau, "no_attribute", 2026)
        return [case.id for case in found]
