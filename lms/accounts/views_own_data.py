"""What HR has stored about oneself, and asking for a correction: /akun/data-diri."""

from flask import Blueprint, current_app, flash, redirect, render_template, url_for
from flask_login import current_user

from lms.db import db
from lms.kernel import clock, ids
from lms.kernel.i18n import N_

from . import corrections, people, personal_data
from .forms_account import CorrectionForm
from .letters import Office

bp = Blueprint("own_data", __name__)


@bp.get("/akun/data-diri")
def index():
    """Show what is stored, and what was asked to be corrected."""
    person = people.find(current_user.id)
    return render_template(
        "accounts/own_data.html",
        facts=personal_data.of(person),
        requests=corrections.of(person.id),
        labels={field: label for field, (label, _) in personal_data.FIELDS.items()},
        now=clock.now(),
    )


@bp.route("/akun/data-diri/<bidang>", methods=["GET", "POST"])
def correct(bidang: str):
    """Ask for a correction of one thing; the same request twice is one."""
    if bidang not in personal_data.FIELDS:
        raise corrections.FieldUnknown
    form, status = CorrectionForm(), 200
    if form.validate_on_submit():
        wish = corrections.Wish(bidang, form.wanted.data, form.reason.data)
        try:
            corrections.ask(current_user.id, wish, office(), clock.now())
        except (corrections.AlreadyAsked, corrections.NothingNew) as refusal:
            db.session.rollback()
            form.wanted.errors, status = [refusal.message], refusal.status
        else:
            db.session.commit()
            flash(N_("Permintaan terkirim. Batas jawabannya ada di bawah."), "ok")
            return redirect(url_for(".index"), code=303)
    elif form.is_submitted():
        status = 422
    fact = personal_data.fact(people.find(current_user.id), bidang)
    return render_template("accounts/correction.html", form=form, fact=fact), status


@bp.post(f"/akun/perbaikan/<int(max={ids.LARGEST}):nomor>/tarik")
def withdraw(nomor: int):
    """Take a request back."""
    corrections.withdraw(current_user.id, nomor, clock.now())
    db.session.commit()
    flash(N_("Permintaan ditarik."), "ok")
    return redirect(url_for(".index"), code=303)


def office() -> Office:
    """Return the site as the sender of mails."""
    config = current_app.config
    base_url = config["BASE_URL"].rstrip("/")
    return Office(config["SITE_NAME"], base_url, bool(config["SMTP_URL"]))
