"""Any file an office may hand over -> sheets of texts, or a sentence why not.

Knows nothing of people: only which cells there are, where they stand, and which of
them were numbers, dates or merged.
"""

import io
import zipfile
from dataclasses import dataclass, field

from lms.kernel.errors import Invalid
from lms.kernel.i18n import N_

from . import sheet_book, sheet_text

MOST_ROWS = 200_000
MOST_COLUMNS = 100
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # the container of old Office files
PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*")
FILMED = (b"ftypheic", b"ftypmif1", b"ftypavif")  # pictures of phones
UNPACKED = 400_000_000  # bytes that a workbook may grow to
PIECE = 1 << 20


@dataclass
class Sheet:
    """Rows of texts as the file has them; number n stands at rows[n - 1].

    marks    (row number, place of the column) -> number, date, merged
    is_text  of a text file, where a short row is a broken one
    """

    rows: list[list[str]]
    name: str = ""
    is_text: bool = False
    marks: dict[tuple[int, int], str] = field(default_factory=dict)


class Unreadable(Invalid):
    """A file no rows can be taken from; `facts["row"]` where one is to blame."""

    message = N_("Berkas ini tidak dapat dibaca.")


class Empty(Unreadable):
    message = N_("Berkas ini kosong. Pilih berkas yang berisi data pegawai.")


class IsPdf(Unreadable):
    message = N_("Ini berkas PDF. Mintalah data aslinya sebagai XLSX atau CSV.")


class IsDocument(Unreadable):
    message = N_(
        "Ini dokumen Word atau presentasi. Pindahkan tabelnya ke lembar kerja, lalu"
        " simpan sebagai XLSX."
    )


class IsPicture(Unreadable):
    message = N_("Ini gambar. Yang dibutuhkan berkas lembar kerja: XLSX atau CSV.")


class IsPage(Unreadable):
    message = N_(
        "Ini halaman web yang diberi nama lembar kerja. Buka di Excel atau LibreOffice,"
        " lalu simpan sebagai XLSX."
    )


class IsArchive(Unreadable):
    message = N_("Ini berkas ZIP. Bukalah dahulu, lalu pilih lembar kerja di dalamnya.")


class Locked(Unreadable):
    message = N_(
        "Berkas ini dilindungi kata sandi. Buka berkasnya, hapus kata sandinya, simpan,"
        " lalu kirim lagi."
    )


class Bomb(Unreadable):
    message = N_(
        "Berkas ini mengembang menjadi lebih dari %(mb)s MB ketika dibuka; itu tidak"
        " wajar. Salin isinya ke lembar kerja baru, lalu kirim lagi."
    )


class Broken(Unreadable):
    message = N_(
        "Lembar kerja ini rusak. Buka di Excel atau LibreOffice, simpan sebagai XLSX"
        " baru, lalu kirim lagi."
    )


class TooHeavy(Unreadable):
    message = N_(
        "Lembar kerja ini terlalu besar untuk dibuka. Hapus baris dan kolom kosong di"
        " luar tabel, atau simpan sebagai CSV."
    )


class TooManyRows(Unreadable):
    message = N_(
        "Berkas ini berisi lebih dari %(limit)s baris. Bagilah menjadi beberapa berkas."
    )


class TooManyColumns(Unreadable):
    message = N_(
        "Berkas ini berisi %(count)s kolom; paling banyak %(limit)s. Hapus kolom yang"
        " tidak diperlukan."
    )


class NotText(Unreadable):
    message = N_("Baris %(row)s memuat tanda NUL; berkas ini rusak atau bukan CSV.")


class BadLetters(Unreadable):
    message = N_(
        "Huruf di baris %(row)s tidak dikenal. Simpan sebagai “CSV UTF-8”, lalu kirim"
        " lagi."
    )


class BadQuotes(Unreadable):
    message = N_(
        "Tanda kutip di baris %(row)s tidak berpasangan, atau selnya kepanjangan."
    )


REFUSALS = {
    "password": Locked,
    "broken": Broken,
    "large": TooHeavy,
    "nul": NotText,
    "letters": BadLetters,
    "quotes": BadQuotes,
}


def read(data: bytes) -> list[Sheet]:
    """Return the visible sheets of a workbook, or the one of a text file.

    raises  Unreadable  one of its children says what the file is instead
    """
    _check_kind(data)
    if data[:2] == b"PK" or data[:8] == OLE:
        found = sheet_book.read(data, MOST_ROWS, MOST_COLUMNS)
        if isinstance(found, str):
            raise REFUSALS[found]
        return [_from_book(raw) for raw in found]
    rows = sheet_text.read(data, MOST_ROWS)
    if isinstance(rows, tuple):
        raise REFUSALS[rows[0]](row=rows[1])
    _check_size(len(rows), max(map(len, rows), default=0))
    return [Sheet(rows, is_text=True)]


def _check_kind(data: bytes) -> None:
    start = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not start:
        raise Empty
    if start[:5] == b"%PDF-":
        raise IsPdf
    if (
        start.startswith(PICTURES)
        or data[4:12] in FILMED
        or (data[:4], data[8:12]) == (b"RIFF", b"WEBP")
    ):
        raise IsPicture
    if start[:1] == b"<" or b"<html" in start[:512].lower():
        raise IsPage
    if start[:5] == b"{\\rtf":
        raise IsDocument
    if data[:8] == OLE:
        _check_ole(data)
    elif data[:2] == b"PK":
        _check_zip(data)


def _check_ole(data: bytes) -> None:
    """Look for the names of the streams; a workbook within is encrypted or old."""

    def has(name: str) -> bool:
        return name.encode("utf-16-le") in data

    if has("EncryptedPackage") or has("EncryptionInfo"):
        raise Locked
    if has("WordDocument") or has("PowerPoint Document"):
        raise IsDocument


def _check_zip(data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            names = set(packed.namelist())
            _check_unpacked(packed)
            if {"word/document.xml", "ppt/presentation.xml"} & names:
                raise IsDocument
            if "mimetype" in names:
                with packed.open("mimetype") as about:
                    kind = about.read(100)
                if b"spreadsheet" not in kind:
                    raise IsDocument
                if b"encryption-data" in _manifest(packed, names):
                    raise Locked
            elif not {"xl/workbook.xml", "xl/workbook.bin"} & names:
                raise IsArchive
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError):
        raise Broken from None
    except RuntimeError:  # an entry of the archive is encrypted
        raise Locked from None


def _manifest(packed: zipfile.ZipFile, names: set[str]) -> bytes:
    name = "META-INF/manifest.xml"
    if name not in names:
        return b""
    with packed.open(name) as about:
        return about.read(PIECE)


def _check_unpacked(packed: zipfile.ZipFile) -> None:
    """Unpack it once and count: what its entries say about their size may be a lie."""
    left = UNPACKED
    if sum(entry.file_size for entry in packed.infolist()) > left:
        raise Bomb(mb=UNPACKED // 1_000_000)
    for entry in packed.infolist():
        entry.file_size = UNPACKED * 2
        with packed.open(entry) as file:
            while piece := file.read(PIECE):
                left -= len(piece)
                if left < 0:
                    raise Bomb(mb=UNPACKED // 1_000_000)


def _from_book(raw: dict) -> Sheet:
    _check_size(len(raw["rows"]), raw["width"])
    marks = {(row + 1, place): kind for row, place, kind in raw["marks"]}
    for (top, left), (bottom, right) in raw["merged"]:
        for row in range(top, min(bottom, top + MOST_ROWS, len(raw["rows"])) + 1):
            for place in range(left, min(right, MOST_COLUMNS) + 1):
                marks[row + 1, place] = "merged"
    return Sheet(raw["rows"], raw["name"], marks=marks)


def _check_size(rows: int, columns: int) -> None:
    if rows > MOST_ROWS:
        raise TooManyRows(limit=MOST_ROWS)
    if columns > MOST_COLUMNS:
        raise TooManyColumns(count=columns, limit=MOST_COLUMNS)
