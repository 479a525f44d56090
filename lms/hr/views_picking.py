"""What is found while somebody types: /sdm/organisasi/cocok/..."""

from flask import Blueprint, jsonify, request
from flask_babel import gettext, ngettext
from flask_login import current_user

from lms.accounts import choosing
from lms.kernel.text import one_line
from lms.web import formats
from lms.web.access import roles as only_roles

from . import job_list, picking, unit_tree
from .forms_picking import LONGEST, MANY, Offer

bp = Blueprint("picking", __name__, url_prefix="/sdm/organisasi/cocok")


def _asked() -> str:
    return one_line(request.args.get("cari", ""))[:LONGEST]


@bp.get("/unit")
@only_roles("hr")
def units():
    """Return the open units one is HR of that some words mean."""
    found = choosing.unit(unit_tree.open_units(current_user), _asked())
    rows = [found.row] if found.row is not None else list(found.offers)
    return _answer(picking.units_told(rows), found.is_cut)


@bp.get("/jabatan")
@only_roles("hr")
def titles():
    """Return the job titles in one's units that hold some words."""
    return _answer(*titles_told(_asked()))


def titles_told(text: str) -> tuple[list[Offer], bool]:
    """Return titles that hold some words, with how many people have them."""
    if not text:
        return [], False
    rows, is_cut = job_list.titles(current_user, text)
    said = [(title, title, _people(count)) for title, count in rows]
    return said, is_cut


def _people(count: int) -> str:
    return ngettext(
        "%(count)s orang", "%(count)s orang", count, count=formats.number_id(count)
    )


def _answer(rows: list[Offer], is_cut: bool):
    note = gettext(MANY) if is_cut else ""
    if not rows:
        note = gettext("Tidak ada yang cocok.") if _asked() else ""
    return jsonify(rows=rows, note=note)
