"""Translations: texts of another language over the base's structure and key."""

import json

import pytest

from lms.courseware import bundle, library, mirrors, translations, untranslated
from lms.courseware.notes import Notes
from lms.courseware.schema import Said
from tests.translated import FOLDER, built, copy_translated, edit, findings


@pytest.fixture
def folder(tmp_path):
    return copy_translated(tmp_path)


def test_a_whole_translation_has_no_findings(folder):
    assert findings(folder) == []


ENGLISH_COURSE = """judul: Serving people at the counter
ringkasan: Two short lessons on greeting people and checking their papers.
tujuan:
  - Greet people in a proper and friendly way
"""
INDONESIAN_COURSE = """judul: Melayani warga di loket
ringkasan: Dua pelajaran singkat tentang menyapa warga dan memeriksa berkas.
tujuan:
  - Menyapa warga dengan baku dan ramah
"""
QUIZ, LESSON, OTHER = "en/kuis/akhir.md", "en/01-menyapa.md", "en/02-berkas.md"
# code, file edited, old, new, line and column of the finding
MISTAKES = [
    ("T802", LESSON, "id: menyapa", "id: greeting", 3, 5),
    ("T804", QUIZ, "{#laci}", "{#drawer}", 36, 20),
    ("T803", QUIZ, "{#laci}", "{#drawer}", 1, 1),
    ("T805", QUIZ, "- [x] Date of the check\n", "", 25, 24),
    (
        "T805",
        QUIZ,
        "- ( ) After the papers",
        "- ( ) x\n- ( ) After",
        11,
        15,
    ),
    ("T805", LESSON, "jenis: modul", "jenis: kuis", 2, 8),
    (
        "T806",
        QUIZ,
        "Pernyataan ini: salah",
        "Pernyataan ini: benar",
        36,
        20,
    ),
    ("T806", QUIZ, "- (50%) After", "- (25%) After", 11, 15),
    ("T806", QUIZ, "12 ± 1", "12 ± 2", 49, 15),
    ("T806", QUIZ, "Jawaban: Ombudsman", "Jawaban: Watchdog", 43, 15),
    ("T803", QUIZ, "\nPetunjuk: Remember the first step.", "", 11, 15),
    ("T807", "02-berkas.md", "Petugas membaca", "Pegawai membaca", 6, 9),
    ("T808", LESSON, "bahasa: en", "bahasa: fr", 5, 9),
    ("T809", QUIZ, "judul:", "nilai_lulus: 10\njudul:", 4, 1),
    ("T809", "en/kursus.yml", "judul:", "jp: 99\njudul:", 3, 1),
    ("T810", LESSON, "## Standard", "### Standard", 1, 1),
    ("T805", "en/kursus.yml", "  - Closing\n", "", 9, 3),
    ("T803", "en/kursus.yml", "bab:\n  - At the counter\n  - Closing\n", "", 1, 1),
    ("T808", "en/kursus.yml", "bahasa: en", "bahasa: id", 1, 9),
    ("T811", "kursus.yml", "terjemahan: [en]\n", "", 1, 1),
    ("T801", "en/02-berka.md", "", "---\njenis: modul\n---\n", 1, 1),
    ("T812", "en/kursus.yml", ENGLISH_COURSE, INDONESIAN_COURSE, 3, 1),
]


@pytest.mark.parametrize(("code", "file", "old", "new", "line", "column"), MISTAKES)
def test_a_mistake_is_named_with_its_place(folder, code, file, old, new, line, column):
    edit(folder / file, old, new)

    found = findings(folder)

    on = OTHER if code == "T807" else file
    assert (code, on, line, column) in found


@pytest.mark.parametrize("code", ["T802", "T804", "T805", "T806", "T808", "T809"])
def test_what_could_mislead_keeps_the_course_back(folder, code):
    _code, file, old, new, *_place = next(m for m in MISTAKES if m[0] == code)
    edit(folder / file, old, new)

    assert FOLDER not in library.load(folder.parents[1]).courses


@pytest.mark.parametrize("code", ["T803", "T807", "T810", "T811"])
def test_what_is_only_old_or_missing_does_not(folder, code):
    wanted = [m for m in MISTAKES if m[0] == code][-1]
    edit(folder / wanted[1], wanted[2], wanted[3])

    assert FOLDER in library.load(folder.parents[1]).courses


def test_files_that_are_not_translated_are_listed(folder):
    (folder / LESSON).unlink()
    (folder / "en" / "kursus.yml").unlink()

    [found] = library.load(folder.parents[1]).findings_of(FOLDER)

    assert (found.code, found.path.rpartition("/")[2]) == ("T803", "kursus.yml")
    assert '2 berkas ("kursus.yml", "01-menyapa.md")' in found.message


def test_questions_that_are_not_translated_are_told_together(folder):
    path = folder / QUIZ
    text = path.read_text("utf-8")
    path.write_text(text[: text.index("## ")], "utf-8")

    [found] = library.load(folder.parents[1]).findings_of(FOLDER)

    assert (found.code, found.line, found.is_error) == ("T803", 1, False)
    assert '5 soal ("sapaan", "unsur-catatan", "laci", …)' in found.message


def copied(folder, file):
    """Let a translation say what its base says."""
    base = (folder / file.removeprefix("en/")).read_text("utf-8")
    made = mirrors.mirror(file.removeprefix("en/"), base, "en")
    (folder / file).parent.mkdir(parents=True, exist_ok=True)
    (folder / file).write_text(made, "utf-8")


@pytest.mark.parametrize("file", [QUIZ, LESSON, "en/kursus.yml", "en/bank/dasar.md"])
def test_a_copy_of_the_base_is_no_translation(folder, file):
    copied(folder, file)

    codes = [found[:2] for found in findings(folder) if found[0] == "T812"]

    assert codes == [("T812", file)]
    assert FOLDER in library.load(folder.parents[1]).courses


LONG = [f"Kalimat nomor {word} dari berkas asal." for word in ("satu", "dua", "tiga")]
ALL = "\n\n".join(LONG)


@pytest.mark.parametrize(
    ("texts", "words"),
    [
        ({LONG[0]: LONG[0], LONG[1]: "Something else in English."}, ["1 dari 2"]),
        (
            {ALL: f"{LONG[2]}\n\n{LONG[0]}\n\nIn English now."},
            ["2 dari 3"],
        ),
        ({LONG[0]: LONG[0], LONG[1]: "In English now.", LONG[2]: "And here too."}, []),
        ({LONG[0]: "In English now.", "UU 25": "UU 25", "A b": "A b"}, []),
        ({"Kuis awal": "Kuis awal"}, ["1 dari 1"]),
        ({"Kuis": "Quiz", "Ombudsman": "Ombudsman"}, []),
        ({"14": "14", "78,5": "78,5"}, []),
        ({}, []),
    ],
)
def test_half_of_the_texts_being_the_same_is_warned_of_and_less_is_not(texts, words):
    notes = Notes("en/a.md")

    said = [(base, Said(text, 7)) for base, text in texts.items()]
    untranslated.note(said, notes)

    assert [f.message.partition(" bagian")[0] for f in notes.found] == words
    assert {(f.code, f.line) for f in notes.found} <= {("T812", 7)}


def test_broken_yaml_and_broken_bytes_are_findings(folder):
    (folder / LESSON).write_bytes(b"\xff\xfe\x00")
    (folder / "en" / "kursus.yml").write_text("judul: [", "utf-8")
    (folder / OTHER).write_text("tanpa data", "utf-8")

    files = {file for _code, file, *_place in findings(folder)}

    assert {LESSON, "en/kursus.yml", "en/02-berkas.md"} <= files


def test_every_mistake_inside_a_translated_body_is_reported_there(folder):
    edit(folder / QUIZ, "Petunjuk:", "Petunjukk:")
    edit(folder / LESSON, "aset/alur.svg", "aset/flow.svg")

    found = {(code, file) for code, file, *_place in findings(folder)}

    assert ("C321", QUIZ) in found
    assert ("D402", "en/01-menyapa.md") in found


def test_prose_where_the_base_has_none_is_not_dropped_silently(folder):
    edit(
        folder / "02-berkas.md",
        "## Hak warga\n\nWarga berhak tahu apa yang kurang dan kapan urusannya"
        " selesai.\n",
        "",
    )

    assert ("T805", "en/02-berkas.md", 1, 1) in findings(folder)


def test_the_fingerprint_minds_words_and_nothing_else():
    base = "---\njenis: modul\n---\nTeks.\n"

    same = [
        base.replace("\n", "\r\n"),
        "\ufeff" + base,
        base + "\n\n",
        "---\njenis: modul  \n---\nTeks.",
    ]

    assert {translations.fingerprint(text) for text in same} == {
        translations.fingerprint(base)
    }
    assert translations.fingerprint(base.replace("Teks", "teks")) not in same


def text(what, code):
    return next(t for t in built().texts if (t.what, t.code) == (what, code))


def question(code):
    return next(q for q in built().questions if q.code == code)


def test_all_items_and_questions_are_there_in_english():
    made = built()

    assert {t.code for t in made.texts if t.what == "item"} == {
        i.code for i in made.items
    }
    assert {t.code for t in made.texts if t.what == "question"} == {
        q.code for q in made.questions
    }


CODES = (
    *("sapaan", "unsur-catatan", "laci", "pengawas", "lama-tanggapan"),
    *("hak-warga", "tanda-terima", "ramah", "cek-kurang", "cek-catatan"),
)


@pytest.mark.parametrize("code", CODES)
def test_a_translated_question_has_the_form_of_its_base_and_no_key(code):
    base, other = question(code).body, text("question", code).body

    assert other["language"] == "en"
    assert [o["number"] for o in other["options"]] == [
        o["number"] for o in base["options"]
    ]
    for name in ("kind", "points", "shuffle_options", "competencies", "title"):
        assert other[name] == base[name]
    said = json.dumps(other)
    for secret in ("credit", "right", "truth", "accepted", "low", "high"):
        assert f'"{secret}"' not in said


def test_texts_and_units_are_translated():
    other = text("question", "lama-tanggapan").body

    assert "How many does one counter" in other["stem_html"]
    assert other["unit"] == "people"


def test_what_is_told_after_answering_stands_apart():
    told = text("question", "sapaan").told

    assert "Too late" in told["feedback"]["2"]
    assert set(told) == {
        "feedback",
        "explanation_html",
        "if_right_html",
        "if_wrong_html",
    }
    assert "Too late" not in json.dumps(text("question", "sapaan").body)


def test_headings_keep_the_places_of_the_base():
    base = next(i for i in built().items if i.code == "menyapa").body
    other = text("item", "menyapa").body

    assert [h["id"] for h in other["headings"]] == [h["id"] for h in base["headings"]]
    assert [h["text"] for h in other["headings"]] == [
        "Three steps of a greeting",
        "Standard sentences",
    ]
    for heading in base["headings"]:
        assert f'id="{heading["id"]}"' in json.dumps(other).replace('\\"', '"')


def test_minutes_and_rules_are_those_of_the_base():
    base = next(i for i in built().items if i.code == "kuis-akhir").body
    other = text("item", "kuis-akhir").body

    same = {name: value for name, value in other.items() if name in base}
    different = {name for name in base if same[name] != base[name]}
    assert different == {"title", "intro_html"}


def test_the_manifest_names_every_text():
    said = built().manifest["translations"]["en"]

    assert said["title"] == "Serving people at the counter"
    assert said["chapters"] == ["At the counter", "Closing"]
    assert said["items"]["menyapa"]["title"] == "Greeting people"
    assert said["items"]["menyapa"]["is_stale"] is False
    assert said["questions"]["sapaan"] == text("question", "sapaan").sha


def test_keys_and_versions_do_not_change_by_a_translation(folder):
    def versions():
        made = bundle.build(library.load(folder.parents[1]).courses[FOLDER])
        return [(v.code, v.sha) for v in (*made.items, *made.questions)], made

    before, first = versions()
    edit(
        folder / "en" / "kuis" / "akhir.md", "When does the officer", "When do officers"
    )
    after, second = versions()

    assert before == after
    assert first.manifest != second.manifest


def test_a_question_that_is_not_translated_falls_back_alone(folder):
    edit(
        folder / "en" / "kuis" / "akhir.md", "\nPetunjuk: Remember the first step.", ""
    )
    made = bundle.build(library.load(folder.parents[1]).courses[FOLDER])

    said = {t.code for t in made.texts if t.what == "question"}

    assert "sapaan" not in said
    assert "unsur-catatan" in said


def test_a_check_that_is_not_translated_stays_in_its_place(folder):
    path = folder / OTHER
    whole = path.read_text("utf-8")
    start, end = whole.index("/// soal | What the note"), whole.rindex("///") + 4
    path.write_text(whole[:start] + whole[end:], "utf-8")
    made = bundle.build(library.load(folder.parents[1]).courses[FOLDER])

    body = next(t.body for t in made.texts if t.code == "berkas")

    order = [s.get("check", "prosa") for s in body["segments"]]
    assert order.count("cek-kurang") == order.count("cek-catatan") == 1
    assert order.index("cek-kurang") < order.index("cek-catatan")
    assert "A good note saves" in json.dumps(body)
