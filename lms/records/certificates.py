"""Issue certificates, and find them again."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, select

from lms.accounts.models import Agency, Person
from lms.catalog.courses import Live
from lms.catalog.models import Release
from lms.db import db
from lms.kernel import ids
from lms.kernel.errors import NotFound
from lms.kernel.i18n import N_

from . import certificate_files, grounds, hashing, ledger, numbering, validity
from .facts import INSERTS
from .jp import day_of
from .models import (
    Certificate,
    CertificateCounter,
    CertificateFile,
    Completion,
    JpRule,
    LedgerEntry,
)

DAYS = ("started_on", "finished_on", "issued_on")
UNTIL = "valid_until"  # printed only on what does not count for good


class CertificateMissing(NotFound):
    message = N_("Sertifikat ini tidak ada, atau bukan milik Anda.")


class CodeUnknown(NotFound):
    message = N_("Tidak ada sertifikat dengan kode ini.")


def issue(
    completion: Completion, live: Live, person: Person, agency: Agency, now: datetime
) -> Certificate:
    """Give the completion its certificate. The caller holds the ledger's lock."""
    urut = _next(agency.unit_id, completion.year)
    number = numbering.number(
        agency.number_format, urut, live.code, agency.code, completion.finished_on
    )
    code = ids.check_code()
    printed = _printed(completion, live, person, agency) | {
        "code": code,
        "number": number,
    }
    entry = ledger.append(
        "certificate",
        person.id,
        {
            "of": completion.uid,
            "code": code,
            "number": number,
            "agency": agency.unit_id,
            "year": completion.year,
            "urut": urut,
            "issued_on": completion.finished_on.isoformat(),
            "printed": hashing.document_hash(printed),
        },
        now,
    )
    certificate = Certificate(
        completion_id=completion.id,
        seq=entry.seq,
        code=code,
        number=number,
        agency_id=agency.unit_id,
        person_id=person.id,
        issued_on=completion.finished_on,
        signer=agency.signer_name,
        printed=printed,
    )
    db.session.add(certificate)
    db.session.flush()
    certificate_files.order(certificate, now)
    return certificate


def _next(agency_id: int, year: int) -> int:
    """Count on; a number is given back only when its transaction fails."""
    make = INSERTS[db.session.get_bind().dialect.name]
    statement = make(CertificateCounter).values(agency_id=agency_id, year=year, last=1)
    statement = statement.on_conflict_do_update(
        index_elements=["agency_id", "year"],
        set_={"last": CertificateCounter.last + 1},
    )
    return db.session.scalars(
        statement.returning(CertificateCounter.last),
        execution_options={"populate_existing": True},
    ).one()


def _printed(
    completion: Completion, live: Live, person: Person, agency: Agency
) -> dict[str, Any]:
    """Return what stands on the paper: texts and whole numbers only."""
    form = db.session.get(JpRule, completion.training_form)
    months = live.manifest.get("validity_months")
    standing = validity.at(completion.finished_on, months, completion.finished_on)
    ends = {UNTIL: standing.until.isoformat()} if standing else {}
    return ends | {
        "version": 1,
        "office": agency.office_name,
        "city": agency.city,
        "name": person.full_name,
        "id_kind": person.id_kind,
        "nip": shown_number(person),
        "rank": completion.rank,
        "job": completion.job_title,
        "unit": completion.unit_name,
        "employer": completion.office_name,
        "course": completion.course_title,
        "edition": completion.edition,
        "form": form.name if form else "",
        "organiser": completion.organiser,
        "started_on": completion.started_on.isoformat(),
        "finished_on": completion.finished_on.isoformat(),
        "issued_on": completion.finished_on.isoformat(),
        "jp": completion.jp,
        "jp_words": numbering.in_words(completion.jp),
        "score_bp": -1 if completion.score_bp is None else completion.score_bp,
        "signer_name": agency.signer_name,
        "signer_title": agency.signer_title,
        "signer_nip": agency.signer_nip,
        "subjects": [
            [item["title"], item["minutes"] or 0]
            for item in live.items
            if item["required"]
        ],
    }


def shown_number(person: Person) -> str:
    """Return the number printed: NIP and NI PPPK in full, of others the last four.

    A NIK opens bank accounts; it has no place on a paper that is passed around.
    """
    number = person.nip or ""
    if person.id_kind in ("NIP", "NI_PPPK", "NRP") or not number:
        return number
    return "•" * (len(number) - 4) + number[-4:]


def find(person_id: int, name: str) -> tuple[Certificate, Completion]:
    """Return the person's own certificate by check code or record uid.

    raises  CertificateMissing  also for somebody else's
    """
    which = Completion.uid == name.lower()
    if code := ids.read_check_code(name):
        which = Certificate.code == code
    found = db.session.execute(
        select(Certificate, Completion)
        .join(Completion, Completion.id == Certificate.completion_id)
        .where(Certificate.person_id == person_id, which)
    ).first()
    if found is None:
        raise CertificateMissing
    return found.Certificate, found.Completion


def by_code(typed: str) -> tuple[Certificate, Completion]:
    """Return anybody's certificate by check code; for the command line.

    raises  CodeUnknown
    """
    found = db.session.execute(
        select(Certificate, Completion)
        .join(Completion, Completion.id == Certificate.completion_id)
        .where(Certificate.code == ids.read_check_code(typed))
    ).first()
    if found is None:
        raise CodeUnknown
    return found.Certificate, found.Completion


def paper(certificate: Certificate) -> dict[str, Any]:
    """Return what was printed, its days as dates, the rank as it is read.

    `valid_until` is None where none was printed.
    """
    printed = certificate.printed
    days = {
        key: date.fromisoformat(printed[key])
        for key in (*DAYS, UNTIL)
        if key in printed
    }
    return {UNTIL: None} | printed | days | {"rank": numbering.rank(printed["rank"])}


@dataclass(frozen=True, slots=True)
class Check:
    """What a stranger learns about a certificate.

    status  valid, expired (what it speaks of has run out), revoked, unknown, or
            broken: the paper's data differ from the ledger, so nothing of it is shown
    jp      as it counts now; `printed_jp` is what the paper says
    revoked_reason, corrected_reason  short, one of grounds.py, marked with N_; ""
            when nothing of that kind happened
    valid_until  the last day on which it counts; None = for good
    pdf_sha256  of the file that is handed out, 64 hex digits; "" until it is made
    """

    status: str
    code: str = ""
    name: str = ""
    nip_last4: str = ""
    course: str = ""
    jp: int = 0
    printed_jp: int = 0
    number: str = ""
    office: str = ""
    started_on: date | None = None
    finished_on: date | None = None
    issued_on: date | None = None
    revoked_on: date | None = None
    revoked_reason: str = ""
    corrected_reason: str = ""
    pdf_sha256: str = ""
    valid_until: date | None = None


_CHECKED = (
    select(
        Certificate,
        Completion.jp,
        Completion.state,
        LedgerEntry,
        CertificateFile.sha256,
        Completion.finished_on,
        Release.manifest["validity_months"].as_integer().label("months"),
        Agency.timezone,
    )
    .join(Completion, Completion.id == Certificate.completion_id)
    .join(LedgerEntry, LedgerEntry.seq == Certificate.seq)
    .join(Release, Release.id == Completion.release_id)
    .join(Agency, Agency.unit_id == Certificate.agency_id)
    .outerjoin(CertificateFile, CertificateFile.certificate_id == Certificate.id)
    .where(Certificate.code == bindparam("code"))
)


def check(typed: str, now: datetime) -> Check:
    """Look a check code up, as typed by anybody.

    One statement whatever was typed: the time of the answer tells nothing.
    """
    code = ids.read_check_code(typed)
    found = db.session.execute(_CHECKED, {"code": code}).first()
    if found is None:
        return Check("unknown", code)
    certificate, jp, state, entry, sha256, finished_on, months, zone = found
    if not _is_genuine(certificate, entry):
        return Check("broken", code)
    printed = paper(certificate)
    is_valid = state == "valid" and certificate.revoked_on is None
    standing = validity.at(finished_on, months, day_of(now, zone))
    is_over = standing is not None and standing.is_over
    return Check(
        status="revoked" if not is_valid else "expired" if is_over else "valid",
        valid_until=standing.until if standing else None,
        code=code,
        nip_last4=printed["nip"][-4:],
        jp=jp,
        printed_jp=printed["jp"],
        revoked_on=certificate.revoked_on,
        revoked_reason=""
        if is_valid
        else _ground(grounds.REVOKED, certificate.revoked_ground),
        corrected_reason=_ground(grounds.CORRECTED, certificate.corrected_ground)
        if jp != printed["jp"]
        else "",
        pdf_sha256=sha256 or "",
        **{key: printed[key] for key in ("name", "course", "number", "office", *DAYS)},
    )


def _ground(known: dict[str, str], name: str) -> str:
    return known.get(name, known[grounds.OTHER])


def _is_genuine(certificate: Certificate, entry: LedgerEntry) -> bool:
    """Say whether row and paper are what the ledger entered at issue."""
    if entry.hash != hashing.entry_hash(entry.seq, entry.prev_hash, entry.body):
        return False
    said = json.loads(entry.body)
    here = (
        certificate.code,
        certificate.number,
        certificate.person_id,
        hashing.document_hash(certificate.printed),
    )
    return here == tuple(said[k] for k in ("code", "number", "person", "printed"))
