"""What is published of a survey: who is asked, when, and its questions."""

import math
from collections.abc import Iterator, Mapping
from typing import Any

from lms.courseware.bodies import competencies
from lms.courseware.render import Fragment, Part
from lms.courseware.sanitize import visible
from lms.courseware.schema import Question, Survey
from lms.courseware.stored.stored import Material, Stored, own_questions

SECONDS = {"likert": 10, "essay": 60, "short_text": 30}  # a statement, a text
USUAL_SECONDS = 20
TERMS = ("respondents", "when", "after_days", "anonymous")


def fragments(survey: Survey) -> Iterator[Fragment]:
    if survey.intro:
        yield Fragment(
            f"v:{survey.code}",
            survey.path,
            (Part(survey.intro, exact=False),),
            formulas=survey.formulas,
        )


def body(survey: Survey, material: Material) -> dict[str, Any]:
    """The body of a survey; its questions in the order of the page."""
    intro = material.texts.get(f"v:{survey.code}")
    codes = [question.code for question in survey.questions]
    return {
        "title": visible(survey.title),
        "intro_html": intro.html[0] if intro else "",
        "respondents": list(survey.respondents),
        "when": survey.when,
        "after_days": survey.after_days,
        "anonymous": survey.anonymous,
        "minutes": minutes_of(survey),
        "questions": codes,
        "question_shas": {code: material.question_shas[code] for code in codes},
        "competencies": competencies(survey.competencies),
    }


def minutes_of(survey: Survey) -> int:
    """How long filling it in takes, reckoned by its questions."""
    return max(1, math.ceil(sum(map(_seconds, survey.questions)) / 60))


def _seconds(question: Question) -> int:
    count = len(question.asks.statements) if question.kind == "likert" else 1
    return SECONDS.get(question.kind, USUAL_SECONDS) * count


def line(survey: Survey, body: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "minutes": body["minutes"],
        "questions": len(survey.questions),
        **{name: body[name] for name in TERMS},
    }


STORED = Stored("survey", fragments, body, line, own_questions)
