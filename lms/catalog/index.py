"""The search index: words, spellings and facets of the courses people may take.

Written in the transaction that publishes, so page and index say the same. Built from
manifests: titles, summary, objectives, tags, authors; and from the headings of their
lessons. Checks, what a quiz asks, keys, drafts and what people write never come here.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import delete, exists, insert, select
from sqlalchemy.dialects import postgresql, sqlite

from lms.db import db
from lms.db.prepared import Prepared
from lms.kernel import ids
from lms.kernel.text import one_line

from . import words
from .models import (
    Competency,
    Course,
    CourseFacet,
    ItemText,
    ItemVersion,
    LiveRelease,
    Release,
    SearchSpelling,
    SearchTerm,
)

RULES = 3  # raise when the same manifest gives other words or facets than before
TITLE, SUBJECT, SUMMARY, REST = 8, 4, 2, 1  # what a word says about a course, by place
VALUE = 80  # letters of a facet that are stored
AT_ONCE = 200  # courses, or words, of one statement
INSERTS = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
# The one spelling that nobody can type holds the name of the index's present state.
REVISION = ""

Manifest = Mapping[str, Any]


def put(manifests: Mapping[int, Manifest]) -> None:
    """Make courses findable as their live manifests say, in the caller's transaction.

    manifests  by course id; only of courses that new people may take
    """
    _touch()
    known = _competencies(manifests.values())
    for chunk in _chunks(manifests):
        terms: set[tuple[str, int, int]] = set()
        facets: set[tuple[int, str, str]] = set()
        spoken: set[str] = set()
        headings = _headings({n: manifests[n] for n in chunk})
        for course_id in chunk:
            said_within = headings.get(course_id, ())
            weights, said = _terms(manifests[course_id], known, said_within)
            terms |= {(term, course_id, weight) for term, weight in weights.items()}
            facets |= {(course_id, *f) for f in _facets(manifests[course_id], known)}
            spoken |= said
        gone = _replace_terms(chunk, terms)
        _replace_facets(chunk, facets)
        _add_spellings(spoken)
        _forget_spellings(gone)


def drop(course_id: int) -> None:
    """Make a course unfindable."""
    _touch()
    gone = _replace_terms([course_id], set())
    _replace_facets([course_id], set())
    _forget_spellings(gone)


def is_complete() -> bool:
    """Say whether every course of the catalogue is in the index, by today's rules."""
    return not db.session.scalar(select(exists(_missing()))) and _is_of_today()


def fill() -> int:
    """Add the courses that the index lacks; return how many. All, by new rules."""
    if not _is_of_today():
        return rebuild()
    put(found := {n: said for n, said in db.session.execute(_missing())})
    return len(found)


def rebuild() -> int:
    """Make the whole index anew; return how many courses it holds."""
    for model in (SearchTerm, CourseFacet, SearchSpelling):
        db.session.execute(delete(model))
    put(found := {n: said for n, said in db.session.execute(_listed())})
    return len(found)


def revision() -> str:
    """Return what changes whenever the index does; "" while there is none."""
    return " ".join(sorted(row.term for row in _REVISION.rows()))


def touch() -> None:
    """Let every process read the catalogue anew: names beside the index changed."""
    _touch()


_REVISION = Prepared(
    select(SearchSpelling.term).where(SearchSpelling.variant == REVISION)
)


def _touch() -> None:
    """Name the state anew; on PostgreSQL this also lets one writer in at a time."""
    db.session.execute(delete(SearchSpelling).where(SearchSpelling.variant == REVISION))
    db.session.execute(
        insert(SearchSpelling).values(variant=REVISION, term=f"{RULES} {ids.new_uid()}")
    )


def _is_of_today() -> bool:
    """Say whether the index, if there is one, was made by the rules of this code."""
    named = revision()
    return not named or named.startswith(f"{RULES} ")


def _listed():
    return (
        select(LiveRelease.course_id, Release.manifest)
        .join(Course, Course.id == LiveRelease.course_id)
        .join(Release, Release.id == LiveRelease.release_id)
        .where(Course.is_listed)
    )


def _missing():
    return _listed().where(
        ~exists().where(SearchTerm.course_id == LiveRelease.course_id)
    )


def _competencies(manifests: Iterable[Manifest]) -> dict[str, tuple[str, str]]:
    """Return code -> (name, group) of all that the manifests promise."""
    codes = {promise["code"] for said in manifests for promise in said["promises"]}
    rows = db.session.execute(
        select(Competency.code, Competency.name, Competency.group).where(
            Competency.code.in_(codes)
        )
    )
    return {row.code: (row.name, row.group) for row in rows}


def _headings(manifests: Mapping[int, Manifest]) -> dict[int, list[str]]:
    """Return course id -> headings in the live versions of its lessons."""
    rows = db.session.execute(
        select(
            ItemVersion.course_id,
            ItemVersion.code,
            ItemVersion.sha,
            ItemVersion.body["headings"],
        ).where(ItemVersion.course_id.in_(manifests), ItemVersion.kind == "module")
    )
    found: dict[int, list[str]] = {}
    for course_id, code, sha, headings in rows:
        if manifests[course_id]["item_shas"].get(code) == sha:
            texts = (heading["text"] for heading in headings or ())
            found.setdefault(course_id, []).extend(texts)
    for course_id, text in _translated_headings(manifests):
        found.setdefault(course_id, []).append(text)
    return found


def _translated_headings(
    manifests: Mapping[int, Manifest],
) -> Iterator[tuple[int, str]]:
    """Yield (course id, heading) of the live translations of its lessons."""
    shas = {
        item["sha"]
        for said in manifests.values()
        for spoken in (said.get("translations") or {}).values()
        for item in spoken["items"].values()
    }
    for chunk in _chunks(sorted(shas)):
        rows = db.session.execute(
            select(ItemVersion.course_id, ItemText.body["headings"])
            .join(ItemVersion, ItemVersion.id == ItemText.item_version_id)
            .where(
                ItemText.sha.in_(chunk),
                ItemVersion.kind == "module",
                ItemVersion.course_id.in_(manifests),
            )
        )
        for course_id, headings in rows:
            yield from ((course_id, heading["text"]) for heading in headings or ())


def _terms(
    said: Manifest, known: Mapping[str, tuple[str, str]], headings: Iterable[str]
) -> tuple[Counter[str], set[str]]:
    """Return the weight of each stem, and the words as they are written."""
    promised = [known[p["code"]][0] for p in said["promises"] if p["code"] in known]
    outline = [
        title
        for chapter in said["chapters"]
        for title in (chapter["title"], *(item["title"] for item in chapter["items"]))
    ]
    places = (
        (TITLE, [said["title"]]),
        (SUBJECT, [*said["tags"], *promised]),
        (SUMMARY, [said["summary"], *said["objectives"]]),
        (REST, [*outline, said["organiser"], *said["for_jobs"]]),
        (REST, [*said["authors"], *headings]),
        *_translated(said),
    )
    weights: Counter[str] = Counter()
    spoken: set[str] = set()
    for weight, texts in places:
        here = {word for text in texts for word in words.telling(text)}
        weights.update(dict.fromkeys({words.stem(word) for word in here}, weight))
        spoken |= here
    return weights, spoken


def _translated(said: Manifest) -> Iterator[tuple[int, list[str]]]:
    """Yield (weight, texts) of what translations say, as much as the course's own."""
    for spoken in (said.get("translations") or {}).values():
        yield TITLE, [spoken["title"]]
        yield SUMMARY, [spoken["summary"], *spoken["objectives"]]
        titles = [item["title"] for item in spoken["items"].values()]
        yield REST, [*spoken["chapters"], *titles]


def _facets(
    said: Manifest, known: Mapping[str, tuple[str, str]]
) -> Iterator[tuple[str, str]]:
    """Yield (kind, value) of all that the course can be filtered by."""
    for tag in {t.casefold(): t for t in map(one_line, said["tags"]) if t}.values():
        yield "topic", tag[:VALUE]
    for code, level in {p["code"]: p["level"] for p in said["promises"]}.items():
        yield "competency", code
        yield "raises", f"{code}/{level}"
        if code in known:
            yield "group", known[code][1]
    for code in said["for_jobs"]:
        yield "family", code[:VALUE]
    for language in (said["language"], *(said.get("translations") or {})):
        yield "language", language


def _replace_terms(course_ids: list[int], terms: set[tuple[str, int, int]]) -> set[str]:
    """Store the terms of courses; return those that these courses have no more."""
    columns = (SearchTerm.term, SearchTerm.course_id, SearchTerm.weight)
    mine = SearchTerm.course_id.in_(course_ids)
    before = {tuple(row) for row in db.session.execute(select(*columns).where(mine))}
    if before == terms:
        return set()
    db.session.execute(delete(SearchTerm).where(mine))
    _insert(SearchTerm, ("term", "course_id", "weight"), terms)
    return {term for term, *_ in before} - {term for term, *_ in terms}


def _replace_facets(course_ids: list[int], facets: set[tuple[int, str, str]]) -> None:
    columns = (CourseFacet.course_id, CourseFacet.kind, CourseFacet.value)
    mine = CourseFacet.course_id.in_(course_ids)
    before = {tuple(row) for row in db.session.execute(select(*columns).where(mine))}
    if before != facets:
        db.session.execute(delete(CourseFacet).where(mine))
        _insert(CourseFacet, ("course_id", "kind", "value"), facets)


def _insert(model, columns: tuple[str, ...], rows: set[tuple]) -> None:
    """Add rows in one order, so that two publishers never wait for each other."""
    if rows:
        db.session.execute(
            insert(model),
            [dict(zip(columns, row, strict=True)) for row in sorted(rows)],
        )


def _add_spellings(spoken: set[str]) -> None:
    for chunk in _chunks(sorted(spoken)):
        known = set(
            db.session.scalars(
                select(SearchSpelling.term).where(
                    SearchSpelling.term.in_(chunk),
                    SearchSpelling.variant == SearchSpelling.term,
                )
            )
        )
        rows = [
            {"variant": variant, "term": word}
            for word in chunk
            if word not in known
            for variant in sorted(words.variants(word))
        ]
        if rows:
            make = INSERTS[db.session.get_bind().dialect.name]
            db.session.execute(make(SearchSpelling).on_conflict_do_nothing(), rows)


def _forget_spellings(gone: set[str]) -> None:
    """Delete the spellings of words whose stem is in no course any more."""
    for chunk in _chunks(sorted(gone)):
        gone -= set(
            db.session.scalars(
                select(SearchTerm.term).where(SearchTerm.term.in_(chunk)).distinct()
            )
        )
    if not gone:
        return
    unused = [word for word in spoken() if words.stem(word) in gone]
    for chunk in _chunks(unused):
        db.session.execute(delete(SearchSpelling).where(SearchSpelling.term.in_(chunk)))


def spoken() -> list[str]:
    """Return every word of the index as it is written."""
    rows = db.session.connection().execute(_SPOKEN).scalars()
    return [word for word in rows if word]


_SPOKEN = select(SearchSpelling.term).where(
    SearchSpelling.variant == SearchSpelling.term
)


def _chunks(many: Iterable) -> Iterator[list]:
    every = list(many)
    for start in range(0, len(every), AT_ONCE):
        yield every[start : start + AT_ONCE]
