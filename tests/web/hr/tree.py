"""The tree of units as tests of HR's pages ask for it; `read` is the fixture."""

from datetime import date

from sqlalchemy import select

from lms.accounts.models import Unit
from lms.audit.models import AuditEntry

ROOT = "/sdm/organisasi"


TODAY = date(2026, 11, 22)


def acts(read, action: str) -> list[dict]:
    rows = select(AuditEntry.facts).where(AuditEntry.action == action)
    return read(lambda session: list(session.scalars(rows)))


def unit(read, number: int) -> Unit:
    return read(lambda session: session.get(Unit, number))
