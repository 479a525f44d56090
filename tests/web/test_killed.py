"""`lms serve` dies in the middle of a quiz: what it acknowledged is there again."""

import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from http.client import HTTPException
from pathlib import Path

import pytest

from lms.db import db
from tests.bench.client import Client
from tests.browser import journey
from tests.site import CONTENT, make_site

ROOT = Path(__file__).parents[2]
SECRET = "peramban-" * 5
ROUNDS = 5
JSON = {"Accept": "application/json"}


class Server:
    """`lms serve` as its own process, on the database of `app`."""

    def __init__(self, app) -> None:
        self.app = app
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]

    def start(self) -> None:
        """Start, and wait until it answers."""
        self.process = subprocess.Popen(
            [sys.executable, "-c", "from lms.cli import main; main()", "serve"],
            cwd=ROOT,
            env=os.environ | self._settings(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        client = Client(self.port)
        for _try in range(300):
            assert self.process.poll() is None, "the server did not start"
            try:
                assert client.send("GET", "/readyz")[0] == 200
            except OSError:
                time.sleep(0.1)
            else:
                return
            finally:
                client.http.close()
        pytest.fail("the server does not answer")

    def _settings(self) -> dict[str, str]:
        return {
            "LMS_INSTANCE_DIR": self.app.config["INSTANCE_DIR"],
            "LMS_DATABASE_URL": self.app.config["DATABASE_URL"],
            "LMS_CONTENT_DIR": str(CONTENT),
            "LMS_SECRET_KEY": SECRET,
            "LMS_PORT": str(self.port),
            "LMS_DEMO": "false",
            "LMS_LOG_LEVEL": "ERROR",
        }

    def run(self, *words: str) -> int:
        """Run another command of ours beside it; return its exit code."""
        command = [sys.executable, "-c", "from lms.cli import main; main()", *words]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        environment = os.environ | self._settings()
        return subprocess.run(
            command, cwd=ROOT, env=environment, check=False, **quiet
        ).returncode

    def kill(self) -> None:
        """End it as a power cut would: no handler runs."""
        self.process.kill()
        self.process.wait(30)

    def client(self, name: str) -> Client:
        """Return the phone of one of the cast."""
        return Client(self.port, dict([journey.open_session(self.app, name)]))


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def server(request, tmp_path_factory):
    """A server on each engine."""
    url = ""
    if request.param == "postgresql":
        url = request.getfixturevalue("postgres_url_fresh")
    app = make_site(tmp_path_factory.mktemp("mati"), url)
    server = Server(app)
    try:
        server.start()
        yield server
    finally:
        server.kill()
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


class Phone:
    """One learner's phone, which answers without end and notes what was acknowledged.

    acknowledged  (slot, seq) -> what was sent
    """

    def __init__(self, server: Server, name: str, attempt_id: int) -> None:
        self.path = f"/kuis/percobaan/{attempt_id}"
        self.client = server.client(name)
        self.token = self.client.token(f"{self.path}/soal/1")
        self.acknowledged: dict[tuple[int, int], str] = {}

    def answer(self, slot: int, seq: int, values: list[str]) -> None:
        """Send an answer; note it once the server has said that it holds it."""
        fields = {"csrf_token": self.token, "seq": seq, "jawaban": values}
        address = f"{self.path}/soal/{slot + 1}"
        status, _headers, body = self.client.send("POST", address, fields, **JSON)
        assert status == 200, (status, body)
        self.acknowledged[slot, seq] = values[0]

    def answer_until_the_line_breaks(self, seq: int) -> None:
        """Change all ten answers again and again."""
        try:
            while True:
                for slot in range(10):
                    self.answer(slot, seq, [str(seq % 2)])
                seq += 1
        except (OSError, HTTPException):
            self.client.http.close()

    def hand_in(self) -> int:
        """Hand in; return the status."""
        fields = {"csrf_token": self.token}
        return self.client.send("POST", f"{self.path}/kumpulkan", fields)[0]


def _held(app, attempt_id: int) -> set[tuple[int, int]]:
    """Return (slot, seq) of every answer in the database."""
    from sqlalchemy import select

    from lms.quiz.models import AnswerSave

    with app.app_context():
        rows = db.session.execute(
            select(AnswerSave.slot, AnswerSave.seq).where(
                AnswerSave.attempt_id == attempt_id
            )
        )
        return {tuple(row) for row in rows}


def _count(app, model, **where) -> int:
    with app.app_context():
        return db.session.query(model).filter_by(**where).count()


def test_no_acknowledged_answer_is_lost_when_the_server_is_killed(server):
    from lms.quiz.models import Attempt

    chance = random.Random(2026)
    number = journey.start(server.app, "agus")
    acknowledged = set()
    for turn in range(ROUNDS):
        phone = Phone(server, "agus", number)
        first = 1 + max((seq for _slot, seq in _held(server.app, number)), default=0)
        saving = threading.Thread(
            target=phone.answer_until_the_line_breaks, args=(first,)
        )
        saving.start()
        _wait_for(lambda phone=phone: len(phone.acknowledged) > 3)
        time.sleep(chance.random() / 2)
        server.kill()
        saving.join(30)

        acknowledged |= set(phone.acknowledged)
        assert acknowledged <= _held(server.app, number), turn
        server.start()

    assert _count(server.app, Attempt, id=number, submitted_at=None) == 1


def test_what_was_handed_in_before_the_kill_counts_once(server):
    from lms.quiz.models import Attempt, SlotScore
    from lms.records.models import Certificate, Completion, LedgerEntry

    app = server.app
    journey.read_everything(app, "rani")
    number = journey.start(app, "rani")
    phone = Phone(server, "rani", number)
    for slot, right in enumerate(journey.right_fields(app, number)):
        phone.answer(slot, 1, [right] if isinstance(right, str) else right)
    assert phone.hand_in() == 303
    server.kill()
    phone.client.http.close()
    entries = _count(app, LedgerEntry)
    server.start()

    phone.client = server.client("rani")
    phone.token = phone.client.token("/akun")
    assert phone.hand_in() == 303
    phone.client.http.close()

    assert _count(app, SlotScore, attempt_id=number) == 10
    assert _count(app, Attempt, id=number, score_bp=10_000) == 1
    assert _count(app, Completion) == _count(app, Certificate) == 1
    assert _count(app, LedgerEntry) == entries > 0
    assert server.run("records", "verify") == 0


def test_a_kill_while_handing_in_leaves_all_of_it_or_nothing(server):
    from lms.quiz.models import Attempt, SlotScore

    app = server.app
    for pause in (0.0, 0.004, 0.012):
        number = journey.start(app, "yohanes")
        phone = Phone(server, "yohanes", number)
        phone.answer(0, 1, ["1"])
        handing_in = threading.Thread(target=_quietly, args=(phone.hand_in,))
        handing_in.start()
        time.sleep(pause)
        server.kill()
        handing_in.join(30)
        phone.client.http.close()
        is_open = _count(app, Attempt, id=number, submitted_at=None)
        assert _count(app, SlotScore, attempt_id=number) == (0 if is_open else 10)
        server.start()


def _wait_for(is_so) -> None:
    """Wait until something is so; a machine with other work is slow."""
    for _try in range(600):
        if is_so():
            return
        time.sleep(0.05)
    pytest.fail("it never came to that")


def _quietly(work) -> None:
    try:
        work()
    except (OSError, HTTPException):
        return


def test_an_orderly_stop_lets_a_slow_request_finish(server):
    client = server.client("hendra")
    token = client.token("/akun")
    body = f"csrf_token={token}&bahasa=en&kembali=/katalog".encode()
    cookies = "; ".join(f"{k}={v}" for k, v in client.cookies.items())
    head = (
        f"POST /bahasa HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookies}\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    ).encode()
    client.http.close()
    with socket.create_connection(("127.0.0.1", server.port), timeout=30) as line:
        line.sendall(head + body[:20])
        time.sleep(0.3)
        server.process.send_signal(signal.SIGTERM)
        time.sleep(1)
        assert server.process.poll() is None
        with pytest.raises(ConnectionError):
            socket.create_connection(("127.0.0.1", server.port), timeout=5)
        line.sendall(body[20:])
        answer = line.recv(1000)

    assert answer.startswith(b"HTTP/1.1 303 ")
    assert server.process.wait(30) == 0
    server.start()
