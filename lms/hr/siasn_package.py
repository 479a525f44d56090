"""What is taken out for SIASN: payloads as one JSON file, PDFs as one ZIP.

The product itself sends nothing and stores no credential.
"""

import io
import zipfile
from collections.abc import Generator, Iterable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from lms.accounts.models import Agency
from lms.audit import accesses, log
from lms.db import db
from lms.kernel.i18n import N_
from lms.records import siasn
from lms.records.models import Completion
from lms.records.siasn import News
from lms.records.siasn_models import BELUM, SIAP

from . import exports, siasn_records, siasn_rules
from .siasn_records import Item
from .wanted import Wanted

MOST = 2_000  # records in a package: SIASN takes one per call, about one a second
SCAN = 20_000  # records looked at for a package
WHAT = N_("Paket SIASN: riwayat kursus dengan nama kursus, NIP, JP, dan sertifikat")
WHAT_PAPERS = N_("Paket SIASN: PDF sertifikat")


def chosen(wanted: Wanted) -> list[Item]:
    """Return what a package holds: all that SIASN does not have as it is, oldest first.

    Reads every PDF once; call outside of a transaction.
    """
    with exports.snapshot() as connection:
        found = siasn_records.items(
            connection, wanted, [Completion.state == "valid"], limit=SCAN
        )
        open_ = [i for i in found if not siasn_rules.is_settled(i.record)][:MOST]
        return siasn_records.read_papers(connection, open_)


def document(found: list[Item], agency: Agency | None, now: datetime) -> dict[str, Any]:
    """Return the file: records with payload, paper and what is wrong with them."""
    zone = ZoneInfo(agency.timezone if agency else "Asia/Jakarta")
    return {
        "format": "siasn-kursus",
        "versi": 1,
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
        "siap": not item.problems,
        "masalah": [problem.text for problem in item.problems],
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


def take(found: list[Item], wanted: Wanted, actor_id: int, now: datetime) -> int:
    """Note what was taken: states, log, and to each person that theirs was.

    returns  how many records are ready
    """
    valid = _still_valid([item.record.id for item in found])
    ready = [i for i in found if not i.problems and i.record.id in valid]
    fell = [
        i for i in found
        if i.problems and i.record.sent == SIAP and i.record.id in valid
    ]  # fmt: skip
    news = [
        News(i.record.id, SIAP, payload_sha=siasn_rules.payload_sha(i.record))
        for i in ready
    ]
    siasn.change([*news, *(News(i.record.id, BELUM) for i in fell)], actor_id, now)
    _log("siasn.package", found, wanted, actor_id, now, ready=len(ready))
    people = [item.record.person_id for item in found]
    accesses.record(
        "exported", WHAT, people, actor_id=actor_id, now=now, facts={"role": "hr"}
    )
    return len(ready)


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
