"""What a list shows of a course: small, made once per release, kept by the process."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import Row, bindparam, select

from lms.db import db

from .areas import area_of
from .memory import Memory
from .models import Course, Release


# Compared as what it is, not by its contents: pieces of pages are kept by card.
@dataclass(frozen=True, slots=True, eq=False)
class Card:
    """A release of a course as lists show it.

    items     modules and quizzes of its outline
    area      what its subject is, for the motif of its cover
    promises  competency code -> level
    languages    it can be read in, that of its author first
    translations language -> (title, summary)
    prerequisites  how many courses are wanted first
    """

    course_id: int
    release_id: int
    code: str
    title: str
    summary: str
    jp: int
    minutes: int
    items: int
    area: str
    promises: dict[str, int]
    languages: tuple[str, ...] = ("id",)
    translations: dict[str, tuple[str, str]] = field(default_factory=dict)
    prerequisites: int = 0

    def in_language(self, language: str) -> tuple[str, str, str]:
        """Return title, summary and the language that both are in."""
        if language in self.translations:
            return (*self.translations[language], language)
        return self.title, self.summary, self.languages[0]


_remembered: Memory[int, Card] = Memory(limit=5000)
# Built once: making a statement costs more than running it.
_CARDS = (
    select(
        Release.course_id,
        Release.id,
        Course.code,
        Release.title,
        Release.summary,
        Release.jp,
        Release.manifest,
    )
    .join(Course, Course.id == Release.course_id)
    .where(Release.id.in_(bindparam("ids", expanding=True)))
)


def of(release_ids: Iterable[int]) -> list[Card]:
    """Return the cards of releases in the order of the ids; one statement at most."""
    wanted = list(release_ids)
    found = _remembered.get(wanted)
    missing = [n for n in wanted if n not in found]
    if missing:
        rows = db.session.connection().execute(_CARDS, {"ids": missing})
        fresh = {row.id: _as_card(row) for row in rows}
        _remembered.put(fresh)
        found |= fresh
    return [found[n] for n in wanted if n in found]


def forget() -> None:
    """Empty this process's memory; tests call it between databases."""
    _remembered.clear()


def _as_card(row: Row) -> Card:
    said = row.manifest
    return Card(
        course_id=row.course_id,
        release_id=row.id,
        code=row.code,
        title=row.title,
        summary=row.summary,
        jp=row.jp,
        minutes=said["total_minutes"],
        items=sum(len(chapter["items"]) for chapter in said["chapters"]),
        area=area_of(said),
        promises={p["code"]: p["level"] for p in said["promises"]},
        languages=(said.get("language", "id"), *(said.get("translations") or {})),
        translations={
            language: (spoken["title"], spoken["summary"])
            for language, spoken in (said.get("translations") or {}).items()
            if spoken["title"]
        },
        prerequisites=len(said.get("prerequisites") or ()),
    )
