"""How a request begins, whatever the same thread answered before it."""

import threading
from collections import Counter

import pytest
from sqlalchemy import event

from lms.db import db as _db
from lms.db import reading


@pytest.fixture
def modes(app):
    """Whether each transaction since began as one that only reads."""
    seen = []

    def note(_connection):
        seen.append(reading.get())

    with app.app_context():
        engine = _db.engine
    event.listen(engine, "begin", note)
    yield seen
    event.remove(engine, "begin", note)


def test_a_post_after_a_page_takes_the_write_lock_from_its_first_statement(
    sign_in, modes
):
    rani = sign_in("rani")
    rani.get("/katalog")
    modes.clear()

    rani.post("/akun/sesi")

    assert modes[0] is False


def test_a_page_after_a_post_takes_no_write_lock(sign_in, modes):
    rani = sign_in("rani")
    rani.post("/akun/sesi")
    modes.clear()

    rani.get("/katalog")

    assert set(modes) == {True}


def test_writers_that_read_before_never_find_the_database_busy(app, sign_in):
    clients = [sign_in("rani") for _ in range(8)]
    gate, seen = threading.Barrier(len(clients)), Counter()

    def act(client):
        gate.wait()
        for _ in range(10):
            seen[client.get("/katalog").status_code] += 1
            seen[client.post("/akun/sesi").status_code] += 1

    threads = [threading.Thread(target=act, args=(client,)) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert 503 not in seen


def test_a_stranger_sent_to_sign_in_gets_a_request_id(sign_in):
    answer = sign_in(None).get("/akun")

    assert answer.status_code == 302
    assert len(answer.headers["X-Request-ID"]) == 13


def test_a_refusal_speaks_the_language_of_its_own_reader(sign_in):
    english, indonesian = sign_in("rani"), sign_in("agus")
    english.set_cookie("bahasa", "en")
    english.get("/katalog")

    answer = indonesian.get("/sdm/ekspor")

    assert answer.status_code == 403
    assert "Halaman ini hanya untuk" in answer.text


def test_a_stranger_is_told_once_to_sign_in_however_many_pages_they_ask_for(sign_in):
    stranger = sign_in(None)
    for address in ("/akun", "/katalog", "/jp"):
        stranger.get(address)

    page = stranger.get("/masuk").text

    assert page.count("Masuk dahulu untuk membuka halaman itu.") == 1
