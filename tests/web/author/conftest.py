"""The stage of the author tests."""

import pytest

from lms.author.cli import content

from . import stage
from .taking import take


@pytest.fixture
def folder(app, db, tmp_path, monkeypatch):
    """A copy of the sample courses, live, that the app publishes from."""
    root = stage.copy_samples(tmp_path)
    monkeypatch.setitem(app.config, "CONTENT_DIR", str(root))
    with app.app_context():
        stage.publish(root)
    return root


@pytest.fixture
def run(app):
    def command(*words: str):
        return app.test_cli_runner().invoke(content, words)

    return command


@pytest.fixture
def corrected(app, folder):
    """Agus has finished by the old key; the new one is live."""
    attempt_id = take(app)
    stage.edit(folder, *stage.KEY)
    with app.app_context():
        stage.publish(folder)
    return attempt_id
