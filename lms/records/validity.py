"""Until when a completion speaks for its holder. Computed, never written down.

How long (`masa_berlaku`) is what the release said that the completion was earned by:
an author who shortens it takes nothing from those who are done.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from lms.catalog import courses
from lms.catalog.models import Release
from lms.db import db
from lms.kernel.months import add_months

from .models import Completion

LEAD_DAYS = 90  # before the last day; the setting RENEWAL_DAYS says otherwise


@dataclass(frozen=True, slots=True)
class Validity:
    """How long a completion counts; days by the calendar of its agency.

    until     the last day on which it counts
    opens_on  from this day on the course may be taken again
    state     valid, ending (it may be renewed), ended
    """

    until: date
    opens_on: date
    state: str

    @property
    def is_over(self) -> bool:
        return self.state == "ended"

    @property
    def is_open(self) -> bool:
        """Say whether the course may be taken again to renew it."""
        return self.state != "valid"


def at(
    finished_on: date, months: int | None, today: date, lead_days: int = LEAD_DAYS
) -> Validity | None:
    """Return how a completion stands on a day; None = it counts for good. Pure.

    months     of `masa_berlaku`: from 31 January one month lasts to 28 February
    lead_days  before the last day from which it may be renewed
    """
    if not months:
        return None
    until = add_months(finished_on, months)
    # One that is valid shorter than the lead is not open on the day it was earned.
    opens_on = max(until - timedelta(days=lead_days), finished_on + timedelta(days=1))
    state = "ended" if today > until else "ending" if today >= opens_on else "valid"
    return Validity(until, opens_on, state)


def months_of(release_id: int) -> int | None:
    """Return the months for which a completion of a release counts; None = for good."""
    return courses.release(release_id).manifest.get("validity_months")


def of(
    completion: Completion, today: date, lead_days: int = LEAD_DAYS
) -> Validity | None:
    """Return how a completion stands on a day; None = it counts for good."""
    months = months_of(completion.release_id)
    return at(completion.finished_on, months, today, lead_days)


def of_many(completions: Iterable[Completion], today: date) -> dict[int, Validity]:
    """Return completion id -> validity, of those that do not count for good."""
    every = list(completions)
    known = courses.releases(one.release_id for one in every)
    found = {}
    for one in every:
        months = known[one.release_id].manifest.get("validity_months")
        if standing := at(one.finished_on, months, today):
            found[one.id] = standing
    return found


def lengths() -> dict[int, list[int]]:
    """Return months -> releases whose completions count so long."""
    months = Release.manifest["validity_months"].as_integer()
    found: dict[int, list[int]] = {}
    for release_id, length in db.session.execute(select(Release.id, months)):
        if length:
            found.setdefault(length, []).append(release_id)
    return found


def still_counts(
    earned: Iterable[tuple[int, date]], today: date
) -> dict[tuple[int, date], bool]:
    """Return (release id, finished on) -> whether what was earned has not run out."""
    every = set(earned)
    known = courses.releases(release_id for release_id, _day in every)
    found = {}
    for release_id, finished_on in every:
        months = known[release_id].manifest.get("validity_months")
        standing = at(finished_on, months, today)
        found[release_id, finished_on] = standing is None or not standing.is_over
    return found


def counts(completion: Completion, today: date) -> bool:
    """Say whether a completion speaks for its holder: not revoked, not run out."""
    if completion.state != "valid":
        return False
    standing = of(completion, today)
    return standing is None or not standing.is_over
