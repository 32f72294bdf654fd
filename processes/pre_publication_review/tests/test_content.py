"""合法性和五关审查: seven checks of every paper, and what is another agency's."""

from pathlib import Path

from engine.errors import InvalidAnswers
from models.documents import PaperRole
from models.reviews import Opinion, ReviewRound
from tests.office import Office, refused
from tests.reviewing import Desk, Sheet, at_the_desk


def at_law(office: Office, home: Path) -> Desk:
    """Let papers be at the legal reviewer's."""
    desk = at_the_desk(office, home)
    desk.passes(until="content_review")
    return desk


def refusal(desk: Desk, outcome: str = "passed", **others: str) -> list[str]:
    """Return what the legal reviewer is told, whatever the field."""
    with refused(InvalidAnswers) as invalid:
        desk.looks(desk.office.peng, "content_review", outcome, **others)
    return [each for said in invalid.value.errors.values() for each in said]


def test_no_check_is_left_out(office: Office, tmp_path: Path) -> None:
    desk = at_law(office, tmp_path)
    with refused(InvalidAnswers) as invalid:
        office.peng.does(
            desk.matter, "content_review", outcome="passed", other_agency="no"
        )
    assert [each for said in invalid.value.errors.values() for each in said] == [
        "正文的“政治关”还没有答",
        "正文的“法律关”还没有答",
        "正文的“政策关”还没有答",
        "正文的“保密关”还没有答",
        "正文的“文字关”还没有答",
        "正文的“内容合法性”还没有答",
        "正文的“风险防控”还没有答",
        "合起来看的“内容表述”还没有答",
        "合起来看的“公开时机”还没有答",
        "合起来看的“公开方式”还没有答",
        "合起来看的“个人信息”还没有答",
    ]


def test_what_is_judged_together_is_an_opinion_on_every_copy(
    office: Office, tmp_path: Path
) -> None:
    attachment = Sheet("附件1", "培训安排\n四月。\n", "附件.txt", PaperRole.ATTACHMENT)
    desk = at_the_desk(office, tmp_path, Sheet("正文"), attachment)
    desk.passes()
    with office.engine.read() as work:
        given = work.session.query(Opinion).filter_by(aspect="timing").all()
        assert {each.sha256 for each in given} == {
            desk.copy(work).file.sha256,
            desk.copy(work, 1).file.sha256,
        }


def test_a_problem_is_said_in_words_and_stops_publication(
    office: Office, tmp_path: Path
) -> None:
    desk = at_law(office, tmp_path)
    assert refusal(desk, language="unfit") == ["文字关：写明是什么问题"]
    assert refusal(desk, language="unfit", language__words="错别字两处。") == [
        "文字关：有问题的不能通过，退回修改"
    ]


def test_a_problem_goes_back_with_its_words(office: Office, tmp_path: Path) -> None:
    desk = at_law(office, tmp_path)
    desk.looks(
        office.peng,
        "content_review",
        "returned",
        language="unfit",
        language__words="错别字两处。",
        reason="wording",
        opinion="改正错别字。",
    )
    assert desk.waits_at == ["制作公开件"]
    with office.engine.read() as work:
        said = work.session.query(Opinion).filter_by(outcome="unfit").one()
        assert (said.aspect, said.text) == ("language", "错别字两处。")


def test_whether_it_is_another_agencys_is_always_asked(
    office: Office, tmp_path: Path
) -> None:
    assert refusal(at_law(office, tmp_path), other_agency="") == [
        "选一项：有没有其他机关没有公开的信息"
    ]


def test_another_agencys_information_needs_its_written_consent(
    office: Office, tmp_path: Path
) -> None:
    # 《政府信息公开条例》Art 11.
    desk = at_law(office, tmp_path)
    assert refusal(desk, other_agency="yes") == [
        "写明是哪个机关的信息",
        "写明对方书面同意的文号和日期；还没有征求的，先退回协商",
    ]
    desk.looks(
        office.peng,
        "content_review",
        other_agency="yes",
        agency="区应急管理局",
        consent="云应急函〔2026〕3号，3月1日，同意公开。",
    )
    with office.engine.read() as work:
        round_ = work.session.query(ReviewRound).one()
        assert (round_.other_agency, round_.consent) == (
            "区应急管理局",
            "云应急函〔2026〕3号，3月1日，同意公开。",
        )
