"""What the pages of a running attempt share: its frame, its question, where to go."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask import redirect, render_template, url_for
from flask_login import current_user

from lms.catalog import courses
from lms.catalog.items import Version
from lms.catalog.models import ItemVersion
from lms.db import db, reading
from lms.kernel.errors import LmsError, TooMany
from lms.kernel.i18n import N_
from lms.web import tongue
from lms.web.errors import wants_json
from lms.web.language import current_language
from lms.web.limits import wait_for

from . import attempts, forms, graded_answers, queries, sheet, spoken
from .models import Attempt


class AnswersTooFast(TooMany):
    message = N_(
        "Jawaban dikirim terlalu sering. Tunggu %(retry_after)s detik, lalu coba lagi."
    )


def keep_pace() -> None:
    """Raise AnswersTooFast after more answers than anybody gives."""
    wait = wait_for("ANSWER_LIMIT", str(current_user.id))
    if wait:
        raise AnswersTooFast(retry_after=wait)


def address(attempt_id: int, number: int | None) -> str:
    """Return the page of a question; None is the review."""
    if number is None:
        return url_for("quiz.review", attempt_id=attempt_id)
    return url_for("quiz.question", attempt_id=attempt_id, number=number)


def not_running(attempt: Attempt, now: datetime):
    """Return where to go instead when the attempt takes no answers, else None."""
    if not attempt.is_submitted and attempt.is_over(now):
        close_on_read(attempt.id, now)
        return redirect(url_for("quiz.result", attempt_id=attempt.id), code=303)
    if attempt.is_submitted:
        return redirect(url_for("quiz.result", attempt_id=attempt.id), code=303)
    attempts.check_open(attempt, now)
    if attempt.closes_at is not None and now >= attempt.closes_at:
        # The grace is for answers under way: send them, then hand in.
        return render_template("quiz/time_up.html", attempt=attempt)
    return None


def close_on_read(attempt_id: int, now: datetime) -> None:
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


def too_late(attempt: Attempt, refusal: attempts.Conflict, now: datetime):
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


def question_page(
    attempt: Attempt,
    slot: int,
    now: datetime,
    mistake: LmsError | None = None,
    is_older: bool = False,
) -> str:
    place = attempt.layout[slot]
    body = spoken.question(attempt, slot, tongue_of(attempt))
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
        file=graded_answers.files_of(attempt.id).get(slot)
        if body["kind"] == "upload"
        else None,
        is_older=is_older,
        longest=forms.grading.MAX_TEXT,
        last=max(newest.values(), key=lambda s: s.saved_at, default=None),
        **frame(attempt, now, newest),
    )


def frame(
    attempt: Attempt, now: datetime, newest: dict | None = None
) -> dict[str, Any]:
    """Return what every page of a running attempt shows around the question."""
    newest = queries.newest_answers(attempt.id) if newest is None else newest
    answered = {slot for slot, save in newest.items() if save.answer is not None}
    quiz = quiz_body(attempt)
    return {
        "attempt": attempt,
        "quiz": quiz,
        "course": spoken.course_of(attempt, tongue_of(attempt)),
        "timer": sheet.timer(attempt.closes_at, now, current_language()),
        "steps": sheet.steps(
            len(attempt.layout), answered, queries.flagged(attempt.id)
        ),
    }


def quiz_body(attempt: Attempt) -> Mapping[str, Any]:
    row = db.session.get_one(ItemVersion, attempt.item_version_id)
    quiz = Version(row.id, row.course_id, row.code, row.kind, row.sha, row.body)
    bound = courses.release(attempt.enrolment.release_id)
    return spoken.body(quiz, bound, tongue_of(attempt))


def tongue_of(attempt: Attempt) -> str:
    """Return the language in which the course of an attempt is read."""
    return tongue.of(courses.release(attempt.enrolment.release_id).code)
