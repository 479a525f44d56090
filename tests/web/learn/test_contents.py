"""The list of contents as its own page; what a service worker may keep of a course."""

import re
from urllib.parse import unquote

from sqlalchemy import func, select

from lms.learn import saving
from lms.learn.models import ReadingPlace

from .conftest import COURSE

CONTENTS = f"{COURSE}/daftar"
LESSON = f"{COURSE}/menyapa"


def test_the_contents_list_every_item_with_its_state(rani):
    rani.post(f"{LESSON}/selesai")

    page = rani.get(CONTENTS).text

    assert [*re.findall(rf'href="{COURSE}/([\w-]+)"', page)] == [
        "menyapa", "berkas", "kuis-akhir",
    ]  # fmt: skip
    assert "1 dari 3 butir selesai" in page
    assert page.count('class="done"') == 1


def test_the_contents_lead_back_to_the_lesson_they_were_opened_from(rani):
    page = rani.get(f"{CONTENTS}?dari=menyapa").text

    assert f'href="{LESSON}" aria-label="Kembali ke pelajaran"' in page


def test_contents_opened_from_nowhere_lead_to_the_course(rani):
    for asked in (CONTENTS, f"{CONTENTS}?dari=tidak-ada", f"{CONTENTS}?dari=%3Cb%3E"):
        assert f'href="{COURSE}" aria-label="Kembali ke kursus"' in rani.get(asked).text


def test_who_takes_no_part_is_led_to_the_course(sign_in, courses):
    answer = sign_in("agus").get(CONTENTS)

    assert (answer.status_code, answer.location) == (303, COURSE)


def test_looking_writes_nothing(app, db, rani):
    for path in (CONTENTS, LESSON, COURSE):
        rani.get(path)

    with app.app_context():
        assert not db.session.scalar(select(func.count()).select_from(ReadingPlace))


def test_pages_of_a_course_may_be_kept_for_their_reader(rani):
    title = "Melayani warga di loket"
    titles = {COURSE: title, CONTENTS: f"Daftar isi: {title}", LESSON: "Menyapa warga"}
    for path, title in titles.items():
        headers = rani.get(path).headers
        reader, language = headers["X-Reader"].split()
        assert f'data-reader="{reader}"' in rani.get(LESSON).text
        assert (language, unquote(headers["X-Keep"])) == ("id", title)


def test_a_page_with_a_notice_is_not_kept(sign_in, courses):
    agus = sign_in("agus")
    agus.post(f"{COURSE}/ikuti")

    assert "X-Keep" not in agus.get(COURSE).headers
    assert "X-Keep" in agus.get(COURSE).headers


def test_nothing_else_is_kept(rani, sign_in, courses):
    rest = ["/", "/katalog", "/jp", "/sertifikat", "/akun", f"{COURSE}/kuis-akhir",
            f"{COURSE}/berkas?bahas=cek-kurang"]  # fmt: skip
    for path in rest:
        assert "X-Keep" not in rani.get(path).headers, path
    assert "X-Keep" not in sign_in("agus").get(COURSE).headers


def test_keeping_a_course_says_about_how_much_it_is(app, rani):
    from lms.catalog import courses

    with app.app_context():
        keeping = saving.of(courses.live("contoh-singkat"))

    assert keeping.lessons == ("menyapa", "berkas")
    sent = sum(
        len(rani.get(path, headers={"Accept-Encoding": "gzip"}).data)
        for path in (COURSE, CONTENTS, LESSON, f"{COURSE}/berkas")
    )
    assert sent * 0.6 < keeping.kilobytes * 1000 < sent * 1.6
    assert f"sekitar {keeping.kilobytes} kB" in rani.get(COURSE).text


def test_the_answer_to_a_check_brings_what_it_changes(rani):
    answer = rani.post(
        f"{COURSE}/berkas/cek/cek-kurang",
        data={"jawaban": "1"},
        headers={"X-Fragment": "1"},
    )

    for part in ("butir", "kemajuan", "penutup"):
        assert f'id="{part}" data-fresh' in answer.text


def test_on_an_english_page_only_the_courses_own_words_are_indonesian(rani):
    rani.post("/bahasa", data={"bahasa": "en"})

    page = rani.get(f"{COURSE}/berkas").text

    article = page.split("<article")[1].split("</article>")[0]
    assert 'lang="id"' not in article.split(">")[0]
    assert '<h1 lang="id">' in article
    assert '<div class="prose" lang="id">' in article
    assert '<legend lang="id">' in article
    assert not re.search(r'lang="id"[^>]*>[^<]*(menit|minute|Mark as)', article)
