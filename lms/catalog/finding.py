"""Which courses hold the words somebody typed, misspelt ones included."""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import bindparam, select

from lms.db import db

from . import words
from .models import SearchSpelling
from .shelf import Shelf

MOST_WORDS = 8  # of a search that are looked for
MOST_ENDINGS = 30  # words of the index that a word just begun may become
SHORTEST_BEGINNING = 2  # letters
# How much a word counts that is there as typed, as the beginning of one, as another
# that was probably meant.
AS_TYPED, AS_BEGINNING, AS_MEANT = 4, 2, 3

_SPELLINGS = (
    select(SearchSpelling.term)
    .where(SearchSpelling.variant.in_(bindparam("variants", expanding=True)))
    .distinct()
)


Tier = tuple[int, int]  # a score, the courses that have it


@dataclass(frozen=True, slots=True)
class Found:
    """The answer to words.

    courses     all that hold every word
    words       for each word its tiers, best first; a course is in one of them
    understood  the words, where one was read as another; "" = as typed
    """

    courses: int
    words: tuple[tuple[Tier, ...], ...] = ()
    understood: str = ""

    def ranked(self, courses: int) -> list[int]:
        """Return the sets of `courses` that say equally much, most telling first."""
        scores = {0: courses}
        for tiers in self.words:
            summed: dict[int, int] = {}
            for score, before in scores.items():
                for more, here in tiers:
                    if both := before & here:
                        summed[score + more] = summed.get(score + more, 0) | both
            scores = summed
        return [scores[score] for score in sorted(scores, reverse=True)]


def find(shelf: Shelf, text: str) -> Found:
    """Return the courses that hold every telling word of `text`.

    The last word may be the beginning of one. A word that no course has is read as
    the words of courses it may be a misspelling of.
    """
    typed = list(dict.fromkeys(words.telling(text)))[:MOST_WORDS]
    if not typed:
        return Found(0)
    exact = shelf.look_up(map(words.stem, typed))
    courses = shelf.everything
    held: list[tuple[Tier, ...]] = []
    understood: dict[str, str] = {}
    for word in typed:
        stems = {words.stem(word): AS_TYPED} if words.stem(word) in exact else {}
        if word == typed[-1]:
            stems = _endings(shelf, word) | stems
        if not stems:
            meant = _meant(word)
            stems = {words.stem(other): AS_MEANT for other in meant}
            if meant:
                understood[word] = meant[0]
        held.append(_tiers(shelf, stems))
        courses &= sum(here for _score, here in held[-1])
        if not courses:
            break
    return Found(courses, tuple(held), _said(text, understood))


def _tiers(shelf: Shelf, stems: dict[str, int]) -> tuple[Tier, ...]:
    """Return the tiers of one word, of which a course's best stem counts."""
    scores: dict[int, int] = {}
    for stem, posting in shelf.look_up(stems).items():
        for weight, courses in posting.items():
            score = weight * stems[stem]
            scores[score] = scores.get(score, 0) | courses
    tiers, seen = [], 0
    for score in sorted(scores, reverse=True):
        if here := scores[score] & ~seen:
            tiers.append((score, here))
            seen |= here
    return tuple(tiers)


def _endings(shelf: Shelf, beginning: str) -> dict[str, int]:
    """Return the stems of words that begin so."""
    if len(beginning) < SHORTEST_BEGINNING:
        return {}
    at = bisect_left(shelf.spoken, beginning)
    near = shelf.spoken[at : at + MOST_ENDINGS]
    return {
        words.stem(word): AS_BEGINNING for word in near if word.startswith(beginning)
    }


def _meant(word: str) -> list[str]:
    """Return the words of the index nearest to a misspelt one, all equally near.

    Two mistakes are found when at most one letter is missing or changed: the index
    leaves out one letter of its words, the search up to two of the typed one.
    """
    forgiven = words.mistakes_forgiven(word)
    if not forgiven:
        return []
    asked = {"variants": sorted(words.variants(word, forgiven))}
    near: dict[str, int] = {}
    for other in db.session.connection().execute(_SPELLINGS, asked).scalars():
        far = words.distance(word, other)
        if other and far <= forgiven:
            near[other] = far
    nearest = min(near.values(), default=0)
    return sorted((o for o in near if near[o] == nearest), key=_likeness(word))


def _likeness(word: str):
    """Order by the same first letter, then by length, then by letters."""
    return lambda other: (other[0] != word[0], abs(len(other) - len(word)), other)


def _said(text: str, understood: dict[str, str]) -> str:
    """Return the search as it was understood; "" when it was as typed."""
    if not understood:
        return ""
    return " ".join(understood.get(word, word) for word in words.words(text))


def shorter(text: str) -> Iterable[tuple[str, str]]:
    """Yield each telling word and the search without it, where others remain."""
    typed = list(dict.fromkeys(words.telling(text)))[:MOST_WORDS]
    if len(typed) > 1:
        for word in typed:
            yield word, " ".join(other for other in typed if other != word)
