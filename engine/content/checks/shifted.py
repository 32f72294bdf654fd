"""GBK bytes that were read out of step, brought back into step.

A page put pronunciations into traditional text byte by byte. Where it hit half of a
character, that byte was spoilt, a question mark stands in its place, and what follows
was read as pairs of the wrong bytes: ?。ㄒ唬┻M was 　（一）進. The bytes are still
there; they are put together again, with the one that is missing.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from engine.content.checks.characters import HANZI, is_hanzi, oddity
from engine.content.checks.gbk import character, pair_of
from engine.content.checks.witness import NARROWED, Witness

#: Where characters are missing that a person has to type.
GAP = "□"
#: What stands in the place of a spoilt byte.
MARKS = "?\ufffd"

#: A pronunciation in brackets; each has a mark of its tone.
_LETTERS = "a-zêāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜ"
_TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ"
_SYLLABLE = f"(?=[a-zü]*[{_TONED}])[{_LETTERS}]{{1,6}}"
ANNOTATION = re.compile(rf"[(（]({_SYLLABLE})[)）]")
_ANNOTATED = re.compile(rf"([{HANZI}]){ANNOTATION.pattern}")
#: The opening bracket went with the spoilt byte.
_REST_OF_ANNOTATION = re.compile(rf"({_SYLLABLE})[)）]")
#: Characters that such pages annotate, for texts that have them nowhere whole.
_COMMON = (
    "務wù發fā業yè關guān監jiān網wǎng區qū應yīng設shè責zé內nèi預yù規guī結jié經jīng權quán執zhí"
    "產chǎn質zhì領lǐng導dǎo衛wèi現xiàn統tǒng數shù據jù鄉xiāng聯lián構gòu創chuàng醫yī災zāi農nóng"
    "學xué調diào環huán訓xùn礎chǔ態tài續xù協xié絡luò穩wěn風fēng優yōu養yǎng轉zhuǎn習xí單dān"
)

#: With which byte a line's first sign begins, by the byte that is left of it.
_LEADS = {
    pair[1]: pair[0]
    for sign in "\u3000（“‘《〈〔【「『"
    if (pair := sign.encode("gb18030"))
}
#: No character begins with it.
_UNKNOWN = 0xFF
#: The second half of a traditional character may be one of these; there the reading
#: falls into step again.
_LETTER_HALF = re.compile(r"[@-~]")
#: Longer than any stretch that anybody can check.
_LONGEST = 120


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch that was read out of step, and what it says."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class _Spoilt:
    """Bytes from a spoilt one up to where the reading falls into step again."""

    start: int
    #: Where the misread characters begin, and where they end.
    begin: int
    end: int
    data: bytes
    #: Whether the second half of the last character is known.
    whole: bool
    #: Whether a torn pronunciation proves that something was spoilt.
    proven: bool


class ShiftedText:
    """A text, parts of which may have been read out of step."""

    def __init__(self, text: str) -> None:
        self._text = text

    def runs(self) -> Iterator[Run]:
        """Find the stretches and what they say."""
        end = 0
        for match in re.finditer(f"[{MARKS}]", self._text):
            spoilt = self._follow(match.start()) if match.start() >= end else None
            run = self._read(spoilt) if spoilt else None
            if run:
                end = run.end
                yield run

    @cached_property
    def _pronounced(self) -> Mapping[str, set[bytes]]:
        """The characters that are annotated, by pronunciation."""
        found: dict[str, set[bytes]] = {}
        common = re.findall(rf"([{HANZI}])([^{HANZI}]+)", _COMMON)
        for char, syllable in (*common, *_ANNOTATED.findall(self._text)):
            pair = pair_of(char)
            if pair:
                found.setdefault(syllable, set()).add(pair)
        return found

    @cached_property
    def _witness(self) -> Witness:
        return Witness(ANNOTATION.sub("", self._text))

    def _second_byte(self, syllable: str, first: int) -> int | None:
        """Return the second byte of the one character that begins with the first."""
        pairs = self._pronounced.get(syllable, ())
        seconds = [pair[1] for pair in pairs if pair[0] == first]
        return seconds[0] if len(seconds) == 1 else None

    def _follow(self, start: int) -> _Spoilt | None:
        """Collect the bytes that follow a mark; None if it is a plain question."""
        torn = _REST_OF_ANNOTATION.match(self._text, start + 1)
        begin = torn.end() if torn else start + 1
        if torn:
            lead = self._torn_lead(start, torn[1])
        else:
            first = _misread_pair(self._text[begin : begin + 1])
            lead = _LEADS.get(first[0]) if first else None
        if lead is None:
            return None
        data = bytearray((lead,))
        at = begin
        while at - begin < _LONGEST and (
            pair := _misread_pair(self._text[at : at + 1])
        ):
            data += pair
            at += 1
        last, end = self._ending(at, data[-1])
        whole, proven = bool(last), torn is not None
        return _Spoilt(start, begin, end, bytes(data) + last, whole, proven)

    def _torn_lead(self, start: int, syllable: str) -> int | None:
        """Return the spoilt byte: 家?guī)旖 was 家庫, in which the page saw a 規."""
        before = pair_of(self._text[start - 1]) if start else None
        lead = self._second_byte(syllable, before[1]) if before else None
        return _UNKNOWN if lead is None else lead

    def _ending(self, at: int, first: int) -> tuple[bytes, int]:
        """Return the last character's second half, if it is known, and the end."""
        char = self._text[at : at + 1]
        if _LETTER_HALF.match(char):
            return char.encode(), at + 1
        if not char or char not in MARKS:
            return b"", at
        torn = _REST_OF_ANNOTATION.match(self._text, at + 1)
        if torn is None:
            return b"", at + 1
        second = self._second_byte(torn[1], first)
        return b"" if second is None else bytes((second,)), torn.end()

    def _read(self, spoilt: _Spoilt) -> Run | None:
        """Read the bytes in step; None where that makes nothing better."""
        data = spoilt.data
        pairs = [data[at : at + 2] for at in range(0, len(data) - 1, 2)]
        chars = [character(pair) or GAP for pair in pairs]
        misread = [oddity(char) for char in self._text[spoilt.begin : spoilt.end]]
        if not spoilt.proven and not _is_better(misread, list(map(oddity, chars))):
            return None
        read = "".join(self._believed(pairs, chars))
        if not spoilt.whole:
            read += GAP
        annotation = ANNOTATION.match(self._text, spoilt.end)
        end = annotation.end() if annotation else spoilt.end
        return Run(spoilt.start, end, re.sub(f"{GAP}+", GAP, read))

    def _believed(self, pairs: list[bytes], chars: list[str]) -> Iterator[str]:
        """Put a gap where what was read cannot be, or is doubted by the text itself."""
        for at, char in enumerate(chars):
            before, after = "".join(chars[at - 1 : at]), "".join(chars[at + 1 : at + 2])
            if oddity(char) == 2 or (
                is_hanzi(char) and self._witness.doubts(before, pairs[at], after)
            ):
                yield GAP
            else:
                yield char


def _misread_pair(char: str) -> bytes | None:
    """Return the bytes of a misread character; None where the misreading ends."""
    if char and char in NARROWED:
        # A full-width sign, made half-width after it had been read.
        return bytes((0xA3, ord(char) | 0x80))
    return pair_of(char) if char and not char.isascii() else None


def _is_better(misread: list[int], read: list[int]) -> bool:
    """Whether oddities became ordinary characters, or most of them did."""
    gaps = read.count(2)
    return (
        2 in misread and 2 * gaps <= len(read) and sum(misread) > sum(read) - 2 * gaps
    )
