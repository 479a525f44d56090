"""HR merges units and closes them; what was in them is kept."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from lms.accounts import heads
from lms.accounts.models import (
    Person,
    Placement,
    RoleGrant,
    Unit,
    UnitAlias,
    UnitHead,
)
from lms.db import db as _db

from .tree import ROOT, TODAY, acts, unit


@pytest.fixture
def siti(sign_in):
    return sign_in("siti")


@pytest.fixture
def full(app, db, clock):
    """Unit 3 with all that can hang on a unit."""
    with app.app_context():
        _db.session.add_all(
            (
                UnitHead(unit_id=3, person_id=3, valid_from=date(2025, 1, 1)),
                UnitAlias(agency_id=1, unit_id=3, name="dpmptsp"),
                RoleGrant(
                    person_id=3, role="hr", unit_id=3, valid_from=TODAY,
                    valid_to=date(2027, 1, 1), granted_at=clock.now(),
                ),
            )
        )  # fmt: skip
        _db.session.get(Unit, 3).short_name = "DPMPTSP"
        _db.session.commit()


def test_a_merge_brings_everything_over_and_closes_the_unit(siti, full, read, told):
    shown = siti.get(f"{ROOT}/3/gabung?tujuan=Badan&tujuan-id=2")
    assert "1 peran di unit ini menjadi peran di unit tujuan" in shown.text

    answer = siti.post(f"{ROOT}/3/gabung", data={"ke": "2"})

    assert answer.location == f"{ROOT}/2"
    closed = unit(read, 3)
    assert closed.valid_to == TODAY - timedelta(days=1)
    assert unit(read, 4).path == "/1/2/4/"
    assert read(lambda s: s.get(Person, 3).unit_id) == 2
    assert sorted(told) == [3, 4]  # Rani is in the sub-unit
    names = read(lambda s: s.execute(select(UnitAlias.name, UnitAlias.unit_id)).all())
    assert sorted(names) == [("dinas penanaman modal dan ptsp", 2), ("dpmptsp", 2)]
    assert read(lambda s: heads.current(2).person_id) == 3
    assert read(lambda s: heads.current(3)) is None
    [old, new] = read(
        lambda s: s.scalars(
            select(RoleGrant).where(RoleGrant.person_id == 3).order_by(RoleGrant.id)
        ).all()
    )
    assert old.revoked_at
    assert (new.unit_id, new.role, new.valid_to) == (2, "hr", date(2027, 1, 1))
    assert acts(read, "unit.merged") == [{"into": 2, "people": 1, "grants": 1}]


def test_a_merge_writes_the_placements_of_its_people(siti, full, read):
    siti.post(f"{ROOT}/3/gabung", data={"ke": "2"})

    placed = read(
        lambda s: s.execute(
            select(Placement.unit_id, Placement.valid_from, Placement.valid_to)
            .where(Placement.person_id == 3)
            .order_by(Placement.id)
        ).all()
    )
    assert placed == [
        (3, date(2024, 1, 1), TODAY - timedelta(days=1)),
        (2, TODAY, None),
    ]


def test_a_merge_sent_twice_is_one(siti, full, read):
    first = siti.post(f"{ROOT}/3/gabung", data={"ke": "2"})
    again = siti.post(f"{ROOT}/3/gabung", data={"ke": "2"})

    assert first.location == again.location
    assert len(acts(read, "unit.merged")) == 1
    page = siti.get(f"{ROOT}/3")
    assert "Unit ini digabung ke unit lain" in page.text
    assert "Ubah nama dan rincian" not in page.text


def test_the_target_keeps_its_own_head(app, siti, full, read):
    with app.app_context():
        _db.session.add(UnitHead(unit_id=2, person_id=2, valid_from=TODAY))
        _db.session.commit()

    siti.post(f"{ROOT}/3/gabung", data={"ke": "2"})

    assert read(lambda s: heads.current(2).person_id) == 2


def test_a_unit_does_not_merge_into_what_is_below_it(siti, read):
    answer = siti.post(f"{ROOT}/3/gabung", data={"ke": "4"})

    assert answer.status_code == 409
    assert "ke dirinya sendiri atau ke subunitnya" in answer.text
    assert siti.post(f"{ROOT}/1/gabung", data={"ke": "2"}).status_code == 409


def test_hr_cannot_carry_an_administrator_into_another_unit(app, siti, clock, read):
    with app.app_context():
        _db.session.add(
            RoleGrant(
                person_id=3, role="admin", unit_id=3, valid_from=TODAY,
                granted_at=clock.now(),
            )
        )  # fmt: skip
        _db.session.commit()

    answer = siti.post(f"{ROOT}/3/gabung", data={"ke": "2"})

    assert answer.status_code == 403
    assert unit(read, 3).valid_to is None


def test_a_closed_unit_takes_nothing_in(siti, full, read):
    siti.post(f"{ROOT}/3/gabung", data={"ke": "2"})

    for path, form in (
        ("/4/pindah", {"ke": "3"}),
        ("/4/gabung", {"ke": "3"}),
        ("/3/pindah", {"ke": "1"}),
        ("/3/subunit", {"nama": "Baru", "jenis": "section"}),
        ("/3/ubah", {"nama": "Baru", "jenis": "office"}),
        ("/3/nama-lain", {"nama": "Baru"}),
        ("/3/kepala", {"orang": "Rani"}),
    ):
        answer = siti.post(ROOT + path, data=form)
        assert answer.status_code == 409, path
        assert "sudah ditutup" in answer.text, path


def test_only_an_empty_unit_is_closed(siti, read):
    full = siti.post(f"{ROOT}/4/tutup")
    assert full.status_code == 409
    assert "masih ada 1 orang" in full.text
    made = siti.post(f"{ROOT}/4/subunit", data={"nama": "Seksi", "jenis": "section"})

    for _ in range(2):
        assert siti.post(made.location + "/tutup").status_code == 303

    number = int(made.location.rsplit("/", 1)[1])
    assert unit(read, number).valid_to == TODAY
    assert len(acts(read, "unit.closed")) == 1
    assert "Seksi" not in siti.get(ROOT).text
    assert "Seksi" in siti.get(ROOT + "?ditutup=1").text
