"""What few people said stays hidden, also when numbers of two days are compared."""

from sqlalchemy import func

from lms.db import db as session
from lms.feedback import ballots, fillings, own, sheet
from lms.feedback.models import SurveyBallot
from tests.cast import CAST

from . import stage
from .answering import PAGE, fill, whom
from .stage import COURSE


def test_an_office_never_grows_by_one_person_from_one_day_to_the_next(
    app, answered, sign_in
):
    answered(5, anonymous=True)
    with app.app_context():
        newcomers = stage.colleagues(4, first=50)
        for person in [*newcomers, CAST["siti"].id]:  # she is of another office
            stage.enrol_person(person)
            fill(person)
        ballots.shake(5)
        session.session.commit()
        offices = dict(
            session.session.query(SurveyBallot.office_id, func.count())
            .filter(SurveyBallot.place == 0)
            .group_by(SurveyBallot.office_id)
            .all()
        )

    page = sign_in("siti").get(PAGE).text

    assert "10 isian" in page
    assert sorted(offices.values()) == [5, 5]
    assert offices[1] == 5  # counted with the whole agency


def test_a_terbitan_never_grows_by_one_person_from_one_day_to_the_next(
    app, answered, clock
):
    answered(6, shaken=False, anonymous=True)
    clock.skip(days=1)
    with app.app_context():
        stage.publish(stage.survey(title="Survei baru", anonymous=True))
        late = stage.colleagues(1, first=50)[0]
        stage.enrol_person(late)
        fill(late)
        ballots.shake(5)
        session.session.commit()
        releases = session.session.query(SurveyBallot.release_id).distinct().count()

    assert releases == 1


def test_people_of_another_agency_do_not_make_up_the_number(app, answered):
    answered(4, shaken=False, anonymous=True)
    with app.app_context():
        stage.enrol("agus")
        fill(CAST["agus"].id)

        assert ballots.shake(5) == 0


def test_a_wording_that_one_person_saw_is_not_shown(app, answered, sign_in, clock):
    answered(1, shaken=False, anonymous=True)
    clock.skip(days=1)
    with app.app_context():
        changed = [stage.scale("materi", "sesuai-tugas", levels=["Ya", "Tidak"])]
        stage.publish(stage.survey("reaksi", changed, anonymous=True))
        for person in stage.colleagues(5, first=50):
            stage.enrol_person(person)
            mine = own.find(whom(person), COURSE, "reaksi", clock.now())
            filled = sheet.read(mine.survey.questions, {"j0-0": ["0"]})
            fillings.fill(mine.seat, filled, mine.today, clock.now())
        session.session.commit()
        ballots.shake(5)
        session.session.commit()
    siti = sign_in("siti")

    page, file = siti.get(PAGE).text, siti.post(f"{PAGE}/berkas").text

    assert "6 isian" in page
    assert "Ya" in page
    assert "Sangat setuju" not in page
    assert "Tambah latihan." not in page + file
    assert "Tidak setuju" not in file
