"""From a content folder to live courses; a broken course harms nothing that is live."""

import hashlib
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Protocol

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from lms.courseware import bundle, library, sanitize
from lms.courseware.bundle import BundleError
from lms.courseware.course import SHOWN_ROOT
from lms.courseware.folder import is_ignored
from lms.courseware.library import Library
from lms.courseware.render import ChildFailed
from lms.courseware.schema import Course as CourseSource
from lms.courseware.schema import Finding
from lms.db import db, only_reading
from lms.kernel.errors import NotFound
from lms.kernel.i18n import N_

from . import competencies, index, releases
from .models import Course, Release
from .releases import Source

TRIES = 3  # another publisher may add the same course or picture at the same moment

Hook = Callable[[Path, datetime], bool]  # content folder, instant
_after: list[Hook] = []


def after_publish(hook: Hook) -> Hook:
    """Let `hook` take its own files from the content folder at each publishing.

    It runs once in a transaction of its own, also when no course has changed: it has
    to find out by itself, and quickly, whether there is anything to do; it returns
    whether there was.
    """
    _after.append(hook)
    return hook


class Gate(Protocol):
    """Who has to agree before a course is published."""

    def holds(
        self, built: bundle.Bundle, course: CourseSource, source: Source
    ) -> tuple[str, ...]:
        """Return why it may not be published as it is; () lets it pass."""

    def stored(
        self, release: Release, built: bundle.Bundle, course: CourseSource
    ) -> None:
        """Write down what was agreed to, in the transaction of the release."""


# note -> gate; note "" = nobody has agreed to anything
MakeGate = Callable[[str], Gate]
_gates: list[MakeGate] = []


def guarded_by(make: MakeGate) -> MakeGate:
    """Have publishing from the command line ask a gate; a later feature knows it."""
    _gates[:] = [make]
    return make


def gate(note: str = "") -> Gate | None:
    """Return the gate for somebody who agrees with a note, "" without one."""
    return _gates[0](note) if _gates else None


class FolderMissing(NotFound):
    message = N_("Kursus “%(name)s” tidak ada di folder isi.")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one course folder.

    code     "" when its id cannot be read
    state    published; unchanged: it says what the live release says;
             draft: not for learners yet; broken: see findings;
             failed: the renderer broke down, see `trouble`;
             held: somebody has to agree first, see `reasons`
    number   of the release made, else None
    """

    folder: str
    code: str
    state: str
    number: int | None = None
    findings: tuple[Finding, ...] = ()
    trouble: str = ""
    reasons: tuple[str, ...] = ()

    @property
    def is_bad(self) -> bool:
        return self.state in ("broken", "failed", "held")


@dataclass(frozen=True, slots=True)
class Report:
    """All folders in the order of their names; `findings` of files beside them."""

    outcomes: tuple[Outcome, ...]
    findings: tuple[Finding, ...] = ()

    @property
    def is_ok(self) -> bool:
        return not any(outcome.is_bad for outcome in self.outcomes)

    @property
    def published(self) -> list[Outcome]:
        return [outcome for outcome in self.outcomes if outcome.state == "published"]


def publish_all(
    content_root: Path | str,
    now: datetime,
    actor_id: int | None = None,
    only: Collection[str] | None = None,
    gate: Gate | None = None,
) -> Report:
    """Publish what has changed; one short transaction per course, all or nothing.

    Folders whose files have not changed since they were last published are not even
    read. Rendering stands outside every transaction. The session must hold no
    unsaved work: it is begun and ended here.

    only    folder names or course codes; None = all
    gate    is asked for each course; None = nobody has to agree
    raises  FolderMissing  when one of `only` is in no folder
    """
    root = Path(content_root)
    db.session.rollback()
    known = _known_courses()
    shas = dict(folder_shas(root))
    wanted = _wanted(shas, known, only)
    changed = {f for f in wanted if known.get(f, ("", ""))[1] != shas.get(f)}
    if changed:
        act = _Act(now, actor_id, gate)
        report = _publish_changed(root, shas, known, wanted, act)
    else:
        report = Report(tuple(_unchanged(f, known) for f in sorted(wanted)))
    _catch_up(root)
    news = [_in_transaction(lambda hook=hook: hook(root, now)) for hook in _after]
    if any(news):
        _in_transaction(index.touch)  # families of jobs may be called otherwise now
    return report


def _publish_changed(
    root: Path,
    shas: dict[str, str],
    known: dict[str, tuple[str, str]],
    wanted: set[str],
    act: "_Act",
) -> Report:
    """Read all files, then publish those of `wanted` that are new or have changed."""
    unread = wanted - shas.keys()  # may be the code of a course not yet published
    changed = {f for f in wanted - unread if known.get(f, ("", ""))[1] != shas[f]}
    read = library.load(root, {code: folder for folder, (code, _) in known.items()})
    _in_transaction(lambda: competencies.store(read.competencies))
    by_code = {code: folder for folder, code in read.folders.items() if code}
    for name in unread:
        if name not in by_code:
            raise FolderMissing(name=name)
    todo = changed | {by_code[name] for name in unread}
    outcomes = tuple(
        _publish(read, Source(folder, shas[folder], True), act)
        if folder in todo
        else _unchanged(folder, known)
        for folder in sorted((wanted - unread) | todo)
    )
    return Report(outcomes, _findings_beside(read))


def _catch_up(root: Path) -> None:
    """Store what an older program did not take from files that have not changed."""
    if not _read_only(competencies.are_levels_stored):
        dictionary, *_ = library.load_dictionary(root)
        _in_transaction(lambda: competencies.store(dictionary))
    if not _read_only(index.is_complete):
        _in_transaction(index.fill)


def _known_courses() -> dict[str, tuple[str, str]]:
    """Return (code, hash last published) by folder."""
    columns = select(Course.folder, Course.code, Course.source_sha)
    rows = _read_only(lambda: db.session.execute(columns).all())
    return {row.folder: (row.code, row.source_sha) for row in rows}


def _read_only(act):
    """Run `act` in a transaction that takes no write lock."""
    with only_reading(), db.session.begin():
        return act()


def folder_shas(root: Path) -> Iterator[tuple[str, str]]:
    """Yield folder names and the hash of all that a release of it is made of."""
    base = hashlib.sha256(f"{bundle.RENDERER} {sanitize.VERSION}".encode())
    dictionary = root / library.DICTIONARY_FILE
    base.update(dictionary.read_bytes() if dictionary.is_file() else b"")
    home = root / "kursus"
    for path in sorted(home.iterdir()) if home.is_dir() else ():
        if path.is_dir() and not is_ignored(path.name):
            total = base.copy()
            if not path.is_symlink():  # the linter refuses a linked folder
                total.update(library.fingerprint(path).encode())
            yield path.name, total.hexdigest()


def _wanted(
    shas: dict[str, str],
    known: dict[str, tuple[str, str]],
    only: Collection[str] | None,
) -> set[str]:
    """Return folder names; of `only`, what is neither stays as it was written."""
    if only is None:
        return set(shas)
    by_code = {code: folder for folder, (code, _sha) in known.items() if folder in shas}
    return {name if name in shas else by_code.get(name, name) for name in only}


def _unchanged(folder: str, known: dict[str, tuple[str, str]]) -> Outcome:
    return Outcome(folder, known[folder][0], "unchanged")


@dataclass(frozen=True, slots=True)
class _Act:
    """Who publishes, when, and who has to agree."""

    now: datetime
    actor_id: int | None
    gate: Gate | None


def _publish(read: Library, source: Source, act: _Act) -> Outcome:
    code = read.folders.get(source.folder)
    findings = read.findings_of(source.folder)
    course = read.courses.get(code or "")
    if course is None or any(finding.is_error for finding in findings):
        return Outcome(source.folder, code or "", "broken", findings=findings)
    if course.status == "draft":
        _in_transaction(lambda: releases.keep_back(course.code, source, act.now))
        return Outcome(source.folder, course.code, "draft", findings=findings)
    try:
        built = bundle.build(course)
    except BundleError as err:
        found = (*findings, *in_folder(source.folder, err.findings))
        return Outcome(source.folder, course.code, "broken", findings=found)
    except ChildFailed as err:
        return Outcome(source.folder, course.code, "failed", trouble=str(err))
    source = replace(source, is_listed=course.status == "live")
    reasons = act.gate.holds(built, course, source) if act.gate else ()
    if reasons:
        return Outcome(source.folder, course.code, "held", None, findings, "", reasons)
    number = _in_transaction(lambda: _store(built, course, source, act))
    state = "published" if number else "unchanged"
    return Outcome(source.folder, course.code, state, number, findings)


def _store(
    built: bundle.Bundle,
    course: CourseSource,
    source: Source,
    act: _Act,
) -> int | None:
    release = releases.store(built, source, act.now, act.actor_id)
    if release and act.gate:
        act.gate.stored(release, built, course)
    return release.number if release else None


def _in_transaction(act):
    """Run `act` and commit, or leave nothing; again when another was first."""
    for rest in reversed(range(TRIES)):
        try:
            with db.session.begin():
                return act()
        except IntegrityError:
            if not rest:
                raise
    return None


def in_folder(folder: str, findings: Collection[Finding]) -> list[Finding]:
    """Return findings of the renderer with paths as the linter shows them."""
    return [replace(f, path=f"{SHOWN_ROOT}/{folder}/{f.path}") for f in findings]


def _findings_beside(read: Library) -> tuple[Finding, ...]:
    """Return findings that belong to no course folder: dictionary, stray files."""
    inside = {f for folder in read.folders for f in read.findings_of(folder)}
    return tuple(f for f in read.findings if f not in inside)
