"""解读效果评估: what a published interpretation reached, and what to do better."""

from engine.authoring import Process
from processes.interpretation_evaluation import actions, forms
from processes.interpretation_evaluation.time_limits import LIMITS

PROCESS = Process.from_modules(
    "interpretation_evaluation",
    __file__,
    forms=forms,
    actions=actions,
    limits=LIMITS,
    record="interpretation",
)
