"""Hendra as somebody who grades answers of the quiz of the stage."""

import re

from sqlalchemy import select

from lms.accounts.models import RoleGrant
from lms.db import db as _db
from lms.kernel import clock
from lms.quiz.models import Attempt
from lms.records.models import ItemFact
from tests.cast import CAST, START

from . import stage

LIST = "/tulis/penilaian"


def teach(name: str = "hendra", unit: int = 1, author: bool = True) -> None:
    """Give one of the cast the role of an instructor over a unit."""
    _db.session.add(
        RoleGrant(
            person_id=CAST[name].id, role="instructor", unit_id=unit,
            valid_from=START, granted_at=clock.now(),
        )
    )  # fmt: skip
    _db.session.commit()


def fields(page: str, **said: str) -> dict[str, str]:
    """What the grader's page sends: its hidden fields, and what is said."""
    hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page)
    return dict(hidden) | {name.replace("_", "-"): text for name, text in said.items()}


def grade(client, attempt: int, **said: str):
    page = client.get(f"{LIST}/{attempt}").text
    return client.post(f"{LIST}/{attempt}", data=fields(page, **said))


def state(app, attempt: int):
    with app.app_context():
        row = _db.session.get(Attempt, attempt)
        facts = _db.session.scalars(
            select(ItemFact.fact).where(ItemFact.item_code == stage.QUIZ)
        ).all()
        return row.score_bp, row.waiting, row.passed, "passed" in facts
