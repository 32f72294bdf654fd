"""The grounds on which a document is not public, as the law of each day has them."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from models.documents import Attribute

#: 国令711: the Regulations in force; before them 国令492; before that no national law.
REGULATIONS_2019 = date(2019, 5, 15)
REGULATIONS_2008 = date(2008, 5, 1)
_LAST_DAY_2008 = date(2019, 5, 14)
_LAST_DAY_WITHOUT = date(2008, 4, 30)


class Force(StrEnum):
    """Whether a ground binds the agency or leaves it a choice."""

    MUST = "must"
    MAY = "may"


class Needs(StrEnum):
    """What a ground must be accompanied by."""

    NOTHING = ""
    LAW = "cited_law"
    RIGHT_HOLDER = "right_holder"


@dataclass(frozen=True)
class Ground:
    """One lawful ground for not publishing, and the days on which it is law."""

    code: str
    article: str
    words: str
    force: Force
    valid_from: date = REGULATIONS_2019
    valid_to: date = date.max
    needs: Needs = Needs.NOTHING
    #: It forbids to give the information even to who asks for it.
    absolute: bool = False

    def is_law_on(self, day: date) -> bool:
        """Tell whether it is in force on a day."""
        return self.valid_from <= day <= self.valid_to


def _of_2008(code: str, article: str, words: str, **more: object) -> Ground:
    return Ground(
        code,
        f"2008年条例{article}",
        words,
        Force.MUST,
        REGULATIONS_2008,
        _LAST_DAY_2008,
        **more,  # type: ignore[arg-type] # the fields of Ground
    )


_GROUNDS = (
    Ground(
        "state_secret",
        "条例第14条",
        "依法确定为国家秘密",
        Force.MUST,
        absolute=True,
    ),
    Ground(
        "forbidden",
        "条例第14条",
        "法律、行政法规禁止公开",
        Force.MUST,
        needs=Needs.LAW,
        absolute=True,
    ),
    Ground(
        "safety",
        "条例第14条",
        "公开后可能危及国家安全、公共安全、经济安全、社会稳定",
        Force.MUST,
        absolute=True,
    ),
    Ground(
        "trade_secret",
        "条例第15条",
        "涉及商业秘密，公开会损害第三方合法权益",
        Force.MUST,
        needs=Needs.RIGHT_HOLDER,
    ),
    Ground(
        "privacy",
        "条例第15条",
        "涉及个人隐私，公开会损害第三方合法权益",
        Force.MUST,
        needs=Needs.RIGHT_HOLDER,
    ),
    Ground(
        "third_party",
        "条例第15条",
        "公开会损害第三方其他合法权益",
        Force.MUST,
        needs=Needs.RIGHT_HOLDER,
    ),
    Ground(
        "internal",
        "条例第16条第1款",
        "人事管理、后勤管理、内部工作流程等内部事务信息",
        Force.MAY,
    ),
    Ground(
        "process",
        "条例第16条第2款",
        "讨论记录、过程稿、磋商信函、请示报告等过程性信息",
        Force.MAY,
    ),
    Ground("enforcement", "条例第16条第2款", "行政执法案卷信息", Force.MAY),
    _of_2008("state_secret_2008", "第14条", "涉及国家秘密", absolute=True),
    _of_2008(
        "safety_2008",
        "第8条",
        "公开可能危及国家安全、公共安全、经济安全和社会稳定",
        absolute=True,
    ),
    _of_2008("trade_secret_2008", "第14条", "涉及商业秘密", needs=Needs.RIGHT_HOLDER),
    _of_2008("privacy_2008", "第14条", "涉及个人隐私", needs=Needs.RIGHT_HOLDER),
    # There was no national law: the ground of the time is told in the reason.
    Ground(
        "before_2008",
        "2008年5月1日以前",
        "没有全国性规定，按当时的规定，写在理由里",
        Force.MAY,
        date.min,
        _LAST_DAY_WITHOUT,
    ),
)

GROUNDS: dict[str, Ground] = {ground.code: ground for ground in _GROUNDS}

#: What is a state secret is never in this system (保守国家秘密法第31条第3项): these two
#: are answers to who asks for information, and no ground of a document drafted here.
STATE_SECRETS = frozenset({"state_secret", "state_secret_2008"})


def choices() -> list[tuple[str, str]]:
    """Return what a form offers: code and words of every ground that a document may
    have, today's first."""
    return [
        (ground.code, f"{ground.article}　{ground.words}")
        for ground in _GROUNDS
        if ground.code not in STATE_SECRETS
    ]


def in_words(code: str) -> str:
    """Return a ground as people read it; empty for none."""
    ground = GROUNDS.get(code)
    return f"{ground.article}：{ground.words}" if ground else ""


def objections(
    attribute: str | None,
    code: str,
    *,
    formed_on: date,
    cited_law: str = "",
    right_holder: str = "",
) -> dict[str, list[str]]:
    """Return by field what is wrong with a ground; nothing where it stands.

    A ground that is missing altogether is no objection: the gate returns it.
    """
    if attribute in (None, Attribute.PUBLIC) or not code:
        return {}
    ground = GROUNDS.get(code)
    if ground is None:
        return {"ground": ["从列出的依据里选一项"]}
    if code in STATE_SECRETS:
        return {
            "ground": [
                (
                    "国家秘密不在这里办理（保守国家秘密法第31条第3项）："
                    "停止填写，把文件送保密审查员线下处理"
                )
            ]
        }
    if not ground.is_law_on(formed_on):
        return {"ground": [_wrong_time(ground, formed_on)]}
    if attribute == Attribute.ON_REQUEST and ground.absolute:
        return {
            "ground": [
                (
                    f"前后矛盾：{ground.article}规定的信息对申请人也不能提供，"
                    "要么改为不予公开，要么另选依据"
                )
            ]
        }
    return _lacks(ground, cited_law, right_holder)


def _wrong_time(ground: Ground, formed_on: date) -> str:
    law = next(
        "按当时的规定"
        if each.code == "before_2008"
        else f"选{each.article.partition('第')[0]}的依据"
        for each in _GROUNDS
        if each.is_law_on(formed_on)
    )
    return (
        f"{formed_on.year}年{formed_on.month}月{formed_on.day}日形成的公文不适用"
        f"{ground.article}：依据看形成时的法律，{law}"
    )


def _lacks(ground: Ground, cited_law: str, right_holder: str) -> dict[str, list[str]]:
    if ground.needs == Needs.LAW:
        if not cited_law:
            return {"cited_law": ["写明是哪部法律、行政法规的第几条禁止公开"]}
        if not cites_a_law(cited_law):
            return {
                "cited_law": [
                    (
                        "只有法律、行政法规可以禁止公开（条例第14条）："
                        "用书名号写它的名称，国务院令发布的规定、办法写明令号；"
                        "地方性法规、规章和文件不能作依据"
                    )
                ]
            }
    if ground.needs == Needs.RIGHT_HOLDER:
        if not right_holder:
            return {"right_holder": ["写明是谁的权益，只写身份，比如“投标企业”"]}
        if _IDENTIFYING.search(right_holder):
            return {"right_holder": ["只写身份，不写姓名、号码和地址"]}
    return {}


#: What would say who it is: a number, an address, or an introduced name.
_IDENTIFYING = re.compile(
    r"\d{5,}|[\w.+-]+@\w|\d+(号|室|栋|幢)|姓名|名叫|先生|女士|某某"
)

_NAMED = re.compile(r"《([^》]+)》(（[^）]*）)?")
#: How a local rule begins: 重庆市物业管理条例; not 城市供水条例, 市场主体登记管理条例.
_PLACE = re.compile(
    r"^(北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南"
    r"|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海|台湾|内蒙古|广西|西藏|宁夏|新疆"
    r"|香港|澳门|[^《》]{2,8}?((?<!城)市(?!场)|自治州|自治县|经济特区))"
)
_OF_THE_STATE_COUNCIL = re.compile(r"国务院令|国令|国务院")


def cites_a_law(text: str) -> bool:
    """Tell whether a text names a law or an administrative regulation (行政法规).

    A law is called 法, or is a decision of the National People's Congress or its
    committee; a regulation of the State Council is called 条例, and 规定 or 办法 only
    with its order's number, because ministries' and local rules bear the same names
    (行政法规制定程序条例第5条).
    """
    return any(_is_law(name, behind or "") for name, behind in _NAMED.findall(text))


def _is_law(name: str, behind: str) -> bool:
    bare = re.sub(r"（[^）]*）$", "", name)
    if "全国人民代表大会" in bare or re.search(r"(?<!办)法(典)?$", bare):
        return True
    if _PLACE.match(bare):
        return False
    return bare.endswith("条例") or bool(_OF_THE_STATE_COUNCIL.search(bare + behind))
