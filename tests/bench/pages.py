"""CPU of the server per page, as a ratio to the bare application."""

import re
from collections.abc import Callable, Iterator
from statistics import median

from lms.db import db, reading
from lms.kernel import clock

from .client import Client, cost
from .course import SCENES
from .line import line
from .stage import Stage

ROUNDS, TIMES = 5, 500  # the clock ticks in 10 ms
SIMULATION = "ukur-cerita/berputar"
BUTTON = re.compile(r'name="pilihan" value="([0-9]+)">(?:(?!</button>).)*Lanjut', re.S)
LIMITS = {"lesson_page": 8, "course_page": 10, "quiz_answer": 10,
          "simulation_step": 10, "login_page": 4, "home_page": 12}  # fmt: skip


def measure(stage: Stage) -> Iterator[dict]:
    """Yield hello and every page measure."""
    rani, stranger = stage.rani(), stage.stranger()
    work = {
        "lesson_page": lambda: rani.text("/kursus/ukur/modul-5"),
        "course_page": lambda: rani.text("/kursus/ukur"),
        "quiz_answer": _answer(stage.rani()),
        "simulation_step": _step(_player(stage)),
        "login_page": lambda: stranger.text("/masuk"),
        "home_page": lambda: rani.text("/"),
    }
    hello = Client(stage.hello_port)
    seen: dict[str, list[float]] = {name: [] for name in ("hello", *work)}
    for name, call in work.items():
        for _ in range(20):  # warm caches and connections
            call()
        del name
    for _ in range(ROUNDS):
        seen["hello"].append(
            cost(stage.hello.pid, lambda: hello.send("GET", "/"), TIMES * 3)
        )
        for name, call in work.items():
            seen[name].append(cost(stage.server.pid, call, TIMES))
    base = median(seen["hello"])
    yield line("hello", base * 1000, "ms", None)
    for name, limit in LIMITS.items():
        value = median(seen[name])
        yield line(name, value * 1000, "ms", limit, value / base)


def _answer(rani: Client) -> Callable[[], None]:
    """Open an attempt; return a call that saves one answer durably."""
    token = rani.token("/kursus/ukur/kuis-akhir")
    status, headers, _ = rani.send(
        "POST", "/kuis/ukur/kuis-akhir/mulai", {"csrf_token": token}
    )
    assert status == 303, status
    page = headers["Location"]
    token = rani.token(page)
    count = 0

    def save() -> None:
        nonlocal count
        count += 1
        form = {"csrf_token": token, "seq": str(count), "jawaban": str(count % 3)}
        status, _, body = rani.send("POST", page, form, Accept="application/json")
        assert status == 200, (status, body[:300])

    return save


def _player(stage: Stage) -> Client:
    """Return a client that is Siti's phone; she takes the course of the simulation."""
    from lms.accounts import sessions
    from lms.accounts.models import Person
    from lms.catalog import courses
    from lms.records import enrolments
    from tests.cast import CAST

    with stage.app.app_context():
        reading.set(False)
        siti = db.session.get(Person, CAST["siti"].id)
        enrolments.enrol(siti, courses.live("ukur-cerita"), clock.now())
        token = sessions.open_for(siti.id, clock.now(), device="bench")
        db.session.commit()
        return Client(stage.port, {stage.cookie: token})


def _step(siti: Client) -> Callable[[], None]:
    """Begin a run; return a call that takes one step durably, round and round."""
    token = siti.token(f"/kursus/{SIMULATION}")
    status, headers, _ = siti.send(
        "POST", f"/simulasi/{SIMULATION}/mulai", {"csrf_token": token}
    )
    assert status == 303, status
    page = headers["Location"]
    token = siti.token(page)
    round_trip: list[str] = []  # which button goes on, scene by scene

    def take(count: int, place: str) -> None:
        form = {"csrf_token": token, "pilihan": place}
        status, _, body = siti.send("POST", f"{page}/langkah/{count}", form)
        assert status == 303, (status, body[:300])

    for count in range(1, SCENES + 2):
        round_trip.append(BUTTON.search(siti.text(page))[1])
        take(count, round_trip[-1])
    count = len(round_trip)

    def step() -> None:
        nonlocal count
        count += 1
        take(count, round_trip[1 + (count - 2) % SCENES])

    return step
