"""Releases, items and questions in the reader's language, where they are translated.

What comes out is what went in with other texts: ids, hashes and rules are the same, so
whoever grades or records never notices which language was read. The same release in
the same language is one object, as pieces of pages are kept by it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from lms.db import db

from .items import Version
from .memory import Memory
from .models import ItemText, ItemTold, QuestionText, QuestionTold

if TYPE_CHECKING:
    from .courses import Live

_courses: Memory[tuple[int, str], "Live"] = Memory(limit=256)
_items: Memory[tuple[int, str, str], Version] = Memory(limit=400)
_items_told: Memory[tuple[int, str, str], dict[str, Any]] = Memory(limit=100)
_questions: Memory[int, Version] = Memory(limit=4000)
_question_ids: Memory[tuple[int, str, str], int] = Memory(limit=8000)


def languages(live: "Live") -> tuple[str, ...]:
    """Return the languages a release can be read in, its own first."""
    own = live.manifest.get("own_language") or live.manifest["language"]
    return (own, *(live.manifest.get("translations") or {}))


def course(live: "Live", language: str) -> "Live":
    """Return a release with its titles in a language; itself where it has none."""
    said = (live.manifest.get("translations") or {}).get(language)
    if said is None:
        return live
    place = (live.release_id, language)
    found = _courses.get([place])
    if not found:
        found = {place: _translated(live, language, said)}
        _courses.put(found)
    return found[place]


def _translated(live: "Live", language: str, said: Mapping[str, Any]) -> "Live":
    own = live.manifest["language"]
    titles = said["chapters"] or [c["title"] for c in live.manifest["chapters"]]
    chapters = [
        chapter
        | {
            "title": title,
            "language": language if said["chapters"] else own,
            "items": [_entry(item, said["items"], language, own)
                      for item in chapter["items"]],
        }
        for chapter, title in zip(live.manifest["chapters"], titles, strict=True)
    ]  # fmt: skip
    has_title = bool(said["title"])
    texts = {
        "title": said["title"] or live.title,
        "summary": said["summary"] or live.summary,
    }
    manifest = (
        live.manifest
        | texts
        | {
            "objectives": said["objectives"] or live.manifest["objectives"],
            "objectives_language": language if said["objectives"] else own,
            "language": language if has_title else own,
            "own_language": own,
            "chapters": chapters,
        }
    )
    return replace(live, manifest=manifest, **texts)


def _entry(
    item: Mapping[str, Any], said: Mapping[str, Any], language: str, own: str
) -> dict[str, Any]:
    mine = said.get(item["code"])
    if mine is None:
        return {**item, "language": own}
    return {**item, "title": mine["title"], "language": language}


def is_stale(live: "Live", item_code: str, language: str) -> bool:
    """Say whether the base of an item has changed since it was translated."""
    said = (live.manifest.get("translations") or {}).get(language) or {}
    return said.get("items", {}).get(item_code, {}).get("is_stale", False)


def item(version: Version, live: "Live", language: str) -> Version:
    """Return an item of a release in a language; itself where it has none."""
    sha = _sha(version, live, language)
    if not sha:
        return version
    place = (version.id, language, sha)
    found = _items.get([place])
    if not found:
        body = db.session.scalar(
            select(ItemText.body).where(
                ItemText.item_version_id == version.id,
                ItemText.language == language,
                ItemText.sha == sha,
            )
        )
        if body is None:  # of an older version of the item
            return version
        found = {place: replace(version, body=body)}
        _items.put(found)
    return found[place]


def shown(version: Version, language: str, *releases: "Live") -> Version:
    """Return an item in a language as the first of the releases that says it has it.

    For what somebody began: of its version the live release may tell better texts,
    the one joined tells its own, and a third one none. Itself where none has it.
    """
    for release in releases:
        said = item(version, release, language)
        if said is not version:
            return said
    return version


def item_told(
    version: Version, language: str, *releases: "Live"
) -> Mapping[str, Any] | None:
    """Return what an item's key tells after acting, as `shown` finds its text.

    None where the item is read in its own language. Remembered, as its key is.
    """
    if shown(version, language, *releases) is version:
        return None
    for release in releases:
        sha = _sha(version, release, language)
        place = (version.id, language, sha)
        found = _items_told.get([place])
        if found:
            return found[place]
        told = db.session.scalar(
            select(ItemTold.told)
            .join(ItemText, ItemText.id == ItemTold.item_text_id)
            .where(
                ItemText.item_version_id == version.id,
                ItemText.language == language,
                ItemText.sha == sha,
            )
        )
        if told is not None:
            _items_told.put({place: told})
            return told
    return None


def _sha(version: Version, live: "Live", language: str) -> str:
    """Return the hash of the text that a release has of an item; "" = none."""
    said = (live.manifest.get("translations") or {}).get(language) or {}
    return said.get("items", {}).get(version.code, {}).get("sha", "")


def texts_of(
    versions: Iterable[Version], live: "Live", language: str
) -> dict[int, int]:
    """Return question version id -> id of its text in a language, as a release says."""
    said = (live.manifest.get("translations") or {}).get(language) or {}
    shas = said.get("questions", {})
    wanted = {(v.id, language, shas[v.code]) for v in versions if v.code in shas}
    found = {place[0]: n for place, n in _question_ids.get(wanted).items()}
    missing = {place for place in wanted if place[0] not in found}
    if missing:
        rows = db.session.execute(
            select(QuestionText.question_version_id, QuestionText.sha, QuestionText.id)
            .where(
                QuestionText.question_version_id.in_({place[0] for place in missing}),
                QuestionText.language == language,
            )
        )  # fmt: skip
        fresh = {(number, language, sha): n for number, sha, n in rows}
        _question_ids.put({p: n for p, n in fresh.items() if p in missing})
        found |= {p[0]: n for p, n in fresh.items() if p in missing}
    return found


def questions(
    versions: Mapping[int, Version], text_ids: Mapping[int, int]
) -> dict[int, Version]:
    """Return question versions by id, those with a text in the text's language.

    text_ids  question version id -> id of its text
    """
    wanted = {n: versions[v] for v, n in text_ids.items() if v in versions}
    found = _questions.get(wanted)
    missing = wanted.keys() - found.keys()
    if missing:
        rows = db.session.execute(
            select(QuestionText.id, QuestionText.body).where(
                QuestionText.id.in_(missing)
            )
        )
        fresh = {n: replace(wanted[n], body=body) for n, body in rows}
        _questions.put(fresh)
        found |= fresh
    return {**versions, **{version.id: version for version in found.values()}}


def told(text_ids: Iterable[int]) -> dict[int, dict[str, Any]]:
    """Return by text id what is told after answering. Never remembered, as keys are."""
    rows = db.session.execute(
        select(QuestionTold.question_text_id, QuestionTold.told).where(
            QuestionTold.question_text_id.in_(set(text_ids))
        )
    )
    return {row.question_text_id: row.told for row in rows}


def keys_told(
    keys: Mapping[int, Mapping[str, Any]], text_ids: Mapping[int, int]
) -> dict[int, dict[str, Any]]:
    """Return keys by question version id, with what they tell in the reader's language.

    For pages that explain; whoever grades uses the keys as they are.
    """
    found = told(text_ids.values())
    return {
        number: dict(key) | found.get(text_ids.get(number, 0), {})
        for number, key in keys.items()
    }


def forget() -> None:
    """Empty this process's memory; courses.forget() calls it."""
    for memory in (_courses, _items, _items_told, _questions, _question_ids):
        memory.clear()
