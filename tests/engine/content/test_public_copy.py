"""A public copy is made anew, and lacks for certain what was cut and what is hidden."""

import io
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any
from xml.sax.saxutils import escape

import docx
import openpyxl
import pypdfium2 as pdfium
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageStat
from pypdf import PdfReader

from engine.content.blocks import Block, Cut
from engine.content.public_copy import cut_blocks, make, verify
from engine.content.reading import read
from engine.errors import BadFile
from engine.files import EXCEL, JPEG, MP3, PDF, PNG, TEXT, WORD
from tests.engine.content import excel_samples, pdf_samples, word_samples
from tests.engine.content.packages import png, unpacked

PLANTED = {
    WORD: (word_samples.planted, word_samples.SEEN, word_samples.HIDDEN),
    EXCEL: (excel_samples.planted, excel_samples.SEEN, excel_samples.HIDDEN),
    PDF: (pdf_samples.planted, pdf_samples.SEEN, pdf_samples.HIDDEN),
}
#: What openpyxl says of shapes, which it does not read.
pytestmark = pytest.mark.filterwarnings("ignore:DrawingML support is incomplete")
of_every_type = pytest.mark.parametrize(
    "media_type", PLANTED, ids=["word", "excel", "pdf"]
)


def cuts_of(media_type: str, data: bytes, *words: str) -> list[Cut]:
    """Return the cuts that take words out of all that is seen."""
    return [
        Cut(block.address, at, at + len(word), "〔略〕")
        for block in read(media_type, data).visible
        for word in words
        if (at := block.text.find(word)) >= 0
    ]


def texts_of(media_type: str, data: bytes) -> list[str]:
    """Return the texts that are seen."""
    return [block.text for block in read(media_type, data).visible]


def raw(data: bytes) -> bytes:
    """Return all parts of a zip in one."""
    return b"\n".join(unpacked(data).values())


# What is never in a copy.


@of_every_type
def test_the_proof_finds_every_planted_word_in_the_original(media_type: str) -> None:
    planted, seen, hidden = PLANTED[media_type]
    data = planted()
    found = [
        word for word in (*seen, *hidden) if verify(media_type, data, [word]).found
    ]
    assert found == [*seen, *hidden]


@of_every_type
def test_what_no_reader_sees_is_not_in_the_copy(media_type: str) -> None:
    planted, _, hidden = PLANTED[media_type]
    assert verify(media_type, make(media_type, planted(), []), hidden).found == ()


@of_every_type
def test_what_a_reader_sees_stays_in_the_copy(media_type: str) -> None:
    planted, seen, _ = PLANTED[media_type]
    text = "\n".join(texts_of(media_type, make(media_type, planted(), [])))
    assert [word for word in seen if word not in text] == []


@of_every_type
def test_what_is_cut_is_not_in_the_copy(media_type: str) -> None:
    planted, seen, hidden = PLANTED[media_type]
    data = planted()
    copy = make(media_type, data, cuts_of(media_type, data, *seen))
    assert verify(media_type, copy, [*seen, *hidden]).found == ()


@of_every_type
def test_a_copy_of_a_copy_has_nothing_more_to_lose(media_type: str) -> None:
    copy = make(media_type, PLANTED[media_type][0](), [])
    again = make(media_type, copy, [])
    assert texts_of(media_type, again) == texts_of(media_type, copy)
    assert dict(read(media_type, copy).traits) == {}


@of_every_type
def test_the_same_file_gives_the_same_bytes(media_type: str) -> None:
    data = PLANTED[media_type][0]()
    cuts = cuts_of(media_type, data, PLANTED[media_type][1][0])
    assert make(media_type, data, cuts) == make(media_type, data, cuts)


def test_a_word_copy_has_only_what_looks_need() -> None:
    assert list(unpacked(make(WORD, word_samples.planted(), []))) == [
        "[Content_Types].xml",
        "word/document.xml",
        "word/media/image1.png",
        "word/charts/chart1.xml",
        "word/header1.xml",
        "word/footer1.xml",
        "word/styles.xml",
        "word/numbering.xml",
        "word/settings.xml",
        "word/fontTable.xml",
        "word/footnotes.xml",
        "word/endnotes.xml",
        "word/_rels/document.xml.rels",
        "_rels/.rels",
    ]


def test_a_word_copy_has_no_marks_of_its_making() -> None:
    text = raw(make(WORD, word_samples.planted(), []))
    for mark in (b"rsid", b"paraId", b"author", b"http://example", b"gfxdata"):
        assert mark not in text


def test_an_excel_copy_has_no_formulas() -> None:
    copy = make(EXCEL, excel_samples.planted(), [])
    sheet = unpacked(copy)["xl/worksheets/sheet1.xml"]
    assert b"<f" not in sheet
    book = openpyxl.load_workbook(io.BytesIO(copy))
    assert book.sheetnames == ["显表名"]
    assert book.active["A2"].value == "显公式值"


def test_a_pdf_copy_is_one_version_without_properties() -> None:
    copy = make(PDF, pdf_samples.planted(), [])
    reader = PdfReader(io.BytesIO(copy))
    assert copy.count(b"%%EOF") == 1
    assert reader.metadata is None
    assert set(reader.root_object) == {"/Type", "/Pages"}
    assert set(reader.trailer) == {"/Size", "/Root"}


def test_accepted_revisions_make_the_text_of_the_copy() -> None:
    texts = texts_of(WORD, make(WORD, word_samples.planted(), []))
    assert "显插入" in texts
    assert "显移入" in texts
    assert "接着显接续" in texts


def test_page_numbers_still_count() -> None:
    footer = unpacked(make(WORD, word_samples.planted(), []))["word/footer1.xml"]
    assert b"PAGE" in footer
    assert footer.count(b"fldCharType") == 3


def test_what_was_cropped_away_is_not_in_the_copy() -> None:
    parts = unpacked(make(WORD, word_samples.planted(), []))
    picture = Image.open(io.BytesIO(parts["word/media/image1.png"]))
    # Half of the picture was cropped away; the other half is red.
    assert picture.size == (20, 20)
    assert picture.getcolors() == [(400, (255, 0, 0))]
    assert b"srcRect" not in parts["word/document.xml"]


def test_colours_under_clear_places_are_not_in_the_copy() -> None:
    picture = Image.new("RGBA", (2, 1), (255, 0, 0, 0))
    copy = make(PNG, saved(lambda stream: picture.save(stream, "PNG")), [])
    assert Image.open(io.BytesIO(copy)).getcolors() == [(2, (0, 0, 0, 0))]


def test_a_picture_loses_its_notes_and_stands_upright() -> None:
    picture = Image.new("RGB", (30, 10), "red")
    exif = picture.getexif()
    exif[0x0112], exif[0x013B] = 6, "Zhang San"
    data = saved(lambda stream: picture.save(stream, "JPEG", exif=exif))
    copy = make(JPEG, data, [])
    assert verify(JPEG, data, ["Zhang San"]).found == (
        "文件的原始内容",
        "图片的附加信息",
        "图片属性 Artist",
    )
    assert verify(JPEG, copy, ["Zhang San"]).found == ()
    assert Image.open(io.BytesIO(copy)).size == (10, 30)


def test_a_value_that_shows_a_part_is_a_part_in_the_copy() -> None:
    book = openpyxl.Workbook()
    book.active["A1"], book.active["A2"] = 32939, 1234.5678
    book.active["A1"].number_format = 'yyyy"年"m"月"'
    book.active["A2"].number_format = "0.0"
    sheet = openpyxl.load_workbook(io.BytesIO(make(EXCEL, saved(book.save), []))).active
    assert (sheet["A1"].value, sheet["A2"].value) == ("1990年3月", 1234.6)


# Cuts.


def test_a_cut_spans_runs_and_takes_the_looks_of_the_first() -> None:
    data = word_samples.planted()
    [cut] = cuts_of(WORD, data, "显段落")
    paragraph = docx.Document(io.BytesIO(make(WORD, data, [cut]))).paragraphs[0]
    assert [(run.text, run.bold) for run in paragraph.runs] == [
        ("前〔略〕", None),
        ("", True),
        ("后", None),
    ]


def test_a_cut_takes_a_tab_and_a_break() -> None:
    body = "<w:p><w:r><w:t>甲</w:t><w:tab/><w:br/><w:t>乙</w:t></w:r></w:p>"
    data = word_samples.word(body)
    address = read(WORD, data).blocks[0].address
    copy = make(WORD, data, [Cut(address, 1, 3, "、")])
    assert texts_of(WORD, copy) == ["甲、乙"]
    assert raw(copy).count(b"<w:br") == 0


def test_a_cut_in_a_rich_cell_keeps_the_rest_of_its_looks() -> None:
    data = excel_samples.planted()
    copy = make(EXCEL, data, [Cut("sheet/1/B1", 1, 2, "某")])
    cell = openpyxl.load_workbook(io.BytesIO(copy), rich_text=True).active["B1"]
    assert [str(piece) for piece in cell.value] == ["显", "某", "文本"]
    assert cell.value[1].font.b


def test_a_cut_in_a_number_makes_it_a_text() -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = 13900001234
    copy = make(EXCEL, saved(book.save), [Cut("sheet/1/A1", 3, 7, "****")])
    value = openpyxl.load_workbook(io.BytesIO(copy)).active["A1"].value
    assert value == "139****1234"


def test_a_cut_in_the_name_of_a_sheet_leaves_a_name() -> None:
    data = excel_samples.planted()
    copy = make(EXCEL, data, [Cut("sheet/1/name", 0, 3, "[略]")])
    assert openpyxl.load_workbook(io.BytesIO(copy)).sheetnames == ["略"]
    assert verify(EXCEL, copy, ["显表名"]).found == ()


def test_a_sheet_whose_elements_have_a_prefix_is_copied_too() -> None:
    data = excel_samples.planted(prefix="x:")
    copy = make(EXCEL, data, [Cut("sheet/1/C1", 0, 1, "某")])
    sheet = openpyxl.load_workbook(io.BytesIO(copy)).active
    assert (sheet["A1"].value, sheet["C1"].value) == ("显共享", "某内联")


def test_a_text_file_keeps_all_the_rest() -> None:
    data = "\ufeff　　联系人：王晓燕。\r\n\r\n电话：见附件。".encode()
    copy = make(TEXT, data, [Cut("line/1", 4, 7, "某")])
    assert copy.decode() == "　　联系人：某。\r\n\r\n电话：见附件。"


@pytest.mark.parametrize(
    "cuts",
    [
        [Cut("line/2", 0, 1, "")],
        [Cut("line/1", 0, 4, "")],
        [Cut("line/1", -1, 2, "")],
        [Cut("line/1", 1, 1, "")],
        [Cut("line/1", 0, 2, ""), Cut("line/1", 1, 3, "")],
    ],
    ids=["no such place", "too far", "before the beginning", "nothing", "meeting"],
)
def test_a_cut_that_does_not_fit_is_never_passed_over(cuts: Sequence[Cut]) -> None:
    with pytest.raises(ValueError, match="line/"):
        make(TEXT, "王晓燕".encode(), cuts)
    with pytest.raises(ValueError, match="line/"):
        cut_blocks([Block("line/1", "第 1 行", "王晓燕")], cuts)


def test_the_text_beside_a_copy_has_the_same_cuts() -> None:
    data = pdf_samples.lines(["联系人：王晓燕"])
    blocks = cut_blocks(read(PDF, data).visible, cuts_of(PDF, data, "王晓燕"))
    assert [block.text for block in blocks] == ["联系人：〔略〕"]


def test_nothing_can_be_cut_out_of_a_picture() -> None:
    with pytest.raises(BadFile, match="图片里的文字不能在这里遮盖"):
        make(PNG, png(), [Cut("image/1", 0, 1, "")])


@pytest.mark.parametrize("media_type", [WORD, EXCEL, PDF, TEXT, PNG, JPEG, MP3])
def test_no_copy_is_made_of_a_broken_file(media_type: str) -> None:
    with pytest.raises(BadFile):
        make(media_type, b"\xff\xd8 broken", [])


# Any text and any cuts: the copy says what is left, and has none of the rest.

KEPT = st.text(st.sampled_from("通知 　你我a1&<>\"'，。😀\u200b"), max_size=12)
SECRET = st.text(st.sampled_from("王晓燕柒捌玖𠮷"), min_size=1, max_size=6)
REPLACEMENT = st.sampled_from(["", "某", "〔略〕", "＊＊＊＊＊＊＊＊"])
LINE = st.tuples(KEPT, st.lists(st.tuples(SECRET, REPLACEMENT, KEPT), max_size=4))


def told(line: tuple[str, list[tuple[str, str, str]]]) -> tuple[str, str, list[Cut]]:
    """Return a line's text, the text that is to be left, and the cuts between them."""
    first, rest = line
    text, left, cuts = first, first, []
    for secret, replacement, kept in rest:
        margin = len(text + secret) - len((text + secret).lstrip())
        start = len(text) - margin
        cuts.append(Cut("", start, start + len(secret), replacement))
        text, left = text + secret + kept, left + replacement + kept
    return text, left, cuts


@settings(max_examples=150, deadline=None)
@given(st.lists(LINE, min_size=1, max_size=5))
def test_a_text_says_what_is_left(
    lines: list[tuple[str, list[tuple[str, str, str]]]],
) -> None:
    parts = [told(line) for line in lines]
    cuts = [
        Cut(f"line/{number}", cut.start, cut.end, cut.replacement)
        for number, (_, _, of_line) in enumerate(parts, start=1)
        for cut in of_line
    ]
    copy = make(TEXT, "\n".join(text for text, _, _ in parts).encode(), cuts).decode()
    assert copy == "\n".join(left for _, left, _ in parts)
    assert not set(copy) & set("王晓燕柒捌玖𠮷")


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_word_file_says_what_is_left(data: st.DataObject) -> None:
    parts = [told(line) for line in data.draw(st.lists(LINE, min_size=1, max_size=4))]
    body, cuts = "", []
    for number, (text, _, of_line) in enumerate(parts, start=1):
        ends = st.lists(st.integers(0, len(text)), max_size=5)
        splits = sorted({0, *data.draw(ends), len(text)})
        runs = "".join(
            f'<w:r><w:t xml:space="preserve">{escape(text[start:end])}</w:t></w:r>'
            for start, end in pairwise(splits)
        )
        body += f"<w:p>{runs}</w:p>"
        cuts += [
            Cut(f"word/document.xml/{number}", cut.start, cut.end, cut.replacement)
            for cut in of_line
        ]
    copy = make(WORD, word_samples.word(body), cuts)
    paragraphs = docx.Document(io.BytesIO(copy)).paragraphs
    assert [each.text for each in paragraphs] == [left for _, left, _ in parts]
    assert not set(raw(copy).decode()) & set("王晓燕柒捌玖𠮷")


# Pages of a PDF.

RED = "1 0 0 rg "
BLACK = "0 g "


def page_with_a_red_word(keys: str, box: str) -> bytes:
    """Return a PDF with a page on which 王晓燕 alone is red, and a second page."""
    program = (
        BLACK
        + pdf_samples.show("联系人", 120, 500)
        + RED
        + pdf_samples.show("王晓燕", 180, 500)
        + BLACK
        + pdf_samples.show("电话见附件", 240, 500)
    )
    other = BLACK + pdf_samples.show("第二页", 120, 500)
    objects = pdf_samples.two_pages(program, other, f"{box}{keys}")
    return pdf_samples.pdf(objects)


def picture_of(data: bytes, page: int = 0, scale: float = 1) -> Image.Image:
    """Return how a page looks."""
    document = pdfium.PdfDocument(data)
    try:
        picture: Image.Image = document[page].render(scale=scale).to_pil()
        return picture.convert("RGB")
    finally:
        document.close()


def reds(picture: Image.Image) -> int:
    """Return how many points are rather red."""
    colours: Any = picture.getcolors(1_000_000)
    return sum(
        count
        for count, (red, green, blue) in colours
        if red > 120 and green < 100 and blue < 100
    )


@pytest.mark.parametrize(
    ("keys", "box"),
    [
        ("", pdf_samples.BOX),
        ("/Rotate 90", pdf_samples.BOX),
        ("/Rotate 180", pdf_samples.BOX),
        ("/Rotate 270", pdf_samples.BOX),
        ("/CropBox[100 450 400 560]", pdf_samples.BOX),
        ("/Rotate 90/CropBox[100 450 400 560]", pdf_samples.BOX),
        ("/UserUnit 2", pdf_samples.BOX),
        ("", "/MediaBox[-50 -100 595 842]"),
    ],
)
def test_a_black_box_covers_every_point_of_a_cut(keys: str, box: str) -> None:
    data = page_with_a_red_word(keys, box)
    copy = make(PDF, data, cuts_of(PDF, data, "王晓燕"))
    assert reds(picture_of(data, scale=3)) > 500
    assert reds(picture_of(copy, scale=3)) == 0
    assert picture_of(copy).size == picture_of(data).size


def test_a_box_covers_the_cut_and_little_more() -> None:
    data = page_with_a_red_word("", pdf_samples.BOX)
    copy = make(PDF, data, cuts_of(PDF, data, "王晓燕"))
    # In squares of two points: the letters' edges do not matter.
    before, after = (picture_of(each, scale=4).reduce(8) for each in (data, copy))
    difference = ImageChops.difference(before, after).convert("L")
    box = difference.point(lambda value: 255 if value > 90 else 0).getbbox()
    # The word stands from 180 to 240, and from about 497 up to 518.
    assert box is not None
    assert (88, 160) <= box[:2] <= (91, 163)
    assert (119, 172) <= box[2:] <= (122, 175)


def test_other_pages_look_as_before_and_keep_their_text() -> None:
    data = page_with_a_red_word("", pdf_samples.BOX)
    copy = make(PDF, data, cuts_of(PDF, data, "王晓燕"))
    assert picture_of(copy, 1).tobytes() == picture_of(data, 1).tobytes()
    assert texts_of(PDF, copy) == ["第二页"]
    assert read(PDF, copy).unread == ("第 1 页没有文字层",)


def test_a_photograph_on_a_page_with_a_cut_keeps_its_colours() -> None:
    data = pdf_samples.with_a_picture("联系人：王晓燕", 500, 600)
    copy = make(PDF, data, cuts_of(PDF, data, "王晓燕"))
    before, after = (
        picture_of(each).crop((45, 210, 535, 790)) for each in (data, copy)
    )
    difference = ImageStat.Stat(ImageChops.difference(before, after))
    assert max(difference.mean) < 4
    assert b"/DCTDecode" in copy


def test_a_layer_that_is_switched_off_is_not_in_the_copy() -> None:
    data = pdf_samples.layered()
    copy = make(PDF, data, [])
    assert verify(PDF, data, ["暗图层"]).found
    assert verify(PDF, copy, ["暗图层"]).found == ()
    assert picture_of(copy).getcolors(1_000_000) is not None
    assert "hidden_text" in dict(read(PDF, data).traits)


def test_every_copy_opens_in_other_programs() -> None:
    word, excel, pdf = (make(kind, PLANTED[kind][0](), []) for kind in PLANTED)
    assert docx.Document(io.BytesIO(word)).paragraphs[0].text == "前显段落后"
    assert openpyxl.load_workbook(io.BytesIO(excel)).active["A1"].value == "显共享"
    assert PdfReader(io.BytesIO(pdf)).pages[0].extract_text() == "显第一页"
    assert len(pdfium.PdfDocument(pdf)) == 2


def saved(save: Callable[[io.BytesIO], object]) -> bytes:
    """Return what a library writes."""
    stream = io.BytesIO()
    save(stream)
    return stream.getvalue()
