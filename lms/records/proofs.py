"""What a revocation or correction rests on: a letter, with its scan if there is one."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select

from lms.db import db
from lms.db.prepared import Prepared
from lms.kernel import reasons
from lms.kernel.errors import Invalid, NotFound
from lms.kernel.i18n import N_
from lms.kernel.text import has_hidden, one_line

from .models import AmendmentProof, Completion, ProofFile

LARGEST = 2 * 1024 * 1024  # bytes of a file
SHORTEST, LONGEST = 3, 200  # letters of a reference
ENDING = 2048  # bytes in which a PDF has its end mark
TYPES = {"pdf": "application/pdf", "png": "image/png", "jpg": "image/jpeg"}


class ReferenceMissing(Invalid):
    message = N_("Tulis nomor surat atau dasar lain, 3 sampai 200 karakter, tanpa NIP.")


class FileRefused(Invalid):
    message = N_("Berkas bukti harus PDF, JPG, atau PNG yang utuh.")


class FileTooLarge(Invalid):
    message = N_("Berkas bukti paling besar 2 MB.")


class ProofMissing(NotFound):
    message = N_("Berkas bukti itu tidak ada, atau bukan wewenang Anda.")


@dataclass(frozen=True, slots=True)
class Proof:
    """A checked reference and file; kind and sha256 are "" without a file."""

    reference: str
    kind: str = ""
    sha256: str = ""
    data: bytes = b""


def read(reference: str, data: bytes = b"") -> Proof:
    """Check what was handed over; before any transaction that writes.

    raises  ReferenceMissing, FileRefused, FileTooLarge
    """
    said = one_line(reference)
    if (
        not SHORTEST <= len(said) <= LONGEST
        or has_hidden(said)
        or reasons.LONG_NUMBER.search(said)
    ):
        raise ReferenceMissing
    if not data:
        return Proof(said)
    if len(data) > LARGEST:
        raise FileTooLarge
    return Proof(said, kind_of(data), hashlib.sha256(data).hexdigest(), data)


def kind_of(data: bytes) -> str:
    """Return pdf, png or jpg by the content, begun and ended as such a file is.

    raises  FileRefused
    """
    if data.startswith(b"%PDF-") and b"%%EOF" in data[-ENDING:]:
        return "pdf"
    if data.startswith(b"\x89PNG\r\n\x1a\n") and data[-8:-4] == b"IEND":
        return "png"
    if data.startswith(b"\xff\xd8\xff") and data.rstrip(b"\0").endswith(b"\xff\xd9"):
        return "jpg"
    raise FileRefused


def keep(
    proof: Proof,
    completion: Completion,
    seq: int,
    actor_id: int | None,
    now: datetime,
) -> None:
    """Store what a ledger entry rests on, in the transaction of that entry."""
    kept = AmendmentProof(
        seq=seq,
        completion_id=completion.id,
        person_id=completion.person_id,
        reference=proof.reference,
        recorded_by=actor_id,
        recorded_at=now,
    )
    db.session.add(kept)
    db.session.flush()
    if proof.data:
        db.session.add(
            ProofFile(
                proof_id=kept.id,
                kind=proof.kind,
                sha256=proof.sha256,
                data=proof.data,
            )
        )


@dataclass(frozen=True, slots=True)
class Kept:
    """A proof as HR reads it; kind "" = no file."""

    seq: int
    reference: str
    kind: str


def of_person(person_id: int) -> dict[int, Kept]:
    """Return ledger number -> proof, without the files themselves."""
    rows = db.session.execute(
        select(AmendmentProof.seq, AmendmentProof.reference, ProofFile.kind)
        .outerjoin(ProofFile, ProofFile.proof_id == AmendmentProof.id)
        .where(AmendmentProof.person_id == person_id)
    )
    return {row.seq: Kept(row.seq, row.reference, row.kind or "") for row in rows}


_NEWS = Prepared(  # the first page of everybody runs it
    select(Completion.course_title, AmendmentProof.recorded_at)
    .join(AmendmentProof, AmendmentProof.completion_id == Completion.id)
    .where(AmendmentProof.person_id == bindparam("person"))
    .order_by(AmendmentProof.id.desc())
    .limit(50)
)


def news(person_id: int, since: datetime) -> list[str]:
    """Return the titles of the courses whose records were amended since, each once."""
    rows = _NEWS.rows(person=person_id)
    return list(dict.fromkeys(r.course_title for r in rows if r.recorded_at > since))


def file_of(completion_id: int, seq: int) -> ProofFile:
    """Return the file of a proof about this completion. Raises ProofMissing."""
    found = db.session.scalar(
        select(ProofFile)
        .join(AmendmentProof, AmendmentProof.id == ProofFile.proof_id)
        .where(AmendmentProof.completion_id == completion_id, AmendmentProof.seq == seq)
    )
    if found is None:
        raise ProofMissing
    return found
