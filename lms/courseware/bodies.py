"""What is stored of items and questions: the learner's side and the key, apart.

A body holds only what a learner may see before answering. Everything that tells the
answer, feedback and explanations included, is in the key.
"""

import math
import re
from collections.abc import Iterator, Mapping
from typing import Any

from lms.courseware.fragments import drawn, texts
from lms.courseware.render import Rendered
from lms.courseware.sanitize import visible
from lms.courseware.schema import (
    Bank,
    CompetencyRef,
    Module,
    Prose,
    Question,
    Quiz,
)

WORDS_PER_MINUTE = 180
_VIDEO = re.compile(r"<!--video ([0-9]+)-->")
_PICTURE = re.compile(r'<img [^>]*?\bsrc="([^"]+)"')


def module_body(
    module: Module,
    text: Rendered,
    question_shas: dict[str, str],
    media: Mapping[str, Any],
) -> dict[str, Any]:
    """The body of a lesson; segments in reading order, empty prose left out.

    media  by address: of a video what the page says of it, of a picture its bytes
    """
    html = iter(text.html)
    segments: list[dict[str, Any]] = []
    for segment in module.segments:
        if isinstance(segment, Prose):
            segments += _pieces(next(html), text, media)
        else:
            segments.append(
                {"check": segment.code, "question_sha": question_shas[segment.code]}
            )
    return {
        "title": visible(module.title),
        "minutes": minutes_of(module, text.words),
        "objectives": [visible(line) for line in module.objectives],
        "completion": module.completion,
        "segments": segments,
        "picture_bytes": {
            address: media[address]
            for segment in segments
            for address in _PICTURE.findall(segment.get("html", ""))
            if address in media
        },
        "headings": [
            {"id": name, "text": title, "level": level}
            for name, title, level in text.headings
        ],
        "words": text.words,
        "competencies": competencies(module.competencies),
    }


def _pieces(
    html: str, text: Rendered, media: Mapping[str, Any]
) -> Iterator[dict[str, Any]]:
    """Yield prose and videos in order. Only the renderer writes their comment."""
    for n, piece in enumerate(_VIDEO.split(html)):
        if n % 2:
            address, title = text.videos[int(piece)]
            yield {"video": {"address": address, "title": title, **media[address]}}
        elif piece.strip():
            yield {"html": piece.strip()}


def minutes_of(module: Module, words: int) -> int:
    """The author's minutes, else an estimate from the words."""
    return module.minutes or max(1, math.ceil(words / WORDS_PER_MINUTE))


def quiz_body(
    quiz: Quiz,
    intro: Rendered | None,
    banks: dict[str, Bank],
    question_shas: dict[str, str],
) -> dict[str, Any]:
    """The body of a quiz: its rules and which questions an attempt gets."""
    slots = slots_of(quiz, banks)
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
        "question_shas": {code: question_shas[code] for code in codes},
        "competencies": competencies(quiz.competencies),
    }


def slots_of(quiz: Quiz, banks: dict[str, Bank]) -> list[dict[str, Any]]:
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


def question_body(question: Question, text: Rendered) -> dict[str, Any]:
    """What a learner sees of a question. `title` is for staff, never for learners."""
    html = _named(question, text)
    return {
        "kind": question.kind,
        "title": visible(question.title),
        "stem_html": html.get(("stem", 1), ""),
        "options": [
            {"number": option.number, "html": html.get(("option", option.number), "")}
            for option in question.options
        ],
        "unit": visible(question.number.unit) if question.number else "",
        "hints_html": [h for (what, _n), h in html.items() if what == "hint"],
        "points": question.points,
        "shuffle_options": question.shuffle_options,
        "competencies": competencies(question.competencies),
    }


def question_key(question: Question, text: Rendered) -> dict[str, Any]:
    """The right answer as grading reads it, and all that is told after answering."""
    html = _named(question, text)
    return _grading(question) | {
        "kind": question.kind,
        "feedback": {
            str(number): h for (what, number), h in html.items() if what == "feedback"
        },
        "explanation_html": html.get(("explanation", 1), ""),
        "if_right_html": html.get(("if_right", 1), ""),
        "if_wrong_html": html.get(("if_wrong", 1), ""),
    }


def _grading(question: Question) -> dict[str, Any]:
    match question.kind:
        case "single":
            return {"credit": {str(o.number): o.credit for o in question.options}}
        case "multiple":
            return {
                "right": [o.number for o in question.options if o.credit > 0],
                "count": len(question.options),
                "partial": question.partial,
            }
        case "true_false":
            return {"truth": question.truth}
        case "short_text":
            return {
                "accepted": list(question.accepted),
                "exact_case": question.exact_case,
            }
        case "numeric":
            assert question.number is not None
            return {"low": str(question.number.low), "high": str(question.number.high)}


def competencies(references: tuple[CompetencyRef, ...]) -> list[list[Any]]:
    return [[reference.code, reference.level] for reference in references]


def _named(question: Question, text: Rendered) -> dict[tuple[str, int], str]:
    names = [name for name, _text in texts(question)]
    return dict(zip(names, text.html, strict=True))
