"""Assignments in the reader's language: text and rubric, never a rule or a weight.

Levels and criteria are told apart by value and code, which are those of the file, so
what was graded in one language reads the same in the other.
"""

from collections.abc import Mapping
from typing import Any

from lms.catalog import courses, items, translated
from lms.catalog.courses import Live
from lms.catalog.items import Version

from .models import Work


def body(task: Version, bound: Live, language: str) -> Mapping[str, Any]:
    """Return an assignment's body in a language where it has one, with "language".

    bound  the release joined; the live one may say the same in better words
    """
    said = translated.shown(task, language, courses.live(bound.code), bound)
    own = bound.manifest.get("own_language") or bound.manifest["language"]
    return {"language": own, **said.body}


def of_work(work: Work, language: str) -> Mapping[str, Any]:
    """Return what a round of work is asked, in a language."""
    bound = courses.release(work.enrolment.release_id)
    return body(items.version(work.item_version_id), bound, language)
