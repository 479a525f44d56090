"""Pages of the quiz feature: /kuis/..., and the cover of a quiz in its course."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask_login import current_user

from lms.accounts import units
from lms.catalog import competencies, courses, items, translated
from lms.catalog.courses import Live
from lms.catalog.items import Version
from lms.catalog.models import ItemVersion
from lms.db import db, reading
from lms.kernel import clock
from lms.kernel.errors import NotFound, TooMany
from lms.kernel.i18n import N_
from lms.learn import covers, duties, outline
from lms.learn import queries as learning
from lms.records import completions, facts
from lms.records.models import Enrolled
from lms.web import tongue
from lms.web.errors import wants_json
from lms.web.formats import local, time_id
from lms.web.language import current_language
from lms.web.limits import wait_for

from . import (
    allowances,
    answers,
    attempts,
    binding,
    forms,
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
)
from .models import Attempt

bp = Blueprint("quiz", __name__, url_prefix="/kuis")

ATTEMPT = "/percobaan/<int:attempt_id>"
QUESTION = f"{ATTEMPT}/soal/<int:number>"


class AnswersTooFast(TooMany):
    message = N_(
        "Jawaban dikirim terlalu sering. Tunggu %(retry_after)s detik, lalu coba lagi."
    )


@bp.before_request
def _plain_address() -> None:
    """Refuse digits of other scripts, which the int converter would read."""
    if not request.path.isascii():
        raise NotFound


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
    if answer := _not_running(attempt, now):
        return answer
    return _question_page(attempt, answers.slot_of(attempt, number), now)


@bp.post(QUESTION)
def answer(attempt_id: int, number: int):
    """Save the answer of one question and go on; JSON for the page's script."""
    _keep_pace()
    now = clock.now()
    attempt = attempts.find(current_user.id, attempt_id, lock=True)
    slot = answers.slot_of(attempt, number)
    count = forms.read_count()
    try:
        given = sent.given(attempt, slot, forms.sent_values(), current_language())
        attempts.check_open(attempt, now)
    except (attempts.AttemptSubmitted, attempts.AttemptOver) as refusal:
        answers.note(attempt, slot, count.of(given), now)
        return _too_late(attempt, refusal, now)
    except forms.AnswerUnreadable as mistake:
        if wants_json() or attempt.is_submitted or attempt.is_over(now):
            raise
        return _question_page(attempt, slot, now, mistake), 422
    move = forms.read_move(number, len(attempt.layout))
    flag = forms.read_flag()

    saved = answers.take(attempt, slot, count.of(given), now)
    if flag is not None:
        answers.flag(attempt, slot, flag)
    db.session.commit()

    onward = _address(attempt_id, move) + ("#jawaban" if forms.is_moved() else "")
    if wants_json():
        return _acknowledge(saved) | {"next": onward}
    if saved and saved.is_older:
        return _question_page(attempt, slot, now, is_older=True), 409
    return redirect(onward, code=303)


@bp.post(f"{QUESTION}/tanda")
def flag(attempt_id: int, number: int):
    """Mark a question to come back to, or take the mark off; nothing else changes."""
    _keep_pace()
    attempt = attempts.find(current_user.id, attempt_id, lock=True)
    slot = answers.slot_of(attempt, number)
    now = clock.now()
    attempts.check_open(attempt, now)
    is_on = bool(forms.read_flag())
    answers.flag(attempt, slot, is_on)
    db.session.commit()
    if wants_json():
        return {"is_flagged": is_on, "at": time_id(now)}
    return redirect(_address(attempt_id, number), code=303)


@bp.get(f"{ATTEMPT}/tinjau")
def review(attempt_id: int):
    """List what is answered, open and flagged before handing in."""
    now = clock.now()
    attempt = attempts.find(current_user.id, attempt_id)
    if answer := _not_running(attempt, now):
        return answer
    newest = queries.newest_answers(attempt.id)
    versions = items.question_versions({place["q"] for place in attempt.layout})
    misfits = sheet.misfits(
        attempt.layout,
        {number: version.body for number, version in versions.items()},
        {slot: save.answer for slot, save in newest.items()},
    )
    return render_template(
        "quiz/review.html", misfits=misfits, **_frame(attempt, now, newest)
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
        going = _not_running(attempt, now)
        return going or redirect(url_for(".review", attempt_id=attempt_id), code=303)
    quiz = _quiz_body(attempt)
    terms = rules.of(quiz)
    tried = queries.list_attempts(attempt.enrolment_id, attempt.item_code)
    at = grants.standing(terms, tried, attempt.enrolment_id, attempt.item_code)
    explained = rules.may_explain(terms, at)
    shares = outcome.by_competency(attempt, quiz, terms, explained)
    bound = spoken.course_of(attempt, _tongue(attempt))
    live = translated.course(courses.live(bound.code), _tongue(attempt))
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
        lines=outcome.lines(attempt, current_language(), _tongue(attempt))
        if explained
        else [],
        parts=[] if at.passed or at.is_waiting else reading_again.parts(weak, live),
        gain=pairs.gain(attempt.enrolment_id, bound, attempt.item_code),
        following=_following(attempt, bound, live) if at.passed else None,
        office=_office() if grants.is_needed(at) else "",
        completed=done,
        certificate_code=learning.certificate_code(done) if done else "",
        again=next(reversed(queries.rescores([attempt_id])), None),
    )


def _following(attempt: Attempt, bound: Live, live: Live) -> outline.Row | None:
    """Return what to do next in the course, or None when all of it is done."""
    return outline.build(live, bound, facts.of(attempt.enrolment_id)).next_row


def cover(user, live: Live, item: dict[str, Any], enrolment: Enrolled, now: datetime):
    """Show what a quiz asks, how it stands, and the button to begin."""
    bound = courses.release(enrolment.release_id)
    quiz = binding.binding_quiz(bound, live, item["code"])
    if quiz is None:
        raise attempts.QuizMissing
    tried = queries.list_attempts(enrolment.id, item["code"])
    for attempt in tried:
        if not attempt.is_submitted and attempt.is_over(now):
            _close_on_read(attempt.id, now)
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


def _keep_pace() -> None:
    """Raise AnswersTooFast after more answers than anybody gives."""
    wait = wait_for("ANSWER_LIMIT", str(current_user.id))
    if wait:
        raise AnswersTooFast(retry_after=wait)


def _address(attempt_id: int, number: int | None) -> str:
    """Return the page of a question; None is the review."""
    if number is None:
        return url_for(".review", attempt_id=attempt_id)
    return url_for(".question", attempt_id=attempt_id, number=number)


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


def _not_running(attempt: Attempt, now: datetime):
    """Return where to go instead when the attempt takes no answers, else None."""
    if not attempt.is_submitted and attempt.is_over(now):
        _close_on_read(attempt.id, now)
        return redirect(url_for(".result", attempt_id=attempt.id), code=303)
    if attempt.is_submitted:
        return redirect(url_for(".result", attempt_id=attempt.id), code=303)
    attempts.check_open(attempt, now)
    if attempt.closes_at is not None and now >= attempt.closes_at:
        # The grace is for answers under way: send them, then hand in.
        return render_template("quiz/time_up.html", attempt=attempt)
    return None


def _close_on_read(attempt_id: int, now: datetime) -> None:
    """Close an attempt that ran out, in a short writing transaction of its own.

    The one write that a GET may start: its time ended it, not the reader.
    """
    db.session.rollback()  # ends the transaction that only reads
    mode = reading.set(False)
    try:
        attempt = attempts.find(current_user.id, attempt_id, lock=True)
        attempts.submit(attempt, now)
        db.session.commit()
    finally:
        reading.reset(mode)


def _too_late(attempt: Attempt, refusal: attempts.Conflict, now: datetime):
    """Refuse an answer that came too late; one that ran out is closed first."""
    attempt_id = attempt.id
    attempts.submit(attempt, now)
    db.session.commit()
    if wants_json():
        raise refusal
    page = render_template(
        "quiz/closed.html", text=refusal.message, attempt_id=attempt_id
    )
    return page, 409


def _question_page(
    attempt: Attempt,
    slot: int,
    now: datetime,
    mistake: forms.AnswerUnreadable | None = None,
    is_older: bool = False,
) -> str:
    place = attempt.layout[slot]
    body = spoken.question(attempt, slot, _tongue(attempt))
    newest = queries.newest_answers(attempt.id)
    save = newest.get(slot)
    return render_template(
        "quiz/question.html",
        number=slot + 1,
        sheet=sheet.of(
            body,
            place["options"],
            save.answer if save else None,
            forms.sent_values() if mistake else None,
            language=current_language(),
            values=place.get("values"),
        ),
        seq=save.seq + 1 if save else 1,
        saved_at=save.saved_at if save else None,
        mistake=mistake,
        is_older=is_older,
        longest=forms.grading.MAX_TEXT,
        last=max(newest.values(), key=lambda s: s.saved_at, default=None),
        **_frame(attempt, now, newest),
    )


def _frame(
    attempt: Attempt, now: datetime, newest: dict | None = None
) -> dict[str, Any]:
    """Return what every page of a running attempt shows around the question."""
    newest = queries.newest_answers(attempt.id) if newest is None else newest
    answered = {slot for slot, save in newest.items() if save.answer is not None}
    quiz = _quiz_body(attempt)
    return {
        "attempt": attempt,
        "quiz": quiz,
        "course": spoken.course_of(attempt, _tongue(attempt)),
        "timer": sheet.timer(attempt.closes_at, now, current_language()),
        "steps": sheet.steps(
            len(attempt.layout), answered, queries.flagged(attempt.id)
        ),
    }


def _quiz_body(attempt: Attempt) -> Mapping[str, Any]:
    row = db.session.get_one(ItemVersion, attempt.item_version_id)
    quiz = Version(row.id, row.course_id, row.code, row.kind, row.sha, row.body)
    bound = courses.release(attempt.enrolment.release_id)
    return spoken.body(quiz, bound, _tongue(attempt))


def _tongue(attempt: Attempt) -> str:
    """Return the language in which the course of an attempt is read."""
    return tongue.of(courses.release(attempt.enrolment.release_id).code)


def _office() -> str:
    """Return the office that can grant another attempt."""
    return units.agency_of(current_user.unit_id).office_name
