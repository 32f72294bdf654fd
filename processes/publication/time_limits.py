"""How long each step may take, and by when something must be withdrawn."""

from engine.authoring import Recipient, Rung, TimeLimit, Unit

_SECTION_LADDER = (
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
    _step("publication_request", "提出更改", 2, _SECTION_LADDER),
    _step("publication_review", "审核更改", 1, _UNIT_LADDER),
    _step("approve_publication", "审定发布", 2, _UNIT_LADDER),
    _step("approve_change", "审定更改", 1, _UNIT_LADDER),
    # A published penalty decision that is changed, revoked, or found unlawful or void
    # is withdrawn with the reasons within three days, which are working days by
    # 行政处罚法 Art 85.
    TimeLimit(
        "withdrawal",
        "撤回行政处罚决定信息",
        3,
        Unit.WORKING_DAYS,
        "《行政处罚法》第48条、第85条",
        statutory=True,
        rungs=(
            Rung(-1, Recipient.DISCLOSURE_HEAD),
            Rung(0, Recipient.UNIT_HEAD),
            Rung(2, Recipient.SUPERIOR_OFFICE),
        ),
    ),
    # The day on which what was approved is to be done: reached as it begins.
    TimeLimit(
        "publication_time",
        "发布日",
        0,
        Unit.DATE,
        "审定时确定",
        rungs=(Rung(0, Recipient.HANDLER),),
    ),
)
