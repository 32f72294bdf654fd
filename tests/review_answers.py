"""What everybody answers in a review before publication when nothing is wrong."""

from collections.abc import Iterable
from typing import Any

from engine.work import Work
from models.reviews import Answer, Finding
from models.workflow import Case
from processes.registers import findings, papers
from processes.registers.checklists import (
    ALL_PAPERS,
    content_checks,
    publication_checks,
    secrecy_items,
)
from processes.registers.reviews import CONTENT_STEP, SECRECY_STEPS

#: The statements at 制作公开件.
STATED = {
    "wording": "表述准确，不会误读。",
    "timing": "印发后即可公开。",
    "way": "在政府网站主动公开。",
}

#: The steps that are answered here, for `Office.brings`.
STEPS = frozenset({"prepare_copy", *SECRECY_STEPS, CONTENT_STEP})


def usual(work: Work, case: Case, element: str) -> dict[str, Any]:
    """Return the answers with which everything goes on."""
    if element == "prepare_copy":
        return {"outcome": "submitted", **STATED, **usual_findings(work, case)}
    copies = [version.paper.public_copy for version in papers.leaving(work, case)]
    if element == CONTENT_STEP:
        checks = content_checks(work, case)
        typed = {
            f"checks.{copy.paper.public_id}.{check.code}": "fit"
            for copy in copies
            if copy is not None
            for check in checks
        }
        typed |= {
            f"checks.{ALL_PAPERS}.{check.code}": "fit"
            for check in publication_checks(work, case)
        }
        return {"outcome": "passed", "other_agency": "no", **typed}
    typed = {
        f"items.{copy.paper.public_id}.{item.code}": "clear"
        for copy in copies
        if copy is not None
        for item in secrecy_items(work, case, copy)
    }
    return {"outcome": "passed", **typed}


def usual_findings(work: Work, case: Case) -> dict[str, str]:
    """Return the first answer that each open finding allows, with a reason."""
    return answered(
        row
        for version in papers.leaving(work, case)
        for row in findings.of_version(work.session, version)
        if row.answer is None
    )


def answered(rows: Iterable[Finding]) -> dict[str, str]:
    """Answer findings by what is suggested; where words are needed, with words."""
    typed: dict[str, str] = {}
    for row in rows:
        base = f"findings.{row.public_id}"
        answer = findings.allowed(row)[0]
        typed[f"{base}.answer"] = answer.value
        if answer == Answer.EXPLAIN:
            typed[f"{base}.explanation"] = "核对过原件，情况属实。"
    return typed
