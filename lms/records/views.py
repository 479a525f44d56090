"""Pages about what was earned: /sertifikat, /cek, /jp."""

from dataclasses import asdict
from datetime import date

from flask import (
    Blueprint,
    current_app,
    jsonify,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_login import current_user

from lms.kernel import clock, ids
from lms.web.access import public
from lms.web.errors import wants_json
from lms.web.limits import limited

from . import certificates, jp, queries
from .forms import CheckForm

bp = Blueprint("records", __name__)

CHECK_LIMIT = "30 per minute"


@bp.get("/sertifikat", endpoint="certificates")
def list_certificates():
    """List the person's certificates."""
    rows = queries.list_certificates(current_user.id)
    return render_template("records/certificates.html", rows=rows)


@bp.get("/sertifikat/<code>")
def certificate(code: str):
    """Show one's own certificate, ready to print."""
    found, completion = certificates.find(current_user.id, code)
    return render_template(
        "records/certificate.html",
        certificate=found,
        completion=completion,
        printed=certificates.paper(found),
        shown_code=ids.show_check_code(found.code),
        check_url=_check_url(found.code),
    )


@bp.get("/jp", endpoint="jp")
def jp_years():
    """Show the person's JP by year, with the entries each sum is made of."""
    this_year = jp.year_of(clock.now(), current_user.timezone)
    years = queries.jp_years(current_user.id, this_year)
    return render_template("records/jp.html", years=years)


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
    return _status_page(certificates.Check("unknown"))


@bp.get("/cek/<code>")
@public
@limited(CHECK_LIMIT)
def check(code: str):
    """Say to anybody whether a certificate is valid, revoked or unknown."""
    return _status_page(certificates.check(code))


def _status_page(found: certificates.Check):
    """Answer with the same page whatever was found; 404 for an unknown code."""
    status = 404 if found.status == "unknown" else 200
    if wants_json():
        answer = jsonify({k: _plain(v) for k, v in asdict(found).items()})
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
    return answer, status


def _plain(value):
    return value.isoformat() if isinstance(value, date) else value


def _check_url(code: str) -> str:
    """Return the public address, as printed on the certificate."""
    path = url_for("records.check", code=ids.show_check_code(code))
    return current_app.config["BASE_URL"].rstrip("/") + path
