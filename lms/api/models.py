"""Tables of service tokens, of what they read, of webhooks and their deliveries."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.db import Base, BigInt, Id

DELIVERY_STATES = ("waiting", "done", "held", "failed")
OFF_REASONS = ("", "by hand", "failing")


def _to(target: str):
    return ForeignKey(target, ondelete="RESTRICT")


def _one_of(column: str, values: tuple[str, ...]) -> str:
    return f"{column} IN ({', '.join(repr(v) for v in values)})"


class ApiToken(Base):
    """A key with which another system reads; only its hash is stored.

    start    its first letters, so that people tell tokens apart
    scopes   separated by spaces: "people:read completions:read"
    unit_id  it reads what belongs to this unit and those below it
    """

    __tablename__ = "api_tokens"

    id: Mapped[Id]
    uid: Mapped[str] = mapped_column(String(36), unique=True)
    name: Mapped[str] = mapped_column(String(80))
    start: Mapped[str] = mapped_column(String(12))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    scopes: Mapped[str] = mapped_column(String(200))
    unit_id: Mapped[int] = mapped_column(BigInt, _to("units.id"), index=True)
    created_by: Mapped[int | None] = mapped_column(BigInt, _to("people.id"))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]  # written every few minutes
    revoked_by: Mapped[int | None] = mapped_column(BigInt, _to("people.id"))
    revoked_at: Mapped[datetime | None]


class ApiRead(Base):
    """How much one token read of one resource on one day (UTC)."""

    __tablename__ = "api_reads"

    token_id: Mapped[int] = mapped_column(
        BigInt, _to("api_tokens.id"), primary_key=True
    )
    day: Mapped[date] = mapped_column(primary_key=True)
    resource: Mapped[str] = mapped_column(String(20), primary_key=True)
    requests: Mapped[int]
    rows: Mapped[int]


class ApiPersonRead(Base):
    """That a token read a person's data on a day (UTC): noted once."""

    __tablename__ = "api_person_reads"
    __table_args__ = (Index(None, "person_id"),)

    token_id: Mapped[int] = mapped_column(
        BigInt, _to("api_tokens.id"), primary_key=True
    )
    day: Mapped[date] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(BigInt, _to("people.id"), primary_key=True)


class Webhook(Base):
    """Where another system wants to be told of completions.

    events         separated by spaces: "completion.created completion.revoked"
    salt           makes its secret together with the site's key: see signing.py
    last_seq       the ledger has been read up to here
    failing_since  of the first failure after the last success
    rests_until    no try before then, whatever waits
    """

    __tablename__ = "webhooks"
    __table_args__ = (CheckConstraint(_one_of("off_reason", OFF_REASONS), "off"),)

    id: Mapped[Id]
    uid: Mapped[str] = mapped_column(String(36), unique=True)
    url: Mapped[str] = mapped_column(String(500))
    events: Mapped[str] = mapped_column(String(200))
    unit_id: Mapped[int] = mapped_column(BigInt, _to("units.id"), index=True)
    salt: Mapped[str] = mapped_column(String(64))
    last_seq: Mapped[int] = mapped_column(BigInt)
    failures: Mapped[int] = mapped_column(default=0)  # one after another
    failing_since: Mapped[datetime | None]
    rests_until: Mapped[datetime | None]
    off_reason: Mapped[str] = mapped_column(String(10), default="")
    created_by: Mapped[int | None] = mapped_column(BigInt, _to("people.id"))
    created_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]


class Delivery(Base):
    """One event for one webhook: each ledger entry once.

    uid     the receiver knows by it that it has had this one already
    status  of the last answer; None = there was none
    answer  its first letters, or why there was none
    """

    __tablename__ = "webhook_deliveries"
    __table_args__ = (
        UniqueConstraint("webhook_id", "seq"),
        CheckConstraint(_one_of("state", DELIVERY_STATES), "state"),
        Index(None, "webhook_id", "state"),
    )

    id: Mapped[Id]
    uid: Mapped[str] = mapped_column(String(36), unique=True)
    webhook_id: Mapped[int] = mapped_column(BigInt, _to("webhooks.id"))
    seq: Mapped[int] = mapped_column(BigInt, _to("ledger_entries.seq"))
    completion_uid: Mapped[str] = mapped_column(String(36))
    event: Mapped[str] = mapped_column(String(30))
    happened_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(10), default="waiting")
    sends: Mapped[int] = mapped_column(default=1)  # times it was put in the outbox
    tries: Mapped[int] = mapped_column(default=0)
    status: Mapped[int | None]
    answer: Mapped[str] = mapped_column(String(500), default="")
    created_at: Mapped[datetime]
    tried_at: Mapped[datetime | None]
    done_at: Mapped[datetime | None]
