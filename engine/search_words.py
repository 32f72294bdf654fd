"""A text as the search reads it: runs of letters and digits, in pairs of characters.

Pairs find every part of a Chinese text, names and places too, where a dictionary cuts
some of them wrong. Both databases are given the same words and answer alike.
"""

import re
import unicodedata
from collections.abc import Iterator

#: What is looked for at once; the rest of a longer query is left out.
MOST_WORDS = 8
LONGEST_WORD = 50

#: A passage has at most so many characters: PostgreSQL keeps 256 places of a word.
_PASSAGE = 240

_RUN = re.compile(r"[^\W_]+")


def normal(text: str) -> tuple[str, list[int]]:
    """Return a text in one width and case, and where each character came from."""
    said: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        for each in unicodedata.normalize("NFKC", character).casefold():
            said.append(each)
            places.append(place)
    return "".join(said), places


def words_of(text: str) -> list[str]:
    """Return the words under which a text is found.

    The last character of a run stands alone as well: each character begins a word,
    and no two runs follow one another without one between them.
    """
    found: list[str] = []
    for run in _RUN.findall(normal(text)[0]):
        found += [run[n : n + 2] for n in range(len(run) - 1)]
        found.append(run[-1])
    return found


def asked(query: str) -> list[str]:
    """Return what a query looks for: its runs, each to be found as it stands."""
    runs = _RUN.findall(normal(query)[0])
    return list(dict.fromkeys(run[:LONGEST_WORD] for run in runs))[:MOST_WORDS]


def number_key(text: str) -> str:
    """Return a number as it is compared: whatever brackets somebody types."""
    return "-".join(_RUN.findall(normal(text)[0]))[:80]


def fts5(run: str) -> str:
    """Return SQLite's question for a run of characters."""
    if len(run) == 1:
        return f'"{run}"*'
    return '"' + " ".join(_pairs(run)) + '"'


def tsquery(run: str) -> str:
    """Return PostgreSQL's question for a run of characters."""
    if len(run) == 1:
        return f"'{run}':*"
    return " <-> ".join(f"'{pair}'" for pair in _pairs(run))


def passages(text: str) -> Iterator[str]:
    """Cut a text where no run is cut, or so that a run is whole in one of two."""
    for line in text.splitlines():
        rest = " ".join(line.split())
        while len(rest) > _PASSAGE:
            end = _end(rest)
            yield rest[:end].strip()
            # A run without an end is found across the cut.
            rest = rest[end if not _within_run(rest, end) else end - LONGEST_WORD :]
        if rest.strip():
            yield rest.strip()


def marked(text: str, runs: list[str]) -> list[tuple[str, bool]]:
    """Part a text at what was looked for; the second says whether it was."""
    said, places = normal(text)
    hits = [
        (places[found.start()], places[found.end() - 1] + 1)
        for run in runs
        for found in re.finditer(re.escape(run), said)
    ]
    parts: list[tuple[str, bool]] = []
    end = 0
    for start, stop in sorted(hits):
        if stop <= end:
            continue
        begin = max(start, end)
        if begin > end:
            parts.append((text[end:begin], False))
        parts.append((text[begin:stop], True))
        end = stop
    if end < len(text):
        parts.append((text[end:], False))
    return parts


def _pairs(run: str) -> list[str]:
    return [run[n : n + 2] for n in range(len(run) - 1)]


def _end(text: str) -> int:
    """Return where a passage ends: after the last sign that is no letter."""
    for place in range(_PASSAGE, _PASSAGE // 2, -1):
        if not _within_run(text, place):
            return place
    return _PASSAGE


def _within_run(text: str, place: int) -> bool:
    return bool(_RUN.match(text[place - 1]) and _RUN.match(text[place]))
