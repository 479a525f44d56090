"""What a page of 100 completions costs the server when there are 100,000."""

import gzip
import json
from collections.abc import Iterator

from lms.db import db, reading
from lms.kernel import clock

from .client import Client, cost
from .line import line
from .stage import Stage

PAGES = 60


def measure(stage: Stage) -> Iterator[dict]:
    """Yield milliseconds per page, each page with people not told of it yet today."""
    client, headers = Client(stage.port), {"Accept": "application/json"}
    headers["Authorization"] = f"Bearer {_token(stage)}"
    cursor = ""

    def page() -> None:
        nonlocal cursor
        at = f"/api/v1/completions?limit=100{cursor}"
        status, said, body = client.send("GET", at, None, **headers)
        assert status == 200, body
        plain = said.get("Content-Encoding") == "gzip"
        found = json.loads(gzip.decompress(body) if plain else body)
        assert len(found["data"]) == 100
        cursor = f"&cursor={found['next_cursor']}"

    page()
    seconds = cost(stage.server.pid, page, PAGES)
    client.http.close()
    yield line("api_completions_page", seconds * 1000, "ms", 30)


def _token(stage: Stage) -> str:
    from lms.accounts.models import Unit
    from lms.api import tokens

    with stage.app.app_context():
        reading.set(False)
        unit = db.session.get_one(Unit, 1)
        _row, secret = tokens.make(
            "bench", ["completions:read"], unit, 1, now=clock.now()
        )
        db.session.commit()
        return secret
