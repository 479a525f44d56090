"""The PDF of a certificate: made once, kept, and the same bytes for ever."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, select

from lms.db import db
from lms.jobs import outbox, worker
from lms.kernel import clock, ids
from lms.kernel.errors import Conflict
from lms.kernel.i18n import N_

from . import typesetting
from .facts import INSERTS
from .models import Certificate, CertificateFile, Completion

TOPIC = "certificate.pdf"

# Columns, not rows of the session: bytes have no place in its memory.
_OF = select(CertificateFile.sha256, CertificateFile.data).where(
    CertificateFile.certificate_id == bindparam("certificate")
)


class CertificateRevoked(Conflict):
    message = N_(
        "Sertifikat ini telah dicabut, jadi berkasnya tidak dapat diunduh lagi."
        " Alasannya tertulis di halaman sertifikat."
    )


def order(certificate: Certificate, now: datetime) -> None:
    """Have the PDF made right after the commit of the caller's transaction."""
    key = str(certificate.id)
    outbox.put(TOPIC, {"certificate": certificate.id}, dedup_key=key, now=now)


@worker.handles(TOPIC)
def make_ordered(body: dict, settings: Mapping[str, Any]) -> None:
    """Make a PDF that was ordered, unless somebody who wanted it was quicker."""
    certificate = db.session.get(Certificate, body["certificate"])
    if certificate is None or of(certificate.id) is not None:
        return
    number, printed = certificate.id, certificate.printed
    db.session.rollback()  # nobody waits for a paper behind our transaction
    keep(number, make(printed, settings["BASE_URL"]), clock.now())


def check_valid(certificate: Certificate, completion: Completion) -> None:
    """Raise CertificateRevoked unless the file may be handed out."""
    if completion.state != "valid" or certificate.revoked_on is not None:
        raise CertificateRevoked


def of(certificate_id: int) -> Row | None:
    """Return (sha256, data) of the file that was kept, or None."""
    return db.session.execute(_OF, {"certificate": certificate_id}).first()


def make(printed: Mapping[str, Any], base_url: str) -> bytes:
    """Return a new PDF. Call outside of a transaction: it takes some time."""
    return typesetting.pdf(printed, check_address(base_url, printed["code"]))


def keep(certificate_id: int, data: bytes, now: datetime) -> bytes:
    """Keep the file, and return the one that is kept: the first of all."""
    insert = INSERTS[db.session.get_bind().dialect.name]
    db.session.execute(
        insert(CertificateFile)
        .values(
            certificate_id=certificate_id,
            sha256=hashlib.sha256(data).hexdigest(),
            data=data,
            made_at=now,
        )
        .on_conflict_do_nothing()
    )
    kept = of(certificate_id)
    return kept.data if kept else data


def file_name(course_code: str, code: str) -> str:
    """Return "sertifikat-<kursus>-<kode>.pdf": names nobody, holds no NIP."""
    return f"sertifikat-{course_code}-{ids.show_check_code(code)}.pdf"


def check_address(base_url: str, code: str) -> str:
    """Return the full address of the check page, as printed."""
    return f"{base_url.rstrip('/')}/cek/{ids.show_check_code(code)}"
