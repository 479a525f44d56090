"""`lms serve` on a real port: many connections, slow ones among them."""

import http.client
import socket
import threading

import pytest
from waitress import wasyncore

from lms.db import db as _db
from lms.server import listen
from tests.conftest import make_app

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@pytest.fixture
def port(tmp_path):
    """The port of a server that answers until the test ends."""
    app = make_app(INSTANCE_DIR=str(tmp_path), PORT=0, THREADS=2)
    server, stop = listen(app), threading.Event()

    def loop():
        while not stop.is_set():
            wasyncore.loop(timeout=0.1, use_poll=True, map=server._map, count=1)

    thread = threading.Thread(target=loop)
    thread.start()
    yield server.effective_port
    stop.set()
    thread.join()
    server.task_dispatcher.shutdown(timeout=1)
    for channel in [*server.active_channels.values()]:
        channel.handle_close()
    server.close()
    with app.app_context():
        _db.engine.dispose()


def test_hundreds_of_open_connections_keep_nobody_waiting(port):
    idle = [socket.create_connection(("127.0.0.1", port)) for _ in range(300)]
    try:
        for one in idle[::2]:
            one.sendall(b"GET /masuk HTTP/1.1\r\nX-Slow: ")
        asked = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        asked.request("GET", "/healthz")

        assert asked.getresponse().status == 200
        asked.close()
    finally:
        for one in idle:
            one.close()


def test_a_body_that_is_too_large_gets_a_page_of_ours(port):
    asked = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    asked.request("POST", "/bahasa", b"bahasa=" + b"a" * 1_500_000, FORM)

    answer = asked.getresponse()

    assert answer.status == 413
    assert "Kiriman terlalu besar" in answer.read().decode()
    asked.close()


def test_the_head_leaves_together_with_the_body(port, monkeypatch):
    sent = []
    send = wasyncore.dispatcher.send

    def note(channel, data, **how):
        sent.append(len(data))
        return send(channel, data, **how)

    monkeypatch.setattr(wasyncore.dispatcher, "send", note)
    asked = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    asked.request("GET", "/masuk")
    body = asked.getresponse().read()
    asked.request("HEAD", "/masuk")
    head = asked.getresponse()

    assert len(sent) == 2
    assert sent[0] > len(body) > 1_000
    assert head.read() == b""
    asked.close()
