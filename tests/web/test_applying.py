"""申请公开: what an applicant fills in, is told, and is given at once."""

import io
import re

import pytest
from flask import Flask
from sqlalchemy import select

from engine import personal
from engine.actors import SYSTEM
from models.people import Organisation
from models.requests import InformationRequest
from models.visitors import VisitorCount
from models.workflow import Label
from tests.office import Matter, Office
from tests.web.applicants import Applicant, words

CONTENT = "石桥镇2025年高标准农田建设项目验收报告"


@pytest.fixture
def applicant(app: Flask, office: Office) -> Applicant:
    """Zhang San, who wants something from 区财政局, in front of a browser."""
    return Applicant(app.test_client(), office)


def requests_of(office: Office) -> list[InformationRequest]:
    """Return what stands in the register."""
    with office.engine.read() as work:
        found = work.session.scalars(
            select(InformationRequest).order_by(InformationRequest.id)
        ).all()
        for each in found:
            # Read now what a test looks at when the session is gone.
            assert each.agency.name
            _ = [kept.file.name for kept in each.files]
        return list(found)


def test_an_application_gets_its_receipt_at_once(
    applicant: Applicant, office: Office
) -> None:
    answer = applicant.sends(content=CONTENT)
    assert (answer.status_code, answer.location) == (302, "/apply/receipt")
    (request,) = requests_of(office)
    receipt = words(applicant.gets("/apply/receipt"))
    assert request.number in receipt
    assert "云川区财政局" in receipt
    assert "收到日期 2026年3月2日 周一" in receipt
    # Twenty working days after Monday, 2 March 2026; 清明 lies after them.
    assert "答复期限 2026年3月30日 周一" in receipt
    assert "条例第31条第三项" in receipt


def test_the_receipt_shows_code_and_secret_that_open_the_request(
    applicant: Applicant, office: Office
) -> None:
    applicant.sends(content=CONTENT)
    code, secret = applicant.slip()
    (request,) = requests_of(office)
    assert code == request.query_code
    assert secret not in request.secret_digest
    other = Applicant(applicant.client.application.test_client(), office)
    assert other.looks_up(code, secret).location == "/track"
    assert CONTENT in words(other.gets("/track"))


def test_the_slip_can_be_kept(applicant: Applicant) -> None:
    applicant.sends()
    code, secret = applicant.slip()
    kept = applicant.gets("/apply/receipt.txt")
    assert kept.mimetype == "text/plain"
    text = "".join(kept.get_data(as_text=True).split())
    assert code in text
    assert secret in text


def test_the_secret_is_not_shown_for_long(applicant: Applicant, office: Office) -> None:
    applicant.sends()
    office.clock.set("2026-03-02", "10:29")
    assert applicant.gets("/apply/receipt").status_code == 200
    office.clock.set("2026-03-02", "10:35")
    assert applicant.gets("/apply/receipt").location == "/track"


def test_nobody_else_opens_the_receipt(applicant: Applicant, app: Flask) -> None:
    applicant.sends()
    stranger = app.test_client()
    assert stranger.get("/apply/receipt").location == "/track"
    stranger.set_cookie("gongkai_receipt", "forged", path="/apply")
    assert stranger.get("/apply/receipt").location == "/track"


def test_sent_in_twice_it_is_one_request_with_one_receipt(
    applicant: Applicant, office: Office
) -> None:
    form = applicant.opens()
    applicant.sends(form, content=CONTENT)
    first = applicant.slip()
    applicant.sends(form, content=CONTENT)
    assert applicant.slip() == first
    assert len(requests_of(office)) == 1


def test_the_same_again_in_a_new_form_is_another_request(
    applicant: Applicant, office: Office
) -> None:
    applicant.sends(content=CONTENT)
    applicant.sends(content=CONTENT)
    assert len(requests_of(office)) == 2


def test_the_register_has_what_was_asked_for(
    applicant: Applicant, office: Office
) -> None:
    applicant.sends(
        content=CONTENT,
        kind="natural_person",
        form_wanted="paper",
        delivery="post",
        address="云川区人民路1号",
        electronic_service="yes",
        suggests_publication="yes",
        needs_help="yes",
    )
    (request,) = requests_of(office)
    assert request.agency.name == "云川区财政局"
    assert (request.channel, request.has_automatic_receipt) == ("internet", True)
    assert str(request.submitted_on) == str(request.received_on) == "2026-03-02"
    assert (request.form_wanted, request.delivery) == ("paper", "post")
    assert request.electronic_service
    assert request.suggests_publication
    assert request.needs_help


def test_who_asks_lies_sealed(applicant: Applicant, office: Office) -> None:
    applicant.sends(content=CONTENT, name="张三", phone="13800138000")
    (request,) = requests_of(office)
    with office.engine.work(SYSTEM) as work:
        found = work.session.get_one(InformationRequest, request.id)
        sealed = found.applicant.sealed
        values = personal.read(work, found.applicant, "测试")
    assert "张三".encode() not in sealed
    assert values["name"] == "张三"
    assert values["phone"] == "13800138000"
    assert values["content"] == CONTENT
    assert values["identity_kind"] == "居民身份证"


def test_the_history_says_that_the_applicant_did_it(
    applicant: Applicant, office: Office
) -> None:
    applicant.sends(content=CONTENT, name="张三", phone="13800138000")
    (request,) = requests_of(office)
    history = Matter(office, request.case_id).history
    assert history[0].startswith("申请人提交公开申请，互联网，编号")
    assert any("申请人在网上提交申请，当场出具回执" in each for each in history)
    for said in ("张三", "13800138000", "110101199003074610"):
        assert not any(said in each for each in history)


def test_files_are_kept_encrypted_as_personal_data(
    applicant: Applicant, office: Office
) -> None:
    applicant.sends(files=[(io.BytesIO("委托书".encode()), "委托书.txt")])
    (request,) = requests_of(office)
    (kept,) = request.files
    assert (kept.purpose, kept.file.name) == ("application", "委托书.txt")
    assert (kept.file.label, kept.file.encrypted) == (Label.PERSONAL, True)


def test_a_file_is_told_by_its_content(applicant: Applicant, office: Office) -> None:
    answer = applicant.sends(files=[(io.BytesIO(b"MZ\x90\x00"), "照片.jpg")])
    assert answer.status_code == 422
    assert "文件“照片.jpg”的内容不是可以接受的类型" in words(answer)
    assert requests_of(office) == []


def test_too_many_files_are_refused(applicant: Applicant) -> None:
    files = [(io.BytesIO(b"text"), f"{number}.txt") for number in range(11)]
    assert "附件最多 10 个，现在有 11 个" in words(applicant.sends(files=files))


def test_bad_input_keeps_what_was_typed(applicant: Applicant, office: Office) -> None:
    answer = applicant.sends(
        content=CONTENT,
        name="张三",
        identity_number="11010119900307461X",
        phone="1380013800",
        files=[(io.BytesIO(b"text"), "1.txt")],
    )
    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert "有错误：" in page
    assert CONTENT in page
    assert 'value="张三"' in page
    said = words(answer)
    assert "还有 3 处要改，写的内容都在" in said
    assert "证件号码有一位不对，照证件核对一遍" in said
    assert "手机号码应是 11 位，现在是 10 位" in said
    assert "附件要重新选一次" in said
    assert '<a href="#identity_number">' in page
    assert requests_of(office) == []


def test_what_was_mended_goes_through_with_the_same_form(
    applicant: Applicant, office: Office
) -> None:
    form = applicant.opens()
    assert applicant.sends(form, phone="1").status_code == 422
    assert applicant.sends(form).status_code == 302
    assert len(requests_of(office)) == 1


def test_one_step_is_checked_before_the_next(applicant: Applicant) -> None:
    assert applicant.sends(check="1", agency="").status_code == 422
    assert applicant.sends(check="1").status_code == 204
    answer = applicant.sends(check="2", content="", phone="")
    assert "写明要什么信息" in words(answer)
    assert "写一个能联系到您的电话" not in words(answer)


def test_checking_a_step_keeps_nothing(applicant: Applicant, office: Office) -> None:
    for step in "1234":
        assert applicant.sends(check=step).status_code == 204
    assert requests_of(office) == []
    with office.engine.read() as work:
        assert work.session.scalars(select(VisitorCount)).all() == []


def test_an_agency_that_is_none_is_refused(applicant: Applicant) -> None:
    assert "选一个机关" in words(applicant.sends(agency="信息公开科"))


def test_every_agency_that_acts_in_its_own_name_is_offered(
    applicant: Applicant,
) -> None:
    page = applicant.gets("/apply").get_data(as_text=True)
    offered = re.findall(r'name="agency".*?<b>(.*?)</b>', page)
    assert offered == ["云川区政府", "云川区政府办", "云川区财政局"]


def test_an_agency_is_found_by_letters_of_its_name(applicant: Applicant) -> None:
    page = applicant.gets("/apply?find=财政").get_data(as_text=True)
    assert re.findall(r'name="agency".*?<b>(.*?)</b>', page) == ["云川区财政局"]
    assert "名称里有“财政”的机关 1 个。" in page
    page = applicant.gets("/apply?find=%25").get_data(as_text=True)
    assert "没有名称里有“%”的机关，换个短一点的词。" in page
    assert "看全部机关" in page


def test_many_agencies_are_folded_by_groups(
    applicant: Applicant, office: Office
) -> None:
    with office.engine.work() as work:
        known = select(Organisation).where(Organisation.name == "云川区财政局")
        finance = work.session.scalars(known).one()
        like_it = {
            each.key: getattr(finance, each.key)
            for each in Organisation.__mapper__.columns
            if each.key not in ("id", "public_id")
        }
        for number in range(8):
            other = {"name": f"云川区第{number}局", "code": f"50019902{number}"}
            work.session.add(Organisation(**like_it | other))
    page = applicant.gets("/apply").get_data(as_text=True)
    groups = re.findall(
        r'<details class="gk-agencies"( open)?>\s*<summary>(.*?) <', page
    )
    assert groups == [(" open", "政府和政府办公室"), ("", "部门")]


def test_an_agency_s_own_page_may_name_it(applicant: Applicant, office: Office) -> None:
    finance = office.public_id("区财政局")
    page = applicant.gets(f"/apply?agency={finance}").get_data(as_text=True)
    assert f'value="{finance}" checked' in page


def test_a_form_filled_by_a_program_is_given_back(
    applicant: Applicant, office: Office
) -> None:
    answer = applicant.sends(website="https://spam.example")
    assert answer.status_code == 422
    assert "没有提交，写的内容都还在" in words(answer)
    assert requests_of(office) == []


def test_a_form_filled_in_a_moment_is_given_back(
    applicant: Applicant, office: Office
) -> None:
    form = applicant.opens(reads_for=1)
    assert applicant.sends(form).status_code == 422
    office.clock.set("2026-03-02", "10:05")
    assert applicant.sends(form).status_code == 302


@pytest.mark.parametrize("token", ["", "forged", "WyJ4IiwgIjIwMjYtMDMtMDIiXQ.bad"])
def test_a_form_that_we_did_not_make_is_given_back(
    applicant: Applicant, office: Office, token: str
) -> None:
    assert applicant.sends(form_token=token).status_code == 422
    assert requests_of(office) == []


def test_a_form_that_was_open_overnight_is_sent_in_once_more(
    applicant: Applicant, office: Office
) -> None:
    form = applicant.opens()
    office.clock.set("2026-03-03", "12:00")
    answer = applicant.sends(form)
    assert answer.status_code == 422
    assert "再按一次提交就行" in words(answer)
    form["form_token"] = applicant.token_in(answer)
    office.clock.set("2026-03-03", "12:05")
    assert applicant.sends(form).status_code == 302


def test_one_network_sends_in_so_many_an_hour(
    applicant: Applicant, office: Office
) -> None:
    for _ in range(10):
        assert applicant.sends().status_code == 302
    answer = applicant.sends(content=CONTENT)
    assert answer.status_code == 422
    said = words(answer)
    assert "从您这个网络来的申请太密" in said
    # What nobody may refuse (Art 28).
    assert "可以到云川区财政局当面提交或者邮寄，不受这个限制" in said
    assert CONTENT in answer.get_data(as_text=True)
    office.clock.set("2026-03-02", "11:30")
    assert applicant.sends().status_code == 302
    assert len(requests_of(office)) == 11


def test_another_network_is_not_held_up(app: Flask, office: Office) -> None:
    near = Applicant(app.test_client(), office)
    for _ in range(11):
        near.sends()
    far = Applicant(app.test_client(), office, address="203.0.113.9")
    assert far.sends().status_code == 302


def test_nothing_of_a_visitor_is_kept_in_the_open(
    applicant: Applicant, office: Office
) -> None:
    applicant.sends()
    with office.engine.read() as work:
        for row in work.session.scalars(select(VisitorCount)):
            assert re.fullmatch(r"[0-9a-f]{64}", row.who)


@pytest.mark.parametrize("path", ["/apply", "/apply/receipt", "/apply/receipt.txt"])
def test_no_cache_keeps_these_pages(applicant: Applicant, path: str) -> None:
    applicant.sends()
    headers = applicant.gets(path).headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Robots-Tag"] == "noindex, nofollow"


def test_nothing_personal_reaches_the_log(
    applicant: Applicant, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    applicant.sends(name="张三", content=CONTENT)
    applicant.sends(name="张三", phone="1380013800")
    applicant.gets("/apply/receipt")
    for said in ("张三", CONTENT, "110101199003074610", "13800138000"):
        assert said not in caplog.text


def test_the_page_works_without_script_and_style_inside(applicant: Applicant) -> None:
    page = applicant.gets("/apply").get_data(as_text=True)
    assert " style=" not in page
    assert re.findall(r"<script(?![^>]*\bsrc=)", page) == []
    # All four parts stand on the page; the script shows one at a time.
    assert re.findall(r'data-part="(\d)"', page) == ["1", "2", "3", "4"]
    assert not re.search(r"<section[^>]*hidden", page)


def test_the_notice_says_who_what_why_and_how_long(applicant: Applicant) -> None:
    said = words(applicant.gets("/apply"))
    for part in (
        "处理者是您选的机关",
        "只用于办理这件申请",
        "敏感个人信息",
        "保存到这件申请的档案保管期满",
        "查阅、复制、更正",
        "个人信息保护法第17条",
    ):
        assert part in said


def test_every_field_has_a_label(applicant: Applicant) -> None:
    page = applicant.gets("/apply").get_data(as_text=True)
    ids = set(re.findall(r'<(?:input|select|textarea)[^>]*\bid="([^"]+)"', page))
    labelled = set(re.findall(r'<label[^>]*\bfor="([^"]+)"', page))
    inside = set(re.findall(r'<label[^>]*><input[^>]*\bid="([^"]+)"', page))
    assert ids - labelled - inside == set()


def test_the_navigation_leads_here(applicant: Applicant) -> None:
    page = applicant.gets("/").get_data(as_text=True)
    assert '<a href="/apply">申请公开</a>' in page
    assert '<a href="/track">查询申请</a>' in page
    assert '<a href="/apply" aria-current="page">申请公开</a>' in (
        applicant.gets("/apply").get_data(as_text=True)
    )
