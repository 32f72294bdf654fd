"""制作公开件: every finding is answered, and what was taken out is nowhere left."""

from pathlib import Path

import pytest

from engine.errors import InvalidAnswers
from models.reviews import Answer
from processes.registers import findings
from tests.office import Office, refused
from tests.reviewing import Desk, Sheet, at_the_desk

HEAD = "云川区人民政府办公室关于公布2026年培训安排的通知\n云府办发〔2026〕12号\n\n"
TAIL = "云川区人民政府办公室\n2026年3月2日\n"
#: Invented: no such person, telephone or card; the check digits are right.
IDENTITY, MOBILE, CARD = "500199199003072314", "13900001234", "6222020200112230004"

TELEPHONE = f"报名联系手机{MOBILE}，四月十日前报名。\n"


def at_hand(office: Office, home: Path, *lines: str) -> Desk:
    """Let a notice with these lines be at 制作公开件."""
    return at_the_desk(office, home, Sheet("正文", HEAD + "".join(lines) + TAIL))


def codes(desk: Desk) -> list[str]:
    """Return the kinds of the findings in their order."""
    return [finding.code for finding in desk.found()]


def test_a_notice_in_order_has_no_findings(office: Office, tmp_path: Path) -> None:
    desk = at_hand(office, tmp_path, "四月举办培训。\n")
    assert codes(desk) == []


def test_personal_data_are_found_with_their_place(
    office: Office, tmp_path: Path
) -> None:
    desk = at_hand(
        office,
        tmp_path,
        TELEPHONE,
        f"经办人身份证号码{IDENTITY}，补贴发至银行卡{CARD}。\n",
    )
    assert codes(desk) == ["mobile_phone", "identity_number", "bank_card"]
    stored = "".join(f"{row.label}{row.message}{row.context}" for row in desk.found())
    assert not [value for value in (IDENTITY, MOBILE, CARD) if value in stored]


def test_no_finding_is_left_without_an_answer(office: Office, tmp_path: Path) -> None:
    desk = at_hand(office, tmp_path, TELEPHONE)
    (finding,) = desk.found()
    with refused(InvalidAnswers) as invalid:
        desk.prepares(office.lin, **desk.answers(""))
    assert invalid.value.errors == {
        f"findings.{finding.public_id}.answer": [f"{finding.label}：这一处还没有答复"]
    }


def test_what_is_masked_is_not_in_the_copy(office: Office, tmp_path: Path) -> None:
    desk = at_hand(office, tmp_path, TELEPHONE)
    desk.prepares(office.lin, **desk.answers("redact"))
    assert "报名联系手机139****1234，" in desk.public_text()
    assert MOBILE not in desk.public_text()


def test_personal_data_do_not_stay_without_a_reason(
    office: Office, tmp_path: Path
) -> None:
    # 个人信息保护法 Art 25.
    desk = at_hand(office, tmp_path, TELEPHONE)
    with refused(InvalidAnswers) as invalid:
        desk.prepares(office.lin, **desk.answers("accept"))
    assert list(invalid.value.errors.values()) == [["这一处不能这样处理，换一种"]]
    with refused(InvalidAnswers) as invalid:
        desk.prepares(office.lin, **desk.answers("explain"))
    assert list(invalid.value.errors.values()) == [
        ["写明保留的理由，或者选一种依法可以保留的情形"]
    ]


def test_personal_data_stay_for_a_reason_in_words(
    office: Office, tmp_path: Path
) -> None:
    desk = at_hand(office, tmp_path, TELEPHONE)
    why = {"answer": "explain", "explanation": "值班手机，对外公布。"}
    desk.prepares(office.lin, **desk.answers(why))
    assert MOBILE in desk.public_text()
    (finding,) = desk.found()
    assert (finding.answer, finding.explanation) == (
        Answer.EXPLAIN,
        "值班手机，对外公布。",
    )


LANDLINE = "咨询电话023-60001234。\n"


def test_an_office_telephone_stays_by_its_exception(
    office: Office, tmp_path: Path
) -> None:
    desk = at_hand(office, tmp_path, LANDLINE)
    why = {"answer": "explain", "exception": "public_contact"}
    desk.prepares(office.lin, **desk.answers(why))
    assert "023-60001234" in desk.public_text()


def test_an_exception_excuses_only_its_own_kind(office: Office, tmp_path: Path) -> None:
    # 惩戒性公示 does not reach a private telephone.
    desk = at_hand(office, tmp_path, TELEPHONE)
    why = {
        "answer": "explain",
        "exception": "punitive_publication",
        "explanation": "公示需要。",
    }
    (finding,) = desk.found()
    with refused(InvalidAnswers) as invalid:
        desk.prepares(office.lin, **desk.answers(why))
    assert invalid.value.errors == {
        f"findings.{finding.public_id}.exception": [
            "这种情形不适用于这一处，换一种或者写明理由"
        ]
    }


def test_a_correction_is_proposed_and_confirmed(office: Office, tmp_path: Path) -> None:
    desk = at_hand(office, tmp_path, "會議定於四月舉辦，請各單位準時參加。\n")
    assert codes(desk) == ["traditional_characters"]
    desk.prepares(office.lin, **desk.answers("repair"))
    assert "会议定于四月举办，请各单位准时参加。" in desk.public_text()


def test_a_correction_may_be_edited(office: Office, tmp_path: Path) -> None:
    desk = at_hand(office, tmp_path, "會議定於四月舉辦，請各單位準時參加。\n")
    edited = {"answer": "repair", "replacement": "会议四月举行"}
    desk.prepares(office.lin, **desk.answers(edited))
    assert "会议四月举行" in desk.public_text()


def test_lost_characters_are_typed_and_not_guessed(
    office: Office, tmp_path: Path
) -> None:
    desk = at_hand(office, tmp_path, "请各单位锟斤拷锟斤拷报名。\n")
    (finding,) = desk.found()
    assert "□" in finding.replacement
    with refused(InvalidAnswers) as invalid:
        desk.prepares(office.lin, **desk.answers("repair"))
    assert invalid.value.errors == {
        f"findings.{finding.public_id}.replacement": [
            "还有丢失的字没有补上，对照原件把□换成原来的字"
        ]
    }
    typed = {"answer": "repair", "replacement": "按时"}
    desk.prepares(office.lin, **desk.answers(typed))
    assert "请各单位按时报名。" in desk.public_text()


def test_any_further_stretch_is_taken_out_by_hand(
    office: Office, tmp_path: Path
) -> None:
    desk = at_hand(office, tmp_path, "联系人赵小满。\n")
    desk.prepares(office.lin, **desk.mark("赵小满"))
    assert "联系人×××。" in desk.public_text()
    (finding,) = desk.found()
    assert (finding.code, finding.reason) == ("manual", "privacy")
    assert "赵小满" not in f"{finding.message}{finding.context}{finding.replacement}"


def test_a_mark_has_a_reason_from_the_list(office: Office, tmp_path: Path) -> None:
    desk = at_hand(office, tmp_path, "联系人赵小满。\n")
    with refused(InvalidAnswers) as invalid:
        desk.prepares(office.lin, **desk.mark("赵小满", reason="because"))
    assert invalid.value.errors == {"marks.1": ["选一个遮盖的理由"]}


@pytest.mark.parametrize(
    "mark",
    [
        "nonsense",
        "{paper}|0|999|privacy|{address}",
        "{paper}|4|4|privacy|{address}",
        "{paper}|-1|2|privacy|{address}",
        "{paper}|0|" + "9" * 5000 + "|privacy|{address}",
        "{paper}|0|2|privacy|no such place",
        "none|0|2|privacy|{address}",
    ],
)
def test_a_mark_that_fits_no_text_is_refused(
    office: Office, tmp_path: Path, mark: str
) -> None:
    desk = at_hand(office, tmp_path, "联系人赵小满。\n")
    paper, _, _, _, address = desk.mark("赵小满")["marks.1"].split("|")
    with refused(InvalidAnswers) as invalid:
        typed = mark.format(paper=paper, address=address)
        desk.prepares(office.lin, **{"marks.1": typed})
    assert invalid.value.errors == {"marks.1": ["这一处标记和原件对不上，删掉重新标"]}


def test_a_mark_may_be_withdrawn(office: Office, tmp_path: Path) -> None:
    desk = at_hand(office, tmp_path, "联系人赵小满。\n")
    desk.prepares(office.lin, **desk.mark("赵小满"))
    desk.looks(
        office.zhou,
        "secrecy_first",
        "returned",
        reason="too_much_redacted",
        opinion="联系人应当公开。",
    )
    desk.prepares(office.lin, **desk.answers("accept"))
    assert "联系人赵小满。" in desk.public_text()


def test_a_value_that_stands_elsewhere_too_is_found_when_read_back(
    office: Office, tmp_path: Path
) -> None:
    desk = at_hand(office, tmp_path, "联系人赵小满。\n", "报名找赵小满。\n")
    with refused(InvalidAnswers) as invalid:
        desk.prepares(office.lin, **desk.mark("赵小满"))
    (sentence,) = invalid.value.errors["findings"]
    assert sentence.startswith("正文：遮盖的内容在公开件里还找得到：")
    assert "赵小满" not in sentence


def test_one_character_is_taken_out_where_it_was_marked(
    office: Office, tmp_path: Path
) -> None:
    desk = at_hand(office, tmp_path, "联系人满先生，名额满了为止。\n")
    desk.prepares(office.lin, **desk.mark("满"))
    assert "联系人×××先生，名额满了为止。" in desk.public_text()


def test_answers_to_the_same_findings_are_carried_over(
    office: Office, tmp_path: Path
) -> None:
    desk = at_hand(office, tmp_path, TELEPHONE)
    why = {"answer": "explain", "explanation": "值班手机，对外公布。"}
    desk.prepares(office.lin, **desk.answers(why))
    changed = HEAD + TELEPHONE + "另一部手机13900005678。\n" + TAIL
    again(desk, office, changed)
    first, second = desk.found()
    assert (first.answer, first.carried, first.explanation) == (
        Answer.EXPLAIN,
        True,
        "值班手机，对外公布。",
    )
    assert (second.answer, second.carried) == (None, False)


def test_an_answer_is_not_carried_over_to_another_value(
    office: Office, tmp_path: Path
) -> None:
    desk = at_hand(office, tmp_path, TELEPHONE)
    desk.prepares(office.lin, **desk.answers("redact"))
    again(desk, office, HEAD + TELEPHONE.replace(MOBILE, "13900005678") + TAIL)
    (finding,) = desk.found()
    assert finding.answer is None


def test_a_mark_is_carried_over_where_its_paragraph_is_the_same(
    office: Office, tmp_path: Path
) -> None:
    desk = at_hand(office, tmp_path, "联系人赵小满。\n")
    desk.prepares(office.lin, **desk.mark("赵小满"))
    again(desk, office, HEAD + "培训两天。\n联系人赵小满。\n" + TAIL)
    desk.prepares(office.lin)
    assert "联系人×××。" in desk.public_text()


def test_what_no_copy_ever_has_needs_no_answer(office: Office, tmp_path: Path) -> None:
    desk = at_the_desk(office, tmp_path, Sheet("正文", HEAD + "四月培训。\n" + TAIL))
    with office.engine.read() as work:
        rows = findings.of_version(work.session, desk.version(work))
        assert [row for row in rows if not findings.is_settled(row)] == []


def again(desk: Desk, office: Office, text: str) -> None:
    """Let the text go back and be handed in anew."""
    if desk.waits_at != ["制作公开件"]:
        desk.looks(
            office.zhou,
            "secrecy_first",
            "returned",
            reason="wording",
            opinion="改一改正文。",
        )
    office.lin.does(
        desk.matter,
        "prepare_copy",
        outcome="returned",
        reason="wording",
        opinion="正文要改。",
    )
    desk.sheets[0] = Sheet("正文", text)
    desk.hands_in(office.lin)


UNNUMBERED = HEAD.replace("云府办发〔2026〕12号\n", "") + "四月举办培训。\n" + TAIL


def registered(office: Office, desk: Desk, **facts: str | bool) -> None:
    """Let the register know something of the document."""
    with office.engine.work() as work:
        document = desk.papers(work)[0].document
        for name, value in facts.items():
            setattr(document, name, value)


def test_a_new_text_is_not_asked_for_its_number(office: Office, tmp_path: Path) -> None:
    # It is numbered here, after it was written.
    desk = at_the_desk(office, tmp_path, Sheet("正文", UNNUMBERED))
    assert codes(desk) == []


def test_a_document_signed_before_is_asked_for_its_number(
    office: Office, tmp_path: Path
) -> None:
    desk = at_the_desk(office, tmp_path, Sheet("正文", UNNUMBERED))
    registered(office, desk, signed_before=True)
    assert codes(desk) == ["missing_document_number"]


def test_a_number_in_the_register_need_not_stand_in_the_text(
    office: Office, tmp_path: Path
) -> None:
    desk = at_the_desk(office, tmp_path, Sheet("正文", UNNUMBERED))
    number = "云府办发〔2019〕12号"
    registered(office, desk, signed_before=True, document_number=number)
    assert codes(desk) == []
    desk.prepares(office.lin)
    assert desk.waits_at == ["保密初审"]
