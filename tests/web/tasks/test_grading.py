"""Graders: who sees what, publishing, returning, several of them, second opinions."""

import re

import pytest
from sqlalchemy import select

from lms.accounts.models import Deputy, Person
from lms.audit.models import AuditEntry, DataAccess
from lms.db import db as _db
from lms.jobs.models import OutboxEntry
from lms.records.models import ItemFact
from lms.tasks import telling
from lms.tasks.models import Call, Outcome, Review, ReviewDraft, Waiver, Work
from tests.cast import CAST, START

from . import stage
from .stage import COVER, FAIR, GOOD, LIST, POOR


def rows(app, model) -> list:
    with app.app_context():
        return list(_db.session.scalars(select(model)))


def scores(app) -> list:
    found = sorted(rows(app, Outcome), key=lambda o: o.id)
    return [(o.number, o.result, o.score_bp) for o in found]


@pytest.fixture
def handed_in(task, sign_in):
    """Rani has handed in a text and a file; returns the address of her work."""

    def set_up(*learners, **rules):
        task(*learners, **rules)
        rani = sign_in("rani")
        url = stage.begin(rani)
        stage.write(rani, url, lampiran=stage.file())
        stage.hand_in(rani, url)
        return url

    return set_up


def test_the_course_page_says_where_the_work_is(handed_in, sign_in):
    url = handed_in()
    rani = sign_in("rani")
    page = f"/kursus/{stage.COURSE}"

    waiting = rani.get(page).text
    hendra = sign_in("hendra")
    stage.grade(hendra, url, act="kembalikan", remark="Tambah angka.")
    returned = rani.get(page).text

    assert "Menunggu penilaian" in waiting
    assert "Dikembalikan" in returned
    assert "Menunggu penilaian" not in returned


def test_only_those_who_grade_it_see_it(handed_in, sign_in):
    url = handed_in("rani", "agus")

    for name, sees in (
        ("hendra", True), ("yohanes", True), ("agus", False), ("siti", False),
        ("made", False), ("rani", False),
    ):  # fmt: skip
        client = sign_in(name)
        if name != "rani":  # whose name stands in the header
            assert ("Rani" in client.get(LIST).text) is sees, name
        found = client.get(stage.grading(url)).status_code
        assert found == (200 if sees else 404), name
        sent = stage.grade(client, url, {}, act="simpan").status_code
        assert sent == (303 if sees else 404), name


def test_an_instructor_who_is_no_author_does_not_see_it(app, sign_in, handed_in):
    url = handed_in()
    with app.app_context():
        stage.make_instructor("siti")  # over the unit, but no author
    assert sign_in("siti").get(stage.grading(url)).status_code == 404


def test_a_deputy_grades_in_place_of_the_superior(app, handed_in, sign_in, clock):
    url = handed_in()
    with app.app_context():
        _db.session.add(
            Deputy(
                superior_id=CAST["yohanes"].id, deputy_id=CAST["siti"].id,
                valid_from=START, valid_to=None, granted_at=clock.now(),
            )
        )  # fmt: skip
        _db.session.commit()

    assert stage.grade(sign_in("siti"), url).status_code == 303
    assert [r.role for r in rows(app, Review)] == ["superior"]
    assert stage.grade(sign_in("yohanes"), url).status_code == 409


def test_the_page_shows_work_file_and_rubric_and_the_look_is_noted(
    app, handed_in, sign_in
):
    url = handed_in()
    yohanes = sign_in("yohanes")

    page = yohanes.get(stage.grading(url)).text
    yohanes.get(stage.grading(url))
    file = yohanes.get(re.search(r'href="(/berkas/[^"]+)"', page)[1])

    assert "antrean panjang" in page
    assert "Masalah tingkat 4" in page
    assert page.count('type="radio"') == 8
    assert file.status_code == 200
    whats = [a.what for a in rows(app, DataAccess)]
    assert whats == [
        "Pekerjaan tugas yang dinilai: teks, lampiran, dan nama",
        "Berkas yang Anda lampirkan",
    ]
    assert "Pekerjaan tugas yang dinilai" in sign_in("rani").get("/data-saya").text


def test_a_draft_of_a_grader_is_seen_by_nobody_else(app, handed_in, sign_in):
    url = handed_in()
    hendra, yohanes = sign_in("hendra"), sign_in("yohanes")

    stage.grade(hendra, url, {"masalah": 3}, act="simpan", remark="Catatan rahasia.")

    page = hendra.get(stage.grading(url)).text
    assert "Catatan rahasia." in page
    assert 'value="3" checked' in page
    assert "Catatan rahasia." not in yohanes.get(stage.grading(url)).text
    assert "Catatan rahasia." not in sign_in("rani").get(url).text
    assert rows(app, Review) == []


def test_both_must_grade_and_neither_sees_the_other_before(app, handed_in, sign_in):
    url = handed_in()
    rani, hendra, yohanes = sign_in("rani"), sign_in("hendra"), sign_in("yohanes")

    stage.grade(hendra, url, GOOD, remark="Dari pengajar.", masalah="Angkanya jelas.")
    waiting = rani.get(url).text
    seen = yohanes.get(stage.grading(url)).text
    stage.grade(yohanes, url, FAIR, remark="Dari atasan.")

    assert "Sedang dinilai" in waiting
    assert "Dari pengajar." not in waiting + seen
    assert scores(app) == [(1, "graded", 7_750)]
    page = rani.get(url).text
    for words in ("Dari pengajar.", "Dari atasan.", "Angkanya jelas.", "Nilai 77,5",
                  "Nilai 90", "Nilai 65", "Lulus"):  # fmt: skip
        assert words in page, words
    assert "Tidak ada yang menunggu" in hendra.get(LIST).text


def test_publishing_twice_is_once(app, handed_in, sign_in):
    url = handed_in()
    hendra = sign_in("hendra")

    assert stage.grade(hendra, url, GOOD).status_code == 303
    assert stage.grade(hendra, url, POOR).status_code == 409
    assert [r.score_bp for r in rows(app, Review)] == [9_000]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (stage.form({"masalah": 4}), "Pilih satu tingkat untuk setiap kriteria"),
        (stage.form(GOOD | {"langkah": 9}), "Pilih satu tingkat"),
        (stage.form({}, act="kembalikan"), "Tulis apa yang harus diperbaiki"),
        (stage.form(GOOD, remark="x" * 4_001), "paling panjang 4.000"),
        (stage.form(GOOD, act="hapus"), "tidak dikenal"),
    ],
)
def test_a_mistake_of_a_grader_is_told_and_keeps_what_was_written(
    app, handed_in, sign_in, data, words
):
    url = handed_in()

    answer = sign_in("hendra").post(
        stage.grading(url), data=data | {"komentar-masalah": "Tetap di sini."}
    )

    assert answer.status_code == 422
    assert words in answer.text
    if data["aksi"] != "hapus":
        assert "Tetap di sini." in answer.text
    assert rows(app, Review) == []


def test_the_criteria_that_lack_a_level_are_marked(app, handed_in, sign_in):
    url, lacks = handed_in(), "Belum ada tingkat yang dipilih."
    hendra = sign_in("hendra")

    half = stage.form({"masalah": 4})
    back = stage.form({}, act="kembalikan")

    assert hendra.post(stage.grading(url), data=half).text.count(lacks) == 1
    assert lacks not in hendra.post(stage.grading(url), data=back).text


def test_returned_by_one_nobody_else_need_grade_and_it_passes_the_second_time(
    app, handed_in, sign_in
):
    url = handed_in()
    rani, hendra, yohanes = sign_in("rani"), sign_in("hendra"), sign_in("yohanes")

    stage.grade(hendra, url, {}, act="kembalikan", remark="Mana ukurannya?")
    late = stage.grade(yohanes, url, GOOD)
    second = stage.begin(rani)
    stage.write(rani, second, stage.TEXT + "\n\nUkuran: garis turus.")
    stage.hand_in(rani, second)
    stage.grade(hendra, second, GOOD)
    stage.grade(yohanes, second, FAIR)

    assert late.status_code == 409
    assert scores(app) == [(1, "returned", None), (1, "graded", 7_750)]
    assert {(w.number, "turus" in w.text) for w in rows(app, Work)} == {
        (1, False),
        (2, True),
    }
    page = rani.get(COVER).text
    assert "Pengumpulan ke-1" in page
    assert "Dikembalikan" in page
    assert "Mana ukurannya?" in rani.get(url).text
    assert [f.score_bp for f in rows(app, ItemFact) if f.fact == "passed"] == [7_750]


def test_work_is_graded_by_the_rubric_it_was_begun_with(app, handed_in, sign_in):
    url = handed_in(graders=["superior"])
    other = [dict(row, weight=50) for row in stage.RUBRIC]
    with app.app_context():
        stage.publish(graders=["superior"], rubric=other, pass_percent=95)

    stage.grade(sign_in("yohanes"), url, GOOD)

    assert scores(app) == [(1, "graded", 9_000)]
    assert "Lulus" in sign_in("rani").get(url).text


def test_better_words_show_at_once_other_rules_do_not(app, task, sign_in):
    task(graders=["superior"])
    rani = sign_in("rani")
    with app.app_context():
        stage.publish(graders=["superior"], intro_html="<p>Lebih jelas.</p>")
    assert "Lebih jelas." in rani.get(COVER).text
    with app.app_context():
        stage.publish(graders=["superior"], intro_html="<p>Lain.</p>", pass_percent=95)

    page = rani.get(COVER).text
    assert "Nilai lulus 70" in page
    assert "Pilih satu layanan." in page


def test_mails_go_out_and_say_nothing_of_the_work(app, handed_in, sign_in, clock):
    app.config["SMTP_URL"] = "smtp://surat.contoh.go.id"
    try:
        url = handed_in(graders=["superior"])
        stage.grade(sign_in("yohanes"), url, GOOD)
        with app.app_context():
            told = rows_of_topic(telling.TOPIC)
            for body in told:
                telling.write(body, app.config)
            _db.session.commit()
            mails = rows_of_topic("mail")
    finally:
        app.config["SMTP_URL"] = ""

    assert [m["to"] for m in mails] == ["rani@contoh.go.id"]  # graded meanwhile
    assert "sudah dinilai" in mails[0]["subject"]
    assert "antrean" not in mails[0]["text"]
    assert "90" not in mails[0]["text"].replace(url, "")


def rows_of_topic(topic: str) -> list[dict]:
    return [
        entry.body
        for entry in _db.session.scalars(
            select(OutboxEntry).where(OutboxEntry.topic == topic)
        )
    ]


def test_graders_find_it_on_their_home_page(handed_in, sign_in):
    handed_in()

    for name in ("hendra", "yohanes"):
        assert "1 menunggu penilaian Anda" in sign_in(name).get("/").text
    assert "menunggu penilaian" not in sign_in("siti").get("/").text


def test_who_becomes_the_superior_later_is_asked_too(app, handed_in, sign_in, clock):
    handed_in(graders=["superior"])
    with app.app_context():
        _db.session.get(Person, CAST["rani"].id).supervisor_id = CAST["siti"].id
        _db.session.commit()
    clock.skip(days=2)

    with app.app_context():
        telling.recall(clock.now())
        _db.session.commit()

    assert {c.person_id for c in rows(app, Call)} == {
        CAST["yohanes"].id,
        CAST["siti"].id,
    }
    assert "Rani" in sign_in("siti").get(LIST).text
    assert "Rani" not in sign_in("yohanes").get(LIST).text


def test_a_second_opinion_is_asked_once_and_the_better_counts(app, handed_in, sign_in):
    url = handed_in(graders=["instructor"])
    with app.app_context():
        stage.make_instructor("made")
    rani, hendra, made = sign_in("rani"), sign_in("hendra"), sign_in("made")
    asks = f"{url}/penilaian-kedua"

    early = rani.post(asks, data={"alasan": "Saya tidak sependapat"})
    stage.grade(hendra, url, POOR)
    bare = rani.post(asks, data={"alasan": "x"})
    for _ in range(2):
        assert (
            rani.post(asks, data={"alasan": "Ukurannya sudah ada"}).status_code == 303
        )
    assert hendra.get(stage.grading(url)).status_code == 200
    assert "sebagai: Penilai kedua" in made.get(LIST).text
    assert "Ukurannya sudah ada" in made.get(stage.grading(url)).text
    stage.grade(made, url, GOOD, remark="Sudah memadai.")

    assert (early.status_code, bare.status_code) == (409, 422)
    assert scores(app) == [(1, "graded", 2_500), (2, "graded", 9_000)]
    page = rani.get(url).text
    assert "Nilai 90" in page
    assert "Sudah memadai." in page
    assert "berlaku yang lebih tinggi" in page
    assert "Anda lulus tugas ini." in rani.get(COVER).text
    assert sorted(r.role for r in rows(app, Review)) == ["instructor", "second"]


def test_a_worse_second_opinion_takes_nothing_away(app, handed_in, sign_in):
    url = handed_in(graders=["instructor"])
    with app.app_context():
        stage.make_instructor("made")
    rani, made = sign_in("rani"), sign_in("made")
    stage.grade(sign_in("hendra"), url, GOOD)
    rani.post(f"{url}/penilaian-kedua", data={"alasan": "Ingin tahu saja"})

    stage.grade(made, url, POOR)

    assert scores(app) == [(1, "graded", 9_000), (2, "graded", 9_000)]
    assert [f.score_bp for f in rows(app, ItemFact) if f.fact == "passed"] == [9_000]


def test_an_instructor_decides_without_a_silent_superior_after_a_fortnight(
    app, handed_in, sign_in, clock
):
    url = handed_in()
    hendra = sign_in("hendra")
    stage.grade(hendra, url, GOOD)
    page = f"{stage.grading(url)}/tanpa/superior"
    why = {"alasan": "Atasan sedang cuti panjang"}

    early = hendra.post(page, data=why)
    clock.skip(days=14)
    hendra = sign_in("hendra")
    assert "Putuskan tanpa penilai ini" in hendra.get(stage.grading(url)).text
    bare = hendra.post(page, data={"alasan": ""})
    strange = hendra.post(f"{stage.grading(url)}/tanpa/raja", data=why)
    other = sign_in("yohanes").post(page, data=why)
    for _ in range(2):
        assert hendra.post(page, data=why).status_code == 303

    assert (early.status_code, bare.status_code) == (409, 422)
    assert (strange.status_code, other.status_code) == (409, 404)
    assert scores(app) == [(1, "graded", 9_000)]
    assert [w.reason for w in rows(app, Waiver)] == [why["alasan"]]
    assert "tanpa menunggu penilai: Atasan" in sign_in("rani").get(url).text
    acts = {a.action for a in rows(app, AuditEntry)}
    assert {"task.graded", "task.waived"} <= acts


def test_where_only_the_superior_grades_an_instructor_steps_in_for_nobody(
    app, handed_in, sign_in
):
    with app.app_context():
        _db.session.get(Person, CAST["rani"].id).supervisor_id = None
        _db.session.commit()
    url = handed_in(graders=["superior"])
    hendra = sign_in("hendra")
    assert "Atasan: belum tercatat" in sign_in("rani").get(url).text
    assert stage.grade(hendra, url, GOOD).status_code == 409

    hendra.post(
        f"{stage.grading(url)}/tanpa/superior", data={"alasan": "Belum punya atasan"}
    )
    stage.grade(hendra, url, GOOD)

    assert scores(app) == [(1, "graded", 9_000)]


def test_a_round_is_noted_nowhere_twice(app, handed_in, sign_in):
    """Drafts of graders are gone once published."""
    url = handed_in(graders=["superior"])
    yohanes = sign_in("yohanes")
    stage.grade(yohanes, url, GOOD, act="simpan")
    assert len(rows(app, ReviewDraft)) == 1

    stage.grade(yohanes, url, GOOD)

    assert rows(app, ReviewDraft) == []
