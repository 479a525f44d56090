"""`lms serve`: waitress, the background worker, and an orderly stop."""

import logging
import signal
import threading
import time

from flask import Flask
from waitress import wasyncore
from waitress.channel import HTTPChannel
from waitress.server import create_server
from waitress.task import WSGITask

from lms.db import db, schema
from lms.jobs.worker import run_forever

logger = logging.getLogger("lms")
DRAIN = 30.0  # seconds to finish what is in flight
# Browsers keep up to six connections open between pages: an office of hundreds must
# not wait for them. Below 1024, the number of files a process may open by default.
CONNECTIONS = 800


class _Held:
    """A channel that holds back what is written, until it is sent as one."""

    def __init__(self, channel: HTTPChannel) -> None:
        self.channel, self.parts = channel, []

    def write_soon(self, data: bytes) -> int:
        self.parts.append(data)
        return len(data)

    def __getattr__(self, name: str):
        return getattr(self.channel, name)


class OneSend(WSGITask):
    """Sends the head of an answer with the first of its body.

    Waitress sends them apart: two packets, and two calls that cost as much as drawing
    a page.
    """

    def write(self, data: bytes) -> None:
        if self.wrote_header:
            super().write(data)
            return
        channel = self.channel
        self.channel = held = _Held(channel)
        try:
            super().write(data)
        finally:
            self.channel = channel
        channel.write_soon(b"".join(held.parts))


class Channel(HTTPChannel):
    task_class = OneSend


def run(app: Flask) -> None:
    """Serve until SIGTERM or Ctrl+C; then finish what is in flight, and stop."""
    check_ready(app)
    server = listen(app)
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: (stop.set(), server.pull_trigger()))
    worker = threading.Thread(target=run_forever, args=(app, stop))
    worker.start()
    _greet(app)
    while not stop.is_set():
        wasyncore.loop(timeout=1, use_poll=True, map=server._map, count=1)
    _drain(server)
    worker.join(5)


def largest_body(app: Flask) -> int:
    """Return the bytes of the largest body that any page takes."""
    config = app.config
    return max(config["MAX_BODY_KB"] * 1024, config["IMPORT_MB"] * 1024 * 1024)


def listen(app: Flask):
    """Open the port; whoever runs its loop answers."""
    server = create_server(
        app,
        host=app.config["HOST"],
        port=app.config["PORT"],
        threads=app.config["THREADS"],
        connection_limit=CONNECTIONS,
        channel_timeout=120,  # slow phones
        # Beyond our own limit, so that whoever exceeds that one gets our page.
        max_request_body_size=4 * largest_body(app),
        max_request_header_size=32 * 1024,
        ident=None,
        clear_untrusted_proxy_headers=not app.config["TRUSTED_PROXIES"],
    )
    server.channel_class = Channel
    return server


def _drain(server) -> None:
    """Stop listening, then wait until the requests in flight are answered."""
    wasyncore.dispatcher.close(server)
    deadline = time.monotonic() + DRAIN
    while time.monotonic() < deadline and any(
        channel.requests or channel.request or channel.total_outbufs_len
        for channel in server.active_channels.values()
    ):
        wasyncore.loop(timeout=0.2, use_poll=True, map=server._map, count=1)
    server.task_dispatcher.shutdown(timeout=1)


def check_ready(app: Flask) -> None:
    """Stop with a sentence when serving would be wrong."""
    from lms.accounts import demo

    with app.app_context():
        if not schema.is_current(db.session.connection()):
            raise SystemExit("Basis data belum terbaru. Jalankan `lms db upgrade`.")
        present = demo.exist()
        db.session.remove()
    if present:
        check_demo_address(app)


def check_demo_address(app: Flask) -> None:
    """Refuse demo people, whose password everybody knows, on a reachable address."""
    from lms.accounts import demo

    try:
        demo.check_address(
            app.config["HOST"], app.config["BASE_URL"], app.config["TRUSTED_PROXIES"]
        )
    except demo.DemoRefused as refused:
        raise SystemExit(refused.message) from None


def _greet(app: Flask) -> None:
    print(f"Kelas ASN siap di http://{app.config['HOST']}:{app.config['PORT']}")
    if app.config["DEMO"]:
        from lms.accounts.demo import PASSWORD, SHOWN

        print(f"Akun contoh (kata sandi {PASSWORD}):")
        for account in SHOWN:
            print(f"  {account.email:26} {account.part}")
    print("Tekan Ctrl+C untuk berhenti.", flush=True)
