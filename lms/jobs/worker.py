"""The background worker: empties the outbox and does what is due, once a while."""

import logging
import threading
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial

from flask import Flask

from lms.db import db, reading
from lms.kernel import clock

from . import mail, outbox

logger = logging.getLogger("lms")
PAUSE = 20  # seconds between rounds
_wanted = threading.Event()  # somebody waits for what is in the outbox

Work = Callable[[datetime], object]

# Work that features want done; they add theirs when they are loaded.
ROUNDS: list[Work] = []
DAYS: list[Work] = []
# What does the outbox's entries of a topic: handler(body, settings). It returns None,
# or when it wants to be asked again.
Handler = Callable[[dict, Mapping], datetime | None]
TOPICS: dict[str, Handler] = {}


def handles(topic: str) -> Callable[[Handler], Handler]:
    """Have entries of a topic done by a function; what it writes is committed."""

    def add(handler: Handler) -> Handler:
        TOPICS[topic] = handler
        return handler

    return add


def every_round(work: Work) -> Work:
    """Have `work(now)` done in each round, in a transaction of its own."""
    ROUNDS.append(work)
    return work


def every_day(work: Work) -> Work:
    """Have `work(now)` done when a worker starts, and once a day after that."""
    DAYS.append(work)
    return work


def run_once(app: Flask, with_daily: bool = True) -> int:
    """Do everything that is due now; return how many outbox entries were tried."""
    reading.set(False)
    handlers = {
        "mail": partial(
            mail.send,
            smtp_url=app.config["SMTP_URL"],
            sender=app.config["MAIL_FROM"],
        )
    }
    for topic, handler in TOPICS.items():
        handlers[topic] = partial(handler, settings=app.config)
    with app.app_context():
        for work in [*ROUNDS, *(DAYS if with_daily else ())]:
            work(clock.now())
            db.session.commit()
        return outbox.run_due(handlers, clock.now())


def wake() -> None:
    """Have this process's worker begin its next round within a second."""
    _wanted.set()


def _rest(stop: threading.Event) -> bool:
    """Wait for the next round; True = stop."""
    for _second in range(PAUSE):
        if stop.wait(1):
            return True
        if _wanted.is_set():
            _wanted.clear()
            break
    return False


def run_forever(app: Flask, stop: threading.Event) -> None:
    """Work until `stop` is set; a failing round is logged and tried again."""
    tidied = None
    while not _rest(stop):
        try:
            today = clock.now().date()
            run_once(app, with_daily=tidied != today)
            tidied = today
        except Exception:
            logger.exception("background round failed")
