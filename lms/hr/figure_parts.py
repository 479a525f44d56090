"""What each person adds to the sums of the dashboard, from the tables of record.

kind     year  course_id  key         mark          count  total
people   0     0          ""          0             1      0
jp       of JP 0          ""          band          1      JP of the year
done     of it course, 0  ""          month         courses finished
duty     due   course     day due     fact          duties 0
gap      0     0          competency  0             1      levels missing

Dates are kept, not states: what is late depends on the day somebody looks. Only gaps
are of today, by UTC: see `run_out`.
"""

import json
from collections.abc import Collection, Iterable

from sqlalchemy import extract, func, select

from lms.accounts.models import Job, Person, Unit
from lms.assignments import standing
from lms.assignments.models import Duty
from lms.competency import gaps_at_once
from lms.db import db
from lms.kernel import clock
from lms.records import jp
from lms.records.models import Completion, JpPolicy

TODO, BEGUN, DONE = 0, 1, 2  # facts of a duty
BANDS, NO_TARGET = 5, 9  # the last band has reached the target
_WRITE = json.JSONEncoder(separators=(",", ":")).encode
BY_STATUS = ("people", "jp")  # kinds whose sums are kept for each ASN status
Part = tuple[str, int, int, str, int, int, int]
Sum = tuple[str, int, int, int, str, str, str, int]  # the key of FigureSum


def band(total: int, target: int | None) -> int:
    """Return which quarter of the target was reached, 0 to 4; NO_TARGET without one.

    Rounded down: 19 of 20 JP is band 3. A target of 0 is reached by everybody.
    """
    if target is None:
        return NO_TARGET
    if total >= target:
        return BANDS - 1
    return total * (BANDS - 1) // target


def limits(band: int, target: int) -> tuple[int, int | None]:
    """Return the least and the most JP of a quarter of a target; the last is open."""
    steps = BANDS - 1
    if band == steps:
        return target, None
    return -(-band * target // steps), -(-(band + 1) * target // steps) - 1


def of_people(person_ids: Collection[int]) -> dict[int, str]:
    """Return person id -> parts as written, of those who are active.

    person_ids  at most as many as one IN (...) takes: CHUNK of assignments.standing
    """
    people = {
        row.id: row
        for row in db.session.execute(
            select(
                Person.id, Person.unit_id, Person.asn_status, Unit.agency_id,
                func.coalesce(Job.type, "").label("job_type"),
            )
            .join(Unit, Unit.id == Person.unit_id)
            .outerjoin(Job, Job.id == Person.job_id)
            .where(Person.id.in_(person_ids), Person.is_active)
        )
    }  # fmt: skip
    parts: dict[int, list[Part]] = {n: [("people", 0, 0, "", 0, 1, 0)] for n in people}
    sources = (_jp(people), _done(people), _duties(people), _gaps(people))
    for source in sources:
        for person, part in source:
            parts[person].append(part)
    return {
        n: written(row.unit_id, row.job_type, row.asn_status, parts[n])
        for n, row in people.items()
    }


def written(unit_id: int, job_type: str, status: str, parts: Iterable[Part]) -> str:
    """Write parts down: the same ones give the same text, in whatever order."""
    counted: dict[tuple, list[int]] = {}
    for part in parts:
        found = counted.setdefault(part[:5], [0, 0])
        found[0] += part[5]
        found[1] += part[6]
    rows = [(*key, *counted[key]) for key in sorted(counted)]
    return _WRITE([unit_id, job_type, status, rows])


def sums(texts: Iterable[str], sign: int, into: dict[Sum, list[int]]) -> None:
    """Add parts as written to sums, or take them out (sign -1)."""
    for text in texts:
        unit_id, job_type, status, rows = json.loads(text)
        for kind, year, course_id, key, mark, count, total in rows:
            of = status if kind in BY_STATUS else ""
            place = (kind, year, course_id, unit_id, job_type, of, key, mark)
            found = into.setdefault(place, [0, 0])
            found[0] += sign * count
            found[1] += sign * total


def policies() -> list[jp.Policy]:
    """Return all policies as plain values."""
    names = jp.Policy.__slots__
    rows = db.session.scalars(select(JpPolicy))
    return [jp.Policy(**{name: getattr(row, name) for name in names}) for row in rows]


def _jp(people: dict):
    rules = policies()
    rows = db.session.execute(
        select(Completion.person_id, Completion.year, func.sum(Completion.jp))
        .where(Completion.person_id.in_(people), Completion.state == "valid")
        .group_by(Completion.person_id, Completion.year)
    )
    for person, year, total in rows:
        row = people[person]
        policy = jp.policy_for(rules, row.agency_id, row.asn_status, year)
        reached = band(int(total), policy.target if policy else None)
        yield person, ("jp", year, 0, "", reached, 1, int(total))


def _done(people: dict):
    month = extract("month", Completion.finished_on)
    rows = db.session.execute(
        select(
            Completion.person_id, Completion.year, Completion.course_id, month,
            func.count(),
        )
        .where(Completion.person_id.in_(people), Completion.state == "valid")
        .group_by(
            Completion.person_id, Completion.year, Completion.course_id, month
        )
    )  # fmt: skip
    for person, year, course_id, number, count in rows:
        for course in (course_id, 0):
            yield person, ("done", year, course, "", int(number), count, 0)


def _duties(people: dict):
    d = Duty  # columns only: of many people, rows as objects cost as much as the rest
    rows = db.session.execute(
        select(
            d.person_id, d.course_id, d.due_on, standing.finished_on(),
            standing.begun_id(),
        )
        .where(d.person_id.in_(people), d.ended_at.is_(None))
    )  # fmt: skip
    for person, course_id, day, finished_on, begun_id in rows:
        fact = DONE if finished_on else BEGUN if begun_id is not None else TODO
        yield person, ("duty", day.year, course_id, day.isoformat(), fact, 1, 0)


def _gaps(people: dict):
    today = clock.now().date()
    for person, needs in gaps_at_once.of_people(people, today).items():
        for code, need in needs.items():
            yield person, ("gap", 0, 0, code, 0, 1, need.gap)
