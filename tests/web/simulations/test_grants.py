"""One more run is granted to whoever has used all of them without passing."""

import pytest
from sqlalchemy import select

from lms.audit.models import AuditEntry
from lms.db import db as _db
from lms.simulations.models import RunGrant
from tests.cast import CAST

from . import stage
from .stage import BEST, DETOUR, WORST

PAGE = "/tulis/simulasi"
WHY = "Sinyalnya putus saat bermain"
UID = "00000000-0000-4000-8000-{:012}"


@pytest.fixture
def used_up(app, simulation, sign_in):
    """Agus has played his one time and failed; returns the number of his enrolment."""
    simulation(percobaan="1")
    with app.app_context():
        enrolment = stage.enrol("agus")
    stage.run_through(sign_in("agus"), WORST)
    return enrolment


def address(enrolment: int, number: int = 2) -> str:
    return f"{PAGE}/kesempatan/{enrolment}/{stage.ITEM}/{number}"


def office(name: str, enrolment: int, number: int = 2) -> str:
    uid = UID.format(CAST[name].id)
    return f"/sdm/pegawai/{uid}/simulasi/{enrolment}/{stage.ITEM}/{number}"


def grants(app) -> list[tuple]:
    with app.app_context():
        rows = _db.session.scalars(select(RunGrant))
        return [(row.number, row.reason, row.granted_by) for row in rows]


def test_the_page_says_whom_to_ask(used_up, sign_in):
    page = sign_in("agus").get(stage.COVER).text

    assert "hubungi pengelola SDM di" in page
    assert "Mulai simulasi" not in page
    assert sign_in("agus").post(stage.START).status_code == 409


def test_an_instructor_grants_one_more_and_it_is_played(app, used_up, sign_in):
    hendra, agus = sign_in("hendra"), sign_in("agus")
    listed = hendra.get(PAGE).text
    shown = hendra.get(address(used_up))

    answers = [hendra.post(address(used_up), data={"alasan": WHY}) for _ in range(2)]
    page = agus.get(stage.COVER).text
    _run, result = stage.run_through(agus, BEST)

    assert "Kesempatan habis" in listed
    assert "Agus Pranoto" in listed
    assert "Agus Pranoto" in shown.text
    assert [answer.status_code for answer in answers] == [303, 303]
    assert grants(app) == [(2, WHY, CAST["hendra"].id)]
    assert "1 kesempatan tambahan dari Hendra Saputra" in page
    assert "Sisa kesempatan: 1 dari 2" in page
    assert "Nilai" in result.text
    assert "Kesempatan habis" not in hendra.get(PAGE).text
    assert WHY in agus.get("/data-saya").text
    with app.app_context():
        acts = _db.session.scalars(select(AuditEntry.action)).all()
        assert acts.count("simulation.run_granted") == 1


def test_better_choices_are_closed_again_until_it_is_played(used_up, sign_in):
    agus, hendra = sign_in("agus"), sign_in("hendra")
    result = "/simulasi/main/1/hasil"
    before = agus.get(result).text

    hendra.post(address(used_up), data={"alasan": WHY})

    assert before != agus.get(result).text
    assert "hubungi pengelola SDM" in before
    assert "hubungi pengelola SDM" not in agus.get(result).text


@pytest.mark.parametrize("reason", ["", "x", "Nomornya 196501011990031001"])
def test_a_reason_is_wanted(app, used_up, sign_in, reason):
    answer = sign_in("hendra").post(address(used_up), data={"alasan": reason})

    assert answer.status_code == 422
    assert grants(app) == []


@pytest.mark.parametrize("number", [1, 3, 999])
def test_only_the_next_one_is_granted(app, used_up, sign_in, number):
    hendra = sign_in("hendra")

    answer = hendra.post(address(used_up, number), data={"alasan": WHY})

    assert answer.status_code == 409
    assert hendra.get(address(used_up, number)).status_code == 409
    assert grants(app) == []


def test_none_is_granted_where_one_is_left_running_or_passed(app, simulation, sign_in):
    simulation(percobaan="2")
    with app.app_context():
        enrolment = stage.enrol("agus")
    agus, hendra = sign_in("agus"), sign_in("hendra")
    stage.run_through(agus, DETOUR[:1] + WORST[1:])

    left = hendra.post(address(enrolment, 3), data={"alasan": WHY})
    run = stage.begin(agus)
    running = hendra.post(address(enrolment, 3), data={"alasan": WHY})
    stage.play(agus, run, BEST)
    passed = hendra.post(address(enrolment, 3), data={"alasan": WHY})

    assert [one.status_code for one in (left, running, passed)] == [409, 409, 409]
    assert grants(app) == []


def test_only_instructors_over_the_learner_grant(app, used_up, sign_in):
    for name, status in (("rani", 403), ("agus", 403), ("yohanes", 403), ("siti", 403)):
        answer = sign_in(name).post(address(used_up), data={"alasan": WHY})
        assert answer.status_code == status, name
    unknown = sign_in("hendra").post(address(999_999), data={"alasan": WHY})

    assert unknown.status_code == 404
    assert grants(app) == []


def test_hr_grants_it_from_the_page_of_the_person(app, simulation, sign_in):
    enrolment = simulation(percobaan="1")
    rani, siti = sign_in("rani"), sign_in("siti")
    stage.run_through(rani, WORST)
    person = siti.get(f"/sdm/pegawai/{UID.format(CAST['rani'].id)}").text
    link = office("rani", enrolment)

    shown = siti.get(link)
    bare = siti.post(link, data={"alasan": "x"})
    answer = siti.post(link, data={"alasan": WHY})

    assert link in person
    assert "Keluhan di loket tiga" in shown.text
    assert bare.status_code == 422
    assert answer.status_code == 303
    assert grants(app) == [(2, WHY, CAST["siti"].id)]
    assert siti.get(link).status_code == 409
    assert sign_in("hendra").get(link).status_code == 403


def test_hr_of_another_agency_finds_nobody(app, used_up, sign_in):
    answer = sign_in("siti").post(office("agus", used_up), data={"alasan": WHY})

    assert answer.status_code == 404
    assert grants(app) == []
