"""What learners do with an assignment: begin a draft, hand it in, begin the next.

All that change a round lock its row first, so saving and handing in never cross.
"""

from datetime import datetime

from sqlalchemy import select

from lms.accounts import units
from lms.db import db
from lms.kernel import ids
from lms.kernel.errors import Conflict, Invalid, NotFound
from lms.kernel.i18n import N_
from lms.learn import places
from lms.records import facts

from . import attachments, binding, drafts, queries, rounds, terms
from .models import Work


class WorkMissing(NotFound):
    message = N_("Pekerjaan ini tidak ada, atau bukan milik Anda.")


class NotEnrolled(Conflict):
    message = N_("Ikuti kursus ini dahulu, lalu mulai tugasnya.")


class EnrolmentEnded(Conflict):
    message = N_("Anda sudah berhenti dari kursus ini. Ikuti lagi untuk melanjutkan.")


class WorkSubmitted(Conflict):
    message = N_("Tugas ini sudah dikumpulkan, jadi tidak dapat diubah lagi.")


class NothingWritten(Invalid):
    message = N_("Tulis jawaban Anda dahulu, lalu kumpulkan.")


class NothingAttached(Invalid):
    message = N_("Lampirkan berkas Anda dahulu, lalu kumpulkan.")


class DraftChanged(Conflict):
    message = N_(
        "Draf ini baru saja berubah di halaman atau perangkat lain. Periksa lagi yang"
        " akan dikumpulkan."
    )


def begin(person, course_code: str, item_code: str, now: datetime) -> Work:
    """Return the open draft, or begin the next round.

    person  anyone with id and unit_id
    The unique number decides between two beginnings at once; the loser is run again
    by the web edge and finds the draft.

    raises  ItemMissing, TaskMissing, NotEnrolled, WorkWaiting, PassedAlready,
            NoRoundsLeft
    """
    place = places.find(person.id, course_code)
    enrolment, task = place.enrolment, binding.task_at(place, item_code)
    if enrolment is None:
        raise NotEnrolled
    known = queries.rounds_of(enrolment.id, item_code, lock=True)
    if known and not known[-1].work.is_submitted:
        return known[-1].work
    asked = terms.of(task.body)
    rounds.check_may_begin(rounds.standing(known, asked.attempts), asked.attempts)
    zone = units.agency_of(person.unit_id).timezone
    due = terms.due_at(asked.due_days, enrolment.started_at, zone)
    before = known[-1].work if known else None
    work = Work(
        uid=ids.new_uid(),
        person_id=person.id,
        enrolment_id=enrolment.id,
        course_id=place.live.course_id,
        item_code=item_code,
        item_version_id=task.id,
        number=before.number + 1 if before else 1,
        pass_bp=asked.pass_bp,
        by_instructor=asked.by_instructor,
        by_superior=asked.by_superior,
        peers=asked.peers,
        opened_at=now,
        due_at=terms.due_again(due, now, zone) if before else due,
        text="",
    )
    db.session.add(work)
    db.session.flush()
    facts.add(enrolment, item_code, "opened", now)
    if before is not None:
        drafts.first(work, before.text, now)
        attachments.copy(before.id, work.id, now)
    return work


def find(person_id: int, uid: str, lock: bool = False) -> Work:
    """Return a round of one's own; anybody else's does not exist for them."""
    wanted = select(Work).where(Work.uid == uid, Work.person_id == person_id)
    if lock:
        wanted = wanted.with_for_update(of=Work).execution_options(
            populate_existing=True
        )
    work = db.session.scalar(wanted)
    if work is None:
        raise WorkMissing
    return work


def check_open(work: Work) -> None:
    """Raise unless the draft may be changed."""
    if work.is_submitted:
        raise WorkSubmitted
    if work.enrolment.withdrawn_at is not None:
        raise EnrolmentEnded


def check_whole(work: Work, asked: terms.Terms) -> str:
    """Return the text that would be handed in.

    raises  NothingWritten  NothingAttached
    """
    draft = queries.newest_draft(work.id)
    text = draft.text if draft else ""
    if asked.takes_text and not text:
        raise NothingWritten
    if asked.needs_file and not queries.files_of(work.id):
        raise NothingAttached
    return text if asked.takes_text else ""


def submit(work: Work, asked: terms.Terms, seen_seq: int, now: datetime) -> bool:
    """Hand in a locked draft; return whether it was handed in just now.

    A second hand-in changes nothing. Late work is taken.

    seen_seq  of the text that the page showed; 0 = none
    raises    NothingWritten, NothingAttached, DraftChanged, EnrolmentEnded
    """
    if work.is_submitted:
        return False
    check_open(work)
    draft = queries.newest_draft(work.id)
    if (draft.seq if draft else 0) != seen_seq:
        raise DraftChanged
    work.text = check_whole(work, asked)
    work.submitted_at = now
    db.session.flush()
    return True
