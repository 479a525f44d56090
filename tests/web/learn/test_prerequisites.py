"""Courses that are wanted first."""

import pytest
from sqlalchemy import func, select, update

from lms.catalog.models import Course
from lms.db import db as _db
from lms.learn import demands
from lms.learn.demands import Demand
from lms.records import amendments, seeds
from lms.records.models import Completion, Enrolment
from tests.web.records import samples

COURSE = "/kursus/lanjutan"
HELD = "Kursus ini baru dapat diikuti setelah kursus prasyaratnya selesai."


@pytest.fixture
def first(app, db, clock):
    """The course that is wanted first."""
    with app.app_context():
        seeds.load(_db.session)
        return samples.publish(clock.now(), code="dasar", title="Dasar Melayani")


@pytest.fixture
def second(app, first, clock):
    """A course that wants "dasar" first."""
    with app.app_context():
        return samples.publish(
            clock.now(), code="lanjutan", title="Lanjutan", prerequisites=["dasar"]
        )


def enrolled(app, person_id=4) -> int:
    with app.app_context():
        return _db.session.scalar(
            select(func.count())
            .select_from(Enrolment)
            .join(Course, Course.id == Enrolment.course_id)
            .where(Enrolment.person_id == person_id, Course.code == "lanjutan")
        )


def finish(app, live, clock, person_id=4):
    with app.app_context():
        return samples.finish(person_id, live, clock.now()).uid


def test_the_page_says_what_is_wanted_first_and_offers_no_button(sign_in, second):
    page = sign_in("rani").get(COURSE).text

    assert "Kursus prasyarat" in page
    assert 'href="/kursus/dasar"' in page
    assert "Dasar Melayani" in page
    assert "Ikuti kursus</button>" not in page


def test_enrolling_all_the_same_is_refused_and_explained(app, sign_in, second):
    answer = sign_in("rani").post(f"{COURSE}/ikuti")

    assert answer.status_code == 409
    assert HELD in answer.text
    assert 'href="/kursus/dasar"' in answer.text
    assert enrolled(app) == 0


def test_who_has_finished_it_may_enrol(app, sign_in, first, second, clock):
    finish(app, first, clock)
    rani = sign_in("rani")

    page = rani.get(COURSE).text
    answer = rani.post(f"{COURSE}/ikuti")

    assert "selesai 22 November 2026" in page
    assert answer.status_code == 303
    assert enrolled(app) == 1


def test_what_somebody_else_has_finished_opens_nothing(
    app, sign_in, first, second, clock
):
    finish(app, first, clock, person_id=5)

    assert sign_in("rani").post(f"{COURSE}/ikuti").status_code == 409


def test_any_edition_counts(app, sign_in, first, second, clock):
    finish(app, first, clock)
    with app.app_context():
        samples.publish(clock.now(), 2, code="dasar", edition=2)

    assert sign_in("rani").post(f"{COURSE}/ikuti").status_code == 303


def test_what_has_run_out_does_not_count(app, sign_in, second, clock):
    with app.app_context():
        ends = samples.publish(clock.now(), 2, code="dasar", validity_months=1)
    finish(app, ends, clock)
    clock.skip(days=40)
    rani = sign_in("rani")

    assert rani.post(f"{COURSE}/ikuti").status_code == 409
    assert "Masa berlaku berakhir" in rani.get(COURSE).text


def test_what_was_revoked_does_not_count(app, sign_in, first, second, clock):
    finish(app, first, clock)
    with app.app_context():
        done = _db.session.scalars(select(Completion)).one()
        amendments.revoke(done.uid, "Nilai dipalsukan", 2, clock.now())
        _db.session.commit()

    assert sign_in("rani").post(f"{COURSE}/ikuti").status_code == 409


def test_an_archived_prerequisite_keeps_nobody_out(app, sign_in, second):
    with app.app_context():
        _db.session.execute(
            update(Course).where(Course.code == "dasar").values(is_listed=False)
        )
        _db.session.commit()
    rani = sign_in("rani")

    assert "tidak dibuka lagi, jadi tidak disyaratkan" in rani.get(COURSE).text
    assert rani.post(f"{COURSE}/ikuti").status_code == 303


def test_a_prerequisite_called_otherwise_now_keeps_nobody_out(app, sign_in, db, clock):
    with app.app_context():
        seeds.load(_db.session)
        samples.publish(clock.now(), code="lanjutan", prerequisites=["nama-lama"])

    assert sign_in("rani").post(f"{COURSE}/ikuti").status_code == 303


def test_who_began_before_goes_on(app, sign_in, second, clock):
    with app.app_context():
        samples.start(4, second, clock.now())
        _db.session.commit()
    rani = sign_in("rani")

    rani.post(f"{COURSE}/berhenti")
    answer = rani.post(f"{COURSE}/ikuti")

    assert answer.status_code == 303
    assert "Lanjutkan" in rani.get(COURSE).text or "Mulai" in rani.get(COURSE).text


def test_an_office_that_demands_the_course_decides_otherwise(
    app, sign_in, second, clock, monkeypatch
):
    today = clock.now().date()
    demand = Demand("BKPSDM", today, False)
    monkeypatch.setattr(demands, "_sources", [lambda *_who: [demand]])

    assert sign_in("rani").post(f"{COURSE}/ikuti").status_code == 303
