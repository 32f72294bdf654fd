"""答复、答辩: drafted, looked at by others, and handed in with its evidence."""

from datetime import date
from typing import Any

from engine.authoring import Facts, InvalidAnswers, Step, files
from models.challenges import Challenge, ChallengeKind, ChallengePurpose
from processes.registers import challenges, form_checks
from processes.registers.clock_events import in_full
from processes.review_and_litigation import entering

#: What being late costs, by whether it is 复议.
_TOO_LATE = {
    True: "视为没有证据、依据（行政复议法第70条）",
    False: "视为没有相应证据（行政诉讼法第34条第2款）",
}


def of(step: Step) -> Challenge:
    """Return the challenge that a step works on."""
    return challenges.challenge_of(step.work.session, step.case)


def keep_uploads(
    step: Step, challenge: Challenge, names: list[str], purpose: ChallengePurpose
) -> None:
    """Keep what the actor has uploaded; what is there already stays as it is."""
    there = {each.file.public_id for each in challenge.files}
    new = [files.own_upload(step.work, each) for each in names if each not in there]
    challenges.keep_files(step.work, challenge, new, purpose)


def draft_defence(step: Step, values: dict[str, Any]) -> Facts:
    """起草: what the agency says, with the list of evidence and the rules."""
    challenge = of(step)
    if not values["files"]:
        raise InvalidAnswers({"files": ["上传答复书（答辩状）和证据"]})
    request = entering.chosen_request(step, values["request"])
    if request is not None and challenge.request is None:
        challenges.name_request(step.work, challenge, request)
    _replace_files(challenge, values["files"])
    keep_uploads(step, challenge, values["files"], ChallengePurpose.ANSWER)
    said = {name: values[name] for name in ("statement", "evidence", "norms")}
    challenges.say(step.work, challenge, said)
    return {"draft_defence": "submitted"}


def _replace_files(challenge: Challenge, names: list[str]) -> None:
    """Let go of what an earlier draft had and this one has not."""
    for each in list(challenge.files):
        if each.purpose == ChallengePurpose.ANSWER and each.file.public_id not in names:
            challenge.files.remove(each)


def judge(step: Step, values: dict[str, Any]) -> Facts:
    """Agree to an answer, or return it to who drafted it."""
    if values["outcome"] == "returned":
        form_checks.reason_to_return(step, values)
    return {step.element: values["outcome"]}


def submit_defence(step: Step, values: dict[str, Any]) -> Facts:
    """提交登记: on that day the agency has answered; late, the history says so."""
    challenge = of(step)
    form_checks.refuse(form_checks.past(step, values, "handed_in_on"))
    on: date = values["handed_in_on"]
    if on < challenge.notified_on:
        raise InvalidAnswers({"handed_in_on": ["提交的日期不能早于收到材料的日期"]})
    limit = entering.limit_of(challenge)
    deadline = step.running_limit(limit)
    challenge.replied_on = on
    challenges.say(step.work, challenge, {"handed_in": values["way"]})
    keep_uploads(step, challenge, values["files"], ChallengePurpose.RECEIPT)
    late = ""
    if deadline is not None and deadline.due_on is not None and on > deadline.due_on:
        cost = _TOO_LATE[challenge.kind == ChallengeKind.RECONSIDERATION]
        late = f"期限是{in_full(deadline.due_on)}，已经逾期，{cost}。"
    step.end_limit(limit)
    step.tell(f"{step.work.actor.name}登记{in_full(on)}提交答复和证据。{late}")
    return {"submit_defence": "submitted"}
