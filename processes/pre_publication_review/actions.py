"""What each step of the review records. The diagram decides what happens next."""

from datetime import date
from typing import Any

from sqlalchemy import func, select

from engine.authoring import (
    Facts,
    InvalidAnswers,
    Refusal,
    Step,
    content,
    escalate,
    files,
    settings,
)
from models.records import StoredFile
from models.reviews import (
    Answer,
    Determination,
    DeterminationAnswer,
    ReviewResult,
    ReviewRound,
)
from processes.pre_publication_review import items
from processes.pre_publication_review.preparing import (
    STATEMENTS,
    answer_findings,
    judge_lost_marks,
    mark_stretches,
)
from processes.registers import (
    copies,
    findings,
    form_checks,
    marks,
    opinions,
    papers,
)
from processes.registers.reviews import (
    SECRECY_STEPS,
    determinations,
    newest_round,
    unreviewed,
    was_withheld,
)


def open_review(step: Step) -> Facts:
    """开启审查: a round begins over all that is to leave (Art 17)."""
    work, case = step.work, step.case
    versions = papers.leaving(work, case)
    if not versions:
        msg = "没有开始审查：这件没有要公开的正文、附件或者解读材料。"
        raise Refusal(msg)
    if was_withheld(work, case):
        msg = "没有开始审查：有权机关已经确定这些材料不予公开。改过以后再送审。"
        raise Refusal(msg)
    earlier = work.session.scalar(
        select(func.count(ReviewRound.id)).where(ReviewRound.case_id == case.id)
    )
    levels = settings.read(
        work.session,
        "review.secrecy_levels",
        on=work.today,
        organisation=case.agency,
    )
    work.session.add(
        ReviewRound(
            case_id=case.id,
            number=(earlier or 0) + 1,
            opened_at=work.now,
            levels=levels,
            covers=[version.id for version in versions],
        )
    )
    work.session.flush()
    marks.carry_over_removed(work, versions[0].paper.document, versions)
    suspected = any(version.locked_at is not None for version in versions)
    return {
        "open_review": "suspected" if suspected else "clear",
        "pre_publication_review": "open",
    }


def judge_secret_mark(step: Step, values: dict[str, Any]) -> Facts:
    """核查密级标志: a person has looked at the original, not at the file."""
    if values["outcome"] == "stopped":
        return _stop(step)
    if not values["opinion"]:
        form_checks.refuse({"opinion": ["写明看了哪份原件、为什么不是密级标志"]})
    versions = papers.leaving(step.work, step.case)
    papers.unlock(step.work, versions)
    marks.carry_over_removed(step.work, versions[0].paper.document, versions)
    for version in versions:
        for finding in findings.of_version(step.work.session, version):
            if finding.code == findings.SECRET_MARK:
                findings.answer(
                    step, finding, Answer.EXPLAIN, explanation=values["opinion"]
                )
    return {"judge_secret_mark": "cleared"}


def prepare_copy(step: Step, values: dict[str, Any]) -> Facts:
    """制作公开件: answer what was found, make the copies anew, read them back."""
    if values["outcome"] == "stopped":
        return _stop(step)
    round_ = _round(step)
    versions = papers.leaving(step.work, step.case)
    if values["outcome"] == "returned":
        form_checks.refuse(form_checks.missing_reason(values))
        # What was marked so far is marked again in the text that comes back.
        mark_stretches(step, versions, values["marks"])
        form_checks.reason_to_return(step, values)
        _close(step, round_, ReviewResult.RETURNED)
        return {"prepare_copy": "returned", "pre_publication_review": "returned"}
    form_checks.refuse(
        {
            **answer_findings(step, versions, values["findings"]),
            **mark_stretches(step, versions, values["marks"]),
            **judge_lost_marks(step, versions),
            **form_checks.missing(step, values, *STATEMENTS),
        }
    )
    for name in STATEMENTS:
        setattr(round_, name, values[name])
    round_.covers = [version.id for version in versions]
    made = copies.make(step.work, step.case, versions)
    step.tell(f"{step.work.actor.name}制作公开件{len(made)}份，读回核对无误，送审。")
    return {"prepare_copy": "submitted", "secrecy_turn": 1}


def secrecy_first(step: Step, values: dict[str, Any]) -> Facts:
    """保密初审."""
    return _secrecy(step, values)


def secrecy_second(step: Step, values: dict[str, Any]) -> Facts:
    """保密复审."""
    return _secrecy(step, values)


def secrecy_final(step: Step, values: dict[str, Any]) -> Facts:
    """保密终审."""
    return _secrecy(step, values)


def _secrecy(step: Step, values: dict[str, Any]) -> Facts:
    """Judge item by item (保密法实施条例 Art 42), on the copies that were read."""
    outcome = values["outcome"]
    if outcome in {"passed", "unsure"}:
        _require_copies(step)
    sheet = items.secrecy_sheet(step, values["items"], outcome)
    reasons = form_checks.missing_reason(values) if outcome == "returned" else {}
    form_checks.refuse({**sheet.errors, **reasons})
    items.keep(step, sheet.given)
    for copy in items.copies(step):
        opinions.give(step, copy, outcome, values["opinion"])
    if outcome == "stopped":
        return {**_stop(step), "secrecy_review": "stopped"}
    if outcome == "returned":
        form_checks.reason_to_return(step, values)
    level = SECRECY_STEPS.index(step.element) + 1
    turn = level
    if outcome == "passed":
        turn = level + 1 if level < _round(step).levels else 0
    return {
        step.element: outcome,
        "secrecy_review": outcome,
        "secrecy_turn": turn,
    }


def request_determination(step: Step, values: dict[str, Any]) -> Facts:
    """报请确定 (Art 17(3)): who was asked, by which letter."""
    _refuse_future(step, "asked_on", values["asked_on"])
    step.work.session.add(
        Determination(
            round_id=_round(step).id,
            authority=values["authority"],
            letter_number=values["letter_number"],
            asked_on=values["asked_on"],
            asked_by=step.work.actor.required_person,
        )
    )
    step.tell(
        f"{step.work.actor.name}报请{values['authority']}确定，"
        f"函件{values['letter_number']}。"
    )
    return {}


def record_determination(step: Step, values: dict[str, Any]) -> Facts:
    """登记确定结果: silence is no answer, and nothing is public without one."""
    round_ = _round(step)
    asked = determinations(step.work.session, round_)[0]
    _refuse_future(step, "answered_on", values["answered_on"])
    if values["answered_on"] < asked.asked_on:
        sentence = "答复日期不能早于报出日期"
        raise InvalidAnswers({"answered_on": [sentence]})
    answer = DeterminationAnswer(values["answer"])
    if answer == DeterminationAnswer.PARTLY:
        form_checks.refuse(form_checks.missing(step, values, "note"))
    asked.answer = answer
    asked.answered_on = values["answered_on"]
    asked.note = values["note"]
    if values["reply"]:
        asked.reply_id = _reply(step, values["reply"]).id
    if answer == DeterminationAnswer.NOT_PUBLIC:
        _close(step, round_, ReviewResult.WITHHELD)
    words = step.process.texts.step(step.element).field("answer").options[answer]
    step.tell(f"{step.work.actor.name}登记{asked.authority}的确定结果：{words}。")
    facts = {"record_determination": answer.value}
    if answer == DeterminationAnswer.NOT_PUBLIC:
        facts["pre_publication_review"] = "withheld"
    return facts


def _reply(step: Step, public_id: str) -> StoredFile:
    file = files.own_upload(step.work, public_id)
    if content.looked_at(step.work, file).is_marked_secret:
        sentence = "这份答复函有密级标志，不能存在这里，线下保管，只登记结果"
        raise InvalidAnswers({"reply": [sentence]})
    return file


def content_review(step: Step, values: dict[str, Any]) -> Facts:
    """合法性和五关审查, and what other agencies have not made public (Art 11)."""
    outcome = values["outcome"]
    if outcome == "stopped":
        return _stop(step)
    sheet = items.content_sheet(step, values["checks"], outcome)
    if outcome == "passed":
        _require_copies(step)
        errors = _missing_consent(step, values)
    else:
        errors = form_checks.missing_reason(values)
    form_checks.refuse({**sheet.errors, **errors})
    if outcome == "passed":
        round_ = _round(step)
        round_.other_agency = values["agency"]
        round_.consent = values["consent"]
    items.keep(step, sheet.given)
    for copy in items.copies(step):
        opinions.give(step, copy, outcome, values["opinion"])
    if outcome == "returned":
        form_checks.reason_to_return(step, values)
    return {"content_review": outcome}


def _missing_consent(step: Step, values: dict[str, Any]) -> dict[str, list[str]]:
    """Publish what is another agency's only with its written consent (Art 11)."""
    if values["other_agency"] == "yes":
        return form_checks.missing(step, values, "agency", "consent")
    return form_checks.missing(step, values, "other_agency")


def review_closed(step: Step) -> Facts:
    """审查结束: every paper has every opinion that it needs, on its very bytes."""
    missing = unreviewed(step.work, step.case)
    if missing:
        names = "、".join(version.paper.title for version in missing)
        msg = (
            f"没有提交：{names}的公开件和审查时的不是同一份，或者还缺审查意见，"
            "退回重新制作、重新审查。"
        )
        raise Refusal(msg)
    round_ = _round(step)
    _close(step, round_, ReviewResult.PASSED)
    step.work.record(
        step.case,
        "review_passed",
        f"第{round_.number}次公开前审查通过，共{len(round_.covers)}份。",
        data={"papers": _digests(step)},
    )
    return {"pre_publication_review": "passed"}


def _digests(step: Step) -> list[str]:
    return [copy.file.sha256 for copy in items.copies(step)]


def report_secret(step: Step, values: dict[str, Any]) -> Facts:
    """登记涉密处置: reported within 24 hours (保密法实施条例 Art 61)."""
    _refuse_future(step, "reported_on", values["reported_on"])
    round_ = _round(step)
    round_.reported_to = values["reported_to"]
    round_.reported_on = values["reported_on"]
    round_.handling = values["handling"]
    _close(step, round_, ReviewResult.STOPPED)
    return {"pre_publication_review": "stopped"}


def review_escalate_step(step: Step) -> Facts:
    """提醒办理期限."""
    escalate(step)
    return {}


def _round(step: Step) -> ReviewRound:
    round_ = newest_round(step.work.session, step.case)
    if round_ is None:
        msg = f"{step.case.number} has no review under way"
        raise RuntimeError(msg)
    return round_


def _require_copies(step: Step) -> None:
    """Let nobody judge a paper of which there is no copy yet.

    Raises:
        Refusal: one was changed after its copy had been made.
    """
    missing = [
        version.paper.title
        for version in papers.leaving(step.work, step.case)
        if version.paper.public_copy is None
    ]
    if missing:
        msg = f"没有提交：{'、'.join(missing)}改过，还没有公开件，先退回重新制作。"
        raise Refusal(msg)


def _close(step: Step, round_: ReviewRound, result: ReviewResult) -> None:
    round_.result = result
    round_.closed_at = step.work.now


def _stop(step: Step) -> dict[str, Any]:
    """Let nobody read the papers from this moment on; the file is never passed on.

    State secrets are not stored or handled on a system like this one (保守国家秘密法
    Art 31(3)).
    """
    papers.lock(step.work, step.case)
    step.work.record(
        step.case,
        "review_stopped",
        "这件涉嫌国家秘密，停办。文件已经封存，谁也不能再看、再下载。",
        data={"element": step.element},
    )
    step.tell(f"{step.work.actor.name}提出涉嫌国家秘密，按涉密处置。")
    return {step.element: "stopped"}


def _refuse_future(step: Step, name: str, day: date) -> None:
    if day > step.work.today:
        raise InvalidAnswers({name: ["日期不能晚于今天"]})
