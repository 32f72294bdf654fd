"""What a form takes as answered: what is asked for now, and nothing after a stop."""

from typing import Any

import pytest

from engine.authoring import Form, InvalidAnswers, asked_with, choice, line, outcome
from engine.forms import check_answers
from engine.texts import FieldText, ProcessTexts, StepTexts
from tests.office import refused


class Request(Form):
    """A form with a question that stops, and fields that depend on others."""

    secret = choice(("no", "yes"), stops=("yes",))
    kind = choice(("plain", "special"))
    why = asked_with(line(required=False), "kind", "special")
    detail = asked_with(line(required=False), "why", "law")
    outcome = outcome("sent")


TEXTS = StepTexts(
    "申请",
    fields={"secret": FieldText("涉密吗", stops={"yes": "停在这里，线下办理。"})},
)
PLAIN = {"secret": "no", "kind": "plain", "outcome": "sent"}


def answered(**answers: Any) -> dict[str, Any]:
    """Return what the form takes of some answers."""
    return check_answers(Request, TEXTS, PLAIN | answers)


def test_what_is_asked_for_is_taken() -> None:
    values = answered(kind="special", why="law", detail="第3条")
    assert (values["why"], values["detail"]) == ("law", "第3条")


def test_what_is_not_asked_for_does_not_count() -> None:
    assert answered(why="law")["why"] == ""


def test_what_depends_on_something_not_asked_for_does_not_count_either() -> None:
    assert answered(why="law", detail="第3条")["detail"] == ""


def test_an_answer_that_stops_says_only_what_to_do_instead() -> None:
    with refused(InvalidAnswers) as invalid:
        check_answers(Request, TEXTS, {"secret": "yes"})
    assert invalid.value.errors == {"secret": ["停在这里，线下办理。"]}


def test_without_words_a_stop_is_left_to_its_step() -> None:
    values = check_answers(Request, StepTexts("申请"), PLAIN | {"secret": "yes"})
    assert values["secret"] == "yes"


WRITTEN = """
title = "办理"
[reasons]
late = "晚了"
[steps.send]
title = "发出"
[[steps.send.groups]]
title = "先看"
fields = ["secret"]
[steps.send.fields.reason]
label = "原因"
options = "reasons"
[steps.send.fields.secret]
label = "涉密吗"
[steps.send.fields.secret.stops]
yes = "停在这里。"
"""


@pytest.fixture
def texts(tmp_path: Any) -> ProcessTexts:
    """Texts as a folder brings them."""
    path = tmp_path / "texts.toml"
    path.write_text(WRITTEN, encoding="utf-8")
    return ProcessTexts.from_file(path)


def test_reasons_that_several_steps_ask_for_are_written_once(
    texts: ProcessTexts,
) -> None:
    reason = texts.step("send").field("reason")
    assert reason.options == {"late": "晚了"}
    assert reason.missing == "选一项原因"


def test_a_long_form_has_parts_and_stops(texts: ProcessTexts) -> None:
    step = texts.step("send")
    assert [(group.title, group.fields) for group in step.groups] == [
        ("先看", ("secret",))
    ]
    assert step.field("secret").stops == {"yes": "停在这里。"}
