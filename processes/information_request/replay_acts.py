"""What people answer at the steps of a request that ends with a given result."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from engine.authoring import Work
from models.reviews import Answer
from models.workflow import Case
from processes.registers import findings, papers
from processes.registers.checklists import (
    ALL_PAPERS,
    content_checks,
    publication_checks,
    secrecy_items,
)

#: What is given where something is given.
GIVEN = "2025年部门预算执行情况报告\n\n全年执行率98%，结余结转按规定使用。\n"

UNCLEAR = {
    "unclear": "没有写明是哪一年的预算执行情况",
    "guidance": "写明年份和单位，可以写文号",
    "items": "写明年份\n写明单位",
}
FEE = {"act": "charge", "tariff": "by_volume", "pages": "44"}
FEE_REASON = "申请人要求提供复制件，页数超过免费部分。"
PAYMENT = "到政务服务中心财政窗口缴纳，凭缴款书领取票据。"


def by_hand(on: date) -> dict[str, str]:
    """Say that a letter was handed over and signed for on a day."""
    return {"way": "direct", "served_on": on.isoformat()}


_REASONS = "公开后会影响正常履行职责，经衡量不予公开。"
_REFUSED = {"facts": "这些信息是本机关在履行职责中形成的。", "reasons": _REASONS}
_SAID: Mapping[str, Mapping[str, str]] = {
    "D01": {"where": "在政府网站“政府信息公开”专栏查阅。"},
    "D02": {"information": "2025年部门预算执行情况报告。"},
    "D03": {"way": "到政务服务中心查阅点查阅。", "time": "每个工作日。"},
    "D10": {
        "public_part": "报告正文。",
        "parts.1.part": "第4页名单",
        "parts.1.ground": "D24",
        "parts.1.reason": "含有个人隐私，第三方不同意公开。",
    },
    "D22": {"cited_law": "《中华人民共和国统计法》第二十八条"},
    "D24": {"third_party_view": "已经征求意见，第三方不同意公开。"},
    "D28": {
        "law": "《不动产登记暂行条例》第二十七条",
        "where": "到不动产登记中心查询。",
    },
    "D31a": {
        "scope": "公文系统、2025年档案室。",
        "means": "以“预算执行”为关键词检索。",
        "result": "没有查到。",
    },
    "D31b": {
        "reasons": "这些信息不由本机关制作。",
        "other_agency": "市统计局",
        "other_contact": "市行政中心1号楼，电话12345",
    },
    "D32": {"reasons": "现有材料没有这样的汇总，需要加工、分析。"},
    "D33": {"unclear": "补正以后仍没有写明年份和单位。"},
    "D41": {"ground": "所写内容是投诉，不是申请政府信息。"},
    "D42": {"earlier_number": "2025年第1号答复", "earlier_on": ""},
    "D43": {"ground": "申请的是公开出版的年鉴。", "channel": "在新华书店购买。"},
    "D44": {"ground": "说明的理由不能证明申请的数量、频次合理。"},
    "D45": {"ground": "已经取得这些信息，要求重新出具。"},
}
_OF_REFUSALS = ("D21", "D22", "D23", "D24", "D25", "D26", "D27")

_STATED = {
    "wording": "表述准确，不会误读。",
    "timing": "现在可以提供。",
    "way": "只提供给申请人。",
}


def answer(code: str, earlier_on: str) -> dict[str, str]:
    """Return what a draft says of a result, besides files."""
    said = dict(_SAID.get(code, {}))
    if code in _OF_REFUSALS:
        said |= _REFUSED
    if code == "D42":
        said["earlier_on"] = earlier_on
    return {"outcome": "submitted", "code": code, **said}


def search(day: str) -> dict[str, str]:
    """Return a search that found nothing."""
    return {
        "outcome": "searched",
        "places": "公文系统、2025年档案室",
        "keywords": "预算执行",
        "period": "2025年",
        "found": "no",
        "result": "没有查到",
        "searched_on": day,
    }


def review(work: Work, case: Case, element: str) -> dict[str, Any]:
    """Return the answers with which a step of the review before publication passes."""
    if element == "prepare_copy":
        return {"outcome": "submitted", **_STATED, **_findings(work, case)}
    copies = [
        copy
        for version in papers.leaving(work, case)
        if (copy := version.paper.public_copy) is not None
    ]
    if element == "content_review":
        checks = content_checks(work, case)
        typed = {
            f"checks.{copy.paper.public_id}.{check.code}": "fit"
            for copy in copies
            for check in checks
        }
        typed |= {
            f"checks.{ALL_PAPERS}.{check.code}": "fit"
            for check in publication_checks(work, case)
        }
        return {"outcome": "passed", "other_agency": "no", **typed}
    items = {
        f"items.{copy.paper.public_id}.{item.code}": "clear"
        for copy in copies
        for item in secrecy_items(work, case, copy)
    }
    return {"outcome": "passed", **items}


def _findings(work: Work, case: Case) -> dict[str, str]:
    """Answer what the checks found as they suggest, with words where needed."""
    typed: dict[str, str] = {}
    rows: Iterable[Any] = (
        row
        for version in papers.leaving(work, case)
        for row in findings.of_version(work.session, version)
        if row.answer is None
    )
    for row in rows:
        base = f"findings.{row.public_id}"
        chosen = findings.allowed(row)[0]
        typed[f"{base}.answer"] = chosen.value
        if chosen == Answer.EXPLAIN:
            typed[f"{base}.explanation"] = "核对过原件，情况属实。"
    return typed
