"""The people HR looks after: /sdm/pegawai, and the page of one of them."""

from datetime import datetime

from flask import Blueprint, redirect, render_template, request, url_for
from flask_login import current_user

from lms.accounts import corrections
from lms.accounts.models import ASN_STATUSES, JOB_TYPES
from lms.accounts.personal_data import STATUSES
from lms.assignments import standing
from lms.db import db, reading
from lms.kernel import clock
from lms.kernel.i18n import N_
from lms.records import jp
from lms.web.access import roles as only_roles

from . import dossier, picking, queries, roster
from .acting import day_of
from .forms_picking import UnitField, unit_filter

bp = Blueprint("people", __name__, url_prefix="/sdm/pegawai")

JOB_TYPE_NAMES = {
    "struktural": N_("Struktural"),
    "fungsional": N_("Fungsional"),
    "pelaksana": N_("Pelaksana"),
    "rangkap": N_("Rangkap"),
}
LARGEST_PAGE = 9_999


@bp.get("")
@only_roles("hr")
def index():
    """List people by name, narrowed by the address; numbers come by `search`."""
    typed, unit = roster.read_words(request.args.get("cari", "")), _unit(request.args)
    if typed.number:  # a number does not belong into an address
        return redirect(url_for(".index", **_filters(request.args, unit)), code=303)
    return _page(typed, request.args, unit)


@bp.post("")
@only_roles("hr")
def search():
    """Look for what was typed: words go on as an address, a number never does."""
    typed = roster.read_words(request.form.get("cari", ""))
    unit = _unit(request.form)
    if not typed.number:
        said = _filters(request.form, unit)
        words = {"cari": typed.words} if typed.words else {}
        return redirect(url_for(".index", **said, **words), code=303)
    return _page(typed, request.form, unit)


def _unit(values) -> UnitField:
    return unit_filter(values, picking.held_units(current_user))


def _filters(values, unit: UnitField) -> dict[str, str]:
    """Return the filters for an address: short words that are not empty."""
    names = ("jenis", "status", "aktif", "jp")
    said = {name: values.get(name, "")[:20] for name in names if name in values}
    kept = {name: text for name, text in said.items() if text or name == "aktif"}
    return unit.address | kept


def _page(typed: roster.Wanted, values, unit: UnitField):
    wanted = roster.with_words(roster.read_filters(values, unit.unit), typed)
    now = clock.now()
    page = values.get("hal", "1")
    is_number = page.isascii() and page.isdigit() and len(page) <= len("9999")
    today = day_of(current_user, now)
    year = today.year
    found = roster.find(current_user, wanted, year, int(page) if is_number else 1)
    late = standing.of_people([one.id for one in found.people], today)
    return render_template(
        "hr/people.html",
        found=found,
        wanted=wanted,
        most=roster.COUNTED,
        year=year,
        late={
            number: sum(owed.state == "late" for owed in all_owed)
            for number, all_owed in late.items()
        },
        unit=unit,
        job_types={name: JOB_TYPE_NAMES[name] for name in JOB_TYPES},
        statuses={name: STATUSES[name] for name in ASN_STATUSES},
        address=_address(values, wanted, unit),
        requests=corrections.count_for(current_user),
    )


def _address(values, wanted: roster.Wanted, unit: UnitField) -> str:
    """Return the address of this list with a place for the page; "" of a number."""
    if wanted.number:
        return ""
    words = {"cari": wanted.words} if wanted.words else {}
    return url_for(".index", **_filters(values, unit), **words, hal="PAGE").replace(
        "PAGE", "{page}"
    )


@bp.get("/<uid>")
@only_roles("hr")
def show(uid: str):
    """Show one person; that it was looked at is noted and shown to them."""
    now = clock.now()
    person = queries.person_held(current_user, uid)
    if not dossier.is_noted(person.id, current_user.id, now):
        note_look(person.id, now)
        person = queries.person_held(current_user, uid)
    it = dossier.of(person, now)
    return render_template(
        "hr/person.html",
        it=it,
        is_self=person.id == current_user.id,
        today=jp.day_of(now, it.zone),
    )


def note_look(person_id: int, now: datetime, what: str = dossier.WHAT) -> None:
    """Note the look in a short writing transaction of its own.

    A GET that writes: the note is the price of reading, not a change.
    """
    db.session.rollback()  # ends the transaction that only reads
    mode = reading.set(False)
    try:
        dossier.note_look(person_id, current_user.id, now, what)
        db.session.commit()
    finally:
        reading.reset(mode)
