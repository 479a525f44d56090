"""Duties of very many people, share by share: killed, resumed, moved meanwhile."""

from datetime import date, timedelta

import pytest
from sqlalchemy import event

from lms.accounts import jobs, moves, unit_changes
from lms.accounts.models import Job, Person, Unit
from lms.assignments import assignments, sweeps
from lms.assignments.models import Assignment, Duty
from lms.audit.models import AuditEntry
from lms.db import db as _db
from lms.jobs.worker import run_once

from . import stage
from .stage import PERMITS, RANI, YOHANES

SHARE, MANY = 50, 130  # so that three shares are needed


@pytest.fixture(autouse=True)
def crowd(app, live, clock, monkeypatch):
    """Many people in one unit, and shares that are small beside them."""
    monkeypatch.setattr(sweeps, "SHARE", SHARE)
    with app.app_context():
        yield stage.add_people(MANY, clock.now(), PERMITS)


def kept() -> Assignment:
    return _db.session.query(Assignment).one()


def let_work(app) -> None:
    """Let the worker come by."""
    _db.session.commit()  # what the test has read holds SQLite's lock
    run_once(app, with_daily=False)


def everybody(people) -> set[int]:
    return {*people, RANI, YOHANES}


def test_the_request_makes_one_share_and_the_worker_the_rest(app, live, clock, crowd):
    stage.assign(live, clock.now())
    assert len(stage.open_duties()) == SHARE

    let_work(app)

    assert set(stage.open_duties()) == everybody(crowd)
    assert kept().swept_to is None
    assert _db.session.query(AuditEntry).one().facts == {"people": MANY + 2}


def test_few_people_are_assigned_at_once(live, clock):
    stage.assign(live, clock.now(), 2)

    assert len(stage.open_duties()) == 2
    assert kept().swept_to is None


def test_killed_between_two_shares_it_goes_on(app, live, clock, crowd):
    number = stage.assign(live, clock.now()).id
    assert sweeps.step(number, clock.now())
    _db.session.commit()
    _db.session.remove()  # the process is gone

    let_work(app)

    assert set(stage.open_duties()) == everybody(crowd)
    assert _db.session.query(Duty).count() == MANY + 2


def test_killed_in_the_middle_of_a_share_it_does_that_share_again(
    app, live, clock, crowd
):
    stage.assign(live, clock.now())

    def die(*_statement):
        raise SystemExit

    event.listen(_db.session, "after_flush", die)
    try:
        with pytest.raises(SystemExit):
            sweeps.work(_db.session.commit)
    finally:
        event.remove(_db.session, "after_flush", die)
    _db.session.remove()
    assert len(stage.open_duties()) == SHARE

    let_work(app)

    assert set(stage.open_duties()) == everybody(crowd)
    assert _db.session.query(Duty).count() == MANY + 2


def test_shares_make_the_same_waves_and_days_as_one_go(app, live, clock, crowd):
    stage.assign(live, clock.now(), waves=3, wave_days=14, grace_days=100)
    clock.skip(minutes=20)

    let_work(app)

    of_unit = [d for p, d in stage.open_duties().items() if p != YOHANES]
    waves = [sum(d.wave == number for d in of_unit) for number in (1, 2, 3)]
    assert max(waves) - min(waves) <= 1
    due = {d.wave: d.due_on for d in of_unit}
    assert due == {n: stage.DUE + timedelta(days=14 * (n - 1)) for n in (1, 2, 3)}


def test_a_worker_that_was_off_for_days_leaves_days_to_do_it(app, live, clock):
    stage.assign(live, clock.now(), grace_days=14)
    clock.skip(days=10)

    let_work(app)

    days = {d.due_on for d in stage.open_duties().values()}
    assert days == {stage.DUE, date(2026, 12, 16)}


def test_who_moves_meanwhile_is_neither_missed_nor_kept(app, live, clock, crowd):
    number = stage.assign(live, clock.now()).id
    out, later = crowd[0], crowd[-1]
    stage.move(out, 2, clock.now())  # has a duty already
    stage.move(later, 2, clock.now())  # would have got one
    sweeps.step(number, clock.now())
    _db.session.commit()
    stage.move(stage.SITI, PERMITS, clock.now())  # before the place reached

    let_work(app)

    assert set(stage.open_duties()) == everybody(crowd) - {out, later} | {stage.SITI}
    assert stage.history(out) == ["moved"]
    assert stage.history(later) == []


def test_a_unit_that_is_moved_with_many_people_is_followed(app, live, clock, crowd):
    stage.assign(live, clock.now())
    let_work(app)
    permits = _db.session.get_one(Unit, PERMITS)
    there = _db.session.get_one(Unit, 2)

    unit_changes.move(permits, there, clock.now().date(), clock.now(), None)
    _db.session.commit()
    assert len(stage.open_duties()) == MANY + 2
    assert kept().swept_to == 0
    let_work(app)

    assert set(stage.open_duties()) == {YOHANES}
    assert stage.history(crowd[0]) == ["moved"]


def test_a_unit_that_is_merged_with_many_people_is_followed(app, live, clock, crowd):
    stage.assign(live, clock.now(), 2)
    permits = _db.session.get_one(Unit, PERMITS)
    there = _db.session.get_one(Unit, 2)

    unit_changes.merge(permits, there, clock.now().date(), clock.now(), None)
    _db.session.commit()
    let_work(app)

    assert {*crowd, RANI} <= set(stage.open_duties())


def test_an_assignment_that_ends_closes_share_by_share(app, live, clock, crowd):
    made = stage.assign(live, clock.now())
    let_work(app)
    clock.skip(minutes=1)

    assignments.end(made, by=None, now=clock.now())
    _db.session.commit()
    assert len(stage.open_duties()) == MANY + 2 - SHARE
    clock.skip(minutes=30)
    let_work(app)

    assert stage.open_duties() == {}
    assert {d.ended_at for d in _db.session.query(Duty)} == {kept().ended_at}
    assert kept().swept_to is None


def test_one_that_ends_while_it_is_made_is_made_no_further(app, live, clock, crowd):
    made = stage.assign(live, clock.now())

    assignments.end(made, by=None, now=clock.now())
    _db.session.commit()
    let_work(app)

    assert stage.open_duties() == {}
    assert _db.session.query(Duty).count() == SHARE


def test_an_assignment_that_fails_holds_up_no_other(app, live, clock, crowd, caplog):
    first = stage.assign(live, clock.now()).id
    stage.assign(live, clock.now())

    def fail(session, _context):
        if any(
            isinstance(row, Assignment) and row.id == first for row in session.dirty
        ):
            raise RuntimeError("rusak")

    event.listen(_db.session, "after_flush", fail)
    try:
        is_done = sweeps.work(_db.session.commit)
    finally:
        event.remove(_db.session, "after_flush", fail)

    assert not is_done
    assert "could not be made" in caplog.text
    assert _db.session.query(Duty).count() == SHARE + MANY + 2


def test_a_turn_ends_and_the_next_one_goes_on(live, clock, crowd):
    stage.assign(live, clock.now())

    assert not sweeps.work(_db.session.commit, seconds=-1)
    assert sweeps.work(_db.session.commit)

    assert len(stage.open_duties()) == MANY + 2


def test_titles_choose_people_whatever_their_level(live, clock, crowd):
    titled(("Analis Keuangan", "PT", RANI), ("Analis Keuangan", "MU", YOHANES))

    stage.assign(live, clock.now(), job_titles=("Analis Keuangan", "Bendahara"))

    assert set(stage.open_duties()) == {RANI, YOHANES}


def titled(*facts) -> list[Job]:
    """Give people new jobs: title, level, person."""
    found = []
    for title, level, person_id in facts:
        job = Job(title=title, type="fungsional", level=level, family="")
        _db.session.add(job)
        _db.session.flush()
        _db.session.get_one(Person, person_id).job_id = job.id
        found.append(job)
    _db.session.commit()
    return found


def everywhere():
    return Unit.id.is_not(None)


def test_a_title_merged_into_another_is_still_meant(app, live, clock):
    old, new = titled(("Analis Keu.", "PT", RANI), ("Analis Keuangan", "PT", YOHANES))
    stage.assign(live, clock.now(), job_titles=("Analis Keu.",))

    jobs.merge(old, new, everywhere(), clock.now().date(), clock.now(), None)
    _db.session.commit()
    let_work(app)

    assert set(stage.open_duties()) == {RANI, YOHANES}
    assert stage.history(RANI) == [""]


def test_a_title_spelled_anew_is_still_meant(live, clock):
    (job,) = titled(("Analis Keu.", "PT", RANI))
    stage.assign(live, clock.now(), job_titles=("Analis Keu.",))
    facts = {"title": "Analis Keuangan", "type": job.type, "level": "PT", "family": ""}

    jobs.edit(job, facts, [], everywhere(), clock.now(), None)
    _db.session.commit()

    assert stage.history(RANI) == [""]


def test_a_merge_elsewhere_widens_no_assignment_here(live, clock):
    old, new = titled(("Analis Keu.", "PT", RANI), ("Kepala", "", YOHANES))
    stage.assign(live, clock.now(), job_titles=("Analis Keu.",))

    jobs.merge(old, new, Unit.agency_id == 5, clock.now().date(), clock.now(), None)
    moves.tell([YOHANES, RANI], clock.now())
    _db.session.commit()

    assert set(stage.open_duties()) == {RANI}


def test_the_page_looks_again_until_the_worker_is_done(
    app, live, clock, crowd, sign_in
):
    uid = stage.assign(live, clock.now()).uid
    _db.session.rollback()  # what the test has read holds SQLite's lock
    siti = sign_in("siti")
    address = f"/sdm/penugasan/{uid}/kemajuan"

    page = siti.get(f"/sdm/penugasan/{uid}").text
    said = siti.get(address)
    let_work(app)
    after = siti.get(address)

    assert f'data-behaviour="look-again" data-from="{address}"' in page
    assert f"{SHARE} dari {MANY + 2} pegawai telah ditugaskan" in said.text
    assert (after.status_code, after.data) == (204, b"")
    assert "look-again" not in siti.get(f"/sdm/penugasan/{uid}").text


@pytest.mark.parametrize(("who", "status"), [("rani", 403), ("agus", 403)])
def test_how_far_it_is_only_hr_reads(live, clock, sign_in, who, status):
    uid = stage.assign(live, clock.now()).uid
    _db.session.rollback()

    answer = sign_in(who).get(f"/sdm/penugasan/{uid}/kemajuan")

    assert answer.status_code == status


def test_how_far_an_assignment_elsewhere_is_nobody_reads(live, clock, sign_in):
    uid = stage.assign(live, clock.now(), 6).uid
    _db.session.rollback()

    answer = sign_in("siti").get(f"/sdm/penugasan/{uid}/kemajuan")

    assert answer.status_code == 404
