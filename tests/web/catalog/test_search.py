"""Searching the catalogue: stems, beginnings, misspellings, order, pages."""

import re

import pytest

from tests.catalogue import manifest, shelve

COURSES = [
    manifest(
        "loket",
        "Pelayanan Publik di Loket",
        summary="Menyapa warga dan menangani pengaduan.",
        tags=["pelayanan publik"],
        objectives=["Menjaga data pribadi"],
        items=["Menyapa dengan ramah"],
    ),
    manifest(
        "arsip",
        "Kearsipan Dasar",
        summary="Surat dinas disimpan sekali dan ditemukan cepat.",
        tags=["arsip", "Tata naskah"],
        organiser="BPSDM Provinsi Jambi",
        for_jobs=["petugas-arsip"],
    ),
    manifest(
        "aduan",
        "Mengelola Pengaduan",
        summary="Pelayanan yang baik mendengar.",
        promises={"TEK-ADU": 2},
    ),
    manifest("anggaran", "Menyusun Anggaran", jp=6, summary="Réncana kerja."),
]


@pytest.fixture
def shelf(app, db):
    """Four courses are live."""
    with app.app_context():
        shelve(COURSES, **{"TEK-ADU": "Penanganan Keluhan"})


@pytest.fixture
def look(sign_in, shelf):
    """look("arsip") -> the page that answers to these words."""
    rani = sign_in("rani")
    return lambda text: rani.get("/katalog", query_string={"cari": text}).text


def codes(page: str) -> list[str]:
    return re.findall(r'class="card course" href="/kursus/([\w-]+)"', page)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("pelayanan", ["loket", "aduan"]),  # title and topic before summary
        ("melayani", ["loket", "aduan"]),  # another form of the word
        ("PELAYANAN Publik", ["loket"]),
        ("arsip", ["arsip"]),
        ("mengadu", ["aduan", "loket"]),
        ("keluhan", ["aduan"]),  # name of the competency
        ("tata naskah", ["arsip"]),
        ("ramah", ["loket"]),  # title of a lesson
        ("jambi", ["arsip"]),  # organiser
        ("petugas arsip", ["arsip"]),  # family of jobs
        ("rencana", ["anggaran"]),  # accents do not count
        ("pelayanan untuk warga", ["loket"]),  # "untuk" says nothing
        ("pelayanan anggaran", []),  # every word must be there
        ("gempa", []),
    ],
)
def test_words_find_courses_in_any_form_the_most_telling_first(look, text, found):
    assert codes(look(text)) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [("pela", ["loket", "aduan"]), ("warga ang", []), ("angga", ["anggaran"])],
)
def test_the_last_word_may_be_just_begun(look, text, found):
    assert codes(look(text)) == found


@pytest.mark.parametrize(
    ("typed", "understood", "found"),
    [
        ("pelayanann", "pelayanan", ["loket", "aduan"]),
        ("pengaduam", "pengaduan", ["aduan", "loket"]),
        ("srat", "surat", ["arsip"]),
        ("angaran", "anggaran", ["anggaran"]),
        ("pelyann", "pelayanan", []),  # two mistakes in a word of seven letters
        ("pengaaduam", "pengaduan", ["aduan", "loket"]),  # two in a long one
        ("pubilk pelayanan", "publik pelayanan", ["loket"]),
    ],
)
def test_misspelt_words_are_forgiven_and_the_page_says_how(
    look, typed, understood, found
):
    page = look(typed)

    assert codes(page) == found
    said = f"Menampilkan hasil untuk “{understood}”"
    assert (said in page) == bool(found)


def test_a_right_word_is_never_read_as_another(look):
    page = look("surat")

    assert codes(page) == ["arsip"]
    assert "Menampilkan hasil untuk" not in page


def test_words_that_find_nothing_together_can_be_dropped_one_by_one(look):
    page = look("pelayanan anggaran")

    assert "Tidak ada kursus yang memuat “pelayanan anggaran”" in page
    assert 'href="/katalog?cari=anggaran"' in page
    assert 'href="/katalog?cari=pelayanan"' in page


def test_results_can_be_sorted(sign_in, shelf):
    rani = sign_in("rani")

    def order(sort: str, text: str = "") -> list[str]:
        return codes(rani.get(f"/katalog?urut={sort}&cari={text}").text)

    assert order("") == ["arsip", "aduan", "anggaran", "loket"]
    assert order("judul") == order("")
    assert order("terbaru") == ["anggaran", "aduan", "arsip", "loket"]
    assert order("jp") == ["arsip", "aduan", "loket", "anggaran"]
    assert order("judul", "pelayanan") == ["aduan", "loket"]
    assert order("ngawur", "pelayanan") == ["loket", "aduan"]


def test_long_lists_come_in_pages(app, db, sign_in):
    with app.app_context():
        shelve([manifest(f"c-{n:02}", f"Kursus {n:02}", tags=["t"]) for n in range(50)])
    rani = sign_in("rani")

    first, last = rani.get("/katalog").text, rani.get("/katalog?halaman=3").text
    beyond = rani.get("/katalog?halaman=99").text

    assert codes(first) == [f"c-{n:02}" for n in range(24)]
    assert codes(last) == codes(beyond) == ["c-48", "c-49"]
    assert "Halaman 3 dari 3" in beyond
    assert 'href="/katalog?halaman=2" rel="next"' in first
    assert '<link rel="canonical" href="/katalog?halaman=3">' in beyond


def test_a_page_number_keeps_what_was_asked(app, db, sign_in):
    with app.app_context():
        shelve([manifest(f"c-{n}", f"Arsip {n}", tags=["Surat"]) for n in range(30)])

    page = sign_in("rani").get("/katalog?cari=arsip&topik=surat&belum=1").text

    assert "/katalog?cari=arsip&amp;topik=surat&amp;belum=1&amp;halaman=2" in page


def test_strangers_do_not_search(sign_in, shelf):
    answer = sign_in(None).get("/katalog?cari=pelayanan")

    assert answer.status_code == 302
    assert "Loket" not in answer.text


HOSTILE = [
    "<script>alert(1)</script>",
    "' OR 1=1 --",
    "a" * 5000,
    "xq " * 3000,
    "zzzz",
    "9999",
    "{{7*7}}",
]
NO_WORDS = ["%_%", "\u202e", "🙂", "---", "z"]


def test_hostile_words_are_only_words(look):
    for text in (*HOSTILE, *NO_WORDS):
        page = look(text)
        assert "Katalog kursus" in page, text
        assert "<script>alert" not in page
        assert codes(page) == [] or text == "\u202e", text
