"""History can only be added to: whatever else happens to it is found out."""

from datetime import date

import pytest
from sqlalchemy import ColumnElement, delete, select, update

from engine.errors import InvalidAnswers
from engine.history import Break, case_stream, seal, sealed_until, sm3, verify
from engine.work import Work
from models.records import HistoryEntry, HistoryStream, Seal
from tests.office import Matter, Office, refused


def test_digests_are_sm3() -> None:
    # GB/T 32905-2016, appendix A.1.
    assert sm3(b"abc") == (
        "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    )


def test_an_untouched_history_holds(office: Office) -> None:
    matter = office.lin.drafts()
    office.zhou.agrees(matter, "section_review", "内容属实。")
    office.clock.set("2026-03-20")  # Friday
    office.fires()
    seal_today(office)
    assert breaks(office) == []


def test_a_changed_sentence_is_found(office: Office) -> None:
    matter = office.lin.drafts()
    with office.engine.work() as work:
        change(work, matter, 2, sentence="什么也没有发生。")
    assert breaks(office) == [(case_stream(matter.id), 2, "记录内容被改动")]


@pytest.mark.parametrize(
    "changed",
    [
        {"quotation": "不同意。"},
        {"event": "task_returned"},
        {"actor_id": 1},
        {"data": {"outcome": "returned"}},
    ],
    ids=["quotation", "event", "actor", "data"],
)
def test_whatever_else_of_an_entry_is_changed_is_found(
    office: Office, changed: dict[str, object]
) -> None:
    matter = office.lin.drafts()
    with office.engine.work() as work:
        change(work, matter, 2, **changed)
    assert [message for _, _, message in breaks(office)] == ["记录内容被改动"]


def test_a_deleted_entry_is_found(office: Office) -> None:
    matter = office.lin.drafts()
    with office.engine.work() as work:
        work.session.execute(delete(HistoryEntry).where(*entry(matter, 2)))
    assert breaks(office) == [(case_stream(matter.id), 3, "前一条记录缺失或被改动")]


def test_two_entries_that_changed_places_are_found(office: Office) -> None:
    matter = office.lin.drafts()
    with office.engine.work() as work:
        change(work, matter, 2, number=99)
        change(work, matter, 3, number=2)
        change(work, matter, 99, number=3)
    # Both places, and the end that is not the end any more.
    assert [number for _, number, _ in breaks(office)] == [2, 3, 3]


def test_a_cut_tail_is_found(office: Office) -> None:
    matter = office.lin.drafts()
    with office.engine.work() as work:
        work.session.execute(delete(HistoryEntry).where(*entry(matter, 3)))
    assert breaks(office) == [(case_stream(matter.id), 3, "末尾的记录缺失")]


def test_a_tail_cut_together_with_its_head_is_found_against_the_seal(
    office: Office,
) -> None:
    matter = office.lin.drafts()
    seal_today(office)
    with office.engine.work() as work:
        cut_skilfully(work, matter)
    assert breaks(office) == [(case_stream(matter.id), 3, "与封存时不一致")]


def test_a_whole_chain_removed_is_found_against_the_seal(office: Office) -> None:
    matter = office.lin.drafts()
    seal_today(office)
    with office.engine.work() as work:
        stream = case_stream(matter.id)
        work.session.execute(delete(HistoryEntry).filter_by(stream=stream))
        work.session.execute(delete(HistoryStream).filter_by(stream=stream))
    assert breaks(office) == [(case_stream(matter.id), 3, "与封存时不一致")]


def test_a_changed_seal_is_found(office: Office) -> None:
    office.lin.drafts()
    seal_today(office)
    with office.engine.work() as work:
        work.session.execute(update(Seal).values(sealed_on=date(2026, 3, 1)))
    assert breaks(office) == [("seal", 1, "封存记录被改动")]


def test_a_seal_taken_out_of_its_chain_is_found(office: Office) -> None:
    matter = office.lin.drafts()
    seal_today(office)
    office.clock.set("2026-03-03")  # Tuesday
    office.zhou.agrees(matter, "section_review")
    seal_today(office)
    with office.engine.work() as work:
        work.session.execute(delete(Seal).where(Seal.id == 1))
    assert breaks(office) == [("seal", 2, "封存记录被改动")]


def test_history_is_sealed_once_a_day(office: Office) -> None:
    matter = office.lin.drafts()
    assert seal_today(office)
    office.zhou.agrees(matter, "section_review")
    office.clock.set("2026-03-02", "23:59")  # Monday
    assert not seal_today(office)
    office.clock.set("2026-03-03", "00:00")  # Tuesday
    assert seal_today(office)


def test_a_day_on_which_nothing_happened_is_not_sealed(office: Office) -> None:
    office.lin.drafts()
    seal_today(office)
    office.clock.set("2026-03-03")  # Tuesday
    assert not seal_today(office)
    with office.engine.read() as work:
        assert sealed_until(work.session) == date(2026, 3, 2)  # Monday


def test_a_seal_covers_what_moved_since_the_last_one(office: Office) -> None:
    matter = office.lin.drafts()
    seal_today(office)
    office.clock.set("2026-03-03")  # Tuesday
    office.zhou.agrees(matter, "section_review")
    seal_today(office)
    with office.engine.read() as work:
        newest = work.session.scalars(select(Seal).order_by(Seal.id.desc())).first()
        assert newest is not None
        assert [(each, newest.heads[each][0]) for each in newest.heads] == [
            (case_stream(matter.id), 5)
        ]


def test_an_act_that_was_not_done_has_no_history(office: Office) -> None:
    matter = office.lin.drafts()
    with refused(InvalidAnswers):
        office.zhou.returns(matter, "section_review", reason="mood")
    assert len(matter.history) == 3
    assert breaks(office) == []


def test_every_case_has_a_chain_of_its_own(office: Office) -> None:
    first, second = office.lin.begins(), office.shen.begins()
    with office.engine.read() as work:
        streams = select(HistoryStream.stream, HistoryStream.length)
        rows = {tuple(row) for row in work.session.execute(streams)}
    assert {(case_stream(first.id), 2), (case_stream(second.id), 2)} <= rows


def breaks(office: Office) -> list[tuple[str, int, str]]:
    """Return where the history does not hold."""
    with office.engine.read() as work:
        found: list[Break] = verify(work.session)
        return [(each.stream, each.number, each.message) for each in found]


def seal_today(office: Office) -> bool:
    """Let the daily job seal; tell whether it did."""
    with office.engine.work() as work:
        return seal(work.session, today=work.today, at=work.now) is not None


def entry(matter: Matter, number: int) -> tuple[ColumnElement[bool], ...]:
    """Return the clauses for one entry of a case."""
    stream = case_stream(matter.id)
    return HistoryEntry.stream == stream, HistoryEntry.number == number


def change(work: Work, matter: Matter, which: int, **values: object) -> None:
    """Change one entry of a case behind the program's back."""
    work.session.execute(
        update(HistoryEntry).where(*entry(matter, which)).values(values)
    )


def cut_skilfully(work: Work, matter: Matter) -> None:
    """Remove the last of three entries and put the chain's head right."""
    work.session.execute(delete(HistoryEntry).where(*entry(matter, 3)))
    digest = work.session.scalars(
        select(HistoryEntry.digest).where(*entry(matter, 2))
    ).one()
    stream = HistoryStream.stream == case_stream(matter.id)
    work.session.execute(
        update(HistoryStream).where(stream).values(length=2, head=digest)
    )
