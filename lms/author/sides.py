"""The two sides of a review: what is live, and what a folder would publish now."""

from dataclasses import dataclass
from pathlib import Path

from lms.catalog import courses, items, publishing
from lms.catalog.courses import CourseMissing, Live
from lms.catalog.memory import Memory
from lms.courseware import bundle, library
from lms.courseware.bundle import BundleError
from lms.courseware.changes import Asked, Publication, of_bundle
from lms.courseware.changes.publication import shas_of
from lms.courseware.render import ChildFailed
from lms.courseware.schema import Finding

KEYED = ("simulation",)  # kinds of items that have a key of their own


@dataclass(frozen=True, slots=True)
class Folder:
    """A course folder as it stands.

    sha    of all its files; "" when the folder is gone
    side   None when it cannot be published: see findings
    """

    name: str
    sha: str
    code: str
    findings: tuple[Finding, ...] = ()
    side: Publication | None = None
    authors: tuple[str, ...] = ()
    is_draft: bool = False

    @property
    def is_broken(self) -> bool:
        return self.side is None and not self.is_draft

    @property
    def edition(self) -> int:
        return self.side.manifest["edition"] if self.side else 0


# Rendering takes a second: who looks at a review and then publishes waits once.
_kept: Memory[tuple[str, str, str], Folder] = Memory(limit=8)


def sha_of(root: Path, name: str) -> str:
    """Return the hash of a folder as it is now, "" when there is none."""
    return dict(publishing.folder_shas(root)).get(name, "")


def of_folder(root: Path, name: str) -> Folder:
    """Return what a folder would publish now; renders it when it has changed."""
    sha = sha_of(root, name)
    place = (str(root), name, sha)
    found = _kept.get([place])
    if not found:
        found = {place: _read(root, name, sha)}
        _kept.put(found)
    return found[place]


def _read(root: Path, name: str, sha: str) -> Folder:
    read = library.load(root)
    code, findings = read.folders.get(name), read.findings_of(name)
    course = read.courses.get(code or "")
    if course is None or any(finding.is_error for finding in findings):
        return Folder(name, sha, code or "", findings)
    try:
        built = bundle.build(course)
    except BundleError as err:
        found = (*findings, *publishing.in_folder(name, err.findings))
        return Folder(name, sha, course.code, found, authors=course.authors)
    except ChildFailed as err:
        found = Finding(f"content/kursus/{name}/kursus.yml", 1, 1, "B249", str(err))
        return Folder(name, sha, course.code, (*findings, found))
    return Folder(
        name, sha, course.code, findings, of_bundle(built, course),
        course.authors, course.status == "draft")  # fmt: skip


def of_live(code: str) -> Publication | None:
    """Return what is live of a course with its keys, or None."""
    try:
        return of_release(courses.live(code))
    except CourseMissing:
        return None


def of_release(live: Live) -> Publication:
    """Return a release as a side to compare: staff only, it holds the keys."""
    found, shas, item_keys = {}, {}, {}
    for entry in live.items:
        sha = live.manifest["item_shas"][entry["code"]]
        version = items.find_version(live.course_id, entry["code"], sha)
        found[entry["code"]] = (version.kind, version.body)
        shas |= shas_of(version.body)
        if version.kind in KEYED:
            item_keys[entry["code"]] = items.item_key(version.id)
    versions = items.question_by_sha(live.course_id, shas)
    keys = items.keys(version.id for version in versions.values())
    asked = {
        code: Asked(version.kind, version.body, keys[version.id])
        for code, version in versions.items()
    }
    return Publication(live.manifest, found, asked, item_keys=item_keys)
