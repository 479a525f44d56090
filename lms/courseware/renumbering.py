"""Answers and keys of one version of a question in the numbers of another. Pure.

Numbers of options, pairs and gaps mean something inside one version only. What cannot
be told for sure is undecided, and an undecided answer keeps its score.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lms.courseware import grading, pairing
from lms.courseware.pairing import Pair

Body = Mapping[str, Any]
AROUND = 60  # letters on each side of a gap by which it is known


class Undecided(Exception):
    """A part of the answer has no counterpart that is sure."""


@dataclass(frozen=True, slots=True)
class Parts:
    """How the numbered parts of two versions belong together.

    gap_options  old number of a gap -> the pairs of its choices
    added        how many new parts have no old one: new options, pairs or gaps
    """

    options: tuple[Pair, ...] = ()
    left: tuple[Pair, ...] = ()
    gaps: tuple[Pair, ...] = ()
    gap_options: Mapping[int, tuple[Pair, ...]] | None = None
    added: frozenset[tuple[str, int]] = frozenset()

    @property
    def all(self) -> tuple[Pair, ...]:
        """Every pair, those a person reads through before counting again."""
        choices = self.gap_options or {}
        return (*self.options, *self.left, *self.gaps,
                *(pair for found in choices.values() for pair in found))  # fmt: skip

    @property
    def is_whole(self) -> bool:
        """Every part of either version has its counterpart."""
        return not self.added and all(pair.new is not None for pair in self.all)


def parts(old: Body, new: Body) -> Parts:
    """Pair the options, left sides and gaps of two question bodies."""
    options = pairing.pairs(_texts(old, "options"), _texts(new, "options"))
    left = pairing.pairs(_texts(old, "left"), _texts(new, "left"))
    gaps = pairing.pairs(_around(old), _around(new))
    choices, added = {}, set()
    for pair in gaps:
        if pair.new is None:
            continue
        here, there = _gap(old, pair.old), _gap(new, pair.new)
        if here["shape"] == there["shape"] == "choice":
            before, after = _texts(here, "options"), _texts(there, "options")
            choices[pair.old] = found = pairing.pairs(before, after)
            added |= _added("choices", found, after)
    added |= _added("options", options, _texts(new, "options"))
    added |= _added("left", left, _texts(new, "left"))
    added |= _added("gaps", gaps, _around(new))
    return Parts(options, left, gaps, choices, frozenset(added))


def _added(
    name: str, found: tuple[Pair, ...], new: Mapping[int, str]
) -> set[tuple[str, int]]:
    known = set(pairing.numbers(found).values())
    return {(name, number) for number in new if number not in known}


def _texts(body: Body, name: str) -> dict[int, str]:
    return {
        part["number"]: pairing.words(part["html"]) if "html" in part else part["text"]
        for part in body.get(name, ())
    }


def _gap(body: Body, number: int) -> Body:
    return next(gap for gap in body["gaps"] if gap["number"] == number)


def _around(body: Body) -> dict[int, str]:
    """Return what stands around each gap: it has no text of its own."""
    pieces = [pairing.words(piece) for piece in body.get("pieces", ())]
    return {
        gap["number"]: f"{pieces[n][-AROUND:]} … {pieces[n + 1][:AROUND]}"
        for n, gap in enumerate(body.get("gaps", ()))
    }


def answer(kind: str, given: Any, found: Parts) -> Any:
    """Return an answer to the old version as one to the new. Raises Undecided."""
    options = pairing.numbers(found.options)
    match kind:
        case "single":
            return _of(options, given)
        case "multiple" | "ordering":
            return [_of(options, number) for number in given]
        case "matching":
            left = pairing.numbers(found.left)
            return {str(_of(left, int(a))): _of(options, b) for a, b in given.items()}
        case "cloze":
            return dict(_cloze(given, found))
    return given


def _cloze(given: Mapping[str, Any], found: Parts):
    gaps, choices = pairing.numbers(found.gaps), found.gap_options or {}
    for number, said in given.items():
        old = int(number)
        is_choice = isinstance(said, int)
        inside = pairing.numbers(choices.get(old, ()))
        yield str(_of(gaps, old)), _of(inside, said) if is_choice else said


def _of(known: Mapping[int, int], number: Any) -> int:
    if not isinstance(number, int) or number not in known:
        raise Undecided
    return known[number]


def key(old: Mapping[str, Any], found: Parts) -> dict[str, Any]:
    """Return an old key in the new numbers; what has no counterpart is left out."""
    options = pairing.numbers(found.options)
    left, gaps = pairing.numbers(found.left), pairing.numbers(found.gaps)
    changed = dict(old)
    if not grading.decides(old):
        return changed
    match old["kind"]:
        case "single":
            changed["credit"] = {
                str(options[int(n)]): percent
                for n, percent in old["credit"].items()
                if int(n) in options
            }
        case "multiple":
            changed["right"] = sorted(options[n] for n in old["right"] if n in options)
            changed["count"] = len(options)
        case "matching":
            changed["pairs"] = {
                str(left[int(a)]): options[b]
                for a, b in old["pairs"].items()
                if int(a) in left and b in options
            }
        case "ordering":
            changed["order"] = [options[n] for n in old["order"] if n in options]
        case "cloze":
            inside = found.gap_options or {}
            by_new = {
                gaps[n]: _gap_key(gap, pairing.numbers(inside.get(n, ())))
                for n, gap in enumerate(old["gaps"], 1)
                if n in gaps
            }
            changed["gaps"] = [by_new[n] for n in sorted(by_new)]
    return changed


def _gap_key(gap: Mapping[str, Any], choices: Mapping[int, int]) -> dict[str, Any]:
    if gap["shape"] != "choice":
        return dict(gap)
    return {**gap, "right": choices.get(gap["right"])}


def rescore(
    old: Body,
    new: Body,
    new_key: Mapping[str, Any],
    given: Any,
    values: Mapping[str, str] | None = None,
) -> int | None:
    """Score an answer to the old version by the key of the new one.

    given    as it is stored; None = the question was left open
    values   of the parameters that the attempt was shown
    returns  basis points; None = undecided, or a person has to tell
    """
    if old["kind"] != new["kind"]:
        return None
    if set(old.get("parameters") or ()) != set(new.get("parameters") or ()):
        return None
    if given is None:
        return 0
    found = parts(old, new)
    try:
        answered = answer(old["kind"], given, found)
    except Undecided:
        return None
    more = (values,) if values else ()
    score = grading.question_score(dict(new_key), answered, "id", *more)
    if score is None or score == grading.FULL:
        return score
    # Nobody could choose what was not there: less than all proves nothing.
    return None if _wants_more(new_key, found) else score


def _wants_more(new_key: Mapping[str, Any], found: Parts) -> bool:
    """Say whether the new key asks for a part that the old version did not have."""
    added = {number for name, number in found.added if name == "options"}
    match new_key["kind"]:
        case "single":
            return any(percent and int(n) in added
                       for n, percent in new_key["credit"].items())  # fmt: skip
        case "multiple":
            return bool(added & set(new_key["right"]))
        case "matching" | "ordering" | "cloze":
            return not found.is_whole
    return False
