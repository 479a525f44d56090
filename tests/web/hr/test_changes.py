"""Only what is new or changed since my last taking of the same kind and filter."""

import json

import pytest
from sqlalchemy import select

from lms.accounts.models import Person
from lms.db import db as _db
from lms.hr.models import Taking
from lms.records import amendments
from tests.web.hr.test_export import hr_of
from tests.web.records import samples

PAGE = "/sdm/ekspor"


def take(client, **fields) -> list[dict]:
    answer = client.post(
        PAGE, data={"format": "ndjson", "sejak_terakhir": "y"} | fields
    )
    if answer.mimetype == "text/html":
        assert "sejak pengambilan terakhir" in answer.text
        return []
    return [json.loads(line) for line in answer.text.splitlines()]


@pytest.fixture
def siti(sign_in, done):
    """Siti, who has taken everything there was."""
    client = sign_in("siti")
    assert [row["nip"] for row in take(client)] == ["199508252022212902"]
    return client


def test_nothing_new_is_said_and_is_no_taking(app, siti):
    assert take(siti) == []

    with app.app_context():
        assert len(_db.session.scalars(select(Taking)).all()) == 1


def test_a_new_completion_comes_alone_and_once(app, siti, live, clock):
    with app.app_context():
        samples.finish(3, live, clock.now())

    assert [row["nama"] for row in take(siti)] == ["Yohanes Tambing"]
    assert take(siti) == []


def test_a_corrected_one_comes_again_with_its_new_jp(app, siti, done, clock):
    with app.app_context():
        amendments.correct_jp(done["rani"], 3, "Salah hitung menit", 2, clock.now())
        _db.session.commit()

    [row] = take(siti)

    assert (row["id_rekaman"], row["jp"]) == (done["rani"], 3)


def test_a_revoked_one_comes_again_as_cancelled(app, siti, done, clock):
    with app.app_context():
        amendments.revoke(done["rani"], "Diikuti oleh orang lain", 2, clock.now())
        _db.session.commit()

    [row] = take(siti)

    assert (row["id_rekaman"], row["status_kirim"]) == (done["rani"], "batal")
    assert take(siti) == []


def test_another_filter_has_its_own_last_taking(siti):
    assert len(take(siti, kursus="layanan-prima")) == 1
    assert take(siti, kursus="layanan-prima") == []
    assert take(siti) == []


def test_another_person_has_their_own_last_taking(app, siti, sign_in, clock):
    hr_of(app, clock, 1)

    assert len(take(sign_in("hendra"))) == 1


def test_a_wider_right_is_not_the_old_filter(app, siti, clock):
    """Else the completions of the new units would never come."""
    hr_of(app, clock, 5, person_id=2)

    assert {row["instansi_kode"] for row in take(siti)} == {"6771", "5500"}


def test_everything_is_still_to_be_had(siti):
    answer = siti.post(PAGE, data={"format": "ndjson"})

    assert len(answer.text.splitlines()) == 1


def test_the_sums_of_those_with_news_come_again(app, sign_in, live, clock):
    siti, form = sign_in("siti"), {"jenis": "rekap_jp", "tahun": "2026"}
    clock.skip(minutes=5)
    assert len(take(siti, **form)) == 4
    clock.skip(minutes=5)
    with app.app_context():
        samples.finish(4, live, clock.now())

    rows = take(siti, **form)

    assert [(row["nama"], row["jp_total"]) for row in rows] == [
        ("Rani Kusumawardhani", 4)
    ]


def test_somebody_who_moved_comes_again(app, sign_in, live, clock):
    siti, form = sign_in("siti"), {"jenis": "rekap_jp", "tahun": "2026"}
    clock.skip(minutes=5)
    take(siti, **form)
    clock.skip(minutes=5)
    with app.app_context():
        rani = _db.session.get_one(Person, 4)
        rani.unit_id, rani.updated_at = 2, clock.now()
        _db.session.commit()

    rows = take(siti, **form)

    assert [row["perangkat_daerah"] for row in rows] == [
        "Badan Kepegawaian dan Pengembangan SDM"
    ]
