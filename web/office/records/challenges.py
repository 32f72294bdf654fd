"""A 复议 or 诉讼 beside its forms: what came, what was answered, how it ended."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from engine.errors import NotFound
from engine.work import Work
from models.challenges import (
    CHALLENGE_KIND_NAMES,
    CHALLENGE_PURPOSE_NAMES,
    CHALLENGE_RESULT_NAMES,
    Challenge,
    ChallengeKind,
    ChallengePurpose,
    ChallengeResult,
)
from models.workflow import Case
from processes.registers import challenges, remedies
from processes.registers.decision_codes import CODES
from web.office.records.shape import Record


def record(work: Work, case: Case) -> Record:
    """Return what a case answers for; nothing while it is being registered."""
    offered = [
        (each.public_id, f"{each.number}　{each.subject}")
        for each in challenges.to_choose(work, case)
    ]
    try:
        challenge = challenges.challenge_of(work.session, case)
    except NotFound:
        return Record(offers={"request": offered})
    said = challenges.said(work, challenge)
    return Record(
        "office/records/challenge.html",
        {
            "challenge": challenge,
            "kind": CHALLENGE_KIND_NAMES[ChallengeKind(challenge.kind)],
            "said": said,
            "result": _result(challenge),
            "files": _files(challenge),
        },
        {
            "draft_defence": _drafted(challenge, said),
            "archive_challenge": {"retention": challenge.retention or "30年"},
        },
        {"request": () if challenge.request else offered},
        notices=_notices(challenge),
    )


def _result(challenge: Challenge) -> str:
    if challenge.result is None:
        return "尚未审结"
    return CHALLENGE_RESULT_NAMES[ChallengeResult(challenge.result)]


def _files(challenge: Challenge) -> list[tuple[str, list[Any]]]:
    order = list(ChallengePurpose)
    by_purpose = sorted(challenge.files, key=lambda each: order.index(_purpose(each)))
    return [
        (CHALLENGE_PURPOSE_NAMES[purpose], [each.file for each in kept])
        for purpose, kept in groupby(by_purpose, key=_purpose)
    ]


def _purpose(each: Any) -> ChallengePurpose:
    return ChallengePurpose(each.purpose)


def _drafted(challenge: Challenge, said: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what was drafted before it came back."""
    return {
        **{name: said.get(name, "") for name in ("statement", "evidence", "norms")},
        "files": [
            each.file.public_id
            for each in challenge.files
            if each.purpose == ChallengePurpose.ANSWER
        ],
    }


def _notices(challenge: Challenge) -> Sequence[tuple[str, str]]:
    """Say what the defence should not overlook: 复议 must have come first."""
    request = challenge.request
    if request is None or challenge.kind != ChallengeKind.LITIGATION:
        return ()
    code = CODES.get(request.decision_code)
    if code is None or not code.withholds or request.closed_on is None:
        return ()
    if request.closed_on < remedies.FIRST_SINCE:
        return ()
    words = "这件申请的结果是不予公开，应当先申请行政复议（行政复议法第23条）。"
    return (("没有先经过复议", f"{words}答辩时核对法院有没有管辖。"),)
