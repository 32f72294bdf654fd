"""PDF files written by hand, with words planted in every place that a PDF has.

What a reader sees begins with 显, what no reader sees with 暗; the rest is the place.
"""

import zlib
from collections.abc import Mapping, Sequence

_FONT = """<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UTF16-H
/DescendantFonts[<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/DW 1000
/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>
/FontDescriptor<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/StemV 93
/FontBBox[-25 -254 1000 880]/ItalicAngle 0/Ascent 880/Descent -120
/CapHeight 880>>>>]>>"""
BOX = "/MediaBox[0 0 595 842]"
FONT = "/Font<</F1 3 0 R>>"

#: The words that a reader sees, and those that no reader sees.
SEEN = ("显第一页", "显第二页", "显表单", "显共用图形")
HIDDEN = (
    *("暗作者", "暗附加属性", "暗批注", "暗批注人", "暗浮字", "暗附件", "暗附件名"),
    *("暗程序", "暗打开程序", "暗书签", "暗私有数据", "暗默认值", "暗隐藏表单"),
    *("暗替代文字", "暗未用图形", "暗结构说明", "暗旧版本", "暗孤立对象", "暗链接"),
    *("暗页面程序", "暗单页属性", "暗目的地", "暗行内数据", "暗表单说明"),
)


def words(text: str) -> str:
    """Return a text as PDF's strings write it."""
    return "<FEFF" + text.encode("utf-16-be").hex() + ">"


def show(text: str, x: int, y: int, size: int = 20) -> str:
    """Return the program that writes a text at a place of a page."""
    codes = text.encode("utf-16-be").hex()
    return f"BT /F1 {size} Tf {x} {y} Td <{codes}> Tj ET\n"


def stream(program: str | bytes, keys: str = "", *, packed: bool = True) -> bytes:
    """Return a stream object."""
    data = program if isinstance(program, bytes) else program.encode()
    if packed:
        data, keys = zlib.compress(data), f"{keys}/Filter/FlateDecode"
    return f"<<{keys}/Length {len(data)}>>\nstream\n".encode() + data + b"\nendstream"


def pdf(objects: Mapping[int, str | bytes], info: str = "") -> bytes:
    """Return a PDF of these objects; the first one is its root."""
    return b"%PDF-1.7\n" + _body(objects, len(b"%PDF-1.7\n"), info)


def later(data: bytes, objects: Mapping[int, str | bytes]) -> bytes:
    """Return a PDF that was saved once more: the older version stays in the file."""
    before = int(data.rpartition(b"startxref\n")[2].split()[0])
    return data + _body(objects, len(data), f"/Prev {before}")


def _body(objects: Mapping[int, str | bytes], at: int, keys: str) -> bytes:
    body, entries = b"", ""
    for number, value in sorted(objects.items()):
        data = value if isinstance(value, bytes) else value.encode()
        entries += f"{number} 1\n{at + len(body):010} 00000 n \n"
        body += f"{number} 0 obj\n".encode() + data + b"\nendobj\n"
    size = max(objects) + 1
    trailer = f"trailer\n<</Size {max(size, 90)}/Root 1 0 R{keys}>>\n"
    table = f"xref\n0 1\n0000000000 65535 f \n{entries}{trailer}"
    return body + table.encode() + f"startxref\n{at + len(body)}\n%%EOF\n".encode()


def pages(*programs: str) -> bytes:
    """Return a PDF of pages, each with its program."""
    return pdf(_pages(programs))


def lines(*texts: Sequence[str]) -> bytes:
    """Return a PDF of pages, each with its lines."""
    return pages(
        *(
            "".join(show(line, 72, 760 - 30 * at) for at, line in enumerate(page))
            for page in texts
        )
    )


def _pages(programs: Sequence[str]) -> dict[int, str | bytes]:
    numbers = range(10, 10 + 2 * len(programs), 2)
    objects: dict[int, str | bytes] = {
        1: "<</Type/Catalog/Pages 2 0 R>>",
        2: f"<</Type/Pages/Count {len(programs)}/Kids[{_references(numbers)}]>>",
        3: _FONT,
    }
    for number, program in zip(numbers, programs, strict=True):
        objects[number] = (
            f"<</Type/Page/Parent 2 0 R{BOX}/Resources<<{FONT}>>"
            f"/Contents {number + 1} 0 R>>"
        )
        objects[number + 1] = stream(program)
    return objects


def two_pages(first: str, second: str, keys: str) -> dict[int, str | bytes]:
    """Return the objects of a PDF of two pages, the first one with keys of its own."""
    objects = _pages([first, second])
    objects[10] = (
        f"<</Type/Page/Parent 2 0 R{keys}/Resources<<{FONT}>>/Contents 11 0 R>>"
    )
    return objects


def _references(numbers: Sequence[int]) -> str:
    return " ".join(f"{number} 0 R" for number in numbers)


def planted() -> bytes:
    """Return a PDF that holds all of SEEN and all of HIDDEN."""
    form = f"/Type/XObject/Subtype/Form/BBox[0 0 300 30]/Resources<<{FONT}>>"
    shared = f"/Resources<<{FONT}/XObject<</Used 20 0 R/Unused 21 0 R>>>>"
    objects: dict[int, str | bytes] = {
        1: "<</Type/Catalog/Pages 2 0 R/Metadata 30 0 R/Names 31 0 R/Outlines 32 0 R"
        f"/OpenAction<</S/JavaScript/JS {words('暗打开程序')}>>/StructTreeRoot 33 0 R"
        "/AcroForm<</Fields[40 0 R 41 0 R]>>>>",
        2: f"<</Type/Pages/Count 2/Kids[4 0 R 5 0 R]{BOX}{shared}>>",
        3: _FONT,
        4: "<</Type/Page/Parent 2 0 R/Contents 10 0 R/PieceInfo<</Own<</Private "
        f"{words('暗私有数据')}>>>>>>",
        5: "<</Type/Page/Parent 2 0 R/Contents 11 0 R"
        "/Annots[40 0 R 41 0 R 42 0 R 43 0 R 44 0 R]/Metadata 34 0 R"
        f"/AA<</O<</S/JavaScript/JS {words('暗页面程序')}>>>>>>",
        10: stream(show("暗旧版本", 72, 760)),
        11: stream(
            f"/Span <</ActualText {words('暗替代文字')}>> BDC EMC\n"
            f"/Own <</A [1 2] /B {words('暗行内数据')}>> BDC\n"
            + show("显第二页", 72, 760)
            + "EMC q 1 0 0 1 72 600 cm /Used Do Q"
        ),
        20: stream(show("显共用图形", 0, 5), form),
        21: stream(show("暗未用图形", 0, 5), form),
        22: stream(show("显表单", 0, 5), form),
        23: stream(show("暗浮字", 0, 5), form),
        24: stream(show("暗隐藏表单", 0, 5), form),
        30: stream("<x>暗附加属性</x>", "/Type/Metadata/Subtype/XML", packed=False),
        31: f"<</EmbeddedFiles<</Names[{words('暗附件名')} 35 0 R]>>/JavaScript<</Names"
        f"[(a) <</S/JavaScript/JS {words('暗程序')}>>]>>/Dests<</Names"
        f"[{words('暗目的地')} [4 0 R/Fit]]>>>>",
        32: "<</Type/Outlines/First 37 0 R/Last 37 0 R>>",
        33: f"<</Type/StructTreeRoot/K<</S/Figure/Alt {words('暗结构说明')}>>>>",
        34: stream("<x>暗单页属性</x>", "/Type/Metadata/Subtype/XML"),
        35: f"<</Type/Filespec/UF {words('暗附件名')}/EF<</F 36 0 R>>>>",
        36: stream("暗附件", "/Type/EmbeddedFile"),
        37: f"<</Title {words('暗书签')}/Parent 32 0 R/Dest[4 0 R/Fit]>>",
        38: f"<</Author {words('暗作者')}>>",
        39: f"<</Type/Own/Said {words('暗孤立对象')}>>",
        40: f"<</Type/Annot/Subtype/Widget/FT/Tx/T(a)/F 4/V {words('显表单')}/TU "
        f"{words('暗表单说明')}/DV {words('暗默认值')}/Rect[72 500 372 530]"
        "/AP<</N 22 0 R>>>>",
        41: f"<</Type/Annot/Subtype/Widget/FT/Tx/T(b)/F 2/V {words('暗隐藏表单')}"
        "/Rect[72 450 372 480]/AP<</N 24 0 R>>>>",
        42: f"<</Type/Annot/Subtype/Text/Contents {words('暗批注')}"
        f"/T {words('暗批注人')}"
        "/Rect[10 10 30 30]>>",
        43: f"<</Type/Annot/Subtype/FreeText/F 4/Contents {words('暗浮字')}"
        "/Rect[72 400 372 430]/AP<</N 23 0 R>>>>",
        44: "<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/URI/URI "
        f"{words('https://example.cn/暗链接')}>>>>",
    }
    return later(pdf(objects, "/Info 38 0 R"), {10: stream(show("显第一页", 72, 760))})


def with_a_picture(text: str, width: int, height: int) -> bytes:
    """Return a PDF with a text and a colourful picture of this size on the page."""
    objects = _pages([show(text, 72, 760) + f"q {width} 0 0 {height} 40 40 cm /I Do Q"])
    objects[10] = (
        f"<</Type/Page/Parent 2 0 R{BOX}/Contents 11 0 R"
        f"/Resources<<{FONT}/XObject<</I 50 0 R>>>>>>"
    )
    keys = "/Type/XObject/Subtype/Image/Width 64/Height 64/ColorSpace/DeviceRGB"
    points = bytes(
        colour for y in range(64) for x in range(64) for colour in (4 * x, 4 * y, 200)
    )
    objects[50] = stream(points, f"{keys}/BitsPerComponent 8")
    return pdf(objects)


def layered() -> bytes:
    """Return a PDF with 显文字, and with 暗图层 on a layer that is switched off."""
    objects = _pages(
        [show("显文字", 72, 760) + "/OC /L BDC " + show("暗图层", 72, 700) + "EMC"]
    )
    objects[1] = (
        "<</Type/Catalog/Pages 2 0 R/OCProperties<</OCGs[50 0 R]/D<</OFF[50 0 R]>>>>>>"
    )
    objects[10] = (
        f"<</Type/Page/Parent 2 0 R{BOX}/Contents 11 0 R"
        f"/Resources<<{FONT}/Properties<</L 50 0 R>>>>>>"
    )
    objects[50] = f"<</Type/OCG/Name {words('暗图层名')}>>"
    return pdf(objects)
