"""抄送, 已阅, 关注 and 我发起: who sees what, and what it does not let them do."""

import pytest

from engine import circulation, following
from engine.errors import InvalidAnswers, NotAllowed, NotFound
from models.workflow import Label
from tests.office import Actor, Matter, Office, refused


@pytest.fixture
def matter(office: Office) -> Matter:
    """A document that Zhou Yan has at 科室审核."""
    found = office.lin.drafts()
    office.zhou.claims(found, "section_review")
    return found


def test_who_gets_a_copy_may_read_the_case(office: Office, matter: Matter) -> None:
    assert not office.peng.sees(matter)
    office.zhou.copies(matter, office.peng, office.gao, words="供参考。")
    assert office.peng.sees(matter)
    assert copied(office.peng) == [("周砚", "供参考。")]
    # In the order of the office's list, whoever was named first.
    assert matter.history[-1] == "周砚抄送给高远航、彭越。"


def test_a_copy_gives_no_power(office: Office, matter: Matter) -> None:
    office.zhou.copies(matter, office.peng)
    office.zhou.unclaims(matter, "section_review")
    assert not office.peng.finds(matter, "section_review")
    with refused(NotAllowed):
        office.peng.claims(matter, "section_review")
    with refused(NotAllowed, match="抄送由办理这个事项的人、起办人或者负责人进行"):
        office.peng.copies(matter, office.gao)
    with refused(NotAllowed):
        office.peng.urges(matter, "section_review")


def test_opening_the_case_is_the_read_receipt(office: Office, matter: Matter) -> None:
    office.zhou.copies(matter, office.peng)
    office.clock.set("2026-03-03", "09:15")  # Tuesday
    office.peng.reads(matter)
    office.clock.set("2026-03-04")  # Wednesday
    office.peng.reads(matter)
    assert receipts(office, matter) == [("彭越", "2026-03-03 01:15:00+00:00")]
    assert matter.history.count("彭越已阅抄送。") == 1


def test_what_is_not_opened_stays_unread(office: Office, matter: Matter) -> None:
    office.zhou.copies(matter, office.peng)
    office.qin.reads(matter)
    assert receipts(office, matter) == [("彭越", "None")]


@pytest.mark.parametrize("who", ["shen", "luo", "admin"])
def test_no_copy_goes_to_other_agencies_or_administrators(
    office: Office, matter: Matter, who: str
) -> None:
    with refused(InvalidAnswers) as invalid:
        office.zhou.copies(matter, office.people[who], office.peng)
    assert invalid.value.errors == {"to": ["从名单里选要抄送的人。"]}
    assert not office.people[who].sees(matter)
    assert not office.peng.sees(matter)


def test_no_copy_goes_to_another_tree(office: Office, matter: Matter) -> None:
    stranger = office.add_stranger()
    with refused(InvalidAnswers):
        office.zhou.copies(matter, stranger)


@pytest.mark.parametrize("label", [Label.WORK_SECRET, Label.PERSONAL])
def test_a_copy_of_a_restricted_case_gets_it_no_new_reader(
    office: Office, matter: Matter, label: Label
) -> None:
    with office.engine.work() as work:
        matter.case(work).label = label
    with refused(InvalidAnswers):
        office.zhou.copies(matter, office.peng)
    assert not office.peng.sees(matter)
    # The head of disclosure of the agency reads it by rule.
    office.zhou.copies(matter, office.liang)
    assert copied(office.liang) == [("周砚", "")]


def test_a_copy_is_no_longer_listed_to_who_moved_away(
    office: Office, matter: Matter
) -> None:
    office.zhou.copies(matter, office.peng)
    office.moves(office.peng, "区财政局")
    office.clock.set("2026-03-03")  # Tuesday
    assert copied(office.peng) == []


def test_somebody_is_named_and_the_words_are_few(
    office: Office, matter: Matter
) -> None:
    with refused(InvalidAnswers) as invalid:
        office.zhou.copies(matter, words="看" * 201)
    assert invalid.value.errors == {
        "to": ["从名单里选要抄送的人。"],
        "words": ["最多写200个字，现在太长了。"],
    }


def test_who_may_read_a_case_follows_it(office: Office, matter: Matter) -> None:
    office.lin.follows(matter)
    assert followed(office.lin) == [("周砚领取了“科室审核”。", False)]
    office.zhou.agrees(matter, "section_review")
    assert followed(office.lin) == [("周砚审核同意。", True)]
    office.lin.reads(matter)
    assert followed(office.lin) == [("周砚审核同意。", False)]


def test_what_one_does_oneself_and_who_looks_is_no_news(
    office: Office, matter: Matter
) -> None:
    office.zhou.follows(matter)
    office.zhou.agrees(matter, "section_review")
    assert [changed for _, changed in followed(office.zhou)] == [False]
    office.lin.follows(matter)
    office.qin.opens(matter, "sign")
    assert [changed for _, changed in followed(office.lin)] == [False]


def test_following_gives_no_sight(office: Office, matter: Matter) -> None:
    with refused(NotFound):
        office.shen.follows(matter)
    office.lin.follows(matter)
    office.moves(office.lin, "区财政局")
    office.clock.set("2026-03-03")  # Tuesday
    with office.engine.read(office.lin.id) as work:
        sees = office.lin.sees(matter)
        assert len(following.followed(work)) == int(sees)


def test_who_follows_no_more_has_nothing_listed(office: Office, matter: Matter) -> None:
    office.lin.follows(matter)
    office.lin.follows(matter)
    with office.lin.work() as work:
        following.unfollow(work, matter.case(work))
    assert followed(office.lin) == []


def test_what_one_has_begun_is_listed_newest_first(
    office: Office, matter: Matter
) -> None:
    second = office.lin.begins()
    with office.engine.read(office.lin.id) as work:
        assert [case.id for case in following.started(work)] == [second.id, matter.id]
        assert [case.id for case in following.started(work, second.id)] == [matter.id]
    with office.engine.read(office.zhou.id) as work:
        assert following.started(work) == []


def copied(actor: Actor) -> list[tuple[str, str]]:
    """抄送我: from whom, and what was said."""
    with actor.office.engine.read(actor.id) as work:
        return [(copy.by.name, copy.words) for copy in circulation.to_me(work)]


def receipts(office: Office, matter: Matter) -> list[tuple[str, str]]:
    """Who got a copy, and when it was read."""
    with office.engine.read() as work:
        rows = circulation.of_case(work, matter.case(work))
        return [(row.person.name, str(row.read_at)) for row in rows]


def followed(actor: Actor) -> list[tuple[str, bool]]:
    """关注: the newest change of each case, and whether it is news."""
    with actor.office.engine.read(actor.id) as work:
        return [
            (row.newest.sentence if row.newest else "", row.changed)
            for row in following.followed(work)
        ]
