"""A question is counted again: tried out first, added to what stands, told to all."""

import threading
from collections import Counter

import pytest
from sqlalchemy import func, select

from lms.audit.models import AuditEntry
from lms.catalog import items
from lms.db import db as _db
from lms.jobs import worker
from lms.kernel import clock
from lms.kernel.reasons import ReasonMissing
from lms.quiz import attempts, queries, regrade_rounds, regrades, rescores
from lms.quiz.models import Attempt, Regrade, Rescore
from lms.quiz.recounting import Recount
from lms.records import facts, ledger
from lms.records.models import (
    Certificate,
    CertificateFile,
    Completion,
    LedgerEntry,
)

from . import crowd, kinds, stage
from .regrading import GAINS, KEEPS, LOSES, MENDED, WHY, facts_of, mend, order, recount
from .stage import RIGHT, WRONG


def scores(*ids: int) -> list[int]:
    _db.session.expire_all()
    return [_db.session.get(Attempt, number).score_bp for number in ids]


def test_a_corrected_key_of_a_live_quiz_with_fifty_finished_attempts(course, clock):
    ids = [
        crowd.finish(person, given)
        for person, given in zip(
            crowd.people(50), [*[KEEPS] * 20, *[LOSES] * 15, *[GAINS] * 15], strict=True
        )
    ]
    certificates = _certificates()
    before = _rows()
    target = mend()
    clock.skip(days=3)

    tried = regrades.trial(recount(target)[1])

    assert tried.counts == Counter(changed=20, lost=15, gained=15)
    assert {(line.verdict, line.old_bp, line.new_bp) for line in tried.lines} == {
        ("changed", 10_000, 7_500), ("lost", 8_750, 6_250), ("gained", 5_000, 7_500),
    }  # fmt: skip
    assert _db.session.scalar(select(func.count()).select_from(Rescore)) == 0

    order(target)
    assert regrade_rounds.go_on(_db.session.commit, 60)

    assert scores(*ids) == [*[7_500] * 20, *[8_750] * 15, *[7_500] * 15]
    assert _rows() == before, "what was handed in is as it was"
    assert _certificates().items() >= certificates.items()
    assert len(_certificates()) == 50, "those who pass now have theirs"
    assert ledger.verify(_ledger()).fault is None


def test_a_pass_is_taken_only_when_it_is_said_so_and_the_certificate_stays(course):
    [person] = crowd.people(1)
    attempt_id = crowd.finish(person, LOSES)
    enrolment_id = _db.session.get(Attempt, attempt_id).enrolment_id
    held = _certificates()
    target = mend()

    order(target)
    regrade_rounds.go_on(_db.session.commit, 60)
    kept = scores(attempt_id), "passed" in facts_of(enrolment_id)
    order(target, takes_passes=True)
    regrade_rounds.go_on(_db.session.commit, 60)

    assert kept == ([8_750], True)
    assert scores(attempt_id) == [6_250]
    assert "passed" not in facts_of(enrolment_id)
    assert _certificates() == held
    [completion] = _db.session.scalars(select(Completion))
    assert (completion.state, completion.score_bp) == ("valid", 8_750)
    assert ledger.verify(_ledger()).fault is None


def test_another_attempt_that_passes_keeps_the_pass_whatever_becomes_of_one(course):
    [person] = crowd.people(1)
    first = crowd.finish(person, LOSES)
    second = crowd.finish(person, KEEPS)
    enrolment_id = _db.session.get(Attempt, first).enrolment_id
    target = mend()

    assert regrades.trial(recount(target)[1]).counts == Counter(changed=2)
    order(target)
    regrade_rounds.go_on(_db.session.commit, 60)

    assert scores(first, second) == [6_250, 7_500]
    assert facts.passed(enrolment_id)[stage.QUIZ] == (7_500, second)


def test_right_for_everybody_counts_also_what_was_left_open(course):
    one, other = crowd.people(2)
    ids = [
        crowd.finish(one, RIGHT | {"sapaan": 2}),
        crowd.finish(other, {c: a for c, a in RIGHT.items() if c != "sapaan"}),
    ]

    order(None)
    regrade_rounds.go_on(_db.session.commit, 60)

    assert scores(*ids) == [10_000, 10_000]


def test_what_cannot_be_told_keeps_its_score(course):
    [person] = crowd.people(1)
    attempt_id = crowd.finish(person, KEEPS)
    mended = stage.question("sapaan", MENDED)
    for option in mended.body["options"]:
        option["html"] = f"{'abcd'[option['number']] * 30} sama sekali lain"
    mended = type(mended)(
        "sapaan", "single", stage.sha(mended.body), mended.body, mended.key
    )
    stage.publish([mended, *(stage.question(c) for c in RIGHT if c != "sapaan")])
    found = items.question_by_sha(stage.course_id(), {"sapaan": mended.sha})
    target = found["sapaan"].id

    tried = regrades.trial(recount(target)[1])
    order(target)
    regrade_rounds.go_on(_db.session.commit, 60)

    assert tried.counts == Counter(undecided=1)
    assert scores(attempt_id) == [10_000]


def test_the_same_form_sent_twice_counts_once(course):
    [person] = crowd.people(1)
    attempt_id = crowd.finish(person, KEEPS)
    target = mend()

    ids = [order(target, uid="a" * 36) for _ in range(2)]
    for _ in range(2):
        regrade_rounds.go_on(_db.session.commit, 60)
        _db.session.get(Regrade, ids[0]).finished_at = None
        _db.session.get(Regrade, ids[0]).upto = 0
        _db.session.commit()

    assert ids[0] == ids[1]
    assert [r.number for r in queries.rescores([attempt_id])] == [1]


def test_a_reason_is_wanted(course):
    with pytest.raises(ReasonMissing):
        regrades.order(
            stage.course_id(), "sapaan", Recount({}), target_id=None,
            takes_passes=False, reason=" ", by_id=None, now=clock.now(),
        )  # fmt: skip


def test_an_attempt_still_running_is_counted_again_when_it_is_handed_in(course):
    [person] = crowd.people(1)
    crowd.finish(person, WRONG)
    running = attempts.start(person, stage.COURSE, stage.QUIZ, clock.now())
    crowd.answer(running, GAINS)
    _db.session.commit()
    order(mend())
    regrade_rounds.go_on(_db.session.commit, 60)

    attempts.submit(running, clock.now())
    _db.session.commit()

    assert scores(running.id) == [7_500]
    assert running.graded_bp == 5_000
    assert "passed" in facts_of(running.enrolment_id)


def test_an_attempt_being_handed_in_at_that_moment_is_counted_again(app, course):
    [person] = crowd.people(1)
    crowd.finish(person, WRONG)
    running = attempts.start(person, stage.COURSE, stage.QUIZ, clock.now()).id
    crowd.answer(_db.session.get(Attempt, running), GAINS)
    _db.session.commit()
    target = mend()

    def regrade():
        with app.app_context():
            order(target)
            regrade_rounds.go_on(_db.session.commit, 60)

    attempts.submit(attempts.find(person, running, lock=True), clock.now())
    meanwhile = threading.Thread(target=regrade)
    meanwhile.start()
    meanwhile.join(0.5)
    _db.session.commit()
    meanwhile.join(30)

    assert scores(running) == [7_500]


def test_who_takes_part_already_is_asked_the_corrected_question_from_then_on(course):
    [person] = crowd.people(1)
    crowd.finish(person, WRONG)
    target = mend()

    before = attempts.start(person, stage.COURSE, stage.QUIZ, clock.now())
    asked = [place["q"] for place in before.layout]
    attempts.submit(before, clock.now())
    order(target)
    after = attempts.start(person, stage.COURSE, stage.QUIZ, clock.now())

    assert target not in asked
    assert target in [place["q"] for place in after.layout]


def test_it_goes_on_in_the_worker_after_it_was_cut_short(app, course, monkeypatch):
    ids = [crowd.finish(person, KEEPS) for person in crowd.people(3)]
    target = mend()
    monkeypatch.setattr(regrades, "PIECE", 1)
    number = order(target)

    assert not regrade_rounds.go_on(_db.session.commit, 0)
    regrades.do_piece(number, clock.now())
    _db.session.commit()
    cut_short = scores(*ids)
    _db.session.rollback()
    worker.run_once(app)

    assert cut_short == [7_500, 10_000, 10_000]
    assert scores(*ids) == [7_500] * 3
    assert _db.session.get(Regrade, number).finished_at


def test_it_is_audited_with_its_reason(course):
    order(mend())

    [entry] = _db.session.scalars(
        select(AuditEntry).where(AuditEntry.action == "quiz.question_regraded")
    )
    assert entry.actor_id == 6
    assert entry.facts["reason"] == WHY
    assert entry.facts["rule"] == "again"


def test_a_grade_by_a_person_is_added_the_same_way(course):
    [person] = crowd.people(1)
    attempt_id = crowd.finish(person, RIGHT | {"laci": True, "lama": "99", "sapaan": 3})
    attempt = _db.session.get(Attempt, attempt_id)
    slot = next(n for n, p in enumerate(attempt.layout) if p["points"] == 2)

    for _ in range(2):
        rescores.grade_by_person(
            attempt, {slot: 10_000}, act=f"nilai {slot}", reason="Jawaban lengkap",
            by_id=6, now=clock.now(),
        )  # fmt: skip
        _db.session.commit()

    assert scores(attempt_id) == [7_500]
    assert [r.rule for r in queries.rescores([attempt_id])] == ["person"]
    assert "passed" in facts_of(attempt.enrolment_id)


def _rows() -> list[tuple]:
    columns = Attempt.__table__.c
    return [tuple(row) for row in _db.session.execute(
        select(columns.id, columns.score_bp, columns.layout, columns.version)
        .order_by(columns.id)
    )]  # fmt: skip


def _certificates() -> dict[str, tuple]:
    rows = _db.session.execute(
        select(Certificate, CertificateFile.sha256).outerjoin(CertificateFile)
    ).all()
    return {c.code: (c.number, c.seq, str(c.printed), c.revoked_on, sha)
            for c, sha in rows}  # fmt: skip


def _ledger() -> list[ledger.Row]:
    rows = _db.session.scalars(select(LedgerEntry).order_by(LedgerEntry.seq))
    return [ledger.Row(e.seq, e.uid, e.kind, e.person_id, e.at, e.body, e.prev_hash,
                       e.hash) for e in rows]  # fmt: skip


@pytest.mark.parametrize("code", ["jodoh", "urutan", "rumpang"])
def test_other_kinds_are_counted_by_their_texts_too(app, db, sign_in, code):
    """The options change places in the file: nothing else does, so no score does."""
    with app.app_context():
        kinds.publish(code, explain="always")
        stage.enrol("rani")
    rani = sign_in("rani")
    attempt_id = stage.begin(rani)
    kinds.send(app, rani, attempt_id, 1, kinds.RIGHT[code])
    kinds.hand_in(rani, attempt_id)
    with app.app_context():
        course_id = stage.course_id()
        old = kinds.question(code)
        new = _turned_round(kinds.question(code))
        stage.publish([new], slots=[{"question": code}])
        ids = {
            q.sha: items.question_by_sha(course_id, {code: q.sha})[code].id
            for q in (old, new)
        }
        target = ids[new.sha]
        counted = Recount({ids[old.sha]: old.body}, (new.body, new.key))

        tried = regrades.trial(counted)
        regrades.order(
            course_id, code, counted, target_id=target, takes_passes=True,
            reason=WHY, by_id=6, now=clock.now(),
        )  # fmt: skip
        _db.session.commit()
        regrade_rounds.go_on(_db.session.commit, 60)
        score = _db.session.get(Attempt, attempt_id).score_bp

    assert tried.counts == Counter(same=1)
    assert score == 10_000


def _turned_round(question):
    """Return a question whose options are numbered the other way round."""
    body, key = dict(question.body), dict(question.key)
    options = body.get("options") or []
    last = len(options) + 1
    body["options"] = [
        {**option, "number": last - option["number"]} for option in reversed(options)
    ]
    if question.kind == "matching":
        key["pairs"] = {a: last - b for a, b in key["pairs"].items()}
    elif question.kind == "ordering":
        key["order"] = [last - n for n in key["order"]]
    else:
        gaps = [dict(gap) for gap in body["gaps"]]
        gaps[2]["options"] = [
            {**o, "number": 4 - o["number"]} for o in reversed(gaps[2]["options"])
        ]
        body["gaps"] = gaps
        key["gaps"] = [*key["gaps"][:2], {**key["gaps"][2], "right": 1}]
    return type(question)(question.code, question.kind, stage.sha(body, key), body, key)
