"""The text of a document as it stands on a page."""

import io
from pathlib import Path

import docx
import pytest

from engine.extraction import paragraphs
from engine.files import PDF, TEXT, WORD

LETTER = """云川区人民政府办公室关于开展培训的通知

各镇人民政府、街道办事处：
现将有关事项通知如下：
一、培训对象
各单位经办人。

云川区人民政府办公室
2026年3月5日
（此件公开发布）
"""

KINDS = [
    ("云川区人民政府办公室关于开展培训的通知", "title"),
    ("各镇人民政府、街道办事处：", "addressees"),
    ("现将有关事项通知如下：", "body"),
    ("一、培训对象", "heading"),
    ("各单位经办人。", "body"),
    ("云川区人民政府办公室", "right"),
    ("2026年3月5日", "right"),
    ("（此件公开发布）", "body"),
]


def test_a_text_file_is_read_as_a_document() -> None:
    found = paragraphs(TEXT, LETTER.encode())
    assert [(each.text, each.kind) for each in found or []] == KINDS


def test_a_word_file_is_read_as_a_document() -> None:
    document = docx.Document()
    for line in LETTER.splitlines():
        document.add_paragraph(line)
    stream = io.BytesIO()
    document.save(stream)
    found = paragraphs(WORD, stream.getvalue())
    assert [(each.text, each.kind) for each in found or []] == KINDS


def test_a_mark_at_the_beginning_of_a_text_file_is_no_character() -> None:
    found = paragraphs(TEXT, b"\xef\xbb\xbf" + "关于培训的通知".encode())
    assert [each.text for each in found or []] == ["关于培训的通知"]


@pytest.mark.parametrize("data", [b"PK\x03\x04broken", b"no zip at all"])
def test_a_broken_word_file_has_no_text(data: bytes) -> None:
    assert paragraphs(WORD, data) is None


def test_a_file_that_is_no_text_has_none() -> None:
    assert paragraphs(PDF, b"%PDF-1.7") is None


def test_the_five_real_notices_have_a_text(notices: Path) -> None:
    files = sorted(notices.glob("*.txt"))
    lengths = [len(paragraphs(TEXT, file.read_bytes()) or []) for file in files]
    assert len(lengths) == 5
    assert min(lengths) > 20
