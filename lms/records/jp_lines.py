"""Where JP come from: a person's ledger entries, with what each is about."""

import json
from typing import Any

from sqlalchemy import Row, select

from lms.audit.models import AuditEntry
from lms.catalog import competencies
from lms.db import db

from . import hashing, jp
from .models import Certificate, Completion, JpRule, LedgerEntry
from .siasn_models import SiasnRecord

KINDS = ("jp", "correction", "revocation")


def of(person_id: int) -> list[jp.Line]:
    """Return all JP entries of a person, in the order of the ledger.

    Kind, year and JP are the ledger's; the rest is of the completion they are about.
    """
    entries = [
        (seq, kind, at, json.loads(body))
        for seq, kind, at, body in db.session.execute(
            select(LedgerEntry.seq, LedgerEntry.kind, LedgerEntry.at, LedgerEntry.body)
            .where(LedgerEntry.person_id == person_id, LedgerEntry.kind.in_(KINDS))
            .order_by(LedgerEntry.seq)
        )
    ]
    if not entries:
        return []
    about = _completions(person_id)
    groups = competencies.groups(
        code for row in about.values() for code in _codes(row.competencies)
    )
    corrected = {body["of"] for _seq, kind, _at, body in entries if kind == KINDS[1]}
    reasons = _reasons(corrected)
    return [
        jp.Line(
            seq=seq,
            kind=kind,
            jp=body["jp"],
            year=body["year"],
            at=at,
            is_corrected=body["of"] in corrected,
            reason=_reason(kind, body, about[body["of"]], reasons.get(seq, "")),
            **_about(about[body["of"]], groups),
        )
        for seq, kind, at, body in entries
    ]


def _completions(person_id: int) -> dict[str, Row]:
    """Return uid -> completion with the rule of its form and its certificate."""
    rows = db.session.execute(
        select(
            Completion.uid,
            Completion.course_title,
            Completion.course_code,
            Completion.finished_on,
            Completion.training_form,
            Completion.competencies,
            Completion.state,
            JpRule.name,
            JpRule.track,
            JpRule.rule,
            JpRule.source,
            JpRule.is_sure,
            Certificate.number,
            Certificate.code,
            Certificate.revoked_reason,
            SiasnRecord.state.label("siasn"),
        )
        .outerjoin(JpRule, JpRule.form == Completion.training_form)
        .outerjoin(Certificate, Certificate.completion_id == Completion.id)
        .outerjoin(SiasnRecord, SiasnRecord.completion_id == Completion.id)
        .where(Completion.person_id == person_id)
    )
    return {row.uid: row for row in rows}


def _about(row: Row, groups: dict[str, str]) -> dict[str, Any]:
    known = [groups[code] for code in _codes(row.competencies) if code in groups]
    return {
        "uid": row.uid,
        "title": row.course_title,
        "course_code": row.course_code,
        "finished_on": row.finished_on,
        "form": row.training_form,
        "form_name": row.name or str(row.training_form),
        "track": row.track or "",
        "rule": row.rule or "",
        "source": row.source or "",
        "is_sure": bool(row.is_sure),
        "group": jp.group_of(known),
        "number": row.number or "",
        "code": row.code or "",
        "is_valid": row.state == "valid",
        "siasn": row.siasn or "",
    }


def _codes(text: str) -> list[str]:
    return text.split(";") if text else []


def _reasons(uids: set[str]) -> dict[int, str]:
    """Return ledger number -> reason of each correction of these completions."""
    if not uids:
        return {}
    found = db.session.scalars(
        select(AuditEntry.facts).where(
            AuditEntry.object_kind == "completion",
            AuditEntry.object_id.in_(uids),
            AuditEntry.action == "completion.corrected",
        )
    )
    return {facts["seq"]: facts["reason"] for facts in found}


def _reason(kind: str, body: dict, row: Row, corrected: str) -> str:
    """Return a reason when it is the one that the ledger holds the hash of."""
    if kind == "jp":
        return ""
    reason = row.revoked_reason if kind == "revocation" else corrected
    is_same = hashing.document_hash([body["of"], reason or ""]) == body["reason"]
    return reason if is_same else ""
