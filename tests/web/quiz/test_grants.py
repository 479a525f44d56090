"""One more attempt: granted with a reason, counted once, told to the learner."""

import pytest

from lms.audit.models import AuditEntry
from lms.db import db as _db
from lms.kernel.reasons import ReasonMissing
from lms.quiz import grants, tries
from lms.quiz.models import AttemptGrant
from tests.cast import CAST

from . import stage
from .stage import COVER, QUIZ, RIGHT, START, WRONG

SITI, RANI = CAST["siti"].id, CAST["rani"].id
WHY = "Jaringan kantor putus saat percobaan terakhir"


@pytest.fixture
def used_up(app, quiz, sign_in):
    """Rani has failed twice, which is all that the quiz allows: her enrolment."""
    enrolment = quiz(attempts=2)
    rani = sign_in("rani")
    stage.take(app, rani, WRONG)
    stage.take(app, rani, WRONG)
    return enrolment


@pytest.fixture
def give(app, clock):
    def give(enrolment, number=3, reason=WHY, person=RANI):
        with app.app_context():
            grants.give(
                person, enrolment, QUIZ, number,
                reason=reason, by_id=SITI, now=clock.now(),
            )  # fmt: skip
            _db.session.commit()

    return give


def test_a_granted_attempt_can_be_taken_and_says_from_whom(app, used_up, give, sign_in):
    give(used_up)
    rani = sign_in("rani")

    cover = rani.get(COVER).text
    _, page = stage.take(app, rani, RIGHT)

    assert "1 percobaan tambahan dari Siti Marlina." in cover
    assert "Sisa percobaan: 1 dari 3" in cover
    assert "Anda lulus kuis ini." in page


def test_the_running_attempt_says_that_it_is_an_extra_one(used_up, give, sign_in):
    give(used_up)
    rani = sign_in("rani")

    attempt_id = stage.begin(rani)

    page = rani.get(stage.question_url(attempt_id, 1)).text
    assert "Percobaan tambahan (ke-3)" in page
    assert "Ini percobaan" not in rani.get(f"/kuis/percobaan/{attempt_id}/tinjau").text


def test_explanations_are_hidden_again_until_it_is_used(app, used_up, give, sign_in):
    rani = sign_in("rani")
    result = rani.get(COVER).text.partition("/kuis/percobaan/")[2].partition('"')[0]
    address = f"/kuis/percobaan/{result}"
    assert "BAHAS" in rani.get(address).text

    give(used_up)

    assert "BAHAS" not in rani.get(address).text
    _, last = stage.take(app, rani, WRONG)
    assert "BAHAS" in last
    assert rani.post(START).status_code == 409


def test_the_same_grant_twice_is_one(app, used_up, give):
    give(used_up)
    give(used_up)

    with app.app_context():
        assert _db.session.query(AttemptGrant).count() == 1
        said = _db.session.query(AuditEntry).filter_by(action="quiz.attempt_granted")
        assert said.one().facts["reason"] == WHY


def test_not_while_attempts_are_left_or_one_is_running(quiz, give, sign_in):
    enrolment = quiz(attempts=1)

    with pytest.raises(grants.NotNeeded):
        give(enrolment, 2)

    stage.begin(sign_in("rani"))
    with pytest.raises(grants.NotNeeded):
        give(enrolment, 2)


def test_not_when_the_quiz_is_passed(app, quiz, give, sign_in):
    enrolment = quiz(attempts=1)
    stage.take(app, sign_in("rani"), RIGHT)

    with pytest.raises(grants.NotNeeded):
        give(enrolment, 2)


@pytest.mark.parametrize("number", [1, 2, 4, 99])
def test_only_the_next_attempt(used_up, give, number):
    with pytest.raises(grants.NotNeeded):
        give(used_up, number)


@pytest.mark.parametrize("reason", ["", "abc", f"NIP {CAST['rani'].nip}", "a" * 501])
def test_a_reason_is_wanted_and_holds_no_number_of_anybody(used_up, give, reason):
    with pytest.raises(ReasonMissing):
        give(used_up, reason=reason)


def test_not_for_somebody_elses_enrolment(used_up, give):
    with pytest.raises(grants.NothingToGrant):
        give(used_up, person=CAST["agus"].id)


def test_the_overview_tells_scores_and_the_attempt_that_may_be_granted(
    app, used_up, give
):
    with app.app_context():
        before = tries.of_person(RANI)
    give(used_up)
    with app.app_context():
        after = tries.of_person(RANI)

    assert [(one.next_number, one.was_told) for one in before] == [(3, True)]
    assert [(one.next_number, one.was_told) for one in after] == [(0, False)]
    assert [each.score_bp for each in before[0].tries] == [0, 0]
