"""Hendra reads the manual; Rani, who learns, has no use for it."""

import pytest

from lms.author import manual


@pytest.mark.parametrize("name", [chapter.name for chapter in manual.CHAPTERS])
def test_hendra_reads_every_chapter(sign_in, name):
    page = sign_in("hendra").get(f"/tulis/panduan/{name}")

    assert page.status_code == 200
    assert manual.find(name).chapter.title in page.text


def test_the_index_leads_to_every_chapter(sign_in):
    page = sign_in("hendra").get("/tulis/panduan").text

    for chapter in manual.CHAPTERS:
        assert f'href="/tulis/panduan/{chapter.name}"' in page


def test_a_chapter_that_does_not_exist_is_not_found(sign_in):
    page = sign_in("hendra").get("/tulis/panduan/tidak-ada")

    assert page.status_code == 404
    assert "Bab panduan ini tidak ada." in page.text


def test_learners_are_told_whom_the_manual_is_for(sign_in):
    assert sign_in("rani").get("/tulis/panduan").status_code == 403
    assert sign_in("rani").get("/tulis/panduan/soal").status_code == 403
