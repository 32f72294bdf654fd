"""A setting that some process could not go on with is refused when it is written."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from engine import setting_shapes, settings
from engine.channels import webhook
from engine.errors import Refusal
from engine.time_limits import Unit
from engine.work import Work
from models.documents import DocumentKind
from models.interpretations import Section
from models.records import Setting
from tests.office import Office, refused

LENGTH = "limit.document_review.section_review"
LADDER = "ladder.document_review.section_review"
#: A limit whose last day is chosen by whoever approves.
CHOSEN = "publication.publication_time"

_LIST = "review.content_checks"
_ROW = ["lawful", "法律关", "与法律一致"]
_GATES = "interpretation.gates"
_SECTIONS = "interpretation.required_sections"
_RULE = "document.co_sign_rule"

#: What an office may well want, beside the defaults.
FITTING: dict[str, list[Any]] = {
    "files.largest_mb": [1, 60],
    "organisation.starts_on": ["2026-03-01", None],
    "jobs.retry_minutes": [[1], [1, 5, 30, 120]],
    "review.secrecy_levels": [1, 3],
    _LIST: [[_ROW], [["lawful", "法律关", ""]]],
    "review.redaction_reasons": [[["privacy", "个人隐私"]]],
    "publication.site": ["https://www.example.gov.cn", "http://10.1.2.3:8080/gk"],
    "document.number_prefix": ["云川府办发", None],
    _RULE: [{"kind": "veto"}, {"kind": "n_of_m", "n": 2}],
    _GATES: [["同步起草", "同步审核", "同步发布"]],
    _SECTIONS: [{"normative": ["content"], "other": ["content", "goals"]}],
    "interpretation.evaluate": [[], ["normative", "policy", "general"]],
    "interpretation.remind_on": ["03-01", "12-31"],
    LENGTH: [
        {"length": 1, "unit": "working_days"},
        {"length": 4, "unit": "hours"},
        {"length": 2, "unit": "months"},
    ],
    LADDER: [
        [{"offset": 0, "to": "unit_head"}],
        [{"offset": 0, "to": "section_head"}, {"offset": 0, "to": "unit_head"}],
    ],
    "limit.document_review.publication": [{"length": 10, "unit": "working_days"}],
}

_NUMBERS = [0, -1, 1.5, "5", True, None, [], 10**6]

#: What would break a process later, or looks like a slip.
UNFIT: dict[str, list[Any]] = {
    "login.tries": _NUMBERS,
    "login.lock_minutes": _NUMBERS,
    "files.largest_mb": [*_NUMBERS, 61],
    "files.largest_media_mb": [*_NUMBERS, 64],
    "organisation.starts_on": ["2026-3-1", "2026-02-30", "20260301", "", 20260301],
    "inbox.soon": [-1, 1.5, "3", True, None],
    "inbox.urge_again_days": [0, 1.5, "1", True, None],
    "jobs.retry_minutes": [[], 5, [0], ["1"], [1, True], [1, 5, 1], None],
    "review.secrecy_levels": [0, 4, "2", None],
    "review.secrecy_items": [[], [["unread", "没读到", ""]], [["a.b", "名", ""]]],
    _LIST: [
        *([], None, "法律关", {}, [[]], ["lawful"], [["lawful", "法律关"]]),
        *([["Lawful", "法律关", ""]], [["法律", "法律关", ""]], [["", "法律关", ""]]),
        *([["a" * 41, "法律关", ""]], [["lawful", "", ""]], [["lawful", " ", ""]]),
        *([["lawful", "法律关", None]], [["lawful", "法律关", "长" * 201]]),
        *(
            [_ROW, _ROW],
            [_ROW, ["lawful", "别的", ""]],
            [_ROW, ["other", "法律关", ""]],
        ),
    ],
    "review.publication_checks": [[], [["timing", "公开时机"]]],
    "review.redaction_reasons": [[], [["privacy"]], [["privacy", "个人隐私", "提示"]]],
    "publication.site": [
        *("", "www.example.gov.cn", "ftp://example.gov.cn", "https://", 80),
        *("https://example.gov.cn/", "https://example.gov.cn?a=1", "http://[::1"),
        "https://exa mple.gov.cn",
    ],
    "publication.webhook.website": [
        *(
            "https://www.example.gov.cn/in",
            {},
            {"url": "https://www.example.gov.cn/in"},
        ),
        {"url": "http://www.example.gov.cn/in", "secret": "c2VjcmV0"},
        {"url": "https://www.example.gov.cn/in", "secret": ""},
    ],
    "publication.webhook.gazette": ["", []],
    "publication.webhook.new_media": ["", []],
    "document.number_prefix": ["", " ", "云川〔2026〕", "云川 办", "云" * 21, 5],
    _RULE: [
        *("all", None, {}, {"kind": "most"}, {"kind": "all", "n": 1}),
        *({"kind": "n_of_m"}, {"kind": "n_of_m", "n": 0}, {"kind": "n_of_m", "n": "1"}),
        # Of the three agencies of this tree, two at most are asked.
        *({"kind": "n_of_m", "n": 3}, {"kind": "n_of_m", "n": 1, "m": 2}),
    ],
    "document.material_with_draft": [1, 0, "true", "", None],
    _GATES: [
        *(
            [],
            ["一", "二"],
            ["一", "二", "三", "四"],
            ["一", "", "三"],
            ["一", " ", "三"],
        ),
        *(["一", "一", "二"], "一二三", ["一", "二", 3], None),
    ],
    _SECTIONS: [
        *({}, [], {"normative": ["content"]}, {"normative": [], "other": ["content"]}),
        {"normative": ["content"], "other": ["summary"]},
        {"normative": ["content", "content"], "other": ["content"]},
        {"normative": ["content"], "other": ["content"], "policy": ["content"]},
    ],
    "interpretation.needs_other_form": ["false", 1, None],
    "interpretation.days_after": [*_NUMBERS, 61],
    "interpretation.round_rule": [{"kind": "n_of_m", "n": 3}, {"kind": "n"}, "veto"],
    "interpretation.silence": ["同意", "", True, None, ["consent"]],
    "interpretation.evaluate": ["normative", ["law"], ["policy", "policy"], None],
    "interpretation.remind_on": ["02-29", "10-1", "13-01", "1001", "", None, 1001],
    LENGTH: [
        *(2, None, {}, {"length": 2}, {"length": 2, "unit": "weeks"}),
        *({"length": 0, "unit": "days"}, {"length": "2", "unit": "days"}),
        *({"length": 2.5, "unit": "days"}, {"length": 251, "unit": "working_days"}),
        *({"length": 1, "unit": "date"}, {"length": 1, "unit": "days", "from": 1}),
    ],
    LADDER: [
        *([], None, {}, [{"offset": 0}], [{"offset": 0, "to": "mayor"}]),
        *([{"offset": "0", "to": "handler"}], [{"offset": 61, "to": "handler"}]),
        [{"offset": 2, "to": "handler"}, {"offset": 0, "to": "unit_head"}],
        [{"offset": 0, "to": "handler"}, {"offset": 0, "to": "handler"}],
    ],
    # 《政府信息公开条例》Art 26: 20 working days, and never more.
    "limit.document_review.publication": [
        {"length": 21, "unit": "working_days"},
        {"length": 20, "unit": "days"},
    ],
    f"limit.{CHOSEN}": [{"length": 1, "unit": "days"}, {"length": 1, "unit": "date"}],
    f"ladder.{CHOSEN}": [[], [{"offset": 0, "to": "handler"}]],
    "limit.document_review.nothing": [{"length": 2, "unit": "days"}],
    "ladder.nowhere.section_review": [[{"offset": 0, "to": "handler"}]],
    "public.applications_a_hour": _NUMBERS[:-1],
    "public.applications_a_day": _NUMBERS[:-1],
    "public.tries_of_code": _NUMBERS,
    "public.tries_of_address": _NUMBERS,
    "public.lock_minutes": _NUMBERS,
    "calendar.remind_on": ["02-29", "11-31", None],
    "request.clarification_days": [*_NUMBERS, 61],
    "request.proactive": [
        *(None, 3, {}, {"applicants": 3}, {"applicants": 1, "months": 12}),
        {"applicants": 3, "months": 0},
    ],
    "request.retention": ["", None, 30, "长" * 21],
    "fee.by_item": [
        *(None, {}, {"bands": []}, {"bands": [[2, 0]]}, {"bands": [[1, -1]]}),
        *({"bands": [[1, 0], [1, 5]]}, {"bands": [[1, 0]], "climb": [31, 0, 100]}),
    ],
    "fee.by_volume": [[], {"bands": [[1, 0], [31]]}, {"climb": [31, 10, 100]}],
    "letters.contact": ["", 5],
    "letters.reconsideration_body": ["", []],
    "letters.court": [" ", {}],
    "letters.reconsideration_site": ["www.example.gov.cn", ""],
    "letters.number_prefix": ["云川〔2026〕", ""],
    "letters.number_words": [None, [], {"答复": "公复"}, {"reply": ""}],
    "letters.templates": [None, {"receipt": 5}, {"1": "x"}],
    "files.largest": [20],
    "": [1],
}


def test_every_default_fits_and_every_key_has_a_wrong_example(office: Office) -> None:
    fitting = {key: [value] for key, value in settings.DEFAULTS.items()}
    with office.engine.read() as work:
        fitting |= {key: [value] for key, value in declared(office).items()}
        told = {key: outcome(work, key, values) for key, values in fitting.items()}
    assert {key: wrong for key, (wrong,) in told.items() if wrong} == {}
    assert settings.DEFAULTS.keys() - UNFIT.keys() == set()


def test_what_an_office_may_want_fits(office: Office) -> None:
    with office.engine.read() as work:
        told = {key: outcome(work, key, values) for key, values in FITTING.items()}
    assert {key: wrong for key, wrong in told.items() if any(wrong)} == {}


def test_what_does_not_fit_is_refused_in_words(office: Office) -> None:
    with office.engine.read() as work:
        told = {key: outcome(work, key, values) for key, values in UNFIT.items()}
    taken = {
        key: [value for value, wrong in zip(UNFIT[key], each, strict=True) if not wrong]
        for key, each in told.items()
    }
    assert {key: values for key, values in taken.items() if values} == {}
    sentences = [wrong for each in told.values() for wrong in each]
    assert all(wrong and wrong.endswith("。") for wrong in sentences)


@pytest.mark.parametrize(
    ("key", "value", "sentence"),
    [
        (
            "files.largest_mb",
            "20",
            "设置“files.largest_mb”没有改，值不合适：要是1到60的整数。",
        ),
        (
            _GATES,
            ["同步组织", "", "同步部署"],
            (
                "设置“interpretation.gates”没有改，值不合适："
                "第2项：要是1到20个字，前后没有空格。"
            ),
        ),
        (
            _LIST,
            [_ROW, ["lawful", "别的", ""]],
            "设置“review.content_checks”没有改，值不合适：有两项的代码都是“lawful”。",
        ),
        (
            _RULE,
            {"kind": "n_of_m", "n": 3},
            (
                "设置“document.co_sign_rule”没有改，值不合适："
                "n 要是1到2的整数，最多只有2家可以会签。"
            ),
        ),
        (
            "limit.document_review.publication",
            {"length": 21, "unit": "working_days"},
            (
                "“主动公开”是法定期限，最长20个工作日"
                "（《政府信息公开条例》第26条），只能缩短。"
            ),
        ),
        ("files.largest", 20, "没有“files.largest”这一项设置，核对名称以后再改。"),
    ],
)
def test_what_is_refused_is_not_written(
    office: Office, key: str, value: Any, sentence: str
) -> None:
    with refused(Refusal) as refusal:
        office.sets(key, value, valid_from=date(2026, 3, 2))
    assert refusal.value.message == sentence
    with office.engine.read() as work:
        written = select(Setting).where(Setting.key == key)
        assert work.session.scalars(written).all() == []


def test_a_call_is_set_as_it_is_made(office: Office) -> None:
    made = webhook(office.engine.cipher, "http://127.0.0.1:8000/in", "secret")
    office.sets("publication.webhook.gazette", made, valid_from=date(2026, 3, 2))


def test_no_setting_is_without_a_shape() -> None:
    known = setting_shapes.SHAPES.keys() | setting_shapes.ROUND_RULES
    assert known == settings.DEFAULTS.keys()


def test_the_codes_are_those_of_the_records() -> None:
    sections = [str(each) for each in Section]
    wanted = {"normative": sections, "other": sections}
    assert setting_shapes.SHAPES[_SECTIONS](wanted) == ""
    kinds = [str(each) for each in DocumentKind]
    assert setting_shapes.SHAPES["interpretation.evaluate"](kinds) == ""


def declared(office: Office) -> dict[str, Any]:
    """Return length and ladder of every limit as its process declares them."""
    found: dict[str, Any] = {}
    for process in office.engine.definitions:
        for limit in process.limits.values():
            key = f"{process.key}.{limit.name}"
            if limit.unit == Unit.DATE:
                continue
            length = {"length": limit.length, "unit": str(limit.unit)}
            found[f"limit.{key}"] = length
            found[f"ladder.{key}"] = [
                {"offset": rung.offset, "to": str(rung.to)} for rung in limit.rungs
            ]
    return found


def outcome(work: Work, key: str, values: list[Any]) -> list[str]:
    """Return what is said about each value; nothing where it fits."""
    said = []
    for value in values:
        try:
            settings.refuse_unfit(work, key, value, root_id=1)
        except Refusal as refusal:
            said.append(refusal.message)
        else:
            said.append("")
    return said
