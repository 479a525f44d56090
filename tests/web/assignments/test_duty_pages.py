"""What a learner sees of assignments: duties, the first page, the course."""

import re

import pytest

from lms.assignments import assignments
from lms.assignments.models import Reminder
from lms.catalog import courses
from lms.db import db as _db
from lms.jobs.worker import run_once
from tests.publishing import publish_samples
from tests.web.records import samples

from . import stage
from .stage import RANI

PAGE = "/penugasan"
COURSE = "/kursus/layanan-prima"


@pytest.fixture
def owing(app, live, clock, sign_in):
    """Rani, who owes the course by 6 December, in one of two waves."""
    with app.app_context():
        stage.assign(
            live, clock.now(), stage.PERMITS, reason="Edaran 5/2026", waves=2,
            wave_days=7, asn_status="PPPK",
        )  # fmt: skip
    return sign_in("rani")


def test_without_duties_the_page_says_so(live, sign_in):
    answer = sign_in("rani").get(PAGE)

    assert answer.status_code == 200
    assert "Tidak ada penugasan yang menunggu Anda." in answer.text


def test_the_page_says_what_by_when_and_why(owing):
    text = owing.get(PAGE).text

    assert "Layanan Prima di Loket" in text
    assert "tenggat 6 Desember 2026" in text
    assert "Edaran 5/2026" in text
    assert "ditugaskan oleh BKPSDM Kota Palangka Raya" in text
    assert "Pegawai di Bidang Pelayanan Perizinan (Dinas Penanaman" in text
    assert "status: PPPK" in text
    assert "gelombang 1 dari 2" in text


def test_nobody_else_sees_it(owing, sign_in):
    for name in ("agus", "yohanes"):
        assert "Layanan Prima" not in sign_in(name).get(PAGE).text


def test_who_is_late_reads_for_how_long(owing, clock, sign_in):
    clock.skip(days=17)

    text = sign_in("rani").get(PAGE).text

    assert "Terlambat 3 hari" in text


def test_a_wave_that_has_not_begun_says_when_it_does(app, live, clock, sign_in):
    with app.app_context():
        stage.add_people(1, clock.now())  # after Rani by number
        stage.assign(live, clock.now(), stage.PERMITS, starts_on=stage.DUE)

    assert "Mulai 6 Des 2026" in sign_in("rani").get(PAGE).text


def test_what_is_done_stays_with_its_day(app, owing, live, clock):
    with app.app_context():
        samples.finish(RANI, live, clock.now())

    text = owing.get(PAGE).text

    assert "Sudah selesai" in text
    assert "selesai 22 November 2026" in text
    assert "Tidak ada penugasan yang menunggu Anda." in text


def test_exemptions_and_former_duties_are_told(app, live, clock, sign_in):
    with app.app_context():
        first = stage.assign(live, clock.now(), stage.PERMITS)
        assignments.exempt(first, RANI, "Tugas belajar", by=None, now=clock.now())
        second = stage.assign(live, clock.now(), stage.PERMITS)
        assignments.end(second, by=None, now=clock.now())
        _db.session.commit()

    text = sign_in("rani").get(PAGE).text

    assert "Anda dibebaskan" in text
    assert "Tugas belajar" in text
    assert "Penugasan terdahulu" in text
    assert "Penugasan diakhiri" in text


def test_the_first_page_lists_the_course_once_with_its_deadline(owing):
    before = owing.get("/").text
    owing.post(f"{COURSE}/ikuti")
    after = owing.get("/").text

    for text in (before, after):
        listed = text.partition("Wajib diselesaikan")[2].partition("<aside")[0]
        assert len(re.findall(f'href="{COURSE}"', listed)) == 1
        assert "ditugaskan" in listed
        assert "14 hari lagi" in listed
    assert PAGE in before


def test_the_course_says_who_wants_it_until_it_is_owed_no_more(app, db, clock, sign_in):
    publish_samples(app)
    with app.app_context():
        live = courses.live("contoh-mini")
        stage.assign(live, clock.now(), stage.PERMITS)
    rani, said = sign_in("rani"), "Ditugaskan BKPSDM Kota Palangka Raya, tenggat"

    assert f"{said} 6 Desember 2026." in rani.get("/kursus/contoh-mini").text
    rani.post("/kursus/contoh-mini/ikuti")
    assert f"{said} 6 Desember 2026." in rani.get("/kursus/contoh-mini").text
    with app.app_context():
        stage.move(RANI, 2, clock.now())

    assert said not in rani.get("/kursus/contoh-mini").text


def test_reminders_are_shown_until_they_are_read(app, owing, clock, sign_in):
    clock.skip(days=8)
    run_once(app)
    rani = sign_in("rani")
    assert "belum dibaca" in rani.get("/").text
    assert "belum dibaca" in rani.get(PAGE).text

    for _ in range(2):
        assert rani.post(f"{PAGE}/pengingat/dibaca").status_code == 303

    assert "belum dibaca" not in rani.get("/").text
    assert "otomatis" in rani.get(PAGE).text
    with app.app_context():
        assert _db.session.query(Reminder).one().read_at == clock.now()


def test_nobody_reads_the_reminders_of_others(app, owing, clock, sign_in):
    clock.skip(days=8)
    run_once(app)

    sign_in("agus").post(f"{PAGE}/pengingat/dibaca")

    with app.app_context():
        assert _db.session.query(Reminder).one().read_at is None


def test_data_saya_holds_duties_and_reminders(app, owing, clock, sign_in):
    clock.skip(days=8)
    run_once(app)

    text = sign_in("rani").get("/data-saya").text

    assert "Penugasan belajar" in text
    assert "Pengingat penugasan" in text
    assert "menjelang tenggat" in text
