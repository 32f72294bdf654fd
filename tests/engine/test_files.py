"""Files: what is taken, told by content; kept once; never changed unnoticed."""

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest
from docx import Document as WordDocument
from sqlalchemy import select

from engine import files
from engine.errors import BadFile, NotFound
from models.records import StoredFile
from models.workflow import Label
from tests.office import NOTICE, Office, refused

PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6360000002000001e221bc330000000049454e44ae426082"
)
JPEG = bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffd9")
PROGRAM = b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff\x00\x00"
OLD_WORD = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504)
#: Two frames of silence: MPEG-1 Layer III, 128 kbit/s, 44.1 kHz, 417 bytes each.
MP3 = (b"\xff\xfb\x90\x00" + bytes(413)) * 2
RESIDENT = "张三，身份证号500199198001010017，住云川区和平路1号。"


def box(kind: bytes, content: bytes = b"") -> bytes:
    """Make a box of an MP4 file."""
    return (8 + len(content)).to_bytes(4) + kind + content


MP4 = box(b"ftyp", b"isom") + box(b"moov", bytes(8)) + box(b"mdat", bytes(8))


def word(text: str = "通知") -> bytes:
    """Make a Word document."""
    document, stream = WordDocument(), io.BytesIO()
    document.add_paragraph(text)
    document.save(stream)
    return stream.getvalue()


def packed(**parts: bytes) -> bytes:
    """Make a zip of parts; a dot in a name is written as two underscores."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name.replace("__", "."), data)
    return stream.getvalue()


def with_part(document: bytes, name: str, data: bytes) -> bytes:
    """Add a part to a packed document."""
    stream = io.BytesIO(document)
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (word(), files.WORD),
        (PDF, "application/pdf"),
        (NOTICE.encode(), "text/plain"),
        ("\ufeff带标记的文本".encode(), "text/plain"),
        (PNG, "image/png"),
        (JPEG, "image/jpeg"),
        (MP3, "audio/mpeg"),
        (b"ID3\x04\x00\x00\x00\x00\x00\x02\x00\x00" + MP3, "audio/mpeg"),
        (MP4, "video/mp4"),
    ],
    ids=[
        *("word", "pdf", "text", "text with mark", "png", "jpeg"),
        *("mp3", "mp3 with tag", "mp4"),
    ],
)
def test_the_type_is_told_by_the_content(data: bytes, media_type: str) -> None:
    assert files.media_type(data) == media_type


@pytest.mark.parametrize(
    "data",
    [
        PROGRAM,
        OLD_WORD,
        with_part(word(), "word/vbaProject.bin", b"macros"),
        packed(readme__txt=b"hello"),
        b"PK\x03\x04 and nothing more",
        "通知如下".encode("gb18030"),
        b"text with \x00 in it",
        MP3[:400],
        box(b"ftyp", b"qt  ") + box(b"moov") + box(b"mdat"),
        box(b"ftyp", b"isom") + box(b"free"),
        MP4[:-1],
    ],
    ids=[
        *("program", "old word", "macros", "zip", "broken zip", "gb18030", "nul"),
        *("one frame", "quicktime", "mp4 without film", "cut mp4"),
    ],
)
def test_what_is_not_accepted_has_no_type(data: bytes) -> None:
    assert files.media_type(data) is None


def test_a_program_named_as_a_document_is_refused(office: Office) -> None:
    with refused(BadFile, match="“通知.docx”的内容不是可以接受的类型"):
        office.lin.uploads(PROGRAM, "通知.docx")


def test_an_empty_file_is_refused(office: Office) -> None:
    with refused(BadFile, match="是空的"):
        office.lin.uploads(b"")


def test_a_file_that_is_too_large_is_refused_with_both_sizes(office: Office) -> None:
    with refused(BadFile, match="有 20.0 MB，最大可以传 20 MB"):
        office.lin.uploads(b"a" * 20_000_001)


def test_sound_and_film_are_taken_only_where_they_are_asked_for(
    office: Office,
) -> None:
    with refused(BadFile, match="可以传：Word"):
        office.lin.uploads(MP3, "解读.mp3")
    assert office.lin.uploads(MP4, "解读.mp4", accepted=(files.MP4,))


def test_sound_and_film_have_a_size_of_their_own(office: Office) -> None:
    film = MP4 + box(b"free", bytes(20_000_000))
    assert office.lin.uploads(film, "解读.mp4", accepted=(files.MP4,))
    office.sets("files.largest_media_mb", 10, valid_from=date(2026, 3, 2))
    with refused(BadFile, match="最大可以传 10 MB"):
        office.lin.uploads(film, "解读.mp4", accepted=(files.MP4,))


def test_what_unpacks_to_more_than_memory_holds_is_refused(office: Office) -> None:
    bomb = with_part(word(), "word/media/image1.png", bytes(300_000_000))
    assert len(bomb) < 1_000_000
    with refused(BadFile, match="解开后太大"):
        office.lin.uploads(bomb, "通知.docx")


def test_the_folder_of_the_sender_is_no_part_of_the_name(office: Office) -> None:
    office.lin.uploads(NOTICE, r"C:\Users\lin\..\正文.txt")
    assert [row.name for row in stored(office)] == ["正文.txt"]


def test_each_upload_is_a_file_of_its_own(office: Office) -> None:
    # Labelling one never labels another.
    assert office.lin.uploads() != office.lin.uploads()
    assert len(stored(office)) == 2


def test_the_same_bytes_of_two_people_lie_in_one_place(
    office: Office, tmp_path: Path
) -> None:
    assert office.lin.uploads() != office.shen.uploads()
    assert len(on_disk(tmp_path)) == 1


def test_bytes_changed_on_disk_are_noticed(office: Office, tmp_path: Path) -> None:
    office.lin.uploads()
    (place,) = on_disk(tmp_path)
    place.write_text("别的内容")
    with refused(BadFile, match="内容被改动"):
        office.engine.files.get(stored(office)[0])


def test_bytes_gone_from_disk_are_noticed(office: Office, tmp_path: Path) -> None:
    office.lin.uploads()
    (place,) = on_disk(tmp_path)
    place.unlink()
    with refused(BadFile, match="不在了"):
        office.engine.files.get(stored(office)[0])


def test_personal_data_are_encrypted_on_disk(office: Office, tmp_path: Path) -> None:
    keep_resident(office)
    (place,) = on_disk(tmp_path)
    assert RESIDENT.encode() not in place.read_bytes()
    assert b"500199198001010017" not in place.read_bytes()
    assert office.engine.files.get(stored(office)[0]).decode() == RESIDENT


def test_the_address_of_personal_data_does_not_tell_a_known_file(
    office: Office,
) -> None:
    keep_resident(office)
    (file,) = stored(office)
    assert file.address != file.sha256


def test_changed_personal_data_are_noticed(office: Office, tmp_path: Path) -> None:
    keep_resident(office)
    (place,) = on_disk(tmp_path)
    place.write_bytes(place.read_bytes()[:-1] + b"x")
    with refused(Exception, match="打不开"):
        office.engine.files.get(stored(office)[0])


def test_a_file_labelled_personal_after_its_upload_was_never_in_the_open(
    office: Office, tmp_path: Path
) -> None:
    office.lin.uploads(RESIDENT, "申请人.txt")
    (place,) = on_disk(tmp_path)
    assert RESIDENT.encode() not in place.read_bytes()
    with office.lin.work() as work:
        file = work.session.scalars(select(StoredFile)).one()
        files.relabel(file, Label.PERSONAL)
    assert [row.label for row in stored(office)] == ["personal"]
    assert on_disk(tmp_path) == [place]
    assert RESIDENT.encode() not in place.read_bytes()


def test_nobody_names_a_file_that_another_has_uploaded(office: Office) -> None:
    public_id = office.shen.uploads()
    with refused(NotFound):
        office.lin.drafts(file=public_id)


def keep_resident(office: Office) -> None:
    """Keep a file with personal data."""
    with office.lin.work() as work:
        data = RESIDENT.encode()
        files.store(work, "申请人.txt", data, root_id=1, label=Label.PERSONAL)


def stored(office: Office) -> list[StoredFile]:
    """Return the rows of all files."""
    with office.engine.read() as work:
        rows = work.session.scalars(select(StoredFile).order_by(StoredFile.id))
        return list(rows)


def on_disk(tmp_path: Path) -> list[Path]:
    """Return the files that lie in the store."""
    return [path for path in (tmp_path / "files").rglob("*") if path.is_file()]
