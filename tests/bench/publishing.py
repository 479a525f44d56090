"""How long checking, rendering and publishing take."""

import re
import time
from collections.abc import Callable, Iterator

from lms.kernel import clock

from . import course
from .line import line
from .stage import Stage


def measure(stage: Stage) -> Iterator[dict]:
    """Yield the first publication of 100 modules, and one with nothing new."""
    from lms.catalog import publishing

    yield line("publish_100_modules", stage.publish_seconds, "s", 5)
    with stage.app.app_context():
        best = 9.0
        for _ in range(5):
            began = time.perf_counter()
            publishing.publish_all(stage.content, clock.now())
            best = min(best, time.perf_counter() - began)
    yield line("publish_unchanged", best * 1000, "ms", 50)
    yield line("lint_quiz_3kb", _lint_ms(), "ms", 1)
    yield line("render_module_10kb", _render_ms(), "ms", 60)


def _best_ms(act: Callable[[], object], times: int) -> float:
    best = 9.0
    for _ in range(times):
        began = time.perf_counter()
        act()
        best = min(best, time.perf_counter() - began)
    return best * 1000


def _lint_ms() -> float:
    """Return the milliseconds for 3 kB of a quiz with every kind of question."""
    from lms.courseware import kinds, source
    from lms.courseware.beginnings import example
    from lms.courseware.competencies import Dictionary
    from lms.courseware.notes import Notes

    data = example("kuis.md").encode()

    def lint() -> None:
        notes = Notes("kuis.md")
        kinds.read(source.read(data, notes), "kuis.md", Dictionary(), notes)

    return _best_ms(lint, 200) * 3_000 / len(data)


def _render_ms() -> float:
    """Return the milliseconds for a lesson of 10 kB, as a preview costs it."""
    from lms.courseware import markdown
    from lms.courseware.links import Places

    body = course.module(1).split("\n---\n", 1)[1]
    text = re.sub(r"^/// soal.*?^///$", "", body, flags=re.MULTILINE | re.DOTALL)

    def render() -> None:
        markdown.convert_parts([text], markdown.Job(Places("a", {}, {}), "a.md", "id"))

    return _best_ms(render, 20) * 10_000 / len(text)
