"""Which way a document goes: the facts that the diagram and its table decide by."""

from datetime import date
from typing import Any

from engine.authoring import Facts, Step, Work, people, settings
from models.documents import Attribute, Document, DocumentKind
from models.people import Organisation
from models.workflow import Case
from processes.document_review.explaining import needs_interpretation
from processes.registers.issuers import issued_by, office_of


def facts_of(step: Step, document: Document) -> Facts:
    """Return what decides the way of a draft."""
    public = document.attribute == Attribute.PUBLIC
    joint = [each.organisation_id for each in document.joint_issuers]
    return {
        "document_public": public,
        "document_historical": document.is_historical,
        "document_withheld_policy": document.is_policy and not public,
        "document_normative": document.kind == DocumentKind.NORMATIVE,
        "document_unexplained": needs_interpretation(step.work, document),
        "document_issuer": issued_by(document),
        "co_signers": joint,
        "co_sign_document_rule": co_sign_rule(step.work, document, len(joint)),
    }


def checking_offices(work: Work, document: Document) -> list[Organisation]:
    """Return the office that checks a draft for the government's signature (核稿)."""
    if issued_by(document) == "own":
        return []
    return [office_of(work.session, document.issuer)]


def co_sign_rule(work: Work, document: Document, signers: int) -> dict[str, Any]:
    """Return by which rule the joint issuers agree; of more than there are: all."""
    rule = settings.read(
        work.session,
        "document.co_sign_rule",
        on=work.today,
        organisation=document.issuer,
    )
    if rule["kind"] != "n_of_m":
        return dict(rule)
    needed = int(rule["n"])
    if not 1 <= needed < signers:
        return {"kind": "all"}
    return {"kind": "n_of_m", "n": needed}


def mark_historical(work: Work, case: Case, document: Document) -> None:
    """Recognise what was formed before the organisation's start day: it is recorded
    without limits."""
    starts_on = people.starts_on(work, case.agency)
    document.is_historical = (
        document.signed_before
        and starts_on is not None
        and (document.formed_on or date.max) < starts_on
    )
    case.carries_limits = not document.is_historical


def follow_publication_limit(step: Step, document: Document) -> None:
    """Run the limit of Art 26 from the day of formation, for what is to be public.

    A new document is formed when it is signed.
    """
    running = step.running_limit("publication")
    wanted = (
        document.formed_on is not None
        and document.attribute in (None, Attribute.PUBLIC)
        and not document.is_historical
    )
    if running is not None and (not wanted or running.starts_on != document.formed_on):
        step.void_limit("publication")
        running = None
    if wanted and running is None:
        step.start_limit("publication", starts_on=document.formed_on)
