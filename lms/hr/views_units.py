"""Acts on one unit: edit, sub-unit, move, merge, close, head, further names."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_login import current_user

from lms.accounts import aliases, choosing, heads, roles, unit_changes
from lms.accounts.models import Unit
from lms.assignments import telling
from lms.db import db
from lms.kernel import clock, ids
from lms.kernel.errors import Forbidden, Invalid, LmsError
from lms.kernel.i18n import N_
from lms.web.access import roles as only_roles

from . import picking, unit_tree
from .acting import day_of, words
from .forms_organisation import AliasForm, HeadForm, TargetForm, UnitForm
from .views_organisation import UNIT, page_of

bp = Blueprint("units", __name__, url_prefix="/sdm/organisasi")


class NotYourself(Forbidden):
    message = N_(
        "Menjadikan diri sendiri kepala unit membuka data orang di bawahnya. Mintalah"
        " pengelola SDM lain atau administrator melakukannya."
    )


class WithoutSubunits(Forbidden):
    message = N_(
        "Anda mengampu unit ini tanpa subunitnya, jadi tidak dapat memindahkan atau"
        " menggabungkannya. Mintalah pengelola SDM unit di atasnya."
    )


class TargetWanted(Invalid):
    message = N_("Pilih dahulu unit tujuannya.")


def _to(unit: Unit):
    return redirect(url_for("organisation.show", unit_id=unit.id), code=303)


def _today():
    return day_of(current_user, clock.now())


def _drawn(template: str, form, refusal: LmsError | None = None, **values):
    """Draw a form; with a refusal it says why, under that status."""
    status = 422 if form.is_submitted() else 200
    if refusal is not None:
        db.session.rollback()
        form.form_errors = [*form.form_errors, words(refusal)]
        status = refusal.status
    return render_template(template, form=form, **values), status


# --- Facts and sub-units


@bp.route(f"{UNIT}/ubah", methods=["GET", "POST"])
@only_roles("hr")
def edit(unit_id: int):
    """Change name, short name, kind, Unor ID; the former name is kept."""
    unit = unit_tree.find(current_user, unit_id)
    form = UnitForm(obj=unit, was=unit.name)
    if unit.parent_id is None:
        del form.kind
    refusal = None
    if form.validate_on_submit():
        try:
            changed = unit_changes.edit(
                unit, form.was.data or "", form.name.data, _today(), clock.now(),
                current_user, **form.facts,
            )  # fmt: skip
            db.session.commit()
        except LmsError as err:
            refusal = err
        else:
            flash(
                N_("Perubahan tersimpan.") if changed else N_("Tidak ada yang diubah."),
                "ok",
            )
            return _to(unit)
    return _drawn("hr/unit_form.html", form, refusal, unit=unit, is_new=False)


@bp.route(f"{UNIT}/subunit", methods=["GET", "POST"])
@only_roles("hr")
def add(unit_id: int):
    """Make a unit below this one."""
    parent = unit_tree.find(current_user, unit_id)
    kinds = ("office", "division", "section", "section")
    form = UnitForm(kind=kinds[min(parent.path.count("/") - 2, 3)])
    refusal = None
    if form.validate_on_submit():
        try:
            _check_deep(parent)
            facts = form.facts
            unit, is_new = unit_changes.add(
                parent, facts.pop("kind"), form.name.data, _today(), clock.now(),
                current_user, **facts,
            )  # fmt: skip
            db.session.commit()
        except LmsError as err:
            refusal = err
        else:
            flash(
                N_("Unit dibuat.") if is_new else N_("Unit dengan nama itu sudah ada."),
                "ok",
            )
            return _to(unit)
    return _drawn("hr/unit_form.html", form, refusal, unit=parent, is_new=True)


# --- Move and merge: choose, see what it touches, confirm


@bp.route(f"{UNIT}/pindah", methods=["GET", "POST"])
@only_roles("hr")
def move(unit_id: int):
    """Put the unit with all below it under another."""
    unit = unit_tree.find(current_user, unit_id)
    if request.method == "GET":
        return _choose(unit, "move", lambda to: unit_changes.check_move(unit, to))
    _check_deep(unit)
    parent = _target()
    _check_deep(parent)
    moved = unit_changes.move(unit, parent, _today(), clock.now(), current_user)
    db.session.commit()
    if moved:
        flash(N_("Unit dipindahkan, bersama semua di bawahnya."), "ok")
    return _to(unit)


@bp.route(f"{UNIT}/gabung", methods=["GET", "POST"])
@only_roles("hr")
def merge(unit_id: int):
    """Bring everything into another unit and close this one."""
    unit, today = unit_tree.find(current_user, unit_id), _today()
    if request.method == "GET":

        def check(target):
            unit_changes.check_merge(unit, target, today, current_user)

        return _choose(unit, "merge", check)
    _check_deep(unit)
    target = _target()
    _check_deep(target)
    if unit_changes.merge(unit, target, today, clock.now(), current_user):
        flash(
            gettext("Unit digabung ke “%(unit)s” dan ditutup.", unit=target.name), "ok"
        )
    db.session.commit()
    return _to(target)


def _choose(unit: Unit, act: str, check):
    """Ask for the target; once it is clear, show what the act touches."""
    form = TargetForm(formdata=request.args or None, meta={"csrf": False})
    target, refusal, counts = None, None, None
    if request.args and form.validate():
        others = unit_tree.open_units(current_user).where(Unit.id != unit.id)
        found = choosing.unit(others, form.target.data, form.target.key)
        nobody = N_("Tidak ada unit lain dengan nama itu di antara unit Anda.")
        target = form.target.take(found, picking.unit_told, nobody)
    try:
        _check_deep(unit)
        if target is not None:
            _check_deep(target)
            check(target)
            counts = unit_changes.touched(unit, _today())
    except LmsError as err:
        form.form_errors = [words(err)]
        target, refusal = None, err
    status = refusal.status if refusal else 422 if form.errors else 200
    page = render_template(
        "hr/unit_target.html", form=form, unit=unit, target=target, act=act,
        counts=counts, labels=telling.unit_labels({unit.id, (target or unit).id}),
    )  # fmt: skip
    return page, status


def _target() -> Unit:
    sent = request.form.get("ke", "")
    if not (sent.isascii() and sent.isdigit() and len(sent) < 19):
        raise TargetWanted
    return unit_tree.find(current_user, int(sent))


def _check_deep(unit: Unit) -> None:
    if not roles.holds(current_user, "hr", unit, with_subunits=True):
        raise WithoutSubunits


@bp.post(f"{UNIT}/tutup")
@only_roles("hr")
def close(unit_id: int):
    """Close an empty unit."""
    unit = unit_tree.find(current_user, unit_id)
    unit_changes.close(unit, _today(), clock.now(), current_user)
    db.session.commit()
    flash(N_("Unit ditutup. Riwayat dan catatannya tetap ada."), "ok")
    return _to(unit)


# --- Head


@bp.route(f"{UNIT}/kepala", methods=["GET", "POST"])
@only_roles("hr")
def head(unit_id: int):
    """Say who heads the unit."""
    unit = unit_tree.find(current_user, unit_id)
    form, refusal = HeadForm(), None
    if form.validate_on_submit():
        found = choosing.person(
            picking.staff(current_user), form.person.data, form.person.key
        )
        person = form.person.take(found, picking.told, picking.NOBODY)
        if person is not None:
            try:
                if unit.valid_to:
                    raise unit_changes.UnitClosed(unit=unit.name)
                _check_deep(unit)  # a head sees everybody below as well
                if person.id == current_user.id:
                    raise NotYourself
                heads.set_head(
                    unit, person, today=_today(), now=clock.now(), by=current_user,
                    since=form.since.data,
                )  # fmt: skip
                db.session.commit()
            except LmsError as err:
                refusal = err
            else:
                flash(N_("Kepala unit tersimpan."), "ok")
                return _to(unit)
    return _drawn("hr/unit_head.html", form, refusal, unit=unit)


@bp.post(f"{UNIT}/kepala/akhiri")
@only_roles("hr")
def end_head(unit_id: int):
    """Leave the unit without a head."""
    unit = unit_tree.find(current_user, unit_id)
    heads.end_head(unit, today=_today(), now=clock.now(), by=current_user)
    db.session.commit()
    flash(N_("Unit ini sekarang tanpa kepala."), "ok")
    return _to(unit)


# --- Further names


@bp.post(f"{UNIT}/nama-lain")
@only_roles("hr")
def add_alias(unit_id: int):
    """Let files find the unit by one more name."""
    unit, form = unit_tree.find(current_user, unit_id), AliasForm()
    if not form.validate_on_submit():
        return page_of(unit, form), 422
    if unit.valid_to:
        raise unit_changes.UnitClosed(unit=unit.name)
    try:
        aliases.add(unit, form.name.data, now=clock.now(), by=current_user)
        db.session.commit()
    except LmsError as err:
        db.session.rollback()
        form.form_errors = [words(err)]
        return page_of(unit, form), err.status
    flash(N_("Nama lain tersimpan."), "ok")
    return _to(unit)


@bp.post(f"{UNIT}/nama-lain/<int(max={ids.LARGEST}):alias_id>/hapus")
@only_roles("hr")
def remove_alias(unit_id: int, alias_id: int):
    """Forget a further name."""
    unit = unit_tree.find(current_user, unit_id)
    aliases.remove(unit, alias_id, now=clock.now(), by=current_user)
    db.session.commit()
    flash(N_("Nama lain dihapus."), "ok")
    return _to(unit)
