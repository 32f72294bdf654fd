"""送达: which day counts, and what each way of service asks for."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from engine import letters as word_letters
from engine.errors import Refusal
from engine.history import case_stream, entries
from models.letters import Letter, Service
from models.workflow import Case
from processes.registers import letters, service_of_letters
from tests.letters import FIELDS, a_case
from tests.office import Office, refused


@dataclass(frozen=True)
class Served:
    """What was recorded of one attempt."""

    id: int
    counts_on: date | None
    served_on: date | None


class Post:
    """A letter that was issued on Monday, 2 March 2026, and how it is served."""

    def __init__(self, office: Office, kind: str = "refusal") -> None:
        self.office = office
        self.lin = office.people["lin"]
        self.case_id = a_case(office, self.lin, "区政府办")
        with self.lin.work() as work:
            case = work.session.get_one(Case, self.case_id)
            letter = letters.draft(work, case, kind, FIELDS[kind])
            self.letter_id = letters.issue(work, letter).id

    def serves(self, way: str, sent_on: str, **how: Any) -> Served:
        """Record one attempt."""
        with self.lin.work() as work:
            letter = work.session.get_one(Letter, self.letter_id)
            if how.get("served_on"):
                how["served_on"] = date.fromisoformat(how["served_on"])
            day = date.fromisoformat(sent_on)
            made = service_of_letters.serve(work, letter, way, day, **how)
            return Served(made.id, made.counts_on, made.served_on)

    def fails(self, way: str, sent_on: str, **how: Any) -> Served:
        """Record one attempt that reached nobody."""
        with self.lin.work() as work:
            letter = work.session.get_one(Letter, self.letter_id)
            day = date.fromisoformat(sent_on)
            made = service_of_letters.fail(work, letter, way, day, **how)
            return Served(made.id, made.counts_on, made.served_on)

    @property
    def counts_on(self) -> date | None:
        """The day that counts after all attempts."""
        with self.lin.work() as work:
            letter = work.session.get_one(Letter, self.letter_id)
            return service_of_letters.counts_on(letter)


POSTAL = {"by_postal_enterprise": True, "tracking_number": "XA12345678900"}


@pytest.fixture
def post(office: Office) -> Post:
    """A letter of Monday; the clock stands on Friday, 13 March 2026."""
    made = Post(office)
    office.clock.set("2026-03-13")
    return made


def test_posted_counts_on_the_day_it_is_handed_over(post: Post) -> None:
    service = post.serves("post", "2026-03-06", **POSTAL)
    assert (service.counts_on, service.served_on) == (date(2026, 3, 6), None)


def test_posted_counts_on_that_day_when_it_arrives_later(post: Post) -> None:
    service = post.serves("post", "2026-03-06", served_on="2026-03-10", **POSTAL)
    assert service.counts_on == date(2026, 3, 6)
    assert service.served_on == date(2026, 3, 10)


def test_a_private_courier_is_refused(post: Post) -> None:
    with refused(Refusal, match="邮政企业"):
        post.serves("post", "2026-03-06", tracking_number="SF1")


def test_posting_must_be_provable(post: Post) -> None:
    with refused(Refusal, match="邮件号码"):
        post.serves("post", "2026-03-06", by_postal_enterprise=True)


@pytest.mark.parametrize("way", ["direct", "entrusted"])
def test_handed_over_counts_on_the_day_of_the_signature(post: Post, way: str) -> None:
    service = post.serves(way, "2026-03-05", served_on="2026-03-09")
    assert service.counts_on == date(2026, 3, 9)


@pytest.mark.parametrize("way", ["direct", "entrusted", "left"])
def test_without_the_day_of_the_signature_nothing_is_served(
    post: Post, way: str
) -> None:
    with refused(Refusal, match="签收"):
        post.serves(way, "2026-03-05")


def test_what_is_left_there_needs_reason_and_witness(post: Post) -> None:
    with refused(Refusal, match="见证人"):
        post.serves("left", "2026-03-05", served_on="2026-03-05")
    remark = "本人拒收，社区工作人员见证，已拍照"
    service = post.serves("left", "2026-03-05", served_on="2026-03-05", remark=remark)
    assert service.counts_on == date(2026, 3, 5)


def test_electronic_service_needs_consent(post: Post) -> None:
    with refused(Refusal, match="同意"):
        post.serves("electronic", "2026-03-05", served_on="2026-03-05")


def test_electronic_counts_on_the_day_it_reaches_the_recipients_system(
    post: Post,
) -> None:
    service = post.serves(
        "electronic", "2026-03-05", served_on="2026-03-06", consent=True
    )
    assert service.counts_on == date(2026, 3, 6)


def test_an_answer_without_the_internet_channel_is_not_served_electronically(
    office: Office,
) -> None:
    key = "letters.reconsideration_site"
    office.sets(key, None, valid_from=date(2026, 3, 2))
    post = Post(office)
    with refused(Refusal, match="第22条第2款"):
        post.serves("electronic", "2026-03-02", served_on="2026-03-02", consent=True)


def test_an_announcement_counts_after_thirty_days(post: Post) -> None:
    service = post.serves("announcement", "2026-03-05", remark="下落不明，邮寄两次退回")
    assert service.counts_on == date(2026, 4, 4)


def test_a_draft_is_not_served(office: Office) -> None:
    lin = office.people["lin"]
    case_id = a_case(office, lin, "区政府办")
    with refused(Refusal, match="还没有签发"), lin.work() as work:
        case = work.session.get_one(Case, case_id)
        letter = letters.draft(work, case, "refusal", FIELDS["refusal"])
        service_of_letters.serve(
            work, letter, "direct", work.today, served_on=work.today
        )


@pytest.mark.parametrize(
    ("sent_on", "served_on"),
    [
        ("2026-03-01", "2026-03-05"),
        ("2026-03-05", "2026-03-04"),
        ("2026-03-05", "2026-03-14"),
    ],
)
def test_days_that_cannot_be_are_refused(
    post: Post, sent_on: str, served_on: str
) -> None:
    with refused(Refusal):
        post.serves("direct", sent_on, served_on=served_on)


def test_the_first_attempt_that_counts_decides(post: Post) -> None:
    post.serves("post", "2026-03-06", **POSTAL)
    post.serves("direct", "2026-03-09", served_on="2026-03-10")
    with post.lin.work() as work:
        letter = work.session.get_one(Letter, post.letter_id)
        assert service_of_letters.counts_on(letter) == date(2026, 3, 6)
        assert service_of_letters.served_on(letter) == date(2026, 3, 10)


def test_what_the_post_brings_back_was_handed_over_in_time(post: Post) -> None:
    failed = post.fails("post", "2026-03-06", remark="迁移新址不明", **POSTAL)
    assert failed.counts_on == date(2026, 3, 6)
    post.serves("direct", "2026-03-09", served_on="2026-03-10")
    assert post.counts_on == date(2026, 3, 6)


def test_nobody_at_home_counts_for_nothing(post: Post) -> None:
    failed = post.fails("direct", "2026-03-05", remark="家中无人")
    assert (failed.counts_on, failed.served_on) == (None, None)
    assert post.counts_on is None
    post.serves("direct", "2026-03-09", served_on="2026-03-10")
    assert post.counts_on == date(2026, 3, 10)
    with post.lin.work() as work:
        rows = work.session.get_one(Letter, post.letter_id).services
        told = [(each.way, each.remark) for each in rows]
    assert told == [("direct", "家中无人"), ("direct", "")]


def test_a_failed_posting_must_be_provable_too(post: Post) -> None:
    with refused(Refusal, match="邮件号码"):
        post.fails("post", "2026-03-06", remark="查无此人", by_postal_enterprise=True)


def test_the_signature_is_recorded_later(post: Post) -> None:
    service_id = post.serves("post", "2026-03-06", **POSTAL).id
    with post.lin.work() as work:
        service = work.session.get_one(Service, service_id)
        service_of_letters.arrived(work, service, date(2026, 3, 11))
        assert service.counts_on == date(2026, 3, 6)
    with refused(Refusal, match="已经登记"), post.lin.work() as work:
        service = work.session.get_one(Service, service_id)
        service_of_letters.arrived(work, service, date(2026, 3, 12))


def test_what_came_back_says_why(post: Post) -> None:
    service_id = post.serves("post", "2026-03-06", **POSTAL).id
    with post.lin.work() as work:
        service = work.session.get_one(Service, service_id)
        service_of_letters.came_back(work, service, "查无此人")
    with post.lin.work() as work:
        told = entries(work.session, case_stream(post.case_id))[0].sentence
    assert told == (
        "林晓雯登记：“政府信息不予公开告知书”（云川府办公复〔2026〕1号）邮寄送达，没有送到。"
    )


def test_a_letter_in_the_post_is_not_voided(post: Post) -> None:
    post.serves("post", "2026-03-06", **POSTAL)
    with refused(Refusal, match="不能作废"), post.lin.work() as work:
        letters.void(work, work.session.get_one(Letter, post.letter_id), "写错")


def test_a_void_letter_is_not_served(post: Post) -> None:
    with post.lin.work() as work:
        letters.void(work, work.session.get_one(Letter, post.letter_id), "写错")
    with refused(Refusal, match="已经作废"):
        post.serves("post", "2026-03-06", **POSTAL)


def test_the_proof_is_printed_with_blanks_to_sign(post: Post) -> None:
    with post.lin.work() as work:
        letter = work.session.get_one(Letter, post.letter_id)
        form = service_of_letters.proof_form(work, letter, "云川路1号")
    said = word_letters.text_of(form)
    assert "文书文号\t云川府办公复〔2026〕1号" in said
    assert "收件人\t张晓明" in said
    assert "拒收的理由、日期，见证人签名" in said
    assert "年　　月　　日" in said
