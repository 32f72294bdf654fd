"""What the value of each setting looks like; what does not is refused when written.

A check returns what is wrong with a value, in words, or nothing.
"""

import ipaddress
import re
from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from engine.time_limits import Recipient, TimeLimit, Unit

#: Answers what is wrong with a value; an empty text if nothing is.
Check = Callable[[Any], str]

#: The longest that a limit may be made in each unit.
_LONGEST = {Unit.WORKING_DAYS: 250, Unit.DAYS: 366, Unit.MONTHS: 12, Unit.HOURS: 720}

#: How far from its limit, in working days, a rung may stand.
_FARTHEST = 60

_CODE = re.compile(r"[a-z][a-z0-9_]{0,39}")

#: What stands in 文号 around the 机关代字, and so not in it.
_IN_NUMBERS = re.compile(r"[\s\d〔〕\[\]()（）【】号]")


def whole(least: int, most: int) -> Check:
    """A whole number within bounds."""

    def check(value: Any) -> str:
        if type(value) is int and least <= value <= most:
            return ""
        return f"要是{least}到{most}的整数"

    return check


def yes_or_no(value: Any) -> str:
    """True or false, and nothing that only looks like it."""
    return "" if isinstance(value, bool) else "只能是 true（是）或者 false（否）"


def one_of(codes: Collection[str]) -> Check:
    """One of a few codes."""

    def check(value: Any) -> str:
        if isinstance(value, str) and value in codes:
            return ""
        return f"只能是 {'、'.join(codes)} 之一"

    return check


def words(longest: int) -> Check:
    """Some words, with nothing around them."""

    def check(value: Any) -> str:
        fits = isinstance(value, str) and value == value.strip() and value.isprintable()
        if fits and 1 <= len(value) <= longest:
            return ""
        return f"要是1到{longest}个字，前后没有空格"

    return check


def optional(inner: Check) -> Check:
    """Nothing at all, or what another check asks for."""
    return lambda value: "" if value is None else inner(value)


def several(inner: Check, least: int, most: int) -> Check:
    """A list of so many, none of them twice."""

    def check(value: Any) -> str:
        if not isinstance(value, list) or not least <= len(value) <= most:
            many = f"{least}项" if least == most else f"{least}到{most}项"
            return f"要是一个{many}的列表"
        for number, each in enumerate(value, 1):
            if wrong := inner(each):
                return f"第{number}项：{wrong}"
            if each in value[: number - 1]:
                return f"第{number}项和前面的重复"
        return ""

    return check


def parts(inner: Mapping[str, Check]) -> Check:
    """An object with exactly these parts."""

    def check(value: Any) -> str:
        if not isinstance(value, dict) or value.keys() != inner.keys():
            return f"要有且只有 {'、'.join(inner)}"
        found = ((name, inner[name](value[name])) for name in inner)
        return next((f"{name} {wrong}" for name, wrong in found if wrong), "")

    return check


def checklist(*columns: str, reserved: Collection[str] = ()) -> Check:
    """Rows of a code, a name and perhaps a hint; no code and no name twice."""

    def row(value: Any) -> str:
        if not isinstance(value, list) or len(value) != len(columns):
            return f"要写明{'、'.join(columns)}"
        code, name, *hints = value
        if not isinstance(code, str) or not _CODE.fullmatch(code):
            return "代码要由小写字母、数字和下划线组成，字母开头，不超过40个字符"
        if code in reserved:
            return f"代码 {code} 另有用处，换一个"
        if wrong := words(40)(name):
            return f"名称{wrong}"
        too_long = any(not isinstance(hint, str) or len(hint) > 200 for hint in hints)
        return "提示不能超过200个字" if too_long else ""

    def check(value: Any) -> str:
        if wrong := several(row, 1, 30)(value):
            return wrong
        for place, column in enumerate(columns[:2]):
            found = [each[place] for each in value]
            if double := next((each for each in found if found.count(each) > 1), ""):
                return f"有两项的{column}都是“{double}”"
        return ""

    return check


def round_rule(agencies: int) -> Check:
    """When several organisations have agreed; not more than could ever be asked."""

    def check(value: Any) -> str:
        kind = value.get("kind") if isinstance(value, dict) else None
        if kind in ("all", "veto"):
            return "" if len(value) == 1 else "kind 是 n_of_m 才写别的"
        if kind != "n_of_m":
            return "kind 只能是 all、n_of_m、veto 之一"
        if value.keys() != {"kind", "n"}:
            return "kind 是 n_of_m 的，写明几家同意（n），不写别的"
        n, most = value["n"], max(agencies - 1, 1)
        if type(n) is int and 1 <= n <= most:
            return ""
        return f"n 要是1到{most}的整数，最多只有{most}家可以会签"

    return check


def on_a_day(value: Any) -> str:
    """A date as in 2026-03-01."""
    return "" if _is_date(value) else "要是一个日期，写成 2026-03-01 的样子"


def every_year(value: Any) -> str:
    """A day that every year has, as in 10-01."""
    # 29 February is not in every year, so the day is looked for in one without it.
    fits = isinstance(value, str) and _is_date(f"2026-{value}")
    return "" if fits else "要是每年都有的一天，写成 10-01 的样子"


def number_prefix(value: Any) -> str:
    """A 机关代字: only what stands before the year (GB/T 9704-2012 7.2.5)."""
    if not words(20)(value) and not _IN_NUMBERS.search(value):
        return ""
    return "要是1到20个字的机关代字，不带年份、括号和序号"


def site(value: Any) -> str:
    """Where the public pages begin."""
    found = _address(value)
    rest = found and (found.query or found.fragment or value.endswith("/"))
    if found and not rest:
        return ""
    return "要是以 http:// 或者 https:// 开头的网址，末尾不带斜线"


def named(inner: Check) -> Check:
    """An object of codes, each with what another check asks for."""

    def check(value: Any) -> str:
        if not isinstance(value, dict):
            return "要写成代码和值"
        for code, each in value.items():
            if not isinstance(code, str) or not _CODE.fullmatch(code):
                return f"“{code}”不是代码"
            if wrong := inner(each):
                return f"{code} {wrong}"
        return ""

    return check


def tariff(value: Any) -> str:
    """Prices by bands: from which number on one costs how much, rising; `climb` is
    from where on, by how many, by how much it rises on."""
    keys = value.keys() if isinstance(value, dict) else set()
    if keys != {"bands"} and keys != {"bands", "climb"}:
        return "要有 bands，可以有 climb"
    bands = value["bands"]
    if not isinstance(bands, list) or not bands or not all(map(_is_band, bands)):
        return "bands 的每一项要写明从第几件（页）起、每件（页）多少元"
    starts = [first for first, _ in bands]
    if starts[0] != 1 or starts != sorted(set(starts)):
        return "bands 要从1起，一档比一档靠后"
    climb = value.get("climb", [1, 1, 1])
    steps = isinstance(climb, list) and len(climb) == len(("from", "every", "more"))
    counts = climb[:2] if steps else [None]
    if any(whole(1, 1_000_000)(each) for each in counts) or not _is_price(climb[2]):
        return "climb 要写明从第几件起、每多少件、加多少元"
    return ""


def _is_band(value: Any) -> bool:
    if not isinstance(value, list) or len(value) != len(("from", "price")):
        return False
    first, price = value
    return not whole(1, 1_000_000)(first) and _is_price(price)


def _is_price(value: Any) -> bool:
    """Whole yuan, or yuan with two places as text: no number of a machine's own."""
    if isinstance(value, str):
        return re.fullmatch(r"\d{1,6}\.\d\d", value, re.ASCII) is not None
    return not whole(0, 1_000_000)(value)


def webhook(value: Any) -> str:
    """Whom to call; as engine.channels.webhook makes it."""
    wrong = parts({"url": _called, "secret": words(2000)})(value)
    return wrong and f"要用 engine.channels.webhook 生成：{wrong}"


def is_protected(address: str) -> bool:
    """Tell whether what is sent to an address goes over TLS or stays here."""
    found = _address(address)
    if found is None:
        return False
    return found.scheme == "https" or _stays_here(found.hostname or "")


def limit(declared: TimeLimit) -> Check:
    """How long a limit is; its own bounds are asked by the limit itself."""
    units = [str(unit) for unit in _LONGEST]

    def check(value: Any) -> str:
        if declared.unit == Unit.DATE:
            return "这一期限由办理的人定日子，没有长度可改"
        if wrong := parts({"length": lambda _: "", "unit": one_of(units)})(value):
            return wrong
        wrong = whole(1, _LONGEST[Unit(value["unit"])])(value["length"])
        return wrong and f"length {wrong}"

    return check


def ladder(declared: TimeLimit) -> Check:
    """Who is told when: in the order of time, none twice, somebody at all."""
    rung = parts(
        {"offset": whole(-_FARTHEST, _FARTHEST), "to": one_of(list(Recipient))}
    )
    least = 1 if declared.rungs else 0

    def check(value: Any) -> str:
        if declared.unit == Unit.DATE:
            return "这一期限由办理的人定日子，没有提醒可改"
        if wrong := several(rung, least, 10)(value):
            return wrong
        offsets = [each["offset"] for each in value]
        return "" if offsets == sorted(offsets) else "要按 offset 从早到晚排"

    return check


def _is_date(value: Any) -> bool:
    try:
        return isinstance(value, str) and str(date.fromisoformat(value)) == value
    except ValueError:
        return False


def _address(value: Any) -> Any:
    if not isinstance(value, str) or re.search(r"[\s\x00-\x1f]", value):
        return None
    try:
        found = urlsplit(value)
        whole_address = found.scheme in ("http", "https") and found.hostname
    except ValueError:
        return None
    return found if whole_address else None


def _called(value: Any) -> str:
    fits = isinstance(value, str) and is_protected(value)
    return "" if fits else "要用 https 开头，只有本机地址可以用 http"


def _stays_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


_SECTIONS = several(
    one_of(("background", "goals", "content", "standards", "benefits", "changes")),
    least=1,
    most=6,
)

#: The shape of each setting that has a default; a rule of rounds depends on the tree.
SHAPES: dict[str, Check] = {
    "login.tries": whole(1, 20),
    "login.lock_minutes": whole(1, 1440),
    # What the web server takes in one request is little more.
    "files.largest_mb": whole(1, 60),
    "files.largest_media_mb": whole(1, 60),
    "organisation.starts_on": optional(on_a_day),
    "inbox.soon": whole(0, 60),
    "inbox.urge_again_days": whole(1, 20),
    "jobs.retry_minutes": several(whole(1, 10080), 1, 10),
    "review.secrecy_levels": whole(1, 3),
    "review.secrecy_items": checklist("代码", "名称", "提示", reserved={"unread"}),
    "review.content_checks": checklist("代码", "名称", "提示"),
    "review.publication_checks": checklist("代码", "名称", "提示"),
    "review.redaction_reasons": checklist("代码", "名称"),
    "publication.site": optional(site),
    "publication.webhook.website": optional(webhook),
    "publication.webhook.gazette": optional(webhook),
    "publication.webhook.new_media": optional(webhook),
    "document.number_prefix": optional(number_prefix),
    "document.material_with_draft": yes_or_no,
    "interpretation.gates": several(words(20), 3, 3),
    "interpretation.required_sections": parts(
        {"normative": _SECTIONS, "other": _SECTIONS}
    ),
    "interpretation.needs_other_form": yes_or_no,
    "interpretation.days_after": whole(1, 60),
    "interpretation.silence": one_of(("consent", "objection")),
    "interpretation.evaluate": several(
        one_of(("general", "policy", "normative")), 0, 3
    ),
    "interpretation.remind_on": every_year,
    "public.applications_a_hour": whole(1, 10_000),
    "public.applications_a_day": whole(1, 100_000),
    "public.tries_of_code": whole(1, 100),
    "public.tries_of_address": whole(1, 10_000),
    "public.lock_minutes": whole(1, 1440),
    "calendar.remind_on": every_year,
    "request.proactive": parts({"applicants": whole(2, 100), "months": whole(1, 120)}),
    "request.clarification_days": whole(1, 60),
    "request.retention": words(20),
    "fee.by_item": tariff,
    "fee.by_volume": tariff,
    "letters.contact": optional(words(200)),
    "letters.reconsideration_body": optional(words(100)),
    "letters.court": optional(words(100)),
    "letters.reconsideration_site": optional(site),
    "letters.number_prefix": optional(number_prefix),
    "letters.number_words": named(words(10)),
    "letters.templates": named(words(24)),
}

#: Settings that say when a round has agreed.
ROUND_RULES = frozenset({"document.co_sign_rule", "interpretation.round_rule"})
