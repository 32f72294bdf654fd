"""The title of a document: the lines above its text that name what it is."""

import re
from collections.abc import Sequence

from engine.content.checks.debris import is_debris
from engine.content.checks.headers import is_header
from engine.content.checks.lines import Line
from engine.content.checks.signatures import AGENCY, DATE_LINE, signature

#: The words with which titles end.
_KINDS = (
    "通知|意见|决定|公告|通告|通报|报告|请示|批复|议案|函|纪要|命令|令|办法|规定|细则|方案"
    "|要点|计划|规划|条例|目录|指南|规则|制度|说明|预案|标准|清单|名单|名录|总结|须知|守则"
    "|指引|公示|解读|章程|准则|规程|安排|措施|情况|年报|决算|预算|决定书|告知书|通知书"
    "|意见书|建议书|倡议书|公报|一览表|统计表|任务分工"
)
_TITLE = re.compile(
    rf"[^。；;！!？?：:，,]*(?:[^。；;！!？?：:]*关于[^。；;！!？?：:]*)?(?:{_KINDS})"
    r"(?:[（(〔][^（）()〔〕]{1,20}[）)〕])?"
)
_PHRASE = re.compile(r"[^。；;！!？?：:，,]{2,60}")
_LONGEST = 120
_MOST_LINES = 4
#: What is above the text fits on a page.
_LINES_ABOVE = 40
#: Between a signature and what is issued with it: a note, no more.
_LINES_BETWEEN = 3

_ADDRESSEES = re.compile(r"[^。]{2,300}[:：]")
_SECTION = re.compile(
    r"[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十]{1,3}[章条]|\d{1,2}[、.．]"
)
_HEAD = re.compile(r".{2,40}文件|.*签发人.*|.*号|[（(].*[）)]|.*[★☆].*|[-—_=*]+|\d+")
_ANNEX = re.compile(r"附\s*件|附\s*表|抄\s*送|印\s*发")


def top(lines: Sequence[Line]) -> Sequence[Line]:
    """Return the lines above the addressees and the text."""
    for index, line in enumerate(lines[:_LINES_ABOVE]):
        if not is_header(line) and not is_debris(line.plain) and _begins_text(line):
            return lines[:index]
    return lines[:_LINES_ABOVE]


def _begins_text(line: Line) -> bool:
    text = line.plain
    return bool(
        "。" in text
        or len(text) > _LONGEST
        or _ADDRESSEES.fullmatch(text)
        or _SECTION.match(text)
    )


def title(heading: Sequence[Line]) -> tuple[str, str] | None:
    """Return the title above the text and where it stands."""
    for first in range(len(heading)):
        for count in range(min(_MOST_LINES, len(heading) - first), 0, -1):
            parts = heading[first : first + count]
            if all(map(_may_be_title, parts)) and _is_title(parts):
                labels = dict.fromkeys(part.label for part in parts)
                return "".join(part.text for part in parts), "、".join(labels)
    return None


def enclosed_title(lines: Sequence[Line]) -> tuple[str, str] | None:
    """Return the title of what is issued with a letter that has none itself."""
    signed = signature(lines, 0)
    after = signed.index + 1 if signed else len(lines)
    for line in lines[after : after + _LINES_BETWEEN]:
        if _ANNEX.match(line.plain):
            return None
        if _may_be_title(line) and _TITLE.fullmatch(line.plain):
            return line.text, f"{line.label}（所印发文件的标题）"
    return None


def _is_title(parts: Sequence[Line]) -> bool:
    """Whether these lines together are a title, and fewer are not."""
    texts = [part.plain for part in parts]
    whole = "".join(texts)
    if len(parts) == 1:
        shown = parts[0].kind == "title" and not AGENCY.fullmatch(whole)
        return bool(_TITLE.fullmatch(whole)) or (shown and _is_phrase(whole))
    if not all(map(_is_phrase, texts)) or not _TITLE.fullmatch(whole):
        return False
    if AGENCY.fullmatch(texts[0]):
        return texts[1].startswith("关于")
    return all(
        texts[count].startswith("的") or not _TITLE.fullmatch("".join(texts[:count]))
        for count in range(1, len(texts))
    )


def _is_phrase(text: str) -> bool:
    return _PHRASE.fullmatch(text) is not None


def _may_be_title(line: Line) -> bool:
    text = line.plain
    return not (
        len(text) > _LONGEST
        or is_header(line)
        or is_debris(text)
        or _HEAD.fullmatch(text)
        or DATE_LINE.fullmatch(text)
    )
