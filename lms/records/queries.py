"""Reads for the pages: a person's certificates, and JP of a year against the target."""

from sqlalchemy import Row, bindparam, func, or_, select

from lms.accounts.models import Job, Person, Unit
from lms.db import db

from . import ip, jp
from .models import Certificate, Completion, IpRule, JpPolicy, JpRule


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


# Built once: home asks at every visit. Status, and the policies that may hold for it.
_STATUS = (
    select(
        Person.asn_status,
        Unit.agency_id.label("of_agency"),
        *(getattr(JpPolicy, name) for name in jp.Policy.__slots__),
    )
    .join(Unit, Unit.id == Person.unit_id)
    .outerjoin(
        JpPolicy,
        (JpPolicy.asn_status == Person.asn_status)
        & or_(JpPolicy.agency_id.is_(None), JpPolicy.agency_id == Unit.agency_id),
    )
    .where(Person.id == bindparam("person"))
)
_BY_FORM = (
    select(
        Completion.training_form,
        func.coalesce(JpRule.name, ""),
        func.sum(Completion.jp),
    )
    .outerjoin(JpRule, JpRule.form == Completion.training_form)
    .where(
        Completion.person_id == bindparam("person"),
        Completion.year == bindparam("year"),
        Completion.state == "valid",
    )
    .group_by(Completion.training_form, JpRule.name)
)


def jp_standing(person_id: int, this_year: int) -> jp.Standing:
    """Return a person's JP of one year against the target; for the home page.

    The target is that of the status the person has now; years before a policy
    began have none.
    """
    forms = jp_by_form(person_id, this_year)
    policy = jp_policy(person_id, this_year)
    return jp.Standing(this_year, sum(form.jp for form in forms), policy, forms)


def jp_by_form(person_id: int, year: int) -> tuple[jp.FormSum, ...]:
    """Return the JP of a year by form of training, the largest first.

    From the table of completions, which is a cache of the ledger's entries.
    """
    rows = db.session.execute(_BY_FORM, {"person": person_id, "year": year})
    found = [jp.FormSum(form, name, int(total)) for form, name, total in rows]
    return tuple(sorted(found, key=lambda part: (-part.jp, part.name)))


def jp_policy(person_id: int, year: int) -> jp.Policy | None:
    """Return the policy that holds for a person in a year; None = nothing is asked."""
    rows = db.session.execute(_STATUS, {"person": person_id}).all()
    names = jp.Policy.__slots__
    policies = [
        jp.Policy(**{name: getattr(row, name) for name in names})
        for row in rows
        if row.source is not None
    ]
    return jp.policy_for(policies, rows[0].of_agency, rows[0][0], year)


def ip_rules() -> list[ip.Rule]:
    """Return the parts of the competency dimension of IP ASN, the weightiest first."""
    rows = db.session.scalars(
        select(IpRule).order_by(IpRule.job_type, IpRule.points.desc(), IpRule.part)
    )
    names = ip.Rule.__slots__
    return [ip.Rule(**{name: getattr(row, name) for name in names}) for row in rows]


def job_and_status(person_id: int) -> tuple[str, str]:
    """Return the type of the job ("" without one) and the ASN status of a person."""
    row = db.session.execute(
        select(Job.type, Person.asn_status)
        .select_from(Person)
        .outerjoin(Job, Job.id == Person.job_id)
        .where(Person.id == person_id)
    ).one()
    return row.type or "", row.asn_status


def narrowed(rows: list[Row], words: str, year: str) -> list[Row]:
    """Return the certificates whose course or number has all words, of one year."""
    wanted = words.casefold().split()
    return [
        row
        for row in rows
        if (not year or str(row.Certificate.issued_on.year) == year)
        and all(word in _searched(row) for word in wanted)
    ]


def _searched(row: Row) -> str:
    return f"{row.Completion.course_title} {row.Certificate.number}".casefold()
