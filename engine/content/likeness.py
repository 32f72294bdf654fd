"""When two texts say the same: spaces, widths, dashes and look-alikes aside."""

import re
import sys
import unicodedata

#: Characters that a program may write for another one that looks the same.
_RADICALS = dict(
    zip(
        "⺁⺄⺟⺠⺩⺪⺫⺬⺮⺶⺼⺽⻁⻃⻄⻅⻆⻉⻊⻋⻑⻓⻔⻗⻘⻙⻚⻛⻜⻝⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳",
        "厂乙母民王疋目示竹羊月臼虎西西见角贝足车長长门雨青韦页风飞食首马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟",
        strict=True,
    )
)
#: Marks of format and joining, spaces, controls and dashes say nothing by themselves.
_SILENT = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp", "Pd", "Mn", "Me"})
_TABLE: dict[int, str | None] = {
    **{
        code: None
        for code in range(sys.maxunicode + 1)
        if unicodedata.category(chr(code)) in _SILENT
    },
    **{ord(radical): character for radical, character in _RADICALS.items()},
    **dict.fromkeys(map(ord, "·•・‧∙⋅ㅤᅠ￭"), None),
}
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3})")


def plain(text: str) -> str:
    """Return a text in the one form that all its spellings share."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    return _THOUSANDS.sub("", text.translate(_TABLE)).casefold()
