"""What was typed at 制作公开件: answers to findings, marks, and what is missing."""

import re
from collections.abc import Mapping, Sequence

from engine.authoring import InvalidAnswers, Step, content
from models.documents import PaperVersion
from models.reviews import Answer, Finding
from processes.registers import findings, marks
from processes.registers.checklists import redaction_reasons
from processes.registers.reading import reading_of

#: The three statements about wording, timing and way of publication.
STATEMENTS = ("wording", "timing", "way")

#: Parts of a mark as the page types it; the address may hold any character.
_PARTS = 5


#: From one character to another, by their numbers in a block.
_PLACE = re.compile(r"[0-9]{1,9} [0-9]{1,9}")

#: What is wrong, by the name of the field or row.
Errors = dict[str, list[str]]


def answer_findings(
    step: Step, versions: Sequence[PaperVersion], typed: Mapping[str, str]
) -> Errors:
    """Keep the answers to all findings; return what is missing or does not fit."""
    errors: Errors = {}
    for version in versions:
        for finding in findings.of_version(step.work.session, version):
            if findings.is_settled(finding):
                continue
            errors.update(_answer(step, finding, typed))
    return errors


def _answer(step: Step, finding: Finding, typed: Mapping[str, str]) -> Errors:
    key = finding.public_id
    chosen = typed.get(f"{key}.answer", "")
    if chosen not in {each.value for each in Answer}:
        if finding.answer is not None:
            return {}
        return {f"findings.{key}.answer": [f"{finding.label}：这一处还没有答复"]}
    answered = {
        "explanation": typed.get(f"{key}.explanation", "").strip(),
        "exception": typed.get(f"{key}.exception", ""),
        "replacement": typed.get(f"{key}.replacement", ""),
    }
    if _stands(finding, chosen, answered):
        return {}
    try:
        findings.answer(step, finding, Answer(chosen), **answered)
    except InvalidAnswers as invalid:
        return dict(invalid.errors)
    return {}


def _stands(finding: Finding, chosen: str, answered: Mapping[str, str]) -> bool:
    """Tell whether a finding was answered like this before; then who said it stays."""
    if finding.answer != chosen:
        return False
    if chosen == Answer.EXPLAIN:
        return (finding.explanation, finding.exception) == (
            answered["explanation"],
            answered["exception"],
        )
    if chosen == Answer.REPAIR:
        return answered["replacement"] in ("", finding.replacement)
    return True


def mark_stretches(
    step: Step, versions: Sequence[PaperVersion], typed: Mapping[str, str]
) -> Errors:
    """Keep what the person marked on the page: `paper|start|end|reason|address`."""
    by_paper = {version.paper.public_id: version for version in versions}
    known = redaction_reasons(step.work, step.case)
    errors: Errors = {}
    for key, value in sorted(typed.items()):
        parts = value.split("|", _PARTS - 1)
        sentence = _mark(step, by_paper, known, parts)
        if sentence:
            errors[f"marks.{key}"] = [sentence]
    return errors


def judge_lost_marks(step: Step, versions: Sequence[PaperVersion]) -> Errors:
    """Look whether the answers about earlier marks are so; return what is wrong.

    What is said to be gone stands nowhere in the text any more; what is said to be
    marked again needs a mark that somebody made in this version.
    """
    errors: Errors = {}
    for version in versions:
        rows = findings.of_version(step.work.session, version)
        marked = any(
            each.code == findings.MANUAL
            and each.answer == Answer.REDACT
            and each.earlier_id is None
            for each in rows
        )
        for each in rows:
            if each.code == findings.LOST_MARK:
                sentence = _wrong_about(step, version, each, marked=marked)
                if sentence:
                    errors[f"findings.{each.public_id}.answer"] = [sentence]
    return errors


def _wrong_about(
    step: Step, version: PaperVersion, lost: Finding, *, marked: bool
) -> str:
    if lost.answer == Answer.REDACT and not marked:
        return "这一版里还没有新的手工遮盖，先在“原件”上标记，再答“已经重新遮盖”"
    if lost.answer == Answer.ACCEPT:
        value = marks.value_of(step.work, lost)
        blocks = reading_of(step.work, version).visible
        if value and any(value in block.text for block in blocks):
            return "这一版里还有同样的内容，逐处标记遮盖，再答“已经重新遮盖”"
    return ""


def _mark(
    step: Step,
    by_paper: Mapping[str, PaperVersion],
    known: Mapping[str, str],
    parts: Sequence[str],
) -> str:
    """Keep one mark; return what is wrong with it."""
    wrong = "这一处标记和原件对不上，删掉重新标"
    if len(parts) != _PARTS or not _PLACE.fullmatch(f"{parts[1]} {parts[2]}"):
        return wrong
    paper, start, end, reason, address = parts
    version = by_paper.get(paper)
    if version is None:
        return wrong
    place = _block(step, version, address)
    if place is None or not int(start) < int(end) <= len(place.text):
        return wrong
    if reason not in known:
        return "选一个遮盖的理由"
    findings.mark(step, version, place, slice(int(start), int(end)), reason)
    return ""


def _block(step: Step, version: PaperVersion, address: str) -> content.Block | None:
    visible = reading_of(step.work, version).visible
    return next((block for block in visible if block.address == address), None)
