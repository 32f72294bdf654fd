"""The public copy of a Word file: its looks and what is seen, nothing else."""

from collections.abc import Mapping, Sequence

from engine.content import drawing_copy
from engine.content.blocks import Cut
from engine.content.fields import PAGE_NUMBER
from engine.content.names import a, local, w
from engine.content.package import Element, Package
from engine.content.remaking import Handler, PartMaker, Remaking, Rules, keep_space
from engine.content.styles import is_on
from engine.content.word import Document

_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_PARTS = {
    "officeDocument": ("word/document.xml", f"{_TYPE}.document.main+xml"),
    **{
        kind: (f"word/{kind}{{}}.xml", f"{_TYPE}.{kind}+xml")
        for kind in ("header", "footer")
    },
    **{
        kind: (f"word/{kind}.xml", f"{_TYPE}.{kind}+xml")
        for kind in (
            *("footnotes", "endnotes", "styles", "numbering", "settings", "fontTable"),
        )
    },
    "theme": (
        "word/theme/theme1.xml",
        "application/vnd.openxmlformats-officedocument.theme+xml",
    ),
    **drawing_copy.parts("word"),
}
#: Parts that the document is tied to without naming them in its text.
_UNNAMED = (
    *("styles", "numbering", "settings", "fontTable", "theme"),
    *("footnotes", "endnotes"),
)
_DROPPED = drawing_copy.DROPPED | frozenset(
    w(name)
    for name in (
        *("proofErr", "bookmarkStart", "bookmarkEnd", "permStart", "permEnd"),
        *("commentRangeStart", "commentRangeEnd", "commentReference"),
        *("moveFromRangeStart", "moveFromRangeEnd"),
        *("moveToRangeStart", "moveToRangeEnd"),
        *(
            f"customXml{act}Range{end}"
            for act in ("Ins", "Del", "MoveFrom", "MoveTo")
            for end in ("Start", "End")
        ),
        *(f"{what}PrChange" for what in ("r", "p", "sect", "tbl", "tblEx", "tc", "tr")),
        *("tblGridChange", "numberingChange", "cellIns", "cellDel", "cellMerge"),
        *("del", "moveFrom", "specVanish", "lastRenderedPageBreak"),
        *("altChunk", "subDoc", "control", "contentPart", "ffData", "fldData"),
        *("sdtPr", "sdtEndPr", "smartTagPr", "customXmlPr", "rsid", "aliases"),
        *("tblCaption", "tblDescription", "printerSettings", "annotationRef"),
        *(f"embed{face}" for face in ("Regular", "Bold", "Italic", "BoldItalic")),
    )
)
_UNWRAPPED = frozenset(
    w(name)
    for name in (
        *("ins", "moveTo", "sdt", "sdtContent", "smartTag", "customXml", "hyperlink"),
    )
)
#: What the settings say about looks; the rest is about people and work.
_SETTINGS = frozenset(
    w(name)
    for name in (
        *("zoom", "mirrorMargins", "bordersDoNotSurroundHeader", "gutterAtTop"),
        *("bordersDoNotSurroundFooter", "defaultTabStop", "autoHyphenation"),
        *("evenAndOddHeaders", "bookFoldPrinting", "drawingGridHorizontalSpacing"),
        *("drawingGridVerticalSpacing", "displayHorizontalDrawingGridEvery"),
        *("displayVerticalDrawingGridEvery", "characterSpacingControl", "kinsoku"),
        *("noLineBreaksAfter", "noLineBreaksBefore", "footnotePr", "endnotePr"),
        *("compat", "themeFontLang", "clrSchemeMapping", "decimalSymbol"),
        *("listSeparator", "displayBackgroundShape", "splitPgBreakAndParaMark"),
    )
)
#: Elements that must hold a paragraph to be valid.
_HOLDERS = frozenset(
    w(name) for name in ("tc", "hdr", "ftr", "footnote", "endnote", "txbxContent")
)
#: Marks a new paragraph until all are there; no attribute of the file.
_RUNS_ON = "runs-on"
_STYLE_NAMES = frozenset(
    w(name)
    for name in (
        *("pStyle", "rStyle", "tblStyle", "basedOn", "next", "link"),
        *("numStyleLink", "styleLink"),
    )
)


def copy(data: bytes, cuts: Mapping[str, Sequence[Cut]]) -> bytes:
    """Return the public copy of a Word file.

    Runs keep their looks; a replacement has those of the first run that it replaces.
    """
    package = Package(data)
    document = Document(package)
    for passage in document.passages():
        passage.cut(cuts.get(passage.address, ()))
    roots = {part: story.root for part, story in document.stories.items()}
    roots.update(document.numbering_roots)
    whole = Remaking(
        package,
        _rules(document),
        roots,
        {element for story in document.stories.values() for element in story.gone},
    )
    main = whole.take(document.main, "officeDocument")
    whole.tie("", {"rId1": ("officeDocument", main)})
    return whole.data()


def _rules(document: Document) -> Rules:
    run_on = {
        element for story in document.stories.values() for element in story.run_on
    }
    renamed = document.styles.own

    def paragraph(maker: PartMaker, element: Element) -> list[Element]:
        made = maker.alike(element)
        if element in run_on:
            made[0].set(_RUNS_ON, "1")
        return made

    def style(maker: PartMaker, element: Element) -> list[Element]:
        made = maker.alike(element)
        number = renamed.get(element.get(w("styleId"), ""))
        for name in made[0].iter(w("name")):
            if number is not None:
                made[0].set(w("styleId"), f"own{number}")
                name.set(w("val"), f"样式 {number}")
        return made

    def styled(maker: PartMaker, element: Element) -> list[Element]:
        made = maker.alike(element)
        number = renamed.get(element.get(w("val"), ""))
        if number is not None:
            made[0].set(w("val"), f"own{number}")
        return made

    return Rules(
        _PARTS,
        "word/media",
        _DROPPED,
        _UNWRAPPED,
        {
            **drawing_copy.SPECIAL,
            **_SPECIAL,
            **dict.fromkeys(_STYLE_NAMES, styled),
            w("style"): style,
            w("p"): paragraph,
        },
        {"officeDocument": _UNNAMED},
        _finish,
    )


def _vanish(maker: PartMaker, element: Element) -> list[Element]:
    """Keep what shows a text in spite of its style."""
    return [] if is_on(element) else maker.alike(element)


def _drawing(maker: PartMaker, element: Element) -> list[Element]:
    """Leave out a drawing of which nothing is left."""
    made = maker.alike(element)
    return [one for one in made if not any(map(_is_empty_graphic, one.iter()))]


def _is_empty_graphic(element: Element) -> bool:
    return element.tag == a("graphicData") and len(element) == 0


def _object(maker: PartMaker, element: Element) -> list[Element]:
    """Keep the picture of an embedded file, not the file."""
    made = maker.root.makeelement(w("pict"))
    made.extend(maker.children(element))
    return [made]


def _field(maker: PartMaker, element: Element) -> list[Element]:
    """Keep page numbers alive; any other field becomes what it shows."""
    if PAGE_NUMBER.fullmatch(element.get(w("instr"), "")):
        return maker.alike(element)
    return maker.children(element)


def _settings(maker: PartMaker, element: Element) -> list[Element]:
    made = maker.root.makeelement(str(element.tag))
    for child in element:
        if child.tag in _SETTINGS:
            made.extend(maker.element(child))
    return [made]


def _list(maker: PartMaker, element: Element) -> list[Element]:
    """Keep a list's looks without its name and the marks of its making."""
    made = maker.alike(element)
    for one in made:
        for child in list(one):
            if local(str(child.tag)) in {"nsid", "tmpl", "name"}:
                one.remove(child)
    return made


_SPECIAL: dict[str, Handler] = {
    w("vanish"): _vanish,
    w("drawing"): _drawing,
    w("object"): _object,
    w("fldSimple"): _field,
    w("settings"): _settings,
    w("abstractNum"): _list,
}


def _finish(root: Element) -> None:
    """Let what is left be valid: joined paragraphs, no table without cells."""
    for paragraph in list(root.iter(w("p"))):
        if paragraph.attrib.pop(_RUNS_ON, ""):
            _join(paragraph)
    for name, needed in (("tr", "tc"), ("tbl", "tr")):
        for element in list(root.iter(w(name))):
            parent = element.getparent()
            if element.find(w(needed)) is None and parent is not None:
                parent.remove(element)
    for element in root.iter():
        if element.tag in _HOLDERS and (len(element) == 0 or element[-1].tag != w("p")):
            element.append(element.makeelement(w("p")))
        elif element.tag == w("t"):
            keep_space(element)


def _join(paragraph: Element) -> None:
    """Let a paragraph whose end was deleted run on into the next one."""
    parent, following = paragraph.getparent(), paragraph.getnext()
    if parent is None or following is None or following.tag != w("p"):
        return
    properties = following.find(w("pPr"))
    at = 0 if properties is None else 1
    for child in reversed([one for one in paragraph if one.tag != w("pPr")]):
        following.insert(at, child)
    parent.remove(paragraph)
