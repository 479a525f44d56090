"""A quiz before the course measures; the one after it shows what was gained."""

import shutil

import pytest
from sqlalchemy import select

from lms.db import db as _db
from lms.quiz.models import Attempt
from lms.records.models import Completion, ItemFact
from tests.publishing import SAMPLES
from tests.translated import FOLDER, edit, publish

COURSE = f"/kursus/{FOLDER}"
PRE = """---
jenis: kuis
id: kuis-awal
judul: Kuis awal
pasangan: kuis-akhir
---

## Satu {#awal-satu}

Warga disapa siapa?

- (x) Petugas
- ( ) Mesin

## Dua {#awal-dua}

Warga menunggu di mana?

- (x) Di kursi
- ( ) Di jalan
"""


@pytest.fixture
def rani(app, sign_in, tmp_path):
    shutil.copytree(SAMPLES, tmp_path / "content")
    folder = tmp_path / "content/kursus" / FOLDER
    (folder / "kuis/awal.md").write_text(PRE, "utf-8")
    edit(
        folder / "kursus.yml",
        "      - 01-menyapa.md",
        "      - kuis/awal.md\n      - 01-menyapa.md",
    )
    assert publish(app, folder).is_ok
    client = sign_in("rani")
    client.post(f"{COURSE}/ikuti")
    return client


def take(client, quiz, answers=()):
    where = client.post(f"/kuis/{FOLDER}/{quiz}/mulai").location.split("/soal")[0]
    for number, answer in enumerate(answers, 1):
        client.post(
            f"{where}/soal/{number}",
            data={"jawaban": answer, "seq": "1", "ke": "berikut"},
        )
    client.post(f"{where}/kumpulkan")
    return f"{where}/hasil"


def facts(app, quiz):
    with app.app_context():
        rows = select(ItemFact.fact).where(ItemFact.item_code == quiz)
        return list(_db.session.scalars(rows))


def test_a_pretest_is_done_however_it_went(app, rani):
    page = rani.get(take(rani, "kuis-awal", ["1", "1"])).text

    assert facts(app, "kuis-awal") == ["filled"]
    assert "Nilainya tidak menentukan kelulusan" in page
    assert "Anda belum lulus" not in page
    assert "1 dari 4 butir selesai" in rani.get(COURSE).text


def test_the_course_page_says_what_it_is_for(rani):
    assert "Kerjakan “Kuis awal”; nilainya tidak menentukan" in rani.get(COURSE).text


def test_only_the_post_test_asks_for_a_score(rani):
    before, after = (rani.get(f"{COURSE}/kuis-{one}").text for one in ("awal", "akhir"))

    assert "Nilainya tidak menentukan kelulusan" in before
    assert "Nilai lulus" not in before
    assert "Nilai lulus" in after


def test_handing_it_in_twice_is_one_fact(app, rani):
    take(rani, "kuis-awal")
    take(rani, "kuis-awal")

    assert facts(app, "kuis-awal") == ["filled"]


def test_the_post_test_still_has_to_be_passed(app, rani):
    take(rani, "kuis-akhir")

    assert facts(app, "kuis-akhir") == []
    with app.app_context():
        assert _db.session.scalars(select(Completion)).all() == []


def test_the_gain_is_shown_after_the_second_one(app, rani):
    first = take(rani, "kuis-awal", ["0", "1"])
    take(rani, "kuis-awal", ["0", "0"])
    assert "Sebelum" not in rani.get(first).text

    page = rani.get(take(rani, "kuis-akhir")).text

    with app.app_context():
        score = _db.session.scalars(
            select(Attempt.score_bp).where(Attempt.item_code == "kuis-akhir")
        ).one()
    assert score == 0
    assert "Sebelum 50, sesudah 0." in page


def test_nobody_sees_the_gain_of_somebody_else(app, rani, sign_in):
    take(rani, "kuis-awal", ["0", "0"])
    agus = sign_in("agus")
    agus.post(f"{COURSE}/ikuti")

    page = agus.get(take(agus, "kuis-akhir")).text

    assert "Sebelum" not in page.split("<main", 1)[1].split("Nilai Anda")[0]
    assert "Sebelum 100" not in page
