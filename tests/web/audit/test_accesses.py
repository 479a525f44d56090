"""Who saw or took whose data is noted with the act, and shown to its subject."""

import io

import pytest
from sqlalchemy import func, select

from lms.accounts import cli as accounts
from lms.audit import accesses
from lms.audit.models import AuditEntry, DataAccess, DataAccessPerson
from lms.db import db as _db
from lms.db import reading
from lms.hr import cli as hr
from lms.hr import exports, history
from lms.kernel import clock as now_clock
from lms.records import seeds
from tests.web.records import samples

RANI, AGUS, SITI = 4, 5, 2


@pytest.fixture
def done(app, db, clock):
    """Rani (Palangka Raya) and Agus (Jambi) have finished the sample course."""
    with app.app_context():
        seeds.load(_db.session)
        _db.session.commit()
        live = samples.publish(clock.now())
        samples.finish(RANI, live, clock.now(), 7_345)
        samples.finish(AGUS, live, clock.now())


def seen(app, person_id):
    with app.app_context():
        return [(a.actor_id, a.kind) for a in accesses.of(person_id)]


def test_each_person_is_noted_once_however_often_named(app, db, clock):
    with app.app_context():
        accesses.record(
            "viewed", "Laporan", [RANI, RANI, AGUS], actor_id=SITI, now=clock.now()
        )
        _db.session.commit()

    assert seen(app, RANI) == [(SITI, "viewed")]
    assert seen(app, AGUS) == [(SITI, "viewed")]
    assert seen(app, SITI) == []


def test_nobody_seen_is_nothing_noted(app, db, clock):
    with app.app_context():
        accesses.record("viewed", "Laporan", [], actor_id=SITI, now=clock.now())
        _db.session.commit()

        assert _db.session.scalar(select(func.count()).select_from(DataAccess)) == 0


def test_what_is_rolled_back_was_never_noted(app, db, clock):
    with app.app_context():
        accesses.record("viewed", "x", [RANI], actor_id=SITI, now=clock.now())
        _db.session.rollback()

    assert seen(app, RANI) == []


def test_the_newest_comes_first_and_a_limit_holds(app, db, clock):
    with app.app_context():
        for number in range(5):
            clock.skip(minutes=1)
            accesses.record(
                "viewed", str(number), [RANI], actor_id=SITI, now=clock.now()
            )
        _db.session.commit()

        assert [a.what for a in accesses.of(RANI, limit=2)] == ["4", "3"]


def test_an_export_of_hr_is_told_to_those_in_the_file_only(app, sign_in, done):
    answer = sign_in("siti").post("/sdm/ekspor", data={"format": "csv"})

    assert answer.status_code == 200
    assert seen(app, RANI) == [(SITI, "exported")]
    assert seen(app, AGUS) == []
    with app.app_context():
        (access,) = accesses.of(RANI)
        line = _db.session.scalars(
            select(AuditEntry).where(AuditEntry.action == "export.riwayat_kursus")
        ).one()
    assert access.facts == {"role": "hr", "format": "csv"}
    assert access.at == line.at


@pytest.mark.parametrize("fmt", list(exports.FORMATS))
def test_every_format_tells_the_same_people(app, sign_in, done, fmt):
    sign_in("siti").post("/sdm/ekspor", data={"format": fmt})

    assert seen(app, RANI) == [(SITI, "exported")]


def test_an_export_that_finds_nobody_tells_nobody(app, sign_in, done):
    sign_in("siti").post("/sdm/ekspor", data={"format": "csv", "dari": "2026-12-01"})

    with app.app_context():
        assert _db.session.scalar(select(func.count()).select_from(DataAccess)) == 0


def test_an_export_from_the_command_line_is_told_too(app, done, tmp_path):
    token = reading.set(False)
    try:
        result = app.test_cli_runner().invoke(
            hr.export, ["riwayat_kursus", "-o", str(tmp_path / "x.csv")]
        )
    finally:
        reading.reset(token)

    assert result.exit_code == 0, result.output
    assert seen(app, RANI) == seen(app, AGUS) == [(None, "exported")]


def test_the_list_of_people_from_the_command_line_is_told(app, db):
    token = reading.set(False)
    try:
        result = app.test_cli_runner().invoke(
            accounts.people, ["export", "--instansi", "6771"]
        )
    finally:
        reading.reset(token)

    assert result.exit_code == 0, result.output
    assert seen(app, RANI) == seen(app, SITI) == [(None, "exported")]
    assert seen(app, AGUS) == []


def test_many_people_are_noted_in_one_statement(app, db, clock):
    """A hundred thousand people are one INSERT; here a tenth of them."""
    with app.app_context():
        accesses.record(
            "exported", "x", range(1, 10_001), actor_id=SITI, now=clock.now()
        )
        _db.session.commit()
        count = select(func.count()).select_from(DataAccessPerson)

        assert _db.session.scalar(count) == 10_000


def test_the_file_and_the_people_come_from_the_same_rows(app, done):
    with app.app_context():
        asked = exports.asked(None, "uji", None, now_clock.now())
        written = exports.write(
            history.Wanted(), "csv", asked, "https://x.id", io.BytesIO()
        )

    assert (written.count, written.people) == (2, {RANI, AGUS})
