"""Reads for the pages: a person's certificates, and JP by year with their origin."""

import json
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import Row, or_, select

from lms.accounts.models import Person, Unit
from lms.db import db

from . import jp
from .models import Certificate, Completion, JpPolicy, LedgerEntry


def list_certificates(person_id: int) -> list[Row]:
    """Return (Certificate, Completion) of a person, newest first."""
    return list(
        db.session.execute(
            select(Certificate, Completion)
            .join(Completion, Completion.id == Certificate.completion_id)
            .where(Certificate.person_id == person_id)
            .order_by(Certificate.issued_on.desc(), Certificate.id.desc())
        )
    )


@dataclass(frozen=True, slots=True)
class Line:
    """One JP entry as a page shows it; `finished_on` of the completion it is about."""

    kind: str  # jp, correction, revocation
    jp: int
    title: str
    course_code: str
    uid: str
    finished_on: date


@dataclass(frozen=True, slots=True)
class Year:
    """A person's JP of one year with the entries they are the sum of."""

    standing: jp.Standing
    lines: list[Line] = field(default_factory=list)


def jp_entries(person_id: int) -> list[jp.Entry]:
    """Return all JP entries of a person, in the order of the ledger."""
    rows = db.session.execute(
        select(LedgerEntry.kind, LedgerEntry.at, LedgerEntry.body)
        .where(
            LedgerEntry.person_id == person_id,
            LedgerEntry.kind.in_(("jp", "correction", "revocation")),
        )
        .order_by(LedgerEntry.seq)
    )
    entries = []
    for kind, at, text in rows:
        body = json.loads(text)
        entries.append(jp.Entry(kind, body["year"], body["jp"], at, body["of"]))
    return entries


def jp_years(person_id: int, this_year: int) -> list[Year]:
    """Return this year and every year with entries, newest first.

    The target is that of the status the person has now; years before a policy
    began have none.
    """
    entries = jp_entries(person_id)
    about = _completions({entry.completion_uid for entry in entries})
    status, agency_id = _status(person_id)
    policies = jp_policies(agency_id)
    years = []
    for year in sorted({this_year, *(entry.year for entry in entries)}, reverse=True):
        policy = jp.policy_for(policies, agency_id, status, year)
        lines = [
            _line(entry, about[entry.completion_uid])
            for entry in entries
            if entry.year == year
        ]
        standing = jp.Standing(year, jp.total(entries, year), policy)
        years.append(Year(standing, lines[::-1]))
    return years


def jp_standing(person_id: int, this_year: int) -> jp.Standing:
    """Return a person's JP of one year against the target; for the home page."""
    status, agency_id = _status(person_id)
    policy = jp.policy_for(jp_policies(agency_id), agency_id, status, this_year)
    total = jp.total(jp_entries(person_id), this_year)
    return jp.Standing(this_year, total, policy)


def jp_policies(agency_id: int) -> list[jp.Policy]:
    """Return the policies that may hold in an agency: its own and the general."""
    rows = db.session.scalars(
        select(JpPolicy).where(
            or_(JpPolicy.agency_id.is_(None), JpPolicy.agency_id == agency_id)
        )
    )
    names = jp.Policy.__slots__
    return [jp.Policy(**{n: getattr(row, n) for n in names}) for row in rows]


def _status(person_id: int) -> tuple[str, int]:
    """Return the ASN status and agency the person has now."""
    row = db.session.execute(
        select(Person.asn_status, Unit.agency_id)
        .join(Unit, Unit.id == Person.unit_id)
        .where(Person.id == person_id)
    ).one()
    return row.asn_status, row.agency_id


def _completions(uids: set[str]) -> dict[str, Row]:
    if not uids:
        return {}
    rows = db.session.execute(
        select(
            Completion.uid,
            Completion.course_title,
            Completion.course_code,
            Completion.finished_on,
        ).where(Completion.uid.in_(uids))
    )
    return {row.uid: row for row in rows}


def _line(entry: jp.Entry, about: Row) -> Line:
    return Line(
        kind=entry.kind,
        jp=entry.jp,
        title=about.course_title,
        course_code=about.course_code,
        uid=about.uid,
        finished_on=about.finished_on,
    )
