"""Reading what was answered: named answers by unit, anonymous ones by office."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, Select, and_, case, func, select

from lms.catalog import items
from lms.catalog.models import QuestionVersion
from lms.db import db

from .models import ROLES, SurveyAnswer, SurveyBallot, SurveyFilling
from .reach import Reach
from .tally import Counted

CHUNK = 900  # values in one IN (...): below every database's limit
TEXTS = ("short_text", "essay")


@dataclass(frozen=True, slots=True)
class Box:
    """Answers to one survey in one role, all by name or all anonymous.

    release_id, office_id  only those of one terbitan or perangkat daerah; 0 = all
    """

    course_id: int
    item_code: str
    role: str
    is_anonymous: bool
    release_id: int = 0
    office_id: int = 0

    def narrowed(self, release_id: int = 0, office_id: int = 0) -> "Box":
        return replace(self, release_id=release_id, office_id=office_id)

    @property
    def _table(self) -> type[SurveyBallot] | type[SurveyFilling]:
        return SurveyBallot if self.is_anonymous else SurveyFilling

    def condition(self, reach: Reach | None) -> ColumnElement[bool]:
        """Return which rows are in the box; without `reach` those of all units.

        Only ballots that were shaken: see ballots.py.
        """
        table = self._table
        parts = [
            table.course_id == self.course_id,
            table.item_code == self.item_code,
            table.role == self.role,
        ]
        if table is SurveyBallot:
            parts.append(SurveyBallot.is_open)
        else:
            parts.append(SurveyFilling.is_anonymous.is_(False))
        if self.release_id:
            parts.append(table.release_id == self.release_id)
        if self.office_id:
            parts.append(table.office_id == self.office_id)
        if reach is not None:
            place = table.office_id if self.is_anonymous else SurveyFilling.unit_id
            parts.append(place.in_(reach.units))
        return and_(*parts)


def of(course_id: int, item_code: str) -> list[Box]:
    """Return the boxes of a survey that hold anything, in the order of the roles."""
    named = select(SurveyFilling.role, SurveyFilling.is_anonymous).where(
        SurveyFilling.course_id == course_id, SurveyFilling.item_code == item_code
    )
    found = {tuple(row) for row in db.session.execute(named.distinct())}
    return [
        Box(course_id, item_code, role, is_anonymous)
        for role in ROLES
        for is_anonymous in (True, False)
        if (role, is_anonymous) in found
    ]


def held(course_ids: Iterable[int]) -> list[Box]:
    """Return the boxes of several courses that hold anything; roles in their order."""
    table, found = SurveyFilling, []
    wanted = sorted(set(course_ids))
    columns = (table.course_id, table.item_code, table.role, table.is_anonymous)
    for at in range(0, len(wanted), CHUNK):
        part = table.course_id.in_(wanted[at : at + CHUNK])
        rows = db.session.execute(select(*columns).where(part).distinct())
        found += [Box(*row) for row in rows]
    return sorted(found, key=lambda box: (ROLES.index(box.role), not box.is_anonymous))


def people(
    course_ids: Iterable[int], is_anonymous: bool, reach: Reach | None
) -> dict[tuple[int, str, str], int]:
    """Return (course id, survey, role) -> how many people have answers that count.

    reach  None = of all units
    """
    table = SurveyBallot if is_anonymous else SurveyFilling
    wanted, found = sorted(set(course_ids)), {}
    columns = (table.course_id, table.item_code, table.role)
    for at in range(0, len(wanted), CHUNK):
        counts = select(*columns, func.count()).where(
            table.course_id.in_(wanted[at : at + CHUNK])
        )
        if is_anonymous:
            counts = counts.where(SurveyBallot.is_open, SurveyBallot.place == 0)
        else:
            counts = counts.where(SurveyFilling.is_anonymous.is_(False))
        if reach is not None:
            place = table.office_id if is_anonymous else SurveyFilling.unit_id
            counts = counts.where(place.in_(reach.units))
        rows = db.session.execute(counts.group_by(*columns))
        found |= {tuple(key): number for *key, number in rows}
    return found


def sizes(box: Box, reach: Reach | None) -> dict[tuple[int, int], int]:
    """Return how many people's answers a box holds, by terbitan and office."""
    table = SurveyBallot if box.is_anonymous else SurveyFilling
    asked = (
        select(table.release_id, table.office_id, func.count())
        .where(box.condition(reach))
        .group_by(table.release_id, table.office_id)
    )
    if box.is_anonymous:
        asked = asked.where(SurveyBallot.place == 0)
    return {(release, office): n for release, office, n in db.session.execute(asked)}


def _answers(box: Box, reach: Reach, *columns) -> Select:
    """Select from the answers in a box, with their questions."""
    if box.is_anonymous:
        found = select(*columns).select_from(SurveyBallot)
        version = SurveyBallot.question_version_id
    else:
        found = (
            select(*columns)
            .select_from(SurveyAnswer)
            .join(SurveyFilling, SurveyFilling.id == SurveyAnswer.filling_id)
        )
        version = SurveyAnswer.question_version_id
    return found.join(QuestionVersion, QuestionVersion.id == version).where(
        box.condition(reach)
    )


def _answer(box: Box):
    return SurveyBallot.answer if box.is_anonymous else SurveyAnswer.answer


def counted(box: Box, reach: Reach) -> Iterator[Counted]:
    """Yield how often each answer was given; of texts, only whether there is one."""
    answer = _answer(box)
    given = case(
        (answer == "null", "null"),
        (QuestionVersion.kind.in_(TEXTS), '""'),
        else_=answer,
    ).label("given")
    rows = _answers(box, reach, QuestionVersion.id.label("version"), given).subquery()
    found = db.session.execute(
        select(rows.c.version, rows.c.given, func.count()).group_by(
            rows.c.version, rows.c.given
        )
    ).all()
    versions = items.question_versions({row.version for row in found})
    for version_id, answered, count in found:
        version = versions[version_id]
        yield Counted(
            version_id, version.code, version.kind, version.body, answered, count
        )


def texts(box: Box, reach: Reach, version_ids: Iterable[int], most: int) -> list[str]:
    """Return texts that were written, at most so many, as JSON.

    Anonymous ones come in the order of their random keys, which says nothing.
    """
    answer = _answer(box)
    order = SurveyBallot.key if box.is_anonymous else SurveyAnswer.id.desc()
    asked = _answers(box, reach, answer).where(
        QuestionVersion.id.in_(list(version_ids)), answer != "null"
    )
    return list(db.session.scalars(asked.order_by(order).limit(most)))


def rows(box: Box, reach: Reach, version_ids: Iterable[int]) -> Select:
    """Select what a file of the box holds, row by row; the question's version first.

    Of named answers also the filling. Anonymous ones are sorted by question and
    answer: no order is left that came with a person.

    version_ids  of the questions whose anonymous answers may be shown
    """
    answer = _answer(box)
    if box.is_anonymous:
        shown = QuestionVersion.id.in_(list(version_ids))
        return (
            _answers(box, reach, QuestionVersion.id, answer)
            .where(shown)
            .order_by(QuestionVersion.code, QuestionVersion.id, answer)
        )
    return _answers(
        box, reach, QuestionVersion.id, answer, SurveyFilling.id.label("filling"),
        SurveyFilling.enrolment_id, SurveyFilling.respondent_id,
        SurveyFilling.release_id, SurveyFilling.office_id, SurveyFilling.filled_on,
    ).order_by(SurveyFilling.id, SurveyAnswer.place)  # fmt: skip
