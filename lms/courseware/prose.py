"""Checks on the lines that learners read, and the boxes `/// nama` around them."""

import re
from dataclasses import dataclass

from lms.courseware import marks, question_labels
from lms.courseware.guess import closest, meant
from lms.courseware.notes import Notes

QUIZ_BLOCK = "soal"
BLOCKS = (
    *("catatan", "penting", "contoh", "dasar-hukum", "peringatan"),
    *("rincian", "tab", "keterangan", QUIZ_BLOCK),
)
_FENCE = re.compile(
    r"^(?P<indent>\s*)(?P<slashes>/{3,})\s*(?P<rest>(?:\S(?:.*\S)?)?)\s*$"
)
_OPENING = re.compile(r"^(?P<name>[^\s|]+)\s*(?P<bar>\|)?\s*(?P<title>.*)$")
_TITLE = re.compile(r"^ {0,3}#(?!#)\s*(?P<title>\S.*)$")
_UNDERLINE = re.compile(r"^ {0,3}={2,}\s*$")
_COLONS = re.compile(r"^\s*:{3,}")
_DROPPED = re.compile(
    r"<(iframe|script|style|object|embed|applet|form|input|button|select|textarea|"
    r"link|meta|base|svg|frame|frameset|video|audio|source|track|canvas|template|"
    r"noscript|dialog|marquee|title|html|head|body)\b",
    re.IGNORECASE,
)
_GAP = re.compile(r"\[\[\s*(?:angka|pilih)\s*:[^\[\]\n]*\]\]", re.IGNORECASE)
OUTSIDE = "pilihan soal berada di luar soal; kunci jawaban bisa terlihat peserta"
GAP_OUTSIDE = "rumpang berada di luar soal; kunci jawaban bisa terlihat peserta"
WRAP = 'bungkus dengan "/// soal | Judul {#kode}" atau awali "## Judul {#kode}"'


@dataclass(frozen=True, slots=True)
class Fence:
    """A line of slashes. `name` "" = it closes; `title_column` counts from 1."""

    slashes: str
    name: str
    name_column: int
    title: str
    title_column: int
    has_bar: bool
    indent: int


def fence(text: str) -> Fence | None:
    """The block fence this line is, or None."""
    match = _FENCE.match(text) if "///" in text else None
    if match is None:
        return None
    indent, rest_at = len(match.group("indent")), match.start("rest")
    opening = _OPENING.match(match.group("rest"))
    if opening is None:
        return Fence(match.group("slashes"), "", 0, "", 0, False, indent)
    return Fence(
        match.group("slashes"),
        opening.group("name"),
        rest_at + 1,
        opening.group("title"),
        rest_at + opening.start("title") + 1,
        bool(opening.group("bar")),
        indent,
    )


def block_name(opening: Fence, line: int, notes: Notes) -> str:
    """The block meant by an opening fence; unknown names and bad titles are noted."""
    name = opening.name
    if name not in BLOCKS:
        fix = meant(name, BLOCKS) or "pilihan: " + ", ".join(BLOCKS)
        notes.error(
            "B210", line, opening.name_column, f'blok "{name}" tidak dikenal', fix
        )
        return closest(name, BLOCKS) or name
    if opening.title and not opening.has_bar:
        notes.error(
            "B213",
            line,
            opening.title_column,
            'judul blok harus didahului tanda "|"',
            f"/// {name} | {opening.title}",
        )
    return name


def never_closed(name: str, line: int, column: int, notes: Notes) -> None:
    notes.error(
        "B212",
        line,
        column,
        f'blok "{name}" tidak pernah ditutup',
        'tambahkan baris "///" sesudah isi blok',
    )


def no_opening(line: int, column: int, notes: Notes) -> None:
    notes.error("B211", line, column, 'penutup "///" tanpa pembuka', "hapus baris ini")


def code_never_closed(line: int, column: int, notes: Notes) -> None:
    notes.error(
        "B201",
        line,
        column,
        "blok kode dibuka tetapi tidak ditutup",
        "tambahkan baris ``` sesudah kode",
    )


def check_outside(number: int, text: str, notes: Notes) -> None:
    """Note what must never stand outside a question: marks and labels with answers."""
    column = marks.looks_like_option(text)
    if column:
        notes.error("C300", number, column, OUTSIDE, WRAP)
        return
    gap = _GAP.search(marks.without_code(text)) if "[[" in text else None
    if gap:
        notes.error("C300", number, gap.start() + 1, GAP_OUTSIDE, WRAP)
        return
    shown = question_labels.shows_answer(text)
    if shown:
        message = (
            f'"{shown[0]}" berada di luar soal; kunci jawaban bisa terlihat peserta'
        )
        notes.error("C300", number, shown[1], message, WRAP)


def may_hide(text: str) -> bool:
    """Say whether `check_visible` may have something to say of a line."""
    return "#" in text or "=" in text or "<" in text or ":::" in text


def check_visible(number: int, text: str, notes: Notes) -> None:
    """Note headings and tags that learners would not see as the author expects."""
    title = _TITLE.match(text) if "#" in text else None
    if title or ("=" in text and _UNDERLINE.match(text)):
        words = title.group("title").strip() if title else "Judul"
        notes.error(
            "B220",
            number,
            text.index("#") + 1 if title else 1,
            "judul tingkat satu (#) sudah dipakai untuk judul modul",
            f"## {words}",
        )
    if ":::" in text and _COLONS.match(text):
        notes.error(
            "B210",
            number,
            text.index(":") + 1,
            'blok ":::" tidak dikenal',
            'pakai "/// nama" dan "///"',
        )
    tags = _DROPPED.finditer(marks.without_code(text)) if "<" in text else ()
    for tag in tags:
        name = tag.group(1).lower()
        is_video = name in ("iframe", "video", "object", "embed")
        notes.warn(
            "B230",
            number,
            tag.start() + 1,
            f"HTML <{name}> akan dibuang saat tampil",
            "tulis ![judul video](aset/nama.mp4), atau tautan: [judul video](alamat)"
            if is_video
            else "tulis dengan Markdown biasa",
        )
