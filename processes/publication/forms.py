"""What is asked of the one who lets a bundle out, and of those who change it later."""

from engine.authoring import (
    Form,
    asked_with,
    choice,
    day,
    files,
    line,
    offered,
    opinion,
    outcome,
    paragraph,
    rows,
    several,
    uploads,
)
from models.documents import Validity
from models.publications import Audience
from processes.publication.reasons import CHANGE_REASONS, REFUSAL_REASONS
from processes.registers.channels import CHANNELS
from processes.registers.publications import WITHDRAWAL_GROUNDS

#: What may take the place of a published file: interpretations are sound and film too.
_FILES = (*files.DOCUMENTS, *files.MEDIA)


class ApprovePublication(Form):
    """审定发布: where, to whom and when the bundle goes out (Art 23)."""

    channels = several(CHANNELS, required=False, conditional=True)
    audience = choice(
        [value.value for value in Audience], required=False, conditional=True
    )
    audience_name = asked_with(
        line(required=False, longest=200), "audience", "region", "group"
    )
    publish_on = day(required=False, conditional=True)
    opinion = opinion()
    reason = choice(REFUSAL_REASONS, required=False, only_for="refused")
    outcome = outcome("approved", "refused")


class PublicationRequest(Form):
    """提出更改: which published document, what is to be done with it, and why."""

    document = offered(required=False, conditional=True)
    number = line(required=False, longest=60)
    kind = choice(("correct", "withdraw", "validity"), required=False, conditional=True)
    reason = paragraph(required=False, longest=500, conditional=True)
    files = asked_with(rows("corrected_papers", accepts=_FILES), "kind", "correct")
    added = asked_with(uploads(*_FILES), "kind", "correct", optional=True)
    ground = asked_with(
        choice(tuple(WITHDRAWAL_GROUNDS), required=False), "kind", "withdraw"
    )
    validity = asked_with(
        choice([value.value for value in Validity], required=False), "kind", "validity"
    )
    since = asked_with(day(required=False), "kind", "withdraw", "validity")
    remains = asked_with(
        choice(("shown", "concealed"), required=False), "kind", "correct", "withdraw"
    )
    outcome = outcome("submitted", "dropped")


class PublicationReview(Form):
    """审核更改, by the head of the section that asks for it."""

    opinion = opinion()
    reason = choice(CHANGE_REASONS, required=False, only_for="returned")
    outcome = outcome("agreed", "returned")


class ApproveChange(Form):
    """审定更改: the public is told on this day."""

    publish_on = day(required=False, conditional=True)
    opinion = opinion()
    reason = choice(CHANGE_REASONS, required=False, only_for="refused")
    outcome = outcome("approved", "refused")
