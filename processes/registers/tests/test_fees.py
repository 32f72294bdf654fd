"""信息处理费 (国办函〔2020〕109号): what a request costs, and in what words."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import settings
from engine.errors import InvalidAnswers
from models.fees import ProcessingFee, Tariff
from models.requests import (
    InformationRequest,
)
from processes.registers import fees
from processes.registers.fees import FeeImpossible, Proposal, Scale
from tests.filed import Register
from tests.office import Office, refused

ITEMS = Scale.from_setting(Tariff.BY_ITEM, settings.DEFAULTS["fee.by_item"])
PAGES = Scale.from_setting(Tariff.BY_VOLUME, settings.DEFAULTS["fee.by_volume"])


@pytest.fixture
def register(office: Office) -> Register:
    """The register of the finance bureau."""
    return Register(office)


def proposed(
    register: Register, request: int, tariff: str, pages: int | None = None
) -> Proposal:
    """Propose a fee for a request."""
    with register.office.engine.read() as work:
        row = work.session.get_one(InformationRequest, request)
        return fees.propose(work, row, Tariff(tariff), pages)


def by_item(register: Register, request: int) -> Decimal:
    """Return what a request costs by the item."""
    return proposed(register, request, "by_item").amount


@pytest.mark.parametrize(
    ("items", "yuan"),
    [
        *((8, 0), (10, 0), (11, 100), (12, 200), (30, 2000), (31, 2200)),
        *((40, 4000), (41, 4300), (50, 7000), (51, 7400), (55, 9000), (61, 11500)),
    ],
)
def test_so_many_items_of_one_month_cost_together(items: int, yuan: int) -> None:
    assert fees.charge(ITEMS, range(1, items + 1)).amount == yuan


@pytest.mark.parametrize(
    ("number", "yuan"),
    [(10, 0), (11, 100), (30, 100), (31, 200), (40, 200), (41, 300), (51, 400)],
)
def test_each_further_ten_items_cost_a_hundred_more_each(
    number: int, yuan: int
) -> None:
    assert ITEMS.price(number) == yuan


@pytest.mark.parametrize(
    ("pages", "yuan"),
    [
        *((1, 0), (30, 0), (31, 10), (44, 140), (57, 270), (68, 380), (72, 420)),
        *((100, 700), (101, 720), (109, 880), (119, 1080), (200, 2700)),
        *((201, 2740), (260, 5100)),
    ],
)
def test_so_many_pages_cost(pages: int, yuan: int) -> None:
    assert fees.charge(PAGES, range(1, pages + 1)).amount == yuan


def test_what_a_city_collected_comes_out_to_the_yuan() -> None:
    # 宿迁 2023 and 2024: single requests, and 15 and 6 requests together.
    by_volume = {72: 420, 44: 140, 109: 880, 119: 1080, 57: 270}
    for pages, yuan in by_volume.items():
        assert fees.charge(PAGES, range(1, pages + 1)).amount == yuan
    assert fees.charge(ITEMS, range(11, 26)).amount == 1500
    assert fees.charge(ITEMS, range(11, 17)).amount == 600


def test_the_words_say_how_the_amount_came_about() -> None:
    def words(scale: Scale, first: int, last: int) -> str:
        return fees.charge(scale, range(first, last + 1)).words

    assert words(ITEMS, 11, 12) == "第11、12件，每件100元，共200元"
    assert words(ITEMS, 11, 11) == "第11件，每件100元，共100元"
    assert words(ITEMS, 11, 15) == "第11至15件，每件100元，共500元"
    assert words(ITEMS, 30, 31) == (
        "第30件，每件100元，共100元；第31件，每件200元，共200元；合计300元"
    )
    assert words(PAGES, 1, 72) == "第1至30页不收费；第31至72页，每页10元，共420元"
    assert words(PAGES, 1, 12) == "第1至12页不收费"


def test_an_amount_has_fen_only_where_there_are_any() -> None:
    assert [fees.yuan(Decimal(x)) for x in ("100", "100.00", "0.5", "1200")] == [
        *("100元", "100元", "0.50元", "1200元")
    ]


def test_eight_requests_in_march_are_free(register: Register) -> None:
    march = [register.receives(f"2026-03-{day:02}") for day in range(2, 10)]
    assert [by_item(register, each) for each in march] == [0] * 8


def test_the_eleventh_and_twelfth_request_in_march_cost_200_together(
    register: Register,
) -> None:
    march = [register.receives(f"2026-03-{day:02}") for day in range(2, 14)]
    assert [by_item(register, each) for each in march] == [0] * 10 + [100, 100]
    assert proposed(register, march[11], "by_item") == Proposal(
        amount=Decimal(100),
        quantity="12",
        calculation=(
            "按件计收：申请人2026年3月在本机关的申请，第12件，每件100元，共100元。"
        ),
    )


def test_a_new_month_counts_from_one(register: Register) -> None:
    march = [register.receives("2026-03-31") for _ in range(10)]
    april = [register.receives("2026-04-01") for _ in range(5)]
    assert {by_item(register, each) for each in (*march, *april)} == {0}


def test_each_part_of_a_split_request_is_an_item(register: Register) -> None:
    parts = [register.receives("2026-03-02") for _ in range(15)]
    assert sum(by_item(register, part) for part in parts) == 500


def test_a_first_request_for_72_pages_costs_420_by_volume(register: Register) -> None:
    request = register.receives("2026-03-02")
    assert proposed(register, request, "by_volume", 72) == Proposal(
        amount=Decimal(420),
        quantity="72",
        calculation=(
            "按量计收：共复制72页（A4及以下幅面单面为1页），"
            "第1至30页不收费；第31至72页，每页10元，共420元。"
        ),
    )


def test_for_a_twelfth_request_the_office_chooses_one_of_two_tariffs(
    register: Register,
) -> None:
    *_, twelfth = [register.receives("2026-03-02") for _ in range(12)]
    assert by_item(register, twelfth) == 100
    assert proposed(register, twelfth, "by_volume", 72).amount == 420


def test_what_does_not_exist_may_cost_by_the_item_but_not_by_volume(
    register: Register,
) -> None:
    *_, twelfth = [
        register.receives("2026-03-02", decision="D31a", closed_on="2026-03-09")
        for _ in range(12)
    ]
    assert by_item(register, twelfth) == 100
    with refused(InvalidAnswers) as refusal:
        proposed(register, twelfth, "by_volume", 0)
    assert refusal.value.errors == {
        "pages": ["没有提供复制件，不能按量计收；可以按件计收"]
    }


def test_reading_on_the_spot_is_never_charged_by_volume(register: Register) -> None:
    *_, third = [register.receives("2026-03-02", wanted="inspection") for _ in range(3)]
    with refused(FeeImpossible, match="没有复制件，不能按量计收"):
        proposed(register, third, "by_volume", 300)
    assert by_item(register, third) == 0


def test_pages_must_be_told_to_charge_by_volume(register: Register) -> None:
    request = register.receives("2026-03-02")
    with refused(InvalidAnswers) as refusal:
        proposed(register, request, "by_volume")
    assert refusal.value.errors == {"pages": ["按量计收要写明提供多少页"]}


def test_people_are_counted_by_identity_number_and_not_by_name(
    register: Register,
) -> None:
    for _ in range(10):
        register.receives("2026-03-02", name="王芳")
    namesake = register.receives(
        "2026-03-03", name="王芳", identity_number="500199198512120021"
    )
    renamed = register.receives("2026-03-03", name="王方")
    assert by_item(register, namesake) == 0
    assert by_item(register, renamed) == 100


def test_a_company_is_counted_by_its_code_whoever_signs_for_it(
    register: Register,
) -> None:
    code = "91500199MA5U000X1Q"
    for _ in range(10):
        register.receives(
            "2026-03-02", kind="business", credit_code=code, identity_number=""
        )
    eleventh = register.receives(
        "2026-03-03",
        kind="business",
        credit_code=code,
        identity_number="500199199001011234",
    )
    himself = register.receives("2026-03-03")
    assert by_item(register, eleventh) == 100
    assert by_item(register, himself) == 0


def test_each_agency_counts_for_itself(register: Register) -> None:
    for _ in range(10):
        register.receives("2026-03-02")
    elsewhere = Register(register.office, "区政府办").receives("2026-03-03")
    assert by_item(register, elsewhere) == 0


def test_an_applicant_without_a_number_cannot_be_counted(register: Register) -> None:
    request = register.receives("2026-03-02", identity_number="")
    with refused(FeeImpossible, match="先补登，再计费"):
        proposed(register, request, "by_item")


def test_a_request_not_yet_received_cannot_be_charged(register: Register) -> None:
    request = register.receives("2026-03-02")
    with register.office.engine.work() as work:
        work.session.get_one(InformationRequest, request).received_on = None
    with refused(FeeImpossible, match="收到日期还没有确认"):
        proposed(register, request, "by_item")


@pytest.mark.parametrize(
    ("tariff", "says"),
    [("by_volume", "不能再按量计收"), ("by_item", "不能再收")],
)
def test_a_request_is_charged_once_and_never_by_both_tariffs(
    register: Register, tariff: str, says: str
) -> None:
    *_, eleventh = [register.receives("2026-03-02") for _ in range(11)]
    with register.office.engine.work() as work:
        work.session.add(
            ProcessingFee(
                request_id=eleventh,
                tariff="by_item",
                quantity="11",
                amount=Decimal(100),
                calculation="第11件，每件100元，共100元",
                proposed_on=date(2026, 3, 3),
                sent_on=date(2026, 3, 4),
            )
        )
    with refused(FeeImpossible, match=says):
        proposed(register, eleventh, tariff, 72)


def test_a_new_tariff_holds_for_what_is_received_from_its_day_on(
    register: Register,
) -> None:
    register.office.sets(
        "fee.by_volume",
        {"bands": [[1, 0], [51, "0.50"]]},
        valid_from=date(2026, 4, 1),
    )
    march, april = register.receives("2026-03-31"), register.receives("2026-04-01")
    assert proposed(register, march, "by_volume", 72).amount == 420
    assert proposed(register, april, "by_volume", 72).amount == Decimal(11)


@given(st.integers(1, 400), st.sampled_from([ITEMS, PAGES]))
def test_one_more_never_costs_less(number: int, scale: Scale) -> None:
    assert scale.price(number) <= scale.price(number + 1)


@given(st.integers(0, 60), st.integers(0, 60))
def test_what_is_counted_together_costs_what_it_costs_apart(
    first: int, second: int
) -> None:
    together = fees.charge(ITEMS, range(1, first + second + 1)).amount
    apart = (
        fees.charge(ITEMS, range(1, first + 1)).amount
        + fees.charge(ITEMS, range(first + 1, first + second + 1)).amount
    )
    assert together == apart
