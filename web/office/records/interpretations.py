"""An interpretation beside its forms: gates, plan, material, answers, document."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from engine import deadlines
from engine.content.display import Piece, pieces
from engine.instances import open_tasks
from engine.work import Work
from models.documents import Document, PaperVersion
from models.interpretations import (
    CO_SIGNING_PART_NAMES,
    INTERPRETATION_FORM_NAMES,
    INTERPRETATION_STATE_NAMES,
    SECTION_NAMES,
    UNDERSTANDING_NAMES,
    CoSignature,
    CoSigningPart,
    Interpretation,
    InterpretationForm,
    InterpretationRound,
    InterpretationState,
    Reply,
    Section,
    Timing,
    Understanding,
)
from models.workflow import Case, Task, TaskKind, TaskStatus
from processes.registers import interpretations, rounds
from processes.registers.channels import CHANNEL_NAMES
from processes.registers.interpretations import ThingState, follows
from processes.registers.reading import is_locked, reading_of
from web.office.records.shape import Record

PROCESS = "policy_interpretation"
_TEMPLATE = "office/records/interpretation.html"

#: The part in which an organisation is asked, by the step.
_PARTS = {
    "interpretation_consult": CoSigningPart.CONSULTED,
    "interpretation_co_sign": CoSigningPart.JOINT,
}

#: Where letting the days pass counts as an answer.
_SILENT = frozenset({CoSigningPart.CONSULTED})

#: How a thing at a gate is told, gate by gate.
_WORDS = (
    {ThingState.THERE: "已有", ThingState.MISSING: "还没有"},
    {
        ThingState.THERE: "已签",
        ThingState.MISSING: "未签",
        ThingState.CHANGED: "签后改了",
    },
    {ThingState.THERE: "已发布", ThingState.MISSING: "未发布"},
)

_ANSWERS = {Reply.AGREED: "同意", Reply.OBJECTED: "不同意", Reply.SILENT: "到期没答复"}


@dataclass(frozen=True)
class ThingView:
    """One of the three things at a gate."""

    name: str
    state: str
    words: str


@dataclass(frozen=True)
class GateView:
    """A gate of the strip."""

    name: str
    passed: bool
    things: Sequence[ThingView]


@dataclass(frozen=True)
class AnswerView:
    """What one organisation answered in a round."""

    place: str
    part: str
    state: str
    words: str
    reason: str
    quotation: str
    by: str
    at: datetime | None


@dataclass(frozen=True)
class RoundView:
    """One round with its answers."""

    number: int
    outcome: str | None
    rules: Sequence[str]
    answers: Sequence[AnswerView]


@dataclass(frozen=True)
class FileView:
    """One file of the material."""

    form: str
    title: str
    version: PaperVersion
    #: image, audio, video, or nothing that a page can show.
    shows: str


def record(work: Work, case: Case) -> Record:
    """Return an interpretation for its steps and for the page of its own case."""
    found = interpretations.of_case(work.session, case)
    if found is None:
        return _to_choose(work, case)
    step = _open_step(work, case)
    return Record(
        _TEMPLATE,
        {
            "panel": panel(work, found.document, found),
            "interpretation": found,
            "document": found.document,
            "title": interpretations.title_of(found.document),
            "step": step,
            "tally": _tally(work, case, found, step),
            "text": _text(work, found.document),
        },
        {
            "interpretation_plan": _plan_values(found),
            "interpretation_material": _material_values(found),
        },
        {
            "consulted": [
                (each.public_id, each.short_name)
                for each in rounds.may_be_consulted(work, found)
            ]
        },
        notices=_why_again(work, case, found, step),
    )


def panel(
    work: Work, document: Document, found: Interpretation | None
) -> dict[str, Any] | None:
    """Return what the page of a document or of its interpretation says of it: the
    gates, the plan, what was written, who agreed, and where it is published.

    None for a document that needs no interpretation and has none.
    """
    if found is None and not document.is_policy:
        return None
    values: dict[str, Any] = {
        "gates": _gates(work, document, found),
        "found": found,
        "published": interpretations.published_for(work.session, document),
        "channel_names": CHANNEL_NAMES,
    }
    if found is None:
        return values
    return {
        **values,
        "state": INTERPRETATION_STATE_NAMES[InterpretationState(found.state)],
        "time": _time(found),
        "forms": [
            INTERPRETATION_FORM_NAMES[InterpretationForm(f)] for f in found.forms
        ],
        "channels": [CHANNEL_NAMES.get(each, each) for each in found.channels],
        "consulted": [each.organisation.short_name for each in found.consulted],
        "parts": _parts(work, found),
        "files": _files(found),
        "rounds": [_round(work, each) for each in reversed(found.rounds)],
        "understanding": UNDERSTANDING_NAMES[Understanding(found.understanding)]
        if found.understanding
        else "",
    }


def _to_choose(work: Work, case: Case) -> Record:
    offered = interpretations.to_explain(work, case.agency)
    return Record(
        "office/records/interpretation_choice.html",
        {"offered": offered},
        offers={
            "document": [
                (each.public_id, f"{each.title}　{each.document_number}".strip())
                for each in offered
            ]
        },
    )


def _gates(
    work: Work, document: Document, found: Interpretation | None
) -> list[GateView]:
    return [
        GateView(
            gate.name,
            gate.passed,
            [
                ThingView(thing, state.value, words.get(state, "随后"))
                for thing, state in gate.things
            ],
        )
        for gate, words in zip(
            interpretations.gates(work, document, found), _WORDS, strict=True
        )
    ]


def _time(found: Interpretation) -> str:
    if found.timing is None:
        return ""
    if found.timing == Timing.TOGETHER:
        return "随文件同步发布"
    if found.days_after is None:
        return "文件发布以后补解读"
    return f"文件发布后 {found.days_after} 个工作日内"


def _files(found: Interpretation) -> list[FileView]:
    shown = []
    for version in interpretations.material_of(found):
        kind = version.file.media_type.partition("/")[0]
        shown.append(
            FileView(
                form=INTERPRETATION_FORM_NAMES[InterpretationForm(version.paper.form)],
                title=version.paper.title,
                version=version,
                shows=kind if kind in {"image", "audio", "video"} else "",
            )
        )
    return shown


def _round(work: Work, held: InterpretationRound) -> RoundView:
    rules = []
    for part in (CoSigningPart.CONSULTED, CoSigningPart.JOINT):
        shown = rounds.tally(held, part)
        if shown.asked:
            silence = f"，{rounds.silence_in_words(held)}" if part in _SILENT else ""
            rules.append(f"{CO_SIGNING_PART_NAMES[part]}：{shown.rule}{silence}")
    return RoundView(
        held.number, held.outcome, rules, [_answer(work, each) for each in held.answers]
    )


def _answer(work: Work, each: CoSignature) -> AnswerView:
    texts = work.engine.definitions.process(PROCESS).texts
    waiting = "等答复" if each.round.outcome is None else "没有等到答复"
    return AnswerView(
        place=each.organisation.short_name,
        part=CO_SIGNING_PART_NAMES[CoSigningPart(each.part)],
        state=each.answer or "waiting",
        words=_ANSWERS[Reply(each.answer)] if each.answer else waiting,
        reason=texts.reasons.get(each.reason, ""),
        quotation=each.words,
        by=each.giver.name if each.giver else "",
        at=each.given_at,
    )


def _open_step(work: Work, case: Case) -> str:
    """Return the step of the interpretation that waits; empty on a case's page after
    it."""
    return next(
        (t.element for t in open_tasks(work, case) if t.process_key == PROCESS), ""
    )


def _tally(
    work: Work, case: Case, found: Interpretation, step: str
) -> dict[str, Any] | None:
    """Return how the round stands, for who is about to answer in it."""
    held = rounds.current(found)
    if step not in _PARTS or held is None:
        return None
    part = _PARTS[step]
    expiry = next(
        (
            deadline.due_on
            for deadline in deadlines.of_case(work, case)
            if deadline.name == step and deadline.state == "running"
        ),
        None,
    )
    return {
        "number": held.number,
        "now": rounds.tally(held, part),
        "silence": rounds.silence_in_words(held) if part in _SILENT else "",
        "until": expiry,
    }


#: Those who plan or write, and may have to do so again.
_MAKERS = ("interpretation_plan", "interpretation_material")

_TO_CHANGE = {
    "plan": "解读方案要改",
    "material": "解读材料要改",
    "document": "文件本身要改",
}


def _why_again(
    work: Work, case: Case, found: Interpretation, step: str
) -> Sequence[tuple[str, str]]:
    """Return why it comes back to those who make it: not signed, or objected to."""
    if step not in _MAKERS:
        return ()
    returned = _returned(work, case)
    if returned is not None:
        who = returned.completer.name if returned.completer else ""
        what = _TO_CHANGE.get(returned.reason or "", "")
        return [(f"{who}没有签发：{what}", returned.opinion)]
    last = rounds.current(found)
    if last is None or last.outcome != rounds.OBJECTED:
        return ()
    said = [_answer(work, each) for each in last.answers]
    objections = [
        f"{each.place}：{each.reason}。{each.quotation}"
        for each in said
        if each.state == Reply.OBJECTED
    ]
    silent = [
        f"{each.place}：到期没有答复。" for each in said if each.state == Reply.SILENT
    ]
    words = f"第 {last.number} 轮有异议，改好以后重新征求一轮意见"
    return [(words, "　".join([*objections, *silent]))]


def _returned(work: Work, case: Case) -> Task | None:
    """Return the head's return, where it is the newest thing that was done."""
    newest = work.session.scalars(
        select(Task)
        .where(
            Task.case_id == case.id,
            Task.process_key == PROCESS,
            Task.kind == TaskKind.WORK,
            Task.status == TaskStatus.DONE,
            Task.element.not_in(_MAKERS),
        )
        .order_by(Task.completed_at.desc(), Task.id.desc())
        .limit(1)
    ).one_or_none()
    returned = newest is not None and newest.outcome == "returned"
    return newest if returned else None


def _text(work: Work, document: Document) -> list[Piece] | None:
    version = interpretations.text_of(document)
    if version is None or is_locked(work.session, version.file):
        return None
    return pieces(reading_of(work, version).visible)


def _parts(work: Work, found: Interpretation) -> list[tuple[str, str]]:
    """Return what was written; nothing, once its file is locked."""
    material = interpretations.material_of(found)
    if any(is_locked(work.session, version.file) for version in material):
        return []
    written = ((SECTION_NAMES[each], found.section(each)) for each in Section)
    return [(name, text) for name, text in written if text]


def _plan_values(found: Interpretation) -> dict[str, Any]:
    return {
        "focus": found.focus,
        "timing": found.timing or (Timing.AFTER if follows(found) else ""),
        "days_after": "" if found.days_after is None else str(found.days_after),
        "forms": " ".join(found.forms) or InterpretationForm.TEXT.value,
        "channels": " ".join(found.channels) or "website",
        "consulted": " ".join(e.organisation.public_id for e in found.consulted),
    }


def _material_values(found: Interpretation) -> dict[str, Any]:
    typed = {section.value: found.section(section) for section in Section}
    by_form: dict[str, list[str]] = {}
    for version in interpretations.material_of(found):
        by_form.setdefault(version.paper.form, []).append(version.file.public_id)
    return {**typed, **{form: " ".join(ids) for form, ids in by_form.items()}}
