"""Characters as the two bytes of GBK, with the areas that it leaves to its users."""

#: Row FE of the older code page, where the codec reads newer characters.
_FIRST, _LAST = "\ue815", "\ue864"
_ROW = 0xFE
_CELL = 0x50
_NO_CELL = 0x7F


def pair_of(char: str) -> bytes | None:
    """Return the two bytes of a character; None if it has another number of them."""
    if _FIRST <= char <= _LAST:
        cell = _CELL + ord(char) - ord(_FIRST)
        return bytes((_ROW, cell if cell < _NO_CELL else cell + 1))
    data = char.encode("gb18030", "ignore")
    return data if len(data) == 2 else None


def character(pair: bytes) -> str | None:
    """Return the character of two bytes, if they are one."""
    try:
        char = pair.decode("gb18030")
    except UnicodeDecodeError:
        return None
    return char if len(char) == 1 else None


def is_dropped(pair: bytes) -> bool:
    """Whether these bytes are in a users' area, which many programs leave out."""
    first, second = pair
    if 0xA1 <= first <= 0xA7:
        return second <= 0xA0
    return second >= 0xA1 and (0xAA <= first <= 0xAF or first >= 0xF8)
