"""The stage of the survey tests."""

import pytest

from lms.db import db as _db
from lms.feedback import ballots
from tests.cast import CAST

from . import stage
from .answering import fill


@pytest.fixture
def course(app, db):
    """Publish the course with the given surveys and let Rani take part."""

    def set_up(*surveys, has_read: bool = False, **said):
        with app.app_context():
            stage.publish(*surveys, **said)
            return stage.enrol("rani", has_read=has_read)

    return set_up


@pytest.fixture
def work(app, monkeypatch):
    """Let the worker do its daily round; mails are made but not sent."""
    from lms.jobs import mail, worker

    def once(smtp_url: str = "smtp://surat.contoh:25"):
        monkeypatch.setitem(app.config, "SMTP_URL", smtp_url)
        kept = []
        monkeypatch.setattr(mail, "send", lambda body, **_more: kept.append(body))
        worker.run_once(app)
        return kept

    return once


@pytest.fixture
def answered(app, course):
    """Publish a survey; Rani and her colleagues fill it in."""

    def set_up(count: int, shaken: bool = True, **said):
        course(stage.survey(**said))
        with app.app_context():
            for person in stage.colleagues(count - 1):
                stage.enrol_person(person)
                fill(person, **{"j4": f"Saran {person}."})
            fill(CAST["rani"].id, **{"j0-0": "0"})
            if shaken:
                ballots.shake(5)
                _db.session.commit()

    return set_up


@pytest.fixture
def finished(course, clock):
    """Rani has finished a course whose surveys open after 90 days."""

    def set_up(*surveys, days: int = 90):
        surveys = surveys or (
            stage.survey("perilaku-90", stage.ON_THE_JOB, **stage.ABOUT_RANI),
        )
        number = course(*surveys, has_read=True)
        clock.skip(days=days)
        return number

    return set_up
