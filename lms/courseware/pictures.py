"""Files that belong to a course: what they are by their bytes, and their size."""

import struct
from dataclasses import dataclass

from lms.courseware import svg, video

LARGEST = 8_000_000  # bytes
WIDEST = 12_000  # pixels, each side
MOST_PIXELS = 40_000_000
# Served as a download, never shown in the page.
DOCUMENTS = {
    ".pdf": ("application/pdf", b"%PDF-"),
    ".docx": (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        b"PK\x03\x04",
    ),
    ".xlsx": (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        b"PK\x03\x04",
    ),
    ".pptx": (
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        b"PK\x03\x04",
    ),
    ".csv": ("text/csv", b""),
    ".txt": ("text/plain", b""),
}
MEDIA = {".mp4": "video/mp4", ".vtt": "text/vtt"}


class FileRefused(ValueError):
    """A file that learners may not get; the text says why, in Indonesian."""


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """A file as it may be served. Sizes in pixels, 0 = not a picture."""

    data: bytes
    media_type: str
    width: int = 0
    height: int = 0


def check_file(path: str, data: bytes) -> CheckedFile:
    """What the bytes really are. Raises FileRefused when they are not what they say."""
    ending = "." + path.rsplit(".", 1)[-1].lower() if "." in path else ""
    if not data:
        raise FileRefused("kosong")
    if ending in MEDIA:
        return _media(ending, data)
    if len(data) > LARGEST:
        raise FileRefused(f"lebih besar dari {LARGEST // 1_000_000} MB")
    if ending == ".svg":
        try:
            rebuilt, width, height = svg.rebuild(data)
        except svg.SvgRefused as error:
            raise FileRefused(str(error)) from None
        return CheckedFile(rebuilt, "image/svg+xml", width, height)
    if ending in DOCUMENTS:
        return _document(ending, data)
    if ending not in _READERS:
        raise FileRefused(f'jenis "{ending}" tidak didukung')
    return _picture(ending, data)


def _media(ending: str, data: bytes) -> CheckedFile:
    """Videos and captions have no size here: they are no pictures."""
    try:
        if ending == ".vtt":
            video.cues(data)
        else:
            video.read(data)
    except video.VideoRefused as error:
        raise FileRefused(str(error)) from None
    return CheckedFile(data, MEDIA[ending])


def _document(ending: str, data: bytes) -> CheckedFile:
    media_type, magic = DOCUMENTS[ending]
    if not data.startswith(magic):
        raise FileRefused(f"isinya bukan {ending[1:].upper()}")
    if not magic:
        try:
            data.decode()
        except UnicodeDecodeError:
            raise FileRefused("hurufnya bukan UTF-8") from None
    return CheckedFile(data, media_type)


def _picture(ending: str, data: bytes) -> CheckedFile:
    media_type, read = _READERS[ending]
    try:
        size = read(data)
    except (struct.error, IndexError):
        size = None
    if size is None:
        raise FileRefused(f"isinya bukan gambar {ending[1:].upper()} yang utuh")
    width, height = size
    if not (0 < width <= WIDEST and 0 < height <= WIDEST) or (
        width * height > MOST_PIXELS
    ):
        raise FileRefused(f"ukurannya {width} x {height} titik, di luar batas")
    return CheckedFile(data, media_type, width, height)


def _png(data: bytes) -> tuple[int, int] | None:
    """Size from IHDR; the chunks must reach from the first byte to the last."""
    if not data.startswith(b"\x89PNG\r\n\x1a\n") or data[12:16] != b"IHDR":
        return None
    at = 8
    while at + 8 <= len(data):
        length, kind = struct.unpack_from(">I4s", data, at)
        at += 12 + length
        if kind == b"IEND":
            return struct.unpack_from(">II", data, 16) if at == len(data) else None
    return None


def _jpeg(data: bytes) -> tuple[int, int] | None:
    """Size from the first start-of-frame segment."""
    if not data.startswith(b"\xff\xd8\xff"):
        return None
    at = 2
    while at + 9 < len(data):
        if data[at] != 0xFF:
            return None
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
        elif marker == 0x01 or 0xD0 <= marker <= 0xD7:
            at += 2
        elif 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack_from(">HH", data, at + 5)
            return width, height
        elif marker in (0xD9, 0xDA):
            return None
        else:
            at += 2 + max(2, struct.unpack_from(">H", data, at + 2)[0])
    return None


def _webp(data: bytes) -> tuple[int, int] | None:
    if data[:4] != b"RIFF" or data[8:12] != b"WEBP":
        return None
    if struct.unpack_from("<I", data, 4)[0] + 8 > len(data):
        return None
    kind = data[12:16]
    if kind == b"VP8X":
        return (
            int.from_bytes(data[24:27], "little") + 1,
            int.from_bytes(data[27:30], "little") + 1,
        )
    if kind == b"VP8L" and data[20] == 0x2F:
        bits = struct.unpack_from("<I", data, 21)[0]
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if kind == b"VP8 " and data[23:26] == b"\x9d\x01\x2a":
        width, height = struct.unpack_from("<HH", data, 26)
        return width & 0x3FFF, height & 0x3FFF
    return None


def _avif(data: bytes) -> tuple[int, int] | None:
    """Size of the largest picture property (`ispe`) in the file's head."""
    if data[4:8] != b"ftyp" or data[8:12] not in (b"avif", b"avis", b"mif1"):
        return None
    if b"avif" not in data[8:64] and b"avis" not in data[8:64]:
        return None
    sizes, at = [], data.find(b"ispe", 0, 65_536)
    while at != -1:
        sizes.append(struct.unpack_from(">II", data, at + 8))
        at = data.find(b"ispe", at + 4, 65_536)
    return max(sizes) if sizes else None


_READERS = {
    ".png": ("image/png", _png),
    ".jpg": ("image/jpeg", _jpeg),
    ".jpeg": ("image/jpeg", _jpeg),
    ".webp": ("image/webp", _webp),
    ".avif": ("image/avif", _avif),
}
