"""Roles and agencies: /kelola."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_login import current_user
from sqlalchemy import select

from lms.accounts import agencies, choosing, roles
from lms.accounts.models import ASN_STATUSES, ROLES, Unit
from lms.accounts.personal_data import STATUSES
from lms.db import db
from lms.hr import picking, role_lists, views_trail
from lms.hr.acting import day_of, words
from lms.kernel import clock, ids
from lms.kernel.errors import LmsError
from lms.kernel.i18n import N_
from lms.records import numbering, policies
from lms.web.access import roles as only_roles

from .forms import ROLE_NAMES, AgencyForm, GrantForm, PolicyForm

bp = Blueprint("admin", __name__, url_prefix="/kelola")

EXAMPLE = (7, "layanan-prima")  # a number and a course, to show a form of numbers


def _today():
    return day_of(current_user, clock.now())


@bp.get("/peran", endpoint="roles")
@only_roles("admin")
def list_roles():
    """Show who holds which role where, from when until when."""
    role = request.args.get("peran", "")
    role = role if role in ROLES else ""
    number = _page_number()
    rows, count = role_lists.administered(current_user, _today(), role, number)
    return render_template(
        "admin/roles.html",
        rows=rows,
        count=count,
        role=role,
        names=ROLE_NAMES,
        page=number,
        last=max(1, -(-count // role_lists.PAGE)),
    )


@bp.route("/peran/beri", methods=["GET", "POST"])
@only_roles("admin")
def grant():
    """Give somebody a role over a unit."""
    form, refusal, today = GrantForm(with_subunits=True), None, _today()
    form.today = today
    form.role.choices = {key: gettext(text) for key, text in ROLE_NAMES.items()}
    if form.validate_on_submit():
        person, unit = _found(form)
        if person is not None and unit is not None:
            try:
                roles.grant(
                    person, form.role.data, unit, today=today, now=clock.now(),
                    by=current_user, with_subunits=form.with_subunits.data,
                    valid_to=form.last.data,
                )  # fmt: skip
                db.session.commit()
            except LmsError as err:
                refusal = err
            else:
                flash(N_("Peran diberikan."), "ok")
                return redirect(url_for(".roles"), code=303)
    return _drawn("admin/grant.html", form, refusal)


def _found(form: GrantForm):
    """Return the person and the unit that were typed; who is missing is said."""
    among = picking.staff(current_user, "admin")
    person = choosing.person(among, form.person.data, form.person.key)
    held = roles.units_held(current_user, "admin")
    open_units = select(Unit).where(held, Unit.valid_to.is_(None))
    unit = choosing.unit(open_units, form.unit.data, form.unit.key)
    return (
        form.person.take(person, picking.told, picking.NOBODY),
        form.unit.take(unit, picking.unit_told, picking.NO_UNIT),
    )


@bp.post(f"/peran/<int(max={ids.LARGEST}):grant_id>/cabut")
@only_roles("admin")
def revoke(grant_id: int):
    """Take a role away; the last administrator stays."""
    held = role_lists.find(current_user, grant_id)
    roles.revoke(held.grant, today=_today(), now=clock.now(), by=current_user)
    db.session.commit()
    flash(N_("Peran dicabut."), "ok")
    return redirect(url_for(".roles"), code=303)


# --- Agencies

AGENCY = f"/instansi/<int(max={ids.LARGEST}):unit_id>"


@bp.get("/instansi", endpoint="agencies")
@only_roles("admin")
def list_agencies():
    """Show the agencies one administers and how they are set."""
    rows = agencies.administered(current_user)
    return render_template(
        "admin/agencies.html",
        rows=[(a, unit, _example(a.number_format, a.code)) for a, unit in rows],
        zones=agencies.ZONES,
    )


@bp.route(AGENCY, methods=["GET", "POST"])
@only_roles("admin")
def agency(unit_id: int):
    """Change the settings of an agency."""
    found, unit = agencies.find(current_user, unit_id)
    form, refusal = AgencyForm(obj=found), None
    form.offer(found.timezone)
    # "Pratinjau" shows the number and stores nothing.
    if form.validate_on_submit() and "pratinjau" not in request.form:
        try:
            changed = agencies.change(
                found, form.facts, now=clock.now(), by=current_user
            )
            db.session.commit()
        except LmsError as err:
            refusal = err
        else:
            done = N_("Pengaturan tersimpan.")
            flash(done if changed else N_("Tidak ada yang diubah."), "ok")
            return redirect(url_for(".agencies"), code=303)
    is_preview = "pratinjau" in request.form and not form.errors
    page, status = _drawn(
        "admin/agency.html", form, refusal,
        unit=unit,
        example=_example(form.number_format.data or "", found.code),
    )  # fmt: skip
    return page, 200 if is_preview else status


def _example(pattern: str, code: str) -> str:
    """Return what a number would look like today; "" when the form is unusable."""
    if not numbering.is_usable(pattern):
        return ""
    number, course = EXAMPLE
    return numbering.number(pattern, number, course, code, _today())


@bp.route(f"{AGENCY}/jp", methods=["GET", "POST"])
@only_roles("admin")
def policy(unit_id: int):
    """Show the JP policy of an agency, and let another hold from a year on."""
    _agency, unit = agencies.find(current_user, unit_id)
    year = _today().year
    form, refusal = PolicyForm(year=year + 1), None
    form.status.choices = _statuses()
    if form.validate_on_submit():
        try:
            is_new = policies.add(
                unit.id, form.status.data, form.year.data, target=form.target.data,
                cap=form.cap.data, source=form.source.data,
                is_sure=form.is_sure.data, this_year=year, now=clock.now(),
                by=current_user,
            )  # fmt: skip
            db.session.commit()
        except LmsError as err:
            refusal = err
        else:
            flash(
                N_("Kebijakan JP tersimpan.")
                if is_new
                else N_("Kebijakan itu sudah ada."),
                "ok",
            )
            return redirect(url_for(".policy", unit_id=unit.id), code=303)
    return _drawn(
        "admin/policy.html", form, refusal,
        unit=unit, rows=policies.of_agency(unit.id), year=year,
        statuses=_statuses(),
    )  # fmt: skip


def _statuses() -> dict[str, str]:
    """Return the ASN statuses as the reader knows them; short ones need no words."""
    named = {key: STATUSES.get(key, key) for key in ASN_STATUSES}
    return {k: text if k == text else gettext(text) for k, text in named.items()}


@bp.get("/riwayat", endpoint="trail")
@only_roles("admin")
def show_trail():
    """Show what was changed in the units one administers, in sentences."""
    return views_trail.page("admin/trail.html", "admin")


@bp.post("/riwayat")
@only_roles("admin")
def search_trail():
    """Look for what was typed, without a number in the address."""
    return views_trail.onward(".trail")


def _page_number() -> int:
    sent = request.args.get("hal", "1")
    number = int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 6 else 1
    return max(1, number)


def _drawn(template: str, form, refusal: LmsError | None, **values):
    """Draw a form; with a refusal it says why, under that status."""
    status = 422 if form.is_submitted() else 200
    if refusal is not None:
        db.session.rollback()
        form.form_errors = [*form.form_errors, words(refusal)]
        status = refusal.status
    return render_template(template, form=form, **values), status
