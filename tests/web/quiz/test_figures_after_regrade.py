"""The figures of a question follow the score that counts now, version by version."""

import pytest
from sqlalchemy import select

from lms.catalog import courses, items
from lms.db import db as _db
from lms.kernel import clock
from lms.quiz import item_analysis, item_answers, regrade_rounds, regrades
from lms.quiz.models import Attempt
from lms.quiz.recounting import Recount

from . import crowd, stage
from .graders import grade
from .stage import COURSE, QUIZ, RIGHT

PAGE = f"/kuis/{COURSE}/{QUIZ}/analisis"
MENDED = {"kind": "single", "credit": {"1": 0, "2": 100, "3": 0}}
WHY = "Kunci soal sapaan keliru"


@pytest.fixture
def twenty(app, db):
    """Twenty people chose what the key called wrong, five what it called right."""
    with app.app_context():
        stage.publish()
        for n, person in enumerate(crowd.people(25)):
            crowd.finish(person, RIGHT | {"sapaan": 1 if n < 5 else 2})


def taught() -> item_analysis.Taught:
    live = courses.live(COURSE)
    return item_analysis.Taught(live, live.item(QUIZ))


def measures(code: str = "sapaan"):
    quiz = taught()
    return item_analysis.question(quiz, item_analysis.measure(quiz), code).measures


def regrade(right: bool = False) -> None:
    first, mended = stage.question("sapaan"), stage.question("sapaan", MENDED)
    stage.publish([mended, *(stage.question(c) for c in RIGHT if c != "sapaan")])
    found = {
        sha: items.question_by_sha(stage.course_id(), {"sapaan": sha})["sapaan"]
        for sha in (first.sha, mended.sha)
    }
    old, new = found[first.sha], found[mended.sha]
    target = None if right else (new.body, items.keys([new.id])[new.id])
    regrades.order(
        stage.course_id(), "sapaan", Recount({old.id: old.body}, target),
        target_id=None if right else new.id, takes_passes=False, reason=WHY,
        by_id=None, now=clock.now(),
    )  # fmt: skip
    assert regrade_rounds.go_on(_db.session.commit, 60)


def test_a_corrected_key_gives_the_old_version_new_figures(app, twenty, sign_in):
    hendra = sign_in("hendra")
    with app.app_context():
        before = measures()[0].figures.mean_bp
        regrade()
        live, old = measures()

    page = hendra.get(f"{PAGE}/sapaan").text

    assert before == 2_000
    assert (live.is_live, live.figures.n) == (True, 0), "versions are never mixed"
    assert (old.figures.n, old.figures.mean_bp) == (25, 8_000)
    assert old.key["credit"] == {"1": 0, "2": 100, "3": 0}
    assert "dihitung ulang dengan kunci yang dibetulkan" in page
    assert WHY in page
    assert ";sapaan;" in hendra.get(f"{PAGE}.csv").text


def test_the_wrong_answer_given_most_is_wrong_by_the_key_that_counts(app, twenty):
    with app.app_context():
        regrade()
        old = measures()[1]
        told = item_analysis.most_wrong(old)
        right = [one.letter for one in item_analysis.answers_of(old)
                 if one.mark == "right"]  # fmt: skip

    assert told == ("A", 5)
    assert right == ["B"]


def test_right_for_everybody_gives_no_advice_but_says_why(app, twenty, sign_in):
    with app.app_context():
        regrade(right=True)
        old = measures()[1]

    page = sign_in("hendra").get(f"{PAGE}/sapaan").text

    assert (old.figures.mean_bp, old.advice, old.is_free) == (10_000, (), True)
    assert "tidak lagi mengukur soalnya" in page


def test_what_was_remembered_is_forgotten_when_it_is_counted_again(
    app, twenty, monkeypatch
):
    monkeypatch.setattr(item_analysis, "COSTLY", 1)
    with app.app_context():
        before = measures()[0].figures.mean_bp
        regrade()

        assert before != measures()[1].figures.mean_bp


def test_totals_are_those_that_count(app, twenty):
    with app.app_context():
        regrade()
        read = item_answers.of(stage.course_id(), QUIZ)
        stored = _db.session.scalars(select(Attempt.score_bp)).all()

    earned = [e // p for e, p in zip(read.earned, read.points, strict=True)]
    assert sorted(earned) == sorted(stored)


def test_an_essay_has_figures_once_people_have_graded_it(app, handed_in, sign_in):
    _rani, attempt = handed_in("cerita", "jodoh")
    with app.app_context():
        waits = item_answers.of(stage.course_id(), QUIZ).columns
        version = _db.session.get(Attempt, attempt).layout[0]["q"]

    grade(sign_in("hendra"), attempt, tingkat_1_masalah="1")

    with app.app_context():
        column = item_answers.of(stage.course_id(), QUIZ).columns[version]
    assert version not in waits
    assert list(column.scores) == [2_500]
    assert list(column.texts) == [item_answers.ANSWERED], "nobody's words are kept"
