"""JP and IP rules and policies that a new database starts with; HR edits them there."""

import json
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..models import IpRule, JpPolicy, JpRule

FOLDER = Path(__file__).parent


def load(session: Session) -> int:
    """Add what is missing and return how many rows that was.

    Rows that exist are left as they are: somebody may have edited them.
    """
    added = [*_rules(session), *_policies(session), *_ip_rules(session)]
    session.add_all(added)
    session.flush()
    return len(added)


def _rules(session: Session) -> list[JpRule]:
    known = set(session.scalars(select(JpRule.form)))
    return [JpRule(**row) for row in _read("jp_rules") if row["form"] not in known]


def _policies(session: Session) -> list[JpPolicy]:
    known = {
        tuple(row)
        for row in session.execute(
            select(JpPolicy.asn_status, JpPolicy.from_year).where(
                JpPolicy.agency_id.is_(None)
            )
        )
    }
    return [
        JpPolicy(agency_id=None, **row)
        for row in _read("jp_policies")
        if (row["asn_status"], row["from_year"]) not in known
    ]


def _ip_rules(session: Session) -> list[IpRule]:
    known = {
        tuple(row) for row in session.execute(select(IpRule.job_type, IpRule.part))
    }
    return [
        IpRule(**row)
        for row in _read("ip_rules")
        if (row["job_type"], row["part"]) not in known
    ]


def _read(name: str) -> list[dict]:
    return json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
