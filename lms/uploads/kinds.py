"""What a file is, by its bytes. The name that came with it decides nothing. Pure.

Only kinds whose content can be looked at are taken. Macros, scripts and texts that an
office program would fetch from elsewhere are refused: a grader opens these files.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Collection
from dataclasses import dataclass

from lms.courseware import pictures, video
from lms.kernel.errors import Invalid
from lms.kernel.i18n import N_

UNPACKED = 200 * 1024 * 1024  # bytes that an office file may hold when unpacked
MANY_PARTS = 5_000
LARGEST_PART = 2 * 1024 * 1024  # of those that are read: lists and links
OFFICE = "application/vnd.openxmlformats-officedocument."
_MACROS = re.compile(rb"macroEnabled|vbaProject|ms-office\.activeX", re.IGNORECASE)
_ACTIVE = re.compile(
    r"(?:^|/)(?:vbaProject\.bin|vbaData\.xml|activeX/|oleObject)", re.I
)
_FETCHED = re.compile(
    rb"<Relationship\b(?=[^>]*TargetMode\s*=\s*[\"']External[\"'])"
    rb"(?=[^>]*Type\s*=\s*[\"'][^\"']*/(?:attachedTemplate|oleObject|frame"
    rb"|subDocument|externalLinkPath)[\"'])",
    re.IGNORECASE,
)
_PDF_ACTS = re.compile(rb"/(?:JavaScript|Launch|EmbeddedFile|RichMedia)\b")
# A name of a PDF may hide letters: /J#61vaScript.
_HASHED = re.compile(rb"#([0-9A-Fa-f]{2})")


class FileEmpty(Invalid):
    message = N_("Berkas ini kosong. Pilih berkas lain.")


class KindRefused(Invalid):
    message = N_(
        "Isi berkas ini bukan %(kinds)s yang utuh. Yang diperiksa isinya, bukan"
        " namanya: simpan ulang sebagai %(kinds)s, lalu lampirkan lagi."
    )


class HasMacros(Invalid):
    message = N_(
        "Berkas ini memuat makro atau isi dari tempat lain, yang tidak aman dibuka"
        " penilai. Simpan ulang tanpa makro, atau sebagai PDF."
    )


class HasScript(Invalid):
    message = N_(
        "PDF ini memuat skrip atau berkas lain di dalamnya, yang tidak aman dibuka"
        " penilai. Cetak ke PDF baru, lalu lampirkan yang baru."
    )


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file.

    word    as in `berkas:` of a course file, and the ending of its names
    check   raises or returns False when bytes are no such file
    """

    word: str
    media_type: str
    check: Callable[[bytes], bool]


def recognise(data: bytes, accept: Collection[str]) -> Kind:
    """Return what the bytes are.

    accept  words of the kinds wanted, e.g. ("pdf", "docx")
    raises  FileEmpty  KindRefused  HasMacros  HasScript
    """
    if not data:
        raise FileEmpty
    for kind in KINDS.values():
        if kind.word in accept and kind.check(data):
            return kind
    raise KindRefused(kinds=", ".join(word.upper() for word in accept))


def _pdf(data: bytes) -> bool:
    if not re.match(rb"%PDF-[12]\.[0-9]", data) or b"%%EOF" not in data[-2048:]:
        return False
    if b"#" in data:
        plain = _HASHED.sub(lambda m: bytes([int(m[1], 16)]), data)
        if _PDF_ACTS.search(plain):
            raise HasScript
    if _PDF_ACTS.search(data):
        raise HasScript
    return True


def _office(main: str, content_type: str) -> Callable[[bytes], bool]:
    def check(data: bytes) -> bool:
        if not data.startswith(b"PK\x03\x04"):
            return False
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as package:
                return _is_package(package, main, content_type)
        except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError,
                EOFError, ValueError, OSError):  # fmt: skip
            return False

    return check


def _is_package(package: zipfile.ZipFile, main: str, content_type: str) -> bool:
    parts = package.infolist()
    names = {part.filename for part in parts}
    if not {"[Content_Types].xml", main} <= names or len(names) != len(parts):
        return False
    if len(parts) > MANY_PARTS or sum(p.file_size for p in parts) > UNPACKED:
        return False
    if any(part.flag_bits & 1 for part in parts):  # locked: nobody could look inside
        return False
    types = _part(package, "[Content_Types].xml")
    if types is None or b"<!DOCTYPE" in types:
        return False
    if _MACROS.search(types) or any(_ACTIVE.search(name) for name in names):
        raise HasMacros
    for name in names:
        if name.endswith(".rels"):
            links = _part(package, name)
            if links is None:
                return False
            if _FETCHED.search(links):
                raise HasMacros
    return f"{OFFICE}{content_type}.main+xml".encode() in types


def _part(package: zipfile.ZipFile, name: str) -> bytes | None:
    """Return a part that is read, or None when it is too large to be honest."""
    with package.open(name) as part:
        text = part.read(LARGEST_PART + 1)
    if b"\0" in text[:200]:  # UTF-16: as good as unreadable for us
        return None
    return text if len(text) <= LARGEST_PART else None


def _picture(name: str) -> Callable[[bytes], bool]:
    def check(data: bytes) -> bool:
        try:
            pictures.check_file(name, data)
        except pictures.FileRefused:
            return False
        return True

    return check


def _film(data: bytes) -> bool:
    try:
        video.read(data)
    except video.VideoRefused:
        return False
    return True


# The table of all that is taken. What is not in it (SVG, HTML, programs, archives,
# old office files that hide their macros) is refused.
KINDS: dict[str, Kind] = {
    kind.word: kind
    for kind in (
        Kind("pdf", "application/pdf", _pdf),
        Kind(
            "docx",
            f"{OFFICE}wordprocessingml.document",
            _office("word/document.xml", "wordprocessingml.document"),
        ),
        Kind(
            "xlsx",
            f"{OFFICE}spreadsheetml.sheet",
            _office("xl/workbook.xml", "spreadsheetml.sheet"),
        ),
        Kind(
            "pptx",
            f"{OFFICE}presentationml.presentation",
            _office("ppt/presentation.xml", "presentationml.presentation"),
        ),
        Kind("jpg", "image/jpeg", _picture("x.jpg")),
        Kind("png", "image/png", _picture("x.png")),
        Kind("mp4", "video/mp4", _film),
    )
}
