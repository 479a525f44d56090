"""What was changed in one's units, by whom and when: /sdm/organisasi/riwayat."""

from flask import Blueprint, render_template, request
from flask_babel import gettext
from flask_login import current_user

from lms.web.access import roles as only_roles

from . import trail

bp = Blueprint("trail", __name__, url_prefix="/sdm/organisasi/riwayat")


@bp.get("")
@only_roles("hr")
def index():
    """Show the newest acts in sentences."""
    sent = request.args.get("hal", "1")
    number = int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 6 else 1
    lines, has_more = trail.of(current_user, max(1, number))
    return render_template(
        "hr/trail.html",
        rows=[(line, trail.said(line, gettext)) for line in lines],
        page=max(1, number),
        last=max(1, number) + has_more,
    )
