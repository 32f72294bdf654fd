"""Scales of colours and bars in an Excel file: how the values that are seen stand to
one another."""

import re

from engine.content.names import x
from engine.content.package import Element
from engine.content.remaking import PartMaker

_CELL = r"\$?[A-Z]{1,3}\$?\d{1,7}"
_PLACES = re.compile(rf"{_CELL}(?::{_CELL})?(?: {_CELL}(?::{_CELL})?)*")
_NUMBER = re.compile(r"\d{1,4}")
_SHARE = re.compile(r"\d{1,2}|100")
#: Bounds that follow from the values themselves. A number or a formula may be one that
#: nobody sees.
_OWN = frozenset({"min", "max"})
_SHARES = frozenset({"percent", "percentile"})
_COLOUR = {
    "rgb": re.compile(r"[0-9A-Fa-f]{8}"),
    "theme": re.compile(r"\d{1,2}"),
    "indexed": re.compile(r"\d{1,2}"),
}
#: How many bounds and colours each kind has.
_SHAPES = {"colorScale": ((2, 2), (3, 3)), "dataBar": ((2, 1),)}


def scales(maker: PartMaker, element: Element) -> list[Element]:
    """Keep what shows where a value stands among others; conditions are left out."""
    places = element.get("sqref", "")
    rules = [made for rule in element if (made := _rule(maker, rule)) is not None]
    if not rules or not _PLACES.fullmatch(places):
        return []
    made = maker.root.makeelement(x("conditionalFormatting"))
    made.set("sqref", places)
    made.extend(rules)
    return [made]


def _rule(maker: PartMaker, rule: Element) -> Element | None:
    kind, priority = rule.get("type", ""), rule.get("priority", "")
    scale = rule.find(x(kind)) if kind in _SHAPES else None
    if scale is None or not _NUMBER.fullmatch(priority):
        return None
    bounds = [_bound(maker, each) for each in scale.iterchildren(x("cfvo"))]
    colours = [_colour(maker, each) for each in scale.iterchildren(x("color"))]
    parts = [each for each in (*bounds, *colours) if each is not None]
    shape = (len(bounds), len(colours))
    if shape not in _SHAPES[kind] or len(parts) != sum(shape):
        return None
    made = maker.root.makeelement(x("cfRule"))
    made.set("type", kind)
    made.set("priority", priority)
    inside = maker.root.makeelement(x(kind))
    inside.extend(parts)
    made.append(inside)
    return made


def _bound(maker: PartMaker, bound: Element) -> Element | None:
    kind, value = bound.get("type", ""), bound.get("val", "")
    made = maker.root.makeelement(x("cfvo"))
    made.set("type", kind)
    if kind in _SHARES and _SHARE.fullmatch(value):
        made.set("val", value)
        return made
    return made if kind in _OWN else None


def _colour(maker: PartMaker, colour: Element) -> Element | None:
    made = maker.root.makeelement(x("color"))
    for name, allowed in _COLOUR.items():
        value = colour.get(name, "")
        if allowed.fullmatch(value):
            made.set(name, value)
            return made
    return None
