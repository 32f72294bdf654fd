"""What who asks others fills in."""

from engine.authoring import Form, choice, day, opinion, outcome, paragraph, upload
from models.requests import ConsultationAnswer

#: Silence is told by the limit, not by a person.
_ANSWERS = [
    answer.value
    for answer in ConsultationAnswer
    if answer != ConsultationAnswer.SILENCE
]


class SendInquiry(Form):
    """发征求意见函; the applicant is told that the time is not counted."""

    sent_on = day(required=False, conditional=True)
    question = paragraph(required=False, longest=1000)
    outcome = outcome("sent", "dropped")


class RecordInquiryService(Form):
    """登记签收: the fifteen working days run from that day."""

    signed_on = day(required=False, conditional=True)
    outcome = outcome("signed", "dropped")


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
