"""Reading a course in another language: other texts, the same record."""

import pytest
from sqlalchemy import func, select

from lms.catalog.models import ItemText, ItemVersion, QuestionText, QuestionVersion
from lms.db import db as _db
from lms.learn.models import CheckAnswer, LessonNote
from tests.translated import edit, publish

COURSE = "/kursus/contoh-singkat"


@pytest.fixture
def english(reader):
    """Rani, whose pages are English."""
    reader.set_cookie("bahasa", "en")
    return reader


def test_the_language_of_the_pages_chooses(english):
    page = english.get(COURSE).text
    lesson = english.get(f"{COURSE}/menyapa").text

    assert "Serving people at the counter" in page
    assert "At the counter" in page
    assert "Greeting people" in page
    assert "Greet people in a proper and friendly way" in page
    assert "Three steps of a greeting" in lesson
    assert "Tiga langkah menyapa" not in lesson
    assert 'lang="en"' not in lesson.split("<main", 1)[1].split("Bahasa Indonesia")[0]


def test_indonesian_pages_show_the_author_s_own_words(reader):
    page = reader.get(f"{COURSE}/menyapa").text

    assert "Tiga langkah menyapa" in page
    assert "Three steps" not in page


def test_the_switch_changes_the_course_and_not_the_pages(reader):
    answer = reader.post(f"{COURSE}/bahasa", data={"bahasa": "en", "butir": "menyapa"})
    page = reader.get(f"{COURSE}/menyapa").text

    assert answer.location == f"{COURSE}/menyapa"
    assert '<h1 lang="en">Greeting people</h1>' in page
    assert 'lang="en"><p>People come' in page.replace("\n", "")
    assert "Tandai selesai dan lanjut" in page


def test_the_switch_leads_back(reader):
    reader.post(f"{COURSE}/bahasa", data={"bahasa": "en"})
    reader.post(f"{COURSE}/bahasa", data={"bahasa": "id"})

    assert "Menyapa warga" in reader.get(COURSE).text


@pytest.mark.parametrize("language", ["", "fr", "../en", "EN"])
def test_a_language_it_does_not_have_is_refused(reader, language):
    answer = reader.post(f"{COURSE}/bahasa", data={"bahasa": language})

    assert answer.status_code == 404


def test_a_course_in_one_language_offers_no_switch(app, sign_in, db):
    from tests.publishing import publish_samples

    publish_samples(app)
    page = sign_in("rani").get(COURSE).text

    assert "Bahasa kursus ini" not in page


def test_checks_speak_and_explain_in_the_language_read(english):
    where = f"{COURSE}/berkas/cek/cek-kurang"
    before = english.get(f"{COURSE}/berkas").text
    english.post(where, data={"jawaban": "1"})
    wrong = english.get(f"{COURSE}/berkas").text
    english.post(where, data={"jawaban": "2"})
    right = english.get(f"{COURSE}/berkas").text

    assert "Which act fits best?" in before
    assert "The promised time runs" not in before
    assert "one more visit is enough" not in before
    assert "The promised time runs" in wrong
    assert "The standard asks officers" in right
    assert "Standar pelayanan meminta" not in right


def test_the_same_answer_in_both_languages_is_the_same(app, reader):
    where = f"{COURSE}/berkas/cek/cek-catatan"
    reader.post(where, data={"jawaban": ["1", "3"]})
    reader.set_cookie("bahasa", "en")
    reader.post(where, data={"jawaban": ["1", "3"]})

    with app.app_context():
        given = _db.session.scalars(select(CheckAnswer)).all()
        assert len(given) == 1  # the same question version, the same answer
        assert given[0].score_bp == 0


def test_an_answer_given_in_one_language_is_shown_in_the_other(reader):
    reader.post(f"{COURSE}/berkas/cek/cek-kurang", data={"jawaban": "2"})
    reader.set_cookie("bahasa", "en")

    page = reader.get(f"{COURSE}/berkas").text

    assert "Right, one more visit is enough." in page


def test_a_note_made_in_one_language_stands_at_its_place_in_the_other(app, reader):
    page = reader.get(f"{COURSE}/menyapa").text
    anchor = page.split('href="#isi-')[1].split('"')[0]
    reader.post(
        f"{COURSE}/menyapa/catatan",
        data={"bagian": f"isi-{anchor}", "teks": "Ingat salam", "formulir": "a"},
    )
    reader.set_cookie("bahasa", "en")

    english = reader.get(f"{COURSE}/menyapa").text

    assert f'id="isi-{anchor}"' in english
    assert "Ingat salam" in english
    with app.app_context():
        assert _db.session.scalars(select(LessonNote.anchor)).one() == f"isi-{anchor}"


def test_what_is_not_translated_is_shown_in_the_author_s_language_and_says_so(
    app, english, folder
):
    edit(folder / "en/02-berkas.md", "- [x] The date of the check\n", "")
    edit(
        folder / "en/02-berkas.md",
        "\nJika keliru: Think of what people need at home.",
        "",
    )
    edit(folder / "02-berkas.md", "- [x] Tanggal berkas diperiksa\n", "")
    assert publish(app, folder).is_ok

    page = english.get(f"{COURSE}/berkas").text

    assert "Which act fits best?" in page
    assert '<legend lang="id"><p>Apa yang ditulis' in page
    assert 'lang="id"' not in page.split("Which act fits best?")[1].split("</form>")[0]


def test_an_untranslated_lesson_is_wholly_in_the_author_s_language(
    app, english, folder
):
    (folder / "en/01-menyapa.md").unlink()
    assert publish(app, folder).is_ok

    page = english.get(f"{COURSE}/menyapa").text
    outline = english.get(COURSE).text

    assert '<h1 lang="id">Menyapa warga</h1>' in page
    assert '<span class="ttl" lang="id">Menyapa warga</span>' in outline
    assert '<span class="ttl">Checking papers</span>' in outline


def test_an_old_translation_is_still_shown_with_a_mark_for_staff_alone(
    app, english, folder, sign_in
):
    edit(folder / "01-menyapa.md", "Warga datang", "Semua warga datang")
    assert publish(app, folder).is_ok
    hendra = sign_in("hendra")
    hendra.post(f"{COURSE}/ikuti")
    hendra.set_cookie("bahasa", "en")

    page, staff = (c.get(f"{COURSE}/menyapa").text for c in (english, hendra))

    assert "People come to the counter" in page
    mark = "The source file has changed since it was translated."
    assert mark not in page
    assert mark in staff


def test_a_mended_translation_adds_texts_and_touches_no_version(app, reader, folder):
    publish(app, folder)
    with app.app_context():
        versions = [
            _db.session.scalar(select(func.count()).select_from(model))
            for model in (ItemVersion, QuestionVersion, ItemText, QuestionText)
        ]
    edit(folder / "en/01-menyapa.md", "People come", "All people come")
    publish(app, folder)

    with app.app_context():
        after = [
            _db.session.scalar(select(func.count()).select_from(model))
            for model in (ItemVersion, QuestionVersion, ItemText, QuestionText)
        ]
    assert after == [versions[0], versions[1], versions[2] + 1, versions[3]]
    reader.set_cookie("bahasa", "en")
    assert "All people come" in reader.get(f"{COURSE}/menyapa").text


def test_publishing_twice_is_once(app, folder):
    publish(app, folder)

    assert publish(app, folder).published == []


def test_a_page_kept_by_the_browser_is_not_good_in_another_language(reader):
    tag = reader.get(f"{COURSE}/menyapa").headers["ETag"]
    reader.post(f"{COURSE}/bahasa", data={"bahasa": "en"})

    answer = reader.get(f"{COURSE}/menyapa", headers={"If-None-Match": tag})

    assert answer.status_code == 200


def test_the_record_is_the_same_in_every_language(app, english):
    english.post(f"{COURSE}/menyapa/selesai")

    page = english.get(COURSE).text

    assert "1 of 3 items completed" in page


def test_no_page_before_an_answer_holds_what_is_told_after_it(english):
    for address in (COURSE, f"{COURSE}/daftar", f"{COURSE}/berkas", "/katalog"):
        page = english.get(address).text
        for secret in ("The promised time runs", "have to come twice", "helps nobody"):
            assert secret not in page
