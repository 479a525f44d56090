"""Notes, videos, pictures in a real browser: nothing lost, nothing loaded unasked."""

import pytest

from tests import with_video
from tests.site import make_site

from . import steps
from .conftest import _serve

LESSON = "/kursus/contoh-singkat/menyapa"


@pytest.fixture(scope="module")
def lessons(tmp_path_factory):
    """A site with the sample course and its video; Rani takes part."""
    folder = tmp_path_factory.mktemp("catatan")
    app = make_site(folder, "")
    with_video.publish(app, with_video.write(folder))
    with app.app_context():
        from lms.accounts.models import Person
        from lms.catalog import courses
        from lms.db import db
        from lms.kernel import clock
        from lms.records import enrolments
        from tests.cast import CAST

        person = db.session.get(Person, CAST["rani"].id)
        enrolments.enrol(person, courses.live("contoh-singkat"), clock.now())
        db.session.commit()
    yield from _serve(app)


def visit(open_page, site, **settings):
    """Open the lesson; remember what the browser asks the server for."""
    page = open_page(site, "rani", **settings)
    page.asked = []
    page.on("request", lambda request: page.asked.append(request.url))
    page.goto(LESSON, wait_until="networkidle")
    return page


def asked(page, ending: str) -> bool:
    return any(url.endswith(ending) for url in page.asked)


def heading_button(page):
    name = "Catatan dan penanda bagian ini: Tiga langkah menyapa"
    return page.get_by_role("button", name=name)


def write_at_first_heading(page, text: str) -> None:
    heading_button(page).click()
    page.get_by_label("Catatan baru").fill(text)


def test_a_note_is_written_under_its_heading_and_stays_there(open_page, lessons):
    page = visit(open_page, lessons)
    write_at_first_heading(page, "Sebut nama dahulu.")
    page.get_by_role("button", name="Simpan catatan").click()

    box = page.locator("[data-at=isi-tiga-langkah-menyapa]")
    box.get_by_text("Catatan disimpan.").wait_for()
    assert box.get_by_text("Sebut nama dahulu.").first.is_visible()
    box.get_by_role("button", name="Tandai bagian ini").click()
    box.get_by_role("button", name="Ditandai. Lepas penanda").wait_for()
    heading_button(page).click()
    assert box.count() == 0
    page.locator("#catatan").get_by_text("Sebut nama dahulu.").first.wait_for()

    page.goto("/catatan")
    page.get_by_role("link", name="Tiga langkah menyapa").last.click()
    assert page.url.endswith(f"{LESSON}#isi-tiga-langkah-menyapa")
    assert page.problems == []


def test_a_draft_is_there_after_closing_the_page_and_without_a_line(open_page, lessons):
    page = visit(open_page, lessons)
    write_at_first_heading(page, "Belum selesai ditul")
    page.get_by_text("Draf disimpan di perangkat ini.").wait_for()
    page.close(run_before_unload=False)
    page = page.context.new_page()
    page.goto(LESSON)

    text = page.get_by_label("Catatan baru")
    assert text.input_value() == "Belum selesai ditul"

    text.fill("Tanpa sambungan")
    page.context.set_offline(True)
    page.get_by_role("button", name="Simpan catatan").click()
    page.get_by_text("lalu coba lagi. Draf disimpan di perangkat ini.").wait_for()
    assert text.input_value() == "Tanpa sambungan"

    page.context.set_offline(False)
    page.get_by_role("button", name="Simpan catatan").click()
    page.get_by_text("Catatan disimpan.").wait_for()
    page.reload()
    assert page.get_by_label("Catatan baru").input_value() == ""


def test_a_draft_sent_the_plain_way_is_no_draft_any_more(open_page, lessons):
    page = visit(open_page, lessons)
    write_at_first_heading(page, "Dikirim tanpa skrip.")
    page.get_by_text("Draf disimpan di perangkat ini.").wait_for()
    page.evaluate("document.querySelector('#tulis-catatan').submit()")
    page.get_by_text("Catatan disimpan.").wait_for()

    page.reload()
    assert page.get_by_label("Catatan baru").input_value() == ""


def test_notes_work_without_scripts(open_page, lessons):
    page = visit(open_page, lessons, java_script_enabled=False)
    page.locator("#catatan summary").first.click()
    page.get_by_label("Tentang bagian").select_option(label="Kalimat baku")
    page.get_by_label("Catatan baru").fill("Tanpa skrip.")
    page.get_by_role("button", name="Simpan catatan").click()

    assert "Catatan disimpan." in page.text_content("main")
    page.locator("#catatan summary").first.click()
    assert page.get_by_text("Tanpa skrip.").first.is_visible()


def test_the_question_is_answered_in_place(open_page, lessons):
    page = visit(open_page, lessons)
    page.get_by_role("button", name="Tidak membantu").click()
    page.get_by_text("Jawaban Anda: tidak membantu.").wait_for()

    page.get_by_text("Tambahkan komentar").click()
    page.get_by_label("Komentar, boleh kosong").fill("Terlalu singkat.")
    page.get_by_role("button", name="Kirim komentar").click()
    page.get_by_text("Ubah komentar").wait_for()
    page.get_by_text("Jawaban Anda: tidak membantu.").wait_for()
    assert page.url.endswith(LESSON)


def test_a_video_is_loaded_when_it_is_asked_for(open_page, lessons):
    page = visit(open_page, lessons)
    assert not asked(page, ".mp4")

    with page.expect_request("**/loket.mp4") as request:
        page.get_by_role("link", name="Putar video, 300 kB").click()
    assert request.value.resource_type == "media"
    assert page.url.endswith(LESSON)


def test_to_save_data_nothing_is_loaded_that_was_not_asked_for(open_page, lessons):
    headers = {"Save-Data": "on"}
    page = visit(
        open_page, lessons, extra_http_headers=headers, service_workers="block"
    )
    for ending in (".svg", ".mp4", ".vtt", "/berkas"):
        unasked = [url for url in page.asked if "/static/" not in url]
        assert not any(url.endswith(ending) for url in unasked), ending

    with page.expect_request("**/alur.svg"):
        page.get_by_text("Tampilkan gambar").click()
    assert page.get_by_role("img", name="Alur menyapa").is_visible()


def test_otherwise_the_next_lesson_is_fetched_ahead(open_page, lessons):
    page = visit(open_page, lessons)

    steps.until_so(page, lambda: asked(page, "/kursus/contoh-singkat/berkas"))
    assert sum("/kursus/contoh-singkat/" in url for url in page.asked) <= 5
