"""What is published of a lesson: prose, videos and checks in reading order."""

import math
import re
from collections.abc import Iterator, Mapping
from typing import Any

from lms.courseware.bodies import competencies
from lms.courseware.render import Fragment, Part, Rendered
from lms.courseware.sanitize import visible
from lms.courseware.schema import Module, Prose
from lms.courseware.stored.stored import Material, Stored, own_questions

WORDS_PER_MINUTE = 180
_VIDEO = re.compile(r"<!--video ([0-9]+)-->")
_PICTURE = re.compile(r'<img [^>]*?\bsrc="([^"]+)"')


def fragments(module: Module) -> Iterator[Fragment]:
    parts = tuple(
        Part(segment.text, segment.line)
        for segment in module.segments
        if isinstance(segment, Prose)
    )
    yield Fragment(
        f"m:{module.code}",
        module.path,
        parts,
        joined=True,
        formulas=module.formulas,
        videos=True,
    )


def body(module: Module, material: Material) -> dict[str, Any]:
    """The body of a lesson; segments in reading order, empty prose left out."""
    text, media = material.texts[f"m:{module.code}"], material.media
    html = iter(text.html)
    segments: list[dict[str, Any]] = []
    for segment in module.segments:
        if isinstance(segment, Prose):
            segments += _pieces(next(html), text, media)
        else:
            segments.append(
                {
                    "check": segment.code,
                    "question_sha": material.question_shas[segment.code],
                }
            )
    return {
        "title": visible(module.title),
        "minutes": minutes_of(module, text.words),
        "objectives": [visible(line) for line in module.objectives],
        "completion": module.completion,
        "segments": segments,
        "picture_bytes": {
            address: media[address]
            for segment in segments
            for address in _PICTURE.findall(segment.get("html", ""))
            if address in media
        },
        "headings": [
            {"id": name, "text": title, "level": level}
            for name, title, level in text.headings
        ],
        "words": text.words,
        "competencies": competencies(module.competencies),
    }


def _pieces(
    html: str, text: Rendered, media: Mapping[str, Any]
) -> Iterator[dict[str, Any]]:
    """Yield prose and videos in order. Only the renderer writes their comment."""
    for n, piece in enumerate(_VIDEO.split(html)):
        if n % 2:
            address, title = text.videos[int(piece)]
            yield {"video": {"address": address, "title": title, **media[address]}}
        elif piece.strip():
            yield {"html": piece.strip()}


def minutes_of(module: Module, words: int) -> int:
    """The author's minutes, else an estimate from the words."""
    return module.minutes or max(1, math.ceil(words / WORDS_PER_MINUTE))


def line(module: Module, body: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "minutes": body["minutes"],
        "completion": body["completion"],
        "checks": [check.code for check in module.checks],
    }


STORED = Stored("module", fragments, body, line, own_questions)
