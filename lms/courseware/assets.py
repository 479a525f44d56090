"""Files a course uses: found from its texts, checked, and those that nobody uses."""

import bisect
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import unquote

from lms.courseware import marks, video
from lms.courseware.guess import closest
from lms.courseware.links import EXTERNAL, PICTURES, VIDEOS, candidates
from lms.courseware.notes import Notes
from lms.courseware.source import Source

HEAVY_PICTURE = 2 * 1024 * 1024
TRANSCRIPT = ".transkrip.md"
_TARGET = re.compile(
    r"\]\(\s*(?:<(?P<angle>[^>\n]*)>|(?P<plain>[^\s()<>]*(?:\([^\s()<>]*\)[^\s()<>]*)*))"
)
_DEFINITION = re.compile(r"^ {0,3}\[(?!\^)[^\]\n]+\]:[ \t]*<?(?P<plain>[^\s>]+)", re.M)
_ATTRIBUTE = re.compile(
    r"<(?P<tag>\w+)\b[^<>]*?\b(?:src|href|poster)\s*=\s*[\"']?(?P<plain>[^\"'\s>]+)",
    re.IGNORECASE,
)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:")
_BRACKET = re.compile(r"[\[\]]")


@dataclass(frozen=True, slots=True)
class Link:
    """A place in a text that points somewhere; line and column of the "[" or "!"."""

    target: str
    line: int
    column: int
    is_picture: bool
    text: str


def check(
    source: Source, path: str, sizes: dict[str, int], notes: Notes
) -> frozenset[str]:
    """Paths of the files that a text uses; what is wrong with its links is noted.

    path   of the text in the course folder
    sizes  all files of the course, path -> bytes
    """
    used: set[str] = set()
    for link in find(source):
        if link.is_picture and not link.text.strip():
            notes.error(
                "D403",
                link.line,
                link.column,
                "gambar tanpa keterangan; pembaca layar tidak bisa membacanya",
                f"![tulis isi gambar di sini]({link.target})",
            )
        file = _find_file(link, path, sizes, notes)
        if file is not None:
            used |= {file, *companions(file, sizes)}
            _check_media(file, link, sizes, notes)
    return frozenset(used)


def find(source: Source) -> Iterator[Link]:
    """All links of a text, outside code, in no particular order."""
    inside, _opened = marks.in_code(source.lines)
    lines = [
        "" if is_code else line
        for line, is_code in zip(source.lines, inside, strict=True)
    ]
    text = marks.without_code("\n".join(lines))
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    openings = _openings(text)
    for match in _TARGET.finditer(text):
        opening = openings.get(match.start())
        if opening is None:
            continue
        is_picture = opening > 0 and text[opening - 1] == "!"
        words = text[opening + 1 : match.start()]
        target = match.group("angle") or match.group("plain") or ""
        at = opening - is_picture
        yield Link(target, *_place(at, starts), is_picture, words)
    for match in _DEFINITION.finditer(text):
        yield Link(match.group("plain"), *_place(match.start(), starts), False, "-")
    for match in _ATTRIBUTE.finditer(text):
        is_picture = match.group("tag").lower() == "img"
        place = _place(match.start(), starts)
        yield Link(match.group("plain"), *place, is_picture, "-")


def companions(path: str, sizes: dict[str, int]) -> frozenset[str]:
    """Captions, poster and transcript that belong to a video by their names."""
    if not path.lower().endswith(VIDEOS):
        return frozenset()
    stem = path.rsplit(".", 1)[0]
    names = {stem + end for end in (*PICTURES, TRANSCRIPT)}
    return frozenset(
        p
        for p in sizes
        if p in names or (p.startswith(stem + ".") and p.endswith(".vtt"))
    )


def _openings(text: str) -> dict[int, int]:
    """Index of each "]" -> index of the "[" it closes."""
    waiting: list[int] = []
    found: dict[int, int] = {}
    for bracket in _BRACKET.finditer(text):
        if bracket.group() == "[":
            waiting.append(bracket.start())
        elif waiting:
            found[bracket.start()] = waiting.pop()
    return found


def _place(at: int, starts: list[int]) -> tuple[int, int]:
    line = bisect.bisect_right(starts, at)
    return line, at - starts[line - 1] + 1


def _find_file(
    link: Link, path: str, sizes: dict[str, int], notes: Notes
) -> str | None:
    """The file a link means; None when it points elsewhere or nowhere."""
    target = link.target
    if not target or target.startswith(("#", "//")):
        return None
    if target.lower().startswith(EXTERNAL) or _SCHEME.match(target):
        return None  # what may be linked is the renderer's rule
    name = unquote(re.split(r"[#?]", target)[0])
    if target.startswith("/") and not link.is_picture:
        return None
    paths = candidates(name, path)
    for candidate in paths:
        if candidate in sizes:
            return candidate
    if not paths or name.startswith("..") or "\\" in name:
        notes.error(
            "D401",
            link.line,
            link.column,
            f'berkas "{target}" berada di luar folder kursus',
            "salin ke folder aset/",
        )
        return None
    near = _near(paths, sizes) if not notes.is_full else ""
    fix = f'maksud Anda "{near}"?' if near else "periksa nama berkasnya"
    message = f'berkas "{target}" tidak ditemukan'
    notes.error("D402", link.line, link.column, message, fix)
    return None


def _near(paths: list[str], sizes: dict[str, int]) -> str:
    found = (closest(path, sizes, 0.75) for path in paths)
    return next((path for path in found if path), "")


def _check_media(file: str, link: Link, sizes: dict[str, int], notes: Notes) -> None:
    lowered = file.lower()
    if lowered.endswith(VIDEOS):
        if sizes[file] > video.LARGEST:
            notes.error(
                "D414",
                link.line,
                link.column,
                f"video {sizes[file] // (1024 * 1024)} MB terlalu besar;"
                f" paling besar {video.LARGEST // (1024 * 1024)} MB",
                "simpan ulang 480p, atau bagi menjadi beberapa video",
            )
        if not any(name.endswith(".vtt") for name in companions(file, sizes)):
            captions = PurePosixPath(file).with_suffix(".id.vtt")
            notes.error(
                "D404",
                link.line,
                link.column,
                "video belum punya takarir",
                f"simpan takarir di {captions}",
            )
    elif lowered.endswith(PICTURES) and sizes[file] > HEAVY_PICTURE:
        size = f"{sizes[file] / (1024 * 1024):.1f}".replace(".", ",")
        notes.warn(
            "D405",
            link.line,
            link.column,
            f"berkas {size} MB terlalu besar untuk jaringan lambat",
            "kecilkan di bawah 500 KB",
        )
