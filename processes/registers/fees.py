"""信息处理费: what a request costs, by the item or by the page, and in what words.

政府信息公开信息处理费管理办法 (国办函〔2020〕109号): for each request the agency
chooses one of two tariffs, both progressive; what is within reason is free.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Any

from sqlalchemy import select

from engine.authoring import InvalidAnswers, Refusal, Work, settings
from models.applications import FormWanted
from models.fees import TARIFF_NAMES, ProcessingFee, Tariff
from models.people import Organisation
from models.requests import InformationRequest
from processes.registers.applicants import of_same_applicant


class FeeImpossible(Refusal):
    """This request cannot be charged in this way."""


@dataclass(frozen=True)
class Scale:
    """A progressive tariff: what the k-th unit costs."""

    unit: str
    #: From which unit on a price holds, in rising order; the first is from 1 on.
    bands: tuple[tuple[int, Decimal], ...]
    #: From a unit on, every so many units cost so much more each.
    climb: tuple[int, int, Decimal] | None = None

    @classmethod
    def from_setting(cls, tariff: Tariff, value: Mapping[str, Any]) -> "Scale":
        """Read a scale as the setting holds it."""
        climb = value.get("climb")
        return cls(
            _UNITS[tariff],
            tuple((int(first), Decimal(str(price))) for first, price in value["bands"]),
            (int(climb[0]), int(climb[1]), Decimal(str(climb[2]))) if climb else None,
        )

    def price(self, number: int) -> Decimal:
        """Return what the unit with this running number costs."""
        price = max(band for band in self.bands if band[0] <= number)[1]
        if self.climb is None or number < self.climb[0]:
            return price
        begins, every, more = self.climb
        return price + more * ((number - begins) // every + 1)


@dataclass(frozen=True)
class Charge:
    """An amount, and how it came about."""

    amount: Decimal
    words: str


@dataclass(frozen=True)
class Proposal:
    """What an office may ask for one request; an amount of 0 means it is free."""

    amount: Decimal
    #: The running number in the month, or the pages.
    quantity: str
    calculation: str


def charge(scale: Scale, units: range) -> Charge:
    """Return what units with these running numbers cost together."""
    total, parts, paid = Decimal(0), [], 0
    for price, numbers in _by_price(scale, units):
        amount = price * len(numbers)
        total += amount
        which = f"第{_in_words(numbers)}{scale.unit}"
        if not price:
            parts.append(f"{which}不收费")
            continue
        paid += 1
        parts.append(f"{which}，每{scale.unit}{yuan(price)}，共{yuan(amount)}")
    if paid > 1:
        parts.append(f"合计{yuan(total)}")
    return Charge(total, "；".join(parts))


def scale_on(
    work: Work, tariff: Tariff, day: date, agency: Organisation | None = None
) -> Scale:
    """Return the tariff in force on a day."""
    value = settings.read(work.session, _KEYS[tariff], on=day, organisation=agency)
    return Scale.from_setting(tariff, value)


def running_number(work: Work, request: InformationRequest) -> int:
    """Return the how-manieth request of its applicant in its month this one is.

    Counted are the requests to the same agency received in the same calendar month
    (Art 31 says when), each part of a split one for itself, whatever their outcome
    (办法第4条).

    Raises:
        FeeImpossible: it is not received yet, or nobody can say who the applicant is.
    """
    if request.received_on is None:
        msg = "收到日期还没有确认（条例第31条），不能计费。先与申请人确认收到日期。"
        raise FeeImpossible(msg)
    month = work.session.scalars(
        select(InformationRequest.id)
        .where(
            InformationRequest.agency_id == request.agency_id,
            of_same_applicant(request),
            InformationRequest.is_counted,
            InformationRequest.received_on >= request.received_on.replace(day=1),
            InformationRequest.received_on <= request.received_on,
        )
        .order_by(InformationRequest.received_on, InformationRequest.id)
    ).all()
    if request.id not in month:
        msg = (
            "没有登记申请人的身份证件号码或者统一社会信用代码，"
            "不能累计本月件数。先补登，再计费。"
        )
        raise FeeImpossible(msg)
    return month.index(request.id) + 1


def propose(
    work: Work, request: InformationRequest, tariff: Tariff, pages: int | None = None
) -> Proposal:
    """Return what the request costs under the tariff that the office chooses.

    Raises:
        FeeImpossible: the tariff cannot apply, or the request has a fee already.
        InvalidAnswers: the pages are missing, or are no number of pages.
    """
    number = running_number(work, request)
    day = request.received_on
    assert day is not None  # noqa: S101 (running_number has refused it)
    _refuse_second(work, request, tariff)
    scale = scale_on(work, tariff, day, request.agency)
    if tariff == Tariff.BY_ITEM:
        how = f"按件计收：申请人{day.year}年{day.month}月在本机关的申请，"
        quantity, units = str(number), range(number, number + 1)
    else:
        copied = _pages(request, pages)
        how = f"按量计收：共复制{copied}页（A4及以下幅面单面为1页），"
        quantity, units = str(copied), range(1, copied + 1)
    counted = charge(scale, units)
    return Proposal(counted.amount, quantity, f"{how}{counted.words}。")


def yuan(amount: Decimal) -> str:
    """Write an amount of money; fen only where there are any."""
    whole = amount == amount.to_integral_value()
    return f"{amount:.0f}元" if whole else f"{amount:.2f}元"


_UNITS = {Tariff.BY_ITEM: "件", Tariff.BY_VOLUME: "页"}
_KEYS = {Tariff.BY_ITEM: "fee.by_item", Tariff.BY_VOLUME: "fee.by_volume"}


def _by_price(scale: Scale, units: range) -> Iterator[tuple[Decimal, list[int]]]:
    for price, numbers in groupby(units, scale.price):
        yield price, list(numbers)


def _in_words(numbers: list[int]) -> str:
    first, last = numbers[0], numbers[-1]
    if first == last:
        return str(first)
    return f"{first}、{last}" if last == first + 1 else f"{first}至{last}"


def _refuse_second(work: Work, request: InformationRequest, tariff: Tariff) -> None:
    """Refuse a second fee: one request, one tariff (办法第3条)."""
    fee = work.session.scalars(
        select(ProcessingFee).where(ProcessingFee.request_id == request.id)
    ).one_or_none()
    if fee is None or fee.sent_on is None:
        return
    told = TARIFF_NAMES[Tariff(fee.tariff)]
    asked = f"，不能再{TARIFF_NAMES[tariff]}" if fee.tariff != tariff else "，不能再收"
    msg = (
        f"这件申请已经发出收费通知（{told}，{yuan(fee.amount)}）{asked}："
        "一件申请只按一种标准收一次费（信息处理费管理办法第3条）。"
    )
    raise FeeImpossible(msg)


def _pages(request: InformationRequest, pages: int | None) -> int:
    if request.form_wanted == FormWanted.INSPECTION:
        msg = (
            "申请人当场查阅、抄录，没有复制件，不能按量计收"
            "（信息处理费管理办法第5条）。可以按件计收。"
        )
        raise FeeImpossible(msg)
    if pages is None:
        raise InvalidAnswers({"pages": ["按量计收要写明提供多少页"]})
    if pages < 1:
        raise InvalidAnswers({"pages": ["没有提供复制件，不能按量计收；可以按件计收"]})
    return pages
