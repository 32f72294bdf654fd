"""Documents for the demonstration office, at different steps of their way."""

from engine.authoring import Demonstration
from processes.document_review.demonstration_acts import (
    Matter,
    Plan,
    approves,
    begins,
    claims,
    decides,
    drafts,
    returns,
    secrecy_agrees,
    section_agrees,
    submits,
    types,
)


def fill(office: Demonstration) -> None:
    """Let four agencies work on documents through the weeks before today."""
    acts = [
        (act, matter) for matter in map(Matter, _MATTERS) for act in matter.plan.acts
    ]
    for act, matter in sorted(acts, key=lambda pair: pair[0].moment):
        office.at(act.days_ago, act.hour)
        with office.act(act.who) as work:
            act.does(work, matter, office)


_PUBLISHED = (
    Plan(
        "work_plan",
        (
            *drafts(24, "09:10", "linxiaowen"),
            *section_agrees(24, "15:05", "zhouyan"),
            *secrecy_agrees(23, "14:30", "gaoyuanhang"),
            *approves(21, "16:10", "luwensheng", publish=20),
        ),
        category="综合政务",
    ),
    Plan(
        "transfer_payments",
        (
            *drafts(18, "09:30", "shenqing"),
            *section_agrees(18, "14:00", "matingshu", "数据与决算一致。"),
            *secrecy_agrees(17, "15:20", "wuruoxi"),
            *approves(17, "16:30", "tangyining", publish=17),
        ),
        category="财政预决算",
    ),
    Plan(
        "school_enrolment",
        (
            *drafts(16, "14:00", "hemin", replaced=[("，不得收取借读费", "")]),
            *returns(
                15,
                "09:20",
                "xieyunshu",
                "section_review",
                reason="content",
                opinion="第（五）项写明不得收取借读费，家长最关心这一条。",
            ),
            submits(14, "09:05", "hemin"),
            *section_agrees(13, "10:40", "xieyunshu", "已按意见修改。"),
            *secrecy_agrees(12, "16:00", "jiangyiwei"),
            *approves(11, "11:30", "suhuaijin", publish=10),
        ),
        category="教育",
    ),
    Plan(
        "old_estates",
        (
            *drafts(13, "15:10", "luochuan"),
            *section_agrees(13, "16:45", "shiyansong"),
            *secrecy_agrees(12, "10:20", "dingyuan"),
            *approves(11, "14:45", "dengshuyan", publish=9, channel="gazette"),
        ),
        category="城乡建设",
    ),
)

_KEPT = (
    Plan(
        "safety_reply",
        (
            *drafts(
                9,
                "10:30",
                "luochuan",
                attribute="on_request",
                attribute_reason=(
                    "只涉及一幢楼住户的房屋，不属于条例第19至21条应当主动公开的信息。"
                ),
            ),
            *section_agrees(9, "15:00", "shiyansong", "同意依申请公开。"),
            *secrecy_agrees(8, "09:50", "dingyuan", "不涉及国家秘密和工作秘密。"),
            *decides(
                8,
                "16:20",
                "dengshuyan",
                "approve_publication",
                outcome="approved",
                opinion="属性和理由成立。",
            ),
        ),
        category="城乡建设",
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
                title="云川区人民政府办公室关于做好政府信息公开年度报告编制工作的通知",
                category="综合政务",
            ),
        ),
    ),
    # Returned: a mobile number stands in what everybody would read.
    Plan(
        "campus_safety",
        (
            *drafts(6, "09:40", "hemin"),
            *section_agrees(6, "15:10", "xieyunshu"),
            *returns(
                4,
                "11:15",
                "jiangyiwei",
                "secrecy_review",
                reason="personal_data",
                opinion="第一部分第（一）项是值班人员的手机号码，请改成值班室的固定电话。",
            ),
        ),
        category="教育",
    ),
    # 退文: submitted without an attribute.
    Plan(
        "safety_reply",
        drafts(1, "10:05", "luochuan", attribute=None),
        category="城乡建设",
        replaced=(("3号楼", "5号楼"),),
    ),
)

_IN_SECTION_REVIEW = (
    # Due today.
    Plan(
        "emergency_plan",
        (
            *drafts(2, "09:00", "linxiaowen"),
            claims(1, "09:20", "zhouyan", "section_review"),
        ),
        category="应急管理",
    ),
    Plan(
        "campus_safety",
        drafts(1, "14:30", "hemin"),
        category="教育",
        replaced=(
            ("校园安全隐患", "学校食堂安全隐患"),
            ("人员手机13800138000", "电话000-0000 0000"),
        ),
    ),
)

_IN_SECRECY_REVIEW = (
    # Overdue: the head has been told, the superior's office not yet.
    Plan(
        "website_check",
        (
            *drafts(6, "09:30", "linxiaowen"),
            *section_agrees(5, "09:10", "zhouyan"),
            claims(4, "10:00", "gaoyuanhang", "secrecy_review"),
        ),
        category="综合政务",
    ),
    Plan(
        "budget_disclosure",
        (
            *drafts(3, "10:50", "shenqing"),
            *section_agrees(2, "15:40", "matingshu", "要求明确，同意主动公开。"),
        ),
        category="财政预决算",
    ),
)

_IN_APPROVAL = (
    Plan(
        "funds_request",
        (
            *drafts(
                5,
                "14:20",
                "shenqing",
                attribute="not_public",
                attribute_reason=(
                    "在讨论、研究阶段形成的请示，属于条例第16条第2款规定的过程性信息。"
                ),
            ),
            *section_agrees(4, "09:30", "matingshu", "同意不予公开。"),
            *secrecy_agrees(1, "11:10", "wuruoxi", "过程性信息，同意不予公开。"),
        ),
        category="财政预决算",
    ),
    Plan(
        "training",
        (
            *drafts(4, "10:20", "linxiaowen"),
            *section_agrees(3, "16:00", "zhouyan"),
            *secrecy_agrees(1, "15:05", "gaoyuanhang"),
        ),
        category="综合政务",
        replaced=(("第一期", "第二期"),),
    ),
    # Approved; it waits for its day.
    Plan(
        "training",
        (
            *drafts(8, "11:00", "linxiaowen"),
            *section_agrees(8, "15:35", "zhouyan"),
            *secrecy_agrees(7, "16:30", "gaoyuanhang"),
            *approves(6, "09:10", "luwensheng", publish=-2),
        ),
        category="综合政务",
    ),
)

_MATTERS = (
    *_PUBLISHED,
    *_KEPT,
    *_DRAFTING,
    *_IN_SECTION_REVIEW,
    *_IN_SECRECY_REVIEW,
    *_IN_APPROVAL,
)
