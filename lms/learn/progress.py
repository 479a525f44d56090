"""How far a person is in the courses they take; for home and for lists."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from lms.catalog import courses
from lms.catalog.courses import Live
from lms.records import rounds

from . import outline, queries, reading_places
from .outline import Facts, Outline
from .places import Place
from .queries import Taken
from .reading_places import At, Spot


@dataclass(frozen=True, slots=True)
class Running:
    """A course somebody is in the middle of.

    period  "2026" of a yearly course, else ""
    at      where to go on reading; None when nothing is begun, or that item is done
    """

    live: Live
    outline: Outline
    period: str = ""
    at: At | None = None


def running(
    person_id: int, taken: Iterable[queries.Taken] | None = None
) -> list[Running]:
    """Return the courses a person has not finished; the one learned in last first.

    taken  all enrolments of the person, where the caller has read them already
    """
    if taken is None:
        taken = queries.taken(person_id)
    mine = [one for one in taken if not one.is_finished]
    traces = queries.facts_of(taken.enrolment.id for taken in mine)
    ids = {t.live_release_id for t in mine} | {t.enrolment.release_id for t in mine}
    known = courses.releases(ids)
    spots = reading_places.newest(one.enrolment.id for one in mine)

    def last(one: Taken) -> datetime:
        """Return when somebody last did something in a course."""
        begun, spot = one.enrolment.started_at, spots.get(one.enrolment.id)
        return max(begun, traces.at.get(one.enrolment.id, begun), *(spot or ())[2:])

    mine.sort(key=last, reverse=True)
    return [
        _running(
            Place(known[t.live_release_id], known[t.enrolment.release_id], None, True),
            rounds.year_of(t.enrolment.period),
            traces.facts.get(t.enrolment.id, {}),
            spots.get(t.enrolment.id),
        )
        for t in mine
    ]


def _running(place: Place, period: str, facts: Facts, spot: Spot | None) -> Running:
    built = outline.build(place.live, place.bound, facts)
    at = reading_places.where(place, built, spot)
    return Running(place.live, built, period, at)
