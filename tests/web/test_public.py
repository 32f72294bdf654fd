"""What everybody reads: published documents, and what became of them."""

import io
import re
from collections.abc import Callable
from typing import Any

import pytest
import segno
from lxml import etree
from PIL import Image
from sqlalchemy import select

from models.documents import VersionKind
from models.workflow import Case
from processes.publication.tests.published import document, lists_more, publishes
from processes.registers.documents import document_of
from tests.fixtures import Lived
from tests.office import NOTICE, USUAL_ANSWERS, Matter, Office
from tests.web.conftest import Guest

TITLE = "关于做好2026年政务公开培训工作的通知"
CORRECTED = "云川区人民政府办公室关于做好2026年政务公开培训工作的通知\n\n改正了一处。\n"


def page(guest: Guest, path: str) -> str:
    """Return the words of a page, without its tags."""
    text = guest.gets(path).get_data(as_text=True)
    assert " style=" not in text
    assert re.findall(r"<script(?![^>]*\bsrc=)", text) == []
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


def found(guest: Guest, query: str = "") -> list[str]:
    """Return the titles that the home page lists."""
    text = guest.gets(f"/?{query}").get_data(as_text=True)
    hits = re.findall(r'<h2><a href="/documents/[^"]+">(.*?)</a></h2>', text)
    return [re.sub(r"<[^>]+>", "", hit) for hit in hits]


def publishes_the_notice(office: Office) -> Matter:
    """Let the notice of most tests go out on Monday, 2 March 2026."""
    return publishes(office, category="综合政务")


def publishes_for_a_village(office: Office) -> Matter:
    """Let a list go out to the people of one village."""
    matter = office.brought_to("approve_publication", title="雨露计划补助名单")
    office.liang.lets_out(
        matter,
        "2026-03-02",
        audience="region",
        audience_name="青石村村民",
        channels="notice_board",
    )
    office.fires()
    return matter


def publishes_several(office: Office) -> None:
    """Let three documents of two years and two categories go out."""
    publishes(office, title="甲 2025年预算公开的通知", category="财政预决算")
    old = publishes(office, title="乙 100%落实的通知", category="教育")
    with office.engine.work() as work:
        held = document_of(work.session, old.case(work))
        held.formed_on = held.signed_on = work.today.replace(year=2019)
        held.document_number = "云川府办发〔2019〕7号"
    publishes(office, title="丙 预算执行的通知", category="财政预决算")


#: What was done once for all tests that ask for it.
LIVED: dict[str, Lived] = {
    "notice": publishes_the_notice,
    "for_a_village": publishes_for_a_village,
    "several": publishes_several,
}


@pytest.fixture
def lived(request: pytest.FixtureRequest) -> Lived | None:
    """What the office did before a test, by what the test asks for."""
    asked = [LIVED[name] for name in LIVED if name in request.fixturenames]
    return next(iter(asked), None)


@pytest.fixture
def notice(office: Office) -> Matter:
    """A document that was published on Monday, 2 March 2026."""
    return the_only_matter(office)


def the_only_matter(office: Office) -> Matter:
    """Return the only case that the office has had."""
    with office.engine.read() as work:
        return Matter(office, work.session.scalars(select(Case.id)).one())


@pytest.fixture
def change(office: Office, notice: Matter) -> Callable[..., None]:
    """Lets a change of the notice happen."""

    def happen(day: str = "2026-03-09", **answers: Any) -> None:
        office.clock.set(day)
        public_id = document(office, notice).public_id
        matter = office.lin.asks_to_change(public_id, **answers)
        office.brings(matter, "approve_change")
        office.liang.does(matter, "approve_change", outcome="approved", publish_on=day)
        office.fires()

    return happen


@pytest.fixture
def correct(
    office: Office, notice: Matter, change: Callable[..., None]
) -> Callable[[str], None]:
    """Lets the text of the notice be corrected; what remains of the old one."""

    def happen(remains: str) -> None:
        paper = document(office, notice).papers["正文"]
        change(
            kind="correct",
            reason="第二段漏字，已补正。",
            remains=remains,
            files={paper: CORRECTED},
        )

    return happen


def address(office: Office, matter: Matter) -> str:
    """Return the address of a document's page."""
    return f"/documents/{document(office, matter).public_id}"


def file_address(guest: Guest, path: str) -> str:
    """Return the address of the text's file, as its page names it."""
    link = re.search(r"/files/[\w-]+", guest.gets(path).get_data(as_text=True))
    assert link is not None
    return link[0]


# The page of a document.


def test_a_page_carries_what_a_published_document_must_say(
    office: Office, guest: Guest, notice: Matter
) -> None:
    words = page(guest, address(office, notice))
    for name, value in (
        ("索引号", "500199002/2026-00001"),
        ("生成日期", "2026年3月2日"),
        ("成文日期", "2026年3月2日"),
        ("发布日期", "2026年3月2日"),
        ("内容分类", "综合政务"),
        ("发布机构", "云川区政府办"),
        ("责任部门", "云川信息公开科"),
        ("公开属性", "主动公开"),
        ("有效性", "有效"),
    ):
        assert f"{name} {value}" in words
    assert re.search(r"文号 \S+〔2026〕\d+号", words)


def test_the_file_is_the_reviewed_bytes(
    office: Office, guest: Guest, notice: Matter
) -> None:
    answer = guest.gets(file_address(guest, address(office, notice)))
    assert answer.get_data(as_text=True) == NOTICE
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"


def test_a_kept_copy_is_asked_about_and_not_sent_again(
    office: Office, guest: Guest, notice: Matter
) -> None:
    path = file_address(guest, address(office, notice))
    tag = guest.gets(path).headers["ETag"]
    again = guest.client.get(path, headers={"If-None-Match": tag})
    assert (again.status_code, again.get_data()) == (304, b"")


def test_attachments_are_listed_with_their_sizes(office: Office, guest: Guest) -> None:
    schedule = office.lin.uploads("四月一期，九月一期。\n" * 60, "培训日程.txt")
    matter = publishes(office, attachments=[schedule])
    words = page(guest, address(office, matter))
    assert "附件 培训日程 TXT，2 KB" in words


def test_bytes_that_were_tampered_with_are_not_served(
    office: Office, guest: Guest, notice: Matter
) -> None:
    path = file_address(guest, address(office, notice))
    with office.engine.read() as work:
        text = document_of(work.session, notice.case(work)).text
        assert text is not None
        copy = text.newest(VersionKind.PUBLIC)
        assert copy is not None
        place = office.engine.files._path(copy.file.address)
    place.write_text("改过的正文", encoding="utf-8")
    assert guest.gets(path).status_code == 503
    assert "暂时打不开" in page(guest, path)
    assert "索引号" in page(guest, address(office, notice))


def test_the_qr_code_is_the_pages_whole_address(
    office: Office, guest: Guest, notice: Matter
) -> None:
    path = address(office, notice)
    answer = guest.gets(f"{path}/qr.svg")
    drawn = io.BytesIO()
    code = segno.make(f"http://localhost{path}", error="m", micro=False)
    code.save(drawn, kind="svg", scale=4, xmldecl=False, svgclass=None, lineclass=None)
    assert answer.mimetype == "image/svg+xml"
    assert answer.get_data() == drawn.getvalue()
    assert b"style" not in answer.get_data()


def test_what_was_never_published_has_no_page(office: Office, guest: Guest) -> None:
    matter = office.lin.drafts()
    assert guest.gets(address(office, matter)).status_code == 404


# 政策解读: linked both ways.


def test_a_document_and_its_interpretation_lead_to_each_other(
    office: Office, guest: Guest
) -> None:
    path = address(office, publishes(office, kind="policy"))
    source = guest.gets(path).get_data(as_text=True)
    link = re.search(rf'href="({path}/interpretations/[\w-]+)"', source)
    assert link is not None
    words = page(guest, link[1])
    assert "文字解读 2026年3月2日" in words
    assert f"解读的文件： {TITLE}" in words
    assert "四月、九月各办一期" in words
    assert f'href="{path}"' in guest.gets(link[1]).get_data(as_text=True)


def test_a_picture_is_shown_on_the_page_of_its_own(
    office: Office, guest: Guest
) -> None:
    drawing = io.BytesIO()
    Image.new("RGB", (40, 30), "#1c4f94").save(drawing, "PNG")
    matter = office.lin.drafts(kind="policy")
    office.brings(matter, "interpretation_plan")
    plan = {**USUAL_ANSWERS["interpretation_plan"], "forms": "text picture"}
    office.lin.does(matter, "interpretation_plan", **plan)
    picture = office.lin.uploads(drawing.getvalue(), "一图读懂.png")
    material = USUAL_ANSWERS["interpretation_material"]
    office.lin.does(matter, "interpretation_material", **material, picture=picture)
    office.brings(matter, "approve_publication")
    office.liang.lets_out(matter, "2026-03-02")
    office.fires()
    path = address(office, matter)
    source = guest.gets(path).get_data(as_text=True)
    pages = re.findall(rf'href="({path}/interpretations/[\w-]+)"', source)
    shown = [guest.gets(each).get_data(as_text=True) for each in pages]
    (image,) = re.findall(r'<img src="(/files/[\w-]+\?inline)"', "".join(shown))
    answer = guest.gets(image)
    assert (answer.status_code, answer.mimetype) == (200, "image/png")
    assert answer.headers["Content-Disposition"].startswith("inline")


# 更正: both versions, with the reason.


def test_a_correction_stands_above_the_new_text(
    office: Office, guest: Guest, notice: Matter, correct: Callable[[str], None]
) -> None:
    correct("shown")
    words = page(guest, address(office, notice))
    assert "更正 2026年3月9日 正文：第二段漏字，已补正。 看更正前的文本" in words
    assert "改正了一处" in words
    assert "现就2026年培训工作通知如下" not in words


def test_the_earlier_text_is_read_from_there_and_marked(
    office: Office, guest: Guest, notice: Matter, correct: Callable[[str], None]
) -> None:
    correct("shown")
    words = page(guest, f"{address(office, notice)}/editions/1")
    assert "已更正，不是现在的文本。 2026年3月9日更正：第二段漏字，已补正。" in words
    assert "现就2026年培训工作通知如下" in words


def test_the_list_says_that_something_was_corrected(
    guest: Guest, correct: Callable[[str], None]
) -> None:
    correct("shown")
    assert f"{TITLE} " in page(guest, "/")
    assert "已更正 有效" in page(guest, "/")


def test_an_earlier_text_that_must_not_be_read_is_gone(
    office: Office, guest: Guest, notice: Matter, correct: Callable[[str], None]
) -> None:
    path = address(office, notice)
    before = file_address(guest, path)
    correct("concealed")
    assert "看更正前的文本" not in page(guest, path)
    assert guest.gets(f"{path}/editions/1").status_code == 410
    assert guest.gets(before).status_code == 410
    assert guest.gets(file_address(guest, path)).status_code == 200


# 撤回: a page remains that says when, by whom and why.


def test_a_withdrawn_document_leaves_a_page_that_says_so(
    office: Office, guest: Guest, notice: Matter, change: Callable[..., None]
) -> None:
    path = address(office, notice)
    before = file_address(guest, path)
    change(
        kind="withdraw",
        ground="penalty",
        since="2026-03-06",
        reason="该处罚决定经行政复议撤销。",
        remains="shown",
    )
    assert guest.gets(path).status_code == 410
    words = page(guest, path)
    assert "2026年3月9日由云川区政府办撤回，正文和附件不再提供。" in words
    assert "行政处罚决定被变更、撤销、确认违法或者无效（2026年3月6日）" in words
    assert "理由 该处罚决定经行政复议撤销。" in words
    assert TITLE in words
    assert "现就2026年培训工作通知如下" not in words
    assert guest.gets(before).status_code == 410
    assert found(guest) == []


def test_a_withdrawal_can_leave_out_the_title(
    office: Office, guest: Guest, notice: Matter, change: Callable[..., None]
) -> None:
    change(
        kind="withdraw",
        ground="not_public",
        reason="误作公开。",
        remains="concealed",
    )
    words = page(guest, address(office, notice))
    assert "这份信息已经撤回" in words
    assert TITLE not in words


# 有效性


def test_a_repealed_document_says_so_everywhere(
    office: Office, guest: Guest, notice: Matter, change: Callable[..., None]
) -> None:
    change(
        kind="validity",
        validity="repealed",
        since="2026-03-09",
        reason="由新的办法代替。",
    )
    words = page(guest, address(office, notice))
    assert "有效性 废止" in words
    assert "废止 2026年3月9日起 由新的办法代替。" in words
    assert found(guest, "validity=repealed") == [TITLE]
    assert found(guest, "validity=in_force") == []


def test_a_document_whose_time_is_over_has_expired(
    office: Office, guest: Guest, notice: Matter
) -> None:
    with office.engine.work() as work:
        held = document_of(work.session, notice.case(work))
        held.valid_until = work.today
    assert found(guest, "validity=in_force") == [TITLE]
    office.clock.set("2026-03-03")
    assert found(guest, "validity=in_force") == []
    assert "有效性 失效 至 2026年3月2日" in page(guest, address(office, notice))


# 只向特定区域、特定人群公开.


@pytest.fixture
def for_a_village(office: Office) -> Matter:
    """A list that is published to the people of one village."""
    return the_only_matter(office)


def test_what_is_for_a_village_is_read_by_those_who_have_the_address(
    office: Office, guest: Guest, for_a_village: Matter
) -> None:
    path = address(office, for_a_village)
    assert "只向青石村村民公开。" in page(guest, path)
    answer = guest.gets(path)
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["Cache-Control"] == "private, no-store"
    held = guest.gets(file_address(guest, path))
    assert (held.status_code, held.headers["Cache-Control"]) == (
        200,
        "private, no-store",
    )


def test_what_is_for_a_village_stands_on_no_list(
    guest: Guest, for_a_village: Matter
) -> None:
    del for_a_village
    assert found(guest) == []
    assert found(guest, "q=雨露") == []
    assert "雨露" not in guest.gets("/feed.xml").get_data(as_text=True)
    assert "雨露" not in guest.gets("/documents.json").get_data(as_text=True)
    assert "0 条" in page(guest, "/")


# Finding something.


@pytest.fixture
def several(office: Office) -> Office:
    """Three documents of two years and two categories."""
    return office


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", ["丙 预算执行的通知", "乙 100%落实的通知", "甲 2025年预算公开的通知"]),
        ("q=预算", ["丙 预算执行的通知", "甲 2025年预算公开的通知"]),
        ("q=预算+公开", ["甲 2025年预算公开的通知"]),
        ("q=100%25", ["乙 100%落实的通知"]),
        ("q=_", []),
        ("q=〔2019〕7号", ["乙 100%落实的通知"]),
        ("q=[2019]7号", ["乙 100%落实的通知"]),
        ("q=500199002/2026-00002", ["乙 100%落实的通知"]),
        ("category=教育", ["乙 100%落实的通知"]),
        ("year=2019", ["乙 100%落实的通知"]),
        ("category=财政预决算&q=执行", ["丙 预算执行的通知"]),
        ("category=没有这一类", []),
        ("year=99999&validity=nonsense&page=-3", ["丙 预算执行的通知"]),
    ],
)
def test_documents_are_found_by_words_numbers_and_what_they_are(
    query: str, titles: list[str], several: Office, guest: Guest
) -> None:
    del several
    assert found(guest, query)[: len(titles) or None] == titles


def test_what_was_looked_for_is_marked_and_never_run(
    several: Office, guest: Guest
) -> None:
    del several
    source = guest.gets("/?q=预算").get_data(as_text=True)
    assert "<mark>预算</mark>执行的通知" in source
    assert "<b>x" not in guest.gets("/?q=<b>x").get_data(as_text=True)


def test_each_choice_says_how_many_documents_it_leaves(
    several: Office, guest: Guest
) -> None:
    del several
    assert "财政预决算 2 条 教育 1 条" in page(guest, "/")
    assert "2026 2 条 2019 1 条" in page(guest, "/")
    assert "区政府办 3 条" in page(guest, "/")


def test_there_are_twenty_on_a_page(
    office: Office, guest: Guest, notice: Matter
) -> None:
    lists_more(office, notice, 21)
    assert len(found(guest)) == 20
    assert len(found(guest, "page=2")) == 2
    assert found(guest, "page=3") == found(guest, "page=2")
    assert found(guest, "page=99999999999999999999") == found(guest)
    assert "第 2 页，共 2 页" in page(guest, "/?page=2")


# For other programs.


def test_the_feed_tells_the_newest_documents(
    office: Office, guest: Guest, notice: Matter
) -> None:
    answer = guest.gets("/feed.xml")
    assert answer.mimetype == "application/atom+xml"
    feed = etree.fromstring(answer.get_data())
    name = {"a": "http://www.w3.org/2005/Atom"}
    assert [e.text for e in feed.findall("a:entry/a:title", name)] == [TITLE]
    (link,) = feed.findall("a:entry/a:link", name)
    assert link.get("href") == f"http://localhost{address(office, notice)}"


def test_a_title_with_signs_that_xml_cannot_hold_does_not_break_the_feed(
    office: Office, guest: Guest, notice: Matter
) -> None:
    with office.engine.work() as work:
        document_of(work.session, notice.case(work)).title = "通知\x0b<&>"
    feed = etree.fromstring(guest.gets("/feed.xml").get_data())
    assert "通知<&>" in "".join(str(each) for each in feed.itertext())


def test_programs_get_the_metadata(
    office: Office, guest: Guest, notice: Matter
) -> None:
    answer = guest.gets("/documents.json")
    (told,) = answer.get_json()["documents"]
    assert told["index_number"] == "500199002/2026-00001"
    assert told["published_on"] == "2026-03-02"
    assert told["validity"] == "有效"
    assert told["page"] == f"http://localhost{address(office, notice)}"


def test_addresses_for_outside_are_those_of_the_settings(
    office: Office, guest: Guest, notice: Matter
) -> None:
    site = "https://www.yunchuan.example.invalid"
    today = office.clock.instant.date()
    office.sets("publication.site", site, valid_from=today)
    (told,) = guest.gets("/documents.json").get_json()["documents"]
    assert told["page"] == f"{site}{address(office, notice)}"
