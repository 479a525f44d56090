"""What is stored of questions: the learner's side and the key, apart.

A body holds only what a learner may see before answering. Everything that tells the
answer, feedback and explanations included, is in the key.
"""

from typing import Any

from lms.courseware import grading
from lms.courseware.question_texts import read_back
from lms.courseware.render import Rendered
from lms.courseware.sanitize import visible
from lms.courseware.schema import CompetencyRef, Question
from lms.courseware.scoring import KINDS


def question_body(question: Question, text: Rendered) -> dict[str, Any]:
    """What a learner sees of a question. `title` is for staff, never for learners."""
    html = read_back(question, text.html)
    needed = {} if question.is_keyed else {"required": question.required}
    return {
        "kind": question.kind,
        "title": visible(question.title),
        "stem_html": html.get(("stem", 1), ""),
        "options": [
            {"number": option.number, "html": html.get(("option", option.number), "")}
            for option in question.options
        ],
        "unit": visible(question.unit),
        "hints_html": [h for (what, _n), h in html.items() if what == "hint"],
        "points": question.points,
        "shuffle_options": question.shuffle_options,
        "competencies": competencies(question.competencies),
        **needed,
        **KINDS[question.kind].body(question, html),
    }


def question_key(question: Question, text: Rendered) -> dict[str, Any]:
    """The right answer as grading reads it, and all that is told after answering."""
    html = read_back(question, text.html)
    return grading.make_key(question) | {
        "feedback": {
            str(number): h for (what, number), h in html.items() if what == "feedback"
        },
        "explanation_html": html.get(("explanation", 1), ""),
        "if_right_html": html.get(("if_right", 1), ""),
        "if_wrong_html": html.get(("if_wrong", 1), ""),
    }


def competencies(references: tuple[CompetencyRef, ...]) -> list[list[Any]]:
    return [[reference.code, reference.level] for reference in references]
