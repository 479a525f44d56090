"""Finishing a course writes everything once, however often it is said."""

from datetime import UTC, date, datetime, timedelta
from threading import Barrier, Thread

import pytest
from sqlalchemy import func, select

from lms.accounts.models import Agency, Person, Unit
from lms.db import db as _db
from lms.db import reading
from lms.records import completions, enrolments, facts, ledger, rebuild
from lms.records.models import (
    Certificate,
    Completion,
    Enrolment,
    EnrolmentEvent,
    Evidence,
    ItemFact,
    LedgerEntry,
)

from . import samples


def kinds() -> list[str]:
    return list(_db.session.scalars(select(LedgerEntry.kind).order_by(LedgerEntry.seq)))


def test_a_finished_course_is_written_into_ledger_and_tables(app, live, clock):
    with app.app_context():
        done = samples.finish(4, live, clock.now())

        assert kinds() == ["completion", "jp", "certificate"]
        assert (done.jp, done.year, done.score_bp) == (4, 2026, 8_600)
        assert (done.asn_status, done.job_type) == ("PPPK", "pelaksana")
        assert done.office_name == "Dinas Penanaman Modal dan PTSP"
        assert done.unit_name == "Bidang Pelayanan Perizinan"
        assert done.organiser == "BKPSDM Kota Palangka Raya"
        assert ledger.verify(ledger.stream()).fault is None
        assert rebuild.compare() == []


def test_the_ledger_holds_no_name_and_no_nip(app, done):
    with app.app_context():
        text = "".join(_db.session.scalars(select(LedgerEntry.body)))
        people = _db.session.execute(select(Person.name, Person.nip)).all()

    for name, nip in people:
        assert name not in text
        assert nip not in text


def test_the_completion_is_pinned_to_release_rule_and_attempt(app, done):
    import json

    with app.app_context():
        body = json.loads(
            _db.session.scalars(
                select(LedgerEntry.body).where(LedgerEntry.kind == "completion")
            ).one()
        )

    assert body["release"]["number"] == 1
    assert body["rule"] == samples.PASSING
    assert body["proof"] == [{"item": "kuis-akhir", "attempt": 77, "score_bp": 8_600}]


def test_an_e_course_teaches_at_most_level_2(app, done):
    with app.app_context():
        evidence = _db.session.scalars(select(Evidence)).one()

    assert (evidence.competency, evidence.level, evidence.kind) == ("PPB", 2, "learned")


def test_a_promise_without_its_proof_is_not_evidence(app, live, clock):
    with app.app_context():
        promises = [
            {"code": "PPB", "level": 1, "proof": ["bacaan"]},
            {"code": "INT", "level": 1, "proof": []},
        ]
        release = samples.publish(clock.now(), 2, promises=promises)
        done = samples.finish(4, release, clock.now())

        assert done.competencies == "INT"


def test_nothing_is_written_while_something_is_missing(app, live, clock):
    with app.app_context():
        enrolment = samples.start(4, live, clock.now())
        facts.add(enrolment, "antrean", "read", clock.now())

        assert completions.settle(enrolment, clock.now()) is None
        state = completions.state(enrolment)
        assert state.done_items == {"antrean"}
        assert state.missing == [("kuis-akhir", "passed")]
        assert kinds() == []


def test_settling_twice_is_settling_once(app, live, clock):
    with app.app_context():
        first = samples.finish(4, live, clock.now())
        enrolment = _db.session.get_one(Enrolment, first.enrolment_id)

        assert completions.settle(enrolment, clock.now()) is first
        assert (
            completions.settle(enrolment, clock.now(), 9_900, {"attempt": 3}) is first
        )
        assert len(kinds()) == 3


def test_two_requests_at_once_write_one_set_of_entries(app, live, clock):
    with app.app_context():
        enrolment = samples.start(4, live, clock.now())
        samples.do_all(enrolment, clock.now())
        _db.session.commit()
        number = enrolment.id
    gate, found, broken = Barrier(4), [], []

    def settle():
        reading.set(False)
        try:
            with app.app_context():
                gate.wait()
                mine = _db.session.get_one(Enrolment, number)
                found.append(completions.settle(mine, clock.now()).uid)
                _db.session.commit()
        except Exception as err:
            broken.append(err)

    threads = [Thread(target=settle) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert broken == []
    assert len(set(found)) == 1
    with app.app_context():
        assert kinds() == ["completion", "jp", "certificate"]
        assert ledger.verify(ledger.stream()).fault is None


def test_many_people_at_once_make_one_whole_chain_and_no_number_twice(app, live, clock):
    ids = [1, 2, 3, 4]
    with app.app_context():
        numbers = {}
        for person in ids:
            enrolment = samples.start(person, live, clock.now())
            samples.do_all(enrolment, clock.now())
            numbers[person] = enrolment
        _db.session.commit()
        numbers = [e.id for e in numbers.values()]
    gate, broken = Barrier(len(ids)), []

    def settle(number):
        try:
            with app.app_context():
                gate.wait()
                completions.settle(_db.session.get_one(Enrolment, number), clock.now())
                _db.session.commit()
        except Exception as err:
            broken.append(err)

    threads = [Thread(target=settle, args=[n]) for n in numbers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert broken == []
    with app.app_context():
        given = sorted(_db.session.scalars(select(Certificate.number)))
        assert given == [f"0000{n}/layanan-prima/6771/XI/2026" for n in (1, 2, 3, 4)]
        assert ledger.verify(ledger.stream()).fault is None
        assert rebuild.compare() == []


def test_numbers_count_per_agency_and_year(app, live, clock):
    with app.app_context():
        samples.finish(4, live, clock.now())
        samples.finish(5, live, clock.now())
        samples.finish(3, live, clock.now() + timedelta(days=60))
        samples.finish(2, live, clock.now() + timedelta(days=60))

        numbers = list(
            _db.session.scalars(select(Certificate.number).order_by(Certificate.id))
        )

    assert numbers == [
        "00001/layanan-prima/6771/XI/2026",
        "00001/layanan-prima/5500/XI/2026",
        "00001/layanan-prima/6771/I/2027",
        "00002/layanan-prima/6771/I/2027",
    ]


@pytest.mark.parametrize(
    ("zone", "year", "day"),
    [
        ("Asia/Jakarta", 2026, date(2026, 12, 31)),
        ("Asia/Makassar", 2027, date(2027, 1, 1)),
        ("Asia/Jayapura", 2027, date(2027, 1, 1)),
    ],
)
def test_jp_count_for_the_year_at_the_agency(app, live, zone, year, day):
    instant = datetime(2026, 12, 31, 16, 30, tzinfo=UTC)  # 23.30 WIB
    with app.app_context():
        _db.session.get_one(Agency, 1).timezone = zone

        done = samples.finish(4, live, instant)

        assert (done.year, done.finished_on) == (year, day)
        assert f"/{year}" in _db.session.scalars(select(Certificate.number)).one()


def test_a_course_begun_in_december_counts_in_january(app, live):
    with app.app_context():
        began = datetime(2026, 12, 20, 3, 0, tzinfo=UTC)
        samples.start(4, live, began)

        done = samples.finish(4, live, datetime(2027, 1, 5, 3, 0, tzinfo=UTC))

        assert (done.started_on, done.year) == (date(2026, 12, 20), 2027)


def test_a_new_release_never_pays_jp_twice_but_a_new_edition_does(app, live, clock):
    with app.app_context():
        samples.finish(4, live, clock.now())
        second = samples.publish(clock.now(), 2)
        samples.finish(4, second, clock.now())
        assert _db.session.scalar(select(func.sum(Completion.jp))) == 4

        edition = samples.publish(clock.now(), 3, edition=2)
        samples.finish(4, edition, clock.now())
        assert _db.session.scalar(select(func.sum(Completion.jp))) == 8


def test_a_yearly_course_can_be_finished_again_next_year(app, live, clock):
    with app.app_context():
        yearly = samples.publish(clock.now(), 2, yearly=True)
        first = samples.finish(4, yearly, clock.now())
        again = samples.finish(4, yearly, clock.now() + timedelta(days=1))
        later = samples.finish(4, yearly, clock.now() + timedelta(days=60))

        assert again.uid == first.uid
        assert (first.period, later.period) == ("2026", "2027")
        assert enrolments.find(4, yearly.course_id).period == "2027"


def test_leaving_and_coming_back_keeps_facts_and_release(app, live, clock):
    with app.app_context():
        rani = _db.session.get_one(Person, 4)
        enrolment = enrolments.enrol(rani, live, clock.now())
        facts.add(enrolment, "antrean", "read", clock.now())
        enrolments.withdraw(rani, live.course_id, clock.now())
        assert enrolments.withdraw(rani, live.course_id, clock.now()) is None
        assert enrolments.find(4, live.course_id) is None

        newer = samples.publish(clock.now(), 2)
        back = enrolments.enrol(rani, newer, clock.now())
        assert enrolments.enrol(rani, newer, clock.now()) is back

        assert back.id == enrolment.id
        assert back.release_id == live.release_id
        assert facts.of(back.id) == {"antrean": {("read", "")}}
        events = _db.session.scalars(
            select(EnrolmentEvent.kind).order_by(EnrolmentEvent.id)
        )
        assert list(events) == ["enrolled", "withdrew", "returned"]


def test_a_finished_course_cannot_be_left(app, live, clock):
    with app.app_context():
        samples.finish(4, live, clock.now())

        with pytest.raises(enrolments.CourseFinished):
            enrolments.withdraw(
                _db.session.get_one(Person, 4), live.course_id, clock.now()
            )


def test_what_was_missing_may_have_come_while_away(app, live, clock):
    with app.app_context():
        rani = _db.session.get_one(Person, 4)
        enrolment = enrolments.enrol(rani, live, clock.now())
        enrolments.withdraw(rani, live.course_id, clock.now())
        samples.do_all(enrolment, clock.now())

        enrolments.enrol(rani, live, clock.now())

        assert completions.of(enrolment) is not None


def test_the_same_fact_twice_is_one_and_the_best_score_counts(app, live, clock):
    with app.app_context():
        enrolment = samples.start(4, live, clock.now())
        add = [
            facts.add(enrolment, "kuis-akhir", "passed", clock.now(), score_bp=s,
                      proof_id=n)
            for n, s in enumerate([7_500, 9_000, 8_000], start=1)
        ]  # fmt: skip

        assert add == [True, False, False]
        assert facts.passed(enrolment.id) == {"kuis-akhir": (9_000, 2)}
        assert _db.session.scalar(select(func.count()).select_from(ItemFact)) == 1


def test_a_score_given_only_to_settle_is_kept_until_the_course_is_done(
    app, live, clock
):
    with app.app_context():
        enrolment = samples.start(4, live, clock.now())
        facts.add(enrolment, "kuis-akhir", "passed", clock.now())
        completions.settle(enrolment, clock.now(), 8_100, {"attempt": 9})
        clock.skip(days=1)
        facts.add(enrolment, "antrean", "read", clock.now())

        done = completions.settle(enrolment, clock.now())

        assert done.score_bp == 8_100


def test_what_was_completed_stays_with_the_unit_of_that_day(app, done, clock):
    with app.app_context():
        rani = _db.session.get_one(Person, 4)
        rani.unit_id = 6
        _db.session.get_one(Unit, 4).name = "Bidang Baru"
        _db.session.commit()

        completion = _db.session.scalars(select(Completion)).one()

        assert (completion.unit_id, completion.agency_id) == (4, 1)
        assert completion.unit_name == "Bidang Pelayanan Perizinan"


def test_two_last_steps_at_once_complete_the_course(app, live, clock):
    """Two tabs, each with one missing fact: neither sees the other's until it ends."""
    now = clock.now()
    with app.app_context():
        enrolment = samples.start(4, live, now)
        _db.session.commit()
        number = enrolment.id

    def second() -> None:
        reading.set(False)
        with app.app_context():
            mine = _db.session.get_one(Enrolment, number)
            facts.add(mine, "kuis-akhir", "passed", now, score_bp=8_600, proof_id=7)
            completions.settle(mine, now)
            _db.session.commit()

    with app.app_context():
        mine = _db.session.get_one(Enrolment, number)
        facts.add(mine, "antrean", "read", now)
        completions.settle(mine, now)
        other = Thread(target=second)
        other.start()
        other.join(0.5)
        _db.session.commit()
    other.join(20)

    with app.app_context():
        assert _db.session.scalar(select(func.count()).select_from(Completion)) == 1
        assert kinds() == ["completion", "jp", "certificate"]
