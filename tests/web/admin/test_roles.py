"""Administrators give and take roles; the last of them stays."""

from datetime import date

import pytest
from sqlalchemy import select

from lms.accounts.models import RoleGrant
from lms.audit.models import AuditEntry
from lms.db import db as _db

ROOT = "/kelola/peran"
TODAY = date(2026, 11, 22)
FORM = {"orang": "yohanes", "peran": "hr", "unit": "Dinas Penanaman", "subunit": "y"}


@pytest.fixture
def made(sign_in):
    return sign_in("made")


def held(app, person: int) -> list[RoleGrant]:
    with app.app_context():
        wanted = select(RoleGrant).where(RoleGrant.person_id == person)
        return list(_db.session.scalars(wanted.order_by(RoleGrant.id)))


def give(client, **fields):
    return client.post(f"{ROOT}/beri", data=FORM | fields)


def test_the_list_shows_own_units_only(made):
    page = made.get(ROOT)

    assert "Siti Marlina" in page.text
    assert "Made Wirawan" in page.text
    assert "Hendra" not in page.text
    assert "Made Wirawan" not in made.get(ROOT + "?peran=hr").text.partition("<main")[2]


@pytest.mark.parametrize("name", ["rani", "siti", "hendra", "yohanes"])
def test_only_administrators_see_it(sign_in, db, name):
    client = sign_in(name)

    for path in ("", "/beri"):
        assert client.get(ROOT + path).status_code == 403
    assert give(client).status_code == 403
    assert client.post(f"{ROOT}/1/cabut").status_code == 403


def test_a_role_is_given_once_and_taken_once(app, made):
    for _ in range(2):
        assert give(made, sampai="2027-01-31").status_code == 303
    [grant] = held(app, 3)
    assert (grant.role, grant.unit_id, grant.with_subunits) == ("hr", 3, True)
    assert (grant.valid_to, grant.granted_by) == (date(2027, 1, 31), 1)

    for _ in range(2):
        assert made.post(f"{ROOT}/{grant.id}/cabut").status_code == 303

    [grant] = held(app, 3)
    assert grant.revoked_at
    with app.app_context():
        told = select(AuditEntry.action).where(AuditEntry.object_id == "3")
        assert list(_db.session.scalars(told)) == ["role.granted", "role.revoked"]


@pytest.mark.parametrize(
    "fields",
    [
        {"orang": "agus@contoh.go.id"},  # of another agency
        {"orang": ""},
        {"unit": "Provinsi Jambi"},
        {"unit": "an", "unit-id": "6"},  # not hers; the text fits several
        {"unit": "tidak ada"},
        {"peran": "superuser"},
        {"sampai": "2026-11-21"},
        {"sampai": "kapan-kapan"},
    ],
)
def test_a_grant_that_cannot_be_is_refused(app, made, fields):
    assert give(made, **fields).status_code == 422
    assert held(app, 3) == []


def test_a_unit_of_several_is_chosen(app, made):
    asked = give(made, unit="pe")

    assert asked.status_code == 422
    assert asked.text.count('name="unit-id"') > 1
    assert give(made, unit="pe", **{"unit-id": "4"}).status_code == 303
    assert held(app, 3)[0].unit_id == 4


def test_nobody_grants_over_sub_units_they_do_not_hold(app, made):
    with app.app_context():
        own = _db.session.scalar(select(RoleGrant).where(RoleGrant.person_id == 1))
        own.unit_id, own.with_subunits = 3, False
        _db.session.commit()

    answer = give(made)

    assert answer.status_code == 403
    assert "Anda hanya dapat memberi peran yang Anda pegang" in answer.text
    assert held(app, 3) == []


def test_the_last_administrator_stays(app, made):
    [own] = held(app, 1)

    answer = made.post(f"{ROOT}/{own.id}/cabut")

    assert answer.status_code == 409
    assert "administrator terakhir" in answer.text
    assert held(app, 1)[0].revoked_at is None
    give(made, peran="admin", unit="Pemerintah Kota Palangka Raya")
    assert made.post(f"{ROOT}/{own.id}/cabut").status_code == 303


def test_a_role_elsewhere_does_not_exist(app, made):
    [elsewhere] = held(app, 6)

    assert made.post(f"{ROOT}/{elsewhere.id}/cabut").status_code == 404
    assert made.post(f"{ROOT}/999/cabut").status_code == 404
    assert held(app, 6)[0].revoked_at is None
