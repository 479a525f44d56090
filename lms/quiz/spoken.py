"""Quizzes in the reader's language: texts pinned by the attempt, never a second key.

An attempt notes at its start which texts its questions have in which languages ("t" of
its layout), as it notes their versions: what somebody read stays what they read, even
when a translation is mended. Which language is read changes nothing of what is stored.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from lms.catalog import courses, items, translated
from lms.catalog.courses import Live
from lms.catalog.items import Version

from .corrected_keys import CORRECTED
from .models import Attempt


def pinned(
    layout: Sequence[dict[str, Any]], versions: Mapping[str, Version], live: Live
) -> list[dict[str, Any]]:
    """Return a new layout with the ids of its questions' texts, by language."""
    by_id = {version.id: version for version in versions.values()}
    drawn = [by_id[place["q"]] for place in layout]
    known = {
        language: translated.texts_of(drawn, live, language)
        for language in translated.languages(live)[1:]
    }
    return [
        place | {"t": texts} if (texts := _of(place["q"], known)) else place
        for place in layout
    ]


def _of(version_id: int, known: Mapping[str, Mapping[int, int]]) -> dict[str, int]:
    return {
        language: texts[version_id]
        for language, texts in known.items()
        if version_id in texts
    }


def texts(attempt: Attempt, language: str) -> dict[int, int]:
    """Return question version id -> id of its text in a language, as pinned."""
    return {
        place["q"]: place["t"][language]
        for place in attempt.layout
        if language in place.get("t", {})
    }


def question(attempt: Attempt, slot: int, language: str) -> Mapping[str, Any]:
    """Return the body of one question of an attempt in a language."""
    number = attempt.layout[slot]["q"]
    return questions(attempt, language, [number])[number].body


def questions(
    attempt: Attempt, language: str, wanted: Sequence[int] | None = None
) -> dict[int, Version]:
    """Return the question versions of an attempt with their texts in a language."""
    ids = [place["q"] for place in attempt.layout] if wanted is None else wanted
    known = {n: text for n, text in texts(attempt, language).items() if n in ids}
    return translated.questions(items.question_versions(ids), known)


def told(
    attempt: Attempt, keys: Mapping[int, Mapping[str, Any]], language: str
) -> dict[int, Mapping[str, Any]]:
    """Return keys that explain an attempt: they tell in the reader's language.

    What a corrected key tells has no translation among those of the attempt.
    """
    own = {n: key for n, key in keys.items() if not key.get(CORRECTED)}
    return {**keys, **translated.keys_told(own, texts(attempt, language))}


def body(quiz: Version, live: Live, language: str) -> Mapping[str, Any]:
    """Return a quiz's body with title and introduction in a language."""
    return translated.item(quiz, live, language).body


def course_of(attempt: Attempt, language: str) -> Live:
    """Return the release that binds an attempt, with its titles in a language."""
    return translated.course(courses.release(attempt.enrolment.release_id), language)
