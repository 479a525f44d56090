"""Requests to correct data, with the clock of the law: /sdm/permintaan."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_login import current_user

from lms.accounts import changes, choosing, corrections, personal_data
from lms.accounts.models import CorrectionRequest, Person
from lms.db import db
from lms.kernel import clock, ids
from lms.kernel.i18n import N_
from lms.web.access import roles as only_roles

from . import unit_tree
from .acting import day_of
from .forms_person import AnswerForm, ApplyChoiceForm, ApplyTextForm, ApplyUnitForm
from .views_person_acts import office

bp = Blueprint("corrections", __name__, url_prefix="/sdm/permintaan")

SHOWN = 100


@bp.get("")
@only_roles("hr")
def index():
    """List the open requests, first due first."""
    return render_template(
        "hr/requests.html",
        requests=corrections.waiting_for(current_user, SHOWN),
        count=corrections.count_for(current_user),
        labels={name: label for name, (label, _) in personal_data.FIELDS.items()},
        now=clock.now(),
    )


@bp.route(f"/<int(max={ids.LARGEST}):nomor>", methods=["GET", "POST"])
@only_roles("hr")
def answer(nomor: int):
    """Answer a request, and change the data at once where that is simple."""
    one, person = corrections.find_for(current_user, nomor)
    form = _form(one, person)
    if not form.validate_on_submit():
        return _page(one, person, form), 422 if form.is_submitted() else 200
    now, state = clock.now(), form.state.data
    is_new = one.state == "open"
    is_applied = False
    if state == "done" and is_new and "value" in form:
        try:
            is_applied = changes.apply(
                person, one.field, form.value.data,
                today=day_of(current_user, now), now=now, by_id=current_user.id,
            )  # fmt: skip
        except (changes.ValueRefused, changes.SiasnIdTaken) as refusal:
            db.session.rollback()
            form.value.errors = [refusal.message]
            one, person = corrections.find_for(current_user, nomor)
            return _page(one, person, form), 422
    corrections.answer(
        nomor,
        state,
        form.text.data,
        actor_id=current_user.id,
        office=office(),
        now=now,
        is_applied=is_applied,
    )
    db.session.commit()
    flash(N_("Jawaban terkirim. Orangnya membacanya di Data diri."), "ok")
    return redirect(url_for(".index"), code=303)


def _form(one: CorrectionRequest, person: Person) -> AnswerForm:
    """Return the form that fits the field: a text, a list, or words alone."""
    if one.field in changes.TEXTS:
        return ApplyTextForm(value=one.wanted)
    if one.field not in changes.CHOSEN:
        return AnswerForm()
    now = changes.stored(person, one.field)
    if one.field == "unit":
        return _unit_form(one.wanted, now)
    offered = changes.choices(one.field)
    form = ApplyChoiceForm(value=_wish(one.wanted, offered) or now)
    form.value.choices = offered if now in offered else {now: "–"} | offered
    return form


def _unit_form(wanted: str, now: str) -> ApplyUnitForm:
    """Return the form with the unit that is called as the person wrote, or theirs."""
    among = unit_tree.open_units(current_user)
    wish = choosing.unit(among, wanted).row
    form = ApplyUnitForm(value=str(wish.id) if wish else now)
    form.value.fill(among)
    return form


def _wish(wanted: str, offered: dict[str, str]) -> str:
    """Return the choice that is called as the person wrote, "" when none is."""
    said = wanted.casefold()
    return next((v for v, text in offered.items() if text.casefold() == said), "")


def _page(one: CorrectionRequest, person: Person, form: AnswerForm) -> str:
    fact = personal_data.fact(person, one.field)
    return render_template(
        "hr/request.html",
        one=one,
        person=person,
        label=fact.label,
        stored=fact.value,
        is_ours=fact.is_ours,
        form=form,
        now=clock.now(),
    )
