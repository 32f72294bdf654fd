"""Drawings, pictures and charts of Office files, made anew with what is seen."""

from collections.abc import Iterator

from engine.content.names import (
    KNOWN,
    ON_PAGE,
    ON_SHEET,
    PICTURE,
    a,
    c,
    local,
    mc,
    r,
    v,
)
from engine.content.package import Element
from engine.content.remaking import Handler, PartMaker
from engine.content.story import chosen

_CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_DIAGRAM = "application/vnd.openxmlformats-officedocument.drawingml.diagram"

DROPPED = frozenset(
    {
        *(a(f"hlink{when}") for when in ("Click", "Hover", "MouseOver")),
        *(c("externalData"), c("userShapes"), c("printSettings"), c("pivotSource")),
        "{urn:schemas-microsoft-com:office:office}OLEObject",
        "{urn:schemas-microsoft-com:office:office}signatureline",
        *(a("audioFile"), a("videoFile"), a("quickTimeFile"), a("wavAudioFile")),
    }
)
_SIDES = ("l", "t", "r", "b")
_VML_SIDES = ("cropleft", "croptop", "cropright", "cropbottom")
#: Old drawings count in parts of this.
_VML_WHOLE = 65_536
_PERCENT_WHOLE = 100_000


def parts(folder: str) -> dict[str, tuple[str, str]]:
    """Return where the parts of drawings go to, by the kinds of their ties."""
    return {
        "chart": (f"{folder}/charts/chart{{}}.xml", _CHART_TYPE),
        "diagramData": (f"{folder}/diagrams/data{{}}.xml", f"{_DIAGRAM}Data+xml"),
        "diagramLayout": (f"{folder}/diagrams/layout{{}}.xml", f"{_DIAGRAM}Layout+xml"),
        "diagramQuickStyle": (
            f"{folder}/diagrams/style{{}}.xml",
            f"{_DIAGRAM}Style+xml",
        ),
        "diagramColors": (f"{folder}/diagrams/colors{{}}.xml", f"{_DIAGRAM}Colors+xml"),
    }


def alternate(maker: PartMaker, element: Element) -> list[Element]:
    """Keep the version that is shown; the other one says it once more."""
    taken = chosen(element)
    if taken is None:
        return []
    if taken.tag == mc("Fallback"):
        return maker.children(taken)
    inside = maker.children(taken)
    if not inside:
        return []
    needed = taken.get("Requires", "").split()
    spaces = {prefix: taken.nsmap[prefix] for prefix in needed}
    choice = maker.root.makeelement(mc("Choice"), nsmap=spaces)
    choice.set("Requires", " ".join(needed))
    choice.extend(inside)
    made = maker.root.makeelement(mc("AlternateContent"))
    made.append(choice)
    return [made]


def named(maker: PartMaker, element: Element) -> list[Element]:
    """Give a drawing a name that says nothing."""
    made = maker.alike(element)
    for one in made:
        one.set("name", f"对象 {one.get('id', '0')}")
    return made


def filled(maker: PartMaker, element: Element) -> list[Element]:
    """Draw a picture anew; what was cropped away is not in the new one."""
    source = element.find(a("srcRect"))
    crop = [_part(source, side, _PERCENT_WHOLE) for side in _SIDES]
    made = maker.root.makeelement(str(element.tag))
    for child in element:
        if child.tag == a("blip"):
            blip = maker.root.makeelement(a("blip"))
            blip.set(r("embed"), _picture(maker, child.get(r("embed")), crop))
            blip.extend(maker.children(child))
            made.append(blip)
        elif child.tag == a("srcRect"):
            made.extend(_outside(maker, child))
        else:
            made.extend(maker.element(child))
    return [made]


def _outside(maker: PartMaker, source: Element) -> Iterator[Element]:
    """Keep the margins that are wider than the picture: they hide nothing."""
    made = maker.root.makeelement(a("srcRect"))
    for side in _SIDES:
        if source.get(side, "").startswith("-"):
            made.set(side, source.get(side, ""))
    if made.attrib:
        yield made


def old_picture(maker: PartMaker, element: Element) -> list[Element]:
    """Draw the picture of an old drawing anew."""
    crop = [_part(element, side, _VML_WHOLE) for side in _VML_SIDES]
    made = maker.root.makeelement(v("imagedata"))
    made.set(r("id"), _picture(maker, element.get(r("id")), crop))
    for key in ("gain", "blacklevel", "grayscale"):
        if key in element.attrib:
            made.set(key, element.get(key, ""))
    return [made]


def _picture(maker: PartMaker, id_: str | None, crop: list[float]) -> str:
    kind, old = maker.target(id_)
    left, top, right, bottom = crop
    new = maker.whole.picture(
        old if kind == "image" else "", (left, top, right, bottom)
    )
    return maker.tied(id_ or "", "image", new)


def _part(element: Element | None, side: str, whole: int) -> float:
    text = "" if element is None else element.get(side, "")
    try:
        if text.endswith("f"):
            return max(int(text[:-1]) / whole, 0)
        if text.endswith("%"):
            return max(float(text[:-1]) / 100, 0)
        if whole == _VML_WHOLE:
            return max(float(text), 0)
        return max(int(text) / whole, 0)
    except ValueError:
        return 0


def referring(maker: PartMaker, element: Element) -> list[Element]:
    """Let a chart say its numbers and words itself, not where they came from."""
    numbers = element.tag == c("numRef")
    owner = element.getparent()
    cache = next(
        (one for one in element if local(str(one.tag)).endswith("Cache")), None
    )
    points = [] if cache is None else _points(maker, cache)
    if owner is not None and owner.tag == c("tx"):
        return _as_text(maker, owner, points)
    made = maker.root.makeelement(c("numLit" if numbers else "strLit"))
    made.extend(points)
    return [made]


def _points(maker: PartMaker, cache: Element) -> list[Element]:
    level = cache.find(c("lvl"))
    if level is None:
        return maker.children(cache)
    count = [] if (found := cache.find(c("ptCount"))) is None else maker.alike(found)
    return [*count, *maker.children(level)]


def _as_text(maker: PartMaker, owner: Element, points: list[Element]) -> list[Element]:
    words = [value.text or "" for one in points for value in one.iter(c("v"))]
    series = owner.getparent()
    if series is not None and series.tag == c("ser"):
        made = maker.root.makeelement(c("v"))
        made.text = " ".join(words)
        return [made]
    rich = maker.root.makeelement(c("rich"))
    body = maker.root.makeelement(a("bodyPr"))
    paragraph = maker.root.makeelement(a("p"))
    run = maker.root.makeelement(a("r"))
    text = maker.root.makeelement(a("t"))
    text.text = " ".join(words)
    run.append(text)
    paragraph.append(run)
    rich.extend([body, paragraph])
    return [rich]


def theme(maker: PartMaker, element: Element) -> list[Element]:
    """Keep colours and fonts under a name that says nothing."""
    made = maker.alike(element)
    for one in made:
        one.set("name", "主题")
    return made


SPECIAL: dict[str, Handler] = {
    mc("AlternateContent"): alternate,
    f"{{{ON_PAGE}}}docPr": named,
    **{f"{{{one}}}cNvPr": named for one in KNOWN},
    f"{{{PICTURE}}}blipFill": filled,
    f"{{{ON_SHEET}}}blipFill": filled,
    a("blipFill"): filled,
    v("imagedata"): old_picture,
    **dict.fromkeys((c("numRef"), c("strRef"), c("multiLvlStrRef")), referring),
    **dict.fromkeys(map(a, ("theme", "clrScheme", "fontScheme", "fmtScheme")), theme),
}
