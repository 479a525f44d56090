"""Several courses side by side: what they share, and that they leave others alone."""

import shutil
from decimal import Decimal

import pytest

from lms.courseware import library
from lms.courseware.schema import Bank, Draw, Module, NumberKey, Option, Prose, Quiz
from tests.unit.courseware.mistakes import COURSE, FOLDER, SAMPLE, copy_sample, edit


@pytest.fixture
def root(tmp_path):
    return copy_sample(tmp_path)


def add_course(root, name, prerequisites=""):
    """A second course: a copy of the first under another name."""
    target = root / "kursus" / name
    shutil.copytree(SAMPLE / FOLDER, target)
    text = (target / "kursus.yml").read_text()
    text = text.replace(f"id: {COURSE}", f"id: {name}")
    (target / "kursus.yml").write_text(text + prerequisites)


@pytest.fixture(scope="module")
def course():
    return library.load(SAMPLE).courses[COURSE]


def test_the_data_of_a_course_is_read_whole(course):
    assert (course.code, course.edition, course.jp) == (COURSE, 2, 2)
    assert course.title == "Melayani warga di loket"
    assert course.status == "live"
    assert course.authors == ("Siti Rahma",)
    assert course.organiser == "BKPSDM Contoh"
    assert course.for_jobs == ("petugas-loket", "analis-pelayanan")
    assert course.tags == ("pelayanan", "loket")
    assert course.objectives == ("Menjelaskan standar pelayanan",)
    assert (course.training_form, course.yearly) == (16, True)
    assert (course.validity_months, course.action_plan) == (24, "optional")
    assert course.sources == (("Contoh rujukan untuk pengujian", "22 November 2026"),)
    assert course.passing == (("standar", "finished"), ("kuis-akhir", "passed"))
    assert [c.items for c in course.chapters] == [
        ("standar",),
        ("kuis-awal", "kuis-akhir"),
    ]
    assert [(p.code, p.level, p.proof) for p in course.promises] == [
        ("MAN-PP", 3, ("kuis-akhir",)),
        ("TEK-SKM", 2, ("kuis-akhir",)),
    ]
    assert list(course.items) == ["standar", "kuis-awal", "kuis-akhir"]
    assert list(course.banks) == ["bank/dasar.md"]


def test_a_module_is_prose_with_checks_between(course):
    module = course.items["standar"]

    assert isinstance(module, Module)
    assert [type(s).__name__ for s in module.segments] == ["Prose", "Question", "Prose"]
    assert module.completion == "checks_answered"
    assert (module.minutes, module.required) == (60, True)
    first, check, last = module.segments
    assert isinstance(first, Prose)
    assert first.text.startswith("## Mengapa perlu standar?")
    assert first.line == 12
    assert "Cek pemahaman" not in first.text
    assert last.text.startswith("## Menulis soal")
    assert (check.code, check.title, check.line) == (
        "cek-maklumat",
        "Cek pemahaman",
        34,
    )
    assert check.options[1].text == "Menyatakan kesanggupan melayani"
    assert check.options[1].feedback == "Tepat. Kesanggupan itu\ndiumumkan."


def test_every_kind_of_question_is_read(course):
    quiz = course.items["kuis-akhir"]
    single, multiple, truth, short, around, span = quiz.questions

    assert single.options == (
        Option(
            1,
            "Daftar tarif layanan yang dipasang",
            0,
            "Tarif adalah salah satu komponen standar.",
        ),
        Option(2, "Pernyataan kesanggupan melayani", 100, "Tepat."),
        Option(
            3,
            "Pengumuman tentang standar",
            50,
            "Mendekati. Maklumat memuat *kesanggupan*.",
        ),
    )
    assert single.hints == ('Ingat kata "sanggup".', "Siapa yang berjanji?")
    assert single.explanation == (
        "Maklumat adalah janji tertulis.\n\nJanji itu diumumkan kepada warga."
    )
    assert (single.points, single.difficulty) == (2, "easy")
    assert [(c.code, c.level) for c in single.competencies] == [("MAN-PP", 2)]
    assert [o.credit for o in multiple.options] == [100, 100, 0, 100]
    assert (multiple.partial, multiple.shuffle_options) == (True, False)
    assert (truth.kind, truth.truth) == ("true_false", False)
    assert truth.if_wrong == "Maklumat wajib dipublikasikan."
    assert truth.if_right == "Benar, maklumat harus terlihat."
    assert short.accepted == ("Ombudsman", "Ombudsman RI")
    assert around.number == NumberKey(Decimal("78.0"), Decimal("79.0"))
    assert around.unit == "poin"
    assert span.number == NumberKey(Decimal(10), Decimal(15))


def test_the_rules_of_a_quiz_are_read(course):
    first, last = course.items["kuis-awal"], course.items["kuis-akhir"]

    assert isinstance(last, Quiz)
    assert (last.pass_percent, last.attempts) == (70, 3)
    assert (last.pause_minutes, last.limit_minutes) == (1_440, 30)
    assert (last.shuffle_questions, last.shuffle_options) == (True, True)
    assert last.draws == (Draw(), Draw("bank/dasar.md", 1))
    assert last.intro == "Bacalah setiap soal dengan saksama."
    assert first.draws == (Draw("bank/dasar.md", 2, "easy"),)
    assert (first.required, first.pair) == (False, "kuis-akhir")
    assert (first.limit_minutes, first.pause_minutes) == (None, 0)
    assert (first.attempts, first.pass_percent) == (3, 70)


def test_a_bank_holds_its_questions(course):
    bank = course.banks["bank/dasar.md"]

    assert isinstance(bank, Bank)
    assert [q.code for q in bank.questions] == [
        "uu-pp",
        "uu-asn",
        "tahun-uu",
        "singkatan",
    ]
    assert bank.questions[3].exact_case
    assert bank.questions[3].previous_code == "singkatan-lama"


def test_the_dictionary_names_every_level(root):
    entry = library.load(root).competencies.get("TEK-SKM")

    assert (entry.name, entry.group) == ("Survei kepuasan masyarakat", "teknis")
    assert entry.levels == {1: "Memahami", 2: "Menghitung"}


def test_a_broken_course_leaves_the_others_alone(root):
    add_course(root, "kursus-dua")
    edit(root, "01-standar.md", "## Mengapa", "# Mengapa")

    found = library.load(root)

    assert list(found.courses) == ["kursus-dua"]
    assert found.folders == {"kursus-dua": "kursus-dua", COURSE: COURSE}
    assert {f.code for f in found.findings_of(COURSE)} == {"B220"}
    assert found.findings_of("kursus-dua") == ()


def test_an_unreadable_course_file_still_has_a_folder(root):
    edit(root, "kursus.yml", "id: ", "id:")

    found = library.load(root)

    assert found.folders == {COURSE: None}
    assert not found.courses


def test_a_folder_without_course_file_is_named(root):
    (root / "kursus" / "kosong").mkdir()

    (finding,) = library.load(root).findings

    assert (finding.code, finding.path) == ("K700", "content/kursus/kosong/kursus.yml")


def test_a_file_beside_the_course_folders_is_named(root):
    (root / "kursus" / "catatan.md").write_text("x")

    found = library.load(root)

    assert [f.code for f in found.findings] == ["K709"]
    assert COURSE in found.courses


def test_two_courses_cannot_share_a_code(root):
    add_course(root, "kursus-dua")
    path = root / "kursus" / "kursus-dua" / "kursus.yml"
    path.write_text(path.read_text().replace("id: kursus-dua", f"id: {COURSE}"))

    found = library.load(root)

    (finding,) = found.findings
    assert (finding.code, finding.line, finding.column) == ("K721", 1, 5)
    assert finding.path == "content/kursus/kursus-dua/kursus.yml"
    assert COURSE in found.courses


def test_a_code_that_is_live_belongs_to_its_folder(root):
    add_course(root, "aaa")
    path = root / "kursus" / "aaa" / "kursus.yml"
    path.write_text(path.read_text().replace("id: aaa", f"id: {COURSE}"))

    found = library.load(root, {COURSE: "aaa"})

    assert [f.path for f in found.findings] == [f"content/{FOLDER}/kursus.yml"]


def test_prerequisites_must_not_lead_back_to_the_course(root):
    add_course(root, "kursus-a", "prasyarat: [kursus-b]\n")
    add_course(root, "kursus-b", "prasyarat: [kursus-c]\n")
    add_course(root, "kursus-c", "prasyarat: [kursus-a, melayani-warga]\n")

    found = library.load(root)

    assert [(f.code, f.path, f.line, f.column) for f in found.findings] == [
        ("K706", f"content/kursus/kursus-{x}/kursus.yml", 41, 13) for x in "abc"
    ]
    assert "kursus-a → kursus-b → kursus-c → kursus-a" in found.findings[0].message
    assert list(found.courses) == [COURSE]


def test_one_folder_can_be_read_alone(root):
    dictionary, _findings, _sources = library.load_dictionary(root)

    reading = library.load_course(root, COURSE, dictionary, {COURSE})

    assert reading.course == library.load(root).courses[COURSE]
    assert reading.findings == ()


def test_a_broken_dictionary_is_said_once(root):
    edit(root, "kompetensi.yml", "versi: 1", "versi:1")

    found = library.load(root)

    assert [f.code for f in found.findings] == ["A112", "K722"]


def test_nothing_to_read_is_an_empty_library(tmp_path):
    found = library.load(tmp_path)

    assert (found.courses, found.findings, found.folders) == ({}, (), {})
