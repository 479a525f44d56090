"""What a check may tell, before and after an answer."""

import pytest

from lms.catalog.items import Version
from lms.learn import checks
from lms.learn.queries import Answered
from lms.learn.reading import Mark

TELLING = {"feedback": {}, "explanation_html": "sebab", "if_right_html": "ya",
           "if_wrong_html": "tidak"}  # fmt: skip
SINGLE = TELLING | {"kind": "single", "credit": {"1": 0, "2": 100, "3": 50},
                    "feedback": {"1": "satu", "2": "dua", "3": "tiga"}}  # fmt: skip
MULTIPLE = TELLING | {"kind": "multiple", "right": [1, 2], "count": 3, "partial": True}
TRUTH = TELLING | {"kind": "true_false", "truth": False}
TEXT = TELLING | {"kind": "short_text", "accepted": ["Ombudsman", "ORI"]}
NUMBER = TELLING | {"kind": "numeric", "low": "77.5", "high": "78.5"}


def question(kind: str, options: int = 0) -> Version:
    body = {"kind": kind, "options": [{"number": n + 1, "html": f"p{n + 1}"}
                                      for n in range(options)]}  # fmt: skip
    return Version(7, 1, "cek", kind, "sha", body)


def shown(key, answer, score_bp, options=3, **asked):
    answered = Answered(1, 7, answer, score_bp, key)
    return checks.show("cek", 1, question(key["kind"], options), answered, **asked)


def verdicts(check) -> list[str]:
    return [choice.verdict for choice in check.choices]


def told(check) -> list[str]:
    return [choice.feedback_html for choice in check.choices]


def test_before_an_answer_nothing_is_told():
    check = checks.show("cek", 1, question("single", 3), None, explain=True)

    assert verdicts(check) == told(check) == ["", "", ""]
    assert (check.verdict, check.message_html, check.explanation_html) == ("", "", "")


def test_an_answer_to_another_version_tells_nothing():
    answered = Answered(1, 6, 1, 0, SINGLE)

    assert checks.show("cek", 1, question("single", 3), answered).verdict == ""


def test_a_wrong_choice_tells_only_about_itself():
    check = shown(SINGLE, 1, 0)

    assert (check.verdict, check.message_html) == ("wrong", "tidak")
    assert verdicts(check) == ["wrong", "", ""]
    assert told(check) == ["satu", "", ""]
    assert check.explanation_html == ""


def test_a_half_right_choice_is_partly_right():
    assert verdicts(shown(SINGLE, 3, 5_000)) == ["", "", "partly"]
    assert shown(SINGLE, 3, 5_000).verdict == "partly"


def test_the_right_choice_tells_everything():
    check = shown(SINGLE, 2, 10_000)

    assert (check.verdict, check.message_html) == ("right", "ya")
    assert verdicts(check) == ["", "right", ""]
    assert told(check) == ["satu", "dua", "tiga"]
    assert check.explanation_html == "sebab"


def test_an_explanation_asked_for_marks_the_right_choice():
    check = shown(SINGLE, 1, 0, explain=True)

    assert verdicts(check) == ["wrong", "right", ""]
    assert check.explanation_html == "sebab"


def test_of_several_only_ticked_ones_are_judged():
    assert verdicts(shown(MULTIPLE, [1, 3], 0)) == ["right", "", "wrong"]


@pytest.mark.parametrize(
    ("answer", "found"), [(True, ["wrong", ""]), (False, ["", "right"])]
)
def test_true_or_false(answer, found):
    check = shown(TRUTH, answer, 10_000 if answer is False else 0, options=0)

    assert verdicts(check) == found
    assert [c.value for c in check.choices if c.is_chosen] == [str(answer).lower()]


@pytest.mark.parametrize(
    ("key", "right"), [(TEXT, "Ombudsman"), (NUMBER, "77,5 – 78,5")]
)
def test_a_typed_answer_is_kept_and_the_right_one_told_late(key, right):
    wrong = shown(key, "12", 0, options=0)
    explained = shown(key, "12", 0, options=0, explain=True)

    assert (wrong.text, wrong.accepted) == ("12", "")
    assert explained.accepted == right


def test_a_refused_answer_keeps_what_was_typed():
    refused = checks.Refused("cek", "Tulis angka saja.", ("dua belas",))

    check = checks.show("cek", 1, question("numeric"), None, refused=refused)

    assert (check.text, check.error) == ("dua belas", "Tulis angka saja.")


def wrongly(said: str):
    """Answer wrongly where the author says this, in a lesson of two sections."""
    places = (
        Mark("isi-a", "Asas & cara"),
        Mark("isi-b", "Biaya"),
        Mark("cek-cek", "", 1),
    )
    key = SINGLE | {"feedback": {"1": said}, "if_wrong_html": ""}
    return shown(key, 1, 0, marks=places)


def test_a_section_that_the_author_names_is_the_only_pointer():
    check = wrongly('Lihat bagian "Asas &amp; cara".')

    linked = 'Lihat bagian "<a href="#isi-a">Asas &amp; cara</a>".'
    assert (told(check)[0], check.hint_at) == (linked, None)


@pytest.mark.parametrize("said", ["Bukan.", "Biaya lain.", '<img alt="Biaya">'])
def test_else_the_section_before_the_check_is_pointed_to(said):
    check = wrongly(said)

    assert told(check)[0] == said
    assert check.hint_at == Mark("isi-b", "Biaya")
