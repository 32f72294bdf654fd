"""What the demonstration office writes about its documents."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Explained:
    """The plan and the text of an interpretation."""

    focus: str
    background: str
    goals: str
    content: str
    standards: str
    benefits: str
    changes: str

    @property
    def plan(self) -> dict[str, Any]:
        """What is typed into its plan."""
        return {
            "outcome": "submitted",
            "focus": self.focus,
            "timing": "together",
            "forms": "text",
            "channels": "website",
        }

    @property
    def material(self) -> dict[str, Any]:
        """What is typed into its material."""
        return {
            "outcome": "submitted",
            "background": self.background,
            "goals": self.goals,
            "content": self.content,
            "standards": self.standards,
            "benefits": self.benefits,
            "changes": self.changes,
        }


WORK_PLAN_EXPLAINED = Explained(
    focus="今年公开哪些事，群众在哪里看、怎么提意见。",
    background="依据《政府信息公开条例》和上级年度工作部署。",
    goals="群众关心的政策找得到、看得懂、问得着。",
    content="列出重点公开事项、解读要求、平台建设和监督办法，逐项明确牵头单位和时间。",
    standards="公开事项形成后20个工作日内公布，政策文件与解读同步。",
    benefits="镇街便民服务中心都可以免费查阅、复印政府信息。",
    changes="和上一年相比，增加了查阅点送交文本和效果评估两项。",
)

ENROLMENT_EXPLAINED = Explained(
    focus="报名时间、要带的材料、片区怎么查、随迁子女怎么办。",
    background="依据义务教育法和上级招生工作意见。",
    goals="适龄儿童少年全部入学，公办学校免试就近。",
    content="说明报名时间、片区划分、材料清单、随迁子女入学和监督电话。",
    standards="以户籍和实际居住地为准，材料齐全当场登记。",
    benefits="随迁子女与本地学生同等对待，不得收取借读费。",
    changes="今年可以网上报名，现场核验只需一次。",
)

ESTATES_EXPLAINED = Explained(
    focus="哪些小区能改、谁来定、钱从哪里来、居民怎么监督。",
    background="依据物业管理和城镇老旧小区改造的有关规定制定。",
    goals="改造项目选得准、管得住、群众满意。",
    content="规定了计划编制、资金组成、方案公示、施工管理和验收公开的办法。",
    standards="改造方案公示7日，居民意见逐条答复，投诉5个工作日内回复。",
    benefits="财政按标准补助，居民可以参加验收。",
    changes="以前没有专门办法，这次把公示和验收公开写成硬要求。",
)

SUBSIDIES_EXPLAINED = Explained(
    focus="哪些补贴、怎么领、怎么查、名单怎么公示。",
    background="依据预算法和惠民惠农补贴资金一卡通管理要求。",
    goals="补贴发得准、发得快、查得到。",
    content="规定补贴统一用社会保障卡发放，明确核定、拨付、公示和查询的时间。",
    standards="主管部门每月15日前核定，区财政局5个工作日内拨付。",
    benefits="一张卡领所有补贴，不用再跑几个窗口。",
    changes="公示名单不再写身份证件号码、银行账号和家庭住址。",
)

RISK_PLAN = (
    "舆情处置预案\n\n"
    "一、发布当天由起草科室值守，收集网站留言和热线来电。\n"
    "二、集中的问题两小时内拟出回应口径，报单位负责人审定后发布。\n"
    "三、不实信息由政务公开机构联系平台，公布准确信息。\n"
)

CANTEEN_OBJECTION = "第（六）项“1小时内”与突发公共卫生事件报告时限不一致，改为2小时内。"
