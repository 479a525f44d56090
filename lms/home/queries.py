"""Reads of the home page that no single feature owns. Statements are built once."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import (
    Integer,
    and_,
    bindparam,
    case,
    func,
    literal,
    null,
    or_,
    select,
    union,
    union_all,
)

from lms.accounts.models import Person, Unit
from lms.db import db
from lms.db.prepared import Prepared
from lms.learn.models import CheckAnswer, ReadingPlace
from lms.records import jp
from lms.records.models import (
    Certificate,
    Completion,
    Enrolment,
    ItemFact,
    JpPolicy,
    JpRule,
)

WEEK = 7
CANDIDATES = 12
LOOKED_BACK = 400  # the newest enrolments that say what is popular
# source  counts of fewer people may say something about one of them
FEWEST = 5


@dataclass(frozen=True, slots=True)
class Earned:
    """JP of one form of training in a year; `name` "" for an unknown form."""

    name: str
    jp: int


@dataclass(frozen=True, slots=True)
class JpYear:
    """JP of a year against the target, and by form of training, the most first."""

    standing: jp.Standing
    forms: tuple[Earned, ...]


@dataclass(frozen=True, slots=True)
class Latest:
    """The newest certificate that is valid."""

    code: str
    title: str
    issued_on: date
    jp: int
    score_bp: int | None


def _week_statement():
    """The days of a week on which somebody left a trace: at most seven rows."""
    starts = [bindparam(f"day{n}") for n in range(WEEK)]

    def days(model):
        number = case(
            *((model.at >= starts[n], n) for n in range(WEEK - 1, 0, -1)), else_=0
        )
        return (
            select(number.label("day"))
            .join(Enrolment, Enrolment.id == model.enrolment_id)
            .where(Enrolment.person_id == bindparam("person"), model.at >= starts[0])
        )

    return union(*(days(model) for model in (ItemFact, CheckAnswer, ReadingPlace)))


def _year_statement():
    """The policies that may hold for a person, and the JP of a year by form."""
    person, year = bindparam("person"), bindparam("year")
    status = (
        select(
            literal("policy").label("kind"),
            JpPolicy.source.label("name"),
            Unit.agency_id.label("agency"),
            JpPolicy.agency_id.label("of_agency"),
            JpPolicy.from_year.label("number"),
            JpPolicy.target.label("jp"),
            JpPolicy.cap,
            JpPolicy.is_sure,
            Person.asn_status.label("status"),
        )
        .select_from(Person)
        .join(Unit, Unit.id == Person.unit_id)
        .join(
            JpPolicy,
            and_(
                JpPolicy.asn_status == Person.asn_status,
                JpPolicy.from_year <= year,
                or_(JpPolicy.agency_id.is_(None), JpPolicy.agency_id == Unit.agency_id),
            ),
        )
        .where(Person.id == person)
    )
    none = null().cast(Integer)
    forms = (
        select(
            literal("form"),
            func.coalesce(JpRule.name, ""),
            none,
            none,
            Completion.training_form,
            func.sum(Completion.jp),
            none,
            literal(True),
            literal(""),
        )
        .outerjoin(JpRule, JpRule.form == Completion.training_form)
        .where(
            Completion.person_id == person,
            Completion.year == year,
            Completion.state == "valid",
        )
        .group_by(Completion.training_form, JpRule.name)
    )
    return union_all(status, forms)


def _popular_statement():
    """The courses that several people have begun of late."""
    newest = (
        select(Enrolment.course_id)
        .order_by(Enrolment.id.desc())
        .limit(LOOKED_BACK)
        .subquery()
    )
    return (
        select(newest.c.course_id)
        .group_by(newest.c.course_id)
        .having(func.count() >= FEWEST)
        .order_by(func.count().desc(), newest.c.course_id)
        .limit(CANDIDATES)
    )


# Making a statement costs more than running it.
_WEEK = Prepared(_week_statement())
_YEAR = Prepared(_year_statement())
_POPULAR = _popular_statement()
_LATEST = Prepared(
    select(
        Certificate.code,
        Completion.course_title,
        Certificate.issued_on,
        Completion.jp,
        Completion.score_bp,
    )
    .join(Completion, Completion.id == Certificate.completion_id)
    .where(
        Certificate.person_id == bindparam("person"), Certificate.revoked_on.is_(None)
    )
    .order_by(Certificate.issued_on.desc(), Certificate.id.desc())
    .limit(1)
)


def days_learned(person_id: int, today: date, zone: str) -> int:
    """Return on how many days of this week, from Monday, a person has learned."""
    monday = today - timedelta(days=today.weekday())
    starts = {
        f"day{n}": datetime.combine(monday + timedelta(days=n), time(), ZoneInfo(zone))
        for n in range(WEEK)
    }
    return len(_WEEK.rows(person=person_id, **starts))


def jp_year(person_id: int, year: int) -> JpYear:
    """Return a person's JP of a year against the target of the status held now."""
    policies, forms, about = [], [], (0, "")
    for row in _YEAR.rows(person=person_id, year=year):
        if row.kind == "form":
            forms.append(Earned(row.name, row.jp))
            continue
        about = (row.agency, row.status)
        policies.append(
            jp.Policy(row.of_agency, row.status, row.number, row.jp, row.cap,
                      row.name, row.is_sure)
        )  # fmt: skip
    policy = jp.policy_for(policies, *about, year)
    forms.sort(key=lambda form: (-form.jp, form.name))
    total = sum(form.jp for form in forms)
    return JpYear(jp.Standing(year, total, policy), tuple(forms))


def latest_certificate(person_id: int) -> Latest | None:
    """Return the newest valid certificate of a person."""
    found = _LATEST.rows(person=person_id)
    return Latest(*found[0]) if found else None


def popular_courses() -> list[int]:
    """Return ids of the courses that several people have begun of late."""
    return list(db.session.connection().execute(_POPULAR).scalars())
