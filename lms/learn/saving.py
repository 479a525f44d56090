"""What a course weighs when a reader keeps it on the device, and which pages it is."""

import gzip
import re
from dataclasses import dataclass

from sqlalchemy import func, select

from lms.catalog.courses import Live
from lms.catalog.memory import Memory
from lms.catalog.models import Asset, ItemVersion
from lms.db import db

FRAME = 4_000  # bytes of a lesson's page without its text, packed; measured
PICTURE = re.compile(r'<img[^>]*?src="/kursus/[^/"]+/aset/([0-9a-f]{8,64})/')

# By what the lessons are, so that it fits whatever release they stand in.
_weights: Memory[frozenset, int] = Memory(limit=256)


@dataclass(frozen=True, slots=True)
class Keeping:
    """What is kept: item codes of the lessons, and about how many kB come in."""

    lessons: tuple[str, ...]
    kilobytes: int


def of(live: Live) -> Keeping:
    """Return what keeping a course's lessons takes; one statement the first time."""
    lessons = tuple(item["code"] for item in live.items if item["kind"] == "module")
    shas = frozenset((c, live.manifest["item_shas"][c]) for c in lessons)
    key = frozenset({("course", live.code), *shas})
    if not (known := _weights.get([key])):
        known = {key: _weigh(live.course_id, shas)}
        _weights.put(known)
    # The course's page and its contents come along.
    packed = known[key] + FRAME * (len(lessons) + 2)
    return Keeping(lessons, -(-packed // 1000))


def _weigh(course_id: int, shas: frozenset[tuple[str, str]]) -> int:
    """Return the bytes of texts, packed, and of their pictures."""
    rows = db.session.execute(
        select(ItemVersion.code, ItemVersion.sha, ItemVersion.body).where(
            ItemVersion.course_id == course_id,
            ItemVersion.sha.in_([sha for _code, sha in shas]),
        )
    )
    texts = [
        "".join(segment.get("html", "") for segment in row.body["segments"])
        for row in rows
        if (row.code, row.sha) in shas
    ]
    pictures = {sha for text in texts for sha in PICTURE.findall(text)}
    sizes = select(func.coalesce(func.sum(Asset.size_bytes), 0))
    drawn = db.session.scalar(sizes.where(Asset.sha.in_(pictures))) if pictures else 0
    return sum(len(gzip.compress(text.encode(), 6)) for text in texts) + int(drawn)
