"""Files of exports, sent at once or fetched later: /sdm/ekspor/<uid>/..."""

import hashlib
import json
import tempfile
from collections.abc import Generator, Iterator
from contextlib import closing
from typing import BinaryIO

from flask import Blueprint, Flask, Response, current_app, flash, redirect, url_for
from flask_login import current_user

from lms.accounts import roles, views_confirm
from lms.db import db, reading
from lms.kernel import clock
from lms.kernel.i18n import N_
from lms.web.access import roles as only_roles

from . import export_jobs, exports, takings
from .models import Taking
from .wanted import Wanted, rights_of

bp = Blueprint("export_files", __name__, url_prefix="/sdm/ekspor")

PIECE = 64 * 1024  # bytes sent at a time


@bp.get("/<uid>/berkas")
@only_roles("hr")
def download(uid: str):
    """Hand out a file that was made in the background."""
    if way := views_confirm.wanted(url_for("hr.exports")):
        return way
    taking = takings.find(current_user.id, uid)
    takings.check_rights(
        taking, roles.units_held(current_user, "hr"), rights_of(current_user.grants)
    )
    path = export_jobs.path_of(taking, current_app.config, clock.now())
    file = path.open("rb")
    answer = _answer(_pieces(file), taking.file_name, taking.format)
    answer.content_length = path.stat().st_size
    return answer


@bp.get("/<uid>/manifest")
@only_roles("hr")
def manifest(uid: str):
    """Hand out what belongs beside the file: filter, rows, columns, SHA-256."""
    taking = takings.find(current_user.id, uid)
    text = json.dumps(takings.manifest(taking), ensure_ascii=False, indent=2)
    return _answer([f"{text}\n".encode()], f"{taking.file_name}.manifest.json", "json")


@bp.post("/<uid>/ulang")
@only_roles("hr")
def again(uid: str):
    """Take the same once more, from the same point on: a file may have been lost."""
    if way := views_confirm.wanted(url_for("hr.exports")):
        return way
    taking = takings.find(current_user.id, uid)
    wanted = takings.wanted_again(
        taking, roles.units_held(current_user, "hr"), rights_of(current_user.grants)
    )
    fmt = taking.format
    unit_id = wanted.unit.id if wanted.unit else current_user.unit_id
    asked = exports.asked(current_user.id, current_user.full_name, unit_id, clock.now())
    db.session.rollback()
    count = exports.count(wanted)
    exports.check_size(count, fmt)
    return take(wanted, fmt, asked, count)


def take(wanted: Wanted, fmt: str, asked: exports.Asked, count: int):
    """Answer with the file; a large XLSX is ordered, and comes under "Berkas saya"."""
    if fmt != "xlsx":
        return _streamed(wanted, fmt, asked)
    if count <= export_jobs.FROM_ROWS:
        return _whole(wanted, fmt, asked, count)
    export_jobs.order(wanted, fmt, asked, count, clock.now())
    db.session.commit()
    flash(N_("Berkas sedang dibuat. Lihat kemajuannya di “Berkas saya”."), "ok")
    return redirect(url_for("hr.exports", jenis=wanted.kind), code=303)


def _whole(wanted: Wanted, fmt: str, asked: exports.Asked, count: int) -> Response:
    """Make a small file, and log it, before it is sent."""
    file = tempfile.TemporaryFile()  # noqa: SIM115  (closed when it has been sent)
    try:
        with exports.turn():
            base_url = current_app.config["BASE_URL"]
            written = exports.write(wanted, fmt, asked, base_url, file)
        size = file.tell()
        file.seek(0)
        sha = hashlib.file_digest(file, "sha256").hexdigest()
        file.seek(0)
        taking = takings.begin(wanted, fmt, asked, count)
        takings.finish(taking, written, clock.now(), size=size, file_sha=sha)
        name = taking.file_name
        db.session.commit()
    except BaseException:
        file.close()
        raise
    answer = _answer(_pieces(file), name, fmt)
    answer.content_length = size
    return answer


def _streamed(wanted: Wanted, fmt: str, asked: exports.Asked) -> Response:
    """Send rows while they are read. Begun is noted first, finished before the end."""
    stream = exports.Stream(wanted, fmt, asked, current_app.config["BASE_URL"])
    try:
        taking = takings.begin(wanted, fmt, asked, stream.total)
        number, name = taking.id, taking.file_name
        db.session.commit()
        pieces = _while_read(current_app._get_current_object(), stream, number)
        next(pieces)  # begun: it is closed and noted whatever becomes of the answer
    except BaseException:
        stream.close()
        raise
    return _answer(pieces, name, fmt)


def _while_read(app: Flask, stream: exports.Stream, number: int) -> Generator[bytes]:
    """Yield the file; its last piece leaves only when the export has been logged.

    So whoever has the whole file is in the log with all its rows.
    """
    is_whole = False
    with closing(stream):
        try:
            yield b""
            held = b""
            for piece in filter(None, stream):
                if held:
                    yield held
                held = piece
            _note(app, stream, number, is_whole=True)
            is_whole = True
            yield held
        finally:
            if not is_whole:
                _note(app, stream, number, is_whole=False)


def _note(app: Flask, stream: exports.Stream, number: int, *, is_whole: bool) -> None:
    mode = reading.set(False)
    try:
        with app.app_context():
            taking = db.session.get_one(Taking, number)
            if is_whole:
                takings.finish(taking, stream.written, clock.now(), size=stream.size)
            else:
                takings.break_off(taking, stream.written, clock.now())
            db.session.commit()
    finally:
        reading.reset(mode)


def _answer(pieces, name: str, fmt: str) -> Response:
    answer = Response(pieces, content_type=exports.TYPES[fmt])
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    pieces = _read(file)
    next(pieces)  # begun, so that the file is closed whatever becomes of the answer
    return pieces


def _read(file: BinaryIO) -> Generator[bytes]:
    with file:
        yield b""
        while piece := file.read(PIECE):
            yield piece
