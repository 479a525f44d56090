"""Pages of the HR office: /sdm/ekspor."""

from flask import Blueprint, current_app, render_template, request, url_for
from flask_babel import gettext
from flask_login import current_user

from lms.accounts import roles, views_confirm
from lms.db import db
from lms.kernel import clock
from lms.web.access import roles as only_roles

from . import export_jobs, exports, picking, queries, takings
from .acting import words
from .forms import ExportForm
from .kinds import KINDS
from .views_export_files import take
from .wanted import HISTORY, Wanted, rights_of

bp = Blueprint("hr", __name__, url_prefix="/sdm")


@bp.route("/ekspor", methods=["GET", "POST"], endpoint="exports")
@only_roles("hr")
def export():
    """Ask for kind, period, unit and format; answer with the file, or order it."""
    courses = queries.courses_completed(current_user)
    form = _form(courses)
    if not form.validate_on_submit():
        status = 422 if form.is_submitted() else 200
        return _page(form, courses), status

    if way := views_confirm.wanted(url_for("hr.exports", jenis=form.kind.data)):
        return way
    wanted = _wanted(form)
    asked = exports.asked(
        current_user.id, current_user.full_name, _named_after(wanted), clock.now()
    )
    db.session.rollback()  # nothing written yet: nobody waits while rows are counted
    fmt, count = form.format.data, exports.count(wanted)
    try:
        exports.check_size(count, fmt)
    except exports.TooManyRows as refusal:
        form.format.errors = [words(refusal)]
        form.format.data = "csv"  # what would do; all else stays as it was filled in
        return _page(form, courses), refusal.status
    if not count:
        return _page(form, courses, nothing_found=True)
    return take(wanted, fmt, asked, count)


def _form(courses: dict[str, str]) -> ExportForm:
    form = ExportForm()
    if not form.is_submitted():
        form.kind.data = request.args.get("jenis", HISTORY)
    form.unit.fill(picking.held_units(current_user))
    form.offer({"": gettext("Semua kursus")} | courses, clock.now().year)
    return form


def _wanted(form: ExportForm) -> Wanted:
    unit = form.unit.unit
    if unit is not None:
        db.session.expunge(unit)  # it outlives this transaction
    shared = {
        "kind": form.kind.data,
        "held": roles.units_held(current_user, "hr"),
        "rights": rights_of(current_user.grants),
        "unit": unit,
    }
    if form.is_yearly:
        wanted = Wanted(**shared, year=form.year.data)
    else:
        wanted = Wanted(
            **shared,
            first=form.first.data,
            last=form.last.data,
            course=form.course.data,
        )
    if not form.since.data:
        return wanted
    return wanted.after(takings.last(current_user.id, wanted))


def _named_after(wanted: Wanted) -> int:
    return wanted.unit.id if wanted.unit else current_user.unit_id


def _page(form: ExportForm, courses: dict[str, str], nothing_found: bool = False):
    mine, now = takings.of(current_user.id), clock.now()
    return render_template(
        "hr/export.html",
        form=form,
        most=exports.XLSX_ROWS,
        kinds=KINDS,
        kind=KINDS.get(form.kind.data, KINDS[HISTORY]),
        has_rows=bool(courses) or form.is_yearly,
        nothing_found=nothing_found,
        takings=mine,
        files=[t.uid for t in mine if export_jobs.is_there(t, current_app.config, now)],
        is_busy=any(t.state in ("waiting", "running") for t in mine),
    )
