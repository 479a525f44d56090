"""Peers grade blind, within their agency, after handing in their own."""

import re

import pytest
from sqlalchemy import delete, select

from lms.accounts.models import Person
from lms.db import db as _db
from lms.jobs import worker
from lms.jobs.models import OutboxEntry
from lms.tasks import telling
from lms.tasks.models import Call, Outcome, Review, Work
from tests.cast import CAST

from . import stage
from .stage import FAIR, GOOD, LIST, POOR


@pytest.fixture
def peers(app, task):
    """Rani, Yohanes and Siti of one agency, and Agus of another, take part."""

    def set_up(**rules):
        task("rani", "yohanes", "siti", "made", "agus", **rules)

    return set_up


def rows(app, model) -> list:
    with app.app_context():
        return list(_db.session.scalars(select(model)))


def pairs(app) -> set:
    """Who was given whose work."""
    owners = {row.id: row.person_id for row in rows(app, Work)}
    names = {part.id: name for name, part in CAST.items()}
    return {
        (names[call.person_id], names[owners[call.work_id]])
        for call in rows(app, Call)
        if call.role == "peer"
    }


def test_nobody_is_given_work_before_handing_in_nor_from_elsewhere(app, peers, sign_in):
    peers(graders=[], peers=1)
    stage.do(sign_in("agus"))
    url = stage.do(sign_in("rani"))

    assert pairs(app) == set()
    for name in ("siti", "agus"):
        assert sign_in(name).get(stage.grading(url)).status_code == 404
    stage.do(sign_in("siti"))

    assert pairs(app) == {("rani", "siti"), ("siti", "rani")}


def test_peers_see_no_name_and_their_name_is_not_seen(app, peers, sign_in):
    peers(graders=[], peers=1)
    rani, siti = sign_in("rani"), sign_in("siti")
    url = stage.do(rani)
    stage.do(siti, "Pekerjaan lain.")

    waiting = siti.get(LIST).text
    page = siti.get(stage.grading(url)).text
    stage.grade(siti, url, GOOD, remark="Bagus.")
    result = rani.get(url).text

    for text in (waiting, page):
        assert "Rani" not in text
        assert "Bidang Pelayanan" not in text
    assert "Seorang sejawat" in waiting
    assert "Kembalikan" not in page
    assert "Bagus." in result
    assert "Sejawat" in result
    assert "Siti" not in result
    assert "Siti" not in rani.get("/data-saya").text
    assert [o.score_bp for o in rows(app, Outcome)] == [9_000]


def test_a_peer_does_not_return_work(peers, sign_in):
    peers(graders=[], peers=1)
    siti = sign_in("siti")
    url = stage.do(sign_in("rani"))
    stage.do(siti)

    answer = stage.grade(siti, url, {}, act="kembalikan", remark="Perbaiki.")

    assert answer.status_code == 403


def test_the_median_of_peers_counts_as_one_grader(app, peers, sign_in):
    peers(graders=["superior"], peers=3)
    with app.app_context():
        _db.session.get(Person, CAST["rani"].id).supervisor_id = CAST["yohanes"].id
        _db.session.get(Person, CAST["hendra"].id).unit_id = 2
        _db.session.commit()
        stage.enrol("hendra")
    graders = {name: sign_in(name) for name in ("siti", "made", "hendra", "yohanes")}
    url = stage.do(sign_in("rani"))
    for name in ("siti", "made", "hendra"):
        stage.do(graders[name])

    for name, levels in (("siti", GOOD), ("made", FAIR), ("hendra", POOR)):
        assert stage.grade(graders[name], url, levels).status_code == 303
    assert rows(app, Outcome) == []
    stage.grade(graders["yohanes"], url, GOOD)

    assert [o.score_bp for o in rows(app, Outcome)] == [(6_500 + 9_000) // 2]
    assert len(rows(app, Review)) == 4


def test_every_work_finds_its_peers_and_nobody_grades_their_own(app, peers, sign_in):
    peers(graders=[], peers=2)
    for name in ("rani", "yohanes", "siti", "made"):
        stage.do(sign_in(name))

    found = pairs(app)
    assert all(one != other for one, other in found)
    for name in ("rani", "yohanes", "siti", "made"):
        assert sum(one == name for one, _other in found) <= 4
        assert sum(other == name for _one, other in found) == 2
    assert len(found) == 8


def test_a_peer_who_is_found_later_is_told_too(app, peers, sign_in, clock):
    peers(graders=[], peers=1)
    url = stage.do(sign_in("rani"))
    stage.do(sign_in("siti"))
    with app.app_context():
        _db.session.execute(delete(Call))  # as if nobody had had time
        _db.session.execute(delete(OutboxEntry))
        _db.session.commit()
    clock.skip(days=2)

    worker.run_once(app)

    assert pairs(app) == {("rani", "siti"), ("siti", "rani")}
    told = {e.dedup_key for e in rows(app, OutboxEntry) if e.topic == telling.TOPIC}
    assert told == {f"waits:1:{CAST['siti'].id}", f"waits:2:{CAST['rani'].id}"}
    assert sign_in("siti").get(stage.grading(url)).status_code == 200


def test_it_is_looked_at_again_in_shares(app, peers, sign_in, clock, monkeypatch):
    peers(graders=["superior"], peers=0)
    for name in ("rani", "siti"):
        stage.do(sign_in(name))
    with app.app_context():
        _db.session.execute(delete(Call))
        for name in ("rani", "siti"):
            person = _db.session.get(Person, CAST[name].id)
            person.supervisor_id = CAST["yohanes"].id
        _db.session.commit()
    monkeypatch.setattr(telling, "SHARE", 1)
    clock.skip(days=2)

    for _round in range(3):
        worker.run_once(app)

    called = [call for call in rows(app, Call) if call.role == "superior"]
    assert len({call.work_id for call in called}) == 2


def test_an_instructor_decides_without_missing_peers(app, peers, sign_in, clock):
    peers(graders=["instructor"], peers=3)
    url = stage.do(sign_in("rani"))
    stage.grade(sign_in("hendra"), url, GOOD)
    clock.skip(days=15)

    answer = sign_in("hendra").post(
        f"{stage.grading(url)}/tanpa/peer", data={"alasan": "Peserta lain belum ada"}
    )

    assert answer.status_code == 303
    assert [o.score_bp for o in rows(app, Outcome)] == [9_000]


def test_a_peer_opens_the_file_of_the_work_they_grade_and_no_other(app, peers, sign_in):
    peers(graders=[], peers=1)
    rani, siti = sign_in("rani"), sign_in("siti")
    url = stage.begin(rani)
    stage.write(rani, url, lampiran=stage.file())
    stage.hand_in(rani, url)
    stage.do(siti)

    href = re.search(r'href="(/berkas/[^"]+)"', siti.get(stage.grading(url)).text)[1]
    assert siti.get(href).status_code == 200
    assert sign_in("made").get(href).status_code == 404
    assert "Siti" not in rani.get("/data-saya").text  # the look would name her
