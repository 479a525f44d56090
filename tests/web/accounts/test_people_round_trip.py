"""Whoever is stored: exported and imported again, nothing changes."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from lms.accounts import import_file, people_export, people_import
from lms.accounts.models import Agency, Job, Person, Unit
from lms.db import db as _db
from lms.kernel.text import has_hidden, one_line
from tests.cast import CAST

from .people_files import TODAY


def line(longest: int, least: int = 0):
    """Return texts as the database holds them: one line, nothing hidden."""
    letters = st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp"))
    texts = st.text(letters, max_size=longest).map(one_line)
    odd = st.sampled_from(
        ["-", "'", "=1+1", "+62", "@budi", "'=x", '="9"', "a;b,c", '"']
    )
    return (texts | odd).filter(
        lambda t: least <= len(t) <= longest and not has_hidden(t) and " > " not in t
    )


people = st.fixed_dictionaries(
    {
        "name": line(20, 1),
        "title_front": line(8),
        "title_back": line(8),
        "rank": line(8),
        "pns_orang_id": line(12),
        "asn_status": st.sampled_from(["PNS", "CPNS", "PPPK", "PPPK_PW", "NON_ASN"]),
        "is_active": st.booleans(),
        "unit_id": st.sampled_from([1, 2, 3, 4]),
        "supervisor_id": st.sampled_from([None, CAST["siti"].id]),
    }
)
jobs = st.none() | st.tuples(
    line(20, 1), st.sampled_from(["struktural", "pelaksana"]), line(6)
)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(facts=people, job=jobs, unit_name=line(20, 1))
def test_export_then_import_changes_nothing(stage, kind, facts, job, unit_name):
    rani = _db.session.get(Person, CAST["rani"].id)
    _db.session.get(Unit, 4).name = unit_name
    for name, value in facts.items():
        setattr(rani, name, value)
    rani.job_id = _job(job)
    _db.session.flush()
    agency = _db.session.scalars(select(Agency).where(Agency.code == "6771")).one()

    write = people_export.as_csv if kind == "csv" else people_export.as_xlsx
    made = people_import.plan(import_file.read(write(agency), TODAY), TODAY)

    assert [(f.row, f.column, f.text) for f in made.findings if f.is_error] == []
    assert {change.kind for change in made.changes} == {"same"}
    assert (len(made.changes), made.gone) == (4, [])


def _job(job) -> int | None:
    if job is None:
        return None
    title, kind, level = job
    wanted = select(Job.id).where(
        Job.title == title, Job.type == kind, Job.level == level
    )
    found = _db.session.scalar(wanted)
    if found is None:
        row = Job(title=title, type=kind, level=level)
        _db.session.add(row)
        _db.session.flush()
        found = row.id
    return found
