"""审定发布: who lets what out, where, to whom and when."""

from datetime import date

from engine.errors import InvalidAnswers, MakerIsChecker, NotFound, Refusal
from models.documents import Document, VersionKind
from models.people import Role
from models.publications import PublishedPaper
from models.workflow import Case
from processes.publication.tests.published import (
    APPROVAL,
    acts,
    document,
    messages,
    published_versions,
    publishes,
    reads,
)
from processes.registers.documents import document_of
from processes.registers.publications import refuse_taken_index
from tests.office import NOTICE, USUAL_ANSWERS, Matter, Office, refused


def test_an_approved_bundle_is_out_on_its_day(office: Office) -> None:
    matter = office.brought_to(APPROVAL)
    office.liang.lets_out(matter, "2026-03-05")  # Thursday
    office.clock.set("2026-03-04", "23:59")
    office.fires()
    assert document(office, matter).published_at is None
    office.clock.set("2026-03-05", "00:00")
    office.fires()
    told = document(office, matter)
    assert str(told.published_at) == "2026-03-04 16:00:00+00:00"
    assert told.index_number == "500199002/2026-00001"
    assert told.is_listed


def test_what_is_to_be_out_today_is_out_at_once(office: Office) -> None:
    matter = publishes(office)
    assert str(document(office, matter).published_at) == "2026-03-02 02:00:00+00:00"
    assert reads(office, matter) == NOTICE


def test_the_history_says_who_let_what_out_and_when(office: Office) -> None:
    history = publishes(office).history
    told = "梁敬之批准发布：2026年3月2日 周一，由政府网站向所有人公开1份文件。"
    assert told in history
    assert (
        "“关于做好2026年政务公开培训工作的通知”发布，索引号500199002/2026-00001。"
        in history
    )


def test_one_bundle_goes_to_several_channels(office: Office) -> None:
    matter = office.brought_to(APPROVAL)
    office.liang.lets_out(matter, "2026-03-02", channels="website gazette new_media")
    office.fires()
    assert messages(office) == [
        ("website", "publish"),
        ("gazette", "publish"),
        ("new_media", "publish"),
    ]
    assert acts(office, matter) == [
        ("publish", "", ["website", "gazette", "new_media"])
    ]


def test_the_head_says_where_to_whom_and_when(office: Office) -> None:
    matter = office.brought_to(APPROVAL)
    with refused(InvalidAnswers) as refusal:
        office.liang.does(matter, APPROVAL, outcome="approved")
    assert set(refusal.value.errors) == {"channels", "audience", "publish_on"}


def test_nothing_is_published_on_a_day_that_is_over(office: Office) -> None:
    matter = office.brought_to(APPROVAL)
    with refused(InvalidAnswers) as refusal:
        office.liang.lets_out(matter, "2026-03-01")
    assert refusal.value.errors == {"publish_on": ["发布日期不能早于今天"]}


def test_a_refused_bundle_comes_back_with_a_reason_that_is_counted(
    office: Office,
) -> None:
    matter = office.brought_to(APPROVAL)
    office.liang.does(
        matter,
        APPROVAL,
        outcome="refused",
        reason="timing",
        opinion="等区里的通气会开完再发。",
    )
    assert matter.open_steps == ["draft"]
    assert document(office, matter).published_at is None
    with office.engine.read() as work:
        assert matter.open_task(work, APPROVAL).reason == "timing"
    told = "梁敬之退回：公开时机、方式不当。"
    assert told in matter.history


def test_a_refusal_names_its_reason_and_says_what_to_do(office: Office) -> None:
    matter = office.brought_to(APPROVAL)
    with refused(InvalidAnswers) as refusal:
        office.liang.does(matter, APPROVAL, outcome="refused")
    assert set(refusal.value.errors) == {"reason", "opinion"}


def test_only_the_issuing_agencys_head_lets_out(office: Office) -> None:
    matter = office.brought_to(APPROVAL)
    with refused(NotFound):
        office.tang.lets_out(matter, "2026-03-02")


def test_who_drafted_it_does_not_let_it_out(office: Office) -> None:
    matter = office.brought_to(APPROVAL)
    office.gives_role(office.lin, Role.DISCLOSURE_HEAD, "区政府办")
    with refused(MakerIsChecker):
        office.lin.lets_out(matter, "2026-03-02")


# 扶贫信息按规定向特定区域、特定人群公开.


def test_what_is_for_a_region_is_on_no_list(office: Office) -> None:
    matter = office.brought_to(APPROVAL)
    office.liang.lets_out(
        matter,
        "2026-03-02",
        audience="region",
        audience_name="青石村村民",
        channels="notice_board",
    )
    office.fires()
    told = document(office, matter)
    assert told.published_at is not None
    assert not told.is_listed
    told_then = "2026年3月2日 周一，由公告栏张贴向青石村村民公开1份文件。"
    assert f"梁敬之批准发布：{told_then}" in matter.history


def test_what_is_for_some_people_does_not_go_where_all_can_read(
    office: Office,
) -> None:
    matter = office.brought_to(APPROVAL)
    with refused(InvalidAnswers) as refusal:
        office.liang.lets_out(
            matter,
            "2026-03-02",
            audience="group",
            audience_name="雨露计划补助申领人",
            channels="website handed_out",
        )
    assert refusal.value.errors == {
        "channels": ["政府网站谁都能看，只向一部分人公开的用公告栏张贴或者送达本人"]
    }


def test_some_people_are_named(office: Office) -> None:
    matter = office.brought_to(APPROVAL)
    with refused(InvalidAnswers) as refusal:
        office.liang.lets_out(
            matter, "2026-03-02", audience="group", channels="handed_out"
        )
    assert refusal.value.errors == {"audience_name": ["写明是哪个区域、哪些人"]}


# 索引号: ours, or the one that an old document brings.


def test_each_document_has_the_next_number(office: Office) -> None:
    publishes(office)
    second = publishes(office)
    assert document(office, second).index_number == "500199002/2026-00002"


def test_an_old_document_keeps_its_own_number(office: Office) -> None:
    matter = office.brought_to(APPROVAL)
    brings_number(office, matter, "11640302001/2020-00123")
    office.liang.lets_out(matter, "2026-03-02")
    office.fires()
    assert document(office, matter).index_number == "11640302001/2020-00123"
    assert document(office, publishes(office)).index_number == "500199002/2026-00001"


def test_a_number_that_another_document_was_given_is_refused(office: Office) -> None:
    publishes(office, title="第一份")
    matter = office.lin.begins()
    with office.engine.work() as work, refused(InvalidAnswers) as refusal:
        old = document_of(work.session, matter.case(work))
        number = "500199002/2026-00001"
        refuse_taken_index(work, old, number, field="index_number")
    (sentence,) = refusal.value.errors["index_number"]
    assert sentence == (
        "索引号500199002/2026-00001已经是“第一份”的，一个索引号只能用一次。"
        "核对原件上的号，没有的空着，发布时给新号"
    )


def test_our_next_number_passes_over_one_that_an_old_document_brought(
    office: Office,
) -> None:
    old = office.brought_to(APPROVAL)
    brings_number(office, old, "500199002/2026-00001")
    office.liang.lets_out(old, "2026-03-02")
    office.fires()
    assert document(office, publishes(office)).index_number == "500199002/2026-00002"


# 先审查、后公开: nothing goes out whose bytes nobody reviewed (Art 17(2)).


def test_a_text_that_changed_after_its_review_is_not_approved(office: Office) -> None:
    matter = office.brought_to(APPROVAL)
    changes_copy(office, matter)
    with refused(Refusal) as refusal:
        office.liang.lets_out(matter, "2026-03-02")
    assert refusal.value.message == (
        "没有批准：“正文”现在的公开件还没有审查通过，先送公开前审查。"
    )


def test_a_text_that_changed_after_its_approval_is_not_published(
    office: Office,
) -> None:
    matter = office.brought_to(APPROVAL)
    office.liang.lets_out(matter, "2026-03-05")
    changes_copy(office, matter)
    office.clock.set("2026-03-05", "00:00")
    office.fires()
    assert document(office, matter).published_at is None


def test_what_is_published_is_kept_with_its_sha256(office: Office) -> None:
    publishes(office)
    with office.engine.read() as work:
        (version,) = published_versions(work)
        published = work.session.query(PublishedPaper).one()
        assert version.kind == VersionKind.PUBLIC
        assert published.sha256 == version.file.sha256
        assert not version.file.encrypted


def brings_number(office: Office, matter: Matter, number: str) -> None:
    """Let a document carry the 索引号 of its original."""
    with office.engine.work() as work:
        document_of(work.session, matter.case(work)).index_number = number


def changes_copy(office: Office, matter: Matter) -> None:
    """Put other bytes under the public copy, as nobody of the office could."""
    with office.engine.work() as work:
        found: Document = document_of(work.session, matter.case(work))
        assert found.text is not None
        copy = found.text.newest(VersionKind.PUBLIC)
        assert copy is not None
        copy.file.sha256 = "0" * 64


def test_a_day_off_is_a_day_like_any_other_to_publish_on(office: Office) -> None:
    matter = office.brought_to(APPROVAL)
    office.liang.lets_out(matter, "2026-03-07")  # Saturday
    assert matter.limit("publication_time").due_on == date(2026, 3, 6)


# An interpretation that follows its document.


def follows(office: Office) -> Matter:
    """A signed interpretation that waits for approval; its document is out."""
    matter = office.lin.drafts(kind="policy")
    office.brings(matter, "interpretation_plan")
    plan = USUAL_ANSWERS["interpretation_plan"]
    after = {"timing": "after", "days_after": "3"}
    office.lin.does(matter, "interpretation_plan", **{**plan, **after})
    office.brings(matter, APPROVAL)
    office.liang.lets_out(matter, "2026-03-02")
    office.fires()
    with office.engine.read() as work:
        (later,) = work.session.query(Case).filter_by(parent_id=matter.id)
        follower = Matter(office, later.id)
    office.brings(follower, APPROVAL)
    return follower


def test_an_interpretation_that_follows_is_let_out_in_its_own_case(
    office: Office,
) -> None:
    later = follows(office)
    office.liang.lets_out(later, "2026-03-02")
    office.fires()
    assert [kind for kind, _, _ in acts(office, later)] == ["publish", "interpret"]
    assert len(document(office, later).papers) == 2


def test_an_interpretation_is_for_those_for_whom_its_document_is(
    office: Office,
) -> None:
    later = follows(office)
    with refused(InvalidAnswers) as refusal:
        office.liang.lets_out(
            later,
            "2026-03-02",
            audience="region",
            audience_name="青石村村民",
            channels="notice_board",
        )
    assert refusal.value.errors == {
        "audience": ["解读和文件在同一页上，向同样的人公开：所有人"]
    }


def test_a_policy_document_does_not_go_out_unexplained(office: Office) -> None:
    matter = office.brought_to(APPROVAL)
    with office.engine.work() as work:
        document_of(work.session, matter.case(work)).kind = "policy"
    with refused(Refusal) as refusal:
        office.liang.lets_out(matter, "2026-03-02")
    assert refusal.value.message == (
        "没有批准：政策性文件还没有签过的解读方案或者材料，不能发布。退回补上。"
    )


def test_no_step_of_a_change_lies_ahead_of_a_bundle(office: Office) -> None:
    definitions = office.engine.definitions
    with office.engine.read() as work:
        parsed = definitions.parsed(definitions.current(work.session, "publication"))
    assert [each.id for each in parsed.ahead(APPROVAL)] == []
    ahead = [each.id for each in parsed.ahead("publication_request")]
    assert ahead[-2:] == ["publication_review", "approve_change"]
