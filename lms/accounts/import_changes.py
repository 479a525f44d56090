"""What an import would change, old and new beside each other: as a page lists it."""

from collections import Counter
from collections.abc import Iterable

from sqlalchemy import select

from lms.db import db

from .import_known import Known, parts
from .import_rows import BELOW
from .models import Person
from .people_import import Change, Key, Plan

SHOWN = 2_000  # of each kind; the counts are of all
NEW = 50  # units and jobs that are named
# Columns of Person by what a file calls them.
COLUMNS = {
    "name": "nama",
    "nip": "nip",
    "id_kind": "jenis_identitas",
    "asn_status": "status_asn",
    "email": "email",
    "pns_orang_id": "pns_orang_id",
    "rank": "golongan",
    "title_front": "gelar_depan",
    "title_back": "gelar_belakang",
    "is_active": "aktif",
}


def listed(plan: Plan) -> list[dict]:
    """Return kind, row, name, unit and differences of the first changes of each kind.

    Each difference is (column, old, new): texts, or booleans of `aktif`.
    """
    counts: Counter[str] = Counter()
    shown = []
    for change in plan.changes:
        counts[change.kind] += 1
        if change.kind != "same" and counts[change.kind] <= SHOWN:
            shown.append(change)
    names = _names(plan, shown)
    return [
        {
            "kind": change.kind,
            "row": change.row.number,
            "name": change.row.name,
            "unit": BELOW.join(_unit(plan.known, change.unit)),
            "differences": list(_differences(plan.known, change, names)),
        }
        for change in shown
    ]


def news(plan: Plan) -> dict[str, list]:
    """Return the first units and jobs that would be made; jobs without family first."""
    if plan.known is None:
        return {"units": [], "jobs": []}
    jobs = sorted(plan.new_jobs, key=lambda job: (job.family, job))
    return {
        "units": plan.new_units[:NEW],
        "jobs": [(*job.key, job.family) for job in jobs[:NEW]],
    }


def _unit(known: Known, unit: int | tuple) -> tuple[str, ...]:
    """Return the names from below the agency down; of the agency its own name."""
    if isinstance(unit, tuple):
        return (*known.trail(unit[0]), *unit[1:])
    return known.trail(unit) or (known.units[unit].name,)


def _differences(known: Known, change: Change, names: dict[Key, str]) -> Iterable:
    if change.before is None:
        return
    unit_id, job_id, above, _name = change.before
    for fact, value in change.facts.items():
        old = change.was.get(fact)
        yield COLUMNS[fact], "" if old is None else old, value
    if change.unit != unit_id:
        old, new = _unit(known, unit_id), _unit(known, change.unit)
        yield "unit_kerja", BELOW.join(old), BELOW.join(new)
    if change.job != job_id:
        yield "jabatan", _job(known, job_id), _job(known, change.job)
    if change.superior != above:
        yield "nip_atasan", names.get(above, ""), names.get(change.superior, "")


def _job(known: Known, job) -> str:
    if job is None:
        return ""
    key = job if isinstance(job, tuple) else known.job_keys[job]
    return ", ".join(part for part in (key[0], key[2]) if part)


def _names(plan: Plan, shown: list[Change]) -> dict[Key, str]:
    """Return the names of superiors that come or go."""
    wanted: set[Key] = set()
    for change in shown:
        if change.before and change.superior != change.before[2]:
            wanted |= {change.superior, change.before[2]} - {None}
    names: dict[Key, str] = {c.key: c.row.name for c in plan.changes if c.key in wanted}
    for part in parts(key for key in wanted if isinstance(key, int)):
        rows = select(Person.id, Person.name).where(Person.id.in_(part))
        names |= {person_id: name for person_id, name in db.session.execute(rows)}
    return names
