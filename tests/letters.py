"""What the tests write in each kind of letter, as a clerk would."""

import os
from pathlib import Path
from typing import Any

import pytest

from models.workflow import Case
from processes.registers import letters
from tests.office import Actor, Office

APPLICATION = {
    "addressee": "张晓明",
    "request_number": "500199002-2026-00015",
    "received_on": "2026-02-24",
    "subject": "云川区2025年老旧小区改造项目的立项批复",
}

#: By kind of letter: everything that it must say and the program does not know.
FIELDS: dict[str, dict[str, Any]] = {
    "receipt": {
        **APPLICATION,
        "receipt_basis": "邮寄，2026年2月24日由本机关收发室签收",
        "answer_due": "2026-03-23",
        "query_code": "7KQM-2X4P",
    },
    "clarification_notice": {
        **APPLICATION,
        "unclear": "“改造情况”所指的小区和年份不明确。",
        "guidance": "写明小区名称，或者批复的名称、文号，本机关即可检索。",
        "items": ["申请公开的信息涉及的小区名称", "希望获取的信息的年份"],
        "period": "自收到本告知书之日起10个工作日内",
    },
    "reasons_notice": {
        **APPLICATION,
        "counts": "2026年1月1日至2月24日共提出申请56件",
        "to_explain": "每一件申请所需信息的用途，以及需要分别申请的原因。",
        "period": "自收到本告知书之日起10个工作日内",
    },
    "extension_notice": {
        **APPLICATION,
        "original_due": "2026-03-23",
        "reason": "需要调阅2019年以前的纸质档案",
        "days_added": "10",
        "new_due": "2026-04-07",
        "approved_on": "2026-03-02",
    },
    "delay_notice": {
        **APPLICATION,
        "explained_on": "2026-03-02",
        "reason": "所申请的信息涉及五个年度的纸质档案，要逐件检索",
        "original_due": "2026-03-23",
        "delayed_to": "2026-05-20",
    },
    "third_party_inquiry": {
        "addressee": "云川建设有限公司",
        "information": "2025年老旧小区改造项目中标合同第三条的单价清单。",
    },
    "consultation_notice": {
        **APPLICATION,
        "asked": "第三方",
        "asked_on": "2026-03-02",
    },
    "agency_inquiry": {
        "addressee": "云川区财政局",
        "asked_as": "comaker",
        "information": "《云川区财政局关于下达改造资金的通知》（云川财〔2025〕8号）。",
        "period": "自收到本函之日起15个工作日内",
    },
    "third_party_notice": {
        "addressee": "云川建设有限公司",
        "decision": "本机关决定公开中标合同的总价和工期。",
        "information": "中标合同第二条：合同总价、工期。",
        "public_interest": "改造使用财政资金，不公开总价会妨碍公众监督资金使用。",
    },
    "fee_notice": {
        **APPLICATION,
        "tariff": "按件计收",
        "calculation": "本月第11件、第12件，每件100元，100元×2件=200元",
        "amount": "200元",
        "payment_way": "凭本通知到区政务服务大厅非税收入窗口缴纳",
    },
    "disclosure": {
        **APPLICATION,
        "code": "D02",
        "information": "《关于2025年老旧小区改造项目立项的批复》，全文见附件。",
        "attachments": ["关于2025年老旧小区改造项目立项的批复"],
    },
    "already_public": {
        **APPLICATION,
        "code": "D01",
        "where": "云川区人民政府网站，https://www.example.gov.cn/zwgk/2025/0318.html",
    },
    "partial_disclosure": {
        **APPLICATION,
        "code": "D10",
        "public_part": "批复正文和附件1，见附件。",
        "parts": [
            {
                "part": "附件2第3页的居民姓名和电话",
                "ground": "D24",
                "reason": "属于个人隐私，居民不同意公开。",
            },
            {
                "part": "2026年以后的改造计划",
                "ground": "D31a",
                "reason": "经检索，尚未编制。",
            },
        ],
    },
    "refusal": {
        **APPLICATION,
        "code": "D24",
        "facts": "所申请的是中标企业的单价分析表。",
        "reasons": "单价分析表属于商业秘密，公开会损害该企业的合法权益。",
        "third_party_view": "本机关2026年3月2日书面征求意见，该企业不同意公开。",
    },
    "special_query": {
        **APPLICATION,
        "code": "D28",
        "law": "《不动产登记暂行条例》第二十七条",
        "where": "云川区不动产登记中心，云川大道10号",
    },
    "non_existence": {
        **APPLICATION,
        "code": "D31a",
        "scope": "办公系统2024年至2026年发文库、区住建局移交的纸质档案。",
        "means": "以“老旧小区”“立项批复”为关键词检索，并由档案员逐卷核对。",
        "result": "没有查到所申请的批复。",
    },
    "other_agency": {
        **APPLICATION,
        "code": "D31b",
        "reasons": "立项批复由发展改革部门制作。",
        "other_agency": "云川区发展和改革局",
        "other_contact": "云川大道12号，电话023-00000001",
    },
    "needs_making": {
        **APPLICATION,
        "code": "D32",
        "reasons": "各小区的数据没有汇总，需要逐户统计。",
    },
    "still_unclear": {
        **APPLICATION,
        "code": "D33",
        "unclear": "补正后仍没有写明小区名称。",
    },
    "repeated": {
        **APPLICATION,
        "code": "D42",
        "earlier_number": "云川府办公复〔2025〕31号",
        "earlier_on": "2025-11-18",
    },
    "not_handled": {
        **APPLICATION,
        "code": "D43",
        "ground": "所申请的是公开出版的《云川年鉴（2025）》。",
        "channel": "云川区图书馆二楼阅览室可以查阅，也可以向出版社购买。",
    },
    "closing": {
        **APPLICATION,
        "code": "D51",
        "event": "本机关2026年2月25日送达补正告知书，补正期限届满仍未收到补正材料。",
        "event_on": "2026-03-12",
    },
    "correction_notice": {
        "addressee": "张晓明",
        "record": "2025年危房鉴定名单中的房屋面积",
        "outcome": "更正为86.5平方米。",
    },
    "proof_of_service": {
        "addressee": "张晓明",
        "letter_title": "政府信息公开告知书",
        "letter_number": "云川府办公复〔2026〕1号",
        "way": "直接送达",
        "place": "云川区政务服务大厅",
        "served_on": "2026-03-02",
        "signature": "张晓明（本人签收）",
        "server": "林晓雯、周砚",
    },
}


def stand_in(folder: Path, patch: pytest.MonkeyPatch, *, fails: bool = False) -> None:
    """Put a program in LibreOffice's place, which not every machine has.

    It makes a PDF of nothing, or fails.
    """
    program = folder / "soffice"
    make = 'while [ "$1" != --outdir ]; do shift; done; printf %%PDF- > "$2/letter.pdf"'
    program.write_text(f"#!/bin/sh\n{'exit 1' if fails else make}\n")
    program.chmod(0o755)
    patch.setenv("PATH", f"{folder}:{os.environ['PATH']}")


def a_case(office: Office, actor: Actor, place: str) -> int:
    """Open a case of an agency that nothing but letters is to happen in."""
    with actor.work() as work:
        case = Case(
            root_id=office.root_id,
            agency_id=office.organisations[place],
            process_key="information_request",
            number=f"申请{place}-2026-0001",
            title="政府信息公开申请",
            started_at=work.now,
        )
        work.session.add(case)
        work.session.flush()
        return case.id


def issued_letter(actor: Actor, case_id: int, kind: str, **fields: Any) -> str:
    """Issue a letter of a case; return by what its page is found."""
    with actor.work() as work:
        case = work.session.get_one(Case, case_id)
        letter = letters.draft(work, case, kind, {**FIELDS[kind], **fields})
        return letters.issue(work, letter).public_id
