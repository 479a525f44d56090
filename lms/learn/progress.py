"""How far a person is in the courses they take; for home and for lists."""

from collections.abc import Iterable
from dataclasses import dataclass

from lms.catalog import courses
from lms.catalog.courses import Live

from . import outline, queries
from .outline import Outline


@dataclass(frozen=True, slots=True)
class Running:
    """A course somebody is in the middle of."""

    live: Live
    outline: Outline


def running(person_id: int) -> list[Running]:
    """Return the courses a person has not finished; the one learned in last first."""
    mine = [taken for taken in queries.taken(person_id) if not taken.is_finished]
    traces = queries.facts_of(taken.enrolment.id for taken in mine)
    ids = {t.live_release_id for t in mine} | {t.enrolment.release_id for t in mine}
    known = courses.releases(ids)
    mine.sort(
        key=lambda t: max(traces.at.get(t.enrolment.id, t.enrolment.started_at),
                          t.enrolment.started_at),
        reverse=True,
    )  # fmt: skip
    return [
        Running(
            live=known[t.live_release_id],
            outline=outline.build(
                known[t.live_release_id],
                known[t.enrolment.release_id],
                traces.facts.get(t.enrolment.id, {}),
            ),
        )
        for t in mine
    ]


def marks_of(person_id: int, course_ids: Iterable[int]) -> dict[int, str]:
    """Return "running" or "done" for the courses a person takes or has finished."""
    wanted = set(course_ids)
    found: dict[int, str] = {}
    for taken in queries.taken(person_id):
        course_id = taken.enrolment.course_id
        if course_id in wanted:  # the newest enrolment comes first and counts
            found.setdefault(course_id, "done" if taken.is_finished else "running")
    return found
