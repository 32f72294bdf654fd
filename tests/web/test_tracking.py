"""查询申请: where it is, by when and why, and what the applicant may do."""

import io
import re

import pytest
from flask import Flask
from sqlalchemy import select

from engine.actors import SYSTEM
from models.letters import Service
from models.requests import InformationRequest
from models.visitors import VisitorCount
from tests.asking import (
    ALREADY_PUBLIC,
    CLARIFIED,
    POSTED,
    TWICE,
    Asked,
    acted,
    answered,
    asks_third_party,
    by_hand,
    drafted,
    examined,
)
from tests.office import Matter, Office
from tests.web.applicants import Applicant, words
from tests.web.conftest import statements

CONTENT = "石桥镇2025年高标准农田建设项目验收报告"
NOT_THESE = "查询码和密码对不上，照回执核对一遍"


@pytest.fixture
def applicant(app: Flask, office: Office) -> Applicant:
    """Zhang San, who has asked 区财政局 for something on Monday, 2 March 2026."""
    person = Applicant(app.test_client(), office)
    assert person.sends(content=CONTENT).status_code == 302
    return person


@pytest.fixture
def stranger(app: Flask, office: Office) -> Applicant:
    """Somebody at another computer."""
    return Applicant(app.test_client(), office, address="203.0.113.9")


def the_request(office: Office) -> InformationRequest:
    """Return the only request there is."""
    with office.engine.read() as work:
        found = work.session.scalars(select(InformationRequest)).one()
        assert found.case.number
        _ = [(kept.purpose, kept.file.name) for kept in found.files]
        _ = [(event.kind, event.on) for event in found.events]
        return found


def matter(office: Office) -> Matter:
    """Return its case."""
    return Matter(office, the_request(office).case_id)


def test_after_applying_the_way_is_open(applicant: Applicant) -> None:
    said = words(applicant.gets("/track"))
    assert CONTENT in said
    assert "正在办理" in said
    assert "最迟 2026年3月30日 周一 答复您，还有 20 个工作日" in said


def test_it_says_why_the_day_is_what_it_is(applicant: Applicant) -> None:
    said = words(applicant.gets("/track"))
    assert "为什么是 3月30日" in said
    assert "法律规定收到申请后20个工作日内答复（条例第33条）" in said
    assert "2026年3月2日 我们收到您的申请。 最迟 3月30日" in said


def test_it_says_which_stage_it_has_reached(applicant: Applicant) -> None:
    page = applicant.gets("/track").get_data(as_text=True)
    states = re.findall(r'<li class="gk-step-(\w+)"', page)
    assert states == ["done", "current", "later", "later", "later"]


def test_handlers_and_internal_limits_stay_inside(
    applicant: Applicant, office: Office
) -> None:
    said = words(applicant.gets("/track"))
    for person in office.people.values():
        assert person.name not in said


def test_code_and_secret_are_taken_however_they_are_typed(
    applicant: Applicant, stranger: Applicant
) -> None:
    code, secret = applicant.slip()
    typed = f" {code[:4].lower()}-{code[4:]} ", f"{secret[:6]} {secret[6:].lower()}"
    assert stranger.looks_up(*typed).status_code == 302
    assert CONTENT in words(stranger.gets("/track"))


def test_without_them_nothing_is_shown(stranger: Applicant) -> None:
    assert "查询码和密码都在登记回执上" in words(stranger.gets("/track"))
    for path in ("/track/correct", "/track/withdraw", "/track/letters/none"):
        assert stranger.gets(path).location == "/track"
    for path in ("/track/correct", "/track/withdraw"):
        assert stranger.posts(path).location == "/track"


def test_a_wrong_secret_and_an_unknown_code_are_answered_alike(
    applicant: Applicant, stranger: Applicant
) -> None:
    code, secret = applicant.slip()
    wrong = stranger.looks_up(code, "ABCDEFGHJKMN")
    unknown = stranger.looks_up("ABCDEFGHJK", secret)
    assert (wrong.status_code, unknown.status_code) == (401, 401)
    assert NOT_THESE in words(wrong)
    hidden = re.compile(r'value="[^"]*"')
    assert hidden.sub("", wrong.get_data(as_text=True)) == hidden.sub(
        "", unknown.get_data(as_text=True)
    )


def test_five_wrong_secrets_close_a_code_for_a_quarter_of_an_hour(
    applicant: Applicant, stranger: Applicant, office: Office
) -> None:
    code, secret = applicant.slip()
    for _ in range(5):
        assert stranger.looks_up(code, "ABCDEFGHJKMN").status_code == 401
    shut = stranger.looks_up(code, secret)
    assert shut.status_code == 401
    # The same sentence: not even that the secret was right.
    assert NOT_THESE in words(shut)
    office.clock.set("2026-03-02", "10:30")
    assert stranger.looks_up(code, secret).status_code == 302


def test_an_unknown_code_closes_like_a_known_one(
    applicant: Applicant, stranger: Applicant, office: Office
) -> None:
    code, _ = applicant.slip()
    for tried in (code, "ABCDEFGHJK"):
        for _ in range(7):
            stranger.looks_up(tried, "ABCDEFGHJKMN")
    with office.engine.read() as work:
        rows = work.session.scalars(
            select(VisitorCount).where(VisitorCount.kind == "tries_of_code")
        ).all()
    assert [row.count for row in rows] == [7, 7]


def test_a_right_secret_wipes_the_slate(
    applicant: Applicant, stranger: Applicant
) -> None:
    code, secret = applicant.slip()
    for _ in range(3):
        for _ in range(4):
            stranger.looks_up(code, "ABCDEFGHJKMN")
        assert stranger.looks_up(code, secret).status_code == 302


def test_one_network_tries_thirty_codes_and_no_more(
    applicant: Applicant, stranger: Applicant
) -> None:
    code, secret = applicant.slip()
    for number in range(30):
        stranger.looks_up(f"GUESS{number:05d}", "ABCDEFGHJKMN")
    assert stranger.looks_up(code, secret).status_code == 401
    # Who comes from elsewhere is not held up.
    assert applicant.looks_up(code, secret).status_code == 302


def test_known_and_unknown_codes_go_the_same_way(
    applicant: Applicant, stranger: Applicant, office: Office
) -> None:
    code, _ = applicant.slip()
    asked: dict[str, list[str]] = {}
    for tried in (code, "ABCDEFGHJK"):
        with statements(office) as seen:
            assert stranger.looks_up(tried, "ABCDEFGHJKMN").status_code == 401
        asked[tried] = list(seen)
    known, unknown = asked.values()
    assert known == unknown
    assert known


def test_the_session_is_short(applicant: Applicant, office: Office) -> None:
    office.clock.set("2026-03-02", "10:20")
    assert CONTENT in words(applicant.gets("/track"))
    office.clock.set("2026-03-02", "10:39")
    # Each page begins the twenty minutes anew.
    assert CONTENT in words(applicant.gets("/track"))
    office.clock.set("2026-03-02", "11:00")
    assert CONTENT not in words(applicant.gets("/track"))


def test_leaving_leaves_nothing_behind(applicant: Applicant) -> None:
    assert applicant.posts("/track/leave").location == "/track"
    assert CONTENT not in words(applicant.gets("/track"))


def test_a_new_secret_ends_what_was_open(applicant: Applicant, office: Office) -> None:
    from processes.registers import requests  # noqa: PLC0415 (one test's business)

    with office.engine.work(SYSTEM) as work:
        found = work.session.scalars(select(InformationRequest)).one()
        requests.give_secret(work, found)
    assert CONTENT not in words(applicant.gets("/track"))
    assert applicant.gets("/apply/receipt").location == "/track"


def test_the_session_is_no_login_of_the_office(applicant: Applicant) -> None:
    assert applicant.gets("/office/inbox").status_code == 302
    cookie = applicant.client.get_cookie("gongkai_track", path="/track")
    assert cookie is not None
    assert (cookie.http_only, cookie.same_site, cookie.path) == (
        *(True, "Strict"),
        "/track",
    )
    assert CONTENT not in cookie.value


def test_a_forged_session_opens_nothing(stranger: Applicant) -> None:
    stranger.client.set_cookie("gongkai_track", "WyJ4Il0.forged", path="/track")
    assert "查询码和密码都在登记回执上" in words(stranger.gets("/track"))


@pytest.mark.parametrize("path", ["/track", "/track/withdraw", "/track/correct"])
def test_no_cache_keeps_these_pages(applicant: Applicant, path: str) -> None:
    headers = applicant.gets(path).headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "no-referrer"


def test_nothing_personal_stands_in_addresses(applicant: Applicant) -> None:
    page = applicant.gets("/track").get_data(as_text=True)
    code, secret = applicant.slip()
    for link in re.findall(r'(?:href|action)="([^"]+)"', page):
        assert code not in link
        assert secret not in link


def test_a_form_without_its_token_does_nothing(
    applicant: Applicant, office: Office
) -> None:
    assert applicant.posts("/track/withdraw", csrf_token="").status_code == 400
    assert the_request(office).events == []


def test_withdrawing_is_asked_once_more_and_then_done(
    applicant: Applicant, office: Office
) -> None:
    assert "也不能恢复" in words(applicant.gets("/track/withdraw"))
    assert the_request(office).events == []
    answer = applicant.posts("/track/withdraw")
    assert answer.location == "/track?done=withdrawn"
    said = words(applicant.gets("/track?done=withdrawn"))
    assert "申请已经撤回" in said
    assert "您已经撤回" in said
    assert [event.kind for event in the_request(office).events] == ["withdrawn"]
    assert any("申请人" in line for line in matter(office).history)


def test_what_was_withdrawn_is_not_withdrawn_again(
    applicant: Applicant, office: Office
) -> None:
    applicant.posts("/track/withdraw")
    assert applicant.posts("/track/withdraw").status_code == 409
    assert [event.kind for event in the_request(office).events] == ["withdrawn"]


def test_nothing_is_to_be_corrected_that_nobody_asked_for(
    applicant: Applicant, office: Office
) -> None:
    assert "这件申请现在不用补正" in words(applicant.gets("/track/correct"))
    answer = applicant.posts("/track/correct", content="补正的内容")
    assert answer.status_code == 422
    assert the_request(office).events == []


@pytest.fixture
def unclear(applicant: Applicant, office: Office) -> Asked:
    """Zhang San's request, which 区财政局 has asked to be corrected within 10 days."""
    asked = Asked(office, the_request(office).case_id)
    examined(office, asked, "clarify")
    office.wen.does(
        asked,
        "send_clarification",
        outcome="sent",
        **by_hand("2026-03-02"),
        **CLARIFIED,
    )
    del applicant
    return asked


def test_it_says_what_is_to_be_corrected_and_by_when(
    applicant: Applicant, unclear: Asked
) -> None:
    del unclear
    said = words(applicant.gets("/track"))
    assert "等您补正" in said
    # Ten working days after 2 March 2026.
    assert "最迟 2026年3月16日 周一 补正" in said
    assert "视为放弃申请，不再处理（条例第30条）" in said
    assert "政府信息公开申请补正告知书" in said
    assert "最迟 2026年3月16日 周一" in words(applicant.gets("/track/correct"))


def test_a_correction_lets_the_step_go_on_and_the_count_begin_anew(
    applicant: Applicant, unclear: Asked, office: Office
) -> None:
    code, secret = applicant.slip()
    office.clock.set("2026-03-06")
    applicant.looks_up(code, secret)
    answer = applicant.posts("/track/correct", content="2025年，区财政局本级。")
    assert answer.location == "/track?done=corrected"
    said = words(applicant.gets("/track?done=corrected"))
    assert "补正收到了" in said
    # Twenty working days after 6 March 2026; 6 April is 清明's day off.
    assert "最迟 2026年4月3日 周五 答复您" in said
    assert "收到您补正的申请，从这天起重新算20个工作日（条例第30条）" in said
    assert unclear.open_steps == ["examine_request"]
    assert unclear.due == "2026-04-03"


def test_what_a_correction_says_is_sealed_and_its_files_are_kept(
    applicant: Applicant, unclear: Asked, office: Office
) -> None:
    applicant.posts(
        "/track/correct",
        content="写给张三的信，电话13800138000。",
        files=[(io.BytesIO("示意图".encode()), "示意图.txt")],
    )
    request = the_request(office)
    assert [(kept.purpose, kept.file.name) for kept in request.files] == [
        ("correction", "示意图.txt")
    ]
    assert not any("13800138000" in line for line in unclear.history)
    assert any("补正" in line for line in unclear.history)


def test_an_empty_correction_is_told(applicant: Applicant, unclear: Asked) -> None:
    answer = applicant.posts("/track/correct", content="  ")
    assert answer.status_code == 422
    assert "照补正告知书写明要补正的内容" in words(answer)
    assert unclear.open_steps == ["await_correction"]


def test_one_correction_is_taken_once(applicant: Applicant, unclear: Asked) -> None:
    applicant.posts("/track/correct", content="2025年。")
    assert applicant.posts("/track/correct", content="2025年。").status_code == 422
    assert unclear.open_steps == ["examine_request"]


def letter_links(applicant: Applicant) -> list[str]:
    """Return the addresses of the letters on the page."""
    page = applicant.gets("/track").get_data(as_text=True)
    return re.findall(r'href="(/track/letters/[^"]+)"', page)


def services_of(office: Office) -> list[tuple[str, str]]:
    """Return how each letter was served, and on which day it counts."""
    with office.engine.read() as work:
        found = work.session.scalars(select(Service).order_by(Service.id))
        return [(each.way, str(each.counts_on)) for each in found]


def test_a_letter_can_be_read_and_the_history_says_so(
    applicant: Applicant, unclear: Asked, office: Office
) -> None:
    link = letter_links(applicant)[0]
    answer = applicant.gets(link)
    assert answer.data.startswith(b"PK")
    assert answer.headers["Cache-Control"] == "no-store"
    assert any(
        line.startswith("申请人在查询页打开了“政府信息公开申请补正告知书”")
        for line in unclear.history
    )
    # Nobody agreed to be served here: it was handed over before.
    assert services_of(office) == [("direct", "2026-03-02")]


def test_who_has_agreed_is_served_by_opening_a_letter(
    app: Flask, office: Office
) -> None:
    applicant = Applicant(app.test_client(), office)
    applicant.sends(electronic_service="yes")
    asked = Asked(office, the_request(office).case_id)
    examined(office, asked, "clarify")
    sent = {"outcome": "sent", "way": "electronic", **CLARIFIED}
    office.wen.does(asked, "send_clarification", **sent)
    assert services_of(office) == []
    assert asked.open_steps == ["record_clarification_service"]
    link = letter_links(applicant)[0]
    applicant.gets(link)
    applicant.gets(link)
    assert services_of(office) == [("electronic", "2026-03-02")]
    assert asked.open_steps == ["await_correction"]
    assert str(asked.limit("correction").due_on) == "2026-03-16"


def test_another_s_letter_is_not_found(
    applicant: Applicant, unclear: Asked, app: Flask, office: Office
) -> None:
    del unclear
    link = letter_links(applicant)[0]
    other = Applicant(app.test_client(), office)
    other.sends(name="李四")
    assert other.gets(link).status_code == 404


def test_letters_to_others_are_not_shown(applicant: Applicant, office: Office) -> None:
    asked = Asked(office, the_request(office).case_id)
    examined(office, asked, "handle")
    asks_third_party(office, asked)
    page = words(applicant.gets("/track"))
    assert "第三方意见征询函" not in page
    assert "云川建设" not in page
    assert "中标人" not in page


def test_a_request_under_way_is_withdrawn_at_its_step(
    applicant: Applicant, unclear: Asked
) -> None:
    applicant.posts("/track/withdraw")
    assert unclear.result == ("D53", "2026-03-02")
    assert "await_correction" not in unclear.open_steps


def test_an_answer_is_read_and_the_request_is_over(
    applicant: Applicant, office: Office
) -> None:
    asked = Asked(office, the_request(office).case_id)
    examined(office, asked, "answer")
    drafted(office, asked, **ALREADY_PUBLIC)
    answered(office, asked)
    said = words(applicant.gets("/track"))
    assert "已经办结" in said
    assert "已主动公开" in said
    assert "撤回申请" not in said
    assert letter_links(applicant)


def test_after_the_limit_it_says_so_and_what_one_can_do(
    applicant: Applicant, office: Office
) -> None:
    code, secret = applicant.slip()
    office.clock.set("2026-03-31")
    applicant.looks_up(code, secret)
    said = words(applicant.gets("/track"))
    assert "超过了答复期限" in said
    assert "条例第51条" in said


def test_a_fee_says_how_much_and_by_when(applicant: Applicant, office: Office) -> None:
    asked = Asked(office, the_request(office).case_id)
    examined(office, asked, "handle")
    acted(office, asked, "charge", tariff="by_volume", pages="72", reason="数量大")
    office.tang.does(asked, "approve_fee", outcome="approved")
    sent = {"payment_way": "银行转账", **POSTED}
    office.wen.does(asked, "send_fee_notice", outcome="sent", **sent)
    served = {"outcome": "served", "served_on": "2026-03-02"}
    office.wen.does(asked, "record_fee_service", **served)
    said = words(applicant.gets("/track"))
    assert "等您缴费" in said
    # Pages 31 to 72 at 10 yuan each.
    assert "信息处理费 420元" in said
    # Twenty working days after 2 March 2026.
    assert "最迟 2026年3月30日 周一 缴费" in said
    assert "政府信息公开信息处理费收费通知书" in said


def test_nothing_personal_reaches_the_log(
    applicant: Applicant, unclear: Asked, caplog: pytest.LogCaptureFixture
) -> None:
    del unclear
    code, secret = applicant.slip()
    caplog.set_level("DEBUG")
    applicant.looks_up(code, "ABCDEFGHJKMN")
    applicant.looks_up(code, secret)
    applicant.gets("/track")
    applicant.posts("/track/correct", content="写给张三的信，电话13800138000。")
    for said in (secret, code, "张三", "13800138000", CONTENT):
        assert said not in caplog.text


def given_links(applicant: Applicant) -> list[str]:
    """Return the addresses of the information on the page."""
    page = applicant.gets("/track").get_data(as_text=True)
    return re.findall(r'href="(/track/information/[^"]+)"', page)


def test_what_was_asked_for_is_given_once_the_answer_is_signed(
    applicant: Applicant, office: Office, app: Flask
) -> None:
    asked = Asked(office, the_request(office).case_id)
    examined(office, asked, "answer")
    drafted(
        office,
        asked,
        code="D02",
        information="验收报告，全文见附件。",
        section=office.public_id("预算科"),
        files=[office.wen.uploads("石桥镇高标准农田建设项目通过验收。\n", "报告.txt")],
    )
    while asked.open_steps != ["sign_answer"]:
        office.does_the_usual(asked, asked.open_steps[0])
        # Until somebody has signed, nothing leaves the house.
        assert given_links(applicant) == []
    office.luo.does(asked, "sign_answer", outcome="signed")
    (link,) = given_links(applicant)
    given = applicant.gets(link)
    assert "通过验收" in given.get_data(as_text=True)
    assert given.headers["Cache-Control"] == "no-store"
    assert any("申请人在查询页下载了" in line for line in asked.history)
    other = Applicant(app.test_client(), office)
    other.sends(name="李四")
    assert other.gets(link).status_code == 404


def test_what_was_registered_by_mistake_says_so(
    applicant: Applicant, office: Office
) -> None:
    asked = Asked(office, the_request(office).case_id)
    examined(office, asked, "void", **TWICE)
    assert "正在办理" in words(applicant.gets("/track"))
    office.tang.does(asked, "confirm_void", outcome="agreed")
    said = words(applicant.gets("/track"))
    assert "登记有误，这个编号已经作废" in said
    assert "作废：同一件申请重复登记" in said
    assert "撤回申请" not in said
    assert applicant.posts("/track/withdraw").status_code == 409
