"""What the pages of surveys show: one to fill in, one asked for by link, results."""

from datetime import timedelta

from lms.kernel import clock, ids
from tests.cast import CAST

FIRST, REACTION, FOLLOW_UP = "survei-kebutuhan", "survei-reaksi", "perilaku-90-hari"
# Nobody: the link of a letter that was cut.
NOT_FOUND = ("/survei/undangan/terpotong/isi",)


def places(app, course: str) -> dict[str | None, list[str]]:
    """Have six people answer, and Yohanes asked about Rani; return the addresses."""
    uid, token = _call(app, course)
    _answers(app, course)
    results = f"/survei/hasil/{course}"
    return {
        None: [f"/survei/undangan/{token}/isi"],
        "rani": ["/survei", f"/survei/{course}/{REACTION}",
                 f"/kursus/{course}/{FOLLOW_UP}"],
        "yohanes": ["/survei", f"/survei/tentang/{uid}/isi"],
        "siti": ["/survei/hasil", f"{results}/{REACTION}", f"{results}/{FOLLOW_UP}"],
    }  # fmt: skip


def forget(app) -> None:
    """Let nobody have filled in anything by themselves: pages are tried again."""
    from lms.db import db
    from lms.feedback.models import SurveyFilling

    with app.app_context():
        cast = [part.id for part in CAST.values()]
        db.session.query(SurveyFilling).filter(
            SurveyFilling.respondent_id.in_(cast), SurveyFilling.is_anonymous
        ).delete()
        db.session.commit()


def _call(app, course: str) -> tuple[str, str]:
    from lms.catalog import courses
    from lms.db import db
    from lms.feedback import calls
    from lms.feedback.models import SurveyCall
    from lms.records.models import Completion

    uid = ids.new_uid()
    token = calls.token_of(app.config["SECRET_KEY"], uid)
    with app.app_context():
        today, live = clock.now().date(), courses.live(course)
        done = db.session.query(Completion).filter_by(
            person_id=CAST["rani"].id, course_id=live.course_id
        )
        db.session.add(
            SurveyCall(
                uid=uid, enrolment_id=done.one().enrolment_id, course_id=live.course_id,
                item_code=FOLLOW_UP, role="superior", person_id=CAST["rani"].id,
                respondent_id=CAST["yohanes"].id, asked_on=today,
                closes_on=today + timedelta(days=60), token_hash=ids.digest(token),
            )
        )  # fmt: skip
        db.session.commit()
    return uid, token


def _answers(app, course: str) -> None:
    """Let six people of Siti's agency say what they think of the course."""
    from lms.catalog import courses
    from lms.db import db
    from lms.feedback import ballots, fillings, sheet, surveys
    from lms.records import enrolments

    with app.app_context():
        now, live = clock.now(), courses.live(course)
        for code in (FIRST, REACTION):
            survey = surveys.of(live, code)
            for n in range(6):
                person = _person(db, 900 + n, now)
                enrolment = enrolments.enrol(person, live, now)
                db.session.flush()
                filled = sheet.read(survey.questions, _fields(survey.questions, n))
                seat = fillings.Seat(
                    enrolment.id, person.id, person.id, "learner", survey
                )
                fillings.fill(seat, filled, now.date(), now)
        ballots.shake(5)
        db.session.commit()


def _person(db, number: int, now):
    from lms.accounts.models import Person

    uid = f"00000000-0000-4000-8000-{number:012}"
    person = db.session.query(Person).filter_by(uid=uid).one_or_none()
    if person is None:
        person = Person(
            uid=uid, name=f"Peserta Survei {number}", asn_status="PNS",
            unit_id=CAST["siti"].unit_id, created_at=now, updated_at=now,
        )  # fmt: skip
        db.session.add(person)
        db.session.flush()
    return person


def _fields(questions, n: int) -> dict[str, list[str]]:
    """Return what the n-th of them sends: neither all the same nor all apart."""
    fields = {}
    for place, version in enumerate(questions):
        body = version.body
        if version.kind == "likert":
            for row in range(len(body["statements"])):
                level = (n + row) % len(body["scale"])
                fields[f"j{place}-{row}"] = [str(level)]
        elif version.kind in ("single", "multiple"):
            fields[f"j{place}"] = [str(n % len(body["options"]))]
        else:
            fields[f"j{place}"] = [f"Tambah latihan menghadapi antrean, kasus {n}."]
    return fields
