"""The first page after signing in: /. And what is stored about one: /data-saya."""

from datetime import timedelta
from itertools import groupby
from typing import BinaryIO

from flask import Blueprint, Response, current_app, render_template, request
from flask_babel import gettext
from flask_login import current_user

from lms.audit.own_data import GROUPS
from lms.db import db
from lms.kernel import clock
from lms.records import proofs
from lms.web.formats import local
from lms.web.limits import limited

from . import overview, sections, takeout, trail
from .greeting import greeting

bp = Blueprint("home", __name__)

NEWS = timedelta(days=14)  # how long a changed record is told of
SHOWN = 3  # duties before "Lihat semua"
ROWS = 10  # of each kind of stored data; the download has all


@bp.get("/")
def index():
    """Say where one was, what is due by when, and where one stands."""
    now = clock.now()
    return render_template(
        "home/index.html",
        greeting=greeting(local(now).time()),
        now=now,
        home=overview.of(
            current_user._get_current_object(), now, current_app.config["RENEWAL_DAYS"]
        ),
        amended=proofs.news(current_user.id, now - NEWS),
        most=None if request.args.get("semua") else SHOWN,
    )


@bp.get("/data-saya")
def my_data():
    """Show everything stored about the person, the newest of each kind."""
    parts = sections.preview(db.session.connection(), current_user.id, ROWS)
    return render_template(
        "home/my_data.html",
        groups={title: list(found) for title, found in groupby(parts, _title_of_group)},
        trail=trail.of(current_user.id, ROWS),
    )


def _title_of_group(part: sections.Part) -> str:
    return GROUPS[part.section.group]


@bp.post("/data-saya/unduh")
@limited("10 per hour")
def download_my_data():
    """Answer with a copy of everything stored about the person; note the taking."""
    asked = takeout.Asked(
        person_id=current_user.id,
        uid=current_user.uid,
        fmt=takeout.check(request.form.get("bentuk", "")),
        now=clock.now(),
        zone=current_user.shown_zone,
        translate=_translated,
    )
    db.session.rollback()  # nothing written yet: nobody waits while the file is made
    file = takeout.make(asked)
    takeout.note(asked)
    db.session.commit()
    return _download(file, takeout.file_name(asked), takeout.TYPES[asked.fmt])


def _translated(text: str) -> str:
    return gettext(text) if text else ""


def _download(file: BinaryIO, name: str, media_type: str) -> Response:
    size = file.tell()
    file.seek(0)
    pieces = takeout.pieces(file)
    next(pieces)  # begun, so that the file is closed whatever becomes of the answer
    answer = Response(pieces, content_type=media_type)
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    answer.headers["Cache-Control"] = "no-store"
    answer.content_length = size
    return answer
