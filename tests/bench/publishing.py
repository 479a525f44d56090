"""How long publishing takes, in this process and its one rendering child."""

import time
from collections.abc import Iterator

from lms.kernel import clock

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
