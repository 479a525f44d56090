"""Single lines of a simulation: choices, endings, and what may be meant as one."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from lms.courseware import marks, prose
from lms.courseware.guess import closest, is_code
from lms.courseware.notes import Notes

MAX_POINTS = 1_000
_CHOICE = re.compile(
    r"^- +\[(?P<text>.*)\]\(\s*#(?P<to>[^()\s]*)\s*\)\s*(?P<rest>(?:\S(?:.*\S)?)?)\s*$"
)
_POINTS = re.compile(r"^\((?P<points>[^()]*)\)$")
_WHOLE = re.compile(r"\+?\s*(?P<digits>[0-9]{1,9})")
_INNER_LINK = re.compile(r"\]\s*[(\[]|<[A-Za-z/!]|https?://")
# What a line may be that was meant as a choice: without "#", with another bullet, with
# a gap, without a target, with points only.
_LOOSE = (
    re.compile(r"^[\s>]*(?:[-*+–—•·]|[0-9]{1,2}[.)]|[a-zA-Z][.)])?\s*\[.*\]\s*\(\s*#"),
    re.compile(r"^[\s>]*[-*+–—•·]\s*\[.*\]\s*\(\s*[a-z0-9-]+\s*\)", re.IGNORECASE),
    re.compile(r"^[\s>]*[-*+–—•·]\s*\[[^\]]*\]\s*\(\s*[+-]?\s*[0-9]+[^()]*\)\s*$"),
    re.compile(r"^[\s>]*[-*+–—•·].*\(\s*\+\s*[0-9]+(?:[.,][0-9]+)?[^()]*\)\s*$"),
    re.compile(r"^[\s>]*[-*+–—•·].*\(\s*#[a-z0-9-]*\s*\)?", re.IGNORECASE),
)
_UNCLOSED = re.compile(r"^[\s>]*[-*+–—•·]\s*\[[^\]]*$")
_LINK = re.compile(r"\]\s*\(\s*#|\bhref\s*=\s*[\"']?#", re.IGNORECASE)
_DEFINITION = re.compile(r"^ {0,3}\[(?!\^)[^\]]+\]:\s*<?#")
_ENDING = re.compile(
    r"^[\s>*_#-]*(?P<name>[^\W\d_]{3,9})[*_]*\s*[:：=][*_\s]*(?P<value>[^\W\d_]+)[*_.\s]*$"
)
_ENGLISH = {"good": "baik", "fair": "cukup", "bad": "buruk", "poor": "buruk"}


@dataclass(slots=True)
class RawChoice:
    """One choice of a scene; `column` is where its text begins."""

    line: int
    column: int
    to: str
    to_column: int
    text: str
    points: int
    feedback: list[str] = field(default_factory=list)

    @property
    def feedback_text(self) -> str:
        return "\n".join(self.feedback).strip()


def read_choice(number: int, line: str, notes: Notes) -> RawChoice | None:
    """The choice on a line, its mistakes noted; None when the line is none."""
    match = _CHOICE.match(line)
    if match is None:
        return None
    text = match.group("text").strip()
    before = match.group("text").index(text) if text else 0
    choice = RawChoice(
        number,
        match.start("text") + before + 1,
        match.group("to"),
        match.start("to") + 1,
        text,
        _points(match.group("rest"), match.start("rest") + 1, number, notes),
    )
    if not text:
        fix = f"- [tulis tindakannya](#{choice.to})"
        notes.error("F610", number, choice.column, "teks pilihan kosong", fix)
    plain = marks.without_code(text)
    inner = _INNER_LINK.search(plain)
    if inner:
        at = choice.column + _opening(plain, inner.start())
        message = "teks pilihan tidak boleh memuat tautan, gambar, atau HTML"
        notes.error("F618", number, at, message, "pindahkan ke teks adegan")
    column = marks.joined_mark(text)
    if column:
        at = choice.column + column - 1
        notes.error("C300", number, at, prose.OUTSIDE, "hapus tanda ini")
    if not is_code(choice.to):
        message = f'pilihan menuju adegan "#{choice.to}" yang tidak ada'
        fix = "tulis kode adegan tujuan: - [teks](#kode) (+20)"
        notes.error("F601", number, choice.to_column, message, fix)
    return choice


def _points(rest: str, column: int, number: int, notes: Notes) -> int:
    if not rest:
        return 0
    match = _POINTS.match(rest)
    text = match.group("points").strip() if match else ""
    whole = _WHOLE.fullmatch(text)
    if whole and int(whole.group("digits")) <= MAX_POINTS:
        return int(whole.group("digits"))
    digits = text.lstrip("+-−– ").replace(".", "").replace(",", "")
    if match is None:
        message = "sesudah tautan pilihan hanya boleh ada poin di dalam kurung"
    elif text.lstrip().startswith(("-", "−", "–")):
        message = f'poin tidak boleh kurang dari nol: "({text})"'
    elif digits.isascii() and digits.isdigit():
        message = f'poin harus bilangan bulat 0–{MAX_POINTS}, bukan "({text})"'
    else:
        message = f'poin harus angka, bukan "({text})"'
    notes.error("F608", number, column, message, "- [teks pilihan](#kode-adegan) (+20)")
    return 0


def almost_choice(line: str, among_choices: bool) -> int:
    """Column of a line that was meant as a choice, from 1; 0 = it was not.

    among_choices  a choice stands above: then a link that is never closed is one, too
    """
    plain = marks.flat(line)
    if prose.fence(line) is not None or not (
        any(shape.match(plain) for shape in _LOOSE)
        or (among_choices and _UNCLOSED.match(plain))
    ):
        return 0
    return len(line) - len(line.lstrip(" \t>")) + 1


def link_inside(line: str) -> int:
    """Column of a link to another scene anywhere in a line, from 1; 0 = none."""
    plain = marks.without_code(line)
    match = _LINK.search(plain) or _DEFINITION.match(plain)
    return _opening(plain, match.start()) + 1 if match else 0


def _opening(text: str, at: int) -> int:
    """Return where the link begins whose "]" stands at `at`; `at` for other signs."""
    start = text.rfind("[", 0, at) if text[at] == "]" else at
    return at if start < 0 else start


def almost_ending(line: str, endings: Iterable[str]) -> str:
    """The ending a badly written line means, as in "Akhir: baik"; "" when none."""
    match = _ENDING.match(line)
    if match is None or not closest(match.group("name"), ("akhir", "ending"), 0.6):
        return ""
    word = match.group("value").casefold()
    near = closest(_ENGLISH.get(word, word), endings)
    return f"Akhir: {near}" if near else ""
