"""The course that asks every kind of question, as browsers meet it."""

from lms.db import db, reading
from lms.kernel import clock
from tests.cast import CAST
from tests.publishing import publish_kinds

COURSE, QUIZ, LESSON = "ragam-soal", "kuis-ragam", "berlatih"


def open_course(app) -> None:
    """Publish it and let Rani and Agus take part."""
    from lms.accounts.models import Person
    from lms.catalog import courses
    from lms.records import enrolments

    reading.set(False)
    publish_kinds(app, clock.now())
    with app.app_context():
        for name in ("rani", "agus"):
            person = db.session.get(Person, CAST[name].id)
            enrolments.enrol(person, courses.live(COURSE), clock.now())
        db.session.commit()


def rows(page) -> list[str]:
    return [
        text.strip() for text in page.locator(".order [data-step]").all_inner_texts()
    ]
