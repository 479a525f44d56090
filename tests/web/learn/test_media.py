"""Videos and pictures on the lesson page, also for who saves data."""

import re

import pytest

from lms.accounts.models import Preference
from tests import with_video
from tests.cast import CAST

LESSON = "/kursus/contoh-singkat/menyapa"
SAVING = {"Save-Data": "on"}


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    return with_video.write(tmp_path_factory.mktemp("isi"))


@pytest.fixture
def rani(app, db, sign_in, root):
    """Rani, who takes the course with the video."""
    with_video.publish(app, root)
    client = sign_in("rani")
    client.post("/kursus/contoh-singkat/ikuti")
    client.get("/kursus/contoh-singkat")
    return client


def test_a_video_waits_for_its_button(rani):
    page = rani.get(LESSON).text
    figure = re.search(r'<figure class="media".*?</figure>', page, re.DOTALL)[0]

    assert 'preload="none"' in figure
    assert "autoplay" not in figure
    assert "Putar video, 300 kB" in figure
    assert "3 menit" in figure
    assert "Petugas menyapa warga</figcaption>" in figure
    assert "Baca transkrip" in figure
    assert "<strong>Petugas:</strong> Selamat pagi" in figure
    track = re.search(r"<track[^>]*>", figure)[0]
    for part in ('kind="captions"', 'srclang="id"', " default", "loket-id.vtt"):
        assert part in track


def test_video_and_captions_can_be_fetched(rani):
    page = rani.get(LESSON).text

    source = re.search(r'<source src="([^"]+)" type="video/mp4"', page)[1]
    part = rani.get(source, headers={"Range": "bytes=4-7"})
    assert (part.status_code, part.data) == (206, b"ftyp")
    captions = rani.get(re.search(r'<track kind="captions" src="([^"]+)"', page)[1])
    assert captions.content_type.startswith("text/vtt")
    assert captions.text.startswith("WEBVTT")


def test_sections_after_a_video_are_still_found(rani):
    page = rani.get(LESSON).text

    for title in ("Tiga langkah menyapa", "Kalimat baku"):
        assert f"{title}</option>" in page


def test_usually_pictures_are_shown_and_one_page_is_fetched_ahead(rani):
    page = rani.get(LESSON).text

    assert '<figure class="figure"><img' in page
    assert "Tampilkan gambar" not in page
    assert "next-page" in page


def test_to_save_data_pictures_become_buttons_with_their_size(rani):
    answer = rani.get(LESSON, headers=SAVING)
    page = answer.text

    assert re.search(r"Tampilkan gambar, \d+ kB", page)
    assert re.search(r"<details class=\"later[^>]*>.*?</summary><img [^>]*>", page)
    assert "Gambar: Alur menyapa: salam, tanya keperluan, arahkan" in page
    assert "next-page" not in page


def test_to_save_data_the_transcript_comes_before_the_video(rani):
    page = rani.get(LESSON, headers=SAVING).text

    assert page.index("Selamat pagi, ada yang dapat") < page.index("<video")
    assert '<details class="fold" open>' in page


def test_the_own_setting_saves_data_as_the_browser_does(app, db, rani, clock):
    with app.app_context():
        db.session.add(
            Preference(
                person_id=CAST["rani"].id, data_saver=True, updated_at=clock.now()
            )
        )
        db.session.commit()

    assert "Tampilkan gambar" in rani.get(LESSON).text


def test_a_kept_page_knows_whether_data_is_saved(rani):
    usual, saving = rani.get(LESSON), rani.get(LESSON, headers=SAVING)

    assert usual.headers["ETag"] != saving.headers["ETag"]
    assert "Save-Data" in usual.headers["Vary"]
    again = rani.get(LESSON, headers={"If-None-Match": usual.headers["ETag"]})
    assert again.status_code == 304
    other = rani.get(LESSON, headers=SAVING | {"If-None-Match": usual.headers["ETag"]})
    assert other.status_code == 200
