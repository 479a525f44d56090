"""Private notes and bookmarks: kept once, found again, read by nobody else."""

import re

import pytest
from sqlalchemy import func, select

from lms.learn.models import Bookmark, LessonNote
from tests.cast import CAST

from .conftest import COURSE

LESSON = f"{COURSE}/berkas"
OTHERS = [name for name in CAST if name != "rani"]


def section_of(client) -> tuple[str, str]:
    """Return anchor and title of the first section of the lesson."""
    page = client.get(LESSON).text
    return re.search(r'<option value="(isi-[^"]+)">([^<]+)</option>', page).groups()


def write(client, text="Ingat: map biru.", **more):
    fields = {"teks": text, "formulir": "formulir-1", "bagian": ""} | more
    return client.post(f"{LESSON}/catatan", data=fields)


def count(app, db, model=LessonNote) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(model))


def note_id(app, db) -> int:
    with app.app_context():
        return db.session.scalar(select(func.max(LessonNote.id)))


def test_a_note_stands_in_its_lesson_and_among_all_notes(rani):
    anchor, title = section_of(rani)

    answer = write(rani, bagian=anchor)

    assert (answer.status_code, answer.location) == (303, f"{LESSON}#catatan")
    assert "Ingat: map biru." in rani.get(LESSON).text
    page = rani.get("/catatan").text
    assert "Ingat: map biru." in page
    assert f'href="{LESSON}#{anchor}">{title}</a>' in page


def test_the_same_form_sent_twice_is_one_note(app, db, rani):
    write(rani)
    write(rani)
    assert count(app, db) == 1

    write(rani, "Lain.")  # written after going back to the same form: nothing is lost
    assert count(app, db) == 2


def test_a_note_can_be_changed_deleted_and_brought_back(app, db, rani):
    write(rani)
    note = note_id(app, db)

    assert "Ingat: map biru." in rani.get(f"/catatan/{note}").text
    rani.post(f"/catatan/{note}", data={"teks": "Map hijau."})
    assert "Map hijau." in rani.get("/catatan").text

    answer = rani.post(f"/catatan/{note}/hapus")
    page = rani.get(answer.location).text
    assert "Map hijau." not in page
    assert "Catatan dihapus." in page
    assert f"/catatan/{note}/kembalikan" in page

    rani.post(f"/catatan/{note}/kembalikan")
    assert "Map hijau." in rani.get(LESSON).text


def test_deleting_in_the_lesson_leads_back_to_it_with_an_undo(app, db, rani):
    write(rani)
    note = note_id(app, db)

    answer = rani.post(f"/catatan/{note}/hapus", data={"dari": "pelajaran"})

    assert answer.location == f"{LESSON}?dihapus={note}#catatan"
    assert "Kembalikan" in rani.get(answer.location).text


def test_a_script_gets_the_panel_alone(app, db, rani):
    answer = rani.post(
        f"{LESSON}/catatan",
        data={"teks": "Dari skrip.", "formulir": "f", "bagian": ""},
        headers={"Sec-Fetch-Dest": "empty"},
    )

    assert answer.status_code == 200
    assert "Dari skrip." in answer.text
    assert "Catatan disimpan" in answer.text
    assert "<html" not in answer.text


@pytest.mark.parametrize(
    ("text", "words"),
    [("", "Tulis isi catatan"), ("  \n", "Tulis isi"), ("a" * 5001, "5001 karakter")],
)
def test_what_cannot_be_kept_is_shown_again_with_the_reason(app, db, rani, text, words):
    answer = write(rani, text)

    assert answer.status_code == 422
    assert words in answer.text
    assert text.strip() in answer.text
    assert count(app, db) == 0


def test_the_longest_note_fits_whatever_the_line_ends(app, db, rani):
    text = ("a" * 99 + "\r\n") * 50

    assert write(rani, text).status_code == 303


def test_a_place_that_is_no_section_is_refused(app, db, rani):
    for place in ("isi-tidak-ada", "cek-arti", "<b>"):
        assert write(rani, bagian=place).status_code == 422
        answer = rani.post(f"{LESSON}/penanda", data={"tandai": place})
        assert answer.status_code == 422
    assert count(app, db) == count(app, db, Bookmark) == 0


def test_what_is_written_is_text_not_markup(rani):
    write(rani, "<script>alert(1)</script>\n\nBaris dua")

    for page in (LESSON, "/catatan"):
        text = rani.get(page).text
        assert "<script>alert" not in text
        assert "&lt;script&gt;" in text


@pytest.mark.parametrize("name", OTHERS)
def test_nobody_else_reads_a_note_or_touches_it(app, db, rani, sign_in, name):
    write(rani, "RAHASIA")
    note = note_id(app, db)
    other = sign_in(name)
    other.post(f"{COURSE}/ikuti")

    for page in ("/catatan", "/catatan?cari=rahasia", "/catatan/unduh", LESSON):
        assert "RAHASIA" not in other.get(page).text
    assert other.get(f"/catatan/{note}").status_code == 404
    for deed in ("", "/hapus", "/kembalikan"):
        answer = other.post(f"/catatan/{note}{deed}", data={"teks": "Curang"})
        assert answer.status_code == 404
    assert "RAHASIA" in rani.get("/catatan").text


def test_two_people_may_use_the_same_form_word(app, db, rani, sign_in):
    agus = sign_in("agus")
    agus.post(f"{COURSE}/ikuti")
    write(rani)
    write(agus)

    assert count(app, db) == 2


def test_who_takes_no_part_notes_nothing(app, db, rani, sign_in):
    agus = sign_in("agus")

    assert write(agus).status_code == 409
    assert agus.post(f"{LESSON}/penanda", data={"tandai": ""}).status_code == 409
    assert count(app, db) == 0


def test_a_bookmark_is_put_and_taken_off_however_often_it_is_sent(app, db, rani):
    anchor, title = section_of(rani)
    for _ in range(2):
        rani.post(f"{LESSON}/penanda", data={"tandai": anchor})
    assert count(app, db, Bookmark) == 1
    assert "Ditandai. Lepas penanda" in rani.get(LESSON).text
    assert f'href="{LESSON}#{anchor}">{title}</a>' in rani.get("/catatan").text

    for _ in range(2):
        rani.post(f"{LESSON}/penanda", data={"lepas": anchor})
    assert "Ditandai" not in rani.get(LESSON).text
    assert title not in rani.get("/catatan").text


def test_a_form_that_names_no_place_marks_none(app, db, rani):
    assert rani.post(f"{LESSON}/penanda").status_code == 422
    assert count(app, db, Bookmark) == 0


def test_own_notes_can_be_searched(rani):
    write(rani, "Map biru untuk berkas lengkap.")
    write(rani, "Map merah.", formulir="2")

    page = rani.get("/catatan?cari=MAP+lengkap").text

    assert "Map biru" in page
    assert "Map merah" not in page
    assert "1 hasil" in page
    assert "0 hasil" in rani.get("/catatan?cari=tidakada").text


def test_all_notes_can_be_taken_along_as_text(rani):
    anchor, title = section_of(rani)
    write(rani, bagian=anchor)
    rani.post(f"{LESSON}/penanda", data={"tandai": ""})

    answer = rani.get("/catatan/unduh")

    assert answer.content_type.startswith("text/markdown")
    assert "catatan-saya.md" in answer.headers["Content-Disposition"]
    for part in ("# Catatan saya", f"#### {title}", "Ingat: map biru.", "Ditandai"):
        assert part in answer.text


def test_without_notes_the_page_says_where_to_begin(rani):
    assert "Belum ada catatan" in rani.get("/catatan").text


def test_a_kept_page_is_good_until_a_note_or_a_bookmark_changes(app, db, rani):
    def tag() -> str:
        answer = rani.get(LESSON)
        while not answer.headers.get("ETag"):  # a notice was shown
            answer = rani.get(LESSON)
        return answer.headers["ETag"]

    tags = [tag()]
    write(rani)
    tags.append(tag())
    rani.post(f"/catatan/{note_id(app, db)}", data={"teks": "Lain"})
    tags.append(tag())
    rani.post(f"{LESSON}/penanda", data={"tandai": ""})
    tags.append(tag())
    rani.post(f"{LESSON}/penilaian", data={"membantu": "ya"})
    tags.append(tag())

    assert len(set(tags)) == len(tags)
    assert rani.get(LESSON, headers={"If-None-Match": tags[-1]}).status_code == 304


@pytest.mark.parametrize("number", ["0", "9223372036854775807", "9223372036854775808"])
def test_a_number_that_no_note_has_is_not_found(rani, number):
    assert rani.get(f"/catatan/{number}").status_code == 404
    assert rani.post(f"/catatan/{number}/hapus").status_code == 404
    assert rani.get(f"/catatan?dihapus={number}").status_code == 200
    assert rani.get(f"{LESSON}?dihapus=-{number}").status_code == 200
