"""Filters of the catalogue: what they leave, what they count, how they are dropped."""

import re

import pytest

from lms.catalog import gaps, query
from tests.catalogue import manifest, shelve

COURSES = [
    manifest("a", "Arsip Surat", tags=["Arsip", "surat"], promises={"ARS": 1}, jp=2,
             for_jobs=["petugas-loket"]),
    manifest("b", "Bicara di Loket", tags=["loket"], promises={"KOM": 2}, jp=3,
             for_jobs=["petugas-loket", "keuangan"]),
    manifest("c", "Catatan Arsip", tags=["arsip"], promises={"ARS": 2, "KOM": 1}, jp=8),
    manifest("d", "Data Anggaran", tags=["uang"], jp=12, language="en"),
]  # fmt: skip


@pytest.fixture
def shelf(app, db):
    """Four courses are live."""
    with app.app_context():
        shelve(COURSES, ARS="Kearsipan", KOM="Komunikasi")


@pytest.fixture
def look(sign_in, shelf):
    """look("topik=arsip") -> the page at this address."""
    rani = sign_in("rani")
    return lambda asked: rani.get(f"/katalog?{asked}").text


@pytest.fixture
def lacks(monkeypatch):
    """lacks(ARS=1) -> who looks has got to these levels, but the job asks more."""

    def know(**missing: int) -> None:
        gaps.forget()
        monkeypatch.setattr(gaps, "_reached", [lambda *_whose: missing])

    return know


def codes(page: str) -> list[str]:
    return re.findall(r'class="card course" href="/kursus/([\w-]+)"', page)


def options(page: str, name: str) -> list[str]:
    """Return the texts of a filter's values."""
    field = re.search(rf'<select[^>]* name="{name}">(.*?)</select>', page, re.DOTALL)
    return re.findall(r"<option[^>]*>(.*?)</option>", field[1]) if field else []


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("topik=arsip", "ac"),
        ("topik=ARSIP", "ac"),  # as somebody may type it
        ("kompetensi=KOM", "bc"),
        ("jenis=teknis", "abc"),
        ("jp=2", "a"),
        ("jp=3-5", "b"),
        ("jp=6-10", "c"),
        ("jp=11", "d"),
        ("jabatan=petugas-loket", "ab"),
        ("bahasa=en", "d"),
        ("topik=arsip&kompetensi=KOM", "c"),
        ("cari=arsip&jp=6-10", "c"),
        ("topik=gempa", ""),
        ("jp=7", "abcd"),  # no such choice: as if nothing was asked
        ("topik=&kompetensi=&jp=", "abcd"),
    ],
)
def test_filters_narrow_the_list(look, asked, found):
    assert "".join(codes(look(asked))) == found


def test_each_value_says_how_many_courses_it_leaves(look):
    page = look("topik=arsip")

    assert options(page, "kompetensi") == ["Semua", "Kearsipan (2)", "Komunikasi (1)"]
    assert options(page, "jp") == ["Semua", "2 JP (1)", "6–10 JP (1)"]
    # A filter's own values count as if it were not set: another one can be taken.
    assert options(page, "topik") == [
        "Semua",
        "Arsip (2)",
        "Loket (1)",
        "Surat (1)",
        "Uang (1)",
    ]
    assert options(page, "bahasa") == []  # one language is left: nothing to choose


def test_a_job_family_without_a_name_is_shown_as_words(look):
    assert options(look(""), "jabatan") == [
        "Semua",
        "Keuangan (1)",
        "Petugas loket (2)",
    ]


def test_what_is_chosen_can_be_taken_back_one_by_one(look):
    page = look("cari=arsip&topik=arsip&jp=6-10")

    assert re.findall(r'class="btn chip" href="([^"]+)"', page) == [
        "/katalog?topik=arsip&amp;jp=6-10",
        "/katalog?cari=arsip&amp;jp=6-10",
        "/katalog?cari=arsip&amp;topik=arsip",
    ]
    for text in ("Kata: arsip", "Topik: Arsip", "Jumlah JP: 6–10 JP", "Hapus semua"):
        assert text in page


def test_a_list_without_courses_repeats_what_was_asked_and_offers_a_way_out(look):
    page = look("topik=loket&jp=11")

    assert codes(page) == []
    assert "Tidak ada kursus yang memenuhi semua syarat ini" in page
    assert "Tanpa “Topik: Loket” (1)" in page
    assert "Tanpa “Jumlah JP: 11 JP atau lebih” (1)" in page


def test_gaps_of_the_reader_are_a_filter_and_a_reason(look, lacks):
    lacks(ARS=0)

    assert codes(look("kesenjangan=1")) == ["a", "c"]
    page = look("")
    assert "Menutup kesenjangan saya (2)" in page
    assert page.count("Menutup kesenjangan Kearsipan") == 2


def test_a_course_that_brings_no_more_than_is_reached_closes_nothing(look, lacks):
    lacks(ARS=1)

    assert codes(look("kesenjangan=1")) == ["c"]
    assert look("").count("Menutup kesenjangan Kearsipan") == 1


def test_a_filter_that_leaves_nothing_is_not_offered(look, lacks):
    lacks(ARS=2)

    assert "Menutup kesenjangan saya" not in look("")


def test_several_gaps_are_counted(look, lacks):
    lacks(ARS=0, KOM=0)

    assert "Menutup 2 kesenjangan" in look("cari=catatan")


def test_without_known_gaps_there_is_no_such_filter(look, lacks):
    lacks()

    assert "kesenjangan" not in look("")


def test_gaps_are_asked_anew_when_a_course_is_finished_or_a_minute_is_over(
    app, db, clock, monkeypatch
):
    asked = []
    monkeypatch.setattr(
        gaps, "_reached", [lambda n, _day: asked.append(n) or {"ARS": 1}]
    )
    gaps.forget()

    for done in ({}, {}, {1: "done"}, {1: "done"}):
        gaps.lately(4, done, clock.now())
    assert len(asked) == 2
    clock.skip(seconds=61)
    gaps.lately(4, {1: "done"}, clock.now())
    gaps.lately(5, {1: "done"}, clock.now())
    assert asked == [4, 4, 4, 5]


def test_what_the_reader_has_not_taken_up_is_a_filter(sign_in, app, db):
    from tests.publishing import publish_samples

    publish_samples(app)
    rani = sign_in("rani")
    assert "Belum saya ikuti" not in rani.get("/katalog").text
    rani.post("/kursus/contoh-mini/ikuti")

    page = rani.get("/katalog?belum=1").text

    assert codes(page) == ["contoh-singkat"]
    assert "Belum saya ikuti (1)" in page
    assert len(codes(sign_in("agus").get("/katalog?belum=1").text)) == 2


def test_many_values_of_a_filter_are_cut_to_the_frequent_ones(app, db, sign_in):
    with app.app_context():
        shelve(
            [
                manifest(f"c-{n}", f"Kursus {n}", tags=["umum", f"topik {n:03}"])
                for n in range(90)
            ]
        )
    rani = sign_in("rani")

    texts = options(rani.get("/katalog?topik=topik+077").text, "topik")

    assert len(texts) == 41
    assert {"Umum (90)", "Topik 077 (1)"} <= set(texts)


def test_a_switch_that_holds_is_said_in_each_language(look, sign_in, lacks):
    lacks(ARS=0)
    chosen = re.compile(r'<a class="btn chip"[^>]*>(.*?)<svg', re.DOTALL)
    assert "Menutup kesenjangan saya" in chosen.findall(look("kesenjangan=1&jp=2"))[1]

    rani = sign_in("rani")
    rani.set_cookie("bahasa", "en")
    page = rani.get("/katalog?kesenjangan=1&jp=2").text

    assert "Content-Type" not in page  # the head of the catalogue of texts
    assert len(chosen.findall(page)) == 2


HOSTILE = [
    "<script>x</script>",
    "' OR 1=1 --",
    "%",
    "a" * 4000,
    "\u202e",
    "{{7*7}}",
    "-1",
]


def test_hostile_values_are_only_values(sign_in, shelf):
    rani = sign_in("rani")
    for name in (*query.FACETS.values(), *query.SWITCHES.values(), "urut", "halaman"):
        for value in HOSTILE:
            asked = {name: value, "cari": "a"}
            answer = rani.get("/katalog", query_string=asked)
            assert answer.status_code == 200, asked
            assert "<script>x" not in answer.text


def test_courses_of_one_and_of_two_jp_are_told_apart(app, db, sign_in):
    with app.app_context():
        shelve([manifest("satu", "Satu", jp=1), manifest("dua", "Dua", jp=2)])
    page = sign_in("rani").get("/katalog").text

    assert options(page, "jp") == ["Semua", "1 JP (1)", "2 JP (1)"]
