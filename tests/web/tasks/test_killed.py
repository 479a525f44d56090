"""Killed while an assignment is handed in or graded: all of it is there, or nothing.

Whoever got no answer sends the same again: then it is there once.
"""

import pytest
from sqlalchemy import select

from lms.audit.models import AuditEntry
from lms.db import db as _db
from lms.jobs.models import OutboxEntry
from lms.records import ledger
from lms.records.models import Certificate, Completion, ItemFact, LedgerEntry
from lms.tasks.models import Call, DraftText, Outcome, Review, Work, WorkFile
from lms.uploads.models import Upload, UploadContent
from tests.killing import AFTER, BEFORE, kill_during

from . import stage
from .stage import FAIR, GOOD, TEXT

FILES = (UploadContent, Upload, WorkFile)
RESULTS = (Outcome, Completion, Certificate)


def counts(app, *models) -> tuple[int, ...]:
    with app.app_context():
        found = [_db.session.query(model).count() for model in models]
        _db.session.rollback()
    return tuple(found)


def the_work(app) -> Work:
    with app.app_context():
        return _db.session.scalars(select(Work)).one()


@pytest.mark.parametrize(
    ("moment", "number", "texts", "files"),
    [
        ("INSERT INTO task_drafts", 1, 0, 0),
        (BEFORE, 1, 0, 0),
        (AFTER, 1, 1, 0),  # the text was kept, the file not yet looked at
        ("INSERT INTO upload_contents", 1, 1, 0),
        ("INSERT INTO uploads", 1, 1, 0),
        ("INSERT INTO task_files", 1, 1, 0),
        (BEFORE, 2, 1, 0),
        (AFTER, 2, 1, 1),
    ],
)
def test_a_file_is_attached_whole_or_not_and_the_text_stays(
    app, task, sign_in, moment, number, texts, files
):
    task()
    rani = sign_in("rani")
    url = stage.begin(rani)

    def send():
        data = {"seq": "1", "teks": TEXT, "aksi": "simpan", "lampiran": stage.file()}
        return rani.post(url, data=data, content_type="multipart/form-data")

    kill_during(app, send, moment, number)

    assert counts(app, DraftText, *FILES) == (texts, files, files, files)
    assert send().status_code in (303, 409)
    assert counts(app, DraftText, *FILES) == (1, 1, 1, 1)
    page = rani.get(url).text
    assert "Masalah: antrean panjang." in page
    assert "rencana.pdf" in page


@pytest.mark.parametrize(
    "moment",
    ["UPDATE task_works", "INSERT INTO task_calls", "INSERT INTO outbox", BEFORE],
)
def test_killed_while_handing_in_it_is_a_draft_with_its_file(
    app, task, sign_in, moment
):
    task()
    rani = sign_in("rani")
    url = _ready(rani)

    kill_during(app, lambda: stage.hand_in(rani, url), moment)

    assert the_work(app).submitted_at is None
    assert counts(app, Call, WorkFile, DraftText) == (0, 1, 1)
    assert stage.hand_in(rani, url).status_code == 303
    _handed_in_once(app)


def test_handed_in_before_the_kill_it_stays_so_and_counts_once(
    app, task, sign_in, clock
):
    task()
    rani = sign_in("rani")
    url = _ready(rani)

    kill_during(app, lambda: stage.hand_in(rani, url), AFTER)

    at = the_work(app).submitted_at
    assert at == clock.now()
    clock.skip(minutes=5)
    again = rani.post(f"{url}/kumpulkan", data={"dilihat": "1"})
    assert (again.status_code, again.location) == (303, url)
    assert the_work(app).submitted_at == at
    _handed_in_once(app)


def _ready(client) -> str:
    """Write a draft with a file; return its address."""
    url = stage.begin(client)
    stage.write(client, url, lampiran=stage.file())
    return url


def _handed_in_once(app) -> None:
    assert the_work(app).version == 2
    assert the_work(app).text == TEXT
    assert counts(app, Call, WorkFile) == (2, 1)
    with app.app_context():
        keys = _db.session.scalars(select(OutboxEntry.dedup_key)).all()
        assert len([key for key in keys if key.startswith("waits:")]) == 2


@pytest.mark.parametrize(
    "moment",
    [
        "INSERT INTO task_reviews",
        "INSERT INTO item_facts",
        "INSERT INTO completions",
        "INSERT INTO certificates",
        "INSERT INTO outbox",
        BEFORE,
    ],
)
def test_killed_while_the_second_grader_publishes_only_the_first_has_graded(
    app, task, sign_in, moment
):
    url, yohanes = _half_graded(app, task, sign_in)
    stage.grade(yohanes, url, FAIR, act="simpan", remark="Catatan saya.")

    kill_during(app, lambda: stage.grade(yohanes, url, GOOD), moment)

    assert counts(app, Review, *RESULTS) == (1, 0, 0, 0)
    assert "Catatan saya." in yohanes.get(stage.grading(url)).text
    assert stage.grade(yohanes, url, GOOD).status_code == 303
    _graded_once(app)


def test_graded_before_the_kill_it_counts_once(app, task, sign_in):
    url, yohanes = _half_graded(app, task, sign_in)

    kill_during(app, lambda: stage.grade(yohanes, url, GOOD), AFTER)

    _graded_once(app)
    assert stage.grade(yohanes, url, FAIR).status_code == 409
    _graded_once(app)


def _half_graded(app, task, sign_in):
    """Let Rani hand in and Hendra grade; return the address, and the other grader."""
    task()
    url = stage.do(sign_in("rani"))
    assert stage.grade(sign_in("hendra"), url, GOOD).status_code == 303
    return url, sign_in("yohanes")


def _graded_once(app) -> None:
    assert counts(app, Review, *RESULTS) == (2, 1, 1, 1)
    with app.app_context():
        scores = _db.session.scalars(select(Outcome.score_bp)).all()
        facts = _db.session.scalars(select(ItemFact.fact)).all()
        keys = _db.session.scalars(select(OutboxEntry.dedup_key)).all()
        acts = _db.session.scalars(select(AuditEntry.action)).all()
        kinds = _db.session.scalars(select(LedgerEntry.kind)).all()
        assert scores == [9_000]
        assert facts.count("passed") == kinds.count("completion") == 1
        assert acts.count("task.graded") == 2
        assert len([key for key in keys if key.startswith("graded1:")]) == 1
        assert ledger.verify(ledger.stream()).fault is None
