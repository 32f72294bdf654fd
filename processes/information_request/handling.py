"""办理: searching, asking others, more time, a fee; whatever comes before an answer."""

from datetime import date
from typing import Any

from sqlalchemy import select

from engine.authoring import Facts, InvalidAnswers, Refusal, Step, files
from models.fees import TARIFF_NAMES, ProcessingFee, Tariff
from models.letters import Letter
from models.requests import (
    ConsultationKind,
    InformationRequest,
    SearchRecord,
)
from processes.information_request import checks, examining, explaining, sending
from processes.registers import (
    consultations,
    fees,
    form_checks,
    requests,
    sent_letters,
    service_of_letters,
)
from processes.registers.consultations import Party

_MOST_DAYS = 20
_MOST_PAGES = 100_000


def search_request(step: Step, values: dict[str, Any]) -> Facts:
    """检索: keep where was looked, how and with what result."""
    request = checks.request_of(step)
    form_checks.refuse(form_checks.past(step, values, "searched_on"))
    assert step.task is not None  # noqa: S101 (a person's step)
    proof = files.own_upload(step.work, values["proof"]) if values["proof"] else None
    request.searches.append(
        SearchRecord(
            organisation_id=step.task.place_id,
            places=values["places"],
            keywords=values["keywords"],
            period=values["period"],
            found=values["found"] == "yes",
            result=values["result"],
            searched_on=values["searched_on"],
            searched_by=step.work.actor.required_person,
            proof=proof,
        )
    )
    step.work.session.flush()
    found = "查到了" if values["found"] == "yes" else "没有查到"
    step.tell(f"{step.work.actor.name}检索{values['period']}的材料，{found}。")
    return {"vote": "agreed"}


def handle_request(step: Step, values: dict[str, Any]) -> Facts:
    """办理: one act at a time; most of them come back here."""
    request = checks.request_of(step)
    if values["outcome"] == "answer":
        refuse_while_asking(step, request, "act")
        step.tell(f"{step.work.actor.name}办理完毕，转拟答复。")
        return {"handle_request": "answer"}
    act = values["act"]
    if act is None:
        raise InvalidAnswers({"act": ["选一项要办的事，或者点“拟答复”"]})
    words = step.process.texts.step(step.element).field("act").options[act]
    step.tell(f"{step.work.actor.name}办理：{words}。")
    return _ACTS[act](step, request, values)


def refuse_while_asking(step: Step, request: InformationRequest, field: str) -> None:
    """Let no answer be decided while somebody is still being asked.

    Raises:
        InvalidAnswers: a consultation is under way.
    """
    running = consultations.running(step.work, request)
    if running:
        names = "、".join(each.party for each in running)
        sentence = f"正在征求{names}的意见，办完再拟答复"
        raise InvalidAnswers({field: [sentence]})


def _consult(step: Step, request: InformationRequest, values: dict[str, Any]) -> Facts:
    form_checks.refuse(
        form_checks.missing(step, values, "party_kind", "party", "information")
    )
    kind = ConsultationKind(values["party_kind"])
    if kind == ConsultationKind.THIRD_PARTY:
        form_checks.refuse(form_checks.missing(step, values, "party_name"))
    party = Party(
        kind=kind,
        words=values["party"],
        matter=values["information"],
        name=values["party_name"],
        contact=values["party_contact"],
    )
    consultations.consult(step.work, request, party)
    return {"handle_request": "recorded"}


def _search(step: Step, request: InformationRequest, values: dict[str, Any]) -> Facts:
    del request
    return {
        "handle_request": "search",
        "search_sections": examining.sections(step, values["sections"]),
    }


def _extend(step: Step, request: InformationRequest, values: dict[str, Any]) -> Facts:
    """延期: proposed with days and reason, before the answer is due (Art 33(2))."""
    form_checks.refuse(form_checks.missing(step, values, "days", "reason"))
    days = checks.number(values["days"], "days", 1, _MOST_DAYS)
    answer = requests.answer_clock(step.work, request, as_of=step.work.today)
    if answer.due_on is None:
        sentence = "期限现在暂停，等恢复计算、知道到期日以后再提出延期"
        raise InvalidAnswers({"act": [sentence]})
    if answer.due_on < step.work.today:
        sentence = "答复期限已过，不能再延期；延期要在期限内决定并告知（条例第33条）"
        raise InvalidAnswers({"act": [sentence]})
    used = sum(int(e.argument) for e in request.events if e.kind == "extended")
    if used + days > _MOST_DAYS:
        left = _MOST_DAYS - used
        sentence = f"延期合计不超过20个工作日（条例第33条），还能延{left}个"
        raise InvalidAnswers({"days": [sentence]})
    return {
        "handle_request": "extend",
        "extension_days": days,
        "extension_reason": values["reason"],
        "extension_runs": {"since": answer.due_on.isoformat()},
    }


def _charge(step: Step, request: InformationRequest, values: dict[str, Any]) -> Facts:
    """收费: proposed while the request is handled and not late (Art 42)."""
    form_checks.refuse(form_checks.missing(step, values, "tariff", "reason"))
    answer = requests.answer_clock(step.work, request, as_of=step.work.today)
    if answer.due_on is not None and answer.due_on < step.work.today:
        sentence = (
            "答复期限已过，不能再收费；"
            "收费通知要在期限内发出（信息处理费管理办法第6条）"
        )
        raise InvalidAnswers({"act": [sentence]})
    tariff = Tariff(values["tariff"])
    pages = (
        checks.number(values["pages"], "pages", 1, _MOST_PAGES)
        if tariff == Tariff.BY_VOLUME and values["pages"]
        else None
    )
    proposal = fees.propose(step.work, request, tariff, pages)
    if proposal.amount <= 0:
        sentence = f"按这种标准算下来不收费：{proposal.calculation}"
        raise InvalidAnswers({"tariff": [sentence]})
    fee = fee_of(step, request) or ProcessingFee(request_id=request.id)
    fee.tariff, fee.quantity = tariff, proposal.quantity
    fee.amount, fee.calculation = proposal.amount, proposal.calculation
    fee.proposed_on, fee.approved_on = step.work.today, None
    step.work.session.add(fee)
    step.work.session.flush()
    return {"handle_request": "charge", "fee_reason": values["reason"]}


def fee_of(step: Step, request: InformationRequest) -> ProcessingFee | None:
    """Return the fee of a request, proposed or told."""
    return step.work.session.scalars(
        select(ProcessingFee).where(ProcessingFee.request_id == request.id)
    ).one_or_none()


def _void(step: Step, request: InformationRequest, values: dict[str, Any]) -> Facts:
    """登记有误: proposed while nothing has left the house."""
    del request
    checks.propose_void(step, values)
    return {"handle_request": "void"}


_ACTS = {
    "consult": _consult,
    "search": _search,
    "extend": _extend,
    "charge": _charge,
    "reasons": explaining.ask_for_reasons,
    "judge": explaining.judge,
    "void": _void,
}


def approve_extension(step: Step, values: dict[str, Any]) -> Facts:
    """审批延期, by the head of the disclosure office (Art 33(2))."""
    if values["outcome"] == "refused" and not values["opinion"]:
        raise InvalidAnswers({"opinion": ["写明为什么不同意延期"]})
    return {
        "approve_extension": values["outcome"],
        "extension_approved_on": step.work.today.isoformat(),
    }


def send_extension(step: Step, values: dict[str, Any]) -> Facts:
    """告知延期: on that day the budget of days grows."""
    request = checks.request_of(step)
    form_checks.refuse(form_checks.missing(step, values, "way"))
    days = str(step.data["extension_days"])
    letter = sending.going_out(
        step.work, request, "extension_notice"
    ) or _extension_notice(step, request, days)
    sent_letters.attempt(step.work, letter, values, consent=request.electronic_service)
    counts = service_of_letters.counts_on(letter)
    if counts is None:
        return {"send_extension": "again"}
    requests.record_event(step.work, request, "extended", counts, argument=days)
    return {"send_extension": "sent"}


def _extension_notice(step: Step, request: InformationRequest, days: str) -> Letter:
    before = requests.answer_clock(step.work, request, as_of=step.work.today)
    after = requests.foreseen(step.work, request, "extended", days)
    return sending.send(
        step.work,
        request,
        "extension_notice",
        {
            "original_due": before.due_on,
            "reason": step.data["extension_reason"],
            "days_added": days,
            "new_due": after.due_on,
            "approved_on": date.fromisoformat(step.data["extension_approved_on"]),
        },
    )


def approve_fee(step: Step, values: dict[str, Any]) -> Facts:
    """审批收费."""
    fee = _fee(step)
    if values["outcome"] == "refused" and not values["opinion"]:
        raise InvalidAnswers({"opinion": ["写明为什么不同意收费"]})
    fee.approved_on = step.work.today if values["outcome"] == "approved" else None
    return {"approve_fee": values["outcome"]}


def send_fee_notice(step: Step, values: dict[str, Any]) -> Facts:
    """发收费通知: the limit stops; what is paid begins it anew.

    Source: 信息处理费管理办法第6条.
    """
    if values["outcome"] == "dropped":
        return {"send_fee_notice": "dropped"}
    request = checks.request_of(step)
    form_checks.refuse(form_checks.missing(step, values, "payment_way", "way"))
    fee = _fee(step)
    letter = sending.send(
        step.work,
        request,
        "fee_notice",
        {
            "tariff": TARIFF_NAMES[Tariff(fee.tariff)],
            "calculation": fee.calculation,
            "amount": fees.yuan(fee.amount),
            "payment_way": values["payment_way"],
        },
    )
    sent_letters.attempt(step.work, letter, values, consent=request.electronic_service)
    return {"send_fee_notice": "sent", **_fee_told(step, request, fee, letter)}


def _fee_told(
    step: Step, request: InformationRequest, fee: ProcessingFee, letter: Letter
) -> dict[str, Any]:
    """Bring the clock to where the notice is: sent, or with the applicant.

    Source: 信息处理费管理办法第6条.
    """
    counts = service_of_letters.counts_on(letter)
    if counts is not None and fee.sent_on is None:
        requests.record_event(step.work, request, "fee_sent", counts)
        fee.sent_on = counts
    served = service_of_letters.served_on(letter)
    if served is None:
        return {}
    requests.record_event(step.work, request, "fee_served", served)
    fee.served_on = served
    return {step.element: "served", "payment_runs": {"since": served.isoformat()}}


def record_fee_service(step: Step, values: dict[str, Any]) -> Facts:
    """登记收费通知送达: twenty working days to pay, from the day after.

    Source: 信息处理费管理办法第6条.
    """
    request = checks.request_of(step)
    letter = sending.issued(step.work, request, "fee_notice")
    sent_letters.attempt(step.work, letter, values, consent=request.electronic_service)
    told = _fee_told(step, request, _fee(step), letter)
    return {"record_fee_service": "again", **told}


def await_payment(step: Step, values: dict[str, Any]) -> Facts:
    """等待缴费: paid, the answer is counted anew from the day after."""
    request = checks.request_of(step)
    form_checks.refuse(
        {
            **form_checks.missing(step, values, "receipt_number"),
            **form_checks.past(step, values, "paid_on"),
        }
    )
    fee = _fee(step)
    requests.record_event(step.work, request, "fee_paid", values["paid_on"])
    fee.paid_on, fee.receipt_number = values["paid_on"], values["receipt_number"]
    return {"await_payment": "paid"}


def _fee(step: Step) -> ProcessingFee:
    fee = fee_of(step, checks.request_of(step))
    if fee is None:
        msg = "没有收费提议，先在“办理”里提出。"
        raise Refusal(msg)
    return fee
