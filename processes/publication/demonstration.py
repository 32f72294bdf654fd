"""Changes of what the demonstration office has published."""

from typing import Any

from sqlalchemy import select

from engine.authoring import Demonstration, claim, complete, open_tasks
from models.documents import Document
from models.workflow import Case
from processes.publication.record import begin


def fill(office: Demonstration) -> None:
    """Let one document expire, and let a withdrawal wait for its approval."""
    expired = _asks(
        office,
        (5, "09:40", "linxiaowen"),
        "云川府办发〔2019〕31号",
        kind="validity",
        validity="expired",
        since=office.day(4).isoformat(),
        reason="查阅点已由新的查阅点名录代替。",
    )
    _does(office, (5, "14:20", "zhouyan"), expired, outcome="agreed")
    _does(
        office,
        (4, "10:10", "luwensheng"),
        expired,
        outcome="approved",
        publish_on=office.day(4).isoformat(),
    )
    withdrawn = _asks(
        office,
        (2, "10:30", "shenqing"),
        "500199004/",
        kind="withdraw",
        ground="mistaken",
        remains="shown",
        reason="附表一的统计口径有误，核对后重新发布。",
    )
    _does(
        office,
        (1, "15:10", "matingshu"),
        withdrawn,
        outcome="agreed",
        opinion="口径确实用错，先撤回。",
    )


#: On which working day before today, at which hour, and who.
Moment = tuple[int, str, str]


def _asks(office: Demonstration, moment: Moment, number: str, **answers: Any) -> int:
    """Ask for a change of the document whose 文号 or 索引号 begins so."""
    days_ago, hour, who = moment
    office.at(days_ago, hour)
    with office.act(who) as work:
        document = work.session.scalars(
            select(Document)
            .where(
                Document.document_number.startswith(number)
                | Document.index_number.startswith(number)
            )
            .order_by(Document.id)
            .limit(1)
        ).one()
        case = begin(work)
        (task,) = open_tasks(work, case)
        filled = {"document": document.public_id, "outcome": "submitted", **answers}
        complete(work, task, revision=task.revision, answers=filled)
        return case.id


def _does(office: Demonstration, moment: Moment, case_id: int, **answers: Any) -> None:
    """Take the only open task of a case and complete it."""
    days_ago, hour, who = moment
    office.at(days_ago, hour)
    with office.act(who) as work:
        (task,) = open_tasks(work, work.session.get_one(Case, case_id))
        claim(work, task)
        complete(work, task, revision=task.revision, answers=answers)
