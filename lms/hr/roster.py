"""The list of people whom HR looks after: searched, filtered, page by page."""

from dataclasses import dataclass, replace

from sqlalchemy import (
    ColumnElement,
    Integer,
    and_,
    case,
    cast,
    func,
    literal,
    null,
    or_,
    select,
)
from sqlalchemy.orm import aliased

from lms.accounts import nip, roles
from lms.accounts.models import ASN_STATUSES, JOB_TYPES, Job, Person, Unit
from lms.db import db
from lms.records import jp
from lms.records.models import Completion, JpPolicy

PAGE = 50
COUNTED = 5_000  # people counted at most; more are "more than"
NIP_DIGITS = 18
FEWEST_DIGITS = 6  # of a NIP: fewer are no search for a number
LONGEST = 80  # letters of a search
ACTIVE = ("aktif", "nonaktif")
REACHED = ("tercapai", "belum")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which people; "" = any.

    words   beginnings of words of the name, or of the e-mail address
    number  beginning of a NIP, digits only: never part of an address
    unit    a unit with all below it
    active  one of ACTIVE; reached  one of REACHED: JP of this year
    """

    words: str = ""
    number: str = ""
    unit: Unit | None = None
    job_type: str = ""
    status: str = ""
    active: str = "aktif"
    reached: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """One person of the list. target None = none for this status."""

    id: int
    uid: str
    full_name: str
    nip: str
    job: str
    unit: str
    is_active: bool
    jp: int
    target: int | None


@dataclass(frozen=True, slots=True)
class Found:
    """A page of people; count = COUNTED + 1 says "more than COUNTED"."""

    people: list[Listed]
    count: int
    page: int

    @property
    def last(self) -> int:
        return max(1, -(-min(self.count, COUNTED) // PAGE))


def read_words(text: str) -> Wanted:
    """Sort what was typed into the box: a number, or words."""
    bare = nip.bare(text)
    if bare.isascii() and bare.isdigit() and len(bare) >= FEWEST_DIGITS:
        return Wanted(number=bare[:NIP_DIGITS])
    return Wanted(words=" ".join(text.split())[:LONGEST])


def read_filters(values, unit: Unit | None) -> Wanted:
    """Read the filters of an address or form; what is not offered counts as any."""

    def one_of(name: str, known: tuple[str, ...], otherwise: str = "") -> str:
        said = values.get(name, otherwise)
        return said if said in known or said == "" else otherwise

    return Wanted(
        unit=unit,
        job_type=one_of("jenis", JOB_TYPES),
        status=one_of("status", ASN_STATUSES),
        active=one_of("aktif", ACTIVE, "aktif"),
        reached=one_of("jp", REACHED),
    )


def with_words(filters: Wanted, typed: Wanted) -> Wanted:
    """Return the filters with what was typed."""
    return replace(filters, words=typed.words, number=typed.number)


def find(user, wanted: Wanted, year: int, page: int) -> Found:
    """Return a page of the people `user` is HR of, by name."""
    target, earned = _target(user, year), _earned(year)
    conditions = _conditions(user, wanted, year, target, earned)
    base = (
        select(Person.id)
        .join(Unit, Unit.id == Person.unit_id)
        .outerjoin(Job, Job.id == Person.job_id)
        .where(*conditions)
    )
    # Who, in one pass; then what is shown of one page: nothing is added up in vain.
    all_ids = db.session.scalars(
        base.order_by(Person.name, Person.id).limit(COUNTED + 1)
    ).all()
    count = len(all_ids)
    last = max(1, -(-min(count, COUNTED) // PAGE))
    page = min(max(1, page), last)
    ids = all_ids[(page - 1) * PAGE : page * PAGE]
    rows = db.session.execute(
        select(Person, Job.title, Job.level, Unit.name, earned, target)
        .join(Unit, Unit.id == Person.unit_id)
        .outerjoin(Job, Job.id == Person.job_id)
        .where(Person.id.in_(ids))
        .order_by(Person.name, Person.id)
    )
    return Found([_listed(row) for row in rows], count, page)


def _listed(row) -> Listed:
    person, title, level, unit, earned, target = row
    return Listed(
        id=person.id,
        uid=person.uid,
        full_name=person.full_name,
        nip=grouped(person.nip or ""),
        job=f"{title} ({level})" if level else title or "",
        unit=unit,
        is_active=person.is_active,
        jp=int(earned),
        target=target,
    )


def grouped(number: str) -> str:
    """Write a NIP as people read it, 8-6-1-3; other numbers as they are."""
    if len(number) != NIP_DIGITS:
        return number
    return f"{number[:8]} {number[8:14]} {number[14]} {number[15:]}"


def _conditions(
    user, wanted: Wanted, year: int, target, earned
) -> list[ColumnElement[bool]]:
    found = [roles.units_held(user, "hr")]
    if wanted.unit is not None:
        found.append(Unit.path.startswith(wanted.unit.path))
    if wanted.job_type:
        found.append(Job.type == wanted.job_type)
    if wanted.status:
        found.append(Person.asn_status == wanted.status)
    if wanted.active:
        found.append(Person.is_active.is_(wanted.active == "aktif"))
    if wanted.number:
        found.append(_begins(Person.nip, wanted.number))
    found += [_has(word) for word in wanted.words.lower().split()]
    if wanted.reached == "tercapai":
        found.append(earned >= target)
        learned = select(Completion.person_id).where(Completion.year == year)
        # Who has finished nothing has reached a target of 0 alone.
        found.append(or_(target == 0, Person.id.in_(learned)))
    elif wanted.reached == "belum":
        found.append(earned < target)
    return found


def _begins(column, digits: str) -> ColumnElement[bool]:
    """A range, which the unique index answers on both databases."""
    if len(digits) >= NIP_DIGITS:
        return column == digits
    return and_(column >= digits, column < digits + ":")  # ":" follows "9"


def _has(word: str) -> ColumnElement[bool]:
    """Say that a word of the name, or the e-mail address, begins so.

    Two lists of ids, each read off an index alone. With 60,000 people on SQLite a
    page costs 25 to 75 ms of one core, 5 ms by number.
    """
    other = aliased(Person)
    name = func.lower(other.name)
    begins = name.startswith(word, autoescape=True)
    within = name.contains(f" {word}", autoescape=True)
    mail = other.email.startswith(word, autoescape=True)
    return or_(
        Person.id.in_(select(other.id).where(or_(begins, within))),
        Person.id.in_(select(other.id).where(mail)),
    )


def _earned(year: int):
    """JP of a year, after corrections, from the cache of the ledger."""
    total = (
        select(func.sum(Completion.jp))
        .where(
            Completion.person_id == Person.id,
            Completion.year == year,
            Completion.state == "valid",
        )
        .correlate(Person)
        .scalar_subquery()
    )
    return func.coalesce(total, 0)


def _target(user, year: int):
    """The target of each person's agency and status, as one expression."""
    agencies = db.session.scalars(
        select(Unit.agency_id).where(roles.units_held(user, "hr")).distinct()
    ).all()
    names = jp.Policy.__slots__
    policies = [
        jp.Policy(**{name: getattr(row, name) for name in names})
        for row in db.session.scalars(select(JpPolicy))
    ]
    whens = []
    for agency in agencies:
        for status in ASN_STATUSES:
            policy = jp.policy_for(policies, agency, status, year)
            if policy and policy.target is not None:
                is_so = and_(Unit.agency_id == agency, Person.asn_status == status)
                whens.append((is_so, literal(policy.target)))
    return case(*whens, else_=null()) if whens else cast(null(), Integer)
