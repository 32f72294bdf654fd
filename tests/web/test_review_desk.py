"""The review desk: texts with findings in place, items one by one, what is known."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.content.blocks import Block, Cut
from models.documents import PaperRole
from processes.pre_publication_review.tests.test_findings import again
from tests.office import Office
from tests.reviewing import Desk, Sheet, at_the_desk
from tests.web.conftest import Guest
from web.office.review_desk import Grid, Line, Spot, in_the_copy, line, shown

LogIn = Callable[[str], Guest]

MOBILE = "13900001234"
NOTICE = Sheet(
    "正文",
    "云川区人民政府办公室关于公布培训安排的通知\n云府办发〔2026〕12号\n\n"
    f"报名手机{MOBILE}，联系人赵小满。\n"
    "云川区人民政府办公室\n2026年3月2日\n",
)
NAMES = Sheet(
    "附件1", "参训单位\n青石镇、白鹭街道。\n", "名单.txt", PaperRole.ATTACHMENT
)


def at(office: Office, home: Path, step: str, *sheets: Sheet) -> Desk:
    """Let papers be at a step."""
    desk = at_the_desk(office, home, *(sheets or (NOTICE,)))
    desk.passes(until=step)
    return desk


def page(desk: Desk, guest: Guest, step: str) -> str:
    """Open a step's page, claimed."""
    path = address(desk, step)
    guest.posts(f"{path}/claim")
    return guest.gets(path).get_data(as_text=True)


def address(desk: Desk, step: str) -> str:
    """Return where a step's page is."""
    with desk.office.engine.read() as work:
        return f"/office/tasks/{desk.matter.open_task(work, step).public_id}"


def test_a_finding_stands_in_its_place_and_leads_to_its_card(
    office: Office, tmp_path: Path, logged_in: LogIn
) -> None:
    desk = at(office, tmp_path, "prepare_copy")
    (finding,) = desk.found()
    seen = page(desk, logged_in("lin"), "prepare_copy")
    spot = re.search(
        rf'<a class="gk-spot[^>]*href="#card-{finding.public_id}"[^>]*>(.*?)</a>', seen
    )
    assert spot is not None
    assert spot[1] == MOBILE
    assert f'id="card-{finding.public_id}"' in seen
    assert f'href="#mark-{finding.public_id}"' in seen


def test_who_reviews_reads_the_copy_first(
    office: Office, tmp_path: Path, logged_in: LogIn
) -> None:
    desk = at(office, tmp_path, "secrecy_first")
    seen = page(desk, logged_in("zhou"), "secrecy_first")
    copy, _, original = seen.partition('data-view="original"')
    assert "139****1234" in copy
    assert MOBILE not in copy
    assert MOBILE in original


@pytest.mark.parametrize(
    ("login", "step"),
    [("zhou", "secrecy_first"), ("peng", "content_review")],
)
def test_no_item_is_answered_beforehand_and_none_for_all(
    office: Office, tmp_path: Path, logged_in: LogIn, login: str, step: str
) -> None:
    desk = at(office, tmp_path, step, NOTICE, NAMES)
    seen = page(desk, logged_in(login), step)
    items = re.findall(r'<input type="radio" name="(?:items|checks)[^>]*>', seen)
    assert len(items) == {"secrecy_first": 36, "content_review": 36}[step]
    assert not [each for each in items if "checked" in each]
    assert "全选" not in seen


def test_what_was_answered_survives_a_refusal_and_what_is_missing_is_said(
    office: Office, tmp_path: Path, logged_in: LogIn
) -> None:
    desk = at(office, tmp_path, "secrecy_first")
    zhou = logged_in("zhou")
    page(desk, zhou, "secrecy_first")
    typed = desk.items("secrecy_first", privacy="involved", stability="")
    refused = zhou.posts(
        f"{address(desk, 'secrecy_first')}/complete",
        outcome="passed",
        revision="2",
        **typed,
    )
    seen = refused.get_data(as_text=True)
    assert refused.status_code == 422
    missing = next(iter(typed)).rpartition(".")[0]
    assert (
        f'<a href="#field-{missing}.stability">正文的“对社会稳定的影响”还没有答</a>'
        in seen
    )
    assert f'id="field-{missing}.privacy.words"' in seen
    assert seen.count('value="clear" checked') == 4
    assert seen.count('value="involved" checked') == 1


def test_a_reviewer_sees_what_changed_since_the_last_opinion(
    office: Office, tmp_path: Path, logged_in: LogIn
) -> None:
    desk = at(office, tmp_path, "secrecy_second")
    desk.looks(
        office.gao,
        "secrecy_second",
        "returned",
        reason="not_redacted",
        opinion="联系人姓名也遮盖。",
    )
    seen = page(desk, logged_in("lin"), "prepare_copy")
    assert "保密复审退回，高远航：还有要遮盖的没有遮盖" in seen
    assert "联系人姓名也遮盖。" in seen
    desk.prepares(office.lin, **desk.mark("赵小满"))
    desk.looks(office.zhou, "secrecy_first")
    seen = page(desk, logged_in("gao"), "secrecy_second")
    assert "和您今天 10:00看的相比，改了 1 处" in seen
    assert '<del><span class="visually-hidden">删去：</span>赵小满</del>' in seen
    assert '<ins><span class="visually-hidden">增加：</span>×××</ins>' in seen


def test_a_reviewer_of_the_same_copy_is_told_so(
    office: Office, tmp_path: Path, logged_in: LogIn
) -> None:
    desk = at(office, tmp_path, "secrecy_second")
    desk.looks(
        office.gao, "secrecy_second", "returned", reason="other", opinion="再看看。"
    )
    desk.passes(until="secrecy_second")
    seen = page(desk, logged_in("gao"), "secrecy_second")
    assert "和您今天 10:00看的是同一份，没有改动" in seen
    assert "初审 周砚：不涉及；复审 高远航：不涉及" in seen


def test_the_cited_articles_are_beside_the_text(
    office: Office, tmp_path: Path, logged_in: LogIn
) -> None:
    desk = at(office, tmp_path, "content_review")
    seen = page(desk, logged_in("peng"), "content_review")
    assert "《政府信息公开条例》第11条" in seen
    assert "行政机关公开政府信息涉及其他机关的，应当与有关机关协商、确认" in seen


def test_what_is_missing_is_explained_and_not_kept(
    office: Office, tmp_path: Path, logged_in: LogIn
) -> None:
    text = "云川区人民政府办公室关于公布培训安排的通知\n云府办发〔2026〕12号\n\n"
    undated = Sheet("正文", f"{text}四月举办培训。\n云川区人民政府办公室\n")
    desk = at(office, tmp_path, "prepare_copy", undated)
    seen = page(desk, logged_in("lin"), "prepare_copy")
    _, _, card = seen.partition("没有日期")
    assert "<span>说明</span>" in card
    assert "保留并说明" not in card


def test_what_was_masked_by_hand_and_is_not_found_any_more_is_shown(
    office: Office, tmp_path: Path, logged_in: LogIn
) -> None:
    desk = at_the_desk(office, tmp_path, NOTICE)
    desk.prepares(office.lin, **desk.answers("redact"), **desk.mark("赵小满"))
    changed = str(NOTICE.data).replace("赵小满", "钱晓")
    again(desk, office, changed)
    seen = page(desk, logged_in("lin"), "prepare_copy")
    _, _, card = seen.partition("上一版里手工遮盖、这一版没有找到的内容")
    assert "，联系人【赵小满】。" in card
    for words in ("这一版里没有了", "已经重新遮盖", "不再遮盖"):
        assert f"<span>{words}</span>" in card


@pytest.mark.parametrize(
    ("day", "hour", "words"),
    [
        # The case was stopped on Monday at 10:00; the weekend and nights count.
        ("2026-03-02", "10:00", "明天 10:00 前"),
        ("2026-03-03", "09:00", "今天 10:00 前"),
        ("2026-03-03", "10:20", "刚刚逾期"),
        ("2026-03-04", "11:00", "逾期 25 小时"),
    ],
)
def test_a_limit_in_hours_is_shown_by_the_hour(
    office: Office, tmp_path: Path, logged_in: LogIn, day: str, hour: str, words: str
) -> None:
    # 保守国家秘密法实施条例 Art 61: within 24 hours.
    desk = at_the_desk(office, tmp_path)
    office.lin.does(desk.matter, "prepare_copy", outcome="stopped")
    gao = logged_in("gao")
    office.clock.set(day, hour)
    listed = gao.gets("/office/unclaimed").get_data(as_text=True)
    assert f"<span>{words}</span>" in listed
    assert f"<span>{words}</span>" in page(desk, gao, "report_secret")
    with office.engine.read() as work:
        case = desk.matter.case(work).public_id
    whole = gao.gets(f"/office/cases/{case}").get_data(as_text=True)
    assert f"<b>{words}</b></span>" in whole
    assert "昼夜连续计算，节假日不停" in whole


def test_earlier_decisions_alike_are_shown(
    office: Office, tmp_path: Path, logged_in: LogIn
) -> None:
    earlier = at_the_desk(office, tmp_path, NOTICE)
    why = {"answer": "explain", "explanation": "值班手机，对外公布。"}
    earlier.prepares(office.lin, **earlier.answers(why))
    desk = at(office, tmp_path, "prepare_copy")
    seen = page(desk, logged_in("lin"), "prepare_copy")
    assert "本单位以前怎么处理这类问题" in seen
    assert "<b>手机号码</b>　保留并说明　<q>值班手机，对外公布。</q>" in seen


def test_what_was_found_concerned_before_is_shown_to_who_reviews(
    office: Office, tmp_path: Path, logged_in: LogIn
) -> None:
    earlier = at(office, tmp_path, "secrecy_first")
    earlier.looks(
        office.zhou,
        "secrecy_first",
        privacy="involved",
        privacy__words="第3段手机号码已经遮盖。",
    )
    desk = at(office, tmp_path, "secrecy_first")
    seen = page(desk, logged_in("zhou"), "secrecy_first")
    assert "<b>个人隐私</b>　涉及　<q>第3段手机号码已经遮盖。</q>" in seen


def test_a_decision_in_a_case_that_one_may_not_read_is_not_shown(
    office: Office, tmp_path: Path, logged_in: LogIn
) -> None:
    earlier = at_the_desk(office, tmp_path, NOTICE)
    earlier.passes(until="secrecy_first")
    desk = at(office, tmp_path, "content_review")
    # The earlier case has not reached the lawyer.
    seen = page(desk, logged_in("peng"), "content_review")
    assert "本单位以前怎么处理这类问题" not in seen


def test_a_stopped_case_shows_no_text_and_says_what_to_do(
    office: Office, tmp_path: Path, logged_in: LogIn
) -> None:
    desk = at(office, tmp_path, "secrecy_second")
    desk.looks(office.gao, "secrecy_second", "stopped", state_secret="involved")
    seen = page(desk, logged_in("gao"), "report_secret")
    assert "涉嫌国家秘密，文件已经封存" in seen
    assert "不要转发、复制、拍照" in seen
    assert "保守国家秘密法第31条第3项" in seen
    assert "赵小满" not in seen
    assert MOBILE not in seen


def test_a_suspected_mark_is_told_by_its_place_alone(
    office: Office, tmp_path: Path, logged_in: LogIn
) -> None:
    marked = Sheet("正文", "机密★1年\n关于某项工作的通知\n四月开展工作。\n")
    desk = at_the_desk(office, tmp_path, marked)
    seen = page(desk, logged_in("gao"), "judge_secret_mark")
    assert "检查发现像密级标志的文字，文件已经封存" in seen
    assert "四月开展工作" not in seen
    assert re.search(r"<li>正文　[^<]*第 1 ", seen)


def test_a_locked_file_is_not_downloaded(
    office: Office, tmp_path: Path, logged_in: LogIn
) -> None:
    desk = at(office, tmp_path, "secrecy_first")
    with office.engine.read() as work:
        file = desk.version(work).file.public_id
    zhou = logged_in("zhou")
    assert zhou.gets(f"/office/files/{file}").status_code == 200
    desk.looks(office.zhou, "secrecy_first", "stopped", state_secret="involved")
    assert zhou.gets(f"/office/files/{file}").status_code == 403


SPOTS = st.lists(
    st.tuples(st.integers(0, 30), st.integers(0, 12)).map(
        lambda pair: Spot("id", 1, "line/1", pair[0], sum(pair), "open")
    ),
    max_size=8,
)


@given(st.text(min_size=1, max_size=30), SPOTS)
def test_a_line_cut_into_segments_is_still_the_line(
    text: str, spots: list[Spot]
) -> None:
    found = line(Block("line/1", "第 1 行", text), spots, "mark")
    assert "".join(each.text for each in found.segments) == text


def test_findings_that_overlap_are_both_in_the_segment_they_share() -> None:
    first = Spot("a", 1, "line/1", 0, 4, "open")
    second = Spot("b", 2, "line/1", 2, 6, "open")
    found = line(Block("line/1", "第 1 行", "云川区政务公"), [first, second], "mark")
    said = [(each.text, [spot.id for spot in each.spots]) for each in found.segments]
    assert said == [("云川", ["a"]), ("区政", ["a", "b"]), ("务公", ["b"])]


ORIGINAL = Block("line/1", "第 1 行", "手机13900001234，联系人赵小满")
CUT = Cut("line/1", 2, 13, "139****1234")


def test_a_finding_stands_in_the_copy_behind_what_was_cut_before_it() -> None:
    name = Spot("a", 1, "line/1", 17, 20, "kept")
    shorter = Cut("line/1", 2, 13, "×××")
    copy = Block("line/1", "第 1 行", "手机×××，联系人赵小满")
    (moved,) = in_the_copy([ORIGINAL], [copy], [shorter], [name])
    assert copy.text[moved.start : moved.end] == "赵小满"


def test_what_was_cut_is_marked_where_its_replacement_stands() -> None:
    number = Spot("a", 1, "line/1", 2, 13, "kept")
    copy = Block("line/1", "第 1 行", "手机139****1234，联系人赵小满")
    (moved,) = in_the_copy([ORIGINAL], [copy], [CUT], [number])
    assert (copy.text[moved.start : moved.end], moved.state) == ("139****1234", "cut")


def test_a_copy_that_says_something_else_is_shown_without_marks() -> None:
    number = Spot("a", 1, "line/1", 2, 13, "kept")
    other = Block("line/1", "第 1 行", "手机：无")
    assert in_the_copy([ORIGINAL], [other], [CUT], [number]) == []


def test_a_text_longer_than_a_page_says_that_it_goes_on() -> None:
    lines = [Block(f"line/{n}", "", "一段") for n in range(3002)]
    found = shown(lines, [], "mark")
    assert len(found) == 3001
    last = found[-1]
    assert isinstance(last, Line)
    assert last.segments[0].text == "还有 2 段没有显示，打开文件看。"


def test_cells_stand_as_a_table() -> None:
    cells = [
        Block(f"sheet/1/{place}", place, text, "cell")
        for place, text in (
            ("A1", "单位"),
            ("B1", "手机"),
            ("A2", "青石镇"),
            ("B2", "1"),
        )
    ]
    (grid,) = shown(cells, [], "mark")
    assert isinstance(grid, Grid)
    texts = [
        [
            segment.text
            for cell in row
            for each in cell.lines
            for segment in each.segments
        ]
        for row in grid.rows
    ]
    assert texts == [["单位", "手机"], ["青石镇", "1"]]
    assert isinstance(shown([ORIGINAL], [], "mark")[0], Line)
