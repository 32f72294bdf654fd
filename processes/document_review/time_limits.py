"""How long each step may take, and by when a document must be public."""

from engine.authoring import Recipient, Rung, TimeLimit, Unit

#: A reminder before, then the head, then the superior's office after the limit.
_STEP_LADDER = (
    Rung(-1, Recipient.HANDLER),
    Rung(0, Recipient.SECTION_HEAD),
    Rung(2, Recipient.SUPERIOR_OFFICE),
)
_UNIT_LADDER = (
    Rung(-1, Recipient.HANDLER),
    Rung(0, Recipient.UNIT_HEAD),
    Rung(2, Recipient.SUPERIOR_OFFICE),
)
_OWN = "本单位设定的内部时限"


def _step(name: str, title: str, days: int, rungs: tuple[Rung, ...]) -> TimeLimit:
    return TimeLimit(name, title, days, Unit.WORKING_DAYS, _OWN, rungs=rungs)


LIMITS = (
    _step("draft", "拟稿", 5, _STEP_LADDER),
    _step("section_review", "科室审核", 2, _UNIT_LADDER),
    _step("secrecy_review", "保密审查", 3, _UNIT_LADDER),
    _step("approve_publication", "审定公开", 2, _UNIT_LADDER),
    # Within 20 working days of the day the information is formed or changed;
    # another statute's shorter limit would prevail.
    TimeLimit(
        "publication",
        "主动公开",
        20,
        Unit.WORKING_DAYS,
        "《政府信息公开条例》第26条",
        statutory=True,
        rungs=(
            Rung(-5, Recipient.SECTION_HEAD),
            Rung(-1, Recipient.DISCLOSURE_HEAD),
            Rung(0, Recipient.UNIT_HEAD),
            Rung(2, Recipient.SUPERIOR_OFFICE),
        ),
    ),
    # The day on which the approved document is to appear: reached as it begins.
    TimeLimit(
        "publication_time",
        "发布日",
        0,
        Unit.DATE,
        "审定公开时确定",
        rungs=(Rung(0, Recipient.HANDLER),),
    ),
)
