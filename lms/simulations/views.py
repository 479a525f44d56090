"""Pages of simulations: /simulasi/..., and the cover of one in its course."""

import re
from datetime import datetime
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_login import current_user

from lms.accounts import units
from lms.catalog import competencies, courses, items, translated
from lms.catalog.courses import Live
from lms.db import db
from lms.kernel import clock, ids
from lms.kernel.errors import TooMany
from lms.kernel.i18n import N_
from lms.learn import covers, duties, further, outline
from lms.learn import queries as learning
from lms.records import completions, facts
from lms.records.models import Enrolled
from lms.web import tongue
from lms.web.limits import wait_for
from lms.web.requests import refuse_other_digits

from . import binding, grants, open_runs, queries, rules, runs, spoken, story
from .models import Run

bp = Blueprint("simulations", __name__, url_prefix="/simulasi")

RUN = f"/main/<int(max={ids.LARGEST}):run_id>"
PLACE = re.compile(r"[0-9]{1,2}", re.ASCII)


class StepsTooFast(TooMany):
    message = N_(
        "Langkah dikirim terlalu sering. Tunggu %(retry_after)s detik, lalu coba lagi."
    )


bp.before_request(refuse_other_digits)


@bp.post("/<kursus>/<butir>/mulai")
def start(kursus: str, butir: str):
    """Begin a run, or go back to the running one."""
    run_id = runs.start(current_user.id, kursus, butir, clock.now()).id
    db.session.commit()
    return redirect(url_for(".scene", run_id=run_id), code=303)


@bp.get(RUN)
def scene(run_id: int):
    """Show the scene a run has come to, and what the last choice led to."""
    run = runs.find(current_user.id, run_id)
    if run.is_ended:
        return redirect(url_for(".result", run_id=run_id), code=303)
    runs.check_open(run)
    return _scene_page(run)


@bp.post(f"{RUN}/langkah/<int(max=999999):number>")
def step(run_id: int, number: int):
    """Take a step. Sent twice it is one; another one from another tab is refused."""
    wait = wait_for("ANSWER_LIMIT", str(current_user.id))
    if wait:
        raise StepsTooFast(retry_after=wait)
    run = runs.find(current_user.id, run_id, lock=True)
    try:
        runs.choose(run, number, _place(), clock.now())
    except (runs.StepTaken, runs.ChoiceUnknown) as refusal:
        db.session.rollback()  # nobody waits while the page is made
        run = runs.find(current_user.id, run_id)
        if not run.is_ended:
            return _scene_page(run, refusal), refusal.status
        flash(refusal.message, "warn")
    onward = ".result" if run.is_ended else ".scene"
    db.session.commit()
    return redirect(url_for(onward, run_id=run_id), code=303)


@bp.get(f"{RUN}/hasil")
def result(run_id: int):
    """Look back at a run: how it ended, its path, and what was better where told."""
    run = runs.find(current_user.id, run_id)
    if not run.is_ended:
        return redirect(url_for(".scene", run_id=run_id), code=303)
    telling = _telling(run)
    version, bound = telling.version, telling.course
    live = translated.course(courses.live(bound.code), tongue.of(bound.code))
    at = _standing(run, bound, live)
    done = completions.of(run.enrolment) if run.passed else None
    codes = [code for code, _level in version.body["competencies"]]
    return render_template(
        "simulations/result.html",
        run=run,
        simulation=version.body,
        language=telling.language,
        course=live,
        at=at,
        office=_office(at),
        path=story.path(run, telling, at.may_explain),
        names=list(competencies.names(codes).values()),
        following=_following(run, bound, live) if at.passed else None,
        completed=done,
        certificate_code=learning.certificate_code(done) if done else "",
    )


def _standing(run: Run, bound: Live, live: Live) -> rules.Standing:
    """Return where the person stands by the rules that bind them now."""
    binds = binding.of_release(bound, run.item_code) or binding.of_release(
        live, run.item_code
    )
    played = binds or items.version(run.item_version_id)  # it is in no release now
    tried = queries.list_runs(run.enrolment_id, run.item_code)
    return grants.standing(played.body, tried, run.enrolment_id, run.item_code)


def _office(at: rules.Standing) -> str:
    """Return the office that can grant another run, "" where none is needed."""
    return units.agency_of(current_user.unit_id).office_name if at.is_used_up else ""


def _following(run: Run, bound: Live, live: Live) -> outline.Row | None:
    """Return what to do next in the course, or None when all of it is done."""
    built = outline.build(live, bound, facts.of(run.enrolment_id))
    return further.on(built, run.enrolment_id).next_row


def cover(user, live: Live, item: dict[str, Any], enrolment: Enrolled, now: datetime):
    """Show what a simulation is about, how it stands, and the button to begin."""
    bound = courses.release(enrolment.release_id)
    version = binding.to_play(bound, live, item["code"])
    if version is None:
        raise runs.SimulationMissing
    played = queries.list_runs(enrolment.id, item["code"])
    telling = spoken.telling(version, bound, tongue.of(live.code))
    at = grants.standing(version.body, played, enrolment.id, item["code"])
    return render_template(
        "simulations/cover.html",
        course=live,
        item=item,
        simulation=telling.version.body,
        language=telling.language,
        runs=played,
        at=at,
        office=_office(at),
    )


covers.register("simulation", cover)
duties.register(open_runs.duties)


def _place() -> int:
    """Return the place of the choice that was sent; -1 when there is none."""
    sent = request.form.getlist("pilihan")
    fits = len(sent) == 1 and PLACE.fullmatch(sent[0])
    return int(sent[0]) if fits else -1


def _scene_page(
    run: Run, mistake: runs.StepTaken | runs.ChoiceUnknown | None = None
) -> str:
    telling = _telling(run)
    version = telling.version
    here = runs.spot(run, version)
    return render_template(
        "simulations/scene.html",
        run=run,
        simulation=version.body,
        language=telling.language,
        scene=version.body["scenes"][here.scene],
        choices=story.choices(run, version, here.scene),
        number=here.number,
        consequence=story.consequence(telling, here),
        course=telling.course,
        mistake=mistake,
    )


def _telling(run: Run) -> spoken.Telling:
    """Return what a run is played by, in the language that it is read in."""
    course = courses.release(run.enrolment.release_id)
    return spoken.of_run(run, tongue.of(course.code))
