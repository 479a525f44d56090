"""One course folder, from its files to a checked `Course`."""

from dataclasses import dataclass, field
from pathlib import Path

from lms.courseware import (
    assets,
    course_checks,
    course_file,
    kinds,
    marks,
    prose,
    source,
    translated_course,
    translation_files,
    video,
)
from lms.courseware.competencies import Dictionary
from lms.courseware.course_checks import Parts
from lms.courseware.course_file import FILE, CourseFile
from lms.courseware.folder import Listing, list_files
from lms.courseware.links import PLAYED
from lms.courseware.notes import Notes
from lms.courseware.schema import (
    Bank,
    Chapter,
    Course,
    Finding,
    Promise,
    Translation,
)
from lms.courseware.source import Source
from lms.courseware.translation_files import Base, Language

SHOWN_ROOT = "content/kursus"


@dataclass(slots=True)
class OpenFolder:
    """A course folder whose files are listed and whose `kursus.yml` is read."""

    name: str
    listing: Listing
    file: CourseFile | None
    notes: list[Notes] = field(default_factory=list)
    sources: dict[str, Source] = field(default_factory=dict)

    @property
    def code(self) -> str | None:
        return (self.file.code or None) if self.file else None


@dataclass(frozen=True, slots=True)
class Reading:
    """What became of one folder. `course` None = it has mistakes.

    code     its `id` where readable, also when the course has mistakes
    sources  texts by the path that findings show
    """

    folder: str
    code: str | None
    course: Course | None
    findings: tuple[Finding, ...]
    sources: dict[str, str]


def open_folder(root: Path, name: str) -> OpenFolder:
    """List a folder under `root`/kursus and read its `kursus.yml`."""
    shown = f"{SHOWN_ROOT}/{name}"
    listing, notes = list_files(root / "kursus" / name, shown)
    opened = OpenFolder(name, listing, None, notes)
    if FILE not in listing.sizes:
        missing = Notes(f"{shown}/{FILE}")
        if not any(n.found for n in notes):
            message = "folder kursus ini belum punya kursus.yml"
            missing.error("K700", 1, 1, message, "buat kursus.yml di folder ini")
        notes.append(missing)
        return opened
    own = Notes(f"{shown}/{FILE}")
    notes.append(own)
    text = source.read(listing.read(FILE), own)
    if text is not None:
        opened.sources[FILE] = text
        opened.file = course_file.read(text, own)
    return opened


def finish(
    opened: OpenFolder, dictionary: Dictionary, known_courses: frozenset[str]
) -> Reading:
    """Read all items of an opened folder and check the course as a whole."""
    course = None
    if opened.file is not None:
        parts = _read_items(opened, opened.file, dictionary)
        course_checks.check(parts, known_courses)
        used = _check_assets(parts, opened)
        languages, more = _read_translations(parts, opened, dictionary)
        used |= more
        _check_unused(used, parts, opened)
        if not any(notes.has_errors for notes in opened.notes):
            course = _assemble(parts, opened.listing, used, languages)
    findings = sorted(finding for notes in opened.notes for finding in notes.found)
    shown = {
        f"{SHOWN_ROOT}/{opened.name}/{path}": text.text
        for path, text in opened.sources.items()
    }
    return Reading(opened.name, opened.code, course, tuple(findings), shown)


def _read_items(opened: OpenFolder, file: CourseFile, dictionary: Dictionary) -> Parts:
    parts = Parts(file, dictionary, sizes=opened.listing.sizes)
    for path in sorted(opened.listing.sizes):
        if not path.endswith(".md") or path.endswith(assets.TRANSCRIPT):
            continue
        if translation_files.language_of(path, file.simple["language"]):
            continue
        notes = Notes(f"{SHOWN_ROOT}/{opened.name}/{path}")
        opened.notes.append(notes)
        parts.notes[path] = notes
        text = _read_text(path, opened, notes)
        if text is None:
            parts.readings[path] = kinds.Reading()
            continue
        parts.sources[path] = text
        parts.readings[path] = kinds.read(text, path, dictionary, notes)
    return parts


def _check_assets(parts: Parts, opened: OpenFolder) -> frozenset[str]:
    used: set[str] = set()
    for path, text in parts.sources.items():
        used |= assets.check(text, path, parts.sizes, parts.notes[path])
    for path in sorted(used):
        if path.endswith(assets.TRANSCRIPT):
            used |= _check_transcript(path, parts, opened)
    _check_videos(used, parts, opened)
    return frozenset(used - parts.readings.keys())


def _check_unused(used: frozenset[str], parts: Parts, opened: OpenFolder) -> None:
    for path in sorted(parts.sizes):
        if path in used or path in opened.sources or path in parts.readings:
            continue
        notes = Notes(f"{SHOWN_ROOT}/{opened.name}/{path}")
        message = "berkas aset ini tidak dipakai di mana pun"
        notes.warn("D406", 1, 1, message, "hapus, atau pakai di salah satu modul")
        opened.notes.append(notes)


def _read_translations(
    parts: Parts, opened: OpenFolder, dictionary: Dictionary
) -> tuple[dict[str, Translation], frozenset[str]]:
    """Read the folders of languages; return their texts, and the files they use."""
    file, own = parts.course, parts.course.simple["language"]
    base = Base(file, parts.readings, parts.sources | _course_source(opened))
    found: dict[str, Language] = {code: Language(code) for code in file.languages}
    used: set[str] = set()
    for path in sorted(parts.sizes):
        code = translation_files.language_of(path, own)
        inside = translation_files.base_path(path)
        if not code or not (path.endswith(".md") or inside == FILE):
            continue
        into = found.setdefault(code, Language(code))
        notes = Notes(f"{SHOWN_ROOT}/{opened.name}/{path}")
        opened.notes.append(notes)
        text = _read_text(path, opened, notes)
        if text is None:
            continue
        if inside == FILE:
            read = translated_course.read_course(text, base, into)
        else:
            read = translation_files.read(text, path, base, dictionary, into)
            # Its links are written as in the base file.
            used |= assets.check(text, inside, parts.sizes, read)
        opened.notes.append(read)
    translated_course.check_whole(base, found, parts.sizes, parts.course.notes)
    made = {code: one.made for code, one in found.items() if code in file.languages}
    return made, frozenset(used - parts.readings.keys())


def _course_source(opened: OpenFolder) -> dict[str, Source]:
    return {FILE: opened.sources[FILE]} if FILE in opened.sources else {}


def _read_text(path: str, opened: OpenFolder, notes: Notes) -> Source | None:
    """Read one text of the folder, or note why it cannot be read."""
    if opened.listing.sizes[path] > source.MAX_BYTES:
        source.refuse_size(opened.listing.sizes[path], notes)
        return None
    text = source.read(opened.listing.read(path), notes)
    if text is not None:
        opened.sources[path] = text
    return text


def _check_transcript(path: str, parts: Parts, opened: OpenFolder) -> frozenset[str]:
    """Check a text that learners read beside a video; return the files it uses."""
    notes = Notes(f"{SHOWN_ROOT}/{opened.name}/{path}")
    opened.notes.append(notes)
    text = _read_text(path, opened, notes)
    if text is None:
        return frozenset()
    inside, _opened = marks.in_code(text.lines)
    for number, (line, is_code) in enumerate(zip(text.lines, inside, strict=True), 1):
        if not is_code:
            prose.check_outside(number, line, notes)
            prose.check_visible(number, line, notes)
    return assets.check(text, path, parts.sizes, notes)


def _check_videos(used: set[str], parts: Parts, opened: OpenFolder) -> None:
    """Note videos heavier than their length needs, on the video itself."""
    for path in sorted(used):
        if path.lower().endswith(PLAYED) and parts.sizes[path] <= video.LARGEST:
            notes = Notes(f"{SHOWN_ROOT}/{opened.name}/{path}")
            opened.notes.append(notes)
            video.check_weight(opened.listing.read(path), notes)


def _assemble(
    parts: Parts,
    listing: Listing,
    used: frozenset[str],
    languages: dict[str, Translation],
) -> Course:
    file = parts.course
    listed = parts.listed
    return Course(
        **file.simple,
        chapters=tuple(
            Chapter(
                title, tuple(listed[course_checks.clean(t.text)].code for t in texts)
            )
            for title, texts in file.chapters
        ),
        items={r.code: r.item for r in listed.values()},
        banks={
            path: r.item
            for path, r in parts.readings.items()
            if isinstance(r.item, Bank)
        },
        passing=tuple((code.text, rule) for code, rule in file.passing if rule),
        prerequisites=tuple(t.text for t in file.prerequisites),
        promises=tuple(
            Promise(p.code, p.level, tuple(t.text for t in p.proof))
            for p in file.promises
        ),
        files={path: listing.read(path) for path in sorted(used)},
        translations=languages,
    )
