"""Every file under content/ is whole, and the courses keep what they promise."""

import re
from pathlib import Path

import pytest

from lms.courseware import library
from lms.courseware.schema import Module, Prose, Quiz

CONTENT = Path(__file__).parents[2] / "content"
COURSE = "layanan-prima-di-loket"


@pytest.fixture(scope="module")
def loaded():
    return library.load(CONTENT)


def test_the_linter_finds_nothing(loaded):
    assert loaded.findings == ()


def test_every_folder_is_a_course(loaded):
    folders = {p.name for p in (CONTENT / "kursus").iterdir() if p.is_dir()}

    assert folders == set(loaded.courses)


def test_the_course_has_five_modules_of_700_to_1200_words(loaded):
    modules = [
        item
        for item in loaded.courses[COURSE].items.values()
        if isinstance(item, Module)
    ]
    words = {
        m.code: sum(
            len(re.findall(r"\w[\w'-]*", s.text))
            for s in m.segments
            if isinstance(s, Prose)
        )
        for m in modules
    }

    assert len(words) == 5
    assert all(700 <= n <= 1300 for n in words.values()), words


def test_every_wrong_choice_of_a_check_says_why(loaded):
    silent = [
        (check.code, option.text)
        for item in loaded.courses[COURSE].items.values()
        if isinstance(item, Module)
        for check in item.checks
        for option in check.options
        if not option.feedback
    ]
    assert silent == []


def test_the_final_quiz_draws_ten_of_a_bank_of_25(loaded):
    course = loaded.courses[COURSE]
    quizzes = [i for i in course.items.values() if isinstance(i, Quiz)]

    assert [
        (d.count, len(course.banks[d.bank].questions)) for d in quizzes[-1].draws
    ] == [(10, 25)]
    assert all(q.explanation for bank in course.banks.values() for q in bank.questions)


def test_the_surveys_of_the_course_ask_before_after_and_months_later(loaded):
    surveys = [i for i in loaded.courses[COURSE].items.values() if i.kind == "survey"]

    assert [(s.when, s.after_days, s.respondents) for s in surveys] == [
        ("before", 0, ("learner",)),
        ("after", 0, ("learner",)),
        ("after", 90, ("superior",)),
    ]
    assert not any(s.required for s in surveys)


def test_the_same_statements_stand_before_and_after_the_course(loaded):
    items = loaded.courses[COURSE].items.values()
    scales = {
        q.code: q.asks for i in items for q in i.own_questions if q.kind == "likert"
    }

    before, after = scales["yakin-sebelum"], scales["yakin-sesudah"]

    assert before == after
    assert len(before.statements) == 5
