"""Word files that we write ourselves: plain, the same each time, nothing hidden."""

import io

from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from engine.content.reading import read
from engine.content.writing import word_document
from engine.files import WORD, media_type

PARTS = [("背景依据", "依据条例。\n\n另一段。"), ("目标任务", "全部培训一遍。")]


def test_a_document_has_title_numbered_headings_and_paragraphs() -> None:
    blocks = read(WORD, word_document("《通知》政策解读", PARTS)).visible
    assert [(block.kind, block.text) for block in blocks] == [
        ("title", "《通知》政策解读"),
        ("heading", "一、背景依据"),
        ("body", "依据条例。"),
        ("body", "另一段。"),
        ("heading", "二、目标任务"),
        ("body", "全部培训一遍。"),
    ]


def test_nothing_lies_in_it_that_is_not_seen() -> None:
    reading = read(WORD, word_document("《通知》政策解读", PARTS))
    assert (reading.traits, reading.unread) == ((), ())
    assert all(not block.hidden for block in reading.blocks)


def test_the_same_words_give_the_same_bytes() -> None:
    assert word_document("解读", PARTS) == word_document("解读", PARTS)


def test_it_is_an_ordinary_word_file() -> None:
    data = word_document("解读", PARTS)
    assert media_type(data) == WORD
    assert Document(io.BytesIO(data)).paragraphs[0].text == "解读"


@given(st.text(max_size=200), st.text(max_size=200))
def test_whatever_is_typed_can_be_written(title: str, text: str) -> None:
    assert media_type(word_document(title, [("主要内容", text)])) == WORD
