"""What a file is, by its bytes. The name that came with it decides nothing. Pure.

Only kinds whose content can be looked at are taken. Macros, scripts and texts that an
office program would fetch from elsewhere are refused: a grader opens these files.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException

from lms.courseware import pictures, video
from lms.kernel.errors import Invalid
from lms.kernel.i18n import N_

UNPACKED = 200 * 1024 * 1024  # bytes that an office file may hold when unpacked
MANY_PARTS = 5_000
LARGEST_PART = 2 * 1024 * 1024  # of those that are read: lists and links
OFFICE = "application/vnd.openxmlformats-officedocument."
LISTS = 16 * 1024 * 1024  # bytes of all parts that are read
_MACROS = re.compile(r"macroEnabled|vbaProject|ms-office\.activeX", re.IGNORECASE)
_ACTIVE = re.compile(
    r"(?:^|/)(?:vbaProject\.bin|vbaData\.xml|activeX/|oleObject)", re.I
)
_FETCHED = re.compile(
    r"/(?:attachedTemplate|oleObject|frame|subDocument|externalLinkPath)$", re.I
)
_PDF_ACTS = re.compile(rb"/(?:JavaScript|Launch|EmbeddedFiles?|RichMedia)\b")
# A name of a PDF may hide letters: /J#61vaScript.
_HASHED = re.compile(rb"#([0-9A-Fa-f]{2})")
# Objects may be packed: names in there are hidden from whoever reads the bytes alone.
_STREAM = re.compile(rb"stream\r?\n")
DICTIONARY = 500  # bytes before a stream that say what it is
MOST_BEGUN = 20
PACKED = 32 * 1024 * 1024  # bytes of all packed objects of a PDF when unpacked


class Unreadable(Exception):
    """What lies inside a file is not what honest programs write."""


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
        if kind.word in accept and _is_kind(kind, data):
            return kind
    raise KindRefused(kinds=", ".join(word.upper() for word in accept))


def _is_kind(kind: Kind, data: bytes) -> bool:
    try:
        return kind.check(data)
    except Unreadable:
        return False


def _pdf(data: bytes) -> bool:
    if not re.match(rb"%PDF-[12]\.[0-9]", data) or b"%%EOF" not in data[-2048:]:
        return False
    _refuse_acts(data)
    left = PACKED
    for packed in _packed(data):
        try:
            objects = zlib.decompressobj().decompress(packed, left)
        except zlib.error:
            continue  # packed in another way, or no packed objects at all
        left -= len(objects)
        if left <= 0:
            return False
        _refuse_acts(objects)
    return True


def _packed(data: bytes) -> Iterator[bytes]:
    """Yield what may be packed objects, each to the next word that ends a stream.

    raises  Unreadable  so many begin before one ends that nobody means to have it read
    """
    end, begun = -1, 0
    for found in _STREAM.finditer(data):
        start, first = found.span()
        if data.rfind(b"/ObjStm", max(0, start - DICTIONARY), start) < 0:
            continue
        if end < first:
            end, begun = data.find(b"endstream", first), 0
            end = len(data) if end < 0 else end
        begun += 1
        if begun > MOST_BEGUN:
            raise Unreadable
        yield data[first:end]


def _refuse_acts(data: bytes) -> None:
    if b"#" in data:
        plain = _HASHED.sub(lambda m: bytes([int(m[1], 16)]), data)
        if _PDF_ACTS.search(plain):
            raise HasScript
    if _PDF_ACTS.search(data):
        raise HasScript


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
    lists = ["[Content_Types].xml", *(n for n in names if _ends(n, ".rels"))]
    if sum(package.getinfo(name).file_size for name in lists) > LISTS:
        return False
    types = {said.get("ContentType", "") for said in _said(package, lists[0])}
    if any(map(_MACROS.search, types)) or any(map(_ACTIVE.search, names)):
        raise HasMacros
    for name in lists[1:]:
        for link in _said(package, name):
            kind = link.get("Type", "").strip()
            is_outside = link.get("TargetMode", "").strip().lower() == "external"
            if _MACROS.search(kind) or (is_outside and _FETCHED.search(kind)):
                raise HasMacros
    return f"{OFFICE}{content_type}.main+xml" in types


def _ends(name: str, ending: str) -> bool:
    return name.lower().endswith(ending)


def _said(package: zipfile.ZipFile, name: str) -> Iterator[Mapping[str, str]]:
    """Yield what the elements of a list say, as an office program would read it.

    raises  Unreadable  it is no XML, has a DTD, or is too large to be honest
    """
    text = _part(package, name)
    if text is None:
        raise Unreadable
    try:
        root = ElementTree.fromstring(text, forbid_dtd=True)
    except (ElementTree.ParseError, DefusedXmlException) as error:
        raise Unreadable from error
    return (element.attrib for element in root.iter())


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
