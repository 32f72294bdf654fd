"""What each person of the review fills in."""

from engine.authoring import (
    Form,
    asked_with,
    choice,
    day,
    line,
    opinion,
    outcome,
    paragraph,
    rows,
    upload,
)
from models.reviews import DeterminationAnswer
from processes.pre_publication_review.reasons import RETURN_REASONS, TEXT_REASONS


class PrepareCopy(Form):
    """制作公开件: answers to all findings, marks of one's own, three statements."""

    findings = rows("findings")
    marks = rows("marks")
    wording = paragraph(required=False, longest=1000, conditional=True)
    timing = paragraph(required=False, longest=1000, conditional=True)
    way = paragraph(required=False, longest=1000, conditional=True)
    reason = choice(TEXT_REASONS, required=False, only_for="returned")
    opinion = opinion()
    outcome = outcome("submitted", "returned", "stopped")


class JudgeSecretMark(Form):
    """核查密级标志: whether the mark that was found is one, by looking at the paper."""

    opinion = opinion()
    outcome = outcome("stopped", "cleared")


class _SecrecyReview(Form):
    items = rows("secrecy_items")
    opinion = opinion()
    reason = choice(RETURN_REASONS, required=False, only_for="returned")
    outcome = outcome("passed", "unsure", "returned", "stopped")


class SecrecyFirst(_SecrecyReview):
    """保密初审, by the head of the section that drafts."""


class SecrecySecond(_SecrecyReview):
    """保密复审, by the agency's secrecy reviewer."""


class SecrecyFinal(_SecrecyReview):
    """保密终审, by the head of the agency."""


class RequestDetermination(Form):
    """报请确定: whom the agency asked, and by which letter (Art 17(3))."""

    authority = line(longest=200)
    letter_number = line(longest=60)
    asked_on = day()
    outcome = outcome("requested")


class RecordDetermination(Form):
    """登记确定结果: what the authority answered."""

    answer = choice([value.value for value in DeterminationAnswer])
    answered_on = day()
    note = paragraph(required=False, longest=1000, conditional=True)
    reply = upload(required=False)
    outcome = outcome("recorded")


class ContentReview(Form):
    """合法性和五关审查, with what belongs to other agencies (Art 11)."""

    checks = rows("content_checks")
    other_agency = choice(("no", "yes"), required=False, conditional=True)
    agency = asked_with(line(required=False), "other_agency", "yes")
    consent = asked_with(paragraph(required=False, longest=500), "other_agency", "yes")
    opinion = opinion()
    reason = choice(RETURN_REASONS, required=False, only_for="returned")
    outcome = outcome("passed", "returned", "stopped")


class ReportSecret(Form):
    """登记涉密处置: who was told, and what became of the papers."""

    reported_to = line(longest=200)
    reported_on = day()
    handling = paragraph(longest=1000)
    outcome = outcome("reported")
