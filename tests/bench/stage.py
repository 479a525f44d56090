"""What is measured: two servers, one person, one course of 100 modules."""

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from lms.db import db, schema
from lms.kernel import clock
from tests.cast import CAST, add_cast
from tests.conftest import make_app

from .client import Client
from .course import write_content

ROOT = Path(__file__).parents[2]


class Stage:
    """Both servers running, Rani signed in and in the middle of the course."""

    def __enter__(self) -> "Stage":
        self.folder = tempfile.TemporaryDirectory()
        root = Path(self.folder.name)
        self.content = root / "content"
        write_content(self.content)
        self.app = make_app(
            INSTANCE_DIR=str(root),
            CONTENT_DIR=str(self.content),
            RATELIMIT_ENABLED=True,
        )
        self._fill()
        self.hello_port, self.port = _free_port(), _free_port()
        self.hello = _start(["-m", "tests.bench.hello", str(self.hello_port)], {})
        self.server = _start(
            ["-c", "from lms.cli import main; main()", "serve"],
            {
                "LMS_INSTANCE_DIR": str(root),
                "LMS_CONTENT_DIR": str(self.content),
                "LMS_SECRET_KEY": "ukur-" * 10,
                "LMS_PORT": str(self.port),
                "LMS_LOG": "json",
                "LMS_DEMO": "false",
                "LMS_ANSWER_LIMIT": "100000 per minute",
                "LMS_API_LIMIT": "100000 per minute",
            },
        )
        _wait(self.hello_port, "/")
        _wait(self.port, "/healthz")
        return self

    def __exit__(self, *_error) -> None:
        for process in (self.hello, self.server):
            process.terminate()
            process.wait(30)
        self.folder.cleanup()

    def _fill(self) -> None:
        from lms.accounts import sessions
        from lms.accounts.models import Job
        from lms.catalog import courses, publishing
        from lms.records import enrolments

        with self.app.app_context():
            schema.upgrade()
            add_cast(db.session, clock.now())
            for job in db.session.query(Job):
                job.family = job.family and "keuangan-daerah"  # as publishing writes it
            db.session.commit()
            assert publishing.publish_all(
                self.content, clock.now(), only=["ukur", "ukur-cerita"]
            ).is_ok
            began = time.perf_counter()
            report = publishing.publish_all(self.content, clock.now())
            self.publish_seconds = time.perf_counter() - began
            assert report.is_ok, report
            live = courses.live("ukur")
            enrolments.enrol(
                db.session.get(_person(), CAST["rani"].id), live, clock.now()
            )
            self.session_token = sessions.open_for(
                CAST["rani"].id, clock.now(), device="bench"
            )
            self.cookie = sessions.cookie_name(tls=False)
            db.session.commit()

    def rani(self) -> Client:
        """Return a client that is Rani's phone."""
        return Client(self.port, {self.cookie: self.session_token})

    def stranger(self) -> Client:
        """Return a client nobody has signed in with."""
        return Client(self.port)


def _person():
    from lms.accounts.models import Person

    return Person


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _start(arguments: list[str], settings: dict[str, str]) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=os.environ | settings,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _wait(port: int, path: str) -> None:
    for _ in range(150):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=2).close()
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit(f"no server on port {port}")
