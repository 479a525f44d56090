"""How the questions of a quiz do: figures of each version, advice, the gain of a pair.

Versions of a question are never mixed: another text or key is another question.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from lms.catalog import items
from lms.catalog.courses import Live
from lms.catalog.items import ItemMissing, Version
from lms.catalog.memory import Memory
from lms.catalog.models import QuestionVersion
from lms.db import db
from lms.kernel.errors import NotFound
from lms.kernel.i18n import N_

from . import (
    binding,
    corrected_keys,
    item_advice,
    item_answers,
    item_statistics,
    outcome,
    teaching,
)
from .item_advice import Advice, Asked
from .item_statistics import Figures, Gain, OptionUse, whole_groups
from .models import Attempt, Regrade

COSTLY = 500  # attempts from which figures are remembered
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
TRUTHS = ((1, N_("Benar")), (2, N_("Salah")))


class QuestionMissing(NotFound):
    message = N_("Soal ini tidak ada dalam kuis, dan belum pernah dijawab di sana.")


@dataclass(frozen=True, slots=True)
class Measured:
    """What first attempts at a quiz tell.

    people    first attempts counted, a multiple of five; `is_capped` = older ones
              are left out
    mean_bp   mean of their scores, None for none
    passed    how many of them passed
    figures   by question version id
    """

    people: int
    is_capped: bool
    mean_bp: int | None
    passed: int
    figures: Mapping[int, Figures]


@dataclass(frozen=True, slots=True)
class Answer:
    """One option of a question as its author wrote it, and how it is used.

    text   a word of ours (true, false) where there is no `html`
    mark   right, part or ""
    use    None without figures
    """

    letter: str
    html: str
    text: str
    mark: str
    use: OptionUse | None


@dataclass(frozen=True, slots=True)
class Measure:
    """One version of a question with its figures.

    number   1 = the first version of this question
    is_live  the one that new attempts get
    key      by which it counts now; another one than its own after a correction
    acts     when it was counted again, and why, the last one last
    is_free  counts as right for everybody: its figures say nothing of the question
    """

    version: Version
    number: int
    is_live: bool
    figures: Figures
    advice: tuple[Advice, ...]
    key: Mapping[str, Any] = field(default_factory=dict)
    acts: tuple[Regrade, ...] = ()
    is_free: bool = False

    @property
    def care(self) -> int:
        return item_advice.care(list(self.advice))


@dataclass(frozen=True, slots=True)
class Question:
    """A question and its versions, the one that counts most first: the live one."""

    code: str
    measures: tuple[Measure, ...]

    @property
    def now(self) -> Measure:
        return self.measures[0]

    @property
    def title(self) -> str:
        return self.now.version.body["title"]


@dataclass(frozen=True, slots=True)
class Taught:
    """A quiz of a live course, for somebody who teaches the course."""

    live: Live
    item: Mapping[str, Any]

    @property
    def code(self) -> str:
        return self.item["code"]


@dataclass(frozen=True, slots=True)
class Pair:
    """A pre-test and its post-test, and what people gained between them."""

    before: str
    after: str
    gain: Gain | None


# Rebuilt whenever another first attempt has come in, or one was counted again.
_remembered: Memory[tuple[int, str, int, datetime], Measured] = Memory(limit=32)


def taught(user) -> list[Taught]:
    """Return the quizzes of the courses that `user` teaches, course by course."""
    lives = sorted(teaching.courses_of(user), key=lambda live: live.title.casefold())
    return [
        Taught(live, item)
        for live in lives
        for item in live.items
        if item["kind"] == "quiz"
    ]


def find(user, course_code: str, item_code: str) -> Taught:
    """Return a quiz of a course that `user` teaches.

    raises  ItemMissing  also when somebody else teaches it
    """
    for one in taught(user):
        if (one.live.code, one.code) == (course_code, item_code):
            return one
    raise ItemMissing


def people_of(quizzes: list[Taught]) -> dict[tuple[str, str], int]:
    """Return how many have handed in a first attempt, in full groups, by codes."""
    codes = {quiz.live.course_id: quiz.live.code for quiz in quizzes}
    rows = db.session.execute(
        select(
            Attempt.course_id,
            Attempt.item_code,
            func.count(Attempt.person_id.distinct()).label("people"),
        )
        .where(Attempt.course_id.in_(codes), Attempt.submitted_at.is_not(None))
        .group_by(Attempt.course_id, Attempt.item_code)
    )
    return {
        (codes[row.course_id], row.item_code): whole_groups(row.people) for row in rows
    }


def measure(quiz: Taught) -> Measured:
    """Return the figures of all question versions met by first attempts."""
    place = (quiz.live.course_id, quiz.code)
    count, newest, grades = item_answers.stamp(*place)
    if count < COSTLY or newest is None:
        return _measure(place)
    key = (*place, count, newest, grades)
    if not (known := _remembered.get([key])):
        known = {key: _measure(place)}
        _remembered.put(known)
    return known[key]


def _measure(place: tuple[int, str]) -> Measured:
    answers = item_answers.of(*place)
    results = answers.results[: whole_groups(len(answers.results))]
    scores = [score for score, _passed in results if score is not None]
    figures = {
        number: item_statistics.figures(
            answers.given(number), [n for n, *_rest in _options(version)]
        )
        for number, version in answers.versions.items()
        if number in answers.columns
    }
    return Measured(
        people=len(results),
        is_capped=len(answers.results) == item_answers.MOST,
        mean_bp=sum(scores) // len(scores) if scores else None,
        passed=sum(passed for _score, passed in results),
        figures=figures,
    )


def _options(version: Version) -> list[tuple[int, str, str]]:
    """Return (number, html, text) of what can be chosen."""
    if version.kind == "true_false":
        return [(number, "", text) for number, text in TRUTHS]
    if version.kind not in ("single", "multiple"):
        return []
    return [(o["number"], o["html"], "") for o in version.body["options"]]


def questions(quiz: Taught, measured: Measured) -> list[Question]:
    """Return the questions of a quiz, those that want care most first.

    Those that are no longer in the quiz come last.
    """
    shas = _live_shas(quiz)
    live = items.question_by_sha(quiz.live.course_id, shas)
    ids = {version.id for version in live.values()}
    versions = items.question_versions(ids | set(measured.figures))
    codes = sorted({version.code for version in versions.values()})
    numbers = _numbers(quiz.live.course_id, codes)
    acts = _acts(quiz.live.course_id, set(versions))
    keys, free = corrected_keys.after(items.keys(versions), acts)
    by_code: dict[str, list[Measure]] = {code: [] for code in codes}
    for version in versions.values():
        figures = measured.figures.get(version.id, Figures(0))
        is_free = version.id in free
        asked = asked_of(version, keys[version.id])
        by_code[version.code].append(
            Measure(
                version=version,
                number=numbers[version.id],
                is_live=version.id in ids,
                figures=figures,
                advice=() if is_free else tuple(item_advice.of(figures, asked)),
                key=keys[version.id],
                acts=tuple(act for act in acts if version.id in act.old_versions),
                is_free=is_free,
            )
        )
    found = [
        Question(code, tuple(sorted(group, key=lambda m: (not m.is_live, -m.number))))
        for code, group in by_code.items()
    ]
    order = {code: place for place, code in enumerate(shas)}
    return sorted(found, key=lambda one: _need(one, order))


def _acts(course_id: int, versions: set[int]) -> list[Regrade]:
    """Return the acts that counted one of these versions again, the last one last."""
    known = select(Regrade).where(Regrade.course_id == course_id).order_by(Regrade.id)
    return [
        act for act in db.session.scalars(known) if versions & set(act.old_versions)
    ]


def question(quiz: Taught, measured: Measured, code: str) -> Question:
    """Return one question of a quiz. Raises QuestionMissing."""
    for one in questions(quiz, measured):
        if one.code == code:
            return one
    raise QuestionMissing


def _need(one: Question, order: Mapping[str, int]) -> tuple:
    now = one.now
    r = now.figures.correlation
    place = order.get(one.code, len(order))
    return (not now.is_live, -now.care, 1.0 if r is None else r, place, one.code)


def _live_shas(quiz: Taught) -> dict[str, str]:
    """Return what new attempts may draw: question code -> hash."""
    version = binding.quiz_of(quiz.live, quiz.code)
    return dict(version.body["question_shas"]) if version else {}


def _numbers(course_id: int, codes: list[str]) -> dict[int, int]:
    """Return which version of its question each one is, from 1."""
    rows = db.session.execute(
        select(QuestionVersion.id, QuestionVersion.code)
        .where(QuestionVersion.course_id == course_id, QuestionVersion.code.in_(codes))
        .order_by(QuestionVersion.id)
    )
    seen: dict[str, int] = {}
    numbers = {}
    for row in rows:
        seen[row.code] = seen.get(row.code, 0) + 1
        numbers[row.id] = seen[row.code]
    return numbers


def asked_of(version: Version, key: Mapping[str, Any]) -> Asked:
    """Return what the rules of advice must know of a question."""
    options = _options(version)
    letters = {number: LETTERS[at % 26] for at, (number, *_) in enumerate(options)}
    if version.kind == "true_false":
        return Asked(frozenset({1 if key["truth"] else 2}), 5_000, letters)
    if version.kind == "single":
        credit = [key["credit"][str(number)] for number, *_rest in options]
        right = frozenset(n for n, *_rest in options if outcome.is_right(key, n))
        return Asked(right, sum(credit) * 100 // len(credit), letters)
    if version.kind == "multiple":
        return Asked(frozenset(key["right"]), None, letters)
    return Asked()


def answers_of(shown: Measure) -> list[Answer]:
    """Return the options of a question version with their use. Reads its key."""
    version, key = shown.version, shown.key
    asked = asked_of(version, key)
    uses = {use.number: use for use in shown.figures.options}
    found = []
    for at, (number, html, text) in enumerate(_options(version)):
        mark = "right" if number in asked.right else ""
        if not mark and version.kind == "single" and outcome.has_part(key, number):
            mark = "part"
        found.append(Answer(LETTERS[at % 26], html, text, mark, uses.get(number)))
    return found


def most_wrong(shown: Measure) -> tuple[str, int] | None:
    """Return the wrong answer given most often, and how often; None for none."""
    if shown.is_free:
        return None
    asked = asked_of(shown.version, shown.key)
    wrong = [use for use in shown.figures.options if use.number not in asked.right]
    if wrong:
        most = max(wrong, key=lambda use: use.count)
        return (asked.letters[most.number], most.count) if most.count else None
    return shown.figures.typed[0] if shown.figures.typed else None


def pair_of(quiz: Taught) -> Pair | None:
    """Return the pair a quiz belongs to, whichever of the two names the other."""
    items_ = [item for item in quiz.live.items if item["kind"] == "quiz"]
    order = [item["code"] for item in items_]
    for item in items_:
        other = item["pair"]
        if not other or other not in order or quiz.code not in (item["code"], other):
            continue
        before, after = sorted((item["code"], other), key=order.index)
        titles = {one["code"]: one["title"] for one in items_}
        scores = item_answers.pairs(quiz.live.course_id, before, after)
        return Pair(titles[before], titles[after], item_statistics.gain(scores))
    return None


def forget() -> None:
    """Empty this process's memory; tests call it between databases."""
    _remembered.clear()
