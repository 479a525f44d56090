"""Job titles: list, edit, merge two spellings: /sdm/organisasi/jabatan."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_login import current_user

from lms.accounts import jobs, roles
from lms.accounts.models import JOB_TYPES
from lms.db import db
from lms.kernel import clock, ids
from lms.kernel.errors import LmsError
from lms.kernel.i18n import N_
from lms.kernel.text import one_line
from lms.web.access import roles as only_roles

from . import job_list
from .acting import day_of, words
from .forms_jobs import TYPE_NAMES, JobForm

bp = Blueprint("job_titles", __name__, url_prefix="/sdm/organisasi/jabatan")

JOB = f"/<int(max={ids.LARGEST}):job_id>"
LONGEST = 100  # letters of a search
MOST = 10_000  # pages


@bp.get("")
@only_roles("hr")
def index():
    """List the jobs in use, with people, family and tags."""
    asked = {key: one_line(request.args.get(key, ""))[:LONGEST]
             for key in ("cari", "jenis", "tanpa")}  # fmt: skip
    kind = asked["jenis"] if asked["jenis"] in JOB_TYPES else ""
    sent = request.args.get("hal", "1")
    number = int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 6 else 1
    number = min(max(number, 1), MOST)
    rows, count = job_list.page_of(
        current_user, asked["cari"], number, kind, asked["tanpa"]
    )
    return render_template(
        "hr/jobs.html",
        rows=rows,
        count=count,
        asked=asked,
        page=number,
        last=max(1, -(-count // job_list.PAGE)),
        types=TYPE_NAMES,
    )


def _to_list():
    return redirect(url_for(".index"), code=303)


@bp.route("/baru", methods=["GET", "POST"])
@only_roles("hr")
def add():
    """Add a job before anybody has it."""
    form, refusal = JobForm(), None
    form.offer(_types(), _none() | job_list.families())
    if form.validate_on_submit():
        try:
            job, is_new = jobs.add(form.facts, clock.now(), current_user)
            if is_new:
                tags = jobs.clean_tags(form.tags.data or "")
                jobs.edit(job, form.facts, tags, _held(), clock.now(), current_user)
            db.session.commit()
        except LmsError as err:
            refusal = err
        else:
            flash(N_("Jabatan dibuat.") if is_new else jobs.JobThere.message, "ok")
            return _to_list()
    return _drawn(form, refusal, None)


@bp.route(JOB, methods=["GET", "POST"])
@only_roles("hr")
def edit(job_id: int):
    """Change title, type, level, family and tags."""
    job = job_list.find(current_user, job_id, request.method == "POST")
    families = job_list.families()
    stored = job_list.family_of(job, families) or job.family
    tags = ", ".join(jobs.tags_of([job.id]).get(job.id, []))
    facts = {"title": job.title, "type": job.type, "level": job.level}
    form, refusal = JobForm(data=facts | {"family": stored, "tags": tags}), None
    form.offer(_types(), _none() | families, stored)
    if form.validate_on_submit():
        wanted = form.facts
        if wanted["family"] == stored:
            wanted["family"] = job.family  # as it was written
        try:
            cleaned = jobs.clean_tags(form.tags.data or "")
            changed = jobs.edit(
                job, wanted, cleaned, _held(), clock.now(), current_user
            )
            db.session.commit()
        except LmsError as err:
            refusal = err
        else:
            flash(
                N_("Perubahan tersimpan.") if changed else N_("Tidak ada yang diubah."),
                "ok",
            )
            return _to_list()
    return _drawn(form, refusal, job)


def _types() -> dict[str, str]:
    return {key: gettext(text) for key, text in TYPE_NAMES.items()}


def _none() -> dict[str, str]:
    return {"": gettext("Belum ditetapkan")}


def _held():
    """Return the units one is in charge of, as HR or administrator."""
    return roles.units_held(current_user, "hr") | roles.units_held(
        current_user, "admin"
    )


def _drawn(form: JobForm, refusal: LmsError | None, job):
    status = 422 if form.is_submitted() else 200
    if refusal is not None:
        db.session.rollback()
        form.form_errors = [*form.form_errors, words(refusal)]
        status = refusal.status
    page = render_template("hr/job.html", form=form, job=job, levels=job_list.levels())
    return page, status


@bp.route(f"{JOB}/gabung", methods=["GET", "POST"])
@only_roles("hr")
def merge(job_id: int):
    """Give everybody of one spelling the other."""
    job = job_list.find(current_user, job_id, request.method == "POST")
    sent = request.values.get("ke", "")
    target = None
    if sent.isascii() and sent.isdigit() and len(sent) < 19:
        target = job_list.find(current_user, int(sent))
        if target.id == job.id:
            raise jobs.SameJob
    held = roles.units_held(current_user, "hr")
    if request.method == "POST" and target is not None:
        now = clock.now()
        count = jobs.merge(
            job, target, held, day_of(current_user, now), now, current_user
        )
        db.session.commit()
        if count:
            flash(gettext("Jabatan digabung ke “%(job)s”.", job=target.title), "ok")
        return _to_list()
    wanted = one_line(request.args.get("cari", job.title.split(" ")[0]))[:LONGEST]
    page = render_template(
        "hr/job_merge.html",
        job=job,
        target=target,
        wanted=wanted,
        rows=[] if target else job_list.others(current_user, job, wanted),
        people=jobs.count_in(job.id, held),
        is_missing=request.method == "POST",
        types=TYPE_NAMES,
    )
    return page, 422 if request.method == "POST" else 200
