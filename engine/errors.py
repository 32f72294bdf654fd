"""What the engine refuses: one class per reason, each with a sentence for people."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime


class Refusal(Exception):
    """An act that is not done; `message` says in Chinese why and what to do."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class NotFound(Refusal):
    """The thing does not exist, or not for this person: the two look alike."""

    def __init__(self, what: str = "这个页面") -> None:
        super().__init__(f"没有找到{what}，或者您没有查看权限。")


class NotAllowed(Refusal):
    """The person may see the thing but not do this."""


class MakerIsChecker(NotAllowed):
    """One person would check what the same person made."""

    def __init__(self, own_step: str, this_step: str, *, of: str = "您") -> None:
        super().__init__(
            f"{of}办理过这件的“{own_step}”，不能再办“{this_step}”。"
            "拟稿、审查、批准应由不同的人办理，请让本单位其他有权的人领取。"
        )


class InvalidAnswers(Refusal):
    """A form was not filled in as the step needs; `errors` by field name."""

    def __init__(self, errors: Mapping[str, Sequence[str]]) -> None:
        super().__init__("有几处要改，写的内容都还在。")
        self.errors = {field: list(sentences) for field, sentences in errors.items()}


class Conflict(Refusal):
    """Somebody else acted first; nothing was done and nothing is lost."""


class TaskAlreadyClaimed(Conflict):
    """Another person has claimed the task."""

    def __init__(self, by: str, at: datetime) -> None:
        super().__init__(f"没有领取：已由{by}于 {at:%H:%M} 领取。")
        self.by = by
        self.at = at


class TaskAlreadyDone(Conflict):
    """The task was completed, returned or cancelled before."""

    def __init__(self, by: str, at: datetime) -> None:
        super().__init__(f"没有提交：已由{by}于 {at:%H:%M} 办理。")
        self.by = by
        self.at = at


class TaskCancelled(TaskAlreadyDone):
    """The task is not to be done any more: something else has ended it."""

    def __init__(self, step: str, why: str, at: datetime) -> None:
        Conflict.__init__(
            self,
            f"没有提交：{why}“{step}”已于 {at:%H:%M} 取消，不用再办。",
        )
        self.by = ""
        self.at = at


class LimitExpired(Conflict):
    """The limit that ends a step has passed; what comes then is already due."""

    def __init__(self, step: str, day: str, way: str) -> None:
        goes_on = f"按“{way}”办理" if way else "转入下一步"
        super().__init__(f"没有办理：“{step}”的期限已过（{day}届满），{goes_on}。")


class TaskChanged(Conflict):
    """The task is not as the person saw it."""

    def __init__(self) -> None:
        super().__init__("没有提交：这件事在您打开之后有变化。请看一下现在的内容再办。")


class UrgedAlready(Conflict):
    """A step was asked for too short a time ago."""

    def __init__(self, by: str, at: datetime, again: date) -> None:
        super().__init__(
            f"没有催办：{by}已于 {at.month}月{at.day}日 {at:%H:%M} 催办过，"
            f"{again.month}月{again.day}日起可以再催。"
        )


class CaseChanged(Conflict):
    """Two acts on one case met; the second one is to be tried again."""

    def __init__(self) -> None:
        super().__init__("没有提交：这一事项刚刚有别的变化，请再提交一次。")


class AlreadyExists(Conflict):
    """A name or number that must be unique is taken."""


class BadFile(Refusal):
    """An uploaded file is too large, empty or of a kind that is not accepted."""


class BadDefinition(Refusal):
    """A process definition that must not be deployed."""
