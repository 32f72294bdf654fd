"""Documents for the demonstration office, at different steps of their way."""

from engine.authoring import Demonstration, settings
from processes.document_review.demonstration_acts import (
    EDUCATION,
    FINANCE,
    HOUSING,
    OFFICE,
    Act,
    House,
    Matter,
    Plan,
    begins,
    claims,
    drafts,
    returns,
    submits,
    takes,
    types,
    walks,
)
from processes.document_review.demonstration_words import (
    CANTEEN_OBJECTION,
    ENROLMENT_EXPLAINED,
    ESTATES_EXPLAINED,
    RISK_PLAN,
    SUBSIDIES_EXPLAINED,
    WORK_PLAN_EXPLAINED,
    Explained,
)

#: The way from the seal to the approval of the publication.
_REVIEW = ("prepare_copy", "secrecy_first", "secrecy_second", "content_review")
_SIGNED = ("section_review", "sign", "seal")


def fill(office: Demonstration) -> None:
    """Let four agencies work on documents through the weeks before today."""
    with office.act("zhengyiming") as work:
        # Documents are kept here from this day on; what is older is recorded.
        settings.write(
            work,
            "organisation.starts_on",
            "2020-01-01",
            valid_from=work.today,
            reason="平台启用",
            root_id=work.actor.root_id or 0,
        )
    acts = [
        (act, matter) for matter in map(Matter, _MATTERS) for act in matter.plan.acts
    ]
    for act, matter in sorted(acts, key=lambda pair: pair[0].moment):
        office.at(act.days_ago, act.hour)
        with office.act(act.who) as work:
            act.does(work, matter, office)


def _explains(
    house: House, days_ago: int, hour: str, words: Explained
) -> tuple[Act, ...]:
    """Plan and write an interpretation, from one day to the next."""
    return (
        *walks(house, days_ago, hour, "interpretation_plan", **words.plan),
        *walks(
            house, days_ago - 1, "09:20", "interpretation_material", **words.material
        ),
    )


_PUBLISHED = (
    Plan(
        "work_plan",
        (
            *drafts(OFFICE, 24),
            *walks(OFFICE, 24, "15:30", "section_review"),
            *_explains(OFFICE, 23, "10:40", WORK_PLAN_EXPLAINED),
            *walks(OFFICE, 22, "14:10", "interpretation_sign", "sign", "seal"),
            *walks(OFFICE, 21, "09:20", *_REVIEW),
            *walks(OFFICE, 20, "09:20", "approve_publication", publish_on=20),
        ),
        draft={"kind": "policy", "category": "综合政务"},
    ),
    Plan(
        "transfer_payments",
        (
            *drafts(FINANCE, 19),
            *walks(FINANCE, 19, "14:10", *_SIGNED),
            *walks(FINANCE, 18, "09:20", *_REVIEW),
            *walks(FINANCE, 17, "10:40", "approve_publication", publish_on=17),
        ),
        draft={"category": "财政预决算"},
    ),
    # Returned once: what parents care about most was left out.
    Plan(
        "school_enrolment",
        (
            begins(17, "14:00", "hemin"),
            submits(EDUCATION, 17, "14:50", replaced=[("，不得收取借读费", "")]),
            *returns(
                16,
                "09:20",
                "xieyunshu",
                "section_review",
                reason="content",
                opinion="第（五）项写明不得收取借读费，家长最关心这一条。",
            ),
            submits(EDUCATION, 15, "09:05"),
            *walks(EDUCATION, 15, "10:40", "section_review"),
            *_explains(EDUCATION, 15, "14:10", ENROLMENT_EXPLAINED),
            *walks(EDUCATION, 14, "10:40", "interpretation_sign", "sign", "seal"),
            *walks(EDUCATION, 13, "09:20", *_REVIEW),
            *walks(EDUCATION, 12, "09:20", "approve_publication", publish_on=11),
        ),
        draft={
            "kind": "policy",
            "category": "教育",
            "is_sensitive": "yes",
            "risk_assessment": "家长可能担心学位不足、片区调整，关注度高，风险中等。",
            "risk_plan": RISK_PLAN,
        },
    ),
    # An administrative normative document: reviewed for legality, explained.
    Plan(
        "old_estates",
        (
            *drafts(HOUSING, 18),
            *walks(HOUSING, 18, "15:30", "section_review"),
            *walks(HOUSING, 15, "10:40", "legality_review"),
            *_explains(HOUSING, 15, "14:10", ESTATES_EXPLAINED),
            *walks(HOUSING, 14, "10:40", "interpretation_sign", "sign", "seal"),
            *walks(HOUSING, 13, "10:40", *_REVIEW),
            *walks(
                *(HOUSING, 12, "10:40", "approve_publication"),
                publish_on=10,
                channels="website gazette",
            ),
        ),
        draft={"kind": "normative", "category": "城乡建设"},
    ),
    # Older than the office's register here: recorded, and published at last.
    Plan(
        "reading_places",
        (
            *drafts(OFFICE, 10),
            *walks(OFFICE, 10, "14:10", "section_review", "register_historical"),
            *walks(OFFICE, 9, "09:20", *_REVIEW, "approve_publication", publish_on=9),
        ),
        draft={
            "signed_before": "yes",
            "formed_on": "2019-06-03",
            "document_number": "云川府办发〔2019〕31号",
            "category": "综合政务",
        },
    ),
)

_KEPT = (
    Plan(
        "safety_reply",
        (*drafts(HOUSING, 9), *walks(HOUSING, 9, "14:10", *_SIGNED)),
        draft={
            "category": "城乡建设",
            "attribute": "on_request",
            "on_request_reason": (
                "只涉及一幢楼住户的房屋，不属于条例第19至21条应当主动公开的信息。"
            ),
        },
    ),
)

_DRAFTING = (
    # Half typed: the title is there, the attribute is not decided yet.
    Plan(
        "",
        (
            begins(1, "16:20", "linxiaowen"),
            types(
                1,
                "16:40",
                "linxiaowen",
                secrecy="none",
                title="云川区人民政府办公室关于做好政府信息公开年度报告编制工作的通知",
                category="综合政务",
            ),
        ),
    ),
    # 退文: submitted without an attribute.
    Plan(
        "safety_reply",
        drafts(HOUSING, 1, "10:00"),
        replaced=(("3号楼", "5号楼"),),
        draft={"category": "城乡建设", "attribute": None},
    ),
)

_IN_REVIEW = (
    # Due today.
    Plan(
        "emergency_plan",
        (
            *drafts(OFFICE, 2),
            claims(1, "09:20", "zhouyan", "section_review"),
        ),
        draft={
            "kind": "policy",
            "category": "应急管理",
            "is_sensitive": "yes",
            "risk_assessment": "救助标准和程序可能引起比较，风险低。",
            "risk_plan": RISK_PLAN,
        },
    ),
    # A policy document that is not to be public: the disclosure office first.
    Plan(
        "emergency_plan",
        (*drafts(OFFICE, 2, "10:00"), *walks(OFFICE, 1, "10:40", "section_review")),
        replaced=(("（摘要）", "（内部处置规程）"),),
        draft={
            "kind": "policy",
            "category": "应急管理",
            "attribute": "not_public",
            "ground": "safety",
            "attribute_reason": "写有储备点和警戒力量部署，公开后可能危及公共安全。",
        },
    ),
    Plan(
        "old_estates",
        (*drafts(HOUSING, 4), *walks(HOUSING, 3, "10:40", "section_review")),
        replaced=(("老旧小区改造项目", "老旧住宅电梯更新项目"),),
        draft={"kind": "normative", "category": "城乡建设"},
    ),
    # Its interpretation waits for the head, who signs it first.
    Plan(
        "work_plan",
        (
            *drafts(OFFICE, 4),
            *walks(OFFICE, 3, "09:20", "section_review"),
            *_explains(OFFICE, 2, "09:20", WORK_PLAN_EXPLAINED),
        ),
        replaced=(("政务公开工作要点", "基层政务公开工作要点"),),
        draft={"kind": "policy", "category": "综合政务"},
    ),
    # Issued jointly: one has objected, the second round is under way.
    Plan(
        "canteen_safety",
        (
            *drafts(EDUCATION, 8),
            *walks(EDUCATION, 8, "14:10", "section_review"),
            takes(7, "10:40", "zhongpingzhi", "co_sign_document"),
            takes(
                *(6, "09:20", "fangyinan", "co_sign_document"),
                outcome="objected",
                reason="content",
                opinion=CANTEEN_OBJECTION,
            ),
            submits(EDUCATION, 3, "10:00", replaced=[("1小时内", "2小时内")]),
            *walks(EDUCATION, 2, "09:20", "section_review"),
            takes(1, "10:40", "fangyinan", "co_sign_document"),
        ),
        draft={"category": "教育", "joint_issuers": "区卫健委 区市场监管局"},
    ),
    # Drafted by the bureau for the government's own signature.
    Plan(
        "subsidy_rules",
        (
            *drafts(FINANCE, 5),
            *walks(FINANCE, 5, "14:10", "section_review"),
            *_explains(FINANCE, 4, "09:20", SUBSIDIES_EXPLAINED),
            *walks(FINANCE, 2, "10:40", "interpretation_sign"),
            claims(1, "10:40", "hansongnian", "office_check"),
        ),
        draft={"kind": "policy", "category": "财政预决算", "issuer": "区政府"},
    ),
)

_SIGNING = (
    Plan(
        "funds_request",
        (*drafts(FINANCE, 2), *walks(FINANCE, 1, "09:20", "section_review")),
        draft={
            "category": "财政预决算",
            "attribute": "not_public",
            "ground": "process",
            "attribute_reason": "在讨论、研究阶段形成的请示，还没有定论。",
        },
    ),
    Plan(
        "transfer_payments",
        (
            *drafts(FINANCE, 3, "11:00"),
            *walks(FINANCE, 2, "10:40", "section_review"),
            *walks(FINANCE, 1, "14:10", "sign"),
        ),
        replaced=(("区级对镇街转移支付情况", "区级专项资金目录"),),
        draft={"category": "财政预决算"},
    ),
)

_BEFORE_PUBLICATION = (
    # A mobile number stands in what everybody would read.
    Plan(
        "campus_safety",
        (*drafts(EDUCATION, 2, "10:00"), *walks(EDUCATION, 1, "10:40", *_SIGNED)),
        draft={"category": "教育"},
    ),
    # Overdue: the head has been told, the superior's office not yet.
    Plan(
        "website_check",
        (
            *drafts(OFFICE, 8),
            *walks(OFFICE, 8, "15:30", *_SIGNED),
            *walks(OFFICE, 5, "09:20", "prepare_copy", "secrecy_first"),
            claims(4, "10:00", "gaoyuanhang", "secrecy_second"),
        ),
        draft={"category": "综合政务"},
    ),
    Plan(
        "budget_disclosure",
        (
            *drafts(FINANCE, 4),
            *walks(FINANCE, 4, "14:10", *_SIGNED),
            *walks(
                FINANCE, 2, "10:40", "prepare_copy", "secrecy_first", "secrecy_second"
            ),
        ),
        draft={"category": "财政预决算"},
    ),
    Plan(
        "training",
        (
            *drafts(OFFICE, 5),
            *walks(OFFICE, 5, "15:30", *_SIGNED),
            *walks(OFFICE, 2, "09:20", *_REVIEW),
        ),
        replaced=(("第一期", "第二期"),),
        draft={"category": "综合政务"},
    ),
    # The government's own: let out by the one who answers for it there.
    Plan(
        "budget_disclosure",
        (
            *drafts(FINANCE, 6),
            *walks(FINANCE, 6, "14:10", "section_review"),
            takes(5, "10:40", "hansongnian", "office_check"),
            takes(4, "14:10", "guchangning", "sign"),
            takes(4, "16:40", "hansongnian", "seal"),
            *walks(FINANCE, 1, "09:20", *_REVIEW),
        ),
        replaced=(("云川区财政局", "云川区人民政府"),),
        draft={"category": "财政预决算", "issuer": "区政府"},
    ),
    # Approved; it waits for its day.
    Plan(
        "training",
        (
            *drafts(OFFICE, 9, "11:00"),
            *walks(OFFICE, 9, "15:30", *_SIGNED),
            *walks(OFFICE, 7, "09:20", *_REVIEW, "approve_publication", publish_on=-2),
        ),
        draft={"category": "综合政务"},
    ),
)

_MATTERS = (
    *_PUBLISHED,
    *_KEPT,
    *_DRAFTING,
    *_IN_REVIEW,
    *_SIGNING,
    *_BEFORE_PUBLICATION,
)
