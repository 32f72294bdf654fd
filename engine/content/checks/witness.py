"""What a text says elsewhere, as a witness for what was read of its bytes."""

from engine.content.checks.gbk import character, is_dropped, pair_of

#: Full-width signs and the half-width ones that pages write for them.
NARROWED = ",:;()!"
_TO_NARROW = str.maketrans("，：；（）！", NARROWED)


class Witness:
    """The neighbours that characters of a text have.

    Some pairs of bytes are no character, and programs drop them without a trace. Then
    the bytes before and after make a character that was never there. Such a character
    is not believed if the text elsewhere has two characters that fit around the gap,
    beside the same neighbours.
    """

    def __init__(self, text: str) -> None:
        text = text.translate(_TO_NARROW)
        self._known = {text[at : at + 2] for at in range(len(text) - 1)}
        self._around: dict[bytes, list[str]] = {}
        for known in self._known:
            first, second = pair_of(known[0]), pair_of(known[1])
            if first and second and is_dropped(first[1:] + second[:1]):
                outer = first[:1] + second[1:]
                self._around.setdefault(outer, []).append(known)

    def doubts(self, before: str, pair: bytes, after: str) -> bool:
        """Whether two other characters are likelier here than the one of this pair."""
        char = character(pair) or ""
        before, after = before.translate(_TO_NARROW), after.translate(_TO_NARROW)
        if before + char in self._known or char + after in self._known:
            return False
        return any(
            before + other[0] in self._known or other[1] + after in self._known
            for other in self._around.get(pair, ())
        )
