"""Files of a course are judged by their bytes."""

import struct
import zlib

import pytest

from lms.courseware.pictures import FileRefused, check_file


def png(width: int = 3, height: int = 2) -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body))
            + kind
            + body
            + struct.pack(">I", zlib.crc32(kind + body))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 8))
        + chunk(b"IEND", b"")
    )


def jpeg(width: int = 640, height: int = 480) -> bytes:
    return (
        b"\xff\xd8\xff\xe0\x00\x10JFIF\0\1\1\0\0\1\0\1\0\0"
        + b"\xff\xc4\x00\x04ab"
        + b"\xff\xc2\x00\x11\x08"
        + struct.pack(">HH", height, width)
        + b"\x03" * 10
    )


def webp(kind: bytes, body: bytes) -> bytes:
    content = b"WEBP" + kind + struct.pack("<I", len(body)) + body
    return b"RIFF" + struct.pack("<I", len(content)) + content


VP8 = webp(b"VP8 ", b"\0\0\0\x9d\x01\x2a" + struct.pack("<HH", 320, 200) + b"\0" * 4)
VP8L = webp(b"VP8L", b"\x2f" + struct.pack("<I", (319) | (199 << 14)) + b"\0" * 8)
VP8X = webp(
    b"VP8X", b"\0" * 4 + (319).to_bytes(3, "little") + (199).to_bytes(3, "little")
)
AVIF = (
    b"\0\0\0\x1cftypavif\0\0\0\0avifmif1miaf"
    + b"\0\0\0\x14ispe\0\0\0\0"
    + struct.pack(">II", 320, 200)
)


@pytest.mark.parametrize(
    ("path", "data", "media_type", "size"),
    [
        ("a.png", png(), "image/png", (3, 2)),
        ("A.PNG", png(), "image/png", (3, 2)),
        ("a.jpg", jpeg(), "image/jpeg", (640, 480)),
        ("a.jpeg", jpeg(), "image/jpeg", (640, 480)),
        ("a.webp", VP8, "image/webp", (320, 200)),
        ("a.webp", VP8L, "image/webp", (320, 200)),
        ("a.webp", VP8X, "image/webp", (320, 200)),
        ("a.avif", AVIF, "image/avif", (320, 200)),
        ("a.pdf", b"%PDF-1.7 ...", "application/pdf", (0, 0)),
        ("a.csv", b"a,b\n", "text/csv", (0, 0)),
    ],
)
def test_good_files_are_recognised(path, data, media_type, size) -> None:
    checked = check_file(path, data)
    assert checked.media_type == media_type
    assert (checked.width, checked.height) == size
    assert checked.data == data


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("a.png", b""),
        ("a.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("a.png", png() + b"<script>alert(1)</script>"),
        ("a.png", png()[:-5]),
        ("a.png", png(50_000, 50_000)),
        ("a.png", png(0, 1)),
        ("a.png", jpeg()),
        ("a.jpg", png()),
        ("a.jpg", b"\xff\xd8\xff\xd9" + b"\0" * 20),
        ("a.jpg", b"\xff\xd8\xff"),
        ("a.webp", b"RIFF\0\0\0\0WEBP"),
        ("a.avif", b"\0\0\0\x1cftypmp42"),
        ("a.gif", b"GIF89a/*alert(1)*/"),
        ("a.htm.png", b"<html>"),
        ("a.html", b"<html>"),
        ("a.svg", b"<svg/>"),
        ("a.pdf", b"<script>"),
        ("a.docx", b"%PDF-"),
        ("a.csv", b"\xff\xfe\x00"),
        ("tanpa-akhiran", b"x"),
        ("a.png", b"\x89PNG" + b"\0" * 8_000_001),
    ],
)
def test_files_that_are_not_what_they_say_are_refused(path, data) -> None:
    with pytest.raises(FileRefused):
        check_file(path, data)
