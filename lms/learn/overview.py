"""The course page: what it is, what completes it, what is missing; and enrolling."""

from dataclasses import dataclass
from datetime import datetime

from lms.courseware.completion import DONE_BY
from lms.kernel.errors import Conflict
from lms.kernel.i18n import N_
from lms.records import (
    completions,
    enrolments,
    facts,
    passing,
    retakes,
    rounds,
    validity,
)
from lms.records.models import Completion, Enrolled, Enrolment
from lms.records.validity import LEAD_DAYS, Validity

from . import demands, further, outline, prerequisites, queries, reading_places, saving
from .demands import Demand
from .outline import Facts, Outline
from .places import Place
from .prerequisites import Prior
from .reading_places import At
from .saving import Keeping


class NotOffered(Conflict):
    message = N_(
        "Kursus ini tidak lagi menerima peserta baru. Lihat kursus lain di katalog."
    )


class PriorMissing(Conflict):
    message = N_(
        "Kursus ini baru dapat diikuti setelah kursus prasyaratnya selesai."
        " Lihat daftarnya di bawah."
    )


@dataclass(frozen=True, slots=True)
class Want:
    """One condition of the passing rule.

    requirement   passed, finished or filled
    completion    of a module: read, checks_answered or checks_right
    pass_percent  of a quiz
    """

    code: str
    title: str
    requirement: str
    completion: str
    pass_percent: int | None
    is_met: bool


@dataclass(frozen=True, slots=True)
class Overview:
    """A course for one person.

    wants       what completes it, in the order of the outline
    may_enrol   a button to take part, or to take part again
    at          where to go on reading, or None
    keeping     what keeping it on the device takes; None for who takes no part
    demands     who wants it finished by when; none when it is
    priors      courses that are wanted first
    is_held     they keep the person from taking part
    validity    until when the completion counts; None = for good, or not completed
    """

    outline: Outline
    wants: tuple[Want, ...]
    may_enrol: bool
    completed: Completion | None
    certificate_code: str
    at: At | None = None
    keeping: Keeping | None = None
    demands: tuple[Demand, ...] = ()
    priors: tuple[Prior, ...] = ()
    is_held: bool = False
    validity: Validity | None = None

    @property
    def missing(self) -> int:
        return sum(not want.is_met for want in self.wants)


def of(place: Place, person, now: datetime, lead_days: int = LEAD_DAYS) -> Overview:
    """Return the course page's contents; reads only.

    lead_days  before its last day from which a completion may be renewed
    """
    enrolment = place.enrolment
    wanted = demands.of(person.id, place.live.course_id, now)
    priors = prerequisites.of(person, place.live, now)
    if enrolment is None:
        is_held = _is_held(place, person, priors, wanted)
        return Overview(
            outline=outline.build(place.live, place.bound, {}),
            wants=_wants(place, {}),
            may_enrol=place.is_offered and not is_held,
            completed=None,
            certificate_code="",
            demands=wanted,
            priors=priors,
            is_held=is_held,
        )
    noted, done = facts.of(enrolment.id), completions.of(enrolment)
    built = further.on(outline.build(place.live, place.bound, noted), enrolment.id)
    spot = reading_places.newest([enrolment.id]).get(enrolment.id)
    return Overview(
        outline=built,
        wants=_wants(place, noted),
        may_enrol=bool(done)
        and place.is_offered
        and (
            _is_new_round(place, enrolment, person, now)
            or _is_given_again(done)
            or enrolments.may_renew(person, enrolment, now, lead_days)
        ),
        completed=done,
        certificate_code=queries.certificate_code(done) if done else "",
        at=reading_places.where(place, built, spot),
        keeping=saving.of(place.live),
        demands=wanted,
        priors=priors,
        validity=validity.of(done, enrolments.today_of(person, now), lead_days)
        if done and done.state == "valid"
        else None,
    )


def enrol(place: Place, person, now: datetime, lead_days: int = LEAD_DAYS) -> Enrolment:
    """Take part in the live release.

    raises  NotOffered, PriorMissing  for who is not in it yet
    """
    if place.enrolment is None:
        if not place.is_offered:
            raise NotOffered
        wanted = demands.of(person.id, place.live.course_id, now)
        priors = prerequisites.of(person, place.live, now)
        if _is_held(place, person, priors, wanted):
            raise PriorMissing
    return enrolments.enrol(person, place.live, now, lead_days)


def _is_held(
    place: Place, person, priors: tuple[Prior, ...], wanted: tuple[Demand, ...]
) -> bool:
    """Say whether a course wanted first keeps somebody from beginning this one.

    An office that demands the course has decided otherwise; who has begun goes on.
    """
    if wanted or not any(prior.is_missing for prior in priors):
        return False
    return not prerequisites.has_begun(person.id, place.live.course_id)


def _is_new_round(place: Place, enrolment: Enrolled, person, now: datetime) -> bool:
    """Say whether the course has a new edition, or a new year has begun."""
    period = enrolments.period_of(person, place.live, now)
    year = rounds.year_of(enrolment.period)
    return (enrolment.edition, year) != (place.live.edition, period)


def _is_given_again(done: Completion) -> bool:
    """Say whether HR let the person begin again, and they left that round."""
    return done.state == "revoked" and retakes.is_given(done)


def _wants(place: Place, noted: Facts) -> tuple[Want, ...]:
    """Return the conditions in the order of the outline."""
    rules = dict(place.bound.manifest["passing"])
    wanted = outline.wanted_codes(place.bound)
    return (*_item_wants(place, noted, rules, wanted), *_plan_wants(place, noted))


def _plan_wants(place: Place, noted: Facts) -> tuple[Want, ...]:
    """Return the action plan as a condition, where the course is not done without."""
    if passing.plan_of(place.bound.manifest) != "required":
        return ()
    is_met = ("filled", "") in set(noted.get(passing.PLAN, ()))
    return (Want(passing.PLAN, "", "filled", "plan", None, is_met),)


def _item_wants(
    place: Place, noted: Facts, rules: dict[str, str], wanted: set[str]
) -> tuple[Want, ...]:
    return tuple(
        Want(
            code=item["code"],
            title=item["title"],
            requirement=rules.get(item["code"], DONE_BY.get(item["kind"], "finished")),
            completion=item["completion"] or "",
            pass_percent=item["pass_percent"],
            is_met=outline.is_done(item, set(noted.get(item["code"], ()))),
        )
        for item in place.bound.items
        if item["code"] in wanted
    )
