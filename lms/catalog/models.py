"""Tables of published courses. Rows of versions and releases are never updated."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from lms.db import Base, BigInt, Id


def _to(target: str):
    return ForeignKey(target, ondelete="RESTRICT")


class Course(Base):
    """A course folder; everything else stands in its releases."""

    __tablename__ = "courses"

    id: Mapped[Id]
    code: Mapped[str] = mapped_column(String(80), unique=True)
    folder: Mapped[str] = mapped_column(String(120))
    source_sha: Mapped[str] = mapped_column(String(64))  # of the folder last read
    is_listed: Mapped[bool] = mapped_column(default=True)  # status: tayang
    created_at: Mapped[datetime]


class Release(Base):
    """One publication (terbitan) of a course: immutable, numbered from 1.

    manifest  see lms.courseware.bundle: outline, passing rule, item hashes
    """

    __tablename__ = "releases"
    __table_args__ = (UniqueConstraint("course_id", "number"),)

    id: Mapped[Id]
    course_id: Mapped[int] = mapped_column(BigInt, _to("courses.id"))
    number: Mapped[int]
    edition: Mapped[int]
    sha: Mapped[str] = mapped_column(String(64))  # of the manifest
    title: Mapped[str] = mapped_column(String(255))
    summary: Mapped[str] = mapped_column(Text)
    jp: Mapped[int]
    manifest: Mapped[dict[str, Any]] = mapped_column(JSON)
    published_at: Mapped[datetime]
    published_by: Mapped[int | None]  # person; None = command line


class LiveRelease(Base):
    """Which release of a course people see now; the one pointer that moves."""

    __tablename__ = "live_releases"

    course_id: Mapped[int] = mapped_column(BigInt, _to("courses.id"), primary_key=True)
    release_id: Mapped[int] = mapped_column(BigInt, _to("releases.id"), unique=True)


class ItemVersion(Base):
    """One item as it was rendered; `body` is what a learner may see of it."""

    __tablename__ = "item_versions"
    __table_args__ = (UniqueConstraint("course_id", "code", "sha"),)

    id: Mapped[Id]
    course_id: Mapped[int] = mapped_column(BigInt, _to("courses.id"))
    code: Mapped[str] = mapped_column(String(80))
    kind: Mapped[str] = mapped_column(String(20))  # module, quiz, simulation …
    sha: Mapped[str] = mapped_column(String(64))
    body: Mapped[dict[str, Any]] = mapped_column(JSON)


class ItemKey(Base):
    """What of an item version no learner may see before acting, apart from its body.

    Simulations have one: where choices lead, what they earn, how endings are called.
    """

    __tablename__ = "item_keys"

    item_version_id: Mapped[int] = mapped_column(
        BigInt, _to("item_versions.id"), primary_key=True
    )
    key: Mapped[dict[str, Any]] = mapped_column(JSON)


class QuestionVersion(Base):
    """One question as it was rendered, without anything of its key."""

    __tablename__ = "question_versions"
    __table_args__ = (UniqueConstraint("course_id", "code", "sha"),)

    id: Mapped[Id]
    course_id: Mapped[int] = mapped_column(BigInt, _to("courses.id"))
    code: Mapped[str] = mapped_column(String(80))
    kind: Mapped[str] = mapped_column(String(20))
    sha: Mapped[str] = mapped_column(String(64))
    body: Mapped[dict[str, Any]] = mapped_column(JSON)


class QuestionKey(Base):
    """The key of a question version, apart so that no learner's query meets it."""

    __tablename__ = "question_keys"

    question_version_id: Mapped[int] = mapped_column(
        BigInt, _to("question_versions.id"), primary_key=True
    )
    key: Mapped[dict[str, Any]] = mapped_column(JSON)


class ItemText(Base):
    """An item version in another language: texts only; see lms.courseware.spoken."""

    __tablename__ = "item_texts"
    __table_args__ = (UniqueConstraint("item_version_id", "language", "sha"),)

    id: Mapped[Id]
    item_version_id: Mapped[int] = mapped_column(BigInt, _to("item_versions.id"))
    language: Mapped[str] = mapped_column(String(5))
    sha: Mapped[str] = mapped_column(String(64))
    body: Mapped[dict[str, Any]] = mapped_column(JSON)


class ItemTold(Base):
    """What of an item's key is told after acting, in another language; apart, as it is.

    Of a simulation what followed from a choice; what counts stands in the key alone.
    """

    __tablename__ = "item_told"

    item_text_id: Mapped[int] = mapped_column(
        BigInt, _to("item_texts.id"), primary_key=True
    )
    told: Mapped[dict[str, Any]] = mapped_column(JSON)


class QuestionText(Base):
    """A question version in another language, without anything of its key."""

    __tablename__ = "question_texts"
    __table_args__ = (UniqueConstraint("question_version_id", "language", "sha"),)

    id: Mapped[Id]
    question_version_id: Mapped[int] = mapped_column(
        BigInt, _to("question_versions.id")
    )
    language: Mapped[str] = mapped_column(String(5))
    sha: Mapped[str] = mapped_column(String(64))
    body: Mapped[dict[str, Any]] = mapped_column(JSON)


class QuestionTold(Base):
    """What is told after answering, in another language; apart, as the key is.

    Feedback and explanations only: what is right stands in the key alone.
    """

    __tablename__ = "question_told"

    question_text_id: Mapped[int] = mapped_column(
        BigInt, _to("question_texts.id"), primary_key=True
    )
    told: Mapped[dict[str, Any]] = mapped_column(JSON)


class Asset(Base):
    """A picture, stored once by its SHA-256."""

    __tablename__ = "assets"

    sha: Mapped[str] = mapped_column(String(64), primary_key=True)
    media_type: Mapped[str] = mapped_column(String(60))
    size_bytes: Mapped[int]
    data: Mapped[bytes] = mapped_column(LargeBinary)


class CourseAsset(Base):
    """Which course may show which asset, under which name."""

    __tablename__ = "course_assets"

    course_id: Mapped[int] = mapped_column(BigInt, _to("courses.id"), primary_key=True)
    sha: Mapped[str] = mapped_column(String(64), _to("assets.sha"), primary_key=True)
    name: Mapped[str] = mapped_column(String(200))


class Competency(Base):
    """A competency of the dictionary, as last published: what its code is called."""

    __tablename__ = "competencies"

    code: Mapped[str] = mapped_column(String(20), primary_key=True)
    name: Mapped[str] = mapped_column(String(160))
    group: Mapped[str] = mapped_column(String(40))  # as in kompetensi.yml: jenis


class CompetencyLevel(Base):
    """What a competency looks like at a level, as last published."""

    __tablename__ = "competency_levels"

    code: Mapped[str] = mapped_column(
        String(20), _to("competencies.code"), primary_key=True
    )
    level: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    text: Mapped[str] = mapped_column(String(500))


class SearchTerm(Base):
    """A stemmed word of a live course, and how much it says about the course."""

    __tablename__ = "search_terms"

    term: Mapped[str] = mapped_column(String(60), primary_key=True)
    course_id: Mapped[int] = mapped_column(
        BigInt, _to("courses.id"), primary_key=True, index=True
    )
    weight: Mapped[int]


class SearchSpelling(Base):
    """A term with letters left out: how a misspelt word finds the term meant."""

    __tablename__ = "search_spellings"

    variant: Mapped[str] = mapped_column(String(60), primary_key=True)
    term: Mapped[str] = mapped_column(String(60), primary_key=True, index=True)


class CourseFacet(Base):
    """What a live course can be filtered by.

    kind  topic, competency, group (of competencies), family (of jobs)
    """

    __tablename__ = "course_facets"
    __table_args__ = (Index(None, "kind", "value"),)

    course_id: Mapped[int] = mapped_column(BigInt, _to("courses.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    value: Mapped[str] = mapped_column(String(80), primary_key=True)
