"""Better texts show at once; what binds a learner is the release of the enrolment."""

import shutil

import pytest

from lms.catalog.publishing import publish_all
from tests.publishing import NOW, SAMPLES

from .conftest import COURSE


@pytest.fixture
def republish(app, tmp_path):
    """republish(path, old, new, ...) changes a course file and publishes."""
    content = tmp_path / "content"
    shutil.copytree(SAMPLES, content)

    def change(*edits):
        for path, old, new in edits:
            file = content / "kursus/contoh-singkat" / path
            text = file.read_text()
            assert old in text
            file.write_text(text.replace(old, new))
        with app.app_context():
            report = publish_all(content, NOW)
            assert report.is_ok, report.outcomes

    return change


GONE = (
    ("kursus.yml", "      - 02-berkas.md\n", ""),
    ("kursus.yml", "  - berkas: selesai\n", ""),
)
ADDED = (
    (
        "kursus.yml",
        "      - 02-berkas.md\n",
        "      - 02-berkas.md\n      - 03-baru.md\n",
    ),
    ("kursus.yml", "  - berkas: selesai\n", "  - berkas: selesai\n  - baru: selesai\n"),
)
CHECK_GONE_FROM = "/// soal | Isi catatan"


def test_a_better_text_shows_at_once(rani, republish):
    republish(("01-menyapa.md", "Sapaan pertama", "Salam pertama"))

    assert "Salam pertama" in rani.get(f"{COURSE}/menyapa").text


def test_a_better_text_changes_the_kept_page(rani, republish):
    mark = rani.get(f"{COURSE}/menyapa").headers["ETag"]
    republish(("01-menyapa.md", "Sapaan pertama", "Salam pertama"))

    again = rani.get(f"{COURSE}/menyapa", headers={"If-None-Match": mark})

    assert again.status_code == 200


def test_a_better_text_keeps_what_was_done(rani, republish):
    rani.post(f"{COURSE}/menyapa/selesai")
    republish(("01-menyapa.md", "Sapaan pertama", "Salam pertama"))

    assert "1 dari 3 butir selesai" in rani.get(COURSE).text


def test_a_lesson_that_was_removed_stays_for_who_owes_it(rani, sign_in, republish):
    republish(*GONE)

    page = rani.get(COURSE).text
    assert "Masih wajib bagi Anda" in page
    assert "0 dari 3 butir selesai" in page
    assert rani.get(f"{COURSE}/berkas").status_code == 200
    agus = sign_in("agus")
    agus.post(f"{COURSE}/ikuti")
    assert "0 dari 2 butir selesai" in agus.get(COURSE).text
    assert agus.get(f"{COURSE}/berkas").status_code == 404


def test_checks_of_a_removed_lesson_can_still_be_answered(rani, republish):
    republish(*GONE)

    rani.post(f"{COURSE}/berkas/cek/cek-kurang", data={"jawaban": "2"})
    rani.post(f"{COURSE}/berkas/cek/cek-catatan", data={"jawaban": "1"})

    assert "1 dari 3 butir selesai" in rani.get(COURSE).text


def test_a_check_that_was_removed_stays_for_who_owes_it(
    rani, sign_in, republish, tmp_path
):
    text = (SAMPLES / "kursus/contoh-singkat/02-berkas.md").read_text()
    start = text.index(CHECK_GONE_FROM)
    block = text[start : text.index("///", start + 3) + 4]
    republish(("02-berkas.md", block, ""))

    assert 'id="cek-cek-catatan"' in rani.get(f"{COURSE}/berkas").text
    agus = sign_in("agus")
    agus.post(f"{COURSE}/ikuti")
    assert 'id="cek-cek-catatan"' not in agus.get(f"{COURSE}/berkas").text


def test_a_new_required_lesson_binds_only_who_enrols_later(
    rani, sign_in, republish, tmp_path
):
    new = tmp_path / "content/kursus/contoh-singkat/03-baru.md"
    new.write_text(
        "---\njenis: modul\nid: baru\njudul: Baru\ndurasi: 5 menit\n---\n\nIsi.\n"
    )
    republish(*ADDED)

    page = rani.get(COURSE).text
    assert "0 dari 3 butir selesai" in page
    assert "pilihan, tidak wajib" in page
    assert "Masih kurang 3 dari 3 syarat." in page
    agus = sign_in("agus")
    agus.post(f"{COURSE}/ikuti")
    assert "Masih kurang 4 dari 4 syarat." in agus.get(COURSE).text


def test_an_answer_to_an_earlier_question_is_not_shown(rani, republish):
    rani.post(f"{COURSE}/berkas/cek/cek-kurang", data={"jawaban": "1"})
    republish(("02-berkas.md", "Pemohon datang dengan dua", "Warga datang dengan dua"))

    page = rani.get(f"{COURSE}/berkas").text

    assert "Belum tepat" not in page
    assert "Jangka waktu janji" not in page
    assert "checked" not in page


def test_a_form_of_the_earlier_text_can_still_be_sent(rani, republish):
    rani.get(f"{COURSE}/berkas")
    republish(("02-berkas.md", "Pemohon datang dengan dua", "Warga datang dengan dua"))

    answer = rani.post(f"{COURSE}/berkas/cek/cek-kurang", data={"jawaban": "1"})

    assert answer.status_code == 303
