"""How long a dry run of a bad workbook of 15,000 people takes."""

import time
from collections.abc import Iterator

from lms.db import db, reading
from lms.kernel import clock
from tests.web.accounts import messy

from .line import line
from .stage import Stage


def measure(stage: Stage) -> Iterator[dict]:
    """Yield seconds from the bytes of the file to what an import would do."""
    yield line("import_dry_run_15k", dry_run(stage.app, 15_000), "s", 10)


def dry_run(app, people: int) -> float:
    """Return the seconds by the clock of one dry run of so many people.

    The workbook is opened in a process of its own; the clock runs on meanwhile.
    """
    from lms.accounts import import_file, people_import

    data = messy.build(people).workbook()
    today = clock.now().date()
    with app.app_context():
        token = reading.set(True)
        began = time.perf_counter()
        table = import_file.read(data, today)
        plan = people_import.plan(table, today, "6771")
        seconds = time.perf_counter() - began
        db.session.rollback()
        reading.reset(token)
    assert table.lines == people
    assert len(plan.changes) > people * 0.9
    return seconds
