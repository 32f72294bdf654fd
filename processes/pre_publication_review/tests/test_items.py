"""保密审查: every paper and every item is judged by itself (保密法实施条例第42条)."""

import io
from datetime import date
from pathlib import Path

import pytest
from PIL import Image

from engine.errors import InvalidAnswers
from models.documents import PaperRole
from models.reviews import Opinion
from tests.office import Office, refused
from tests.reviewing import Desk, Sheet, at_the_desk


def at_first(office: Office, home: Path, *sheets: Sheet) -> Desk:
    """Let papers be at 保密初审."""
    desk = at_the_desk(office, home, *sheets)
    desk.passes(until="secrecy_first")
    return desk


def refusal(desk: Desk, outcome: str = "passed", **others: str) -> list[str]:
    """Return what 保密初审 is told, whatever the field."""
    with refused(InvalidAnswers) as invalid:
        desk.looks(desk.office.zhou, "secrecy_first", outcome, **others)
    return [each for said in invalid.value.errors.values() for each in said]


def test_no_item_is_left_out(office: Office, tmp_path: Path) -> None:
    desk = at_first(office, tmp_path)
    with refused(InvalidAnswers) as invalid:
        office.zhou.does(desk.matter, "secrecy_first", outcome="passed")
    assert [each for said in invalid.value.errors.values() for each in said] == [
        "正文的“国家秘密”还没有答",
        "正文的“工作秘密”还没有答",
        "正文的“商业秘密”还没有答",
        "正文的“个人隐私”还没有答",
        "正文的“其他敏感信息”还没有答",
        "正文的“对社会稳定的影响”还没有答",
    ]


def test_each_paper_is_judged_by_itself(office: Office, tmp_path: Path) -> None:
    list_of_names = Sheet(
        "附件1", "培训安排\n四月。\n", "附件.txt", PaperRole.ATTACHMENT
    )
    desk = at_first(office, tmp_path, Sheet("正文"), list_of_names)
    typed = desk.items("secrecy_first")
    with refused(InvalidAnswers) as invalid:
        office.zhou.does(
            desk.matter,
            "secrecy_first",
            outcome="passed",
            **dict(list(typed.items())[:6]),
        )
    said = [each for sentences in invalid.value.errors.values() for each in sentences]
    assert said == [
        "附件1的“国家秘密”还没有答",
        "附件1的“工作秘密”还没有答",
        "附件1的“商业秘密”还没有答",
        "附件1的“个人隐私”还没有答",
        "附件1的“其他敏感信息”还没有答",
        "附件1的“对社会稳定的影响”还没有答",
    ]


def test_what_is_concerned_says_how_it_was_handled(
    office: Office, tmp_path: Path
) -> None:
    desk = at_first(office, tmp_path)
    assert refusal(desk, privacy="involved") == [
        "个人隐私：写明涉及的内容怎么处理了，比如哪一处已经遮盖"
    ]
    desk.looks(
        office.zhou,
        "secrecy_first",
        privacy="involved",
        privacy__words="第5段手机号码已经遮盖。",
    )
    assert desk.waits_at == ["保密复审"]


def test_who_is_unsure_lets_nothing_pass(office: Office, tmp_path: Path) -> None:
    desk = at_first(office, tmp_path)
    assert refusal(desk, stability="unsure") == [
        "对社会稳定的影响：拿不准的不能通过，点“拿不准，报请确定”"
    ]


def test_only_who_is_unsure_asks_for_a_determination(
    office: Office, tmp_path: Path
) -> None:
    desk = at_first(office, tmp_path)
    assert refusal(desk, "unsure") == ["报请确定的，先把拿不准的那一项答为“拿不准”"]


@pytest.mark.parametrize("outcome", ["passed", "unsure", "returned"])
def test_a_state_secret_goes_no_further(
    office: Office, tmp_path: Path, outcome: str
) -> None:
    # 保守国家秘密法 Art 31(3).
    desk = at_first(office, tmp_path)
    assert "“国家秘密”答了“涉及”，只能点“按涉密处置”，不能再往下流转" in refusal(
        desk,
        outcome,
        state_secret="involved",
        work_secret="unsure",
        reason="secrecy",
        opinion="不能公开。",
    )


def test_each_answer_is_an_opinion_on_the_bytes_that_were_read(
    office: Office, tmp_path: Path
) -> None:
    desk = at_first(office, tmp_path)
    desk.looks(
        office.zhou,
        "secrecy_first",
        privacy="involved",
        privacy__words="第5段手机号码已经遮盖。",
        opinion="遮盖后可以公开。",
    )
    with office.engine.read() as work:
        copy = desk.copy(work)
        given = work.session.query(Opinion).order_by(Opinion.id).all()
        assert {(each.giver.name, each.version_id, each.sha256) for each in given} == {
            ("周砚", copy.id, copy.file.sha256)
        }
        assert [(each.aspect, each.outcome, each.text) for each in given] == [
            ("state_secret", "clear", ""),
            ("work_secret", "clear", ""),
            ("trade_secret", "clear", ""),
            ("privacy", "involved", "第5段手机号码已经遮盖。"),
            ("other_sensitive", "clear", ""),
            ("stability", "clear", ""),
            ("", "passed", "遮盖后可以公开。"),
        ]


def test_an_agency_has_its_own_list_but_never_without_state_secrets(
    office: Office, tmp_path: Path
) -> None:
    office.sets(
        "review.secrecy_items",
        [["minors", "未成年人信息", "姓名、照片"]],
        valid_from=date(2026, 3, 1),
        place="区政府办",
    )
    desk = at_first(office, tmp_path)
    assert refusal(desk, state_secret="", minors="") == [
        "正文的“国家秘密”还没有答",
        "正文的“未成年人信息”还没有答",
    ]


def test_what_nobody_could_read_is_looked_at(office: Office, tmp_path: Path) -> None:
    plan = Sheet("附件1", picture(), "平面图.png", PaperRole.ATTACHMENT)
    desk = at_first(office, tmp_path, Sheet("正文"), plan)
    typed = desk.items("secrecy_first")
    unread = [name for name in typed if name.endswith(".unread")]
    assert len(unread) == 1
    with refused(InvalidAnswers) as invalid:
        answers = {name: value for name, value in typed.items() if name not in unread}
        office.zhou.does(desk.matter, "secrecy_first", outcome="passed", **answers)
    assert invalid.value.errors == {unread[0]: ["附件1的“没有检查到的地方”还没有答"]}


def test_what_nobody_could_read_is_looked_at_by_who_makes_the_copies(
    office: Office, tmp_path: Path
) -> None:
    plan = Sheet("附件1", picture(), "平面图.png", PaperRole.ATTACHMENT)
    desk = at_the_desk(office, tmp_path, Sheet("正文"), plan)
    (finding,) = desk.found(1)
    assert finding.code == "unread"
    with refused(InvalidAnswers) as invalid:
        desk.prepares(office.lin, **desk.answers({"answer": "accept"}, n=1))
    assert list(invalid.value.errors.values()) == [["这一处不能这样处理，换一种"]]
    with refused(InvalidAnswers) as invalid:
        empty = {"answer": "explain", "explanation": ""}
        desk.prepares(office.lin, **desk.answers(empty, n=1))
    assert list(invalid.value.errors.values()) == [
        ["写明怎么查的、谁看过、有没有不能公开的内容"]
    ]


def picture() -> bytes:
    """A picture of our own, without words."""
    stream = io.BytesIO()
    Image.new("RGB", (60, 40), "white").save(stream, "PNG")
    return stream.getvalue()
