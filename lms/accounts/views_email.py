"""Another e-mail address: asked for at /akun/surel, confirmed and cancelled by link."""

from flask import (
    Blueprint,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_login import current_user

from lms.db import db
from lms.kernel import clock
from lms.kernel.i18n import N_
from lms.web.access import public

from . import email_changes as changes
from . import links, passwords, people
from .forms_account import EmailForm
from .views import keep_address_secret
from .views_own_data import office

bp = Blueprint("email", __name__)


@bp.route("/akun/surel", methods=["GET", "POST"])
def index():
    """Show the address and what waits; ask for another one with the password."""
    form = EmailForm()
    if form.validate_on_submit() and _is_owner(form):
        try:
            changes.ask(current_user.id, form.email.data, office(), clock.now())
        except changes.AddressSame as refusal:
            db.session.rollback()
            form.email.errors = [refusal.message]
        else:
            db.session.commit()
            flash(N_("Permintaan tersimpan. Lanjutkan seperti di bawah ini."), "ok")
            return redirect(url_for(".index"), code=303)
    return render_template(
        "accounts/email.html",
        form=form,
        person=people.find(current_user.id),
        waiting=changes.waiting(current_user.id, clock.now()),
        can_mail=bool(current_app.config["SMTP_URL"]),
    ), 422 if form.is_submitted() else 200


def _is_owner(form: EmailForm) -> bool:
    """Check the password between two transactions, counted like a change of it."""
    person_id = current_user.id
    stored = links.reserve_change(person_id, clock.now())
    db.session.commit()
    if not passwords.verify(stored, form.password.data):
        form.password.errors = [N_("Kata sandi tidak cocok.")]
        return False
    links.forgive_change(person_id)
    return True


@bp.post("/akun/surel/batal")
def cancel_own():
    """Call off what waits for its confirmation."""
    if changes.cancel_all(current_user.id, clock.now()):
        flash(N_("Penggantian surel dibatalkan."), "ok")
    db.session.commit()
    return redirect(url_for(".index"), code=303)


@bp.route("/akun/surel/konfirmasi/<token>", methods=["GET", "POST"])
@public
def confirm(token: str):
    """Let the reader of the new mailbox say that the address is right."""
    keep_address_secret()
    now, with_demo = clock.now(), current_app.config["DEMO"]
    if request.method != "POST":
        change = changes.find(token, now, with_demo)
        return _link_page("confirm", change.email)
    try:
        changes.confirm(token, office(), now, with_demo)
    except changes.ChangeGone:
        if not changes.was_confirmed(token, now):
            raise
    db.session.commit()
    return _link_page("confirmed")


@bp.route("/akun/surel/batal/<token>", methods=["GET", "POST"])
@public
def cancel(token: str):
    """Let the reader of the old mailbox call the change off."""
    keep_address_secret()
    now, with_demo = clock.now(), current_app.config["DEMO"]
    if request.method != "POST":
        change = changes.find_to_cancel(token, now, with_demo)
        return _link_page("cancel", change.email)
    changes.cancel(token, now, with_demo)
    db.session.commit()
    return _link_page("cancelled")


def _link_page(step: str, email: str = ""):
    """Show what the link will do, or has done."""
    return render_template("accounts/email_link.html", step=step, email=email)
