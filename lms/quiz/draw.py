"""Which questions an attempt gets, and in which order. Pure; chance is passed in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from lms.courseware import parameters


@dataclass(frozen=True, slots=True)
class Drawable:
    """What the draw must know of a question version.

    options  numbers of its options in the order of the file; empty for typed answers
    shuffle  the author lets its options change places
    parameters  numbers to draw for the attempt, as lms.courseware.parameters reads them
    solved   an order never to show: the right one of an ordering; its steps change
             places whatever the author says
    """

    version_id: int
    points: int
    options: tuple[int, ...] = ()
    shuffle: bool = True
    parameters: Mapping[str, Any] = field(default_factory=dict)
    solved: tuple[int, ...] = ()


def as_drawable(
    version_id: int, body: Mapping[str, Any], solved: Sequence[int] = ()
) -> Drawable:
    """Read a question body of lms.courseware.bundle."""
    return Drawable(
        version_id=version_id,
        points=body["points"],
        options=tuple(option["number"] for option in body["options"]),
        shuffle=body["shuffle_options"],
        parameters=body.get("parameters", {}),
        solved=tuple(solved),
    )


def codes(slots: Sequence[Mapping[str, Any]], chance: Random) -> list[str]:
    """Choose the questions: own ones as written, pools without replacement.

    slots    {"question": code} or {"pool": [codes], "count": n or None for all}
    returns  each code once, even when pools overlap; a pool that has too few left
             gives what it has
    """
    own = [slot["question"] for slot in slots if "question" in slot]
    taken = set(own)
    chosen: list[str] = []
    for slot in slots:
        if "question" in slot:
            picked = [slot["question"]]
        else:
            left = [code for code in slot["pool"] if code not in taken]
            count = len(left) if slot["count"] is None else slot["count"]
            picked = chance.sample(left, min(count, len(left)))
            taken.update(picked)
        chosen += picked
    return list(dict.fromkeys(chosen))


def layout(
    quiz: Mapping[str, Any], questions: Mapping[str, Drawable], chance: Random
) -> list[dict[str, Any]]:
    """Lay out a new attempt at a quiz body; what is stored is never drawn again.

    questions  code -> question, at least those the quiz may draw
    returns    [{"q": version id, "options": [numbers as shown], "points": n}, …], with
               "values": {name: text} where numbers were drawn
    """
    chosen = codes(quiz["slots"], chance)
    if quiz["shuffle_questions"]:
        chance.shuffle(chosen)
    placed = []
    for code in chosen:
        question = questions[code]
        options = list(question.options)
        if (quiz["shuffle_options"] and question.shuffle) or question.solved:
            chance.shuffle(options)
        if len(options) > 1 and tuple(options) == question.solved:
            options.append(options.pop(0))
        placed.append(
            {"q": question.version_id, "options": options, "points": question.points}
        )
        if question.parameters:
            placed[-1]["values"] = parameters.draw(question.parameters, chance)
    return placed
