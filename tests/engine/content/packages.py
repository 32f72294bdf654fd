"""Office files written by hand, part by part, for what no library would write."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import quoteattr

from PIL import Image, PngImagePlugin

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"

#: A tie: id, kind, target; an address outside when it holds "://".
Tie = tuple[str, str, str]


def package(
    parts: Mapping[str, str | bytes],
    types: Mapping[str, str],
    ties: Mapping[str, Sequence[Tie]],
    comment: bytes = b"",
) -> bytes:
    """Return a zip of the parts, each with its content type and its ties."""
    overrides = "".join(
        f'<Override PartName="/{name}" ContentType="{type_}"/>'
        for name, type_ in types.items()
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as packed:
        packed.comment = comment
        packed.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{_TYPES}"><Default Extension="xml" ContentType='
            '"application/xml"/><Default Extension="rels" ContentType='
            '"application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="png" ContentType="image/png"/>'
            f'<Default Extension="bin" ContentType="application/octet-stream"/>'
            f"{overrides}</Types>",
        )
        for owner, of_owner in ties.items():
            folder, _, base = owner.rpartition("/")
            name = f"{folder}/_rels/{base}.rels".lstrip("/")
            packed.writestr(name, _relationships(of_owner))
        for name, data in parts.items():
            packed.writestr(name, data)
    return stream.getvalue()


def _relationships(ties: Sequence[Tie]) -> str:
    lines = "".join(
        f'<Relationship Id="{id_}" Type="{OFFICE}/{kind}" Target={quoteattr(target)}'
        + (' TargetMode="External"' if "://" in target or "mailto:" in target else "")
        + "/>"
        for id_, kind, target in ties
    )
    return f'<Relationships xmlns="{_RELATIONSHIPS}">{lines}</Relationships>'


def png(said: str = "") -> bytes:
    """Return a small picture that says something in a note of its own."""
    notes = PngImagePlugin.PngInfo()
    if said:
        notes.add_itxt("Comment", said, zip=True)
    stream = io.BytesIO()
    picture = Image.new("RGB", (40, 20), "red")
    picture.paste("blue", (0, 0, 20, 20))
    picture.save(stream, "PNG", pnginfo=notes)
    return stream.getvalue()


def unpacked(data: bytes) -> dict[str, bytes]:
    """Return the parts of a zip by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}
