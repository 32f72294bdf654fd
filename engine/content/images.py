"""Images: what is written in them beside the picture, and the picture drawn anew."""

import io
from collections.abc import Iterator
from typing import Any

from PIL import ExifTags, Image, ImageOps

from engine.content.blocks import Block, Reading
from engine.content.package import Unreadable
from engine.files import JPEG, PNG

#: A picture with more than this is no scan of a page but a bomb.
MOST_PIXELS = 80_000_000
_FORMATS = ("PNG", "JPEG", "MPO", "GIF", "BMP", "TIFF", "WEBP")
#: Modes that are kept; everything else becomes full colour.
_KEPT = frozenset({"1", "L", "LA", "RGB", "RGBA", "I;16"})
_LONGEST_NOTE = 20_000
_QUALITY = 92


def read(data: bytes) -> Reading:
    """Read what an image carries beside its picture; the picture itself is unread."""
    image = _opened(data)
    notes = [(name, text) for name, text in _notes(image) if text]
    blocks = tuple(
        Block(f"image/{number}", f"图片属性 {name}", text[:_LONGEST_NOTE], hidden=True)
        for number, (name, text) in enumerate(notes, start=1)
    )
    traits = (("properties", "图片里记有拍摄、制作时的信息。"),) if blocks else ()
    unread = ["图片里的文字"]
    if getattr(image, "n_frames", 1) > 1:
        unread.append("图片文件里的其他画面")
    return Reading(blocks, traits, tuple(unread))


def copy(data: bytes) -> bytes:
    """Return the picture alone, the right way up, in a file made anew."""
    return redrawn(data, upright=True)[0]


def redrawn(
    data: bytes,
    crop: tuple[float, float, float, float] = (0, 0, 0, 0),
    *,
    upright: bool = False,
) -> tuple[bytes, str]:
    """Return a picture's pixels in a new file, and its media type.

    What was cropped away (parts of the sides: left, top, right, bottom) is not in it.

    Raises:
        Unreadable: it is no picture that can be drawn here.
    """
    image = _opened(data)
    as_jpeg = image.format in {"JPEG", "MPO"}
    try:
        whole = ImageOps.exif_transpose(image) if upright else image
        pixels = _pixels(whole).crop(_box(whole.size, crop))
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        raise Unreadable("图片已损坏") from error
    stream = io.BytesIO()
    if as_jpeg:
        pixels.save(stream, "JPEG", quality=_QUALITY, subsampling=0)
    else:
        pixels.save(stream, "PNG", compress_level=6)
    return stream.getvalue(), JPEG if as_jpeg else PNG


def placeholder() -> tuple[bytes, str]:
    """Return a grey picture for one that cannot be drawn anew, and its media type."""
    stream = io.BytesIO()
    Image.new("L", (200, 150), 0xDD).save(stream, "PNG")
    return stream.getvalue(), PNG


def _opened(data: bytes) -> Image.Image:
    try:
        image = Image.open(io.BytesIO(data), formats=_FORMATS)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise Unreadable("图片打不开") from error
    if image.width * image.height > MOST_PIXELS:
        raise Unreadable("图片太大")
    return image


def _pixels(image: Image.Image) -> Image.Image:
    mode = image.mode
    if mode not in _KEPT:
        clear = image.has_transparency_data
        image = image.convert("RGBA" if clear else "RGB")
    # A new image knows nothing of the old one's notes, colour tables and frames.
    fresh = Image.frombytes(image.mode, image.size, image.tobytes())
    if fresh.mode in {"RGBA", "LA"}:
        # What is fully clear still has a colour, and a text may lie in it.
        alpha = fresh.getchannel("A")
        empty = Image.new(fresh.mode, fresh.size)
        seen = alpha.point(lambda value: 255 if value else 0)
        fresh = Image.composite(fresh, empty, seen)
    return fresh


def _box(
    size: tuple[int, int], crop: tuple[float, float, float, float]
) -> tuple[int, int, int, int]:
    width, height = size
    left, top, right, bottom = (min(max(side, 0), 1) for side in crop)
    first = min(round(width * left), width - 1), min(round(height * top), height - 1)
    return (
        *first,
        max(width - round(width * right), first[0] + 1),
        max(height - round(height * bottom), first[1] + 1),
    )


def _notes(image: Image.Image) -> Iterator[tuple[str, str]]:
    for key, value in sorted(image.info.items(), key=lambda item: str(item[0])):
        if key not in {"exif", "icc_profile"}:
            yield str(key), _words(value)
    exif = image.getexif()
    yield from _tags(exif, ExifTags.TAGS)
    for part in ExifTags.IFD:
        if part is ExifTags.IFD.GPSInfo:
            place = [str(value) for value in exif.get_ifd(part).values()]
            yield "GPSInfo", " ".join(place)
        else:
            yield from _tags(exif.get_ifd(part), ExifTags.TAGS)


def _tags(tags: Any, names: dict[int, str]) -> Iterator[tuple[str, str]]:
    for number, value in sorted(tags.items()):
        name = names.get(number, str(number))
        if name.startswith("XP") and isinstance(value, bytes):
            yield name, value.decode("utf-16-le", "ignore").strip("\0 ")
        else:
            yield name, _words(value)


def _words(value: Any) -> str:
    """Return text that a note holds; numbers about the picture are no text."""
    if isinstance(value, bytes):
        try:
            value = value.removeprefix(b"ASCII\0\0\0").decode()
        except UnicodeDecodeError:
            return ""
    if isinstance(value, dict):
        return " ".join(filter(None, map(_words, value.values())))
    if isinstance(value, tuple) and any(
        isinstance(each, str | bytes) for each in value
    ):
        return " ".join(filter(None, map(_words, value)))
    return _chinese(value.strip("\0 \n")) if isinstance(value, str) else ""


def _chinese(text: str) -> str:
    """Return a text that a camera wrote in Chinese and the library read as Latin."""
    for encoding in ("utf-8", "gb18030"):
        try:
            return text.encode("latin-1").decode(encoding)
        except UnicodeError:
            continue
    return text
