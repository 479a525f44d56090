"""The course page: enrol, see what is missing, leave, come back."""

import shutil

import pytest
from sqlalchemy import func, select

from lms.catalog.publishing import publish_all
from lms.records.models import Enrolment, EnrolmentEvent
from tests.publishing import NOW, SAMPLES

from .conftest import COURSE


def test_the_page_says_what_the_course_is(sign_in, courses):
    page = sign_in("rani").get(COURSE).text

    for text in (
        "Melayani warga di loket",
        "2 JP",
        "BKPSDM Kota Palangka Raya",
        "Memeriksa kelengkapan berkas sekali saja",
        "Syarat kelulusan",
        "Lulus “Kuis akhir” dengan nilai paling sedikit 70",
        "Ikuti kursus",
    ):
        assert text in page


def test_who_does_not_take_part_sees_no_progress_and_no_links(sign_in, courses):
    page = sign_in("rani").get(COURSE).text

    assert "Lanjutkan" not in page
    assert f'href="{COURSE}/menyapa"' not in page


def test_enrolling_leads_to_the_first_item(rani):
    page = rani.get(COURSE).text

    assert "Mulai: Menyapa warga" in page
    assert "0 dari 3 butir selesai" in page
    assert "Masih kurang 3 dari 3 syarat." in page


def test_enrolling_twice_is_once(app, db, rani):
    assert rani.post(f"{COURSE}/ikuti").status_code == 303

    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Enrolment)) == 1
        assert db.session.scalars(select(EnrolmentEvent.kind)).all() == ["enrolled"]


def test_leaving_and_coming_back_keeps_what_was_done(rani):
    rani.post(f"{COURSE}/menyapa/selesai")

    rani.post(f"{COURSE}/berhenti")
    left = rani.get(COURSE).text
    rani.post(f"{COURSE}/ikuti")
    back = rani.get(COURSE).text

    assert "Kemajuan Anda tetap disimpan" in left
    assert "butir selesai" not in left
    assert "1 dari 3 butir selesai" in back
    assert "Lanjutkan: Memeriksa berkas" in back


def test_leaving_twice_is_harmless(rani):
    assert rani.post(f"{COURSE}/berhenti").status_code == 303
    assert rani.post(f"{COURSE}/berhenti").status_code == 303


def test_another_persons_progress_is_not_shown(rani, sign_in):
    rani.post(f"{COURSE}/menyapa/selesai")
    agus = sign_in("agus")
    agus.post(f"{COURSE}/ikuti")

    assert "0 dari 3 butir selesai" in agus.get(COURSE).text


def test_strangers_are_sent_to_sign_in(sign_in, courses):
    answer = sign_in(None).get(COURSE)

    assert answer.status_code == 302
    assert "/masuk" in answer.location


@pytest.mark.parametrize("path", ["", "/ikuti", "/berhenti", "/menyapa/selesai"])
def test_an_unknown_course_is_not_found(sign_in, courses, path):
    rani = sign_in("rani")
    ask = rani.post if path else rani.get

    assert ask(f"/kursus/tidak-ada{path}").status_code == 404


def test_an_archived_course_takes_nobody_new_but_lets_others_go_on(
    app, rani, sign_in, tmp_path
):
    shutil.copytree(SAMPLES, tmp_path / "content")
    file = tmp_path / "content/kursus/contoh-singkat/kursus.yml"
    file.write_text(file.read_text().replace("status: tayang", "status: arsip"))
    with app.app_context():
        publish_all(tmp_path / "content", NOW)

    agus = sign_in("agus")
    assert agus.post(f"{COURSE}/ikuti").status_code == 409
    assert "tidak lagi menerima peserta baru" in agus.get(COURSE).text
    assert rani.get(f"{COURSE}/menyapa").status_code == 200
