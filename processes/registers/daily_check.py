"""The daily check that what the public reads is what was published, byte by byte."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from sqlalchemy import select

from engine.authoring import BadFile, Engine, Work, incidents
from models.documents import Document
from models.publications import Publication, PublishedPaper
from models.workflow import Case, OutboxMessage
from processes.registers.channels import CHANNEL_NAMES, CHANNELS
from processes.registers.publications import concealed, done

#: Where a channel keeps the bundle of a key.
BundleFolder = Callable[[str, str], Path]

#: How many documents are looked at in one look into the database.
_BATCH = 100
_ABOUT = "published:"


@dataclass(frozen=True)
class Damage:
    """One published file that is not as it was published, in one place."""

    about: str
    case_id: int
    message: str


def check_published(engine: Engine, folder: BundleFolder) -> int:
    """Compare every published file, here and in the channels' folders, with its sha256.

    An incident is opened for each damage, and closed when it is mended. Returns how
    many damages there are. What the public cannot read any more is not looked at.
    """
    found: dict[str, Damage] = {}
    last = 0
    while True:
        with engine.read() as work:
            documents = work.session.scalars(
                select(Document)
                .where(
                    Document.id > last,
                    Document.published_at.is_not(None),
                    Document.withdrawn_at.is_(None),
                )
                .order_by(Document.id)
                .limit(_BATCH)
            ).all()
            if not documents:
                break
            last = documents[-1].id
            for document in documents:
                for damage in _damages(work, document, folder):
                    found[damage.about] = damage
    _tell(engine, found)
    return len(found)


def _damages(work: Work, document: Document, folder: BundleFolder) -> Iterator[Damage]:
    acts = done(work.session, document)
    gone = concealed(acts)
    for act in acts:
        for published in act.papers:
            if published.version_id not in gone:
                data = _stored(work, published)
                yield from _damage(published, data, act.case_id, "文件库")
    yield from _damages_outside(work, acts, folder)


def _damages_outside(
    work: Work, acts: Sequence[Publication], folder: BundleFolder
) -> Iterator[Damage]:
    """Look at the bundles that were delivered and not taken back since."""
    papers = {each.version.file.public_id: each for act in acts for each in act.papers}
    messages = _delivered(work, acts)
    taken = {key for each in messages for key in each.payload["takes_back"]}
    for message in messages:
        if message.key in taken or message.sent_at is None:
            continue
        place = f"“{CHANNEL_NAMES[message.kind]}”交换文件夹"
        for file in message.payload["files"]:
            path = folder(message.kind, message.key) / file["path"]
            data = path.read_bytes() if path.is_file() else None
            case_id = message.case_id or 0
            yield from _damage(papers[file["id"]], data, case_id, place, message.key)


def _delivered(work: Work, acts: Sequence[Publication]) -> Sequence[OutboxMessage]:
    keys = [act.bundle_key(channel) for act in acts for channel in act.channels]
    return work.session.scalars(
        select(OutboxMessage)
        .where(OutboxMessage.key.in_(keys), OutboxMessage.kind.in_(CHANNELS))
        .order_by(OutboxMessage.id)
    ).all()


def _stored(work: Work, published: PublishedPaper) -> bytes | None:
    """Return the bytes as the public would get them; None if it would get none."""
    try:
        return work.engine.files.get(published.version.file)
    except BadFile:
        return None


def _damage(
    published: PublishedPaper,
    data: bytes | None,
    case_id: int,
    place: str,
    key: str = "files",
) -> Iterator[Damage]:
    if data is not None and sha256(data).hexdigest() == published.sha256:
        return
    document = published.publication.document
    yield Damage(
        about=f"{_ABOUT}{published.publication_id}:{published.version_id}:{key}",
        case_id=case_id,
        message=(
            f"“{document.title}”的{published.version.paper.title}：{place}里的公开文件"
            "与发布时不一致，或者不在了。从备份换回发布时的那一份，"
            "下一次核对后自动撤下。"
        ),
    )


def _tell(engine: Engine, found: dict[str, Damage]) -> None:
    """Open what is new, close what is mended; a quiet day writes nothing."""
    with engine.read() as work:
        known = {each.about for each in incidents.open_about(work, _ABOUT)}
    if known == set(found):
        return
    with engine.work() as work:
        for incident in incidents.open_about(work, _ABOUT):
            if incident.about not in found:
                incidents.settle(work, incident)
        for damage in found.values():
            case = work.session.get_one(Case, damage.case_id)
            incidents.report(
                work, case.root_id, damage.message, about=damage.about, case=case
            )
