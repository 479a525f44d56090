"""Assignments of HR: /sdm/penugasan/..."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext
from flask_login import current_user
from sqlalchemy import Select, select

from lms.accounts import people, roles
from lms.accounts.models import Job, JobTag, Person, Unit
from lms.assignments import assignments, overview, preview, reminders, sweeps, telling
from lms.assignments.models import Assignment
from lms.audit import accesses
from lms.catalog import courses
from lms.db import db, reading
from lms.jobs import worker
from lms.kernel import clock, ids
from lms.kernel.errors import BadRequest, Forbidden, Invalid
from lms.kernel.i18n import N_
from lms.web.access import roles as only_roles
from lms.web.redirects import safe_path

from . import job_list, unit_tree
from .forms_assignments import (
    COUNTED,
    RENEWALS,
    STATUS_NAMES,
    TYPE_NAMES,
    AssignmentForm,
    ExemptionForm,
)
from .views_picking import titles_told

bp = Blueprint("assignments", __name__, url_prefix="/sdm/penugasan")

LAST_PAGE = 10_000
REMINDED = ("late", "soon")


@bp.get("")
@only_roles("hr")
def index():
    """List assignments, running or ended, with how far people are."""
    ended = request.args.get("keadaan") == "berakhir"
    page = _page_number()
    found, total = overview.every(current_user, ended=ended, page=page)
    counts = overview.counts(
        current_user, [one.assignment.id for one in found], _today()
    )
    return render_template(
        "hr/assignments.html",
        found=[
            replace(one, counts=counts.get(one.assignment.id, one.counts))
            for one in found
        ],
        ended=ended,
        page=page,
        last=max(1, -(-total // overview.PER_PAGE)),
    )


@bp.route("/baru", methods=["GET", "POST"])
@only_roles("hr")
def create():
    """Ask for course, rule and days; show the people; then save."""
    step = request.form.get("langkah", "")
    form = _form()
    if step == "ubah" or not form.is_submitted():
        return render_template("hr/assignment_form.html", form=form)
    if not form.validate():
        # What went wrong stands on the page it was typed on.
        only_there = set(form.errors) == {"exempt_reason"}
        return _people_page(form) if only_there else _form_page(form)
    if step != "simpan":
        return _people_page(form)

    rule = form.rule()
    made = assignments.create(
        form.uid.data,
        courses.live(form.course.data).course_id,
        rule,
        form.terms(),
        by=current_user,
        now=clock.now(),
        exempted=[
            number
            for number in preview.chosen(rule, form.exempted)
            if number != current_user.id
        ],
        exempt_reason=(form.exempt_reason.data or "").strip(),
    )
    db.session.commit()
    if made.swept_to is None:
        done = N_("Penugasan tersimpan. Orang yang dimaksud melihatnya sekarang.")
    else:
        worker.wake()
        done = N_("Penugasan tersimpan. Orangnya banyak: yang lain segera menyusul.")
    flash(done, "ok")
    return redirect(url_for(".show", uid=made.uid), code=303)


def _form() -> AssignmentForm:
    """Return the form with its lists, and with what was typed found."""
    form, today = AssignmentForm(), _today()
    listed = {live.code: live for live in courses.listed()}
    anybody = {"": gettext("Semua")}
    form.course.choices = {code: live.title for code, live in listed.items()}
    form.job_type.choices = anybody | _said(TYPE_NAMES)
    form.asn_status.choices = anybody | _said(STATUS_NAMES)
    form.job_level.choices = anybody | job_list.levels_of_jobs()
    form.job_family.choices = anybody | _words_of(Job.family, job_list.families())
    form.job_tag.choices = anybody | _words_of(JobTag.tag, {})
    form.renewal.choices = _said(RENEWALS)
    form.counted.choices = _said(COUNTED)
    for field in (form.job_type, form.job_level, form.job_family, form.job_tag,
                  form.asn_status):  # fmt: skip
        field.data = field.data or ""
    form.today = today
    chosen = listed.get(form.course.data or "")
    form.is_yearly = bool(chosen and chosen.manifest.get("yearly"))
    form.uid.data = _uid(form.uid.data)
    if not form.is_submitted():
        form.course.data = request.args.get("kursus", "")
        form.starts_on.data, form.due_on.data = today, today + timedelta(days=30)
        form.unit.data = unit_tree.only_top(current_user)
    form.unit.fill(unit_tree.open_units(current_user))
    form.job_titles.fill(titles_told, partial(job_list.known_titles, current_user))
    return form


def _words_of(column, names: dict[str, str]) -> dict[str, str]:
    """Return what jobs have in a column, with the published name where there is one."""
    found = select(column).where(column != "").distinct().order_by(column)
    return {word: names.get(word, word) for word in db.session.scalars(found)}


def _said(texts: dict[str, str]) -> dict[str, str]:
    return {value: gettext(text) for value, text in texts.items()}


def _uid(sent: str | None) -> str:
    try:
        return str(UUID(sent))
    except (TypeError, ValueError, AttributeError):
        return ids.new_uid()


def _form_page(form: AssignmentForm):
    return render_template("hr/assignment_form.html", form=form), 422


def _people_page(form: AssignmentForm):
    """Show the people before anything is saved; who is named here is noted."""
    rule, terms = form.rule(), form.terms()
    assignments.check_unit(current_user, rule)
    live = courses.live(form.course.data)
    meant = preview.of(live.course_id, rule, terms)
    seen = preview.chosen(rule, [one.uid for one in meant.first])
    _note_look(N_("Daftar orang untuk penugasan baru"), seen, clock.now())
    return render_template(
        "hr/assignment_people.html",
        form=form,
        sent=_sent_again(form),
        title=live.title,
        rule_meant=rule,
        said=telling.of_rule(rule),
        meant=meant,
        plan=terms,
        days=[timedelta(days=terms.wave_days * number) for number in range(12)],
    ), 422 if form.errors else 200


def _sent_again(form: AssignmentForm) -> list[tuple[str, str]]:
    """Return what the first step has said, for the hidden fields of the second."""
    searched = (form.unit.name, form.job_titles.name)
    found = {f"{name}{end}" for name in searched for end in ("", "-cari", "-dari")}
    own = {"csrf_token", "langkah", "bebaskan", "alasan_bebas", "kode", *found}
    sent = [(k, v) for k, v in request.form.items(multi=True) if k not in own]
    return [
        *sent,
        (form.unit.name, form.unit.data),
        *((form.job_titles.name, title) for title in form.job_titles.data),
    ]


@bp.get("/<uid>")
@only_roles("hr")
def show(uid: str):
    """Say how people stand in an assignment, and who they are, page by page."""
    made, asked, now = assignments.find(current_user, uid), _asked(), clock.now()
    day = _day_of(made)
    counts = overview.counts(current_user, [made.id], day)
    known = counts.get(made.id, overview.Counts())
    lines, total, seen = overview.people(current_user, made, asked, day, known)
    exempted, former = overview.outside(current_user, made)
    page = render_template(
        "hr/assignment.html",
        shown=replace(overview.shown(made), counts=known),
        exempted=exempted,
        former=former,
        progress_made=sweeps.progress(current_user, made, now),
        lines=lines,
        asked=asked,
        total=total,
        last=max(1, -(-total // overview.PER_PAGE)),
    )
    _note_look(N_("Kemajuan pada sebuah penugasan"), seen, now)
    return page


@bp.get("/<uid>/kemajuan")
@only_roles("hr")
def progress(uid: str):
    """Return what `show` says of the worker, for the page that looks again; or 204."""
    made = assignments.find(current_user, uid)
    step = sweeps.progress(current_user, made, clock.now())
    if step is None:
        return "", 204
    return render_template("hr/assignment_progress.html", progress_made=step, uid=uid)


def _asked() -> overview.Asked:
    state = request.args.get("keadaan", "")
    if state not in overview.FILTERS:
        state = ""
    words = request.args.get("cari", "").strip()[:100]
    return overview.Asked(state, words, _page_number())


def _page_number() -> int:
    return min(max(1, request.args.get("halaman", 1, type=int)), LAST_PAGE)


def _today() -> date:
    return clock.now().astimezone(ZoneInfo(current_user.timezone)).date()


def _day_of(made: Assignment) -> date:
    """Return the day on which people are looked at: of an ended one, its last."""
    ended = made.ended_at
    if ended is None:
        return _today()
    return ended.astimezone(ZoneInfo(current_user.timezone)).date()


def _note_look(what: str, person_ids: Iterable[int], now: datetime) -> None:
    """Note whose data were on the page, once an hour; it writes nothing else."""
    others = [number for number in person_ids if number != current_user.id]
    since = now - timedelta(hours=1)
    seen = accesses.not_yet_recorded(
        "viewed", what, others, actor_id=current_user.id, since=since
    )
    if not seen:
        return
    db.session.rollback()
    reading.set(False)
    accesses.record(
        "viewed", what, seen, actor_id=current_user.id, now=now, facts={"role": "hr"}
    )
    db.session.commit()


@bp.post("/<uid>/akhiri")
@only_roles("hr")
def end(uid: str):
    """End an assignment; twice is once."""
    made = assignments.find(current_user, uid)
    assignments.end(made, by=current_user, now=clock.now())
    db.session.commit()
    if made.swept_to is not None:
        worker.wake()
    flash(N_("Penugasan diakhiri. Hasil yang sudah ada tetap tercatat."), "ok")
    return redirect(url_for(".show", uid=uid), code=303)


@bp.post("/<uid>/bebaskan")
@only_roles("hr")
def exempt(uid: str):
    """Let one person off."""
    made, now = assignments.find(current_user, uid), clock.now()
    person = _person()
    if person.id == current_user.id:
        raise NotYourOwn
    form = ExemptionForm()
    if not form.validate():
        raise ExemptionUnclear(why=gettext(next(iter(form.errors.values()))[0]))
    assignments.exempt(
        made,
        person.id,
        form.reason.data.strip(),
        form.until.data,
        by=current_user,
        now=now,
    )
    db.session.commit()
    flash(N_("Orang itu dibebaskan dari penugasan ini."), "ok")
    there = url_for(".show", uid=uid, keadaan="exempted")
    return redirect(_came_from() or there, code=303)


def _came_from() -> str | None:
    """Return the page of the office that the form stood on, when it says so."""
    return safe_path(request.form.get("kembali"))


class NotYourOwn(Forbidden):
    message = N_("Pembebasan Anda sendiri diberikan pengelola SDM lain.")


class ExemptionUnclear(Invalid):
    message = N_("Belum dapat dibebaskan. %(why)s")


def _person() -> Person:
    """Return the person the form names, of a unit that is held."""
    found = db.session.scalar(
        _held_people().where(Person.uid == request.form.get("pegawai", ""))
    )
    if found is None:
        raise people.PersonMissing
    return found


def _held_people() -> Select[tuple[Person]]:
    return (
        select(Person)
        .join(Unit, Unit.id == Person.unit_id)
        .where(roles.units_held(current_user, "hr"))
    )


@bp.post(f"/<uid>/pembebasan/<int(max={ids.LARGEST}):nomor>/akhiri")
@only_roles("hr")
def end_exemption(uid: str, nomor: int):
    """End an exemption; twice is once."""
    made = assignments.find(current_user, uid)
    given = assignments.end_exemption(made, nomor, by=current_user, now=clock.now())
    theirs = _held_people().where(Person.id == given.person_id)
    if db.session.scalar(theirs) is None:
        raise assignments.ExemptionMissing
    db.session.commit()
    flash(N_("Pembebasan diakhiri. Orang itu ditugaskan kembali."), "ok")
    return redirect(url_for(".show", uid=uid), code=303)


@bp.post("/<uid>/ingatkan")
@only_roles("hr")
def remind(uid: str):
    """Remind one person, or all who are late or nearly so; each once a day."""
    made, now, today = assignments.find(current_user, uid), clock.now(), _today()
    if made.ended_at:
        raise assignments.AssignmentEnded
    state = request.form.get("siapa", "")
    if state in REMINDED:
        wanted = overview.person_ids(current_user, made, state, today)
    elif "pegawai" in request.form:
        wanted = [_person().id]
    else:
        raise BadRequest
    count, known = reminders.by_hand(made, wanted, today, by=current_user, now=now)
    db.session.commit()
    _say_reminded(count, known)
    seen = state or request.form.get("keadaan", "")
    back = url_for(".show", uid=uid, keadaan=seen if seen in overview.FILTERS else "")
    return redirect(_came_from() or back, code=303)


def _say_reminded(count: int, known: int) -> None:
    if count:
        flash(ngettext("%(num)s orang diingatkan.", "%(num)s orang diingatkan.", count),
              "ok")  # fmt: skip
    if known:
        flash(
            ngettext(
                "%(num)s orang sudah diingatkan hari ini; sekali sehari cukup.",
                "%(num)s orang sudah diingatkan hari ini; sekali sehari cukup.",
                known,
            )
        )
    if not count and not known:
        flash(N_("Tidak ada yang perlu diingatkan."))
