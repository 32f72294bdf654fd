"""公开件: made anew from Word, Excel and PDF, and read back."""

import io
import itertools
import zipfile
from pathlib import Path

import docx
import openpyxl
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from engine.authoring import InvalidAnswers, content
from models.documents import PaperRole
from models.reviews import Answer, Finding
from processes.registers import copies, findings
from tests.engine.content import pdf_samples
from tests.office import Office, refused
from tests.reviewing import Sheet, at_the_desk

#: Invented.
MOBILE = "13900001234"


def word(*lines: str) -> bytes:
    """A Word file of our own with a comment, an author and a table."""
    document = docx.Document()
    for line in lines:
        paragraph = document.add_paragraph(line)
        if MOBILE in line:
            document.add_comment(paragraph.runs, f"电话{MOBILE}核对过", author="内部")
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "联系人手机", MOBILE
    document.core_properties.author = "林晓雯"
    document.core_properties.subject = f"联系{MOBILE}"
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def table() -> bytes:
    """An Excel file of our own with a hidden sheet."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["单位", "手机"])
    sheet.append(["青石镇", MOBILE])
    hidden = book.create_sheet("底稿")
    hidden.sheet_state = "hidden"
    hidden["A1"] = f"原号码{MOBILE}"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


TITLE = "云川区人民政府办公室关于公布培训安排的通知"


def test_a_word_file_is_made_anew_without_what_nobody_sees(
    office: Office, tmp_path: Path
) -> None:
    data = word(TITLE, f"报名手机{MOBILE}。")
    desk = at_the_desk(office, tmp_path, Sheet("正文", data, "通知.docx"))
    desk.prepares(office.lin)
    made = docx.Document(io.BytesIO(desk.public_bytes()))
    assert made.paragraphs[1].text == "报名手机139****1234。"
    assert made.tables[0].cell(0, 1).text == "139****1234"
    assert made.core_properties.author == ""
    assert MOBILE not in everything(desk.public_bytes())
    assert "林晓雯" not in everything(desk.public_bytes())


def test_a_table_is_made_anew_without_its_hidden_sheet(
    office: Office, tmp_path: Path
) -> None:
    sheet = Sheet("附件1", table(), "名单.xlsx", PaperRole.ATTACHMENT)
    desk = at_the_desk(office, tmp_path, Sheet("正文"), sheet)
    desk.prepares(office.lin)
    made = openpyxl.load_workbook(io.BytesIO(desk.public_bytes(1)))
    assert made.sheetnames == ["Sheet"]
    assert made["Sheet"]["B2"].value == "139****1234"
    assert MOBILE not in everything(desk.public_bytes(1))


def test_what_is_left_out_of_every_copy_is_said_but_not_asked(
    office: Office, tmp_path: Path
) -> None:
    data = word(TITLE, f"报名手机{MOBILE}。")
    desk = at_the_desk(office, tmp_path, Sheet("正文", data, "通知.docx"))
    with office.engine.read() as work:
        rows = findings.of_version(work.session, desk.version(work))
        settled = {row.code for row in rows if findings.is_settled(row)}
    # The telephone in the comment goes with it; those in the text are asked for.
    assert {"comments", "properties", "mobile_phone"} <= settled
    asked = [row.label for row in desk.found() if row.code == "mobile_phone"]
    assert asked == ["正文第 2 段", "表格 1 第 1 行第 2 列"]


def test_a_pdf_page_with_a_redaction_becomes_a_picture_that_people_look_at(
    office: Office, tmp_path: Path
) -> None:
    data = pdf_samples.lines([TITLE, f"报名手机{MOBILE}。"], ["第二页没有号码。"])
    desk = at_the_desk(office, tmp_path, Sheet("正文", data, "通知.pdf"))
    desk.prepares(office.lin)
    made = content.read("application/pdf", desk.public_bytes())
    assert [block.text for block in made.visible] == ["第二页没有号码。"]
    with office.engine.read() as work:
        copy = desk.copy(work)
        said = [block.text for block in copies.text_of(work, copy)]
        assert copy.unread != []
    assert said == [TITLE, "报名手机139****1234。", "第二页没有号码。"]
    asked = [name.rpartition(".")[2] for name in desk.usual("secrecy_first")]
    assert "unread" in asked


def test_a_pdf_without_redactions_stays_text(office: Office, tmp_path: Path) -> None:
    data = pdf_samples.lines([TITLE, "四月举办。"])
    desk = at_the_desk(office, tmp_path, Sheet("正文", data, "通知.pdf"))
    desk.prepares(office.lin)
    made = content.read("application/pdf", desk.public_bytes())
    assert [block.text for block in made.visible] == [TITLE, "四月举办。"]


def test_a_copy_of_a_picture_does_not_tell_who_took_it(
    office: Office, tmp_path: Path
) -> None:
    stream = io.BytesIO()
    Image.new("RGB", (60, 40), "white").save(stream, "JPEG", exif=exif())
    plan = Sheet("附件1", stream.getvalue(), "平面图.jpg", PaperRole.ATTACHMENT)
    desk = at_the_desk(office, tmp_path, Sheet("正文"), plan)
    desk.prepares(office.lin)
    made = Image.open(io.BytesIO(desk.public_bytes(1)))
    assert dict(made.getexif()) == {}


def exif() -> Image.Exif:
    """What a camera writes into a picture."""
    found = Image.Exif()
    found[0x013B] = "Lin Xiaowen"
    return found


def everything(data: bytes) -> str:
    """Return all that lies in a packed file, as text."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return "".join(
            packed.read(name).decode("utf-8", "ignore") for name in packed.namelist()
        )


def change(start: int, end: int, answer: Answer, text: str = "") -> Finding:
    """A finding that was answered, in the one line there is."""
    return Finding(
        public_id=f"{start}-{end}",
        address="line/1",
        start=start,
        end=end,
        answer=answer,
        replacement=text,
    )


def cut(start: int, end: int, text: str) -> content.Cut:
    """What the copy has in place of these characters."""
    return content.Cut("line/1", start, end, text)


def test_two_redactions_that_meet_become_one() -> None:
    first = change(2, 6, Answer.REDACT, "1**4")
    second = change(4, 9, Answer.REDACT)
    assert copies.joined([second, first]) == [cut(2, 9, "×××")]


def test_a_redaction_within_another_one_goes_with_it() -> None:
    first = change(2, 9, Answer.REDACT, "1*****9")
    second = change(4, 6, Answer.REDACT)
    assert copies.joined([first, second]) == [cut(2, 9, "1*****9")]


def test_a_line_that_goes_takes_along_what_is_in_it() -> None:
    debris = change(0, 20, Answer.REPAIR, "")
    telephone = change(4, 15, Answer.REDACT, "139****1234")
    assert copies.joined([debris, telephone]) == [cut(0, 20, "")]


def test_a_correction_does_not_bring_back_what_was_taken_out() -> None:
    correction = change(0, 20, Answer.REPAIR, "改正后的整句")
    name = change(4, 7, Answer.REDACT)
    with refused(InvalidAnswers) as invalid:
        copies.joined([correction, name])
    assert invalid.value.errors == {
        "findings.0-20.answer": [
            "这一处的改正和另一处遮盖重叠。先不改正，或者把整段遮盖"
        ]
    }


@given(
    st.lists(
        st.tuples(st.integers(0, 40), st.integers(1, 12)).map(
            lambda pair: (pair[0], pair[0] + pair[1])
        ),
        max_size=12,
    )
)
def test_redactions_take_out_what_was_marked_and_nothing_else(
    stretches: list[tuple[int, int]],
) -> None:
    cuts = copies.joined([change(*each, Answer.REDACT) for each in stretches])
    gone = {place for each in cuts for place in range(each.start, each.end)}
    assert gone == {place for first, last in stretches for place in range(first, last)}
    assert all(before.end <= after.start for before, after in itertools.pairwise(cuts))
