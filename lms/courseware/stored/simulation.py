"""What is published of a simulation: scenes to see, and apart what choices lead to.

The body holds texts and choices. Which scene a choice leads to, its points, what
follows from it and how good an ending is are the key: one learns them by choosing.
"""

import math
from collections.abc import Iterator, Mapping
from typing import Any

from lms.courseware.best_path import Paths
from lms.courseware.bodies import competencies
from lms.courseware.render import Fragment, Part, Rendered
from lms.courseware.sanitize import visible
from lms.courseware.schema import Simulation
from lms.courseware.stored.stored import Material, Stored, own_questions

WORDS_PER_MINUTE = 120  # one reads a scene, then thinks
Name = tuple[str, str, int]  # what, scene, number of the choice


def _texts(simulation: Simulation) -> Iterator[tuple[Name, Part]]:
    """Yield the texts that are converted, with the names they come back by."""
    if simulation.intro:
        yield ("intro", "", 0), Part(simulation.intro, exact=False)
    for scene in simulation.scenes:
        yield ("scene", scene.code, 0), Part(scene.text, scene.text_line)
        for choice in scene.choices:
            place = (scene.code, choice.number)
            yield ("choice", *place), Part(choice.text, choice.line, True, exact=False)
            if choice.feedback:
                told = Part(choice.feedback, choice.line, exact=False)
                yield ("feedback", *place), told


def fragments(simulation: Simulation) -> Iterator[Fragment]:
    yield Fragment(
        f"s:{simulation.code}",
        simulation.path,
        tuple(part for _name, part in _texts(simulation)),
        formulas=simulation.formulas,
    )


def _html(simulation: Simulation, material: Material) -> dict[Name, str]:
    names = [name for name, _part in _texts(simulation)]
    text: Rendered = material.texts[f"s:{simulation.code}"]
    return dict(zip(names, text.html, strict=True))


def body(simulation: Simulation, material: Material) -> dict[str, Any]:
    """What a learner may see of a scene before choosing, scene by scene.

    The scenes as a whole are not sent to anybody: a page shows one.
    """
    html = _html(simulation, material)
    return {
        "title": visible(simulation.title),
        "intro_html": html.get(("intro", "", 0), ""),
        "pass_percent": simulation.pass_percent,
        "attempts": simulation.attempts,
        "minutes": simulation.minutes or estimate(simulation),
        "competencies": competencies(simulation.competencies),
        "start": simulation.scenes[0].code,
        "scenes": {
            scene.code: {
                "title": visible(scene.title),
                "html": html["scene", scene.code, 0],
                "choices": [
                    {"number": c.number, "html": html["choice", scene.code, c.number]}
                    for c in scene.choices
                ],
            }
            for scene in simulation.scenes
        },
    }


def key(simulation: Simulation, material: Material) -> dict[str, Any]:
    """Where choices lead and what they earn; the most that can be earned as `most`.

    A scene has its ending ("" = none), the best choices ("best"), and by number of the
    choice (as text): "to", "points", "feedback_html".
    """
    html = _html(simulation, material)
    paths = Paths(
        {s.code: [(c.to, c.points) for c in s.choices] for s in simulation.scenes}
    )
    return {
        "most": paths.most[simulation.scenes[0].code],
        "scenes": {
            scene.code: {
                "ending": scene.ending,
                "best": paths.best_choices(scene.code),
                "choices": {
                    str(c.number): {
                        "to": c.to,
                        "points": c.points,
                        "feedback_html": html.get(
                            ("feedback", scene.code, c.number), ""
                        ),
                    }
                    for c in scene.choices
                },
            }
            for scene in simulation.scenes
        },
    }


def told(simulation: Simulation, material: Material) -> dict[str, Any]:
    """What followed from choices, by scene and number of the choice (as text)."""
    html = _html(simulation, material)
    return {
        scene.code: {
            str(c.number): html["feedback", scene.code, c.number]
            for c in scene.choices
            if c.feedback
        }
        for scene in simulation.scenes
    }


def estimate(simulation: Simulation) -> int:
    """Return how many minutes a run takes: half of all words are read in it."""
    texts = [simulation.intro]
    for scene in simulation.scenes:
        texts += [scene.text, *(c.text + " " + c.feedback for c in scene.choices)]
    words = sum(len(text.split()) for text in texts)
    return max(1, math.ceil(words / 2 / WORDS_PER_MINUTE))


def line(_simulation: Simulation, body: Mapping[str, Any]) -> dict[str, Any]:
    rules = ("minutes", "pass_percent", "attempts")
    return {name: body[name] for name in rules}


STORED = Stored("simulation", fragments, body, line, own_questions, key, told)
