"""Revoke a completion, or correct its JP: new ledger entries, nothing rewritten."""

from datetime import datetime

from sqlalchemy import select

from lms.accounts import units
from lms.audit import log
from lms.db import db
from lms.kernel import reasons
from lms.kernel.errors import Conflict, Invalid, NotFound
from lms.kernel.i18n import N_
from lms.kernel.text import one_line

from . import grounds, hashing, jp, ledger, proofs, siasn
from .models import Certificate, Completion
from .proofs import Proof

MOST_JP = 999


class CompletionMissing(NotFound):
    message = N_("Rekaman penyelesaian “%(uid)s” tidak ada.")


class AlreadyRevoked(Conflict):
    message = N_("Penyelesaian ini sudah dicabut.")


class ReasonWanted(Invalid):
    message = N_(
        "Tulis alasan 5 sampai 500 karakter, tanpa NIP atau NIK: alasan ini dibaca"
        " orangnya dan pengelola SDM."
    )


class JpOutOfRange(Invalid):
    message = N_("JP ditulis sebagai bilangan bulat 0 sampai 999.")


def find(uid: str) -> Completion:
    """Return a completion by its uid (id_rekaman). Raises CompletionMissing."""
    found = db.session.scalar(select(Completion).where(Completion.uid == uid.lower()))
    if found is None:
        raise CompletionMissing(uid=uid[:40])
    return found


def revoke(
    uid: str,
    reason: str,
    actor_id: int | None,
    now: datetime,
    *,
    proof: Proof | None = None,
    ground: str = grounds.OTHER,
) -> Completion:
    """Take a completion back, with its JP, certificate and evidence, for good.

    actor_id  None = the command line
    proof     what the act rests on
    ground    of grounds.REVOKED: what strangers read
    raises    CompletionMissing  AlreadyRevoked  ReasonWanted
    """
    reason = _checked(reason)
    completion = _locked(uid)
    entry = ledger.append(
        "revocation",
        completion.person_id,
        {
            "of": completion.uid,
            "jp": -completion.jp,
            "year": completion.year,
            "reason": hashing.document_hash([completion.uid, reason]),
            "actor": actor_id or 0,
        },
        now,
    )
    completion.state = "revoked"
    certificate = _certificate(completion)
    zone = units.agency_of(completion.agency_id).timezone
    certificate.revoked_on = jp.day_of(now, zone)
    certificate.revoked_reason = reason
    certificate.revoked_ground = ground
    if proof:
        proofs.keep(proof, completion, entry.seq, actor_id, now)
    siasn.cancel(completion, actor_id, now)
    facts = {"seq": entry.seq, "reason": reason}
    _record("completion.revoked", completion, actor_id, facts, now)
    return completion


def correct_jp(
    uid: str,
    new_jp: int,
    reason: str,
    actor_id: int | None,
    now: datetime,
    *,
    proof: Proof | None = None,
    ground: str = grounds.OTHER,
) -> Completion:
    """Set the JP of a completion right; it counts for the year of the original.

    The same figure again changes nothing. The certificate stays as printed; its
    check page names both figures.
    ground  of grounds.CORRECTED: what strangers read
    raises  CompletionMissing  AlreadyRevoked  ReasonWanted  JpOutOfRange
    """
    reason = _checked(reason)
    if not 0 <= new_jp <= MOST_JP:
        raise JpOutOfRange
    completion = _locked(uid)
    if new_jp == completion.jp:
        return completion
    entry = ledger.append(
        "correction",
        completion.person_id,
        {
            "of": completion.uid,
            "jp": new_jp - completion.jp,
            "year": completion.year,
            "reason": hashing.document_hash([completion.uid, reason]),
            "actor": actor_id or 0,
        },
        now,
    )
    facts = {"seq": entry.seq, "from": completion.jp, "to": new_jp, "reason": reason}
    completion.jp = new_jp
    _certificate(completion).corrected_ground = ground
    if proof:
        proofs.keep(proof, completion, entry.seq, actor_id, now)
    _record("completion.corrected", completion, actor_id, facts, now)
    return completion


def was_revoked_so(uid: str, reason: str) -> bool:
    """Say whether it was revoked for just this reason: the form came twice."""
    completion = find(uid)
    is_same = _certificate(completion).revoked_reason == one_line(reason)
    return completion.state == "revoked" and is_same


def _locked(uid: str) -> Completion:
    """Return a valid completion as it is once nobody else can append."""
    ledger.lock()
    completion = find(uid)
    db.session.refresh(completion)
    if completion.state == "revoked":
        raise AlreadyRevoked
    return completion


def _certificate(completion: Completion) -> Certificate:
    return db.session.scalars(
        select(Certificate).where(Certificate.completion_id == completion.id)
    ).one()


def _record(
    action: str,
    completion: Completion,
    actor_id: int | None,
    facts: dict,
    now: datetime,
) -> None:
    log.record(
        action,
        actor_id=actor_id,
        object_kind="completion",
        object_id=completion.uid,
        facts=facts,
        now=now,
    )
    db.session.flush()


def _checked(reason: str) -> str:
    reason = one_line(reason)
    if not reasons.is_good(reason):
        raise ReasonWanted
    return reason
