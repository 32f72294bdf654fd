"""定稿: what of an annual report went out, kept as it was; a 更正 is a new edition.

The register may be put right later. What was published stays, the next year's report
is compared with it (C4, C6), and the difference is shown until it is published anew.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC
from decimal import Decimal
from hashlib import sha256
from typing import Any

import orjson
from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.authoring import InvalidAnswers, Refusal, Work
from models.annual import AnnualEdition
from models.people import Organisation
from processes.registers.annual_checks import (
    BLOCK_NAMES,
    CHAPTERS,
    Report,
    is_complete,
)
from processes.registers.annual_figures import CELLS, HEADS, LINES, Figures, in_digits
from processes.registers.annual_report import (
    COLUMNS,
    RESULT_COLUMNS,
    ROWS,
    FeesCollected,
    Table,
)

_LONGEST_REASON = 500


def editions(
    session: Session, agency: Organisation, year: int, *, of_whole: bool
) -> Sequence[AnnualEdition]:
    """Return what went out of a year's report, the newest first."""
    return session.scalars(
        select(AnnualEdition)
        .where(
            AnnualEdition.agency_id == agency.id,
            AnnualEdition.year == year,
            AnnualEdition.of_whole.is_(of_whole),
        )
        .order_by(AnnualEdition.number.desc())
    ).all()


def newest_edition(
    session: Session, agency: Organisation, year: int, *, of_whole: bool
) -> AnnualEdition | None:
    """Return the edition that holds; None where the report never went out."""
    return next(iter(editions(session, agency, year, of_whole=of_whole)), None)


def finish(
    work: Work,
    agency: Organisation,
    year: int,
    report: Report,
    *,
    of_whole: bool,
    reason: str = "",
) -> AnnualEdition:
    """Keep a report as it goes out now.

    Raises:
        Refusal: the year is not over, a cell is blank (C8), or nothing differs from
            the edition that holds.
        InvalidAnswers: nobody says why the edition before was not right.
    """
    if year >= work.today.year:
        msg = f"{year}年还没有过完，数字还会变，到{year + 1}年再定稿。"
        raise Refusal(msg)
    if not is_complete(report):
        msg = "表二还有空着的格，不能定稿。把表二填好，没有的写 0。"
        raise Refusal(msg)
    before = newest_edition(work.session, agency, year, of_whole=of_whole)
    content = _content(report)
    if before is not None:
        if before.content == content:
            msg = "报告与上一次定稿没有不同，不用再定稿。"
            raise Refusal(msg)
        _refuse_without_reason(reason)
    edition = AnnualEdition(
        agency_id=agency.id,
        year=year,
        of_whole=of_whole,
        number=before.number + 1 if before else 1,
        content=content,
        reason=reason.strip() if before else "",
        made_at=work.now,
        made_by=work.actor.required_person,
    )
    edition.digest = digest_of(edition)
    work.session.add(edition)
    work.session.flush()
    _tell(work, agency, edition)
    return edition


def digest_of(edition: AnnualEdition) -> str:
    """Return what an edition's digest must be, from all that it says."""
    said = [
        edition.agency_id,
        edition.year,
        edition.of_whole,
        edition.number,
        edition.content,
        edition.reason,
        edition.made_at.astimezone(UTC),
        edition.made_by,
    ]
    options = orjson.OPT_SORT_KEYS | orjson.OPT_UTC_Z
    return sha256(orjson.dumps(said, option=options)).hexdigest()


def report_in(edition: AnnualEdition) -> Report:
    """Return the report that an edition keeps."""
    kept = edition.content
    cells = {
        name: None if number is None else Decimal(number)
        for name, number in kept["cells"].items()
    }
    fees = FeesCollected(kept["fees"]["requests"], Decimal(kept["fees"]["amount"]))
    return Report(
        kept["table3"],
        kept["table4"],
        Figures(cells, kept["texts"], is_there=True),
        fees,
    )


def differences(edition: AnnualEdition, report: Report) -> list[str]:
    """Say where a report differs by now from an edition, cell by cell."""
    kept = report_in(edition)
    return [
        *_in_table2(kept.figures, report.figures),
        *_in_table(
            "表三", [row.in_words for row in ROWS], COLUMNS, kept.table3, report.table3
        ),
        *_in_table("表四", BLOCK_NAMES, RESULT_COLUMNS, kept.table4, report.table4),
        *(
            f"“{title}”改过"
            for title, name in CHAPTERS
            if name and kept.figures.texts[name] != report.figures.texts[name]
        ),
        *(["信息处理费的件数或金额变了"] if kept.fees != report.fees else []),
    ]


def _refuse_without_reason(reason: str) -> None:
    if not reason.strip():
        raise InvalidAnswers({"reason": ["写明为什么更正"]})
    if len(reason.strip()) > _LONGEST_REASON:
        raise InvalidAnswers({"reason": [f"最多写 {_LONGEST_REASON} 个字"]})


def _content(report: Report) -> dict[str, Any]:
    cells = report.figures.cells
    return {
        "cells": {name: in_digits(cells[name]) for name in CELLS},
        "table3": report.table3,
        "table4": report.table4,
        "texts": dict(report.figures.texts),
        "fees": {
            "requests": report.fees.requests,
            "amount": f"{report.fees.amount:.2f}",
        },
    }


def _tell(work: Work, agency: Organisation, edition: AnnualEdition) -> None:
    whole = "汇总的" if edition.of_whole else ""
    what = f"{agency.name}{whole}{edition.year}年度报告"
    sentence = f"{work.actor.name}将{what}定稿。"
    if edition.number > 1:
        sentence = f"{work.actor.name}更正{what}，第{edition.number}次定稿。"
    work.record_outside(
        "annual_report",
        agency.root_id,
        "annual_report_finished",
        sentence,
        agency=agency.code,
        year=edition.year,
        of_whole=edition.of_whole,
        number=edition.number,
        reason=edition.reason,
        digest=edition.digest,
    )


def _in_table2(kept: Figures, now: Figures) -> Iterator[str]:
    for line in LINES:
        for name, head in zip(line.cells, HEADS[line.item], strict=True):
            if kept.cells[name] != now.cells[name]:
                yield _differs(
                    f"表二“{line.words}”{head}",
                    in_digits(kept.cells[name]),
                    in_digits(now.cells[name]) or "空",
                )


def _in_table(
    name: str, rows: Sequence[str], columns: Sequence[str], kept: Table, now: Table
) -> Iterator[str]:
    for row, then, here in zip(rows, kept, now, strict=True):
        for column, before, after in zip(columns, then, here, strict=True):
            if before != after:
                yield _differs(f"{name}“{row}”{column}", before, after)


def _differs(where: str, before: object, after: object) -> str:
    return f"{where}：定稿是{before}，现在是{after}"
