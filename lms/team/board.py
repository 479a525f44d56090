"""How the people of a team stand, those who need most first. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from lms.assignments.standing import Owed
from lms.records.jp import Standing

from . import sentences

WEEK = 7  # days that count as soon: today and the six after it
LATELY = 30  # days for which a finished course is news
LATE, SOON, SAFE = "late", "soon", "safe"
GROUPS = (LATE, SOON, SAFE)  # who needs most first


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of the team.

    job        title of the job, "" = not recorded
    superior   name of the one in whose place one sees them; "" = one's own staff
    """

    id: int
    uid: str
    name: str
    job: str
    unit: str
    superior: str = ""


@dataclass(frozen=True, slots=True)
class Learning:
    """A course somebody is in the middle of; items that count."""

    course_id: int
    code: str
    title: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Finished:
    """A course somebody has finished."""

    title: str
    finished_on: date
    jp: int
    year: int


@dataclass(frozen=True, slots=True)
class Card:
    """A member and how they stand.

    group     late, soon (something is due within a week), safe
    thing     the one thing that matters: late, soon, finished, running, due, jp, idle
    owed      the duty it is about; None for finished, running, jp and idle
    days      late by; until due; since finished
    open      duties not done, the nearest deadline first
    """

    member: Member
    group: str
    thing: str
    open: tuple[Owed, ...]
    running: tuple[Learning, ...]
    finished: tuple[Finished, ...]
    jp: Standing
    owed: Owed | None = None
    days: int = 0

    @property
    def sentence(self) -> str:
        """Return the key of the sentence that suits how they stand."""
        is_reached = bool(self.jp.target) and not self.jp.missing
        thing = "idle" if self.thing == "jp" and not is_reached else self.thing
        about = self.owed.is_begun if self.owed else bool(self.running)
        return sentences.fitting(thing, about)

    @property
    def progress(self) -> Learning | None:
        """Return how far they are in what the thing is about."""
        if self.owed is None:
            return self.running[0] if self.running else None
        return next(
            (r for r in self.running if r.course_id == self.owed.course_id), None
        )


@dataclass(frozen=True, slots=True)
class Board:
    """Members and how they stand, those who need most first."""

    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of the members, by their id."""

    owed: Mapping[int, list[Owed]]
    running: Mapping[int, list[Learning]]
    finished: Mapping[int, list[Finished]]
    jp: Mapping[int, Standing]


def of(members: Iterable[Member], facts: Facts, today: date) -> Board:
    """Return the board of a team on a day, by the calendar of the agency."""
    cards = [_card(member, facts, today) for member in members]
    return Board(tuple(sorted(cards, key=_need)))


def _card(member: Member, facts: Facts, today: date) -> Card:
    owed = tuple(o for o in facts.owed.get(member.id, ()) if o.state != "done")
    running = tuple(facts.running.get(member.id, ()))
    finished = tuple(
        one
        for one in facts.finished.get(member.id, ())
        if one.finished_on > today - timedelta(days=LATELY)
    )
    jp = facts.jp[member.id]
    group, thing, about, days = SAFE, _quiet(running, finished, owed, jp), None, 0
    if owed and owed[0].state == "late":
        group = thing = LATE
        about, days = owed[0], owed[0].days_late(today)
    elif owed and (owed[0].due_on - today).days < WEEK:
        group = thing = SOON
        about, days = owed[0], (owed[0].due_on - today).days
    elif thing == "finished":
        days = (today - finished[0].finished_on).days
    elif thing == "due":
        about, days = owed[0], (owed[0].due_on - today).days
    return Card(member, group, thing, owed, running, finished, jp, about, days)


def _quiet(running, finished, owed, jp: Standing) -> str:
    """Say what matters of somebody with nothing late and nothing due."""
    if finished:
        return "finished"
    if running:
        return "running"
    if owed:
        return "due"
    return "jp" if jp.target else "idle"


def _need(card: Card) -> tuple:
    """Sort key: late ones, the longest first; then the nearest deadline; then JP."""
    rank = -card.days if card.group == LATE else card.days
    if card.group == SAFE:
        rank = -card.jp.missing
    return (GROUPS.index(card.group), rank, card.member.name.casefold())


def urgency(due_on: date | None, missing: int, today: date) -> tuple[str, int]:
    """Return the group of somebody, and a number that is lower the more they need.

    due_on   the nearest deadline of what is owed and not done
    missing  JP to this year's target
    """
    days = (due_on - today).days if due_on else WEEK
    if days < 0:
        return LATE, days
    return (SOON, days) if days < WEEK else (SAFE, -missing)
