"""The text of one author's file: decoded, checked for hidden signs, cut into lines."""

import re
import unicodedata
from dataclasses import dataclass

from lms.courseware.notes import Notes

MAX_BYTES = 256 * 1024
MAX_OPENINGS = 200  # of "[" or ">" in a line; 5,000 cost the converter seconds
_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200d\u2028\u2029"
    "\u2060-\u2065\u206a-\u206f\u3164\ufe00-\ufe0d\ufeff\uffa0\U000e0000-\U000e0fff]"
)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_SUSPECT = re.compile(
    "|".join(p.pattern for p in (_BIDI, _INVISIBLE, _CONTROL, _SURROGATE))
)
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Source:
    """A file as lines without their ends; line 1 is `lines[0]`."""

    path: str
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


def read(data: bytes, notes: Notes) -> Source | None:
    """Decode a file, or note why it cannot be read and return None.

    A byte order mark and CRLF are tolerated. Hidden signs are noted, the text is
    still returned so that the other mistakes are shown at once.
    """
    if len(data) > MAX_BYTES:
        refuse_size(len(data), notes)
        return None
    if data.startswith(_UTF16):
        notes.error("A141", 1, 1, "berkas ini bukan UTF-8 (tampaknya UTF-16)", _SAVE_AS)
        return None
    data = data.removeprefix(_BOM)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as problem:
        before = data[: problem.start].decode("utf-8", "replace")
        column = len(before) - (before.rfind("\n") + 1) + 1
        byte = data[problem.start]
        notes.error(
            "A141",
            before.count("\n") + 1,
            column,
            f"berkas ini bukan UTF-8 (bita 0x{byte:02X} tidak terbaca)",
            _SAVE_AS,
        )
        return None
    lines = tuple(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    for number, line in enumerate(lines, 1):
        if len(line) > MAX_OPENINGS or not (line.isascii() and line.isprintable()):
            check_line(line, number, 1, notes)
    return Source(notes.path, lines)


def refuse_size(size: int, notes: Notes) -> None:
    notes.error(
        "A140",
        1,
        1,
        f"berkas {size // 1024} KB terlalu besar; paling besar {MAX_BYTES // 1024} KB",
        "bagi menjadi beberapa modul",
    )


_SAVE_AS = 'simpan ulang sebagai "UTF-8"'


def check_line(text: str, line: int, column: int, notes: Notes) -> None:
    """Note control, bidi and invisible signs, and lines too costly to convert."""
    if _SUSPECT.search(text) is not None:
        _check_signs(text, line, column, notes)
    for sign in "[>":
        if text.count(sign) > MAX_OPENINGS:
            notes.error(
                "A151",
                line,
                column,
                f'baris ini terlalu rumit: lebih dari {MAX_OPENINGS} tanda "{sign}"',
                "pecah menjadi beberapa baris",
            )


def _check_signs(text: str, line: int, column: int, notes: Notes) -> None:
    for match in _SUSPECT.finditer(text):
        sign, at = match.group(), match.start()
        name = f"U+{ord(sign):04X}"
        where = (line, column + at)
        if _BIDI.match(sign):
            notes.error(
                "A143",
                *where,
                f"tanda pembalik arah tulisan {name} menyembunyikan susunan teks",
                "hapus tanda itu, lalu ketik ulang kata di sekitarnya",
            )
        elif _INVISIBLE.match(sign):
            if sign == "\u200d" and at and _is_picture(text[at - 1]):
                continue  # joins two emoji into one
            notes.error(
                "A144",
                *where,
                f"huruf tak kasat mata {name} di dalam teks",
                "hapus huruf itu; biasanya terbawa saat menyalin dari situs",
            )
        else:
            notes.error(
                "A142",
                *where,
                f"tanda kendali {name} tidak boleh ada di dalam teks",
                "hapus tanda itu; ketik ulang baris ini",
            )


def _is_picture(sign: str) -> bool:
    return sign == "\ufe0f" or unicodedata.category(sign) in ("So", "Sk")
