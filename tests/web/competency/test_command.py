"""`lms competency record`, and the levels of the demo people."""

from datetime import date

import pytest
from sqlalchemy import select

from lms.audit.models import AuditEntry
from lms.competency import demo, standing
from lms.competency.cli import competency
from lms.competency.models import ShownLevel
from lms.db import db as _db
from tests.cast import CAST

RANI = CAST["rani"]
TODAY = date(2026, 11, 22)


pytestmark = pytest.mark.usefixtures("inside")


@pytest.fixture
def run(app, standards, clock):
    """run("record", …) -> the result of the command."""
    return lambda *words: app.test_cli_runner().invoke(competency, list(words))


def record(run, *, who="rani@contoh.go.id", code="INT", level="2", **options):
    values = {
        "jenis": "ditetapkan",
        "tanggal": "2026-11-20",
        "sumber": "Assessment center",
    } | options
    words = [word for name, value in values.items() for word in (f"--{name}", value)]
    return run("record", who, code, level, *words)


def rows() -> list[ShownLevel]:
    _db.session.rollback()
    return list(_db.session.scalars(select(ShownLevel).order_by(ShownLevel.id)))


def test_a_level_is_recorded_and_audited_without_a_name(run):
    done = record(run, who=RANI.nip, code="int", oleh="siti@contoh.go.id")

    assert done.exit_code == 0, done.output
    assert done.output == "Tercatat: INT tingkat 2, ditetapkan.\n"
    (row,) = rows()
    assert (row.person_id, row.competency, row.level) == (RANI.id, "INT", 2)
    assert (row.kind, row.recorded_by) == ("assessed", CAST["siti"].id)
    entry = _db.session.scalars(
        select(AuditEntry).filter_by(action="competency.level_recorded")
    ).one()
    assert (entry.actor_id, entry.object_id) == (CAST["siti"].id, str(RANI.id))
    assert "Rani" not in str(entry.facts)
    assert (
        next(r for r in standing.of(RANI.id, TODAY).rows if r.code == "INT").shown == 2
    )


def test_the_same_command_twice_records_once(run, clock):
    record(run)
    clock.skip(minutes=1)
    again = record(run)

    assert again.output.startswith("Sudah tercatat sebelumnya")
    assert len(rows()) == 1


def test_another_level_is_added_and_the_old_one_stays(run):
    record(run, level="1")
    record(run, level="0", jenis="teramati")

    assert [(r.level, r.kind) for r in rows()] == [(1, "assessed"), (0, "observed")]


@pytest.mark.parametrize(
    ("changes", "code", "words"),
    [
        ({"who": "tidak@ada.id"}, 1, "tidak ada orang"),
        ({"code": "XYZ"}, 1, "tidak ada dalam kamus"),
        ({"code": "TEK-PRI", "level": "5"}, None, ""),
        ({"tanggal": "2026-11-23"}, 1, "masa depan"),
        ({"sumber": "  "}, 1, "Sumber wajib diisi"),
        ({"sumber": "x" * 301}, 1, "Sumber wajib diisi"),
        ({"level": "6"}, 2, "6"),
        ({"jenis": "sendiri"}, 2, "sendiri"),
        ({"tanggal": "kemarin"}, 2, "kemarin"),
    ],
)
def test_what_cannot_be_is_refused_in_words(run, changes, code, words):
    done = record(run, **changes)

    if code is not None:
        assert done.exit_code == code, done.output
        assert rows() == []
    assert words in done.output


def test_demo_people_get_levels_once(standards, clock):
    from lms.accounts import demo as people
    from lms.accounts.models import Person

    for person in _db.session.query(Person):
        person.email, person.nip = f"x{person.email}", None  # the demo brings its own
    _db.session.commit()
    people.add(_db.session, clock.now())
    _db.session.commit()

    assert demo.add(clock.now()) > 10
    _db.session.commit()
    assert demo.add(clock.now()) == 0
    siti = _db.session.scalar(
        select(Person.id).where(Person.email == "siti@contoh.go.id")
    )
    found = standing.of(siti, TODAY).rows
    assert {step for row in found for step in row.steps} >= {"on", "need"}


def test_the_demo_leaves_other_people_alone(standards, clock):
    assert demo.add(clock.now()) == 0
    assert rows() == []
