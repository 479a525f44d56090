"""lms assignments refresh and list."""

import json

from click.testing import CliRunner

from lms.accounts.models import Person
from lms.assignments.cli import assignments
from lms.db import db as _db

from . import stage
from .stage import RANI


def run(app, *words: str):
    with app.app_context():
        return CliRunner().invoke(assignments, list(words))


def test_refresh_says_what_it_has_changed(app, live, clock):
    with app.app_context():
        stage.assign(live, clock.now())
        _db.session.get_one(Person, RANI).unit_id = 2
        _db.session.commit()

    first = run(app, "refresh", "--json")
    second = run(app, "refresh")

    assert json.loads(first.output) == {
        "assigned": 0, "renewed": 0, "ended": {"moved": 1}
    }  # fmt: skip
    assert second.exit_code == 0
    assert "Ditugaskan 0" in second.output


def test_list_counts_who_has_finished(app, live, clock):
    assert "Tidak ada penugasan" in run(app, "list").output
    with app.app_context():
        stage.assign(live, clock.now())
    clock.skip(days=30)

    (one,) = json.loads(run(app, "list", "--json").output)

    assert (one["course"], one["total"], one["done"], one["late"]) == (
        "layanan-prima", 2, 0, 2
    )  # fmt: skip
    assert "selesai 0 dari 2" in run(app, "list").output
