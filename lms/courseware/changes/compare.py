"""The comparison of two publications of a course."""

from collections.abc import Iterator

from . import courses, items, questions, translated
from .change import TINTS, Change
from .publication import Publication


def compare(old: Publication | None, new: Publication) -> tuple[Change, ...]:
    """Return what differs, what needs most first; nothing for a first publication."""
    if old is None:
        return ()
    found = list(_changes(old, new))
    return tuple(sorted(found, key=lambda change: -TINTS.index(change.tint)))


def _changes(old: Publication, new: Publication) -> Iterator[Change]:
    yield from courses.changes(old, new)
    yield from items.changes(old, new)
    yield from questions.changes(old, new)
    yield from translated.changes(old, new)
