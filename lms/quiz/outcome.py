"""The result of a submitted attempt: what is told of it, and to which depth."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from lms.catalog import items
from lms.catalog.items import Version
from lms.courseware import grading
from lms.learn import answering

from . import corrected_keys, queries, rules, sheet, spoken
from .models import Attempt

FULL = 10_000  # basis points
MANY = 2  # questions of one competency before its share tells nothing of one of them


@dataclass(frozen=True, slots=True)
class Shown:
    """An option as explained; `mark` is right, wrong, part or "" (not to choose)."""

    choice: sheet.Choice
    mark: str
    why_html: str


@dataclass(frozen=True, slots=True)
class Line:
    """One question of the result. What needs the key is empty unless explained.

    verdict   right, part, wrong; waits = a person has still to grade it
    score_bp  0 while it waits
    told      what a kind of lms.learn.answering tells, None for the others
    is_free   counts as right for everybody: its key was found wrong
    """

    number: int
    sheet: sheet.Sheet
    is_answered: bool
    score_bp: int
    verdict: str
    options: tuple[Shown, ...]
    expected: str
    told_html: tuple[str, ...]
    told: Any = None
    is_free: bool = False

    @property
    def parts(self) -> tuple[int, int]:
        """How many of its pairs or gaps are right, of how many."""
        return answering.parts(self.told)


@dataclass(frozen=True, slots=True)
class Share:
    """What the questions of one competency earned together."""

    code: str
    score_bp: int
    questions: int


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of an attempt while a part of it waits for a person.

    score_bp  of the questions that are graded, None = none is yet
    """

    graded: int
    waiting: int
    score_bp: int | None


def known(attempt: Attempt) -> Known:
    """Return what is known of an attempt that waits."""
    scores = queries.slot_scores(attempt.id)
    earned = [(attempt.layout[slot]["points"], bp) for slot, bp in scores.items()]
    score_bp = grading.bounds(earned)[0] if earned else None
    return Known(len(earned), len(attempt.layout) - len(earned), score_bp)


def shares(
    layout: Iterable[Mapping[str, Any]],
    scores: Mapping[int, int],
    codes: Mapping[int, Iterable[str]],
) -> list[Share]:
    """Sum up by competency, weakest first. Pure.

    scores  slot -> basis points
    codes   question version id -> competency codes
    """
    by_code: dict[str, list[tuple[int, int]]] = {}
    for slot, place in enumerate(layout):
        if slot not in scores:
            continue  # a person has still to grade it
        for code in codes[place["q"]]:
            by_code.setdefault(code, []).append((place["points"], scores[slot]))
    found = [
        Share(code, grading.bounds(earned)[0], len(earned))
        for code, earned in by_code.items()
    ]
    return sorted(found, key=lambda share: (share.score_bp, share.code))


def by_competency(
    attempt: Attempt, quiz: Mapping[str, Any], terms: rules.Rules, explained: bool
) -> list[Share]:
    """Return the shares that may be shown: none that gives away a single question."""
    if terms.explain == "never":
        return []
    versions = items.question_versions(place["q"] for place in attempt.layout)
    codes = {
        number: [code for code, _level in _competencies(version, quiz)]
        for number, version in versions.items()
    }
    found = shares(attempt.layout, queries.slot_scores(attempt.id), codes)
    return [share for share in found if explained or share.questions >= MANY]


def _competencies(version: Version, quiz: Mapping[str, Any]) -> list[list[Any]]:
    return version.body["competencies"] or quiz["competencies"]


def lines(attempt: Attempt, language: str = "id", tongue: str = "") -> list[Line]:
    """Return every question with the answer given and what is right.

    language  of the page, in which numbers are written; tongue: of the texts
    Reads keys: ask rules.may_explain first.
    """
    tongue = tongue or language
    versions = spoken.questions(attempt, tongue)
    keys, free = corrected_keys.of(attempt)
    keys = spoken.told(attempt, keys, tongue)
    scores = queries.slot_scores(attempt.id)
    answers = queries.newest_answers(attempt.id)
    found = []
    for slot, place in enumerate(attempt.layout):
        save = answers.get(slot)
        answer = save.answer if save else None
        body, key = versions[place["q"]].body, keys[place["q"]]
        asked = answering.Asked(
            body, place["options"], language, place.get("values", {})
        )
        shown = sheet.of(
            body, asked.shown, answer, language=language, values=asked.values
        )
        line = _line(slot, shown, asked, key, scores.get(slot))
        told = answering.tell(asked, key, answer)
        free_here = place["q"] in free
        found.append(
            replace(line, is_answered=answer is not None, told=told, is_free=free_here)
        )
    return found


def _line(
    slot: int,
    shown: sheet.Sheet,
    asked: answering.Asked,
    key: Mapping[str, Any],
    score_bp: int | None,
) -> Line:
    verdict = _verdict(score_bp)
    about = {"right": key["if_right_html"], "waits": ""}.get(
        verdict, key["if_wrong_html"]
    )
    return Line(
        number=slot + 1,
        sheet=shown,
        is_answered=False,
        score_bp=score_bp or 0,
        verdict=verdict,
        options=_shown(shown, asked.shown, key),
        expected=answering.expected(asked, key),
        told_html=tuple(
            asked.fill(text) for text in (about, key["explanation_html"]) if text
        ),
    )


def _verdict(score_bp: int | None) -> str:
    if score_bp is None:
        return "waits"
    return "right" if score_bp == FULL else "part" if score_bp else "wrong"


def _shown(shown_sheet: sheet.Sheet, numbers, key) -> tuple[Shown, ...]:
    if key["kind"] == "true_false":
        return tuple(
            Shown(choice, _mark(truth == key["truth"], choice.is_chosen), "")
            for choice, (truth, _label) in zip(
                shown_sheet.choices, sheet.TRUTHS, strict=True
            )
        )
    rows = zip(shown_sheet.choices, numbers, strict=True) if shown_sheet.choices else ()
    return tuple(
        Shown(
            choice,
            _mark(is_right(key, number), choice.is_chosen, has_part(key, number)),
            key["feedback"].get(str(number), "") if choice.is_chosen else "",
        )
        for choice, number in rows
    )


def is_right(key: Mapping[str, Any], number: int) -> bool:
    """Say whether an option of a choice question is a right one."""
    if key["kind"] == "single":
        return key["credit"][str(number)] == 100
    return number in key["right"]


def has_part(key: Mapping[str, Any], number: int) -> bool:
    """Say whether an option earns a part of the points."""
    return key["kind"] == "single" and 0 < key["credit"][str(number)] < 100


def _mark(right: bool, is_chosen: bool, part: bool = False) -> str:
    if right:
        return "right"
    if not is_chosen:
        return ""
    return "part" if part else "wrong"
