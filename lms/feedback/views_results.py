"""What surveys say: /survei/hasil, for who teaches the course and HR of the unit."""

from flask import (
    Blueprint,
    Response,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    stream_with_context,
    url_for,
)
from flask_login import current_user

from lms.accounts import views_confirm
from lms.audit import accesses, log
from lms.db import db
from lms.kernel import clock, ids
from lms.kernel.i18n import N_
from lms.web.access import roles as only_roles

from . import changes, files, reach, results
from .forms import ChangeForm
from .models import ROLES
from .results import PartHidden, Shown

bp = Blueprint("survey_results", __name__, url_prefix="/survei/hasil")

WHAT = N_("Jawaban survei yang diisi dengan nama")
KINDS = {"": None, "ya": True, "tidak": False}


@bp.get("")
@only_roles("instructor", "hr")
def index():
    """List the surveys of the courses one may read about."""
    least = current_app.config["SURVEY_THRESHOLD"]
    found = reach.listed(current_user)
    return render_template(
        "feedback/results_index.html",
        found=found,
        counts=results.counts(found, least),
        least=least,
    )


@bp.get("/<kursus>/<butir>")
@only_roles("instructor", "hr")
def show(kursus: str, butir: str):
    """Show what was answered: counts, means, texts, over time, before and after."""
    return _page(kursus, butir, ChangeForm(formdata=None))


@bp.post("/<kursus>/<butir>/perubahan")
@only_roles("instructor")
def tell(kursus: str, butir: str):
    """Tell learners what was changed because of what they said."""
    survey, held = reach.find(current_user, kursus, butir)
    if not held.teaches:
        raise reach.ResultsHidden
    form = ChangeForm()
    if not form.validate_on_submit():
        return _page(kursus, butir, form), 422
    changes.write(
        survey, form.once.data, form.text.data, by_id=current_user.id, now=clock.now()
    )
    db.session.commit()
    flash(N_("Tersimpan. Peserta membacanya di halaman survei ini."), "ok")
    return redirect(url_for(".show", kursus=kursus, butir=butir), code=303)


def _page(kursus: str, butir: str, form: ChangeForm) -> str:
    survey, held, shown = _shown(kursus, butir)
    least = current_app.config["SURVEY_THRESHOLD"]
    if not form.is_submitted() or not form.once.data:
        form.once.data = ids.new_uid()
    return render_template(
        "feedback/results.html",
        survey=survey,
        shown=shown,
        least=least,
        over_time=results.over_time(survey, held, shown, least),
        compared=results.before_and_after(survey.live, held, least),
        args=_asked_for(),
        told=changes.newest(survey.live.course_id),
        form=form if held.teaches else None,
    )


@bp.post("/<kursus>/<butir>/berkas")
@only_roles("instructor", "hr")
def download(kursus: str, butir: str):
    """Send the answers as CSV; who is named in it can read who has taken it."""
    survey, held, shown = _shown(kursus, butir)
    if shown.is_hidden:
        raise PartHidden
    page = url_for(".show", kursus=kursus, butir=butir, **_asked_for())
    if not shown.box.is_anonymous and (way := views_confirm.wanted(page)):
        return way
    chosen = shown.chosen
    wanted = files.Wanted(
        survey,
        shown.box,
        held,
        shown.version_ids,
        release=chosen.name if chosen and shown.box.release_id else "",
        office=chosen.name if chosen and shown.box.office_id else "",
    )
    now, told = clock.now(), files.people(wanted)
    accesses.record("exported", WHAT, told, actor_id=current_user.id, now=now)
    log.record(
        "survey.exported",
        actor_id=current_user.id,
        object_kind="course",
        object_id=survey.live.course_id,
        facts={"item": survey.code, "role": shown.box.role, "people": shown.count},
        now=now,
    )
    db.session.commit()
    answer = Response(stream_with_context(files.pieces(wanted)))
    answer.headers["Content-Type"] = "text/csv; charset=utf-8"
    answer.headers["Content-Disposition"] = f'attachment; filename="{wanted.name}"'
    return answer


def _asked_for() -> dict[str, str]:
    """Return what the address narrows the results to, as it says it."""
    names = ("peran", "nama", "terbitan", "opd")
    return {name: value for name in names if (value := request.args.get(name))}


def _shown(kursus: str, butir: str):
    survey, held = reach.find(current_user, kursus, butir)
    args = _asked_for()
    role, named = args.get("peran", ""), args.get("nama", "")
    if role not in ("", *ROLES) or named not in KINDS:
        raise PartHidden
    every, box = results.chosen_box(survey, role, KINDS[named])
    shown: Shown = results.of(
        survey,
        held,
        box,
        every=every,
        least=current_app.config["SURVEY_THRESHOLD"],
        release=_number(args.get("terbitan", "")),
        office=_number(args.get("opd", "")),
    )
    return survey, held, shown


def _number(text: str) -> int:
    """Return a number of an address. Raises PartHidden for what is none."""
    if not text:
        return 0
    if not (text.isascii() and text.isdigit() and 0 < int(text[:20]) <= ids.LARGEST):
        raise PartHidden
    return int(text)
