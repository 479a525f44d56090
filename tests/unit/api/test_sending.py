"""What goes over the line: TLS by name, one address, ten seconds, no redirect.

penerima.pem: a key and certificate of these tests alone, for penerima.contoh.go.id.
"""

import re
import socket
import ssl
import threading
import time
from pathlib import Path

import pytest

from lms.api import sending

PEM = Path(__file__).parent / "penerima.pem"
HOST = "penerima.contoh.go.id"


class Line:
    """A server that answers one connection with `pieces`, a pause before each."""

    def __init__(self, pieces: list[bytes], pause: float = 0, tls: bool = False):
        self.pieces, self.pause, self.tls = pieces, pause, tls
        self.asked, self.name = b"", None
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        with self.socket:
            line, _from = self.socket.accept()
        with line:
            try:
                if not self.tls:
                    self._answer(line)
                    return
                with self._wrapped(line) as inner:
                    self._answer(inner)
            except OSError:
                return

    def _wrapped(self, line):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(PEM)
        context.sni_callback = lambda _socket, name, _context: self._note(name)
        return context.wrap_socket(line, server_side=True)

    def _note(self, name: str | None) -> None:
        self.name = name

    @staticmethod
    def _is_whole(asked: bytes) -> bool:
        """Say whether head and body are there: who hangs up earlier cuts them off."""
        head, end, body = asked.partition(b"\r\n\r\n")
        length = re.search(rb"(?i)content-length: (\d+)", head)
        return bool(end) and len(body) >= int(length[1] if length else 0)

    def _answer(self, line) -> None:
        while not self._is_whole(self.asked):
            more = line.recv(5000)
            if not more:
                return
            self.asked += more
        for piece in self.pieces:
            time.sleep(self.pause)
            line.sendall(piece)


@pytest.fixture
def named(monkeypatch):
    """All names lead to this machine, as far as a resolver is concerned."""

    def getaddrinfo(_host, port, *_words, **_more):
        return [(socket.AF_INET, 1, 6, "", ("127.0.0.1", port))]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)


FINE = b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"


def test_tls_is_checked_against_the_name_not_the_address(named):
    line = Line([FINE], tls=True)
    trusting = ssl.create_default_context(cafile=PEM)

    url = f"https://{HOST}:{line.port}/a?b=1"
    outcome = sending.send(url, b"{}", {}, private=True, tls=trusting)

    assert outcome.status == 204
    assert line.name == HOST
    assert line.asked.startswith(b"POST /a?b=1 HTTP/1.1\r\n")
    assert f"Host: {HOST}:{line.port}".encode() in line.asked


@pytest.mark.parametrize("host", [HOST, "lain.contoh.go.id"])
def test_a_certificate_nobody_vouches_for_gets_nothing(named, host):
    line = Line([FINE], tls=True)
    trusting = ssl.create_default_context(cafile=PEM) if host != HOST else None

    url = f"https://{host}:{line.port}/"
    outcome = sending.send(url, b"{}", {}, private=True, tls=trusting)

    assert outcome.status is None
    assert outcome.answer.startswith("SSLCertVerificationError")
    assert line.asked == b""


@pytest.mark.parametrize(
    "pieces",
    [
        [b"H"] + [b"x"] * 100,
        [b"HTTP/1.1 200 OK\r\n"] + [b"A: b\r\n"] * 100,
        [b"HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n"] + [b"x"] * 100,
    ],
)
def test_who_answers_byte_by_byte_is_left(monkeypatch, pieces):
    monkeypatch.setattr(sending, "SECONDS", 0.6)
    line = Line(pieces, pause=0.1)
    began = time.monotonic()

    outcome = sending.send(f"http://127.0.0.1:{line.port}/", b"{}", {}, private=True)

    assert time.monotonic() - began < 3
    assert outcome.status in (None, 200)  # what was said before counts


@pytest.mark.parametrize(
    "answer", [b"", b"SSH-2.0-OpenSSH\r\n", b"HTTP/1.1 999999 X\r\n\r\n", b"\x00" * 99]
)
def test_an_answer_that_is_none_is_a_failure_with_its_reason(answer):
    line = Line([answer])

    outcome = sending.send(f"http://127.0.0.1:{line.port}/", b"{}", {}, private=True)

    assert outcome.status is None
    assert outcome.answer


def test_nobody_there_is_a_failure_with_its_reason():
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]

    outcome = sending.send(f"http://127.0.0.1:{port}/", b"{}", {}, private=True)

    assert outcome.answer.startswith("ConnectionRefusedError")
