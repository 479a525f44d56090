"""Data saya: everything stored about oneself, and who has looked at it."""

import io
import json
import threading

import pytest
from openpyxl import load_workbook
from sqlalchemy import func, select, update

from lms.accounts.models import CorrectionRequest, Person, Preference
from lms.audit import accesses
from lms.audit.models import DataAccess
from lms.competency.models import ShownLevel
from lms.db import db as _db
from lms.home import sections, takeout
from lms.learn.models import LessonNote
from lms.quiz.models import Attempt, SlotScore, TimeAllowance
from lms.records.models import Enrolment
from tests.publishing import publish_samples

RANI, AGUS, SITI = 4, 5, 2
SECRET = "rahasia-agus"


@pytest.fixture
def courses(app, db):
    """The sample courses are live."""
    publish_samples(app)


@pytest.fixture
def lived(app, sign_in, courses, clock):
    """Rani has left traces of many kinds; so has Agus, with a word of his own."""
    for name in ("rani", "agus"):
        one = sign_in(name)
        one.post("/kursus/contoh-mini/ikuti")
        one.post("/kursus/contoh-mini/surat/selesai")
        one.post("/kursus/contoh-singkat/ikuti")
        one.post("/kuis/contoh-singkat/kuis-akhir/mulai")
    now = clock.now()
    with app.app_context():
        course_id = _db.session.scalar(select(Enrolment.course_id).limit(1))
        for person, text in ((RANI, '=HYPERLINK("http://x")'), (AGUS, SECRET)):
            _db.session.add_all(
                [
                    LessonNote(uid=f"u{person}", person_id=person, course_id=course_id,
                               item_code="surat", anchor="", text=text,
                               created_at=now, updated_at=now),
                    CorrectionRequest(person_id=person, field="name", wanted=text,
                                      created_at=now, due_at=now),
                    ShownLevel(person_id=person, competency="PPB", level=2,
                               kind="assessed", found_on=now.date(), source=text,
                               recorded_at=now),
                    TimeAllowance(person_id=person, percent=50, reason=text,
                                  granted_at=now),
                    Preference(person_id=person, updated_at=now),
                ]
            )  # fmt: skip
        _db.session.commit()


def take(client, fmt):
    return client.post("/data-saya/unduh", data={"bentuk": fmt})


def test_the_page_shows_what_is_stored_in_sections(sign_in, lived):
    page = sign_in("rani").get("/data-saya").text

    for words in ("Identitas", "199508252022212902", "Riwayat penempatan",
                  "Sesi masuk", "Kursus yang diikuti", "Fakta belajar",
                  "Percobaan kuis", "Catatan pribadi", "Tambahan waktu kuis",
                  "Kursus yang selesai", "Buku besar hasil", "Tingkat kompetensi",
                  "Permintaan perbaikan data", "UU 27/2022"):  # fmt: skip
        assert words in page, words


def test_nothing_of_anybody_else_is_there(sign_in, lived):
    rani = sign_in("rani")
    page, copy = rani.get("/data-saya").text, take(rani, "json").text

    for text in (page, copy):
        assert SECRET not in text
        assert "199008172015031901" not in text  # the NIP of Agus
        assert "agus@contoh.go.id" not in text


def test_secrets_are_not_in_the_copy(app, sign_in, lived):
    from lms.accounts.models import Credential, LoginSession

    rani = sign_in("rani")
    with app.app_context():
        _db.session.execute(update(Credential).values(password_hash="$argon2id$x"))
        _db.session.commit()
        hashes = _db.session.scalars(select(LoginSession.token_hash)).all()

    copy = take(rani, "json").text

    assert "$argon2id$x" not in copy
    assert not [found for found in hashes if found in copy]


def test_json_holds_every_section_with_its_rows(sign_in, lived):
    answer = take(sign_in("rani"), "json")

    assert answer.status_code == 200
    assert answer.content_type == "application/json"
    assert answer.headers["Cache-Control"] == "no-store"
    disposition = answer.headers["Content-Disposition"]
    assert disposition == "attachment; filename=data-saya_20261122-1400.json"
    found = json.loads(answer.text)
    assert found["format"] == "kelas-asn/data-saya/1"
    assert list(found["bagian"]) == [section.key for section in sections.every()]
    me = found["bagian"]["identitas"]["baris"][0]
    assert (me["nama"], me["nip"]) == ("Rani Kusumawardhani", "199508252022212902")
    assert found["bagian"]["identitas"]["kolom"]["nip"] == "NIP"
    assert len(found["bagian"]["kepesertaan"]["baris"]) == 2
    assert len(found["bagian"]["buku_besar"]["baris"]) == 3
    assert found["bagian"]["catatan"]["baris"][0]["isi"] == '=HYPERLINK("http://x")'


def test_xlsx_has_a_sheet_for_each_section_and_texts_stay_texts(sign_in, lived):
    answer = take(sign_in("rani"), "xlsx")

    book = load_workbook(io.BytesIO(answer.data))
    assert book.sheetnames == ["Baca Saya", *(s.key for s in sections.every())]
    head, row = book["identitas"].iter_rows(values_only=True)
    assert row[head.index("NIP")] == "199508252022212902"
    cell = book["catatan"].cell(2, 7)
    assert (cell.value, cell.data_type) == ('=HYPERLINK("http://x")', "s")
    listed = {row[1]: row[2] for row in book["Baca Saya"].iter_rows(values_only=True)}
    assert listed["kepesertaan"] == 2
    assert listed["identitas"] == 1


def test_a_text_too_long_for_a_cell_is_cut_and_says_so(app, sign_in, lived):
    with app.app_context():
        _db.session.execute(update(LessonNote).values(text="x" * 40_000))
        _db.session.commit()

    book = load_workbook(io.BytesIO(take(sign_in("rani"), "xlsx").data))

    text = book["catatan"].cell(2, 7).value
    assert len(text) == 32_767
    assert text.endswith("lengkapnya di berkas JSON)")


def test_many_rows_are_cut_on_the_page_and_whole_in_the_copy(
    app, sign_in, lived, clock
):
    with app.app_context():
        course_id = _db.session.scalar(select(Enrolment.course_id).limit(1))
        for n in range(30):
            _db.session.add(
                LessonNote(uid=f"n{n}", person_id=RANI, course_id=course_id,
                           item_code="surat", anchor="", text=f"catatan {n}.",
                           created_at=clock.now(), updated_at=clock.now())
            )  # fmt: skip
        _db.session.commit()
    rani = sign_in("rani")

    page = rani.get("/data-saya").text

    assert "lebih dari 10 baris" in page
    assert "catatan 29." in page
    assert "catatan 5." not in page
    rows = json.loads(take(rani, "json").text)["bagian"]["catatan"]["baris"]
    assert len(rows) == 31


def test_scores_of_questions_wait_for_the_pass(app, sign_in, lived, clock):
    """Which answer was right would tell the key of a question that may come again."""
    from lms.records.facts import add

    with app.app_context():
        attempt = _db.session.scalars(
            select(Attempt).where(Attempt.person_id == RANI)
        ).one()
        version = attempt.layout[0]["q"]
        _db.session.add(
            SlotScore(attempt_id=attempt.id, slot=0, question_version_id=version,
                      score_bp=10_000)
        )  # fmt: skip
        _db.session.commit()
    rani = sign_in("rani")

    def scores():
        return json.loads(take(rani, "json").text)["bagian"]["nilai_soal"]["baris"]

    assert scores() == []
    with app.app_context():
        attempt = _db.session.scalars(
            select(Attempt).where(Attempt.person_id == RANI)
        ).one()
        add(attempt.enrolment, "kuis-akhir", "passed", clock.now(), score_bp=10_000)
        _db.session.commit()
    assert len(scores()) == 1


def test_taking_a_copy_is_noted_and_shown(app, sign_in, lived):
    rani = sign_in("rani")
    assert "Salinan Data saya" not in rani.get("/data-saya").text

    take(rani, "xlsx")

    page = rani.get("/data-saya").text
    assert "Anda sendiri" in page
    assert "Salinan Data saya" in page
    with app.app_context():
        (access,) = accesses.of(RANI)
    assert access.facts == {"format": "xlsx"}


def test_who_took_the_data_is_named_with_the_role(app, sign_in, lived):
    sign_in("siti").post("/sdm/ekspor", data={"format": "csv"})

    page = sign_in("rani").get("/data-saya").text

    assert "Siti Marlina" in page
    assert "pengelola SDM" in page
    assert "Riwayat kursus yang selesai" in page
    assert "22 November 2026, 14.00 WIB" in page


def test_looking_at_the_page_writes_nothing(app, sign_in, lived):
    sign_in("rani").get("/data-saya")

    with app.app_context():
        assert _db.session.scalar(select(func.count()).select_from(DataAccess)) == 0


@pytest.mark.parametrize("fmt", ["", "csv", "../json", "\u0660"])
def test_another_format_is_refused(app, sign_in, db, fmt):
    assert take(sign_in("rani"), fmt).status_code == 422
    with app.app_context():
        assert _db.session.scalar(select(func.count()).select_from(DataAccess)) == 0


def test_a_stranger_gets_nothing(sign_in, db):
    stranger = sign_in(None)

    assert stranger.get("/data-saya").status_code == 302
    assert take(stranger, "json").status_code == 302


def test_a_deactivated_person_gets_nothing(app, sign_in, db):
    rani = sign_in("rani")
    with app.app_context():
        _db.session.execute(
            update(Person).where(Person.id == RANI).values(is_active=False)
        )
        _db.session.commit()

    assert take(rani, "json").status_code == 302


def test_a_copy_too_many_at_once_waits(app, sign_in, db, monkeypatch):
    none_left = threading.BoundedSemaphore(1)
    none_left.acquire()
    monkeypatch.setattr(takeout, "_turns", none_left)

    answer = take(sign_in("rani"), "json")

    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "20"


def test_a_copy_that_breaks_gives_its_turn_back(app, sign_in, db, monkeypatch):
    def broken(*_args):
        raise OSError("disk full")

    monkeypatch.setattr(takeout, "_write", broken)
    rani = sign_in("rani")
    app.config["PROPAGATE_EXCEPTIONS"] = False
    try:
        for _ in range(takeout.AT_ONCE + 1):
            assert take(rani, "json").status_code == 500
    finally:
        app.config["PROPAGATE_EXCEPTIONS"] = None
    with app.app_context():
        assert _db.session.scalar(select(func.count()).select_from(DataAccess)) == 0
