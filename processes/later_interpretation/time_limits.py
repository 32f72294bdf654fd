"""By when a later interpretation is published, and its first step is done."""

from engine.authoring import Recipient, Rung, TimeLimit, Unit

LIMITS = (
    TimeLimit(
        "later_interpretation_choose",
        "选文件",
        3,
        Unit.WORKING_DAYS,
        "本单位设定的内部时限",
        rungs=(Rung(-1, Recipient.HANDLER), Rung(0, Recipient.SECTION_HEAD)),
    ),
    # From the document's publication; the plan says how many days, at most the
    # setting's. Where no plan asks for it, nothing runs.
    TimeLimit(
        "later_interpretation_publication",
        "解读发布",
        3,
        Unit.WORKING_DAYS,
        "解读方案确定，最长时间由本单位设定",
        rungs=(
            Rung(-1, Recipient.SECTION_HEAD),
            Rung(0, Recipient.UNIT_HEAD),
            Rung(2, Recipient.SUPERIOR_OFFICE),
        ),
    ),
)
