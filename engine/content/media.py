"""Sound and film told by what is in them: MP3 (ISO/IEC 11172-3) and MP4 (14496-12)."""

#: Kilobits per second by index, for MPEG-1 and MPEG-2/2.5 Layer III.
_RATES_1 = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_RATES_2 = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
#: Samples per second by version (0: 2.5, 2: 2, 3: 1) and index.
_SAMPLES = {
    0: (11025, 12000, 8000),
    2: (22050, 24000, 16000),
    3: (44100, 48000, 32000),
}
_LAYER_3 = 1
_MPEG_1 = 3

#: Brands of files that browsers play as MP4; a QuickTime or HEIC file has another.
_BRANDS = frozenset(
    {b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V "}
)
_SHORT, _LONG = 8, 16


def is_mp3(data: bytes) -> bool:
    """Tell whether two audio frames follow each other, after a tag if there is one."""
    first = _after_tag(data)
    length = _frame_length(data, first)
    return length > 0 and _frame_length(data, first + length) > 0


def is_mp4(data: bytes) -> bool:
    """Tell whether a file of a known brand has the index and the film in it."""
    if data[4:8] != b"ftyp" or data[8:12] not in _BRANDS:
        return False
    kinds = set(_boxes(data))
    return b"moov" in kinds and bool(kinds & {b"mdat", b"moof"})


def _after_tag(data: bytes) -> int:
    if not data.startswith(b"ID3") or len(data) < 10:
        return 0
    size = 0
    for byte in data[6:10]:
        size = size << 7 | byte & 0x7F
    return 10 + size


def _frame_length(data: bytes, at: int) -> int:
    """Return how long the frame is that begins here; 0 where none begins."""
    header = data[at : at + 4]
    if len(header) < 4 or header[0] != 0xFF or header[1] & 0xE0 != 0xE0:
        return 0
    version, layer = header[1] >> 3 & 3, header[1] >> 1 & 3
    rate, samples = header[2] >> 4, header[2] >> 2 & 3
    if version not in _SAMPLES or layer != _LAYER_3 or rate in {0, 15} or samples == 3:
        return 0
    first = version == _MPEG_1
    kilobits = (_RATES_1 if first else _RATES_2)[rate]
    padding = header[2] >> 1 & 1
    factor = 144_000 if first else 72_000
    return factor * kilobits // _SAMPLES[version][samples] + padding


def _boxes(data: bytes) -> list[bytes]:
    """Return the kinds of the boxes that the file is made of, as far as they fit."""
    kinds, at = [], 0
    while at + _SHORT <= len(data):
        size = int.from_bytes(data[at : at + 4])
        if size == 1:
            size = int.from_bytes(data[at + _SHORT : at + _LONG])
        elif size == 0:
            size = len(data) - at
        if size < _SHORT or at + size > len(data):
            break
        kinds.append(data[at + 4 : at + 8])
        at += size
    return kinds
