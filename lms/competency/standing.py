"""Where a person stands: what the job asks, what has been shown, what is missing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import (
    Date,
    Integer,
    and_,
    bindparam,
    case,
    cast,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
)
from sqlalchemy.engine import Row as Result

from lms.accounts.models import Job, Person
from lms.catalog import gaps
from lms.catalog.models import Competency
from lms.db import db
from lms.db.prepared import Prepared
from lms.records import validity
from lms.records.models import Completion, Evidence

from . import posts
from .models import JobFamily, JobLevel, Requirement, ShownLevel

CORE = frozenset({"manajerial", "sosial_kultural"})  # as kompetensi.yml names them
LEARNED_AT_MOST = 2  # an e-course is evidence for no more, whatever it promises
STEPS = 5


@dataclass(frozen=True, slots=True)
class Row:
    """A competency of a person; levels 1 to 5, 0 = none.

    required  by the job; 0 = the job does not ask it
    shown     assessed or observed, the newest
    learned   by courses that still count, at most 2
    gap       levels neither shown nor learned that the job asks
    lapsed    once learned by courses whose time has run out; 0 = no more than now
    """

    code: str
    name: str
    group: str
    required: int
    shown: int
    learned: int
    gap: int
    lapsed: int = 0

    @property
    def is_met(self) -> bool:
        """Say whether somebody has found the level the job asks."""
        return self.shown >= self.required

    @property
    def reached(self) -> int:
        """Return the level shown or learned, whichever is higher."""
        return max(self.shown, self.learned)

    @property
    def steps(self) -> tuple[str, ...]:
        """Return what each step of the bar is: on, light, need, or "" for none."""
        return tuple(
            "on"
            if step <= self.shown
            else "light"
            if step <= self.learned
            else "need"
            if step <= self.required
            else ""
            for step in range(1, STEPS + 1)
        )


@dataclass(frozen=True, slots=True)
class Standing:
    """A person's competencies against the job.

    trouble  why the job's level asks nothing: "no_job", "no_level" (HR has not
             written one), "unknown_level"; "" = it is known
    level    as HR wrote it, for the explanation of "unknown_level"
    is_sure  False: sources differ on what this level asks
    rows     what the job asks, the largest gap first
    beyond   shown or learned, but not asked
    """

    job_title: str = ""
    level_name: str = ""
    family: str = ""  # code
    family_name: str = ""
    level: str = ""
    trouble: str = ""
    is_sure: bool = True
    rows: tuple[Row, ...] = ()
    beyond: tuple[Row, ...] = ()

    @property
    def gaps(self) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row.gap)

    @property
    def is_blank(self) -> bool:
        """Say whether nothing was ever shown or learned."""
        every = (*self.rows, *self.beyond)
        return not any(row.reached or row.lapsed for row in every)

    @property
    def unproven(self) -> tuple[Row, ...]:
        """Return what has been learned far enough but found by nobody."""
        return tuple(row for row in self.rows if not row.gap and not row.is_met)


@dataclass(slots=True)
class _Person:
    """All that one statement says about a person."""

    job: Result | None = None
    shown: dict[str, int] = field(default_factory=dict)
    learned: dict[str, int] = field(default_factory=dict)
    lapsed: dict[str, int] = field(default_factory=dict)


def _person_statement():
    """The person's job with its family; levels shown (newest) and learned.

    What was learned comes by release: how long it counts is said there.
    """
    person = bindparam("person")
    none, no_day = cast(null(), Integer), cast(null(), Date)
    job = (
        select(
            literal("job").label("kind"),
            Job.title.label("code"),
            Job.type.label("type"),
            Job.level.label("level_text"),
            Job.family.label("family_text"),
            func.coalesce(JobFamily.code, "").label("family"),
            func.coalesce(JobFamily.name, "").label("family_name"),
            none.label("level"),
            none.label("release_id"),
            no_day.label("finished_on"),
        )
        .select_from(Person)
        .join(Job, Job.id == Person.job_id)
        .outerjoin(JobFamily, JobFamily.code == Job.family)
        .where(Person.id == person)
    )
    newest = (
        select(
            ShownLevel.competency,
            ShownLevel.level,
            func.row_number()
            .over(
                partition_by=ShownLevel.competency,
                order_by=(ShownLevel.found_on.desc(), ShownLevel.id.desc()),
            )
            .label("place"),
        )
        .where(ShownLevel.person_id == person)
        .subquery()
    )
    blank = [literal("")] * 5
    shown = select(
        literal("shown"), newest.c.competency, *blank, newest.c.level, none, no_day
    ).where(newest.c.place == 1)
    return union_all(job, shown, _learned_part(person, blank))


def _learned_part(person, blank: list):
    """What courses gave, by release."""
    return (
        select(
            literal("learned"),
            Evidence.competency,
            *blank,
            Evidence.level,
            Completion.release_id,
            func.max(Completion.finished_on),
        )
        .join(Completion, Completion.id == Evidence.completion_id)
        .where(
            Evidence.person_id == person,
            Evidence.kind == "learned",
            Completion.state == "valid",
        )
        .group_by(Evidence.competency, Evidence.level, Completion.release_id)
    )


def _standard_statement():
    """The level of jobs, and all competencies with what the family asks of them.

    A competency comes once for all levels of jobs (at "") and once for the level.
    """
    codes = (bindparam("first"), bindparam("second"))
    level = select(
        literal("level").label("kind"),
        JobLevel.code.label("code"),
        JobLevel.name.label("name"),
        case((JobLevel.is_sure, "sure"), else_="").label("group"),
        literal("").label("job_level"),
        JobLevel.core_level.label("level"),
    ).where(JobLevel.code.in_(codes))
    asked = select(
        literal("competency"),
        Competency.code,
        Competency.name,
        Competency.group,
        func.coalesce(Requirement.job_level, ""),
        Requirement.level,
    ).outerjoin(
        Requirement,
        and_(
            Requirement.competency == Competency.code,
            Requirement.family == bindparam("family"),
            or_(Requirement.job_level == "", Requirement.job_level.in_(codes)),
        ),
    )
    return union_all(level, asked)


# Built once: making a statement costs more than running it.
_PERSON = Prepared(_person_statement())
_STANDARD = Prepared(_standard_statement())
_FAMILIES = select(JobFamily.code, JobFamily.name)


def of(person_id: int, today: date) -> Standing:
    """Return where a person stands; two statements, three when HR's spelling of the
    family is not its code.

    today  by the calendar of the person's agency: courses may count for a time only
    """
    person = _read(person_id, today)
    job = person.job
    codes = posts.level_codes(job.type, job.level_text, job.code) if job else ()
    family, family_name = _family(job)
    first, second = (*codes, "", "")[:2]
    levels: dict[str, Result] = {}
    asked: list[Result] = []
    for result in _STANDARD.rows(first=first, second=second, family=family):
        if result.kind == "level":
            levels[result.code] = result
        else:
            asked.append(result)
    level = next((levels[code] for code in codes if code in levels), None)
    rows = tuple(_rows(asked, level, person))
    return Standing(
        job_title=job.code if job else "",
        level_name=level.name if level else "",
        family=family,
        family_name=family_name,
        level=job.level_text if job else "",
        trouble="" if level else _trouble(job),
        is_sure=level is None or bool(level.group),
        rows=tuple(sorted((r for r in rows if r.required), key=_order)),
        beyond=tuple(sorted((r for r in rows if not r.required), key=_order)),
    )


def gaps_of(person_id: int, today: date) -> dict[str, int]:
    """Return competency -> level the job asks, where the person has not got there."""
    return {row.code: row.required for row in of(person_id, today).gaps}


def reached_of(person_id: int, today: date) -> dict[str, int]:
    """Return competency -> level reached, where the job asks more and courses help."""
    return {
        row.code: row.reached
        for row in of(person_id, today).gaps
        if row.reached < LEARNED_AT_MOST
    }


def _read(person_id: int, today: date) -> _Person:
    found = _Person()
    learned = []
    for result in _PERSON.rows(person=person_id):
        if result.kind == "job":
            found.job = result
        elif result.kind == "shown":
            found.shown[result.code] = result.level
        else:
            learned.append(result)
    earned = {(one.release_id, one.finished_on) for one in learned}
    counting = validity.still_counts(earned, today)
    for one in learned:
        is_counted = counting[one.release_id, one.finished_on]
        into = found.learned if is_counted else found.lapsed
        level = min(one.level, LEARNED_AT_MOST)
        into[one.code] = max(level, into.get(one.code, 0))
    return found


def _family(job: Result | None) -> tuple[str, str]:
    """Return code and name of the job's family, ("", "") when there is none."""
    if job is None or not job.family_text:
        return "", ""
    if job.family:
        return job.family, job.family_name
    families = {row.code: row.name for row in db.session.execute(_FAMILIES)}
    code = posts.family_code(job.family_text, families)
    return code, families.get(code, "")


def _trouble(job: Result | None) -> str:
    if job is None:
        return "no_job"
    return "unknown_level" if job.level_text else "no_level"


def _rows(
    asked: Iterable[Result], level: Result | None, person: _Person
) -> Iterable[Row]:
    """Yield a row per competency that is asked, shown, or was ever learned."""
    named: dict[str, tuple[str, str]] = {}
    wanted: dict[str, dict[str, int]] = {}
    for result in asked:
        named[result.code] = (result.name, result.group)
        if result.level is not None:
            wanted.setdefault(result.code, {})[result.job_level] = result.level
    for code in {*named, *person.shown, *person.learned, *person.lapsed}:
        name, group = named.get(code, (code, ""))
        by_level = wanted.get(code, {})
        known, core = (level.code, level.level) if level is not None else ("", 0)
        required = required_level(by_level, known, core, group)
        shown, learned = person.shown.get(code, 0), person.learned.get(code, 0)
        once = person.lapsed.get(code, 0)
        lapsed = once if once > learned else 0
        if required or shown or learned or lapsed:
            gap = max(0, required - max(shown, learned))
            yield Row(code, name, group, required, shown, learned, gap, lapsed)


def required_level(
    by_level: Mapping[str, int], level: str, core: int, group: str
) -> int:
    """Return the level a job asks of a competency; 0 = it does not ask it.

    by_level  what its family asks: level of jobs -> level; "" = every level of jobs
    level     of the job; "" = nobody knows it, so only what is asked of all
    core      what that level of jobs asks of core competencies
    """
    if not level:
        return by_level.get("", 0)
    return by_level.get(level, by_level.get("", core if group in CORE else 0))


def _order(row: Row) -> tuple:
    """Sort key: the largest gap first, then what nobody has found yet."""
    return (-row.gap, row.is_met, row.name.lower(), row.code)


gaps.register(gaps_of, reached_of)
