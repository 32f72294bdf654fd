"""People without a login: bounds that hold, forms that count once, no traces."""

from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import func, select

from engine import visitors
from engine.errors import Refusal
from engine.work import Engine
from models.visitors import SubmittedForm, VisitorCount
from tests.office import SetClock, refused

HERE = "203.0.113.7"


def tries(engine: Engine, who: str = HERE, most: int = 3) -> bool:
    """Try once."""
    with engine.work() as work:
        return visitors.may_try(work, "door", who, most=most, minutes=15)


def rows(engine: Engine) -> int:
    """Return how much is kept of visitors."""
    with engine.read() as work:
        counts = work.session.scalar(select(func.count()).select_from(VisitorCount))
        forms = work.session.scalar(select(func.count()).select_from(SubmittedForm))
        return (counts or 0) + (forms or 0)


def test_a_bound_holds_until_its_time_is_over(engine: Engine, clock: SetClock) -> None:
    assert [tries(engine) for _ in range(5)] == [True, True, True, False, False]
    clock.set("2026-03-02", "10:14")
    assert tries(engine) is False
    clock.set("2026-03-02", "10:15")
    assert tries(engine) is True


def test_one_visitor_s_tries_are_not_another_s(engine: Engine) -> None:
    for _ in range(5):
        tries(engine)
    assert tries(engine, "203.0.113.8") is True


def test_tries_are_forgiven_after_a_right_one(engine: Engine) -> None:
    for _ in range(5):
        tries(engine)
    with engine.work() as work:
        visitors.forgive(work, "door", HERE)
    assert tries(engine) is True


def test_tries_at_one_moment_are_counted_one_by_one(engine: Engine) -> None:
    with ThreadPoolExecutor(8) as people:
        answers = list(people.map(lambda _: tries(engine), range(16)))
    assert sorted(answers) == [False] * 13 + [True] * 3


def test_nothing_that_is_kept_names_anybody(engine: Engine) -> None:
    tries(engine)
    with engine.work() as work:
        visitors.hold_form(work, "a form's token").result = "request"
    with engine.read() as work:
        (count,) = work.session.scalars(select(VisitorCount))
        (form,) = work.session.scalars(select(SubmittedForm))
        assert HERE not in count.who
        assert len(count.who) == len(form.token) == 64
        assert "token" not in form.token


def test_a_form_is_known_again_for_a_day(engine: Engine, clock: SetClock) -> None:
    with engine.work() as work:
        visitors.hold_form(work, "token").result = "request"
    clock.set("2026-03-03", "09:59")
    with engine.work() as work:
        visitors.forget(work)
        assert visitors.result_of_form(work, "token") == "request"
        assert visitors.result_of_form(work, "another") == ""
    clock.set("2026-03-03", "10:00")
    with engine.work() as work:
        visitors.forget(work)
        assert visitors.result_of_form(work, "token") == ""


def test_a_form_that_failed_was_never_sent_in(engine: Engine) -> None:
    def fail() -> None:
        msg = "没有提交。"
        raise Refusal(msg)

    with refused(Refusal), engine.work() as work:
        visitors.hold_form(work, "token").result = "request"
        fail()
    with engine.read() as work:
        assert visitors.result_of_form(work, "token") == ""


def test_what_is_over_is_forgotten(engine: Engine, clock: SetClock) -> None:
    tries(engine)
    with engine.work() as work:
        visitors.hold_form(work, "token").result = "request"
    with engine.read() as work:
        assert visitors.anything_to_forget(work) is False
    clock.set("2026-03-04")
    with engine.read() as work:
        assert visitors.anything_to_forget(work) is True
    with engine.work() as work:
        visitors.forget(work)
    assert rows(engine) == 0
