"""Deliberate mistakes in questions: code, line and column of each."""

import pytest

from tests.unit.courseware.mistakes import Mistake, check, name

MODULE, QUIZ, BANK = "01-standar.md", "kuis/akhir.md", "bank/dasar.md"
FIRST, SECOND = "- ( ) Daftar", "- (x) Pernyataan"
EXPLAIN, SHORT = "Pembahasan: Maklumat", "Jawaban: Ombudsman | Ombudsman RI"
NUMBER = "Jawaban angka: 78,5 ± 0,5"
SILENT = "---\njenis: bank\nid: baru\njudul: Baru\n---\n\n" + "".join(
    f"## S {{#s{n}}}\n\nApa?\n\n- ( ) a\n- (x) b\n\n" for n in range(3)
)
LONGEST = "".join(
    f"## S {{#s{n}}}\n\nApa?\n\n- ( ) a\n- (x) panjang\n\n" for n in range(4)
)
STEM = "Apa arti maklumat pelayanan?"

MISTAKES = [
    Mistake("C301", QUIZ, " {#arti-maklumat}", "", (19, 4), fix="{#arti-maklumat}"),
    Mistake("C301", MODULE, " {#cek-maklumat}", "", (34, 12), fix="{#cek-pemahaman}"),
    Mistake("C301", MODULE, " | Cek pemahaman {#cek-maklumat}", "", (34, 9)),
    Mistake(
        "C302", QUIZ, "#unsur-standar", "#Unsur Standar", (39, 20), "Unsur Standar"
    ),
    Mistake("C303", QUIZ, "#unsur-standar", "#arti-maklumat", (39, 20), "baris 19"),
    Mistake("C306", QUIZ, "Unsur standar {", "{", (39, 4), "judul"),
    Mistake("C310", QUIZ, FIRST, "- ( ] Daftar", (23, 3), '"( ]"', "- ( ) Daftar"),
    Mistake("C310", QUIZ, SECOND, "- (x Pernyataan", (25, 3), '"(x"'),
    Mistake("C311", QUIZ, SECOND, "- (v) Pernyataan", (25, 3), '"(v)"'),
    Mistake("C311", QUIZ, SECOND, "- () Pernyataan", (25, 3), '"()"'),
    Mistake("C311", QUIZ, SECOND, "- (benar) Pernyataan", (25, 3), '"(benar)"'),
    Mistake("C311", QUIZ, SECOND, "- (a) Pernyataan", (25, 3), '"(a)"'),
    Mistake("C311", QUIZ, SECOND, "- （x） Pernyataan", (25, 3)),
    Mistake("C312", QUIZ, FIRST, "- [ ] Daftar", (25, 3), "mencampur"),
    Mistake("C312", QUIZ, "- [x] Biaya", "- (x) Biaya", (47, 3), "mencampur"),
    Mistake("C313", QUIZ, "(50%)", "(150%)", (27, 4), "100%"),
    Mistake("C314", QUIZ, FIRST, "- ( ) a. Daftar", (23, 7), is_error=False),
    Mistake("C315", QUIZ, "- [x] Biaya", "- [x]", (47, 3), "kosong"),
    Mistake("C316", QUIZ, "  > Tarif", "> Tarif", (24, 1), "menjorok", "  > Tarif"),
    Mistake("C316", QUIZ, "  > Tarif", " > Tarif", (24, 2)),
    Mistake("C316", QUIZ, "  > Tarif", "  Tarif", (24, 3), "diawali", "  > Tarif"),
    Mistake("C316", QUIZ, "melayani\n  > Tep", "melayani  > Tep", (25, 38)),
    Mistake("C317", QUIZ, SECOND, "- Pernyataan", (25, 1), "tanpa tanda"),
    Mistake("C317", QUIZ, FIRST, "- Daftar", (23, 1), "tanpa tanda"),
    Mistake("C317", QUIZ, SECOND, "2. Pernyataan", (25, 1), "tanpa tanda"),
    Mistake("C318", QUIZ, "Petunjuk: Ingat", "Ingat", (30, 1), "tidak akan tampil"),
    Mistake("C318", QUIZ, "Poin: 3", "Poin: 3\nTeks lain.", (52, 1), '"Poin:"'),
    Mistake("C318", QUIZ, "Poin: 3", "Poin: 3\n- [ ] Terlambat", (52, 1), '"Poin:"'),
    Mistake("C300", QUIZ, "Janji itu", "- (x) Janji itu", (34, 1), '"Pembahasan:"'),
    Mistake("C319", QUIZ, FIRST, "-( ) Daftar", (23, 1), fix="- ( ) Daftar"),
    Mistake("C319", QUIZ, FIRST, "* ( ) Daftar", (23, 1)),
    Mistake("C319", QUIZ, FIRST, "- ( )Daftar", (23, 1)),
    Mistake("C319", QUIZ, FIRST, "( ) Daftar", (23, 1)),
    Mistake("C319", QUIZ, FIRST, "a. ( ) Daftar", (23, 1)),
    Mistake("C319", QUIZ, STEM, STEM + " - (x) Janji", (21, 30), "tengah baris"),
    Mistake("C319", QUIZ, "warga.\nPoin", "warga. - (x) Janji\nPoin", (34, 35)),
    Mistake("C319", QUIZ, "dipasang\n", "dipasang( ) Lain\n", (23, 41)),
    Mistake("C319", QUIZ, STEM, "Apa artinya[x] Janji", (21, 12)),
    Mistake("C319", QUIZ, STEM, "Apa artinya(x) Janji", (21, 12)),
    Mistake("C322", QUIZ, STEM, "Apa artinyaJawaban: janji", (21, 12)),
    Mistake("C320", QUIZ, "Poin: 2", "Poin: 2\nPoin: 3", (36, 1), "baris 35"),
    Mistake("C321", QUIZ, EXPLAIN, "Pembahsan: M", (32, 1), "Pembahsan", "Pembahasan:"),
    Mistake("C321", QUIZ, EXPLAIN, "**Pembahasan:** M", (32, 3), fix="Pembahasan:"),
    Mistake("C321", QUIZ, EXPLAIN, "Explanation: M", (32, 1), fix="Pembahasan:"),
    Mistake("C321", QUIZ, STEM, STEM + "\nKunci: B", (22, 1), "Kunci", "Jawaban:"),
    Mistake("C321", QUIZ, "Poin: 2", "Point: 2", (35, 1), "Point", "Poin:"),
    Mistake("C322", QUIZ, "(x) Pernyataan", "(x) Janji Pembahasan: ya", (25, 13)),
    Mistake("C323", QUIZ, "Kesulitan: mudah", "Kesulitan:", (37, 11), "belum diisi"),
    Mistake("C324", QUIZ, "Poin: 2", "Satuan: hari", (35, 1), "angka"),
    Mistake("C330", QUIZ, "Poin: 2", "Jawaban: janji", (35, 1), "tunggal, isian-sin"),
    Mistake("C331", QUIZ, SHORT, "", (61, 4), "tidak punya jawaban"),
    Mistake("C332", QUIZ, STEM, "", (19, 4), "kosong"),
    Mistake("C341", QUIZ, SECOND, "- ( ) Pernyataan", (23, 4), fix="(x)"),
    Mistake("C342", QUIZ, FIRST, "- (x) Daftar", (25, 4), "dua", "[ ]"),
    Mistake("C343", BANK, "- (x) UU Nomor 20 Tahun 2023\n", "", (21, 3), "dua"),
    Mistake("C344", QUIZ, "[x] Biaya", "[x]  persyaratan", (47, 3), "baris 43"),
    Mistake("C345", QUIZ, "ini: salah", "ini: keliru", (57, 17), '"salah"'),
    Mistake("C345", QUIZ, "ini: salah", "ini:", (57, 16), '"salah"'),
    Mistake("C346", QUIZ, SHORT, "Jawaban:", (65, 9), "kosong"),
    Mistake("C346", QUIZ, SHORT, "Jawaban: a | | b", (65, 14), "kosong"),
    Mistake("C347", QUIZ, SHORT, "Jawaban: 14", (65, 10), fix="14", is_error=False),
    Mistake("C350", QUIZ, NUMBER, "Jawaban angka: kira-kira 78", (71, 16), "kira-kira"),
    Mistake("C350", QUIZ, NUMBER, "Jawaban angka:", (71, 15), "bukan angka"),
    Mistake("C350", QUIZ, NUMBER, "Jawaban angka: 78 ± -1", (71, 21), "-1"),
    Mistake("C350", QUIZ, NUMBER, "Jawaban angka: 1e5", (71, 16), "1e5"),
    Mistake("C350", QUIZ, NUMBER, "Jawaban angka: NaN", (71, 16), "NaN"),
    Mistake("C350", QUIZ, NUMBER, "Jawaban angka: " + "9" * 5000, (71, 16)),
    Mistake("C351", QUIZ, "10 sampai 15", "15 sampai 10", (78, 16), fix="10 sampai 15"),
    Mistake("C352", QUIZ, "78,5 ±", "78.5 ±", (71, 16), "78.5", "78,5 ± 0,5"),
    Mistake("C352", QUIZ, "± 0,5", "± 0.5", (71, 23), "0.5", "± 0,5"),
    Mistake("C353", QUIZ, "tertimbang 3,14", "tertimbang {{n}}", (69, 22), "{{n}}"),
    Mistake("C353", QUIZ, NUMBER, "Jawaban angka: {{n * 25}}", (71, 16), "{{n}}"),
    Mistake(
        "C354",
        QUIZ,
        NUMBER,
        "Angka: n = 1 sampai 4\nJawaban angka: {{n ** x}}",
        (72, 16),
        'memakai "x"',
    ),
    Mistake("C363", QUIZ, "Poin: 2", "Poin: dua", (35, 7), "dua", "Poin: 1"),
    Mistake("C363", QUIZ, "Poin: 2", "Poin: 0", (35, 7)),
    Mistake("C363", QUIZ, "Poin: 2", "Poin: 2,5", (35, 7), "bulat"),
    Mistake(
        "C371",
        QUIZ,
        "Daftar tarif layanan yang dipasang",
        "Semua benar",
        (19, 1),
        fix="Acak pilihan: tidak",
        is_error=False,
    ),
    Mistake(
        "C379",
        MODULE,
        "\n  > Jam kerja diatur tersendiri.",
        "",
        (42, 3),
        "yang lain punya",
        "Pembahasan",
        is_error=False,
    ),
    Mistake("C379", "baru.md", "", SILENT, (7, 1), "3 soal", is_error=False),
    Mistake(
        "C370",
        QUIZ,
        "## Arti maklumat",
        LONGEST + "## Arti maklumat",
        (19, 1),
        "4 dari 5",
        "seimbangkan",
        is_error=False,
    ),
    Mistake("A137", QUIZ, "sebagian: ya", "sebagian: yes", (49, 17), "yes"),
    Mistake(
        "A138", QUIZ, "Kesulitan: mudah", "Kesulitan: gampang", (37, 12), "gampang"
    ),
    Mistake("A138", BANK, "Huruf: persis", "Huruf: besar", (38, 8), "besar"),
    Mistake("A139", QUIZ, "MAN-PP/2", "MAN-PP", (36, 13), "MAN-PP"),
    Mistake("C302", BANK, "Dulu: singkatan-lama", "Dulu: Kode Lama", (39, 7)),
]


@pytest.mark.parametrize("mistake", MISTAKES, ids=name)
def test_a_mistake_in_a_question_is_named_with_its_place(mistake, tmp_path):
    check(mistake, tmp_path)
