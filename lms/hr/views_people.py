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

from . import dossier, queries, roster
from .acting import day_of

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
    wanted = _wanted(request.args, roster.read_words(request.args.get("cari", "")))
    if wanted.number:  # a number does not belong into an address
        return redirect(url_for(".index", **_filters(request.args)), code=303)
    return _page(wanted, request.args)


@bp.post("")
@only_roles("hr")
def search():
    """Look for what was typed: words go on as an address, a number never does."""
    typed = roster.read_words(request.form.get("cari", ""))
    if not typed.number:
        words = {"cari": typed.words} if typed.words else {}
        return redirect(url_for(".index", **_filters(request.form), **words), code=303)
    return _page(_wanted(request.form, typed), request.form)


def _wanted(values, typed: roster.Wanted) -> roster.Wanted:
    filters = roster.read_filters(values, queries.units_held(current_user))
    return roster.with_words(filters, typed)


def _filters(values) -> dict[str, str]:
    """Return the filters for an address: short words that are not empty."""
    names = ("unit", "jenis", "status", "aktif", "jp")
    said = {name: values.get(name, "")[:20] for name in names if name in values}
    return {name: text for name, text in said.items() if text or name == "aktif"}


def _page(wanted: roster.Wanted, values):
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
        units=queries.units_held(current_user),
        job_types={name: JOB_TYPE_NAMES[name] for name in JOB_TYPES},
        statuses={name: STATUSES[name] for name in ASN_STATUSES},
        address=_address(values, wanted),
        requests=corrections.count_for(current_user),
    )


def _address(values, wanted: roster.Wanted) -> str:
    """Return the address of this list with a place for the page; "" of a number."""
    if wanted.number:
        return ""
    words = {"cari": wanted.words} if wanted.words else {}
    return url_for(".index", **_filters(values), **words, hal="PAGE").replace(
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
