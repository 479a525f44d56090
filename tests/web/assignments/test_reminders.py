"""Reminded on the day, once; one mail a day, whatever the mail server does."""

import pytest

from lms.accounts.models import Person, Preference
from lms.assignments import assignments, reminders
from lms.assignments.models import Reminder
from lms.db import db as _db
from lms.jobs.models import OutboxEntry
from lms.jobs.worker import run_once
from tests.web.records import samples

from . import stage
from .post import MailServer
from .stage import RANI, SITI, YOHANES


class By:
    """Siti as the one who reminds."""

    id = SITI


@pytest.fixture(autouse=True)
def inside(app, live):
    with app.app_context():
        yield


@pytest.fixture
def post(app, monkeypatch):
    server = MailServer()
    monkeypatch.setitem(app.config, "SMTP_URL", server.url)
    monkeypatch.setitem(app.config, "MAIL_FROM", "kelas@contoh.go.id")
    monkeypatch.setitem(app.config, "BASE_URL", "https://kelas.contoh.go.id")
    yield server
    server.close()


def steps(person_id: int) -> list[tuple[str, int]]:
    rows = _db.session.query(Reminder).filter_by(person_id=person_id)
    return [(row.kind, row.step) for row in rows.order_by(Reminder.id)]


def live_days(app, clock, count: int, rounds: int = 1) -> None:
    for _ in range(count):
        for _ in range(rounds):
            run_once(app)
        clock.skip(days=1)


def test_seven_and_one_days_before_the_day_after_then_weekly(app, live, clock):
    stage.assign(live, clock.now())  # due in 14 days

    live_days(app, clock, 30, rounds=2)

    assert steps(RANI) == [
        ("before", -7), ("before", -1), ("late", 1), ("late", 8), ("late", 15),
    ]  # fmt: skip


def test_a_worker_that_rested_makes_up_for_the_last_step_only(app, live, clock):
    stage.assign(live, clock.now())
    clock.skip(days=24)

    run_once(app)

    assert steps(RANI) == [("late", 8)]


def test_who_has_finished_is_left_in_peace(app, live, clock):
    stage.assign(live, clock.now())
    samples.finish(RANI, live, clock.now())

    live_days(app, clock, 16)

    assert steps(RANI) == []
    assert len(steps(YOHANES)) == 3


@pytest.mark.parametrize(("plan", "wanted"), [("off", []), ("late", [("late", 1)])])
def test_an_assignment_may_remind_less(app, live, clock, plan, wanted):
    stage.assign(live, clock.now(), reminders=plan)

    live_days(app, clock, 16)

    assert steps(RANI) == wanted


def test_nobody_is_reminded_of_what_was_ended(app, live, clock):
    made = stage.assign(live, clock.now())
    assignments.end(made, by=None, now=clock.now())
    _db.session.commit()

    live_days(app, clock, 16)

    assert steps(RANI) == []


def test_very_many_are_reminded_share_by_share_whatever_kills_it(
    app, live, clock, post, monkeypatch
):
    monkeypatch.setattr(reminders, "CHUNK", 3)
    people = stage.add_people(10, clock.now())
    for number in people:
        _db.session.get_one(Person, number).email = f"p{number}@contoh.go.id"
    stage.assign(live, clock.now(), stage.PERMITS)
    clock.skip(days=7)
    commits = []

    def die_before_the_third():
        if len(commits) == 3:  # the first one ends what the caller has begun
            raise SystemExit
        commits.append(_db.session.commit())

    with pytest.raises(SystemExit):
        reminders.by_schedule(clock.now(), die_before_the_third)
    _db.session.remove()  # the process is gone
    assert _db.session.query(Reminder).count() == 6
    _db.session.commit()
    for _ in range(2):
        run_once(app)

    assert {steps(number)[0] for number in people} == {("before", -7)}
    assert _db.session.query(Reminder).count() == 11
    assert len({m["To"] for m in post.mails}) == len(post.mails) == 11


def test_by_hand_a_person_is_reminded_once_a_day(live, clock):
    first = stage.assign(live, clock.now())
    second = stage.assign(live, clock.now(), with_subunits=True)
    today = clock.now().date()

    assert remind(first, today, clock) == (2, 0)
    assert remind(first, today, clock) == (0, 2)
    assert remind(second, today, clock) == (0, 2)
    clock.skip(days=1)

    assert remind(second, clock.now().date(), clock) == (2, 0)


def remind(made, today, clock):
    return reminders.by_hand(made, [RANI, YOHANES, SITI], today, by=By, now=clock.now())


def test_one_mail_a_day_gathers_everything(app, live, clock, post):
    other = samples.publish(clock.now(), code="etika", title="Etika Melayani")
    stage.assign(live, clock.now())
    stage.assign(other, clock.now())
    clock.skip(days=7)

    for _ in range(3):
        run_once(app)

    assert len(post.mails) == 2
    rani = next(m for m in post.mails if m["To"] == "rani@contoh.go.id")
    assert rani["Subject"] == "Kelas ASN: 2 kursus menunggu Anda"
    text = rani.get_content()
    assert "Layanan Prima di Loket: tenggatnya 6 Desember 2026." in text
    assert "Etika Melayani" in text
    assert "https://kelas.contoh.go.id/penugasan" in text


def test_a_mail_speaks_the_language_of_its_reader(app, live, clock, post):
    _db.session.add(Preference(person_id=RANI, language="en", updated_at=clock.now()))
    stage.assign(live, clock.now(), stage.PERMITS)
    clock.skip(days=7)

    run_once(app)

    assert post.subjects == ["Kelas ASN: 1 course is waiting for you"]
    assert "6 December 2026" in post.mails[0].get_content()


def test_without_a_mail_server_or_an_address_there_is_no_mail(app, live, clock, post):
    _db.session.get_one(Person, RANI).email = None
    stage.assign(live, clock.now(), stage.PERMITS)
    clock.skip(days=7)

    run_once(app)
    assert post.mails == []
    assert steps(RANI) == [("before", -7)]  # in the product all the same

    _db.session.rollback()
    app.config["SMTP_URL"] = ""
    clock.skip(days=6)
    run_once(app)
    assert _db.session.query(OutboxEntry).filter_by(topic="mail").count() == 0


def test_a_mail_server_that_is_down_for_a_day_delays_the_mail(app, live, clock, post):
    stage.assign(live, clock.now(), stage.PERMITS)
    clock.skip(days=7)
    post.mood = "refuses"
    for _ in range(24):
        run_once(app)
        clock.skip(hours=1)
    assert post.mails == []

    post.mood = "takes"
    for _ in range(24):
        run_once(app)
        clock.skip(hours=1)

    assert len(post.mails) == 1


def test_a_server_that_dies_after_it_has_taken_the_mail_gets_it_once(
    app, live, clock, post
):
    stage.assign(live, clock.now(), stage.PERMITS)
    clock.skip(days=7)
    post.mood = "dies"

    for _ in range(10):
        run_once(app)
        clock.skip(minutes=30)

    assert len(post.mails) == 1


def test_a_server_that_dies_before_it_answers_knows_the_mail_again(
    app, live, clock, post
):
    stage.assign(live, clock.now(), stage.PERMITS)
    clock.skip(days=7)
    post.mood = "silent"
    run_once(app)
    post.mood = "takes"

    for _ in range(10):
        run_once(app)
        clock.skip(minutes=30)

    assert len(post.mails) == 2
    assert len({mail["Message-ID"] for mail in post.mails}) == 1


def test_the_mail_of_the_next_day_is_another_one(app, live, clock, post):
    made = stage.assign(live, clock.now(), stage.PERMITS)
    for _ in range(2):
        remind(made, clock.now().date(), clock)
        _db.session.commit()
        run_once(app)
        clock.skip(days=1)

    assert len(post.mails) == 2
    assert len({mail["Message-ID"] for mail in post.mails}) == 2


def test_many_people_are_written_to_in_parts(app, live, clock, post, monkeypatch):
    monkeypatch.setattr("lms.assignments.letters.BATCH", 2)
    for number in stage.add_people(5, clock.now()):
        _db.session.get_one(Person, number).email = f"p{number}@contoh.go.id"
    stage.assign(live, clock.now(), stage.PERMITS)
    clock.skip(days=7)

    for _ in range(5):
        run_once(app)

    assert len({mail["To"] for mail in post.mails}) == len(post.mails) == 6
