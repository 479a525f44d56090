"""Give the password again before something delicate: /akun/konfirmasi.

A view asks `wanted(back)` first and returns what it gets, unless that is None.
"""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_login import current_user

from lms.db import db
from lms.kernel import clock
from lms.kernel.i18n import N_
from lms.web.redirects import safe_path

from . import links, passwords, people, proofs
from .forms_confirm import ConfirmForm

bp = Blueprint("confirm", __name__)


def wanted(back: str):
    """Return the way to the password, or None: it was given a short while ago.

    back  path of the page to go on from
    """
    if proofs.is_fresh(current_user.session_id, clock.now()):
        return None
    db.session.rollback()
    return redirect(url_for("confirm.index", lanjut=back), code=303)


@bp.route("/akun/konfirmasi", methods=["GET", "POST"])
def index():
    """Take the password once more, and go back."""
    back = safe_path(request.args.get("lanjut")) or url_for("home.index")
    form = ConfirmForm()
    if form.validate_on_submit():
        if _is_right(form.password.data):
            flash(N_("Terima kasih. Silakan ulangi yang tadi Anda minta."), "ok")
            return redirect(back, code=303)
        form.password.errors = [N_("Kata sandi tidak cocok.")]
    status = 422 if form.is_submitted() else 200
    person = people.find(current_user.id)
    page = render_template("accounts/confirm.html", form=form, person=person, back=back)
    return page, status


def _is_right(password: str) -> bool:
    """Check between two transactions, counting the try, like signing in."""
    stored = links.reserve_change(current_user.id, clock.now())
    db.session.commit()
    if not passwords.verify(stored, password):
        return False
    links.forgive_change(current_user.id)
    proofs.note(current_user.session_id, clock.now())
    db.session.commit()
    return True
