"""How far an item is, where facts tell too little: every feature may say it of its own.

A fact says that an assignment was opened, not that it waits for a grade. Only the
course page asks; what comes next and what completes a course follow from facts alone.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from .outline import Outline

# The id of an enrolment -> item code -> waiting, returned.
Source = Callable[[int], Mapping[str, str]]
_sources: dict[str, Source] = {}


def register(kind: str, source: Source) -> None:
    """Let `source` say how far items of a kind are that are begun and not done."""
    _sources[kind] = source


def on(built: Outline, enrolment_id: int) -> Outline:
    """Return the outline with what the features of its items say."""
    begun = {row.kind for row in built.rows if row.state == "running"}
    said = {
        kind: _sources[kind](enrolment_id) for kind in sorted(begun & _sources.keys())
    }
    if not any(said.values()):
        return built
    return Outline(
        tuple(
            replace(
                chapter,
                rows=tuple(
                    replace(row, state=said[row.kind].get(row.code, row.state))
                    if row.state == "running" and row.kind in said
                    else row
                    for row in chapter.rows
                ),
            )
            for chapter in built.chapters
        )
    )
