"""Job titles: family, tags, spelling; two spellings of one job become one.

Titles are shared by all agencies of an installation, so who changes one must be in
charge of everybody in it; merging moves only the people one is in charge of.
"""

from collections.abc import Callable, Iterable
from datetime import date, datetime

from sqlalchemy import ColumnElement, delete, func, not_, select

from lms.audit import log
from lms.db import db
from lms.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from lms.kernel.i18n import N_
from lms.kernel.text import has_hidden, one_line

from . import moves, relocations
from .models import JOB_TYPES, Job, JobTag, Person, Unit

TAG = 60  # letters
TAGS = 20  # of one job


class JobMissing(NotFound):
    message = N_("Jabatan itu tidak ada.")


class JobBad(Invalid):
    message = N_("Nama jabatan wajib diisi, paling panjang 200 karakter.")


class TagBad(Invalid):
    message = N_("Tag paling banyak 20, masing-masing paling panjang 60 karakter.")


class JobThere(Conflict):
    message = N_(
        "Jabatan dengan nama, jenis, dan jenjang itu sudah ada. Gabungkan keduanya bila"
        " memang jabatan yang sama."
    )


class JobElsewhere(Forbidden):
    message = N_(
        "Jabatan ini juga dipakai di luar unit yang Anda ampu, sehingga tidak dapat"
        " Anda ubah sendiri. Mintalah kepada pengelola SDM instansi atau administrator."
    )


class SameJob(Conflict):
    message = N_("Jabatan tidak dapat digabung ke dirinya sendiri.")


Renaming = Callable[[str, str, ColumnElement[bool]], None]
_renames: list[Renaming] = []


def listen_rename(listener: Renaming) -> Renaming:
    """Have `listener(old, new, held)` told when people get another title.

    held  condition on Unit: where they are
    It runs in the transaction of the change, before it is told who moved.
    """
    if listener not in _renames:
        _renames.append(listener)
    return listener


def _tell_rename(old: str, new: str, held: ColumnElement[bool]) -> None:
    if old != new:
        for listener in _renames:
            listener(old, new, held)


def find(job_id: int, for_update: bool = False) -> Job:
    """Return a job; refuses when there is none."""
    found = select(Job).where(Job.id == job_id)
    job = db.session.scalar(found.with_for_update() if for_update else found)
    if job is None:
        raise JobMissing
    return job


def clean_tags(text: str) -> list[str]:
    """Return tags typed with commas between: lower case, each once, by name.

    raises  TagBad
    """
    parts = {one_line(part).casefold() for part in text.replace(";", ",").split(",")}
    tags = sorted(parts - {""})
    if len(tags) > TAGS or any(len(t) > TAG or has_hidden(t) for t in tags):
        raise TagBad
    return tags


def tags_of(job_ids: Iterable[int]) -> dict[int, list[str]]:
    """Return job id -> its tags, by name."""
    found: dict[int, list[str]] = {}
    wanted = select(JobTag.job_id, JobTag.tag).where(JobTag.job_id.in_(list(job_ids)))
    for job_id, tag in db.session.execute(wanted.order_by(JobTag.tag)):
        found.setdefault(job_id, []).append(tag)
    return found


def count_in(job_id: int, units: ColumnElement[bool]) -> int:
    """Return how many active people of these units have the job."""
    return db.session.scalar(
        select(func.count(Person.id))
        .join(Unit, Unit.id == Person.unit_id)
        .where(Person.job_id == job_id, Person.is_active, units)
    )


def edit(  # noqa: PLR0917
    job: Job, facts: dict[str, str], tags: list[str], held, now: datetime, by
) -> bool:
    """Change title, type, level, family and tags; return whether anything changed.

    facts   columns of Job
    held    condition on Unit: the units one is in charge of
    raises  JobBad  JobThere  JobElsewhere
    """
    facts = {key: one_line(value) for key, value in facts.items()}
    _check(facts)
    changed = {k: v for k, v in facts.items() if getattr(job, k) != v}
    before = tags_of([job.id]).get(job.id, [])
    if not changed and before == tags:
        return False
    if count_in(job.id, not_(held)):
        raise JobElsewhere
    if changed.keys() & {"title", "type", "level"}:
        _check_free(job.id, {"title": job.title, "type": job.type,
                             "level": job.level} | changed)  # fmt: skip
    was = {key: getattr(job, key) for key in changed}
    for key, value in changed.items():
        setattr(job, key, value)
    if before != tags:
        db.session.execute(delete(JobTag).where(JobTag.job_id == job.id))
        db.session.add_all(JobTag(job_id=job.id, tag=tag) for tag in tags)
        was["tags"], changed["tags"] = before, tags
    db.session.flush()
    _log("job.edited", job.id, {"was": was, "is": changed}, now, by)
    _tell_rename(was.get("title", job.title), job.title, held)
    # Who is assigned what goes by title, type, level, family and tags of the job.
    people = select(Person.id).where(Person.job_id == job.id).order_by(Person.id)
    moves.tell(list(db.session.scalars(people)), now)
    return True


def add(facts: dict[str, str], now: datetime, by) -> tuple[Job, bool]:
    """Make a job; one that is there already is that one. Return whether it is new."""
    facts = {key: one_line(value) for key, value in facts.items()}
    _check(facts)
    there = _same(facts)
    if there is not None:
        return there, False
    job = Job(**facts)
    db.session.add(job)
    db.session.flush()
    _log("job.made", job.id, {"title": job.title}, now, by)
    return job, True


def merge(  # noqa: PLR0917
    job: Job, target: Job, held, today: date, now: datetime, by
) -> int:
    """Give the people of one job the other; return how many people changed.

    held  condition on Unit: whose people change; those of others keep the old title
    Placements that ended keep the title they had. Tags of the old job are added, and
    its family where the target has none, when nobody else has the target.
    """
    if job.id == target.id:
        raise SameJob
    people = list(
        db.session.scalars(
            select(Person.id)
            .join(Unit, Unit.id == Person.unit_id)
            .where(Person.job_id == job.id, held)
            .order_by(Person.id)
        )
    )
    if not people:
        return 0
    facts = {"into": target.id, "people": len(people)}
    facts["agencies"] = _wholly_merged(job.id, held)
    facts |= {"title": job.title, "target": target.title}
    if not count_in(target.id, not_(held)):
        _enrich(job, target)
    _log("job.merged", job.id, facts, now, by)
    db.session.flush()
    _tell_rename(job.title, target.title, held)
    relocations.relocate(people, today, now, job_id=target.id)
    return len(people)


def _wholly_merged(job_id: int, held) -> list[int]:
    """Return the agencies where nobody keeps the old title: files mean the new one."""
    rows = db.session.execute(
        select(Unit.agency_id, func.count().filter(not_(held)))
        .join(Person, Person.unit_id == Unit.id)
        .where(Person.job_id == job_id)
        .group_by(Unit.agency_id)
    )
    return sorted(agency_id for agency_id, others in rows if not others)


def _enrich(job: Job, target: Job) -> None:
    target.family = target.family or job.family
    tags = tags_of([job.id, target.id])
    missing = set(tags.get(job.id, [])) - set(tags.get(target.id, []))
    db.session.add_all(JobTag(job_id=target.id, tag=tag) for tag in sorted(missing))


def _check(facts: dict[str, str]) -> None:
    title = facts["title"]
    if not title or len(title) > 200 or facts["type"] not in JOB_TYPES:
        raise JobBad
    if len(facts["level"]) > 30 or len(facts["family"]) > 80:
        raise JobBad
    if any(map(has_hidden, facts.values())):
        raise JobBad


def _check_free(job_id: int, facts: dict[str, str]) -> None:
    there = _same(facts)
    if there is not None and there.id != job_id:
        raise JobThere


def _same(facts: dict[str, str]) -> Job | None:
    return db.session.scalar(
        select(Job).where(
            Job.title == facts["title"],
            Job.type == facts["type"],
            Job.level == facts["level"],
        )
    )


def _log(action: str, job_id: int, facts: dict, now: datetime, by) -> None:
    log.record(
        action,
        actor_id=by.id if by else None,
        object_kind="job",
        object_id=job_id,
        facts=facts,
        now=now,
    )
