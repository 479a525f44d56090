"""The standards of the product's own content, and verbs for levels and jobs."""

from datetime import date
from pathlib import Path

import pytest

from lms.db import db as _db
from tests.cast import CAST
from tests.web.records import samples

CONTENT = Path(__file__).parents[3] / "content"


@pytest.fixture
def standards(app, db, clock):
    """The dictionary and the job standards, loaded."""
    from lms.competency import standards

    with app.app_context():
        standards.load(CONTENT, clock.now())
        _db.session.commit()
    return standards


@pytest.fixture
def inside(app, db):
    """An application context for tests that make no requests."""
    with app.app_context():
        yield


@pytest.fixture
def show(app, standards, clock):
    """show("rani", "INT", 2) records a level and commits."""
    from lms.competency import shown

    def record(name: str, code: str, level: int, **changes):
        values = {
            "kind": "assessed",
            "found_on": date(2026, 3, 2),
            "source": "Assessment center BKPSDM",
            "today": date(2026, 11, 22),
            "now": clock.now(),
        } | changes
        with app.app_context():
            shown.record(CAST[name].id, code, level, **values)
            _db.session.commit()

    return record


@pytest.fixture
def give_job(app, standards):
    """give_job("siti", "fungsional", "MU", family="kepegawaian") changes the job."""
    from lms.accounts.models import Job, Person

    def give(name: str, kind: str, level: str, family: str = "", title: str = "Contoh"):
        with app.app_context():
            job = Job(title=title, type=kind, level=level, family=family)
            _db.session.add(job)
            _db.session.flush()
            _db.session.get_one(Person, CAST[name].id).job_id = job.id
            _db.session.commit()

    return give


@pytest.fixture
def finished(app, standards, clock):
    """Rani has finished a course that promises PPB at level 3; its uid."""
    from lms.records import seeds

    with app.app_context():
        seeds.load(_db.session)
        _db.session.commit()
        live = samples.publish(clock.now())
        return samples.finish(CAST["rani"].id, live, clock.now()).uid


@pytest.fixture
def jobless(app, standards):
    """Siti has no job."""
    from lms.accounts.models import Person

    with app.app_context():
        _db.session.get_one(Person, CAST["siti"].id).job_id = None
        _db.session.commit()
