"""Many exports at once: lessons keep threads to be answered by."""

import threading

import pytest

from lms.hr import exports

FORM = {"format": "xlsx", "unit": "", "kursus": "", "dari": "", "sampai": ""}


def test_a_third_export_at_once_is_asked_to_wait(sign_in, done, monkeypatch):
    real, running, go_on = exports.write, threading.Semaphore(0), threading.Event()

    def write(*args, **kwargs):
        running.release()
        assert go_on.wait(10)
        return real(*args, **kwargs)

    monkeypatch.setattr(exports, "write", write)
    clients = [sign_in("siti") for _ in range(exports.AT_ONCE + 1)]
    taken = []
    threads = [
        threading.Thread(
            target=lambda c=c: taken.append(c.post("/sdm/ekspor", data=FORM))
        )
        for c in clients[:-1]
    ]
    for thread in threads:
        thread.start()
        assert running.acquire(timeout=10)

    refused = clients[-1].post("/sdm/ekspor", data=FORM)
    go_on.set()
    for thread in threads:
        thread.join()

    assert refused.status_code == 429
    assert refused.headers["Retry-After"] == "20"
    assert "Ekspor lain sedang dibuat" in refused.text
    assert {answer.status_code for answer in taken} == {200}
    assert clients[-1].post("/sdm/ekspor", data=FORM).status_code == 200


def test_an_export_that_fails_gives_its_turn_back(sign_in, done):
    for _ in range(exports.AT_ONCE + 1):
        with pytest.raises(ZeroDivisionError), exports.turn():
            raise ZeroDivisionError

    assert sign_in("siti").post("/sdm/ekspor", data=FORM).status_code == 200


def test_files_that_are_being_sent_hold_their_turn_until_they_are_closed(sign_in, done):
    form = FORM | {"format": "csv"}
    sent = [
        sign_in("siti").post("/sdm/ekspor", data=form, buffered=False)
        for _ in range(exports.AT_ONCE)
    ]

    refused = sign_in("siti").post("/sdm/ekspor", data=form)
    for answer in sent:
        answer.close()

    assert refused.status_code == 429
    assert sign_in("siti").post("/sdm/ekspor", data=form).status_code == 200
