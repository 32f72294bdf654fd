"""退回拟稿 after the signature: what stays, what is signed again, what must change."""

from datetime import date

import pytest

from engine.errors import InvalidAnswers
from models.documents import Document
from models.records import IssuedNumber
from processes.registers.documents import document_of
from tests import review_answers
from tests.office import NOT_PUBLIC, NOTICE, Matter, Office, refused

CHANGED = NOTICE + "附件：培训安排\n"
REFUSED = {"outcome": "refused", "reason": "interpretation", "opinion": "再通俗一点。"}
RETURNED = {"outcome": "returned", "reason": "wording", "opinion": "第二段要改。"}


def test_what_bears_the_seal_keeps_its_date_and_its_limit(office: Office) -> None:
    # 《政府信息公开条例》Art 26: the limit runs from the day of formation, and sending
    # a document round again does not form it anew.
    matter = office.brought_to("approve_publication")
    office.clock.set("2026-03-10")  # Tuesday
    office.liang.does(matter, "approve_publication", **REFUSED)
    office.lin.submits(matter, file=text_of(office, matter))
    office.brings(matter, "prepare_copy")
    assert told(office, matter) == ("云川府办发〔2026〕1号", date(2026, 3, 2))
    assert matter.limit("publication").due_on == date(2026, 3, 30)  # Monday


def test_what_is_changed_is_sealed_anew(office: Office) -> None:
    matter = office.brought_to("approve_publication")
    office.clock.set("2026-03-10")  # Tuesday
    office.liang.does(matter, "approve_publication", **REFUSED)
    office.lin.submits(matter, text=CHANGED)
    office.brings(matter, "seal")
    assert told(office, matter) == ("云川府办发〔2026〕1号", date(2026, 3, 10))


def test_in_another_name_it_has_another_number_and_another_seal(office: Office) -> None:
    matter = office.shen.drafts()
    office.brings(matter, "prepare_copy")
    office.shen.does(matter, "prepare_copy", **RETURNED)
    office.shen.submits(matter, issuer="区政府", file=text_of(office, matter))
    office.brings(matter, "seal")
    assert told(office, matter)[0] == "云川府发〔2026〕1号"
    assert voids(office) == {"云川财〔2026〕1号": "改了发文机关，另编新号"}


def test_a_number_that_was_not_needed_is_void(office: Office) -> None:
    matter = office.brought_to("seal")
    office.han.returns(matter, "seal")
    old = {"formed_on": "2026-02-27", "document_number": "云川府办发〔2026〕77号"}
    office.lin.submits(matter, **old)
    assert told(office, matter) == ("云川府办发〔2026〕77号", date(2026, 2, 27))
    assert voids(office) == {"云川府办发〔2026〕1号": "改为补录，用原来的文号"}


def test_who_refuses_a_bundle_has_its_interpretation_made_again(office: Office) -> None:
    matter = office.brought_to("approve_publication", kind="policy")
    office.liang.does(matter, "approve_publication", **REFUSED)
    assert "解读要重新签发：发布审定退回。" in matter.history
    office.lin.submits(matter, kind="policy", file=text_of(office, matter))
    office.zhou.agrees(matter, "section_review")
    assert matter.waits_at == ["拟解读材料"]


def test_what_the_review_returns_has_its_interpretation_made_again(
    office: Office,
) -> None:
    matter = office.brought_to("prepare_copy", kind="policy")
    office.lin.does(matter, "prepare_copy", **RETURNED)
    assert "解读要重新签发：公开前审查退回。" in matter.history
    office.lin.submits(matter, kind="policy", file=text_of(office, matter))
    office.zhou.agrees(matter, "section_review")
    assert matter.waits_at == ["拟解读材料"]


def test_an_interpretation_of_what_is_no_policy_any_more_is_signed_or_stays(
    office: Office,
) -> None:
    matter = office.brought_to("sign", kind="policy")
    office.qin.returns(matter, "sign")
    office.lin.submits(matter, kind="general", text=CHANGED)
    office.zhou.agrees(matter, "section_review")
    assert matter.waits_at == ["拟解读材料"]


def test_what_an_authority_withheld_is_not_proposed_as_public_again(
    office: Office,
) -> None:
    # 《政府信息公开条例》Art 17(3).
    matter = withheld(office)
    same = text_of(office, matter)
    with refused(InvalidAnswers) as invalid:
        office.lin.submits(matter, file=same)
    assert invalid.value.errors == {
        "attribute": ["有权机关已经确定这些材料不予公开：改正文、附件，或者改公开属性"]
    }
    office.lin.submits(matter, file=same, **NOT_PUBLIC)
    assert matter.waits_at == ["科室审核"]


def test_what_was_withheld_is_proposed_again_once_it_was_changed(
    office: Office,
) -> None:
    matter = withheld(office)
    office.lin.submits(matter, text=CHANGED)
    office.brings(matter, "prepare_copy")


def test_a_limit_that_begins_anew_is_watched_anew(office: Office) -> None:
    # Art 26: the information is changed; its twenty working days are watched as well.
    matter = office.shen.drafts()
    office.brings(matter, "seal")
    office.clock.set("2026-04-10")  # Friday: the limit of 30 March has passed
    office.fires()
    office.yin.returns(matter, "seal")
    office.shen.submits(matter, text=CHANGED)
    office.brings(matter, "seal")
    assert matter.limit("publication").due_on == date(2026, 5, 12)  # Tuesday
    office.clock.set("2026-05-15", "00:00")  # Friday: two working days later
    office.fires()
    assert [line for line in matter.history if "“主动公开”" in line][4:] == [
        "系统提醒马科长：“主动公开”5月12日到期。",
        "系统提醒唐晓：“主动公开”5月12日到期。",
        "系统提醒罗局长：“主动公开”应于5月12日办结，已经逾期。",
        "系统提醒梁敬之：“主动公开”应于5月12日办结，已经逾期。",
    ]


@pytest.mark.parametrize("attribute", [{}, NOT_PUBLIC])
def test_nobody_is_told_of_a_limit_that_runs_no_more(
    office: Office, attribute: dict[str, str]
) -> None:
    matter = office.shen.drafts()
    office.brings(matter, "seal")
    office.clock.set("2026-04-10")  # Friday
    office.fires()
    office.yin.returns(matter, "seal")
    assert len(matter.notices) == 4
    office.clock.set("2026-04-13")  # Monday
    office.shen.submits(matter, text=CHANGED, **attribute)
    office.brings(matter, "sign")
    office.luo.signs(matter)
    assert matter.notices == []


def withheld(office: Office) -> Matter:
    """A document of which the authority has found that it must not be public."""
    matter = office.brought_to("secrecy_first")
    with office.engine.read() as work:
        answers = review_answers.usual(work, matter.case(work), "secrecy_first")
    (item,) = (name for name in answers if name.endswith(".stability"))
    unsure = {**answers, item: "unsure", "outcome": "unsure"}
    office.zhou.does(matter, "secrecy_first", **unsure)
    office.gao.does(
        matter,
        "request_determination",
        outcome="requested",
        authority="区国家保密局",
        letter_number="云府办函〔2026〕9号",
        asked_on="2026-03-02",
    )
    office.gao.does(
        matter,
        "record_determination",
        outcome="recorded",
        answer="not_public",
        answered_on="2026-03-02",
    )
    return matter


def text_of(office: Office, matter: Matter) -> str:
    """Return the public id of the text as it is, as the form has it."""
    with office.engine.read() as work:
        text = document_of(work.session, matter.case(work)).text
        assert text is not None
        return text.versions[0].file.public_id


def told(office: Office, matter: Matter) -> tuple[str, date | None]:
    """Return number and day of formation of a document."""
    with office.engine.read() as work:
        document = work.session.query(Document).filter_by(case_id=matter.id).one()
        return document.document_number, document.formed_on


def voids(office: Office) -> dict[str, str | None]:
    """Return the numbers that are void, and why."""
    with office.engine.read() as work:
        rows = work.session.query(IssuedNumber).filter(
            IssuedNumber.voided_at.is_not(None)
        )
        return {row.text: row.void_reason for row in rows}
