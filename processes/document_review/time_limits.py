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
    _step("disclosure_review", "公开机构审查", 2, _UNIT_LADDER),
    # 5 to 15 working days as a rule; which of them is the office's own.
    TimeLimit(
        "legality_review",
        "合法性审核",
        10,
        Unit.WORKING_DAYS,
        "国办发〔2018〕115号，5至15个工作日内由本单位确定",
        rungs=_UNIT_LADDER,
        bounds=(5, 15),
    ),
    _step("co_sign_document", "会签", 3, _UNIT_LADDER),
    _step("office_check", "核稿", 3, _UNIT_LADDER),
    _step("sign", "签发", 2, _UNIT_LADDER),
    _step("seal", "用印", 1, _UNIT_LADDER),
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
)
