"""Pages of the quiz feature: /kuis/..., and the cover of a quiz in its course."""

from datetime import datetime
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask_login import current_user

from lms.accounts import units
from lms.catalog import competencies, courses, items, translated
from lms.catalog.courses import Live
from lms.db import db
from lms.kernel import clock
from lms.learn import covers, duties, further, outline
from lms.learn import queries as learning
from lms.records import completions, facts
from lms.records.models import Enrolled
from lms.web import tongue
from lms.web.errors import wants_json
from lms.web.formats import local, time_id
from lms.web.language import current_language
from lms.web.requests import refuse_other_digits

from . import (
    allowances,
    answers,
    attempts,
    binding,
    forms,
    graded_answers,
    grants,
    open_attempts,
    outcome,
    pairs,
    queries,
    reading_again,
    rules,
    sent,
    sheet,
    spoken,
    views_running,
)
from .models import Attempt

bp = Blueprint("quiz", __name__, url_prefix="/kuis")

ATTEMPT = "/percobaan/<int:attempt_id>"
QUESTION = f"{ATTEMPT}/soal/<int:number>"


bp.before_request(refuse_other_digits)


@bp.post("/<kursus>/<butir>/mulai")
def start(kursus: str, butir: str):
    """Open an attempt, or go back to the running one."""
    attempt = attempts.start(current_user.id, kursus, butir, clock.now())
    attempt_id = attempt.id
    db.session.commit()
    return redirect(url_for(".question", attempt_id=attempt_id, number=1), code=303)


@bp.get(QUESTION)
def question(attempt_id: int, number: int):
    """Show one question of a running attempt."""
    now = clock.now()
    attempt = attempts.find(current_user.id, attempt_id)
    if answer := views_running.not_running(attempt, now):
        return answer
    return views_running.question_page(attempt, answers.slot_of(attempt, number), now)


@bp.post(QUESTION)
def answer(attempt_id: int, number: int):
    """Save the answer of one question and go on; JSON for the page's script."""
    views_running.keep_pace()
    now = clock.now()
    attempt = attempts.find(current_user.id, attempt_id, lock=True)
    slot = answers.slot_of(attempt, number)
    count = forms.read_count()
    try:
        given = sent.given(attempt, slot, forms.sent_values(), current_language())
        attempts.check_open(attempt, now)
    except (attempts.AttemptSubmitted, attempts.AttemptOver) as refusal:
        answers.note(attempt, slot, count.of(given), now)
        return views_running.too_late(attempt, refusal, now)
    except forms.AnswerUnreadable as mistake:
        if wants_json() or attempt.is_submitted or attempt.is_over(now):
            raise
        return views_running.question_page(attempt, slot, now, mistake), 422
    move = forms.read_move(number, len(attempt.layout))
    flag = forms.read_flag()

    saved = answers.take(attempt, slot, count.of(given), now)
    if flag is not None:
        answers.flag(attempt, slot, flag)
    db.session.commit()

    onward = views_running.address(attempt_id, move) + (
        "#jawaban" if forms.is_moved() else ""
    )
    if wants_json():
        return _acknowledge(saved) | {"next": onward}
    if saved and saved.is_older:
        return views_running.question_page(attempt, slot, now, is_older=True), 409
    return redirect(onward, code=303)


@bp.post(f"{QUESTION}/tanda")
def flag(attempt_id: int, number: int):
    """Mark a question to come back to, or take the mark off; nothing else changes."""
    views_running.keep_pace()
    attempt = attempts.find(current_user.id, attempt_id, lock=True)
    slot = answers.slot_of(attempt, number)
    now = clock.now()
    attempts.check_open(attempt, now)
    is_on = bool(forms.read_flag())
    answers.flag(attempt, slot, is_on)
    db.session.commit()
    if wants_json():
        return {"is_flagged": is_on, "at": time_id(now)}
    return redirect(views_running.address(attempt_id, number), code=303)


@bp.get(f"{ATTEMPT}/tinjau")
def review(attempt_id: int):
    """List what is answered, open and flagged before handing in."""
    now = clock.now()
    attempt = attempts.find(current_user.id, attempt_id)
    if answer := views_running.not_running(attempt, now):
        return answer
    newest = queries.newest_answers(attempt.id)
    versions = items.question_versions({place["q"] for place in attempt.layout})
    misfits = sheet.misfits(
        attempt.layout,
        {number: version.body for number, version in versions.items()},
        {slot: save.answer for slot, save in newest.items()},
    )
    return render_template(
        "quiz/review.html", misfits=misfits, **views_running.frame(attempt, now, newest)
    )


@bp.post(f"{ATTEMPT}/kumpulkan")
def submit(attempt_id: int):
    """Hand in, with the answers sent once more: one lost on the way costs nothing.

    A second hand-in changes nothing and shows the same result.
    """
    now = clock.now()
    attempt = attempts.find(current_user.id, attempt_id, lock=True)
    copies = forms.read_copies(len(attempt.layout))
    if not attempt.is_submitted and not attempt.is_over(now):
        sent.take_copies(attempt, copies, current_language(), now)
    attempts.submit(attempt, now)
    db.session.commit()
    onward = url_for(".result", attempt_id=attempt_id)
    return {"next": onward} if wants_json() else redirect(onward, code=303)


@bp.get(f"{ATTEMPT}/hasil")
def result(attempt_id: int):
    """Show the score, and as much of the why as the rules allow."""
    now = clock.now()
    attempt = attempts.find(current_user.id, attempt_id)
    if not attempt.is_submitted:
        going = views_running.not_running(attempt, now)
        return going or redirect(url_for(".review", attempt_id=attempt_id), code=303)
    quiz = views_running.quiz_body(attempt)
    terms = rules.of(quiz)
    tried = queries.list_attempts(attempt.enrolment_id, attempt.item_code)
    at = grants.standing(terms, tried, attempt.enrolment_id, attempt.item_code)
    explained = rules.may_explain(terms, at)
    shares = outcome.by_competency(attempt, quiz, terms, explained)
    bound = spoken.course_of(attempt, views_running.tongue_of(attempt))
    live = translated.course(courses.live(bound.code), views_running.tongue_of(attempt))
    done = completions.of(attempt.enrolment) if attempt.passed else None
    weak = [share.code for share in shares if share.score_bp < attempt.pass_bp]
    return render_template(
        "quiz/result.html",
        attempt=attempt,
        quiz=quiz,
        course=live,
        terms=terms,
        at=at,
        now=now,
        shares=shares,
        names=competencies.names(share.code for share in shares),
        known=outcome.known(attempt) if attempt.is_waiting else None,
        lines=outcome.lines(
            attempt, current_language(), views_running.tongue_of(attempt)
        )
        if explained
        else [],
        parts=[] if at.passed or at.is_waiting else reading_again.parts(weak, live),
        gain=pairs.gain(attempt.enrolment_id, bound, attempt.item_code),
        following=_following(attempt, bound, live) if at.passed else None,
        office=_office() if grants.is_needed(at) else "",
        completed=done,
        certificate_code=learning.certificate_code(done) if done else "",
        again=next(reversed(queries.rescores([attempt_id])), None),
        graded=[
            answer
            for answer in graded_answers.of(
                attempt, current_language(), views_running.tongue_of(attempt)
            )
            if answer.grades
        ],
    )


def _following(attempt: Attempt, bound: Live, live: Live) -> outline.Row | None:
    """Return what to do next in the course, or None when all of it is done."""
    built = outline.build(live, bound, facts.of(attempt.enrolment_id))
    return further.on(built, attempt.enrolment_id).next_row


def cover(user, live: Live, item: dict[str, Any], enrolment: Enrolled, now: datetime):
    """Show what a quiz asks, how it stands, and the button to begin."""
    bound = courses.release(enrolment.release_id)
    quiz = binding.binding_quiz(bound, live, item["code"])
    if quiz is None:
        raise attempts.QuizMissing
    tried = queries.list_attempts(enrolment.id, item["code"])
    for attempt in tried:
        if not attempt.is_submitted and attempt.is_over(now):
            views_running.close_on_read(attempt.id, now)
            return redirect(request.path, code=303)
    terms = rules.of(quiz.body)
    at = grants.standing(terms, tried, enrolment.id, item["code"])
    running = next((a for a in tried if not a.is_submitted), None)
    extra = running.extra_percent if running else allowances.percent_of(user.id)
    return render_template(
        "quiz/cover.html",
        running=running,
        extra=extra if terms.limit else 0,
        minutes=terms.minutes_with(extra),
        course=live,
        item=item,
        quiz=spoken.body(quiz, live, tongue.of(live.code)),
        count=sum(slot.get("count", 1) for slot in quiz.body["slots"]),
        terms=terms,
        tried=tried,
        gain=pairs.gain(enrolment.id, bound, item["code"]),
        at=at,
        now=now,
        office=_office() if grants.is_needed(at) else "",
    )


covers.register("quiz", cover)
duties.register(open_attempts.duties)


def _acknowledge(saved: answers.Saved | None) -> dict[str, Any]:
    """Answer the page's script: what the server holds now; nothing of the key.

    The script reads the reader's zone off "saved_at".
    """
    return {
        "seq": saved.seq if saved else 0,
        "saved_at": local(saved.saved_at).isoformat() if saved else None,
        "at": time_id(saved.saved_at) if saved else "",
        "is_older": bool(saved and saved.is_older),
        "is_elsewhere": bool(saved and saved.is_elsewhere),
    }


def _office() -> str:
    """Return the office that can grant another attempt."""
    return units.agency_of(current_user.unit_id).office_name
