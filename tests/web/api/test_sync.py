"""A stranger system keeps in step while completions come and servers die."""

import json
import random
import threading
import time
from http.client import HTTPException

import pytest

from lms.accounts.models import Unit
from lms.api import tokens
from lms.api.resources import SCOPES
from lms.db import db
from lms.kernel import clock, ids
from lms.records import amendments, seeds
from tests.bench.client import Client
from tests.site import make_site
from tests.web.records import samples
from tests.web.test_killed import Server

PEOPLE = 60
TURNS = 4


class Eager(Server):
    """A server that lets a program ask without a pause."""

    def _settings(self) -> dict[str, str]:
        return super()._settings() | {"LMS_API_LIMIT": "100000 per minute"}


@pytest.fixture(params=["sqlite", "postgresql"])
def server(request, tmp_path_factory):
    """A server on each engine."""
    url = ""
    if request.param == "postgresql":
        url = request.getfixturevalue("postgres_url_fresh")
    server = Eager(make_site(tmp_path_factory.mktemp("selaras"), url))
    try:
        server.start()
        yield server
    finally:
        server.kill()
    with server.app.app_context():
        db.session.remove()
        db.engine.dispose()


class Copy:
    """What the other system has: the newest row by id, its cursor, what it saw."""

    def __init__(self, token: str) -> None:
        self.headers = {
            "Authorization": f"Bearer {token}",
            "Accept": "application/json",
            "Accept-Encoding": "identity",
        }
        self.rows: dict[str, dict] = {}
        self.seqs: list[int] = []
        self.cursor = ""

    def pull(self, port: int) -> bool:
        """Take one page; say whether there is more. What breaks leaves no trace."""
        client = Client(port)
        at = f"&cursor={self.cursor}" if self.cursor else ""
        try:
            status, _headers, body = client.send(
                "GET", f"/api/v1/completions?limit=7{at}", None, **self.headers
            )
        finally:
            client.http.close()
        assert status == 200, body
        page = json.loads(body)
        for row in page["data"]:
            self.rows[row["id"]] = row
            self.seqs.append(row["seq"])
        self.cursor = page["next_cursor"]
        return page["has_more"]

    def keep_pulling(self, server: Server, stop: threading.Event) -> None:
        while not stop.is_set():
            try:
                if not self.pull(server.port):
                    time.sleep(0.01)
            except (OSError, HTTPException):
                time.sleep(0.02)  # the server is away: ask again with the same cursor


def _people(now) -> list[int]:
    """Add learners to the unit of Rani; return their ids."""
    from lms.accounts.models import Person

    made = [
        Person(
            uid=ids.new_uid(), name=f"Pegawai {n}", asn_status="PNS", unit_id=4,
            created_at=now, updated_at=now,
        )
        for n in range(PEOPLE)
    ]  # fmt: skip
    db.session.add_all(made)
    db.session.commit()
    return [person.id for person in made]


def _change(app, live, people: list[int], chance: random.Random) -> None:
    """Finish, correct and revoke, one transaction each, as other processes would."""
    with app.app_context():
        known = []
        for person in people:
            now = clock.now()
            known.append(samples.finish(person, live, now).uid)
            if chance.random() < 0.3:
                amendments.correct_jp(
                    chance.choice(known), chance.randint(1, 9), "Dihitung ulang", 2, now
                )
            if chance.random() < 0.1:
                amendments.revoke(known.pop(), "Diikuti orang lain", 2, now)
                known = known or [samples.finish(person, live, now).uid]
            db.session.commit()
            time.sleep(0.005)


def _truth(app) -> dict[str, tuple]:
    from lms.records.models import Completion

    with app.app_context():
        return {
            row.uid: (row.jp, row.state)
            for row in db.session.query(Completion).filter_by(agency_id=1)
        }


def test_a_copy_has_every_change_once_through_kills_and_changes(server):
    app, chance = server.app, random.Random(2026)
    with app.app_context():
        seeds.load(db.session)
        live = samples.publish(clock.now())
        people = _people(clock.now())
        root = db.session.get_one(Unit, 1)
        _row, token = tokens.make("SIMPEG", SCOPES, root, 30, now=clock.now())
        db.session.commit()
    copy, stop = Copy(token), threading.Event()
    pulling = threading.Thread(target=copy.keep_pulling, args=(server, stop))
    pulling.start()
    size = PEOPLE // TURNS
    for turn in range(TURNS):
        part = people[turn * size : (turn + 1) * size]
        changing = threading.Thread(target=_change, args=(app, live, part, chance))
        changing.start()
        time.sleep(0.1 + chance.random() / 5)
        server.kill()
        changing.join(60)
        server.start()
    stop.set()
    pulling.join(30)
    while copy.pull(server.port):
        continue

    assert {k: (row["jp"], row["state"]) for k, row in copy.rows.items()} == _truth(app)
    assert len(copy.rows) == PEOPLE
    assert copy.seqs == sorted(set(copy.seqs))
