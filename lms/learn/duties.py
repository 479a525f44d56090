"""What a person should finish, and by when: every feature may add to it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from itertools import chain
from zoneinfo import ZoneInfo

from lms.catalog import courses
from lms.catalog.courses import Live
from lms.kernel.i18n import N_
from lms.records import jp, rounds, validity
from lms.records.validity import Validity

from .progress import Running
from .queries import Taken


@dataclass(frozen=True, slots=True)
class Remark:
    """A short fact beside a duty: a text of ours and what fills its places."""

    text: str
    facts: tuple[tuple[str, object], ...] = ()


@dataclass(frozen=True, slots=True)
class Duty:
    """Something to finish.

    kind      course, quiz, task …: decides the sign
    title     of the course, the quiz …
    endpoint  with `values`: the page where one goes on
    due_at    None = no deadline
    minutes   of work left; None = unknown
    jp        it will bring; 0 = none of its own
    is_begun  something was done already
    is_required  somebody else demands it: a deadline alone, as of a quiz, does not
    """

    kind: str
    title: str
    endpoint: str
    values: tuple[tuple[str, object], ...]
    due_at: datetime | None = None
    minutes: int | None = None
    remarks: tuple[Remark, ...] = ()
    jp: int = 0
    is_begun: bool = True
    is_required: bool = False


Source = Callable[[int, datetime], Iterable[Duty]]
_sources: list[Source] = []
_NEVER = datetime.max.replace(tzinfo=UTC)


def register(source: Source) -> Source:
    """Let `source` (person id, now) add duties; works as a decorator."""
    if source not in _sources:
        _sources.append(source)
    return source


def of(person_id: int, now: datetime, known: Iterable[Duty] = ()) -> list[Duty]:
    """Return what a person should finish, the nearest deadline first.

    known  duties the caller has made of what it has read: those of courses
    What several demand is listed once.
    """
    found: dict[tuple, Duty] = {}
    for duty in chain(known, *(source(person_id, now) for source in _sources)):
        key = (duty.kind, duty.title, duty.endpoint, duty.values)
        found[key] = _together(found[key], duty) if key in found else duty
    return sorted(found.values(), key=_due)


def _due(duty: Duty) -> datetime:
    return duty.due_at or _NEVER


def _together(one: Duty, other: Duty) -> Duty:
    """Return two duties to do the same as one: the first says how far it is.

    The nearer deadline holds, and any holds against none.
    """
    told = {remark.text for remark in one.remarks}
    more = tuple(remark for remark in other.remarks if remark.text not in told)
    return replace(
        one,
        due_at=min(one, other, key=_due).due_at,
        remarks=one.remarks + more,
        is_begun=one.is_begun or other.is_begun,
        is_required=one.is_required or other.is_required,
    )


def of_courses(running: Iterable[Running], zone: str) -> list[Duty]:
    """Return the courses a person is in the middle of as duties."""
    return [_course(one, zone) for one in running]


def of_years(taken: Iterable[Taken], now: datetime, zone: str) -> list[Duty]:
    """Return the yearly courses a person has done in an earlier year only.

    taken  all enrolments of the person
    """
    year = str(jp.year_of(now, zone))
    newest: dict[int, Taken] = {}
    for one in taken:
        if rounds.year_of(one.enrolment.period):
            known = newest.setdefault(one.enrolment.course_id, one)
            if known.enrolment.period < one.enrolment.period:
                newest[one.enrolment.course_id] = one
    again = [t for t in newest.values() if t.is_finished and t.enrolment.period < year]
    releases = courses.releases(one.live_release_id for one in again)
    return [
        Duty(
            kind="course",
            title=live.title,
            endpoint="learn.course",
            values=(("kursus", live.code),),
            due_at=_end_of_year(year, zone),
            minutes=live.minutes,
            remarks=(Remark(N_("wajib tiap tahun")),),
            jp=live.jp,
            is_begun=False,
            is_required=True,
        )
        for live in releases.values()
        if live.manifest.get("yearly")
    ]


def of_renewals(
    taken: Iterable[Taken], now: datetime, zone: str, lead_days: int
) -> list[Duty]:
    """Return the courses whose completion is about to run out, or has run out.

    taken      all enrolments of the person
    lead_days  before the last day from which it may be renewed
    A course that the person has begun again is a running one: see `of_courses`.
    """
    newest: dict[int, Taken] = {}
    for one in taken:
        known = newest.setdefault(one.enrolment.course_id, one)
        if _round(known) < _round(one):
            newest[one.enrolment.course_id] = one
    done = [one for one in newest.values() if one.finished_on]
    earned = courses.releases(one.enrolment.release_id for one in done)
    today = jp.day_of(now, zone)
    found = []
    for one in done:
        months = earned[one.enrolment.release_id].manifest.get("validity_months")
        standing = validity.at(one.finished_on, months, today, lead_days)
        if standing is not None and standing.is_open:
            live = courses.release(one.live_release_id)
            found.append(_renewal(live, standing, zone))
    return found


def _round(one: Taken) -> tuple[int, str]:
    return one.enrolment.edition, one.enrolment.period


def _renewal(live: Live, standing: Validity, zone: str) -> Duty:
    until = datetime.combine(standing.until, time(23, 59, 59), ZoneInfo(zone))
    return Duty(
        kind="course",
        title=live.title,
        endpoint="learn.course",
        values=(("kursus", live.code),),
        due_at=until,
        minutes=live.minutes,
        remarks=(
            Remark(
                N_("masa berlakunya sudah berakhir")
                if standing.is_over
                else N_("perbarui sebelum masa berlakunya berakhir")
            ),
        ),
        jp=live.jp,
        is_begun=False,
    )


def _course(one: Running, zone: str) -> Duty:
    shown, live = one.outline, one.live
    remarks = [
        Remark(
            N_("%(done)s dari %(total)s butir"),
            (("done", shown.done), ("total", shown.total)),
        )
    ]
    due = _end_of_year(one.period, zone)
    if due:
        remarks.append(Remark(N_("wajib tiap tahun")))
    return Duty(
        kind="course",
        title=live.title,
        endpoint="learn.course",
        values=(("kursus", live.code),),
        due_at=due,
        minutes=shown.minutes_left,
        remarks=tuple(remarks),
        jp=live.jp,
        is_begun=shown.is_begun,
        is_required=due is not None,
    )


def _end_of_year(period: str, zone: str) -> datetime | None:
    """Return the last second of a yearly course's period, by the agency's clock."""
    if not period:
        return None
    last = date(int(period), 12, 31)
    return datetime.combine(last, time(23, 59, 59), ZoneInfo(zone))
