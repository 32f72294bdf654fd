"""What a website or an editor left in a text and no document has."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engine.content.blocks import Block


@dataclass(frozen=True, slots=True)
class Debris:
    """A stretch of a block that does not belong to the document."""

    #: Which of the blocks, and the characters in it.
    index: int
    start: int
    end: int
    message: str


_BOOKMARK = re.compile(r"\[bookmark: [^\]\n]{1,60}\]")
#: Beginnings of lines by which a reader finds the way on a website.
_NAVIGATION = re.compile(
    r"您?(?:的|现在的)?当前的?位置\s*[:：>]|您(?:现在)?(?:的|所在的?)位置\s*[:：>是]"
    r"|首页\s*[>＞»›]|上一[篇条]\s*[:：]|下一[篇条]\s*[:：]|[【\[]字[体号]\s*[:：]"
    r"|[【\[]?打印本[页文]|[【\[]打印[】\]]|[【\[]?关闭(?:窗口|本页)|分享到\s*[:：]?"
    r"|(?:浏览|点击|阅读|访问)(?:次数|量|数)\s*[:：]|返回(?:顶部|首页)\s*$|收藏本[页站]"
    r"|扫一扫.{0,12}(?:打开|关注|分享|手机|微信)|相关(?:链接|阅读|文章)\s*[:：]?\s*$"
    r"|图片链接\s*[:：]|附件下载\s*[:：]?\s*$"
)
#: What stands at the foot of an agency's website.
_FOOTER = re.compile(
    r"ICP备\s*\d|公网安备\s*\d|网站标识码\s*[:：]?\s*\w{8}|版权所有(?![权者])|Copyright"
)
_LONGEST = 300
_PAGE = re.compile(
    r"第\s*\d{1,4}\s*页(?:\s*[,，/]?\s*共\s*\d{1,4}\s*页)?"
    r"|[-—–－·]{1,2}\s*\d{1,4}\s*[-—–－·]{1,2}"
)
_BARE_NUMBER = re.compile(r"\d{1,4}")
#: Pages that a file has itself carry their numbers by right.
_OWN_PAGE = re.compile(r"第 ?\d+ ?页")
#: A number between shorter lines is a figure of a table.
_SHORTEST_LINE = 15

_OF_WEBSITE = "网页的导航或页脚，不是文件正文，建议删去"
_OF_EDITOR = "编辑软件留下的书签记号，建议删去"
_OF_PAGES = "转换文件时留下的页码，建议删去"


def is_debris(line: str) -> bool:
    """Whether a line is the way through a website or its foot."""
    if len(line) > _LONGEST or "。" in line:
        return False
    return bool(_NAVIGATION.match(line) or _FOOTER.search(line))


def debris(blocks: Sequence[Block]) -> Iterator[Debris]:
    """Find what is left in the blocks that a reader sees."""
    running = [block for block in blocks if block.kind not in ("cell", "aside")]
    pages = _numbers_of_pages(running)
    for index, block in enumerate(blocks):
        if block.address in pages:
            yield Debris(index, 0, len(block.text), _OF_PAGES)
            continue
        at = 0
        for line in block.text.splitlines(keepends=True):
            yield from _of_line(index, at, line)
            at += len(line)


def _of_line(index: int, at: int, line: str) -> Iterator[Debris]:
    stripped = line.strip()
    if is_debris(stripped):
        start = at + len(line) - len(line.lstrip())
        yield Debris(index, start, start + len(stripped), _OF_WEBSITE)
        return
    for match in _BOOKMARK.finditer(line):
        yield Debris(index, at + match.start(), at + match.end(), _OF_EDITOR)


def _numbers_of_pages(blocks: Sequence[Block]) -> set[str]:
    """Return the addresses of the blocks that are a page's number and no more."""
    found = set()
    for index, block in enumerate(blocks):
        text = block.text.strip()
        if _OWN_PAGE.match(block.label):
            continue
        if _PAGE.fullmatch(text) or (
            _BARE_NUMBER.fullmatch(text) and _parts_text(blocks, index)
        ):
            found.add(block.address)
    return found


def _parts_text(blocks: Sequence[Block], index: int) -> bool:
    """Whether a line stands between lines of running text, or below the last one."""
    around = [*blocks[index - 1 : index], *blocks[index + 1 : index + 2]]
    return index > 0 and all(len(each.text) >= _SHORTEST_LINE for each in around)
