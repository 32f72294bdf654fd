"""时限长度: how long limits are in a root; another length, its effect shown first."""

from collections.abc import Iterator
from dataclasses import dataclass

from engine import recomputation, settings
from engine.errors import InvalidAnswers, NotAllowed, NotFound, Refusal
from engine.process import Process
from engine.recomputation import Change
from engine.time_limits import TimeLimit, Unit
from engine.work import Engine, Work
from models.people import Role

_LONGEST_REASON = 300


@dataclass(frozen=True)
class Length:
    """How long one limit of a process is today in the actor's root."""

    process: Process
    limit: TimeLimit
    length: int
    unit: Unit
    #: Whether a setting gives it; else it is as the process declares it.
    is_set: bool

    @property
    def key(self) -> str:
        """The setting that gives it."""
        return f"limit.{self.process.key}.{self.limit.name}"

    @property
    def may_change(self) -> bool:
        """Whether it has a length of its own: no day that somebody fixes, and nothing
        that its process counts by rules of its own."""
        fixed = self.limit.unit == Unit.DATE
        return not fixed and self.limit.name not in self.process.recompute


def lengths(work: Work) -> list[Length]:
    """Return all limits of all processes.

    Raises:
        NotAllowed: the actor is no system administrator.
    """
    _require_administrator(work)
    return list(_lengths(work))


def length_of(work: Work, process: str, name: str) -> Length:
    """Return one limit.

    Raises:
        NotAllowed: the actor is no system administrator.
        NotFound: there is no such limit, or its length is nobody's to set.
    """
    _require_administrator(work)
    for each in _lengths(work):
        if (each.process.key, each.limit.name) == (process, name) and each.may_change:
            return each
    raise NotFound("这一项时限")


def preview(work: Work, of: Length, length: int) -> list[Change]:
    """Return what another length would move of what runs; nothing is written.

    Raises:
        InvalidAnswers: the limit must not have that length.
    """
    root_id = _require_administrator(work)
    value = _value(of, length)
    _refuse_unfit(work, of, value, root_id)
    return recomputation.preview_rule(work, of.key, value, root_id=root_id)


def change(work: Work, of: Length, length: int, reason: str) -> None:
    """Set another length from today on; what runs keeps its own until `apply`.

    Raises:
        InvalidAnswers: the limit must not have that length or has it already, or
            there is no reason.
    """
    root_id = _require_administrator(work)
    _refuse_unfit(work, of, _value(of, length), root_id)
    errors = {}
    if length == of.length:
        errors["length"] = ["和现在一样长，不用改"]
    if not reason.strip() or len(reason) > _LONGEST_REASON:
        errors["reason"] = [f"写明为什么改、依据哪一份文件，{_LONGEST_REASON}字以内"]
    if errors:
        raise InvalidAnswers(errors)
    settings.write(
        work,
        of.key,
        _value(of, length),
        valid_from=work.today,
        reason=reason.strip(),
        root_id=root_id,
    )


def apply(engine: Engine, of: Length) -> int:
    """Count anew what runs with an earlier length; return in how many cases."""
    return recomputation.apply_rule(engine, of.key)


def _lengths(work: Work) -> Iterator[Length]:
    root_id = work.actor.root_id
    for process in work.engine.definitions:
        for limit in process.limits.values():
            key = f"limit.{process.key}.{limit.name}"
            value = settings.read(
                work.session, key, on=work.today, root_id=root_id
            ) or {"length": limit.length, "unit": limit.unit}
            length, unit = int(value["length"]), Unit(value["unit"])
            is_set = (length, unit) != (limit.length, limit.unit)
            yield Length(process, limit, length, unit, is_set)


def _value(of: Length, length: int) -> dict[str, object]:
    return {"length": length, "unit": str(of.unit)}


def _refuse_unfit(
    work: Work, of: Length, value: dict[str, object], root_id: int
) -> None:
    try:
        settings.refuse_unfit(work, of.key, value, root_id)
    except Refusal as refusal:
        raise InvalidAnswers({"length": [refusal.message]}) from refusal


def _require_administrator(work: Work) -> int:
    root_id = work.actor.root_id
    if root_id is None or not work.actor.has_role(Role.SYSTEM_ADMINISTRATOR):
        msg = "时限由系统管理员设置。"
        raise NotAllowed(msg)
    return root_id
