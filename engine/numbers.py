"""Gapless numbers: one counter per series, organisation and year; voids are kept."""

from collections.abc import Callable

from sqlalchemy import select

from engine.database import ensure_row
from engine.errors import Refusal
from engine.work import Work
from models.people import Organisation
from models.records import IssuedNumber, NumberSeries

#: How a series writes its numbers: organisation, year and running number to text.
Format = Callable[[Organisation, int, int], str]


def case_number(prefix: str) -> Format:
    """Return the format of case numbers, e.g. 拟稿2026-0087 for one agency."""
    return lambda organisation, year, number: (
        f"{prefix}{organisation.code}-{year}-{number:04d}"
    )


def index_number(organisation: Organisation, year: int, number: int) -> str:
    """Write a 索引号: organisation code/year-running number, five digits."""
    return f"{organisation.code}/{year}-{number:05d}"


def issue(
    work: Work,
    series: str,
    organisation: Organisation,
    form: Format,
    *,
    case_id: int | None = None,
) -> str:
    """Give out the next number of a series in this transaction.

    A rolled back act leaves no gap, because the counter rolls back with it.
    """
    year = work.today.year
    key = (series, organisation.id, year)
    ensure_row(
        work.session,
        NumberSeries,
        series=series,
        organisation_id=organisation.id,
        year=year,
        last=0,
    )
    counter = work.session.get_one(NumberSeries, key, with_for_update=True)
    counter.last += 1
    text = form(organisation, year, counter.last)
    work.session.add(
        IssuedNumber(
            series=series,
            organisation_id=organisation.id,
            year=year,
            number=counter.last,
            text=text,
            case_id=case_id,
            issued_at=work.now,
        )
    )
    work.session.flush()
    return text


def void(work: Work, series: str, text: str, reason: str) -> IssuedNumber:
    """Mark a number as void; it stays in the register and is never given again.

    Raises:
        Refusal: there is no such number, it is void already, or no reason is given.
    """
    number = work.session.scalars(
        select(IssuedNumber).where(
            IssuedNumber.series == series, IssuedNumber.text == text
        )
    ).one_or_none()
    if number is None or number.voided_at is not None:
        msg = f"编号“{text}”不存在，或者已经作废。"
        raise Refusal(msg)
    if not reason.strip():
        msg = "作废编号要写明理由。"
        raise Refusal(msg)
    number.voided_at = work.now
    number.void_reason = reason
    return number
