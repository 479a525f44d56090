"""What was changed in one's units, by whom and when: /sdm/organisasi/riwayat."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_login import current_user

from lms.web.access import roles as only_roles

from . import trail, trail_words

bp = Blueprint("trail", __name__, url_prefix="/sdm/organisasi/riwayat")


@bp.get("")
@only_roles("hr")
def index():
    """Show the newest acts in sentences, narrowed by the address."""
    return page("hr/trail.html", "hr")


@bp.post("")
@only_roles("hr")
def search():
    """Look for what was typed: words go on as an address, a number never does."""
    return onward(".index")


def onward(endpoint: str):
    """Lead to the list as the form wants it."""
    return redirect(url_for(endpoint, **trail.address(trail.read(request.form))), 303)


def page(template: str, role: str):
    """Answer with the acts in the units over which the reader holds a role."""
    wanted = trail.read(request.args)
    lines, has_more = trail.of(current_user, wanted, role)
    older = trail.address(wanted, sebelum=lines[-1].id) if has_more else {}
    return render_template(
        template,
        rows=[(line, trail.said(line, gettext)) for line in lines],
        wanted=wanted,
        groups={name: label for name, (label, _begun) in trail_words.GROUPS.items()},
        older=url_for(request.endpoint, **older) if older else "",
        newest=url_for(request.endpoint, **trail.address(wanted)),
    )
