"""Pages of superiors: /tim. And "Tandai sudah dibaca" of what they say."""

from datetime import datetime

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_login import current_user

from lms.accounts.models import Person
from lms.assignments import standing
from lms.db import db, reading
from lms.feedback import waiting
from lms.kernel import clock
from lms.kernel.i18n import N_
from lms.learn import plans
from lms.records import jp
from lms.web.formats import short_date

from . import encouragements, forms, profile, queries, sentences, staff, weeks
from .encouragements import About
from .forms import EncourageForm
from .profile import Profile

bp = Blueprint("team", __name__, url_prefix="/tim")

SHOWN = 50  # people on a page
PAPER = 500  # of the table for paper


@bp.get("")
def index():
    """Say how the team stands, those who need most first."""
    now = _now_of_superior()
    today = jp.day_of(now, current_user.timezone)
    acting = staff.stand_ins(current_user.id, today)
    team = queries.team_of(current_user, acting, today, page=_page(), rows=SHOWN)
    return render_template(
        "team/index.html",
        team=team,
        titles=_titles(team),
        acting=acting,
        today=today,
        sent=encouragements.last_sent(
            current_user.id, [card.member.id for card in team.cards]
        ),
        surveys=waiting.about_others(current_user.id, now, "superior"),
    )


@bp.get("/daftar", endpoint="list")
def list_():
    """Show the team as one table, for paper."""
    now = _now_of_superior()
    today = jp.day_of(now, current_user.timezone)
    acting = staff.stand_ins(current_user.id, today)
    team = queries.team_of(current_user, acting, today, page=_page(), rows=PAPER)
    return render_template("team/list.html", team=team, titles=_titles(team), now=now)


def _page() -> int:
    """Return the page asked for; what is no number is the first."""
    return request.args.get("halaman", 1, type=int)


@bp.get("/waktu")
def times():
    """Say who studies in which week, so that somebody stays at the counter."""
    today = jp.day_of(_now_of_superior(), current_user.timezone)
    people = queries.people_of(current_user, today)
    members = [queries.member_of(row) for row in people]
    owed = standing.of_people([member.id for member in members], today)
    late, planned = weeks.of({m.id: m.name for m in members}, owed, today)
    return render_template(
        "team/times.html",
        late=late,
        weeks=planned,
        team=len(members),
        titles=queries.titles_of({o.course_id for some in owed.values() for o in some}),
        uids={member.id: member.uid for member in members},
    )


@bp.get("/<uid>")
def member(uid: str):
    """Show one member; note that their superior looked, once an hour."""
    now = clock.now()
    person = staff.find(current_user, uid, jp.day_of(now, current_user.timezone))
    if not profile.was_noted(current_user.id, person.id, now):
        person = _note_look(person.id, now)
    return _member_page(person, now)


def _note_look(person_id: int, now: datetime) -> Person:
    """Write the look down: a GET that writes, so that the person can read of it."""
    db.session.rollback()
    mode = reading.set(False)
    try:
        profile.note(current_user.id, person_id, now)
        db.session.commit()
    finally:
        reading.reset(mode)
    return db.session.get_one(Person, person_id)


@bp.post("/<uid>/semangat")
def encourage(uid: str):
    """Send a short message to a member."""
    now = clock.now()
    today = jp.day_of(now, current_user.timezone)
    person = staff.find(current_user, uid, today)
    shown = profile.of(person, today)
    form = _form(shown)
    if not form.validate_on_submit():
        return _member_page(person, now, form), 422

    encouragements.send(
        current_user.id,
        person.id,
        form.word.data or "",
        sentences.written(form.sentence.data, form.text.data or ""),
        _abouts(shown)[form.about.data][1],
        today=today,
        now=now,
    )
    db.session.commit()
    flash(N_("Pesan terkirim. Penerimanya melihatnya di Beranda."), "ok")
    return redirect(url_for(".index"), code=303)


@bp.post("/<uid>/rencana/<plan>")
def support(uid: str, plan: str):
    """Say that one has read a member's action plan and supports it."""
    now = clock.now()
    person = staff.find(current_user, uid, jp.day_of(now, current_user.timezone))
    plans.confirm(plan, person.id, current_user.id, now)
    db.session.commit()
    flash(N_("Dukungan Anda tercatat pada rencana itu."), "ok")
    return redirect(url_for(".member", uid=uid, _anchor="rencana"), code=303)


@bp.post("/pesan/<uid>/dibaca")
def read(uid: str):
    """Note that the learner has read a message."""
    encouragements.mark_read(current_user.id, uid, clock.now())
    db.session.commit()
    flash(N_("Pesan ditandai sudah dibaca. Pesan itu tetap ada di Data saya."), "ok")
    return redirect(url_for("home.index"), code=303)


def _now_of_superior() -> datetime:
    """Return the time. Raises NotSuperior for who is nobody's superior."""
    if not current_user.is_superior:
        raise staff.NotSuperior
    return clock.now()


def _titles(team: queries.Team) -> dict[int, tuple[str, str]]:
    return queries.titles_of(
        {owed.course_id for card in team.cards for owed in card.open}
    )


def _abouts(shown: Profile) -> dict[str, tuple[str, About]]:
    """Return choice -> (text, what it is about): in general, duties, courses."""
    found = {forms.GENERAL: (gettext("Belajar secara umum"), About())}
    for owed in shown.owed:
        if owed.state != "done" and owed.course_id in shown.titles:
            text = gettext(
                "%(course)s (tenggat %(day)s)",
                course=shown.titles[owed.course_id][1],
                day=short_date(owed.due_on),
            )
            about = About(owed.course_id, owed.duty_id)
            found[forms.duty_key(owed.duty_id)] = (text, about)
    wanted = {about.course_id for _text, about in found.values()}
    for one in shown.running:
        if one.course_id not in wanted:
            found[forms.course_key(one.code)] = (one.title, About(one.course_id))
    return found


def _form(shown: Profile) -> EncourageForm:
    form = EncourageForm()
    texts = {key: text for key, (text, _about) in _abouts(shown).items()}
    form.offer(texts, encouragements.new_form(), shown.sentence)
    return form


def _member_page(person: Person, now: datetime, form: EncourageForm | None = None):
    today = jp.day_of(now, current_user.timezone)
    shown = profile.of(person, today)
    return render_template(
        "team/member.html",
        shown=shown,
        plans=plans.of_people([person.id]),
        form=form or _form(shown),
        sent=encouragements.sent_to(current_user.id, person.id),
        today=today,
    )
