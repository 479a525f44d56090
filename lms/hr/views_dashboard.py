"""The dashboard of the HR office, its lists and its paper: /sdm, /sdm/daftar …"""

from datetime import datetime
from urllib.parse import urlencode

from flask import Blueprint, render_template, request, url_for
from flask_login import current_user
from sqlalchemy.exc import OperationalError

from lms.assignments import sweeps
from lms.db import db
from lms.jobs import worker
from lms.jobs.worker import every_round
from lms.kernel import clock
from lms.web.access import roles as only_roles

from . import (
    board,
    charts,
    figures,
    lists,
    picking,
    run_out,  # noqa: F401  (adds its work to the worker's)
    scope,
)
from .forms_picking import unit_filter

bp = Blueprint("dashboard", __name__, url_prefix="/sdm")

SHEETS = 40  # offices on a page; the others follow on the next
PATIENCE = 2.0  # seconds that a page takes in what changed; it says what is missing
TURN = 4.0  # seconds of one round of the worker


@bp.route("")
@only_roles("hr")
def index():
    """Show the figures of the units held."""
    waiting = _take_in()
    args = request.args
    unit = unit_filter(args, picking.held_units(current_user))
    if "unit-cari" in args:
        args = args.to_dict() | {"unit": unit.data}
    chosen = scope.read(current_user, args, clock.now())
    found = board.read(chosen)
    return render_template(
        "hr/dashboard.html",
        scope=chosen,
        unit=unit,
        board=found,
        help=lists.who_needs_help(chosen),
        line=charts.line(found.months, chosen),
        columns=charts.columns(found.progress),
        waiting=waiting,
        now=clock.now(),
        to=_links(chosen),
    )


@bp.route("/daftar", endpoint="listed")
@only_roles("hr")
def list_of():
    """Show the list that a figure counts."""
    chosen = scope.read(current_user, request.args, clock.now())
    asked = lists.wanted(request.args)
    found = lists.read(chosen, asked)
    return render_template(
        "hr/list.html",
        scope=chosen,
        asked=asked,
        found=found,
        now=clock.now(),
        here=_address(request.args),
    )


@bp.route("/cetak", endpoint="printed")
@only_roles("hr")
def on_paper():
    """Show one sheet of paper for each office, or for the unit chosen, page by page."""
    _take_in()
    chosen = scope.read(current_user, request.args, clock.now())
    sheets = [chosen]
    if chosen.unit is None:
        found = scope.groups(chosen)
        sheets = [scope.narrowed(chosen, g.unit_id, g.is_only) for g in found]
    last = max(1, -(-len(sheets) // SHEETS))
    page = min(lists.page_of(request.args), last)
    shown = sheets[(page - 1) * SHEETS : page * SHEETS]
    read = [(sheet, board.read(sheet)) for sheet in shown]
    return render_template(
        "hr/print.html",
        sheets=[(s, b, charts.columns(b.progress)) for s, b in read if b.people],
        scope=chosen,
        now=clock.now(),
        page=page,
        last=last,
    )


def _take_in() -> int:
    """Take in what changed; return how many changes the figures do not know yet.

    In short transactions of its own: a GET itself never writes.
    """
    if figures.pending():
        try:
            figures.take_in(db.session.commit, seconds=PATIENCE)
        except OperationalError:
            db.session.rollback()  # busy: the page says that some are missing
    return figures.pending() + sweeps.unclosed()


@every_round
def take_in(_now: datetime) -> None:
    """Take in what changed ahead of whoever opens the page; for the worker.

    After an import for minutes, so in turns: other work and a stop come between.
    """
    if not figures.take_in(db.session.commit, seconds=TURN):
        worker.wake()


def _links(chosen: scope.Scope):
    """Return to(list, **more): the address of the list behind a figure."""

    def to(kind: str, **more) -> str:
        values = chosen.values() | {"isi": kind} | more
        said = {name: value for name, value in values.items() if value is not None}
        return url_for("dashboard.listed", **said)

    return to


def _address(args):
    """Return here(**more): the address of the list with some things changed."""

    def here(**more) -> str:
        said = args.to_dict() | {"hal": None} | more
        # Names are anybody's to make up: none of them is a word to url_for.
        known = {name: value for name, value in said.items() if value is not None}
        return f"{url_for('dashboard.listed')}?{urlencode(known)}"

    return here
