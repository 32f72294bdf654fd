"""What each step records; each act stands on the request's clock as well."""

from datetime import date
from typing import Any

from engine.authoring import (
    Facts,
    InvalidAnswers,
    Step,
    calendar_of,
    escalate,
    files,
    personal,
)
from models.letters import Letter
from models.requests import (
    CONSULTATION_ANSWER_NAMES,
    Consultation,
    ConsultationAnswer,
    ConsultationKind,
)
from processes.registers import (
    consultations,
    form_checks,
    letters,
    sent_letters,
    service_of_letters,
)
from processes.registers.clock_course import SILENCE_DAYS

#: How long another agency is asked to take, in words; a co-maker has it by Art 34.
_PERIOD = "自收到本函之日起15个工作日内"


def send_inquiry(step: Step, values: dict[str, Any]) -> Facts:
    """发征求意见函: from this day on the request's limit rests (Art 33(3))."""
    if values["outcome"] == "dropped":
        return {"send_inquiry": "dropped"}
    consultation = _consultation(step)
    form_checks.refuse(form_checks.missing(step, values, "way"))
    letter = _write(step, consultation, values["question"])
    sent_letters.attempt(step.work, letter, values, consent=True, has_page=False)
    return _told(step, consultation, letter)


def _told(step: Step, consultation: Consultation, letter: Letter) -> dict[str, Any]:
    """Bring the clock to where the letter is: sent, or signed for.

    Another agency has no statutory time that its signature would begin.
    """
    counts = service_of_letters.counts_on(letter)
    if counts is None:
        return {step.element: "again"}
    if consultation.sent_on is None:
        consultations.record(step.work, consultation, "sent", counts)
        consultation.sent_on = counts
        _tell_applicant(step, consultation, counts)
    if consultation.kind == ConsultationKind.AGENCY:
        return {step.element: consultation.kind}
    signed_on = service_of_letters.served_on(letter)
    if signed_on is None:
        return {step.element: "again"}
    consultations.record(step.work, consultation, "signed", signed_on)
    calendar = calendar_of(step.work, step.case.agency)
    consultation.signed_on = signed_on
    consultation.silence_on = calendar.add_working_days(signed_on, SILENCE_DAYS).date
    return {
        step.element: consultation.kind,
        f"{consultation.kind}_silence_runs": {"since": signed_on.isoformat()},
    }


def _write(step: Step, consultation: Consultation, question: str) -> Letter:
    asked = {"question": question} if question else {}
    if consultation.kind == ConsultationKind.THIRD_PARTY:
        kind = "third_party_inquiry"
        fields = {"information": consultation.matter}
    else:
        kind = "agency_inquiry"
        fields = {
            "asked_as": consultation.kind,
            "information": consultation.matter,
            "period": _PERIOD,
        }
    fields["addressee"] = _name(step, consultation)
    letter = letters.draft(step.work, step.case, kind, {**fields, **asked})
    return letters.issue(step.work, letter)


def _name(step: Step, consultation: Consultation) -> str:
    if consultation.party_record is None:
        return consultation.party
    sealed = personal.unseal(step.work, consultation.party_record)
    return sealed.get("name") or consultation.party


def _tell_applicant(step: Step, consultation: Consultation, sent_on: date) -> None:
    """Tell the applicant that somebody is asked, and that the time is not counted."""
    request = consultation.request
    if request.closed_on is not None:
        return
    sealed = personal.unseal(step.work, request.applicant)
    letter = letters.draft(
        step.work,
        request.case,
        "consultation_notice",
        {
            "addressee": sealed.get("name", ""),
            "request_number": request.number,
            "received_on": request.received_on,
            "subject": request.subject,
            "asked": consultation.party,
            "asked_on": sent_on,
        },
    )
    letters.issue(step.work, letter)


def record_inquiry_service(step: Step, values: dict[str, Any]) -> Facts:
    """登记签收: from now on it is known when silence will mean something."""
    if values["outcome"] == "dropped":
        return _dropped(step, "record_inquiry_service")
    consultation = _consultation(step)
    letter = _inquiry(step)
    sent_letters.attempt(step.work, letter, values, consent=True, has_page=False)
    return _told(step, consultation, letter)


def _inquiry(step: Step) -> Letter:
    """Return the letter to the party, as it was issued."""
    kinds = {"third_party_inquiry", "agency_inquiry"}
    found = letters.letters_of(step.work, step.case)
    return next(each for each in reversed(found) if each.kind in kinds)


def await_third_party(step: Step, values: dict[str, Any]) -> Facts:
    """等待第三方意见."""
    facts = _answered(step, values)
    refused = {ConsultationAnswer.REFUSAL, ConsultationAnswer.PARTIAL}
    if values["outcome"] == "answered" and values["answer"] in refused:
        return {**facts, "third_party_refused": "yes"}
    return facts


def await_comaker(step: Step, values: dict[str, Any]) -> Facts:
    """等待共同制作机关意见."""
    return _answered(step, values)


def await_agency(step: Step, values: dict[str, Any]) -> Facts:
    """等待机关意见: without a statutory limit."""
    return _answered(step, values)


def _answered(step: Step, values: dict[str, Any]) -> dict[str, Any]:
    if values["outcome"] == "dropped":
        return dict(_dropped(step, step.element))
    consultation = _consultation(step)
    if values["answer"] is None:
        raise InvalidAnswers({"answer": ["选答复的意见"]})
    answered_on = _past(step, values, "answered_on")
    answer = ConsultationAnswer(values["answer"])
    if answer != ConsultationAnswer.CONSENT and not values["reasons"]:
        raise InvalidAnswers({"reasons": ["写对方不同意的理由"]})
    if values["reply"]:
        file = files.own_upload(step.work, values["reply"])
        consultation.reply_id = file.id
    consultations.record(step.work, consultation, "answered", answered_on)
    consultation.answered_on = answered_on
    _keep(step, consultation, answer, values["reasons"])
    return {step.element: "answered"}


def third_party_silent(step: Step) -> Facts:
    """第三方逾期不答复: neither consent nor refusal, the office decides (Art 32)."""
    consultation = _consultation(step)
    _keep(step, consultation, ConsultationAnswer.SILENCE, "")
    return {"third_party_silent": "decide"}


def comaker_silent(step: Step) -> Facts:
    """视为同意公开: a co-maker that is silent consents (Art 34)."""
    consultation = _consultation(step)
    _keep(step, consultation, ConsultationAnswer.SILENCE, "")
    return {"comaker_silent": "consent"}


_SILENCES = {
    ConsultationKind.THIRD_PARTY: "逾期没有答复，由本机关依照条例决定（条例第32条）",
    ConsultationKind.COMAKER: "逾期没有答复，视为同意公开（条例第34条）",
}


def _keep(
    step: Step, consultation: Consultation, answer: ConsultationAnswer, reasons: str
) -> None:
    """Keep the answer, and say so in the request's history as well."""
    consultations.keep_answer(step.work, consultation, answer, reasons)
    said = CONSULTATION_ANSWER_NAMES[answer]
    if answer == ConsultationAnswer.SILENCE:
        said = _SILENCES[ConsultationKind(consultation.kind)]
    for case in (step.case, consultation.request.case):
        step.work.record(
            case,
            "consultation_answered",
            f"征求{consultation.party}的意见：{said}。",
            quotation=reasons,
            data={"consultation": consultation.public_id, "answer": answer},
        )


def weigh_refusal(step: Step, values: dict[str, Any]) -> Facts:
    """处理第三方不同意: public against it only for a major public interest (Art 32)."""
    consultation = _consultation(step)
    if values["outcome"] == "disclosed":
        if not values["public_interest"]:
            sentence = "写明不公开会对公共利益造成什么重大影响（条例第15条、第32条）"
            raise InvalidAnswers({"public_interest": [sentence]})
        letter = letters.draft(
            step.work,
            step.case,
            "third_party_notice",
            {
                "addressee": _name(step, consultation),
                "decision": "本机关决定公开涉及你（单位）的下列政府信息",
                "information": consultation.matter,
                "public_interest": values["public_interest"],
            },
        )
        letters.issue(step.work, letter)
    return {"weigh_refusal": values["outcome"]}


def consultation_escalate_step(step: Step) -> Facts:
    """提醒办理期限."""
    escalate(step)
    return {}


def _dropped(step: Step, element: str) -> Facts:
    """Wait no longer: the request ended meanwhile, or the question has gone.

    Where the request still runs, its clock goes on from today.
    """
    consultation = _consultation(step)
    if consultation.sent_on is None:
        letters.void(step.work, _inquiry(step), "不再征求意见，没有送出。")
    else:
        consultations.record(step.work, consultation, "answered", step.work.today)
    return {element: "dropped"}


def _consultation(step: Step) -> Consultation:
    return consultations.consultation_of(step.work.session, step.case)


def _past(step: Step, values: dict[str, Any], name: str) -> date:
    day: date | None = values[name]
    if day is None:
        raise InvalidAnswers(
            {name: [step.process.texts.step(step.element).field(name).missing]}
        )
    if day > step.work.today:
        raise InvalidAnswers({name: ["日期不能晚于今天"]})
    return day
