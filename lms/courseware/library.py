"""Everything under content/, read and checked. A broken course harms no other."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from lms.courseware import competencies, job_standards, source
from lms.courseware.competencies import Dictionary
from lms.courseware.course import SHOWN_ROOT, OpenFolder, Reading, finish, open_folder
from lms.courseware.folder import fingerprint, is_ignored
from lms.courseware.job_standards import Standards
from lms.courseware.notes import Notes
from lms.courseware.schema import Course, Finding

__all__ = ["Library", "fingerprint", "load", "load_course"]

DICTIONARY_FILE = "kompetensi.yml"
SHOWN_DICTIONARY = f"content/{DICTIONARY_FILE}"
STANDARDS_FILE = "jabatan.yml"
SHOWN_STANDARDS = f"content/{STANDARDS_FILE}"


@dataclass(frozen=True, slots=True)
class Library:
    """All courses of a content folder.

    courses   by code; only those without errors
    findings  sorted by path, line and column
    folders   folder name -> course code; None when its `id` cannot be read
    sources   texts by the path that findings show
    """

    courses: dict[str, Course]
    findings: tuple[Finding, ...]
    folders: dict[str, str | None]
    competencies: Dictionary
    sources: dict[str, str]
    standards: Standards = field(default_factory=Standards)

    def findings_of(self, folder: str) -> tuple[Finding, ...]:
        """Findings on the files of one course folder."""
        root = f"{SHOWN_ROOT}/{folder}"
        return tuple(
            f for f in self.findings if f.path == root or f.path.startswith(root + "/")
        )


def load(root: Path, owners: Mapping[str, str] | None = None) -> Library:
    """Read the whole of content/; `root` is that folder. Never raises on content.

    owners  folders by the code of the course that is live from them: a copy of such a
            folder is refused, whatever its name
    """
    root = Path(root)
    dictionary, own, sources = load_dictionary(root)
    standards, on_jobs, text = load_standards(root, dictionary)
    sources |= text
    names, stray = _folder_names(root)
    opened = [open_folder(root, name) for name in names]
    _refuse_shared_codes(opened, owners or {})
    _refuse_cycles(opened)
    known = frozenset(folder.code for folder in opened if folder.code)
    readings = [finish(folder, dictionary, known) for folder in opened]
    findings = [*own, *on_jobs, *stray, *(f for r in readings for f in r.findings)]
    for reading in readings:
        sources |= reading.sources
    return Library(
        courses={r.course.code: r.course for r in readings if r.course},
        findings=tuple(sorted(findings)),
        folders={r.folder: r.code for r in readings},
        competencies=dictionary,
        sources=sources,
        standards=standards,
    )


def load_course(
    root: Path,
    folder: str,
    dictionary: Dictionary,
    known_course_codes: Collection[str],
) -> Reading:
    """Read one folder under `root`/kursus.

    known_course_codes  codes that its prerequisites may name
    """
    return finish(
        open_folder(Path(root), folder), dictionary, frozenset(known_course_codes)
    )


def load_dictionary(
    root: Path,
) -> tuple[Dictionary, tuple[Finding, ...], dict[str, str]]:
    """The competency dictionary, its findings, and its text by shown path."""
    path, notes = Path(root) / DICTIONARY_FILE, Notes(SHOWN_DICTIONARY)
    if not path.is_symlink() and not path.is_file():
        return Dictionary(), (), {}
    text = _read_file(path, notes)
    if text is None:
        return Dictionary(is_broken=True), tuple(notes.found), {}
    dictionary = competencies.read(text, notes)
    if notes.has_errors:
        dictionary = replace(dictionary, is_broken=True)
    return dictionary, tuple(notes.found), {SHOWN_DICTIONARY: text.text}


def load_standards(
    root: Path, dictionary: Dictionary
) -> tuple[Standards, tuple[Finding, ...], dict[str, str]]:
    """What jobs ask, the findings on that file, and its text by shown path."""
    path, notes = Path(root) / STANDARDS_FILE, Notes(SHOWN_STANDARDS)
    if not path.is_symlink() and not path.is_file():
        return Standards(), (), {}
    text = _read_file(path, notes)
    if text is None:
        return Standards(is_broken=True), tuple(notes.found), {}
    standards = job_standards.read(text, dictionary, notes)
    if notes.has_errors:
        standards = replace(standards, is_broken=True)
    return standards, tuple(notes.found), {SHOWN_STANDARDS: text.text}


def _read_file(path: Path, notes: Notes) -> source.Source | None:
    """The text of a file beside the courses, None when it may not or cannot be read."""
    if path.is_symlink():
        notes.error("A148", 1, 1, "tautan berkas (symlink) tidak diikuti")
        return None
    return source.read(path.read_bytes(), notes)


def _folder_names(root: Path) -> tuple[list[str], list[Finding]]:
    home, names, stray = root / "kursus", [], []
    for path in sorted(home.iterdir()) if home.is_dir() else ():
        if is_ignored(path.name):
            continue
        if path.is_dir():
            names.append(path.name)
            continue
        notes = Notes(f"{SHOWN_ROOT}/{path.name}")
        message = "berkas ini tidak berada di dalam folder kursus, jadi tidak dibaca"
        notes.warn("K709", 1, 1, message, "pindahkan ke folder sebuah kursus")
        stray += notes.found
    return names, stray


def _refuse_shared_codes(opened: list[OpenFolder], owners: Mapping[str, str]) -> None:
    """Note folders whose code is another's: who owns it, is named like it, is first."""
    seen: dict[str, str] = {}
    there = {folder.name for folder in opened if folder.code}

    def rank(folder: OpenFolder) -> tuple[bool, bool]:
        owner = owners.get(folder.code or "", "")
        return owner in there and owner != folder.name, folder.code != folder.name

    for folder in sorted(opened, key=rank):
        if not folder.code or folder.file is None:
            continue
        if folder.code in seen:
            folder.file.fields.error(
                "K721",
                folder.file.fields.node("id"),
                f'id "{folder.code}" sudah dipakai kursus di folder '
                f'"{seen[folder.code]}"',
                "beri id lain",
            )
        seen.setdefault(folder.code, folder.name)


def _refuse_cycles(opened: list[OpenFolder]) -> None:
    """Note each prerequisite that leads back to its own course through others."""
    files = {folder.code: folder.file for folder in opened if folder.code}
    wants = {
        code: [t.text for t in file.prerequisites if t.text in files and t.text != code]
        for code, file in files.items()
        if file
    }
    for code, file in files.items():
        for text in file.prerequisites if file else ():
            way = _way_back(text.text, code, wants) if text.text != code else None
            if way:
                shown = " → ".join([code, *way])
                file.fields.error(
                    "K706",
                    text,
                    "kursus tidak boleh menjadi prasyarat dirinya sendiri "
                    f"(juga lewat kursus lain: {shown})",
                    "hapus salah satu prasyarat",
                )


def _way_back(start: str, goal: str, wants: dict[str, list[str]]) -> list[str] | None:
    """Shortest chain of prerequisites from `start` to `goal`, both included."""
    ways, seen = [[start]], {start}
    while ways:
        way = ways.pop(0)
        for following in wants.get(way[-1], ()):
            if following == goal:
                return [*way, goal]
            if following not in seen:
                seen.add(following)
                ways.append([*way, following])
    return None
