"""A job's level and family are found however HR has written them."""

import pytest

from lms.competency.posts import family_code, level_codes

FAMILIES = {
    "keuangan-daerah": "Keuangan, pendapatan, dan aset daerah",
    "layanan-kesehatan": "Layanan kesehatan",
    "layanan-perizinan": "Layanan perizinan dan penanaman modal",
}


@pytest.mark.parametrize(
    ("kind", "level", "code"),
    [
        ("fungsional", "PM", "jf-pemula"),
        ("fungsional", "TR", "jf-terampil"),
        ("fungsional", "MH", "jf-mahir"),
        ("fungsional", "PY", "jf-penyelia"),
        ("fungsional", "PT", "jf-ahli-pertama"),
        ("fungsional", "MU", "jf-ahli-muda"),
        ("fungsional", "MA", "jf-ahli-madya"),
        ("fungsional", "UT", "jf-ahli-utama"),
        ("fungsional", "mu", "jf-ahli-muda"),
        ("fungsional", " Ahli  Muda ", "jf-ahli-muda"),
        ("fungsional", "AHLI MUDA", "jf-ahli-muda"),
        ("fungsional", "AhliMuda", "jf-ahli-muda"),
        ("fungsional", "Jenjang Ahli Muda", "jf-ahli-muda"),
        ("fungsional", "Pelaksana Lanjutan", "jf-mahir"),
        ("struktural", "pengawas", "pengawas"),
        ("struktural", "Pejabat Administrator", "administrator"),
        ("struktural", "III.a", "administrator"),
        ("struktural", "Eselon IV/b", "pengawas"),
        ("struktural", "II.b", "jpt-pratama"),
        ("struktural", "JPT Pratama", "jpt-pratama"),
        ("struktural", "Jabatan Pimpinan Tinggi Madya", "jpt-madya"),
        ("struktural", "JPT utama", "jpt-utama"),
        ("rangkap", "Ahli Madya", "jf-ahli-madya"),
        ("rangkap", "JPT Madya", "jpt-madya"),
        ("pelaksana", "", "pelaksana"),
        ("pelaksana", "Operator", "pelaksana"),
    ],
)
def test_a_level_is_found_in_every_usual_spelling(kind, level, code):
    assert code in level_codes(kind, level)


@pytest.mark.parametrize(
    ("kind", "level"),
    [
        ("struktural", ""),
        ("struktural", "JPT"),
        ("struktural", "I.a"),
        ("struktural", "MU"),
        ("fungsional", ""),
        ("fungsional", "III/a"),
        ("fungsional", "administrator x"),
        ("rangkap", "madya"),
        ("rangkap", ""),
    ],
)
def test_what_may_mean_several_levels_or_none_is_not_guessed(kind, level):
    known = {"administrator", "pengawas", "pelaksana", "jf-ahli-madya", "jpt-madya"}

    assert not known & set(level_codes(kind, level))


def test_a_code_of_the_agencys_own_comes_first():
    assert level_codes("fungsional", "Utama") == ("utama", "jf-ahli-utama")
    assert level_codes("pelaksana", "klerek") == ("klerek", "pelaksana")


def test_a_functional_title_may_hold_the_level_at_its_end():
    title = "Analis Kebijakan Ahli Muda"

    assert level_codes("fungsional", "", title) == ("jf-ahli-muda",)
    assert level_codes("struktural", "", title) == ()
    assert level_codes("fungsional", "MA", title)[-1] == "jf-ahli-madya"


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("keuangan-daerah", "keuangan-daerah"),
        ("Keuangan-Daerah", "keuangan-daerah"),
        ("KEUANGAN,  pendapatan, dan aset daerah", "keuangan-daerah"),
        ("keuangan", "keuangan-daerah"),
        ("Layanan Kesehatan", "layanan-kesehatan"),
        ("layanan", ""),  # two families begin so
        ("keu", ""),
        ("pertanian", ""),
        ("", ""),
        ("???", ""),
    ],
)
def test_a_family_is_found_by_code_name_or_beginning(written, code):
    assert family_code(written, FAMILIES) == code
