"""解读方案: what is interpreted, when, how, where, and whom to ask before."""

from collections.abc import Sequence
from typing import Any

from engine.authoring import InvalidAnswers, Work, settings
from models.interpretations import ConsultedOrganisation, Interpretation, Timing
from models.people import Organisation
from processes.registers.interpretations import follows
from processes.registers.issuers import issued_by
from processes.registers.rounds import may_be_consulted


def keep(work: Work, found: Interpretation, values: dict[str, Any]) -> None:
    """Keep a plan.

    Raises:
        InvalidAnswers: no time is chosen, it is too late, or nobody that may be asked.
    """
    timing, days = _time(work, found, values)
    places = _consulted(work, found, values["consulted"])
    found.focus = values["focus"]
    found.timing, found.days_after = timing, days
    found.forms, found.channels = values["forms"], values["channels"]
    found.consulted.clear()
    work.session.flush()
    found.consulted.extend(
        ConsultedOrganisation(organisation_id=place.id, position=position)
        for position, place in enumerate(places, 1)
    )
    work.session.flush()


def _time(
    work: Work, found: Interpretation, values: dict[str, Any]
) -> tuple[Timing, int | None]:
    """Return when it appears: with the document, or so many working days later."""
    if follows(found):
        # It is published: whatever was chosen, the material follows it.
        return Timing.AFTER, found.days_after
    if values["timing"] == Timing.TOGETHER:
        return Timing.TOGETHER, None
    _refuse_after(work, found)
    most = settings.read(
        work.session,
        "interpretation.days_after",
        on=work.today,
        organisation=found.organisation,
    )
    typed = values["days_after"] or str(most)
    if not (typed.isascii() and typed.isdigit() and 1 <= int(typed) <= most):
        sentence = f"写 1 到 {most} 的整数：解读最迟在文件公开后 {most} 个工作日内发布"
        raise InvalidAnswers({"days_after": [sentence]})
    return Timing.AFTER, int(typed)


def _refuse_after(work: Work, found: Interpretation) -> None:
    """A draft for the government's signature comes with its material (上报代拟稿时一并
    报送解读材料), where the government has it so."""
    document = found.document
    wanted = settings.read(
        work.session,
        "document.material_with_draft",
        on=work.today,
        organisation=document.issuer,
    )
    if wanted and issued_by(document) != "own":
        sentence = "代拟稿报审时要一并报送解读材料，选同步发布"
        raise InvalidAnswers({"timing": [sentence]})


def _consulted(
    work: Work, found: Interpretation, chosen: Sequence[str]
) -> list[Organisation]:
    offered = {each.public_id: each for each in may_be_consulted(work, found)}
    if not offered.keys() >= set(chosen):
        raise InvalidAnswers({"consulted": ["名单有变化，重新选一下"]})
    return [offered[each] for each in dict.fromkeys(chosen)]
