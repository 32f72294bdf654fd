"""The search: what is found, by whom, in which order; the same on both databases."""

from pathlib import Path

import pytest
from sqlalchemy import select, text

from engine import search, search_index
from engine.search import Place, Wanted
from models.documents import PaperVersion
from models.search import SearchedCase, SearchEntry, SearchPassage
from models.workflow import Case
from processes.registers import papers
from tests.asking import IDENTITY, received, since
from tests.fixtures import Lived
from tests.office import Actor, Office

BRIDGE = """关于青云桥维修工程的通知

各街道办事处，区政府各部门：
青云桥自3月20日起封闭维修，公交12路改走滨河路。联系电话请看区住建局网站。
施工期间由云川路桥公司负责围挡，工期九十天。

云川区住房和城乡建设局
2026年3月2日
"""

TITLE = "关于青云桥维修工程的通知"


def live(office: Office) -> None:
    """Draft two documents in the office of the district."""
    office.lin.drafts(text=BRIDGE, title=TITLE)
    office.lin.drafts(title="关于做好防汛工作的通知")


@pytest.fixture
def lived() -> Lived:
    return live


def titles(actor: Actor, words: str, **more: str | int) -> list[str]:
    """Return the kinds and titles of what somebody finds."""
    wanted = Wanted(words, **more)  # type: ignore[arg-type] # as a table types them
    with actor.office.engine.read(actor.id) as work:
        found = search.find(work, wanted)
        assert search.count(work, wanted) == len(found.hits)
        return [f"{hit.entry.kind} {hit.entry.title}" for hit in found.hits]


BOTH = [f"document {TITLE}", f"matter {TITLE}"]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("青云桥", BOTH),
        ("桥维", BOTH),
        ("维修 青云", BOTH),
        ("滨河路", BOTH[:1]),
        ("滨河路 青云桥", BOTH[:1]),
        ("桥维修工程的", BOTH),
        ("围挡，工期", BOTH[:1]),
        ("１２路", BOTH[:1]),
        ("挡", BOTH[:1]),
        ("天", BOTH[:1]),
        ("河滨", []),
        ("青云桥 防汛", []),
        ("，。", []),
        ("", []),
        ("'", []),
        ('"青云桥" OR *', []),
        ("青云桥*", BOTH),
    ],
)
def test_what_is_found(office: Office, words: str, found: list[str]) -> None:
    assert sorted(titles(office.lin, words)) == sorted(found)


def test_the_hit_is_shown_in_its_context(office: Office) -> None:
    with office.engine.read(office.lin.id) as work:
        (hit,) = search.find(work, Wanted("滨河路")).hits
    assert [piece for piece, marked in hit.passage if marked] == ["滨河路"]
    assert hit.passage[0][0].startswith("青云桥自3月20日起封闭维修")


def test_a_title_comes_before_a_text(office: Office) -> None:
    office.clock.set("2026-03-03")
    office.lin.drafts(title="关于召开会议的通知", text=BRIDGE)
    found = titles(office.lin, "青云桥")
    assert found[:2] == [*BOTH] or found[:2] == BOTH[::-1]
    assert found[2:] == ["document 关于召开会议的通知"]


def test_a_number_comes_first(office: Office) -> None:
    with office.engine.read() as work:
        number = work.session.scalars(
            select(Case.number).where(Case.title == TITLE)
        ).one()
    assert titles(office.lin, number) == [f"matter {TITLE}"]
    assert titles(office.lin, number.replace("〔", "[").replace("〕", "]")) == [
        f"matter {TITLE}"
    ]


def test_filters_narrow(office: Office) -> None:
    assert titles(office.lin, "青云桥", kind="matter") == [f"matter {TITLE}"]
    assert titles(office.lin, "青云桥", year=2025) == []
    assert len(titles(office.lin, "青云桥", year=2026)) == 2
    assert titles(office.lin, "青云桥", process="information_request") == []


def test_nobody_finds_what_he_may_not_read(office: Office) -> None:
    stranger = office.add_stranger()
    for actor in (office.shen, office.tang, office.admin, stranger):
        assert titles(actor, "青云桥") == []
    with office.engine.read() as work:
        assert search.find(work, Wanted("青云桥")).hits == []


def test_pages_follow_one_another_without_gap(office: Office) -> None:
    for n in range(11):
        office.lin.drafts(title=f"第{n}号巡查通报")
    seen: list[int] = []
    after: Place | None = None
    with office.engine.read(office.lin.id) as work:
        while True:
            page = search.find(work, Wanted("巡查通报"), after)
            seen += [hit.entry.id for hit in page.hits]
            after = page.next
            if after is None:
                break
        assert len(seen) == len(set(seen)) == 22
        assert search.count(work, Wanted("巡查通报")) == 22


def test_a_new_title_replaces_the_old_one(office: Office) -> None:
    with office.lin.work() as work:
        case = work.session.scalars(select(Case).where(Case.title == TITLE)).one()
        case.title = "关于白鹭桥维修工程的通知"
        work.record(case, "case_renamed", "改了标题。")
    assert titles(office.lin, "白鹭桥") == ["matter 关于白鹭桥维修工程的通知"]
    assert titles(office.lin, "青云桥") == [f"document {TITLE}"]


def test_an_act_that_fails_leaves_the_search_as_it_was(office: Office) -> None:
    def renames_and_fails() -> None:
        with office.lin.work() as work:
            case = work.session.scalars(select(Case).where(Case.title == TITLE)).one()
            case.title = "白鹭桥"
            work.record(case, "case_renamed", "改了标题。")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        renames_and_fails()
    assert titles(office.lin, "白鹭桥") == []


def test_a_locked_paper_is_found_by_its_title_alone(office: Office) -> None:
    assert titles(office.lin, "滨河路") == [f"document {TITLE}"]
    with office.engine.work() as work:
        case = work.session.scalars(select(Case).where(Case.title == TITLE)).one()
        version = work.session.scalars(
            select(PaperVersion).where(PaperVersion.case_id == case.id)
        ).first()
        assert version is not None
        version.locked_at = work.now
        work.record(case, "locked", "封存。")
    assert titles(office.lin, "滨河路") == []
    assert len(titles(office.lin, "青云桥")) == 2


def test_what_is_a_work_secret_gives_no_text(office: Office) -> None:
    with office.engine.work() as work:
        case = work.session.scalars(select(Case).where(Case.title == TITLE)).one()
        case.label = "work_secret"
        work.record(case, "relabelled", "改为工作秘密。")
    assert titles(office.lin, "滨河路") == []


def test_opinions_are_found(office: Office) -> None:
    matter = office.lin.drafts(title="关于老旧小区改造的通知")
    step = matter.open_steps[0]
    person = office.usual_person(matter, step)
    person.returns(matter, step)
    with office.engine.read() as work:
        opinions = work.session.scalars(
            select(SearchEntry.title).where(SearchEntry.kind == "opinion")
        ).all()
    assert len(opinions) == 1


def test_the_job_fills_what_lacks_and_then_rests(office: Office) -> None:
    with office.engine.work() as work:
        for model in (SearchPassage, SearchEntry, SearchedCase):
            for row in work.session.scalars(select(model)):
                work.session.delete(row)
            work.session.flush()
    assert titles(office.lin, "青云桥") == []
    assert search_index.fill(office.engine) == 2
    assert len(titles(office.lin, "青云桥")) == 2
    assert search_index.fill(office.engine) == 0


PLANTED = (IDENTITY, "13800138000", "张晓明", "6222021234567894")


def test_personal_data_are_masked_in_the_index(office: Office) -> None:
    since(office, "2026-03-02")
    asked = received(office, "2026-03-02")
    with office.engine.work() as work:
        case = asked.case(work)
        case.title = (
            f"张晓明申请预算，证件{IDENTITY}，电话13800138000，卡号6222021234567894"
        )
        work.record(case, "case_renamed", "改了标题。")
    with office.engine.read() as work:
        said = [
            *work.session.scalars(select(SearchPassage.said)),
            *work.session.scalars(select(SearchEntry.title)),
        ]
        words = work.session.execute(
            text("SELECT CAST(words AS TEXT) FROM search_passage")
        ).scalars()
        everything = "\n".join([*said, *words])
    for value in PLANTED:
        assert value not in everything
    # The pairs of a value are not there one after the other either.
    for value in PLANTED[:3]:
        assert titles(office.wen, value) == []
    assert "申请预算" in everything


def test_the_database_files_hold_no_value_in_the_clear(
    office: Office, tmp_path: Path
) -> None:
    since(office, "2026-03-02")
    received(office, "2026-03-02")
    office.lin.drafts(
        title="关于联系方式的通知", text=f"办理人电话13800138000，证件{IDENTITY}。\n"
    )
    assert titles(office.lin, "办理人电话") == ["document 关于联系方式的通知"]
    office.engine.database.dispose()
    # PostgreSQL's files lie elsewhere; what it holds is read row by row above.
    everything = b"".join(
        path.read_bytes() for path in tmp_path.rglob("gongkai.db*") if path.is_file()
    )
    for value in PLANTED:
        assert value.encode() not in everything


def test_the_same_bytes_in_another_case_are_found_no_more(office: Office) -> None:
    other = office.lin.drafts(title="关于转发通知的函", text=BRIDGE)
    assert len(titles(office.lin, "滨河路")) == 2
    with office.engine.work() as work:
        papers.lock(work, other.case(work))
        work.touched.add(other.case(work).id)
    assert titles(office.lin, "滨河路") == []
