"""The tree of units and the page of each: /sdm/organisasi."""

from flask import Blueprint, render_template, request
from flask_login import current_user

from lms.accounts import aliases, heads, roles, unit_changes
from lms.accounts.models import Unit
from lms.db import db
from lms.kernel import clock, ids
from lms.kernel.text import one_line
from lms.web.access import roles as only_roles

from . import role_lists, unit_tree
from .acting import day_of
from .forms_organisation import KIND_NAMES, AliasForm

bp = Blueprint("organisation", __name__, url_prefix="/sdm/organisasi")

UNIT = f"/<int(max={ids.LARGEST}):unit_id>"
LONGEST = 100  # letters of a search
LARGE = 400  # units that one page still shows with all below them


@bp.get("")
@only_roles("hr")
def index():
    """Show the units one is HR of as a tree, or those that a search finds."""
    wanted = one_line(request.args.get("cari", ""))[:LONGEST]
    with_closed = "ditutup" in request.args or bool(wanted)
    tops = unit_tree.of(current_user, with_closed)
    found = unit_tree.search(current_user, tops, wanted) if wanted else None
    return render_template(
        "hr/organisation.html",
        tops=tops,
        found=found,
        wanted=wanted,
        with_closed=with_closed,
        is_large=unit_tree.count(tops) > LARGE,
    )


@bp.get(UNIT)
@only_roles("hr")
def show(unit_id: int):
    """Show one unit: facts, head, names, history, and what may be done."""
    unit = unit_tree.find(current_user, unit_id)
    return page_of(unit, AliasForm())


def page_of(unit: Unit, form: AliasForm):
    """Draw the page of a unit with the form for a further name."""
    today = day_of(current_user, clock.now())
    merged_into = unit_changes.merged_into(unit.id) if unit.valid_to else None
    return render_template(
        "hr/unit.html",
        unit=unit,
        form=form,
        kinds=KIND_NAMES,
        way_up=unit_tree.way_up(current_user, unit),
        children=unit_tree.children(unit),
        counts=unit_changes.touched(unit, today),
        head=heads.of_units([unit.id]).get(unit.id),
        heads=heads.history(unit.id),
        aliases=aliases.of(unit.id),
        former=unit_tree.history(unit),
        grants=role_lists.of_unit(unit, today),
        successor=db.session.get(Unit, merged_into) if merged_into else None,
        is_deep=roles.holds(current_user, "hr", unit, True),
    )
