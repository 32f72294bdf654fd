"""How long each step of an interpretation may take."""

from engine.authoring import Recipient, Rung, TimeLimit, Unit

_OWN = "本单位设定的内部时限"
_LADDER = (
    Rung(-1, Recipient.HANDLER),
    Rung(0, Recipient.UNIT_HEAD),
    Rung(2, Recipient.SUPERIOR_OFFICE),
)
_SECTION_LADDER = (
    Rung(-1, Recipient.HANDLER),
    Rung(0, Recipient.SECTION_HEAD),
    Rung(2, Recipient.SUPERIOR_OFFICE),
)


def _step(name: str, title: str, days: int, rungs: tuple[Rung, ...]) -> TimeLimit:
    return TimeLimit(name, title, days, Unit.WORKING_DAYS, _OWN, rungs=rungs)


LIMITS = (
    _step("interpretation_plan", "拟解读方案", 2, _SECTION_LADDER),
    _step("interpretation_material", "拟解读材料", 5, _SECTION_LADDER),
    # At its end the silence of those who were asked counts; nobody is told later.
    _step("interpretation_consult", "答复解读意见", 3, (Rung(-1, Recipient.HANDLER),)),
    _step("interpretation_co_sign", "会签解读", 3, _LADDER),
    _step("interpretation_sign", "签发解读", 2, _LADDER),
)
