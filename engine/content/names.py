"""The names by which Office's XML calls things."""

_OFFICE = "http://schemas.openxmlformats.org"
_MICROSOFT = "http://schemas.microsoft.com/office"

WORD = f"{_OFFICE}/wordprocessingml/2006/main"
EXCEL = f"{_OFFICE}/spreadsheetml/2006/main"
TIES = f"{_OFFICE}/officeDocument/2006/relationships"
DRAWING = f"{_OFFICE}/drawingml/2006/main"
CHART = f"{_OFFICE}/drawingml/2006/chart"
PICTURE = f"{_OFFICE}/drawingml/2006/picture"
ON_PAGE = f"{_OFFICE}/drawingml/2006/wordprocessingDrawing"
ON_SHEET = f"{_OFFICE}/drawingml/2006/spreadsheetDrawing"
MATHS = f"{_OFFICE}/officeDocument/2006/math"
CHOICE = f"{_OFFICE}/markup-compatibility/2006"
VML = "urn:schemas-microsoft-com:vml"
VML_OFFICE = "urn:schemas-microsoft-com:office:office"
XML = "http://www.w3.org/XML/1998/namespace"

#: What is carried over into a copy; elements and attributes of others are left out.
KNOWN = frozenset(
    {
        *(WORD, EXCEL, TIES, DRAWING, CHART, PICTURE, ON_PAGE, ON_SHEET, MATHS),
        *(CHOICE, VML, VML_OFFICE, XML),
        "urn:schemas-microsoft-com:office:word",
        f"{_OFFICE}/drawingml/2006/diagram",
        f"{_MICROSOFT}/word/2010/wordprocessingShape",
        f"{_MICROSOFT}/word/2010/wordprocessingGroup",
        f"{_MICROSOFT}/word/2010/wordprocessingCanvas",
        f"{_MICROSOFT}/word/2010/wordprocessingDrawing",
        f"{_MICROSOFT}/word/2010/wordml",
    }
)


def w(name: str) -> str:
    """Return Word's name for an element or attribute."""
    return f"{{{WORD}}}{name}"


def x(name: str) -> str:
    """Return Excel's name for an element."""
    return f"{{{EXCEL}}}{name}"


def a(name: str) -> str:
    """Return a drawing's name for an element."""
    return f"{{{DRAWING}}}{name}"


def c(name: str) -> str:
    """Return a chart's name for an element."""
    return f"{{{CHART}}}{name}"


def r(name: str) -> str:
    """Return the name of an attribute that points to another part."""
    return f"{{{TIES}}}{name}"


def m(name: str) -> str:
    """Return the name of an element of a formula."""
    return f"{{{MATHS}}}{name}"


def v(name: str) -> str:
    """Return the name of an element of an old drawing."""
    return f"{{{VML}}}{name}"


def mc(name: str) -> str:
    """Return the name of an element that offers a choice between versions."""
    return f"{{{CHOICE}}}{name}"


def local(name: str) -> str:
    """Return a name without the name of its space."""
    return name.rpartition("}")[2]


def space(name: str) -> str:
    """Return the name of a name's space."""
    return name[1:].partition("}")[0] if name.startswith("{") else ""
