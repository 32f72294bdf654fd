"""The letters after an answer or instead of one, and what each must say."""

from processes.registers import letter_elements as common
from processes.registers.letter_elements import (
    Element,
    Family,
    Form,
    LetterKind,
    Remedy,
)

CLOSING = LetterKind(
    "closing",
    "政府信息公开申请不再处理告知书",
    Family.ANSWER,
    "逾期不补正、逾期不缴费、撤回等",
    (
        *common.APPLICATION,
        Element(
            "event", "结束的原因", "条例第30条、信息处理费管理办法第6条", "写发生了什么"
        ),
        Element(
            "event_on",
            "结束的日期",
            "条例第30条、信息处理费管理办法第6条",
            "写从哪一天起不再处理",
            Form.DAY,
        ),
    ),
    Remedy.BY_CODE,
    ("D51", "D52", "D53"),
)

CORRECTION_NOTICE = LetterKind(
    "correction_notice",
    "更正政府信息告知书",
    Family.CORRECTION,
    "有人要求更正与自己有关的记录（条例第41条）",
    (
        Element(
            "transfer",
            "是否转送函",
            "条例第41条",
            "写给有权更正的机关的，写“是”",
            mandatory=False,
            printed=False,
        ),
        Element("record", "涉及的记录", "条例第41条", "写是哪一份记录"),
        Element(
            "outcome",
            "处理结果",
            "条例第41条",
            "写更正成什么，或者转送、应当向哪个机关提出",
        ),
    ),
    Remedy.FREE,
)

PROOF_OF_SERVICE = LetterKind(
    "proof_of_service",
    "送达回证",
    Family.SERVICE,
    "送达一份文书",
    (
        Element("letter_title", "文书名称", "民事诉讼法第87条", "写送达的是什么文书"),
        Element("letter_number", "文书文号", "民事诉讼法第87条", "写文书的文号"),
        Element("way", "送达方式", "民事诉讼法第88条至第95条", "写怎样送达"),
        Element("place", "送达地点", "民事诉讼法第87条", "写在哪里送达"),
        Element("served_on", "送达日期", "民事诉讼法第87条", "写送达的日期", Form.DAY),
        Element(
            "signature",
            "收件人签收或者拒收",
            "民事诉讼法第87条、第89条",
            "写签收的人；拒收的，写理由和见证人",
        ),
        Element("server", "送达人", "民事诉讼法第89条", "写送达人的姓名"),
    ),
)

ENDINGS = (CLOSING, CORRECTION_NOTICE, PROOF_OF_SERVICE)
