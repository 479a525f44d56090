"""Reads for the pages of job titles: those in use in the units one is HR of."""

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import and_, exists, func, or_, select

from lms.accounts import jobs, roles
from lms.accounts.models import Job, JobTag, Person, Unit
from lms.competency import posts
from lms.competency.models import JobFamily, JobLevel
from lms.db import db

PAGE = 50  # rows


@dataclass(frozen=True, slots=True)
class Row:
    """A job in the list. people: active, of one's units; family: as people read it."""

    job: Job
    people: int
    family: str
    tags: list[str]


def page_of(
    user, text: str, number: int, kind: str = "", without: str = ""
) -> tuple[list[Row], int]:
    """Return one page of the jobs whose title or tag holds `text`, and how many.

    kind     one of JOB_TYPES; "" = all
    without  "family": only those that have none, "tag": no tag
    """
    wanted = _visible(user)
    for word in text.casefold().split()[:8]:
        tagged = exists().where(
            JobTag.job_id == Job.id, JobTag.tag.contains(word, autoescape=True)
        )
        in_title = func.lower(Job.title).contains(word, autoescape=True)
        wanted = wanted.where(or_(in_title, tagged))
    if kind:
        wanted = wanted.where(Job.type == kind)
    if without == "family":
        wanted = wanted.where(Job.family == "")
    elif without == "tag":
        wanted = wanted.where(~exists().where(JobTag.job_id == Job.id))
    count = db.session.scalar(select(func.count()).select_from(wanted.subquery()))
    part = wanted.order_by(func.lower(Job.title), Job.id)
    part = part.limit(PAGE).offset((number - 1) * PAGE)
    found = list(db.session.scalars(part))
    numbers, tags = _people(user, found), jobs.tags_of([job.id for job in found])
    named = families()
    return [
        Row(job, numbers.get(job.id, 0), _family(job, named), tags.get(job.id, []))
        for job in found
    ], count


def find(user, job_id: int, for_update: bool = False) -> Job:
    """Return a job that is in use in one's units, or nowhere; refuses any other."""
    wanted = _visible(user).where(Job.id == job_id)
    job = db.session.scalar(wanted.with_for_update() if for_update else wanted)
    if job is None:
        raise jobs.JobMissing
    return job


def others(user, job: Job, text: str) -> list[Row]:
    """Return jobs like `text` that another may be merged into."""
    rows, _count = page_of(user, text, 1)
    return [row for row in rows if row.job.id != job.id][:20]


def titles(user, text: str, most: int = 12) -> tuple[list[tuple[str, int]], bool]:
    """Return titles of people in one's units that hold `text`, with how many have it.

    The second value says whether there are more than `most`.
    """
    title = func.lower(Job.title)
    words = text.casefold().split()[:8]
    wanted = (
        select(Job.title, func.count(Person.id))
        .join(Person, Person.job_id == Job.id)
        .join(Unit, Unit.id == Person.unit_id)
        .where(Person.is_active, roles.units_held(user, "hr"))
        .where(*(title.contains(word, autoescape=True) for word in words))
        .group_by(Job.title)
        .order_by(func.count(Person.id).desc(), Job.title)
        .limit(most + 1)
    )
    rows = [tuple(row) for row in db.session.execute(wanted)]
    return rows[:most], len(rows) > most


def known_titles(user, wanted: list[str]) -> set[str]:
    """Return those of some titles that are in use in one's units, or nowhere."""
    found = _visible(user).where(Job.title.in_(wanted)).with_only_columns(Job.title)
    return set(db.session.scalars(found)) if wanted else set()


def families() -> dict[str, str]:
    """Return code -> name of the published families of jobs, by name."""
    rows = db.session.execute(select(JobFamily.code, JobFamily.name))
    return dict(sorted(map(tuple, rows), key=lambda row: row[1]))


def levels() -> dict[str, str]:
    """Return code -> name of the published levels of jobs, in their order."""
    rows = select(JobLevel.code, JobLevel.name).order_by(JobLevel.place)
    return dict(map(tuple, db.session.execute(rows)))


def levels_of_jobs() -> dict[str, str]:
    """Return level as jobs have it -> what it means, in the published order.

    Where two writings mean one level both stand behind its name: "MU", "Ahli Muda".
    """
    named = levels()
    rows = select(Job.type, Job.level).where(Job.level != "").distinct()
    meant: dict[str, str] = {}
    for kind, level in db.session.execute(rows.order_by(Job.type, Job.level)):
        codes = (code for code in posts.level_codes(kind, level) if code in named)
        meant[level] = meant.get(level) or next(codes, "")
    order = {code: place for place, code in enumerate(named)}
    found = sorted(meant, key=lambda word: (order.get(meant[word], len(order)), word))
    many = Counter(meant.values())
    return {
        word: named.get(meant[word], word)
        + (f" ({word})" if meant[word] and many[meant[word]] > 1 else "")
        for word in found
    }


def family_of(job: Job, named: dict[str, str]) -> str:
    """Return the code of the published family that a job is in; "" = none."""
    return posts.family_code(job.family, named) if job.family else ""


def _family(job: Job, named: dict[str, str]) -> str:
    return named.get(family_of(job, named), job.family)


def _visible(user):
    held = roles.units_held(user, "hr")
    inside = select(Unit.id).where(held)
    here = exists().where(and_(Person.job_id == Job.id, Person.unit_id.in_(inside)))
    return select(Job).where(or_(here, ~exists().where(Person.job_id == Job.id)))


def _people(user, found: list[Job]) -> dict[int, int]:
    inside = select(Unit.id).where(roles.units_held(user, "hr"))
    rows = db.session.execute(
        select(Person.job_id, func.count())
        .where(
            Person.job_id.in_([job.id for job in found]),
            Person.is_active,
            Person.unit_id.in_(inside),
        )
        .group_by(Person.job_id)
    )
    return dict(map(tuple, rows))
