"""Rounds of an interpretation: who is asked, by which rule, and what they answered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from engine.authoring import Work, settings
from models.interpretations import (
    CoSignature,
    CoSigningPart,
    Interpretation,
    InterpretationRound,
    Reply,
)
from models.people import Organisation
from processes.registers.interpretations import material_of, text_of
from processes.registers.issuers import possible_joint_issuers

AGREED, OBJECTED = "agreed", "objected"
#: What letting the days pass means.
CONSENT = "consent"


def may_be_consulted(work: Work, interpretation: Interpretation) -> list[Organisation]:
    """Return who may be asked about an interpretation: the agencies of the tree that
    neither draft the document nor issue it, and so sign anyway."""
    joint = interpretation.document.joint_issuers
    signing = {
        interpretation.organisation_id,
        *(each.organisation_id for each in joint),
    }
    agencies = possible_joint_issuers(work.session, interpretation.organisation)
    return [each for each in agencies if each.id not in signing]


def current(interpretation: Interpretation) -> InterpretationRound | None:
    """Return the newest round, open or closed."""
    return interpretation.rounds[-1] if interpretation.rounds else None


def open_round(
    work: Work, interpretation: Interpretation
) -> InterpretationRound | None:
    """Open a round with joint issuers and those to be consulted; None with nobody."""
    asked = _to_ask(interpretation)
    if not asked:
        return None
    opened = InterpretationRound(
        number=len(interpretation.rounds) + 1,
        subject=subject_of(interpretation),
        rule=_read(work, "interpretation.round_rule", interpretation),
        silence=_read(work, "interpretation.silence", interpretation),
        opened_at=work.now,
    )
    opened.answers = [
        CoSignature(part=part, organisation_id=place) for place, part in asked.items()
    ]
    interpretation.rounds.append(opened)
    work.session.flush()
    return opened


def agreed_before(interpretation: Interpretation) -> InterpretationRound | None:
    """Return the newest round if it agreed to exactly what stands now, and nobody is
    to be asked who was not asked then."""
    newest = current(interpretation)
    if newest is None or newest.outcome != AGREED:
        return None
    asked = {each.organisation_id: each.part for each in newest.answers}
    known = asked.items() >= _to_ask(interpretation).items()
    return newest if known and newest.subject == subject_of(interpretation) else None


def subject_of(interpretation: Interpretation) -> str:
    """Return a hash of all that those who are asked agree to."""
    text = text_of(interpretation.document)
    material = material_of(interpretation)
    said = [
        text.file.sha256 if text else "",
        *sorted(f"{each.paper.form} {each.file.sha256}" for each in material),
        *(interpretation.focus, interpretation.timing or ""),
        str(interpretation.days_after),
        *interpretation.forms,
        *interpretation.channels,
    ]
    return sha256("\0".join(said).encode()).hexdigest()


def _to_ask(interpretation: Interpretation) -> dict[int, CoSigningPart]:
    """Return who is to be asked, in the order of asking, and in which part."""
    consulted = [each.organisation_id for each in interpretation.consulted]
    joint = [each.organisation_id for each in interpretation.document.joint_issuers]
    asked = {
        **dict.fromkeys(consulted, CoSigningPart.CONSULTED),
        # Who has come to issue the document since the plan signs and is not asked.
        **dict.fromkeys(joint, CoSigningPart.JOINT),
    }
    asked.pop(interpretation.organisation_id, None)
    return asked


def rule_for(rule: Mapping[str, Any], asked: int) -> dict[str, Any]:
    """Return the rule as it holds among so many: n is never more than all."""
    if rule["kind"] != "n_of_m" or not asked:
        return dict(rule)
    return {"kind": "n_of_m", "n": min(int(rule["n"]), asked)}


def count(rule: Mapping[str, Any], answers: Sequence[CoSignature], silence: str) -> str:
    """Return how answers come out once all who let their days pass are counted."""
    agreeing = {Reply.AGREED, Reply.SILENT} if silence == CONSENT else {Reply.AGREED}
    agreed = sum(each.answer in agreeing for each in answers)
    held = rule_for(rule, len(answers))
    needed = held["n"] if held["kind"] == "n_of_m" else len(answers)
    return AGREED if agreed >= needed else OBJECTED


def _read(work: Work, key: str, interpretation: Interpretation) -> Any:
    place = interpretation.organisation
    return settings.read(work.session, key, on=work.today, organisation=place)


def in_words(held: InterpretationRound) -> str:
    """Return what was answered in a round, in words."""
    said = [each.answer for each in held.answers]
    parts = (
        (Reply.AGREED, "同意"),
        (Reply.OBJECTED, "不同意"),
        (Reply.SILENT, "到期没答复"),
        (None, "没有等到答复"),
    )
    return "，".join(
        f"{said.count(answer)}家{word}" for answer, word in parts if answer in said
    )


def silence_in_words(held: InterpretationRound) -> str:
    """Return what it means in a round to let the days pass."""
    meaning = "同意" if held.silence == CONSENT else "不同意"
    return f"到期不答复按{meaning}处理"


@dataclass(frozen=True)
class Tally:
    """How a part of a round stands, for who is about to sign."""

    asked: int
    agreed: int
    objected: int
    silent: int
    waiting: int
    #: How many must agree.
    needed: int
    #: Whether the first objection ends it.
    veto: bool

    @property
    def rule(self) -> str:
        """The rule in words."""
        if self.asked == 1:
            return "只请 1 家，同意即通过"
        if self.veto:
            return f"{self.asked} 家都同意才通过，有一家不同意马上退回"
        if self.needed < self.asked:
            return f"{self.asked} 家中 {self.needed} 家同意即通过"
        return f"{self.asked} 家全部同意才通过"

    @property
    def after_agreeing(self) -> str:
        """What an agreement that is given now leaves to be done."""
        missing = self.needed - self.agreed - 1
        if missing <= 0:
            return "您同意后即通过"
        if self.objected and self.needed == self.asked:
            return "已有单位不同意，这一轮会退回修改"
        return f"您同意后还差 {missing} 家"


def tally(opened: InterpretationRound, part: CoSigningPart) -> Tally:
    """Return how one part of a round stands."""
    answers = opened.asked(part)
    held = rule_for(opened.rule, len(answers))
    said = [each.answer for each in answers]
    return Tally(
        asked=len(answers),
        agreed=said.count(Reply.AGREED),
        objected=said.count(Reply.OBJECTED),
        silent=said.count(Reply.SILENT),
        waiting=said.count(None),
        needed=held["n"] if held["kind"] == "n_of_m" else len(answers),
        veto=held["kind"] == "veto",
    )
