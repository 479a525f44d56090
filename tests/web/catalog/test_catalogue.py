"""The list of courses, and the files of courses."""

import pytest

from tests.publishing import publish_samples


@pytest.fixture
def courses(app, db):
    """The sample courses are live."""
    publish_samples(app)


@pytest.fixture
def figure(sign_in, courses):
    """The address of a figure in "contoh-singkat"."""
    rani = sign_in("rani")
    rani.post("/kursus/contoh-singkat/ikuti")
    page = rani.get("/kursus/contoh-singkat/menyapa").text
    return "/kursus/" + page.split('src="/kursus/')[1].split('"')[0]


def test_the_catalogue_lists_what_is_live(sign_in, courses):
    page = sign_in("rani").get("/katalog").text

    for text in (
        "Melayani warga di loket",
        "Arsip di meja kerja",
        "2 JP",
        "3 butir",
        "2 kursus dapat Anda ikuti",
        'href="/kursus/contoh-mini"',
    ):
        assert text in page


def test_an_empty_catalogue_says_why(sign_in, db):
    assert "Belum ada kursus yang diterbitkan" in sign_in("rani").get("/katalog").text


@pytest.mark.parametrize("words", ["loket", "LOKET warga", "palangka", "layanan"])
def test_words_narrow_the_list(sign_in, courses, words):
    page = sign_in("rani").get("/katalog", query_string={"cari": words}).text

    assert "Melayani warga di loket" in page
    assert "Arsip di meja kerja" not in page
    assert "1 dari 2 kursus" in page


def test_words_that_find_nothing_can_be_taken_back(sign_in, courses):
    page = sign_in("rani").get("/katalog", query_string={"cari": "gempa"}).text

    assert "Tidak ada kursus yang memuat “gempa”" in page
    assert "Hapus saringan" in page


@pytest.mark.parametrize(
    "words", ["<script>x</script>", "%", "a" * 5000, "'; --", "  "]
)
def test_hostile_words_are_only_words(sign_in, courses, words):
    answer = sign_in("rani").get("/katalog", query_string={"cari": words})

    assert answer.status_code == 200
    assert "<script>x" not in answer.text


def test_cards_carry_what_one_has_to_do_with_a_course(sign_in, courses):
    rani = sign_in("rani")
    rani.post("/kursus/contoh-singkat/ikuti")
    rani.post("/kursus/contoh-mini/ikuti")
    rani.post("/kursus/contoh-mini/surat/selesai")

    page = rani.get("/katalog").text

    assert page.count("Berjalan") == 1
    assert page.count("Selesai") == 1
    assert "Berjalan" not in sign_in("agus").get("/katalog").text


def test_a_figure_is_sealed_and_kept_for_ever(sign_in, figure):
    answer = sign_in("agus").get(figure)

    assert answer.status_code == 200
    headers = answer.headers
    assert headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "immutable" in headers["Cache-Control"]
    assert "private" in headers["Cache-Control"]


def test_a_kept_figure_is_not_sent_again(sign_in, figure):
    rani = sign_in("rani")
    mark = rani.get(figure).headers["ETag"]

    again = rani.get(figure, headers={"If-None-Match": mark})

    assert (again.status_code, again.data) == (304, b"")


def test_a_figure_is_not_for_strangers(sign_in, figure):
    assert sign_in(None).get(figure).status_code == 302


def test_a_figure_of_another_course_is_not_found(sign_in, figure):
    elsewhere = figure.replace("contoh-singkat", "contoh-mini")

    assert sign_in("rani").get(elsewhere).status_code == 404


@pytest.mark.parametrize("sha", ["0" * 64, "x", "..", "%00", "a" * 3000])
def test_an_unknown_figure_is_not_found(sign_in, courses, sha):
    address = f"/kursus/contoh-singkat/aset/{sha}/alur.svg"

    assert sign_in("rani").get(address).status_code in (400, 404)
