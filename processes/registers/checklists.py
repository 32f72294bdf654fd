"""What a review goes through item by item: lists that each agency may set itself."""

from dataclasses import dataclass

from engine.authoring import Work, settings
from models.documents import PaperVersion
from models.workflow import Case

#: Always the first item: what is one leaves the case at once.
STATE_SECRET = "state_secret"  # noqa: S105 (a code, not a secret)

#: Stands in a row's key where a paper would: the answer is about all of them.
ALL_PAPERS = "all"

#: The item for what no program could read in a copy.
UNREAD = "unread"

_STATE_SECRET = [STATE_SECRET, "国家秘密", "有密级标志，或者属于定密事项"]


@dataclass(frozen=True)
class Item:
    """One item: its code in opinions, its name, and what to look for."""

    code: str
    name: str
    hint: str = ""


def secrecy_items(work: Work, case: Case, copy: PaperVersion) -> list[Item]:
    """Return what the secrecy review judges in a copy (保密法实施条例 Art 42: 逐项).

    Where nobody could read something in it, a person looks there.
    """
    rows = _read(work, case, "review.secrecy_items")
    others = [row for row in rows if row[0] != STATE_SECRET]
    first = next((row for row in rows if row[0] == STATE_SECRET), _STATE_SECRET)
    items = [Item(*row) for row in [first, *others]]
    if copy.unread:
        places = "、".join(copy.unread)
        items.append(Item(UNREAD, "没有检查到的地方", f"{places}。逐处看过再答"))
    return items


def content_checks(work: Work, case: Case) -> list[Item]:
    """Return what the review of the content judges: 五关, legality, risk."""
    return [Item(*row) for row in _read(work, case, "review.content_checks")]


def publication_checks(work: Work, case: Case) -> list[Item]:
    """Return what is judged once for all papers: wording, timing, way, persons."""
    return [Item(*row) for row in _read(work, case, "review.publication_checks")]


def redaction_reasons(work: Work, case: Case) -> dict[str, str]:
    """Return why a stretch of text may be taken out by hand: code and name."""
    return {row[0]: row[1] for row in _read(work, case, "review.redaction_reasons")}


def _read(work: Work, case: Case, key: str) -> list[list[str]]:
    rows: list[list[str]] = settings.read(
        work.session, key, on=work.today, organisation=case.agency
    )
    return rows
