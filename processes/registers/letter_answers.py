"""The letters that answer an applicant, one or more results each."""

from processes.registers import letter_elements as common
from processes.registers.grounds import cites_a_law
from processes.registers.letter_elements import (
    Element,
    Family,
    Form,
    LetterKind,
    Remedy,
    has_code,
    says,
)


def _law(text: str) -> str:
    if cites_a_law(text):
        return ""
    return (
        "只有法律、行政法规可以禁止公开（条例第14条）：用书名号写它的名称和条款，"
        "地方性法规、规章和文件不能作依据。"
    )


def _answer(
    key: str, title: str, article: str, codes: tuple[str, ...], *own: Element
) -> LetterKind:
    return LetterKind(
        key,
        title,
        Family.ANSWER,
        f"答复申请人（{article}）",
        (*common.APPLICATION, *own),
        Remedy.BY_CODE,
        codes,
    )


DISCLOSURE = _answer(
    "disclosure",
    "政府信息公开告知书",
    "条例第36条第2项",
    ("D02", "D03"),
    Element(
        "information",
        "所申请的信息",
        "条例第36条第2项",
        "写信息的内容，或者附件的名称",
        when=has_code("D02"),
    ),
    Element(
        "way",
        "获取的方式和途径",
        "条例第36条第2项",
        "写怎样取得、到哪里取得",
        when=has_code("D03"),
    ),
    Element(
        "time",
        "获取的时间",
        "条例第36条第2项",
        "写什么时候可以取得",
        when=has_code("D03"),
    ),
)

ALREADY_PUBLIC = _answer(
    "already_public",
    "政府信息已主动公开告知书",
    "条例第36条第1项",
    ("D01",),
    Element(
        "where",
        "获取的方式和途径",
        "条例第36条第1项",
        "写网址、公报期号或者查阅地点，写到能直接找到",
    ),
)

PARTIAL_DISCLOSURE = _answer(
    "partial_disclosure",
    "政府信息部分公开告知书",
    "条例第37条",
    ("D10",),
    Element("public_part", "公开的部分", "条例第37条", "写公开哪些内容"),
    Element(
        "parts",
        "不予公开的部分及其依据和理由",
        "条例第37条",
        "每一部分写是哪里、依据和理由",
        Form.PARTS,
    ),
)

REFUSAL = _answer(
    "refusal",
    "政府信息不予公开告知书",
    "条例第36条第3项",
    ("D21", "D22", "D23", "D24", "D25", "D26", "D27"),
    Element("article", "不予公开的依据", "条例第36条第3项", "写是哪部法的第几条"),
    Element(
        "cited_law",
        "禁止公开的法律、行政法规",
        "条例第14条",
        "写是哪部法律、行政法规的第几条禁止公开",
        when=has_code("D22"),
        check=_law,
    ),
    Element("facts", "认定的事实", "条例第36条第3项", "写这些信息是什么、怎样形成"),
    Element("reasons", "不予公开的理由", "条例第36条第3项", "写为什么适用这一条"),
    Element(
        "third_party_view",
        "征求第三方意见的情况",
        "条例第32条",
        "写已经征求意见，第三方是什么意见",
        when=has_code("D24"),
    ),
)

SPECIAL_QUERY = _answer(
    "special_query",
    "政府信息查询事项告知书",
    "条例第36条第7项",
    ("D28",),
    Element(
        "law",
        "依照哪部法律、行政法规查询",
        "条例第36条第7项",
        "写有特别规定的法律、行政法规的名称和条款",
    ),
    Element("where", "到哪里查询", "条例第36条第7项", "写办理查询的机构和地址"),
)

NON_EXISTENCE = _answer(
    "non_existence",
    "政府信息不存在告知书",
    "条例第36条第4项",
    ("D31a",),
    Element("scope", "检索的范围", "条例第36条第4项", "写查了哪些系统、档案和年份"),
    Element("means", "检索的方式", "条例第36条第4项", "写用什么关键词、由谁怎样查"),
    Element("result", "检索的结果", "条例第36条第4项", "写没有查到"),
)

OTHER_AGENCY = _answer(
    "other_agency",
    "非本机关负责公开政府信息告知书",
    "条例第36条第5项",
    ("D31b",),
    Element("reasons", "理由", "条例第36条第5项", "写为什么不由本机关负责公开"),
    Element(
        "other_agency",
        "负责公开的机关",
        "条例第36条第5项",
        "能够确定的，写机关名称",
        mandatory=False,
    ),
    Element(
        "other_contact",
        "负责公开的机关的联系方式",
        "条例第36条第5项",
        "写了机关名称的，也写它的地址和电话",
        when=says("other_agency"),
    ),
)

NEEDS_MAKING = _answer(
    "needs_making",
    "政府信息需另行制作告知书",
    "条例第38条",
    ("D32",),
    Element("reasons", "理由", "条例第38条", "写为什么需要加工、分析才能提供"),
)

STILL_UNCLEAR = _answer(
    "still_unclear",
    "补正后申请内容仍不明确告知书",
    "条例第30条",
    ("D33",),
    Element("unclear", "仍不明确的内容", "条例第30条", "写补正以后哪些内容仍不明确"),
)

REPEATED = _answer(
    "repeated",
    "重复申请不予重复处理告知书",
    "条例第36条第6项",
    ("D42",),
    Element(
        "earlier_number", "以前答复的文号", "条例第36条第6项", "写以前那份答复的文号"
    ),
    Element(
        "earlier_on",
        "以前答复的日期",
        "条例第36条第6项",
        "写以前那份答复的日期",
        Form.DAY,
    ),
)

NOT_HANDLED = _answer(
    "not_handled",
    "政府信息公开申请不予处理告知书",
    "条例第35条、第39条",
    ("D41", "D43", "D44", "D45"),
    Element("article", "不予处理的依据", "条例第35条、第39条", "写是哪部法的第几条"),
    Element("ground", "不予处理的理由", "条例第35条、第39条", "写为什么不予处理"),
    Element(
        "channel",
        "获取的途径",
        "条例第39条第2款",
        "写出版物怎样取得",
        when=has_code("D43"),
    ),
)

ANSWERS = (
    DISCLOSURE,
    ALREADY_PUBLIC,
    PARTIAL_DISCLOSURE,
    REFUSAL,
    SPECIAL_QUERY,
    NON_EXISTENCE,
    OTHER_AGENCY,
    NEEDS_MAKING,
    STILL_UNCLEAR,
    REPEATED,
    NOT_HANDLED,
)
