"""What each step of an interpretation records. The diagram decides what is next."""

from typing import Any

from engine.authoring import Facts, InvalidAnswers, Step, escalate
from models.interpretations import (
    CO_SIGNING_PART_NAMES,
    CoSigningPart,
    Interpretation,
    InterpretationState,
    Reply,
)
from processes.policy_interpretation import material, plan
from processes.policy_interpretation.reasons import DOCUMENT, MATERIAL, PLAN
from processes.registers import form_checks, interpretations, opinions, rounds
from processes.registers.documents import document_of


def interpretation_open(step: Step) -> Facts:
    """准备解读: the interpretation of the case's document, begun or taken up again.

    With a plan that asks for material now, the material is next.
    """
    work = step.work
    document = document_of(work.session, step.case)
    found = interpretations.begun(work, step.case, document)
    found.state = InterpretationState.DRAFTING
    planned = found.timing is not None and not interpretations.is_later(found)
    return {"interpretation_open": "material" if planned else "plan"}


def interpretation_plan(step: Step, values: dict[str, Any]) -> Facts:
    """拟解读方案: 重点, 时间, 形式, 渠道 (政策解读方案)."""
    found = _interpretation(step)
    plan.keep(step.work, found, values)
    later = interpretations.is_later(found)
    if later:
        material.take_out(found)
    return {"interpretation_plan": "later" if later else "now"}


def interpretation_material(step: Step, values: dict[str, Any]) -> Facts:
    """拟解读材料: what was written, and the files in the forms that the plan names."""
    found = _interpretation(step)
    material.keep_parts(found, values)
    if values["outcome"] == "replanned":
        options = step.process.texts.step(step.element).field("replan").options
        why = options.get(values["replan"] or "")
        step.tell(f"{step.work.actor.name}改解读方案{f'：{why}' if why else ''}。")
        return {"interpretation_material": "replanned"}
    material.refuse_incomplete(step.work, found, values)
    material.keep_files(step.work, found, values)
    return {"interpretation_material": "submitted"}


def interpretation_gate(step: Step) -> Facts:
    """核对三同步: document, plan and material go on together, or not at all."""
    found = _interpretation(step)
    gate = interpretations.gates(step.work, found.document, found)[0]
    missing = [
        thing
        for thing, state in gate.things
        if state == interpretations.ThingState.MISSING
    ]
    if interpretations.DOCUMENT in missing:
        sentence = f"“{gate.name}”没有通过：还没有文件正文。"
        facts = {
            "interpretation_gate": "no_document",
            "policy_interpretation": "returned",
        }
    elif missing:
        sentence = f"“{gate.name}”没有通过：缺{'、'.join(missing)}。"
        facts = {"interpretation_gate": "incomplete"}
    else:
        later = interpretations.is_later(found)
        rest = "，材料按方案随后" if later else ""
        things = "文件、方案" if later else "文件、方案、材料"
        sentence = f"“{gate.name}”通过：{things}都有了{rest}。"
        facts = {"interpretation_gate": "complete"}
    step.work.record(step.case, "interpretation_gate", sentence)
    return facts


def interpretation_open_round(step: Step) -> Facts:
    """开始一轮: all who are to be asked, by the rule that holds today."""
    found = _interpretation(step)
    before = rounds.agreed_before(found)
    if before is not None:
        step.work.record(
            step.case,
            "interpretation_round_kept",
            f"方案、材料和文件都没有变，解读第{before.number}轮的同意仍然有效。",
            data={"round": before.number},
        )
        return {"interpretation_open_round": "agreed_before"}
    opened = rounds.open_round(step.work, found)
    if opened is None:
        return {"interpretation_open_round": "nobody"}
    consulted = opened.asked(CoSigningPart.CONSULTED)
    joint = opened.asked(CoSigningPart.JOINT)
    asked = [
        f"{CO_SIGNING_PART_NAMES[part]}{len(places)}家"
        for part, places in (
            (CoSigningPart.CONSULTED, consulted),
            (CoSigningPart.JOINT, joint),
        )
        if places
    ]
    step.work.record(
        step.case,
        "interpretation_round_opened",
        f"解读第{opened.number}轮：{'，'.join(asked)}。",
        data={"round": opened.number, "rule": opened.rule},
    )
    return {
        "interpretation_open_round": "asked",
        "interpretation_consulted": [each.organisation_id for each in consulted],
        "interpretation_consult_rule": rounds.rule_for(opened.rule, len(consulted)),
        "interpretation_co_signers": [each.organisation_id for each in joint],
        "interpretation_co_sign_rule": rounds.rule_for(opened.rule, len(joint)),
    }


def interpretation_consult(step: Step, values: dict[str, Any]) -> Facts:
    """答复解读意见: agrees, or says what is wrong."""
    return _answer(step, CoSigningPart.CONSULTED, values)


def interpretation_co_sign(step: Step, values: dict[str, Any]) -> Facts:
    """会签解读: a joint issuer agrees, or says what is wrong."""
    return _answer(step, CoSigningPart.JOINT, values)


def interpretation_count_answers(step: Step) -> Facts:
    """汇总意见: who let the days pass counts by the rule of silence."""
    opened = rounds.current(_interpretation(step))
    if opened is None or step.data["interpretation_consult"] != "expired":
        return {"interpretation_count_answers": step.data["interpretation_consult"]}
    answers = opened.asked(CoSigningPart.CONSULTED)
    silent = [each for each in answers if each.answer is None]
    for each in silent:
        each.answer, each.given_at = Reply.SILENT, step.work.now
    meaning = "同意" if opened.silence == rounds.CONSENT else "不同意"
    places = "、".join(each.organisation.short_name for each in silent)
    step.work.record(
        step.case,
        "interpretation_silence",
        f"{places}到期没有答复，按{meaning}处理。",
        data={"round": opened.number},
    )
    result = rounds.count(opened.rule, answers, opened.silence)
    return {"interpretation_count_answers": result}


def interpretation_close_round(step: Step) -> Facts:
    """结束一轮: agreed, or back with all that was objected."""
    opened = rounds.current(_interpretation(step))
    result = step.data["interpretation_count_answers"]
    if result == rounds.AGREED:
        result = step.data["interpretation_co_sign"]
    if opened is not None:
        opened.outcome, opened.closed_at = result, step.work.now
        word = "通过" if result == rounds.AGREED else "有异议，退回修改"
        step.work.record(
            step.case,
            "interpretation_round_closed",
            f"解读第{opened.number}轮{word}：{rounds.in_words(opened)}。",
            data={"round": opened.number, "outcome": result},
        )
    return {"interpretation_close_round": result}


def interpretation_sign(step: Step, values: dict[str, Any]) -> Facts:
    """签发解读: 主要负责人是第一解读人和责任人; the signature speaks of the document's
    text and of each file of the material as they are now."""
    found = _interpretation(step)
    if values["outcome"] == "returned":
        return _return(step, found, values)
    text = interpretations.text_of(found.document)
    if text is None:
        raise InvalidAnswers({"opinion": ["文件还没有正文，不能签发解读"]})
    later = interpretations.is_later(found)
    if not later:
        for version in interpretations.material_of(found):
            opinions.give(step, version, "signed", values["opinion"])
    found.signed_text = text.file.sha256
    found.first_interpreter_id = step.work.actor.required_person
    found.signed_at = step.work.now
    found.state = InterpretationState.PLANNED if later else InterpretationState.SIGNED
    result = "planned" if later else "signed"
    what = "解读方案" if later else "解读方案和材料"
    step.tell(f"{step.work.actor.name}作为第一解读人签发{what}。")
    return {"interpretation_sign": result, "policy_interpretation": result}


def interpretation_escalate_step(step: Step) -> Facts:
    """提醒办理期限."""
    escalate(step)
    return {}


def _interpretation(step: Step) -> Interpretation:
    document = document_of(step.work.session, step.case)
    return interpretations.begun(step.work, step.case, document)


def _answer(step: Step, part: CoSigningPart, values: dict[str, Any]) -> Facts:
    opened = rounds.current(_interpretation(step))
    place = step.task.place if step.task else step.case.agency
    if values["outcome"] == "objected":
        ask = "写明哪里不对、建议怎么改，经办人才知道怎么改"
        words = form_checks.keep_reason(step, values, ask)
        step.tell(
            f"{step.work.actor.name}（{place.short_name}）不同意解读材料：{words}。"
        )
    else:
        step.tell(f"{step.work.actor.name}（{place.short_name}）同意解读材料。")
    asked = opened.asked(part) if opened else []
    answer = next(each for each in asked if each.organisation_id == place.id)
    answer.answer = values["outcome"]
    answer.reason = (values["reason"] or "") if values["outcome"] == "objected" else ""
    answer.words = values["opinion"]
    answer.given_by = step.work.actor.required_person
    answer.given_at = step.work.now
    return {"vote": values["outcome"]}


def _return(step: Step, found: Interpretation, values: dict[str, Any]) -> Facts:
    form_checks.keep_reason(step, values, "写明要改什么")
    reason = values["reason"]
    if reason == DOCUMENT and interpretations.follows(found):
        sentence = "文件已经发布，要改文件另走更正；这里只能退回方案或者材料"
        raise InvalidAnswers({"reason": [sentence]})
    if reason == MATERIAL and interpretations.is_later(found):
        reason = PLAN
    words = step.process.texts.reasons[reason]
    step.tell(f"{step.work.actor.name}没有签发解读，退回：{words}。")
    facts = {"interpretation_sign": reason}
    return (
        {**facts, "policy_interpretation": "returned"} if reason == DOCUMENT else facts
    )
