"""What was revoked can be earned again where HR lets it: once more, counted once."""

from threading import Barrier, Thread

import pytest
from sqlalchemy import func, select

from lms.accounts.models import Person
from lms.catalog import courses
from lms.db import db as _db
from lms.db import reading
from lms.jobs.models import OutboxEntry
from lms.records import (
    amendments,
    awards,
    completions,
    enrolments,
    jp_lines,
    ledger,
    rebuild,
    retakes,
    seeds,
)
from lms.records.models import (
    Certificate,
    Completion,
    Enrolment,
    EnrolmentEvent,
    LedgerEntry,
)
from tests.publishing import publish_samples
from tests.web.records import samples

COURSE = "/kursus/contoh-singkat"
WHY = "Ujian ulang disetujui panitia"


@pytest.fixture
def revoked(app, done, clock):
    """Rani's completion was revoked: its uid."""
    with app.app_context():
        amendments.revoke(done["rani"], "Bukti keliru", 2, clock.now())
        _db.session.commit()
    return done["rani"]


def rounds_of(app, person_id: int = 4) -> list[str]:
    with app.app_context():
        return list(
            _db.session.scalars(
                select(Enrolment.period)
                .where(Enrolment.person_id == person_id)
                .order_by(Enrolment.id)
            )
        )


def jp_total(person_id: int = 4) -> int:
    return sum(line.jp for line in jp_lines.of(person_id))


def test_hr_opens_it_once_and_it_is_earned_anew(
    app, sign_in, revoked, live, clock, monkeypatch
):
    monkeypatch.setitem(app.config, "SMTP_URL", "smtp://127.0.0.1:1")
    siti = sign_in("siti")
    page = f"/sdm/penyelesaian/{revoked}/ulang"
    assert page in siti.get(f"/sdm/penyelesaian/{revoked}").text

    answers = [siti.post(page, data={"alasan": WHY}) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert rounds_of(app) == ["", ".2"]
    assert page not in siti.get(f"/sdm/penyelesaian/{revoked}").text
    with app.app_context():
        event = _db.session.scalars(
            select(EnrolmentEvent).where(EnrolmentEvent.kind == "again")
        ).one()
        assert event.actor_id == 2
        mail = _db.session.query(OutboxEntry).filter_by(topic="mail").one().body
        assert mail["to"] == "rani@contoh.go.id"
        assert WHY not in mail["text"]
        assert jp_total() == 0

        new = samples.finish(4, live, clock.now())

        assert new.uid != revoked
        assert (new.state, new.period, jp_total()) == ("valid", ".2", new.jp)
        kinds = _db.session.scalars(
            select(LedgerEntry.kind)
            .where(LedgerEntry.person_id == 4)
            .order_by(LedgerEntry.seq)
        ).all()
        first = ["completion", "jp", "certificate"]
        assert kinds == [*first, "revocation", *first]
        assert ledger.verify(ledger.stream()).fault is None
        assert rebuild.compare() == []


def test_the_tables_are_rebuilt_from_the_ledger(app, revoked, live, clock):
    with app.app_context():
        completion = amendments.find(revoked)
        retakes.allow(completion, WHY, 2, clock.now())
        new = samples.finish(4, live, clock.now())
        new.jp = 99  # somebody tampers
        _db.session.commit()
        assert [d.columns for d in rebuild.compare()] == [("jp",)]

        rebuild.restore()
        _db.session.commit()

        assert rebuild.compare() == []
        assert (new.jp, new.period, jp_total()) == (4, ".2", 4)


def test_without_hr_it_is_not_earned_again(app, revoked, live, clock):
    with app.app_context():
        person = _db.session.get_one(Person, 4)

        enrolment = enrolments.enrol(person, live, clock.now())

        assert enrolment.period == ""
        assert completions.settle(enrolment, clock.now()).state == "revoked"


@pytest.fixture
def course(app, db, sign_in, clock) -> str:
    """A course with pages, finished by Rani and revoked: its completion's uid."""
    publish_samples(app)
    sign_in("rani").post(f"{COURSE}/ikuti")
    with app.app_context():
        seeds.load(_db.session)
        live = courses.live("contoh-singkat")
        ledger.lock()
        enrolment = enrolments.find(4, live.course_id)
        uid = awards.give(enrolment, live, frozenset(), clock.now()).uid
        amendments.revoke(uid, "Bukti keliru", 2, clock.now())
        _db.session.commit()
    return uid


def test_who_leaves_the_new_round_comes_back_to_it(app, sign_in, course, clock):
    with app.app_context():
        retakes.allow(amendments.find(course), WHY, 2, clock.now())
        _db.session.commit()
    rani = sign_in("rani")
    assert rani.post(f"{COURSE}/berhenti").status_code == 303
    assert "Ikuti kursus" in rani.get(COURSE).text

    rani.post(f"{COURSE}/ikuti")

    with app.app_context():
        course_id = courses.live("contoh-singkat").course_id
        found = enrolments.find(4, course_id)
        assert (found.period, found.withdrawn_at) == (".2", None)


def test_the_learner_reads_that_it_was_revoked_and_whom_to_ask(sign_in, course):
    page = sign_in("rani").get(COURSE).text

    assert "Penyelesaian Anda atas kursus ini dicabut" in page
    assert "mintalah pengelola SDM" in page
    assert "Anda mendapat" not in page


def test_pages_of_the_learner_open_in_the_new_round(app, sign_in, course, clock):
    with app.app_context():
        retakes.allow(amendments.find(course), WHY, 2, clock.now())
        _db.session.commit()
    rani = sign_in("rani")

    for page in ("/", COURSE, "/data-saya", "/jp", "/kompetensi"):
        assert rani.get(page).status_code == 200
    assert "dicabut" not in rani.get(COURSE).text


def test_what_is_valid_is_not_opened(app, sign_in, done):
    answer = sign_in("siti").post(
        f"/sdm/penyelesaian/{done['rani']}/ulang", data={"alasan": WHY}
    )

    assert answer.status_code == 409
    assert rounds_of(app) == [""]


def test_a_reason_is_wanted(app, sign_in, revoked):
    answer = sign_in("siti").post(f"/sdm/penyelesaian/{revoked}/ulang", data={})

    assert answer.status_code == 422
    assert rounds_of(app) == [""]


def test_only_hr_of_the_person(app, sign_in, revoked, done):
    page = f"/sdm/penyelesaian/{revoked}/ulang"

    assert sign_in("made").post(page, data={"alasan": WHY}).status_code == 403
    elsewhere = f"/sdm/penyelesaian/{done['agus']}/ulang"
    assert sign_in("siti").post(elsewhere, data={"alasan": WHY}).status_code == 404
    assert rounds_of(app) == [""]


def test_two_officers_at_once_open_one_round(app, revoked, clock):
    gate, said, broken = Barrier(2), [], []

    def allow():
        reading.set(False)
        try:
            with app.app_context():
                gate.wait()
                found = amendments.find(revoked)
                said.append(retakes.allow(found, WHY, 2, clock.now()))
                _db.session.commit()
        except Exception as err:
            broken.append(err)

    threads = [Thread(target=allow) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert broken == []
    assert sorted(said) == [False, True]
    assert rounds_of(app) == ["", ".2"]


def test_a_second_revocation_and_a_third_round(app, revoked, live, clock):
    with app.app_context():
        retakes.allow(amendments.find(revoked), WHY, 2, clock.now())
        second = samples.finish(4, live, clock.now())
        amendments.revoke(second.uid, "Bukti keliru lagi", 2, clock.now())
        retakes.allow(second, WHY, 2, clock.now())
        third = samples.finish(4, live, clock.now())
        _db.session.commit()

        assert third.period == ".3"
        assert jp_total() == third.jp
        states = select(Completion.state, func.count()).where(Completion.person_id == 4)
        rows = _db.session.execute(states.group_by(Completion.state)).all()
        assert dict(map(tuple, rows)) == {"revoked": 2, "valid": 1}
        mine = select(func.count(Certificate.id)).where(Certificate.person_id == 4)
        assert _db.session.scalar(mine) == 3
