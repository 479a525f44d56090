"""From jabatan.yml into the database: levels and families of jobs, what they ask.

The file is loaded when it has changed since it was last loaded. In between, rows may
be edited in the database and stay so. When the file changes, it wins for the levels
and families it names, and the audit log keeps every value that was replaced. Levels
and families that the file does not name are left alone.
"""

import hashlib
import logging
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select

from lms.accounts.models import Job
from lms.audit import log
from lms.audit.models import AuditEntry
from lms.catalog import competencies, families
from lms.catalog.publishing import after_publish
from lms.courseware import library
from lms.courseware.job_standards import Standards
from lms.db import db
from lms.kernel.text import slug

from .models import JobFamily, JobLevel, Requirement

logger = logging.getLogger("lms")
ACTION, OBJECT = "competency.standards_loaded", ("standards", library.STANDARDS_FILE)
_LOADED = (
    select(AuditEntry.at, AuditEntry.facts)
    .where(
        AuditEntry.object_kind == OBJECT[0],
        AuditEntry.object_id == OBJECT[1],
        AuditEntry.action == ACTION,
    )
    .order_by(AuditEntry.id.desc())
    .limit(1)
)


@after_publish
def load(content_root: Path, now: datetime) -> bool:
    """Take over dictionary and standards; return whether the file had changed.

    A file with mistakes changes nothing: `lms content check` names them.
    """
    path = Path(content_root) / library.STANDARDS_FILE
    if not path.is_file() or path.is_symlink():
        return False
    sha = hashlib.sha256(path.read_bytes()).hexdigest()
    dictionary, _found, _texts = library.load_dictionary(Path(content_root))
    standards, _found, _texts = library.load_standards(Path(content_root), dictionary)
    if dictionary.is_broken or standards.is_broken:
        logger.warning("jabatan.yml or kompetensi.yml has mistakes and is not loaded")
        return False
    competencies.store(dictionary)  # also where no course has been published yet
    last = loaded()
    is_changed = last is None or last.facts["sha"] != sha
    if is_changed:
        store(standards, sha, now)
    place_jobs(standards, now)
    return is_changed


def loaded():
    """Return (at, facts: source, sha, added, replaced) of the last load, or None."""
    return db.session.execute(_LOADED).first()


def store(standards: Standards, sha: str, now: datetime) -> None:
    """Make the tables say what the file says; note what was replaced."""
    replaced: list[list[Any]] = []
    added = _levels(standards, replaced)
    added += _families(standards, replaced)
    db.session.flush()  # requirements point at their family
    added += _requirements(standards, replaced)
    log.record(
        ACTION,
        actor_id=None,
        object_kind=OBJECT[0],
        object_id=OBJECT[1],
        now=now,
        facts={
            "sha": sha,
            "source": standards.source,
            "added": added,
            "replaced": replaced,
        },
    )
    db.session.flush()


def _levels(standards: Standards, replaced: list) -> int:
    known = {row.code: row for row in db.session.scalars(select(JobLevel))}
    added = 0
    for place, level in enumerate(standards.levels):
        values = {
            "name": level.name,
            "type": level.type,
            "core_level": level.core_level,
            "is_sure": level.is_sure,
            "place": place,
        }
        row = known.get(level.code)
        if row is None:
            db.session.add(JobLevel(code=level.code, **values))
            added += 1
        else:
            _replace(row, f"jenjang {level.code}", values, replaced)
    return added


def _families(standards: Standards, replaced: list) -> int:
    known = {row.code: row for row in db.session.scalars(select(JobFamily))}
    added = 0
    for family in standards.families:
        row = known.get(family.code)
        if row is None:
            db.session.add(JobFamily(code=family.code, name=family.name))
            added += 1
        else:
            _replace(row, f"rumpun {family.code}", {"name": family.name}, replaced)
    return added


def _requirements(standards: Standards, replaced: list) -> int:
    """Make the requirements of the file's families those of the file."""
    said = {
        (family.code, asked.job_level, asked.competency): asked.level
        for family in standards.families
        for asked in family.asked
    }
    named = {family.code for family in standards.families}
    for row in db.session.scalars(select(Requirement).order_by(Requirement.id)):
        if row.family not in named:
            continue
        place = (row.family, row.job_level, row.competency)
        what = " ".join(part for part in ("syarat", *place) if part)
        level = said.pop(place, None)
        if level is None:
            replaced.append([what, row.level, None])
            db.session.delete(row)
        else:
            _replace(row, what, {"level": level}, replaced)
    db.session.add_all(
        Requirement(family=family, job_level=job_level, competency=code, level=level)
        for (family, job_level, code), level in said.items()
    )
    return len(said)


def _replace(row, what: str, values: dict[str, Any], replaced: list) -> None:
    for name, value in values.items():
        before = getattr(row, name)
        if before != value:
            if name != "place":
                replaced.append([f"{what}: {name}", before, value])
            setattr(row, name, value)


def place_jobs(standards: Standards, now: datetime) -> int:
    """Give jobs without a family the one whose examples name their title.

    Return how many; titles that several families name are left to HR.
    """
    placed = {}
    for job in db.session.scalars(select(Job).where(Job.family == "").order_by(Job.id)):
        code = family_of_title(standards, job.title)
        if code:
            job.family = placed[str(job.id)] = code
    if placed:
        log.record(
            "competency.jobs_placed",
            actor_id=None,
            object_kind=OBJECT[0],
            object_id=OBJECT[1],
            now=now,
            facts={"jobs": placed},
        )
    return len(placed)


def family_of_title(standards: Standards, title: str) -> str:
    """Return the one family that names this title, with or without a level behind."""
    written = f"{slug(title)}-"
    found = {
        family.code
        for family in standards.families
        if any(written.startswith(f"{slug(example)}-") for example in family.titles)
    }
    return found.pop() if len(found) == 1 else ""


def family_names() -> dict[str, str]:
    """Return code -> name of all families of jobs."""
    rows = db.session.execute(select(JobFamily.code, JobFamily.name))
    return {row.code: row.name for row in rows}


families.register(family_names)
