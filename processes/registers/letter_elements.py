"""What letters are made of: elements, and what is said where one is missing."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

#: What a letter says, by the elements' names: text, an ISO day, or a list.
Fields = Mapping[str, Any]


class Form(StrEnum):
    """What is written into an element."""

    TEXT = "text"
    #: A day that has been.
    DAY = "day"
    #: A computed day: provisional while its year has no holiday notice.
    LIMIT = "limit"
    #: Several texts, numbered.
    ITEMS = "items"
    #: The withheld parts, each with its ground and reason.
    PARTS = "parts"


@dataclass(frozen=True)
class Element:
    """One thing that a letter says, and by which rule it must."""

    name: str
    label: str
    #: The rule that asks for it.
    article: str
    #: What is said to the drafter where it is missing: what to write.
    ask: str
    form: Form = Form.TEXT
    #: What it says unless the drafter says otherwise: the rule's own sentence.
    default: str = ""
    mandatory: bool = True
    #: The letters in which it is mandatory, by what else they say; None for all.
    when: Callable[[Fields], bool] | None = None
    #: What is wrong with what was written, in a sentence; empty where nothing is.
    check: Callable[[str], str] | None = None
    #: Whether the letter shows it, or it only decides what the letter shows.
    printed: bool = True
    #: Whether a setting of the office gives it, and no drafter can.
    is_set: bool = False

    def is_due(self, fields: Fields) -> bool:
        """Tell whether a letter that says this must say this element too."""
        return self.mandatory and (self.when is None or self.when(fields))

    @property
    def sentence(self) -> str:
        """Say that it is missing."""
        return f"缺少“{self.label}”：{self.ask}（{self.article}）。"


def has_code(*codes: str) -> Callable[[Fields], bool]:
    """Make the condition that a letter tells one of these results."""
    return lambda fields: fields.get("code") in codes


def says(name: str, value: str = "") -> Callable[[Fields], bool]:
    """Make the condition that another element says something, or just this."""
    return lambda fields: fields.get(name) == value if value else bool(fields.get(name))


_FORMAT = "GB/T 9704-2012"

ADDRESSEE = Element(
    "addressee", "收件人", f"{_FORMAT} 7.3.2", "写收件人的姓名或者名称全称"
)
CONTACT = Element(
    "contact",
    "政府信息公开工作机构的联系方式",
    "条例第12条",
    "由管理员在设置“letters.contact”里填写机构名称、地址和电话",
    is_set=True,
)
AGENCY = Element(
    "agency", "发函机关", f"{_FORMAT} 10.1", "以本机关的名义发出，写机关全称"
)
#: Given when it is issued, and in every template.
NUMBER = Element("number", "文号", f"{_FORMAT} 7.2.5", "签发时编号", mandatory=False)
ISSUED_ON = Element(
    "issued_on",
    "成文日期",
    f"{_FORMAT} 7.3.5",
    "签发时填写",
    Form.DAY,
    mandatory=False,
)
TITLE = Element("title", "标题", f"{_FORMAT} 7.3.1", "写文书的标题")
REMEDY = Element(
    "remedy",
    "救济途径",
    "行政复议法第20条、第23条，行政诉讼法第45条、第46条",
    "由管理员在设置“letters.reconsideration_body”和“letters.court”里填写"
    "复议机关和法院；通过互联网送达的，还要有“letters.reconsideration_site”",
    is_set=True,
)
ATTACHMENTS = Element(
    "attachments",
    "附件",
    f"{_FORMAT} 7.3.4",
    "写附件的名称",
    Form.ITEMS,
    mandatory=False,
)

REQUEST_NUMBER = Element(
    "request_number", "申请编号", "条例第45条", "写登记时给这件申请编的号"
)
RECEIVED_ON = Element(
    "received_on", "收到日期", "条例第31条", "写收到这件申请的日期", Form.DAY
)
SUBJECT = Element(
    "subject", "申请内容", "条例第29条第2款", "概括写明申请公开的是什么信息"
)
#: By which letter an answer says what it answers.
APPLICATION = (REQUEST_NUMBER, RECEIVED_ON, SUBJECT)

CODE = Element(
    "code", "办理结果", "条例第36条", "选择这件申请的办理结果", printed=False
)


class Family(StrEnum):
    """Letters that are counted together: each family and year has its own numbers."""

    RECEIPT = "receipt"
    NOTICE = "notice"
    INQUIRY = "inquiry"
    FEE = "fee"
    ANSWER = "answer"
    CORRECTION = "correction"
    SERVICE = "service"


#: The word between 机关代字 and the year in a number; an office may set its own.
FAMILY_WORDS: dict[str, str] = {
    Family.RECEIPT: "公登",
    Family.NOTICE: "公告知",
    Family.INQUIRY: "公征",
    Family.FEE: "公费",
    Family.ANSWER: "公复",
    Family.CORRECTION: "公更",
    Family.SERVICE: "公送",
}


class Remedy(StrEnum):
    """Whether a letter tells how to challenge it."""

    NONE = "none"
    #: As the result that it tells has it.
    BY_CODE = "by_code"
    #: Free choice between 复议 and a lawsuit, whatever it says.
    FREE = "free"


@dataclass(frozen=True)
class LetterKind:
    """One kind of letter: when it is written and what it must say."""

    key: str
    title: str
    family: Family
    #: What makes an office write it.
    trigger: str
    own: tuple[Element, ...]
    remedy: Remedy = Remedy.NONE
    #: The results that it may tell; empty where it tells none.
    codes: tuple[str, ...] = ()

    @property
    def word(self) -> str:
        """The word of its family in its number, unless an office has its own."""
        return FAMILY_WORDS[self.family]

    @property
    def placeholders(self) -> frozenset[str]:
        """What every template of this kind must show."""
        return frozenset(
            each.name
            for each in self.elements
            if each.printed and (each.mandatory or each in (NUMBER, ISSUED_ON))
        )

    @property
    def elements(self) -> tuple[Element, ...]:
        """All that it may say, in the order in which it says it."""
        return tuple(self._elements())

    def _elements(self) -> Iterator[Element]:
        yield AGENCY
        yield NUMBER
        yield TITLE
        yield ADDRESSEE
        if self.codes:
            yield CODE
        yield from self.own
        if self.remedy != Remedy.NONE:
            yield REMEDY
        yield ATTACHMENTS
        yield ISSUED_ON
        yield CONTACT

    def element(self, name: str) -> Element | None:
        """Return one of its elements by name; None where it has no such element."""
        return next((each for each in self.elements if each.name == name), None)

    def tells_remedy(self, fields: Fields) -> bool:
        """Tell whether this letter, saying this, ends with how to challenge it."""
        if self.remedy == Remedy.BY_CODE:
            # Whoever withdraws has nothing to challenge; silence that was taken for
            # giving up may be challenged.
            return fields.get("code") != "D53"
        # A letter that passes a matter on to another agency decides nothing.
        return self.remedy == Remedy.FREE and not fields.get("transfer")
