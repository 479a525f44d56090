"""Rubric tables: read from their lines, every mistake with its place, and scored."""

import pytest

from lms.courseware import rubrics
from lms.courseware.notes import Notes

HEAD = "| Kriteria | Bobot | 4 | 2 | 0 |"
RULE = "|---|---|---|---|---|"
ONE = "| Analisis {#analisis} | 60 | Ada data | Ada sebab | Tidak ada |"
TWO = "| Bahasa {#bahasa} | 40 | Baku | Cukup | Sulit dibaca |"
FIRST_LINE = 10


def read(*lines, seen=None):
    notes = Notes("tugas/rencana.md")
    numbered = list(enumerate(lines, FIRST_LINE))
    return rubrics.read(numbered, (8, 4), notes, seen), notes.found


def test_a_rubric_is_read_row_by_row():
    criteria, found = read("", HEAD, RULE, ONE, TWO, "")

    assert found == []
    assert [(c.code, c.title, c.weight, c.line) for c in criteria] == [
        ("analisis", "Analisis", 60, 13),
        ("bahasa", "Bahasa", 40, 14),
    ]
    assert [(lv.value, lv.text) for lv in criteria[0].levels] == [
        (4, "Ada data"),
        (2, "Ada sebab"),
        (0, "Tidak ada"),
    ]


@pytest.mark.parametrize(
    "change",
    [
        lambda line: "   " + line,  # moved to the right
        lambda line: line.removesuffix("|"),  # without the last bar
        lambda line: line.replace("|---", "| :---: "),  # with alignment
        lambda line: line.replace("40", "40 %"),
        lambda line: line.replace("Kriteria", "KRITERIA"),
    ],
)
def test_ways_to_write_the_same_rubric(change):
    plain, _ = read(HEAD, RULE, ONE, TWO)

    criteria, found = read(*(change(line) for line in (HEAD, RULE, ONE, TWO)))

    assert (criteria, found) == (plain, [])


def test_a_bar_inside_a_cell_is_escaped():
    criteria, found = read(HEAD, RULE, ONE, TWO.replace("Baku", r"Baku \| rapi"))

    assert found == []
    assert criteria[1].levels[0].text == "Baku | rapi"


MISTAKES = [
    ([], "E501", (8, 4), "belum punya tabel"),
    (["", "  "], "E501", (8, 4), "belum punya tabel"),
    (["Nilai dengan hati."], "E501", (10, 1), "tidak akan tampil"),
    ([HEAD, RULE, ONE, TWO, "", "  Catatan."], "E501", (15, 3), "tidak akan"),
    ([HEAD, RULE, ONE, "", TWO], "E501", (14, 1), "baris kosong"),
    (["| Kriteria |"], "E501", (10, 1), "belum lengkap"),
    (["| Kriterium | Bobot | 1 | 0 |"], "E501", (10, 3), '"Kriteria"'),
    ([HEAD.replace("Bobot", "Berat"), RULE, ONE], "E501", (10, 14), '"Bobot"'),
    ([HEAD.replace("| 2", "| dua"), RULE, ONE], "E501", (10, 26), '"dua"'),
    ([HEAD.replace("| 2", "| 200"), RULE, ONE], "E501", (10, 26), "0–100"),
    ([HEAD.replace("| 2", "| 4"), RULE, ONE], "E501", (10, 26), "dua kali"),
    (
        ["| Kriteria | Bobot | 4 |", "|---|---|---|"],
        "E501",
        (10, 22),
        "dua tingkat",
    ),
    ([HEAD, ONE, TWO], "E501", (11, 1), "garis pemisah"),
    ([HEAD], "E501", (11, 1), "garis pemisah"),
    ([HEAD, RULE], "E501", (11, 1), "belum punya baris"),
    ([HEAD, RULE, ONE + " x |", TWO], "E502", (12, 1), "6 kolom, seharusnya 5"),
    ([HEAD, RULE, "| a {#a} | 100 |"], "E502", (12, 1), "2 kolom"),
    ([HEAD, RULE, ONE.replace(" {#analisis}", ""), TWO], "E503", (12, 3), "kode"),
    ([HEAD, RULE, ONE.replace("#ana", "#Ana"), TWO], "C302", (12, 14), "Analisis"),
    ([HEAD, RULE, ONE, TWO.replace("bahasa", "analisis")], "C303", (13, 12), "12"),
    ([HEAD, RULE, ONE.replace("60", "x"), TWO], "E504", (12, 26), '"x" bukan'),
    ([HEAD, RULE, ONE.replace("60", "0"), TWO], "E504", (12, 26), "bulat"),
    ([HEAD, RULE, ONE.replace("60", "59,5"), TWO], "E504", (12, 26), "bulat"),
    ([HEAD, RULE, ONE.replace("60", "50"), TWO], "E505", (10, 14), "90"),
    ([HEAD, RULE, ONE.replace("Ada data", " "), TWO], "E506", (12, 33), "kosong"),
    ([HEAD, RULE, "| {#a} | 100 | a | b | c |"], "E506", (12, 3), "kosong"),
    ([HEAD, RULE, ONE.replace("data", "d" * 1001), TWO], "E507", (12, 31), "1000"),
    ([HEAD, RULE, *[ONE] * 21], "E507", (32, 1), "20 kriteria"),
]


@pytest.mark.parametrize(("lines", "code", "place", "words"), MISTAKES)
def test_a_mistake_is_named_with_its_place(lines, code, place, words):
    criteria, found = read(*lines)

    assert criteria is None
    places = [(f.code, f.line, f.column) for f in found]
    assert (code, *place) in places, found
    finding = found[places.index((code, *place))]
    assert words in finding.message
    assert finding.fix


def test_codes_may_have_to_be_unique_in_a_wider_place():
    _, found = read(HEAD, RULE, ONE, TWO, seen={"bahasa": 3})

    assert [(f.code, f.message) for f in found] == [
        ("C303", 'kode "bahasa" sudah dipakai di baris 3')
    ]


def test_an_assignment_without_a_rubric_is_told_what_to_add():
    notes = Notes("tugas/rencana.md")

    rubrics.missing(1, 1, notes)

    assert [(f.code, f.fix) for f in notes.found] == [
        ("E500", 'tambahkan judul "## Rubrik" dan tabelnya')
    ]


def test_texts_and_stored_form_belong_together():
    criteria, _ = read(HEAD, RULE, ONE, TWO)

    html = [f"<b>{text}</b>" for text in rubrics.texts(criteria)]
    stored = rubrics.body(criteria, html)

    assert stored[1] == {
        "code": "bahasa",
        "title_html": "<b>Bahasa</b>",
        "weight": 40,
        "levels": [
            {"value": 4, "html": "<b>Baku</b>"},
            {"value": 2, "html": "<b>Cukup</b>"},
            {"value": 0, "html": "<b>Sulit dibaca</b>"},
        ],
    }


@pytest.mark.parametrize(
    ("chosen", "score"),
    [
        ({"analisis": 4, "bahasa": 4}, 10_000),
        ({"analisis": 0, "bahasa": 0}, 0),
        ({"analisis": 2, "bahasa": 4}, 7_000),
        ({"analisis": 4, "bahasa": 2}, 8_000),
    ],
)
def test_a_score_is_weight_times_level_over_top_level(chosen, score):
    criteria, _ = read(HEAD, RULE, ONE, TWO)
    stored = rubrics.body(criteria, rubrics.texts(criteria))

    assert rubrics.score(stored, chosen) == score


def test_thirds_are_rounded_down_once():
    head = "| Kriteria | Bobot | 3 | 2 | 1 |"
    rows = [
        f"| K {{#k{n}}} | {weight} | a | b | c |" for n, weight in enumerate((33, 67))
    ]
    criteria, _ = read(head, RULE, *rows)
    stored = rubrics.body(criteria, rubrics.texts(criteria))

    assert rubrics.score(stored, {"k0": 3, "k1": 3}) == 10_000
    assert rubrics.score(stored, {"k0": 2, "k1": 2}) == 6_666


@pytest.mark.parametrize(
    "chosen",
    [
        {},
        {"analisis": 4},
        {"analisis": 4, "bahasa": 3},
        {"analisis": True, "bahasa": 4},
    ],
)
def test_a_grading_that_does_not_fit_the_rubric_is_refused(chosen):
    criteria, _ = read(HEAD, RULE, ONE, TWO)
    stored = rubrics.body(criteria, rubrics.texts(criteria))

    with pytest.raises(ValueError, match="level"):
        rubrics.score(stored, chosen)
