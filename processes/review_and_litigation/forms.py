"""What is filled in to answer a 复议 or 诉讼, and to keep how it ended."""

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
    uploads,
)
from models.challenges import ChallengeKind, ChallengeResult
from processes.review_and_litigation.reasons import RETURN_REASONS

_YES_NO = ("yes", "no")


class _Entry(Form):
    kind = choice([kind.value for kind in ChallengeKind])
    is_summary = asked_with(
        choice(_YES_NO, required=False), "kind", ChallengeKind.RECONSIDERATION.value
    )
    body = line(longest=100)
    body_number = line(required=False, longest=60)
    notified_on = day()
    request = offered(required=False)
    subject = line(required=False, longest=60, conditional=True)
    files = uploads()
    outcome = outcome("registered")


class RegisterChallenge(_Entry):
    """登记复议、诉讼, by the clerk."""


class EnterChallenge(_Entry):
    """登记复议、诉讼, by the legal reviewer, whom courts often write to."""


class DraftDefence(Form):
    """起草答复书、答辩状: the answer, its evidence and the rules it rests on."""

    request = offered(required=False)
    statement = paragraph(longest=10000)
    evidence = paragraph(longest=5000)
    norms = paragraph(longest=2000)
    files = uploads()
    outcome = outcome("submitted")


class LegalCheckDefence(Form):
    """法制审核, by somebody who has not drafted it."""

    opinion = opinion()
    reason = choice(RETURN_REASONS, required=False, only_for="returned")
    outcome = outcome("agreed", "returned")


class ApproveDefence(Form):
    """审批, by the agency's head."""

    opinion = opinion()
    reason = choice(RETURN_REASONS, required=False, only_for="returned")
    outcome = outcome("approved", "returned")


class SubmitDefence(Form):
    """提交登记: the day on which answer and evidence were handed in."""

    handed_in_on = day()
    way = line(longest=100)
    files = uploads()
    outcome = outcome("submitted")


class AwaitResult(Form):
    """等待结果: what was heard, and how it ended."""

    what = choice(("heard", "ended"))
    heard_on = asked_with(day(required=False), "what", "heard")
    head_attended = asked_with(choice(_YES_NO, required=False), "what", "heard")
    explanation = asked_with(
        paragraph(required=False, longest=1000), "head_attended", "no"
    )
    result = asked_with(
        choice([result.value for result in ChallengeResult], required=False),
        *("what", "ended"),
    )
    result_on = asked_with(day(required=False), "what", "ended")
    result_number = asked_with(
        line(required=False, longest=60), "what", "ended", optional=True
    )
    redo = asked_with(
        choice(_YES_NO, required=False), "result", ChallengeResult.CORRECTED.value
    )
    redo_by = asked_with(day(required=False), "redo", "yes")
    ordered = asked_with(
        paragraph(required=False, longest=3000),
        *("result", ChallengeResult.CORRECTED.value),
    )
    files = uploads()
    outcome = outcome("recorded")


class CarryOutResult(Form):
    """重新处理: what the agency has decided anew."""

    redone_on = day()
    redone = paragraph(longest=3000)
    files = uploads()
    outcome = outcome("redone")


class ArchiveChallenge(Form):
    """归档."""

    retention = line(longest=20)
    opinion = opinion()
    outcome = outcome("archived")
