"""Which runs of a Word file are hidden: by themselves, or by the styles they have."""

from engine.content.names import w
from engine.content.package import Element

_OFF = frozenset({"0", "false", "off"})


def is_on(element: Element | None) -> bool:
    """Whether a property that is there or not is switched on."""
    return element is not None and element.get(w("val"), "true") not in _OFF


class Styles:
    """What a file's styles say of hidden text."""

    def __init__(self, root: Element | None) -> None:
        self._own: dict[str, bool | None] = {}
        self._based_on: dict[str, str] = {}
        self._defaults = False
        self._usual = ""
        #: The styles that somebody made and named, each with a number.
        self.own: dict[str, int] = {}
        if root is None:
            return
        default = f"{w('docDefaults')}/{w('rPrDefault')}/{w('rPr')}/{w('vanish')}"
        self._defaults = is_on(root.find(default))
        for style in root.iter(w("style")):
            name = style.get(w("styleId"), "")
            hidden = style.find(f"{w('rPr')}/{w('vanish')}")
            if style.get(w("customStyle"), "0") not in _OFF:
                self.own[name] = len(self.own) + 1
            self._own[name] = None if hidden is None else is_on(hidden)
            based_on = style.find(w("basedOn"))
            if based_on is not None:
                self._based_on[name] = based_on.get(w("val"), "")
            is_default = style.get(w("default"), "0") not in _OFF
            if is_default and style.get(w("type")) == "paragraph":
                self._usual = name

    def hides(self, run: Element) -> bool:
        """Whether a run is hidden; two styles that both hide it show it again."""
        own = run.find(f"{w('rPr')}/{w('vanish')}")
        if own is not None:
            return is_on(own)
        style = run.find(f"{w('rPr')}/{w('rStyle')}")
        by_run = style is not None and self._hidden(style.get(w("val"), ""))
        return self._defaults or by_run != self._hidden(self._of_paragraph(run))

    def _of_paragraph(self, run: Element) -> str:
        paragraph = next(run.iterancestors(w("p")), None)
        if paragraph is not None:
            style = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
            if style is not None:
                return style.get(w("val"), "")
        return self._usual

    def _hidden(self, name: str) -> bool:
        # A style may be based on itself in a broken file.
        for _ in range(len(self._own)):
            own = self._own.get(name)
            if own is not None:
                return own
            name = self._based_on.get(name, "")
        return False
