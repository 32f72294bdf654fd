"""How a notice was garbled: traditional characters, pinyin, bytes out of step."""

from collections.abc import Mapping

from opencc import OpenCC

#: Pronunciations that the converter wrote behind characters, as pages show them.
PINYIN: Mapping[str, str] = {
    "區": "qū",
    "務": "wù",
    "發": "fā",
    "關": "guān",
    "單": "dān",
    "應": "yīng",
    "設": "shè",
    "規": "guī",
    "業": "yè",
    "責": "zé",
    "監": "jiān",
    "權": "quán",
    "內": "nèi",
    "經": "jīng",
    "網": "wǎng",
    "預": "yù",
    "結": "jié",
    "現": "xiàn",
}

_to_traditional = OpenCC("s2t")


def mangle(text: str, *, spoilt: str = "") -> str:
    """Garble a text; where `spoilt` stands, its first byte becomes a question mark."""
    data = traditional(text).encode("gb18030")
    for character, pinyin in PINYIN.items():
        # Byte by byte: where two halves of neighbours look like it, they are parted.
        pair = character.encode("gb18030")
        data = data.replace(pair, pair + f"({pinyin})".encode("gb18030"))
    if spoilt:
        begin = spoilt.encode("gb18030")
        data = data.replace(begin, b"?" + begin[1:])
    return read_as_gbk(data)


def traditional(text: str) -> str:
    """Return a text in traditional characters."""
    return str(_to_traditional.convert(text))


def read_as_gbk(data: bytes) -> str:
    """Read bytes as the code page does, the areas of its users included."""
    read, at = [], 0
    while at < len(data):
        pair = data[at : at + 2]
        if pair[0] < 0x80:
            read.append(chr(pair[0]))
            at += 1
            continue
        whole = len(pair) == 2 and pair[1] >= 0x40 and pair[1] not in (0x7F, 0xFF)
        char = pair.decode("gb18030", "replace") if whole and pair[0] < 0xFF else "?"
        read.append(char if len(char) == 1 else "?")
        at += 2
    return "".join(read)
