"""结果: what was heard, how it ended, what the agency must do anew, and the archive."""

from typing import Any

from engine.authoring import Facts, InvalidAnswers, Step
from models.challenges import (
    CHALLENGE_RESULT_NAMES,
    Challenge,
    ChallengeKind,
    ChallengePurpose,
    ChallengeResult,
)
from processes.registers import challenges, form_checks
from processes.registers.clock_events import in_full
from processes.registers.form_checks import Errors
from processes.review_and_litigation.answering import keep_uploads, of

#: Who of the agency must come, and what is due where the head does not.
_HEARING_RULES = {
    True: "写明负责人不能参加的理由和委托的工作人员（行政复议法第51条）",
    False: "写明负责人不能出庭的情况和委托的工作人员（行政诉讼法第3条第3款）",
}


def await_result(step: Step, values: dict[str, Any]) -> Facts:
    """等待结果: a hearing is noted and the waiting goes on; a result ends it."""
    challenge = of(step)
    if values["what"] == "heard":
        return _hear(step, challenge, values)
    _refuse_result(step, challenge, values)
    result = ChallengeResult(values["result"])
    redo_by = values["redo_by"]
    challenges.say(step.work, challenge, {"ordered": values["ordered"]})
    keep_uploads(step, challenge, values["files"], ChallengePurpose.RESULT)
    challenges.end(
        *(step.work, challenge, result, values["result_on"]),
        number=values["result_number"],
        redo_by=redo_by,
    )
    anew = f"须在{in_full(redo_by)}前重新处理。" if redo_by else ""
    step.tell(
        f"{step.work.actor.name}登记结果：{CHALLENGE_RESULT_NAMES[result]}，"
        f"{in_full(values['result_on'])}。{anew}"
    )
    if redo_by is None:
        return {"await_result": "over"}
    return {"await_result": "redo", "redo_runs": {"since": redo_by.isoformat()}}


def _hear(step: Step, challenge: Challenge, values: dict[str, Any]) -> Facts:
    """Note a hearing: the head attends, or it is explained why not."""
    errors = form_checks.past(step, values, "heard_on")
    if values["head_attended"] is None:
        errors |= form_checks.missing(step, values, "head_attended")
    if values["head_attended"] == "no" and not values["explanation"]:
        is_reconsideration = challenge.kind == ChallengeKind.RECONSIDERATION
        errors["explanation"] = [_HEARING_RULES[is_reconsideration]]
    form_checks.refuse(errors)
    heard = {
        "on": values["heard_on"].isoformat(),
        "head_attended": values["head_attended"] == "yes",
        "explanation": values["explanation"],
    }
    before = challenges.said(step.work, challenge).get("hearings", [])
    challenges.say(step.work, challenge, {"hearings": [*before, heard]})
    keep_uploads(step, challenge, values["files"], ChallengePurpose.HEARING)
    who = "负责人参加" if heard["head_attended"] else "负责人没有参加，已经说明情况"
    step.tell(
        f"{step.work.actor.name}登记{in_full(values['heard_on'])}听证、开庭，{who}。"
    )
    return {"await_result": "heard"}


def _refuse_result(step: Step, challenge: Challenge, values: dict[str, Any]) -> None:
    errors: Errors = form_checks.missing(step, values, "result")
    errors |= form_checks.past(step, values, "result_on")
    on = values["result_on"]
    if on and on < challenge.notified_on:
        errors["result_on"] = ["审结的日期不能早于收到材料的日期"]
    if values["result"] == ChallengeResult.CORRECTED:
        errors |= form_checks.missing(step, values, "redo", "ordered")
        if values["redo"] == "yes":
            errors |= form_checks.missing(step, values, "redo_by")
    if on and values["redo_by"] and values["redo_by"] < on:
        errors["redo_by"] = ["重新处理的期限不能早于审结的日期"]
    form_checks.refuse(errors)


def carry_out_result(step: Step, values: dict[str, Any]) -> Facts:
    """重新处理: what was decided anew, and when; the request's case is told."""
    challenge = of(step)
    form_checks.refuse(form_checks.past(step, values, "redone_on"))
    on = values["redone_on"]
    if challenge.result_on and on < challenge.result_on:
        raise InvalidAnswers({"redone_on": ["重新处理的日期不能早于审结的日期"]})
    challenges.say(
        step.work, challenge, {"redone": values["redone"], "redone_on": on.isoformat()}
    )
    keep_uploads(step, challenge, values["files"], ChallengePurpose.REDONE)
    sentence = f"{step.work.actor.name}登记{in_full(on)}重新处理完毕。"
    step.tell(sentence)
    if challenge.request is not None:
        step.work.record(challenge.request.case, "request_redone", sentence)
    return {"carry_out_result": "redone"}


def archive_challenge(step: Step, values: dict[str, Any]) -> Facts:
    """归档: one case, one file."""
    challenge = of(step)
    challenge.archived_on = step.work.today
    challenge.retention = values["retention"]
    step.tell(f"{step.work.actor.name}归档，保管期限{values['retention']}。")
    return {}
