"""Essay, upload and Likert, and questions of surveys: what no rule can score."""

import pytest

from lms.courseware.grading import bounds, check_answer, grade, question_score
from lms.courseware.scoring.essay import words
from tests.unit.courseware.asking import ask, asked, stored

RUBRIC = """
Rubrik:

| Kriteria | Bobot | 4 | 3 | 2 | 1 |
|---|---|---|---|---|---|
| Kejelasan masalah {#masalah} | 50 | Rinci dan *terukur* | Jelas | Umum | Tidak jelas |
| Tindakan {#tindakan} | 50 | Ada bukti | Sesuai standar | Sebagian | Tidak sesuai |
"""
ESSAY = f"""
Ceritakan satu keluhan yang pernah Anda tangani.

Uraian: 80 sampai 300 kata
Poin: 4
{RUBRIC}"""
UPLOAD = "Kirim rencana Anda.\n\nUnggah: pdf, docx\n"
LIKERT = """
Seberapa setuju Anda dengan pernyataan berikut?

Skala: Sangat tidak setuju | Tidak setuju | Netral | Setuju | Sangat setuju
- Materi sesuai dengan tugas saya {#sesuai-tugas}
- Contoh mudah diterapkan {#mudah-diterapkan}

- Durasi **memadai** {#durasi-memadai}
"""


def test_an_essay_is_stored_with_its_words_and_rubric():
    body, key = stored(asked(ESSAY))

    assert (body["min_words"], body["max_words"], body["points"]) == (80, 300, 4)
    assert [(row["code"], row["weight"]) for row in body["rubric"]] == [
        ("masalah", 50),
        ("tindakan", 50),
    ]
    assert body["rubric"][0]["levels"][0] == {
        "value": 4,
        "html": "Rinci dan <em>terukur</em>",
    }
    assert key["kind"] == "essay"


@pytest.mark.parametrize(
    ("text", "limits"),
    [
        ("bebas", (None, None)),
        ("Bebas", (None, None)),
        ("80 sampai 300 kata", (80, 300)),
        ("paling sedikit 80 kata", (80, None)),
        ("paling banyak 300 kata", (None, 300)),
    ],
)
def test_an_essay_may_say_how_long_it_should_be(text, limits):
    asks = asked(f"Tulis.\nUraian: {text}").asks

    assert (asks.min_words, asks.max_words, asks.rubric) == (*limits, ())


def test_an_upload_is_stored_with_the_files_it_takes():
    body, key = stored(asked(UPLOAD + "Ukuran maksimal: 10 MB" + RUBRIC))

    assert body["accept"] == ["pdf", "docx"]
    assert body["max_bytes"] == 10_000_000
    assert [row["code"] for row in body["rubric"]] == ["masalah", "tindakan"]
    assert key["kind"] == "upload"


def test_a_scale_is_stored_with_its_statements():
    body, key = stored(asked(LIKERT + "Wajib: tidak", "survey"))

    assert body["scale"][0] == "Sangat tidak setuju"
    assert body["statements"] == [
        {"code": "sesuai-tugas", "html": "Materi sesuai dengan tugas saya"},
        {"code": "mudah-diterapkan", "html": "Contoh mudah diterapkan"},
        {"code": "durasi-memadai", "html": "Durasi <strong>memadai</strong>"},
    ]
    assert body["required"] is False
    assert key["kind"] == "likert"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("- ( ) Pagi\n- ( ) Sore", "single"),
        ("- [ ] Simulasi\n- [ ] Proyek", "multiple"),
        ("Jawaban:", "short_text"),
        ("Jawaban angka:\nSatuan: tahun", "numeric"),
        ("Uraian: bebas", "essay"),
    ],
)
def test_a_question_of_a_survey_has_no_key(text, kind):
    question = asked(f"Apa pilihan Anda?\n\n{text}", "survey")

    body, key = stored(question)

    assert (question.kind, body["required"]) == (kind, True)
    assert set(key) == {
        *("kind", "feedback", "explanation_html", "if_right_html", "if_wrong_html")
    }
    assert key["feedback"] == {}


@pytest.mark.parametrize("text", [ESSAY, UPLOAD])
def test_a_person_grades_what_no_rule_can(text):
    body, key = stored(asked(text))
    raw = "Sebuah cerita." if body["kind"] == "essay" else {"file": "a1"}
    answer = check_answer(body["kind"], 0, raw, body)

    assert question_score(key, answer) is None
    assert question_score(key, None) == 0  # nothing to grade


def test_a_grade_waits_for_a_person_and_says_what_is_known():
    slots = [(2, 10_000), (1, 0), (1, None)]

    assert grade(slots) is None
    assert bounds(slots) == (5_000, 7_500)
    assert bounds([(2, 10_000), (1, 0), (1, 8_000)]) == (7_000, 7_000)
    assert grade([(99, 10_000)] * 500 + [(1, None)]) is None


@pytest.mark.parametrize(
    ("text", "raw", "answer"),
    [
        (ESSAY, " Baris satu.\r\n\r\n\tBaris dua. \n", "Baris satu.\n\n\tBaris dua."),
        (ESSAY, " \r\n ", None),
        (ESSAY, "é" * 20_000, "é" * 20_000),
        (UPLOAD, {"file": "c0ffee-1"}, {"file": "c0ffee-1"}),
        (UPLOAD, {"file": ""}, None),
        (UPLOAD, {}, None),
    ],
)
def test_an_answer_is_brought_to_its_stored_form(text, raw, answer):
    body, _ = stored(asked(text))

    assert check_answer(body["kind"], 0, raw, body) == answer


def test_answers_on_a_scale_are_kept_in_the_order_of_the_page():
    body, _ = stored(asked(LIKERT, "survey"))
    raw = {"durasi-memadai": "5", "sesuai-tugas": 3, "mudah-diterapkan": ""}

    found = check_answer("likert", 0, raw, body)

    assert list(found.items()) == [("sesuai-tugas", 3), ("durasi-memadai", 5)]
    assert check_answer("likert", 0, {}, body) is None


@pytest.mark.parametrize(
    ("text", "use", "raw"),
    [
        *((ESSAY, "quiz", raw) for raw in (5, [], {}, "a" * 20_001, "a\0b", "\ud800")),
        *((UPLOAD, "quiz", raw) for raw in ("a", {"file": 5}, {"file": "../x"})),
        *((UPLOAD, "quiz", raw) for raw in ({"file": "a", "b": 1}, {"file": "a" * 65})),
        *((LIKERT, "survey", raw) for raw in ("3", [3], {"lain": 3})),
        *((LIKERT, "survey", {"sesuai-tugas": n}) for n in (0, 6, True, "x", [1])),
    ],
)
def test_what_cannot_be_an_answer_is_refused(text, use, raw):
    body, _ = stored(asked(text, use))

    with pytest.raises(ValueError, match=r"\w"):
        check_answer(body["kind"], 0, raw, body)


def test_words_are_counted_between_spaces():
    assert words(" satu dua\n\ntiga-empat \t lima ") == 4


MISTAKES = [
    ("- ( ) a\n- (x) b", "survey", "C340", (4, 4), "( )"),
    ("- [x] a\n- [ ] b", "survey", "C340", (3, 4), "[ ]"),
    ("- (50%) a\n- ( ) b", "survey", "C340", (3, 4), "( )"),
    ("Jawaban: a", "survey", "C340", (3, 10), "Jawaban:"),
    ("Jawaban angka: 5", "survey", "C340", (3, 16), "Jawaban angka:"),
    ("- ( ) a\n  > Tepat.\n- ( ) b", "survey", "C376", (3, 3), "hapus"),
    ("- ( ) a\n- ( ) a", "survey", "C344", (4, 3), "hapus"),
    ("Pernyataan ini: benar", "survey", "C375", (3, 1), ""),
    ("Pasangkan:\n- a -> b\n- c -> d", "survey", "C375", (3, 1), ""),
    ("Unggah: pdf", "survey", "C375", (3, 1), ""),
    ("Uraian: bebas\nPoin: 2", "survey", "C324", (4, 1), "hapus"),
    ("Uraian: bebas\nPembahasan: b", "survey", "C324", (4, 1), "hapus"),
    ("Uraian: bebas\nWajib: mungkin", "survey", "A137", (4, 8), "Wajib: ya"),
    ("Uraian: bebas\nWajib: tidak", "quiz", "C324", (4, 1), "hapus"),
    ("Skala: a | b\n- satu {#s}", "quiz", "C375", (3, 1), ""),
    ("Uraian: bebas", "check", "C375", (3, 1), ""),
    ("Unggah: pdf", "check", "C375", (3, 1), ""),
    ("Angka: n = 1 | 2\nJawaban angka: {{n}}", "check", "C324", (3, 1), "hapus"),
    ("Uraian:", "quiz", "A138", (3, 8), "80 sampai 300"),
    ("Uraian: panjang", "quiz", "A138", (3, 9), "bebas"),
    ("Uraian: 300 sampai 80 kata", "quiz", "C351", (3, 9), "80 sampai 300"),
    ("Uraian: 80 sampai 80 kata", "quiz", "C351", (3, 9), "Uraian:"),
    ("Uraian: 80 sampai 9000 kata", "quiz", "C366", (3, 9), "Uraian:"),
    ("Uraian: paling banyak 0 kata", "quiz", "C366", (3, 9), "Uraian:"),
    ("Uraian: bebas\n\nTulis rapi.", "quiz", "C318", (5, 1), "Pembahasan"),
    ("Uraian: bebas\nRubrik:", "quiz", "E501", (4, 1), "Kriteria"),
    ("Uraian: bebas\nRubrik: ketat", "quiz", "E501", (4, 9), "|"),
    ("Jawaban: a\nRubrik:\n| a |", "quiz", "C324", (4, 1), "hapus"),
    ("Unggah:", "quiz", "A138", (3, 8), "pdf"),
    ("Unggah: pdf, exe", "quiz", "A138", (3, 14), "pilihan: pdf"),
    ("Unggah: pdff", "quiz", "A138", (3, 9), '"pdf"'),
    ("Unggah: pdf\nUkuran maksimal: besar", "quiz", "A135", (4, 18), "5 MB"),
    ("Unggah: pdf\nUkuran maksimal: 21 MB", "quiz", "A135", (4, 18), "5 MB"),
    ("Skala: a\n- satu {#s}", "survey", "C361", (3, 8), "Skala:"),
    ("Skala:\n- satu {#s}", "survey", "C361", (3, 7), "Skala:"),
    ("Skala: a | | b\n- satu {#s}", "survey", "C315", (3, 12), "Skala:"),
    ("Skala: a | A\n- satu {#s}", "survey", "C344", (3, 12), "hapus"),
    ("Skala: a | b\n- satu dua", "survey", "C362", (4, 3), "{#satu-dua}"),
    ("Skala: a | b\nsatu {#s}", "survey", "C362", (4, 1), "- satu {#s}"),
    ("Skala: a | b\n1. satu {#s}", "survey", "C362", (4, 1), "- satu {#s}"),
    ("Skala: a | b\n- satu {#S S}", "survey", "C302", (4, 10), "{#s-s}"),
    ("Skala: a | b\n- satu {#s}\n- dua {#s}", "survey", "C303", (5, 9), "lain"),
    ("Skala: a | b\n- satu {#s}\n- Satu {#t}", "survey", "C344", (5, 3), "hapus"),
    ("Skala: a | b\n- {#s}", "survey", "C315", (4, 3), "teks"),
    ("Skala: a | b", "survey", "C343", (3, 8), "- "),
    (
        "Skala: " + " | ".join("abcdefghijkl") + "\n- x {#x}",
        "survey",
        "C366",
        (3, 8),
        "",
    ),
]


@pytest.mark.parametrize(("text", "use", "code", "place", "fix"), MISTAKES)
def test_a_mistake_is_named_with_its_place(text, use, code, place, fix):
    question, found = ask(f"Pertanyaan.\n{text}", use)

    places = [(f.code, f.line, f.column) for f in found]
    assert question is None
    assert (code, *place) in places, found
    assert fix in found[places.index((code, *place))].fix
