"""Five real notices, each published by its own issuer, through at least eight people.

They lie beside the project and stay there; what is typed here is the clerk's own.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path

import pytest
from opencc import OpenCC
from playwright.sync_api import Browser, expect

from engine import settings
from engine.office_plans import OfficePlan, read_office
from engine.offices import fill
from engine.work import Engine
from tests.journeys.acts import (
    PARTS,
    Answer,
    decides,
    downloads,
    drafts,
    explains,
    is_reviewed,
    lets_out,
    plans,
    reads,
)
from tests.journeys.conftest import ROOT, People, Server
from tests.office import PASSWORD

#: What the demonstration's placeholders do in each issuer's tree.
_LOGINS = {
    "drafter": "jia",
    "section": "yi",
    "secrecy": "bing",
    "disclosure": "ding",
    "head": "ji",
    "lawyer": "geng",
    "documents": "xin",
    "government": "zi",
    "justice": "gui",
}

TITLE = "政务公开工作要点"
POLICY = {"公文种类": "政策性文件"}

#: Opens the office of an issuer, by the name of its tree, on a day.
Opens = Callable[[str, str], People]


@pytest.fixture
def secrecy_levels() -> int:
    """How many people look for secrets one after the other."""
    return 2


@pytest.fixture
def opens(
    browser: Browser,
    run_server: Callable[[Callable[[Engine], None], str], Server],
    secrecy_levels: int,
) -> Iterator[Opens]:
    """Serves the tree of one issuer, on the day of its notice."""
    plan = read_office(ROOT / "config" / "demonstration" / "office.toml")
    with ExitStack() as offices:

        def open_office(name: str, day: str) -> People:
            (tree,) = [each for each in plan.roots if each.name == name]

            def prepare(engine: Engine) -> None:
                with engine.work() as work:
                    fill(work, OfficePlan((tree,)), lambda _login: PASSWORD)
                    settings.write(
                        work,
                        "review.secrecy_levels",
                        secrecy_levels,
                        valid_from=date.fromisoformat(day),
                        reason="本单位设定",
                        root_id=1,
                    )

            prefix = tree.people[0].login.partition(".")[0]
            names = {name: f"{prefix}.{login}" for name, login in _LOGINS.items()}
            people = People(browser, run_server(prepare, day), names)
            return offices.enter_context(people)

        yield open_office


def is_explained(
    office: People, says: dict[str, Answer] | None = None, **parts: str
) -> None:
    """Plan and material are written, another agency is asked, the head signs."""
    plans(office.drafter, TITLE, says)
    if (says or {}).get("解读时间") != "随后":
        explains(office.drafter, TITLE, parts)
    decides(office.justice, TITLE, "同意", "涉及我单位的内容准确。")
    decides(office.head, TITLE, "签发", "重点突出，同意。")


def goes_out(office: People, title: str, day: str, *, levels: int = 2) -> None:
    """What was signed is reviewed and let out on a day."""
    is_reviewed(office, title, levels=levels)
    lets_out(office.disclosure, title, day)


def last_sentence(file: Path) -> str:
    """Return the last line of a notice that ends as a sentence does."""
    lines = [line.strip() for line in file.read_text(encoding="utf-8").splitlines()]
    return next(line for line in reversed(lines) if line.endswith("。"))


def header(office: People) -> list[str]:
    """Return what stands in the head of the public page, without the labels."""
    return office.citizen.page.locator(".gk-header dd").all_inner_texts()


@pytest.mark.parametrize("database_kind", ["sqlite", "postgresql"])
def test_a_notice_keeps_its_own_number_and_leaves_its_web_page_behind(
    notices: Path, copy_of: Callable[[Path], Path], opens: Opens
) -> None:
    file = copy_of(next(notices.glob("001_*.txt")))
    office = opens("吴忠市利通区", "2020-09-21")
    brought = {
        "签发情况": "以前签发，现在补录",
        "文号": "吴利政办发〔2020〕60号",
        "索引号": "640302001/2020-00325",
        "生成日期": "2020-09-21",
        "成文日期": "2020-09-17",
    }
    drafts(office.drafter, file, TITLE, {**POLICY, **brought})
    decides(office.section, TITLE, "同意", "内容属实，公开属性准确。")
    is_explained(office, {"征求意见的单位": ["利通区司法局"]})
    decides(office.head, TITLE, "签发", "同意。")
    decides(office.documents, TITLE, "已用印", "核对无误，已用印。")
    goes_out(office, TITLE, "2020-09-21")

    reads(office.citizen, TITLE)
    assert header(office)[:4] == [
        *("640302001/2020-00325", "吴利政办发〔2020〕60号"),
        *("2020年9月21日", "2020年9月17日"),
    ]
    page = office.citizen.page
    expect(page.get_by_text(last_sentence(file))).to_be_visible()
    expect(page.get_by_text("当前位置").or_(page.get_by_text("宁ICP备"))).to_have_count(
        0
    )
    page.get_by_role("link", name="政策解读").click()
    expect(page.get_by_text(PARTS["目标任务"])).to_be_visible()
    assert len(office.who_came) == 8


@pytest.mark.parametrize("database_kind", ["sqlite"])
def test_a_normative_document_passes_its_legality_review_before_it_is_signed(
    notices: Path, copy_of: Callable[[Path], Path], opens: Opens
) -> None:
    file = copy_of(next(notices.glob("000_*.txt")))
    office = opens("重庆市江津区", "2019-09-20")
    drafts(office.drafter, file, TITLE, {"公文种类": "行政规范性文件"})
    decides(office.section, TITLE, "同意", "内容属实，公开属性准确。")
    decides(office.lawyer, TITLE, "审核合法", "主体、权限、程序、内容合法。")
    is_explained(
        office,
        {"征求意见的单位": ["江津区司法局"]},
        惠民利民举措="办事材料网上能查到，不用多跑。",
        新旧差异="今年新增的任务逐条标明。",
    )
    decides(office.head, TITLE, "签发", "同意。")
    decides(office.documents, TITLE, "已用印", "核对无误，已用印。")
    goes_out(office, TITLE, "2019-09-20")

    reads(office.citizen, TITLE)
    assert header(office)[:4] == [
        *("500116002/2019-00001", "江津府办发〔2019〕1号"),
        *("2019年9月20日", "2019年9月20日"),
    ]
    page = office.citizen.page
    expect(page.get_by_text(last_sentence(file))).to_be_visible()
    page.get_by_role("link", name="政策解读").click()
    expect(page.get_by_text("今年新增的任务逐条标明。")).to_be_visible()
    assert len(office.who_came) == 8


@pytest.mark.parametrize("database_kind", ["postgresql"])
def test_a_draft_for_the_government_is_checked_by_its_office_and_signed_by_its_head(
    notices: Path, copy_of: Callable[[Path], Path], opens: Opens
) -> None:
    file = copy_of(next(notices.glob("002_*.txt")))
    office = opens("济南市天桥区", "2019-06-28")
    drafts(
        office.drafter,
        file,
        TITLE,
        {**POLICY, "发文机关": "济南市天桥区人民政府（代拟稿）"},
    )
    decides(office.section, TITLE, "同意", "内容属实，公开属性准确。")
    plans(office.drafter, TITLE)
    explains(office.drafter, TITLE)
    decides(office.head, TITLE, "签发", "重点突出，同意。")
    decides(office.documents, TITLE, "核稿通过", "核稿无误，报请签发。")
    decides(office.government, TITLE, "签发", "同意发。")
    decides(office.documents, TITLE, "已用印", "核对无误，已用印。")
    goes_out(office, TITLE, "2019-06-28")

    reads(office.citizen, TITLE)
    assert header(office)[:2] == ["370105001/2019-00001", "济天政发〔2019〕1号"]
    page = office.citizen.page
    expect(page.get_by_text(last_sentence(file))).to_be_visible()
    expect(page.get_by_text("_GoBack")).to_have_count(0)
    expect(page.get_by_role("link", name="政策解读")).to_be_visible()
    assert len(office.who_came) == 8


#: A pronunciation that a converter wrote behind a character.
_PINYIN = re.compile(r"[（(][a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]+[)）]")


@pytest.mark.parametrize("secrecy_levels", [3])
@pytest.mark.parametrize("database_kind", ["sqlite"])
def test_a_garbled_notice_is_repaired_place_by_place(
    notices: Path, copy_of: Callable[[Path], Path], opens: Opens
) -> None:
    file = copy_of(next(notices.glob("003_*.txt")))
    garbled = file.read_text(encoding="utf-8")
    assert len(_PINYIN.findall(garbled)) > 500
    office = opens("重庆市", "2016-06-28")
    drafts(office.drafter, file, TITLE, POLICY)
    decides(office.section, TITLE, "同意", "内容属实，公开属性准确。")
    is_explained(office, {"征求意见的单位": ["市司法局"]})
    decides(office.head, TITLE, "签发", "同意。")
    decides(office.documents, TITLE, "已用印", "核对无误，已用印。")
    goes_out(office, TITLE, "2016-06-28", levels=3)

    reads(office.citizen, TITLE)
    public = downloads(office.citizen, "下载正文").decode("utf-8")
    assert _PINYIN.findall(public) == []
    assert OpenCC("t2s").convert(public) == public
    assert "（此件公开发布)" in public
    assert "2016年重庆市政务公开工作要点" in public
    assert len(office.who_came) == 8


@pytest.mark.parametrize("database_kind", ["postgresql"])
def test_what_explains_a_notice_may_follow_within_three_working_days(
    notices: Path, copy_of: Callable[[Path], Path], opens: Opens
) -> None:
    file = copy_of(next(notices.glob("004_*.txt")))
    office = opens("重庆市南岸区", "2017-07-05")
    drafts(office.drafter, file, TITLE, POLICY)
    decides(office.section, TITLE, "同意", "内容属实，公开属性准确。")
    is_explained(office, {"解读时间": "随后", "征求意见的单位": ["南岸区司法局"]})
    decides(office.head, TITLE, "签发", "同意。")
    decides(office.documents, TITLE, "已用印", "核对无误，已用印。")
    goes_out(office, TITLE, "2017-07-05")

    reads(office.citizen, TITLE)
    page = office.citizen.page
    expect(page.get_by_text(last_sentence(file))).to_be_visible()
    expect(page.get_by_role("link", name="政策解读")).to_have_count(0)
    later = f"《{TITLE}》政策解读"
    explains(office.drafter, later)
    decides(office.justice, later, "同意", "涉及我单位的内容准确。")
    decides(office.head, later, "签发", "重点突出，同意。")
    goes_out(office, later, "2017-07-05")
    office.citizen.waits_until_shown("/", "有解读 1 篇")
    assert len(office.who_came) == 8
