"""The manifest of a publication: its outline and what binds those who enrol."""

from collections.abc import Mapping
from typing import Any

from lms.courseware import pairs, spoken
from lms.courseware.sanitize import visible
from lms.courseware.schema import Course
from lms.courseware.stored import STORED
from lms.courseware.stored.quiz import RULES


def build(
    course: Course,
    bodies: dict[str, dict[str, Any]],
    shas: dict[str, str],
    texts: Mapping[tuple[str, str, str], str],
) -> dict[str, Any]:
    """JSON-able manifest; `bodies` and `shas` of the items by code.

    texts  hashes of translated texts: see lms.courseware.spoken
    """
    chapters = [
        {
            "title": chapter.title,
            "items": [_entry(course, code, bodies[code]) for code in chapter.items],
        }
        for chapter in course.chapters
    ]
    pairs.note_pretests(chapters, course.passing)
    return _visible(
        {
            "code": course.code,
            "title": course.title,
            "summary": course.summary,
            "language": course.language,
            "edition": course.edition,
            "jp": course.jp,
            "status": course.status,
            "owner": course.owner,
            "authors": list(course.authors),
            "organiser": course.organiser,
            "objectives": list(course.objectives),
            "tags": list(course.tags),
            "for_jobs": list(course.for_jobs),
            "prerequisites": list(course.prerequisites),
            "promises": [
                {"code": p.code, "level": p.level, "proof": list(p.proof)}
                for p in course.promises
            ],
            "training_form": course.training_form,
            "yearly": course.yearly,
            "validity_months": course.validity_months,
            "action_plan": course.action_plan,
            "sources": [list(source) for source in course.sources],
            "chapters": chapters,
            "passing": [list(condition) for condition in course.passing],
            "item_shas": shas,
            "translations": spoken.said_of_course(course, texts),
            "total_minutes": sum(
                entry["minutes"]
                for chapter in chapters
                for entry in chapter["items"]
                # What one may leave out, or is asked for, is no learning asked for.
                if entry["required"] and entry["kind"] != "survey"
            ),
        }
    )


def _entry(course: Course, code: str, body: dict[str, Any]) -> dict[str, Any]:
    """One line of the outline. Every kind has every key; None = does not apply."""
    item = course.items[code]
    return {
        "code": code,
        "kind": item.kind,
        "title": item.title,
        "required": item.required,
        "minutes": None,
        "completion": None,
        "checks": [],
        "questions": None,
        **dict.fromkeys(RULES),
        **STORED[item.kind].line(item, body),
    }


def _visible(value: Any) -> Any:
    if isinstance(value, str):
        return visible(value)
    if isinstance(value, list):
        return [_visible(entry) for entry in value]
    if isinstance(value, dict):
        return {name: _visible(entry) for name, entry in value.items()}
    return value
