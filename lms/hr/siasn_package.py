"""What is taken out for SIASN: payloads as one JSON file, PDFs as one ZIP.

The product itself sends nothing and stores no credential.
"""

import io
import json
import zipfile
from collections.abc import Generator, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from lms.accounts.models import Agency
from lms.audit import accesses, log
from lms.db import db
from lms.db.snapshots import snapshot
from lms.kernel import ids
from lms.kernel.i18n import N_
from lms.records import siasn
from lms.records.models import Completion
from lms.records.siasn import News
from lms.records.siasn_models import BELUM, SIAP, SiasnRecord

from . import exports, siasn_records, siasn_rules
from .siasn_records import Item
from .wanted import Wanted

MOST = 2_000  # records in a package: SIASN takes one per call, about one a second
SHOWN = 100  # records of each kind in the preview
WHAT = N_("Paket SIASN: riwayat kursus dengan nama kursus, NIP, JP, dan sertifikat")
WHAT_PAPERS = N_("Paket SIASN: PDF sertifikat")


@dataclass(frozen=True, slots=True)
class Chosen:
    """What SIASN does not have as it is: what may go, and what may not yet.

    fell  of those not ready, what an earlier package or answer called ready
    """

    ready: list[Item]
    unready: list[Item]

    @property
    def fell(self) -> list[Item]:
        return [item for item in self.unready if item.record.sent == SIAP]


@dataclass(frozen=True, slots=True)
class Preview:
    """What the next package would hold, before anybody takes it.

    again    of the ready: what was in a package before, with what changed since as
             (name of the field, before, now); () when nothing is known to have changed
    unready  stays behind, with its problems; no more than SHOWN of each
    """

    ready_count: int
    unready_count: int
    again: list[tuple[Item, tuple[tuple[str, str, str], ...]]]
    unready: list[Item]


def chosen(wanted: Wanted) -> Chosen:
    """Return what a package holds, the oldest first, and what stays behind.

    Reads the PDFs of what it holds; call outside of a transaction.
    """
    with snapshot() as connection:
        found = _open(connection, wanted)
        ready = [item for item in found if not item.problems][:MOST]
        read = siasn_records.read_papers(connection, ready)
    unready = [item for item in (*found, *read) if item.problems]
    return Chosen([item for item in read if not item.problems], unready)


def _open(connection, wanted: Wanted) -> list[Item]:
    """Return what SIASN does not have as it is, the oldest first.

    What it has never got comes before what has changed since; looks no further once a
    package is full.
    """
    found, ready = [], 0
    for more in (siasn_records.unsettled(), siasn_records.sent()):
        for item in siasn_records.scan(connection, wanted, more):
            if siasn_rules.is_settled(item.record):
                continue
            found.append(item)
            ready += not item.problems
            if ready == MOST:
                return found
    return found


def preview(wanted: Wanted) -> Preview:
    """Return what the next package would hold. Reads no PDF."""
    with snapshot() as connection:
        found = _open(connection, wanted)
    ready = [item for item in found if not item.problems]
    again = [item for item in ready[:MOST] if item.record.sent_sha][:SHOWN]
    sent = siasn.packed(item.record.id for item in again)
    unready = [item for item in found if item.problems]
    return Preview(
        len(ready[:MOST]),
        len(unready),
        [(item, _changed(item, sent)) for item in again],
        unready[:SHOWN],
    )


def _changed(item: Item, sent) -> tuple[tuple[str, str, str], ...]:
    packages = sent.get(item.record.id, {})
    payload, _sha = packages.get(item.record.package, ("", ""))
    if not payload:
        return ()
    return siasn_rules.changed(json.loads(payload), item.record)


def new_name(agency: Agency, now: datetime) -> str:
    """Return what a package is called: "20261122-1400-7K2M"."""
    return f"{exports.stamp(now, agency.timezone)}-{ids.check_code()[:4]}"


def document(
    found: list[Item], package: str, agency: Agency | None, now: datetime
) -> dict[str, Any]:
    """Return the file: records with payload and paper, all of them ready."""
    zone = ZoneInfo(agency.timezone if agency else "Asia/Jakarta")
    return {
        "format": "siasn-kursus",
        "versi": 1,
        "paket": package,
        "dibuat": now.astimezone(zone).isoformat(timespec="seconds"),
        "instansi": {
            "kodeCepat": agency.code if agency else "",
            "id": agency.siasn_id if agency else "",
        },
        "jumlah": len(found),
        "rekaman": [_record(item) for item in found],
    }


def _record(item: Item) -> dict[str, Any]:
    paper = item.document
    return {
        "id_rekaman": item.record.uid,
        "nip": item.record.nip,
        "siap": True,
        "masalah": [],
        "payload": siasn_rules.payload(item.record),
        "dokumen": {
            "id_ref_dokumen": siasn_rules.DOCUMENT,
            "nama_berkas": paper.name,
            "byte": paper.size,
            "sha256": paper.sha,
        }
        if paper
        else None,
    }


def take(
    found: Chosen, package: str, wanted: Wanted, actor_id: int, now: datetime
) -> list[Item]:
    """Note what is taken: states, log, and to each person that theirs was.

    Waits for others who change the same records. What they changed, or revoked, since
    it was read is left out: the next package has it.
    returns  what is in the package
    """
    every = [*found.ready, *found.fell]
    same = _unchanged(every)
    ready = [item for item in found.ready if item.record.id in same]
    fell = [item for item in found.fell if item.record.id in same]
    news = [
        News(
            item.record.id,
            SIAP,
            payload_sha=siasn_rules.payload_sha(item.record),
            package=package,
            payload=siasn_rules.payload_text(item.record),
        )
        for item in ready
    ]
    siasn.change([*news, *(News(i.record.id, BELUM) for i in fell)], actor_id, now)
    if ready:
        facts = {"package": package, "ready": len(ready)}
        _log("siasn.package", ready, wanted, actor_id, now, **facts)
        people = [item.record.person_id for item in ready]
        accesses.record(
            "exported", WHAT, people, actor_id=actor_id, now=now, facts={"role": "hr"}
        )
    return ready


def _unchanged(found: list[Item]) -> set[int]:
    """Return the ids that are as they were read, once nobody else can change them."""
    numbers = [item.record.id for item in found]
    siasn.lock(numbers)
    valid, stored = _still_valid(numbers), siasn.of(numbers)
    return {
        item.record.id
        for item in found
        if item.record.id in valid and _is_same(item, stored.get(item.record.id))
    }


def _is_same(item: Item, stored: SiasnRecord | None) -> bool:
    r = item.record
    read = (r.sent, r.rw_id, r.sent_sha, r.package)
    if stored is None:
        return read == (BELUM, "", "", "")
    return read == (
        stored.state, stored.rw_kursus_id, stored.payload_sha, stored.package
    )  # fmt: skip


def take_papers(
    found: list[Item], wanted: Wanted, actor_id: int, now: datetime
) -> None:
    """Note that these PDFs are taken, before the first of them leaves."""
    _log("siasn.papers", found, wanted, actor_id, now)
    people = [item.record.person_id for item in found]
    accesses.record(
        "exported", WHAT_PAPERS, people, actor_id=actor_id, now=now,
        facts={"role": "hr"},
    )  # fmt: skip


def _still_valid(ids: list[int]) -> set[int]:
    """Return those that nobody has revoked while the package was made."""
    found: set[int] = set()
    for start in range(0, len(ids), siasn_records.CHUNK):
        part = ids[start : start + siasn_records.CHUNK]
        found.update(
            db.session.scalars(
                select(Completion.id).where(
                    Completion.id.in_(part), Completion.state == "valid"
                )
            )
        )
    return found


def _log(action, found, wanted: Wanted, actor_id: int, now: datetime, **facts):
    log.record(
        action,
        actor_id=actor_id,
        object_kind="export",
        object_id="siasn",
        facts=wanted.described() | {"rows": len(found)} | facts,
        now=now,
    )


class _Pipe(io.RawIOBase):
    """Takes bytes and gives them away again; nobody can seek in it."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data) -> int:
        self._parts.append(bytes(data))
        return len(data)

    def taken(self) -> bytes:
        parts, self._parts = self._parts, []
        return b"".join(parts)


FIXED = (2026, 1, 1, 0, 0, 0)  # the same papers make the same bytes


def bundle(papers: Iterable[tuple[str, bytes]]) -> Generator[bytes]:
    """Yield a ZIP of (name, content), stored, without keeping it."""
    pipe = _Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_STORED) as book:
        for name, data in papers:
            book.writestr(zipfile.ZipInfo(name, FIXED), data)
            yield pipe.taken()
    yield pipe.taken()


def listed(found: list[Item]) -> bytes:
    """Return daftar.csv of a bundle: which paper belongs to which record."""
    lines = ["id_rekaman,nama_berkas,sha256"]
    lines += [
        f"{i.record.uid},{i.document.name},{i.document.sha}"
        for i in found
        if i.document
    ]
    return ("\r\n".join(lines) + "\r\n").encode()
