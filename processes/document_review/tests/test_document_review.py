"""公文公开属性审签, as the office says it."""

from datetime import date

import pytest
from sqlalchemy import select

from engine.errors import InvalidAnswers, NotAllowed, NotFound
from models.documents import Document, PaperVersion, VersionKind
from models.records import StoredFile
from models.reviews import Opinion
from models.workflow import Incident, OutboxMessage, Task
from processes.registers.documents import document_of, published_document
from processes.registers.opinions import agreed_steps
from tests.office import NOTICE, Matter, Office, refused

CHANGED = NOTICE + "附件：培训安排\n"


def test_a_document_goes_through_four_people_and_is_published(office: Office) -> None:
    matter = office.lin.drafts()
    assert matter.waits_at == ["科室审核"]
    office.zhou.agrees(matter, "section_review")
    assert matter.waits_at == ["保密审查"]
    office.gao.agrees(matter, "secrecy_review", "不涉及国家秘密，可以公开。")
    assert matter.waits_at == ["审定公开"]
    office.liang.approves(matter, "2026-03-02")
    assert office.fires() == 1
    assert matter.waits_at == []
    assert matter.history[-2:] == [
        "“关于做好2026年政务公开培训工作的通知”发布，索引号500199002/2026-00001。",
        "拟稿500199002-2026-0001办结。",
    ]


def test_only_a_handler_begins_a_document(office: Office) -> None:
    with refused(NotAllowed, match="您不担任这个角色"):
        office.zhou.begins()


def test_the_drafter_has_a_new_document_in_hand_at_once(office: Office) -> None:
    office.lin.begins()
    # Five working days from Monday 2 March.
    assert office.lin.in_hand == [("拟稿", date(2026, 3, 9))]  # Monday


def test_a_submission_without_attribute_is_returned_and_counted(
    office: Office,
) -> None:
    # 国办发〔2016〕80号 part 一(一).
    matter = office.lin.drafts(attribute=None)
    assert matter.waits_at == ["拟稿"]
    assert matter.history[-1] == (
        "系统退文：没有公开属性建议。这是区政府办今年第1次退文。"
    )


@pytest.mark.parametrize("attribute", ["not_public", "on_request"])
def test_a_document_that_is_not_public_needs_a_reason(
    office: Office, attribute: str
) -> None:
    matter = office.lin.drafts(attribute=attribute)
    assert matter.waits_at == ["拟稿"]
    assert "没有说明不主动公开的理由" in matter.history[-1]


def test_a_reason_of_blanks_is_none(office: Office) -> None:
    matter = office.lin.drafts(attribute="not_public", attribute_reason="   ")
    assert matter.waits_at == ["拟稿"]


def test_returns_are_counted_on(office: Office) -> None:
    matter = office.lin.drafts(attribute=None)
    office.lin.submits(matter, attribute="not_public")
    assert matter.history[-1].endswith("这是区政府办今年第2次退文。")


def test_returns_are_counted_for_each_agency(office: Office) -> None:
    office.lin.drafts(attribute=None)
    matter = office.shen.drafts(attribute=None)
    assert matter.history[-1].endswith("这是区财政局今年第1次退文。")


def test_returns_are_counted_from_the_offices_new_year(office: Office) -> None:
    # In Greenwich it is still 2026.
    office.clock.set("2026-12-31", "23:59")  # Thursday
    office.lin.drafts(attribute=None)
    office.clock.set("2027-01-01", "00:30")  # Friday
    matter = office.lin.drafts(attribute=None)
    assert matter.history[-1].endswith("这是区政府办今年第1次退文。")


def test_the_coded_reason_stands_on_the_submission_that_was_returned(
    office: Office,
) -> None:
    matter = office.lin.begins()
    office.clock.set("2026-03-10")  # Tuesday, after the limit of drafting
    office.fires()
    office.zhou.acknowledges(matter)
    office.lin.submits(matter, attribute=None)
    with office.engine.read() as work:
        coded = work.session.query(Task).filter(Task.reason.is_not(None)).one()
        assert (coded.kind, coded.reason) == ("work", "no_attribute")


def test_a_returned_submission_comes_back_to_its_drafter(office: Office) -> None:
    matter = office.lin.drafts(attribute=None)
    assert matter.assignee == "林晓雯"
    office.lin.submits(matter)
    assert matter.waits_at == ["科室审核"]


def test_a_document_is_not_formed_in_the_future(office: Office) -> None:
    with refused(InvalidAnswers) as invalid:
        office.lin.drafts(formed_on="2026-03-03")  # Tuesday
    assert invalid.value.errors == {"formed_on": ["生成日期不能晚于今天"]}


def test_a_draft_needs_title_text_and_date(office: Office) -> None:
    matter = office.lin.begins()
    with refused(InvalidAnswers) as invalid:
        office.lin.does(matter, "draft", outcome="submitted", title="  ")
    assert invalid.value.errors == {
        "title": ["写明公文标题"],
        "file": ["选择正文文件"],
        "formed_on": ["写明生成日期"],
    }


@pytest.mark.parametrize(
    ("login", "step"),
    [
        ("zhou", "section_review"),
        ("gao", "secrecy_review"),
        ("liang", "approve_publication"),
    ],
)
def test_each_reviewer_may_return_to_the_drafter(
    office: Office, login: str, step: str
) -> None:
    matter = brought_to(office, step)
    office.people[login].returns(matter, step, "personal_data")
    assert matter.waits_at == ["拟稿"]
    assert matter.assignee == "林晓雯"
    assert matter.history[-1] == (
        f"{office.people[login].name}退回“关于做好2026年政务公开培训工作的通知”："
        "个人信息没有处理。"
    )


def test_a_return_says_what_to_change(office: Office) -> None:
    matter = office.lin.drafts()
    with refused(InvalidAnswers) as invalid:
        office.zhou.does(matter, "section_review", outcome="returned")
    assert invalid.value.errors == {
        "reason": ["选一项退回原因"],
        "opinion": ["写明要改什么，拟稿人才知道怎么改"],
    }


def test_after_a_return_all_reviews_are_made_again(office: Office) -> None:
    matter = brought_to(office, "approve_publication")
    office.liang.returns(matter, "approve_publication")
    office.lin.submits(matter, text=CHANGED)
    office.zhou.agrees(matter, "section_review")
    office.gao.agrees(matter, "secrecy_review")
    office.liang.approves(matter, "2026-03-02")
    office.fires()
    assert matter.history[-1] == "拟稿500199002-2026-0001办结。"


def test_a_changed_text_is_a_version_of_its_own(office: Office) -> None:
    matter = office.lin.drafts()
    office.zhou.returns(matter, "section_review")
    office.lin.submits(matter, text=CHANGED)
    assert versions(office, matter) == [(1, "office"), (2, "office")]


def test_the_same_text_again_is_no_new_version(office: Office) -> None:
    matter = office.lin.drafts()
    office.zhou.returns(matter, "section_review")
    office.lin.submits(matter)
    assert versions(office, matter) == [(1, "office")]


def test_an_opinion_speaks_of_the_bytes_that_were_read(office: Office) -> None:
    matter = office.lin.drafts()
    office.zhou.agrees(matter, "section_review")
    office.gao.returns(matter, "secrecy_review")
    office.lin.submits(matter, text=CHANGED)
    with office.engine.read() as work:
        document = document_of(work.session, matter.case(work))
        old, new = document.papers[0].versions
        case = matter.case(work)
        assert agreed_steps(work, case, old) == {"section_review"}
        assert agreed_steps(work, case, new) == set()


def test_a_text_changed_after_the_reviews_is_not_published(office: Office) -> None:
    # 《政府信息公开条例》Art 17: what was not reviewed is not published.
    matter = approved_for(office, "2026-03-05")  # Thursday
    change_text(office, matter)
    office.clock.set("2026-03-05", "00:00")
    assert office.fires() == 0
    with office.engine.read() as work:
        document = document_of(work.session, matter.case(work))
        assert (document.published_at, document.index_number) == (None, None)
        assert work.session.query(OutboxMessage).count() == 0


def test_a_text_changed_after_the_reviews_becomes_an_incident(office: Office) -> None:
    matter = approved_for(office, "2026-03-05")  # Thursday
    change_text(office, matter)
    for hour in ("00:00", "00:01", "00:06", "00:36"):
        office.clock.set("2026-03-05", hour)
        office.fires()
    with office.engine.read() as work:
        assert work.session.query(Incident).one().detail.startswith("Refusal publish")


@pytest.mark.parametrize(
    ("attribute", "name"), [("not_public", "不予公开"), ("on_request", "依申请公开")]
)
def test_a_document_that_is_not_public_is_registered_and_not_published(
    office: Office, attribute: str, name: str
) -> None:
    matter = kept(office, attribute)
    assert matter.waits_at == []
    assert matter.history[-3:] == [
        f"梁敬之审定为{name}，不对外发布。",
        (
            f"“关于做好2026年政务公开培训工作的通知”登记为{name}。"
            "理由：条例第16条，内部事务信息。"
        ),
        "拟稿500199002-2026-0001办结。",
    ]


def test_a_document_that_is_not_public_has_no_index_number_and_no_copy(
    office: Office,
) -> None:
    matter = kept(office, "not_public")
    with office.engine.read() as work:
        document = document_of(work.session, matter.case(work))
        assert document.index_number is None
        assert document.papers[0].newest(VersionKind.PUBLIC) is None
        with refused(NotFound):
            published_document(work.session, document.public_id)


def test_approval_names_channel_and_day(office: Office) -> None:
    matter = brought_to(office, "approve_publication")
    with refused(InvalidAnswers) as invalid:
        office.liang.does(matter, "approve_publication", outcome="approved")
    assert invalid.value.errors == {
        "channel": ["选一种发布渠道"],
        "publish_on": ["定一个发布日期，今天发布就填今天"],
    }


def test_nothing_is_published_in_the_past(office: Office) -> None:
    matter = brought_to(office, "approve_publication")
    with refused(InvalidAnswers) as invalid:
        office.liang.approves(matter, "2026-03-01")  # Sunday
    assert invalid.value.errors == {"publish_on": ["发布日期不能早于今天"]}


def test_publication_on_a_later_day_happens_when_that_day_begins(
    office: Office,
) -> None:
    matter = approved_for(office, "2026-03-05")  # Thursday
    assert matter.history[-1] == "梁敬之批准公开，2026年3月5日 周四发布。"
    office.clock.set("2026-03-04", "23:59")
    assert office.fires() == 0
    office.clock.set("2026-03-05", "00:00")
    assert office.fires() == 1
    with office.engine.read() as work:
        document = document_of(work.session, matter.case(work))
        assert str(document.published_at) == "2026-03-04 16:00:00+00:00"


def test_index_numbers_run_on_by_agency_and_year_of_publication(
    office: Office,
) -> None:
    numbers = [publish(office), publish(office)]
    office.clock.set("2027-01-04")  # Monday
    numbers.append(publish(office))
    assert numbers == [
        "500199002/2026-00001",
        "500199002/2026-00002",
        "500199002/2027-00001",
    ]


def test_the_public_copy_is_a_version_and_a_file_of_its_own(office: Office) -> None:
    publish(office)
    with office.engine.read() as work:
        document = work.session.query(Document).one()
        office_text = document.papers[0].newest(VersionKind.OFFICE)
        public_copy = document.papers[0].newest(VersionKind.PUBLIC)
        assert office_text is not None
        assert public_copy is not None
        assert (public_copy.number, public_copy.file.label) == (2, "public")
        assert (office_text.number, office_text.file.label) == (1, "internal")
        assert office_text.file.public_id != public_copy.file.public_id


def test_a_published_document_is_handed_to_its_channel_once(office: Office) -> None:
    publish(office)
    with office.engine.read() as work:
        message = work.session.query(OutboxMessage).one()
        copied = work.session.query(StoredFile).filter_by(label="public").one()
        assert message.kind == "website"
        assert message.payload == {
            "title": "关于做好2026年政务公开培训工作的通知",
            "index_number": "500199002/2026-00001",
            "document_number": "",
            "issuer": "云川区政府办",
            "published_on": "2026-03-02",
            "file": copied.sha256,
        }


def test_a_published_document_is_there_for_everybody(office: Office) -> None:
    publish(office)
    with office.engine.read() as work:
        document = work.session.query(Document).one()
        found = published_document(work.session, document.public_id)
        assert found.title == "关于做好2026年政务公开培训工作的通知"


def test_publication_in_time_meets_the_limit(office: Office) -> None:
    matter = approved_for(office, "2026-03-30")  # Monday, the last day (Art 26)
    office.clock.set("2026-03-30", "00:00")
    office.fires()
    assert matter.limit("publication").state == "met"


def test_a_historical_document_is_recorded_without_the_limit_of_publication(
    office: Office,
) -> None:
    office.sets("organisation.starts_on", "2026-03-01", valid_from=date(2026, 1, 1))
    matter = office.lin.drafts(formed_on="2019-06-03")  # Monday
    with office.engine.read() as work:
        assert document_of(work.session, matter.case(work)).formed_on == date(
            2019, 6, 3
        )
    with pytest.raises(IndexError):
        matter.limit("publication")


def test_a_historical_document_is_published_like_any_other(office: Office) -> None:
    office.sets("organisation.starts_on", "2026-03-01", valid_from=date(2026, 1, 1))
    assert publish(office, formed_on="2019-06-03") == "500199002/2026-00001"


def test_opinions_keep_who_said_what_when(office: Office) -> None:
    matter = office.lin.drafts()
    office.zhou.agrees(matter, "section_review", "内容属实，公开属性准确。")
    with office.engine.read() as work:
        opinion = work.session.query(Opinion).one()
        assert (opinion.step, opinion.outcome) == ("section_review", "agreed")
        assert opinion.text == "内容属实，公开属性准确。"
        assert opinion.given_by == office.zhou.id
        assert opinion.given_at == office.clock()


def brought_to(office: Office, step: str, **answers: str) -> Matter:
    """Bring a new document to one of its three reviews."""
    matter = office.lin.drafts(**answers)
    if step != "section_review":
        office.zhou.agrees(matter, "section_review")
    if step == "approve_publication":
        office.gao.agrees(matter, "secrecy_review")
    return matter


def approved_for(office: Office, day: str) -> Matter:
    """Bring a document to its approval for a day."""
    matter = brought_to(office, "approve_publication")
    office.liang.approves(matter, day)
    return matter


def publish(office: Office, **answers: str) -> str | None:
    """Publish a document today; return its 索引号."""
    matter = brought_to(office, "approve_publication", **answers)
    office.liang.approves(matter, office.clock().date().isoformat())
    office.fires()
    with office.engine.read() as work:
        return document_of(work.session, matter.case(work)).index_number


def kept(office: Office, attribute: str) -> Matter:
    """Bring a document that is not public to its end."""
    reason = "条例第16条，内部事务信息。"
    matter = brought_to(
        office, "approve_publication", attribute=attribute, attribute_reason=reason
    )
    office.liang.does(matter, "approve_publication", outcome="approved")
    return matter


def change_text(office: Office, matter: Matter) -> None:
    """Put another text under a document that was approved already."""
    public_id = office.lin.uploads(CHANGED)
    with office.engine.work() as work:
        document = document_of(work.session, matter.case(work))
        file = work.session.scalars(
            select(StoredFile).where(StoredFile.public_id == public_id)
        ).one()
        document.papers[0].versions.append(
            PaperVersion(
                case_id=matter.id,
                number=2,
                kind=VersionKind.OFFICE,
                file_id=file.id,
                made_at=work.now,
                made_by=office.lin.id,
            )
        )


def versions(office: Office, matter: Matter) -> list[tuple[int, str]]:
    """Return number and kind of a document's versions."""
    with office.engine.read() as work:
        document = document_of(work.session, matter.case(work))
        return [
            (version.number, version.kind) for version in document.papers[0].versions
        ]
