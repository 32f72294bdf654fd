"""Files: found by content, never changed, told apart by content and not by name."""

import io
import zipfile
from collections.abc import Collection
from hashlib import sha256
from pathlib import PurePath

import puremagic
from sqlalchemy import select

from engine import settings
from engine.actors import Actor
from engine.content import media
from engine.database import hold_name
from engine.errors import BadFile, NotFound
from engine.work import Work
from models.people import Organisation
from models.records import StoredFile
from models.workflow import Label

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PDF = "application/pdf"
TEXT = "text/plain"
PNG = "image/png"
JPEG = "image/jpeg"
MP3 = "audio/mpeg"
MP4 = "video/mp4"

#: How people call what may be stored.
NAMES = {
    WORD: "Word（.docx）",
    EXCEL: "Excel（.xlsx）",
    PDF: "PDF",
    TEXT: "纯文本（.txt）",
    PNG: "PNG 图片",
    JPEG: "JPEG 图片",
    MP3: "MP3 音频",
    MP4: "MP4 视频",
}

#: How the names of such files end.
ENDINGS = {
    WORD: ".docx",
    EXCEL: ".xlsx",
    PDF: ".pdf",
    TEXT: ".txt",
    PNG: ".png",
    JPEG: ".jpg,.jpeg",
    MP3: ".mp3",
    MP4: ".mp4",
}

#: What is taken where nothing else is asked for: what can be read and checked.
DOCUMENTS = (WORD, EXCEL, PDF, TEXT, PNG, JPEG)

#: Sound and film; nobody reads them by machine, and they may be larger.
MEDIA = frozenset({MP3, MP4})


#: A packed file that would fill the memory when it is read is refused.
MOST_UNPACKED = 300_000_000


def unpacked_size(data: bytes) -> int:
    """Return how large a file becomes once it is unpacked, if it is packed."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            return sum(part.file_size for part in packed.infolist())
    except zipfile.BadZipFile:
        return len(data)


def media_type(data: bytes) -> str | None:
    """Tell the type of a file by its content; None for what is not accepted."""
    if data.startswith(b"%PDF-"):
        return PDF
    if data.startswith(b"PK\x03\x04"):
        return _office_type(data)
    if media.is_mp4(data):
        return MP4
    if media.is_mp3(data):
        return MP3
    try:
        found = puremagic.from_string(data, mime=True)
    except puremagic.PureError:
        found = ""
    if found in {PNG, JPEG}:
        return str(found)
    return TEXT if _is_text(data) else None


def _office_type(data: bytes) -> str | None:
    try:
        names = set(zipfile.ZipFile(io.BytesIO(data)).namelist())
    except zipfile.BadZipFile:
        return None
    if "[Content_Types].xml" not in names or any("vbaProject" in n for n in names):
        return None
    if "word/document.xml" in names:
        return WORD
    return EXCEL if "xl/workbook.xml" in names else None


def _is_text(data: bytes) -> bool:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return not any(
        character < " " and character not in "\t\n\r\f\v" for character in text
    )


def store(
    work: Work,
    name: str,
    data: bytes,
    *,
    root_id: int,
    label: Label = Label.INTERNAL,
    accepted: Collection[str] = DOCUMENTS,
) -> StoredFile:
    """Keep a file: a row of its own over bytes that are stored once.

    Raises:
        BadFile: empty, too large, or of a type that is not accepted here.
    """
    name = plain_name(name)
    kind = accepted_type(work, name, data, accepted)
    return _keep(work, name, data, kind, root_id=root_id, label=label)


def plain_name(name: str) -> str:
    """Return a file's name without the folder of whoever sends it."""
    return PurePath(name.replace("\\", "/")).name.strip()[:200] or "未命名"


def accepted_type(
    work: Work, name: str, data: bytes, accepted: Collection[str] = DOCUMENTS
) -> str:
    """Return the type of a file that may be kept; nothing is kept yet.

    Raises:
        BadFile: empty, too large, or of a type that is not accepted here.
    """
    if not data:
        msg = f"文件“{name}”是空的，请重新选择。"
        raise BadFile(msg)
    kind = media_type(data)
    _refuse_large(work, name, data, kind)
    if kind is None or kind not in accepted:
        msg = (
            f"文件“{name}”的内容不是可以接受的类型。可以传："
            f"{'、'.join(NAMES[each] for each in accepted)}。"
        )
        if TEXT in accepted:
            msg += "文本文件要用 UTF-8 编码。"
        raise BadFile(msg)
    if unpacked_size(data) > MOST_UNPACKED:
        msg = f"文件“{name}”解开后太大，可能不是正常的文件，没有保存。"
        raise BadFile(msg)
    return kind


def _refuse_large(work: Work, name: str, data: bytes, kind: str | None) -> None:
    organisation = (
        work.session.get(Organisation, work.actor.agency_id)
        if work.actor.agency_id
        else None
    )
    key = "files.largest_media_mb" if kind in MEDIA else "files.largest_mb"
    largest = settings.read(work.session, key, on=work.today, organisation=organisation)
    if len(data) > largest * 1_000_000:
        size = len(data) / 1_000_000
        msg = (
            f"文件“{name}”有 {size:.1f} MB，最大可以传 {largest} MB。"
            "请压缩或拆分后再传。"
        )
        raise BadFile(msg)


def publish_copy(work: Work, file: StoredFile) -> StoredFile:
    """Keep a file's bytes a second time, for everybody to read."""
    data = work.engine.files.get(file)
    return _keep(
        work,
        file.name,
        data,
        file.media_type,
        root_id=file.root_id,
        label=Label.PUBLIC,
    )


def _keep(
    work: Work, name: str, data: bytes, kind: str, *, root_id: int, label: Label
) -> StoredFile:
    # Whatever is not for everybody lies encrypted, so that a file may be labelled
    # after it was uploaded and its bytes never lay in the open.
    encrypted = label != Label.PUBLIC
    digest = sha256(data).hexdigest()
    # Nobody erases these bytes between the look whether they lie there and the row.
    address = work.engine.files.address(digest, encrypted=encrypted)
    hold_name(work.session, address, alone=False)
    work.engine.files.put(data, encrypted=encrypted)
    file = StoredFile(
        root_id=root_id,
        name=name,
        sha256=digest,
        address=address,
        size=len(data),
        media_type=kind,
        label=label,
        encrypted=encrypted,
        stored_at=work.now,
        stored_by=work.actor.person_id,
    )
    work.session.add(file)
    work.session.flush()
    return file


def relabel(file: StoredFile, label: Label) -> None:
    """Put a file that is not public under another label that is not public either."""
    file.label = label


def own_upload(work: Work, public_id: str) -> StoredFile:
    """Return a file that this actor has uploaded; others' are not to be named.

    Raises:
        NotFound: there is none by this actor.
    """
    actor: Actor = work.actor
    file = work.session.scalars(
        select(StoredFile).where(
            StoredFile.public_id == public_id,
            StoredFile.root_id == actor.root_id,
            StoredFile.stored_by == actor.required_person,
        )
    ).one_or_none()
    if file is None:
        raise NotFound("这个文件")
    return file
