"""Private notes in lessons: write, change, take away, bring back.

Nobody but the writer ever reads a note: every read here names the person.
"""

import unicodedata
import uuid
from datetime import datetime

from sqlalchemy import select

from lms.db import db
from lms.kernel.errors import Invalid, NotFound
from lms.kernel.i18n import N_

from .models import LessonNote

LONGEST = 5_000  # letters
LARGEST_ID = 2**63 - 1
_NAMES = uuid.UUID("6f4d1f0e-6a55-5d0b-9f0e-3b1b6c9a7d21")


class NoteMissing(NotFound):
    message = N_("Catatan ini tidak ada, atau bukan milik Anda.")


class NoteEmpty(Invalid):
    message = N_("Tulis isi catatan dahulu, lalu simpan.")


class NoteTooLong(Invalid):
    message = N_(
        "Catatan paling panjang %(longest)s karakter; ini %(length)s karakter."
        " Ringkas, atau bagi menjadi dua catatan."
    )


def clean(text: str) -> str:
    """Return the text as it is kept. Raises NoteEmpty, NoteTooLong."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = "".join(
        sign
        for sign in unicodedata.normalize("NFC", text)
        if sign in "\n\t" or unicodedata.category(sign) != "Cc"
    ).strip()
    if not text:
        raise NoteEmpty
    if len(text) > LONGEST:
        raise NoteTooLong(longest=LONGEST, length=len(text))
    return text


def uid_of(person_id: int, form: str, place: tuple[int, str, str], text: str) -> str:
    """Return the name of what one form says: sent twice, it is the same note.

    form   the word made for the form when it was drawn
    place  course id, item code, anchor
    """
    said = "\0".join(map(str, (person_id, form, *place, text)))
    return str(uuid.uuid5(_NAMES, said))


def write(
    person_id: int,
    place: tuple[int, str, str],
    text: str,
    form: str,
    now: datetime,
) -> LessonNote:
    """Keep a note. The same form again is the same note, brought back if deleted.

    place   course id, item code, anchor ("" = the lesson as a whole)
    raises  NoteEmpty, NoteTooLong
    """
    text = clean(text)
    uid = uid_of(person_id, form, place, text)
    note = db.session.scalar(select(LessonNote).where(LessonNote.uid == uid))
    if note is None:
        course_id, item_code, anchor = place
        note = LessonNote(
            uid=uid,
            person_id=person_id,
            course_id=course_id,
            item_code=item_code,
            anchor=anchor,
            text=text,
            created_at=now,
            updated_at=now,
        )
        db.session.add(note)
    note.deleted_at = None
    return note


def find(person_id: int, note_id: int) -> LessonNote:
    """Return a note of the person, also a deleted one. Raises NoteMissing."""
    if note_id > LARGEST_ID:  # databases refuse to look
        raise NoteMissing
    note = db.session.scalar(
        select(LessonNote).where(
            LessonNote.id == note_id, LessonNote.person_id == person_id
        )
    )
    if note is None:
        raise NoteMissing
    return note


def change(note: LessonNote, text: str, anchor: str, now: datetime) -> None:
    """Write a note anew. Raises NoteEmpty, NoteTooLong."""
    text = clean(text)
    if (note.text, note.anchor) != (text, anchor):
        note.text, note.anchor, note.updated_at = text, anchor, now


def delete(note: LessonNote, now: datetime) -> None:
    """Take a note away; it can be brought back."""
    note.deleted_at = note.deleted_at or now


def restore(note: LessonNote) -> None:
    """Bring a deleted note back."""
    note.deleted_at = None
