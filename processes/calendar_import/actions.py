"""What the two people do, and what is stored when both agree."""

from typing import Any

from engine.authoring import Facts, InvalidAnswers, Refusal, Step, escalate
from processes.registers import calendar_imports as register

_FIRST, _LAST = 1900, 2100


def enter_notice(step: Step, values: dict[str, Any]) -> Facts:
    """录入放假通知: what is handed on must be what was looked at before."""
    work = step.work
    found = register.import_of(work, step.case)
    if values["outcome"] == "stopped":
        step.tell(f"{work.actor.name}结束录入：不再需要。")
        return {"enter_notice": "stopped"}
    year, source, text = _whole(values)
    if values["outcome"] == "submitted":
        if not register.is_kept(found, year, source, text):
            changed = "内容改过，" if found.days else ""
            raise InvalidAnswers(
                {"text": [f"{changed}先点“预览”核对读出的日期，再提交"]}
            )
        return {"enter_notice": "submitted"}
    try:
        register.keep(work, found, year, source, text)
    except Refusal as refusal:
        raise InvalidAnswers({"text": [refusal.message]}) from refusal
    off = sum(row["kind"] == "off" for row in found.days)
    step.tell(
        f"{work.actor.name}录入“{source}”，读出放假{off}天、"
        f"调休上班{len(found.days) - off}天。"
    )
    return {"enter_notice": "previewed"}


def confirm_calendar(_step: Step, values: dict[str, Any]) -> Facts:
    """复核放假安排: whoever sends it back says why."""
    if values["outcome"] == "returned" and not values["opinion"]:
        raise InvalidAnswers({"opinion": ["退回要写明哪里不对"]})
    return {"confirm_calendar": values["outcome"]}


def store_calendar(step: Step) -> Facts:
    """存入日历: from now on it counts, and the limits that run are computed anew."""
    found = register.import_of(step.work, step.case)
    moved = register.effect(step.work, found)
    count = len(moved.changes) + moved.elsewhere
    register.store(step.work, found)
    step.work.record(
        step.case,
        "calendar_stored",
        f"{found.year}年的放假安排存入日历，{count}项在办时限会改变。",
        data={"calendar": found.calendar_code, "version": found.version_id},
    )
    return {}


def escalate_calendar_import(step: Step) -> Facts:
    """提醒录入和复核."""
    escalate(step)
    return {}


def _whole(values: dict[str, Any]) -> tuple[int, str, str]:
    """Return year, source and text, all of them given."""
    wrong: dict[str, list[str]] = {}
    year = str(values["year"] or "")
    if not (year.isascii() and year.isdigit() and _FIRST <= int(year) <= _LAST):
        wrong["year"] = ["年份写成 2027 这样"]
    if not values["source"]:
        wrong["source"] = ["写明通知的名称和文号"]
    if not values["text"]:
        wrong["text"] = ["粘贴通知全文，或者逐行列出日期"]
    if wrong:
        raise InvalidAnswers(wrong)
    return int(year), values["source"], values["text"].replace("\r\n", "\n")
