"""Checkpoints of the ledger as lines of a file kept outside the database."""

from datetime import datetime

from . import hashing
from .ledger import Checkpoint

MARK = "kelas-asn/checkpoint/1"


class NotACheckpoint(ValueError):
    """A line of a checkpoint file cannot be read; the argument is its number."""


def line(point: Checkpoint, now: datetime) -> str:
    """Write "kelas-asn/checkpoint/1 <seq> <hash> <time>", without line end."""
    return f"{MARK} {point.seq} {point.hash} {hashing.instant(now)}"


def read(text: str) -> list[Checkpoint]:
    """Read the lines of a file; empty ones and those starting with # do not count.

    raises  NotACheckpoint
    """
    return [
        _point(number, words)
        for number, words in enumerate(map(str.split, text.splitlines()), start=1)
        if words and not words[0].startswith("#")
    ]


def _point(number: int, words: list[str]) -> Checkpoint:
    try:
        mark, seq, digest = words[:3]
        if mark != MARK or len(digest) != 64 or int(seq) < 0:
            raise ValueError
    except ValueError:
        raise NotACheckpoint(number) from None
    return Checkpoint(int(seq), digest)
