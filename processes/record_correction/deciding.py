"""处理决定: what each decision must say, and the letters that tell it (Art 41)."""

from typing import Any

from engine.authoring import InvalidAnswers, Step
from models.challenges import CorrectionOutcome, RecordCorrection
from processes.registers import form_checks, letters, record_corrections
from processes.registers.clock_events import in_full
from processes.registers.record_corrections import NOTICE

#: What is typed of a decision, besides days.
SAID = ("corrected_to", "other_agency", "other_contact", "reasons")

#: What each decision must say.
_NEEDED = {
    CorrectionOutcome.CORRECTED: ("corrected_to",),
    CorrectionOutcome.TRANSFERRED: ("other_agency", "reasons"),
    CorrectionOutcome.TOLD_WHERE: ("other_agency", "reasons"),
    CorrectionOutcome.REFUSED: ("reasons",),
}

#: Which decisions fit what the section has found.
_FITTING = {
    "wrong": {CorrectionOutcome.CORRECTED},
    "right": {CorrectionOutcome.REFUSED},
    "not_ours": {CorrectionOutcome.TRANSFERRED, CorrectionOutcome.TOLD_WHERE},
}


def decision(
    step: Step, correction: RecordCorrection, values: dict[str, Any]
) -> CorrectionOutcome:
    """Return what is decided.

    Raises:
        InvalidAnswers: nothing is, it is against what the section found, or it does
            not say all that it must.
    """
    form_checks.refuse(form_checks.missing(step, values, "decision"))
    outcome = CorrectionOutcome(values["decision"])
    found = record_corrections.handled(step.work, correction)["found"]
    if outcome not in _FITTING[found]:
        words = step.process.texts.step("check_record").field("found").options[found]
        sentence = f"科室核实的结果是“{words}”，和这个决定不符：改选，或者退回再核实"
        raise InvalidAnswers({"decision": [sentence]})
    errors = form_checks.missing(step, values, *_NEEDED[outcome])
    if outcome == CorrectionOutcome.CORRECTED:
        # The letter tells what has been done, not what is to be.
        errors |= form_checks.past(step, values, "corrected_on")
    form_checks.refuse(errors)
    return outcome


def draft_letters(
    step: Step,
    correction: RecordCorrection,
    outcome: CorrectionOutcome,
    values: dict[str, Any],
) -> None:
    """Write the letters anew: to who asked, and 转送函 to the agency with the power."""
    work = step.work
    for before in record_corrections.drafts_of(work, step.case):
        letters.void(work, before, "重新拟处理决定")
    asked = record_corrections.asked(work, correction)
    if outcome == CorrectionOutcome.TRANSFERRED:
        wanted = (
            f"申请人：{asked['name']}，联系电话：{asked['phone']}。"
            f"记录现在的内容：{asked['wrong']}。要求更正为：{asked['right']}。"
        )
        letters.draft(
            work,
            step.case,
            NOTICE,
            {
                "title": "更正政府信息申请转送函",
                "addressee": values["other_agency"],
                "transfer": "是",
                "record": asked["record"],
                "outcome": wanted,
            },
        )
    letters.draft(
        work,
        step.case,
        NOTICE,
        {
            "addressee": asked["name"],
            "record": asked["record"],
            "outcome": _told(outcome, values),
        },
    )


def _told(outcome: CorrectionOutcome, values: dict[str, Any]) -> str:
    agency, reasons = values["other_agency"], values["reasons"]
    if outcome == CorrectionOutcome.CORRECTED:
        day = in_full(values["corrected_on"])
        return f"本机关已于{day}将该记录更正为：{values['corrected_to']}"
    if outcome == CorrectionOutcome.TRANSFERRED:
        return f"本机关无权更正该记录。{reasons}你（单位）的申请已经转送{agency}处理。"
    if outcome == CorrectionOutcome.TOLD_WHERE:
        contact = values["other_contact"]
        where = f"（联系方式：{contact}）" if contact else ""
        return f"本机关无权更正该记录。{reasons}请向{agency}{where}提出。"
    return f"不予更正。理由：{reasons}"
