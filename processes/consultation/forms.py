"""What who asks others fills in."""

from engine.authoring import Form, choice, day, opinion, outcome, paragraph, upload
from models.requests import ConsultationAnswer
from processes.registers import sent_letters

#: Silence is told by the limit, not by a person.
_ANSWERS = [
    answer.value
    for answer in ConsultationAnswer
    if answer != ConsultationAnswer.SILENCE
]


class SendInquiry(Form):
    """发征求意见函; the applicant is told that the time is not counted."""

    question = paragraph(required=False, longest=1000)
    way = sent_letters.way(sent_letters.LATER)
    tracking_number = sent_letters.tracking_number()
    served_on = sent_letters.served_on()
    remark = sent_letters.remark()
    proof = sent_letters.proof()
    outcome = outcome("sent", "dropped")


class RecordInquiryService(Form):
    """登记签收: the fifteen working days run from that day."""

    served_on = day(required=False, conditional=True)
    way = sent_letters.way()
    sent_on = sent_letters.sent_on()
    tracking_number = sent_letters.tracking_number()
    remark = paragraph(required=False, longest=500, conditional=True)
    proof = upload(required=False)
    outcome = outcome("signed", "failed", "dropped")


class _Awaited(Form):
    answered_on = day(required=False, conditional=True)
    answer = choice(_ANSWERS, required=False, conditional=True)
    reasons = paragraph(required=False, longest=5000, conditional=True)
    reply = upload(required=False)
    outcome = outcome("answered", "dropped")


class AwaitThirdParty(_Awaited):
    """等待第三方意见."""


class AwaitComaker(_Awaited):
    """等待共同制作机关意见."""


class AwaitAgency(_Awaited):
    """等待机关意见."""


class WeighRefusal(Form):
    """处理第三方不同意: withheld for good reasons, or public for a greater interest."""

    public_interest = paragraph(required=False, longest=2000, conditional=True)
    opinion = opinion()
    outcome = outcome("respected", "disclosed")
