"""Answers counted again by another version's key: mapped by text, else undecided."""

import pytest

from lms.courseware import renumbering


def body(kind: str, options=(), **more) -> dict:
    return {
        "kind": kind,
        "options": [{"number": n, "html": text} for n, text in enumerate(options, 1)],
    } | more


def sides(texts) -> list[dict]:
    return [{"number": n, "html": text} for n, text in enumerate(texts, 1)]


OLD = body("single", ["Merah", "Hijau", "Biru"])
NEW = body("single", ["Biru", "Merah", "Hijau"])
KEY = {"kind": "single", "credit": {"1": 0, "2": 100, "3": 50}}


@pytest.mark.parametrize(
    ("given", "score"), [(1, 10_000), (2, 5_000), (3, 0), (None, 0), (9, None)]
)
def test_a_single_choice_is_counted_by_the_text_chosen(given, score):
    assert renumbering.rescore(OLD, NEW, KEY, given) == score


def test_what_nobody_could_choose_is_undecided():
    new = body("single", ["Merah", "Hijau", "Biru", "Ungu tua sekali"])
    key = {"kind": "single", "credit": {"1": 0, "2": 0, "3": 0, "4": 100}}

    assert renumbering.rescore(OLD, new, key, 1) is None


def test_a_distractor_that_was_added_takes_nothing_away():
    new = body("single", ["Merah", "Hijau", "Biru", "Ungu tua sekali"])
    key = {"kind": "single", "credit": {"1": 100, "2": 0, "3": 0, "4": 0}}

    assert renumbering.rescore(OLD, new, key, 1) == 10_000
    assert renumbering.rescore(OLD, new, key, 2) == 0


def test_another_kind_is_undecided():
    assert renumbering.rescore(OLD, body("multiple", ["Merah"]), KEY, 1) is None


def test_several_choices_are_each_told_by_their_text():
    old, new = body("multiple", "ABC"), body("multiple", "CBA")
    key = {"kind": "multiple", "right": [1, 2], "count": 3, "partial": True}

    assert renumbering.rescore(old, new, key, [2, 3]) == 10_000
    assert renumbering.rescore(old, new, key, [1]) == 0
    assert renumbering.rescore(old, new, key, [1, 2, 3]) == 5_000


def test_a_typed_answer_is_read_anew():
    old = new = body("short_text")
    key = {"kind": "short_text", "accepted": ["Ombudsman RI"], "exact_case": False}

    assert renumbering.rescore(old, new, key, "ombudsman ri.") == 10_000


def test_other_parameters_are_undecided():
    old = body("numeric", parameters={"n": {"values": ["1"]}})
    new = body("numeric", parameters={"m": {"values": ["1"]}})

    assert renumbering.rescore(old, new, {"kind": "numeric"}, "1") is None


def test_pairs_are_carried_over_on_both_sides():
    old = body("matching", ["Apa?", "Berapa?"], left=sides(["Syarat", "Biaya"]))
    new = body("matching", ["Berapa?", "Apa?"], left=sides(["Biaya", "Syarat"]))
    found = renumbering.parts(old, new)

    assert renumbering.answer("matching", {"1": 1}, found) == {"2": 2}
    key = {"kind": "matching", "pairs": {"1": 1, "2": 2}}
    assert renumbering.key(key, found)["pairs"] == {"2": 2, "1": 1}


def test_an_order_is_carried_over():
    old = body("ordering", ["Sapa", "Periksa", "Catat"])
    new = body("ordering", ["Catat", "Periksa", "Sapa"])
    found = renumbering.parts(old, new)

    assert renumbering.answer("ordering", [1, 2, 3], found) == [3, 2, 1]
    assert renumbering.key({"kind": "ordering", "order": [1, 2, 3]}, found)[
        "order"
    ] == [3, 2, 1]


def test_gaps_are_known_by_what_stands_around_them():
    def cloze(first: str, choices: list[str]) -> dict:
        return body(
            "cloze",
            pieces=[first, " hari kerja lewat ", "."],
            gaps=[
                {"number": 1, "shape": "number", "options": []},
                {
                    "number": 2,
                    "shape": "choice",
                    "options": [
                        {"number": n, "text": t} for n, t in enumerate(choices, 1)
                    ],
                },
            ],
        )

    old = cloze("Ditanggapi dalam", ["BPK", "Ombudsman"])
    new = cloze("Ditanggapi  dalam", ["Kepolisian", "Ombudsman", "BPK"])
    found = renumbering.parts(old, new)

    assert renumbering.answer("cloze", {"1": "14", "2": 2}, found) == {
        "1": "14",
        "2": 2,
    }
    with pytest.raises(renumbering.Undecided):
        renumbering.answer("cloze", {"2": 9}, found)
