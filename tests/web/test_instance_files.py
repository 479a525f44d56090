"""Who on the server's machine may read the instance folder: its owner alone."""

import json
import os

import pytest
from click.testing import CliRunner

from lms import cli, create_app
from lms.db import db as _db


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An instance folder not yet made, by a user who hides nothing."""
    monkeypatch.setenv("LMS_INSTANCE_DIR", str(tmp_path / "instance"))
    monkeypatch.setenv("LMS_DATABASE_URL", "")
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("LMS_LOG_LEVEL", "ERROR")
    before = os.umask(0o022)
    yield tmp_path / "instance"
    os.umask(before)


def run(*words: str):
    answer = CliRunner().invoke(cli.main, list(words))
    app = create_app()
    with app.app_context():
        _db.engine.dispose()
    return answer


def test_the_folder_and_every_file_in_it_are_closed_to_others(folder):
    assert run("db", "upgrade").exit_code == 0

    modes = {path.name: path.stat().st_mode & 0o777 for path in folder.iterdir()}

    assert folder.stat().st_mode & 0o777 == 0o700
    assert {"kelas.sqlite3", "secret_key"} <= modes.keys()
    assert set(modes.values()) == {0o600}


@pytest.mark.parametrize("name", ["kelas.sqlite3", "secret_key"])
def test_the_doctor_names_a_file_that_others_may_read(folder, name):
    run("db", "upgrade")
    (folder / name).chmod(0o644)

    findings = json.loads(run("doctor", "--json").stdout)

    texts = [f["text"] for f in findings if not f["ok"]]
    assert any(f"chmod 600 {folder / name}" in text for text in texts)
