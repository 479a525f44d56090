"""Matching, ordering and cloze: from the file to what is stored, and the score."""

import pytest

from lms.courseware.grading import check_answer, question_score
from tests.unit.courseware.asking import asked, stored

MATCHING = """
Pasangkan unsur dengan pertanyaan warga.

Pasangkan:
- Persyaratan -> Apa yang harus dibawa?
- Prosedur -> Langkahnya apa saja?

- Waktu -> Berapa lama?
- -> Siapa atasan petugas?

Poin: 2
"""
ORDERING = """
Urutkan langkah melayani warga.

Urutkan:
1. Menyapa dan menanyakan keperluan
2. Memeriksa kelengkapan berkas
3. Menjelaskan waktu penyelesaian
4. Memberi tanda terima

Nilai sebagian: ya
"""
CLOZE = """
Lengkapi kalimat berikut.

Isian:
Keluhan ditanggapi paling lambat [[angka: 14]] hari kerja. Standar pelayanan
diumumkan lewat [[maklumat | maklumat pelayanan]], dan diawasi oleh
[[pilih: Ombudsman | Kepolisian | BPK]].
"""


def test_matching_is_stored_with_its_right_sides_sorted():
    body, key = stored(asked(MATCHING))

    assert body["left"] == [
        {"number": 1, "html": "Persyaratan"},
        {"number": 2, "html": "Prosedur"},
        {"number": 3, "html": "Waktu"},
    ]
    assert body["options"] == [
        {"number": 1, "html": "Apa yang harus dibawa?"},
        {"number": 2, "html": "Berapa lama?"},
        {"number": 3, "html": "Langkahnya apa saja?"},
        {"number": 4, "html": "Siapa atasan petugas?"},
    ]
    assert key["pairs"] == {"1": 1, "2": 3, "3": 2}
    assert (body["points"], body["kind"], key["kind"]) == (2, "matching", "matching")


def test_two_left_sides_may_share_a_right_one():
    text = "Golongkan.\nPasangkan:\n- KTP -> Wajib\n- KK -> Wajib\n- Materai -> Pilihan"

    body, key = stored(asked(text))

    assert [option["html"] for option in body["options"]] == ["Pilihan", "Wajib"]
    assert key["pairs"] == {"1": 2, "2": 2, "3": 1}


@pytest.mark.parametrize(
    ("answer", "score", "whole"),
    [
        ({"1": 1, "2": 3, "3": 2}, 10_000, 10_000),
        ({"1": 1, "2": 2, "3": 3}, 3_333, 0),
        ({"1": 1, "3": 2}, 6_666, 0),
        ({"1": 4, "2": 4, "3": 4}, 0, 0),
        ({"1": True}, 0, 0),
        ([1, 3, 2], 0, 0),
        (None, 0, 0),
    ],
)
def test_matching_earns_right_pairs_by_pairs(answer, score, whole):
    _, key = stored(asked(MATCHING))
    _, strict = stored(asked(MATCHING + "Nilai sebagian: tidak\n"))

    assert question_score(key, answer) == score
    assert question_score(strict, answer) == whole


def test_ordering_is_stored_sorted_by_text_and_not_as_in_the_file():
    body, key = stored(asked(ORDERING))

    assert [option["html"] for option in body["options"]] == [
        "Memberi tanda terima",
        "Memeriksa kelengkapan berkas",
        "Menjelaskan waktu penyelesaian",
        "Menyapa dan menanyakan keperluan",
    ]
    assert key["order"] == [4, 2, 3, 1]


@pytest.mark.parametrize(
    ("answer", "score"),
    [
        ([4, 2, 3, 1], 10_000),
        ([2, 3, 1, 4], 6_666),  # one misplaced step does not cost all
        ([2, 4, 3, 1], 6_666),
        ([1, 3, 2, 4], 0),
        ([4, 2, 3], 0),
        ([4, 2, 3, 3], 0),
        ([4, 2, 3, True], 0),
        ({"1": 4}, 0),
        (None, 0),
    ],
)
def test_ordering_earns_its_longest_run_in_order(answer, score):
    _, key = stored(asked(ORDERING))
    _, strict = stored(asked(ORDERING.replace("sebagian: ya", "sebagian: tidak")))

    assert question_score(key, answer) == score
    assert question_score(strict, answer) == (score if score == 10_000 else 0)


def test_steps_may_all_be_numbered_one():
    steps = "Urutkan.\nUrutkan:\n1. A\n1. B\n1. C\n"

    assert asked(steps).asks.steps == ("A", "B", "C")


def test_cloze_is_stored_in_pieces_around_its_gaps():
    body, key = stored(asked(CLOZE))

    assert body["pieces"] == [
        "<p>Keluhan ditanggapi paling lambat ",
        " hari kerja. Standar pelayanan\ndiumumkan lewat ",
        ", dan diawasi oleh\n",
        ".</p>",
    ]
    assert body["gaps"] == [
        {"number": 1, "shape": "number", "options": []},
        {"number": 2, "shape": "text", "options": []},
        {
            "number": 3,
            "shape": "choice",
            "options": [
                {"number": 1, "text": "BPK"},
                {"number": 2, "text": "Kepolisian"},
                {"number": 3, "text": "Ombudsman"},
            ],
        },
    ]
    assert key["gaps"] == [
        {"shape": "number", "low": "14", "high": "14"},
        {
            "shape": "text",
            "accepted": ["maklumat", "maklumat pelayanan"],
            "exact_case": False,
        },
        {"shape": "choice", "right": 3},
    ]


@pytest.mark.parametrize(
    ("answer", "score"),
    [
        ({"1": "14", "2": "Maklumat", "3": 3}, 10_000),
        ({"1": "14,0", "2": "  MAKLUMAT  pelayanan. "}, 6_666),
        ({"1": "15", "2": "maklumat", "3": 1}, 3_333),
        ({"3": True}, 0),
        ({"1": 14}, 0),
        ("maklumat", 0),
        (None, 0),
    ],
)
def test_cloze_earns_the_mean_of_its_gaps(answer, score):
    _, key = stored(asked(CLOZE))
    _, strict = stored(asked(CLOZE + "Nilai sebagian: tidak"))

    assert question_score(key, answer) == score
    assert question_score(strict, answer) == (score if score == 10_000 else 0)


def test_letters_of_a_gap_may_have_to_be_exact():
    _, key = stored(asked("Lengkapi.\nIsian: Singkatannya [[SKM]].\nHuruf: persis"))

    assert question_score(key, {"1": "SKM"}) == 10_000
    assert question_score(key, {"1": "skm"}) == 0


def test_a_number_in_a_gap_is_read_in_the_language_of_the_page():
    _, key = stored(asked("Hitung.\nIsian: Jumlahnya [[angka: 1.000]] berkas."))

    assert question_score(key, {"1": "1.000"}) == 10_000
    assert question_score(key, {"1": "1,000"}) == 0
    assert question_score(key, {"1": "1,000"}, "en") == 10_000


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        ("[[a]]", "<p>", "</p>"),
        ("\n\n  [[a]] dan [[b]]", "<p>", "</p>"),
        ("\n**Tebal [[a]]**", "<p><strong>Tebal ", "</strong></p>"),
        ("\n| A | B |\n|---|---|\n| x | [[a | b]] |", "<td>", "</td>"),
        ("\n- satu [[a]]\n- dua [[b]]\n\nAkhir kalimat.", "<li>satu ", "</li>"),
        ("\nPakai `[[x]]` lalu [[a]].", "<code>[[x]]</code> lalu ", ".</p>"),
        ("\n```\nif [[ -f x ]]\n```\n\nNamanya [[a]].", "<p>Namanya ", ".</p>"),
    ],
)
def test_gaps_may_stand_wherever_words_do(text, before, after):
    body, _ = stored(asked(f"Lengkapi.\nIsian: {text}"))

    assert len(body["pieces"]) == len(body["gaps"]) + 1
    assert body["pieces"][0].endswith(before)
    assert after in body["pieces"][-1]
    assert "kelasrumpang" not in str(body)


@pytest.mark.parametrize(
    ("text", "raw", "answer"),
    [
        (MATCHING, {"1": "3", 2: 1, "3": ""}, {"1": 3, "2": 1}),
        (MATCHING, {"3": None}, None),
        (MATCHING, {}, None),
        (MATCHING, "", None),
        (ORDERING, ["4", 2, 3, "1"], [4, 2, 3, 1]),
        (ORDERING, [], None),
        (
            CLOZE,
            {"3": "2", "2": " maklumat ", "1": "14,5"},
            {"1": "14,5", "2": "maklumat", "3": 2},
        ),
        (CLOZE, {"1": "", "2": "   "}, None),
    ],
)
def test_an_answer_is_brought_to_its_stored_form(text, raw, answer):
    body, _ = stored(asked(text))

    found = check_answer(body["kind"], len(body["options"]), raw, body)

    assert found == answer


@pytest.mark.parametrize(
    ("text", "raw"),
    [
        *((MATCHING, raw) for raw in ([], "1", 5, {"4": 1}, {"1": 5}, {"1": [1]})),
        *((MATCHING, raw) for raw in ({"0": 1}, {"1": True}, {"x": 1}, {"1": "1.0"})),
        (MATCHING, {str(n): 1 for n in range(1, 9)}),
        *((ORDERING, raw) for raw in ("4", {}, [1], [1, 2, 3], [1, 2, 3, 3], [0] * 4)),
        *(
            (ORDERING, raw)
            for raw in ([1, 2, 3, 4, 1], [[1], 2, 3, 4], [True, 2, 3, 4])
        ),
        *((CLOZE, raw) for raw in ("14", [1], {"4": "a"}, {"1": "banyak"}, {"3": 4})),
        *(
            (CLOZE, raw)
            for raw in ({"2": 5}, {"2": "a" * 501}, {"2": "a\0"}, {"3": "x"})
        ),
    ],
)
def test_what_cannot_be_an_answer_is_refused(text, raw):
    body, _ = stored(asked(text))

    with pytest.raises(ValueError, match=r"\w"):
        check_answer(body["kind"], len(body["options"]), raw, body)
