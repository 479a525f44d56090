"""A course as the catalog stores it: rendered, split from its keys, fingerprinted.

The same course gives the same bytes. Texts carry the addresses of their pictures, and
these the pictures' hashes: another picture under the same name is another version.
"""

import dataclasses
import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from importlib.metadata import version
from pathlib import PurePosixPath
from typing import Any

from lms.courseware import (
    bodies,
    fragments,
    holes,
    manifest,
    sanitize,
    spoken,
    video,
)
from lms.courseware.assets import TRANSCRIPT, companions
from lms.courseware.links import Page, Places, Target
from lms.courseware.pictures import CheckedFile, FileRefused, check_file
from lms.courseware.render import Rendered, render
from lms.courseware.schema import Course, Finding, Item, Module, Question, Quiz
from lms.courseware.stored import STORED, Material
from lms.courseware.stored.quiz import drawn

# Raise when the stored form of a text changes without any change of its source.
RENDERER = 2
_LIBRARIES = ("markdown", "pymdown-extensions", "pygments", "math-core", "nh3")


class BundleError(Exception):
    """The course cannot be published; `findings` say what to mend, and where."""

    def __init__(self, findings: list[Finding]) -> None:
        self.findings = findings
        super().__init__(
            "; ".join(f"{f.path}:{f.line}: {f.code} {f.message}" for f in findings)
        )


@dataclass(frozen=True, slots=True)
class BundleItem:
    """An item; `body` is what a learner may see, `key` what they may not, if any."""

    code: str
    kind: str
    sha: str
    body: dict[str, Any]
    key: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class BundleQuestion:
    """A question; `key` must not be loaded where it has not been answered."""

    code: str
    kind: str
    sha: str
    body: dict[str, Any]
    key: dict[str, Any]


@dataclass(frozen=True, slots=True)
class BundleText:
    """An item or a question in another language: texts of one version of it.

    what  item or question, as `code` says which
    sha   of the texts; `of` is that of the version they belong to
    body  as that of the version, with other texts and "language"
    told  what the key tells after acting (feedback, explanation); {} = nothing
    """

    what: str
    code: str
    of: str
    language: str
    sha: str
    body: dict[str, Any]
    told: dict[str, Any]


@dataclass(frozen=True, slots=True)
class BundleAsset:
    """A file as served under its hash; sizes in pixels, 0 = not a picture."""

    path: str
    sha: str
    media_type: str
    data: bytes
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Bundle:
    """One publication, ready to be stored in one short transaction.

    fingerprint  of the source; equal means there is nothing to publish
    """

    code: str
    title: str
    summary: str
    edition: int
    jp: int
    fingerprint: str
    manifest: dict[str, Any]
    items: list[BundleItem]
    questions: list[BundleQuestion]
    assets: list[BundleAsset]
    texts: list[BundleText] = field(default_factory=list)


def build(course: Course) -> Bundle:
    """Render and fingerprint a course. Raises BundleError; touches no database."""
    assets, places, findings = _files(course)
    findings += list(_missing(course))
    rendered, faults = render(fragments.of_course(course), places, course.language)
    findings += faults
    if any(finding.is_error for finding in findings):
        raise BundleError(sorted(set(findings)))
    questions, lost = _questions(course, rendered)
    if lost:
        raise BundleError(lost)
    shas = {question.code: question.sha for question in questions}
    media = _media(course, assets, places, rendered)
    material = Material(rendered, shas, course.banks, media)
    items = [_item(course.items[code], material) for code in _in_order(course)]
    texts = list(_texts(course, places, material, [*items, *questions]))
    outline = manifest.build(
        course,
        {item.code: item.body for item in items},
        {item.code: item.sha for item in items},
        {(t.language, t.what, t.code): t.sha for t in texts},
    )
    return Bundle(
        course.code,
        outline["title"],
        outline["summary"],
        course.edition,
        course.jp,
        fingerprint(course),
        outline,
        items,
        questions,
        assets,
        texts,
    )


def canonical(value: Any) -> bytes:
    """The one JSON spelling of a value, for hashing."""
    return json.dumps(
        value, sort_keys=True, separators=(",", ":"), ensure_ascii=False
    ).encode()


def fingerprint(course: Course) -> str:
    """Hash of the source, its files and the renderer; needs no rendering."""
    source = [_libraries(), RENDERER, sanitize.VERSION, course]
    text = json.dumps(source, sort_keys=True, default=_plain)
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {f.name: getattr(value, f.name) for f in dataclasses.fields(value)}
        return {"": type(value).__name__, **fields}
    if isinstance(value, bytes):
        return hashlib.sha256(value).hexdigest()
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(type(value).__name__)


@cache
def _libraries() -> list[str]:
    return [f"{name} {version(name)}" for name in _LIBRARIES]


def _sha(*values: Any) -> str:
    return hashlib.sha256(canonical([RENDERER, *values])).hexdigest()


def _in_order(course: Course) -> list[str]:
    return [code for chapter in course.chapters for code in chapter.items]


def _item(item: Item, material: Material) -> BundleItem:
    stored = STORED[item.kind]
    body, key = stored.body(item, material), stored.key(item, material)
    said = (body,) if key is None else (body, key)
    return BundleItem(item.code, item.kind, _sha(item.kind, *said), body, key)


def _questions(
    course: Course, rendered: dict[str, Rendered]
) -> tuple[list[BundleQuestion], list[Finding]]:
    """The questions in the order of their codes, and those that cannot be stored."""
    used = fragments.used_questions(course)
    found: list[BundleQuestion] = []
    lost: list[Finding] = []
    for code in sorted(used):
        question, path, _formulas = used[code]
        text = rendered[f"q:{code}"]
        try:
            body = bodies.question_body(question, text)
            key = bodies.question_key(question, text)
        except holes.Lost as problem:
            lost.append(_lost(question, path, problem))
        else:
            sha = _sha(body, key)
            found.append(BundleQuestion(code, question.kind, sha, body, key))
    return found, lost


def _lost(question: Question, path: str, problem: holes.Lost) -> Finding:
    what = "rumpang" if question.kind == "cloze" else "rumus {{ }}"
    return Finding(
        path,
        question.line,
        1,
        "C374",
        f"{what} ke-{problem.number + 1} soal ini berada di tempat yang tidak dapat "
        "diisi",
        "keluarkan dari tautan, keterangan gambar, atau nomor daftar",
    )


def _texts(
    course: Course,
    places: Places,
    material: Material,
    versions: Iterable[BundleItem | BundleQuestion],
) -> Iterator[BundleText]:
    """Yield what translations say of items and questions. Raises BundleError."""
    made = {
        ("question" if isinstance(one, BundleQuestion) else "item", one.code): one
        for one in versions
    }
    for language, translation in course.translations.items():
        wanted = spoken.fragments_of(course, translation)
        rendered, faults = render(wanted, places, language)
        if any(fault.is_error for fault in faults):
            raise BundleError(sorted({spoken.placed(f, language) for f in faults}))
        whole = {key: one.body for key, one in made.items()}
        said = spoken.bodies_of(course, translation, material, rendered, whole)
        for (what, code), body, told in said:
            of, sha = made[what, code].sha, _sha(language, body, told)
            yield BundleText(what, code, of, language, sha, body, told)


def _files(course: Course) -> tuple[list[BundleAsset], Places, list[Finding]]:
    assets: list[BundleAsset] = []
    targets: dict[str, Target] = {}
    findings: list[Finding] = []
    for path, data in sorted(course.files.items()):
        if path.endswith(TRANSCRIPT):
            continue  # a text of ours, not a file to fetch
        try:
            checked = check_file(path, data)
        except FileRefused as error:
            findings.append(
                Finding(
                    path,
                    1,
                    1,
                    "D407" if path.lower().endswith(".svg") else "D408",
                    f"berkas ini tidak dapat dipakai: {error}",
                )
            )
            # Texts that use it are not to blame: one finding is enough.
            checked = CheckedFile(data, "", 1, 1)
        sha = hashlib.sha256(checked.data).hexdigest()
        targets[path] = Target(
            f"/kursus/{course.code}/aset/{sha}/{file_name(path)}",
            checked.width,
            checked.height,
        )
        assets.append(
            BundleAsset(
                path,
                sha,
                checked.media_type,
                checked.data,
                checked.width,
                checked.height,
            )
        )
    pages = {item.path: _page(item) for item in course.items.values()}
    return assets, Places(course.code, targets, pages), findings


def _media(
    course: Course,
    assets: list[BundleAsset],
    places: Places,
    rendered: dict[str, Rendered],
) -> dict[str, Any]:
    """By address: of a picture its bytes, of a video all that its page says of it."""
    by_path = {asset.path: asset for asset in assets}
    media: dict[str, Any] = {
        places.files[asset.path].address: len(asset.data)
        for asset in assets
        if asset.width
    }
    for asset in assets:
        if asset.media_type != "video/mp4":
            continue
        film = video.read(asset.data)
        beside = sorted(companions(asset.path, dict.fromkeys(course.files, 0)))
        captions = [by_path[p] for p in beside if p.endswith(".vtt")]
        posters = [p for p in beside if p in by_path and by_path[p].width]
        texts = [rendered[f"t:{p}"].html[0] for p in beside if p.endswith(TRANSCRIPT)]
        media[places.files[asset.path].address] = {
            "bytes": len(asset.data),
            "seconds": film.seconds,
            "width": film.width,
            "height": film.height,
            "poster": places.files[posters[0]].address if posters else "",
            "captions": [
                [_language(c.path, course.language), places.files[c.path].address]
                for c in captions
            ],
            "transcript_html": texts[0]
            if texts
            else "".join(video.transcript(c.data) for c in captions[:1]),
        }
    return media


def _language(path: str, usual: str) -> str:
    """The language of captions by their name: `loket.en.vtt`."""
    parts = path.rsplit("/", 1)[-1].lower().split(".")
    known = len(parts) > 2 and re.fullmatch(r"[a-z]{2,3}", parts[-2])
    return parts[-2] if known else usual


def _page(item: Item) -> Page:
    checks = item.own_questions if isinstance(item, Module) else ()
    return Page(item.code, tuple(check.code for check in checks))


def file_name(path: str) -> str:
    """The last part of a path in letters that need no escaping in an address."""
    name = PurePosixPath(path).name
    stem, _dot, ending = name.rpartition(".")
    plain = re.sub(r"[^A-Za-z0-9_-]+", "-", stem).strip("-") or "berkas"
    return f"{plain[:80]}.{ending.lower()}"


def _missing(course: Course) -> Iterator[Finding]:
    """Draws that ask for more than there is: the quiz could never be started."""
    for item in course.items.values():
        if not isinstance(item, Quiz):
            continue
        for draw in item.draws:
            there = len(drawn(item, draw, course.banks))
            if there < (draw.count or 0) or not there:
                asked = draw.count or 1
                source = draw.bank or item.path
                yield Finding(
                    item.path,
                    1,
                    1,
                    "K716",
                    f"meminta {asked} soal dari {source}, padahal hanya ada {there}",
                    "kurangi angkanya atau tambah soal",
                )
