"""规范性文件专栏: what is in force, and what was amended, expired or repealed."""

import re

import pytest

from processes.publication.tests.published import document, publishes
from tests.office import Matter, Office
from tests.web.conftest import Guest

TITLE = "云川区公共停车场管理办法"
REPEALED = {"kind": "validity", "validity": "repealed", "since": "2026-03-09"}


@pytest.fixture
def rules(office: Office) -> Matter:
    """A normative document that was published on Monday, 2 March 2026."""
    return publishes(office, title=TITLE, kind="normative")


def standings(guest: Guest) -> dict[str, int]:
    """Return how many the column counts, by what has become of them."""
    text = guest.gets("/normative").get_data(as_text=True)
    counted = re.findall(r"<b>(\d+)</b><span>(.*?)</span>", text)
    return {name: int(number) for number, name in counted}


def test_the_column_counts_what_is_in_force_and_leads_to_it(
    guest: Guest, rules: Matter
) -> None:
    del rules
    assert standings(guest) == {"有效": 1, "已修改": 0, "失效": 0, "废止": 0}
    listed = guest.gets("/?kind=normative&validity=in_force").get_data(as_text=True)
    assert TITLE in listed


def test_other_documents_are_not_in_the_column(office: Office, guest: Guest) -> None:
    publishes(office)
    assert standings(guest) == {"有效": 0, "已修改": 0, "失效": 0, "废止": 0}
    assert "没有符合这些条件的信息" in guest.gets("/?kind=normative").get_data(
        as_text=True
    )


def test_a_repeal_stands_in_the_column_with_its_day_and_reason(
    office: Office, guest: Guest, rules: Matter
) -> None:
    office.clock.set("2026-03-09")
    matter = office.lin.asks_to_change(
        document(office, rules).public_id, reason="由新的办法代替。", **REPEALED
    )
    office.brings(matter, "approve_change")
    office.liang.does(
        matter, "approve_change", outcome="approved", publish_on="2026-03-09"
    )
    office.fires()
    assert standings(guest) == {"有效": 0, "已修改": 0, "失效": 0, "废止": 1}
    page = guest.gets("/normative").get_data(as_text=True)
    told = " ".join(re.sub(r"<[^>]+>", " ", page).split())
    assert TITLE in told
    assert "废止 自 2026年3月9日 起 由新的办法代替。" in told


def test_the_column_has_a_feed_of_its_own(
    office: Office, guest: Guest, rules: Matter
) -> None:
    del rules
    publishes(office, title="关于培训的通知")
    feed = guest.gets("/feed.xml?kind=normative").get_data(as_text=True)
    assert "最新公开的行政规范性文件" in feed
    assert TITLE in feed
    assert "关于培训的通知" not in feed
    assert "关于培训的通知" in guest.gets("/feed.xml").get_data(as_text=True)
