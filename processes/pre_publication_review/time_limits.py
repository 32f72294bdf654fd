"""How long each step of the review may take."""

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
    _step("prepare_copy", "制作公开件", 2, _SECTION_LADDER),
    _step("judge_secret_mark", "核查密级标志", 1, _UNIT_LADDER),
    _step("secrecy_first", "保密初审", 2, _UNIT_LADDER),
    _step("secrecy_second", "保密复审", 3, _UNIT_LADDER),
    _step("secrecy_final", "保密终审", 2, _UNIT_LADDER),
    _step("request_determination", "报请确定", 1, _UNIT_LADDER),
    # The Regulations set no limit for who determines; the secrecy rules' Art 25 gives
    # the authority ten working days in the case that it regulates.
    _step("determination", "等待确定结果", 10, _UNIT_LADDER),
    _step("content_review", "合法性和五关审查", 3, _UNIT_LADDER),
    # Not counted in working days: the law counts hours.
    TimeLimit(
        "report_secret",
        "报告保密行政管理部门",
        24,
        Unit.HOURS,
        "《保守国家秘密法实施条例》第61条",
        statutory=True,
        rungs=(
            Rung(0, Recipient.UNIT_HEAD),
            Rung(1, Recipient.SUPERIOR_OFFICE),
        ),
    ),
)
