"""Pages of administrators: webhooks and their deliveries, /kelola/webhook."""

from flask import (
    Blueprint,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask_babel import gettext
from flask_login import current_user

from lms.accounts import views_confirm
from lms.db import db
from lms.kernel import clock
from lms.kernel.i18n import N_
from lms.web.access import roles as only_roles

from . import (
    administered,
    deliveries,  # noqa: F401  (the worker learns of it)
    sending,
    webhooks,
)
from .forms import EVENT_NAMES, WebhookForm
from .models import Webhook

bp = Blueprint("webhooks", __name__, url_prefix="/kelola/webhook")

MADE = "webhook_made"  # in the session: the uid of one whose secret to show once
SHOWN = 50  # deliveries on one page
PAUSED = N_("Webhook berhenti. Yang terjadi sejak ini dikirim saat dijalankan lagi.")
WOKEN = N_("Webhook berjalan lagi. Kiriman yang tertahan menyusul.")
REMOVED = N_("Webhook dihapus.")
RESENT = N_("Kiriman diulang; hasilnya tampak di sini dalam beberapa saat.")


@bp.route("", methods=["GET", "POST"])
@only_roles("admin")
def index():
    """List webhooks; add one, whose secret the page that follows shows this once."""
    private = bool(current_app.config["WEBHOOK_PRIVATE"])
    form = WebhookForm(private)
    form.unit.fill(administered.units(current_user))
    if form.validate_on_submit():
        if way := views_confirm.wanted(url_for(".index")):
            return way
        webhook = webhooks.add(
            form.url.data,
            form.events.data,
            form.unit.unit,
            by=current_user,
            now=clock.now(),
            private=private,
        )
        db.session.commit()
        session[MADE] = webhook.uid
        return redirect(url_for("webhooks.index"), code=303)
    uid = session.pop(MADE, "")
    found = webhooks.of_user(current_user)
    made = next((webhook for webhook, _unit in found if webhook.uid == uid), None)
    page = render_template(
        "api/webhooks.html",
        form=form,
        secret=_secret(made) if made else "",
        found=found,
        event_names=EVENT_NAMES,
        may_make=form.unit.has_any,
    )
    return page, 422 if form.errors else 200


def _secret(webhook: Webhook) -> str:
    key = current_app.config["SECRET_KEY"]
    return sending.secret_of(key, webhook.uid, webhook.salt)


@bp.get("/<uid>")
@only_roles("admin")
def show(uid: str):
    """Show a webhook and what was sent, the newest first."""
    webhook, unit = webhooks.find(uid, current_user)
    before = request.args.get("sebelum", 0, type=int)
    before = before if 0 < before < 2**63 else 0
    sent = webhooks.deliveries_of(webhook, before, SHOWN + 1)
    return render_template(
        "api/webhook.html",
        webhook=webhook,
        unit=unit,
        sent=sent[:SHOWN],
        older=sent[SHOWN - 1].id if len(sent) > SHOWN else 0,
        event_names=EVENT_NAMES,
    )


@bp.post("/<uid>/henti")
@only_roles("admin")
def pause(uid: str):
    """Send nothing until it is woken."""
    webhook, _unit = webhooks.find(uid, current_user)
    webhooks.pause(webhook, by=current_user, now=clock.now())
    return _done(PAUSED, uid)


@bp.post("/<uid>/jalan")
@only_roles("admin")
def wake(uid: str):
    """Send again, what was held first."""
    webhook, _unit = webhooks.find(uid, current_user)
    webhooks.wake(webhook, by=current_user, now=clock.now())
    return _done(WOKEN, uid)


@bp.post("/<uid>/hapus")
@only_roles("admin")
def remove(uid: str):
    """End a webhook for good."""
    webhook, _unit = webhooks.find(uid, current_user)
    webhooks.remove(webhook, by=current_user, now=clock.now())
    return _done(REMOVED)


@bp.post("/<uid>/kiriman/<delivery>/ulang")
@only_roles("admin")
def resend(uid: str, delivery: str):
    """Send a delivery once more."""
    webhook, _unit = webhooks.find(uid, current_user)
    webhooks.resend(webhook, delivery, by=current_user, now=clock.now())
    return _done(RESENT, uid)


def _done(text: str, uid: str = ""):
    db.session.commit()
    flash(gettext(text))
    back = url_for("webhooks.show", uid=uid) if uid else url_for("webhooks.index")
    return redirect(back, code=303)
