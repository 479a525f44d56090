"""Questions answered with a file: it is put there, replaced, and taken back again."""

from datetime import datetime
from typing import Any

from flask import Blueprint, redirect, request, url_for
from flask_login import current_user

from lms.catalog import items
from lms.db import db
from lms.kernel import clock
from lms.kernel.errors import Invalid, LmsError
from lms.uploads import files
from lms.web.requests import refuse_other_digits, takes_file

from . import answers, attempts, forms, holdings, views_running
from .models import Attempt

bp = Blueprint("answer_file", __name__, url_prefix="/kuis")

FILE, TAKE_BACK = "berkas", "hapus"
LATE = (attempts.AttemptSubmitted, attempts.AttemptOver)


bp.before_request(refuse_other_digits)


@bp.post("/percobaan/<int:attempt_id>/soal/<int:number>/berkas")
@takes_file(files.LARGEST_MB, files.UploadTooLarge)
def take(attempt_id: int, number: int):
    """Take the file of one question, or take it back, and go on."""
    views_running.keep_pace()
    now = clock.now()
    attempt = attempts.find(current_user.id, attempt_id)
    slot = answers.slot_of(attempt, number)
    body, last = _body(attempt, slot), len(attempt.layout)
    count = forms.read_count()
    move, flag = forms.read_move(number, last), forms.read_flag()
    db.session.rollback()  # nobody waits while the file is looked at
    takes_back = TAKE_BACK in request.form
    try:
        received = None if takes_back else _received(body)
        attempt = attempts.find(current_user.id, attempt_id, lock=True)
        attempts.check_open(attempt, now)
        saved = None
        if takes_back or received:
            upload = files.keep(current_user.id, received, now) if received else None
            saved = holdings.take(attempt, slot, upload, count, now)
        if flag is not None:
            answers.flag(attempt, slot, flag)
        db.session.commit()
    except LATE as refusal:
        return views_running.too_late(attempt, refusal, now)
    except (files.UploadTooLarge, files.RoomFull, Invalid) as mistake:
        db.session.rollback()
        return _again(attempt_id, slot, now, mistake)
    if saved and saved.is_older:
        return _again(attempt_id, slot, now, None)
    stays = takes_back or "simpan" in request.form
    return redirect(
        url_for("quiz.question", attempt_id=attempt_id, number=number)
        if stays
        else views_running.address(attempt_id, move),
        code=303,
    )


def _body(attempt: Attempt, slot: int) -> dict[str, Any]:
    """Return what is asked. Raises QuestionMissing unless it asks for a file."""
    version_id = attempt.layout[slot]["q"]
    body = items.question_versions([version_id])[version_id].body
    if body["kind"] != "upload":
        raise answers.QuestionMissing
    return dict(body)


def _received(body: dict[str, Any]) -> files.Received | None:
    """Look at the file that was chosen, if any."""
    sent = request.files.get(FILE)
    if sent is None or not sent.filename:
        return None
    sent.stream.seek(0)  # the view may be run again after a lost race
    return files.receive(sent.stream, sent.filename, body["accept"], body["max_bytes"])


def _again(attempt_id: int, slot: int, now: datetime, mistake: LmsError | None):
    """Show the question once more, with what is wrong; None = changed elsewhere."""
    attempt = attempts.find(current_user.id, attempt_id)
    if answer := views_running.not_running(attempt, now):
        return answer
    page = views_running.question_page(
        attempt, slot, now, mistake, is_older=mistake is None
    )
    return page, mistake.status if mistake else 409
