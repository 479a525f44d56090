"""Revoking and correcting add entries and change nothing that was written."""

import pytest
from sqlalchemy import select

from lms.audit.models import AuditEntry
from lms.db import db as _db
from lms.records import amendments, ledger, rebuild
from lms.records.amendments import (
    AlreadyRevoked,
    CompletionMissing,
    JpOutOfRange,
    ReasonWanted,
)
from lms.records.models import LedgerEntry

WHY = "Diikuti oleh orang lain"


def test_revoking_adds_an_entry_and_keeps_the_others(app, done, clock):
    with app.app_context():
        before = list(
            _db.session.scalars(select(LedgerEntry.hash).order_by(LedgerEntry.seq))
        )

        completion = amendments.revoke(done, WHY, 2, clock.now())
        _db.session.commit()

        after = _db.session.scalars(select(LedgerEntry).order_by(LedgerEntry.seq)).all()
        assert [row.hash for row in after[:3]] == before
        assert after[3].kind == "revocation"
        assert completion.state == "revoked"
        assert ledger.verify(ledger.stream()).fault is None
        assert rebuild.compare() == []
        said = _db.session.scalars(select(AuditEntry)).one()
        assert (said.action, said.actor_id) == ("completion.revoked", 2)


def test_a_correction_adds_the_difference(app, done, clock):
    with app.app_context():
        completion = amendments.correct_jp(done, 6, WHY, 2, clock.now())
        amendments.correct_jp(done, 6, WHY, 2, clock.now())
        _db.session.commit()

        assert completion.jp == 6
        entry = _db.session.scalars(
            select(LedgerEntry).where(LedgerEntry.kind == "correction")
        ).one()
        assert '"jp":2' in entry.body
        assert WHY not in entry.body
        assert rebuild.compare() == []


def test_what_is_revoked_is_not_revoked_or_corrected_again(app, done, clock):
    with app.app_context():
        amendments.revoke(done, WHY, None, clock.now())
        _db.session.commit()

        with pytest.raises(AlreadyRevoked):
            amendments.revoke(done, WHY, None, clock.now())
        with pytest.raises(AlreadyRevoked):
            amendments.correct_jp(done, 1, WHY, None, clock.now())


@pytest.mark.parametrize(
    "reason",
    ["", "   ", "abc", "x" * 501, "NIP 199508252022212902", "19950825 202221 2 902",
     "alasan\u202eterbalik"],
)  # fmt: skip
def test_a_reason_that_cannot_be_published_is_refused(app, done, clock, reason):
    with app.app_context(), pytest.raises(ReasonWanted):
        amendments.revoke(done, reason, None, clock.now())


@pytest.mark.parametrize("jp", [-1, 1_000, 10**12])
def test_impossible_jp_are_refused(app, done, clock, jp):
    with app.app_context(), pytest.raises(JpOutOfRange):
        amendments.correct_jp(done, jp, WHY, None, clock.now())


@pytest.mark.parametrize("uid", ["", "x", "0" * 1_000])
def test_an_unknown_uid_is_refused(app, live, clock, uid):
    with app.app_context(), pytest.raises(CompletionMissing):
        amendments.revoke(uid, WHY, None, clock.now())
