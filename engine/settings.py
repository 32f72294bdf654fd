"""Effective-dated settings: what the law leaves open, kept with its history."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from engine import setting_shapes
from engine.errors import Refusal
from engine.time_limits import TimeLimit, Unit
from engine.work import Work
from models.people import Organisation
from models.records import Setting

#: What a setting is where nobody has set it; keys not listed here do not exist.
DEFAULTS: dict[str, Any] = {
    # Wrong passwords in a row before an account is locked, and for how long
    # (GB/T 22239-2019 L3-CES1-02; the numbers are common practice).
    "login.tries": 5,
    "login.lock_minutes": 15,
    # How many applications the public page takes from one network address; many people
    # may share one. At the counter and by post there is no such bound.
    "public.applications_a_hour": 10,
    "public.applications_a_day": 40,
    # How often query code and secret may be wrong, of one code and from one address,
    # before nothing is answered for so many minutes.
    "public.tries_of_code": 5,
    "public.tries_of_address": 30,
    "public.lock_minutes": 15,
    # The largest file that may be uploaded, in megabytes.
    "files.largest_mb": 20,
    # The largest audio or video file, in megabytes.
    "files.largest_media_mb": 50,
    # From this day on documents carry limits; what was formed before is recorded
    # without them. An organisation without its own start day has none.
    "organisation.starts_on": None,
    # Lights in the inbox: working days left at which a task turns amber.
    "inbox.soon": 3,
    # After how many working days one step may be urged (催办) again.
    "inbox.urge_again_days": 1,
    # How often a failed timer or delivery is tried before it becomes an incident,
    # and after how many minutes each time.
    "jobs.retry_minutes": [1, 5, 30],
    # How many people look for secrets one after the other: 1 is 初审 alone, 2 adds
    # 复审, 3 adds 终审. The law asks for a fixed procedure; the number is the office's.
    "review.secrecy_levels": 2,
    # What is judged item by item before anything is public (保密法实施条例 Art 42;
    # grounds of Arts 14-16): code, name, what to look for. State secrets are always
    # first, whatever the list says.
    "review.secrecy_items": [
        ["state_secret", "国家秘密", "有密级标志，或者属于定密事项"],
        ["work_secret", "工作秘密", "泄露会妨碍正常履行职责"],
        ["trade_secret", "商业秘密", "条例第15条"],
        ["privacy", "个人隐私", "条例第15条，公开前去标识化"],
        ["other_sensitive", "其他敏感信息", "法律、行政法规禁止公开的，条例第14条"],
        ["stability", "对社会稳定的影响", "三安全一稳定，条例第14条"],
    ],
    # 五关 with legality and the plan against risks: the office's own list.
    "review.content_checks": [
        ["political", "政治关", "立场、导向、表述"],
        ["lawful", "法律关", "与法律、法规、规章一致"],
        ["policy", "政策关", "与上级和本级政策一致"],
        ["secrecy", "保密关", "保密审查已经逐项做完"],
        ["language", "文字关", "文字、标点、数据、引文"],
        ["legality", "内容合法性", "职权、依据、程序、对权利义务的规定"],
        ["risk", "风险防控", "可能引起误读、炒作的已有预案"],
    ],
    # What is judged once for all papers together: how, when and where it is published,
    # and whether what concerns persons was taken out. The office's own list.
    "review.publication_checks": [
        ["wording", "内容表述", "准确、得体，不会误读"],
        ["timing", "公开时机", "现在公开合适，没有超过期限"],
        ["way", "公开方式", "渠道和对象合适"],
        ["personal_data", "个人信息", "已经去标识化，依法保留的有依据"],
    ],
    # Why a person takes a stretch of text out of a public copy.
    "review.redaction_reasons": [
        ["privacy", "个人隐私"],
        ["trade_secret", "商业秘密"],
        ["work_secret", "工作秘密"],
        ["internal", "内部事务信息"],
        ["deliberation", "过程性信息"],
        ["stability", "危及三安全一稳定"],
    ],
    # Where the public pages are reached from outside, e.g. https://www.example.gov.cn;
    # without it, what leaves the house names them by path alone. The office's own.
    "publication.site": None,
    # Where a channel's own system is told of each publication; made by
    # engine.channels.webhook. The office's own.
    "publication.webhook.website": None,
    "publication.webhook.gazette": None,
    "publication.webhook.new_media": None,
    # 机关代字 in an organisation's 文号, where it is not the organisation's own symbol
    # (GB/T 9704-2012 7.2.5).
    "document.number_prefix": None,
    # When joint issuers have agreed to a document: all of them, n_of_m with "n", or
    # veto, where the first objection ends the round. The office's own.
    "document.co_sign_rule": {"kind": "all"},
    # Whether the interpretation itself must come to the government's office together
    # with a draft for the government's signature; else its plan is enough. Common in
    # local rules; the office's own.
    "document.material_with_draft": True,
    # What the three gates are called that join document, plan and material; the
    # notices differ (同步起草, 同步审核, 同步发布).
    "interpretation.gates": ["同步组织", "同步审签", "同步部署"],
    # Which parts the material must have, by the document's kind; the office's own.
    "interpretation.required_sections": {
        "normative": [
            *("background", "goals", "content", "standards", "benefits", "changes"),
        ],
        "other": ["background", "goals", "content", "standards"],
    },
    # Whether a picture, table, sound, film or Q&A must be there besides the text.
    "interpretation.needs_other_form": False,
    # Within how many working days an interpretation follows its document at the
    # latest; local rules say 3.
    "interpretation.days_after": 3,
    # When those asked have agreed: all of them, n_of_m with "n", or veto; and what it
    # means to let the days pass: consent or objection. The office's own.
    "interpretation.round_rule": {"kind": "all"},
    "interpretation.silence": "consent",
    # The kinds of documents whose interpretation is evaluated afterwards.
    "interpretation.evaluate": ["normative"],
    # The day of the year from which leaders without an interpretation are told.
    "interpretation.remind_on": "10-01",
    # The day of the year from which next year's holiday notice is asked for.
    "calendar.remind_on": "11-01",
    # Working days that an applicant is given to correct a request (Art 30 leaves it to
    # the office: a reasonable period).
    "request.clarification_days": 10,
    # How many different applicants must have asked for the same information within how
    # many months for it to be looked at whether it is to be public to all (Art 44(1)
    # leaves both open).
    "request.proactive": {"applicants": 3, "months": 12},
    # How long the file of a request is kept; the office's own.
    "request.retention": "30年",
    # 信息处理费 in yuan (国办函〔2020〕109号 Arts 4, 5): from which item or page on a
    # price holds; "climb": from an item on, every so many items cost so much more each.
    "fee.by_item": {"bands": [[1, 0], [11, 100]], "climb": [31, 10, 100]},
    "fee.by_volume": {"bands": [[1, 0], [31, 10], [101, 20], [201, 40]]},
    # Who answers for disclosure and where: 机构名称, 地址, 电话 as letters print it
    # (政府信息公开条例 Art 12). Without it no letter is issued. The office's own.
    "letters.contact": None,
    # Who hears 复议 against an agency, where the law's own rule does not give it
    # (行政复议法 Arts 24-28: vertical departments, a government outside of this tree).
    "letters.reconsideration_body": None,
    # The court with jurisdiction, where a province has courts across areas (行政诉讼法
    # Art 18).
    "letters.court": None,
    # Where 复议 is applied for over the internet; needed for letters that are served
    # electronically (行政复议法 Art 22(2)).
    "letters.reconsideration_site": None,
    # 机关代字 in the numbers of letters, where it is not the organisation's symbol; and
    # the words of the families of letters that an office calls otherwise.
    "letters.number_prefix": None,
    "letters.number_words": {},
    # An agency's own templates by kind: keys of stored Word files.
    "letters.templates": {},
}


def known_prefixes() -> tuple[str, ...]:
    """Return the beginnings of keys that processes bring along: limits and ladders."""
    return ("limit.", "ladder.")


def read(
    session: Session,
    key: str,
    *,
    on: date,
    organisation: Organisation | None = None,
    root_id: int | None = None,
) -> Any:
    """Return the value in force: the organisation's, its root's, or the default."""
    row = row_in_force(session, key, on=on, organisation=organisation, root_id=root_id)
    if row is not None:
        return row.content["value"]
    if key not in DEFAULTS and not key.startswith(known_prefixes()):
        raise KeyError(key)
    return DEFAULTS.get(key)


def row_in_force(
    session: Session,
    key: str,
    *,
    on: date,
    organisation: Organisation | None = None,
    root_id: int | None = None,
) -> Setting | None:
    """Return the stored row in force, so that its key can be kept as a version."""
    scope: ColumnElement[bool] = Setting.root_id.is_(None)
    root_id = organisation.root_id if organisation is not None else root_id
    if root_id is not None:
        of_root = (Setting.root_id == root_id) & Setting.organisation_id.is_(None)
        scope = or_(scope, of_root)
    if organisation is not None:
        scope = or_(scope, Setting.organisation_id == organisation.agency)
    rows = session.scalars(
        select(Setting).where(Setting.key == key, Setting.valid_from <= on, scope)
    ).all()
    if not rows:
        return None
    return max(
        rows,
        key=lambda row: (
            row.organisation_id is not None,
            row.root_id is not None,
            row.valid_from,
            row.id,
        ),
    )


def write(
    work: Work,
    key: str,
    value: Any,
    *,
    valid_from: date,
    reason: str,
    root_id: int,
    organisation_id: int | None = None,
) -> Setting:
    """Set a value from a day on; the old one stays readable for its own time.

    Raises:
        Refusal: there is no such setting, or the value does not fit it.
    """
    refuse_unfit(work, key, value, root_id)
    organisation = (
        work.session.get_one(Organisation, organisation_id) if organisation_id else None
    )
    old = read(work.session, key, on=valid_from, organisation=organisation)
    row = Setting(
        key=key,
        root_id=root_id,
        organisation_id=organisation_id,
        content={"value": value},
        valid_from=valid_from,
        recorded_at=work.now,
        recorded_by=work.actor.person_id,
        reason=reason,
    )
    work.session.add(row)
    work.session.flush()
    work.record_outside(
        "settings",
        root_id,
        "setting_changed",
        f"{work.actor.name}把设置“{key}”从{valid_from:%Y-%m-%d}起改为新值。{reason}",
        key=key,
        old=old,
        new=value,
    )
    return row


def refuse_unfit(work: Work, key: str, value: Any, root_id: int) -> None:
    """Refuse a value that some process could not go on with later.

    Raises:
        Refusal: there is no such setting, or its value has another shape.
    """
    kind, _, rest = key.partition(".")
    if key in DEFAULTS:
        wrong = _shape(work, key, root_id)(value)
    elif f"{kind}." in known_prefixes():
        limit = _limit(work, key, *rest.partition(".")[::2])
        shape = setting_shapes.limit if kind == "limit" else setting_shapes.ladder
        wrong = shape(limit)(value)
        if kind == "limit" and not wrong:
            limit.refuse_length(value["length"], Unit(value["unit"]))
    else:
        raise _unknown(key)
    if wrong:
        msg = f"设置“{key}”没有改，值不合适：{wrong}。"
        raise Refusal(msg)


def _shape(work: Work, key: str, root_id: int) -> setting_shapes.Check:
    if key not in setting_shapes.ROUND_RULES:
        return setting_shapes.SHAPES[key]
    agencies = select(func.count(Organisation.id)).where(
        Organisation.root_id == root_id,
        Organisation.acts_in_own_name.is_(True),
        Organisation.valid_to.is_(None),
    )
    return setting_shapes.round_rule(work.session.scalar(agencies) or 0)


def _limit(work: Work, key: str, process: str, name: str) -> TimeLimit:
    try:
        return work.engine.definitions.process(process).limits[name]
    except KeyError:
        raise _unknown(key) from None


def _unknown(key: str) -> Refusal:
    return Refusal(f"没有“{key}”这一项设置，核对名称以后再改。")
