"""The stage of the survey tests."""

import pytest

from . import stage


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
