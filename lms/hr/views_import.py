"""Pages that bring people in: /sdm/pegawai/impor/..."""

from flask import (
    Blueprint,
    Response,
    current_app,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_babel import gettext
from flask_login import current_user

from lms.accounts import (
    import_columns,
    import_origins,
    import_people_list,
    import_rejected,
    import_results,
    import_runs,
    import_scope,
    roles,
    worker,
)
from lms.accounts.import_tables import ImportFinding, ImportRun
from lms.accounts.models import Unit
from lms.db import db
from lms.jobs import worker as background
from lms.kernel import clock
from lms.kernel.errors import Forbidden, LmsError
from lms.kernel.i18n import N_
from lms.web.access import roles as only_roles
from lms.web.requests import takes_file

from . import import_news
from .acting import words
from .forms_import import MendedForm, UploadForm

bp = Blueprint("people_import", __name__, url_prefix="/sdm/pegawai/impor")

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PAGE = 50  # findings or changes on a page
FEW = 10  # changes of each kind on the first page
CHANGES = {
    "berubah": "changed",
    "pindah": "moved",
    "nonaktif": "deactivated",
    "baru": "new",
}


class MapOfAgency(Forbidden):
    message = N_(
        "Arti kolom berlaku bagi seluruh instansi, jadi hanya pengelola SDM seluruh"
        " instansi yang menyimpannya. Ganti saja nama kolom di berkas Anda."
    )


@bp.route("", methods=["GET", "POST"])
@only_roles("hr")
@takes_file("IMPORT_MB")
def index():
    """Take a file; list those handed in before."""
    form = UploadForm()
    agencies = import_scope.agencies(current_user)
    form.offer({str(number): name for number, name in agencies})
    if not form.validate_on_submit():
        return _index(form), (422 if form.is_submitted() else 200)
    data = form.file.data.read()
    run = import_runs.start(
        current_user,
        int(form.agency.data),
        form.file.data.filename or "",
        data,
        clock.now(),
    )
    db.session.commit()
    return _checked(run)


def _index(form: UploadForm) -> str:
    return render_template(
        "hr/import.html",
        form=form,
        runs=import_runs.recent(current_user),
        largest=current_app.config["IMPORT_MB"],
        columns=import_columns.LABELS,
        required=import_columns.REQUIRED,
    )


def _checked(run: ImportRun) -> Response:
    """Check a small file while its sender waits, leave others to the worker."""
    uid = run.uid
    if run.size_bytes <= import_runs.AT_ONCE_BYTES:
        worker.check(run.id, at_once=True)
    else:
        background.wake()
    return redirect(url_for("people_import.show", uid=uid), 303)


@bp.get("/contoh.xlsx")
@only_roles("hr")
def template() -> Response:
    """Answer with an empty file of all columns."""
    heading = list(import_columns.COLUMNS)
    return _file(import_rejected.workbook(heading, ()), "pegawai")


@bp.get("/<uid>")
@only_roles("hr")
def show(uid: str):
    """Show how far a run is, what it would do, and what is wrong."""
    return _shown(import_runs.find(current_user, uid), MendedForm())


def _shown(run: ImportRun, form: MendedForm) -> str:
    found, last = import_results.findings(run.id, min(_page(), 10**6), PAGE)
    changes = import_runs.read_list(run.id, "changes")
    return render_template(
        "hr/import_run.html",
        run=run,
        findings=[(f, _said(f)) for f in found],
        page=_page(),
        last=last,
        gone=import_people_list.named(import_runs.read_list(run.id, "gone")),
        changes=[(kind, _of_kind(changes, kind)[:FEW]) for kind in CHANGES.values()],
        words={kind: word for word, kind in CHANGES.items()},
        news=import_news.read(run.id),
        has_rejected=import_runs.read_file(run.id, "rejected") is not None,
        headings=_headings(run),
        columns=import_columns.LABELS,
        required=import_columns.REQUIRED,
        form=form,
        is_busy=run.state in ("waiting", "checking", "applying"),
        does_something=import_runs.does_something(run),
    )


@bp.get("/<uid>/perubahan")
@only_roles("hr")
def changes(uid: str) -> str:
    """List who would change, and what from and to, page by page."""
    run = import_runs.find(current_user, uid)
    word = request.args.get("jenis", "")
    kind = CHANGES.get(word, "changed")
    rows = _of_kind(import_runs.read_list(run.id, "changes"), kind)
    last = max(1, -(-len(rows) // PAGE))
    page = min(_page(), last)
    return render_template(
        "hr/import_changes.html",
        run=run,
        kind=kind,
        kinds=CHANGES,
        rows=rows[(page - 1) * PAGE : page * PAGE],
        kept=len(rows),
        columns=import_columns.LABELS,
        page=page,
        last=last,
    )


def _of_kind(rows: list[dict], kind: str) -> list[dict]:
    return [row for row in rows if row["kind"] == kind]


def _page() -> int:
    return max(1, request.args.get("hal", 1, int))


def _said(finding: ImportFinding) -> str:
    facts = dict(finding.facts)
    if label := facts.get("label"):
        facts["label"] = gettext(label)
    text = gettext(finding.message)
    return text % facts if facts else text


def _headings(run: ImportRun) -> list[tuple[str, str]]:
    """Return each heading of the file with the column it counts as."""
    texts, names = run.heading.get("texts", []), run.heading.get("names", [])
    names = names or [""] * len(texts)
    pairs = zip(texts, names, strict=True)
    return [(text, name) for text, name in pairs if import_columns.key(text)]


@bp.post("/<uid>/kolom")
@only_roles("hr")
def columns(uid: str) -> Response:
    """Keep which heading means which column, for this agency, and check anew."""
    run = import_runs.find(current_user, uid)
    chosen = {
        text: request.form.get(f"k{number}", name)
        for number, (text, name) in enumerate(_headings(run))
    }
    usual = dict(_headings(run))
    different = {text: c for text, c in chosen.items() if c != usual[text]}
    root = db.session.get_one(Unit, run.agency_id)
    if different and not roles.holds(current_user, "hr", root, with_subunits=True):
        raise MapOfAgency
    import_runs.save_columns(run.agency_id, different)
    import_runs.recheck(run, clock.now())
    db.session.commit()
    return _checked(run)


@bp.post("/<uid>/perbaikan")
@only_roles("hr")
@takes_file("IMPORT_MB")
def mend(uid: str):
    """Take the mended rows, put them in the place of the refused ones, check anew."""
    run = import_runs.find(current_user, uid)
    form = MendedForm()
    source = import_runs.read_file(run.id, "source")
    if source is None:
        raise import_runs.FileGone
    if not form.validate_on_submit():
        return _shown(run, form), 422
    wrong = import_runs.read_list(run.id, "rows")
    day = import_runs.today(run.agency_id, clock.now())
    own = import_runs.own_columns(run.agency_id)
    before = import_origins.load(import_runs.read_file(run.id, "origins"))
    db.session.rollback()  # nobody waits while files are read
    name = import_runs.file_name(form.file.data.filename or "")
    try:
        data, origins = import_rejected.merge(
            source, form.file.data.read(), wrong, day, own, name=name, before=before
        )
    except LmsError as refusal:
        form.file.errors = [words(refusal)]
        return _shown(import_runs.find(current_user, uid), form), refusal.status
    run = import_runs.find(current_user, uid)
    import_runs.replace(run, data, origins.dump(), clock.now())
    db.session.commit()
    return _checked(run)


@bp.post("/<uid>/terapkan")
@only_roles("hr")
def apply(uid: str) -> Response:
    """Have it done, once; small ones at once."""
    run = import_runs.find(current_user, uid)
    gone = import_runs.read_list(run.id, "gone")
    leaving = gone
    if request.form.get("semua") != "1":
        leaving = import_people_list.ticked(gone, request.form.getlist("keluar"))
    approved = import_runs.approve(run, leaving, current_user.id, clock.now())
    db.session.commit()
    if approved and run.total <= import_runs.AT_ONCE_ROWS:
        worker.apply(run.id)
    elif approved:
        background.wake()
    return redirect(url_for("people_import.show", uid=uid), 303)


@bp.post("/<uid>/hapus")
@only_roles("hr")
def discard(uid: str) -> Response:
    """Delete the file and what was found in it."""
    import_runs.discard(import_runs.find(current_user, uid), clock.now())
    db.session.commit()
    return redirect(url_for("people_import.index"), 303)


@bp.get("/<uid>/ditolak.xlsx")
@only_roles("hr")
def rejected(uid: str) -> Response:
    """Answer with the refused rows and what is wrong with each."""
    run = import_runs.find(current_user, uid)
    body = import_runs.read_file(run.id, "rejected")
    if body is None:
        raise import_runs.FileGone
    return _file(body, "baris-ditolak")


def _file(body: bytes, name: str) -> Response:
    answer = Response(body, content_type=XLSX)
    answer.headers.set("Content-Disposition", "attachment", filename=f"{name}.xlsx")
    answer.headers["Cache-Control"] = "no-store"
    return answer
