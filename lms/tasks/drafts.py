"""The text of a draft: saved as often as its page sends it, never lost."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select

from lms.db import db
from lms.kernel.errors import Invalid
from lms.kernel.i18n import N_

from . import queries
from .models import DraftText, Work

LONGEST = 20_000  # letters
AHEAD = 1_000  # how far a phone's counter may run before the server's, when offline
KEPT = 50  # texts of one draft that are kept, for whoever wants an older one back


class TextTooLong(Invalid):
    message = N_("Teks paling panjang 20.000 karakter. Pindahkan sebagian ke berkas.")


class BadSequence(Invalid):
    message = N_("Nomor urut draf tidak dikenal. Muat ulang halaman tugas ini.")


@dataclass(frozen=True, slots=True)
class Sent:
    """A text as a page sends it; see lms.quiz.answers.Sent for seq, base, device."""

    text: str
    seq: int
    base: int
    device: str = ""


@dataclass(frozen=True, slots=True)
class Saved:
    """What the server now holds.

    is_older      the text sent does not count: something newer is held
    is_elsewhere  and that came from another device
    """

    seq: int
    text: str
    saved_at: datetime
    is_older: bool = False
    is_elsewhere: bool = False


def take(work: Work, sent: Sent, now: datetime) -> Saved | None:
    """Save the text of an open, locked draft.

    One that is older, or was written without knowing what another device saved since,
    is kept in the history but does not count.

    returns  None when there is nothing yet and nothing was sent
    raises   TextTooLong  BadSequence
    """
    text = clean(sent.text)
    newest = queries.newest_draft(work.id)
    held = newest.seq if newest else 0
    if not 1 <= sent.seq <= held + AHEAD:
        raise BadSequence
    if newest is None:
        return _add(work, sent.seq, text, sent.device, now) if text else None
    if newest.text == text:
        return Saved(held, text, newest.saved_at)
    is_elsewhere = newest.device != sent.device
    if sent.seq <= held or (held > sent.base and is_elsewhere):
        _note(work, text, sent.device, now)
        return Saved(held, newest.text, newest.saved_at, True, is_elsewhere)
    return _add(work, sent.seq, text, sent.device, now)


def clean(text: str) -> str:
    """Return a text with plain line ends; raises TextTooLong."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if len(text) > LONGEST:
        raise TextTooLong
    return text


def _add(work: Work, seq: int, text: str, device: str, now: datetime) -> Saved:
    row = DraftText(work_id=work.id, seq=seq, text=text, device=device, saved_at=now)
    db.session.add(row)
    db.session.flush()
    # Of those that count and of those that do not, each: neither pushes the other out.
    counts = seq >= 1
    old = (
        select(DraftText.id)
        .where(
            DraftText.work_id == work.id,
            DraftText.seq >= 1 if counts else DraftText.seq < 1,
        )
        .order_by(DraftText.seq.desc() if counts else DraftText.seq)
        .offset(KEPT)
    )
    db.session.execute(
        delete(DraftText)
        .where(DraftText.id.in_(db.session.scalars(old).all()))
        .execution_options(synchronize_session=False)
    )
    return Saved(seq, text, now)


def _note(work: Work, text: str, device: str, now: datetime) -> None:
    """Keep a text that does not count, once however often it is sent."""
    lowest = db.session.scalar(
        select(func.min(DraftText.seq)).where(DraftText.work_id == work.id)
    )
    known = db.session.scalar(
        select(DraftText.id).where(
            DraftText.work_id == work.id,
            DraftText.text == text,
            DraftText.device == device,
        )
    )
    if known is None:
        _add(work, min(lowest or 0, 1) - 1, text, device, now)


def first(work: Work, text: str, now: datetime) -> None:
    """Begin a draft with the text of the round before."""
    if text:
        _add(work, 1, text, "", now)
