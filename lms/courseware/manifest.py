"""The manifest of a publication: its outline and what binds those who enrol."""

from typing import Any

from lms.courseware.bodies import slot_count
from lms.courseware.sanitize import visible
from lms.courseware.schema import Course, Module

QUIZ_RULES = (
    "pass_percent",
    "attempts",
    "pause_minutes",
    "limit_minutes",
    "explain",
    "pair",
)


def build(
    course: Course, bodies: dict[str, dict[str, Any]], shas: dict[str, str]
) -> dict[str, Any]:
    """JSON-able manifest; `bodies` and `shas` of the items by code."""
    chapters = [
        {
            "title": chapter.title,
            "items": [_entry(course, code, bodies[code]) for code in chapter.items],
        }
        for chapter in course.chapters
    ]
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
            "total_minutes": sum(
                entry["minutes"] for chapter in chapters for entry in chapter["items"]
            ),
        }
    )


def _entry(course: Course, code: str, body: dict[str, Any]) -> dict[str, Any]:
    """One line of the outline. Every kind has every key; None = does not apply."""
    item = course.items[code]
    is_module = isinstance(item, Module)
    entry = {
        "code": code,
        "kind": item.kind,
        "title": item.title,
        "required": item.required,
        "minutes": body["minutes"] if is_module else None,
        "completion": body["completion"] if is_module else None,
        "checks": [check.code for check in item.checks] if is_module else [],
        "questions": None,
        **dict.fromkeys(QUIZ_RULES),
    }
    if not is_module:
        questions = slot_count(body["slots"])
        entry |= {
            "questions": questions,
            # Without a limit a question is reckoned at one minute.
            "minutes": body["limit_minutes"] or max(1, questions),
            **{name: body[name] for name in QUIZ_RULES},
        }
    return entry


def _visible(value: Any) -> Any:
    if isinstance(value, str):
        return visible(value)
    if isinstance(value, list):
        return [_visible(entry) for entry in value]
    if isinstance(value, dict):
        return {name: _visible(entry) for name, entry in value.items()}
    return value
