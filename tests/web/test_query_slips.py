"""查询凭条: what an applicant at the counter is given."""

import re
from collections.abc import Callable

import pytest
from flask import Flask

from tests.asking import Asked, received
from tests.office import Office
from tests.web.applicants import Applicant, words
from tests.web.conftest import Guest

Login = Callable[[str], Guest]


@pytest.fixture
def asked(office: Office) -> Asked:
    """What somebody handed in at the counter on Monday, 2 March 2026."""
    return received(office, "2026-03-02")


def path(office: Office, asked: Asked) -> str:
    """Return where the slip is asked for."""
    with office.engine.read() as work:
        return f"/office/cases/{asked.case(work).public_id}/query-slip"


def slip(office: Office, asked: Asked, person: Guest) -> tuple[str, str]:
    """Let somebody print the slip; return code and secret."""
    answer = person.posts(path(office, asked))
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    text = answer.get_data(as_text=True)
    code, secret = re.findall(r'<dd class="gk-code">([^<]+)</dd>', text)
    return code, secret


def test_with_the_slip_an_applicant_from_the_counter_tracks_the_request(
    app: Flask, office: Office, asked: Asked, logged_in: Login
) -> None:
    code, secret = slip(office, asked, logged_in("wen"))
    applicant = Applicant(app.test_client(), office)
    assert applicant.looks_up(code, secret).status_code == 302
    assert asked.number in words(applicant.gets("/track"))


def test_a_new_slip_ends_the_old_one(
    app: Flask, office: Office, asked: Asked, logged_in: Login
) -> None:
    wen = logged_in("wen")
    code, old = slip(office, asked, wen)
    same_code, new = slip(office, asked, wen)
    assert code == same_code
    applicant = Applicant(app.test_client(), office)
    assert applicant.looks_up(code, old).status_code == 401
    assert applicant.looks_up(code, new).status_code == 302


def test_the_history_says_who_gave_it_and_not_what(
    office: Office, asked: Asked, logged_in: Login
) -> None:
    _, secret = slip(office, asked, logged_in("wen"))
    assert "文静给申请人一个新的查询密码，以前的作废。" in asked.history
    assert not any(secret.replace(" ", "") in line for line in asked.history)


def test_the_clerk_finds_the_button_on_the_case(
    office: Office, asked: Asked, logged_in: Login
) -> None:
    case = path(office, asked).removesuffix("/query-slip")
    assert "打印查询凭条" in words(logged_in("wen").gets(case))


@pytest.mark.parametrize("login", ["lin", "shen", "dai", "admin"])
def test_nobody_else_is_given_one(
    office: Office, asked: Asked, logged_in: Login, login: str
) -> None:
    assert logged_in(login).posts(path(office, asked)).status_code == 404
