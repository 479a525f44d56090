"""Completions in the order of the ledger: each stands at its newest change.

The ledger's seq has no gap and grows in the order of commits, so whoever has read up
to a seq has seen everything below it, whatever is written meanwhile.
"""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, String, and_, case, exists, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import aliased
from sqlalchemy.sql.functions import FunctionElement

from lms.accounts.models import Agency, Person, Unit
from lms.catalog.models import Release
from lms.db import db
from lms.records.models import Certificate, Completion, LedgerEntry

AMENDING = ("correction", "revocation")
KINDS = ("completion", *AMENDING)
STEP_BACK = timedelta(hours=1)  # the most by which a clock is put back


class Of(FunctionElement):
    """Which completion an entry amends: its body says "of"."""

    type = String()
    name = "entry_of"
    inherit_cache = True


@compiles(Of, "sqlite")
def _of_sqlite(element, compiler, **kw):
    return f"json_extract({compiler.process(element.clauses, **kw)}, '$.of')"


@compiles(Of, "postgresql")
def _of_postgresql(element, compiler, **kw):
    return f"(CAST({compiler.process(element.clauses, **kw)} AS json) ->> 'of')"


def within(path: str) -> ColumnElement[bool]:
    """Return a condition on Completion: of a unit at or below `path` on that day."""
    units = select(Unit.id).where(Unit.path.startswith(path, autoescape=True))
    return Completion.unit_id.in_(units)


def uid_of(entry: type[LedgerEntry]) -> ColumnElement[str]:
    """Return which completion an entry is about."""
    return case((entry.kind == "completion", entry.uid), else_=Of(entry.body))


def entries(after: int) -> Select:
    """Select (entry, completion) of every change behind `after`, in order."""
    return (
        select(LedgerEntry.seq, LedgerEntry.kind, LedgerEntry.at, Completion.uid)
        .join(Completion, Completion.uid == uid_of(LedgerEntry))
        .where(LedgerEntry.seq > after, LedgerEntry.kind.in_(KINDS))
        .order_by(LedgerEntry.seq)
    )


def seq_before(since: datetime) -> int:
    """Return a seq behind which every entry at or after `since` stands; 0 = the start.

    An entry has the time at which its request began, so times run back a little here
    and there. What stands before one older than STEP_BACK is older than `since`.
    """
    found = db.session.scalar(last_before(since - STEP_BACK))
    return found or 0


def last_before(time: datetime) -> Select[tuple[int]]:
    """Select the seq of the newest entry before a time, from the index alone."""
    return (
        select(LedgerEntry.seq)
        .where(LedgerEntry.at < time)
        .order_by(LedgerEntry.at.desc(), LedgerEntry.seq.desc())
        .limit(1)
    )


def newest() -> Select:
    """Select completions at their newest change, in order, as COMPLETIONS has them."""
    c, entry, later = Completion, LedgerEntry, aliased(LedgerEntry)
    is_amended_later = exists().where(
        and_(
            later.person_id == entry.person_id,
            later.seq > entry.seq,
            later.kind.in_(AMENDING),
            Of(later.body) == c.uid,
        )
    )
    return (
        select(
            entry.seq.label("row"), entry.seq, entry.kind.label("change"),
            entry.at.label("changed_at"), c.uid.label("id"), c.state,
            c.person_id.label("whose"), Person.uid.label("person_id"), Person.nip,
            Person.id_kind, Person.name, c.asn_status, c.rank,
            Agency.code.label("agency_code"), c.office_name, c.unit_id, c.unit_name,
            c.unor_id, c.job_title, c.job_type, c.job_level,
            c.course_code.label("course_id"), c.course_title, c.edition,
            Release.number.label("release"), c.training_form, c.organiser,
            c.started_on, c.finished_on, c.year, c.jp, c.score_bp.label("score"),
            c.competencies, c.competency_level,
            Certificate.number.label("certificate_number"),
            Certificate.issued_on.label("certificate_issued_on"),
            Certificate.signer.label("certificate_signer"),
            Certificate.code.label("certificate_code"),
        )
        .select_from(entry)
        .join(c, c.uid == uid_of(entry))
        .join(Person, Person.id == c.person_id)
        .join(Agency, Agency.unit_id == c.agency_id)
        .join(Release, Release.id == c.release_id)
        .outerjoin(Certificate, Certificate.completion_id == c.id)
        .where(entry.kind.in_(KINDS), ~is_amended_later)
        .order_by(entry.seq)
    )  # fmt: skip
