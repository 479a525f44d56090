"""Which courses answer to the words somebody typed. Pure."""

from collections.abc import Iterable

from .courses import Live

LONGEST = 100  # letters of a search that are read


def matching(courses: Iterable[Live], text: str) -> list[Live]:
    """Return the courses that hold every word of `text`; all for an empty one.

    Looks in title, summary, tags and organiser; capitals do not count.
    """
    words = text[:LONGEST].casefold().split()
    return [course for course in courses if all(w in _said(course) for w in words)]


def _said(course: Live) -> str:
    manifest = course.manifest
    parts = (course.title, course.summary, manifest["organiser"], *manifest["tags"])
    return " ".join(parts).casefold()
