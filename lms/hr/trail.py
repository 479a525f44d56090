"""The audit log of the units one holds, said in sentences."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, func, or_, select

from lms.accounts.models import Person, Unit
from lms.audit.models import AuditEntry
from lms.db import db
from lms.kernel import ids
from lms.web.formats import date_id, number_id

from . import roster, trail_objects, trail_words
from .scope import FilterBad
from .trail_words import EMPTY, FIELDS, FILTER, GONE, OUTWARD, SYSTEM, VALUES, WORDS

PAGE = 50  # rows
DIGITS = len(str(ids.LARGEST))
MATCHES = 300  # people or units that a name may mean
COUNTS = frozenset(
    ("rows", "people", "ready", "changed", "new", "moved", "deactivated", "left")
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which acts; "" and None = any.

    name    words in the name of a person or unit: who did it, or to whom
    group   one of trail_words.GROUPS
    first   first and last day, by the calendar of who asks
    before  number of an entry: only older ones, for the next page
    """

    name: str = ""
    group: str = ""
    first: date | None = None
    last: date | None = None
    before: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One act; `ours` holds the places whose texts are to be translated first.

    details  (what, before, after, whether these two are texts of ours as well)
    notes    (what, how) of a reason or a filter
    """

    id: int
    at: datetime
    sentence: str
    places: Mapping[str, str]
    ours: frozenset[str]
    fields: tuple[str, ...]
    details: tuple[tuple[str, str, str, bool], ...] = ()
    notes: tuple[tuple[str, str], ...] = ()


def read(values: Mapping[str, str]) -> Wanted:
    """Return what an address asks for. Raises FilterBad."""
    group = values.get("jenis", "")
    if group and group not in trail_words.GROUPS:
        raise FilterBad(name="jenis")
    before = values.get("sebelum", "")
    if before and not (before.isascii() and before.isdigit() and len(before) < DIGITS):
        raise FilterBad(name="sebelum")
    return Wanted(
        roster.read_words(values.get("cari", "")).words,
        group,
        _day(values, "dari"),
        _day(values, "sampai"),
        int(before) if before else None,
    )


def _day(values: Mapping[str, str], name: str) -> date | None:
    text = values.get(name, "")
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise FilterBad(name=name) from None


def address(wanted: Wanted, **changed: object) -> dict[str, str]:
    """Return what stands in the address of this list; with other values when given."""
    stands = {
        "cari": wanted.name,
        "jenis": wanted.group,
        "dari": wanted.first,
        "sampai": wanted.last,
    } | changed
    return {name: str(value) for name, value in stands.items() if value}


def of(user, wanted: Wanted | None = None, role: str = "hr") -> tuple[list[Line], bool]:
    """Return a page of what was done in one's units, newest first, and if more is.

    role  hr or admin: whose units
    """
    wanted = wanted or Wanted()
    found = db.session.scalars(
        select(AuditEntry)
        .where(
            AuditEntry.action.in_(trail_words.actions(wanted.group)),
            trail_objects.concerns(user, role),
            *_period(wanted, ZoneInfo(user.timezone)),
            *_meant(wanted.name),
        )
        .order_by(AuditEntry.id.desc())
        .limit(PAGE + 1)
    ).all()
    return lines(found[:PAGE]), len(found) > PAGE


def _period(wanted: Wanted, zone: ZoneInfo) -> list[ColumnElement[bool]]:
    within = []
    if wanted.before:
        within.append(AuditEntry.id < wanted.before)
    if wanted.first:
        within.append(AuditEntry.at >= _midnight(wanted.first, zone))
    if wanted.last and wanted.last < date.max:
        day_after = wanted.last + timedelta(days=1)
        within.append(AuditEntry.at < _midnight(day_after, zone))
    return within


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    day = max(day, date(1970, 1, 2))  # there are no acts, and no zones, before
    return datetime(day.year, day.month, day.day, tzinfo=zone)


def _meant(name: str) -> list[ColumnElement[bool]]:
    """Return what keeps the acts of, or upon, people and units of that name."""
    words = name.lower().split()
    if not words:
        return []
    people = _matching(Person, words)
    units = _matching(Unit, words)
    kind, number, facts = (
        AuditEntry.object_kind, AuditEntry.object_id, AuditEntry.facts,
    )  # fmt: skip
    return [
        or_(
            AuditEntry.actor_id.in_(people),
            and_(kind == "person", number.in_(map(str, people))),
            and_(kind.in_(("unit", "agency")), number.in_(map(str, units))),
            and_(
                kind.in_(("unit", "assignment", "correction")),
                facts["person"].as_integer().in_(people),
            ),
            and_(kind == "person", facts["deputy"].as_integer().in_(people)),
            and_(kind == "completion", number.in_(trail_objects.uids_of(people))),
        )
    ]


def _matching(table, words: list[str]) -> list[int]:
    has = [func.lower(table.name).contains(word, autoescape=True) for word in words]
    return list(db.session.scalars(select(table.id).where(*has).limit(MATCHES)))


def lines(entries: Iterable[AuditEntry]) -> list[Line]:
    """Return the entries with the names of all that they speak of."""
    entries = list(entries)
    objects = trail_objects.named(entries)
    wanted: dict[str, set] = defaultdict(set)
    for entry in entries:
        if entry.actor_id:
            wanted["person"].add(entry.actor_id)
        for kind, value in _references(entry):
            wanted[kind].add(value)
    told = {kind: trail_objects.referred(kind, vs) for kind, vs in wanted.items()}
    return [_line(entry, objects, defaultdict(dict, told)) for entry in entries]


def _references(entry: AuditEntry) -> Iterable[tuple[str, Any]]:
    """Yield (kind, number or code) of what the facts point at."""
    for key, kind in _refers(entry).items():
        value = entry.facts.get(key)
        if isinstance(value, int | str) and value:
            yield kind, value
    if entry.action == "person.changed" and entry.facts.get("field") in CHOSEN:
        for key in ("was", "is"):
            if isinstance(entry.facts.get(key), int):
                yield CHOSEN[entry.facts["field"]], entry.facts[key]


CHOSEN = {"unit": "unit", "jabatan": "job"}  # fields whose values are numbers


def _refers(entry: AuditEntry) -> Mapping[str, str]:
    if entry.action.startswith(OUTWARD):
        return {"unit": "unit"}
    return trail_words.REFERS.get(entry.action, {})


def _line(entry: AuditEntry, objects, told: Mapping[str, Mapping[Any, str]]) -> Line:
    facts = entry.facts
    places = {
        key: number_id(value) if key in COUNTS else str(value)
        for key, value in facts.items()
        if isinstance(value, int | str)
    }
    ours = set()
    for key, words in WORDS.items():
        if key in facts:
            places[key] = words.get(facts[key], places[key])
            ours.add(key)
    places["object"] = places["owner"] = places["place"] = GONE
    places |= objects.get((entry.object_kind, entry.object_id), {})
    for key, kind in _refers(entry).items():
        if facts.get(key):
            code = facts[key] if isinstance(facts[key], str) else GONE
            places[key] = told[kind].get(facts[key], code)
    places["who"] = (
        told["person"].get(entry.actor_id, GONE) if entry.actor_id else SYSTEM
    )
    ours |= {key for key, text in places.items() if text in (SYSTEM, GONE)}
    return Line(
        id=entry.id,
        at=entry.at,
        sentence=trail_words.sentence(entry.action, str(facts.get("state", ""))),
        places=places,
        ours=frozenset(ours),
        fields=_fields(facts),
        details=tuple(_details(entry, told)),
        notes=tuple(_notes(entry, places)),
    )


def _fields(facts: dict) -> tuple[str, ...]:
    now = facts.get("is")
    names = facts.get("fields") or (sorted(now) if isinstance(now, dict) else [])
    return tuple(FIELDS.get(name, name) for name in names)


def _details(entry: AuditEntry, told) -> Iterable[tuple[str, str, str, bool]]:
    """Yield what was changed: label, before, after, and whether they are ours."""
    was, now = entry.facts.get("was"), entry.facts.get("is")
    if isinstance(was, dict) and isinstance(now, dict):
        for key in now:
            texts = (_text(key, was.get(key)), _text(key, now[key]))
            yield FIELDS.get(key, key), *texts, key in VALUES
    elif entry.action == "person.changed" and now is not None:
        field = entry.facts["field"]
        names = told[CHOSEN[field]] if field in CHOSEN else VALUES.get(field, {})
        yield (
            FIELDS.get(field, field), names.get(was, ""), names.get(now, ""),
            field in VALUES,
        )  # fmt: skip


def _text(key: str, value) -> str:
    if isinstance(value, list):
        return ", ".join(value)
    return VALUES.get(key, {}).get(value) or str(value or "")


def _notes(entry: AuditEntry, places: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    """Yield what was given as reason, and what was filtered by."""
    reason = places.get("exemption") or entry.facts.get("reason")
    if reason and reason != GONE:
        yield trail_words.REASON, reason
    if not entry.action.startswith(OUTWARD):
        return
    for key, label in FILTER.items():
        value = entry.facts.get(key)
        if not value:
            continue
        is_day = key in ("dari", "sampai")
        yield label, date_id(date.fromisoformat(value)) if is_day else places[key]


def said(line: Line, translated: Callable[[str], str]) -> str:
    """Return the act as a sentence; `translated` is gettext of the reader."""
    places = defaultdict(lambda: translated(EMPTY), line.places)  # older ones lack some
    for key in line.ours:
        places[key] = translated(places[key])
    places["fields"] = ", ".join(translated(field) for field in line.fields)
    return translated(line.sentence) % places
