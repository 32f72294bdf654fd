"""What each of the people fills in, from the draft to the seal."""

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
    several_offered,
    upload,
    uploads,
)
from models.documents import Attribute, DocumentKind
from processes.document_review.reasons import RETURN_REASONS
from processes.registers.documents import LABELS
from processes.registers.grounds import GROUNDS, Needs

#: Which documents are not public, with what their fields depend on.
_NOT_OPEN = (Attribute.ON_REQUEST.value, Attribute.NOT_PUBLIC.value)
_THIRD_PARTY = [
    code for code, ground in GROUNDS.items() if ground.needs == Needs.RIGHT_HOLDER
]


class Draft(Form):
    """拟稿. Attribute, ground, reason and risk plan are asked for and not enforced
    here: what goes on without them is returned by the gate behind this step, with a
    coded reason that is counted (国办发〔2016〕80号 part 一(一)); documents from
    elsewhere meet the same gate.
    """

    # 保守国家秘密法 Art 31(3): asked before any file is taken in.
    secrecy = choice(("none", "secret", "unsure"), stops=("secret", "unsure"))
    title = line(longest=200, names_case=True)
    file = upload()
    attachments = uploads()
    kind = choice([value.value for value in DocumentKind])
    issuer = offered(required=False, conditional=True)
    joint_issuers = several_offered()
    category = line(required=False, longest=60)
    signed_before = choice(("no", "yes"))
    document_number = asked_with(
        line(required=False, longest=60), "signed_before", "yes", optional=True
    )
    formed_on = asked_with(day(required=False), "signed_before", "yes")
    signed_on = asked_with(day(required=False), "signed_before", "yes", optional=True)
    index_number = asked_with(
        line(required=False, longest=60), "signed_before", "yes", optional=True
    )
    attribute = choice(
        [value.value for value in Attribute], required=False, conditional=True
    )
    ground = asked_with(offered(required=False), "attribute", *_NOT_OPEN)
    cited_law = asked_with(line(required=False, longest=200), "ground", "forbidden")
    right_holder = asked_with(
        line(required=False, longest=100), "ground", *_THIRD_PARTY
    )
    attribute_reason = asked_with(
        paragraph(required=False, longest=1000), "attribute", Attribute.NOT_PUBLIC
    )
    on_request_reason = asked_with(
        paragraph(required=False, longest=1000), "attribute", Attribute.ON_REQUEST
    )
    label = choice(LABELS, required=False)
    is_sensitive = choice(("no", "yes"))
    risk_assessment = asked_with(
        paragraph(required=False, longest=3000), "is_sensitive", "yes"
    )
    risk_plan = asked_with(upload(required=False), "is_sensitive", "yes")
    outcome = outcome("submitted")


class SectionReview(Form):
    """科室审核."""

    opinion = opinion()
    reason = choice(RETURN_REASONS, required=False, only_for="returned")
    outcome = outcome("agreed", "returned")


class DisclosureReview(Form):
    """公开机构审查: a policy document that is not to be public, before it goes on to be
    signed (国办发〔2016〕80号 part 一(一)).
    """

    opinion = opinion()
    reason = choice(RETURN_REASONS, required=False, only_for="returned")
    outcome = outcome("agreed", "returned")


class LegalityReview(Form):
    """合法性审核 of an administrative normative document before it is signed
    (国办发〔2018〕115号)."""

    opinion = opinion(required=True)
    reason = choice(RETURN_REASONS, required=False, only_for="returned")
    outcome = outcome("agreed", "returned")


class CoSignDocument(Form):
    """会签: one of the joint issuers."""

    opinion = opinion()
    reason = choice(RETURN_REASONS, required=False, only_for="objected")
    outcome = outcome("agreed", "objected")


class OfficeCheck(Form):
    """核稿: the government's office, for a draft for the government's signature."""

    opinion = opinion()
    reason = choice(RETURN_REASONS, required=False, only_for="returned")
    outcome = outcome("agreed", "returned")


class Sign(Form):
    """签发: the document with its attribute, and what explains it."""

    opinion = opinion()
    reason = choice(RETURN_REASONS, required=False, only_for="returned")
    outcome = outcome("signed", "returned")


class RegisterHistorical(Form):
    """登记补录: a document that was signed before the office kept its register here."""

    opinion = opinion()
    reason = choice(RETURN_REASONS, required=False, only_for="returned")
    outcome = outcome("registered", "returned")


class Seal(Form):
    """用印: with the sealed version, where there is one."""

    sealed_version = upload(required=False)
    opinion = opinion()
    reason = choice(RETURN_REASONS, required=False, only_for="returned")
    outcome = outcome("sealed", "returned")
