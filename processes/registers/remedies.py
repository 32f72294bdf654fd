"""How an answer may be challenged: the paragraph that a letter ends with.

The ways differ by result. Since 1 January 2024 whoever is refused under Arts 14-16 of
the Regulations must go to 复议 first, and the decision must say so (行政复议法 Art 23;
最高人民法院 法释〔2025〕8号 Art 1); everything else leaves the choice.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from engine.authoring import settings
from models.people import Level, Organisation, OrganisationKind
from processes.registers.decision_codes import CODES

#: 行政复议法 (2023 revision) in force: 复议 comes first where information is refused.
FIRST_SINCE = date(2024, 1, 1)


@dataclass(frozen=True)
class Bodies:
    """Who hears a challenge of one agency's acts on one day."""

    reconsideration: str
    court: str
    #: Where 复议 is applied for over the internet; empty where nobody has set it.
    site: str = ""


@dataclass(frozen=True)
class WithheldPosition:
    """One part that a partial answer does not give: its number in it and its ground."""

    number: int
    ground: str


def bodies_of(session: Session, agency: Organisation, on: date) -> Bodies:
    """Return who hears challenges of an agency: as set, else as the law has it.

    复议: the government of a department or township, a government's next higher one, a
    province itself (行政复议法 Art 24). Court: the basic one at the agency's seat; the
    intermediate one for a government of county level or above (行政诉讼法 Arts 14, 15).
    Courts across areas and vertical departments are the office's settings.
    """

    def read(key: str) -> str:
        found = settings.read(session, key, on=on, organisation=agency)
        return str(found or "").strip()

    return Bodies(
        read("letters.reconsideration_body") or _by_law(session, agency),
        read("letters.court") or _court(agency),
        read("letters.reconsideration_site"),
    )


def _by_law(session: Session, agency: Organisation) -> str:
    government = OrganisationKind.GOVERNMENT
    if agency.kind == government and agency.level == Level.PROVINCE:
        return agency.name
    above = agency
    while above.parent_id is not None:
        above = session.get_one(Organisation, above.parent_id)
        if above.kind == government:
            return above.name
    return ""


def _court(agency: Organisation) -> str:
    is_higher = (
        agency.kind == OrganisationKind.GOVERNMENT and agency.level != Level.TOWN
    )
    return f"本机关所在地的{'中级' if is_higher else '基层'}人民法院"


def paragraph(
    code: str,
    bodies: Bodies,
    *,
    on: date,
    document: str = "本告知书",
    parts: Sequence[WithheldPosition] = (),
) -> str:
    """Return the remedy paragraph of a letter of a day that tells a result.

    `code` is empty for a letter that tells none, which leaves the choice. Empty where
    nobody is known who hears 复议.
    """
    if not bodies.reconsideration:
        return ""
    if on < FIRST_SINCE:
        return _old(bodies, document)
    first, other = _divided(code, parts)
    if first and other:
        told = _first(bodies, document, f"{document}中{_named(first)}不予公开的决定")
        told += f"对{document}的其他内容不服的，{_free(bodies, document)}"
    elif first or (code in CODES and CODES[code].withholds):
        told = _first(bodies, document, f"{document}的决定")
    else:
        told = f"如对{document}不服，{_free(bodies, document)}"
    return told + _over_the_internet(bodies)


def _divided(
    code: str, parts: Sequence[WithheldPosition]
) -> tuple[list[WithheldPosition], bool]:
    """Tell which parts need 复议 first, and whether anything else is told.

    A partial answer always tells something else: the part that it gives.
    """
    first = [part for part in parts if CODES[part.ground].withholds]
    return first, code == "D10"


def _named(parts: Sequence[WithheldPosition]) -> str:
    return "、".join(f"第{part.number}项" for part in parts)


def _first(bodies: Bodies, document: str, what: str) -> str:
    return (
        f"如对{what}不服，应当自收到{document}之日起60日内，"
        f"先向{bodies.reconsideration}申请行政复议"
        "（《中华人民共和国行政复议法》第二十条第一款、第二十三条第一款第四项）；"
        "对行政复议决定不服的，可以自收到行政复议决定书之日起15日内，"
        f"向{bodies.court}提起行政诉讼；复议机关决定不予受理、驳回申请或者逾期不作答复的，"
        "可以自收到决定书之日起或者行政复议期限届满之日起15日内提起行政诉讼"
        "（《中华人民共和国行政复议法》第三十四条、"
        "《中华人民共和国行政诉讼法》第四十五条）。"
    )


def _free(bodies: Bodies, document: str) -> str:
    return (
        f"可以自收到{document}之日起60日内向{bodies.reconsideration}申请行政复议"
        "（《中华人民共和国行政复议法》第二十条第一款），"
        f"也可以自收到{document}之日起6个月内直接向{bodies.court}提起行政诉讼"
        "（《中华人民共和国行政诉讼法》第四十六条第一款）。"
    )


def _old(bodies: Bodies, document: str) -> str:
    """Return the text of before 2024: free choice, whatever the result."""
    return (
        f"如对{document}不服，可以自收到{document}之日起60日内"
        f"向{bodies.reconsideration}申请行政复议"
        "（《中华人民共和国行政复议法》（2017年修正）第九条第一款），"
        f"也可以自收到{document}之日起6个月内直接向{bodies.court}提起行政诉讼"
        "（《中华人民共和国行政诉讼法》第四十六条第一款）。"
    )


def _over_the_internet(bodies: Bodies) -> str:
    if not bodies.site:
        return ""
    return (
        f"行政复议申请也可以通过互联网提交：{bodies.site}"
        "（《中华人民共和国行政复议法》第二十二条第二款）。"
    )
