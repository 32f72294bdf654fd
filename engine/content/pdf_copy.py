"""The public copy of a PDF: pages with cuts as images, the others as they look."""

import ctypes
import io
import zlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pypdfium2.raw as raw
from PIL import Image, ImageDraw
from pypdf import PdfReader, PdfWriter

from engine.content import pdf
from engine.content.blocks import Cut
from engine.content.pdf_cleaning import cleaned, closed_layers, uses_layers

_DOTS_PER_INCH = 200
_POINTS_PER_INCH = 72
_MOST_PIXELS = 40_000_000
_QUALITY = 75
#: A page with more colours than this has photographs on it.
_MOST_COLOURS = 4_096
_COLOURS = 32
_PACKING = 6
#: Ink may reach a little beyond the box of its character.
_MARGIN = 0.08
_LEAST_MARGIN = 2

Box = tuple[float, float, float, float]


def copy(data: bytes, cuts: Mapping[str, Sequence[Cut]]) -> bytes:
    """Return the public copy of a PDF.

    A page with a cut becomes an image with black boxes, so that nothing of the text is
    left below them. It loses its text layer; offer the page's text as HTML beside it.
    The others are taken over as they are seen, without anything that is not. Fonts
    that are embedded in them may still hold the shapes of characters that were cut.
    """
    images: dict[int, bytes] = {}
    with pdf.opened(data) as document:
        places = _places(cuts)
        reader = PdfReader(io.BytesIO(pdf.saved(document)))
        layered = closed_layers(reader)
        for index in range(len(document)):
            if index in places or (layered and uses_layers(reader.pages[index])):
                images[index] = _image(document[index], places.get(index, {}))
    writer = PdfWriter()
    done: set[int] = set()
    for index, page in enumerate(reader.pages):
        if index in images:
            writer.add_page(PdfReader(io.BytesIO(images[index])).pages[0])
        else:
            writer.add_page(cleaned(page, done))
    writer.metadata = None
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def _places(cuts: Mapping[str, Sequence[Cut]]) -> dict[int, dict[int, Sequence[Cut]]]:
    """Return the cuts by page and line; what lies beside the pages is never copied."""
    found: dict[int, dict[int, Sequence[Cut]]] = {}
    for address, of_line in cuts.items():
        if address.startswith("page/"):
            _, page, line = address.split("/")
            found.setdefault(int(page) - 1, {})[int(line)] = of_line
    return found


def _image(page: Any, cuts: Mapping[int, Sequence[Cut]]) -> bytes:
    """Draw a page with black boxes over what is cut; return it as a PDF."""
    try:
        width, height = page.get_size()
        scale = _DOTS_PER_INCH / _POINTS_PER_INCH
        scale *= min(1, (_MOST_PIXELS / (width * height * scale * scale)) ** 0.5)
        bitmap = page.render(scale=scale, may_draw_forms=False, draw_annots=False)
        image = bitmap.to_pil().convert("RGB")
        bitmap.close()
        draw = ImageDraw.Draw(image)
        for box in _boxes(page, image.size, cuts):
            draw.rectangle(box, fill="black")
        return _page_of(image, width, height)
    finally:
        page.close()


def _boxes(
    page: Any, size: tuple[int, int], cuts: Mapping[int, Sequence[Cut]]
) -> Iterator[Box]:
    with pdf.text_of(page) as text:
        lines = dict(enumerate(pdf.lines(text), start=1))
        for number, of_line in cuts.items():
            first = lines[number].start
            for cut in of_line:
                before: Box | None = None
                for index in range(first + cut.start, first + cut.end):
                    box = _box(page, text, size, index)
                    if box is None:
                        continue
                    yield box
                    if before is not None and _side_by_side(before, box):
                        yield _around(before, box)
                    before = box


def _box(page: Any, text: Any, size: tuple[int, int], index: int) -> Box | None:
    """Return where a character stands in the image, with a margin around it."""
    tight, loose = text.get_charbox(index), text.get_charbox(index, loose=True)
    left, bottom, right, top = _around_pdf(tight, loose)
    if left >= right or bottom >= top:
        return None
    corners = [_point(page, size, x, y) for x in (left, right) for y in (bottom, top)]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    margin = max(max(xs) - min(xs), max(ys) - min(ys)) * _MARGIN + _LEAST_MARGIN
    return min(xs) - margin, min(ys) - margin, max(xs) + margin, max(ys) + margin


def _around_pdf(one: Box, other: Box) -> Box:
    boxes = [box for box in (one, other) if box[0] < box[2] and box[1] < box[3]]
    if not boxes:
        return (0, 0, 0, 0)
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    return min(lefts), min(bottoms), max(rights), max(tops)


def _point(page: Any, size: tuple[int, int], x: float, y: float) -> tuple[int, int]:
    across, down = ctypes.c_int(), ctypes.c_int()
    raw.FPDF_PageToDevice(page.raw, 0, 0, *size, 0, x, y, across, down)
    return across.value, down.value


def _side_by_side(one: Box, other: Box) -> bool:
    """Whether two characters stand in one row or one column."""
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    return down * 2 > min(one[3] - one[1], other[3] - other[1]) or across * 2 > min(
        one[2] - one[0], other[2] - other[0]
    )


def _around(one: Box, other: Box) -> Box:
    return (
        min(one[0], other[0]),
        min(one[1], other[1]),
        max(one[2], other[2]),
        max(one[3], other[3]),
    )


def _drawn(image: Image.Image) -> tuple[bytes, str]:
    """Return an image packed, with the keys that say how."""
    if image.getcolors(_MOST_COLOURS) is None:
        stream = io.BytesIO()
        image.save(stream, "JPEG", quality=_QUALITY)
        return stream.getvalue(), "/ColorSpace/DeviceRGB/Filter/DCTDecode"
    # A page of text has few colours: so it is smaller, and its letters stay sharp.
    few = image.quantize(_COLOURS, method=Image.Quantize.FASTOCTREE)
    colours = bytes(few.getpalette() or b"").ljust(3 * _COLOURS, b"\0")
    space = f"[/Indexed/DeviceRGB {_COLOURS - 1}<{colours[: 3 * _COLOURS].hex()}>]"
    data = zlib.compress(few.tobytes(), _PACKING)
    return data, f"/ColorSpace{space}/Filter/FlateDecode"


def _page_of(image: Image.Image, width: float, height: float) -> bytes:
    """Return a PDF with one page that is an image."""
    data, keys = _drawn(image)
    keys = (
        f"/Type/XObject/Subtype/Image/Width {image.width}/Height {image.height}"
        f"/BitsPerComponent 8{keys}"
    )
    program = f"q {width:.4f} 0 0 {height:.4f} 0 0 cm /Page Do Q".encode()
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {width:.4f} {height:.4f}]"
        "/Resources<</XObject<</Page 4 0 R>>>>/Contents 5 0 R>>".encode(),
        _stream(keys, data),
        _stream("", program),
    )
    body, places = b"%PDF-1.7\n", []
    for number, one in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%b\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return body + (
        b"xref\n0 %d\n0000000000 65535 f \n%b"
        b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n"
    ) % (len(objects) + 1, table, len(objects) + 1, len(body))


def _stream(keys: str, data: bytes) -> bytes:
    head = f"<<{keys}/Length {len(data)}>>\nstream\n".encode()
    return head + data + b"\nendstream"
