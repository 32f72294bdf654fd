"""The proof finds a forbidden value however it is written and wherever it hides."""

import io
import zipfile
import zlib

import openpyxl
import pytest

from engine.content.likeness import plain
from engine.content.public_copy import make, verify
from engine.files import EXCEL, JPEG, PDF, PNG, TEXT, WORD
from tests.engine.content import pdf_samples, word_samples
from tests.engine.content.packages import png, unpacked

NUMBER = "13900001234"


@pytest.mark.parametrize(
    "written",
    [
        "139 0000 1234",
        "139-0000-1234",
        "139－0000－1234",
        "１３９００００１２３４",
        "1390000\u200b1234",
        "139\u00a00000\u20611234",
        "139\n00001234",
        "139\u2011000012\u00ad34",
    ],
)
def test_a_number_is_found_however_it_is_written(written: str) -> None:
    assert verify(TEXT, written.encode(), [NUMBER]).found
    assert verify(TEXT, NUMBER.encode(), [written]).found


def test_look_alikes_of_characters_are_the_same() -> None:
    assert plain("⻢⼩⻰") == "马小龙"
    assert plain("阿·依古丽") == plain("阿•依古丽") == "阿依古丽"
    assert plain("Zhang San") == plain("ＺＨＡＮＧ ＳＡＮ")


def test_other_numbers_and_names_are_not_found() -> None:
    text = "电话 13900001235，联系人王晓。燕山路 1 号".encode()
    verdict = verify(TEXT, text, [NUMBER, "王晓燕山", "李建国"])
    assert (verdict.clean, verdict.found, verdict.unread) == (True, (), ())


def test_nothing_forbidden_is_found_everywhere() -> None:
    assert verify(TEXT, "通知".encode(), ["", " ", "\u200b"]).found == ()


def test_a_value_across_runs_is_found() -> None:
    body = (
        "<w:p>" + "".join(f"<w:r><w:t>{one}</w:t></w:r>" for one in NUMBER) + "</w:p>"
    )
    found = verify(WORD, word_samples.word(body), [NUMBER]).found
    assert found == ("部件 word/document.xml", "正文第 1 段")


def test_a_value_across_the_cells_of_a_row_is_found() -> None:
    cells = "".join(
        f"<w:tc><w:p><w:r><w:t>{one}</w:t></w:r></w:p></w:tc>" for one in "王晓燕"
    )
    data = word_samples.word(f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>")
    assert verify(WORD, data, ["王晓燕"]).found == ("部件 word/document.xml",)


@pytest.mark.parametrize("across", [True, False], ids=["row", "column"])
def test_a_number_across_the_cells_of_a_sheet_is_found(across: bool) -> None:
    book = openpyxl.Workbook()
    for at, digit in enumerate(NUMBER, start=1):
        book.active.cell(1 if across else at, at if across else 1, digit)
        book.active.cell(2 if across else at, at if across else 2, "空")
    stream = io.BytesIO()
    book.save(stream)
    assert verify(EXCEL, stream.getvalue(), [NUMBER]).found


def test_a_name_whose_characters_meet_by_chance_is_not_found() -> None:
    body = "".join(
        f"<w:p><w:r><w:t>{one}</w:t></w:r></w:p>" for one in ("小王", "晓燕")
    )
    assert verify(WORD, word_samples.word(body), ["王晓燕"]).found == ()


def test_a_long_number_over_two_paragraphs_is_found() -> None:
    parts = (NUMBER[:6], NUMBER[6:])
    body = "".join(f"<w:p><w:r><w:t>{one}</w:t></w:r></w:p>" for one in parts)
    found = verify(WORD, word_samples.word(body), [NUMBER]).found
    assert found == ("部件 word/document.xml", "文字相接的地方")


def test_a_name_over_two_lines_of_a_page_is_found() -> None:
    data = pdf_samples.lines(["联系人：王晓", "燕，电话见附件"])
    found = verify(PDF, data, ["王晓燕"]).found
    assert found[-2:] == ("第 1 页的文字", "第 1 页")


def test_a_measure_of_the_page_is_no_amount() -> None:
    body = '<w:p><w:pPr><w:ind w:left="1200"/></w:pPr></w:p>'
    assert verify(WORD, word_samples.word(body), ["1200"]).found == ()
    seen = word_samples.word("<w:p><w:r><w:t>1200元</w:t></w:r></w:p>")
    assert verify(WORD, seen, ["1200"]).found == (
        "部件 word/document.xml",
        "正文第 1 段",
    )


def test_the_number_of_a_shared_text_is_no_amount() -> None:
    book = openpyxl.Workbook()
    for row in range(1, 40):
        book.active.cell(row, 1, "甲" * row)
    stream = io.BytesIO()
    book.save(stream)
    copy = make(EXCEL, stream.getvalue(), [])
    assert b"<v>27</v>" in unpacked(copy)["xl/worksheets/sheet1.xml"]
    assert verify(EXCEL, copy, ["27"]).found == ()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be", "gb18030"])
def test_a_value_behind_the_end_of_a_file_is_found(encoding: str) -> None:
    for media_type, data in (
        (PNG, png()),
        (WORD, word_samples.word("")),
        (PDF, pdf_samples.lines(["通知"])),
    ):
        found = verify(media_type, data + "王晓燕".encode(encoding), ["王晓燕"]).found
        assert found[0] == "文件的原始内容"


def test_a_part_that_stands_twice_in_the_zip_is_looked_at_twice() -> None:
    stream = io.BytesIO(word_samples.word("<w:p><w:r><w:t>王晓燕</w:t></w:r></w:p>"))
    body = unpacked(word_samples.word(""))["word/document.xml"]
    with (
        zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as packed,
        pytest.warns(UserWarning, match="Duplicate name"),
    ):
        packed.writestr("word/document.xml", body)
    assert verify(WORD, stream.getvalue(), ["王晓燕"]).found[1:] == (
        "部件 word/document.xml",
    )


def test_a_zip_inside_of_the_zip_is_opened() -> None:
    inner = word_samples.word("<w:p><w:r><w:t>王晓燕</w:t></w:r></w:p>")
    stream = io.BytesIO(word_samples.word(""))
    with zipfile.ZipFile(stream, "a") as packed:
        packed.writestr("word/embeddings/inner.docx", zlib.compress(inner))
        packed.writestr("word/embeddings/open.docx", inner)
    verdict = verify(WORD, stream.getvalue(), ["王晓燕"])
    assert "部件 word/embeddings/open.docx 里的部件 word/document.xml" in verdict.found
    assert "部件 word/embeddings/inner.docx" in verdict.unread


def test_a_string_of_a_pdf_is_found_however_it_is_written() -> None:
    for program in (
        r"BT (139\060\060001\\234) Tj ET".replace("\\\\", ""),
        "BT [(139) -250 (0000) 12 (1234)] TJ ET",
        "BT <31 33 39 30 30 30 30 31 32 33 34> Tj ET",
        "% 13900001234",
    ):
        found = verify(PDF, pdf_samples.pages(program), [NUMBER]).found
        assert found[0] == "第 1 个数据流"


def test_a_picture_is_neither_clean_nor_dirty() -> None:
    verdict = verify(JPEG, make(PNG, png("王晓燕"), []), ["王晓燕"])
    assert (verdict.clean, verdict.found) == (False, ())
    assert verdict.unread == ("图片里的文字",)


@pytest.mark.parametrize("media_type", [WORD, EXCEL, PDF, TEXT, PNG])
def test_a_broken_file_is_not_clean(media_type: str) -> None:
    verdict = verify(media_type, b"\xff\xfe broken", ["王晓燕"])
    assert not verdict.clean
    assert verdict.unread


def test_many_places_are_counted_and_not_all_listed() -> None:
    text = "\n".join(["王晓燕"] * 80)
    found = verify(TEXT, text.encode(), ["王晓燕"]).found
    assert len(found) == 51
    assert found[-1] == "另有 32 处"
