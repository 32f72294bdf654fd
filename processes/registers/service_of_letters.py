"""送达: how a letter reached somebody, on which day it counts, and the proof of it."""

from datetime import date, timedelta
from typing import Any

from engine.authoring import (
    NotAllowed,
    Refusal,
    Work,
    office_date,
    personal,
    word_letters,
)
from models.letters import SERVICE_WAY_NAMES, Letter, Service, ServiceWay
from models.people import Role
from models.records import StoredFile
from processes.registers import remedies
from processes.registers.letter_files import template_of
from processes.registers.letter_kinds import NOT_SERVED, letter_kind
from processes.registers.letter_words import words

#: 自发出公告之日起，经过三十日，即视为送达 (民事诉讼法 Art 95).
_ANNOUNCED_DAYS = 30

#: The recipient, or somebody for the recipient, puts a day on paper.
_SIGNED = frozenset({ServiceWay.DIRECT, ServiceWay.LEFT, ServiceWay.ENTRUSTED})

#: Who sends letters off and keeps the proofs.
_RECORDERS = frozenset({Role.DISCLOSURE_CLERK, Role.DISCLOSURE_HEAD, Role.HANDLER})

_PROOF = "proof_of_service"

#: From the day on which they arrive somebody has to act in time (Arts 30, 32, 34;
#: 信息处理费管理办法 Art 6).
_ARRIVES_IN_A_STEP = frozenset(
    {"clarification_notice", "fee_notice", "third_party_inquiry", "agency_inquiry"}
)
_SERVED_IN_A_STEP = _ARRIVES_IN_A_STEP | frozenset(
    {"extension_notice", "reasons_notice", "delay_notice", "closing"}
)


def serve(
    work: Work,
    letter: Letter,
    way: ServiceWay | str,
    sent_on: date,
    *,
    served_on: date | None = None,
    by_postal_enterprise: bool = False,
    tracking_number: str = "",
    consent: bool = False,
    remark: str = "",
    proof: StoredFile | None = None,
) -> Service:
    """Record one attempt to serve a letter, and the day that counts for the agency.

    Handed to the postal enterprise: that day, so a limit is kept on its last day;
    direct and entrusted service: the day of the signature (国办公开办函〔2016〕235号
    items 2, 4). Electronic service needs consent; the day on which it reached the
    recipient's system (民事诉讼法 Art 90, by analogy).

    Raises:
        Refusal: the letter is not issued, or the way's rule is not kept.
    """
    work.session.refresh(letter, with_for_update=True)
    way = ServiceWay(way)
    _refuse_unready(letter)
    _refuse_days(work, letter, sent_on, served_on)
    _refuse_way(
        *(work, letter, way, served_on),
        by_postal_enterprise=by_postal_enterprise,
        consent=consent,
        remark=remark,
        tracked=bool(tracking_number.strip()) or proof is not None,
    )
    if way == ServiceWay.ANNOUNCEMENT:
        served_on = sent_on + timedelta(days=_ANNOUNCED_DAYS)
    service = Service(
        letter=letter,
        way=way,
        sent_on=sent_on,
        served_on=served_on,
        counts_on=sent_on if way == ServiceWay.POST else served_on,
        tracking_number=tracking_number.strip(),
        remark=remark.strip(),
        proof=proof,
        recorded_at=work.now,
        recorded_by=work.actor.person_id,
    )
    work.session.add(service)
    work.session.flush()
    _record(work, service, "letter_served" if served_on else "letter_sent")
    return service


def fail(
    work: Work,
    letter: Letter,
    way: ServiceWay | str,
    sent_on: date,
    *,
    remark: str,
    **how: Any,
) -> Service:
    """Record an attempt that did not reach the recipient; another one follows.

    What the postal enterprise was given and brought back was handed over in time;
    nothing else counts. `how` is as for `serve`.

    Raises:
        Refusal: the letter is not issued, or the way's rule is not kept.
    """
    if ServiceWay(way) == ServiceWay.POST:
        return came_back(work, serve(work, letter, way, sent_on, **how), remark)
    work.session.refresh(letter, with_for_update=True)
    _refuse_unready(letter)
    _refuse_days(work, letter, sent_on, None)
    service = Service(
        letter=letter,
        way=ServiceWay(way),
        sent_on=sent_on,
        came_back=True,
        remark=remark.strip(),
        proof=how.get("proof"),
        recorded_at=work.now,
        recorded_by=work.actor.person_id,
    )
    work.session.add(service)
    work.session.flush()
    _record(work, service, "letter_came_back")
    return service


def arrived(
    work: Work,
    service: Service,
    served_on: date,
    *,
    proof: StoredFile | None = None,
    remark: str = "",
) -> Service:
    """Record the day on which the recipient signed for what was sent before.

    The day that counts for the agency stays: the post had it by then.

    Raises:
        Refusal: the day is known already, or cannot be.
    """
    work.session.refresh(service, with_for_update=True)
    if service.served_on is not None:
        msg = "已经登记过签收日期。"
        raise Refusal(msg)
    _refuse_days(work, service.letter, service.sent_on, served_on)
    service.served_on, service.came_back = served_on, False
    service.proof = proof or service.proof
    service.remark = remark.strip() or service.remark
    _record(work, service, "letter_served")
    return service


def came_back(work: Work, service: Service, remark: str) -> Service:
    """Record that what was sent did not arrive, and why; another attempt follows.

    It was handed over in time, so the day counts on; nobody has signed for it.

    Raises:
        Refusal: it has arrived, or no reason is given.
    """
    work.session.refresh(service, with_for_update=True)
    if service.served_on is not None:
        msg = "已经登记过签收日期，不能再登记退回。"
        raise Refusal(msg)
    if not remark.strip():
        msg = "写明为什么没有送到，比如“查无此人”“拒收”。"
        raise Refusal(msg)
    service.came_back, service.remark = True, remark.strip()
    _record(work, service, "letter_came_back")
    return service


def counts_on(letter: Letter) -> date | None:
    """Return the first day on which a letter counts as given; None before it."""
    return min((s.counts_on for s in letter.services if s.counts_on), default=None)


def served_on(letter: Letter) -> date | None:
    """Return the day from which the recipient's own limits run; None while unknown."""
    return min((s.served_on for s in letter.services if s.served_on), default=None)


def way_of_delivery(letter: Letter) -> str:
    """Return how a letter was served, as a page shows it."""
    ways = [SERVICE_WAY_NAMES[ServiceWay(each.way)] for each in letter.services]
    return "、".join(dict.fromkeys(ways))


def standing(letter: Letter) -> str:
    """Return where a letter stands, as lists show it."""
    if letter.voided_at is not None:
        return "已作废"
    if letter.issued_at is None:
        return "待签发"
    done = served_on(letter)
    if done is not None:
        return f"已送（{done:%Y-%m-%d}送达，{way_of_delivery(letter)}）"
    if not letter.services:
        return "已签发" if letter.kind in NOT_SERVED else "已签发未送"
    last = letter.services[-1]
    if last.came_back:
        return f"送达不成（{last.remark}）"
    way = SERVICE_WAY_NAMES[ServiceWay(last.way)]
    return f"已送（{last.sent_on:%Y-%m-%d}送出，{way}，还没有签收）"


def on_the_way(letter: Letter) -> Service | None:
    """Return the attempt of which nobody knows yet whether it has arrived."""
    last = letter.services[-1] if letter.services else None
    if last is None or last.came_back or last.served_on is not None:
        return None
    return last


def may_record(work: Work, letter: Letter) -> bool:
    """Tell whether the actor may record on the letter's page how it was served."""
    return any(
        held.role in _RECORDERS and held.agency_id == letter.agency_id
        for held in work.actor.roles
    )


def refuse_stranger(work: Work, letter: Letter) -> None:
    """Refuse whoever may not record how a letter was served.

    Raises:
        NotAllowed: the actor sends no letters of this agency.
    """
    if not may_record(work, letter):
        msg = "送达由本机关的政务公开经办人、经办人登记。"
        raise NotAllowed(msg)


def is_served_in_a_step(letter: Letter) -> bool:
    """Tell whether the process has a step in which this letter is served, because its
    day moves a limit. What came back after that is sent again from its own page."""
    if arrives_in_a_step(letter):
        return True
    in_a_step = letter.kind in _SERVED_IN_A_STEP or is_answer(letter)
    return in_a_step and counts_on(letter) is None


def arrives_in_a_step(letter: Letter) -> bool:
    """Tell whether a limit of the recipient's runs from the day on which this letter
    arrived: its step waits for it."""
    return letter.kind in _ARRIVES_IN_A_STEP


def is_answer(letter: Letter) -> bool:
    """Tell whether a letter tells the result of a request."""
    return bool(letter_kind(letter.kind).codes)


def proof_form(work: Work, letter: Letter, place: str = "") -> bytes:
    """Return 送达回证 of a letter as a Word file, to be filled in and signed by hand.

    Raises:
        Refusal: the letter is not issued.
    """
    _refuse_unready(letter)
    recipient = personal.unseal(work, letter.fields).get("addressee", "")
    kind = letter_kind(_PROOF)
    agency = letter.agency
    fields = {
        "agency": agency.name,
        "title": kind.title,
        "addressee": recipient,
        "letter_title": letter.title,
        "letter_number": letter.number,
        "way": way_of_delivery(letter),
        "place": place,
    }
    template = template_of(work, agency, kind.key, work.today)
    return word_letters.render(template, words(work, agency, kind, fields))


def _refuse_unready(letter: Letter) -> None:
    if letter.issued_at is None:
        msg = f"“{letter.title}”还没有签发，不能送达。"
        raise Refusal(msg)
    if letter.voided_at is not None:
        msg = f"“{letter.title}”（{letter.number}）已经作废，不能送达。"
        raise Refusal(msg)


def _refuse_days(
    work: Work, letter: Letter, sent_on: date, served_on: date | None
) -> None:
    issued_on = letter.issued_at and office_date(letter.issued_at)
    if issued_on and sent_on < issued_on:
        msg = f"文书{issued_on:%Y-%m-%d}签发，送出的日期不能更早。"
        raise Refusal(msg)
    if sent_on > work.today or (served_on and served_on > work.today):
        msg = "只登记已经发生的送达，日期不能晚于今天。"
        raise Refusal(msg)
    if served_on and served_on < sent_on:
        msg = "签收的日期不能早于送出的日期。"
        raise Refusal(msg)


def _refuse_way(
    work: Work,
    letter: Letter,
    way: ServiceWay,
    served_on: date | None,
    *,
    by_postal_enterprise: bool,
    consent: bool,
    remark: str,
    tracked: bool,
) -> None:
    name = SERVICE_WAY_NAMES[way]
    if way in _SIGNED and served_on is None:
        msg = f"{name}以签收的日期为准，写明签收日期（国办公开办函〔2016〕235号）。"
        raise Refusal(msg)
    if way == ServiceWay.LEFT and not remark.strip():
        msg = "留置送达要写明拒收的理由、日期和见证人（民事诉讼法第89条）。"
        raise Refusal(msg)
    if way == ServiceWay.ANNOUNCEMENT and not remark.strip():
        msg = "公告送达要写明原因和经过（民事诉讼法第95条）。"
        raise Refusal(msg)
    if way == ServiceWay.POST:
        _refuse_post(by_postal_enterprise=by_postal_enterprise, tracked=tracked)
    if way == ServiceWay.ELECTRONIC:
        _refuse_electronic(work, letter, served_on, consent=consent)


def _refuse_post(*, by_postal_enterprise: bool, tracked: bool) -> None:
    if not by_postal_enterprise:
        msg = (
            "答复要通过邮政企业寄送，不能交其他快递公司"
            "（国办公开办函〔2016〕235号）。改用挂号信或者邮政特快专递。"
        )
        raise Refusal(msg)
    if not tracked:
        msg = "写明邮件号码，或者上传交邮凭证：交邮的日期要能证明。"
        raise Refusal(msg)


def _refuse_electronic(
    work: Work, letter: Letter, served_on: date | None, *, consent: bool
) -> None:
    if not consent:
        msg = "电子送达要先取得收件人同意（参照民事诉讼法第90条）。"
        raise Refusal(msg)
    if served_on is None:
        msg = (
            "电子送达以到达收件人系统的日期为准，写明到达日期（参照民事诉讼法第90条）。"
        )
        raise Refusal(msg)
    if not letter_kind(letter.kind).codes:
        return
    issued_on = letter.issued_at and office_date(letter.issued_at)
    bodies = remedies.bodies_of(work.session, letter.agency, issued_on or work.today)
    if not bodies.site:
        msg = (
            "通过互联网送达的，文书里要写互联网申请行政复议的渠道"
            "（行政复议法第22条第2款）。让管理员设置“letters.reconsideration_site”，"
            "作废以后重新签发。"
        )
        raise Refusal(msg)


def _record(work: Work, service: Service, event: str) -> None:
    letter = service.letter
    work.record(
        letter.case,
        event,
        f"{work.actor.name}登记：“{letter.title}”（{letter.number}）"
        f"{SERVICE_WAY_NAMES[ServiceWay(service.way)]}，{_told(service, event)}。",
        data={
            "letter": letter.public_id,
            "way": service.way,
            "sent_on": service.sent_on.isoformat(),
            "served_on": service.served_on and service.served_on.isoformat(),
            "counts_on": service.counts_on and service.counts_on.isoformat(),
        },
    )


def _told(service: Service, event: str) -> str:
    if event == "letter_came_back":
        return "没有送到"
    sent = f"{service.sent_on:%Y-%m-%d}送出"
    if service.served_on is None:
        return sent
    return f"{sent}，{service.served_on:%Y-%m-%d}送达"
