"""Who owes what, as people come, move, leave, learn and are exempted."""

import threading
from datetime import date, timedelta

import pytest
from sqlalchemy import event

from lms.accounts import moves, people, units
from lms.accounts.models import JobTag, Person, Unit
from lms.assignments import assignments, membership, standing
from lms.assignments.models import Assignment, Duty, Exemption
from lms.db import db as _db
from lms.jobs.worker import run_once
from tests.cast import CAST
from tests.web.accounts import people_files
from tests.web.records import samples

from . import stage
from .stage import PERMITS, RANI, SERVICES, SITI, YOHANES


@pytest.fixture(autouse=True)
def inside(app, live):
    with app.app_context():
        yield


def place(person_id: int, now, **facts) -> None:
    """Change a person as HR does, and tell of it."""
    person = _db.session.get_one(Person, person_id)
    for name, value in facts.items():
        setattr(person, name, value)
    _db.session.flush()
    moves.tell([person_id], now)
    _db.session.commit()


def test_people_of_the_unit_and_below_and_only_they_owe_it(live, clock):
    stage.assign(live, clock.now(), SERVICES)

    assert set(stage.open_duties()) == {YOHANES, RANI}


def test_without_subunits_only_the_unit_itself(live, clock):
    stage.assign(live, clock.now(), SERVICES, with_subunits=False)

    assert set(stage.open_duties()) == {YOHANES}


@pytest.mark.parametrize(
    ("rule", "who"),
    [
        ({"asn_status": "PPPK"}, {RANI}),
        ({"job_type": "pelaksana"}, {RANI, YOHANES, SITI, CAST["made"].id}),
        ({"job_type": "struktural"}, set()),
        ({"job_family": "keuangan", "asn_status": "PPPK"}, {RANI}),
        ({"job_tag": "bendahara"}, {RANI, YOHANES, SITI, CAST["made"].id}),
        ({"job_tag": "loket"}, set()),
        ({"job_level": "MU"}, set()),
    ],
)
def test_job_level_family_tag_and_status_narrow_it(live, clock, rule, who):
    _db.session.add(JobTag(job_id=1, tag="bendahara"))
    _db.session.flush()

    stage.assign(live, clock.now(), stage.CITY, **rule)

    assert set(stage.open_duties()) == who


def test_nobody_of_another_agency_is_touched(live, clock):
    stage.assign(live, clock.now(), stage.CITY)

    assert CAST["agus"].id not in stage.open_duties()


def test_each_unit_is_split_evenly_and_waves_follow_each_other(live, clock):
    stage.add_people(8, clock.now(), PERMITS)

    stage.assign(live, clock.now(), SERVICES, waves=3, wave_days=14)

    of_unit = [d for p, d in stage.open_duties().items() if p != YOHANES]
    assert sorted(d.wave for d in of_unit) == [1, 1, 1, 2, 2, 2, 3, 3, 3]
    due = {d.wave: d.due_on for d in of_unit}
    assert due == {n: stage.DUE + timedelta(days=14 * (n - 1)) for n in (1, 2, 3)}


def test_a_newcomer_changes_nobody_elses_wave(live, clock):
    stage.add_people(8, clock.now(), PERMITS)
    stage.assign(live, clock.now(), SERVICES, waves=3, wave_days=14)
    before = {p: d.wave for p, d in stage.open_duties().items()}
    gone = next(p for p, wave in before.items() if wave == 2 and p != RANI)
    place(gone, clock.now(), is_active=False)

    (new,) = stage.add_people(1, clock.now(), PERMITS)
    moves.tell([new], clock.now())

    after = {p: d.wave for p, d in stage.open_duties().items()}
    assert after.pop(new) == 2
    assert after == {p: wave for p, wave in before.items() if p != gone}


def test_who_moves_in_owes_it_with_days_to_do_it(live, clock):
    stage.assign(live, clock.now(), SERVICES, grace_days=10)
    clock.skip(days=12)

    place(SITI, clock.now(), unit_id=PERMITS)

    duty = stage.open_duties()[SITI]
    assert duty.due_on == date(2026, 12, 14)
    assert duty.starts_on == date(2026, 12, 4)


def test_who_moves_out_is_released_and_who_comes_back_owes_anew(live, clock):
    stage.assign(live, clock.now(), SERVICES)

    place(RANI, clock.now(), unit_id=2)
    assert stage.history(RANI) == ["moved"]
    clock.skip(days=20)
    place(RANI, clock.now(), unit_id=PERMITS)

    assert stage.history(RANI) == ["moved", ""]
    assert stage.open_duties()[RANI].due_on == date(2026, 12, 26)


def test_another_job_or_status_moves_as_well(live, clock):
    stage.assign(live, clock.now(), SERVICES, asn_status="PPPK")

    place(RANI, clock.now(), asn_status="PNS")
    place(YOHANES, clock.now(), asn_status="PPPK")

    assert stage.history(RANI) == ["moved"]
    assert set(stage.open_duties()) == {YOHANES}


def test_who_leaves_the_service_leaves_the_duty(live, clock):
    stage.assign(live, clock.now(), SERVICES)

    place(RANI, clock.now(), is_active=False)

    assert stage.history(RANI) == ["left"]


def test_a_person_moved_by_an_import_gets_what_the_unit_owes(live, clock):
    stage.assign(live, clock.now(), SERVICES)
    moved = people_files.RANI | {
        "perangkat_daerah": "Badan Kepegawaian dan Pengembangan SDM",
        "unit_kerja": "",
        "nip_atasan": "",
    }

    people_files.bring_in(moved, clock=clock)
    moves.tell([RANI], clock.now())  # twice is once

    assert stage.history(RANI) == ["moved"]


def test_a_unit_that_is_moved_takes_its_people_along(live, clock):
    stage.assign(live, clock.now(), 2)
    permits = _db.session.get_one(Unit, PERMITS)

    units.move(permits, _db.session.get_one(Unit, 2), date(2026, 11, 22))
    moves.tell([RANI], clock.now())

    assert RANI in stage.open_duties()


def test_the_worker_finds_what_nobody_told(app, live, clock):
    stage.assign(live, clock.now(), SERVICES)
    _db.session.get_one(Person, RANI).unit_id = 2
    _db.session.commit()

    run_once(app)

    assert stage.history(RANI) == ["moved"]


def test_a_second_round_changes_nothing(live, clock):
    stage.assign(live, clock.now(), SERVICES, waves=2, wave_days=7)
    before = {p: (d.id, d.due_on) for p, d in stage.open_duties().items()}
    clock.skip(days=3)

    counts = membership.refresh(now=clock.now())

    assert counts.is_nothing
    assert {p: (d.id, d.due_on) for p, d in stage.open_duties().items()} == before


def test_rounds_at_once_make_one_duty_each(app, live, clock):
    made = stage.assign(live, clock.now(), SERVICES)
    number = made.id
    _db.session.remove()
    with app.app_context():
        new = stage.add_people(40, clock.now(), PERMITS)
    gate, failed = threading.Barrier(6), []

    def run(number_of):
        with app.app_context():
            gate.wait()
            try:
                if number_of % 2:
                    moves.tell(new, clock.now())
                else:
                    membership.refresh([number], now=clock.now())
                _db.session.commit()
            except Exception as err:
                failed.append(err)

    threads = [threading.Thread(target=run, args=(n,)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failed == []
    assert _db.session.query(Duty).count() == 42


def test_one_uid_is_one_assignment(live, clock):
    first = stage.assign(live, clock.now(), SERVICES, uid="a" * 36).id
    clock.skip(minutes=1)

    second = stage.assign(live, clock.now(), SERVICES, uid="a" * 36).id

    assert first == second
    assert _db.session.query(Duty).count() == 2


def test_who_was_exempted_before_owes_nothing(live, clock):
    stage.assign(live, clock.now(), SERVICES, exempted=[RANI])

    assert set(stage.open_duties()) == {YOHANES}
    assert _db.session.query(Exemption).one().reason == "Tugas belajar"


def test_an_exemption_ends_the_duty_and_its_end_brings_it_back(live, clock):
    made = stage.assign(live, clock.now(), SERVICES)

    given = assignments.exempt(made, RANI, "Cuti", by=None, now=clock.now())
    again = assignments.exempt(made, RANI, "Cuti", by=None, now=clock.now())
    assert again.id == given.id
    assert stage.history(RANI) == ["exempted"]
    clock.skip(days=30)
    for _ in range(2):
        assignments.end_exemption(made, given.id, by=None, now=clock.now())

    assert stage.history(RANI) == ["exempted", ""]
    assert stage.open_duties()[RANI].due_on == date(2027, 1, 5)


def test_an_exemption_until_a_day_ends_by_itself(live, clock):
    made = stage.assign(live, clock.now(), SERVICES)
    until = date(2026, 11, 30)
    assignments.exempt(made, RANI, "Cuti", until, by=None, now=clock.now())
    clock.skip(days=8)
    assert membership.refresh(now=clock.now()).is_nothing

    clock.skip(days=1)
    membership.refresh(now=clock.now())

    assert RANI in stage.open_duties()


def test_an_assignment_that_ends_is_owed_no_more(live, clock):
    made = stage.assign(live, clock.now(), SERVICES)

    for _ in range(2):
        assignments.end(made, by=None, now=clock.now())
    membership.refresh(now=clock.now())

    assert stage.history(RANI) == ["ended"]
    assert stage.open_duties() == {}


def test_what_is_older_than_its_months_is_due_again(app, clock):
    live = samples.publish(clock.now(), number=2, yearly=True)
    made = stage.assign(live, clock.now(), SERVICES, renew_months=12)
    samples.finish(RANI, live, clock.now())
    clock.skip(days=334)  # 22 October 2027
    assert membership.refresh(now=clock.now()).is_nothing
    assert standing.of_person(RANI, clock.now().date())[0].state == "done"

    clock.skip(days=1)
    for _ in range(2):
        membership.refresh([made.id], now=clock.now())

    (owed,) = standing.of_person(RANI, clock.now().date())
    assert (owed.period, owed.state) == (2, "running")
    assert owed.due_on == date(2027, 11, 22)
    assert stage.history(RANI) == ["renewed", ""]
    samples.finish(RANI, live, clock.now())
    assert standing.of_person(RANI, clock.now().date())[0].state == "done"
    assert stage.history(YOHANES) == [""]  # late, not renewed


def test_many_people_cost_few_statements(app, live, clock):
    stage.add_people(300, clock.now(), PERMITS)
    statements = []

    def note(_connection, _cursor, statement, *_more):
        statements.append(statement)

    event.listen(_db.engine, "before_cursor_execute", note)
    try:
        stage.assign(live, clock.now(), SERVICES, waves=3, wave_days=7)
    finally:
        event.remove(_db.engine, "before_cursor_execute", note)

    assert len(stage.open_duties()) == 302
    assert len(statements) < 25


def test_who_changes_nothing_that_matters_costs_one_question(app, live, clock):
    people.deactivate(
        _db.session.get_one(Person, CAST["agus"].id),
        today=date(2026, 11, 22),
        now=clock.now(),
    )
    moves.tell([CAST["agus"].id], clock.now())

    assert _db.session.query(Assignment).count() == 0
