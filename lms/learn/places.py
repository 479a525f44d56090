"""Where a person stands in a course: what is live, and what binds them."""

from dataclasses import dataclass, fields, replace
from typing import Any

from sqlalchemy import and_, bindparam, select

from lms.catalog import courses, items, translated
from lms.catalog.courses import CourseMissing, Live
from lms.catalog.models import Course, LiveRelease
from lms.db.prepared import Prepared
from lms.kernel.errors import Conflict
from lms.kernel.i18n import N_
from lms.records.models import Enrolled, Enrolment

from . import outline


class NotEnrolled(Conflict):
    message = N_("Ikuti kursus ini dahulu, lalu buka pelajarannya.")


@dataclass(frozen=True, slots=True)
class Place:
    """A course as one person meets it.

    live        what is shown
    bound       the release whose passing rule binds: that of the enrolment
    enrolment   None when the person does not take part now
    is_offered  the course takes new people
    language    in which it is read where it is translated; "" = its own
    """

    live: Live
    bound: Live
    enrolment: Enrolled | None
    is_offered: bool
    language: str = ""

    @property
    def languages(self) -> tuple[str, ...]:
        """Languages the course can be read in, that of its author first."""
        return translated.languages(self.live)

    @property
    def is_translated(self) -> bool:
        """Say whether what is shown is a translation, at least in part."""
        return self.language in self.languages[1:]

    def read_in(self, language: str) -> "Place":
        """Return the same place with the course's texts in a language."""
        return replace(
            self,
            live=translated.course(self.live, language),
            bound=translated.course(self.bound, language),
            language=language,
        )

    def entry(self, item_code: str) -> dict[str, Any]:
        """Return the item's entry in the outline. Raises ItemMissing."""
        entry = self.source_of(item_code).item(item_code)
        assert entry is not None  # source_of names a release that has it
        return entry

    def source_of(self, item_code: str) -> Live:
        """Return the release whose text of an item is shown: the live one.

        Only what the person still owes and the live release has no more, an item
        or a check, is shown as it was. Raises ItemMissing.
        """
        shown, owed = self.live.item(item_code), self._owed(item_code)
        if owed and (shown is None or not needed_checks(owed) <= set(shown["checks"])):
            return self.bound
        if shown is None:
            raise items.ItemMissing
        return self.live

    def _owed(self, item_code: str) -> dict[str, Any] | None:
        if self.bound is self.live:
            return None
        wanted = outline.wanted_codes(self.bound)
        return self.bound.item(item_code) if item_code in wanted else None


def needed_checks(entry: dict[str, Any]) -> set[str]:
    """Return the checks without which a module is not finished."""
    return set() if entry["completion"] in (None, "read") else set(entry["checks"])


_VALUES = tuple(field.name for field in fields(Enrolled))
_FIND = Prepared(
    select(Course.is_listed, LiveRelease.release_id, *Enrolment.__table__.c[_VALUES])
    .join(LiveRelease, LiveRelease.course_id == Course.id)
    .outerjoin(
        Enrolment,
        and_(
            Enrolment.course_id == Course.id,
            Enrolment.person_id == bindparam("person"),
            Enrolment.withdrawn_at.is_(None),
        ),
    )
    .where(Course.code == bindparam("course"))
    .order_by(Enrolment.edition.desc(), Enrolment.period.desc(), Enrolment.id.desc())
    .limit(1)
)


def find(person_id: int, course_code: str) -> Place:
    """Return where the person stands, in one statement. Raises CourseMissing."""
    rows = _FIND.rows(person=person_id, course=course_code)
    if not rows:
        raise CourseMissing
    is_listed, release_id, *values = rows[0]
    enrolment = Enrolled(*values) if values[0] else None
    bound_id = enrolment.release_id if enrolment else release_id
    known = courses.releases({release_id, bound_id})
    return Place(known[release_id], known[bound_id], enrolment, is_listed)
