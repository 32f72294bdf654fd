"""The letters on the way to an answer, and what each must say."""

from processes.registers import letter_elements as common
from processes.registers.letter_elements import (
    Element,
    Family,
    Form,
    LetterKind,
    Remedy,
)

_PERIOD_ASK = "写自收到本告知书之日起多少个工作日内"

_CLARIFY_CONSEQUENCE = (
    "无正当理由逾期不补正的，视为放弃申请，本机关不再处理该政府信息公开申请"
)
_CLARIFY_RESTART = (
    "答复申请的期限自本机关收到补正的申请之日起计算"
    "（《中华人民共和国政府信息公开条例》第三十条）"
)
_REASONS_CONSEQUENCE = (
    "本机关认为申请理由不合理的，告知不予处理；申请理由合理但无法在规定期限内答复的，"
    "确定延迟答复的合理期限并告知"
)
_THIRD_PARTY_PERIOD = "自收到本函之日起15个工作日内"
_THIRD_PARTY_SILENCE = "逾期未提出意见的，由本机关依照该条例的规定决定是否公开"
_COMAKER_SILENCE = "逾期未提出意见的，视为同意公开"
_NOT_COUNTED = (
    "根据《中华人民共和国政府信息公开条例》第三十三条第三款，"
    "征求意见所需时间不计算在答复期限内"
)
_FEE_BASIS = (
    "《中华人民共和国政府信息公开条例》第四十二条、"
    "《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）第三条至第六条"
)
_FEE_PERIOD = "自收到本通知的次日起20个工作日内"
_FEE_CONSEQUENCE = "逾期未缴纳的，视为放弃申请，本机关不再处理该政府信息公开申请"
#: 延长答复的期限最长不得超过20个工作日 (Art 33(2)).
_MOST_ADDED = 20
_FEE_CLOCK = "缴费后，答复期限自缴费完成的次日起重新计算"


def _days_added(text: str) -> str:
    if text.isascii() and text.isdecimal() and 1 <= int(text) <= _MOST_ADDED:
        return ""
    return "延长的工作日数写1至20的整数（条例第33条第2款）。"


RECEIPT = LetterKind(
    "receipt",
    "政府信息公开申请登记回执",
    Family.RECEIPT,
    "登记一件申请",
    (
        *common.APPLICATION,
        Element(
            "receipt_basis",
            "收到日期怎样确定",
            "条例第31条",
            "写收到的渠道和据以确定日期的事实",
        ),
        Element(
            "answer_due",
            "答复期限",
            "条例第33条第2款",
            "写应当答复的最后一天",
            Form.LIMIT,
        ),
        Element("query_code", "查询码", "条例第45条", "写申请人查询办理情况的查询码"),
    ),
)

CLARIFICATION_NOTICE = LetterKind(
    "clarification_notice",
    "政府信息公开申请补正告知书",
    Family.NOTICE,
    "申请内容不明确（条例第30条）",
    (
        *common.APPLICATION,
        Element("unclear", "哪些内容不明确", "条例第30条", "写明不明确的是哪些内容"),
        Element("guidance", "指导和释明", "条例第30条", "说明怎样写才能查到"),
        Element(
            "items", "补正事项", "条例第30条", "一次写全要补正的每一项", Form.ITEMS
        ),
        Element("period", "补正期限", "条例第30条", _PERIOD_ASK),
        Element(
            "consequence",
            "逾期不补正的后果",
            "条例第30条",
            "写明逾期不补正的后果",
            default=_CLARIFY_CONSEQUENCE,
        ),
        Element(
            "restart",
            "答复期限重新计算",
            "条例第30条",
            "写明答复期限从收到补正之日起计算",
            default=_CLARIFY_RESTART,
        ),
    ),
)

REASONS_NOTICE = LetterKind(
    "reasons_notice",
    "政府信息公开申请说明理由告知书",
    Family.NOTICE,
    "申请数量、频次明显超过合理范围（条例第35条）",
    (
        *common.APPLICATION,
        Element("counts", "数量和频次", "条例第35条", "写什么时间里申请了多少件"),
        Element("to_explain", "需要说明什么", "条例第35条", "写明要说明的是什么"),
        Element("period", "说明理由的期限", "条例第35条", _PERIOD_ASK),
        Element(
            "consequence",
            "不说明或者理由不合理的后果",
            "条例第35条",
            "写明后果",
            default=_REASONS_CONSEQUENCE,
        ),
    ),
)

EXTENSION_NOTICE = LetterKind(
    "extension_notice",
    "政府信息公开申请延长答复期限告知书",
    Family.NOTICE,
    "不能在期限内答复（条例第33条第2款）",
    (
        *common.APPLICATION,
        Element(
            "original_due",
            "原答复期限",
            "条例第33条第2款",
            "写原来应当答复的最后一天",
            Form.LIMIT,
        ),
        Element("reason", "延长的理由", "条例第33条第2款", "写为什么要延长"),
        Element(
            "days_added",
            "延长多少个工作日",
            "条例第33条第2款",
            "写1至20个工作日",
            check=_days_added,
        ),
        Element(
            "new_due",
            "延长后的答复期限",
            "条例第33条第2款",
            "写延长以后的最后一天",
            Form.LIMIT,
        ),
        Element(
            "approved_on",
            "负责人批准日期",
            "条例第33条第2款",
            "写政府信息公开工作机构负责人同意的日期",
            Form.DAY,
        ),
    ),
)

DELAY_NOTICE = LetterKind(
    "delay_notice",
    "政府信息公开申请延迟答复告知书",
    Family.NOTICE,
    "申请理由合理，但是在规定期限内不能答复（条例第35条）",
    (
        *common.APPLICATION,
        Element(
            "explained_on",
            "申请人说明理由的日期",
            "条例第35条",
            "写收到申请人说明的日期",
            Form.DAY,
        ),
        Element(
            "judged",
            "对申请理由的认定",
            "条例第35条",
            "写明申请理由合理",
            default="你（单位）的申请理由合理",
        ),
        Element("reason", "不能按期答复的理由", "条例第35条", "写为什么来不及答复"),
        Element(
            "original_due",
            "原答复期限",
            "条例第33条第2款、第35条",
            "写原来应当答复的最后一天",
            Form.LIMIT,
        ),
        Element(
            "delayed_to",
            "延迟答复的期限",
            "条例第35条",
            "写延迟到哪一天答复",
            Form.LIMIT,
        ),
    ),
)

THIRD_PARTY_INQUIRY = LetterKind(
    "third_party_inquiry",
    "政府信息公开第三方意见征询函",
    Family.INQUIRY,
    "公开会损害第三方合法权益（条例第32条）",
    (
        Element(
            "information",
            "涉及的信息",
            "条例第32条",
            "写到足以让第三方判断为止，不写申请人是谁",
        ),
        Element(
            "question",
            "征求意见的问题",
            "条例第32条",
            "问是否同意公开",
            default="是否同意公开上述信息；不同意公开的，请说明理由",
        ),
        Element(
            "period",
            "答复期限",
            "条例第32条",
            "写自收到之日起15个工作日",
            default=_THIRD_PARTY_PERIOD,
        ),
        Element(
            "silence",
            "逾期不答复的后果",
            "条例第32条",
            "写明不答复意味着什么",
            default=_THIRD_PARTY_SILENCE,
        ),
        Element(
            "reply_form",
            "回复方式",
            "条例第32条",
            "写怎样回复",
            default="请填写所附回复单，签名或者盖章后送交本机关",
        ),
    ),
)

CONSULTATION_NOTICE = LetterKind(
    "consultation_notice",
    "政府信息公开征求意见告知书",
    Family.NOTICE,
    "向第三方或者其他机关征求意见，告知申请人",
    (
        *common.APPLICATION,
        Element(
            "asked",
            "向谁征求意见",
            "条例第32条、第33条第3款",
            "写第三方或者机关，第三方不写姓名",
        ),
        Element(
            "asked_on",
            "征求意见的日期",
            "条例第33条第3款",
            "写发出征询函的日期",
            Form.DAY,
        ),
        Element(
            "not_counted",
            "所需时间不计入期限",
            "条例第33条第3款",
            "写明征求意见的时间不计入答复期限",
            default=_NOT_COUNTED,
        ),
    ),
)

AGENCY_INQUIRY = LetterKind(
    "agency_inquiry",
    "政府信息公开征求机关意见函",
    Family.INQUIRY,
    "信息由几个机关共同制作，或者涉及其他机关（条例第33条第3款、第34条）",
    (
        Element(
            "asked_as",
            "以什么身份征求意见",
            "条例第34条",
            "选共同制作机关或者其他机关",
            printed=False,
        ),
        Element("information", "涉及的文件", "条例第34条", "写文件名称、文号"),
        Element(
            "question",
            "征求意见的问题",
            "条例第34条",
            "问是否同意公开",
            default="上述信息是否可以公开；认为不可以公开的，请说明依据和理由",
        ),
        Element(
            "period",
            "答复期限",
            "条例第33条第3款、第34条",
            "写自收到本函之日起多少个工作日内；共同制作机关是15个工作日",
        ),
        Element(
            "silence",
            "逾期不答复的后果",
            "条例第34条",
            "写明逾期视为同意公开",
            default=_COMAKER_SILENCE,
            when=common.says("asked_as", "comaker"),
        ),
    ),
)

THIRD_PARTY_NOTICE = LetterKind(
    "third_party_notice",
    "政府信息公开决定告知书（第三方）",
    Family.INQUIRY,
    "第三方不同意，仍决定公开（条例第32条）",
    (
        Element("decision", "公开的决定", "条例第32条", "写明决定公开"),
        Element("information", "公开的内容", "条例第32条", "写明公开哪些内容"),
        Element(
            "public_interest",
            "公共利益的理由",
            "条例第15条、第32条",
            "写不公开会对公共利益造成什么重大影响",
        ),
    ),
    Remedy.FREE,
)

FEE_NOTICE = LetterKind(
    "fee_notice",
    "政府信息公开信息处理费收费通知书",
    Family.FEE,
    "决定收取信息处理费（条例第42条）",
    (
        *common.APPLICATION,
        Element(
            "legal_basis",
            "收费依据",
            "信息处理费管理办法第6条",
            "写收费的依据",
            default=_FEE_BASIS,
        ),
        Element(
            "tariff", "计收方式", "信息处理费管理办法第3条", "写按件计收或者按量计收"
        ),
        Element(
            "calculation", "计算过程", "信息处理费管理办法第6条", "写数量、标准和算式"
        ),
        Element("amount", "金额", "信息处理费管理办法第6条", "写应缴的金额"),
        Element(
            "payment_way", "缴费方式", "信息处理费管理办法第6条", "写怎样缴、缴到哪里"
        ),
        Element(
            "period",
            "缴费期限",
            "信息处理费管理办法第6条",
            "写自收到的次日起20个工作日",
            default=_FEE_PERIOD,
        ),
        Element(
            "consequence",
            "逾期不缴的后果",
            "信息处理费管理办法第6条",
            "写明逾期不缴的后果",
            default=_FEE_CONSEQUENCE,
        ),
        Element(
            "clock_effect",
            "对答复期限的影响",
            "信息处理费管理办法第6条",
            "写明缴费后重新计算期限",
            default=_FEE_CLOCK,
        ),
    ),
)

BEFORE_THE_ANSWER = (
    RECEIPT,
    CLARIFICATION_NOTICE,
    REASONS_NOTICE,
    EXTENSION_NOTICE,
    DELAY_NOTICE,
    THIRD_PARTY_INQUIRY,
    CONSULTATION_NOTICE,
    AGENCY_INQUIRY,
    THIRD_PARTY_NOTICE,
    FEE_NOTICE,
)
