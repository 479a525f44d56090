"""What is done with files: look at one that came in, keep it, find it, throw it away.

Looking at the bytes takes a while, so `receive` knows no database: call it before the
transaction that keeps the file.
"""

import hashlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import IO

from sqlalchemy import LargeBinary, bindparam, delete, exists, func, select

from lms.accounts.models import Person
from lms.db import db, only_reading
from lms.db.inserts import add_new
from lms.jobs.worker import every_day
from lms.kernel import ids
from lms.kernel.errors import Conflict, LmsError, NotFound
from lms.kernel.i18n import N_
from lms.web.formats import data_size

from . import kinds, names, uses
from .models import Upload, UploadContent

MB = 1024 * 1024
LARGEST_MB = 20  # of one file, whatever a course allows
ROOM_MB = 200  # of all files of one person
UNUSED = timedelta(days=1)  # a file in no draft and no submission is kept this long
PIECE = MB  # bytes read, and sent, at once
_PIECE = select(
    func.substr(
        UploadContent.data, bindparam("first"), bindparam("length"), type_=LargeBinary
    )
).where(UploadContent.id == bindparam("id"))


class UploadMissing(NotFound):
    message = N_("Berkas ini tidak ada, atau Anda tidak berwenang membukanya.")


class UploadTooLarge(LmsError):
    status = 413
    message = N_(
        "Berkas lebih besar dari %(mb)s MB. Perkecil gambarnya atau simpan sebagai"
        " PDF ukuran kecil, lalu lampirkan lagi."
    )


class FileTooLarge(UploadTooLarge):
    message = N_(
        "Berkas lebih besar dari %(size)s. Perkecil gambarnya atau simpan sebagai PDF"
        " ukuran kecil, lalu lampirkan lagi."
    )


class RoomFull(Conflict):
    message = N_(
        "Ruang berkas Anda (%(mb)s MB) penuh. Hapus lampiran dari draf yang belum"
        " dikumpulkan; ruangnya kembali dalam satu hari."
    )


@dataclass(frozen=True, slots=True)
class Received:
    """A file that was looked at and may be kept."""

    name: str
    kind: str
    sha256: str
    data: bytes


def receive(
    stream: IO[bytes], name: str, accept: Collection[str], largest: int
) -> Received:
    """Read a file that came in and look at what it is; touches no database.

    accept   words of kinds
    largest  bytes
    raises   FileTooLarge, and what kinds.recognise raises
    """
    largest = min(largest, LARGEST_MB * MB)
    pieces, size, digest = [], 0, hashlib.sha256()
    while piece := stream.read(PIECE):
        size += len(piece)
        if size > largest:
            raise FileTooLarge(size=data_size(largest))
        digest.update(piece)
        pieces.append(piece)
    data = b"".join(pieces)
    kind = kinds.recognise(data, accept)
    return Received(names.clean(name, kind.word), kind.word, digest.hexdigest(), data)


def keep(person_id: int, received: Received, now: datetime) -> Upload:
    """Keep a file; the same bytes of one person are kept once.

    raises  RoomFull
    """
    content_id = _content_id(person_id, received.sha256)
    if content_id is None:
        _hold(person_id)  # drafts of two assignments may fill the room at once
        if used(person_id) + len(received.data) > ROOM_MB * MB:
            raise RoomFull(mb=ROOM_MB)
        row = {
            "person_id": person_id,
            "sha256": received.sha256,
            "kind": received.kind,
            "size_bytes": len(received.data),
            "data": received.data,
        }
        add_new(UploadContent, [row])  # two tabs may send the same at once
        content_id = _content_id(person_id, received.sha256)
    row = {
        "uid": ids.new_uid(),
        "person_id": person_id,
        "content_id": content_id,
        "name": received.name,
        "at": now,
    }
    add_new(Upload, [row])
    kept = db.session.scalars(
        select(Upload).where(
            Upload.content_id == content_id, Upload.name == received.name
        )
    ).one()
    kept.at = now  # a used file again: not thrown away before it is attached
    return kept


def _hold(person_id: int) -> None:
    """Let nobody else count this person's room before the transaction ends."""
    db.session.execute(
        select(Person.id).where(Person.id == person_id).with_for_update(key_share=True)
    )


def used(person_id: int) -> int:
    """Return the bytes of all files of a person."""
    return db.session.scalar(
        select(func.coalesce(func.sum(UploadContent.size_bytes), 0)).where(
            UploadContent.person_id == person_id
        )
    )


def _content_id(person_id: int, sha256: str) -> int | None:
    return db.session.scalar(
        select(UploadContent.id).where(
            UploadContent.person_id == person_id, UploadContent.sha256 == sha256
        )
    )


@dataclass(frozen=True, slots=True)
class Opened:
    """A file that somebody may open.

    role  the right that opens another's file; "" = one's own
    """

    id: int
    content_id: int
    person_id: int
    name: str
    media_type: str
    size: int
    sha256: str
    role: str


def open_for(user, uid: str) -> Opened:
    """Return a file if `user` may open it. Raises UploadMissing otherwise."""
    found = db.session.execute(
        select(Upload, UploadContent)
        .join(UploadContent, UploadContent.id == Upload.content_id)
        .where(Upload.uid == uid)
    ).first()
    if found is None:
        raise UploadMissing
    upload, content = found
    is_own = upload.person_id == user.id
    role = "" if is_own else uses.role_of(user, upload.id)
    if role is None:
        raise UploadMissing
    return Opened(
        id=upload.id,
        content_id=content.id,
        person_id=upload.person_id,
        name=upload.name,
        media_type=kinds.KINDS[content.kind].media_type,
        size=content.size_bytes,
        sha256=content.sha256,
        role=role,
    )


def pieces(content_id: int, size: int) -> Iterator[bytes]:
    """Yield a file bit by bit; each is read by itself, when it is sent."""
    engine = db.engine

    def read(start: int) -> bytes:
        asked = {"id": content_id, "first": start + 1, "length": PIECE}
        with only_reading(), engine.connect() as connection:
            return connection.execute(_PIECE, asked).scalar_one()

    return (read(start) for start in range(0, size, PIECE))


@every_day
def throw_away(now: datetime) -> int:
    """Delete files that were sent and then used nowhere; return how many."""
    unused = delete(Upload).where(Upload.at < now - UNUSED)
    for use in uses.every():
        unused = unused.where(Upload.id.not_in(use.held))
    gone = db.session.execute(
        unused.execution_options(synchronize_session=False)
    ).rowcount
    db.session.execute(
        delete(UploadContent)
        .where(~exists().where(Upload.content_id == UploadContent.id))
        .execution_options(synchronize_session=False)
    )
    return gone
