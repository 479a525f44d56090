"""Authors read what readers say of their lessons, act, and tell the readers."""

import re
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from lms.accounts.models import Person, RoleGrant
from lms.audit.models import AuditEntry
from lms.catalog import courses
from lms.db import db as _db
from lms.kernel import clock as time
from lms.kernel import ids
from lms.learn import lessons, places, verdicts
from lms.learn.models import LessonChange
from lms.records import enrolments
from tests.cast import CAST, START
from tests.publishing import publish_samples

COURSE, LESSON = "contoh-singkat", "menyapa"
LIST = "/survei/pelajaran"
PAGE = f"{LIST}/{COURSE}/{LESSON}"
ACT = f"{PAGE}/tindak-lanjut"
DONE = "Contoh kedua diganti dengan kasus di loket."


@pytest.fixture
def course(app, db):
    """The sample courses are live; Hendra has written "contoh-singkat"."""
    publish_samples(app)


@pytest.fixture
def readers(app, course):
    """readers(6, 4, unit=4) -> of ten new people four are not helped."""
    numbers = iter(range(2_000, 3_000))

    def say(helped, not_helped, unit=4, comment="", hr=True, lesson=LESSON):
        with app.app_context():
            for is_helpful in [True] * helped + [False] * not_helped:
                one = next(numbers)
                _db.session.add(_person(one, unit))
                _db.session.flush()
                person = SimpleNamespace(id=one, unit_id=unit)
                enrolments.enrol(person, courses.live(COURSE), time.now())
                opened = lessons.open_at(places.find(one, COURSE), lesson)
                words = comment and f"{comment} {one}"
                verdicts.say(opened, is_helpful, words, time.now(), hr)
            _db.session.commit()

    return say


def _person(number: int, unit: int) -> Person:
    return Person(
        id=number, uid=ids.new_uid(), name=f"Pembaca Contoh {number}",
        nip=f"1970010119959{number:05}", asn_status="PNS", unit_id=unit,
        created_at=time.now(), updated_at=time.now(),
    )  # fmt: skip


@pytest.fixture
def hendra(sign_in, course):
    return sign_in("hendra")


@pytest.fixture
def siti(sign_in, course):
    return sign_in("siti")


def act(client, sentence=DONE, word="w1", **more):
    form = {"kalimat": sentence, "formulir": word}
    return client.post(ACT, data=form, **more)


def noted(app) -> list[str]:
    with app.app_context():
        rows = _db.session.scalars(select(LessonChange).order_by(LessonChange.id))
        return [row.sentence for row in rows]


def test_only_who_teaches_and_hr_open_it(sign_in, course):
    for name in ("rani", "yohanes", "made", "agus"):
        client = sign_in(name)
        assert [client.get(page).status_code for page in (LIST, PAGE)] == [403, 403]
        assert act(client).status_code == 403
    assert "Masukan pelajaran" in sign_in("hendra").get("/tulis/percobaan").text
    assert "Masukan pelajaran" in sign_in("siti").get("/sdm").text


def test_it_says_when_nobody_has_said_anything(hendra):
    assert "Belum ada masukan" in hendra.get(LIST).text
    assert "Belum ada yang menjawab." in hendra.get(PAGE).text


def test_a_lesson_that_does_not_help_asks_for_a_change_and_comes_first(hendra, readers):
    readers(12, 0, lesson="berkas")
    readers(7, 3)

    page = hendra.get(LIST).text

    assert page.index("/menyapa") < page.index("/berkas")
    assert page.count("Perlu ditindaklanjuti</span>") == 1
    assert "n = 10 orang, 3 tidak terbantu (30%)" in page


def test_fewer_than_five_tell_no_share(hendra, readers):
    readers(0, 4)

    page = hendra.get(PAGE).text

    assert "n = 4 orang" in page
    assert "tidak terbantu" not in page
    assert "Belum cukup masukan" in hendra.get(LIST).text


def test_comments_are_read_without_names(hendra, readers):
    readers(1, 1, comment="Contohnya <b>lama</b>")

    page = hendra.get(PAGE).text

    assert "Contohnya &lt;b&gt;lama&lt;/b&gt; 2000" in page
    assert "Pembaca Contoh" not in page
    assert "19700101" not in page


def test_the_newest_words_of_a_person_count(app, hendra, readers):
    readers(1, 0, comment="Dahulu begini")
    with app.app_context():
        opened = lessons.open_at(places.find(2_000, COURSE), LESSON)
        verdicts.say(opened, False, "", time.now(), True)
        _db.session.commit()

    page = hendra.get(PAGE).text

    assert "Dahulu begini" not in page
    assert "n = 1 orang" in page


def test_noting_a_change_tells_the_readers_and_counts_anew(
    app, clock, hendra, readers, sign_in
):
    readers(7, 3, comment="Terlalu panjang")
    clock.skip(minutes=10)

    for _ in range(2):  # sent twice is once
        assert act(hendra).status_code == 303

    assert noted(app) == [DONE]
    page = hendra.get(PAGE).text
    assert "Belum ada yang menjawab." in page
    assert "Komentar sebelum perubahan terakhir" in page
    assert "Terlalu panjang 2000" in page
    assert "Perlu ditindaklanjuti</span>" not in hendra.get(LIST).text
    with app.app_context():
        acts = _db.session.scalars(
            select(AuditEntry).where(AuditEntry.action == "course.lesson_changed")
        ).all()
    assert [(a.actor_id, a.facts["n"]) for a in acts] == [(CAST["hendra"].id, 10)]
    rani = sign_in("rani")
    rani.post(f"/kursus/{COURSE}/ikuti")
    lesson = rani.get(f"/kursus/{COURSE}/{LESSON}").text
    assert "Perubahan dari masukan Anda" in lesson
    assert "22 November 2026" in lesson
    assert DONE in lesson


def test_after_a_change_the_next_verdicts_count(clock, hendra, readers):
    readers(7, 3)
    act(hendra)
    clock.skip(hours=1)

    readers(0, 2)

    assert "n = 2 orang" in hendra.get(PAGE).text
    assert act(hendra, "Bagian ketiga dipersingkat.", "w2").status_code == 303


def test_without_new_verdicts_there_is_nothing_to_follow_up(app, hendra, readers):
    assert act(hendra).status_code == 409
    readers(1, 0)
    act(hendra)

    assert act(hendra, "Kalimat lain yang baru.", "w2").status_code == 409
    assert noted(app) == [DONE]


@pytest.mark.parametrize(
    "sentence",
    [
        "",
        "pendek",
        "a" * 301,
        "Tanya 198604182010012903 saja.",
        "Kata\u202eterbalik ya",
    ],
)
def test_a_sentence_is_wanted(app, hendra, readers, sentence):
    readers(1, 1)

    answer = act(hendra, sentence)

    assert answer.status_code == 422
    assert "Tulis apa yang diubah, 10 sampai 300 karakter" in answer.text
    assert 'role="alert"' in answer.text
    assert noted(app) == []


@pytest.mark.parametrize(
    "place", [f"{COURSE}/tidak-ada", f"{COURSE}/kuis-akhir", "tidak-ada/menyapa"]
)
def test_what_is_no_lesson_is_not_there(hendra, siti, place):
    for client in (hendra, siti):
        assert client.get(f"{LIST}/{place}").status_code == 404
        assert client.post(f"{LIST}/{place}/tindak-lanjut").status_code == 404


def test_an_instructor_of_another_course_sees_nothing(app, sign_in, readers):
    readers(5, 5, comment="Rahasia")
    with app.app_context():
        _db.session.add(
            RoleGrant(
                person_id=CAST["agus"].id, role="instructor", unit_id=5,
                valid_from=START, granted_at=time.now(),
            )
        )  # fmt: skip
        _db.session.commit()
    agus = sign_in("agus")

    assert "Melayani warga" not in agus.get(LIST).text
    assert agus.get(PAGE).status_code == 404
    assert act(agus).status_code == 404


def test_hr_reads_of_five_of_its_own_units(siti, readers):
    readers(2, 2, comment="Dari kota")
    readers(3, 3, unit=6, comment="Dari provinsi")
    assert siti.get(PAGE).status_code == 404
    assert "Melayani warga" not in siti.get(LIST).text

    readers(1, 0, comment="Dari kota")

    assert "n = 5 orang, 2 tidak terbantu (40%)" in siti.get(LIST).text
    page = siti.get(PAGE).text
    assert "Dari kota 2000" in page
    assert "Dari provinsi" not in page


def test_hr_reads_only_what_was_written_knowing_so(siti, readers):
    readers(5, 0, comment="Hanya penulis", hr=False)
    readers(1, 0, comment="Juga untuk SDM")

    page = siti.get(PAGE).text

    assert "Juga untuk SDM" in page
    assert "Hanya penulis" not in page
    assert "1 komentar" in siti.get(LIST).text


def test_hr_does_not_act_in_the_authors_place(app, siti, readers):
    readers(5, 5)

    assert "Catat sebagai ditindaklanjuti" not in siti.get(PAGE).text
    assert act(siti).status_code == 403
    assert noted(app) == []


def test_the_form_has_a_word_of_its_own_each_time(hendra, readers):
    readers(1, 1)

    words = {
        re.search(r'name="formulir"[^>]*value="([^"]+)"', hendra.get(PAGE).text)[1]
        for _ in range(2)
    }

    assert len(words) == 2


def test_it_reads_in_english(hendra, readers):
    readers(7, 3)
    hendra.post("/bahasa", data={"bahasa": "en", "kembali": "/"})

    assert "Lesson feedback" in hendra.get(LIST).text
    assert "Note as followed up" in hendra.get(PAGE).text
