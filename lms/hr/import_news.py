"""The units and jobs that an import would make, as its page names them."""

from dataclasses import dataclass

from lms.accounts import import_runs
from lms.accounts.import_rows import BELOW
from lms.competency import posts

from . import job_list


@dataclass(frozen=True, slots=True)
class NewJob:
    """A job that would be made.

    level   as the file has it; meant: the published level it counts as, "" = none
    family  its name; "" = none
    """

    title: str
    type: str
    level: str
    meant: str
    family: str


@dataclass(frozen=True, slots=True)
class News:
    """The first of each; a unit is (path above it, its name)."""

    units: list[tuple[str, str]]
    jobs: list[NewJob]


def read(run_id: int) -> News:
    """Return what a run would make; the counts of all are with the run."""
    kept = import_runs.read_list(run_id, "news") or {"units": [], "jobs": []}
    units = [(BELOW.join(names[:-1]), names[-1]) for names in kept["units"]]
    if not kept["jobs"]:
        return News(units, [])
    families, levels = job_list.families(), job_list.levels()
    return News(units, [_job(said, families, levels) for said in kept["jobs"]])


def _job(said: list[str], families, levels) -> NewJob:
    title, kind, level, family = said
    codes = posts.level_codes(kind, level, title)
    meant = next((levels[code] for code in codes if code in levels), "")
    named = families.get(posts.family_code(family, families), family) if family else ""
    return NewJob(title, kind, level, meant, named)
