"""What each person who handles a request fills in."""

from engine.authoring import (
    Form,
    asked_with,
    choice,
    day,
    line,
    offered,
    opinion,
    outcome,
    paragraph,
    rows,
    several_offered,
    upload,
    uploads,
)
from models.applications import ApplicantKind, Channel, Delivery, FormWanted
from models.fees import Tariff
from models.letters import ServiceWay
from models.requests import ConsultationKind, ReasonsJudgment, VoidReason
from processes.information_request.reasons import RETURN_REASONS
from processes.registers import sent_letters
from processes.registers.decision_codes import DECIDED
from processes.registers.identity import OF_PERSONS, IdentityKind

_YES_NO = ("no", "yes")
_NOT_NATURAL = [kind for kind in ApplicantKind if kind != ApplicantKind.NATURAL_PERSON]
#: Where the day of receipt is that of mutual confirmation (Art 31(2, 3)).
_CONFIRMED = (Channel.PLAIN_MAIL, Channel.INTERNET, Channel.FAX)


def _any_of(kinds: object) -> list[str]:
    return [str(kind) for kind in kinds]  # type: ignore[attr-defined] # an enumeration


class RegisterRequest(Form):
    """登记: what came over the counter, by post or by fax, and who asks (Art 29)."""

    channel = choice(_any_of(Channel))
    submitted_on = day()
    confirmed_on = asked_with(
        day(required=False), "channel", *_CONFIRMED, optional=True
    )
    files = uploads()
    content = paragraph(longest=2000)
    feature = line(required=False)
    subject = line(required=False, longest=60)
    form_wanted = choice(_any_of(FormWanted))
    delivery = choice(_any_of(Delivery))
    electronic_service = choice(_YES_NO, required=False)
    suggests_publication = choice(_YES_NO, required=False)
    kind = choice(_any_of(ApplicantKind))
    name = line(longest=100)
    identity_kind = choice(_any_of(IdentityKind))
    identity_number = line(longest=40)
    contact_person = asked_with(line(required=False), "kind", *_NOT_NATURAL)
    phone = line(longest=40)
    # A notice may have to go by post although the answer does not.
    address = line(required=False)
    email = asked_with(line(required=False, longest=100), "delivery", Delivery.EMAIL)
    fax = asked_with(line(required=False, longest=40), "delivery", Delivery.FAX)
    by_agent = choice(_YES_NO, required=False)
    agent_name = asked_with(line(required=False), "by_agent", "yes")
    agent_identity_kind = asked_with(
        choice(_any_of(OF_PERSONS), required=False), "by_agent", "yes"
    )
    agent_identity_number = asked_with(line(required=False), "by_agent", "yes")
    agent_phone = asked_with(line(required=False), "by_agent", "yes")
    needs_help = choice(_YES_NO, required=False)
    help = asked_with(line(required=False), "needs_help", "yes", optional=True)
    outcome = outcome("registered")


class ConfirmReceipt(Form):
    """确认收到: the day on which both sides have confirmed it (Art 31)."""

    confirmed_on = day(required=False, conditional=True)
    void_reason = choice(_any_of(VoidReason), required=False, only_for="void")
    void_words = paragraph(required=False, longest=300, only_for="void")
    outcome = outcome("confirmed", "void")


class ExamineRequest(Form):
    """初步审查: what is asked for, and which way it goes."""

    subject = line(required=False, longest=60)
    way = choice(("search", "handle", "answer", "clarify", "split", "void"))
    sections = asked_with(several_offered(), "way", "search")
    parts = asked_with(paragraph(required=False, longest=2000), "way", "split")
    repeats = asked_with(offered(required=False), "way", "answer", optional=True)
    void_reason = asked_with(choice(_any_of(VoidReason), required=False), "way", "void")
    void_words = asked_with(paragraph(required=False, longest=300), "way", "void")
    opinion = opinion()
    outcome = outcome("decided")


class SendClarification(Form):
    """发补正告知: once and completely, with the period and what follows (Art 30)."""

    unclear = paragraph(required=False, longest=2000, conditional=True)
    guidance = paragraph(required=False, longest=2000, conditional=True)
    items = paragraph(required=False, longest=2000, conditional=True)
    days = line(required=False, longest=3)
    way = sent_letters.way(sent_letters.LATER)
    tracking_number = sent_letters.tracking_number()
    served_on = sent_letters.served_on()
    remark = sent_letters.remark()
    proof = sent_letters.proof()
    outcome = outcome("sent", "dropped")


class RecordClarificationService(Form):
    """登记补正告知送达: the days that it gives run from when it came (Art 30)."""

    served_on = day(required=False, conditional=True)
    way = sent_letters.way()
    sent_on = sent_letters.sent_on()
    tracking_number = sent_letters.tracking_number()
    remark = paragraph(required=False, longest=500, conditional=True)
    proof = upload(required=False)
    outcome = outcome("served", "failed")


class AwaitCorrection(Form):
    """等待补正: the corrected request."""

    received_on = day(required=False, conditional=True)
    content = paragraph(required=False, longest=2000)
    files = uploads()
    outcome = outcome("corrected")


class SearchRequest(Form):
    """检索: where was looked, how, and with what result (指导案例101号)."""

    places = paragraph(longest=2000)
    keywords = line()
    period = line(longest=100)
    found = choice(("yes", "no"))
    result = paragraph(longest=2000)
    searched_on = day()
    proof = upload(required=False)
    outcome = outcome("searched")


class HandleRequest(Form):
    """办理: whatever has to happen before an answer can be drafted."""

    act = choice(
        ("consult", "search", "extend", "charge", "reasons", "judge", "void"),
        required=False,
        conditional=True,
    )
    party_kind = asked_with(
        choice(_any_of(ConsultationKind), required=False), "act", "consult"
    )
    party = asked_with(line(required=False, longest=100), "act", "consult")
    party_name = asked_with(
        line(required=False, longest=100), "party_kind", ConsultationKind.THIRD_PARTY
    )
    party_contact = asked_with(line(required=False), "act", "consult", optional=True)
    information = asked_with(paragraph(required=False, longest=2000), "act", "consult")
    sections = asked_with(several_offered(), "act", "search")
    days = asked_with(line(required=False, longest=3), "act", "extend")
    tariff = asked_with(choice(_any_of(Tariff), required=False), "act", "charge")
    pages = asked_with(line(required=False, longest=6), "act", "charge")
    reason = asked_with(
        paragraph(required=False, longest=1000), "act", "extend", "charge"
    )
    counts = asked_with(paragraph(required=False, longest=1000), "act", "reasons")
    to_explain = asked_with(paragraph(required=False, longest=1000), "act", "reasons")
    explained = asked_with(choice(("given", "silent"), required=False), "act", "judge")
    explained_on = asked_with(day(required=False), "explained", "given")
    explanation = asked_with(
        paragraph(required=False, longest=5000), "explained", "given"
    )
    judgment = asked_with(
        choice(_any_of(ReasonsJudgment), required=False), "explained", "given"
    )
    delayed_to = asked_with(day(required=False), "judgment", "more_time")
    delay_reason = asked_with(
        paragraph(required=False, longest=1000), "judgment", "more_time"
    )
    void_reason = asked_with(choice(_any_of(VoidReason), required=False), "act", "void")
    void_words = asked_with(paragraph(required=False, longest=300), "act", "void")
    outcome = outcome("answer", "acted")


class ConfirmVoid(Form):
    """确认登记有误: by another person than who found it."""

    opinion = opinion()
    outcome = outcome("agreed", "refused")


class ApproveExtension(Form):
    """审批延期, by the head of the disclosure office (Art 33(2))."""

    opinion = opinion()
    outcome = outcome("approved", "refused")


class SendExtension(Form):
    """告知延期: told before the answer is due."""

    way = sent_letters.way(sent_letters.LATER)
    tracking_number = sent_letters.tracking_number()
    served_on = sent_letters.served_on()
    remark = sent_letters.remark()
    proof = sent_letters.proof()
    outcome = outcome("sent", "failed")


class SendNotice(Form):
    """发告知书: that reasons are asked for, or when the answer comes (Art 35)."""

    way = sent_letters.way(sent_letters.LATER)
    tracking_number = sent_letters.tracking_number()
    served_on = sent_letters.served_on()
    remark = sent_letters.remark()
    proof = sent_letters.proof()
    outcome = outcome("sent", "failed")


class ApproveFee(Form):
    """审批收费, by the head of the disclosure office."""

    opinion = opinion()
    outcome = outcome("approved", "refused")


class SendFeeNotice(Form):
    """发收费通知: within the time for answering.

    Source: 信息处理费管理办法第6条.
    """

    payment_way = paragraph(required=False, longest=500, conditional=True)
    way = sent_letters.way(sent_letters.LATER)
    tracking_number = sent_letters.tracking_number()
    served_on = sent_letters.served_on()
    remark = sent_letters.remark()
    proof = sent_letters.proof()
    outcome = outcome("sent", "dropped")


class RecordFeeService(Form):
    """登记收费通知送达: the day from which the twenty days to pay are counted."""

    served_on = day(required=False, conditional=True)
    way = sent_letters.way()
    sent_on = sent_letters.sent_on()
    tracking_number = sent_letters.tracking_number()
    remark = paragraph(required=False, longest=500, conditional=True)
    proof = upload(required=False)
    outcome = outcome("served", "failed")


class AwaitPayment(Form):
    """等待缴费."""

    paid_on = day(required=False, conditional=True)
    receipt_number = line(required=False, longest=60, conditional=True)
    outcome = outcome("paid")


_REFUSALS = ("D21", "D22", "D23", "D24", "D25", "D26", "D27")
_UNHANDLED = ("D41", "D43", "D44", "D45")


def _said(*codes: str, longest: int = 2000) -> object:
    return asked_with(paragraph(required=False, longest=longest), "code", *codes)


class DraftAnswer(Form):
    """拟答复: one result, and what an answer with it must say (Arts 36, 37)."""

    code = choice(DECIDED, required=False, conditional=True)
    information = _said("D02")
    way = _said("D03")
    time = _said("D03", longest=200)
    where = _said("D01", "D28")
    law = _said("D28", longest=500)
    public_part = _said("D10")
    parts = asked_with(rows("withheld_parts"), "code", "D10")
    article = _said(*_REFUSALS, *_UNHANDLED, longest=500)
    cited_law = _said("D22", longest=500)
    facts = _said(*_REFUSALS)
    third_party_view = _said("D24")
    scope = _said("D31a")
    means = _said("D31a")
    result = _said("D31a")
    reasons = _said(*_REFUSALS, "D31b", "D32")
    other_agency = _said("D31b", longest=200)
    other_contact = _said("D31b", longest=500)
    unclear = _said("D33")
    earlier_number = _said("D42", longest=100)
    earlier_on = asked_with(day(required=False), "code", "D42")
    ground = _said(*_UNHANDLED)
    channel = _said("D41", "D43", longest=500)
    section = asked_with(offered(required=False), "code", "D02", "D03", "D10")
    files = asked_with(uploads(), "code", "D02", "D03", "D10")
    outcome = outcome("submitted", "back")


class LegalCheckAnswer(Form):
    """法制审核 of what is refused, given in part, not there, or not handled."""

    opinion = opinion()
    reason = choice(RETURN_REASONS, required=False, only_for="returned")
    outcome = outcome("agreed", "returned")


class SignAnswer(Form):
    """签发答复, by somebody who has not drafted it."""

    opinion = opinion()
    reason = choice(RETURN_REASONS, required=False, only_for="returned")
    outcome = outcome("signed", "returned")


class ServeAnswer(Form):
    """送达答复, with its proof; by which way decides which day counts."""

    way = choice(_any_of(ServiceWay))
    sent_on = day()
    served_on = sent_letters.served_on()
    tracking_number = sent_letters.tracking_number()
    remark = paragraph(required=False, longest=500)
    proof = upload(required=False)
    outcome = outcome("served", "failed")


class NotifyClosing(Form):
    """结案告知; or, for a good reason, going on with what came too late (Art 30)."""

    way = sent_letters.way(sent_letters.LATER)
    tracking_number = sent_letters.tracking_number()
    served_on = sent_letters.served_on()
    remark = sent_letters.remark()
    proof = sent_letters.proof()
    opinion = opinion()
    received_on = day(required=False, only_for="accepted")
    outcome = outcome("told", "failed", "accepted")


class ArchiveRequest(Form):
    """归档: 一案一档."""

    retention = line(longest=20)
    opinion = opinion()
    outcome = outcome("archived")
