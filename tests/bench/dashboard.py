"""How long the dashboard takes of 60,000 people, and what keeps its sums true."""

import time
from collections.abc import Iterator
from statistics import median

from lms.db import db, reading
from lms.kernel import clock

from . import crowd
from .client import Client, cost
from .line import line
from .stage import Stage

TIMES = 20
PAGES = {
    "dashboard_60k": "/sdm",
    "dashboard_60k_filtered": f"/sdm?unit={crowd.UNIT}&jenis=pelaksana",
    "dashboard_60k_late_list": "/sdm/daftar?isi=tugas&keadaan=terlambat",
}
LIMIT = 150  # ms of the server per page


def measure(stage: Stage) -> Iterator[dict]:
    """Yield ms of server time per page, and seconds to make all sums anew."""
    from lms.accounts import sessions
    from lms.hr import figures
    from tests.cast import CAST

    with stage.app.app_context():
        reading.set(False)
        crowd.add(clock.now())
        began = time.perf_counter()
        figures.take_in(db.session.commit)
        taken = time.perf_counter() - began
        token = sessions.open_for(CAST["siti"].id, clock.now(), device="bench")
        cookie = sessions.cookie_name(tls=False)
        db.session.commit()
    siti = Client(stage.port, {cookie: token})
    for name, path in PAGES.items():
        siti.text(path)
        seen = [
            cost(stage.server.pid, lambda path=path: siti.text(path), TIMES)
            for _ in range(3)
        ]
        limit = LIMIT if name in ("dashboard_60k", "dashboard_60k_filtered") else None
        yield line(name, median(seen) * 1000, "ms", limit)
    yield line("dashboard_60k_taken_in", taken, "s", None)
