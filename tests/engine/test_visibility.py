"""Who reads a case: those it has reached, and the heads of its agency."""

from datetime import date

import pytest

from models.people import Role
from tests.office import Office

EVERYBODY = "admin lin zhou gao liang qin shen ma he tang luo gu lu peng han fang yin"


def test_the_drafter_and_the_heads_of_the_agency_read_a_new_case(
    office: Office,
) -> None:
    matter = office.shen.begins()
    seeing = [each for each in EVERYBODY.split() if office.people[each].sees(matter)]
    assert seeing == ["shen", "tang", "luo"]


def test_the_section_head_reads_it_once_it_reaches_the_section_head(
    office: Office,
) -> None:
    matter = office.shen.drafts()
    seeing = [each for each in EVERYBODY.split() if office.people[each].sees(matter)]
    assert seeing == ["shen", "ma", "tang", "luo"]


def test_the_reviewer_reads_it_once_it_reaches_the_reviewer(office: Office) -> None:
    matter = office.shen.drafts()
    office.brings(matter, "secrecy_second")
    seeing = [each for each in EVERYBODY.split() if office.people[each].sees(matter)]
    assert seeing == ["shen", "ma", "he", "tang", "luo", "yin"]


def test_who_has_handled_it_reads_it_after_its_end(office: Office) -> None:
    matter = office.shen.drafts()
    office.brings(matter, "approve_publication")
    office.tang.lets_out(matter, "2026-03-02")
    office.fires()
    seeing = [each for each in EVERYBODY.split() if office.people[each].sees(matter)]
    assert seeing == ["shen", "ma", "he", "tang", "luo", "fang", "yin"]


def test_those_who_check_and_sign_for_the_government_read_its_drafts(
    office: Office,
) -> None:
    matter = office.shen.drafts(issuer="区政府")
    office.brings(matter, "seal")
    seeing = [each for each in EVERYBODY.split() if office.people[each].sees(matter)]
    assert seeing == ["shen", "ma", "tang", "luo", "gu", "han"]


@pytest.mark.parametrize(
    ("login", "name", "place", "role"),
    [
        ("yu", "于静", "办公室", Role.SECTION_HEAD),  # another section
        ("bei", "贝宁", "信息公开科", Role.SECTION_HEAD),  # another agency
        ("fu", "傅恒", "区政府", Role.UNIT_HEAD),  # the government above
        ("an", "安平", "区财政局", Role.SYSTEM_ADMINISTRATOR),
        ("ce", "岑岩", "区财政局", Role.SECURITY_AUDITOR),
    ],
)
def test_nobody_else_reads_it(
    office: Office, login: str, name: str, place: str, role: Role
) -> None:
    other = office.add_person(login, name, place, (role, place))
    matter = office.shen.drafts()
    assert not other.sees(matter)


def test_the_superiors_office_does_not_read_it(office: Office) -> None:
    matter = office.shen.drafts()
    assert not office.liang.sees(matter)
    assert not office.qin.sees(matter)


def test_nobody_of_another_tree_reads_it(office: Office) -> None:
    matter = office.shen.drafts()
    assert not office.add_stranger().sees(matter)


def test_who_takes_over_a_role_reads_what_the_role_has_reached(
    office: Office,
) -> None:
    matter = office.shen.drafts()
    office.add_person("xin", "辛越", "预算科", (Role.SECTION_HEAD, "预算科"))
    assert office.xin.sees(matter)


def test_who_moves_to_another_agency_leaves_the_cases_behind(office: Office) -> None:
    matter = office.shen.drafts()
    office.moves(office.shen, "信息公开科")
    office.ends_role(office.shen, Role.HANDLER, date(2026, 3, 2))  # Monday
    assert office.shen.sees(matter)
    office.clock.set("2026-03-03")  # Tuesday
    assert not office.shen.sees(matter)


def test_who_moves_within_the_agency_keeps_reading_what_was_handled(
    office: Office,
) -> None:
    matter = office.shen.drafts()
    office.moves(office.shen, "办公室")
    office.ends_role(office.shen, Role.HANDLER, date(2026, 3, 2))  # Monday
    office.clock.set("2026-03-03")  # Tuesday
    assert office.shen.sees(matter)


def test_a_task_is_found_by_its_group_and_by_who_did_it(office: Office) -> None:
    matter = office.shen.drafts()
    finding = [
        each
        for each in EVERYBODY.split()
        if office.people[each].finds(matter, "section_review")
    ]
    assert finding == ["ma"]
    assert office.shen.finds(matter, "draft")
