"""What changed in the ledger after a number. Its numbers are gapless, in commit order.

So whoever knows the last number they have seen misses nothing that is entered later.
"""

from datetime import datetime

from sqlalchemy import (
    JSON,
    Connection,
    Select,
    String,
    cast,
    func,
    select,
    type_coerce,
)
from sqlalchemy.orm import aliased

from lms.accounts.models import Unit
from lms.audit.models import AuditEntry
from lms.records.models import LedgerEntry

AMENDING = ("correction", "revocation")


def head(connection: Connection) -> int:
    """Return the newest number of the ledger in this snapshot; 0 = empty."""
    return connection.scalar(select(func.max(LedgerEntry.seq))) or 0


def amended(connection: Connection, seq: int) -> Select:
    """Select the uids of completions corrected or revoked after `seq`."""
    is_sqlite = connection.dialect.name == "sqlite"
    body = (type_coerce if is_sqlite else cast)(LedgerEntry.body, JSON)
    return select(body["of"].as_string()).where(
        LedgerEntry.seq > seq, LedgerEntry.kind.in_(AMENDING)
    )


def people(seq: int) -> Select:
    """Select the ids of people with any entry after `seq`."""
    return select(LedgerEntry.person_id).where(LedgerEntry.seq > seq)


def moved_units(at: datetime) -> Select:
    """Select the ids of units that were hung elsewhere since an instant, and below.

    Their rows are new to whoever holds the place they came to, however old they are.
    """
    moved = aliased(Unit)
    return (
        select(Unit.id)
        .join(moved, Unit.path.startswith(moved.path))
        .join(AuditEntry, AuditEntry.object_id == cast(moved.id, String))
        .where(
            AuditEntry.action == "unit.moved",
            AuditEntry.object_kind == "unit",
            AuditEntry.at >= at,
        )
    )
