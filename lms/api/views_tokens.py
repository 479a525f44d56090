"""Pages of administrators: tokens of other systems, /kelola/api."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext
from flask_login import current_user

from lms.accounts import views_confirm
from lms.db import db
from lms.kernel import clock
from lms.web.access import roles as only_roles

from . import administered, readers, tokens
from .forms import SCOPE_NAMES, TokenForm

bp = Blueprint("api_tokens", __name__, url_prefix="/kelola/api")


@bp.route("", methods=["GET", "POST"])
@only_roles("admin")
def index():
    """List tokens; make one, which is shown this once."""
    held = administered.units(current_user)
    form = TokenForm()
    form.unit.choices = {str(unit.id): administered.indented(unit) for unit in held}
    secret = ""
    if form.validate_on_submit():
        if way := views_confirm.wanted(url_for(".index")):
            return way
        unit = next(unit for unit in held if str(unit.id) == form.unit.data)
        _token, secret = tokens.make(
            form.name.data,
            form.scopes.data,
            unit,
            int(form.days.data),
            now=clock.now(),
            by=current_user,
        )
        db.session.commit()
    return _page(form, secret), 422 if form.errors else 200


def _page(form: TokenForm, secret: str) -> str:
    now = clock.now()
    found = tokens.of_user(current_user)
    return render_template(
        "api/tokens.html",
        form=form,
        secret=secret,
        found=found,
        rows_today=readers.of_tokens([token.id for token, _unit in found], now),
        scope_names=SCOPE_NAMES,
        now=now,
        may_make=bool(form.unit.choices),
    )


@bp.post("/<uid>/cabut")
@only_roles("admin")
def revoke(uid: str):
    """End a token at once."""
    token = tokens.find(uid, current_user)
    tokens.revoke(token, now=clock.now(), by=current_user)
    db.session.commit()
    flash(gettext("Token dicabut. Sistem yang memakainya tidak dapat membaca lagi."))
    return redirect(url_for("api_tokens.index"), code=303)
