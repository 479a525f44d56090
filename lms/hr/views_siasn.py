"""Completions on their way to SIASN: /sdm/siasn. The product itself sends nothing."""

import json
from collections.abc import Generator
from contextlib import ExitStack
from itertools import islice

from flask import (
    Blueprint,
    Response,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_babel import ngettext
from flask_login import current_user
from sqlalchemy import Engine, select

from lms.accounts import roles, units, views_confirm
from lms.accounts.models import Unit
from lms.db import db
from lms.db.snapshots import snapshot
from lms.kernel import clock
from lms.kernel.errors import Conflict, Invalid
from lms.kernel.i18n import N_
from lms.records import certificate_files
from lms.records.models import Certificate
from lms.web.access import roles as only_roles
from lms.web.requests import takes_file

from . import (
    dossier,
    exports,
    picking,
    queries,
    siasn_history,
    siasn_outcome,
    siasn_package,
    siasn_records,
    siasn_return,
)
from .forms_siasn import ReturnForm, SiasnFilter
from .siasn_records import Item
from .siasn_return import Fault
from .views_people import note_look
from .wanted import Wanted

bp = Blueprint("siasn", __name__, url_prefix="/sdm/siasn")

PAGE = 25  # records on a page
FAULTS = 100  # shown at once


RETURN_MB = 5  # of a file with answers: 20,000 rows as XLSX are about one


class NothingToSend(Conflict):
    message = N_("Tidak ada rekaman yang perlu dikirim untuk saringan ini.")


class UnitUnclear(Invalid):
    message = N_("Belum jelas unit mana yang dimaksud. Pilih dahulu unitnya.")


class NothingReady(Conflict):
    message = N_(
        "Belum ada rekaman yang siap untuk saringan ini. Perbaiki dahulu masalah yang"
        " tertulis pada rekaman yang belum siap."
    )


@bp.get("")
@only_roles("hr")
def index():
    """List records with their state and what is wrong; packages and answers."""
    return _page(ReturnForm(formdata=None), [])


@bp.get("/paket")
@only_roles("hr")
def preview():
    """Show what the next package would hold, what changed, and what stays behind."""
    wanted = _wanted(_clear())
    db.session.rollback()
    return render_template(
        "hr/siasn_package.html",
        page=siasn_package.preview(wanted),
        address=_address(),
        shown=siasn_package.SHOWN,
    )


@bp.post("/paket")
@only_roles("hr")
def package():
    """Hand out the payloads of what is ready as one JSON file; it becomes "siap"."""
    if way := views_confirm.wanted(url_for(".index", **_address())):
        return way
    found, wanted = _chosen()
    now = clock.now()
    agency = units.agency_of(wanted.unit.id if wanted.unit else current_user.unit_id)
    called = siasn_package.new_name(agency, now)
    taken = siasn_package.take(found, called, wanted, current_user.id, now)
    document = siasn_package.document(taken, called, agency, now)
    name = f"siasn-kursus_{agency.code}_{exports.stamp(now, agency.timezone)}.json"
    db.session.commit()  # also what fell back to "belum"
    if not taken:
        raise NothingReady
    text = json.dumps(document, ensure_ascii=False, indent=2)
    return _attached([f"{text}\n".encode()], name, "application/json")


@bp.post("/pdf")
@only_roles("hr")
def papers():
    """Hand out the PDFs of what is ready, as a ZIP, while they are read."""
    if way := views_confirm.wanted(url_for(".index", **_address())):
        return way
    found, wanted = _chosen()
    ready = found.ready
    if not ready:
        raise NothingReady
    now = clock.now()
    with ExitStack() as opening:
        opening.enter_context(exports.turn())
        siasn_package.take_papers(ready, wanted, current_user.id, now)
        agency = units.agency_of(current_user.unit_id)
        stamp = exports.stamp(now, agency.timezone)
        name = f"siasn-pdf_{agency.code}_{stamp}.zip"
        db.session.commit()
        pieces = _zipped(db.engine, ready, opening.pop_all())
        next(pieces)  # begun, so that its turn comes back whatever happens
    return _attached(pieces, name, "application/zip")


@bp.post("/buat-pdf")
@only_roles("hr")
def make_papers():
    """Order the PDFs that nobody has made yet."""
    found, _wanted = _chosen()
    numbers = [i.certificate_id for i in found.unready if i.document is None]
    rows = db.session.scalars(
        select(Certificate).where(
            Certificate.id.in_(
                [n for n in numbers if n is not None][: siasn_records.CHUNK]
            )
        )
    ).all()
    now = clock.now()
    for certificate in rows:
        certificate_files.order(certificate, now)
    db.session.commit()
    flash(N_("PDF yang belum ada sedang dibuat. Muat ulang sebentar lagi."), "ok")
    return redirect(url_for(".index", **_address()), code=303)


@bp.post("/hasil")
@only_roles("hr")
@takes_file(RETURN_MB)
def returned():
    """Take SIASN's answers: all rows of the file, or none."""
    form = ReturnForm()
    if not form.validate_on_submit():
        return _page(form, []), 422
    db.session.rollback()  # no transaction is held while the file is opened
    answers = siasn_return.read(form.file.data.read())
    news, faults = [], answers.faults
    if not faults:
        held = select(Unit.id).where(roles.units_held(current_user, "hr"))
        news, faults = siasn_outcome.check(answers, held)
    if faults:
        return _page(form, faults), 422
    count = siasn_outcome.write(news, current_user.id, clock.now())
    db.session.commit()
    flash(
        ngettext("%(num)s rekaman diperbarui.", "%(num)s rekaman diperbarui.", count),
        "ok",
    )
    return redirect(url_for(".index"), code=303)


@bp.get("/<uid>")
@only_roles("hr")
def history(uid: str):
    """Show what became of one record on its way; the look is noted."""
    completion, person = queries.completion_seen(current_user, uid)
    now = clock.now()
    if not dossier.is_noted(person.id, current_user.id, now, siasn_history.WHAT):
        note_look(person.id, now, siasn_history.WHAT)
        completion, person = queries.completion_seen(current_user, uid)
    return render_template(
        "hr/siasn_history.html",
        item=siasn_history.item(completion),
        person=person,
        steps=siasn_history.of(completion),
        is_held=queries.holds(current_user, person),
    )


def _chosen() -> tuple[siasn_package.Chosen, Wanted]:
    """Return what a package holds; nobody waits while the PDFs are read."""
    wanted = _wanted(_clear())
    db.session.rollback()
    found = siasn_package.chosen(wanted)
    if not found.ready and not found.unready:
        raise NothingToSend
    return found, wanted


def _zipped(engine: Engine, ready: list[Item], held: ExitStack) -> Generator[bytes]:
    names = {i.certificate_id: i.document.name for i in ready if i.document}

    def every():
        yield "daftar.csv", siasn_package.listed(ready)
        with engine.connect() as connection:
            for number, data in siasn_records.papers(connection, list(names)):
                yield names[number], data

    with held:
        yield b""
        yield from filter(None, siasn_package.bundle(every()))


def _filter() -> SiasnFilter:
    form = SiasnFilter(request.values)
    form.unit.fill(picking.held_units(current_user))
    form.offer()
    return form


def _clear() -> SiasnFilter:
    """Return the filter, with a unit that is clear: nobody sends more than they meant.

    raises  UnitUnclear
    """
    form = _filter()
    form.validate()
    if form.unit.errors:
        raise UnitUnclear
    return form


def _wanted(form: SiasnFilter) -> Wanted:
    """Return the filter; a field that is wrong asks for nothing."""
    unit = form.unit.unit
    if unit is not None:
        db.session.expunge(unit)  # it outlives this transaction
    return Wanted(
        held=roles.units_held(current_user, "hr"),
        unit=unit,
        first=None if form.first.errors else form.first.data,
        last=None if form.last.errors else form.last.data,
    )


def _address() -> dict[str, str]:
    """Return the filter as it stands in addresses."""
    names = ("dari", "sampai", "unit", "unit-cari", "unit-dari", "keadaan")
    return {name: request.values[name] for name in names if request.values.get(name)}


def _page(return_form: ReturnForm, faults: list[Fault]):
    form = _filter()
    is_right = form.validate()
    wanted, state = _wanted(form), form.state.data if is_right else ""
    page, address = form.number, _address()
    db.session.rollback()
    with snapshot() as connection:
        counts = siasn_records.counts(connection, wanted)
        found = _items(connection, wanted, state, page)
    return render_template(
        "hr/siasn.html",
        form=form,
        return_form=return_form,
        items=found[:PAGE],
        counts=counts,
        faults=faults[:FAULTS],
        fault_count=len(faults),
        address=address,
        page=page,
        has_more=len(found) > PAGE,
        most=siasn_package.MOST,
    )


def _items(connection, wanted: Wanted, state: str, page: int) -> list[Item]:
    """Return a page of records, and one more when there are more."""
    start = (page - 1) * PAGE
    if state != "masalah":
        more = siasn_records.in_state(state)
        return siasn_records.items(
            connection, wanted, more, limit=PAGE + 1, offset=start
        )
    scanned = siasn_records.scan(connection, wanted, siasn_records.unsettled())
    faulty = (item for item in scanned if item.problems)
    return list(islice(faulty, start, start + PAGE + 1))


def _attached(pieces, name: str, media_type: str) -> Response:
    answer = Response(pieces, content_type=media_type)
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    answer.headers["Cache-Control"] = "no-store"
    return answer
