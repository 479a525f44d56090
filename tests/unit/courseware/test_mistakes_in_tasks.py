"""Assignments: what is read of them, and each mistake at its place."""

from dataclasses import replace

import pytest

from lms.courseware import bundle, library
from lms.courseware.kinds import task
from lms.courseware.rubrics import score
from lms.courseware.schema import Chapter
from lms.uploads import kinds
from tests.unit.courseware import mistakes
from tests.unit.courseware.mistakes import FOLDER, Mistake, check, name

FILE = "tugas/rencana.md"
HEAD = """---
jenis: tugas
id: rencana
judul: Rencana perbaikan
penilai: [pengajar, atasan, sejawat 2]
kumpulkan: [teks, berkas]
berkas: pdf, docx
ukuran_maksimal: 2 MB
tenggat: 2 minggu setelah mulai
nilai_lulus: 75
percobaan: 2
kompetensi: [MAN-PP/3]
---
"""
TEXT = """
Pilih satu layanan.

## Rubrik

| Kriteria | Bobot | 3 | 2 | 1 |
|---|---|---|---|---|
| Analisis {#analisis} | 60 | Ada data | Ada sebab | *Gejala* |
| Langkah {#langkah} | 40 | Rinci | Terukur | Umum |
"""
WHOLE = HEAD + TEXT
LISTED = ("- kuis/akhir.md", f"- kuis/akhir.md\n      - {FILE}")


def task_with(old: str, new: str) -> str:
    assert old in WHOLE
    return WHOLE.replace(old, new, 1)


def wrong(code: str, old: str, new: str, where: tuple[int, int], words="", fix=""):
    return Mistake(code, FILE, "", task_with(old, new), where, words, fix)


MISTAKES = [
    wrong("E500", "## Rubrik", "### Rubrik", (17, 1), "### Rubrik", "## Rubrik"),
    wrong("E500", "## Rubrik", "## rubrik penilaian", (17, 1), fix="## Rubrik"),
    wrong("E500", TEXT, "\nTulis saja.\n", (2, 1), "belum punya rubrik"),
    wrong("E501", "| Kriteria | Bobot |", "| Kriteria |", (19, 14)),
    wrong("E501", "| Langkah {", "\n| Langkah {", (23, 1), "baris kosong"),
    wrong("E501", "| Langkah {", "Catatan.\n| Langkah {", (22, 1), "tidak akan tampil"),
    wrong("E502", "Rinci | Terukur |", "Rinci |", (22, 1), "4 kolom"),
    wrong("E503", "Analisis {#analisis}", "Analisis", (21, 3), fix="{#analisis}"),
    wrong("E504", "| 60 |", "| banyak |", (21, 26), "banyak"),
    wrong("E505", "| 40 |", "| 30 |", (19, 14), "90"),
    wrong("E510", "pengajar, atasan", "pengajar, atasn", (5, 21), fix="atasan"),
    wrong("E510", "sejawat 2", "sejawat", (5, 29), "sejawat", "sejawat 3"),
    wrong("E510", "sejawat 2", "sejawat 9", (5, 29), "1–5"),
    wrong("E511", "atasan, sejawat 2", "pengajar", (5, 21), "dua kali"),
    wrong("E512", "[teks, berkas]", "[teks, vidio]", (6, 19), "vidio"),
    wrong("E513", "pdf, docx", "pdf, svg", (7, 9), "svg", "pilihan: pdf"),
    wrong("E513", "pdf, docx", "pdf, doc", (7, 9), "doc", "docx"),
    wrong("E514", "[teks, berkas]", "teks", (7, 9), "tidak berlaku"),
    wrong("E515", "2 MB", "2 GB", (8, 18), "2 GB", "5 MB"),
    wrong("E515", "2 MB", "200 MB", (8, 18), "sampai 20 MB"),
    wrong("E515", "2 MB", "0 MB", (8, 18)),
    wrong("E516", "2 minggu setelah mulai", "2 minggu", (9, 10), fix="30 hari"),
    wrong("E516", "2 minggu setelah", "0 hari setelah", (9, 10)),
    wrong("E517", "| Langkah {", "## Rubrik\n| Langkah {", (22, 1), "dua kali"),
    wrong("E518", "Pilih satu layanan.", "", (2, 1)),
    wrong("A134", "percobaan: 2", "batas_waktu: 2 jam", (11, 1)),
    wrong("A135", "nilai_lulus: 75", "nilai_lulus: 175", (10, 14)),
    wrong("A135", "percobaan: 2", "percobaan: 0", (11, 12)),
    wrong("C300", "Pilih satu layanan.", "- (x) Pilih satu layanan.", (15, 1)),
    wrong("C303", "{#langkah}", "{#analisis}", (22, 13), "baris 21"),
    wrong("C304", "\n## Rubrik", "\n##Tujuan\n\n## Rubrik", (17, 1), fix="## Tujuan"),
    wrong("B215", "## Rubrik", "/// soal | A {#a}\n///\n\n## Rubrik", (17, 1)),
    wrong("B212", "## Rubrik", "/// catatan\nA\n\n## Rubrik", (17, 1)),
    wrong("K703", "MAN-PP/3", "MAN-X/3", (12, 14)),
]


@pytest.mark.parametrize("mistake", MISTAKES, ids=name)
def test_a_mistake_in_an_assignment_is_named_with_its_place(mistake, tmp_path):
    check(mistake, tmp_path)


@pytest.fixture
def course(tmp_path):
    root = mistakes.copy_sample(tmp_path)
    mistakes.edit(root, FILE, "", WHOLE)
    mistakes.edit(
        root, "kursus.yml", "- kuis/akhir.md", f"- kuis/akhir.md\n      - {FILE}"
    )
    mistakes.edit(root, "kursus.yml", "kelulusan:", "kelulusan:\n  - rencana: lulus")
    found = library.load(root)
    assert not [f for f in found.findings if f.is_error], found.findings
    return found.courses[FOLDER.split("/")[1]]


def test_an_assignment_is_read_whole(course):
    found = course.items["rencana"]

    assert (found.graders, found.peers) == (("instructor", "superior"), 2)
    assert (found.takes_text, found.takes_files) == (True, True)
    assert (found.accept, found.max_bytes) == (("pdf", "docx"), 2_000_000)
    assert (found.due_days, found.pass_percent, found.attempts) == (14, 75, 2)
    assert [(c.code, c.weight) for c in found.rubric] == [
        ("analisis", 60),
        ("langkah", 40),
    ]


def test_what_is_left_out_has_sensible_values(tmp_path):
    root = mistakes.copy_sample(tmp_path)
    short = "---\njenis: tugas\nid: rencana\njudul: Rencana\n---\n"
    mistakes.edit(root, FILE, "", short + TEXT)
    mistakes.edit(
        root, "kursus.yml", "- kuis/akhir.md", f"- kuis/akhir.md\n      - {FILE}"
    )

    found = library.load(root).courses["melayani-warga"].items["rencana"]

    assert (found.graders, found.peers, found.attempts) == (("instructor",), 0, 3)
    assert (found.takes_text, found.takes_files) == (True, False)
    assert (found.due_days, found.pass_percent, found.required) == (None, 70, True)


def alone(course, item=None):
    """The assignment as a course of its own."""
    return replace(
        course,
        items={"rencana": item or course.items["rencana"]},
        chapters=(Chapter("Satu", ("rencana",)),),
        banks={},
        passing=(),
        files={},
    )


def test_it_is_published_with_its_rubric_in_the_order_of_the_file(course):
    published = bundle.build(alone(course))
    [item] = [i for i in published.items if i.code == "rencana"]
    [entry] = [
        entry
        for chapter in published.manifest["chapters"]
        for entry in chapter["items"]
        if entry["code"] == "rencana"
    ]

    rubric = item.body["rubric"]
    assert [row["code"] for row in rubric] == ["analisis", "langkah"]
    assert rubric[0]["levels"][2] == {"value": 1, "html": "<em>Gejala</em>"}
    assert "Pilih satu layanan" in item.body["intro_html"]
    assert (entry["kind"], entry["minutes"]) == ("task", 60)
    assert score(rubric, {"analisis": 3, "langkah": 2}) == 8_666


def test_another_weight_is_another_version(course):
    rubric = list(course.items["rencana"].rubric)
    rubric[0], rubric[1] = (
        replace(rubric[0], weight=50),
        replace(rubric[1], weight=50),
    )
    changed = replace(course.items["rencana"], rubric=tuple(rubric))

    one, other = bundle.build(alone(course)), bundle.build(alone(course, changed))

    shas = [
        next(i.sha for i in published.items if i.code == "rencana")
        for published in (one, other)
    ]
    assert shas[0] != shas[1]


def test_the_kinds_of_files_are_those_whose_content_is_looked_at():
    assert set(task.FILE_KINDS) == set(kinds.KINDS)
