"""Questions of more than one field: what is shown, what is sent, what was right."""

from decimal import Decimal

import pytest

from lms.learn import answering
from lms.learn.answering import AnswerUnreadable, Asked, essay, ordering, words

MATCHING = {
    "kind": "matching",
    "left": [{"number": n, "html": f"<b>kiri {n}</b>"} for n in (1, 2, 3)],
    "options": [{"number": n, "html": f"kanan {n}"} for n in (1, 2, 3, 4)],
}
ORDERING = {
    "kind": "ordering",
    "options": [{"number": n, "html": f"langkah <i>{n}</i>"} for n in (1, 2, 3, 4)],
}
CLOZE = {
    "kind": "cloze",
    "pieces": ["<p>Diumumkan lewat ", ", paling lambat ", " hari, oleh ", ".</p>"],
    "gaps": [
        {"number": 1, "shape": "text", "options": []},
        {"number": 2, "shape": "number", "options": []},
        {
            "number": 3,
            "shape": "choice",
            "options": [
                {"number": n, "text": text}
                for n, text in ((1, "BPK"), (2, "Ombudsman"), (3, "Polisi"))
            ],
        },
    ],
}
ESSAY = {"kind": "essay", "min_words": 3, "max_words": 5, "rubric": []}
SHOWN = [3, 1, 4, 2]


def asked(body, shown=(), language="id") -> Asked:
    return Asked(body, list(shown), language)


# ---- matching


def test_right_sides_travel_as_places_in_the_order_shown():
    shape = answering.show(asked(MATCHING, SHOWN), {"1": 4, "3": 3})

    assert [right.text for right in shape.rights] == [
        f"kanan {number}" for number in SHOWN
    ]
    assert [left.chosen for left in shape.lefts] == [2, None, 0]


@pytest.mark.parametrize(
    ("sent", "answer"),
    [
        (["2", "", "0"], {"1": 4, "3": 3}),
        (["0", "0", "1"], {"1": 3, "2": 3, "3": 1}),
        (["", "", ""], None),
        ([], None),
    ],
)
def test_pairs_are_read_and_open_ones_left_out(sent, answer):
    assert answering.read(asked(MATCHING, SHOWN), sent) == answer


@pytest.mark.parametrize(
    "sent", [["4", "", ""], ["0", "1"], ["0"] * 4, ["-1", "", ""], ["x", "", ""],
             ["\u0661", "", ""], ["9" * 300, "", ""], [" ", "", ""]],
)  # fmt: skip
def test_pairs_no_page_sends_are_refused(sent):
    with pytest.raises(AnswerUnreadable):
        answering.read(asked(MATCHING, SHOWN), sent)


def test_a_right_side_that_a_menu_cannot_say_is_listed_above():
    plain = answering.show(asked(MATCHING, SHOWN), None)
    options = [*MATCHING["options"][:3], {"number": 4, "html": "<math>x</math>"}]
    rich = answering.show(asked(MATCHING | {"options": options}, SHOWN), None)

    assert (plain.is_listed, rich.is_listed) == (False, True)


def test_each_pair_is_told_by_itself():
    key = {"pairs": {"1": 4, "2": 2, "3": 1}}

    told = answering.tell(asked(MATCHING, SHOWN), key, {"1": 4, "2": 1})

    assert [pair.mark for pair in told] == ["right", "wrong", "open"]
    assert [pair.right_html for pair in told] == ["kanan 4", "kanan 2", "kanan 1"]
    assert [pair.given_html for pair in told] == ["kanan 4", "kanan 1", ""]


# ---- ordering


def test_an_order_nobody_touched_is_no_answer():
    shape = answering.show(asked(ORDERING, SHOWN), None)

    assert [step.text for step in shape.steps] == [f"langkah {n}" for n in SHOWN]
    assert (shape.order, shape.here) == ("", "0-1-2-3")
    assert answering.read(asked(ORDERING, SHOWN), [shape.order]) is None
    assert answering.read(asked(ORDERING, SHOWN), [shape.here]) == SHOWN


def test_the_order_given_is_shown_with_what_each_move_makes_of_it():
    shape = answering.show(asked(ORDERING, SHOWN), [1, 3, 2, 4])

    assert shape.order == shape.here == "1-0-3-2"
    assert [(step.up, step.down) for step in shape.steps] == [
        ("", "0-1-3-2"),
        ("0-1-3-2", "1-3-0-2"),
        ("1-3-0-2", "1-0-2-3"),
        ("1-0-2-3", ""),
    ]
    assert answering.read(asked(ORDERING, SHOWN), ["0-1-3-2"]) == [3, 1, 2, 4]


def test_a_row_moved_in_a_lesson_is_shown_without_being_an_answer():
    shape = answering.show(asked(ORDERING, SHOWN), None, ["1-0-2-3"])

    assert (shape.order, shape.here) == ("1-0-2-3", "1-0-2-3")
    assert answering.show(asked(ORDERING, SHOWN), None, ["1-1-1-1"]).order == ""


@pytest.mark.parametrize(
    "sent",
    [["0-1-2"], ["0-1-2-2"], ["0-1-2-4"], ["0-1-2-3-0"], ["0-1-2-3", "0-1-2-3"],
     ["0,1,2,3"], ["-"], ["0-1-2-3-"], ["0-" * 5_000]],
)  # fmt: skip
def test_orders_no_page_sends_are_refused(sent):
    with pytest.raises(AnswerUnreadable):
        answering.read(asked(ORDERING, SHOWN), sent)


def test_an_answer_to_other_steps_shows_the_first_order():
    assert answering.show(asked(ORDERING, SHOWN), [1, 2, 3]).order == ""


def test_one_step_too_early_leaves_the_others_in_their_row():
    key = {"order": [1, 2, 3, 4]}

    told = answering.tell(asked(ORDERING, SHOWN), key, [4, 1, 2, 3])

    assert [row.is_in_row for row in told.given] == [False, True, True, True]
    assert told.right[0] == "langkah <i>1</i>"
    assert answering.tell(asked(ORDERING, SHOWN), key, None).given == ()


@pytest.mark.parametrize(
    ("ranks", "size"),
    [([], 0), ([0], 1), ([3, 2, 1, 0], 1), ([0, 1, 2, 3], 4), ([1, 0, 3, 2], 2),
     ([2, 0, 1, 4, 3, 5], 4)],
)  # fmt: skip
def test_the_longest_row_is_found(ranks, size):
    found = sorted(ordering.in_row(ranks))

    assert len(found) == size
    kept = [ranks[at] for at in found]
    assert kept == sorted(kept)


# ---- cloze


def test_gaps_are_read_each_in_its_way():
    sent = [" maklumat  pelayanan ", "1.400,5", "1"]

    answer = answering.read(asked(CLOZE), sent)

    assert answer == {"1": "maklumat pelayanan", "2": "1.400,5", "3": 2}


def test_open_gaps_are_left_out():
    assert answering.read(asked(CLOZE), ["", " ", "2"]) == {"3": 3}
    assert answering.read(asked(CLOZE), ["", "", ""]) is None


@pytest.mark.parametrize(
    ("language", "typed", "kept", "shown"),
    [("id", "14,5", "14,5", "14,5"), ("en", "1,400.5", "1400,5", "1400.5")],
)
def test_numbers_in_gaps_follow_the_language_of_the_page(language, typed, kept, shown):
    place = asked(CLOZE, language=language)

    answer = answering.read(place, ["", typed, ""])

    assert answer == {"2": kept}
    assert answering.show(place, answer).gaps[1].typed == shown


def test_a_word_in_a_gap_for_numbers_names_the_gap_and_loses_nothing():
    sent = ["maklumat", "dua", "1"]

    with pytest.raises(AnswerUnreadable) as refusal:
        answering.read(asked(CLOZE), sent)
    shape = answering.show(asked(CLOZE), {"1": "lama"}, sent)

    assert refusal.value.facts == {"gap": 2}
    assert [gap.typed for gap in shape.gaps] == ["maklumat", "dua", ""]
    assert [gap.is_wrong for gap in shape.gaps] == [False, True, False]
    assert shape.gaps[2].chosen == 1


@pytest.mark.parametrize(
    "sent",
    [["a", "1"], ["a"] * 4, ["a" * 501, "", ""], ["a\x07", "", ""], ["", "", "3"],
     ["", "NaN", ""], ["", "1e9", ""], ["", "", "x"], ["", "", "-1"]],
)  # fmt: skip
def test_gaps_no_page_sends_are_refused(sent):
    with pytest.raises(AnswerUnreadable):
        answering.read(asked(CLOZE), sent)
    assert len(answering.show(asked(CLOZE), None, sent).gaps) == 3


def test_each_gap_is_told_by_itself():
    key = {
        "gaps": [
            {"shape": "text", "accepted": ["maklumat"], "exact_case": False},
            {"shape": "number", "low": "13.5", "high": "14.5"},
            {"shape": "choice", "right": 2},
        ]
    }

    told = answering.tell(asked(CLOZE), key, {"1": "Maklumat.", "2": "99"})

    assert [gap.mark for gap in told.gaps] == ["right", "wrong", "open"]
    assert [gap.right for gap in told.gaps] == ["maklumat", "13,5 – 14,5", "Ombudsman"]
    english = answering.tell(asked(CLOZE, language="en"), key, {"2": "14,1"})
    assert (english.gaps[1].given, english.gaps[1].mark) == ("14.1", "right")


# ---- essay


def test_an_essay_keeps_its_paragraphs():
    text = "  Satu.\r\n\r\nDua tiga.\t\r\n "

    assert answering.read(asked(ESSAY), [text]) == "  Satu.\n\nDua tiga."
    assert answering.read(asked(ESSAY), [" \r\n "]) is None
    assert answering.read(asked(ESSAY), []) is None


def test_an_essay_may_be_so_long_and_no_longer():
    assert answering.read(asked(ESSAY), ["a" * essay.LONGEST])
    with pytest.raises(answering.TextTooLong):
        answering.read(asked(ESSAY), ["a" * (essay.LONGEST + 1)])


@pytest.mark.parametrize("sent", [["a", "b"], ["a\x07b"], ["a\ud800"]])
def test_essays_no_page_sends_are_refused(sent):
    with pytest.raises(AnswerUnreadable):
        answering.read(asked(ESSAY), sent)


def test_words_are_what_stands_between_white_space():
    shape = answering.show(asked(ESSAY), "Satu, dua\n tiga-tiga \u00a0empat")

    assert (shape.words, shape.least, shape.most) == (4, 3, 5)


def test_a_file_is_refused_with_a_sentence():
    upload = asked({"kind": "upload"})

    assert answering.read(upload, [""]) is None
    with pytest.raises(answering.UploadsLater):
        answering.read(upload, ["berkas"])


@pytest.mark.parametrize(
    ("low", "high", "language", "text"),
    [("78.5", "78.5", "id", "78,5"), ("11", "13", "id", "11 – 13"),
     ("77.5", "78.5", "en", "77.5 – 78.5"), ("12500.50", "12500.5", "id", "12.500,5"),
     ("0.33333333333", "0.3333333", "id", "0,333333")],
)  # fmt: skip
def test_right_numbers_are_written_in_the_language_of_the_page(
    low, high, language, text
):
    assert words.interval(Decimal(low), Decimal(high), language) == text


def test_drawn_numbers_stand_in_every_text_in_the_language_of_the_page():
    body = {"kind": "numeric", "options": []}
    text = "Nilainya <!--angka n-->, jadi <!--angka n * 25-->."
    indonesian = Asked(body, [], "id", {"n": "2,75"})
    english = Asked(body, [], "en", {"n": "2,75"})
    key = {"low_formula": "n * 25", "high_formula": "n * 25", "tolerance": "0.1",
           "percent": False}  # fmt: skip

    assert indonesian.fill(text) == "Nilainya 2,75, jadi 68,75."
    assert english.fill(text) == "Nilainya 2.75, jadi 68.75."
    assert answering.expected(indonesian, key) == "68,65 – 68,85"
    assert answering.expected(english, key) == "68.65 – 68.85"
