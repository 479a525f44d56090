"""Who teaches a course or looks after a unit reads what was said, and no more."""

import pytest

from lms.accounts.models import RoleGrant
from lms.db import db as session
from lms.feedback import ballots
from lms.feedback.models import SurveyBallot
from lms.kernel import clock
from tests.cast import CAST, START

from . import stage
from .answering import PAGE, fill
from .stage import COURSE


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
