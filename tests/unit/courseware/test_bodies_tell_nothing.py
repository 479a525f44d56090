"""Whatever the right answer is, what a learner may see of a question is the same."""

import json
from dataclasses import replace
from decimal import Decimal
from itertools import permutations

import pytest

from lms.courseware.scoring import KINDS
from tests.unit.courseware.asking import asked, stored

SECRET = "RAHASIA"
TOLD = f"""
Pembahasan: {SECRET} pembahasan
Jika tepat: {SECRET} tepat
Jika keliru: {SECRET} keliru
"""
WORDS = ("Zebra", "Apel", "Mangga", "Beri")
# By kind: texts of the same question, each with another right answer.
VARIANTS = {
    "single": [
        "\n".join(f"- ({'x' if n == right else ' '}) {w}" for n, w in enumerate(WORDS))
        for right in range(4)
    ]
    + ["- (x) Zebra\n- (50%) Apel\n- (20%) Mangga\n- ( ) Beri"],
    "multiple": [
        "- [x] Zebra\n- [ ] Apel\n- [ ] Mangga",
        "- [ ] Zebra\n- [x] Apel\n- [x] Mangga",
        "- [x] Zebra\n- [x] Apel\n- [x] Mangga\nNilai sebagian: tidak",
    ],
    "true_false": ["Pernyataan ini: benar", "Pernyataan ini: salah"],
    "short_text": [f"Jawaban: {SECRET} a", f"Jawaban: b {SECRET} | c\nHuruf: persis"],
    "numeric": ["Jawaban angka: 77,25", "Jawaban angka: 88 sampai 99"],
    "matching": [
        "Pasangkan:\n"
        + "\n".join(f"- kiri {n} -> {w}" for n, w in enumerate(order))
        + "\n- -> Pengecoh"
        for order in permutations(WORDS)
    ]
    + [
        "Pasangkan:\n- kiri 0 -> Pengecoh\n- kiri 1 -> Apel\n- kiri 2 -> Beri\n"
        "- kiri 3 -> Zebra\n- -> Mangga\nNilai sebagian: tidak"
    ],
    "ordering": [
        "Urutkan:\n" + "\n".join(f"{n}. {w}" for n, w in enumerate(order, 1))
        for order in permutations(WORDS)
    ],
    "cloze": [
        f"Isian: Tulis [[{SECRET} a]], hitung [[angka: 77]], "
        f"pilih [[pilih: {' | '.join((right, *{*WORDS} - {right}))}]].\n"
        for right in WORDS
    ]
    + [
        f"Isian: Tulis [[b | {SECRET} b]], hitung [[angka: 8 sampai 9]], "
        "pilih [[pilih: Beri | Apel | Mangga | Zebra]].\nNilai sebagian: tidak"
    ],
}
DRAWN = [
    "Angka: n = 2 | 3\nJawaban angka: {{n * 77}}",
    "Angka: n = 2 | 3\nJawaban angka: {{n + 88}} ± 5%",
    "Angka: n = 2 | 3\nJawaban angka: {{n}} sampai {{n * 99}}",
]


@pytest.mark.parametrize("kind", VARIANTS)
def test_a_body_is_the_same_whatever_is_right(kind):
    questions = [asked(f"Pertanyaan.\n{text}\n{TOLD}") for text in VARIANTS[kind]]

    pairs = [stored(question) for question in questions]

    assert {question.kind for question in questions} == {kind}
    bodies = {json.dumps(body) for body, _ in pairs}
    keys = {json.dumps(key) for _, key in pairs}
    assert len(bodies) == 1
    assert len(keys) == len(VARIANTS[kind])
    assert SECRET not in bodies.pop()
    assert all(SECRET in key for key in keys)


def test_a_body_with_drawn_numbers_is_the_same_whatever_is_right():
    pairs = [stored(asked(f"Nilainya {{{{n}}}}.\n{text}\n{TOLD}")) for text in DRAWN]

    bodies = {json.dumps(body) for body, _ in pairs}
    assert len(bodies) == 1
    told = bodies.pop()
    assert not any(secret in told for secret in (SECRET, "77", "88", "99", "formula"))
    assert len({json.dumps(key) for _, key in pairs}) == len(DRAWN)


@pytest.mark.parametrize("kind", VARIANTS)
def test_no_name_in_a_body_speaks_of_what_is_right(kind):
    body, key = stored(asked(f"Pertanyaan.\n{VARIANTS[kind][0]}"))

    told = json.dumps(body)

    own = KINDS[kind].key(asked(f"Pertanyaan.\n{VARIANTS[kind][0]}")).keys()
    assert own <= key.keys()
    for name in own - {"gaps"}:
        assert f'"{name}"' not in told
    for word in ("credit", "right", "accepted", "order", "pairs", "feedback", "truth"):
        assert f'"{word}"' not in told


def test_mark_up_does_not_bring_the_right_side_first():
    plain = "Pasangkan:\n- a -> Zebra\n- b -> Apel"
    marked = "Pasangkan:\n- a -> **Zebra**\n- b -> Apel"

    body, _ = stored(asked(f"Pasangkan.\n{marked}"))
    same, _ = stored(asked(f"Pasangkan.\n{plain}"))

    assert [o["number"] for o in body["options"]] == [1, 2]
    assert body["options"][1]["html"] == "<strong>Zebra</strong>"
    assert body["options"][0] == same["options"][0]


def test_every_kind_is_looked_at_here():
    by_people = {"essay", "upload", "likert"}

    assert {*VARIANTS, *by_people} == set(KINDS)


def test_a_better_explanation_changes_the_key_and_not_the_body():
    question = asked(f"Berapa?\nJawaban angka: 5\n{TOLD}")
    better = replace(question, explanation="Lebih jelas", number=question.number)

    (body, key), (same, other) = stored(question), stored(better)

    assert body == same
    assert key != other
    assert Decimal(key["low"]) == Decimal(other["low"])
