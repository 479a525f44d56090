"""Pages of the HR office: /sdm/..."""

from collections.abc import Iterator
from typing import BinaryIO

from flask import Blueprint, Response, current_app, render_template
from flask_babel import gettext
from flask_login import current_user

from lms.accounts import roles
from lms.accounts.models import Unit
from lms.db import db
from lms.kernel import clock
from lms.web.access import roles as only_roles

from . import exports, queries
from .forms import ExportForm
from .history import Wanted

bp = Blueprint("hr", __name__, url_prefix="/sdm")

PIECE = 64 * 1024  # bytes sent at a time


@bp.route("/ekspor", methods=["GET", "POST"], endpoint="exports")
@only_roles("hr")
def export():
    """Ask for period, unit, course and format; answer with the file."""
    held = queries.units_held(current_user)
    courses = queries.courses_completed(current_user)
    form = _form(held, courses)
    if not form.validate_on_submit():
        status = 422 if form.is_submitted() else 200
        return _page(form, courses), status

    wanted = _wanted(form, held)
    asked = exports.asked(
        current_user.id, current_user.full_name, _named_after(wanted), clock.now()
    )
    db.session.rollback()  # nothing written yet: nobody waits while the file is made
    fmt, base_url = form.format.data, current_app.config["BASE_URL"]
    file, written = exports.make(wanted, fmt, asked, base_url)
    if not written.count:
        file.close()
        return _page(form, courses, nothing_found=True)
    exports.note(wanted, fmt, asked, written)
    db.session.commit()
    return _download(file, exports.file_name(asked, fmt), exports.TYPES[fmt])


def _form(held: list[Unit], courses: dict[str, str]) -> ExportForm:
    form = ExportForm()
    every = {"": gettext("Semua unit yang Anda ampu")}
    form.offer(
        every | {str(unit.id): _indented(unit) for unit in held},
        {"": gettext("Semua kursus")} | courses,
    )
    return form


def _indented(unit: Unit) -> str:
    """Return the unit's name with its depth in the tree, for a list."""
    return "– " * (unit.path.count("/") - 2) + unit.name


def _wanted(form: ExportForm, held: list[Unit]) -> Wanted:
    unit = next((u for u in held if str(u.id) == form.unit.data), None)
    if unit is not None:
        db.session.expunge(unit)  # it outlives this transaction
    return Wanted(
        held=roles.units_held(current_user, "hr"),
        unit=unit,
        first=form.first.data,
        last=form.last.data,
        course=form.course.data,
    )


def _named_after(wanted: Wanted) -> int:
    return wanted.unit.id if wanted.unit else current_user.unit_id


def _page(form: ExportForm, courses: dict[str, str], nothing_found: bool = False):
    return render_template(
        "hr/export.html", form=form, courses=courses, nothing_found=nothing_found
    )


def _download(file: BinaryIO, name: str, media_type: str) -> Response:
    size = file.tell()
    file.seek(0)
    pieces = _pieces(file)
    next(pieces)  # begun, so that the file is closed whatever becomes of the answer
    answer = Response(pieces, content_type=media_type)
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    answer.headers["Cache-Control"] = "no-store"
    answer.content_length = size
    return answer


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    with file:
        yield b""
        while piece := file.read(PIECE):
            yield piece
