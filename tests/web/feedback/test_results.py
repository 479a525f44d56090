"""Who teaches a course or looks after a unit reads what was said, and no more."""

import csv
import io

import pytest
from sqlalchemy import func

from lms.accounts.models import RoleGrant
from lms.audit.models import DataAccess, DataAccessPerson
from lms.db import db as session
from lms.feedback import ballots, fillings, own, sheet
from lms.feedback.models import SurveyBallot
from lms.kernel import clock
from tests.cast import CAST, START

from . import stage
from .stage import COURSE, GOOD

PAGE = f"/survei/hasil/{COURSE}/reaksi"


def fill(person_id: int, code: str = "reaksi", **changed) -> None:
    """Let somebody fill in a survey of the course, straight into the tables."""
    from lms.accounts.models import Person

    person = session.session.get_one(Person, person_id)
    person.timezone = "Asia/Jakarta"
    mine = own.find(person, COURSE, code, clock.now())
    fields = {k: v if isinstance(v, list) else [v] for k, v in (GOOD | changed).items()}
    filled = sheet.read(mine.survey.questions, fields)
    assert not filled.wrong, filled.wrong
    fillings.fill(mine.seat, filled, mine.today, clock.now())
    session.session.commit()


@pytest.fixture
def answered(app, course):
    """Publish a survey; Rani and her colleagues fill it in."""

    def set_up(count: int, shaken: bool = True, **said):
        course(stage.survey(**said))
        with app.app_context():
            for person in stage.colleagues(count - 1):
                stage.enrol_person(person)
                fill(person, **{"j4": f"Saran {person}."})
            fill(CAST["rani"].id, **{"j0-0": "0"})
            if shaken:
                ballots.shake(5)
                session.session.commit()

    return set_up


def test_hr_reads_counts_means_and_texts(answered, sign_in):
    answered(6)

    page = sign_in("siti").get(PAGE).text

    assert "6 isian" in page
    assert "Pernyataan sesuai-tugas" in page
    assert "rata-rata 3,5 dari 4" in page
    assert "simpangan baku 1,22" in page
    assert "Saran " in page
    assert "Rani" not in page


def test_who_is_neither_teacher_nor_hr_reads_nothing(answered, sign_in):
    answered(6)

    for name in ("rani", "yohanes", "made", "agus"):
        client = sign_in(name)
        assert client.get("/survei/hasil").status_code == 403
        assert client.get(PAGE).status_code == 403
        assert client.post(f"{PAGE}/berkas").status_code == 403


def test_an_instructor_reads_of_the_units_they_teach(app, answered, sign_in):
    answered(6)
    hendra = sign_in("hendra")
    elsewhere = hendra.get(PAGE).text
    with app.app_context():
        session.session.add(
            RoleGrant(person_id=CAST["hendra"].id, role="instructor", unit_id=1,
                      valid_from=START, granted_at=clock.now())
        )  # fmt: skip
        session.session.commit()

    here = sign_in("hendra").get(PAGE).text

    assert "Belum ada jawaban" in elsewhere
    assert "6 isian" in here


def test_an_instructor_of_another_course_does_not_find_it(app, course, sign_in):
    course(stage.survey(), authors=["Orang Lain"])
    hendra = sign_in("hendra")

    assert hendra.get(PAGE).status_code == 404
    assert COURSE not in hendra.get("/survei/hasil").text


def test_anonymous_answers_of_four_are_not_shown(answered, sign_in):
    answered(4, anonymous=True)
    siti = sign_in("siti")

    page = siti.get(PAGE).text
    listed = siti.get("/survei/hasil").text

    assert "Pernyataan sesuai-tugas" not in page
    assert "4 isian lain menunggu sampai cukup banyak." in page
    assert "kurang dari 5" in listed
    assert siti.post(f"{PAGE}/berkas").status_code == 404


def test_anonymous_answers_of_five_are_shown_once_they_were_shaken(
    app, answered, sign_in
):
    answered(5, shaken=False, anonymous=True)
    siti = sign_in("siti")
    before = siti.get(PAGE).text
    with app.app_context():
        ballots.shake(5)
        session.session.commit()

    after = siti.get(PAGE).text

    assert "Pernyataan sesuai-tugas" not in before
    assert "5 isian" in after
    assert "rata-rata 3,4 dari 4" in after


def test_one_more_answer_does_not_show_by_itself(app, answered, sign_in):
    answered(5, anonymous=True)
    with app.app_context():
        extra = stage.colleagues(1, first=50)[0]
        stage.enrol_person(extra)
        fill(extra, **{"j4": "Hanya saya."})
        opened = ballots.shake(5)
        session.session.commit()

    page = sign_in("siti").get(PAGE).text

    assert opened == 0
    assert "5 isian" in page
    assert "Hanya saya." not in page
    assert "1 isian lain menunggu sampai cukup banyak." in page


def test_shaking_gives_new_keys_and_loses_nothing(app, answered):
    answered(5, shaken=False, anonymous=True)
    with app.app_context():
        before = {(b.key, b.answer) for b in session.session.query(SurveyBallot)}
        ballots.shake(5)
        session.session.commit()
        after = {(b.key, b.answer) for b in session.session.query(SurveyBallot)}

    assert sorted(a for _k, a in before) == sorted(a for _k, a in after)
    assert not {k for k, _a in before} & {k for k, _a in after}


def test_the_worker_opens_the_box(app, answered, work, sign_in):
    answered(5, shaken=False, anonymous=True)

    work()

    assert "5 isian" in sign_in("siti").get(PAGE).text


def test_an_office_of_few_stays_hidden_and_so_does_the_one_beside_it(
    app, answered, sign_in
):
    answered(6, shaken=False, anonymous=True)
    with app.app_context():
        for name in ("siti", "made"):  # two of another office
            stage.enrol(name)
            fill(CAST[name].id)
        ballots.shake(5)
        session.session.commit()
    siti = sign_in("siti")

    page = siti.get(PAGE).text

    assert "8 isian" in page
    assert "opd=" not in page
    assert siti.get(f"{PAGE}?opd=3").status_code == 404


def test_offices_of_many_may_be_chosen(app, answered, sign_in):
    answered(6, shaken=False)
    with app.app_context():
        for name in ("siti", "made"):
            stage.enrol(name)
            fill(CAST[name].id, **{"j0-0": "0", "j0-1": "0"})
    siti = sign_in("siti")

    page = siti.get(f"{PAGE}?opd=2").text

    assert "2 isian" in page
    assert "rata-rata 1 dari 4" in page
    assert "Teks tampil bila paling sedikit 5 orang menulisnya." in page


def test_each_terbitan_can_be_read_by_itself(app, answered, sign_in, clock):
    answered(5)
    clock.skip(days=1)
    with app.app_context():
        body, questions = stage.survey(title="Survei baru")
        stage.publish((body, questions))
        for person in stage.colleagues(5, first=20):
            stage.enrol_person(person)
            fill(person, **{"j0-0": "1"})
    siti = sign_in("siti")

    everything = siti.get(PAGE).text
    second = siti.get(f"{PAGE}?terbitan=2").text

    assert "10 isian" in everything
    assert "Dari waktu ke waktu" in everything
    assert "terbitan 1: 3,4" in everything
    assert "terbitan 2: 2" in everything
    assert "5 isian" in second
    assert siti.get(f"{PAGE}?terbitan=3").status_code == 404


def test_a_survey_taken_out_of_the_course_keeps_its_results(app, answered, sign_in):
    answered(5)
    with app.app_context():
        stage.publish(stage.survey("lain"))
    siti = sign_in("siti")

    listed = siti.get("/survei/hasil").text
    page = siti.get(PAGE)
    file = siti.post(f"{PAGE}/berkas").text

    assert "sudah ditarik dari kursus" in listed
    assert f'href="{PAGE}"' in listed
    assert "Survei reaksi" in listed
    assert "5 isian" in listed
    assert "sudah ditarik dari kursus" in page.text
    assert "5 isian" in page.text
    assert file
    assert sign_in("agus").get(PAGE).status_code == 403


def test_a_course_without_any_survey_left_is_still_listed(app, answered, sign_in):
    answered(5)
    with app.app_context():
        stage.publish()

    assert f'href="{PAGE}"' in sign_in("hendra").get("/survei/hasil").text
    assert sign_in("hendra").get(PAGE).status_code == 200


def test_what_nobody_ever_answered_is_no_survey(app, answered, sign_in):
    answered(5)
    with app.app_context():
        stage.publish()

    for code in ("menyapa", "tidak-ada"):
        assert sign_in("siti").get(f"/survei/hasil/{COURSE}/{code}").status_code == 404


@pytest.mark.parametrize(
    "query",
    ["terbitan=x", "terbitan=-1", "opd=999", "opd=²", "peran=teman", "nama=mungkin",
     "peran=superior", "terbitan=99999999999999999999", "terbitan=0"],
)  # fmt: skip
def test_parts_that_are_not_there_are_not_found(answered, sign_in, query):
    answered(5)

    assert sign_in("siti").get(f"{PAGE}?{query}").status_code == 404


def test_the_file_of_named_answers_names_people_and_they_can_read_it(
    app, answered, sign_in, clock
):
    answered(5)
    siti = sign_in("siti")
    clock.skip(minutes=40)
    asked = siti.post(f"{PAGE}/berkas")
    prove(app, clock)

    answer = siti.post(f"{PAGE}/berkas")

    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert asked.status_code == 403
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert len(rows) == 5 * 6  # a scale of two statements and four other questions
    assert {"Rani Kusumawardhani"} < {row["tentang"] for row in rows}
    assert CAST["rani"].nip not in answer.text
    with app.app_context():
        access = session.session.query(DataAccess).one()
        told = session.session.query(DataAccessPerson.person_id).all()
    assert access.kind == "exported"
    assert len(told) == 5


def test_the_file_of_anonymous_answers_names_nobody(app, answered, sign_in):
    answered(6, anonymous=True)

    answer = sign_in("siti").post(f"{PAGE}/berkas")

    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert "tentang" not in rows[0]
    assert "Rani" not in answer.text
    assert {row["terbitan"] for row in rows} == {""}
    assert [row["soal"] for row in rows] == sorted(row["soal"] for row in rows)
    with app.app_context():
        assert session.session.query(DataAccess).count() == 0


def test_a_cell_is_never_a_formula(app, course, sign_in, clock):
    course(stage.survey(anonymous=True))
    with app.app_context():
        for person in stage.colleagues(5):
            stage.enrol_person(person)
            fill(person, **{"j4": "=1+1"})
        ballots.shake(5)
        session.session.commit()

    answer = sign_in("siti").post(f"{PAGE}/berkas")

    texts = {row["jawaban"] for row in csv.DictReader(io.StringIO(answer.text))}
    assert "'=1+1" in texts
    assert "=1+1" not in texts


def test_before_and_after_are_compared_by_the_code_of_a_statement(app, course, sign_in):
    before = stage.survey("awal", [stage.scale("q-awal", "yakin")], when="before")
    after = stage.survey("akhir", [stage.scale("q-akhir", "yakin")], when="after")
    course(before, after)
    with app.app_context():
        for person in stage.colleagues(5):
            number = stage.enrol_person(person)
            fill(person, "awal", **{"j0-0": "0"})
            stage.read(number)
            fill(person, "akhir", **{"j0-0": "2"})

    page = sign_in("siti").get(f"/survei/hasil/{COURSE}/akhir").text

    assert "Sebelum dan sesudah kursus" in page
    table = page.split("Sebelum dan sesudah kursus")[1]
    assert "Pernyataan yakin" in table
    assert ">1</span>" in table
    assert ">3</span>" in table


def prove(app, clock) -> None:
    """Let every session have given its password just now."""
    from lms.accounts.models import LoginSession

    with app.app_context():
        for one in session.session.query(LoginSession):
            one.proved_at = clock.now()
        session.session.commit()


ONCE = "6f1c1c1e-0000-4000-8000-000000000001"


def tell(client, text: str, once: str = ONCE):
    return client.post(f"{PAGE}/perubahan", data={"sekali": once, "teks": text})


def test_a_teacher_tells_learners_what_has_changed(course, sign_in):
    course(stage.survey())
    hendra = sign_in("hendra")

    first = tell(hendra, "Contoh di pelajaran 3 kini dari loket kecamatan.")
    again = tell(hendra, "Contoh di pelajaran 3 kini dari loket kecamatan.")

    assert (first.status_code, again.status_code) == (303, 303)
    cover = sign_in("rani").get(f"/kursus/{COURSE}/reaksi").text
    assert "Perubahan dari masukan Anda" in cover
    assert cover.count("loket kecamatan") == 1


@pytest.mark.parametrize(
    ("text", "once"),
    [("", ONCE), ("abc", ONCE), ("x" * 501, ONCE), ("NIP 199508252022212902", ONCE),
     ("Contoh baru.", "bukan-uuid")],
)  # fmt: skip
def test_a_change_that_says_nothing_keeps_the_form(course, sign_in, text, once):
    course(stage.survey())

    page = tell(sign_in("hendra"), text, once)

    assert page.status_code == 422
    assert "Belum dapat dikirim." in page.text


def test_only_who_teaches_the_course_tells_of_changes(course, sign_in):
    course(stage.survey(), authors=["Orang Lain"])

    assert tell(sign_in("hendra"), "Contoh baru.").status_code == 404
    assert tell(sign_in("siti"), "Contoh baru.").status_code == 403
    assert "Kabarkan perubahan" not in sign_in("siti").get(PAGE).text


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


def whom(person_id: int):
    from lms.accounts.models import Person

    person = session.session.get_one(Person, person_id)
    person.timezone = "Asia/Jakarta"
    return person


def test_texts_that_few_wrote_are_not_in_the_file_either(app, course, sign_in):
    course(stage.survey(anonymous=True))
    with app.app_context():
        for number, person in enumerate(stage.colleagues(5)):
            stage.enrol_person(person)
            fill(person, **{"j4": "Hanya saya." if number == 0 else ""})
        ballots.shake(5)
        session.session.commit()
    siti = sign_in("siti")

    page, file = siti.get(PAGE).text, siti.post(f"{PAGE}/berkas").text

    assert "Hanya saya." not in page
    assert "Hanya saya." not in file
    assert "Tanya materi?" in file
