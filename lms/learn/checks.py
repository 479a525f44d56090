"""Checks inside lessons: take an answer, and say as much as may be said."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Any

from lms.catalog import items
from lms.catalog.items import Version
from lms.courseware import grading
from lms.db import db
from lms.kernel.errors import NotFound
from lms.kernel.i18n import N_
from lms.records import completions, facts
from lms.records.models import Completion, Enrolled

from . import answering, queries, reading, reading_places
from .models import CheckAnswer
from .queries import Answered
from .reading import Mark

FULL = 10_000  # basis points
TRUTH = ((True, N_("Benar")), (False, N_("Salah")))


class CheckMissing(NotFound):
    message = N_("Cek pemahaman ini tidak ada dalam pelajaran.")


@dataclass(frozen=True, slots=True)
class Choice:
    """One option as shown.

    verdict  "", right, partly or wrong; told of chosen ones, of all when explained
    """

    value: str
    html: str
    is_chosen: bool
    verdict: str = ""
    feedback_html: str = ""


# Compared as what it is: one that nobody answered is the same object for everybody.
@dataclass(frozen=True, slots=True, eq=False)
class Shown:
    """A check as the page shows it.

    verdict  "" before an answer, then right, partly or wrong
    text     what was typed, for short texts and numbers
    shape    what a kind of lms.learn.answering draws, and `told` what it tells
    hint_at  the section to read again after a wrong answer, where its author names none
    error    why the answer just sent could not be taken
    """

    code: str
    number: int
    question: Version
    choices: tuple[Choice, ...]
    text: str = ""
    verdict: str = ""
    message_html: str = ""
    explanation_html: str = ""
    is_explained: bool = False
    accepted: str = ""
    hint_at: Mark | None = None
    error: str = ""
    shape: Any = None
    told: Any = None
    is_moved: bool = False

    @property
    def is_touched(self) -> bool:
        """Say whether there is something to tell this reader alone."""
        return bool(self.verdict or self.error or self.is_moved)

    @property
    def has_rows(self) -> bool:
        """Say whether answering it goes easier with a script of its own."""
        return self.question.kind == "ordering"

    @property
    def parts(self) -> tuple[int, int]:
        """How many of its pairs or gaps are right, of how many."""
        return answering.parts(self.told)


@dataclass(frozen=True, slots=True)
class Refused:
    """An answer that was not taken, as it came: why, "" = only a row was moved."""

    check_code: str
    error: str
    sent: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """Whom a check was asked, and where it stands.

    language  in which numbers are typed: id or en
    """

    enrolment: Enrolled
    item_code: str
    check_code: str
    language: str = "id"


def show(
    code: str,
    number: int,
    question: Version,
    answered: Answered | None,
    *,
    explain: bool = False,
    marks: tuple[Mark, ...] = (),
    refused: Refused | None = None,
    language: str = "id",
) -> Shown:
    """Return a check to draw; an answer to another version of it does not count.

    marks  sections and checks of the lesson; what its author says may name sections
    """
    if refused:
        plain = show(code, number, question, answered, language=language)
        return _as_sent(plain, refused, language)
    if answered is None or answered.question_version_id != question.id:
        return _blank(code, number, question)
    key, answer = answered.key, answered.answer
    verdict = _verdict(answered.score_bp)
    is_explained = explain or verdict == "right"
    place = asked(question, language)
    message = key["if_right_html" if verdict == "right" else "if_wrong_html"]
    plain_choices = _choices(question, answer, key, is_explained)
    choices = tuple(
        replace(c, feedback_html=reading.link_sections(c.feedback_html, marks))
        for c in plain_choices
    )
    linked = reading.link_sections(message, marks)
    is_named = (linked, choices) != (message, plain_choices)
    return Shown(
        code,
        number,
        question,
        choices,
        text=answer if isinstance(answer, str) else "",
        verdict=verdict,
        message_html=linked,
        explanation_html=key["explanation_html"] if is_explained else "",
        is_explained=is_explained,
        accepted=answering.expected(place, key) if is_explained else "",
        hint_at=None
        if is_explained or is_named
        else reading.section_before(marks, code),
        shape=answering.show(place, answer),
        told=answering.tell(place, key, answer),
    )


def _as_sent(plain: Shown, refused: Refused, language: str) -> Shown:
    place = asked(plain.question, language)
    return replace(
        plain,
        text=" ".join(refused.sent)[: grading.MAX_TEXT] or plain.text,
        error=refused.error,
        shape=plain.shape and answering.show(place, None, refused.sent),
        is_moved=not refused.error,
    )


def has_options(question: Version) -> bool:
    """Say whether it is answered by ticks, which are never unreadable."""
    return question.kind in ("single", "multiple", "true_false")


def asked(question: Version, language: str = "id") -> answering.Asked:
    """Return the question as a lesson asks it: its options as they are stored.

    No numbers are drawn in lessons: their pages are the same for all readers.
    """
    numbers = [option["number"] for option in question.body["options"]]
    return answering.Asked(question.body, numbers, language)


@lru_cache(maxsize=4096)
def _blank(code: str, number: int, question: Version) -> Shown:
    """Return a check as nobody has answered it; pieces of pages are kept by it."""
    choices = _choices(question, None, {}, False)
    shape = answering.show(asked(question), None)
    return Shown(code, number, question, choices, shape=shape)


def answer(
    at: Asked, question: Version, given: Any, now: datetime
) -> Completion | None:
    """Take an answer, note what it proves, and settle the course.

    given    as lms.courseware.grading.check_answer returned it
    returns  the completion when the course is finished
    """
    enrolment, item_code, check_code = at.enrolment, at.item_code, at.check_code
    key = items.keys([question.id])[question.id]
    # Numbers in gaps are kept as Indonesian, whatever the page's language.
    language = "id" if question.kind in answering.KINDS else at.language
    score = grading.question_score(key, given, language)
    assert score is not None  # what a person grades is not asked in lessons
    newest = queries.traces(enrolment, item_code).answers.get(check_code)
    said = (newest.question_version_id, newest.answer) if newest else None
    if said != (question.id, given):  # the same form sent twice is one answer
        db.session.add(
            CheckAnswer(
                enrolment_id=enrolment.id,
                item_code=item_code,
                check_code=check_code,
                question_version_id=question.id,
                answer=given,
                score_bp=score,
                at=now,
            )
        )
    reading_places.note(enrolment, item_code, f"cek-{check_code}", now)
    facts.add(enrolment, item_code, "check_answered", now, check_code)
    if score == FULL:
        facts.add(enrolment, item_code, "check_right", now, check_code)
    return completions.settle(enrolment, now)


def question_of(course_id: int, shas: Mapping[str, str], check_code: str) -> Version:
    """Return the question a check asks. Raises CheckMissing.

    shas  check code -> question hash, of the lesson shown
    """
    if check_code not in shas:
        raise CheckMissing
    wanted = {check_code: shas[check_code]}
    return items.question_by_sha(course_id, wanted)[check_code]


def _verdict(score_bp: int) -> str:
    return "right" if score_bp == FULL else "partly" if score_bp else "wrong"


def _choices(
    question: Version, answer: Any, key: Mapping[str, Any], tell_all: bool
) -> tuple[Choice, ...]:
    if question.kind in answering.KINDS:
        return ()
    if question.kind == "true_false":
        options = [(value, str(value).lower(), "") for value, _text in TRUTH]
    else:
        options = [
            (option["number"], str(option["number"]), option["html"])
            for option in question.body["options"]
        ]
    chosen = answer if isinstance(answer, list) else [answer]
    return tuple(
        _choice(Choice(sent, html, answer is not None and value in chosen),
                _option_verdict(key, value) if key else "",
                key["feedback"].get(sent, "") if key else "",
                tell_all)
        for value, sent, html in options
    )  # fmt: skip


def _choice(plain: Choice, verdict: str, feedback: str, tell_all: bool) -> Choice:
    """Add what may be told: of what was not chosen nothing, until all is told."""
    if plain.is_chosen:
        return replace(plain, verdict=verdict, feedback_html=feedback)
    if tell_all:
        # Of the others only the right ones are marked: nobody ticked the wrong ones.
        verdict = verdict if verdict == "right" else ""
        return replace(plain, verdict=verdict, feedback_html=feedback)
    return plain


def _option_verdict(key: Mapping[str, Any], number: int) -> str:
    if "truth" in key:
        return "right" if key["truth"] is number else "wrong"
    if "credit" in key:
        credit = key["credit"][str(number)]
        return "right" if credit == 100 else "partly" if credit else "wrong"
    return "right" if number in key["right"] else "wrong"
