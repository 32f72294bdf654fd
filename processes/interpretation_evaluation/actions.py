"""What the evaluation records."""

from typing import Any

from engine.authoring import Facts, InvalidAnswers, NotFound, Step, escalate
from models.interpretations import UNDERSTANDING_NAMES, Understanding
from processes.registers import interpretations


def interpretation_evaluate(step: Step, values: dict[str, Any]) -> Facts:
    """评估解读效果 (解读效果评估)."""
    found = interpretations.of_case(step.work.session, step.case)
    if found is None:
        raise NotFound("这份解读")
    reach, questions = _numbers(values)
    found.evaluated_by = step.work.actor.required_person
    found.evaluated_on = step.work.today
    found.reach, found.questions = reach, questions
    found.understanding = values["understanding"]
    found.evaluation = values["evaluation"]
    words = UNDERSTANDING_NAMES[Understanding(values["understanding"])]
    step.tell(
        f"{step.work.actor.name}评估解读效果：看到{reach}人次，收到{questions}个问题，"
        f"群众{words}。"
    )
    return {}


def interpretation_evaluation_escalate(step: Step) -> Facts:
    """提醒评估."""
    escalate(step)
    return {}


def _numbers(values: dict[str, Any]) -> tuple[int, int]:
    errors = {
        name: ["写一个整数，没有就写 0"]
        for name in ("reach", "questions")
        if not (values[name].isascii() and values[name].isdigit())
    }
    if errors:
        raise InvalidAnswers(errors)
    return int(values["reach"]), int(values["questions"])
