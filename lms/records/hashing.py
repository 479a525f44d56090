"""How ledger entries are written and chained. Pure: no database, no clock."""

import hashlib
import json
from datetime import UTC, datetime

VERSION = "kelas-asn/ledger/1"
START = "0" * 64  # prev_hash of the first entry


class NotCanonical(TypeError):
    """The value has a part that could be written in more than one way."""


def canonical(value: object) -> str:
    """Write JSON in the one way that is hashed.

    value   dicts with text keys, lists, texts, whole numbers; nothing else, so that
            no fraction, null or truth value can be written differently
    raises  NotCanonical
    """
    _check(value)
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _check(value: object) -> None:
    if isinstance(value, dict):
        for key, part in value.items():
            if not isinstance(key, str):
                raise NotCanonical(f"key {key!r}")
            _check(part)
    elif isinstance(value, list):
        for part in value:
            _check(part)
    elif isinstance(value, bool) or not isinstance(value, int | str):
        raise NotCanonical(f"{value!r}")


def entry_hash(seq: int, prev_hash: str, body: str) -> str:
    """Return the hash of an entry: 64 hex digits over place, chain and body."""
    text = f"{VERSION}\n{seq}\n{prev_hash}\n{body}"
    return hashlib.sha256(text.encode()).hexdigest()


def document_hash(value: object) -> str:
    """Return the hash of a document that is kept outside the ledger."""
    return hashlib.sha256(canonical(value).encode()).hexdigest()


def instant(when: datetime) -> str:
    """Write an instant in the one way that is hashed: UTC, microseconds."""
    return when.astimezone(UTC).isoformat(timespec="microseconds")
