"""The page of a letter: what it says, its files, and how it reached people."""

import io
import re
from collections.abc import Callable

import pytest
from docx import Document

from engine import letters as word_letters
from engine.history import case_stream, entries
from models.letters import Letter
from tests.letters import issued_letter
from tests.office import Matter, Office
from tests.web.conftest import Guest


@pytest.fixture
def matter(office: Office) -> Matter:
    """A matter that lin has begun."""
    return office.lin.begins()


@pytest.fixture
def lin(logged_in: Callable[[str], Guest]) -> Guest:
    """林晓雯, at her desk."""
    return logged_in("lin")


def letter_in(office: Office, matter: Matter, kind: str) -> str:
    """Issue a letter; return the address of its page."""
    return f"/office/letters/{issued_letter(office.lin, matter.id, kind)}"


def text(guest: Guest, path: str) -> str:
    """Return a page as text."""
    return guest.gets(path).get_data(as_text=True)


def test_the_case_page_lists_its_letters(
    office: Office, matter: Matter, lin: Guest
) -> None:
    letter_in(office, matter, "extension_notice")
    with office.engine.read() as work:
        public_id = matter.case(work).public_id
    page = text(lin, f"/office/cases/{public_id}")
    assert "政府信息公开申请延长答复期限告知书" in page
    assert "云川府办公告知〔2026〕1号" in page


def test_a_page_shows_the_letter_as_it_reads(
    office: Office, matter: Matter, lin: Guest
) -> None:
    page = text(lin, letter_in(office, matter, "receipt"))
    assert "张晓明：" in page
    assert re.search(r"<th[^>]*>答复期限</th><td>2026年3月23日</td>", page)


def test_reading_a_letter_is_recorded(
    office: Office, matter: Matter, lin: Guest
) -> None:
    lin.gets(letter_in(office, matter, "receipt"))
    with office.engine.read() as work:
        last = entries(work.session, case_stream(matter.id))[0].sentence
    assert last == "林晓雯查看了“政府信息公开申请登记回执（云川府办公登〔2026〕1号）”。"


def test_what_a_letter_says_is_escaped(
    office: Office, matter: Matter, lin: Guest
) -> None:
    subject = "<script>alert(1)</script>"
    letter = issued_letter(office.lin, matter.id, "receipt", subject=subject)
    page = text(lin, f"/office/letters/{letter}")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert subject not in page


def test_the_word_file_is_the_one_that_was_issued(
    office: Office, matter: Matter, lin: Guest
) -> None:
    path = letter_in(office, matter, "receipt")
    answer = lin.gets(f"{path}/word")
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert "云川府办公登〔2026〕1号" in word_letters.text_of(answer.data)
    with office.engine.read() as work:
        file = work.session.query(Letter).one().file
        assert file is not None
        assert work.engine.files.get(file) == answer.data


def test_the_proof_of_service_is_printed_to_be_signed(
    office: Office, matter: Matter, lin: Guest
) -> None:
    answer = lin.gets(f"{letter_in(office, matter, 'receipt')}/proof")
    cells = Document(io.BytesIO(answer.data)).tables[0].columns[1].cells
    said = [cell.text for cell in cells]
    assert said[1:4] == [
        "政府信息公开申请登记回执",
        "云川府办公登〔2026〕1号",
        "张晓明",
    ]


POSTED = {
    "way": "post",
    "sent_on": "2026-03-02",
    "tracking_number": "XA1",
    "by_postal_enterprise": "yes",
}


def test_a_service_is_recorded_and_its_day_shown(
    office: Office, matter: Matter, lin: Guest
) -> None:
    path = letter_in(office, matter, "receipt")
    assert lin.posts(f"{path}/services", **POSTED).status_code == 302
    assert "本机关的期限以 <b>3月2日 周一</b> 为准" in text(lin, path)


def test_what_is_refused_is_said_and_what_was_typed_stays(
    office: Office, matter: Matter, lin: Guest
) -> None:
    path = letter_in(office, matter, "receipt")
    typed = {**POSTED, "by_postal_enterprise": None}
    answer = lin.posts(f"{path}/services", **typed)
    assert answer.status_code == 409
    page = answer.get_data(as_text=True)
    assert "答复要通过邮政企业寄送" in page
    assert 'value="XA1"' in page


def test_the_signature_is_added_with_its_proof(
    office: Office, matter: Matter, lin: Guest
) -> None:
    path = letter_in(office, matter, "receipt")
    lin.posts(f"{path}/services", **POSTED)
    office.clock.set("2026-03-05")
    proof = (io.BytesIO(b"\x89PNG\r\n\x1a\n" + b"0" * 50), "回执.png")
    with office.engine.read() as work:
        number = work.session.query(Letter).one().services[0].id
    to, on = f"{path}/services/{number}", "2026-03-04"
    answer = lin.posts(to, outcome="arrived", served_on=on, proof=proof)
    assert answer.status_code == 302
    page = text(lin, path)
    assert "3月4日 周三送达" in page
    assert lin.gets(f"{path}/services/{number}/proof").status_code == 200


def test_an_answer_is_served_in_its_step(
    office: Office, matter: Matter, lin: Guest
) -> None:
    path = letter_in(office, matter, "refusal")
    assert "在办理的步骤里登记" in text(lin, path)
    answer = lin.posts(f"{path}/services", **POSTED)
    assert answer.status_code == 409
