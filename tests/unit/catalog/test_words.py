"""Words are folded, stemmed and forgiven the same way in texts and in searches."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from lms.catalog import words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Pelayanan Publik", ["pelayanan", "publik"]),
        ("  surat-menyurat,  E-Office! ", ["surat", "menyurat", "e", "office"]),
        ("Réformasi ÉTIKA", ["reformasi", "etika"]),
        ("SP4N-LAPOR!", ["sp4n", "lapor"]),
        ("漢字 🙂 ٣", []),
        ("", []),
    ],
)
def test_words_are_folded(text, found):
    assert words.words(text) == found


def test_a_very_long_word_is_cut_to_what_the_index_holds():
    assert words.words("a" * 500) == ["a" * words.LONGEST]


def test_words_that_say_nothing_are_left_out_unless_there_are_no_others():
    assert words.telling("Kursus untuk petugas di loket") == ["petugas", "loket"]
    assert words.telling("yang di mana") == ["yang", "di", "mana"]


@pytest.mark.parametrize(
    "forms",
    [
        "pelayanan layanan melayani dilayani",
        "pengaduan mengadu",
        "arsip kearsipan",
        "surat menyurat persuratan",
    ],
)
def test_forms_of_a_word_share_their_stem(forms):
    assert len({words.stem(form) for form in forms.split()}) == 1


def test_numbers_stay_as_they_are():
    assert words.stem("2023") == "2023"


def test_many_threads_stem_alike():
    forms = [f"pelayanan{n % 7}" for n in range(400)] + ["pengaduan", "kearsipan"] * 50
    alone = [words.stem(form) for form in forms]
    words.stem.cache_clear()

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(words.stem, forms)) == alone


@pytest.mark.parametrize(
    ("first", "second", "far"),
    [
        ("surat", "surat", 0),
        ("srat", "surat", 1),
        ("suurat", "surat", 1),
        ("surar", "surat", 1),
        ("suart", "surat", 1),  # two neighbours swapped
        ("pengaduam", "pengaduan", 1),
        ("pelayanann", "pelayanan", 1),
        ("plyanan", "pelayanan", 2),
        ("", "abc", 3),
    ],
)
def test_distance_counts_mistakes(first, second, far):
    assert words.distance(first, second) == words.distance(second, first) == far


def test_a_misspelling_and_its_word_share_a_variant():
    for typed, meant in [("srat", "surat"), ("pengaduam", "pengaduan"),
                         ("pelayanann", "pelayanan"), ("suart", "surat")]:  # fmt: skip
        assert words.variants(typed) & words.variants(meant), typed


def test_variants_never_shrink_to_nothing():
    assert "" not in words.variants("abcd", 2)
    assert min(map(len, words.variants("abcd", 9))) == 2


def test_short_words_must_be_right():
    assert [words.mistakes_forgiven("x" * n) for n in (3, 4, 7, 8)] == [0, 1, 1, 2]
