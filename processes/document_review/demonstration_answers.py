"""What people of the demonstration office answer when nothing is wrong."""

from typing import Any

from engine.authoring import Work
from models.reviews import Answer
from models.workflow import Case, Task
from processes.registers import findings, papers
from processes.registers.checklists import (
    ALL_PAPERS,
    content_checks,
    publication_checks,
    secrecy_items,
)

_ANSWERS: dict[str, dict[str, Any]] = {
    "section_review": {"outcome": "agreed", "opinion": "内容属实，公开属性准确。"},
    "disclosure_review": {"outcome": "agreed", "opinion": "依据和理由成立。"},
    "legality_review": {
        "outcome": "agreed",
        "opinion": "制定主体、权限、程序、内容合法，未减损公民权利、增加其义务。",
    },
    "interpretation_sign": {"outcome": "signed", "opinion": "解读清楚，同意。"},
    "co_sign_document": {"outcome": "agreed", "opinion": "同意会签。"},
    "office_check": {"outcome": "agreed", "opinion": "核稿无误，报请签发。"},
    "sign": {"outcome": "signed", "opinion": "同意。"},
    "register_historical": {"outcome": "registered", "opinion": "与原件一致。"},
    "seal": {"outcome": "sealed", "opinion": "核对无误，已用印。"},
    "approve_publication": {
        "outcome": "approved",
        "channels": "website",
        "audience": "everyone",
        "opinion": "同意公开。",
    },
}

_STATED = {
    "wording": "表述准确，不会误读。",
    "timing": "签发后即可公开。",
    "way": "在政府网站主动公开。",
}


def usual(work: Work, task: Task) -> dict[str, Any]:
    """Return the answers with which a step's document goes on."""
    if task.element == "prepare_copy":
        found = _answered_findings(work, task.case)
        return {"outcome": "submitted", **_STATED, **found}
    if task.element in {"secrecy_first", "secrecy_second", "secrecy_final"}:
        items = _answered_items(work, task.case)
        opinion = "经审查不涉及国家秘密、工作秘密，可以公开。"
        return {"outcome": "passed", "opinion": opinion, **items}
    if task.element == "content_review":
        checks = _answered_checks(work, task.case)
        opinion = "内容合法，五关审查通过。"
        return {"outcome": "passed", "opinion": opinion, "other_agency": "no", **checks}
    return dict(_ANSWERS[task.element])


def _answered_findings(work: Work, case: Case) -> dict[str, str]:
    """Answer what the checks found as they suggest, with words where needed."""
    typed: dict[str, str] = {}
    for version in papers.leaving(work, case):
        for row in findings.of_version(work.session, version):
            if row.answer is None:
                base = f"findings.{row.public_id}"
                answer = findings.allowed(row)[0]
                typed[f"{base}.answer"] = answer.value
                if answer == Answer.EXPLAIN:
                    typed[f"{base}.explanation"] = "核对过原件，情况属实。"
    return typed


def _answered_items(work: Work, case: Case) -> dict[str, str]:
    copies = [version.paper.public_copy for version in papers.leaving(work, case)]
    return {
        f"items.{copy.paper.public_id}.{item.code}": "clear"
        for copy in copies
        if copy is not None
        for item in secrecy_items(work, case, copy)
    }


def _answered_checks(work: Work, case: Case) -> dict[str, str]:
    copies = [version.paper.public_copy for version in papers.leaving(work, case)]
    each = {
        f"checks.{copy.paper.public_id}.{check.code}": "fit"
        for copy in copies
        if copy is not None
        for check in content_checks(work, case)
    }
    together = {
        f"checks.{ALL_PAPERS}.{check.code}": "fit"
        for check in publication_checks(work, case)
    }
    return each | together
