"""What is published of a quiz: its rules, and which questions an attempt gets."""

from collections.abc import Iterator, Mapping
from typing import Any

from lms.courseware.bodies import competencies
from lms.courseware.render import Fragment, Part
from lms.courseware.sanitize import visible
from lms.courseware.schema import Bank, Draw, Question, Quiz
from lms.courseware.stored.stored import Asked, Material, Stored

RULES = (
    "pass_percent",
    "attempts",
    "pause_minutes",
    "limit_minutes",
    "explain",
    "pair",
)


def fragments(quiz: Quiz) -> Iterator[Fragment]:
    if quiz.intro:
        yield Fragment(
            f"i:{quiz.code}",
            quiz.path,
            (Part(quiz.intro, exact=False),),
            formulas=quiz.formulas,
        )


def asked(quiz: Quiz, banks: Mapping[str, Bank]) -> Iterator[Asked]:
    """Yield every question that some attempt can draw."""
    for draw in quiz.draws:
        for question in drawn(quiz, draw, banks):
            yield question, draw.bank or quiz.path, quiz.formulas


def drawn(quiz: Quiz, draw: Draw, banks: Mapping[str, Bank]) -> tuple[Question, ...]:
    """The questions one line of `ambil` chooses from."""
    if draw.bank:
        bank = banks.get(draw.bank)
        questions = bank.questions if bank else ()
    else:
        questions = quiz.questions
    if draw.difficulty:
        return tuple(q for q in questions if q.difficulty == draw.difficulty)
    return questions


def body(quiz: Quiz, material: Material) -> dict[str, Any]:
    """The body of a quiz: its rules and which questions an attempt gets."""
    intro, shas = material.texts.get(f"i:{quiz.code}"), material.question_shas
    slots = slots_of(quiz, material.banks)
    codes = sorted({code for slot in slots for code in slot_codes(slot)})
    return {
        "title": visible(quiz.title),
        "intro_html": intro.html[0] if intro else "",
        "pass_percent": quiz.pass_percent,
        "attempts": quiz.attempts,
        "pause_minutes": quiz.pause_minutes,
        "limit_minutes": quiz.limit_minutes,
        "shuffle_questions": quiz.shuffle_questions,
        "shuffle_options": quiz.shuffle_options,
        "explain": quiz.explain,
        "pair": quiz.pair,
        "slots": slots,
        "question_shas": {code: shas[code] for code in codes},
        "competencies": competencies(quiz.competencies),
    }


def slots_of(quiz: Quiz, banks: Mapping[str, Bank]) -> list[dict[str, Any]]:
    """`{"question": code}` when fixed, `{"pool": codes, "count": n}` when drawn."""
    slots: list[dict[str, Any]] = []
    for draw in quiz.draws:
        codes = [question.code for question in drawn(quiz, draw, banks)]
        if draw.count is None:
            slots += [{"question": code} for code in codes]
        else:
            slots.append({"pool": codes, "count": draw.count})
    return slots


def slot_codes(slot: dict[str, Any]) -> list[str]:
    return [slot["question"]] if "question" in slot else slot["pool"]


def slot_count(slots: list[dict[str, Any]]) -> int:
    """How many questions an attempt has."""
    return sum(slot.get("count", 1) for slot in slots)


def line(_quiz: Quiz, body: Mapping[str, Any]) -> dict[str, Any]:
    questions = slot_count(body["slots"])
    return {
        "questions": questions,
        # Without a limit a question is reckoned at one minute.
        "minutes": body["limit_minutes"] or max(1, questions),
        **{name: body[name] for name in RULES},
    }


STORED = Stored("quiz", fragments, body, line, asked)
