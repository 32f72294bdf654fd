"""The papers of a review, beside its forms: texts, findings, items, what is known."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from engine.instances import open_tasks
from engine.work import Work
from models.documents import PaperVersion
from models.reviews import DETERMINATION_NAMES
from models.workflow import Case, Task, TaskKind, TaskStatus
from processes.registers import findings, opinions, papers, reviews
from processes.registers.articles import (
    REGULATIONS,
    SECRETS_LAW,
    SECRETS_RULES,
    Article,
    article,
)
from processes.registers.checklists import redaction_reasons
from processes.registers.reading import is_locked
from web.formatting import instant_in_words
from web.office.records.shape import Record
from web.office.review_papers import (
    ITEM_ANSWERS,
    NOTABLE,
    PaperView,
    answer_in_words,
    name_of,
    paper_view,
    together,
)

PROCESS = "pre_publication_review"

#: The step at which findings are answered; at the others they are read.
_PREPARING = "prepare_copy"
#: The step at which a mark of secrecy is judged by the original on paper.
_JUDGING = "judge_secret_mark"

#: How many earlier decisions are shown.
_MOST_ALIKE = 5

_SECRECY = ((SECRETS_RULES, 42), (REGULATIONS, 14), (REGULATIONS, 15))
#: What is cited at a step.
_ARTICLES: Mapping[str, tuple[tuple[str, int], ...]] = {
    _PREPARING: (*((REGULATIONS, number) for number in (5, 13, 14, 15, 16, 26)),),
    "content_review": (
        *((REGULATIONS, number) for number in (11, 13, 17, 19, 20, 26)),
    ),
    "request_determination": ((REGULATIONS, 17),),
    "record_determination": ((REGULATIONS, 17), (REGULATIONS, 18)),
    _JUDGING: ((SECRETS_LAW, 31), (SECRETS_RULES, 61)),
    "report_secret": ((SECRETS_LAW, 31), (SECRETS_RULES, 61)),
}


def record(work: Work, case: Case) -> Record:
    """Return the desk of a review: what is read, and what is known of it."""
    round_ = reviews.newest_round(work.session, case)
    if round_ is None:
        return Record()
    versions = papers.leaving(work, case)
    element = _element(work, case)
    common = {
        "round": round_,
        "articles": _articles(element),
        "determination_names": DETERMINATION_NAMES,
    }
    locked = [v for v in versions if is_locked(work.session, v.file)]
    if locked:
        places = {
            "locked": True,
            "suspected": _marks(work, locked) if element == _JUDGING else [],
            "papers": [],
        }
        values = {**common, **places}
        return Record("office/records/review.html", values, _dates(work))
    views = [paper_view(work, case, version, element) for version in versions]
    return Record(
        "office/records/review.html",
        {
            **common,
            "locked": False,
            "papers": views,
            "together": together(work, case, round_),
            "answers_findings": element == _PREPARING,
            "determinations": reviews.determinations(work.session, round_),
            "last_return": _last_return(work, case, element),
            "alike": _alike(work, case, views),
            "reasons": list(redaction_reasons(work, case).items()),
        },
        begins={
            _PREPARING: {
                **_answers(views),
                "wording": round_.wording,
                "timing": round_.timing,
                "way": round_.way,
            },
            **_dates(work),
        },
        script="review.js",
    )


def _dates(work: Work) -> dict[str, dict[str, str]]:
    """Return the day that most forms are filled in about: today."""
    today = work.today.isoformat()
    return {
        "request_determination": {"asked_on": today},
        "record_determination": {"answered_on": today},
        "report_secret": {"reported_on": today},
    }


def _element(work: Work, case: Case) -> str:
    return next(
        (t.element for t in open_tasks(work, case) if t.process_key == PROCESS), ""
    )


def _articles(element: str) -> list[Article]:
    return [article(*each) for each in _ARTICLES.get(element, _SECRECY)]


def _marks(work: Work, versions: list[PaperVersion]) -> list[tuple[str, str]]:
    """Return where marks of secrecy were found, by the paper's title and the place."""
    return [
        (version.paper.title, finding.label)
        for version in versions
        for finding in findings.of_version(work.session, version)
        if finding.code == findings.SECRET_MARK
    ]


def _answers(views: list[PaperView]) -> dict[str, str]:
    """Return the answers that findings have, as they are typed."""
    typed = {}
    for view in views:
        for each in view.findings:
            if each.answer:
                base = f"findings.{each.id}"
                typed[f"{base}.answer"] = each.answer
                typed[f"{base}.explanation"] = each.explanation
                typed[f"{base}.exception"] = each.exception
                typed[f"{base}.replacement"] = each.replacement
    return typed


def _last_return(work: Work, case: Case, element: str) -> list[tuple[str, str]]:
    """Return why a reviewer sent the copies back, to those who make them anew."""
    last = work.session.scalars(
        select(Task)
        .where(
            Task.case_id == case.id,
            Task.process_key == PROCESS,
            Task.kind == TaskKind.WORK,
            Task.status == TaskStatus.DONE,
        )
        .order_by(Task.completed_at.desc(), Task.id.desc())
        .limit(1)
    ).one_or_none()
    if element != _PREPARING or last is None or last.outcome != "returned":
        return []
    process = work.engine.definitions.process(PROCESS)
    reason = process.texts.reasons.get(last.reason or "", "")
    who = last.completer.name if last.completer else ""
    return [(f"{last.name}退回，{who}：{reason}", last.opinion)]


def _alike(work: Work, case: Case, views: list[PaperView]) -> list[dict[str, Any]]:
    """Return the last decisions on the same kinds of findings and the same items."""
    codes = {each.code for view in views for each in view.findings if not each.settled}
    names = {item.code: item.name for view in views for item in view.items}
    answered: list[dict[str, Any]] = [
        {
            "when": each.answered_at,
            "what": name_of(each),
            "outcome": answer_in_words(each),
            "why": each.explanation,
            "case": work.session.get_one(Case, each.version.case_id),
        }
        for each in findings.alike(work, case, codes)
    ]
    judged: list[dict[str, Any]] = [
        {
            "when": each.given_at,
            "what": names[each.aspect],
            "outcome": ITEM_ANSWERS[each.outcome],
            "why": each.text,
            "case": work.session.get_one(Case, each.case_id),
        }
        for each in opinions.alike(work, case, set(names), NOTABLE)
    ]
    newest = sorted([*answered, *judged], key=lambda each: each["when"], reverse=True)
    return [
        {**each, "at": instant_in_words(each["when"], work.today)}
        for each in newest[:_MOST_ALIKE]
    ]
