"""Files of a draft: put on it and taken off again; after handing in neither."""

from datetime import datetime

from sqlalchemy import func, select

from lms.db import db
from lms.db.inserts import add_new
from lms.kernel.errors import Conflict, NotFound
from lms.kernel.i18n import N_
from lms.uploads.models import Upload

from .models import WorkFile

MOST = 5


class FileMissing(NotFound):
    message = N_("Lampiran itu tidak ada, atau sudah dihapus.")


class TooManyFiles(Conflict):
    message = N_("Paling banyak %(most)d lampiran. Hapus salah satu dahulu.")


def attach(work_id: int, upload: Upload, now: datetime) -> None:
    """Attach a file to an open, locked draft; the same file twice is one.

    raises  TooManyFiles
    """
    others = db.session.scalar(
        select(func.count())
        .select_from(WorkFile)
        .where(WorkFile.work_id == work_id, WorkFile.upload_id != upload.id)
    )
    if others >= MOST:
        raise TooManyFiles(most=MOST)
    row = {"work_id": work_id, "upload_id": upload.id, "attached_at": now}
    add_new(WorkFile, [row])


def take_off(work_id: int, number: int) -> None:
    """Take a file off an open, locked draft. Raises FileMissing."""
    row = db.session.scalar(
        select(WorkFile).where(WorkFile.work_id == work_id, WorkFile.id == number)
    )
    if row is None:
        raise FileMissing
    db.session.delete(row)


def copy(from_id: int, to_id: int, now: datetime) -> None:
    """Attach the files of one round to the next as well."""
    uploads = db.session.scalars(
        select(WorkFile.upload_id)
        .where(WorkFile.work_id == from_id)
        .order_by(WorkFile.id)
    ).all()
    rows = [
        {"work_id": to_id, "upload_id": upload_id, "attached_at": now}
        for upload_id in uploads
    ]
    add_new(WorkFile, rows)
