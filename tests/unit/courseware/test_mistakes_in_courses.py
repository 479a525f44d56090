"""Deliberate mistakes between files: assets, order, codes, draws, competencies."""

from pathlib import Path

import pytest

from tests.unit.courseware.mistakes import COURSE as COURSE_CODE
from tests.unit.courseware.mistakes import Mistake, check, name

MODULE, QUIZ, BANK = "01-standar.md", "kuis/akhir.md", "bank/dasar.md"
FIRST, COURSE, DICTIONARY = "kuis/awal.md", "kursus.yml", "kompetensi.yml"
PICTURE = "![Petugas menyapa warga di loket](aset/loket.mp4)"
NEW_MODULE = "---\njenis: modul\nid: baru\njudul: Baru\n---\n\nTeks.\n"
NEW_QUIZ = "---\njenis: kuis\nid: baru\njudul: Baru\n---\n\nTeks.\n"
NEW_BANK = "---\njenis: bank\nid: baru\njudul: Baru\n---\n"
ASKED = "\n## A {#a}\n\nApa?\n\nJawaban: ya\n"
LAST = "      - kuis/akhir.md"
ASKED_TWICE = "  - 3 dari bank/dasar.md\n  - 2 dari bank/dasar.md yang mudah"

MISTAKES = [
    Mistake("D401", MODULE, "aset/loket.mp4", "../../rahasia.png", (20, 1), "di luar"),
    Mistake("D401", MODULE, "aset/loket.mp4", "/etc/passwd", (20, 1)),
    Mistake("D401", MODULE, "aset/loket.mp4", "%2e%2e/%2e%2e/rahasia.png", (20, 1)),
    Mistake("D401", MODULE, "aset/loket.mp4", "..\\rahasia.png", (20, 1)),
    Mistake("D401", MODULE, "(aset/ringkasan.pdf) dan", "(../x.pdf) dan", (17, 7)),
    Mistake("D402", MODULE, "aset/loket.mp4", "aset/Loket.mp4", (20, 1), fix="loket"),
    Mistake("D402", MODULE, "kuis/akhir.md", "kuis/akir.md", (17, 53), fix="akhir.md"),
    Mistake("D402", MODULE, PICTURE, f'{PICTURE}\n<img src="a.png">', (21, 1)),
    Mistake("D402", QUIZ, "Bacalah", "[a]\n\n[a]: hilang.pdf\n\nBacalah", (19, 1)),
    Mistake(
        "D403", MODULE, "Petugas menyapa warga di loket", " ", (20, 1), fix="loket"
    ),
    Mistake(
        "D406", "aset/sisa.txt", "", "Catatan.", (1, 1), "tidak dipakai", is_error=False
    ),
    Mistake("K701", COURSE, "masa_berlaku", "masa_berlaku_", (37, 1), fix="berlaku"),
    Mistake("K701", COURSE, "  - bab: Menguji", "  - judul: Menguji", (30, 5)),
    Mistake("K702", COURSE, "jp: 2\n", "", (1, 1), '"jp"', "jp: …"),
    Mistake("K702", COURSE, "jp: 2", "jp:", (6, 1), '"jp"'),
    Mistake("K703", COURSE, "kode: MAN-PP", "kode: MAN-PPP", (20, 11), fix="MAN-PP"),
    Mistake("K703", MODULE, "MAN-PP/2", "MAN-P/2", (9, 14), fix="MAN-PP"),
    Mistake("K703", QUIZ, "MAN-PP/2", "MAN-PP/2, X/1", (36, 23), '"X"'),
    Mistake("K704", COURSE, "tingkat: 3", "tingkat: 9", (21, 14), "MAN-PP", "1, 2, 3"),
    Mistake("K704", QUIZ, "MAN-PP/2", "MAN-PP/4", (36, 13), fix="1, 2, 3"),
    Mistake("K705", COURSE, "jp: 2", "jp: 2\nprasyarat: [etika]", (7, 13), "etika"),
    Mistake("K706", COURSE, "jp: 2", "jp: 2\nprasyarat: melayani-warga", (7, 12)),
    Mistake("K707", COURSE, "kuis/akhir.md", "kuis/akir.md", (33, 9), fix="akhir.md"),
    Mistake("K708", COURSE, "kuis/awal.md", "kuis/akhir.md", (33, 9), "dua kali"),
    Mistake("K709", "baru.md", "", NEW_MODULE, (1, 1), '"urutan"', is_error=False),
    Mistake("K710", FIRST, "id: kuis-awal", "id: standar", (3, 5), MODULE),
    Mistake("K710", FIRST, "id: kuis-awal", "id: daftar", (3, 5), "daftar"),
    Mistake("K711", QUIZ, "#unsur-standar", "#uu-pp", (39, 20), BANK),
    Mistake("K711", QUIZ, "#unsur-standar", "#cek-maklumat", (39, 20), MODULE),
    Mistake("K712", COURSE, "- kuis-akhir:", "- kuis-ahir:", (36, 5), fix="kuis-akhir"),
    Mistake("K712", COURSE, "[kuis-akhir]", "[kuis-ahir]", (22, 13), "bukti"),
    Mistake("K713", COURSE, ": lulus", ": tuntas", (36, 17), "tuntas", "lulus"),
    Mistake("K714", QUIZ, "1 dari bank", "dua dari bank", (14, 5), "dua dari"),
    Mistake("K714", QUIZ, "1 dari bank", "0 dari bank", (14, 5)),
    Mistake("K715", QUIZ, "bank/dasar.md", "bank/dasr.md", (14, 5), fix="bank/dasar"),
    Mistake("K715", QUIZ, "bank/dasar.md", "01-standar.md", (14, 5)),
    Mistake("K716", QUIZ, "1 dari", "9 dari", (14, 5), "hanya ada 4"),
    Mistake("K716", FIRST, "2 dari", "3 dari", (8, 8), "hanya ada 2"),
    Mistake("K716", QUIZ, "  - 1 dari bank/dasar.md", ASKED_TWICE, (15, 5), "ada 4"),
    Mistake(
        "K717",
        COURSE,
        "    tingkat: 2\n    bukti: [kuis-akhir]",
        "    tingkat: 2",
        (23, 11),
        "TEK-SKM",
        is_error=False,
    ),
    Mistake("K720", COURSE, "jp: 2", "jp: 9", (6, 5), "menit", is_error=False),
    Mistake("K722", DICTIONARY, "versi: 1", "versi:1", (20, 11), other=COURSE),
    Mistake(
        "K723", COURSE, "standar: selesai", "standar: lulus", (35, 5), fix="selesai"
    ),
    Mistake("K723", COURSE, "akhir: lulus", "akhir: terisi", (36, 5), fix="lulus"),
    Mistake("K724", QUIZ, "  - semua\n", "", (13, 3), '"semua"'),
    Mistake("K725", "baru.md", "", NEW_QUIZ, (2, 1), "belum punya soal"),
    Mistake("K725", "baru.md", "", NEW_BANK, (1, 1), "belum punya soal"),
    Mistake("K726", FIRST, "n: kuis-akhir", "n: kuis-ahir", (6, 11), fix="kuis-akhir"),
    Mistake("K727", COURSE, "kuis/awal.md", "bank/dasar.md", (32, 9), "bukan modul"),
    Mistake(
        "K728",
        "baru.md",
        "",
        NEW_BANK + "## A {#a}\nApa?\n\nJawaban: ya\n",
        (1, 1),
        is_error=False,
    ),
    Mistake(
        "K729",
        QUIZ,
        "Jawaban: Ombudsman | Ombudsman RI",
        "Uraian: bebas\nPoin: 20",
        (5, 14),
        "20 dari 29 poin",
        "sampai 31",
        is_error=False,
    ),
    Mistake(
        "K740",
        "kuis/tiga.md",
        "",
        NEW_QUIZ.replace("judul", "pasangan: kuis-akhir\njudul") + ASKED,
        (4, 11),
        "sudah menjadi pasangan",
        also=((COURSE, LAST, f"{LAST}\n      - kuis/tiga.md"),),
    ),
    Mistake(
        "K740",
        "kuis/tiga.md",
        "",
        NEW_QUIZ.replace("judul", "pasangan: kuis-awal\njudul") + ASKED,
        (4, 11),
        'berpasangan dengan "kuis-akhir"',
        also=((COURSE, LAST, f"{LAST}\n      - kuis/tiga.md"),),
    ),
    Mistake(
        "K741",
        COURSE,
        "  - kuis-akhir: lulus",
        "  - kuis-akhir: lulus\n  - kuis-awal: lulus",
        (37, 5),
        is_error=False,
    ),
    Mistake(
        "K742",
        FIRST,
        "pasangan: kuis-akhir\n",
        "",
        (3, 5),
        "tidak punya pasangan",
        "pasangan: kuis-akhir",
        is_error=False,
    ),
    Mistake(
        "K742",
        "kuis/tiga.md",
        "",
        NEW_QUIZ.replace("Baru", "Pre-test keuangan") + ASKED,
        (3, 5),
        is_error=False,
        also=((COURSE, LAST, f"{LAST}\n      - kuis/tiga.md"),),
    ),
    Mistake("K700", COURSE, "", Path.unlink, (1, 1), "kursus.yml"),
    Mistake("K721", "kursus/lain/kursus.yml", "", f"id: {COURSE_CODE}\n", (1, 5)),
    Mistake("A138", COURSE, "edisi: 2", "terjemahan: [id]", (5, 14), "bahasa kursus"),
    Mistake("A138", COURSE, "edisi: 2", "terjemahan: [jw]", (5, 14), "tidak dikenal"),
]


@pytest.mark.parametrize("mistake", MISTAKES, ids=name)
def test_a_mistake_between_files_is_named_with_its_place(mistake, tmp_path):
    check(mistake, tmp_path)
