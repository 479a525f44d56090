"""One's own account: /akun and its pages for looks, password and devices."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_login import current_user

from lms.db import db
from lms.kernel import clock, display, ids
from lms.kernel.i18n import N_
from lms.web import appearance, language
from lms.web.language import current_language

from . import devices, links, passwords, people, preferences, sessions, sign_ins
from . import email_changes as changes
from .forms import ChangePasswordForm
from .forms_account import DisplayForm
from .models import Credential
from .preferences import Wishes
from .views import device_cookie, session_limits, session_token, with_cookies

bp = Blueprint("account", __name__)


@bp.record_once
def _register(_state) -> None:
    language.on_choice(_keep_language)


def _keep_language(person_id: int, chosen: str) -> None:
    preferences.keep_language(person_id, chosen, clock.now())
    db.session.commit()


@bp.get("/akun")
def index():
    """Show what there is to see and to set, each with how it is now."""
    now, stored = clock.now(), db.session.get(Credential, current_user.id)
    return render_template(
        "accounts/account.html",
        person=people.find(current_user.id),
        wishes=preferences.of(current_user.id),
        password_set_at=stored.changed_at if stored else None,
        waiting=changes.waiting(current_user.id, now),
        session_count=len(_open_sessions()),
    )


# --- Looks


@bp.route("/akun/tampilan", methods=["GET", "POST"])
def appearance_page():
    """Let the person choose colours, letters, language, zone; for all devices."""
    form = DisplayForm(data=_as_form(preferences.of(current_user.id)))
    if form.validate_on_submit():
        wishes = _wishes_of(form)
        preferences.keep(current_user.id, wishes, clock.now())
        db.session.commit()
        flash(N_("Pilihan Anda tersimpan dan berlaku di semua perangkat."), "ok")
        answer = redirect(url_for(".appearance_page"), code=303)
        appearance.keep(answer, wishes.display)
        language.remember(answer, wishes.language)
        return answer
    status = 422 if form.is_submitted() else 200
    return render_template("accounts/appearance.html", form=form), status


def _as_form(wishes: Wishes) -> dict[str, object]:
    return {
        "theme": wishes.display.theme,
        "text_size": str(wishes.display.text_size),
        "data_saver": wishes.display.data_saver,
        "language": wishes.language or current_language(),
        "timezone": wishes.timezone,
    }


def _wishes_of(form: DisplayForm) -> Wishes:
    looks = display.of(
        form.theme.data, int(form.text_size.data), bool(form.data_saver.data)
    )
    return Wishes(looks, form.language.data, form.timezone.data)


# --- Password


@bp.route("/akun/sandi", methods=["GET", "POST"])
def password():
    """Change the password, knowing the old one."""
    person, form = people.find(current_user.id), ChangePasswordForm()
    form.about = links.about(person)
    if form.validate_on_submit():
        opened = _change_password(form.current.data, form.password.data)
        if opened:
            flash(N_("Kata sandi diganti. Perangkat lain harus masuk lagi."), "ok")
            answer = redirect(url_for(".index"), code=303)
            return with_cookies(answer, *opened)
        form.current.errors = [N_("Kata sandi sekarang tidak cocok.")]

    status = 422 if form.is_submitted() else 200
    person = people.find(current_user.id)
    return render_template("accounts/password.html", form=form, person=person), status


def _change_password(current: str, new: str) -> tuple[str, str] | None:
    """Return the cookies of a fresh session, or None when `current` is wrong.

    Hashes between two transactions, like signing in.
    """
    person_id = current_user.id
    stored = links.reserve_change(person_id, clock.now())
    db.session.commit()
    if not passwords.verify(stored, current):
        return None
    password_hash = passwords.make(new)

    label = devices.words(request.user_agent.string)
    opened = links.change(person_id, password_hash, clock.now(), label)
    db.session.commit()
    return opened


# --- Devices


@bp.get("/akun/perangkat")
def devices_page():
    """Show where one is signed in, and how many browsers are known."""
    return render_template(
        "accounts/devices.html",
        open_sessions=_open_sessions(),
        known=sign_ins.known_browsers(current_user.id, clock.now()),
    )


def _open_sessions() -> list:
    is_staff = bool(current_user.roles & sessions.STAFF)
    return sessions.list_open(
        current_user.id, clock.now(), session_limits(), is_staff=is_staff
    )


@bp.post(f"/akun/perangkat/<int(max={ids.LARGEST}):sesi>/keluarkan")
def end_session(sesi: int):
    """End one session on another device."""
    if sesi != current_user.session_id:  # this one ends by "Keluar"
        sessions.end_one(current_user.id, sesi, clock.now())
        db.session.commit()
        flash(N_("Perangkat itu sudah dikeluarkan."), "ok")
    return redirect(url_for(".devices_page"), code=303)


@bp.post("/akun/sesi")
def end_sessions():
    """End all sessions but this one."""
    sessions.end_all(current_user.id, clock.now(), except_token=session_token())
    db.session.commit()
    flash(N_("Perangkat lain sudah dikeluarkan."), "ok")
    return redirect(url_for(".devices_page"), code=303)


@bp.post("/akun/perangkat/lupakan")
def forget_browsers():
    """Forget the browsers known from earlier, but for this one."""
    token = request.cookies.get(device_cookie(), "")[:100]
    sign_ins.forget_browsers(current_user.id, but=token)
    db.session.commit()
    flash(N_("Peramban lain tidak dikenal lagi."), "ok")
    return redirect(url_for(".devices_page"), code=303)
