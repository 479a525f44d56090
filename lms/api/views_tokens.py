"""Pages of administrators: tokens of other systems, /kelola/api."""

from flask import (
    Blueprint,
    current_app,
    flash,
    redirect,
    render_template,
    session,
    url_for,
)
from flask_babel import gettext
from flask_login import current_user

from lms.accounts import views_confirm
from lms.db import db
from lms.kernel import clock, ids
from lms.web.access import roles as only_roles

from . import administered, readers, tokens
from .forms import SCOPE_NAMES, TokenForm

bp = Blueprint("api_tokens", __name__, url_prefix="/kelola/api")

MADE = "token_made"  # in the session: the seed of a token to show once


@bp.route("", methods=["GET", "POST"])
@only_roles("admin")
def index():
    """List tokens; make one, which the page that follows shows this once."""
    form = TokenForm()
    form.unit.fill(administered.units(current_user))
    if form.validate_on_submit():
        if way := views_confirm.wanted(url_for(".index")):
            return way
        seed = ids.new_secret()
        tokens.make(
            form.name.data,
            form.scopes.data,
            form.unit.unit,
            int(form.days.data),
            now=clock.now(),
            by=current_user,
            secret=tokens.secret_of(current_app.config["SECRET_KEY"], seed),
        )
        db.session.commit()
        session[MADE] = seed
        return redirect(url_for("api_tokens.index"), code=303)
    return _page(form), 422 if form.errors else 200


def _page(form: TokenForm) -> str:
    seed = session.pop(MADE, "")
    key = current_app.config["SECRET_KEY"]
    now = clock.now()
    found = tokens.of_user(current_user)
    return render_template(
        "api/tokens.html",
        form=form,
        secret=tokens.secret_of(key, seed) if seed else "",
        found=found,
        rows_today=readers.of_tokens([token.id for token, _unit in found], now),
        scope_names=SCOPE_NAMES,
        now=now,
        may_make=form.unit.has_any,
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
