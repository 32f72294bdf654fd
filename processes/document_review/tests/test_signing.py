"""签发, 编号, 用印: what a signature makes of a draft."""

import io
from datetime import date

import docx
import pytest

from engine.errors import InvalidAnswers, Refusal
from models.documents import Document, VersionKind
from models.people import Role
from models.records import IssuedNumber
from processes.registers.documents import document_of
from tests.engine.content.pdf_samples import lines as pdf
from tests.office import NOT_PUBLIC, NOTICE, Matter, Office, refused

CHANGED = NOTICE + "附件：培训安排\n"


def test_a_new_document_is_formed_on_the_day_it_is_signed(office: Office) -> None:
    matter = office.brought_to("sign")
    office.clock.set("2026-03-04")  # Wednesday
    office.qin.signs(matter)
    with office.engine.read() as work:
        document = document_of(work.session, matter.case(work))
        assert document.signed_on == date(2026, 3, 4)
        assert document.formed_on == date(2026, 3, 4)


def test_the_limit_of_publication_begins_when_a_new_document_is_signed(
    office: Office,
) -> None:
    # 《政府信息公开条例》Art 26: 20 working days.
    matter = office.brought_to("sign")
    with pytest.raises(IndexError):
        matter.limit("publication")
    office.qin.signs(matter)
    assert matter.limit("publication").due_on == date(2026, 3, 30)  # Monday


def test_a_document_that_is_not_public_has_no_limit_of_publication(
    office: Office,
) -> None:
    matter = office.brought_to("seal", **NOT_PUBLIC)
    with pytest.raises(IndexError):
        matter.limit("publication")


def test_the_attribute_is_signed_with_the_document(office: Office) -> None:
    matter = office.brought_to("sign", **NOT_PUBLIC)
    office.qin.signs(matter)
    assert (
        "秦主任签发“关于做好2026年政务公开培训工作的通知”，公开属性为不予公开。"
        in matter.history
    )


def test_numbers_run_on_by_issuer_and_year_without_a_gap(office: Office) -> None:
    numbers = [number_of(office, office.brought_to("seal")) for _ in range(2)]
    office.clock.set("2027-01-04")  # Monday
    numbers.append(number_of(office, office.brought_to("seal")))
    assert numbers == [
        "云川府办发〔2026〕1号",
        "云川府办发〔2026〕2号",
        "云川府办发〔2027〕1号",
    ]


def test_two_trees_may_write_the_same_word_before_the_year(office: Office) -> None:
    office.brings(office.shen.drafts(), "seal")
    office.add_stranger()
    with office.engine.work() as work:
        office.organisation(work, "雾山区政府").symbol = "云川财"
    place = "雾山区政府"
    xu = office.add_person("xu", "徐图", place, (Role.HANDLER, place))
    su = office.add_person("su", "苏立", place, (Role.UNIT_HEAD, place))
    matter = xu.drafts()
    office.wu.agrees(matter, "section_review")
    su.signs(matter)
    assert number_of(office, matter) == "云川财〔2026〕1号"


def test_the_word_before_the_year_is_a_setting(office: Office) -> None:
    office.sets(
        "document.number_prefix",
        "云川办",
        valid_from=date(2026, 1, 1),
        place="区政府办",
    )
    assert number_of(office, office.brought_to("seal")) == "云川办〔2026〕1号"


def test_without_it_nothing_is_signed(office: Office) -> None:
    with office.engine.work() as work:
        office.organisation(work, "区政府办").symbol = ""
    matter = office.brought_to("sign")
    with refused(Refusal, match="还没有机关代字，编不了文号"):
        office.qin.signs(matter)


def test_a_document_signed_before_keeps_its_number_and_dates(office: Office) -> None:
    matter = office.brought_to(
        "seal",
        formed_on="2026-02-26",  # Thursday
        signed_on="2026-02-25",
        document_number="云川府办发〔2026〕7号",
    )
    with office.engine.read() as work:
        document = document_of(work.session, matter.case(work))
        assert document.document_number == "云川府办发〔2026〕7号"
        assert document.formed_on == date(2026, 2, 26)
        assert document.signed_on == date(2026, 2, 25)


def test_a_number_that_was_given_on_paper_is_left_out_and_marked(
    office: Office,
) -> None:
    office.lin.drafts(formed_on="2026-02-26", document_number="云川府办发〔2026〕1号")
    assert number_of(office, office.brought_to("seal")) == "云川府办发〔2026〕2号"
    with office.engine.read() as work:
        (void,) = work.session.query(IssuedNumber).filter_by(
            text="云川府办发〔2026〕1号"
        )
        assert void.void_reason == "补录的公文已经用了这个号"


def test_a_document_returned_after_it_was_signed_keeps_its_number(
    office: Office,
) -> None:
    matter = office.brought_to("seal")
    office.han.returns(matter, "seal")
    office.clock.set("2026-03-05")  # Thursday
    office.lin.submits(matter, text=CHANGED)
    office.brings(matter, "seal")
    assert number_of(office, matter) == "云川府办发〔2026〕1号"
    # What was changed is formed anew (Art 26): 20 working days from Thursday.
    assert matter.limit("publication").due_on == date(2026, 4, 2)  # Thursday


def test_signed_again_in_another_year_it_has_a_number_of_that_year(
    office: Office,
) -> None:
    matter = office.brought_to("seal")
    office.han.returns(matter, "seal")
    office.clock.set("2027-01-04")  # Monday
    office.lin.submits(matter, text=CHANGED)
    office.brings(matter, "seal")
    assert number_of(office, matter) == "云川府办发〔2027〕1号"


def test_the_sealed_version_is_the_newest_of_the_text(office: Office) -> None:
    matter = office.brought_to("seal", **NOT_PUBLIC)
    sealed = office.han.uploads(typeset(NOTICE, number_of(office, matter)), "用印.docx")
    office.han.seals(matter, sealed_version=sealed)
    with office.engine.read() as work:
        document = work.session.query(Document).one()
        newest = document.papers[0].newest(VersionKind.OFFICE)
        assert newest is not None
        assert (newest.number, newest.file.name) == (2, "用印.docx")


def test_a_sealed_version_says_nothing_but_what_was_signed(office: Office) -> None:
    matter = office.brought_to("seal")
    sealed = office.han.uploads(
        typeset(CHANGED, number_of(office, matter)), "用印.docx"
    )
    with refused(InvalidAnswers) as invalid:
        office.han.seals(matter, sealed_version=sealed)
    assert invalid.value.errors == {
        "sealed_version": [
            (
                "用印稿的文字和签发稿不一致，没有用印。"
                "签发后要改内容的，退回拟稿人重新走审签"
            )
        ]
    }


def test_a_sealed_version_that_nobody_can_read_is_refused(office: Office) -> None:
    matter = office.brought_to("seal")
    with refused(InvalidAnswers) as invalid:
        office.han.seals(matter, sealed_version=office.han.uploads(PICTURE, "扫描.png"))
    assert "扫描件不行" in invalid.value.errors["sealed_version"][0]


@pytest.mark.parametrize("page_number", ["1", "— 1 —", "-1-"])
def test_a_sealed_page_may_have_its_number(office: Office, page_number: str) -> None:
    matter = office.brought_to("seal", text=SUBSIDY)
    page = [*SUBSIDY.split(), page_number]
    office.han.seals(matter, sealed_version=office.han.uploads(pdf(page), "用印.pdf"))
    assert matter.waits_at == ["制作公开件"]


@pytest.mark.parametrize("amount", ["90", "1", "-50"])
def test_a_sum_is_no_page_number(office: Office, amount: str) -> None:
    # 用印 changes nothing of what was signed.
    matter = office.brought_to("seal", text=SUBSIDY)
    changed = SUBSIDY.replace("50", amount)
    with refused(InvalidAnswers):
        office.han.seals(matter, sealed_version=office.han.uploads(changed, "用印.txt"))


def test_a_policy_with_a_seal_is_still_explained_by_what_was_signed(
    office: Office,
) -> None:
    matter = office.brought_to("seal", kind="policy")
    sealed = office.han.uploads(typeset(NOTICE, number_of(office, matter)), "用印.docx")
    office.han.seals(matter, sealed_version=sealed)
    office.brings(matter, "approve_publication")
    office.liang.lets_out(matter, "2026-03-02")
    assert matter.open_steps == []


#: A sum on a line of its own, as in a table.
SUBSIDY = "关于培训补贴标准的通知\n每人每天补贴\n50\n元，四月起执行。\n"

#: A picture of one white point.
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d494844520000000100000001080000000037"
    "6ef9240000000a49444154789c63f80f0001010100"
    "1bb6ee56"
    "0000000049454e44ae426082"
)


def typeset(text: str, number: str) -> bytes:
    """Return a text as it is issued: under the issuer's head and number."""
    document = docx.Document()
    for line in ["云川区政府办文件", number, *text.splitlines()]:
        document.add_paragraph(line)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def number_of(office: Office, matter: Matter) -> str:
    """Return a document's 文号."""
    with office.engine.read() as work:
        return document_of(work.session, matter.case(work)).document_number
