"""Send one webhook: to an address that was looked at, within ten seconds. No database.

The name is looked up once, every address it has is checked, and the connection goes to
one of these: a name that points elsewhere a moment later gains nothing. TLS is checked
against the name. Redirects are not followed, and no proxy of the environment is used.
"""

import hashlib
import hmac
import http.client
import socket
import ssl
import threading
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

from . import addresses

SECONDS = 10.0  # for all of it
KEPT = 500  # letters of the answer
PORTS = {"https": 443, "http": 80}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it: the status, None without an answer; its first letters or why."""

    status: int | None
    answer: str

    @property
    def is_done(self) -> bool:
        return self.status is not None and 200 <= self.status < 300


def secret_of(key: str, uid: str, salt: str) -> str:
    """Return a webhook's secret: of the site's key, so that the database has none."""
    said = f"kelas-asn/webhook/1:{uid}:{salt}".encode()
    return "whsec_" + hmac.new(key.encode(), said, hashlib.sha256).hexdigest()


def sign(secret: str, timestamp: int, body: bytes) -> str:
    """Return the value of X-Lms-Signature; HMAC-SHA256 over "timestamp.body"."""
    said = str(timestamp).encode() + b"." + body
    return "sha256=" + hmac.new(secret.encode(), said, hashlib.sha256).hexdigest()


def send(
    url: str,
    body: bytes,
    headers: dict[str, str],
    private: bool = False,
    tls: ssl.SSLContext | None = None,
) -> Outcome:
    """POST the body; whatever happens is an Outcome.

    private  addresses of the own network are allowed, and http
    tls      None = the authorities this machine trusts
    """
    try:
        addresses.check_url(url, private)
        parts = urlsplit(url)
        port = parts.port or PORTS[parts.scheme]
        address = _look_up(parts.hostname or "", port, private)
        is_tls = parts.scheme == "https"
        tls = (tls or ssl.create_default_context()) if is_tls else None
        line = _Line(parts.hostname or "", port, address, tls)
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        return _ask(line, target, body, headers)
    except addresses.AddressPrivate:
        return Outcome(None, "alamat jaringan dalam")
    except addresses.UrlBad:
        return Outcome(None, "alamat tidak sah")
    except (OSError, http.client.HTTPException, ValueError) as err:
        return Outcome(None, f"{type(err).__name__}: {err}"[:KEPT])


def _look_up(host: str, port: int, private: bool) -> str:
    """Return an address of `host`; refuse when any of them is not public."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    numbers = list(dict.fromkeys(str(one[4][0]) for one in found))
    if not private:
        for number in numbers:
            addresses.check_address(number)
    return numbers[0]


class _Line(http.client.HTTPConnection):
    """A connection to an address that was chosen, under the name it was found by."""

    def __init__(
        self, host: str, port: int, address: str, tls: ssl.SSLContext | None
    ) -> None:
        super().__init__(host, port, timeout=SECONDS)
        self.address, self.tls = address, tls
        self.default_port = PORTS["https" if tls else "http"]  # unsaid in Host

    def connect(self) -> None:
        self.sock = socket.create_connection((self.address, self.port), self.timeout)
        if self.tls:
            self.sock = self.tls.wrap_socket(
                self.sock, server_hostname=self.host, do_handshake_on_connect=False
            )
            self.sock.do_handshake()

    def cut(self) -> None:
        """End it from outside, in the middle of whatever it waits for."""
        if self.sock:
            with suppress(OSError):
                socket.socket.shutdown(self.sock, socket.SHUT_RDWR)


def _ask(line: _Line, target: str, body: bytes, headers: dict[str, str]) -> Outcome:
    # A time-out of the socket counts anew with every byte; this one does not.
    watch = threading.Timer(SECONDS, line.cut)
    watch.daemon = True
    watch.start()
    try:
        line.connect()
        line.request("POST", target, body, headers)
        answer = line.getresponse()
        text = answer.read(KEPT * 4).decode("utf-8", "replace")
        return Outcome(answer.status, _readable(text))
    finally:
        watch.cancel()
        line.close()


def _readable(text: str) -> str:
    """Return the first letters without control signs."""
    return "".join(c if c.isprintable() else " " for c in text[:KEPT])
