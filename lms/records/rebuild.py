"""The tables beside the ledger are a cache of it: compare them, or mend them."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select

from lms.db import db
from lms.kernel.errors import Conflict
from lms.kernel.i18n import N_

from . import hashing, ledger, projection
from .models import Certificate, CertificateCounter, Completion


class RowGone(Conflict):
    message = N_("Baris penyelesaian %(uid)s hilang; pulihkan dari cadangan.")


@dataclass(frozen=True, slots=True)
class Difference:
    """A cached row that does not say what the ledger says.

    uid      of the completion; "" for a counter
    columns  names of the columns that differ; ("gone",) or ("unknown",) for rows
    """

    table: str
    uid: str
    columns: tuple[str, ...]


@dataclass(slots=True)
class _Said:
    """All that the ledger says about one completion, as written values."""

    completion: dict[str, int | str]
    certificate: dict[str, int | str] | None = None


def compare() -> list[Difference]:
    """Return every cached row that differs from the ledger; [] = equal bytes."""
    said, counters = _read()
    return [
        *_completions(said),
        *_certificates(said),
        *_counters(counters),
    ]


def restore() -> int:
    """Write the ledger's values into the cached rows; return how many differed.

    raises  RowGone  a row was deleted: only a backup has the printed certificate
    """
    said, counters = _read()
    found = compare()
    for difference in found:
        if "gone" in difference.columns or "unknown" in difference.columns:
            raise RowGone(uid=difference.uid)
        if difference.table == "completions":
            _restore_completion(difference.uid, said[difference.uid])
        elif difference.table == "certificates":
            _restore_certificate(difference.uid, said[difference.uid])
    for (agency, year), last in counters.items():
        db.session.merge(CertificateCounter(agency_id=agency, year=year, last=last))
    db.session.flush()
    return len(found)


def _read() -> tuple[dict[str, _Said], dict[tuple[int, int], int]]:
    """Read the whole ledger: what it says by completion, and the last numbers."""
    said: dict[str, _Said] = {}
    counters: dict[tuple[int, int], int] = {}
    for entry in ledger.stream():
        body = json.loads(entry.body)
        if entry.kind == "completion":
            said[entry.uid] = _Said(
                body["row"] | {"seq": entry.seq, "jp": 0, "state": "valid"}
            )
            continue
        about = said[body["of"]]
        if entry.kind in ("jp", "correction"):
            about.completion["jp"] += body["jp"]
        elif entry.kind == "revocation":
            about.completion["state"] = "revoked"
        elif entry.kind == "certificate":
            about.certificate = {
                "seq": entry.seq,
                "code": body["code"],
                "number": body["number"],
                "agency_id": body["agency"],
                "person_id": body["person"],
                "issued_on": body["issued_on"],
                "printed": body["printed"],
            }
            place = (body["agency"], body["year"])
            counters[place] = max(counters.get(place, 0), body["urut"])
    return said, counters


def _completions(said: dict[str, _Said]) -> Iterator[Difference]:
    seen = set()
    every = select(Completion).order_by(Completion.id)
    for row in db.session.scalars(every.execution_options(yield_per=2000)):
        seen.add(row.uid)
        if row.uid not in said:
            yield Difference("completions", row.uid, ("unknown",))
            continue
        wanted = said[row.uid].completion
        here = projection.row(row) | {
            "seq": row.seq, "jp": row.jp, "state": row.state
        }  # fmt: skip
        yield from _difference("completions", row.uid, here, wanted)
    for uid in said.keys() - seen:
        yield Difference("completions", uid, ("gone",))


def _certificates(said: dict[str, _Said]) -> Iterator[Difference]:
    rows = db.session.execute(
        select(Completion.uid, Certificate).join(
            Completion, Completion.id == Certificate.completion_id
        )
    )
    seen = set()
    for uid, row in rows:
        seen.add(uid)
        about = said.get(uid)
        if about is None or about.certificate is None:
            yield Difference("certificates", uid, ("unknown",))
            continue
        here = _written(row)
        yield from _difference("certificates", uid, here, about.certificate)
        if (row.revoked_on is not None) != (about.completion["state"] == "revoked"):
            yield Difference("certificates", uid, ("revoked_on",))
    for uid, about in said.items():
        if about.certificate and uid not in seen:
            yield Difference("certificates", uid, ("gone",))


def _written(row: Certificate) -> dict[str, int | str]:
    names = ("seq", "code", "number", "agency_id", "person_id", "issued_on")
    here = {name: projection.plain(getattr(row, name)) for name in names}
    return here | {"printed": hashing.document_hash(row.printed)}


def _difference(
    table: str, uid: str, here: dict[str, Any], wanted: dict[str, Any]
) -> Iterator[Difference]:
    if hashing.canonical(here) != hashing.canonical(wanted):
        names = sorted(k for k in wanted if here.get(k) != wanted[k])
        yield Difference(table, uid, tuple(names))


def _counters(counters: dict[tuple[int, int], int]) -> Iterator[Difference]:
    rows = db.session.execute(
        select(
            CertificateCounter.agency_id,
            CertificateCounter.year,
            func.max(CertificateCounter.last),
        ).group_by(CertificateCounter.agency_id, CertificateCounter.year)
    )
    here = {(agency, year): last for agency, year, last in rows}
    for place in sorted(here.keys() | counters.keys()):
        if here.get(place, 0) != counters.get(place, 0):
            yield Difference("certificate_counters", "", (f"{place[0]}/{place[1]}",))


def _restore_completion(uid: str, said: _Said) -> None:
    row = db.session.scalars(select(Completion).where(Completion.uid == uid)).one()
    for name, written in said.completion.items():
        setattr(row, name, projection.value(name, written))


def _restore_certificate(uid: str, said: _Said) -> None:
    """Restore the columns; a changed `printed` cannot be made from its hash."""
    row = db.session.scalars(
        select(Certificate)
        .join(Completion, Completion.id == Certificate.completion_id)
        .where(Completion.uid == uid)
    ).one()
    wanted = said.certificate or {}
    if hashing.document_hash(row.printed) != wanted.get("printed"):
        raise RowGone(uid=uid)
    for name, written in wanted.items():
        if name == "issued_on":
            row.issued_on = date.fromisoformat(str(written))
        elif name != "printed":
            setattr(row, name, written)
