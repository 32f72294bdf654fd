"""手工遮盖: what a person took out does not come back with a later version."""

from pathlib import Path

import pytest

from engine.errors import InvalidAnswers
from models.documents import PaperRole
from models.reviews import Answer
from processes.pre_publication_review.tests.test_findings import HEAD, TAIL, again
from processes.registers import marks
from tests.engine.content import pdf_samples
from tests.engine.content.packages import png
from tests.office import Office, refused
from tests.reviewing import Desk, Sheet, at_the_desk

LINE = "联系人赵小满，四月十日前报名。\n"


def masked(office: Office, home: Path, *lines: str, what: str = "赵小满") -> Desk:
    """Let somebody mask some characters of a notice by hand and pass it on."""
    desk = at_the_desk(office, home, Sheet("正文", HEAD + "".join(lines) + TAIL))
    desk.prepares(office.lin, **desk.mark(what))
    return desk


def handed_in_anew(desk: Desk, office: Office, *lines: str) -> None:
    """Let the text come back with other lines."""
    again(desk, office, HEAD + "".join(lines) + TAIL)


def codes(desk: Desk) -> list[str]:
    """Return the kinds of the findings in their order."""
    return [finding.code for finding in desk.found()]


def said(desk: Desk) -> list[str]:
    """Return what is asked about earlier marks, with what was marked."""
    with desk.office.engine.read(desk.office.lin.id) as work:
        return [
            marks.words_of(work, work.session.merge(each))
            for each in desk.found()
            if each.code == "lost_mark"
        ]


@pytest.mark.parametrize(
    "line",
    [
        "培训两天。联系人赵小满，四月十日前报名。\n",
        "请找赵小满报名，四月二十日截止。\n",
        "赵小满\n",
    ],
    ids=["the same words", "other words", "alone"],
)
def test_a_mask_by_hand_stays_when_its_paragraph_was_written_anew(
    office: Office, tmp_path: Path, line: str
) -> None:
    desk = masked(office, tmp_path, LINE)
    handed_in_anew(desk, office, line)
    (finding,) = desk.found()
    assert (finding.code, finding.answer, finding.carried) == ("manual", "redact", True)
    desk.prepares(office.lin)
    assert line.strip().replace("赵小满", "×××") in desk.public_text()


def test_masks_stay_wherever_the_value_stood_before(
    office: Office, tmp_path: Path
) -> None:
    desk = at_the_desk(
        office, tmp_path, Sheet("正文", f"{HEAD}{LINE}报名找赵小满。\n{TAIL}")
    )
    first, second = desk.mark("赵小满"), desk.mark("找赵小满")
    start = second["marks.1"].replace("|2|", "|3|", 1)
    desk.prepares(office.lin, **first, **{"marks.2": start})
    handed_in_anew(desk, office, "请四月找赵小满。\n", "或者写信给赵小满。\n")
    assert codes(desk) == ["manual", "manual"]


def test_what_was_masked_and_is_not_found_any_more_is_asked_for(
    office: Office, tmp_path: Path
) -> None:
    desk = masked(office, tmp_path, LINE)
    handed_in_anew(desk, office, "联系人赵晓满，四月十日前报名。\n")
    (finding,) = desk.found()
    assert (finding.code, finding.answer) == ("lost_mark", None)
    assert finding.label == "上一版第 4 行"
    assert said(desk) == ["联系人【赵小满】，四月十日前报名。"]
    assert "赵" not in f"{finding.message}{finding.context}{finding.replacement}"


def test_what_stands_more_often_than_it_was_masked_is_asked_for(
    office: Office, tmp_path: Path
) -> None:
    desk = masked(office, tmp_path, LINE)
    handed_in_anew(desk, office, "请找赵小满报名。\n", "赵小满四月在岗。\n")
    assert codes(desk) == ["lost_mark"]


def test_nothing_is_submitted_before_it_is_answered(
    office: Office, tmp_path: Path
) -> None:
    desk = masked(office, tmp_path, LINE)
    handed_in_anew(desk, office, "四月十日前报名。\n")
    (finding,) = desk.found()
    with refused(InvalidAnswers) as invalid:
        desk.prepares(office.lin, **desk.answers(""))
    assert invalid.value.errors == {
        f"findings.{finding.public_id}.answer": ["上一版第 4 行：这一处还没有答复"]
    }
    desk.prepares(office.lin, **desk.answers("accept"))
    assert desk.waits_at == ["保密初审"]


def test_what_still_stands_there_is_not_said_to_be_gone(
    office: Office, tmp_path: Path
) -> None:
    desk = masked(office, tmp_path, LINE)
    handed_in_anew(desk, office, "请找赵小满报名。\n", "赵小满四月在岗。\n")
    with refused(InvalidAnswers) as invalid:
        desk.prepares(office.lin, **desk.answers("accept"))
    assert list(invalid.value.errors.values()) == [
        ["这一版里还有同样的内容，逐处标记遮盖，再答“已经重新遮盖”"]
    ]


def test_marked_again_is_answered_with_a_mark(office: Office, tmp_path: Path) -> None:
    desk = masked(office, tmp_path, LINE)
    handed_in_anew(desk, office, "联系人赵晓满，四月十日前报名。\n")
    with refused(InvalidAnswers) as invalid:
        desk.prepares(office.lin, **desk.answers("redact"))
    assert list(invalid.value.errors.values()) == [
        ["这一版里还没有新的手工遮盖，先在“原件”上标记，再答“已经重新遮盖”"]
    ]
    desk.prepares(office.lin, **desk.answers("redact"), **desk.mark("赵晓满"))
    assert "联系人×××，四月十日前报名。" in desk.public_text()


def test_marked_again_in_one_of_two_places_is_found_when_read_back(
    office: Office, tmp_path: Path
) -> None:
    desk = masked(office, tmp_path, LINE)
    handed_in_anew(desk, office, "请找赵小满报名。\n", "赵小满四月在岗。\n")
    with refused(InvalidAnswers) as invalid:
        desk.prepares(office.lin, **desk.answers("redact"), **desk.mark("赵小满"))
    (sentence,) = invalid.value.errors["findings"]
    assert sentence.startswith("正文：遮盖的内容在公开件里还找得到：")


def test_what_is_masked_no_more_has_a_reason(office: Office, tmp_path: Path) -> None:
    desk = masked(office, tmp_path, LINE)
    handed_in_anew(desk, office, "请找赵小满报名。\n", "赵小满四月在岗。\n")
    with refused(InvalidAnswers) as invalid:
        desk.prepares(office.lin, **desk.answers("explain"))
    assert list(invalid.value.errors.values()) == [["写明为什么不再遮盖"]]
    why = {"answer": "explain", "explanation": "窗口工作人员，对外公布。"}
    desk.prepares(office.lin, **desk.answers(why))
    assert "请找赵小满报名。" in desk.public_text()


def test_what_nobody_answered_is_asked_for_in_the_version_after(
    office: Office, tmp_path: Path
) -> None:
    desk = masked(office, tmp_path, LINE)
    handed_in_anew(desk, office, "四月十日前报名。\n")
    handed_in_anew(desk, office, "四月十五日前报名。\n")
    assert codes(desk) == ["lost_mark"]
    handed_in_anew(desk, office, "请找赵小满报名。\n")
    (finding,) = desk.found()
    assert (finding.code, finding.answer) == ("manual", Answer.REDACT)


def test_what_was_answered_is_not_asked_again(office: Office, tmp_path: Path) -> None:
    desk = masked(office, tmp_path, LINE)
    handed_in_anew(desk, office, "四月十日前报名。\n")
    desk.prepares(office.lin, **desk.answers("accept"))
    handed_in_anew(desk, office, "四月十五日前报名。\n")
    assert codes(desk) == []


def test_a_mask_that_was_taken_back_is_not_asked_for(
    office: Office, tmp_path: Path
) -> None:
    desk = masked(office, tmp_path, LINE)
    desk.looks(
        office.zhou,
        "secrecy_first",
        "returned",
        reason="too_much_redacted",
        opinion="联系人应当公开。",
    )
    desk.prepares(office.lin, **desk.answers("accept"))
    handed_in_anew(desk, office, "四月十日前报名。\n")
    assert codes(desk) == []


def test_one_character_is_found_again_only_between_the_same_words(
    office: Office, tmp_path: Path
) -> None:
    desk = masked(office, tmp_path, "联系人满先生。\n", what="满")
    handed_in_anew(desk, office, "报名名额满了为止。\n")
    assert codes(desk) == ["lost_mark"]


def test_what_was_marked_before_a_return_is_not_forgotten(
    office: Office, tmp_path: Path
) -> None:
    desk = at_the_desk(office, tmp_path, Sheet("正文", HEAD + LINE + TAIL))
    returned = {"outcome": "returned", "reason": "wording", "opinion": "正文要改。"}
    office.lin.does(desk.matter, "prepare_copy", **returned, **desk.mark("赵小满"))
    desk.sheets[0] = Sheet("正文", HEAD + "请找赵小满报名。\n" + TAIL)
    desk.hands_in(office.lin)
    (finding,) = desk.found()
    assert (finding.code, finding.carried) == ("manual", True)


#: A text with its number and date, as a typesetter makes it.
SET = pdf_samples.lines(
    ["关于公布培训安排的通知", "云府办发〔2026〕12号", "联系人赵小满。", "2026年3月2日"]
)


@pytest.mark.parametrize(
    ("data", "name", "expected"),
    [
        (f"{HEAD}请找赵小满报名。\n{TAIL}", "正文.txt", "manual"),
        (png(), "正文.png", "lost_mark"),
    ],
    ids=["as text", "as a picture"],
)
def test_a_mask_in_a_pdf_outlives_its_type(
    office: Office, tmp_path: Path, data: str | bytes, name: str, expected: str
) -> None:
    # In a picture nobody marks anything, and no program finds it again.
    desk = at_the_desk(office, tmp_path, Sheet("正文", SET, "正文.pdf"))
    desk.prepares(office.lin, **desk.mark("赵小满"))
    desk.looks(
        office.zhou, "secrecy_first", "returned", reason="wording", opinion="改一改。"
    )
    returned = {"outcome": "returned", "reason": "wording", "opinion": "正文要改。"}
    office.lin.does(desk.matter, "prepare_copy", **returned)
    desk.sheets[0] = Sheet("正文", data, name)
    desk.hands_in(office.lin)
    assert expected in codes(desk)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("获奖的有赵小满。\n", "manual"), ("获奖的有赵晓满。\n", "lost_mark")],
)
def test_a_mask_in_an_attachment_outlives_the_attachment(
    office: Office, tmp_path: Path, text: str, expected: str
) -> None:
    # An attachment that is handed in anew, by whatever name, is another paper.
    lists = Sheet("名单", "名单：赵小满。\n", "名单.txt", PaperRole.ATTACHMENT)
    desk = at_the_desk(office, tmp_path, Sheet("正文", HEAD + TAIL), lists)
    desk.prepares(office.lin, **desk.mark("赵小满", n=1))
    with office.engine.work() as work:
        desk.papers(work)[1].removed = True
    desk.sheets[1] = Sheet("名单（改）", text, "名单（改）.txt", PaperRole.ATTACHMENT)
    again(desk, office, HEAD + "四月培训。\n" + TAIL)
    assert [each.code for each in desk.found(2)] == [expected]
