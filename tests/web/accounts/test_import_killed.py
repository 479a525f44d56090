"""An import that is killed in the middle leaves nothing half-done."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import func, select

from lms.accounts.models import Job, Person, Placement, Unit
from lms.db import db as _db

from . import messy

ROOT = Path(__file__).parents[3]
# Ends itself as a power cut would, right after a statement was carried out.
CHILD = """
import os, signal, sys

from sqlalchemy import Engine, event

@event.listens_for(Engine, "after_cursor_execute")
def cut(_connection, _cursor, statement, *_rest):
    if statement.startswith(moment):
        os.kill(os.getpid(), signal.SIGKILL)

moment = sys.argv.pop(1)
from lms.cli import main
main()
"""


@pytest.mark.parametrize(
    "moment",
    ["INSERT INTO units", "INSERT INTO jobs", "INSERT INTO people",
     "INSERT INTO placements", "INSERT INTO audit_entries"],
)  # fmt: skip
def test_whenever_it_is_killed_everything_is_as_before(app, db, tmp_path, moment):
    path = tmp_path / "pegawai.xlsx"
    path.write_bytes(messy.build(60, 0).workbook())
    before = counts(app)

    ended = run(app, moment, "people", "import", str(path), "--terapkan",
                "--instansi", "6771")  # fmt: skip

    assert ended.returncode == -9, ended.stderr.decode()
    assert counts(app) == before


def test_once_it_is_let_through_everybody_is_there(app, db, tmp_path):
    path = tmp_path / "pegawai.xlsx"
    path.write_bytes(messy.build(60, 0).workbook())
    before = counts(app)

    ended = run(app, "never", "people", "import", str(path), "--terapkan",
                "--instansi", "6771")  # fmt: skip

    assert ended.returncode == 0, ended.stderr.decode()
    assert counts(app)["people"] == before["people"] + 60


def run(app, moment: str, *words: str):
    environment = os.environ | {
        "LMS_INSTANCE_DIR": app.config["INSTANCE_DIR"],
        "LMS_DATABASE_URL": app.config["DATABASE_URL"],
        "LMS_SECRET_KEY": "peramban-" * 5,
        "LMS_DEMO": "false",
    }
    command = [sys.executable, "-c", CHILD, moment, *words]
    return subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, check=False
    )


def counts(app) -> dict[str, int]:
    with app.app_context():
        found = {
            model.__tablename__: _db.session.scalar(
                select(func.count()).select_from(model)
            )
            for model in (Unit, Job, Person, Placement)
        }
        _db.session.rollback()
    return found
