"""Every file that is taken in has a text with places, however it was made."""

import io
import zipfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import docx
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader, PdfWriter

from engine.content import reading as reading_module
from engine.content.blocks import Reading
from engine.content.reading import read
from engine.files import EXCEL, JPEG, MP3, PDF, PNG, TEXT, WORD
from tests.engine.content import excel_samples, pdf_samples, word_samples
from tests.engine.content.packages import package, png

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

PLANTED = {
    WORD: (word_samples.planted, word_samples.SEEN, word_samples.HIDDEN),
    EXCEL: (excel_samples.planted, excel_samples.SEEN, excel_samples.HIDDEN),
    PDF: (pdf_samples.planted, pdf_samples.SEEN, pdf_samples.HIDDEN),
}
of_every_type = pytest.mark.parametrize(
    "media_type", PLANTED, ids=["word", "excel", "pdf"]
)


def kinds_of(reading: Reading) -> list[tuple[str, str]]:
    """Return the texts that are seen, and how they stand."""
    return [(block.text, block.kind) for block in reading.visible]


def labels_of(reading: Reading) -> dict[str, str]:
    """Return the place in words of each text."""
    return {block.text: block.label for block in reading.blocks}


def test_a_text_file_is_read_as_a_document() -> None:
    assert kinds_of(read(TEXT, LETTER.encode())) == KINDS


def test_a_word_file_is_read_as_a_document() -> None:
    assert kinds_of(read(WORD, word_samples.lines(*LETTER.splitlines()))) == KINDS


def test_a_pdf_file_is_read_as_a_document() -> None:
    data = pdf_samples.lines([line for line in LETTER.splitlines() if line])
    assert kinds_of(read(PDF, data)) == KINDS


def test_a_mark_at_the_beginning_of_a_text_file_is_no_character() -> None:
    data = b"\xef\xbb\xbf" + "关于培训的通知".encode()
    assert kinds_of(read(TEXT, data)) == [("关于培训的通知", "title")]


def test_the_five_real_notices_have_a_text(notices: Path) -> None:
    found = [
        read(TEXT, file.read_bytes()).blocks for file in sorted(notices.glob("*.txt"))
    ]
    assert len(found) == 5
    assert min(map(len, found)) > 20


@of_every_type
def test_what_a_reader_sees_is_read(media_type: str) -> None:
    planted, seen, _ = PLANTED[media_type]
    text = "\n".join(block.text for block in read(media_type, planted()).visible)
    assert [words for words in seen if words not in text] == []


@of_every_type
def test_what_no_reader_sees_is_not_taken_for_text(media_type: str) -> None:
    planted, _, hidden = PLANTED[media_type]
    text = "\n".join(block.text for block in read(media_type, planted()).visible)
    assert [words for words in hidden if words in text] == []


@of_every_type
def test_each_block_has_an_address_of_its_own(media_type: str) -> None:
    planted, _, _ = PLANTED[media_type]
    first, second = read(media_type, planted()), read(media_type, planted())
    assert len({block.address for block in first.blocks}) == len(first.blocks)
    assert first == second


def test_what_a_word_file_hides_is_listed() -> None:
    hidden = {
        block.text: block.label for block in read(WORD, word_samples.planted()).blocks
    }
    assert hidden["暗批注"] == "批注第 1 段"
    assert hidden["暗删除"] == "正文第 3 段（已删除的文字）"
    assert hidden["暗隐藏暗样式隐藏"] == "正文第 7 段（隐藏的文字）"
    assert hidden["QUOTE 暗域代码"] == "正文第 10 段（域代码）"
    assert hidden["https://example.cn/暗链接地址"] == "链接地址"
    assert hidden["暗作者"] == "文件属性“作者”"
    assert hidden["暗修订人"] == "批注或修订的作者"
    assert hidden["暗图片附注"] == "图片属性 Comment"
    assert hidden["暗文档变量"] == "文档变量"


def test_what_an_excel_file_hides_is_listed() -> None:
    labels = labels_of(read(EXCEL, excel_samples.planted()))
    assert labels["暗隐藏行"] == "表“显表名”A3 单元格（隐藏）"
    assert labels["暗隐藏列"] == "表“显表名”E1 单元格（隐藏）"
    assert labels["暗合并之下"] == "表“显表名”B5 单元格（隐藏）"
    assert labels["暗隐藏表"] == "表“暗隐藏表名”A1 单元格（隐藏）"
    assert labels['=CONCATENATE("暗公式","")'] == "表“显表名”A2 单元格的公式"
    assert labels["暗批注"] == "表“显表名”A1 的批注"
    assert labels["暗没有用到的文字"] == "没有单元格用到的文字"
    assert labels["暗注音"] == "表“显表名”B1 单元格的注音"
    assert labels["32939"] == "表“显表名”C2 单元格存的值"


def test_what_a_pdf_hides_is_listed() -> None:
    labels = labels_of(read(PDF, pdf_samples.planted()))
    assert labels["暗批注"] == "第 2 页的批注"
    assert labels["暗批注人"] == "第 2 页的批注的作者"
    assert labels["暗附件名"] == "附件名"
    assert labels["暗隐藏表单"] == "表单里填写的内容"
    assert labels["暗书签"] == "书签"
    assert labels["暗作者"] == "文件属性 Author"


def test_a_place_is_told_in_words() -> None:
    labels = labels_of(read(WORD, word_samples.planted()))
    assert labels["前显段落后"] == "正文第 1 段"
    assert labels["显单元格"] == "表格 1 第 1 行第 1 列"
    assert labels["显文本框"] == "文本框第 1 段"
    assert labels["显页眉"] == "页眉 1 第 1 段"
    assert labels["显脚注"] == "脚注第 1 段"
    assert labels_of(read(PDF, pdf_samples.planted()))["显第二页"] == "第 2 页第 1 行"
    assert labels_of(read(TEXT, "一\n\n二".encode()))["二"] == "第 3 行"


@pytest.mark.parametrize(
    ("media_type", "codes"),
    [
        (
            WORD,
            [
                *("comments", "tracked_changes", "hidden_text", "properties"),
                *("external_links", "attachments", "custom_xml"),
            ],
        ),
        (
            EXCEL,
            [
                *("comments", "hidden_sheets", "hidden_text", "formulas", "properties"),
                *("external_links", "custom_xml"),
            ],
        ),
        (
            PDF,
            [
                *("properties", "annotations", "form_fields", "attachments", "scripts"),
                "external_links",
            ],
        ),
    ],
    ids=["word", "excel", "pdf"],
)
def test_what_else_lies_in_a_file_is_said(media_type: str, codes: list[str]) -> None:
    traits = read(media_type, PLANTED[media_type][0]()).traits
    assert [code for code, _ in traits] == codes
    assert all(words.endswith("。") for _, words in traits)


def test_a_plain_file_has_nothing_else_in_it() -> None:
    found = read(WORD, word_samples.word("<w:p><w:r><w:t>通知</w:t></w:r></w:p>"))
    assert (found.traits, found.unread) == ((), ())


def test_what_could_not_be_read_is_said() -> None:
    assert read(WORD, word_samples.planted()).unread == (
        "图片 1",
        "插入的外部正文",
        "文件部件 word/afchunk1.htm",
        "嵌入对象 word/embeddings/object1.bin",
        "图片文件 word/media/image2.png",
    )
    assert read(EXCEL, excel_samples.planted()).unread == ("图片 1",)
    assert read(PDF, pdf_samples.planted()).unread == ("附件“暗附件名”",)
    assert read(PNG, png()).unread == ("图片里的文字",)


def test_a_formula_without_a_value_is_said() -> None:
    book = openpyxl.Workbook()
    book.active.title = "合计"
    book.active["B2"] = "=1+1"
    assert read(EXCEL, saved(book.save)).unread == ("表“合计”B2 的公式没有算出的值",)


def test_a_page_without_text_is_said() -> None:
    picture = saved(lambda stream: Image.new("RGB", (300, 400)).save(stream, "PDF"))
    assert read(PDF, picture).unread == ("第 1 页没有文字层",)


def test_a_large_picture_beside_the_text_is_said() -> None:
    data = pdf_samples.with_a_picture("见下图", 500, 600)
    assert read(PDF, data).unread == ("第 1 页有大幅图片",)
    small = pdf_samples.with_a_picture("见下图", 50, 60)
    assert read(PDF, small).unread == ()


def test_an_empty_page_lacks_nothing() -> None:
    assert read(PDF, pdf_samples.pages("")).unread == ()


def test_what_is_filled_into_a_form_is_text_of_the_page() -> None:
    labels = labels_of(read(PDF, pdf_samples.planted()))
    assert labels["显共用图形 显表单"] == "第 2 页第 2 行"


def test_notes_in_a_picture_are_read() -> None:
    picture = Image.new("RGB", (4, 4))
    exif = picture.getexif()
    exif[0x013B] = "Zhang San"
    exif.get_ifd(0x8825)[2] = (36.0, 40.0, 12.0)
    data = saved(lambda stream: picture.save(stream, "JPEG", exif=exif))
    labels = labels_of(read(JPEG, data))
    assert labels["Zhang San"] == "图片属性 Artist"
    assert labels["(36.0, 40.0, 12.0)"] == "图片属性 GPSInfo"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_chinese_in_the_notes_of_a_picture_is_read(encoding: str) -> None:
    picture = Image.new("RGB", (4, 4))
    exif = picture.getexif()
    name = "王晓燕".encode(encoding)
    exif[0x013B] = "x" * len(name)
    data = saved(lambda stream: picture.save(stream, "JPEG", exif=exif))
    data = data.replace(b"x" * len(name), name)
    assert "王晓燕" in labels_of(read(JPEG, data))


def test_a_merged_cell_tells_what_it_spans() -> None:
    document = docx.Document()
    table = document.add_table(2, 3)
    table.cell(0, 0).merge(table.cell(0, 2)).text = "人员"
    table.cell(1, 1).text = "王晓燕"
    found = read(WORD, saved(document.save)).visible
    assert [(block.text, block.address.rpartition("/")[0]) for block in found] == [
        ("人员", "word/document.xml/T1/A1:C1"),
        ("王晓燕", "word/document.xml/T1/B2"),
    ]


def test_a_number_is_read_as_it_is_seen() -> None:
    book = openpyxl.Workbook()
    for row, (value, code) in enumerate(
        (
            (13900001234, "0"),
            (1234.5, "#,##0.00"),
            (0.125, "0.0%"),
            (32939, "yyyy-mm-dd"),
            (True, "General"),
        ),
        start=1,
    ):
        book.active.cell(row, 1, value).number_format = code
    texts = [block.text for block in read(EXCEL, saved(book.save)).visible]
    assert texts == [
        *("Sheet", "13900001234", "1,234.50", "12.5%", "1990-03-07", "TRUE"),
    ]


def test_text_that_is_too_long_is_not_read_to_its_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(reading_module, "MOST_CHARACTERS", 20_000)
    found = read(TEXT, "\n".join(["一" * 15_000] * 2).encode())
    assert len(found.blocks) == 1
    assert found.unread == ("文件太长，只读了前 2 万个字",)


BROKEN = {
    "no zip": (WORD, b"no zip at all", "文件已损坏，打不开"),
    "half a zip": (EXCEL, excel_samples.planted()[:900], "文件已损坏，打不开"),
    "password": (
        WORD,
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "文件设有打开密码，或者是旧格式的 Office 文件",
    ),
    "no document": (
        WORD,
        package({"a.xml": "<a/>"}, {}, {}),
        "部件 word/document.xml 打不开",
    ),
    "other root": (
        WORD,
        package({"word/document.xml": "<a/>"}, {}, {}),
        "文件里没有 Word 正文",
    ),
    "broken XML": (
        EXCEL,
        package({"xl/workbook.xml": "<a>"}, {}, {}),
        "部件 xl/workbook.xml 不是可以读懂的 XML",
    ),
    "entities": (
        WORD,
        package(
            {
                "word/document.xml": '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>'
                "<a>&b;</a>"
            },
            {},
            {},
        ),
        "部件 word/document.xml 带有 DTD，可能藏有实体",
    ),
    "no PDF": (PDF, b"%PDF-1.7 and no more", "文件已损坏，打不开"),
    "no picture": (PNG, b"\x89PNG\r\n\x1a\nno picture", "图片打不开"),
    "no UTF-8": (TEXT, "云川区".encode("gb18030"), "文本不是 UTF-8 编码"),
    "sound": (MP3, b"ID3", "这种类型的文件读不出文字"),
}


@pytest.mark.parametrize(("media_type", "data", "words"), BROKEN.values(), ids=BROKEN)
def test_a_file_that_cannot_be_read_says_why(
    media_type: str, data: bytes, words: str
) -> None:
    assert read(media_type, data) == Reading((), unread=(words,))


def test_a_pdf_with_a_password_is_not_read() -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf_samples.lines(["通知"]))))
    writer.encrypt("secret", algorithm="AES-256")
    assert read(PDF, saved(writer.write)).unread == ("文件设有打开密码",)


def test_a_pdf_that_may_not_be_printed_is_read_all_the_same() -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf_samples.lines(["通知"]))))
    writer.encrypt("", "owner", algorithm="AES-256")
    assert [block.text for block in read(PDF, saved(writer.write)).visible] == ["通知"]


def test_a_bomb_does_not_go_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.content.package.LARGEST_PART", 1_000_000)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/document.xml", b" " * 2_000_000)
    words = "文件解开后太大，可能不是正常的文件"
    assert read(WORD, stream.getvalue()).unread == (words,)


def test_a_file_nested_too_deep_is_not_read() -> None:
    deep = "<w:p>" * 300 + "</w:p>" * 300
    assert len(read(WORD, word_samples.word(deep)).unread) == 1


def test_a_table_that_is_too_large_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.content.excel_book.MOST_CELLS", 3)
    found = read(EXCEL, excel_samples.planted())
    assert found.unread == ("表格超过 0 万个单元格，请拆分成几个文件",)


def test_several_pdfs_may_be_asked_for_at_once() -> None:
    data = pdf_samples.lines(*(["通知", f"第{number}页"] for number in range(20)))
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: read(PDF, data), range(8)))
    assert all(each == found[0] for each in found)


@pytest.mark.parametrize(
    ("media_type", "sample"),
    [(kind, planted()) for kind, (planted, _, _) in PLANTED.items()],
    ids=["word", "excel", "pdf"],
)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_no_broken_byte_does_any_harm(
    media_type: str, sample: bytes, data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(sample) - 1))
    wrong = data.draw(st.binary(min_size=1, max_size=20))
    cut = data.draw(st.integers(0, 20))
    assert read(media_type, sample[:at] + wrong + sample[at + cut :]) is not None


def saved(save: Callable[[io.BytesIO], object]) -> bytes:
    """Return what a library writes."""
    stream = io.BytesIO()
    save(stream)
    return stream.getvalue()
