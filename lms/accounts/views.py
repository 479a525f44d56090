"""Who is asking, and the pages for signing in: /masuk, /keluar, /lupa-sandi."""

from datetime import timedelta
from functools import cache

from flask import (
    Blueprint,
    Response,
    after_this_request,
    current_app,
    flash,
    g,
    jsonify,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask_babel import gettext
from flask_login import current_user
from flask_wtf.csrf import generate_csrf
from limits import parse
from sqlalchemy.exc import OperationalError

from lms.db import db, reading
from lms.kernel import clock, ids
from lms.kernel.i18n import N_
from lms.web import appearance, language
from lms.web.access import login_manager, public
from lms.web.errors import wants_json
from lms.web.limits import limiter
from lms.web.redirects import safe_path
from lms.web.templating import page_for_strangers

from . import demo, devices, links, passwords, preferences, sessions, sign_ins
from .forms import ForgotForm, NewPasswordForm, SignInForm

bp = Blueprint("accounts", __name__)

WRONG = N_("NIP, surel, atau kata sandi tidak cocok.")


@bp.record_once
def _register(state) -> None:
    login_manager.request_loader(_load_person)
    state.app.after_request(_touch)


# --- Who is asking


def _load_person(_request) -> sessions.SignedIn | None:
    """Tell Flask-Login who is asking: one query, no Flask session involved."""
    token = session_token()
    if not 20 <= len(token) <= 100:
        return None
    person = sessions.load(token, clock.now(), session_limits())
    if person is None or (person.is_demo and not current_app.config["DEMO"]):
        return None
    g.timezone = person.shown_zone
    if person.language:
        language.speak(person.language)
    return person


def session_token() -> str:
    """Return the token of the session that this request belongs to, or ""."""
    return request.cookies.get(sessions.cookie_name(current_app.config["TLS"]), "")


def session_limits() -> sessions.Limits:
    """Return how long sessions last, as this site is set up."""
    get = current_app.config.__getitem__
    return _limits(
        get("SESSION_IDLE_HOURS"),
        get("SESSION_DAYS"),
        get("STAFF_IDLE_MINUTES"),
        get("STAFF_HOURS"),
    )


@cache
def _limits(
    idle_hours: float, days: float, staff_minutes: float, staff_hours: float
) -> sessions.Limits:
    return sessions.Limits(
        idle=timedelta(hours=idle_hours),
        total=timedelta(days=days),
        staff_idle=timedelta(minutes=staff_minutes),
        staff_total=timedelta(hours=staff_hours),
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
    if request.method != "POST" and wants_json():
        return _who(current_user if current_user.is_authenticated else None)
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

    headers = {"Retry-After": str(wait)} if wait else {}
    if wants_json():
        return _refusal(form, problem, wait), _status(form, problem), headers
    # Empty it is the same for everybody; once typed in, it is somebody's.
    draw = render_template if form.is_submitted() else page_for_strangers
    page = draw(
        "accounts/sign_in.html",
        form=form,
        problem=problem,
        wait=wait,
        demo_people=demo.SHOWN if current_app.config["DEMO"] else (),
        demo_password=demo.PASSWORD,
    )
    return page, _status(form, problem), headers


def _status(form, problem: str) -> int:
    if problem == "paused":
        return 429
    return 422 if form.is_submitted() else 200


def _check(name: str, password: str) -> tuple[str, str, preferences.Wishes] | None:
    """Return (session token, device token, wishes) when the password is right.

    Commits twice on purpose: the password is hashed between two transactions.
    """
    device = request.cookies.get(device_cookie(), "")[:100]
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
    if old := session_token():
        sessions.end(old, now)
    label = devices.words(request.user_agent.string)
    opened = sign_ins.finish(tried, device, now, label=label, new_hash=new_hash)
    wishes = preferences.of(tried.person_id) if opened else None
    db.session.commit()
    return (*opened, wishes) if opened else None


def _welcome(token: str, device: str, wishes: preferences.Wishes):
    session.clear()  # nothing planted before signing in survives it
    answer = redirect(_after_sign_in(), code=303)
    if wants_json():
        g.pop("csrf_token", None)  # that of the session just cleared
        answer = _who(sessions.load(token, clock.now(), session_limits()))
    with_cookies(answer, token, device)
    appearance.keep(answer, wishes.display)
    if wishes.language:
        language.remember(answer, wishes.language)
    return answer


def _who(person: sessions.SignedIn | None) -> Response:
    """Tell a page that stays open who is signed in, and give it a token for forms."""
    uid = person.uid if person else None
    return jsonify(person=uid, csrf_token=generate_csrf())


def _refusal(form, problem: str, wait: int) -> dict[str, object]:
    """Say in words why the panel did not let somebody in."""
    text = gettext(WRONG)
    if problem == "paused":
        text = gettext(sign_ins.SignInPaused.message) % {"retry_after": wait}
    elif form.errors:
        text = gettext(next(iter(form.errors.values()))[0])
    return {"error": problem or "form", "message": text}


def with_cookies(answer: Response, token: str, device: str) -> Response:
    """Give the browser its session, and let it be known for a year."""
    lasts = current_app.config["SESSION_DAYS"] * 24 * 3600
    _set_cookie(answer, sessions.cookie_name(current_app.config["TLS"]), token, lasts)
    device_lasts = int(sign_ins.DEVICE.total_seconds())
    _set_cookie(answer, device_cookie(), device, device_lasts)
    return answer


def _after_sign_in() -> str:
    return safe_path(request.args.get("lanjut")) or url_for("home.index")


def device_cookie() -> str:
    """Return the name of the cookie by which a browser stays known."""
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
    if token := session_token():
        sessions.end(token, clock.now())
        db.session.commit()
    session.clear()
    answer = redirect(url_for(".sign_in"), code=303)
    _set_cookie(answer, sessions.cookie_name(current_app.config["TLS"]), "", 0)
    # Lessons are kept by the browser: on a shared computer, Back must not show them.
    answer.headers["Clear-Site-Data"] = '"cache"'
    return answer


# --- Activation and reset


@bp.route("/akun/tautan/<token>", methods=["GET", "POST"])
@public
def link(token: str):
    """Let the holder of a one-time link choose a password."""
    keep_address_secret()
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


def keep_address_secret() -> None:
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
