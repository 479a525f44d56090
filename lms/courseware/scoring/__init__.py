"""Kinds of questions by name. A new kind is a new module here and a line."""

from lms.courseware.scoring import (
    choices,
    cloze,
    essay,
    likert,
    matching,
    numeric,
    ordering,
    short_text,
    true_false,
    upload,
)
from lms.courseware.scoring.kind import FULL, Scored, Typed

KINDS: dict[str, Scored] = {
    kind.kind: kind
    for kind in (
        choices.SINGLE,
        choices.MULTIPLE,
        true_false.KIND,
        short_text.KIND,
        numeric.KIND,
        matching.KIND,
        ordering.KIND,
        cloze.KIND,
        essay.KIND,
        upload.KIND,
        likert.KIND,
    )
}

__all__ = ["FULL", "KINDS", "Scored", "Typed"]
