"""Two things at once: one document is changed, explained and withdrawn by several."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from sqlalchemy import select

from engine import tasks
from engine.errors import (
    InvalidAnswers,
    Refusal,
    TaskAlreadyClaimed,
    TaskAlreadyDone,
    TaskChanged,
)
from engine.history import verify
from models.documents import Document
from models.people import Role
from models.publications import Publication
from processes.publication.tests.published import document, publishes, reads
from tests.office import USUAL_ANSWERS, Actor, Matter, Office, refused
from tests.processes.ways import followed

CORRECTED = "云川区人民政府办公室关于做好2026年政务公开培训工作的通知\n\n改正了一处。\n"
WITHDRAWN = {
    "kind": "withdraw",
    "ground": "not_public",
    "reason": "不应当公开。",
    "remains": "concealed",
}
TODAY = "2026-03-02"


@pytest.fixture
def notice(office: Office) -> Matter:
    """A document of 林晓雯's that was published on Monday, 2 March 2026."""
    return publishes(office)


def corrects(office: Office, notice: Matter) -> Matter:
    """Let lin ask for a correction of the text."""
    told = document(office, notice)
    return office.lin.asks_to_change(
        told.public_id,
        kind="correct",
        files={told.papers["正文"]: CORRECTED},
        reason="第二段漏字，已补正。",
        remains="shown",
    )


def withdraws(office: Office, notice: Matter) -> None:
    """Let a document of 林晓雯's be withdrawn."""
    public_id = document(office, notice).public_id
    matter = office.lin.asks_to_change(public_id, **WITHDRAWN)
    office.brings(matter, "approve_change")
    office.liang.does(matter, "approve_change", outcome="approved", publish_on=TODAY)
    office.fires()
    assert document(office, notice).withdrawn_at is not None


def test_a_correction_under_way_does_not_keep_a_document_from_being_withdrawn(
    office: Office, notice: Matter
) -> None:
    # 行政处罚法 Art 48(2) gives three days, and a secret no time at all.
    corrects(office, notice)
    withdraws(office, notice)


def test_what_was_withdrawn_meanwhile_is_not_corrected(
    office: Office, notice: Matter
) -> None:
    correction = corrects(office, notice)
    office.brings(correction, "approve_change")
    withdraws(office, notice)
    with refused(Refusal, match="已经撤回"):
        office.liang.does(
            correction, "approve_change", outcome="approved", publish_on=TODAY
        )


def test_what_was_withdrawn_before_its_correction_s_day_stays_withdrawn(
    office: Office, notice: Matter
) -> None:
    correction = corrects(office, notice)
    office.brings(correction, "approve_change")
    answers = {"outcome": "approved", "publish_on": "2026-03-04"}
    office.liang.does(correction, "approve_change", **answers)
    withdraws(office, notice)
    office.clock.set("2026-03-04")  # Wednesday
    office.fires()
    assert correction.waits_at == []
    assert reads(office, notice) != CORRECTED


def test_an_interpretation_under_way_does_not_keep_a_document_from_being_withdrawn(
    office: Office, tmp_path: Path
) -> None:
    later = followed(office, tmp_path)
    withdraws_shen_s(office)
    assert later.waits_at == ["拟解读材料"]


def test_what_was_withdrawn_is_not_explained_any_more(
    office: Office, tmp_path: Path
) -> None:
    later = followed(office, tmp_path)
    office.brings(later, "approve_publication")
    withdraws_shen_s(office)
    with refused(Refusal, match="已经撤回"):
        office.tang.lets_out(later, TODAY)
    reason = {"reason": "other", "opinion": "文件已经撤回。"}
    office.tang.does(later, "approve_publication", outcome="refused", **reason)
    assert later.waits_at == []
    assert later.history[-2].endswith("的解读因文件已经撤回不发布。")


def test_an_interpretation_is_not_out_after_its_document_was_withdrawn(
    office: Office, tmp_path: Path
) -> None:
    later = followed(office, tmp_path)
    office.brings(later, "approve_publication")
    office.tang.lets_out(later, "2026-03-04")
    withdraws_shen_s(office)
    office.clock.set("2026-03-04")  # Wednesday
    office.fires()
    assert later.waits_at == []
    assert later.history[-2].endswith("的解读因文件已经撤回不发布。")


def withdraws_shen_s(office: Office) -> None:
    """Let the only document of 沈清's be withdrawn."""
    with office.engine.read() as work:
        public_id = work.session.scalars(select(Document.public_id)).one()
    matter = office.shen.asks_to_change(public_id, **WITHDRAWN)
    office.brings(matter, "approve_change")
    office.tang.does(matter, "approve_change", outcome="approved", publish_on=TODAY)
    office.fires()


# At the same moment


def at_once(*acts: Callable[[], object]) -> list[type[BaseException] | None]:
    """Let several people act at the same moment; return how each was refused."""
    start = Barrier(len(acts))

    def run(act: Callable[[], object]) -> type[BaseException] | None:
        start.wait()
        try:
            act()
        except Refusal as refusal:
            return type(refusal)
        return None

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_two_who_ask_to_change_one_document_at_once_are_not_both_heard(
    office: Office, notice: Matter
) -> None:
    told = document(office, notice)
    wu = office.add_person("wu", "吴起", "信息公开科", (Role.HANDLER, "信息公开科"))
    begun = [began(office, person) for person in (office.lin, wu)]
    answers = {
        "document": told.public_id,
        "kind": "validity",
        "validity": "repealed",
        "since": TODAY,
        "reason": "废止。",
    }

    def ask(person: Actor, matter: Matter) -> Callable[[], None]:
        return lambda: person.asks_again(matter, **answers)

    refusals = at_once(ask(office.lin, begun[0]), ask(wu, begun[1]))
    assert sorted(str(each) for each in refusals) == [
        *sorted([str(None), str(InvalidAnswers)])
    ]


def test_documents_signed_at_once_have_numbers_without_gap_or_double(
    office: Office,
) -> None:
    matters = [office.brought_to("sign", title=f"第{n}份通知") for n in range(4)]
    for matter in matters:
        office.qin.claims(matter, "sign")
    assert at_once(*(lambda m=m: office.qin.signs(m) for m in matters)) == [None] * 4
    with office.engine.read() as work:
        numbers = work.session.scalars(select(Document.document_number)).all()
        assert sorted(numbers) == [
            *(f"云川府办发〔2026〕{n}号" for n in range(1, 5)),
        ]
        assert verify(work.session) == []


def test_a_bundle_that_two_approve_at_once_is_approved_once(office: Office) -> None:
    cheng = office.add_person(
        "cheng", "程远", "区政府办", (Role.DISCLOSURE_HEAD, "区政府办")
    )
    matter = office.brought_to("approve_publication")
    refusals = at_once(
        lambda: office.liang.lets_out(matter, TODAY),
        lambda: cheng.lets_out(matter, TODAY),
    )
    assert len([each for each in refusals if each is None]) == 1
    assert set(refusals) <= {None, TaskAlreadyClaimed, TaskAlreadyDone}
    office.fires()
    with office.engine.read() as work:
        assert len(work.session.scalars(select(Publication)).all()) == 1


def test_one_who_approves_on_two_pages_approves_once(office: Office) -> None:
    matter = office.brought_to("approve_publication")
    office.liang.claims(matter, "approve_publication")
    with office.engine.read(office.liang.id) as work:
        revision = matter.open_task(work, "approve_publication").revision

    def approve() -> None:
        with office.liang.work() as work:
            task = matter.open_task(work, "approve_publication")
            answers = USUAL_ANSWERS["approve_publication"]
            tasks.complete(work, task, revision=revision, answers=answers)

    refusals = at_once(approve, approve)
    assert set(refusals) in ({None, TaskAlreadyDone}, {None, TaskChanged})


def began(office: Office, person: Actor) -> Matter:
    """Let somebody begin a change."""
    begin = office.engine.definitions.process("publication").begin
    assert begin is not None
    with person.work() as work:
        return Matter(office, begin(work).id)
