"""What is published of an assignment: all of it, the rubric included."""

from collections.abc import Iterator, Mapping
from typing import Any

from lms.courseware import rubrics
from lms.courseware.bodies import competencies
from lms.courseware.render import Fragment, Part
from lms.courseware.sanitize import visible
from lms.courseware.schema import Task
from lms.courseware.stored.stored import Material, Stored, own_questions


def fragments(task: Task) -> Iterator[Fragment]:
    inline = [
        Part(text, criterion.line, inline=True, exact=False)
        for criterion in task.rubric
        for text in rubrics.texts([criterion])
    ]
    yield Fragment(
        f"a:{task.code}",
        task.path,
        (Part(task.text, exact=False), *inline),
        formulas=task.formulas,
    )


def body(task: Task, material: Material) -> dict[str, Any]:
    """The body of an assignment; its rubric as lms.courseware.rubrics stores it."""
    text, *rubric = material.texts[f"a:{task.code}"].html
    return {
        "title": visible(task.title),
        "intro_html": text,
        "rubric": rubrics.body(task.rubric, rubric),
        "graders": list(task.graders),
        "peers": task.peers,
        "takes_text": task.takes_text,
        "takes_files": task.takes_files,
        "accept": list(task.accept),
        "max_bytes": task.max_bytes,
        "due_days": task.due_days,
        "pass_percent": task.pass_percent,
        "attempts": task.attempts,
        "minutes": task.minutes,
        "competencies": competencies(task.competencies),
    }


def line(_task: Task, body: Mapping[str, Any]) -> dict[str, Any]:
    return {"minutes": body["minutes"], "pass_percent": body["pass_percent"]}


STORED = Stored("task", fragments, body, line, own_questions)
