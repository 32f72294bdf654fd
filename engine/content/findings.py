"""What a clerk should look at before a document is published, place by place.

Nothing is decided here. A finding says where and what it is, and what could be done.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from engine.content import mangled, personal_data
from engine.content.blocks import Block, Reading
from engine.content.checks import secrecy
from engine.content.checks.debris import debris
from engine.content.checks.garbled import Span, Stretch, Taken, stretches
from engine.content.checks.lines import has_running_text
from engine.content.checks.stream import Stream
from engine.content.recognition import recognise

Suggestion = Literal["redact", "repair", "explain", "look"]


@dataclass(frozen=True)
class Finding:
    """One thing to look at; it never holds the value that was found."""

    code: str
    #: The block and the characters in it; "", 0 and 0 for the file as a whole.
    address: str
    start: int
    end: int
    #: The place in words, and what it is in a sentence.
    label: str
    message: str
    suggestion: Suggestion
    #: What would stand in its place: the masked form, or the corrected text.
    replacement: str = ""
    #: The text around, with a mask in the place of each value.
    context: str = ""


#: By which rule a value may stay in public, and the rule's name on screen.
EXCEPTIONS: Mapping[str, str] = {
    "punitive_publication": "惩戒性公示（行政处罚法第48条）",
    "mandatory_disclosure": "法定强制性信息披露（个人信息保护法第13条第1款第3项）",
    "statutory_list": "法定公示名单（政府信息公开条例第20条）",
    "public_contact": "单位对外联系方式（政府信息公开条例第20条第2项）",
    "credit_code": "法人统一社会信用代码（不是个人信息）",
}
#: A person's identity number, telephone, card and home are excused by none.
_EXCUSED: Mapping[str, frozenset[str]] = {
    "punitive_publication": frozenset({"credit_code", "vehicle_plate"}),
    "mandatory_disclosure": frozenset({"credit_code", "landline", "email"}),
    "statutory_list": frozenset({"credit_code", "vehicle_plate"}),
    "public_contact": frozenset({"landline", "email"}),
    "credit_code": frozenset({"credit_code"}),
}


def excuses(exception: str, code: str) -> bool:
    """Whether an exception lets what a finding of this code found stay in full."""
    return code in _EXCUSED.get(exception, frozenset())


_WHOLE_FILE = "整个文件"
_STOP = (
    "有国家秘密的标志。涉密文件不得在非涉密信息系统里存储、处理（保守国家秘密法第31条"
    "第3项）：停止办理，不转发、不下载，报告本单位保密工作机构"
)
_UNREAD = "这里没有检查，未检查不等于没有，要由人看"
_GARBLED = {
    mangled.MISREAD_BYTES: "转码时读错的字，按原来的编码可以还原，改后对照原件",
    mangled.LOST_CHARACTERS: "转码时丢了字，□ 处由人对照原件补写",
    mangled.INVISIBLE_CHARACTERS: "看不见的字符，建议删去",
}
_STRAY = "简体文件里的繁体字。是姓名、书名、地名用字就保留"
#: Fewer half-width signs between Chinese characters are a slip of the pen.
_MANY_SIGNS = 3
_HALF_WIDTH = "half_width_punctuation"
_MISSING = {
    "missing_title": ("title", "没有认出标题。有的，写明在哪里；没有的，写明原因"),
    "missing_document_number": (
        "document_number",
        "没有认出本文件自己的文号，引用的文号不算。已经编号的写明文号，没有的写明原因",
    ),
    "missing_date": (
        "written_on",
        "没有认出成文日期。有的，写明在哪里；没有的，写明原因",
    ),
    "missing_issuer": (
        "issuer",
        "没有认出发文机关。有的，写明在哪里；没有的，写明原因",
    ),
}

#: How much of the text around a finding is shown, and of a long proposal.
_AROUND = 20
_SHOWN = 30
_LEFT_OUT = "［此处］"


def check(reading: Reading) -> tuple[Finding, ...]:
    """Return the findings of a file by place, those of the whole file last."""
    text = _Text(reading)
    marks = list(secrecy.marks(text.stream))
    left = list(debris(text.visible))
    leftover = [text.span(each.index, each.start, each.end) for each in left]
    taken = Taken([*text.values_spans, *marks, *leftover])
    found = [
        *_values(text),
        *(text.finding("secret_mark", mark, _STOP, "look") for mark in marks),
        *(
            text.finding("page_debris", span, each.message, "repair")
            for each, span in zip(left, leftover, strict=True)
        ),
        *_garbled(text, taken),
    ]
    order = {block.address: index for index, block in enumerate(reading.blocks)}
    found.sort(key=lambda each: (order[each.address], each.start, -each.end))
    return (*found, *_whole_file(reading, text.seen))


def _stream(reading: Reading) -> Stream:
    hidden = [block for block in reading.blocks if block.hidden]
    return Stream([*reading.visible, *hidden])


class _Text:
    """A file's text as one stream: what is seen first, then what is hidden."""

    def __init__(self, reading: Reading) -> None:
        self.visible = reading.visible
        self.stream = _stream(reading)
        self.seen = "\n".join(block.text for block in self.visible)
        self.values = personal_data.find(self.stream)
        self.values_spans = [(value.start, value.end) for value in self.values]
        self._shown = self._masked()

    def span(self, index: int, start: int, end: int) -> Span:
        """Return where a stretch of a block lies in the stream."""
        begin = self.stream.starts[index]
        return begin + start, begin + end

    def finding(
        self,
        code: str,
        span: Span,
        message: str,
        suggestion: Suggestion,
        replacement: str = "",
    ) -> Finding:
        """Make a finding of a stretch of the stream."""
        block, begin = self.stream.block_at(span[0])
        return Finding(
            code=code,
            address=block.address,
            start=span[0] - begin,
            end=span[1] - begin,
            label=block.label,
            message=message,
            suggestion=suggestion,
            replacement=replacement,
            context=self._context(block, begin, span, replacement),
        )

    def _context(self, block: Block, begin: int, span: Span, replacement: str) -> str:
        """Return the text around, in which each value is masked."""
        start, end = span
        finish = begin + len(block.text)
        before = self._shown[max(begin, start - _AROUND) : start]
        after = self._shown[end : min(finish, end + _AROUND)]
        shown = replacement[:_SHOWN] + "…" * (len(replacement) > _SHOWN)
        parts = (
            "…" * (start - _AROUND > begin),
            f"{before}{shown or _LEFT_OUT}{after}".replace("\n", " "),
            "…" * (end + _AROUND < finish),
        )
        return "".join(parts)

    def _masked(self) -> str:
        parts, end = [], 0
        for value in self.values:
            parts += [self.stream.text[end : value.start], value.replacement]
            end = value.end
        return "".join(parts) + self.stream.text[end:]


def _values(text: _Text) -> Iterator[Finding]:
    for value in text.values:
        span = value.start, value.end
        yield text.finding(
            value.code, span, value.message, value.suggestion, value.replacement
        )


def _garbled(text: _Text, taken: Taken) -> Iterator[Finding]:
    repair = mangled.repair(text.seen)
    for stretch in stretches(text.seen, repair.places, taken):
        span = stretch.start, stretch.end
        message = _GARBLED.get(stretch.code) or _converted(stretch)
        yield text.finding(stretch.code, span, message, "repair", stretch.replacement)
    for place in repair.left:
        if not taken.meets(place.start, place.end):
            span = place.start, place.end
            yield text.finding(place.code, span, _STRAY, "look", place.replacement)


def _converted(stretch: Stretch) -> str:
    counts = f"{stretch.characters} 个繁体字"
    if stretch.pronunciations:
        counts += f"，其中 {stretch.pronunciations} 个带拼音括号"
    return f"这里有{counts}，是转码时留下的，建议改回简体"


def _whole_file(reading: Reading, seen: str) -> Iterator[Finding]:
    narrow = mangled.half_width_punctuation(seen)
    if narrow >= _MANY_SIGNS:
        message = f"汉字之间有 {narrow} 处半角标点，看要不要改成全角"
        yield _of_file(_HALF_WIDTH, message, "look")
    for code, sentence in reading.traits:
        yield _of_file(code, sentence, "redact")
    for place in reading.unread:
        yield _of_file("unread", f"{place}：{_UNREAD}", "look", place)
    if has_running_text(reading):
        said = recognise(reading).sources
        for code, (field, message) in _MISSING.items():
            if field not in said:
                yield _of_file(code, message, "explain")


def _of_file(
    code: str, message: str, suggestion: Suggestion, label: str = _WHOLE_FILE
) -> Finding:
    return Finding(code, "", 0, 0, label, message, suggestion)
