"""What a question's page shows, made of stored versions and saves. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lms.courseware import grading
from lms.courseware.numbers import read_number, written
from lms.kernel.i18n import N_
from lms.learn import answering

# The last paragraph of a stem is the question itself; what stands before is the case.
LAST_PARAGRAPH = re.compile(r"(?s)(.*)<p>((?:(?!</?p>).)*)</p>\s*\Z")
TRUTHS = ((True, N_("Benar")), (False, N_("Salah")))


@dataclass(frozen=True, slots=True)
class Choice:
    """One row to choose; `value` is its place as shown, `html` or `label` its text."""

    value: int
    html: str
    label: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """A question as shown in an attempt.

    case_html  the story before the question, "" when there is none
    ask_html   the question, fit for a legend
    typed      text of a typed answer
    shape      what a kind of lms.learn.answering draws, None for the others
    language   of the texts; "" = the course's own
    """

    kind: str
    case_html: str
    ask_html: str
    choices: tuple[Choice, ...]
    typed: str
    unit: str
    hints: tuple[str, ...]
    shape: Any = None
    language: str = ""

    @property
    def is_typed(self) -> bool:
        return self.kind in ("short_text", "numeric")


@dataclass(frozen=True, slots=True)
class Step:
    """One entry of the list of questions, numbered from 1."""

    number: int
    is_answered: bool
    is_flagged: bool


@dataclass(frozen=True, slots=True)
class Timer:
    """What the countdown gets: the server's times in milliseconds, the rest in words.

    left  minutes and seconds, "12.30" (12:30 in English)
    """

    closes: int
    now: int
    left: str


def timer(
    closes_at: datetime | None, now: datetime, language: str = "id"
) -> Timer | None:
    """Return the countdown to a deadline; None without one."""
    if closes_at is None:
        return None
    minutes, seconds = divmod(max(0, int((closes_at - now).total_seconds())), 60)
    return Timer(
        closes=int(closes_at.timestamp() * 1000),
        now=int(now.timestamp() * 1000),
        left=f"{minutes}{':' if language == 'en' else '.'}{seconds:02}",
    )


def split_stem(html: str) -> tuple[str, str]:
    """Return (case, question): the last paragraph's inside is the question.

    A stem that ends with something else (a table, a figure) is a case as a whole.
    """
    found = LAST_PARAGRAPH.match(html)
    if found is None:
        return html, ""
    return found[1].strip(), found[2].strip()


def of(
    body: Mapping[str, Any],
    shown: Sequence[int],
    answer: Any,
    sent: Sequence[str] | None = None,
    *,
    language: str = "id",
    values: Mapping[str, str] | None = None,
) -> Sheet:
    """Build the sheet of a question body.

    shown     option numbers in the order shown
    answer    what is saved, None for nothing
    sent      fields as they came, when they could not be read
    language  of the page: an English one writes 78.5
    values    numbers drawn for the attempt
    """
    asked = answering.Asked(body, shown, language, values or {})
    case_html, ask_html = split_stem(asked.fill(body["stem_html"]))
    shape = answering.show(asked, answer, sent)
    return Sheet(
        kind=body["kind"],
        case_html=case_html,
        ask_html=ask_html,
        choices=() if shape else _choices(body, shown, answer),
        typed=_typed(body["kind"], answer, sent, language),
        unit=body["unit"],
        hints=tuple(asked.fill(html) for html in body["hints_html"]),
        shape=shape,
        language=body.get("language", ""),
    )


def _typed(kind: str, answer: Any, sent: Sequence[str] | None, language: str) -> str:
    if sent is not None:
        return " ".join(sent)[: grading.MAX_TEXT]
    typed = answer if isinstance(answer, str) else ""
    number = read_number(typed) if kind == "numeric" else None
    return written(number) if number is not None and language == "en" else typed


def _choices(
    body: Mapping[str, Any], shown: Sequence[int], answer: Any
) -> tuple[Choice, ...]:
    if body["kind"] == "true_false":
        return tuple(
            Choice(place, "", label, answer is truth)
            for place, (truth, label) in enumerate(TRUTHS)
        )
    texts = {option["number"]: option["html"] for option in body["options"]}
    return tuple(
        Choice(place, texts[number], "", number in chosen(answer))
        for place, number in enumerate(shown)
    )


def chosen(answer: Any) -> frozenset[int]:
    """Return the option numbers an answer to a choice question holds."""
    if isinstance(answer, bool) or answer is None:
        return frozenset()
    if isinstance(answer, int):
        return frozenset({answer})
    return frozenset(answer) if isinstance(answer, list) else frozenset()


@dataclass(frozen=True, slots=True)
class Misfit:
    """An essay that is kept, but shorter or longer than it was asked to be."""

    number: int
    essay: answering.Essay


def misfits(
    layout: Sequence[Mapping[str, Any]],
    bodies: Mapping[int, Mapping[str, Any]],
    answers: Mapping[int, Any],
) -> list[Misfit]:
    """Return the essays to look at again before handing in.

    bodies   question version id -> its body
    answers  slot -> what is saved of it
    """
    found = []
    for slot, answer in sorted(answers.items()):
        body = bodies[layout[slot]["q"]]
        if body["kind"] == "essay" and answer is not None:
            essay = answering.show(answering.Asked(body, ()), answer)
            found.append(Misfit(slot + 1, essay))
    return [one for one in found if not one.essay.fits]


def steps(count: int, answered: set[int], flags: set[int]) -> list[Step]:
    """Return the list of questions; `answered` and `flags` are slots (from 0)."""
    return [Step(n + 1, n in answered, n in flags) for n in range(count)]
