"""Published versions of items and questions, and the keys kept apart from them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from lms.db import db
from lms.kernel.errors import NotFound
from lms.kernel.i18n import N_

from .memory import Memory
from .models import ItemKey, ItemVersion, QuestionKey, QuestionVersion


class ItemMissing(NotFound):
    message = N_("Bagian ini tidak ada dalam kursus.")


# Compared as what it is, not by its contents: pieces of pages are kept by version.
@dataclass(frozen=True, slots=True, eq=False)
class Version:
    """One version of an item or a question; immutable, so it outlives its session.

    body  what a learner may see: see lms.courseware.bundle
    """

    id: int
    course_id: int
    code: str
    kind: str
    sha: str
    body: Mapping[str, Any]


# A lesson is some 20 kB, a question 1 kB.
_items: Memory[tuple[int, str, str], Version] = Memory(limit=400)
_items_by_id: Memory[int, Version] = Memory(limit=400)
_item_keys: Memory[int, dict[str, Any]] = Memory(limit=100)
_questions: Memory[int, Version] = Memory(limit=4000)
_question_ids: Memory[tuple[int, str, str], int] = Memory(limit=8000)


def find_version(course_id: int, item_code: str, sha: str) -> Version:
    """Return one version of an item. Raises ItemMissing."""
    place = (course_id, item_code, sha)
    found = _items.get([place])
    if not found:
        row = db.session.execute(
            _columns(ItemVersion).where(
                ItemVersion.course_id == course_id,
                ItemVersion.code == item_code,
                ItemVersion.sha == sha,
            )
        ).first()
        if row is None:
            raise ItemMissing
        found = {place: Version(*row)}
        _items.put(found)
    return found[place]


def version(version_id: int) -> Version:
    """Return a version of an item by its id, as a run or an attempt keeps it.

    raises  ItemMissing
    """
    found = _items_by_id.get([version_id])
    if not found:
        row = db.session.execute(
            _columns(ItemVersion).where(ItemVersion.id == version_id)
        ).first()
        if row is None:
            raise ItemMissing
        found = {version_id: Version(*row)}
        _items_by_id.put(found)
    return found[version_id]


def item_key(version_id: int) -> dict[str, Any]:
    """Return the key of an item version: to act on what a learner chose.

    Remembered, unlike the keys of questions: each step of a simulation asks for it.
    What is returned is shared: change nothing in it. Raises ItemMissing.
    """
    found = _item_keys.get([version_id])
    if not found:
        key = db.session.scalar(
            select(ItemKey.key).where(ItemKey.item_version_id == version_id)
        )
        if key is None:
            raise ItemMissing
        found = {version_id: key}
        _item_keys.put(found)
    return found[version_id]


def question_versions(ids: Iterable[int]) -> dict[int, Version]:
    """Return question versions by id, without anything of their keys."""
    wanted = set(ids)
    found = _questions.get(wanted)
    missing = wanted - found.keys()
    if missing:
        rows = db.session.execute(
            _columns(QuestionVersion).where(QuestionVersion.id.in_(missing))
        )
        _keep_questions(fresh := [Version(*row) for row in rows])
        found |= {version.id: version for version in fresh}
    return found


def question_by_sha(course_id: int, shas: Mapping[str, str]) -> dict[str, Version]:
    """Return question versions by code.

    shas  question code -> hash, as an item's body lists them
    """
    places = {(course_id, code, sha) for code, sha in shas.items()}
    known = _questions.get(_question_ids.get(places).values())
    found = {version.code: version for version in known.values()}
    missing = {code: sha for code, sha in shas.items() if code not in found}
    if missing:
        rows = db.session.execute(
            _columns(QuestionVersion).where(
                QuestionVersion.course_id == course_id,
                QuestionVersion.code.in_(missing),
                QuestionVersion.sha.in_(missing.values()),
            )
        )
        fresh = [Version(*row) for row in rows]
        _keep_questions(fresh)
        found |= {v.code: v for v in fresh if missing[v.code] == v.sha}
    return found


def keys(ids: Iterable[int]) -> dict[int, dict[str, Any]]:
    """Return the keys of question versions by id: to grade, or to explain.

    Never remembered, and asked for only when an answer is there.
    """
    rows = db.session.execute(
        select(QuestionKey.question_version_id, QuestionKey.key).where(
            QuestionKey.question_version_id.in_(set(ids))
        )
    )
    return {row.question_version_id: row.key for row in rows}


def forget() -> None:
    """Empty this process's memory; courses.forget() calls it."""
    for memory in (_items, _items_by_id, _item_keys, _questions, _question_ids):
        memory.clear()


def _columns(model: type[ItemVersion] | type[QuestionVersion]):
    return select(
        model.id, model.course_id, model.code, model.kind, model.sha, model.body
    )


def _keep_questions(versions: Iterable[Version]) -> None:
    versions = list(versions)
    _questions.put({v.id: v for v in versions})
    _question_ids.put({(v.course_id, v.code, v.sha): v.id for v in versions})
