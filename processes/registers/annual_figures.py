"""What an agency types into its annual report: table 2, and the texts of chapters."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.authoring import InvalidAnswers, Work
from models.annual import AnnualFigures
from models.people import Organisation

#: A number of table 2 as it was typed; empty while nobody has.
Cell = Decimal | None


@dataclass(frozen=True)
class Line:
    """One row of table 2, and the names of its cells."""

    item: str
    words: str
    cells: tuple[str, ...]


_COUNTED = ("made", "repealed", "in_force")
LINES = (
    Line("第二十条第（一）项", "规章", tuple(f"regulations_{x}" for x in _COUNTED)),
    Line(
        "第二十条第（一）项",
        "行政规范性文件",
        tuple(f"normative_{x}" for x in _COUNTED),
    ),
    Line("第二十条第（五）项", "行政许可", ("permits",)),
    Line("第二十条第（六）项", "行政处罚", ("penalties",)),
    Line("第二十条第（六）项", "行政强制", ("coercion",)),
    Line("第二十条第（八）项", "行政事业性收费", ("charges",)),
)
#: What stands above the cells of each item of Art 20.
HEADS: dict[str, tuple[str, ...]] = {
    "第二十条第（一）项": ("本年制发件数", "本年废止件数", "现行有效件数"),
    "第二十条第（五）项": ("本年处理决定数量",),
    "第二十条第（六）项": ("本年处理决定数量",),
    "第二十条第（八）项": ("本年收费金额（单位：万元）",),
}
CELLS = tuple(name for line in LINES for name in line.cells)
#: The only number that may have decimals.
AMOUNT = "charges"
#: The chapters that are text, by name.
TEXTS = ("overview", "problems", "other")


@dataclass(frozen=True)
class Figures:
    """What was typed for one agency and year."""

    cells: Mapping[str, Cell] = field(default_factory=lambda: dict.fromkeys(CELLS))
    texts: Mapping[str, str] = field(default_factory=lambda: dict.fromkeys(TEXTS, ""))
    #: Somebody has typed the cells.
    is_there: bool = False


def figures_of(session: Session, agency: Organisation, year: int) -> Figures:
    """Return what was typed for an agency's own report of a year."""
    row = _row(session, agency.id, year)
    if row is None:
        return Figures()
    return Figures(_read(row), _texts(row, "texts"), is_there="cells" in row.values)


def sum_of(
    session: Session, agencies: Sequence[int] | None, year: int
) -> dict[str, Cell] | None:
    """Return table 2 of several agencies together; None where none has typed it.

    A cell that one of them left empty is empty in the sum.
    """
    rows = select(AnnualFigures).where(AnnualFigures.year == year)
    if agencies is not None:
        rows = rows.where(AnnualFigures.agency_id.in_(agencies))
    typed = [_read(row) for row in session.scalars(rows) if "cells" in row.values]
    if not typed:
        return None
    return {name: _sum(each[name] for each in typed) for name in CELLS}


def agencies_with_cells(session: Session, year: int) -> set[int]:
    """Return the keys of the agencies that have typed their table 2."""
    rows = select(AnnualFigures).where(AnnualFigures.year == year)
    return {row.agency_id for row in session.scalars(rows) if "cells" in row.values}


def whole_texts_of(session: Session, agency: Organisation, year: int) -> dict[str, str]:
    """Return the texts of the report of all agencies that this one oversees."""
    row = _row(session, agency.id, year)
    return _texts(row, "whole_texts") if row else dict.fromkeys(TEXTS, "")


def write_figures(
    work: Work, agency: Organisation, year: int, typed: Mapping[str, str]
) -> None:
    """Keep table 2 and the texts; a cell may wait empty, but what stands there is a
    number.

    Raises:
        InvalidAnswers: something typed is no number.
    """
    cells = {
        name: None if number is None else in_digits(number)
        for name, number in _cells(typed).items()
    }
    _write(work, agency, year, cells=cells, texts=_typed_texts(typed))
    work.record_outside(
        "annual_report",
        agency.root_id,
        "annual_figures_written",
        f"{work.actor.name}填写了{agency.name}{year}年度报告的表二和文字。",
        agency=agency.code,
        year=year,
        cells=cells,
    )


def write_whole_texts(
    work: Work, agency: Organisation, year: int, typed: Mapping[str, str]
) -> None:
    """Keep the texts of the report of all agencies that this one oversees."""
    _write(work, agency, year, whole_texts=_typed_texts(typed))
    work.record_outside(
        "annual_report",
        agency.root_id,
        "annual_figures_written",
        f"{work.actor.name}填写了{agency.name}汇总的{year}年度报告的文字。",
        agency=agency.code,
        year=year,
    )


def as_numbers(figures: Figures) -> dict[str, Any] | None:
    """Return table 2 as other programs read it; None where nobody has typed it."""
    if not figures.is_there:
        return None
    numbers = [_plain(figures.cells[name]) for name in CELLS]
    keys = ("行政许可", "行政处罚", "行政强制", "收费万元")
    return {
        "规章": numbers[:3],
        "规范性文件": numbers[3:6],
        **dict(zip(keys, numbers[6:], strict=True)),
    }


def in_digits(number: Cell) -> str:
    """Write a number of table 2; a zero is written, an empty cell is not one."""
    return "" if number is None else f"{number.normalize():f}"


def _row(session: Session, agency_id: int, year: int) -> AnnualFigures | None:
    return session.scalars(
        select(AnnualFigures).where(
            AnnualFigures.agency_id == agency_id, AnnualFigures.year == year
        )
    ).one_or_none()


def _read(row: AnnualFigures) -> dict[str, Cell]:
    typed = row.values.get("cells", {})
    return {
        name: None if typed.get(name) is None else Decimal(typed[name])
        for name in CELLS
    }


def _texts(row: AnnualFigures, key: str) -> dict[str, str]:
    return {name: row.values.get(key, {}).get(name, "") for name in TEXTS}


def _typed_texts(typed: Mapping[str, str]) -> dict[str, str]:
    return {name: typed.get(name, "").strip() for name in TEXTS}


def _write(work: Work, agency: Organisation, year: int, **values: Any) -> None:
    row = _row(work.session, agency.id, year)
    if row is None:
        row = AnnualFigures(agency_id=agency.id, year=year, values={})
        work.session.add(row)
    row.values = {**row.values, **values}
    row.written_at = work.now
    row.written_by = work.actor.required_person
    work.session.flush()


def _sum(cells: Iterable[Cell]) -> Cell:
    total = Decimal(0)
    for cell in cells:
        if cell is None:
            return None
        total += cell
    return total


def _plain(cell: Cell) -> int | float | None:
    if cell is None:
        return None
    return int(cell) if cell == cell.to_integral_value() else float(cell)


def _cells(typed: Mapping[str, str]) -> dict[str, Cell]:
    cells: dict[str, Cell] = {}
    errors: dict[str, list[str]] = {}
    for name in CELLS:
        text = typed.get(name, "").strip().replace(",", "").replace("，", "")
        pattern = _DECIMAL if name == AMOUNT else _WHOLE
        if not text:
            cells[name] = None
        elif re.fullmatch(pattern, text, re.ASCII):
            cells[name] = Decimal(text)
        elif name == AMOUNT:
            errors[name] = ["写数字，单位是万元，小数不超过六位；没有就写 0"]
        else:
            errors[name] = ["写整数，不写“/”“—”和小数；没有就写 0"]
    if errors:
        raise InvalidAnswers(errors)
    return cells


_WHOLE = r"\d{1,12}"
_DECIMAL = r"\d{1,12}(\.\d{1,6})?"
