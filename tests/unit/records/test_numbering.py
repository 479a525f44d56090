"""Certificate numbers and JP in words."""

from datetime import date

import pytest

from lms.records import numbering

DAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("pattern", "number"),
    [
        (numbering.DEFAULT, "00012/layanan/6771/XI/2026"),
        ("BPSDM/{tahun}/{urut:06d}", "BPSDM/2026/000012"),
        ("{urut}-{tahun}", "12-2026"),
        ("800/{urut}/{{x}}/{tahun}", "800/12/{x}/2026"),
        # What would repeat itself or cannot be filled falls back.
        ("{tahun}", "00012/layanan/6771/XI/2026"),
        ("{urut}", "00012/layanan/6771/XI/2026"),
        ("", "00012/layanan/6771/XI/2026"),
        ("{urut}{tahun", "00012/layanan/6771/XI/2026"),
        ("{urut}{tahun}{nip}", "00012/layanan/6771/XI/2026"),
        ("{urut.__class__}{urut}{tahun}", "00012/layanan/6771/XI/2026"),
        ("{urut!r}{tahun}", "00012/layanan/6771/XI/2026"),
        ("{urut:999999999d}{tahun}", "00012/layanan/6771/XI/2026"),
        ("{}{urut}{tahun}", "00012/layanan/6771/XI/2026"),
    ],
)
def test_number(pattern, number):
    assert numbering.number(pattern, 12, "layanan", "6771", DAY) == number


def test_an_over_long_number_is_still_a_number():
    number = numbering.number(
        "x" * 150 + "{urut}{kursus}{tahun}", 1, "k" * 80, "1", DAY
    )

    assert len(number) <= numbering.LONGEST


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "nol"),
        (4, "empat"),
        (10, "sepuluh"),
        (11, "sebelas"),
        (12, "dua belas"),
        (19, "sembilan belas"),
        (20, "dua puluh"),
        (24, "dua puluh empat"),
        (100, "seratus"),
        (111, "seratus sebelas"),
        (999, "sembilan ratus sembilan puluh sembilan"),
        (1_000, "seribu"),
        (2_026, "dua ribu dua puluh enam"),
        (11_000, "sebelas ribu"),
    ],
)
def test_in_words(value, words):
    assert numbering.in_words(value) == words


@pytest.mark.parametrize(
    ("stored", "read"),
    [
        ("VII", "Golongan VII"),
        ("III/c", "Golongan III/c"),
        ("Penata (III/c)", "Penata (III/c)"),
        ("Vina", "Vina"),
        ("", ""),
    ],
)
def test_a_bare_grade_says_that_it_is_one(stored, read):
    assert numbering.rank(stored) == read
