"""A process that dies in the middle of its work, as in a power cut.

The work is done by a child of the test: a real process with connections of its own,
ended by SIGKILL at a moment that the test names. Nothing of it says goodbye; what it
left behind is found by the next process, which is the test itself.
"""

import os
import signal
import traceback
from collections.abc import Callable

from flask import has_app_context
from sqlalchemy import event
from sqlalchemy.orm import Session

from lms.db import db

BEFORE, AFTER = "before commit", "after commit"
LONGEST = 60  # seconds until a child that is not killed is taken for hung


def kill_during(app, act: Callable[[], object], moment: str, number: int = 1) -> None:
    """Do `act` in a process that is killed at the `number`-th time of a moment.

    act     sets no type: the typesetter's threads do not come along
    moment  BEFORE: all is written, nothing committed; AFTER: committed, nobody was
            told; else the beginning of a statement, killed right after it
    """
    if has_app_context():
        db.session.rollback()
    with app.app_context():
        engine = db.engine
        engine.dispose()  # a connection is of one process
    child = os.fork()
    if child == 0:
        try:
            signal.alarm(LONGEST)
            _die_at(engine, moment, number)
            act()
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(0)  # never back into the tests
    _pid, status = os.waitpid(child, 0)
    how = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
    assert how == signal.SIGKILL, f"{moment} {number}: it was never that moment"


def _die_at(engine, moment: str, number: int) -> None:
    seen = 0

    def pass_by(*_facts) -> None:
        nonlocal seen
        seen += 1
        if seen == number:
            os.kill(os.getpid(), signal.SIGKILL)

    def statement(_connection, _cursor, text, *_more) -> None:
        if text.startswith(moment):
            pass_by()

    if moment == BEFORE:
        event.listen(engine, "commit", pass_by)
    elif moment == AFTER:
        event.listen(Session, "after_commit", pass_by)
    else:
        event.listen(engine, "after_cursor_execute", statement)
