"""Deliberate mistakes in matching, ordering and cloze, each with its place."""

import pytest

from lms.courseware import prose
from lms.courseware.notes import Notes
from tests.unit.courseware.asking import ask, asked

PAIRS = "Pasangkan:\n- KTP -> Dinas A\n- SIM -> Polri\n"
STEPS = "Urutkan:\n1. Menyapa\n2. Memeriksa\n3. Menutup\n"
GAPS = "Isian: Keluhan dijawab dalam [[angka: 14]] hari oleh [[pilih: A | B]].\n"

MISTAKES = [
    ("Pasangkan:\n- KTP = Dinas\n- a -> b", "C355", (4, 1), "- KTP = Dinas -> …"),
    ("Pasangkan:\n- KTP → Dinas\n- a -> b", "C355", (4, 1), "- KTP -> Dinas"),
    ("Pasangkan:\n- KTP => Dinas\n- a -> b", "C355", (4, 1), "- KTP -> Dinas"),
    ("Pasangkan:\n- KTP->Dinas\n- a -> b", "C355", (4, 1), "- KTP -> Dinas"),
    ("Pasangkan:\n* KTP -> Dinas\n- a -> b", "C355", (4, 1), "- KTP -> Dinas"),
    ("Pasangkan:\n1. KTP -> Dinas\n- a -> b", "C355", (4, 1), "- KTP -> Dinas"),
    ("Pasangkan:\n-KTP -> Dinas\n- a -> b", "C355", (4, 1), "- KTP -> Dinas"),
    ("Pasangkan:\nKTP -> Dinas\n- a -> b", "C355", (4, 1), "- KTP -> Dinas"),
    ("Pasangkan: KTP -> Dinas\n- a -> b", "C355", (3, 12), "- KTP -> Dinas"),
    ("Pasangkan:\n- a -> b -> c\n- d -> e", "C355", (4, 3), "sendiri"),
    ("Pasangkan:\n- KTP ->\n- a -> b", "C355", (4, 9), "- KTP -> …"),
    ("Pasangkan:\n- ->\n- a -> b", "C355", (4, 5), "->"),
    ("Pasangkan:\n- `a -> b`\n- c -> d\n- e -> f", "C355", (4, 1), "-> "),
    (PAIRS + "\nTeks lain.", "C355", (7, 1), "- Teks lain. -> …"),
    (PAIRS + "```\n- a -> b\n```", "C355", (7, 1), "- a -> b"),
    ("Pasangkan:\n- KTP -> Dinas", "C356", (3, 11), "- Persyaratan ->"),
    ("Pasangkan:", "C356", (3, 11), "- Persyaratan ->"),
    ("Pasangkan:\n- a -> b\n- -> c", "C356", (3, 11), "- Persyaratan ->"),
    (PAIRS + "- ktp -> Lain", "C344", (6, 3), "hapus"),
    (PAIRS + "- NIP -> dinas a", "C344", (6, 10), "hapus"),
    (PAIRS + "- -> Polri", "C344", (6, 6), "hapus"),
    ("Pasangkan:\n- -> Polri\n- a -> Polri\n- b -> c", "C344", (5, 8), "hapus"),
    (PAIRS + f"- a -> {'b' * 501}", "C366", (6, 8), "ringkas"),
    (
        "Pasangkan:\n" + "\n".join(f"- a{n} -> b{n}" for n in range(21)),
        *("C366", (3, 11), "pecah"),
    ),
    (
        PAIRS + "\n".join(f"- -> x{n}" for n in range(60)),
        *("C366", (3, 11), "pecah"),
    ),
    (PAIRS + "- Poin: 2 -> x", "C321", (6, 3), "Poin:"),
    (PAIRS + "- NIP -> BKN Pembahasan: ya", "C322", (6, 14), "baris baru"),
    ("Matching:\n- a -> b\n- c -> d", "C321", (3, 1), "Pasangkan:"),
    ("Jodohkan:\n- a -> b\n- c -> d", "C321", (3, 1), "Pasangkan:"),
    (STEPS + "Partial credit: ya", "C321", (7, 1), "Nilai sebagian:"),
    (STEPS.replace("Menutup", "Menutup Poin: 2 Jawaban: a"), "C322", (6, 20), "baris"),
    (PAIRS + "Pon: 2", "C321", (6, 1), "Poin:"),
    (PAIRS + "- [ ] Dinas B", "C330", (6, 3), "pecah"),
    (PAIRS + "Jawaban: a", "C330", (6, 1), "pecah"),
    (PAIRS + "Nilai sebagian: boleh", "A137", (6, 17), "ya"),
    (PAIRS + "Acak pilihan: tidak", "C324", (6, 1), "hapus"),
    (PAIRS + "Rubrik:\n| a |", "C324", (6, 1), "hapus"),
    ("Urutkan:\n- Menyapa\n2. b\n3. c\n4. d", "C364", (4, 1), "1. Menyapa"),
    ("Urutkan:\n1) Menyapa\n2. b\n3. c\n4. d", "C364", (4, 1), "1. Menyapa"),
    ("Urutkan:\n1.Menyapa\n2. b\n3. c\n4. d", "C364", (4, 1), "1. Menyapa"),
    ("Urutkan:\n  Menyapa\n1. b\n2. c\n3. d", "C364", (4, 3), "1. Menyapa"),
    ("Urutkan: Menyapa\n1. b\n2. c\n3. d", "C364", (3, 10), "1. Menyapa"),
    (STEPS + "   sampai selesai", "C364", (7, 4), "4. sampai selesai"),
    (STEPS + "~~~\n4. d\n~~~", "C364", (8, 1), "4. d"),
    ("Urutkan:\n1. a\n3. b\n4. c", "C364", (5, 1), "2. b"),
    ("Urutkan:\n2. a\n1. b\n3. c", "C364", (4, 1), "1. a"),
    ("Urutkan:\n1. a\n1. b\n2. c", "C364", (6, 1), "3. c"),
    ("Urutkan:\n1. a\n2. b 3. c\n3. d", "C365", (5, 6), '"3. c"'),
    ("Urutkan:\n1. a\n2. b", "C357", (3, 9), "1. "),
    ("Urutkan:", "C357", (3, 9), "1. "),
    (STEPS + "4. menyapa", "C344", (7, 4), "hapus"),
    (STEPS + "4. " + "a" * 501, "C366", (7, 4), "ringkas"),
    (
        "Urutkan:\n" + "\n".join(f"{n}. langkah {n}" for n in range(1, 22)),
        *("C366", (3, 9), "pecah"),
    ),
    ("Isian:", "C358", (3, 7), "[["),
    ("Isian: Tanpa rumpang.", "C358", (3, 8), "[["),
    ("Isian: Pakai `[[kode]]` saja.", "C358", (3, 8), "[["),
    ("Isian: Lewat [[maklumat.", "C360", (3, 14), "[["),
    ("Isian: Lewat maklumat]].", "C360", (3, 22), "[["),
    ("Isian: Lewat [[mak\nlumat]].", "C360", (3, 14), "[["),
    ("Isian: Lewat [[a [[b]] c]].", "C360", (3, 14), "[["),
    ("Isian: Lewat [[a dan [[b]].", "C360", (3, 14), "[["),
    ("Isian: Lewat [[a] dan [[b]] lalu [[c]].", "C360", (3, 14), "[["),
    ("Isian: Lewat [[a]] dan b]] lalu [[c.", "C360", (3, 25), "[["),
    ("Isian: Lewat [[a]],\n[[b, lalu [[c]].", "C360", (4, 1), "[["),
    ("Isian: Lewat [[a [b] c]].", "C360", (3, 14), "[["),
    ("Isian: Lewat [[[a]]].", "C360", (3, 14), "[["),
    ("Isian: Lewat [[ ]].", "C346", (3, 17), "[[satu | dua]]"),
    ("Isian: Lewat [[a | ]].", "C346", (3, 20), "[[satu | dua]]"),
    ("Isian: Lewat [[?]].", "C346", (3, 16), "huruf"),
    ("Isian: Lewat [[" + "a" * 201 + "]].", "C346", (3, 16), "kata"),
    ("Isian: Ada [[angka: banyak]].", "C350", (3, 21), "[[angka: 78,5 ± 0,5]]"),
    ("Isian: Ada [[angka:]].", "C350", (3, 20), "[[angka:"),
    ("Isian: Ada [[angka: 1.5]].", "C352", (3, 21), "[[angka: 1,5]]"),
    ("Isian: Ada [[angka: 5 sampai 1]].", "C351", (3, 21), "[[angka: 1 sampai 5]]"),
    ("Isian: Ada [[pilih: a]].", "C359", (3, 21), "[[pilih: a | salah]]"),
    ("Isian: Ada [[pilih: a | ]].", "C315", (3, 25), "[[pilih:"),
    ("Isian: Ada [[pilih: a | A]].", "C344", (3, 25), "hapus"),
    ("Isian: Ada [[plih: a | b]].", "C321", (3, 14), "[[pilih: …]]"),
    ("Isian: Ada [[angk: 14]].", "C321", (3, 14), "[[angka: …]]"),
    ("Isian: " + "[[a]] " * 31, "C366", (3, 8), "pecah"),
    ("Isian: [[a]] " + "b " * 10_001, "C366", (3, 8), "pecah"),
    (
        "Isian: [[" + " | ".join(f"a{n}" for n in range(51)) + "]]",
        "C366",
        (3, 10),
        "perlu",
    ),
    (GAPS + "Huruf: besar", "A138", (4, 8), "persis"),
    (GAPS + "Pe!mbahasan: lewat maklumat", "C321", (4, 1), "Pembahasan:"),
    (GAPS + "Pembahasan lewat maklumat", "C321", (4, 1), "Pembahasan: …"),
    (GAPS + "Jika keliru; lewat maklumat", "C321", (4, 1), "Jika keliru: …"),
    (GAPS + "Petunjuk: Ingat.\n  Pembahasan. Itu", "C321", (5, 3), "Pembahasan: …"),
    (GAPS + "Petunjuk: Jawabnya [[maklumat]].", "C367", (4, 20), "Isian:"),
    ("- ( ) [[a]]\n- (x) b", "C367", (3, 7), "Isian:"),
]


@pytest.mark.parametrize(("text", "code", "place", "fix"), MISTAKES)
def test_a_mistake_is_named_with_its_place(text, code, place, fix):
    question, found = ask(f"Pertanyaan.\n{text}")

    places = [(f.code, f.line, f.column) for f in found]
    assert question is None
    assert (code, *place) in places, found
    finding = found[places.index((code, *place))]
    assert fix in finding.fix
    assert finding.is_error


def test_a_gap_that_shows_its_answer_in_the_question_is_refused():
    _, found = ask("Lewat [[maklumat]]?\nJawaban: maklumat")

    assert [(f.code, f.line, f.column) for f in found] == [("C367", 2, 7)]


@pytest.mark.parametrize("gap", ["[[pilih: a | b]]", "[[Angka : 14]]"])
def test_a_gap_outside_a_question_is_refused(gap):
    notes = Notes("01-standar.md")

    prose.check_outside(7, f"Standar diumumkan lewat {gap}.", notes)
    prose.check_outside(8, f"Rumpang ditulis `{gap}`, dan [[1]](#a) tautan.", notes)

    assert [(f.code, f.line, f.column) for f in notes.found] == [("C300", 7, 25)]


def test_signs_make_two_choices_differ():
    text = "Pilih.\nIsian: Nilainya [[pilih: < 5 | > 5 | = 5]] dan [[pilih: C++ | C#]]."

    assert [len(gap.choices) for gap in asked(text).asks.gaps] == [3, 2]


def test_a_number_as_a_typed_gap_is_only_a_warning():
    question, found = ask("Lengkapi.\nIsian: Ada [[14]] hari.")

    assert question is not None
    assert [(f.code, f.is_error, f.column, f.fix) for f in found] == [
        ("C347", False, 14, "pakai [[angka: 14]]")
    ]


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Pasangkan:\n\n  - a -> b\n\n   - c -> d\n", "Pasangkan:\n- a -> b\n- c -> d"),
        ("pasangkan:\n-   a   ->   b\n- c -> d", "Pasangkan:\n- a -> b\n- c -> d"),
        ("Urutkan:\n\n 1. a\n\n 2. b\n\n 3. c\n", "Urutkan:\n1. a\n2. b\n3. c"),
        ("Urutkan:\n1.  a\n2.  b\n3.  c  ", "Urutkan:\n1. a\n2. b\n3. c"),
        ("Isian:\n\n\nDi [[a]] sini.\n\n", "Isian: Di [[a]] sini."),
        ("Isian:\nDi [[ a | b ]] sini.", "Isian: Di [[a|b]] sini."),
        ("Isian:\nDi [[Pilih:a|b]] sini.", "Isian: Di [[pilih: a | b]] sini."),
    ],
)
def test_blank_lines_and_spaces_change_nothing(text, plain):
    assert asked(f"Pertanyaan.\n{text}").asks == asked(f"Pertanyaan.\n{plain}").asks


@pytest.mark.parametrize(
    "text",
    [
        "Pasangkan:\n- Pasal 5. Ayat -> a\n- Nilai: tinggi -> b\n- Skor -> c",
        "Urutkan:\n1. Buka pasal 5. Baca.\n2. Waktu: catat\n3. Petunjuk dibaca",
        "Isian: Kepada [[Bupati]]: lihat [tautan](https://contoh.go.id) dan [x].",
        "Isian: Rapat [[a]] mulai.\nPembahasan rencana [[b]] menyusul.",
        "Isian: Rapat [[a]] mulai.\npembahasan rencana menyusul.",
        "Isian: Dicatat [[a]].\nPembahasannya (lihat catatan): nanti.",
        "Isian: Pilih [[pilih: 24 jam: malam | 12 jam]] atau [[pukul 08:00]].",
    ],
)
def test_ordinary_words_are_not_taken_for_labels(text):
    assert asked(f"Pertanyaan.\n{text}").asks
