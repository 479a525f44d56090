"""A tiny MP4 made by hand: the boxes a browser reads first, and no pictures."""

import struct

CAPTIONS = (
    "WEBVTT\n\n"
    "1\n00:00.000 --> 00:02.000\n<v Petugas>Selamat pagi.\n\n"
    "00:02.500 --> 00:05.000 align:start\nAda yang dapat saya bantu?\n"
)


def box(kind: bytes, *content: bytes) -> bytes:
    inside = b"".join(content)
    return struct.pack(">I4s", 8 + len(inside), kind) + inside


def make(seconds: float = 125, size=(640, 360), weight: int = 2_000) -> bytes:
    """Return an MP4 that says it is `seconds` long; `weight` = bytes of its data."""
    mvhd = box(b"mvhd", struct.pack(">IIIII", 0, 0, 0, 1000, int(seconds * 1000)))
    width, height = (side << 16 for side in size)
    tkhd = box(b"tkhd", bytes(76), struct.pack(">II", width, height))
    data = bytes(n % 251 for n in range(weight))
    return b"".join(
        (
            box(b"ftyp", b"isom", bytes(4), b"isommp42"),
            box(b"moov", mvhd, box(b"trak", tkhd)),
            box(b"mdat", data),
        )
    )
