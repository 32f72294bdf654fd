"""The results that a request can have: exactly one per piece, counted in table 3."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum


class Group(StrEnum):
    """The six groups of results in table 3 of the annual report."""

    GRANTED = "（一）予以公开"
    PARTIAL = "（二）部分公开"
    WITHHELD = "（三）不予公开"
    NOT_AVAILABLE = "（四）无法提供"
    NOT_HANDLED = "（五）不予处理"
    OTHER = "（六）其他处理"


@dataclass(frozen=True)
class DecisionCode:
    """One lawful result of one request."""

    code: str
    name: str
    #: What it rests on, as a letter cites it.
    article: str
    group: Group
    #: Which of the 21 counted rows of table 3 it falls into, from the top.
    row: int
    #: The kind of letter that tells the applicant.
    letter: str
    #: What the answer must say.
    must_say: str
    #: Cannot be chosen without a search record (指导案例101号).
    needs_search: bool = False
    #: A legal reviewer looks at it before it is signed.
    needs_legal_review: bool = False
    #: Something leaves the house with it: reviewed before it does (Art 17).
    releases: bool = False
    #: Refused under Arts 14-16: 复议 comes before a lawsuit (行政复议法 Art 23).
    withholds: bool = False
    #: May be the ground of one part that a partial answer does not give (Art 37).
    may_be_part: bool = False
    #: The applicant's own silence or withdrawal ends it; nothing is answered.
    closes: bool = False

    @property
    def in_words(self) -> str:
        """The code with its name, as lists and pages show it."""
        return f"{self.code}　{self.name}"


REGULATIONS = "《中华人民共和国政府信息公开条例》"
_FEE_RULES = "《政府信息公开信息处理费管理办法》"


def _article(text: str) -> str:
    return f"{REGULATIONS}{text}"


def _withheld(code: str, name: str, articles: str, row: int) -> DecisionCode:
    return DecisionCode(
        code,
        name,
        _article(articles),
        Group.WITHHELD,
        row,
        "refusal",
        "不予公开的决定和理由",
        needs_legal_review=True,
        withholds=True,
        may_be_part=True,
    )


_CODES = (
    DecisionCode(
        "D01",
        "已主动公开",
        _article("第三十六条第一项"),
        Group.GRANTED,
        1,
        "already_public",
        "获取的方式和途径",
    ),
    DecisionCode(
        "D02",
        "予以公开",
        _article("第三十六条第二项"),
        Group.GRANTED,
        1,
        "disclosure",
        "所申请的信息",
        releases=True,
    ),
    DecisionCode(
        "D03",
        "予以公开（告知获取方式）",
        _article("第三十六条第二项"),
        Group.GRANTED,
        1,
        "disclosure",
        "获取的方式、途径和时间",
        releases=True,
    ),
    DecisionCode(
        "D10",
        "部分公开",
        _article("第三十七条"),
        Group.PARTIAL,
        2,
        "partial_disclosure",
        "可以公开的部分；不予公开的每一部分的依据和理由",
        needs_legal_review=True,
        releases=True,
    ),
    _withheld("D21", "属于国家秘密", "第十四条、第三十六条第三项", 3),
    _withheld("D22", "法律、行政法规禁止公开", "第十四条、第三十六条第三项", 4),
    _withheld("D23", "危及“三安全一稳定”", "第十四条、第三十六条第三项", 5),
    _withheld("D24", "保护第三方合法权益", "第十五条、第三十二条、第三十六条第三项", 6),
    _withheld("D25", "属于三类内部事务信息", "第十六条第一款、第三十六条第三项", 7),
    _withheld("D26", "属于四类过程性信息", "第十六条第二款、第三十六条第三项", 8),
    _withheld("D27", "属于行政执法案卷", "第十六条第二款、第三十六条第三项", 9),
    DecisionCode(
        "D28",
        "属于行政查询事项",
        _article("第三十六条第七项"),
        Group.WITHHELD,
        10,
        "special_query",
        "依照哪部法律、行政法规查询，到哪里查询",
        needs_legal_review=True,
        may_be_part=True,
    ),
    DecisionCode(
        "D31a",
        "本机关不掌握（信息不存在）",
        _article("第三十六条第四项"),
        Group.NOT_AVAILABLE,
        11,
        "non_existence",
        "检索的范围、方式和结果",
        needs_search=True,
        needs_legal_review=True,
        may_be_part=True,
    ),
    DecisionCode(
        "D31b",
        "本机关不掌握（非本机关负责公开）",
        _article("第三十六条第五项"),
        Group.NOT_AVAILABLE,
        11,
        "other_agency",
        "理由；能够确定的，负责公开的机关的名称、联系方式",
        may_be_part=True,
    ),
    DecisionCode(
        "D32",
        "没有现成信息需要另行制作",
        _article("第三十八条"),
        Group.NOT_AVAILABLE,
        12,
        "needs_making",
        "为什么需要加工、分析",
        may_be_part=True,
    ),
    DecisionCode(
        "D33",
        "补正后申请内容仍不明确",
        _article("第三十条"),
        Group.NOT_AVAILABLE,
        13,
        "still_unclear",
        "哪些内容仍不明确",
        may_be_part=True,
    ),
    DecisionCode(
        "D41",
        "信访举报投诉类申请",
        _article("第三十九条第一款"),
        Group.NOT_HANDLED,
        14,
        "not_handled",
        "不作为政府信息公开申请处理；可以告知相应渠道",
        needs_legal_review=True,
    ),
    DecisionCode(
        "D42",
        "重复申请",
        _article("第三十六条第六项"),
        Group.NOT_HANDLED,
        15,
        "repeated",
        "以前答复的文号和日期",
        needs_legal_review=True,
    ),
    DecisionCode(
        "D43",
        "要求提供公开出版物",
        _article("第三十九条第二款"),
        Group.NOT_HANDLED,
        16,
        "not_handled",
        "获取的途径",
        needs_legal_review=True,
    ),
    DecisionCode(
        "D44",
        "无正当理由大量反复申请",
        _article("第三十五条"),
        Group.NOT_HANDLED,
        17,
        "not_handled",
        "申请人说明的理由为什么不合理",
        needs_legal_review=True,
    ),
    DecisionCode(
        "D45",
        "要求确认或者重新出具已获取信息",
        _article("第三十六条第六项"),
        Group.NOT_HANDLED,
        18,
        "not_handled",
        "申请人何时已经取得这些信息",
        needs_legal_review=True,
    ),
    DecisionCode(
        "D51",
        "逾期不补正，不再处理",
        _article("第三十条"),
        Group.OTHER,
        19,
        "closing",
        "补正通知的日期和期限",
        closes=True,
    ),
    DecisionCode(
        "D52",
        "逾期不缴费，不再处理",
        f"{_FEE_RULES}第六条",
        Group.OTHER,
        20,
        "closing",
        "收费通知的日期和期限",
        closes=True,
    ),
    DecisionCode(
        "D53",
        "其他（撤回等）",
        "申请人撤回申请等情形",
        Group.OTHER,
        21,
        "closing",
        "结束的原因和日期",
        closes=True,
    ),
)

CODES: dict[str, DecisionCode] = {each.code: each for each in _CODES}


#: The kinds of letters that answer an applicant.
ANSWER_KINDS = frozenset(each.letter for each in CODES.values() if not each.closes)


def decision(code: str) -> DecisionCode:
    """Return a result by its code; an unknown code is a fault, not an answer."""
    return CODES[code]


def choices(only: Collection[str] | None = None) -> list[tuple[str, str]]:
    """Return what a form offers: code and words, in the order of table 3."""
    return [
        (each.code, each.in_words)
        for each in _CODES
        if only is None or each.code in only
    ]


#: What a person decides; the others happen by themselves or by the applicant.
DECIDED = tuple(each.code for each in _CODES if not each.closes)

#: What one withheld part of a partial answer may rest on.
OF_PARTS = tuple(each.code for each in _CODES if each.may_be_part)
