"""Deliberate mistakes in modules: blocks, code, headings, marks outside questions."""

import pytest

from tests.unit.courseware.mistakes import Mistake, check, name

MODULE, QUIZ = "01-standar.md", "kuis/akhir.md"
WHY = "Warga datang dengan satu harapan"
INTRO = "Bacalah setiap soal"

MISTAKES = [
    Mistake("B201", MODULE, "boleh\n```\n", "boleh\n", (48, 1), "blok kode"),
    Mistake("B201", MODULE, "boleh\n```\n", "boleh\n````\n", (48, 1)),
    Mistake("B210", MODULE, "/// rincian", "/// rincin", (30, 5), "rincin", "rincian"),
    Mistake("B210", MODULE, "/// soal", "/// soall", (34, 5), fix='"soal"'),
    Mistake("B210", MODULE, "/// rincian", "::: rincian", (30, 1), ":::"),
    Mistake("B211", MODULE, WHY, "///\n" + WHY, (14, 1), "tanpa pembuka"),
    Mistake("B212", MODULE, '..."\n///\n', '..."\n', (30, 1), "rincian"),
    Mistake("B212", MODULE, "tersendiri.\n///\n", "tersendiri.\n", (34, 1), "soal"),
    Mistake("B212", MODULE, "US$10.", "US$10.\n\n/// soal | A {#a}\nApa?", (55, 1)),
    Mistake("B213", MODULE, "/// rincian | C", "/// rincian C", (30, 13), '"|"'),
    Mistake("B215", MODULE, '..."\n///\n\n', '..."\n\n', (33, 1), '"rincian"'),
    Mistake("B220", MODULE, "## Mengapa", "# Mengapa", (12, 1), fix="## Mengapa"),
    Mistake("B220", MODULE, "## Mengapa perlu", "Mengapa\n=======\n", (13, 1)),
    Mistake("B220", MODULE, "## Mengapa", "#Mengapa", (12, 1), fix="## Mengapa"),
    Mistake(
        "B230",
        MODULE,
        WHY,
        f'<iframe src="https://contoh.go.id/v"></iframe> {WHY}',
        (14, 1),
        "iframe",
        "judul video",
        is_error=False,
    ),
    Mistake(
        "B240",
        "bank/dasar.md",
        "---\n\n##",
        "---\n\nTeks.\n\n##",
        (7, 1),
        is_error=False,
    ),
    Mistake("C300", MODULE, WHY, "- (x) Ini kunci\n" + WHY, (14, 1), "kunci jawaban"),
    Mistake("C300", MODULE, WHY, "- ( ) Ini salah\n" + WHY, (14, 1)),
    Mistake("C300", MODULE, WHY, "- [ ] Daftar tugas\n" + WHY, (14, 1)),
    Mistake("C300", MODULE, WHY, "* [X] Ini kunci\n" + WHY, (14, 1)),
    Mistake("C300", MODULE, WHY, "   1. (x) Ini kunci\n" + WHY, (14, 4)),
    Mistake("C300", MODULE, WHY, "> - (x) Ini kunci\n" + WHY, (14, 3)),
    Mistake("C300", MODULE, WHY, "-(x) Ini kunci\n" + WHY, (14, 1)),
    Mistake("C300", MODULE, WHY, "(x) Ini kunci\n" + WHY, (14, 1)),
    Mistake("C300", MODULE, WHY, "- (v) Ini kunci\n" + WHY, (14, 1)),
    Mistake("C300", MODULE, WHY, "- （x） Ini kunci\n" + WHY, (14, 1)),
    Mistake("C300", MODULE, WHY, "- (\u0445) huruf Kiril\n" + WHY, (14, 1)),
    Mistake("C300", MODULE, WHY, "-\u00a0(x) spasi keras\n" + WHY, (14, 1)),
    Mistake("C300", MODULE, WHY, "- (x Ini kunci\n" + WHY, (14, 1)),
    Mistake("C300", MODULE, WHY, "- ( ] Ini kunci\n" + WHY, (14, 1)),
    Mistake("C300", MODULE, WHY, "- (50%) Setengah\n" + WHY, (14, 1)),
    Mistake("C300", MODULE, WHY, "- (benar) Ini kunci\n" + WHY, (14, 1)),
    Mistake("C300", MODULE, WHY, "- ☑ Ini kunci\n" + WHY, (14, 1)),
    Mistake("C300", MODULE, WHY, "Pilih: - ( ) satu - (x) dua\n" + WHY, (14, 8)),
    Mistake("C300", MODULE, WHY, "Jawaban: Ombudsman\n" + WHY, (14, 1), "Jawaban:"),
    Mistake("C300", MODULE, WHY, "**Jawaban:** Ombudsman\n" + WHY, (14, 3)),
    Mistake("C300", MODULE, WHY, "Kunci jawaban: B\n" + WHY, (14, 1)),
    Mistake("C300", MODULE, WHY, "Jawabn angka: 5\n" + WHY, (14, 1)),
    Mistake("C300", MODULE, WHY, "Pembahasan: karena itu\n" + WHY, (14, 1)),
    Mistake("C300", MODULE, WHY, "Lihat Jawaban: tujuh\n" + WHY, (14, 7)),
    Mistake("C300", MODULE, WHY, "sekaliPembahasan: tujuh\n" + WHY, (14, 7)),
    Mistake("C300", MODULE, "/// soal | Cek", "// soal | Cek", (37, 1)),
    Mistake("C300", MODULE, "/// soal | Cek", "/// catatan | Cek", (39, 1)),
    Mistake("C300", QUIZ, INTRO, "- (x) Ini kunci\n\n" + INTRO, (17, 1)),
    Mistake("C300", QUIZ, "## Arti maklumat {#arti-maklumat}\n", "", (22, 1)),
    Mistake("C304", QUIZ, "## Arti", "##Arti", (19, 1), "spasi", "## Arti"),
    Mistake("C304", QUIZ, "## Unsur", "##Unsur", (39, 1), "spasi", "## Unsur"),
    Mistake("C305", MODULE, "Apa fungsi", "## Bagian\nApa fungsi", (35, 1)),
    Mistake("A142", MODULE, WHY, WHY + "\0", (14, 33), "U+0000"),
    Mistake("A142", QUIZ, "judul: Kuis", 'judul: "\\e[31mKuis"\n#', (4, 8), "U+001B"),
    Mistake("A143", MODULE, WHY, WHY + "\u202e", (14, 33), "U+202E"),
    Mistake("A144", QUIZ, "Ombudsman RI", "Ombuds\u200bman RI", (65, 28), "U+200B"),
    Mistake("A151", MODULE, WHY, "[" * 201 + WHY, (14, 1), "200"),
    Mistake("A151", MODULE, WHY, ">" * 201 + WHY, (14, 1), "200"),
]


@pytest.mark.parametrize("mistake", MISTAKES, ids=name)
def test_a_mistake_in_a_module_is_named_with_its_place(mistake, tmp_path):
    check(mistake, tmp_path)
