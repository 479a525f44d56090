"""Videos of a course: what their bytes say, their captions, and what is too much.

Only MP4, which every phone plays. Length and size of the picture are read from the
file's own head; nothing is decoded.
"""

import html
import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass

from lms.courseware.notes import Notes

LARGEST = 60 * 1024 * 1024  # bytes
LONGEST = 60 * 60  # seconds
PER_MINUTE = 1.6 * 1024 * 1024  # bytes; 480p needs no more
_INSIDE = {b"moov", b"trak", b"mvex"}
_CUE = re.compile(
    r"((?:\d{2,}:)?[0-5]\d:[0-5]\d\.\d{3})[ \t]+-->[ \t]+"
    r"((?:\d{2,}:)?[0-5]\d:[0-5]\d\.\d{3})(?:[ \t].*)?"
)
_VOICE = re.compile(r"<[^>]*>")
_SKIPPED = ("NOTE", "STYLE", "REGION")


class VideoRefused(ValueError):
    """A video or its captions that learners may not get; says why, in Indonesian."""


@dataclass(frozen=True, slots=True)
class Film:
    """What a video is. Pixels may be 0 when the file does not say."""

    seconds: int
    width: int
    height: int


def read(data: bytes) -> Film:
    """Return what an MP4 says of itself. Raises VideoRefused when it is none."""
    if len(data) > LARGEST:
        raise VideoRefused(f"lebih besar dari {LARGEST // (1024 * 1024)} MB")
    try:
        return _read(data)
    except (struct.error, IndexError):
        raise VideoRefused("isinya bukan video MP4 yang utuh") from None


def _read(data: bytes) -> Film:
    top = [kind for kind, _start, _end in _boxes(data, 0, len(data))]
    if top[:1] != [b"ftyp"] or b"moov" not in top or b"mdat" not in top:
        raise VideoRefused("isinya bukan video MP4 yang utuh")
    seconds, width, height, scale = 0.0, 0, 0, 0
    for kind, start, _end in _deep(data, 0, len(data)):
        if kind == b"mvhd":
            scale, length = _times(data, start)
            seconds = length / scale if scale else 0.0
        elif kind == b"mehd" and scale and not seconds:  # of a file made in pieces
            form = ">Q" if data[start] == 1 else ">I"
            seconds = struct.unpack_from(form, data, start + 4)[0] / scale
        elif kind == b"tkhd":
            # The last eight bytes: 16.16 numbers, after times of 20 or 32 bytes.
            at = start + (88 if data[start] == 1 else 76)
            size = struct.unpack_from(">II", data, at)
            width, height = max((width, height), (size[0] >> 16, size[1] >> 16))
    if not 0 < seconds <= LONGEST:
        raise VideoRefused(
            f"lamanya tidak terbaca atau lebih dari {LONGEST // 60} menit"
        )
    return Film(max(1, round(seconds)), width, height)


def _times(data: bytes, start: int) -> tuple[int, int]:
    """Return units in a second, and the length in these units."""
    if data[start] == 1:
        return struct.unpack_from(">IQ", data, start + 20)
    return struct.unpack_from(">II", data, start + 12)


def _boxes(data: bytes, at: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Yield kind, start and end of the content of each box that is whole."""
    while at < end:
        length, kind = struct.unpack_from(">I4s", data, at)
        head = 8
        if length == 1:
            (length,) = struct.unpack_from(">Q", data, at + 8)
            head = 16
        elif length == 0:
            length = end - at
        if length < head or at + length > end:
            raise VideoRefused("isinya bukan video MP4 yang utuh")
        yield kind, at + head, at + length
        at += length


def _deep(data: bytes, at: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    for kind, start, stop in _boxes(data, at, end):
        yield kind, start, stop
        if kind in _INSIDE:
            yield from _deep(data, start, stop)


def cues(data: bytes) -> list[str]:
    """Return what the captions say, in order. Raises VideoRefused for no WebVTT."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise VideoRefused("hurufnya bukan UTF-8") from None
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if not re.fullmatch(r"WEBVTT(?:[ \t].*)?", lines[0]):
        raise VideoRefused('baris pertamanya bukan "WEBVTT"')
    said: list[str] = []
    for first, block in _blocks(lines[1:]):
        if block[0].split(" ")[0] in _SKIPPED:
            continue
        at = next((n for n, line in enumerate(block[:2]) if "-->" in line), None)
        if at is None and not said:
            continue  # what a program notes in the file's head
        match = _CUE.fullmatch(block[at].strip()) if at is not None else None
        if match is None or match[1].rjust(15, "0") >= match[2].rjust(15, "0"):
            raise VideoRefused(f"waktu takarir di baris {first} tidak terbaca")
        said.append(" ".join(_VOICE.sub("", " ".join(block[at + 1 :])).split()))
    if not any(said):
        raise VideoRefused("belum ada satu pun takarir di dalamnya")
    return [words for words in said if words]


def _blocks(lines: list[str]) -> Iterator[tuple[int, list[str]]]:
    """Yield blocks between empty lines, with the number of their first line."""
    block: list[str] = []
    for number, line in enumerate([*lines, ""], 2):
        if line.strip():
            block.append(line)
        elif block:
            yield number - len(block), block
            block = []


def transcript(data: bytes) -> str:
    """Return captions as one HTML paragraph, for a video without its own transcript."""
    return f"<p>{html.escape(html.unescape(' '.join(cues(data))), quote=False)}</p>"


def check_weight(data: bytes, notes: Notes) -> None:
    """Note a video that is heavier than its length needs."""
    try:
        film = read(data)
    except VideoRefused:
        return  # told when the course is built, as for pictures
    if len(data) > PER_MINUTE * max(film.seconds, 10) / 60:
        size, rate = (
            f"{bytes_ / (1024 * 1024):.1f}".replace(".", ",")
            for bytes_ in (len(data), len(data) * 60 / film.seconds)
        )
        notes.warn(
            "D405",
            1,
            1,
            f"berkas {size} MB terlalu besar untuk jaringan lambat"
            f" ({rate} MB per menit)",
            "simpan ulang 480p, paling banyak 1,6 MB per menit",
        )
