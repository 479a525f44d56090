"""Files of published courses, found by their hash and the course they belong to."""

from collections.abc import Iterator

from sqlalchemy import LargeBinary, bindparam, func, select
from sqlalchemy.orm import load_only

from lms.db import db, only_reading
from lms.kernel.errors import NotFound

from .models import Asset, Course, CourseAsset


class AssetMissing(NotFound):
    pass


def find(course_code: str, sha: str) -> Asset:
    """Return a file the course may show, its bytes not yet read."""
    asset = db.session.scalar(
        select(Asset)
        .join(CourseAsset, CourseAsset.sha == Asset.sha)
        .join(Course, Course.id == CourseAsset.course_id)
        .where(Course.code == course_code, Asset.sha == sha)
        .options(load_only(Asset.sha, Asset.media_type, Asset.size_bytes))
    )
    if asset is None:
        raise AssetMissing
    return asset


PIECE = 1024 * 1024  # bytes read, and sent, at once
# Built once: making a statement costs more than running it.
_PIECE = select(
    func.substr(Asset.data, bindparam("first"), bindparam("length"), type_=LargeBinary)
).where(Asset.sha == bindparam("sha"))


def piece(sha: str, start: int, length: int) -> bytes:
    """Return `length` bytes of a file from `start`; the rest is not read."""
    asked = {"sha": sha, "first": start + 1, "length": length}
    return db.session.connection().execute(_PIECE, asked).scalar_one()


def pieces(sha: str, size: int) -> Iterator[bytes]:
    """Yield a whole file bit by bit; each bit is read by itself, when it is sent."""
    engine = db.engine

    def read(start: int) -> bytes:
        asked = {"sha": sha, "first": start + 1, "length": PIECE}
        with only_reading(), engine.connect() as connection:
            return connection.execute(_PIECE, asked).scalar_one()

    return (read(start) for start in range(0, size, PIECE))
