"""The other end of a webhook: a small server that notes what it is sent."""

import hashlib
import hmac
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Receiver:
    """Answers `status` and remembers (headers, body) of every request."""

    def __init__(self, status: int = 200, answer: bytes = b"baik", **headers) -> None:
        self.status, self.answer, self.headers = status, answer, headers
        self.seen: list[tuple[dict, bytes]] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                outer.seen.append((dict(self.headers), body))
                self.send_response(outer.status)
                for name, value in outer.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(outer.answer)))
                self.end_headers()
                self.wfile.write(outer.answer)

            def log_message(self, *_words) -> None:
                return

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/webhook?a=1"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    @property
    def bodies(self) -> list[dict]:
        return [json.loads(body) for _headers, body in self.seen]

    def is_signed(self, number: int, secret: str) -> bool:
        """Check a request as its receiver would."""
        headers, body = self.seen[number]
        said = headers["X-Lms-Timestamp"].encode() + b"." + body
        mac = hmac.new(secret.encode(), said, hashlib.sha256).hexdigest()
        return headers["X-Lms-Signature"] == f"sha256={mac}"
