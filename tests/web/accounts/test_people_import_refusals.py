"""What an HR file may not say: all of it stays out, and the row is named."""

import pytest
from sqlalchemy import select

from lms.accounts import (
    import_apply,
)
from lms.audit.models import AuditEntry
from lms.db import db as _db
from tests.cast import CAST

from .people_files import (
    BUDI,
    RANI,
    TODAY,
    bring_in,
    errors,
    person,
    plan,
)


def test_an_unknown_agency_is_refused(stage):
    assert errors(plan(RANI | {"instansi_kode": "9999"})) == [(2, "instansi_kode")]


def test_several_agencies_want_a_code(stage, clock):
    without = RANI | {"instansi_kode": ""}

    assert errors(plan(without)) == [(2, "instansi_kode")]
    assert errors(plan(without, code="6771")) == []


def test_an_email_of_somebody_else_is_refused(stage):
    assert errors(plan(RANI | {"email": "agus@contoh.go.id"})) == [(2, "email")]


def test_two_people_may_swap_their_emails(stage, clock):
    yohanes = {
        "nip": CAST["yohanes"].nip,
        "nama": "Yohanes Tambing",
        "status_asn": "PNS",
        "perangkat_daerah": RANI["perangkat_daerah"],
        "email": "rani@contoh.go.id",
        "instansi_kode": "6771",
    }

    bring_in(RANI | {"email": "yohanes@contoh.go.id"}, yohanes, clock=clock)

    assert person(RANI["nip"]).email == "yohanes@contoh.go.id"
    assert person(yohanes["nip"]).email == "rani@contoh.go.id"


def test_an_unknown_superior_is_refused(stage):
    row = RANI | {"nip_atasan": "197711052003121999"}

    assert errors(plan(row)) == [(2, "nip_atasan")]


def test_a_superior_may_come_in_the_same_file(stage, clock):
    chief_row = BUDI | {"nip": "199001012015031906", "email": ""}
    bring_in(BUDI | {"nip_atasan": chief_row["nip"]}, chief_row, clock=clock)

    chief = person("199001012015031906")
    assert person(BUDI["nip"]).supervisor_id == chief.id


def test_superiors_in_a_circle_are_refused(stage):
    a, b, c = (BUDI | {"nip": f"19900101201503190{n}", "email": ""} for n in (5, 6, 7))
    a["nip_atasan"], b["nip_atasan"], c["nip_atasan"] = b["nip"], c["nip"], a["nip"]

    assert errors(plan(a, b, c)) == [(n, "nip_atasan") for n in (2, 3, 4)]


def test_a_circle_through_the_database_is_refused(stage):
    yohanes = RANI | {"nip": CAST["yohanes"].nip, "nip_atasan": RANI["nip"]}
    yohanes |= {"status_asn": "PNS", "email": "yohanes@contoh.go.id"}

    assert errors(plan(yohanes)) == [(2, "nip_atasan")]


def test_below_a_circle_nobody_else_is_blamed(stage):
    a, b, c = (BUDI | {"nip": f"19900101201503190{n}", "email": ""} for n in (5, 6, 7))
    a["nip_atasan"], b["nip_atasan"], c["nip_atasan"] = b["nip"], a["nip"], a["nip"]

    assert errors(plan(c, a, b)) == [(3, "nip_atasan"), (4, "nip_atasan")]


def test_one_person_under_two_numbers_is_refused(stage, clock):
    bring_in(RANI | {"pns_orang_id": "A5EB"}, clock=clock)
    twice = RANI | {"nip": "199508252027222902", "pns_orang_id": "A5EB", "email": ""}

    assert errors(plan(RANI, twice)) == [(3, "pns_orang_id")]


def test_one_error_keeps_everything_out(stage, clock):
    made = plan(BUDI, RANI | {"nip": "1.99508E+17"})

    assert made.has_errors
    with pytest.raises(import_apply.PlanHasErrors):
        import_apply.apply(made, TODAY, clock.now())


def test_an_import_is_written_down_without_names(stage, clock):
    bring_in(RANI, BUDI, clock=clock)

    (act,) = _db.session.scalars(select(AuditEntry))
    assert (act.action, act.facts["new"], act.facts["same"]) == (
        "people.imported",
        1,
        1,
    )
