"""Which version of a quiz binds a learner, and which questions it may draw.

Rules, weights and keys are those of the terbitan joined; better texts show at once.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from lms.catalog import items
from lms.catalog.courses import Live
from lms.catalog.items import Version
from lms.courseware.grading import TOLD
from lms.db import db

from .models import Regrade


def quiz_of(release: Live, item_code: str) -> Version | None:
    """Return the quiz of a release, or None when it has no such quiz."""
    entry = release.item(item_code)
    if entry is None or entry["kind"] != "quiz":
        return None
    sha = release.manifest["item_shas"][item_code]
    return items.find_version(release.course_id, item_code, sha)


def binding_quiz(bound: Live, live: Live, item_code: str) -> Version | None:
    """Return the quiz as it binds a learner; the live one when it is a new item.

    bound  the release joined
    """
    return quiz_of(bound, item_code) or quiz_of(live, item_code)


def questions(quiz: Version, live: Live) -> dict[str, Version]:
    """Return the question versions an attempt may draw, by code.

    A question whose text was bettered in the live release comes with the new text;
    one whose key, points or options changed stays as it was, unless its former
    version was found wrong and counted again.
    """
    bound = items.question_by_sha(quiz.course_id, quiz.body["question_shas"])
    now = quiz_of(live, quiz.code)
    if now is None or now.id == quiz.id:
        return bound
    shas = now.body["question_shas"]
    newer = items.question_by_sha(
        quiz.course_id,
        {c: shas[c] for c, v in bound.items() if shas.get(c, v.sha) != v.sha},
    )
    if not newer:
        return bound
    wrong = regraded(quiz.course_id)
    keys = items.keys(v.id for code in newer for v in (bound[code], newer[code]))
    return bound | {
        code: version
        for code, version in newer.items()
        if bound[code].id in wrong
        or (
            asks_the_same(bound[code].body, version.body)
            and counts_the_same(keys[bound[code].id], keys[version.id])
        )
    }


def regraded(course_id: int) -> set[int]:
    """Return the question versions of a course that nobody should be asked again."""
    rows = db.session.scalars(
        select(Regrade.old_versions).where(Regrade.course_id == course_id)
    )
    return {number for versions in rows for number in versions}


def asks_the_same(old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    """Say whether two question bodies weigh the same and ask for the same answers."""
    return _frame(old) == _frame(new)


# Of a body: texts, which may be bettered, and what changes no answer.
_TEXTS = frozenset(
    {"title", "stem_html", "hints_html", "pieces", "shuffle_options", "competencies"}
)
_ROW_TEXTS = frozenset({"html", "title_html", "text"})


def _frame(body: Mapping[str, Any]) -> Any:
    """Return all that a learner may see of a question, but for its texts."""
    return _without_texts({k: v for k, v in body.items() if k not in _TEXTS})


def _without_texts(value: Any) -> Any:
    if isinstance(value, Mapping):
        kept = {k: v for k, v in value.items() if k not in _ROW_TEXTS}
        return {name: _without_texts(inner) for name, inner in kept.items()}
    if isinstance(value, list):
        return [_without_texts(inner) for inner in value]
    return value


def counts_the_same(old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    """Say whether two keys give every answer the same score."""
    return {k: v for k, v in old.items() if k not in TOLD} == {
        k: v for k, v in new.items() if k not in TOLD
    }
