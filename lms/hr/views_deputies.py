"""Who acts for which superior: /sdm/organisasi/pelaksana-harian."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_login import current_user

from lms.accounts import choosing, deputies, heads, roles
from lms.accounts.models import Person
from lms.db import db
from lms.kernel import clock, ids
from lms.kernel.errors import LmsError
from lms.kernel.i18n import N_
from lms.web.access import roles as only_roles

from . import picking, unit_tree
from .acting import day_of, words
from .forms_organisation import DeputyForm

bp = Blueprint("deputies", __name__, url_prefix="/sdm/organisasi/pelaksana-harian")


@bp.get("")
@only_roles("hr")
def index():
    """List who acts for whom: running, coming, over."""
    today = day_of(current_user, clock.now())
    rows = deputies.in_units(roles.units_held(current_user, "hr"), today)
    return render_template("hr/deputies.html", rows=rows)


@bp.route("/tunjuk", methods=["GET", "POST"])
@only_roles("hr")
def add():
    """Let somebody act for a superior; ?unit=… begins with its head."""
    now = clock.now()
    today = day_of(current_user, now)
    form, refusal = DeputyForm(first=today), None
    if request.method == "GET":
        _begin_with_head(form)
    if form.validate_on_submit():
        superior, person = _found(form)
        try:
            if superior is not None and person is not None:
                _made, is_new = deputies.appoint(
                    superior, person, first=form.first.data, last=form.last.data,
                    today=today, now=now, by=current_user,
                )  # fmt: skip
                db.session.commit()
                done = N_("Pelaksana harian ditunjuk.")
                flash(done if is_new else N_("Penunjukan itu sudah ada."), "ok")
                return redirect(url_for(".index"), code=303)
        except LmsError as err:
            refusal = err
    status = 422 if form.is_submitted() else 200
    if refusal is not None:
        db.session.rollback()
        form.form_errors = [*form.form_errors, words(refusal)]
        status = refusal.status
    return render_template("hr/deputy.html", form=form), status


def _begin_with_head(form: DeputyForm) -> None:
    """Fill in the superior: the head of ?unit=, or the person ?atasan= (uid)."""
    sent, uid = request.args.get("unit", ""), request.args.get("atasan", "")
    person = None
    if sent.isascii() and sent.isdigit() and len(sent) < 19:
        unit = unit_tree.find(current_user, int(sent))
        person = heads.of_units([unit.id]).get(unit.id)
    elif uid:
        person = db.session.scalar(
            picking.staff(current_user).where(Person.uid == uid[:36])
        )
    if person is not None:
        form.superior.begin_with(person, picking.told)


def _found(form: DeputyForm) -> tuple[Person | None, Person | None]:
    """Return whom both texts mean; one who is missing is said in the form."""
    return tuple(
        field.take(
            choosing.person(picking.staff(current_user), field.data, field.key),
            picking.told,
            picking.NOBODY,
        )
        for field in (form.superior, form.person)
    )


@bp.post(f"/<int(max={ids.LARGEST}):deputy_id>/akhiri")
@only_roles("hr")
def end(deputy_id: int):
    """Take an appointment away."""
    made = deputies.find(deputy_id, roles.units_held(current_user, "hr"))
    deputies.end(made, now=clock.now(), by=current_user)
    db.session.commit()
    flash(N_("Penunjukan diakhiri."), "ok")
    return redirect(url_for(".index"), code=303)
