"""Records made with the verbs of the product, for tests that only look."""

from dataclasses import dataclass

from lms.db import db, reading
from lms.kernel import clock, ids
from tests.cast import CAST

COURSE = "layanan-prima-di-loket"
QUIZ = "kuis-akhir"
SIMULATION = "keluhan-di-loket"


@dataclass(frozen=True)
class Finished:
    """Pages of a finished course: those of its owner, and the public check page."""

    paths: list[str]
    check_path: str


def _certificate(name: str):
    from lms.records.models import Certificate

    return db.session.query(Certificate).filter_by(person_id=CAST[name].id).one()


def enrol(app, name: str) -> int:
    """Have one of the cast take the course; return the enrolment's id."""
    from lms.accounts.models import Person
    from lms.catalog import courses
    from lms.records import enrolments

    reading.set(False)
    with app.app_context():
        person = db.session.get(Person, CAST[name].id)
        enrolment = enrolments.enrol(person, courses.live(COURSE), clock.now())
        db.session.commit()
        return enrolment.id


def start(app, name: str) -> int:
    """Open an attempt at the final quiz; return its id."""
    from lms.quiz import attempts

    enrol(app, name)
    with app.app_context():
        attempt = attempts.start(CAST[name].id, COURSE, QUIZ, clock.now())
        db.session.commit()
        return attempt.id


def failed_quiz(app, name: str) -> str:
    """Use all attempts up unanswered; return enrolment/item/number of the next one."""
    from lms.quiz import attempts, tries

    enrolment = enrol(app, name)
    with app.app_context():
        while True:
            try:
                tried = attempts.start(CAST[name].id, COURSE, QUIZ, clock.now())
            except attempts.NoAttemptsLeft:
                break
            attempts.submit(tried, clock.now())
            db.session.commit()
        number = tries.of_person(CAST[name].id)[0].next_number
        db.session.rollback()
    return f"{enrolment}/{QUIZ}/{number}"


def right_answers(app, attempt_id: int) -> list[object]:
    """Return the right answer of each question of an attempt, as it is stored."""
    from lms.quiz.models import Attempt

    with app.app_context():
        return right_of(db.session.get(Attempt, attempt_id))


def right_of(attempt) -> list[object]:
    """Return the same of an attempt that is at hand."""
    from lms.catalog import items

    keys = items.keys([slot["q"] for slot in attempt.layout])
    return [_right(keys[slot["q"]]) for slot in attempt.layout]


def right_fields(app, attempt_id: int) -> list[list[int] | str]:
    """Return what to tick (places from 0) or to type for each question shown."""
    from lms.quiz.models import Attempt

    with app.app_context():
        layout = db.session.get(Attempt, attempt_id).layout
    right = right_answers(app, attempt_id)
    return [
        _fields(answer, slot["options"])
        for answer, slot in zip(right, layout, strict=True)
    ]


def _fields(answer: object, shown: list[int]) -> list[int] | str:
    if isinstance(answer, str):
        return answer
    if isinstance(answer, bool):
        return [0 if answer else 1]
    numbers = answer if isinstance(answer, list) else [answer]
    return [shown.index(number) for number in numbers]


def _right(key: dict) -> object:
    match key["kind"]:
        case "single":
            return next(int(n) for n, credit in key["credit"].items() if credit == 100)
        case "multiple":
            return sorted(key["right"])
        case "true_false":
            return key["truth"]
        case "short_text":
            return key["accepted"][0]
    return str(key["low"]).replace(".", ",")


def _checks(app, item_code: str) -> dict:
    """Return check code -> (question, key) of a lesson, in the order shown."""
    from lms.catalog import courses, items

    with app.app_context():
        live = courses.live(COURSE)
        sha = live.manifest["item_shas"][item_code]
        body = items.find_version(live.course_id, item_code, sha).body
        shas = {s["check"]: s["question_sha"] for s in body["segments"] if "check" in s}
        asked = items.question_by_sha(live.course_id, shas)
        keys = items.keys([question.id for question in asked.values()])
        return {code: (asked[code], keys[asked[code].id]) for code in shas}


def right_checks(app, item_code: str) -> dict[str, list[int] | str]:
    """Return, by check, what to tick (places from 0) or to type in a lesson."""
    return {
        code: _fields(_right(key), [o["number"] for o in question.body["options"]])
        for code, (question, key) in _checks(app, item_code).items()
    }


def running_attempt(app, name: str) -> list[str]:
    """Begin an attempt; return its pages: one question of each kind, and the review."""
    base, kinds = _running(app, name)
    shown = sorted({1, *kinds.values()})
    return [*(f"{base}/soal/{n}" for n in shown), f"{base}/tinjau"]


def running_question(app, name: str, kind: str) -> str:
    """Begin or go on with an attempt; return the page of a question of this kind."""
    base, kinds = _running(app, name)
    return f"{base}/soal/{kinds[kind]}"


def _running(app, name: str) -> tuple[str, dict[str, int]]:
    """Return the address of the open attempt and kind -> number of a question."""
    from lms.catalog import items
    from lms.quiz.models import Attempt

    number = start(app, name)
    with app.app_context():
        layout = db.session.get(Attempt, number).layout
        asked = items.question_versions([slot["q"] for slot in layout])
        kinds = {asked[slot["q"]].kind: n for n, slot in enumerate(layout, 1)}
    return f"/kuis/percobaan/{number}", kinds


def answer_wrongly(app, name: str, item_code: str) -> None:
    """Answer the checks of a lesson that offer a choice of one, not rightly."""
    from lms.learn import checks
    from lms.records.models import Enrolment

    enrolment_id = enrol(app, name)
    asked = _checks(app, item_code)
    with app.app_context():
        enrolment = db.session.get(Enrolment, enrolment_id)
        for code, (question, key) in asked.items():
            if question.kind == "single":
                at = checks.Asked(enrolment, item_code, code)
                wrong = next(int(n) for n, c in key["credit"].items() if c == 0)
                checks.answer(at, question, wrong, clock.now())
        db.session.commit()


def open_session(app, name: str) -> tuple[str, str]:
    """Open a session for one of the cast; return the cookie's name and value."""
    from lms.accounts import sessions

    reading.set(False)
    with app.app_context():
        token = sessions.open_for(CAST[name].id, clock.now(), device="peramban")
        db.session.commit()
    return sessions.cookie_name(tls=False), token


def read_everything(app, name: str) -> int:
    """Have one do all lessons; return the enrolment's id."""
    from lms.catalog import courses
    from lms.records import facts
    from lms.records.models import Enrolment

    enrolment_id = enrol(app, name)
    with app.app_context():
        now = clock.now()
        enrolment = db.session.get(Enrolment, enrolment_id)
        for item in courses.live(COURSE).items:
            if item["kind"] == "module":
                facts.add(enrolment, item["code"], "read", now)
                for check in item["checks"]:
                    facts.add(enrolment, item["code"], "check_answered", now, check)
        db.session.commit()
    return enrolment_id


def hand_in(app, attempt_id: int, right: list[object]) -> None:
    """Answer the first questions of an attempt so, and hand in."""
    from lms.quiz import answers, attempts
    from lms.quiz.models import Attempt

    with app.app_context():
        now = clock.now()
        attempt = db.session.get(Attempt, attempt_id)
        for slot, answer in enumerate(right):
            answers.save(attempt, slot, 1, answer, now)
        attempts.submit(attempt, now)
        db.session.commit()


def finished_course(app, name: str) -> Finished:
    """Have one read everything, fail, then pass; return what may then be opened."""
    read_everything(app, name)
    failed = start(app, name)
    hand_in(app, failed, [])
    passed = start(app, name)
    hand_in(app, passed, right_answers(app, passed))
    with app.app_context():
        code = _certificate(name).code
    return Finished(
        paths=[f"/kuis/percobaan/{failed}/hasil", f"/kuis/percobaan/{passed}/hasil",
               f"/kuis/percobaan/{passed}/tanda-terima",
               f"/sertifikat/{code}"],
        check_path=f"/cek/{ids.show_check_code(code)}",
    )  # fmt: skip


def revoked_course(app, name: str) -> Finished:
    """Have one finish the course, corrected once and then revoked."""
    from lms.records import amendments
    from lms.records.models import Completion

    finished = finished_course(app, name)
    with app.app_context():
        uid = db.session.get(Completion, _certificate(name).completion_id).uid
        amendments.correct_jp(uid, 2, "Salah hitung menit", None, clock.now())
        amendments.revoke(uid, "Diikuti oleh orang lain", None, clock.now())
        db.session.commit()
    return finished


def played(app, name: str, *, ends: bool = True, well: bool = True) -> str:
    """Play the simulation by its best or worst choices; return the page of the run.

    ends  to its end; else one step
    """
    from lms.catalog import items
    from lms.simulations import runs

    enrol(app, name)
    with app.app_context():
        now = clock.now()
        run = runs.start(CAST[name].id, COURSE, SIMULATION, now)
        version = items.version(run.item_version_id)
        scenes = items.item_key(version.id)["scenes"]
        while not run.is_ended:
            here = runs.spot(run, version)
            order = runs.shown_order(run, version, here.scene)
            best = scenes[here.scene]["best"][0]
            other = [n for n in order if n != best][-1]
            runs.choose(run, here.number, order.index(best if well else other), now)
            if not ends:
                break
        db.session.commit()
        page = f"/simulasi/main/{run.id}"
        return f"{page}/hasil" if run.is_ended else page


def used_up_run(app, name: str) -> str:
    """Play the simulation badly, once of once; return enrolment/item/number of more.

    It may be played without end where it is published: not here.
    """
    from sqlalchemy import select, update

    from lms.catalog import courses
    from lms.catalog.models import ItemVersion
    from lms.db import db
    from lms.simulations import used_up

    enrol(app, name)
    with app.app_context():
        known = used_up.of_person(CAST[name].id)
    if not known:
        played(app, name, well=False)
    with app.app_context():
        table = ItemVersion.__table__
        stored = select(table.c.id, table.c.body).where(table.c.code == SIMULATION)
        for number, body in db.session.execute(stored).all():
            once = update(table).where(table.c.id == number)
            db.session.execute(once.values(body=body | {"attempts": 1}))
        db.session.commit()
        courses.forget()
        [found] = used_up.of_person(CAST[name].id)
        db.session.rollback()
    return f"{found.enrolment_id}/{SIMULATION}/{found.at.limit + 1}"


def run_out(app, attempt_id: int) -> None:
    """End the time of an attempt now; its moments of grace begin."""
    from lms.quiz.models import Attempt

    reading.set(False)
    with app.app_context():
        db.session.get(Attempt, attempt_id).closes_at = clock.now()
        db.session.commit()
