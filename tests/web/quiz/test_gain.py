"""A pre- and a post-test of the sample course tell what people gained."""

import shutil
from datetime import timedelta
from types import SimpleNamespace

import pytest

from lms.catalog import courses, items
from lms.catalog.publishing import publish_all
from lms.db import db as _db
from lms.kernel import clock
from lms.quiz import answers, attempts
from lms.records import enrolments
from tests.publishing import NOW, SAMPLES

from . import answered

COURSE = "contoh-singkat"
PAGE = f"/kuis/{COURSE}/{{}}/analisis"
FIRST_QUIZ = """---
jenis: kuis
id: kuis-awal
judul: Kuis awal
pasangan: kuis-akhir
---

## Satu {#awal-satu}

Berkas diperiksa berapa kali?

- (x) Satu kali
- ( ) Dua kali

## Dua {#awal-dua}

Siapa yang disapa lebih dahulu?

- (x) Warga
- ( ) Atasan
"""


@pytest.fixture
def pair(app, db, tmp_path):
    """The sample course with a pre-test before its lessons."""
    content = tmp_path / "content"
    shutil.copytree(SAMPLES, content)
    course = content / "kursus" / COURSE
    (course / "kuis/awal.md").write_text(FIRST_QUIZ, "utf-8")
    text = (course / "kursus.yml").read_text("utf-8")
    first = "      - 01-menyapa.md"
    text = text.replace(first, f"      - kuis/awal.md\n{first}")
    (course / "kursus.yml").write_text(text, "utf-8")
    with app.app_context():
        report = publish_all(content, NOW)
        assert report.is_ok, report.outcomes


def _take(person_id: int, quiz: str, right: int, hours: int) -> None:
    """Hand in a quiz with the first `right` choices right and nothing else."""
    now = clock.now() + timedelta(hours=hours)
    attempt = attempts.start(person_id, COURSE, quiz, now)
    keys = items.keys(place["q"] for place in attempt.layout)
    singles = [
        slot for slot, place in enumerate(attempt.layout)
        if keys[place["q"]]["kind"] == "single"
    ]  # fmt: skip
    for slot in singles[:right]:
        credit = keys[attempt.layout[slot]["q"]]["credit"]
        best = next(int(n) for n, share in credit.items() if share == 100)
        answers.save(attempt, slot, 1, best, now)
    attempts.submit(attempt, now + timedelta(minutes=5))


def _gather(count: int, before: int = 1, first: int = answered.FIRST, turned=False):
    hours = (3, 1) if turned else (1, 3)
    for person_id in answered.add_people(count, first):
        person = SimpleNamespace(id=person_id, unit_id=4)
        enrolments.enrol(person, courses.live(COURSE), clock.now())
        for quiz, at in sorted(
            zip(("kuis-awal", "kuis-akhir"), hours, strict=True), key=lambda p: p[1]
        ):
            _take(person_id, quiz, before if quiz == "kuis-awal" else 9, at)
    _db.session.commit()


def test_the_gain_stands_on_both_pages_with_its_n(app, pair, sign_in):
    with app.app_context():
        _gather(5)
    hendra = sign_in("hendra")

    for code in ("kuis-awal", "kuis-akhir"):
        page = hendra.get(PAGE.format(code)).text
        assert "Sebelum dan sesudah" in page
        assert page.index("<dt>Kuis awal</dt>") < page.index("<dt>Kuis akhir</dt>")
        assert "<dd>rata-rata 50</dd>" in page  # one of two
        assert "5 orang dengan keduanya" in page


def test_four_people_tell_nothing(app, pair, sign_in):
    with app.app_context():
        _gather(4)

    page = sign_in("hendra").get(PAGE.format("kuis-awal")).text

    assert "dibandingkan sesudah paling sedikit 5 orang mengerjakan keduanya" in page


def test_who_took_them_the_other_way_round_has_gained_nothing(app, pair, sign_in):
    with app.app_context():
        _gather(3)
        _gather(4, first=9_000, turned=True)

    page = sign_in("hendra").get(PAGE.format("kuis-awal")).text

    assert "dibandingkan sesudah paling sedikit 5 orang" in page


def test_a_quiz_without_a_pair_does_not_speak_of_one(app, quiz, sign_in):
    quiz()

    assert (
        "Sebelum dan sesudah"
        not in sign_in("hendra").get("/kuis/layanan/kuis-akhir/analisis").text
    )
