"""The first page: where was I, what is running, how many JP."""

import pytest

from tests.publishing import publish_samples


@pytest.fixture
def courses(app, db):
    """The sample courses are live."""
    publish_samples(app)


def test_the_first_day_points_to_the_catalogue(sign_in, courses):
    page = sign_in("rani").get("/").text

    assert "Selamat siang, Rani Kusumawardhani" in page
    assert "Anda belum mengikuti kursus." in page
    assert 'href="/katalog"' in page


def test_the_running_course_is_one_click_away(sign_in, courses):
    rani = sign_in("rani")
    rani.post("/kursus/contoh-singkat/ikuti")
    rani.post("/kursus/contoh-singkat/menyapa/selesai")

    page = rani.get("/").text

    assert "Lanjutkan" in page
    assert 'href="/kursus/contoh-singkat/berkas"' in page
    assert "<b>1 dari 3</b> butir selesai" in page
    assert "Memeriksa berkas" in page
    assert "sisa sekitar 25 menit" in page


def test_the_course_learned_in_last_stands_first(sign_in, courses, clock):
    rani = sign_in("rani")
    rani.post("/kursus/contoh-singkat/ikuti")
    clock.skip(minutes=5)
    rani.post("/kursus/contoh-mini/ikuti")
    assert 'href="/kursus/contoh-mini/surat"' in rani.get("/").text

    clock.skip(minutes=5)
    rani.post("/kursus/contoh-singkat/menyapa/selesai")

    assert 'href="/kursus/contoh-singkat/berkas"' in rani.get("/").text


def test_a_finished_course_is_counted_and_not_running(sign_in, courses):
    rani = sign_in("rani")
    rani.post("/kursus/contoh-mini/ikuti")
    rani.post("/kursus/contoh-mini/surat/selesai")
    rani.get("/kursus/contoh-mini")

    page = rani.get("/").text

    assert 'aria-label="1 jam pelajaran"' in page  # no policy is loaded here
    assert "Berjalan" not in page
    assert "Sertifikat terbaru" in page


def test_a_course_one_left_is_not_shown(sign_in, courses):
    rani = sign_in("rani")
    rani.post("/kursus/contoh-mini/ikuti")
    rani.post("/kursus/contoh-mini/berhenti")

    assert "Berjalan" not in rani.get("/").text


def test_another_persons_courses_are_not_shown(sign_in, courses):
    sign_in("rani").post("/kursus/contoh-mini/ikuti")

    page = sign_in("agus").get("/").text

    assert "Anda belum mengikuti kursus." in page
    assert "Lanjutkan belajar" not in page


def test_a_stranger_is_sent_to_sign_in(sign_in, db):
    answer = sign_in(None).get("/")

    assert (answer.status_code, answer.location) == (302, "/masuk")
