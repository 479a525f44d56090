"""The duties of the person who is signed in: /penugasan."""

from zoneinfo import ZoneInfo

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_login import current_user

from lms.db import db
from lms.kernel import clock
from lms.kernel.i18n import N_
from lms.learn import messages

from . import duty_pages, letters, reminders, rounds

bp = Blueprint("duties", __name__, url_prefix="/penugasan")

WORK = (letters, rounds)  # loaded here: what they register is for the worker
OWED = ("late", "running", "todo", "waiting")


@bp.get("")
def index():
    """Say what one must finish, by when and why; what is done, and what was."""
    now = clock.now()
    today = now.astimezone(ZoneInfo(current_user.timezone)).date()
    mine = duty_pages.mine(current_user.id, now)
    return render_template(
        "assignments/index.html",
        owed=[one for one in mine if one.state in OWED],
        done=[one for one in mine if one.state == "done"],
        former=[one for one in mine if one.state not in ("done", *OWED)],
        freed=duty_pages.freed(current_user.id, today),
        reminders=reminders.newest(current_user.id),
        messages=messages.unread(current_user.id),
    )


@bp.post("/pengingat/dibaca")
def read():
    """Note that the reminders were read."""
    reminders.mark_read(current_user.id, clock.now())
    db.session.commit()
    flash(N_("Pengingat ditandai sudah dibaca."), "ok")
    return redirect(url_for(".index"), code=303)
