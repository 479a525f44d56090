"""Another system that reads through the API."""

import json

from lms.accounts.models import Unit
from lms.api import tokens
from lms.api.resources import SCOPES
from lms.db import db


class Program:
    """A client with a token, and no cookie."""

    def __init__(self, client, token: str, uid: str = "") -> None:
        self.client, self.token, self.uid = client, token, uid

    @classmethod
    def with_token(cls, app, clock, unit: int, scopes, days: int) -> "Program":
        with app.app_context():
            made, secret = tokens.make(
                "SIMPEG",
                SCOPES if scopes is None else scopes,
                db.session.get_one(Unit, unit),
                days,
                now=clock.now(),
            )
            db.session.commit()
            return cls(app.test_client(), secret, made.uid)

    def get(self, path: str, **headers: str):
        """Ask for an address below /api/v1; header names have _ for -."""
        wanted = {name.replace("_", "-"): value for name, value in headers.items()}
        bearer = {"Authorization": f"Bearer {self.token}"}
        return self.client.get(f"/api/v1{path}", headers=bearer | wanted)

    def rows(self, path: str) -> list[dict]:
        """Return the rows of one page."""
        answer = self.get(path)
        assert answer.status_code == 200, answer.text
        return answer.json["data"]

    def all_rows(self, path: str, limit: int) -> list[dict]:
        """Follow the cursors to the end."""
        found, cursor = [], ""
        while True:
            mark = "&" if "?" in path else "?"
            at = f"{path}{mark}limit={limit}" + (f"&cursor={cursor}" if cursor else "")
            answer = self.get(at)
            assert answer.status_code == 200, answer.text
            found += answer.json["data"]
            if not answer.json["has_more"]:
                assert "Link" not in answer.headers
                return found
            cursor = answer.json["next_cursor"]
            assert f"cursor={cursor}" in answer.headers["Link"]
            assert answer.headers["Link"].endswith('>; rel="next"')

    def stream(self, path: str) -> list[dict]:
        """Return the lines of an NDJSON stream."""
        answer = self.get(path, Accept="application/x-ndjson")
        assert answer.content_type == "application/x-ndjson"
        return [json.loads(line) for line in answer.text.splitlines()]
