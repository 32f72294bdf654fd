"""Letters: issued whole or not at all, numbered without gaps, never changed."""

from hashlib import sha256
from typing import Any

import pytest
from sqlalchemy import select

from engine import letters as word_letters
from engine.errors import BadFile, InvalidAnswers, NotFound, Refusal
from engine.history import case_stream, entries
from models.letters import Letter
from models.people import Organisation
from models.records import IssuedNumber, PersonalIndex, PersonalRecord
from models.workflow import Case, Label
from processes.registers import letters
from processes.registers.letter_files import own_template, replace_template
from processes.registers.letter_kinds import KINDS, letter_kind
from processes.registers.letters import Incomplete, LetterIsIssued
from tests.engine.test_word_letters import template
from tests.letters import FIELDS, a_case
from tests.office import Actor, Office, refused


class Desk:
    """One person's letters in one case."""

    def __init__(self, office: Office, place: str = "区政府办") -> None:
        self.office = office
        self.lin: Actor = office.people["lin"]
        self.place = place
        self.case_id = a_case(office, self.lin, place)

    def drafts(self, kind: str, **fields: Any) -> int:
        """Draft a letter; return its key."""
        with self.lin.work() as work:
            case = work.session.get_one(Case, self.case_id)
            content = {**FIELDS[kind], **fields}
            return letters.draft(work, case, kind, content).id

    def issues(self, letter_id: int) -> str:
        """Issue a letter; return its number."""
        with self.lin.work() as work:
            letter = letters.issue(work, work.session.get_one(Letter, letter_id))
            return letter.number

    def reads(self, letter_id: int) -> str:
        """Return what a letter says."""
        with self.lin.work() as work:
            letter = work.session.get_one(Letter, letter_id)
            return word_letters.text_of(letters.preview(work, letter))


@pytest.fixture
def desk(office: Office) -> Desk:
    """A case of the government's office."""
    return Desk(office)


@pytest.mark.parametrize("kind", KINDS)
def test_an_issued_letter_says_everything(desk: Desk, kind: str) -> None:
    letter = desk.drafts(kind)
    number = desk.issues(letter)
    said = desk.reads(letter)
    assert number in said
    assert "2026年3月2日" in said
    assert KINDS[kind].title in said
    for value in plain(FIELDS[kind]):
        assert value in said


def plain(fields: dict[str, Any]) -> list[str]:
    """Return what is printed as it was typed: no days, codes and lists."""
    hidden = {"code", "asked_as", "served_by"}
    texts = [value for name, value in fields.items() if name not in hidden]
    return [text for text in texts if isinstance(text, str) and text[:3] != "202"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_letter_is_not_issued_without_any_one_element(desk: Desk, kind: str) -> None:
    of = letter_kind(kind)
    for element in (each for each in of.elements if each.name in FIELDS[kind]):
        if element.is_due(FIELDS[kind]):
            letter = desk.drafts(kind, **{element.name: ""})
            with refused(Incomplete, match=element.label):
                desk.issues(letter)
    assert desk.issues(desk.drafts(kind)).endswith("〔2026〕1号")


def test_the_number_has_agency_family_year_and_no_zeros(desk: Desk) -> None:
    assert desk.issues(desk.drafts("refusal")) == "云川府办公复〔2026〕1号"
    assert desk.issues(desk.drafts("disclosure")) == "云川府办公复〔2026〕2号"
    assert desk.issues(desk.drafts("receipt")) == "云川府办公登〔2026〕1号"


def test_each_year_begins_anew(desk: Desk) -> None:
    desk.issues(desk.drafts("refusal"))
    desk.office.clock.set("2027-01-04")
    assert desk.issues(desk.drafts("refusal")) == "云川府办公复〔2027〕1号"


def test_each_agency_has_its_own_numbers(desk: Desk) -> None:
    desk.issues(desk.drafts("refusal"))
    finance = Desk(desk.office, "区财政局")
    assert finance.issues(finance.drafts("refusal")) == "云川财公复〔2026〕1号"


def test_a_refused_issue_leaves_no_gap(desk: Desk) -> None:
    with refused(Incomplete):
        desk.issues(desk.drafts("refusal", facts=""))
    assert desk.issues(desk.drafts("refusal")) == "云川府办公复〔2026〕1号"


def test_a_void_letter_keeps_its_number(desk: Desk) -> None:
    letter = desk.drafts("refusal")
    desk.issues(letter)
    with desk.lin.work() as work:
        letters.void(work, work.session.get_one(Letter, letter), "收件人写错")
    assert desk.issues(desk.drafts("refusal")) == "云川府办公复〔2026〕2号"
    with desk.lin.work() as work:
        void = work.session.scalars(
            select(IssuedNumber).where(IssuedNumber.voided_at.is_not(None))
        )
        assert [number.text for number in void] == ["云川府办公复〔2026〕1号"]


def test_an_agency_without_a_symbol_issues_nothing(office: Office) -> None:
    desk = Desk(office)
    with office.engine.work() as work:
        agency = work.session.get_one(Organisation, office.organisations["区政府办"])
        agency.symbol = ""
    with refused(Refusal, match="还没有机关代字"):
        desk.issues(desk.drafts("refusal"))


def test_an_issued_letter_is_never_changed(desk: Desk) -> None:
    letter = desk.drafts("refusal")
    desk.issues(letter)
    before = desk.reads(letter)
    with refused(LetterIsIssued), desk.lin.work() as work:
        row = work.session.get_one(Letter, letter)
        letters.rewrite(work, row, {**FIELDS["refusal"], "facts": "改了"})
    with refused(LetterIsIssued):
        desk.issues(letter)
    desk.office.sets(
        "letters.contact", "别的电话", valid_from=desk.office.clock().date()
    )
    assert desk.reads(letter) == before


def test_changed_bytes_are_found(desk: Desk, office: Office) -> None:
    letter = desk.drafts("refusal")
    desk.issues(letter)
    with desk.lin.work() as work:
        file = work.session.get_one(Letter, letter).file
        assert file is not None
        other = work.engine.files.put(b"PK something else", encrypted=True)
        file.address = other
    with refused(BadFile, match="不一致"):
        desk.reads(letter)
    del office


def test_a_letter_lies_encrypted_and_labelled(desk: Desk) -> None:
    letter = desk.drafts("refusal")
    desk.issues(letter)
    with desk.lin.work() as work:
        file = work.session.get_one(Letter, letter).file
        assert file is not None
        assert (file.label, file.encrypted) == (Label.PERSONAL, True)
        assert file.sha256 == sha256(work.engine.files.get(file)).hexdigest()
        assert file.name == "政府信息不予公开告知书（云川府办公复〔2026〕1号）.docx"


def test_what_a_letter_says_is_sealed_and_found_by_nothing(desk: Desk) -> None:
    desk.drafts("refusal")
    with desk.lin.work() as work:
        sealed = work.session.scalars(select(PersonalRecord.sealed)).all()
        assert not any("张晓明".encode() in each for each in sealed)
        record = work.session.scalars(select(Letter.fields_id)).one()
        found = select(PersonalIndex).where(PersonalIndex.record_id == record)
        assert work.session.scalars(found).all() == []


def test_the_history_tells_number_and_title_but_no_name(desk: Desk) -> None:
    desk.issues(desk.drafts("refusal"))
    with desk.lin.work() as work:
        told = [e.sentence for e in entries(work.session, case_stream(desk.case_id))]
    assert told == ["林晓雯签发了“政府信息不予公开告知书”（云川府办公复〔2026〕1号）。"]


def test_a_draft_shows_what_is_still_to_come(desk: Desk) -> None:
    said = desk.reads(desk.drafts("refusal", facts=""))
    assert "【缺：认定的事实】" in said
    assert "（签发时编号）" in said


def test_a_rewritten_draft_says_the_new(desk: Desk) -> None:
    letter = desk.drafts("refusal")
    with desk.lin.work() as work:
        row = work.session.get_one(Letter, letter)
        letters.rewrite(work, row, {**FIELDS["refusal"], "facts": "另一事实。"})
    assert "另一事实。" in desk.reads(letter)


def test_a_day_in_a_year_without_a_notice_is_provisional(desk: Desk) -> None:
    late = desk.drafts("receipt", answer_due="2027-01-05")
    desk.issues(late)
    assert "2027年1月5日（暂定）" in desk.reads(late)
    known = desk.drafts("receipt", answer_due="2026-12-31")
    desk.issues(known)
    assert "暂定" not in desk.reads(known)


def test_a_refusal_ends_with_reconsideration_first(desk: Desk) -> None:
    letter = desk.drafts("refusal")
    desk.issues(letter)
    assert "先向云川区政府申请行政复议" in desk.reads(letter)


def test_a_partial_answer_names_the_part_that_needs_reconsideration(desk: Desk) -> None:
    letter = desk.drafts("partial_disclosure")
    desk.issues(letter)
    said = desk.reads(letter)
    assert "如对本告知书中第1项不予公开的决定不服" in said
    assert "对本告知书的其他内容不服的" in said


def test_whoever_withdraws_is_told_no_remedy(desk: Desk) -> None:
    letter = desk.drafts("closing", code="D53", event="申请人书面撤回申请。")
    desk.issues(letter)
    assert "行政复议" not in desk.reads(letter)


def test_hostile_text_is_only_text(desk: Desk) -> None:
    hostile = "{{ contact }} {% for x in y %} <w:t>&amp; {_{ 第1行\n第2行"
    letter = desk.drafts("refusal", facts=hostile)
    desk.issues(letter)
    assert hostile in desk.reads(letter)


def test_control_characters_are_refused_by_field(desk: Desk) -> None:
    with refused(InvalidAnswers) as refusal:
        desk.drafts("refusal", facts="甲\x07乙")
    assert list(refusal.value.errors) == ["facts"]


def test_a_wrong_day_is_refused_by_field(desk: Desk) -> None:
    with refused(InvalidAnswers) as refusal:
        desk.drafts("receipt", received_on="二月三日")
    assert list(refusal.value.errors) == ["received_on"]


@pytest.mark.parametrize("name", ["number", "remedy", "contact", "agency", "unknown"])
def test_what_the_program_gives_cannot_be_drafted(desk: Desk, name: str) -> None:
    with pytest.raises(KeyError):
        desk.drafts("refusal", **{name: "x"})


def test_another_agency_finds_no_letter(desk: Desk) -> None:
    letter = desk.drafts("refusal")
    with desk.lin.work() as work:
        public_id = work.session.get_one(Letter, letter).public_id
    with refused(NotFound), desk.office.people["shen"].work() as work:
        letters.letter_of(work, public_id)


def replace(desk: Desk, data: bytes) -> None:
    """Let the government's office answer refusals by its own template."""
    with desk.lin.work() as work:
        agency = work.session.get_one(
            Organisation, desk.office.organisations["区政府办"]
        )
        replace_template(
            *(work, agency, "refusal", data), valid_from=work.today, reason="新格式"
        )


def own(desk: Desk, *, without: str = "") -> bytes:
    """Make a bare template that shows everything but one element."""
    del desk
    names = [*letter_kind("refusal").placeholders - {without}]
    return template("本机关新格式", *(f"{{{{ {name} }}}}" for name in sorted(names)))


def test_an_agency_may_write_by_a_template_of_its_own(desk: Desk) -> None:
    replace(desk, own(desk))
    letter = desk.drafts("refusal")
    desk.issues(letter)
    assert desk.reads(letter).startswith("本机关新格式")


def test_a_template_counts_from_its_day_on_and_for_its_agency(desk: Desk) -> None:
    replace(desk, own(desk))
    finance = Desk(desk.office, "区财政局")
    assert "本机关新格式" not in finance.reads(finance.drafts("refusal"))


@pytest.mark.parametrize("name", sorted(letter_kind("refusal").placeholders))
def test_a_template_that_lacks_an_element_is_refused(desk: Desk, name: str) -> None:
    element = letter_kind("refusal").element(name)
    assert element is not None
    with refused(Refusal, match=f"缺少占位符：“{element.label}”"):
        replace(desk, own(desk, without=name))


def test_a_template_that_hides_an_element_issues_nothing(desk: Desk) -> None:
    names = sorted(letter_kind("refusal").placeholders - {"facts"})
    hides = "{%p if attachments %}", "{{ facts }}", "{%p endif %}"
    replace(desk, template(*hides, *(f"{{{{ {name} }}}}" for name in names)))
    with refused(Incomplete, match="模板没有印出“认定的事实”"):
        desk.issues(desk.drafts("refusal"))


def test_our_own_templates_are_whole() -> None:
    assert all(own_template(kind).startswith(b"PK") for kind in KINDS)


def test_a_sentence_ends_with_one_full_stop(desk: Desk) -> None:
    letter = desk.drafts("extension_notice", reason="需要调阅纸质档案。")
    assert "因需要调阅纸质档案，在上述期限内不能答复。" in desk.reads(letter)


def test_a_correction_is_passed_on_to_the_agency_that_may_make_it(desk: Desk) -> None:
    letter = desk.drafts(
        "correction_notice",
        title="转送更正政府信息申请的函",
        addressee="云川区住房和城乡建设局",
        transfer="是",
        outcome="申请书和证据材料见附件。",
    )
    desk.issues(letter)
    said = desk.reads(letter)
    assert said.splitlines()[2:4] == [
        "转送更正政府信息申请的函",
        "云川区住房和城乡建设局：",
    ]
    assert "现转送你单位处理" in said
    assert "行政复议" not in said


def test_an_answer_over_the_internet_names_the_internet_channel(desk: Desk) -> None:
    letter = desk.drafts("refusal", served_by="electronic")
    desk.issues(letter)
    assert "https://fuyi.example.gov.cn" in desk.reads(letter)


def test_without_that_channel_it_is_not_issued(desk: Desk) -> None:
    day = desk.office.clock().date()
    desk.office.sets("letters.reconsideration_site", None, valid_from=day)
    with refused(Incomplete, match="通过互联网送达的"):
        desk.issues(desk.drafts("refusal", served_by="electronic"))
    assert desk.issues(desk.drafts("refusal")).endswith("1号")
