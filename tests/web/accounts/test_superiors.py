"""Who is whose superior: the one named, or the head of the nearest unit."""

from types import SimpleNamespace

import pytest

from lms.accounts import people, superiors
from lms.accounts.models import Person, UnitHead
from lms.db import db as _db
from tests.cast import CAST

from .people_files import RANI, TODAY, plan

RANI_ID, YOHANES_ID, SITI_ID, HENDRA_ID = (
    CAST[n].id for n in ("rani", "yohanes", "siti", "hendra")
)


@pytest.fixture
def head(stage):
    """head(unit, person) makes somebody head of a unit."""

    def make(unit_id: int, person_id: int) -> None:
        row = UnitHead(unit_id=unit_id, person_id=person_id, valid_from=TODAY)
        _db.session.add(row)
        _db.session.flush()

    return make


def without_superior(person_id: int) -> None:
    _db.session.get(Person, person_id).supervisor_id = None
    _db.session.flush()


def test_the_one_named_comes_first(head):
    head(4, SITI_ID)

    assert superiors.of_person(RANI_ID) == YOHANES_ID


def test_without_a_name_it_is_the_head_of_the_nearest_unit(head):
    without_superior(RANI_ID)
    assert superiors.of_person(RANI_ID) is None

    head(1, SITI_ID)
    assert superiors.of_person(RANI_ID) == SITI_ID
    head(3, YOHANES_ID)
    assert superiors.of_person(RANI_ID) == YOHANES_ID


def test_a_head_is_led_by_the_head_above(head):
    head(3, YOHANES_ID)
    head(1, SITI_ID)

    assert superiors.of_person(YOHANES_ID) == SITI_ID
    assert superiors.of_person(SITI_ID) is None


def test_who_has_left_leads_nobody(head):
    head(3, SITI_ID)
    _db.session.get(Person, YOHANES_ID).is_active = False
    _db.session.flush()

    assert superiors.of_person(RANI_ID) == SITI_ID


def test_the_staff_of_a_head_are_those_below_without_another(head):
    head(3, SITI_ID)

    assert superiors.staff_of(SITI_ID) == {YOHANES_ID}
    without_superior(RANI_ID)
    assert superiors.staff_of(SITI_ID) == {YOHANES_ID, RANI_ID}
    assert superiors.staff_of(YOHANES_ID) == set()


def seen_by(person_id: int) -> set[int]:
    user = SimpleNamespace(id=person_id, grants=())
    return {person.id for person in _db.session.scalars(people.visible_to(user))}


def test_a_head_sees_exactly_the_people_they_lead(head):
    without_superior(RANI_ID)
    assert seen_by(YOHANES_ID) == {YOHANES_ID}

    head(3, YOHANES_ID)

    assert seen_by(YOHANES_ID) == {YOHANES_ID, RANI_ID}
    assert seen_by(RANI_ID) == {RANI_ID}


def test_a_head_does_not_see_whom_another_leads(head):
    head(4, HENDRA_ID)

    assert seen_by(HENDRA_ID) == {HENDRA_ID}
    without_superior(RANI_ID)
    assert seen_by(HENDRA_ID) == {HENDRA_ID, RANI_ID}
    assert seen_by(YOHANES_ID) == {YOHANES_ID}


def test_a_circle_over_a_head_is_refused_with_the_chain_named(head):
    head(4, RANI_ID)
    yohanes = RANI | {"nip": CAST["yohanes"].nip, "nama": "Yohanes Tambing",
                      "status_asn": "PNS", "nip_atasan": "",
                      "email": "yohanes@contoh.go.id"}  # fmt: skip

    made = plan(yohanes)

    (fault,) = [f for f in made.findings if f.is_error]
    assert fault.text == (
        "Rantai atasan berputar: Yohanes Tambing → Rani Kusumawardhani → Yohanes"
        " Tambing. Betulkan atasan salah seorang dari mereka."
    )
