"""救济途径: which challenge is open against which answer, in sentences."""

from datetime import date

import pytest

from engine.errors import Refusal
from models.people import Organisation
from models.workflow import Case
from processes.registers import letters, remedies
from processes.registers.decision_codes import CODES
from processes.registers.remedies import Bodies, WithheldPosition, paragraph
from tests.letters import FIELDS, a_case
from tests.office import Office, refused

BODIES = Bodies("云川区人民政府", "云川区人民法院")
ONLINE = Bodies("云川区人民政府", "云川区人民法院", "https://fuyi.example.gov.cn")
TODAY = date(2026, 3, 2)

FREE = (
    "如对本告知书不服，可以自收到本告知书之日起60日内向云川区人民政府申请行政复议"
    "（《中华人民共和国行政复议法》第二十条第一款），也可以自收到本告知书之日起6个月内"
    "直接向云川区人民法院提起行政诉讼（《中华人民共和国行政诉讼法》第四十六条第一款）。"
)
FIRST = (
    "如对本告知书的决定不服，应当自收到本告知书之日起60日内，先向云川区人民政府申请行政"
    "复议（《中华人民共和国行政复议法》第二十条第一款、第二十三条第一款第四项）；"
    "对行政复议决定不服的，可以自收到行政复议决定书之日起15日内，向云川区人民法院提起"
    "行政诉讼；复议机关决定不予受理、驳回申请或者逾期不作答复的，可以自收到决定书之日起"
    "或者行政复议期限届满之日起15日内提起行政诉讼（《中华人民共和国行政复议法》"
    "第三十四条、《中华人民共和国行政诉讼法》第四十五条）。"
)


@pytest.mark.parametrize(
    "code",
    [
        *("D01", "D02", "D03", "D28", "D31a", "D31b", "D32", "D33"),
        *("D41", "D42", "D43", "D44", "D45", "D51", "D52"),
    ],
)
def test_most_answers_leave_the_choice(code: str) -> None:
    assert paragraph(code, BODIES, on=TODAY) == FREE


@pytest.mark.parametrize("code", ["D21", "D22", "D23", "D24", "D25", "D26", "D27"])
def test_whoever_is_refused_goes_to_reconsideration_first(code: str) -> None:
    assert paragraph(code, BODIES, on=TODAY) == FIRST


@pytest.mark.parametrize("code", ["D21", "D27", "D10", "D02"])
def test_before_2024_every_answer_left_the_choice(code: str) -> None:
    parts = [WithheldPosition(1, "D24")] if code == "D10" else []
    told = paragraph(code, BODIES, on=date(2023, 12, 31), parts=parts)
    assert told.startswith(
        "如对本告知书不服，可以自收到本告知书之日起60日内向云川区人民政府申请行政复议"
        "（《中华人民共和国行政复议法》（2017年修正）第九条第一款），也可以"
    )
    assert "先向" not in told


def test_from_the_first_of_january_2024_reconsideration_comes_first() -> None:
    assert paragraph("D25", BODIES, on=date(2024, 1, 1)) == FIRST


def test_a_partial_answer_has_two_texts() -> None:
    parts = [WithheldPosition(1, "D24"), WithheldPosition(2, "D31a")]
    told = paragraph("D10", BODIES, on=TODAY, parts=parts)
    first, _, rest = told.partition("对本告知书的其他内容不服的，")
    assert first.startswith(
        "如对本告知书中第1项不予公开的决定不服，应当自收到本告知书之日起60日内，"
        "先向云川区人民政府申请行政复议"
    )
    assert rest.startswith("可以自收到本告知书之日起60日内向云川区人民政府申请行政复议")
    assert "6个月内直接向云川区人民法院提起行政诉讼" in rest


def test_parts_that_do_not_exist_leave_the_choice() -> None:
    parts = [WithheldPosition(1, "D31a"), WithheldPosition(2, "D32")]
    assert paragraph("D10", BODIES, on=TODAY, parts=parts) == FREE


def test_the_internet_channel_follows_where_it_is_known() -> None:
    assert paragraph("D02", ONLINE, on=TODAY) == FREE + (
        "行政复议申请也可以通过互联网提交：https://fuyi.example.gov.cn"
        "（《中华人民共和国行政复议法》第二十二条第二款）。"
    )


def test_every_code_has_a_row_of_the_report_and_a_letter() -> None:
    assert len(CODES) == 24
    assert sorted({code.row for code in CODES.values()}) == list(range(1, 22))


def bodies(office: Office, place: str) -> Bodies:
    """Return who hears challenges of an organisation today."""
    with office.engine.read() as work:
        agency = work.session.get_one(Organisation, office.organisations[place])
        return remedies.bodies_of(work.session, agency, work.today)


def test_a_departments_own_government_reviews_it(office: Office) -> None:
    found = bodies(office, "区财政局")
    assert found.reconsideration == "云川区政府"
    assert found.court == "本机关所在地的基层人民法院"


def test_a_district_is_reviewed_above_and_sued_at_the_intermediate_court(
    office: Office,
) -> None:
    found = bodies(office, "区政府")
    assert found.reconsideration == "山南市人民政府"
    assert found.court == "本机关所在地的中级人民法院"


def test_an_office_may_set_the_court(office: Office) -> None:
    court = "山南铁路运输法院"
    office.sets("letters.court", court, valid_from=TODAY, place="区财政局")
    assert bodies(office, "区财政局").court == court
    assert bodies(office, "区政府办").court == "本机关所在地的基层人民法院"


def test_a_letter_is_not_issued_while_nobody_is_known_to_hear_a_challenge(
    office: Office,
) -> None:
    office.sets("letters.reconsideration_body", None, valid_from=TODAY, place="区政府")
    lin = office.people["lin"]
    case_id = a_case(office, lin, "区政府")
    with refused(Refusal, match="缺少“救济途径”"), lin.work() as work:
        case = work.session.get_one(Case, case_id)
        letters.issue(work, letters.draft(work, case, "refusal", FIELDS["refusal"]))
