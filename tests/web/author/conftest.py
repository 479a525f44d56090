"""The stage of the author tests."""

import pytest

from . import stage


@pytest.fixture
def folder(app, db, tmp_path, monkeypatch):
    """A copy of the sample courses, live, that the app publishes from."""
    root = stage.copy_samples(tmp_path)
    monkeypatch.setitem(app.config, "CONTENT_DIR", str(root))
    with app.app_context():
        stage.publish(root)
    return root
