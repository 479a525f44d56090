"""What an author's pages show: a quiz many have taken, a lesson many have judged."""

from datetime import timedelta
from random import Random
from types import SimpleNamespace

from lms.kernel import clock, ids
from tests.cast import CAST

from . import journey
from .journey import COURSE, QUIZ

PEOPLE, FIRST = 60, 7_000
BACKWARDS = "barang-dilempar"  # a question that only those get right who know little


def fill(app, lesson: str, people: int = PEOPLE) -> None:
    """Let so many of Siti's office take the quiz and judge a lesson."""
    from lms.accounts.models import Person
    from lms.catalog import courses
    from lms.db import db, reading
    from lms.feedback import lesson_changes, lesson_voices
    from lms.learn import lessons, places, verdicts
    from lms.records import enrolments

    reading.set(False)
    with app.app_context():
        now, chance = clock.now(), Random(4)
        for number in range(FIRST, FIRST + people):
            person = Person(
                id=number, uid=ids.new_uid(), name=f"Peserta Contoh {number}",
                nip=f"1970010119959{number:05}", asn_status="PNS",
                unit_id=CAST["siti"].unit_id, created_at=now, updated_at=now,
            )  # fmt: skip
            db.session.add(person)
            db.session.flush()
            enrolments.enrol(person, courses.live(COURSE), now)
            _take(number, chance.gauss(0.6, 0.25), chance)
            opened = lessons.open_at(places.find(number, COURSE), lesson)
            words = "" if number % 4 else "Contohnya jauh dari pekerjaan di unit kami."
            verdicts.say(opened, chance.random() < 0.6, words, now, True)
            db.session.commit()
            if number == FIRST + 9:
                user = SimpleNamespace(
                    id=CAST["hendra"].id, name=CAST["hendra"].name, grants=[],
                    full_name=CAST["hendra"].name,
                )  # fmt: skip
                voiced = lesson_voices.find(user, COURSE, lesson)
                lesson_changes.note(
                    voiced, "Contoh kedua diganti dengan kasus di loket.", "uji",
                    user.id, now - timedelta(days=1),
                )  # fmt: skip
                db.session.commit()


def _take(person_id: int, able: float, chance: Random) -> None:
    from lms.catalog import items
    from lms.db import db
    from lms.quiz import answers, attempts

    now = clock.now()
    attempt = attempts.start(person_id, COURSE, QUIZ, now)
    db.session.flush()
    right = journey.right_of(attempt)
    asked = items.question_versions(place["q"] for place in attempt.layout)
    for slot, answer in enumerate(right):
        knows = chance.random() < able
        if asked[attempt.layout[slot]["q"]].code == BACKWARDS:
            knows = able < 0.6
        given = answer if knows else _wrong(answer)
        at = now + timedelta(seconds=30 * slot + chance.randint(5, 40))
        answers.save(attempt, slot, 1, given, at)
    attempts.submit(attempt, now + timedelta(minutes=8))


def _wrong(answer: object) -> object:
    """Return an answer to the same question that is not right."""
    if isinstance(answer, bool):
        return not answer
    if isinstance(answer, int):
        return answer % 3 + 1
    return [1] if isinstance(answer, list) else "7"


def analysis(app) -> list[str]:
    """Return the pages of the quiz: all its questions, and one that has figures."""
    from lms.catalog import courses
    from lms.quiz import item_analysis

    page = f"/kuis/{COURSE}/{QUIZ}/analisis"
    with app.app_context():
        live = courses.live(COURSE)
        quiz = item_analysis.Taught(live, live.item(QUIZ))
        asked = item_analysis.questions(quiz, item_analysis.measure(quiz))
        kinds = {one.now.version.kind: one.code for one in reversed(asked)}
    return ["/tulis/analisis", page, *(f"{page}/{code}" for code in kinds.values())]


def voices(lesson: str) -> list[str]:
    """Return the pages of what readers say, for authors and HR alike."""
    return ["/survei/pelajaran", f"/survei/pelajaran/{COURSE}/{lesson}"]
