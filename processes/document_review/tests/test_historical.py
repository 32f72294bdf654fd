"""补录: what was signed before the office kept its register here."""

from datetime import date

import pytest

from models.workflow import Deadline
from processes.registers.documents import document_of
from tests.office import NOT_PUBLIC, Matter, Office

OLD = {"formed_on": "2019-06-03", "document_number": "云川府办发〔2019〕30号"}  # Monday


@pytest.fixture(autouse=True)
def _started(office: Office) -> None:
    """Let the office's own documents begin on 1 March 2026."""
    office.sets("organisation.starts_on", "2026-03-01", valid_from=date(2026, 1, 1))


def test_it_is_registered_instead_of_signed_numbered_and_sealed(
    office: Office,
) -> None:
    matter = office.lin.drafts(**OLD)
    office.zhou.agrees(matter, "section_review")
    assert matter.waits_at == ["登记补录"]
    office.liang.does(matter, "register_historical", outcome="registered")
    with office.engine.read() as work:
        document = document_of(work.session, matter.case(work))
        assert document.is_historical
        assert document.document_number == "云川府办发〔2019〕30号"
        assert document.formed_on == date(2019, 6, 3)


def test_a_policy_document_too(office: Office) -> None:
    ground = NOT_PUBLIC | {"ground": "internal"}
    matter = office.lin.drafts(**OLD, kind="normative", **ground)
    office.zhou.agrees(matter, "section_review")
    assert matter.waits_at == ["登记补录"]


def test_none_of_its_steps_has_a_limit(office: Office) -> None:
    matter = office.lin.drafts(**OLD)
    office.zhou.returns(matter, "section_review")
    office.lin.submits(matter, **OLD)
    assert limits(office, matter) == [("draft", "met")]


def test_nobody_is_reminded_of_it(office: Office) -> None:
    matter = office.lin.drafts(**OLD)
    office.clock.set("2026-04-30")  # Thursday
    assert office.fires() == 0
    assert matter.notices == []


def test_one_that_is_not_public_is_kept(office: Office) -> None:
    old = OLD | {"formed_on": "2007-06-04", "ground": "before_2008"}  # Monday
    matter = office.lin.drafts(**NOT_PUBLIC | old)
    office.zhou.agrees(matter, "section_review")
    office.liang.does(matter, "register_historical", outcome="registered")
    assert matter.waits_at == []
    assert "登记为不予公开" in matter.history[-2]


def test_what_is_entered_after_the_start_day_is_signed_as_usual(
    office: Office,
) -> None:
    matter = office.lin.drafts(formed_on="2026-03-02")  # Monday
    office.zhou.agrees(matter, "section_review")
    assert matter.waits_at == ["签发"]
    assert ("publication", "running") in limits(office, matter)


def test_one_whose_day_is_corrected_carries_limits_again(office: Office) -> None:
    matter = office.lin.drafts(**OLD)
    office.zhou.returns(matter, "section_review")
    office.lin.submits(matter, formed_on="2026-03-02")
    assert limits(office, matter) == [
        ("draft", "met"),
        ("publication", "running"),
        ("section_review", "running"),
    ]


def limits(office: Office, matter: Matter) -> list[tuple[str, str]]:
    """Return all limits of a matter and how they stand."""
    with office.engine.read() as work:
        rows = work.session.query(Deadline).filter_by(case_id=matter.id)
        return sorted((row.name, row.state) for row in rows)
