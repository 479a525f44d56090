"""Questions whose numbers are drawn for each attempt: formulas, drawing, showing."""

import json
import time
from decimal import Decimal
from random import Random

import pytest

from lms.courseware import expressions, parameters
from lms.courseware.expressions import Uncountable, Unreadable
from lms.courseware.grading import question_score
from lms.courseware.scoring import numeric
from lms.quiz.draw import as_drawable, layout
from tests.unit.courseware.asking import ask, asked, stored

QUESTION = """
Nilai rata-rata tertimbang suatu unit adalah {{n}}. Berapa IKM pada skala 25–100?

Angka: n = 2,50 sampai 4,00 langkah 0,05
Jawaban angka: {{n * 25}} ± 0,1
Pembahasan: {{n}} dikali 25 adalah **{{n * 25}}**.
"""
VALUES = {"n": Decimal("2.75"), "m": Decimal(2)}


@pytest.mark.parametrize(
    ("formula", "number"),
    [
        ("n*25", "68.75"),
        ("n ** 2 / (m - 1)", "7.5625"),
        ("-n + +m", "-0.75"),
        ("round(n / 3, 2)", "0.92"),
        ("round(2.5)", "3"),
        ("round(-2.5)", "-3"),
        ("sqrt(m * 8)", "4"),
        ("min(n, m)", "2"),
        ("max(n, m, 3.5)", "3.5"),
        ("abs(m - n)", "0.75"),
        ("n ** -1 * n", "1"),
        ("2.675 * 100", "267.5"),
        ("((((n))))", "2.75"),
    ],
)
def test_a_formula_is_counted_in_decimals(formula, number):
    counted = expressions.read(formula).count(VALUES)

    assert round(counted, 20) == Decimal(number)


@pytest.mark.parametrize(
    ("formula", "words"),
    [
        ("", "kosong"),
        ("n^2", "**"),
        ("2,5 * n", "titik"),
        ("n × 2", "*"),
        ("n : 2", "/"),
        ("n − 2", "-"),
        ("sin(n)", "sqrt"),
        ("min(n)", "2 sampai 10"),
        ("abs(n, m)", "perlu 1"),
        ("round", "kurung"),
        ("n.real", "."),
        ("__import__('os')", "_"),
        ("lambda n", "susunan"),
        ("n if m else n", "susunan"),
        ("not n", "susunan"),
        ("True", "susunan"),
        ("n + False", "susunan"),
        ("n // 2", "susunan"),
        ("max(*n)", "susunan"),
        ("n(2)", "tidak dikenal"),
        ("2n", "2"),
        ("1e5", "1"),
        ("1_000", "1"),
        ("0x1", "0"),
        ("007", "susunan"),
        ("n[0]", "kurung"),
        ("n == m", "="),
        ("n; m", ";"),
        ("(" * 90 + "n" + ")" * 90, "terlalu panjang"),
        ("n + " * 60 + "n", "200"),
    ],
)
def test_what_is_no_formula_is_refused_in_words(formula, words):
    with pytest.raises(Unreadable) as refused:
        expressions.read(formula)

    assert words in str(refused.value)


@pytest.mark.parametrize(
    ("formula", "words"),
    [
        ("n / (m - 2)", "nol"),
        ("0 ** -1", "nol"),
        ("0 ** 0", "bukan angka"),
        ("sqrt(m - n)", "negatif"),
        ("(m - n) ** 0.5", "negatif"),
        ("9 ** 9 ** 9", "pangkat"),
        ("(9 ** 9) ** 9", "terlalu besar"),
        ("999999999999999 * 10", "terlalu besar"),
        ("round(n, 11)", "0 sampai 10"),
        ("round(n, 0.5)", "0 sampai 10"),
    ],
)
def test_what_cannot_be_counted_says_why(formula, words):
    with pytest.raises(Uncountable) as refused:
        expressions.read(formula).count(VALUES)

    assert words in str(refused.value)


def test_no_formula_takes_long():
    worst = ["((9**9)**9)**9", "9**9**9**9", "sqrt(" * 15 + "2" + ")" * 15, "2**30**30"]
    start = time.process_time()

    for formula in worst * 50:
        expressions.read(formula).counts([VALUES])

    assert time.process_time() - start < 1


def test_a_question_is_stored_with_its_parameters_and_without_its_answer():
    body, key = stored(asked(QUESTION))

    assert body["parameters"] == {"n": {"low": "2.50", "high": "4.00", "step": "0.05"}}
    assert body["stem_html"] == (
        "<p>Nilai rata-rata tertimbang suatu unit adalah <!--angka n-->. "
        "Berapa IKM pada skala 25–100?</p>"
    )
    assert "n * 25" not in json.dumps(body)
    assert key["explanation_html"] == (
        "<p><!--angka n--> dikali 25 adalah <strong><!--angka n * 25--></strong>.</p>"
    )
    assert (key["low_formula"], key["high_formula"]) == ("n * 25", "n * 25")
    assert (key["tolerance"], key["percent"]) == ("0.1", False)


@pytest.mark.parametrize(
    ("answer", "language", "score"),
    [
        ("68,75", "id", 10_000),
        ("68.75", "id", 10_000),
        ("68,85", "id", 10_000),
        ("68,65", "id", 10_000),
        ("68,86", "id", 0),
        ("68.75", "en", 10_000),
        ("2,75", "id", 0),
        ("n * 25", "id", 0),
        (None, "id", 0),
    ],
)
def test_an_answer_is_scored_by_the_numbers_of_its_attempt(answer, language, score):
    _, key = stored(asked(QUESTION))

    assert question_score(key, answer, language, {"n": "2,75"}) == score


@pytest.mark.parametrize(
    ("written", "ends"),
    [
        ("{{n}}", ("2.75", "2.75")),
        ("{{n}} ± 2%", ("2.695", "2.805")),
        ("{{n}} sampai {{n * 2}}", ("2.75", "5.5")),
        ("{{n}} sampai 10,5", ("2.75", "10.5")),
        ("{{n + -1}} ± 1", ("0.75", "2.75")),
    ],
)
def test_the_ends_of_what_is_right_follow_the_numbers(written, ends):
    line = f"Angka: n = 2,75 | 3\nJawaban angka: {written}"
    _, key = stored(asked(f"Nilainya {{{{n}}}}.\n{line}"))

    low, high = numeric.ends(key, {"n": "2,75"})

    assert (low, high) == tuple(Decimal(end) for end in ends)


def test_the_ends_of_a_plain_number_need_no_values():
    _, key = stored(asked("Berapa?\nJawaban angka: 78,5 ± 0,5"))

    assert numeric.ends(key, {}) == (78, 79)


def test_drawn_numbers_are_among_the_possible_and_look_as_written():
    about = {
        "n": {"low": "2.50", "high": "4.00", "step": "0.05"},
        "m": {"values": ["1", "2", "5"]},
        "k": {"low": "-3", "high": "3", "step": "2"},
    }
    chance = Random(1)

    drawn = [parameters.draw(about, chance) for _ in range(2_000)]

    assert {d["m"] for d in drawn} == {"1", "2", "5"}
    assert {d["k"] for d in drawn} == {"-3", "-1", "1", "3"}
    assert len({d["n"] for d in drawn}) == 31
    assert {"2,50", "4,00", "2,75"} <= {d["n"] for d in drawn}


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("0,0000001 | 0,0000002", {"0,0000001", "0,0000002"}),
        ("0,0000001 sampai 0,0000002 langkah 0,0000001", {"0,0000001", "0,0000002"}),
    ],
)
def test_tiny_numbers_are_drawn_and_shown_without_an_exponent(given, shown):
    line = f"Angka: n = {given}\nJawaban angka: {{{{n}}}} ± 0,01"
    body, _ = stored(asked(f"Berapa {{{{n}}}}?\n{line}"))
    chance = Random(1)

    drawn = [parameters.draw(body["parameters"], chance) for _ in range(50)]

    assert {values["n"] for values in drawn} == shown
    assert drawn[0]["n"] in parameters.fill(body["stem_html"], drawn[0])


def test_a_number_that_rounds_to_nothing_has_no_sign():
    assert parameters.fill("<!--angka -n / 9000000-->", {"n": "1"}) == "0"


def test_the_same_chance_draws_the_same_numbers():
    body, _ = stored(asked(QUESTION))

    first = parameters.draw(body["parameters"], Random(7))

    assert parameters.draw(body["parameters"], Random(7)) == first


def test_an_attempt_keeps_the_numbers_it_drew():
    body, key = stored(asked(QUESTION))
    plain, _ = stored(asked("Berapa?\nJawaban angka: 5"))
    quiz = {
        "slots": [{"question": "a"}, {"question": "b"}],
        "shuffle_questions": False,
        "shuffle_options": False,
    }
    questions = {"a": as_drawable(1, body), "b": as_drawable(2, plain)}

    drawn, other = layout(quiz, questions, Random(3))

    n = Decimal(drawn["values"]["n"].replace(",", "."))
    answer = str(n * 25).replace(".", ",")
    assert question_score(key, answer, "id", drawn["values"]) == 10_000
    assert "values" not in other


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("id", "<p>2,50 dan 12.500,75 dan 0,833333 lalu <code>{{n}}</code></p>"),
        ("en", "<p>2.50 and 12,500.75 and 0.833333 lalu <code>{{n}}</code></p>"),
    ],
)
def test_numbers_are_shown_in_the_language_of_the_page(language, shown):
    stem = "{{n}} dan {{n * 5000 + 0.75}} dan {{n / 3}} lalu `{{n}}`"
    line = "Angka: n = 2,50 | 3,00\nJawaban angka: {{n}}"
    body, _ = stored(asked(f"{stem}\n{line}"))

    html = parameters.fill(body["stem_html"], {"n": "2,50"}, language)

    assert html == shown.replace(" and ", " dan ")


@pytest.mark.parametrize(
    ("stem", "shown"),
    [
        ("$x = {{n}}$", "<mn>2,5</mn>"),
        ("**{{n}}**", "<strong>2,5</strong>"),
        ("| A |\n|---|\n| {{n}} |", "<td>2,5</td>"),
        ("{{n*2}} dan {{n*3}}", "<p>5 dan 7,5</p>"),
        ("- {{n}}\n- {{n ** 2}}", "<li>6,25</li>"),
        ("Tahun {{n * 804}}", "<p>Tahun 2010</p>"),
    ],
)
def test_formulas_may_stand_wherever_words_do(stem, shown):
    line = "Angka: n = 2,5 | 3\nJawaban angka: {{n}}"
    body, _ = stored(asked(f"Nilai {{{{n}}}}.\n\n{stem}\n\n{line}"))

    assert shown in parameters.fill(body["stem_html"], {"n": "2,5"})


def test_html_without_marks_is_left_as_it_is():
    assert parameters.fill("<p>a</p>", {}) == "<p>a</p>"


@pytest.mark.parametrize("values", [{"n": "x"}, {"n": "2.5"}, {"n": ""}])
def test_values_that_were_not_drawn_are_refused(values):
    with pytest.raises(ValueError, match="drawn"):
        parameters.fill("<!--angka n * 2-->", values)


ANSWER = "Jawaban angka: {{n}}"


MISTAKES = [
    (f"Angka: n\n{ANSWER}", "C373", (3, 8), "tidak terbaca"),
    (f"Angka: n = 1 | 2; 5\n{ANSWER}", "C373", (3, 19), '"5"'),
    (f"Angka: n = 1 | 2;\n{ANSWER}", "C373", (3, 18), "tidak terbaca"),
    (f"Angka: 2n = 1 | 2\n{ANSWER}", "C373", (3, 8), "tidak terbaca"),
    (f"Angka: sqrt = 1 | 2\n{ANSWER}", "C373", (3, 8), "nama"),
    (f"Angka: is = 1 | 2\n{ANSWER}", "C373", (3, 8), "nama"),
    (f"Angka: n = 1 | 2; n = 3 | 4\n{ANSWER}", "C373", (3, 19), "dua kali"),
    (f"Angka: n = 1 | 2 | 1,0\n{ANSWER}", "C373", (3, 12), "sama"),
    (f"Angka: n = 5\n{ANSWER}", "C373", (3, 12), "mungkin"),
    (f"Angka: n = 1 sampai 4\n{ANSWER}", "C373", (3, 12), "mungkin"),
    (f"Angka: n = 1 sampai 4 langkah 9\n{ANSWER}", "C373", (3, 12), "muat"),
    (f"Angka: n = 1 sampai 4 langkah 0\n{ANSWER}", "C373", (3, 12), "muat"),
    (f"Angka: n = 4 sampai 1 langkah 1\n{ANSWER}", "C351", (3, 12), "batas"),
    (f"Angka: n = 1 | dua\n{ANSWER}", "C350", (3, 16), '"dua"'),
    (f"Angka: n = 1 | 2.5\n{ANSWER}", "C352", (3, 16), "koma"),
    (f"Angka: n = 0 sampai 9 langkah 0,001\n{ANSWER}", "C369", (3, 12), "1000"),
    ("Angka: n = 1 | 2\nJawaban angka: {{x}}", "C353", (4, 16), "{{x}}"),
    ("Angka: n = 1 | 2\nJawaban angka: {{n * x}}", "C354", (4, 16), '"x"'),
    ("Angka: n = 1 | 2\nJawaban angka: {{n * }}", "C354", (4, 16), "susunan"),
    ("Angka: n = 1 | 2\nJawaban angka: {{n * 2,5}}", "C354", (4, 16), "titik"),
    ("Angka: n = 0 | 2\nJawaban angka: {{1 / n}}", "C368", (4, 16), "n = 0: pemb"),
    ("Angka: n = 1 | 3\nJawaban angka: {{1 / n}}", "C372", (4, 16), "n = 3"),
    ("Angka: n = 1 | 3\nJawaban angka: 2{{n}}", "C350", (4, 16), "2{{n}}"),
    ("Angka: n = 1 | 3\nJawaban angka: {{n}} ± -1", "C350", (4, 24), "-1"),
    ("Angka: n = 1 | 3\nJawaban angka: {{n}} sampai 2", "C351", (4, 16), "n = 3"),
    ("Jawaban angka: {{n}}", "C353", (3, 16), "{{n}}"),
    ("Jawaban angka: {{n +}}", "C354", (3, 16), "n +"),
    ("Jawaban angka: {{n}", "C350", (3, 16), "{{n}"),
    ("Angka:\nJawaban angka: 5", "C323", (3, 7), "belum diisi"),
    ("Angka: n = 1 | 2\nJawaban: {{n}}", "C324", (3, 1), "angka"),
    (f"Angka: n = 1 | 2; m = 3 | 4\n{ANSWER}", "C377", (3, 19), '"m"'),
    ("Angka: n = 1 | 2; m = 3 | 4\nJawaban angka: {{m}}", "C378", (4, 16), '"m"'),
]


@pytest.mark.parametrize(("lines", "code", "place", "words"), MISTAKES)
def test_a_mistake_is_named_with_its_place(lines, code, place, words):
    question, found = ask(f"Nilainya {{{{n}}}}.\n{lines}")

    places = [(f.code, f.line, f.column) for f in found]
    assert (code, *place) in places, found
    finding = found[places.index((code, *place))]
    assert (question is None) is finding.is_error
    assert words in finding.message
    assert finding.fix


def test_all_mistakes_of_an_answer_are_told_at_once():
    _, found = ask("Nilai {{n}}.\nAngka: n = 1 | 2\nJawaban angka: {{m}} ± 0.1")

    assert [(f.code, f.line, f.column) for f in found] == [
        ("C353", 4, 16),
        ("C352", 4, 24),
    ]


def test_a_number_that_the_answer_needs_must_be_shown():
    _, found = ask("Berapa?\nAngka: n = 1 | 2\nJawaban angka: {{n}}\nPetunjuk: {{n}}")

    assert [(f.code, f.line, f.column) for f in found] == [("C378", 4, 16)]


def test_a_number_that_is_not_used_is_only_a_warning():
    question, found = ask("Berapa?\nAngka: n = 1 | 2\nJawaban angka: 5")

    assert question is not None
    assert [(f.code, f.is_error, f.line, f.column) for f in found] == [
        ("C377", False, 3, 8)
    ]


def test_formulas_are_checked_in_every_text_of_the_question():
    lines = "Angka: n = 0 | 1\nJawaban angka: {{n}}\nPetunjuk: {{1/n}}\nPembahasan:\n"

    _, unknown = ask(f"Nilai {{{{n}}}}.\n{lines}{{{{z}}}}")
    _, by_nothing = ask(f"Nilai {{{{n}}}}.\n{lines}{{{{n}}}}")

    assert [(f.code, f.line, f.column) for f in unknown] == [("C353", 7, 1)]
    assert [(f.code, f.line, f.column) for f in by_nothing] == [("C368", 5, 11)]


def test_too_many_combinations_are_refused_instead_of_tried():
    many = "Angka: n = 1 sampai 99 langkah 1; m = 1 sampai 99 langkah 1"
    start = time.process_time()

    _, found = ask(f"{{{{n}}}} {{{{m}}}}\n{many}\nJawaban angka: {{{{n * m}}}}")

    assert [f.code for f in found] == ["C369"]
    assert time.process_time() - start < 0.5
