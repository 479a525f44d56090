"""What an assignment's rule says, with names instead of codes."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import select

from lms.accounts import unit_names
from lms.accounts.models import Unit
from lms.competency import posts
from lms.competency.models import JobFamily, JobLevel
from lms.db import db

from . import rules
from .models import Assignment
from .rules import CHUNK, Rule


@dataclass(frozen=True, slots=True)
class Said:
    """A rule's names; "" = any.

    unit    with what it stands in, where that is not the agency
    titles  of jobs
    """

    unit: str
    titles: tuple[str, ...] = ()
    level: str = ""
    family: str = ""


def of_assignments(found: Collection[Assignment]) -> dict[int, Said]:
    """Return assignment id -> what its rule says."""
    titles = rules.titles_of(one.id for one in found)
    said = _said(found, {id(one): titles.get(one.id, ()) for one in found})
    return {one.id: said[id(one)] for one in found}


def of_rule(rule: Rule) -> Said:
    """Return what a rule says."""
    return _said([rule], {id(rule): rule.job_titles})[id(rule)]


def _said(found: Collection, titles: Mapping[int, tuple[str, ...]]) -> dict[int, Said]:
    units = unit_labels({one.unit_id for one in found})
    families, levels = {}, {}
    if any(one.job_family for one in found):
        rows = db.session.execute(select(JobFamily.code, JobFamily.name))
        families = dict(map(tuple, rows))
    if any(one.job_level for one in found):
        rows = db.session.execute(select(JobLevel.code, JobLevel.name))
        levels = dict(map(tuple, rows))
    return {
        id(one): Said(
            unit=units[one.unit_id],
            titles=titles[id(one)],
            level=_level(one, levels),
            family=_family(one.job_family, families),
        )
        for one in found
    }


def unit_labels(unit_ids: Collection[int]) -> dict[int, str]:
    """Return id -> name of a unit: "Subbagian Umum (Bidang 1 · Dinas Sosial)"."""
    numbers, units = sorted(unit_ids), []
    for at in range(0, len(numbers), CHUNK):
        wanted = select(Unit).where(Unit.id.in_(numbers[at : at + CHUNK]))
        units += db.session.scalars(wanted)
    ways = unit_names.above(units)
    return {
        unit.id: f"{unit.name} ({ways[unit.id]})" if _is_deep(unit) else unit.name
        for unit in units
    }


def _is_deep(unit: Unit) -> bool:
    return unit.path.count("/") > 3  # below an office of the agency


def _family(written: str, named: Mapping[str, str]) -> str:
    """Return the name of a family, however HR has written it."""
    if not written:
        return ""
    return named.get(posts.family_code(written, named), written.replace("-", " "))


def _level(one, named: Mapping[str, str]) -> str:
    if not one.job_level:
        return ""
    codes = posts.level_codes(one.job_type or "rangkap", one.job_level)
    return next((named[code] for code in codes if code in named), one.job_level)
