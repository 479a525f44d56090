"""A small keep-alive client with cookies, and the CPU clock of a process."""

import gzip
import http.client
import os
import re
import time
from pathlib import Path
from urllib.parse import urlencode

TICK = os.sysconf("SC_CLK_TCK")


class Client:
    """Talks to one server as a phone would: keep-alive, gzip, cookies."""

    def __init__(self, port: int, cookies: dict[str, str] | None = None) -> None:
        self.http = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self.cookies = dict(cookies or {})

    def send(self, method: str, path: str, form: dict | None = None, **headers: str):
        """Return (status, headers, body as it came over the wire)."""
        sent = {"Accept-Encoding": "gzip", "Accept": "text/html", **headers}
        if self.cookies:
            sent["Cookie"] = "; ".join(f"{k}={v}" for k, v in self.cookies.items())
        body = None
        if form is not None:
            body = urlencode(form, doseq=True)
            sent["Content-Type"] = "application/x-www-form-urlencoded"
        self.http.request(method, path, body, sent)
        answer = self.http.getresponse()
        data = answer.read()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.split(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, answer.headers, data

    def text(self, path: str) -> str:
        """GET a page that must be there; return its text."""
        status, headers, data = self.send("GET", path)
        assert status == 200, (path, status)
        plain = headers.get("Content-Encoding") == "gzip"
        return (gzip.decompress(data) if plain else data).decode()

    def token(self, path: str) -> str:
        """Return the CSRF token of a page."""
        found = re.search(r'name="csrf_token" value="([^"]+)"', self.text(path))
        assert found, f"no form on {path}"
        return found[1]


def cpu_seconds(pid: int) -> float:
    """Return user and system time of a process and of its waited-for children."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(int(n) for n in fields[11:15]) / TICK


def cost(pid: int, work, times: int) -> float:
    """Return CPU seconds of process `pid` per call of `work`."""
    before = cpu_seconds(pid)
    for _ in range(times):
        work()
    time.sleep(0.05)
    return (cpu_seconds(pid) - before) / times
