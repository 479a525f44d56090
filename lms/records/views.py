"""Pages about what was earned: /sertifikat, /cek for anybody, /jp."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, datetime

from flask import (
    Blueprint,
    Response,
    current_app,
    jsonify,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_login import current_user

from lms.db import db, reading
from lms.kernel import clock, ids
from lms.kernel.errors import NotFound
from lms.kernel.i18n import N_
from lms.web.access import public
from lms.web.errors import wants_json
from lms.web.limits import limited

from . import (
    certificate_files,
    certificates,
    ip,
    jp,
    jp_lines,
    jp_year,
    queries,
    renewal_letters,
    typesetting,
    validity,
)
from .forms import CertificatesForm, CheckForm, asked_figure
from .jp_year import Year
from .models import Completion
from .validity import Validity

bp = Blueprint("records", __name__)

WORK = (renewal_letters,)  # loaded here: what it registers is for the worker

CHECK_LIMIT = "30 per minute"
MANY = 8  # certificates; from so many on the list can be searched


class YearMissing(NotFound):
    message = N_("Tidak ada catatan JP untuk tahun ini.")


class FigureMissing(NotFound):
    message = N_("Tidak ada angka seperti itu pada tahun ini.")


@bp.get("/sertifikat", endpoint="certificates")
def list_certificates():
    """List the person's certificates; of many those that are looked for."""
    every = queries.list_certificates(current_user.id)
    form = CertificatesForm(request.args)
    is_right = form.validate()
    rows = queries.narrowed(every, form.words.data, form.year.data) if is_right else []
    page = render_template(
        "records/certificates.html",
        rows=rows,
        validity=_validity(row.Completion for row in rows),
        count=len(every),
        years=sorted({row.Certificate.issued_on.year for row in every}, reverse=True),
        form=form if len(every) >= MANY or request.args else None,
    )
    return page, 200 if is_right else 422


@bp.get("/sertifikat/<code>")
def certificate(code: str):
    """Show one's own certificate, ready to print."""
    found, completion = certificates.find(current_user.id, code)
    return render_template(
        "records/certificate.html",
        certificate=found,
        completion=completion,
        validity=_validity([completion]).get(completion.id),
        printed=certificates.paper(found),
        shown_code=ids.show_check_code(found.code),
        check_url=_check_url(found.code),
    )


def _validity(completions: Iterable[Completion]) -> dict[int, Validity]:
    return validity.of_many(
        (one for one in completions if one.state == "valid"),
        jp.day_of(clock.now(), current_user.timezone),
    )


@bp.get("/sertifikat/<code>/pdf")
def certificate_pdf(code: str):
    """Hand out the PDF of one's own certificate, unless it was revoked."""
    found, completion = certificates.find(current_user.id, code)
    certificate_files.check_valid(found, completion)
    name = certificate_files.file_name(completion.course_code, found.code)
    kept = certificate_files.of(found.id)
    data = kept.data if kept else _make_on_read(found.id, found.printed, clock.now())
    answer = Response(data, mimetype="application/pdf")
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer


@bp.get("/sertifikat/<code>/qr.svg")
def certificate_qr(code: str):
    """Draw the QR code that leads to a check page; it tells no more than the code."""
    read = ids.read_check_code(code)
    if not read:
        raise certificates.CertificateMissing
    return Response(typesetting.qr_svg(_check_url(read)), mimetype="image/svg+xml")


def _make_on_read(certificate_id: int, printed: dict, now: datetime) -> bytes:
    """Make a PDF that nobody has made yet, and keep it in a short transaction.

    A GET that writes: what it writes was settled when the certificate was issued.
    """
    db.session.rollback()  # no transaction is held while the paper is set
    data = certificate_files.make(printed, current_app.config["BASE_URL"])
    mode = reading.set(False)
    try:
        kept = certificate_files.keep(certificate_id, data, now)
        db.session.commit()
    finally:
        reading.reset(mode)
    return kept


@bp.get("/cek")
@public
def check_form():
    """Ask for a check code; a code that can be one leads to its page."""
    form = CheckForm(request.args)
    typed = (form.code.data or "").strip()
    if not typed or not form.validate():
        status = 422 if typed else 200
        return render_template("records/check_form.html", form=form), status
    code = ids.read_check_code(typed)
    if code:
        return redirect(url_for(".check", code=ids.show_check_code(code)), code=303)
    return _status_page(certificates.Check("unknown"), wants_json())


@bp.get("/cek/<code>")
@public
@limited(CHECK_LIMIT)
def check(code: str):
    """Say to anybody whether a certificate is valid, revoked or unknown.

    Programs get JSON: from this address when they accept nothing else before HTML,
    or from <code>.json. It always has all keys; see `_as_json`.
    """
    typed = code.removesuffix(".json")
    found = certificates.check(typed, clock.now())
    return _status_page(found, as_json=typed != code or wants_json())


def _status_page(found: certificates.Check, as_json: bool):
    """Answer with the same page whatever was found; 404 for an unknown code."""
    if as_json:
        answer = jsonify(_as_json(found))
    else:
        answer = current_app.make_response(
            render_template(
                "records/check.html",
                found=found,
                shown_code=ids.show_check_code(found.code),
                now=clock.now(),
            )
        )
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    answer.vary.add("Accept")
    return answer, 404 if found.status == "unknown" else 200


def _as_json(found: certificates.Check) -> dict:
    """Return what programs read; keys are added to it, never taken away.

    version      1
    status       valid, expired, revoked, broken (data differ from the ledger), unknown
    code         16 signs without dashes, "" when what was asked cannot be one
    name, course, number, office    texts as printed; "" when not valid or revoked
    nip_last4    last four digits of the NIP, "" without one
    jp           whole number as it counts now; printed_jp as on the paper
    started_on, finished_on, issued_on, revoked_on    "2026-11-22" or null
    valid_until  the last day on which it counts, null = for good
    revoked_reason    a short one, as on the page, "" unless revoked
    corrected_reason  the same of corrected JP, "" unless they are
    pdf_sha256   64 hex digits of the file its owner gets, "" until it is made
    check_url    address of this page for people, "" without a code
    """
    said = {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in asdict(found).items()
    }
    url = _check_url(found.code) if found.code else ""
    return {"version": 1} | said | {"check_url": url}


def _check_url(code: str) -> str:
    """Return the public address, as printed on the certificate."""
    return certificate_files.check_address(current_app.config["BASE_URL"], code)


@bp.get("/jp", endpoint="jp")
@bp.get("/jp/<int:year>")
def jp_of_year(year: int | None = None):
    """Show a year of JP: against the target, parted in three ways, entry by entry."""
    lines, this_year = _lines()
    shown = _year(lines, this_year if year is None else year, this_year)
    return render_template(
        "records/jp.html",
        year=shown,
        this_year=this_year,
        years=jp_year.offered(lines, this_year),
        estimate=_estimate(lines, shown),
    )


@bp.get("/jp/<int:year>/asal")
def jp_origin(year: int):
    """List exactly the entries that a figure of the year is the sum of."""
    lines, this_year = _lines()
    shown = _year(lines, year, this_year)
    asked = asked_figure(request.args)
    figure = shown.find(*asked) if asked else shown.total
    if figure is None:
        raise FigureMissing
    return render_template(
        "records/jp_origin.html",
        year=shown,
        kind=asked[0] if asked else "total",
        figure=figure,
    )


def _lines() -> tuple[list[jp.Line], int]:
    this_year = jp.year_of(clock.now(), current_user.timezone)
    return jp_lines.of(current_user.id), this_year


def _year(lines: list[jp.Line], wanted: int, this_year: int) -> Year:
    if wanted not in jp_year.offered(lines, this_year):
        raise YearMissing
    policy = queries.jp_policy(current_user.id, wanted)
    return jp_year.of(lines, wanted, policy)


def _estimate(lines: list[jp.Line], shown: Year) -> ip.Estimate | None:
    """Return the estimate of IP ASN that the year's records come to."""
    job_type, status = queries.job_and_status(current_user.id)
    until = shown.standing.year
    core = sum(x.jp for x in lines if x.form in ip.CORE_FORMS and x.year <= until)
    facts = ip.facts(
        job_type, shown.total.jp, shown.technical.jp, shown.seminars.jp, core
    )
    return ip.estimate(queries.ip_rules(), job_type, status, facts)
