"""A quiz being taken: what the server holds of it, and what the learner does."""

import re
from dataclasses import dataclass

from playwright.sync_api import Page

from tests.cast import CAST

KEPT = "Disimpan di perangkat, belum terkirim"
OFFLINE = "Anda sedang luring."


@dataclass
class Taking:
    """An attempt under way: its id, and what the server holds of it."""

    app: object
    id: int

    def saved(self) -> dict[int, object]:
        """Return the answer that counts, by slot."""
        from lms.quiz import queries

        with self.app.app_context():
            newest = queries.newest_answers(self.id)
            return {slot: save.answer for slot, save in newest.items()}

    def rows(self, counted: bool = True) -> int:
        """Return how many answers are stored that count, or that do not."""
        from lms.db import db
        from lms.quiz.models import AnswerSave

        with self.app.app_context():
            rows = db.session.query(AnswerSave).filter_by(attempt_id=self.id).all()
            return sum((row.seq >= 1) is counted for row in rows)

    def number_of(self, *kinds: str) -> int:
        """Return the first question of one of these kinds."""
        from lms.catalog import items
        from lms.db import db
        from lms.quiz.models import Attempt

        with self.app.app_context():
            layout = db.session.get(Attempt, self.id).layout
            asked = items.question_versions([place["q"] for place in layout])
            found = [asked[place["q"]].kind for place in layout]
        return next(n for n, kind in enumerate(found, 1) if kind in kinds)

    def flags(self) -> int:
        """Return how many questions are flagged."""
        from lms.db import db
        from lms.quiz.models import AttemptFlag

        with self.app.app_context():
            return (
                db.session.query(AttemptFlag)
                .filter_by(attempt_id=self.id, is_on=True)
                .count()
            )

    def scored(self) -> list:
        """Return the scores of the attempt, one row a slot."""
        from lms.db import db
        from lms.quiz.models import SlotScore

        with self.app.app_context():
            return db.session.query(SlotScore).filter_by(attempt_id=self.id).all()

    def attempt(self):
        from lms.db import db
        from lms.quiz.models import Attempt

        with self.app.app_context():
            return db.session.get(Attempt, self.id)

    def url(self, number: int) -> str:
        return f"/kuis/percobaan/{self.id}/soal/{number}"


def forget_attempts(app) -> None:
    """Let everybody begin anew: the tests share one site."""
    from lms.db import db, reading
    from lms.quiz.models import AnswerSave, Attempt, AttemptFlag, SlotScore

    reading.set(False)
    with app.app_context():
        for table in (AnswerSave, AttemptFlag, SlotScore, Attempt):
            db.session.query(table).delete()
        db.session.commit()


def choose(page: Page, place: int) -> None:
    page.get_by_role("main").get_by_role("radio").nth(place).check()


def state(page: Page, text):
    return page.locator("[data-sync]").filter(has_text=text)


def onward(page: Page) -> None:
    name = re.compile("^(Soal berikutnya|Tinjau jawaban)$")
    page.get_by_role("button", name=name).click()


def reopen(page: Page, address: str) -> Page:
    """Close the tab; come back the next day in the same browser."""
    context = page.context
    page.close()
    page = context.new_page()
    context.set_offline(False)
    page.goto(address)
    return page


def end_session(app, name: str) -> None:
    from lms.accounts import sessions
    from lms.db import db, reading
    from lms.kernel import clock

    reading.set(False)
    with app.app_context():
        sessions.end_all(CAST[name].id, clock.now())
        db.session.commit()


def close_in(app, attempt_id: int, seconds: float) -> None:
    """Let the time of an attempt end so many seconds from now."""
    from datetime import timedelta

    from lms.db import db, reading
    from lms.kernel import clock
    from lms.quiz.models import Attempt

    reading.set(False)
    with app.app_context():
        attempt = db.session.get(Attempt, attempt_id)
        attempt.closes_at = clock.now() + timedelta(seconds=seconds)
        db.session.commit()
