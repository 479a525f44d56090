"""Who is asking, and the pages for signing in: /masuk, /keluar, /akun, /lupa-sandi."""

from datetime import timedelta

from flask import (
    Blueprint,
    Response,
    after_this_request,
    current_app,
    flash,
    g,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask_login import current_user
from limits import parse
from sqlalchemy.exc import OperationalError

from lms.db import db, reading
from lms.kernel import clock, ids
from lms.kernel.i18n import N_
from lms.web.access import login_manager, public
from lms.web.limits import limiter
from lms.web.redirects import safe_path

from . import demo, devices, links, passwords, people, sessions, sign_ins
from .forms import ChangePasswordForm, ForgotForm, NewPasswordForm, SignInForm

bp = Blueprint("accounts", __name__)


@bp.record_once
def _register(state) -> None:
    login_manager.request_loader(_load_person)
    state.app.after_request(_touch)


# --- Who is asking


def _load_person(_request) -> sessions.SignedIn | None:
    """Tell Flask-Login who is asking: one query, no Flask session involved."""
    token = _sid()
    if not 20 <= len(token) <= 100:
        return None
    person = sessions.load(token, clock.now(), _limits())
    if person is None or (person.is_demo and not current_app.config["DEMO"]):
        return None
    g.timezone = person.timezone
    return person


def _sid() -> str:
    return request.cookies.get(sessions.cookie_name(current_app.config["TLS"]), "")


def _limits() -> sessions.Limits:
    config = current_app.config
    return sessions.Limits(
        idle=timedelta(hours=config["SESSION_IDLE_HOURS"]),
        total=timedelta(days=config["SESSION_DAYS"]),
        staff_idle=timedelta(minutes=config["STAFF_IDLE_MINUTES"]),
        staff_total=timedelta(hours=config["STAFF_HOURS"]),
    )


def _touch(answer: Response) -> Response:
    """Note that the session is in use, at most every five minutes.

    In an own short transaction after the page: a GET itself never writes.
    """
    person = g.get("_login_user")
    if not isinstance(person, sessions.SignedIn) or answer.status_code >= 500:
        return answer
    now = clock.now()
    if now - person.seen_at < sessions.REFRESH:
        return answer
    db.session.rollback()  # ends the page's own transaction
    mode = reading.set(False)
    try:
        sessions.touch(person.session_id, now)
        db.session.commit()
    except OperationalError:
        db.session.rollback()  # busy: the next request notes it
    finally:
        reading.reset(mode)
    return answer


# --- Signing in and out


@bp.route("/masuk", methods=["GET", "POST"])
@public
def sign_in():
    """Show the sign-in form; take account name and password."""
    if request.method != "POST" and current_user.is_authenticated:
        return redirect(_after_sign_in(), code=303)

    form = SignInForm() if request.method == "POST" else SignInForm.empty()
    problem, wait = "", 0
    if form.validate_on_submit():
        try:
            opened = _check(form.account.data, form.password.data)
        except sign_ins.SignInPaused as pause:
            db.session.rollback()
            problem, wait = "paused", pause.retry_after
        else:
            if opened:
                return _welcome(*opened)
            problem = "wrong"

    page = render_template(
        "accounts/sign_in.html",
        form=form,
        problem=problem,
        wait=wait,
        demo_people=demo.SHOWN if current_app.config["DEMO"] else (),
        demo_password=demo.PASSWORD,
    )
    headers = {"Retry-After": str(wait)} if wait else {}
    return page, _status(form, problem), headers


def _status(form, problem: str) -> int:
    if problem == "paused":
        return 429
    return 422 if form.is_submitted() else 200


def _check(name: str, password: str) -> tuple[str, str] | None:
    """Return (session token, device token) when the password is right, else None.

    Commits twice on purpose: the password is hashed between two transactions.
    """
    device = request.cookies.get(_device_cookie(), "")[:100]
    tried = sign_ins.begin(name, device, clock.now(), current_app.config["DEMO"])
    # The owner's browser is counted by itself: nobody at the same office locks it out.
    source = ids.digest(device) if tried.is_known else str(request.remote_addr)
    _respect_limit("masuk", source)
    db.session.commit()

    if not passwords.verify(tried.password_hash, password):
        _count("masuk", source)
        return None
    is_old = passwords.is_outdated(tried.password_hash)
    new_hash = passwords.make(password) if is_old else ""

    now = clock.now()
    if old := _sid():
        sessions.end(old, now)
    label = devices.words(request.user_agent.string)
    opened = sign_ins.finish(tried, device, now, label=label, new_hash=new_hash)
    db.session.commit()
    return opened


def _welcome(token: str, device: str):
    session.clear()  # nothing planted before signing in survives it
    return _with_cookies(redirect(_after_sign_in(), code=303), token, device)


def _with_cookies(answer: Response, token: str, device: str) -> Response:
    lasts = current_app.config["SESSION_DAYS"] * 24 * 3600
    _set_cookie(answer, sessions.cookie_name(current_app.config["TLS"]), token, lasts)
    device_lasts = int(sign_ins.DEVICE.total_seconds())
    _set_cookie(answer, _device_cookie(), device, device_lasts)
    return answer


def _after_sign_in() -> str:
    return safe_path(request.args.get("lanjut")) or url_for("home.index")


def _device_cookie() -> str:
    return "__Host-perangkat" if current_app.config["TLS"] else "perangkat"


def _set_cookie(answer, name: str, value: str, seconds: int) -> None:
    answer.set_cookie(
        name,
        value,
        max_age=seconds,
        secure=bool(current_app.config["TLS"]),
        httponly=True,
        samesite="Lax",
    )


def _respect_limit(what: str, source: str) -> None:
    limit = parse(current_app.config["LOGIN_LIMIT"])
    if limiter.enabled and not limiter.limiter.test(limit, what, source):
        raise sign_ins.SignInPaused(retry_after=limit.get_expiry())


def _count(what: str, source: str) -> None:
    """Count a failure; honest people behind one office address never add up."""
    if limiter.enabled:
        limit = parse(current_app.config["LOGIN_LIMIT"])
        limiter.limiter.hit(limit, what, source)


@bp.post("/keluar")
def sign_out():
    """End the session here and on the server; a copied cookie is dead as well."""
    if token := _sid():
        sessions.end(token, clock.now())
        db.session.commit()
    session.clear()
    answer = redirect(url_for(".sign_in"), code=303)
    _set_cookie(answer, sessions.cookie_name(current_app.config["TLS"]), "", 0)
    # Lessons are kept by the browser: on a shared computer, Back must not show them.
    answer.headers["Clear-Site-Data"] = '"cache"'
    return answer


# --- One's own account


@bp.route("/akun", methods=["GET", "POST"])
def account():
    """Show where one is signed in; change the password, knowing the old one."""
    person, form = people.find(current_user.id), ChangePasswordForm()
    form.about = links.about(person)
    if form.validate_on_submit():
        opened = _change_password(form.current.data, form.password.data)
        if opened:
            flash(N_("Kata sandi diganti. Perangkat lain harus masuk lagi."), "ok")
            answer = redirect(url_for(".account"), code=303)
            return _with_cookies(answer, *opened)
        form.current.errors = [N_("Kata sandi sekarang tidak cocok.")]

    status = 422 if form.is_submitted() else 200
    return render_template(
        "accounts/account.html",
        form=form,
        person=people.find(current_user.id),
        open_sessions=sessions.list_open(current_user.id, clock.now(), _limits()),
    ), status


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


@bp.post("/akun/sesi")
def end_sessions():
    """End all sessions but this one."""
    sessions.end_all(current_user.id, clock.now(), except_token=_sid())
    db.session.commit()
    flash(N_("Perangkat lain sudah dikeluarkan."), "ok")
    return redirect(url_for(".account"), code=303)


# --- Activation and reset


@bp.route("/akun/tautan/<token>", methods=["GET", "POST"])
@public
def link(token: str):
    """Let the holder of a one-time link choose a password."""
    _keep_address_secret()
    with_demo, form = current_app.config["DEMO"], NewPasswordForm()
    try:
        holder = links.find(token, clock.now(), with_demo)
    except links.LinkGone:
        if form.is_submitted() and _was_set_just_now(token, form.password.data):
            return _password_is_set()
        raise

    form.about = holder.about
    if form.validate_on_submit():
        db.session.rollback()  # no transaction while hashing
        password_hash = passwords.make(form.password.data)
        try:
            links.use(holder, password_hash, clock.now())
        except links.LinkGone:
            if not _was_set_just_now(token, form.password.data):
                raise
        db.session.commit()
        return _password_is_set()

    status = 422 if form.is_submitted() else 200
    return render_template(
        "accounts/new_password.html", form=form, holder=holder
    ), status


def _keep_address_secret() -> None:
    """Send no Referer from this page: its address is the secret."""

    @after_this_request
    def _quiet(answer: Response) -> Response:
        answer.headers["Referrer-Policy"] = "no-referrer"
        return answer


def _was_set_just_now(token: str, password: str | None) -> bool:
    """Say whether this is the second tap of a form that has done its work."""
    with_demo = current_app.config["DEMO"]
    stored = links.hash_set_just_now(token, clock.now(), with_demo)
    db.session.rollback()
    return bool(stored and password) and passwords.verify(stored, password)


def _password_is_set():
    session.clear()
    flash(N_("Kata sandi tersimpan. Silakan masuk dengan kata sandi baru."), "ok")
    return redirect(url_for(".sign_in"), code=303)


@bp.route("/lupa-sandi", methods=["GET", "POST"])
@public
def forgot():
    """Mail a link where mail is set up; the answer never tells who has an account."""
    form, config = ForgotForm(), current_app.config
    can_mail, is_sent = bool(config["SMTP_URL"]), False
    if can_mail and form.validate_on_submit():
        _respect_limit("lupa", str(request.remote_addr))
        _count("lupa", str(request.remote_addr))
        links.ask(
            form.account.data, config["BASE_URL"], config["SITE_NAME"], clock.now()
        )
        db.session.commit()
        is_sent = True

    status = 422 if can_mail and form.is_submitted() and not is_sent else 200
    return render_template(
        "accounts/forgot.html", form=form, can_mail=can_mail, is_sent=is_sent
    ), status
