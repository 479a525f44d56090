"""Tables of people's files."""

from datetime import datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    LargeBinary,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from lms.db import Base, BigInt, Id


def _to(target: str):
    return ForeignKey(target, ondelete="RESTRICT")


class UploadContent(Base):
    """The bytes of a file, once for each person however often they send them.

    kind  one of lms.uploads.kinds, by the bytes: "pdf"
    """

    __tablename__ = "upload_contents"
    __table_args__ = (
        UniqueConstraint("person_id", "sha256"),
        CheckConstraint("size_bytes > 0", "size"),
    )

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(BigInt, _to("people.id"))
    sha256: Mapped[str] = mapped_column(String(64))
    kind: Mapped[str] = mapped_column(String(8))
    size_bytes: Mapped[int]
    data: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)


class Upload(Base):
    """A file under a name; `at` is when it was sent last."""

    __tablename__ = "uploads"
    __table_args__ = (UniqueConstraint("content_id", "name"),)

    id: Mapped[Id]
    uid: Mapped[str] = mapped_column(String(36), unique=True)
    person_id: Mapped[int] = mapped_column(BigInt, _to("people.id"), index=True)
    content_id: Mapped[int] = mapped_column(BigInt, _to("upload_contents.id"))
    name: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime]
