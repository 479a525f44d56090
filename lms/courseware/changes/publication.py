"""One side of a comparison: a release, or what a folder would make of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from lms.courseware import fragments
from lms.courseware.bundle import Bundle
from lms.courseware.schema import Course

Body = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its key: staff only."""

    kind: str
    body: Body
    key: Body


@dataclass(frozen=True, slots=True)
class Publication:
    """A course as it is stored.

    items      code -> (kind, body)
    questions  by code; those that an item can show
    former     new code -> the code that the author says it had (`Dulu:`)
    item_keys  code -> key of an item that has one: staff only
    """

    manifest: Body
    items: Mapping[str, tuple[str, Body]]
    questions: Mapping[str, Asked]
    former: Mapping[str, str] = field(default_factory=dict)
    item_keys: Mapping[str, Body] = field(default_factory=dict)

    @property
    def outline(self) -> Iterator[Body]:
        """Yield the outline's items in order, chapters flattened."""
        for chapter in self.manifest["chapters"]:
            yield from chapter["items"]


def of_bundle(built: Bundle, course: Course) -> Publication:
    """Return a rendered folder as a side to compare."""
    return Publication(
        built.manifest,
        {item.code: (item.kind, item.body) for item in built.items},
        {q.code: Asked(q.kind, q.body, q.key) for q in built.questions},
        {
            code: used[0].previous_code
            for code, used in fragments.used_questions(course).items()
            if used[0].previous_code
        },
        {item.code: item.key for item in built.items if item.key is not None},
    )


def shas_of(body: Body) -> dict[str, str]:
    """Return the question versions an item shows: code -> hash."""
    found = dict(body.get("question_shas") or {})
    for segment in body.get("segments", ()):
        if "check" in segment:
            found[segment["check"]] = segment["question_sha"]
    return found
