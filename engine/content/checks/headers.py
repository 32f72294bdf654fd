"""The header that a website puts above a document: 索引号, 文号, 生成日期 …"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from engine.content.checks.lines import Line

#: The words of a header, and which field each fills; None: it ends the one before.
_WORDS: Mapping[str, str | None] = {
    "索引号": "index_number",
    **dict.fromkeys(("文号", "发文字号", "公文字号"), "document_number"),
    "生成日期": "formed_on",
    "成文日期": "written_on",
    **dict.fromkeys(("发布机构", "发文机关", "制发机关", "发文单位"), "issuer"),
    **dict.fromkeys(("内容分类", "主题分类", "信息分类", "信息类别"), "category"),
    **dict.fromkeys(("标题", "名称", "文件名称", "信息名称"), "title"),
    **dict.fromkeys(
        ("公开方式", "公开属性", "公开类别", "公开形式", "信息公开选项"),
        "attribute_mark",
    ),
    **dict.fromkeys(("责任部门", "发布日期", "发布时间", "信息来源", "来源")),
    **dict.fromkeys(("有效性", "效力状态", "生效日期", "废止日期", "失效日期")),
    **dict.fromkeys(("体裁", "体裁分类", "文种", "语种", "主题词", "关键词")),
    **dict.fromkeys(("公开时限", "公开范围", "服务对象")),
}
_SPACED = {word: r"\s*".join(word) for word in sorted(_WORDS, key=len, reverse=True)}
_WORD = re.compile(
    rf"(?:(?<=\s)|^)({'|'.join(_SPACED.values())})\s*(?:[:：]\s*|(?=\s)\s*|$)"
)


@dataclass(frozen=True, slots=True)
class Stated:
    """A value that a header states, and where."""

    field: str
    value: str
    label: str


def is_header(line: Line) -> bool:
    """Whether a line belongs to a website's header."""
    return _WORD.match(line.plain) is not None


def header(lines: Sequence[Line]) -> Iterator[Stated]:
    """Yield what the lines state as a header does."""
    for index, line in enumerate(lines):
        parts = _WORD.split(line.text)
        for spaced, rest in zip(parts[1::2], parts[2::2], strict=True):
            word = re.sub(r"\s", "", spaced)
            value = rest.strip() or _next(lines, index)
            field = _WORDS[word]
            if field and value:
                yield Stated(field, value, f"{line.label}“{word}”")


def _next(lines: Sequence[Line], index: int) -> str:
    """Return what stands in the next cell of the row, or on the next line."""
    line, following = lines[index], lines[index + 1 : index + 2]
    if not following or following[0].row != line.row or is_header(following[0]):
        return ""
    return following[0].text
