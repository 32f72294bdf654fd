"""Pages save what is typed by themselves, also at the moment of the submission."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

from engine import tasks
from engine.errors import TaskAlreadyDone
from tests.office import Office, refused


def test_what_is_saved_while_it_is_submitted_waits_and_is_told_that_it_is_over(
    office: Office,
) -> None:
    matter = office.lin.drafts()
    office.zhou.claims(matter, "section_review")
    office.zhou.types(matter, "section_review", opinion="内容属")
    with ThreadPoolExecutor(1) as page:
        with office.zhou.work() as work:
            task = matter.open_task(work, "section_review")
            answers = {"outcome": "agreed"}
            tasks.complete(work, task, revision=task.revision, answers=answers)
            saved = page.submit(
                office.zhou.types, matter, "section_review", opinion="内容属实。"
            )
            with suppress(TimeoutError):
                saved.result(timeout=0.3)
        with refused(TaskAlreadyDone):
            saved.result()
    assert office.zhou.typed(matter, "section_review") is None
