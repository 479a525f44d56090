"""Deliberate mistakes in the data part: code, line and column of each."""

import pytest
import yaml

from lms.courseware import data
from tests.unit.courseware.mistakes import Mistake, check, name

MODULE, QUIZ, COURSE = "01-standar.md", "kuis/akhir.md", "kursus.yml"
TITLE = "judul: Kuis akhir"

MISTAKES = [
    Mistake("A101", MODULE, "---\njenis: modul", "jenis: modul", (1, 1), "diawali"),
    Mistake("A101", "catatan.md", "", "# Catatan saya\n", (1, 1)),
    Mistake("A101", "kosong.md", "", "", (1, 1)),
    Mistake("A102", "kuis/awal.md", "mudah\n---\n", "mudah\n", (1, 1), "ditutup"),
    Mistake(
        "A110",
        QUIZ,
        TITLE,
        "judul: Kuis akhir: pelayanan",
        (4, 18),
        fix='judul: "Kuis akhir: pelayanan"',
    ),
    Mistake(
        "A110",
        MODULE,
        "  - Menjelaskan apa",
        "  - Menjelaskan: apa",
        (7, 16),
        fix='- "Menjelaskan: apa',
    ),
    Mistake("A111", QUIZ, "  - semua", "\t- semua", (13, 1), "Tab"),
    Mistake("A112", QUIZ, "jeda: 24", "jeda:24", (7, 5), fix="jeda: 24 jam"),
    Mistake("A112", COURSE, "- standar: selesai", "- standar:selesai", (35, 12)),
    Mistake("A113", QUIZ, TITLE, "judul: 'Kuis Jum'at'", (4, 17), "tunggal", "ganda"),
    Mistake("A113", QUIZ, TITLE, 'judul: "Kuis" akhir', (4, 13), "ganda"),
    Mistake("A114", QUIZ, TITLE, "judul: @akhir", (4, 8), '"@"', 'judul: "@akhir"'),
    Mistake("A114", QUIZ, TITLE, "judul: [Draf] akhir", (4, 8), '"["'),
    Mistake("A114", QUIZ, TITLE, "judul: %akhir", (4, 8), '"%"'),
    Mistake("A114", QUIZ, TITLE, "judul: {{nama}}", (4, 9), '"{"'),
    Mistake(
        "A115",
        QUIZ,
        TITLE,
        "judul: Kuis #1",
        (4, 13),
        fix='"Kuis #1"',
        is_error=False,
    ),
    Mistake("A116", QUIZ, "  - 1 dari", "    - 1 dari", (14, 5), "tidak sejajar"),
    Mistake("A116", QUIZ, "  - 1 dari", " - 1 dari", (14, 2), "tidak sejajar"),
    Mistake("A117", QUIZ, TITLE, 'judul: "Kuis akhir', (4, 8), "tidak ditutup"),
    Mistake("A118", QUIZ, TITLE, "judul Kuis akhir", (4, 1), "kunci: isi"),
    Mistake("A119", COURSE, "edisi: 2", "---\nedisi: 2", (5, 1), '"---" kedua'),
    Mistake("A119", "kuis/awal.md", "", "---\n- jenis\n---\n", (2, 1), "kunci: isi"),
    Mistake("A120", QUIZ, "jeda:", "judul: Dua\njeda:", (7, 1), "baris 4"),
    Mistake("A120", COURSE, "jp: 2", "jp: 2\nedisi: 3", (7, 1), "baris 5"),
    Mistake("A130", QUIZ, "jenis: kuis\n", "", (1, 1), "jenis"),
    Mistake("A131", QUIZ, "jenis: kuis", "jenis: kuiz", (2, 8), "kuiz", '"kuis"'),
    Mistake("A131", QUIZ, "jenis: kuis", "jenis: quiz", (2, 8), "quiz", '"kuis"'),
    Mistake("A132", QUIZ, TITLE + "\n", "", (2, 1), "judul"),
    Mistake("A132", QUIZ, TITLE, "judul:", (4, 1), "judul"),
    Mistake("A133", QUIZ, "id: kuis-akhir", "id: Kuis Akhir", (3, 5), fix="kuis-akhir"),
    Mistake(
        "A134", QUIZ, "nilai_lulus", "nilai_lullus", (5, 1), "kuis", '"nilai_lulus"'
    ),
    Mistake("A134", MODULE, "durasi", "duration", (5, 1), "modul", '"durasi"'),
    Mistake("A135", QUIZ, "nilai_lulus: 70", "nilai_lulus: 700", (5, 14), "0–100"),
    Mistake("A135", QUIZ, "percobaan: 3", "percobaan: " + "9" * 5000, (6, 12)),
    Mistake("A135", COURSE, "jp: 2", "jp: 1,5", (6, 5)),
    Mistake("A136", MODULE, "1 jam", "dua puluh", (5, 9), "dua puluh", "25 menit"),
    Mistake("A136", COURSE, "24 bulan", "12:30:45", (37, 15)),
    Mistake("A137", QUIZ, "acak_soal: ya", "acak_soal: benar", (9, 12), "benar"),
    Mistake("A137", QUIZ, "acak_soal: ya", "acak_soal: NO", (9, 12), "NO"),
    Mistake("A138", QUIZ, "setelah selesai", "nanti", (11, 23), "nanti", "langsung"),
    Mistake("A138", COURSE, "status: tayang", "status: terbit", (7, 9), fix="tayang"),
    Mistake("A139", QUIZ, TITLE, "judul: [a, b]", (4, 8), "satu baris teks"),
    Mistake("A139", MODULE, "[MAN-PP/2]", "[MAN-PP]", (9, 14), fix="MAN-PP/2"),
    Mistake("A139", COURSE, "22 November", "22 Nopember", (40, 16), "tanggal"),
    Mistake("A145", QUIZ, TITLE, "judul: &a Kuis", (4, 8), '"&"'),
    Mistake("A145", QUIZ, TITLE, "judul: *akhir*", (4, 8), '"*"'),
    Mistake("A145", QUIZ, TITLE, "judul: !!python/object/apply:os.system [ls]", (4, 8)),
    Mistake("A146", QUIZ, TITLE, "judul: " + "[" * 5000, (4, 27), "20 tingkat"),
    Mistake("A146", QUIZ, TITLE, "judul: " + "{a: " * 2000, (4, 84), "20 tingkat"),
    Mistake("A147", QUIZ, TITLE, "judul: " + "kata " * 14_000, (2, 1), "64 KB"),
    Mistake(
        "A155",
        "ringkas.md",
        "",
        "---\njenis: modul\nid: r\njudul: R\nselesai_jika: cek benar\n---\nTeks.\n",
        (5, 15),
        "tidak punya cek",
    ),
    Mistake("A191", QUIZ, TITLE, TITLE + "\nbahasa: en", (5, 1), "terjemahan"),
    Mistake("A120", "kompetensi.yml", "TEK-SKM", "MAN-PP", (12, 11), "MAN-PP"),
    Mistake("A132", "kompetensi.yml", "    nama: Pelayanan publik\n", "", (5, 5)),
    Mistake("A133", "kompetensi.yml", "TEK-SKM", "tek-skm", (12, 11)),
    Mistake("A134", "kompetensi.yml", "versi", "version", (3, 1), "version"),
    Mistake("A135", "kompetensi.yml", "1: Memahami", "satu: Memahami", (9, 7)),
]


@pytest.mark.parametrize("mistake", MISTAKES, ids=name)
def test_a_mistake_in_the_data_part_is_named_with_its_place(mistake, tmp_path):
    check(mistake, tmp_path)


@pytest.mark.parametrize("mistake", MISTAKES, ids=name)
def test_the_slow_yaml_parser_gives_the_same_place(mistake, tmp_path, monkeypatch):
    monkeypatch.setattr(data, "Loader", yaml.SafeLoader)

    check(mistake, tmp_path)
