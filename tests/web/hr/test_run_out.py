"""The sums of the dashboard know when what people learned has run out."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select

from lms.competency import standards
from lms.db import db as _db
from lms.hr import figures, run_out
from lms.hr.models import FigureSum
from lms.jobs import worker
from tests.web.records import samples

CONTENT = Path(__file__).parents[3] / "content"


@pytest.fixture
def learned(app, live, clock):
    """Rani's job asks PPB; she learned it for one month, until 22 December 2026."""
    with app.app_context():
        standards.load(CONTENT, clock.now())
        ends = samples.publish(clock.now(), 2, validity_months=1)
        samples.finish(4, ends, clock.now())
        _db.session.commit()
        figures.take_in(_db.session.commit)


def missing() -> int:
    return _db.session.scalar(
        select(func.sum(FigureSum.total)).where(
            FigureSum.kind == "gap", FigureSum.key == "PPB"
        )
    )


def test_the_day_after_the_last_one_the_gap_is_counted(app, learned, clock):
    with app.app_context():
        before = missing()
    clock.skip(days=31)

    worker.run_once(app)

    with app.app_context():
        figures.take_in(_db.session.commit)
        assert missing() == before + 1
        assert list(figures.compare()) == []


def test_days_without_a_worker_are_made_up_for_once(app, learned, clock):
    clock.skip(days=40)
    worker.run_once(app)
    with app.app_context():
        figures.take_in(_db.session.commit)
        assert list(figures.compare()) == []

    worker.run_once(app)

    with app.app_context():
        assert not figures.pending()


def test_only_whose_last_day_it_was_is_counted_anew(app, learned):
    with app.app_context():
        days = [date(2026, 12, day) for day in (21, 22, 23)]

        assert [run_out.people(day) for day in days] == [set(), {4}, set()]
