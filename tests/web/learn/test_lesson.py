"""The lesson page: read, go on, finish the course; and what it costs."""

import pytest
from sqlalchemy import event, func, select

from lms.catalog import courses as catalog
from lms.records import completions, enrolments
from lms.records.models import Certificate, Completion, ItemFact
from tests.cast import CAST

from .conftest import COURSE

LESSON = f"{COURSE}/menyapa"
CHECKED = f"{COURSE}/berkas"
MINI = "/kursus/contoh-mini"


@pytest.fixture
def statements(app):
    """The SQL statements sent since the fixture was made."""
    with app.app_context():
        from lms.db import db

        engine = db.engine
    seen = []

    def note(_connection, _cursor, statement, *_rest):
        if not statement.startswith("BEGIN"):  # SQLite's, ours, no query
            seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield seen
    event.remove(engine, "before_cursor_execute", note)


def test_the_lesson_shows_its_text_table_and_figure(rani):
    page = rani.get(LESSON).text

    for part in ("<h1>Menyapa warga</h1>", "Sapaan pertama menentukan", "<table>",
                 "/alur.svg", "Kalimat baku", "Tandai selesai dan lanjut",
                 "Butir 1 dari 3"):  # fmt: skip
        assert part in page


def test_its_figure_can_be_fetched(rani):
    page = rani.get(LESSON).text
    address = page.split('src="/kursus/')[1].split('"')[0]

    figure = rani.get(f"/kursus/{address}")

    assert figure.status_code == 200
    assert figure.content_type.startswith("image/svg+xml")


def test_reading_is_not_written_down_by_looking(app, db, rani):
    rani.get(LESSON)

    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(ItemFact)) == 0


def test_who_does_not_take_part_is_led_to_the_course(sign_in, courses):
    answer = sign_in("agus").get(LESSON, follow_redirects=True)

    assert answer.request.path == COURSE
    assert "Ikuti kursus ini dahulu" in answer.text


@pytest.mark.parametrize(
    "path", ["tidak-ada", "cek-kurang", "../masuk", "a" * 300, "💥"]
)
def test_an_unknown_item_is_not_found(rani, path):
    assert rani.get(f"{COURSE}/{path}").status_code == 404
    assert rani.post(f"{COURSE}/{path}/selesai").status_code == 404


def test_marking_as_read_leads_to_the_next_item(rani):
    answer = rani.post(f"{LESSON}/selesai")

    assert (answer.status_code, answer.location) == (303, CHECKED)
    page = rani.get(CHECKED).text
    assert "1 selesai" in page
    assert 'value="1" max="3"' in page


def test_marking_twice_is_harmless(app, db, rani):
    rani.post(f"{LESSON}/selesai")
    again = rani.post(f"{LESSON}/selesai")

    assert again.location == CHECKED
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(ItemFact)) == 1


def test_a_read_lesson_offers_to_go_on_without_a_form(rani):
    rani.post(f"{LESSON}/selesai")

    page = rani.get(LESSON).text

    assert "Tandai selesai dan lanjut" not in page
    assert "Lanjut" in page


def test_a_lesson_with_open_checks_names_them(rani):
    answer = rani.post(f"{CHECKED}/selesai")

    assert answer.location == f"{CHECKED}#cek-cek-kurang"
    page = rani.get(CHECKED).text
    assert "Jawab dahulu cek pemahaman 1, 2, lalu tandai selesai." in page
    assert 'value="0" max="3"' in page


def test_a_quiz_is_not_marked_as_read(rani):
    assert rani.post(f"{COURSE}/kuis-akhir/selesai").status_code == 404


def test_finishing_the_course_says_what_it_brought(app, db, sign_in, courses):
    rani = sign_in("rani")
    rani.post(f"{MINI}/ikuti")
    rani.get(MINI)

    answer = rani.post(f"{MINI}/surat/selesai")

    assert answer.location == MINI
    page = rani.get(MINI).text
    assert "Kursus selesai. Anda mendapat 1 JP. Sertifikat siap." in page
    assert "Anda menyelesaikan kursus ini pada 22 November 2026." in page
    with app.app_context():
        code = db.session.scalar(select(Certificate.code))
        assert f'href="/sertifikat/{code}"' in page


def test_finishing_twice_brings_one_completion(app, db, sign_in, courses):
    rani = sign_in("rani")
    rani.post(f"{MINI}/ikuti")

    rani.post(f"{MINI}/surat/selesai")
    rani.post(f"{MINI}/surat/selesai")

    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Completion)) == 1


def test_a_finished_course_cannot_be_left(sign_in, courses):
    rani = sign_in("rani")
    rani.post(f"{MINI}/ikuti")
    rani.post(f"{MINI}/surat/selesai")

    assert rani.post(f"{MINI}/berhenti").status_code == 409
    assert "Berhenti mengikuti" not in rani.get(MINI).text


def test_the_page_costs_three_statements(rani, statements):
    rani.post(f"{CHECKED}/cek/cek-kurang", data={"jawaban": "1"})
    rani.get(CHECKED)  # fills the memory of immutable rows
    statements.clear()

    assert rani.get(CHECKED).status_code == 200
    assert len(statements) <= 3, statements


def test_an_unchanged_page_is_not_sent_again(rani):
    first = rani.get(LESSON)

    again = rani.get(LESSON, headers={"If-None-Match": first.headers["ETag"]})

    assert first.headers["Cache-Control"] == "private, no-cache"
    assert (again.status_code, again.data) == (304, b"")


def test_the_mark_of_a_compressed_page_is_known_again(rani):
    packed = rani.get(LESSON, headers={"Accept-Encoding": "gzip"})
    headers = {"If-None-Match": packed.headers["ETag"], "Accept-Encoding": "gzip"}

    assert packed.headers["Content-Encoding"] == "gzip"
    assert rani.get(LESSON, headers=headers).status_code == 304


@pytest.mark.parametrize("change", ["read", "language", "notice", "person"])
def test_a_changed_page_is_sent_again(rani, sign_in, change):
    mark = rani.get(LESSON).headers["ETag"]
    client = rani
    if change == "read":
        rani.post(f"{LESSON}/selesai")
    elif change == "language":
        rani.set_cookie("bahasa", "en")
    elif change == "notice":
        rani.post(f"{CHECKED}/selesai")
    else:
        client = sign_in("agus")
        client.post(f"{COURSE}/ikuti")
        client.get(COURSE)

    again = client.get(LESSON, headers={"If-None-Match": mark})

    assert again.status_code == 200


def test_a_notice_is_not_kept_by_the_browser(rani):
    rani.post(f"{CHECKED}/selesai")

    page = rani.get(CHECKED)

    assert page.headers["Cache-Control"] == "no-store"
    assert "ETag" not in page.headers


def test_state_and_page_agree(app, db, rani):
    rani.post(f"{LESSON}/selesai")

    with app.app_context():
        course_id = catalog.live("contoh-singkat").course_id
        enrolment = enrolments.find(CAST["rani"].id, course_id)
        assert completions.state(enrolment).done_items == {"menyapa"}
