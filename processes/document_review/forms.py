"""What each of the four people fills in."""

from engine.authoring import (
    Form,
    choice,
    day,
    line,
    opinion,
    outcome,
    paragraph,
    upload,
)
from models.documents import Attribute
from processes.document_review.reasons import RETURN_REASONS
from processes.registers.channels import CHANNELS
from processes.registers.documents import LABELS


class Draft(Form):
    """拟稿. The attribute is asked for and not enforced here: what goes on without
    one is returned by the gate behind this step, with a coded reason that is counted
    (国办发〔2016〕80号 part 一(一)); documents from elsewhere meet the same gate.
    """

    title = line(longest=200, names_case=True)
    file = upload()
    document_number = line(required=False, longest=60)
    formed_on = day()
    category = line(required=False, longest=60)
    attribute = choice([value.value for value in Attribute], required=False)
    attribute_reason = paragraph(required=False, longest=1000, conditional=True)
    label = choice(LABELS, required=False)
    outcome = outcome("submitted")


class SectionReview(Form):
    """科室审核."""

    opinion = opinion()
    reason = choice(RETURN_REASONS, required=False, only_for="returned")
    outcome = outcome("agreed", "returned")


class SecrecyReview(Form):
    """保密审查 (Art 17; 保守国家秘密法 Art 35)."""

    opinion = opinion()
    reason = choice(RETURN_REASONS, required=False, only_for="returned")
    outcome = outcome("agreed", "returned")


class ApprovePublication(Form):
    """审定公开: whether, where and when the document is published."""

    channel = choice(CHANNELS, required=False)
    publish_on = day(required=False, conditional=True)
    opinion = opinion()
    reason = choice(RETURN_REASONS, required=False, only_for="returned")
    outcome = outcome("approved", "returned")
