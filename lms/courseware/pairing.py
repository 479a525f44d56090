"""Which part of an old version is which of the new one: told by text, never by place.

The instructor sees every pair before anything is counted: "14 hari" and "15 hari" are
alike, and mean something else.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from lms.courseware.sanitize import plain

ALIKE = 0.75  # the least likeness of two texts that may be the same part
MARGIN = 0.1  # how much more alike than any other pair of either
LONGEST = 400  # letters compared; an option is seldom longer
_IMAGE = re.compile(r'<img\b[^>]*?\balt="([^"]*)"[^>]*>')


@dataclass(frozen=True, slots=True)
class Pair:
    """An old part and the new one it became.

    new       None = undecided: no new text is clearly the same
    is_exact  word for word, white space and capitals aside
    """

    old: int
    new: int | None
    old_text: str
    new_text: str
    is_exact: bool


def words(markup: str) -> str:
    """Return what clean HTML says, pictures by their description; spaces folded."""
    return plain(_IMAGE.sub(r" \1 ", markup))


def pairs(old: Mapping[int, str], new: Mapping[int, str]) -> tuple[Pair, ...]:
    """Pair old parts with new ones.

    old, new  number -> text, as `words` gives it
    returns   one for every old part, in the order of their numbers
    """
    same = _exact(old, new)
    rest_old = {n: t for n, t in old.items() if n not in same}
    taken = set(same.values())
    rest_new = {n: t for n, t in new.items() if n not in taken}
    close = _close(rest_old, rest_new)
    return tuple(
        Pair(
            number,
            found := same.get(number, close.get(number)),
            text,
            new[found] if found is not None else "",
            number in same,
        )
        for number, text in sorted(old.items())
    )


def numbers(found: tuple[Pair, ...]) -> dict[int, int]:
    """Return old number -> new number of what was decided."""
    return {pair.old: pair.new for pair in found if pair.new is not None}


def _exact(old: Mapping[int, str], new: Mapping[int, str]) -> dict[int, int]:
    """Pair texts that are the same and stand on each side once."""
    by_text: dict[str, list[int]] = {}
    for number, text in new.items():
        by_text.setdefault(_bare(text), []).append(number)
    times = Counter(_bare(text) for text in old.values())
    return {
        number: by_text[bare][0]
        for number, text in old.items()
        if times[bare := _bare(text)] == 1 and len(by_text.get(bare, ())) == 1
    }


def _close(old: Mapping[int, str], new: Mapping[int, str]) -> dict[int, int]:
    """Pair texts that are the best for each other, by a margin on both sides."""
    alike = {
        (o, n): likeness(text, other)
        for o, text in old.items()
        for n, other in new.items()
    }
    found = {}
    for (o, n), score in alike.items():
        rivals = [s for (a, b), s in alike.items() if (a == o) != (b == n)]
        if score >= ALIKE and score >= max(rivals, default=0.0) + MARGIN:
            found[o] = n
    return found


def likeness(one: str, other: str) -> float:
    """Return how alike two texts are, from 0 to 1."""
    a, b = _bare(one)[:LONGEST], _bare(other)[:LONGEST]
    if not a or not b:
        return 0.0
    # The matcher is not symmetric: the order of its arguments must not decide.
    a, b = sorted((a, b))
    return SequenceMatcher(None, a, b, autojunk=False).ratio()


def _bare(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
