"""Killed while a reviewed change is published: the old release whole, or the new."""

import pytest

from lms.audit.models import AuditEntry
from lms.author.models import ChangeReview
from lms.catalog import courses
from lms.catalog.models import Release
from lms.db import db as _db
from lms.jobs import worker
from lms.quiz.models import Attempt, Regrade, Rescore
from lms.records import ledger
from lms.records.models import Completion
from tests.killing import AFTER, kill_during

from .stage import COURSE, KEY, REVIEW, WHY, edit
from .taking import take
from .test_review import number, publish

# What `lms.quiz.regrade_rounds.pending` asks: all is committed, nothing counted yet.
NEXT = "SELECT regrades.id \n"


def counts(app, *models) -> tuple[int, ...]:
    with app.app_context():
        found = [_db.session.query(model).count() for model in models]
        _db.session.rollback()
    return tuple(found)


def reviewed(client) -> str:
    return client.get(f"{REVIEW}?soal-sapaan=ulang").text


@pytest.mark.parametrize(
    "moment",
    [
        "INSERT INTO question_versions",
        "INSERT INTO releases",
        "INSERT INTO change_reviews",
        "INSERT INTO regrades",
    ],
)
def test_killed_before_all_of_it_is_there_nothing_is(app, folder, sign_in, moment):
    take(app)
    edit(folder, *KEY)
    hendra = sign_in("hendra")
    page = reviewed(hendra)
    before = counts(app, Release, ChangeReview, Regrade, AuditEntry)

    kill_during(app, lambda: publish(hendra, page), moment)

    assert counts(app, Release, ChangeReview, Regrade, AuditEntry) == before
    assert number(app) == 1
    assert publish(hendra, page).status_code == 303
    _published_and_counted_once(app)


@pytest.mark.parametrize("moment", [NEXT, "INSERT INTO rescores"])
def test_killed_after_it_what_was_chosen_follows_from_the_worker(
    app, folder, sign_in, moment
):
    attempt_id = take(app)
    edit(folder, *KEY)
    hendra = sign_in("hendra")
    page = reviewed(hendra)

    kill_during(app, lambda: publish(hendra, page), moment)

    with app.app_context():
        courses.forget()
        assert courses.live(COURSE).number == 2
        assert _db.session.get(Attempt, attempt_id).score_bp == 10_000
    assert publish(hendra, page).status_code == 409
    worker.run_once(app)
    _published_and_counted_once(app)


def _published_and_counted_once(app) -> None:
    with app.app_context():
        courses.forget()
    assert number(app) == 2
    assert counts(app, ChangeReview, Regrade, Rescore, Completion) == (1, 1, 1, 1)
    with app.app_context():
        assert _db.session.query(Regrade).one().finished_at is not None
        assert _db.session.query(Attempt).one().score_bp == 7_500
        assert _db.session.query(Attempt).one().graded_bp == 10_000
        acts = [entry.action for entry in _db.session.query(AuditEntry)]
        assert acts.count("quiz.question_regraded") == 1
        assert acts.count("course.changes_approved") == 1
        assert ledger.verify(ledger.stream()).fault is None


@pytest.mark.parametrize(
    ("moment", "live"),
    [("INSERT INTO releases", 1), ("INSERT INTO change_reviews", 1), (AFTER, 1)],
)
def test_a_command_that_is_killed_publishes_whole_or_not(
    app,
    folder,
    run,
    moment,
    live,
):
    take(app)
    edit(folder, *KEY)

    kill_during(app, lambda: run("publish", "--setujui", WHY), moment)

    with app.app_context():
        courses.forget()
    assert (number(app), counts(app, ChangeReview)) == (live, (live - 1,))
    assert run("publish", "--setujui", WHY).exit_code == 0
    assert (number(app), counts(app, ChangeReview)) == (2, (1,))
