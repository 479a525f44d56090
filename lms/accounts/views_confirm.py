"""Give the password again before something delicate.

A view asks `wanted(back)` before it acts and returns what it gets, unless that is None.
The page that asks for the password holds the form that was filled in, and sends it on
together with the password to the view that it was for: nothing is typed twice.
"""

from flask import Blueprint, redirect, render_template, request, url_for
from flask_login import current_user

from lms.db import db
from lms.kernel import clock
from lms.kernel.i18n import N_
from lms.web.redirects import safe_path

from . import links, passwords, people, proofs
from .forms_confirm import ConfirmForm

bp = Blueprint("confirm", __name__)


def wanted(back: str):
    """Return the page that asks for the password, or None: it was given lately.

    The password may come with the very form that needs it; then the view goes on.

    back  path of the page that offers the act
    """
    if proofs.is_fresh(current_user.session_id, clock.now()):
        return None
    if request.method == "GET":
        db.session.rollback()
        here = request.full_path.rstrip("?")
        return redirect(url_for("confirm.index", lanjut=here, asal=back), code=303)
    form = ConfirmForm()
    if form.password.name not in request.form:
        db.session.rollback()
        return _page(ConfirmForm(formdata=None), back, request.full_path), 403
    if _may_go_on(form):
        return None
    return _page(form, back, request.full_path), 422


@bp.route("/akun/konfirmasi", methods=["GET", "POST"])
def index():
    """Take the password once more, and go on to an address."""
    onward = safe_path(request.args.get("lanjut")) or url_for("home.index")
    back = safe_path(request.args.get("asal")) or url_for("home.index")
    form = ConfirmForm()
    if form.is_submitted() and _may_go_on(form):
        return redirect(onward, code=303)
    return _page(form, back, request.full_path), 422 if form.is_submitted() else 200


def _page(form: ConfirmForm, back: str, action: str) -> str:
    kept = [
        (name, value)
        for name, values in request.form.lists()
        if name not in ("csrf_token", form.password.name)
        for value in values
    ]
    return render_template(
        "accounts/confirm.html",
        form=form,
        person=people.find(current_user.id),
        back=back,
        action=action.rstrip("?"),
        kept=kept,
    )


def _may_go_on(form: ConfirmForm) -> bool:
    """Say whether the right password came; else the form says what is wrong."""
    if not form.validate_on_submit():
        return False
    if _is_right(form.password.data):
        return True
    form.password.errors = [N_("Kata sandi tidak cocok.")]
    return False


def _is_right(password: str) -> bool:
    """Check between two transactions, counting the try, like signing in."""
    db.session.rollback()
    stored = links.reserve_change(current_user.id, clock.now())
    db.session.commit()
    if not passwords.verify(stored, password):
        return False
    links.forgive_change(current_user.id)
    proofs.note(current_user.session_id, clock.now())
    db.session.commit()
    return True
