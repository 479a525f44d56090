"""Better texts of a question show at once; what changes an answer waits."""

import pytest

from lms.quiz.binding import asks_the_same, counts_the_same
from tests.unit.courseware.asking import asked, stored

MATCHING = "Pasangkan.\nPasangkan:\n- KTP -> Dukcapil\n- SIM -> Polri"
ORDERING = "Urutkan.\nUrutkan:\n1. Menyapa\n2. Memeriksa\n3. Menutup"
CLOZE = (
    "Isi.\nIsian: Paling lambat [[angka: 14]] hari, oleh [[pilih: Ombudsman | BPK]]."
)
DRAWN = "Nilai {{n}}.\nAngka: n = 2 | 3\nJawaban angka: {{n * 25}} ± 0,1"
ESSAY = (
    "Tulis.\nUraian: 80 sampai 300 kata\nRubrik:\n"
    "| Kriteria | Bobot | 2 | 1 |\n|-|-|-|-|\n| Isi {#isi} | 100 | baik | kurang |"
)


def compare(old, new):
    """Whether two texts of a question ask the same, and count the same."""
    (body, key), (other, other_key) = stored(asked(old)), stored(asked(new))
    return asks_the_same(body, other), counts_the_same(key, other_key)


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        (MATCHING, "Dukcapil", "Dinas Dukcapil"),
        (MATCHING, "Pasangkan.", "Pasangkan dokumen dengan penerbitnya."),
        (MATCHING, "Polri", "Polri\nPembahasan: Polri menerbitkan SIM."),
        (ORDERING, "Menutup", "Menutup percakapan"),
        (CLOZE, "Paling lambat", "Selambat-lambatnya"),
        (DRAWN, "Nilai {{n}}.", "Nilainya adalah {{n}}."),
        (ESSAY, "| baik |", "| sangat baik |"),
    ],
)
def test_a_better_text_changes_nothing_that_counts(text, old, new):
    assert compare(text, text.replace(old, new, 1)) == (True, True)


@pytest.mark.parametrize(
    ("text", "old", "new", "same"),
    [
        (MATCHING, "KTP -> Dukcapil\n- SIM -> Polri", "KTP -> Polri\n- SIM -> Dukcapil",
         (True, False)),
        (MATCHING, "Polri", "Polri\n- -> BPK", (False, False)),
        (MATCHING, "Polri", "Polri\n- NPWP -> DJP", (False, False)),
        (MATCHING, "Polri", "Polri\nNilai sebagian: tidak", (True, False)),
        (ORDERING, "1. Menyapa\n2. Memeriksa", "1. Memeriksa\n2. Menyapa",
         (True, False)),
        (ORDERING, "3. Menutup", "3. Menutup\n4. Mencatat", (False, False)),
        (CLOZE, "14", "15", (True, False)),
        (CLOZE, "Ombudsman | BPK", "BPK | Ombudsman", (True, False)),
        (CLOZE, "[[angka: 14]]", "[[empat belas]]", (False, False)),
        (CLOZE, "| BPK", "| BPK | KPK", (False, False)),
        (DRAWN, "25", "24", (True, False)),
        (DRAWN, "0,1", "0,2", (True, False)),
        (DRAWN, "2 | 3", "2 | 4", (False, True)),
        (ESSAY, "80 sampai", "90 sampai", (False, True)),
        (ESSAY, "| 100 |", "| 60 | baik | kurang |\n| B {#b} | 40 |", (False, True)),
        (ESSAY, "80 sampai 300 kata", "80 sampai 300 kata\nPoin: 2", (False, True)),
    ],
)  # fmt: skip
def test_another_key_shape_or_weight_is_seen(text, old, new, same):
    changed = compare(text, text.replace(old, new, 1))

    assert changed == same
    assert changed != (True, True)
