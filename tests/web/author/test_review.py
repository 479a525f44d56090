"""Tinjau perubahan: what is read is what is published, with what was chosen."""

import re
from types import SimpleNamespace

import pytest
from sqlalchemy import func, select

from lms.accounts.models import Person
from lms.audit.models import AuditEntry, DataAccess
from lms.author import affected
from lms.author.models import ChangeReview
from lms.catalog import courses
from lms.db import db as _db
from lms.kernel import clock
from lms.quiz.models import Attempt, Rescore
from lms.records import enrolments, facts
from lms.records.models import Completion, Enrolment
from tests.cast import CAST

from .stage import (
    COURSE,
    FIRST,
    HINT,
    KEY,
    LIST,
    MINI,
    QUIZ,
    REVIEW,
    SETUP,
    STEM,
    WHY,
    edit,
    hidden,
)
from .taking import take

AGREED = {"catatan": WHY, "kode": COURSE}


def enrol(app, name: str = "agus") -> None:
    part = CAST[name]
    with app.app_context():
        person = SimpleNamespace(id=part.id, unit_id=part.unit_id)
        enrolments.enrol(person, courses.live(COURSE), clock.now())
        _db.session.commit()


def number(app, code: str = COURSE) -> int:
    with app.app_context():
        return courses.live(code).number


def publish(client, page: str, **more):
    return client.post(REVIEW, data=hidden(page) | AGREED | more)


def test_only_instructors_see_it(folder, sign_in):
    for name in ("rani", "siti", "made"):
        assert sign_in(name).get(LIST).status_code == 403
        assert sign_in(name).get(REVIEW).status_code == 403


def test_only_those_who_write_the_course_see_it(app, folder, sign_in):
    edit(folder, *KEY)
    with app.app_context():
        _db.session.get(Person, CAST["hendra"].id).name = "Hendra Wijaya"
        _db.session.commit()
    hendra = sign_in("hendra")

    assert "Belum ada kursus Anda" in hendra.get(LIST).text
    assert hendra.get(REVIEW).status_code == 404
    assert hendra.post(REVIEW, data=AGREED).status_code == 404
    assert number(app) == 1


def test_a_name_put_into_the_folder_opens_nothing_of_a_live_course(
    app, folder, sign_in
):
    edit(folder, (SETUP, "- Hendra Saputra", "- Hendra Saputra\n  - Hendra Wijaya"))
    with app.app_context():
        _db.session.get(Person, CAST["hendra"].id).name = "Hendra Wijaya"
        _db.session.commit()

    assert sign_in("hendra").get(REVIEW).status_code == 404


def test_the_list_says_how_each_folder_stands(folder, sign_in):
    hendra = sign_in("hendra")
    before = hendra.get(LIST).text
    edit(folder, *KEY)
    waiting = hendra.get(LIST).text
    edit(folder, (QUIZ, "- (x) Setelah", "- (v) Setelah"))
    broken = hendra.get(LIST).text

    assert "Sama dengan yang tayang" in before
    assert "Ada perubahan" in waiting
    assert "Bergalat" in broken
    assert "1 galat" in broken


def test_a_broken_course_shows_file_line_and_mending_and_stays_live(
    app, folder, sign_in
):
    edit(folder, (QUIZ, "- (x) Begitu", "- (v) Begitu"))
    hendra = sign_in("hendra")

    page = hendra.get(REVIEW).text
    answer = hendra.post(REVIEW, data=AGREED)

    assert re.search(r"<code>kuis/akhir\.md</code>, baris \d+, kolom \d+", page)
    assert "Perbaikan:" in page
    assert 'id="terbit"' not in page
    assert answer.status_code in (409, 422)
    assert number(app) == 1


def test_green_is_published_with_one_button(app, folder, sign_in):
    edit(folder, HINT)
    hendra = sign_in("hendra")
    page = hendra.get(REVIEW).text

    answer = hendra.post(REVIEW, data=hidden(page))

    assert "Tidak perlu apa-apa" in page
    assert answer.status_code == 303
    assert number(app) == 2
    assert "Folder kursus ini sama dengan yang tayang" in hendra.get(REVIEW).text


def test_yellow_wants_one_tick(app, folder, sign_in):
    edit(folder, STEM)
    hendra = sign_in("hendra")
    page = hendra.get(REVIEW).text

    refused = hendra.post(REVIEW, data=hidden(page))
    agreed = hendra.post(REVIEW, data=hidden(page) | {"setuju": "y"})

    assert "Kapan petugas menyapa warga?" in page
    assert "Kapan sebaiknya petugas menyapa warga?" in page
    assert refused.status_code == 422
    assert "Centang untuk menyetujui" in refused.text
    assert agreed.status_code == 303


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"kode": "lain"}, "Ketik kode kursus persis"),
        ({"kode": ""}, "Ketik kode kursus persis"),
        ({"catatan": ""}, "Tulis alasan 5 sampai 500 karakter"),
        ({"catatan": "NIP 199008172015031901"}, "Tulis alasan 5 sampai 500 karakter"),
    ],
)
def test_red_wants_the_code_typed_and_a_note(app, folder, sign_in, sent, said):
    edit(folder, *KEY)
    hendra = sign_in("hendra")

    answer = publish(hendra, hendra.get(REVIEW).text, **sent)

    assert answer.status_code == 422
    assert said in answer.text
    assert number(app) == 1


def test_the_review_says_whom_it_touches(app, folder, sign_in):
    take(app)
    enrol(app, "rani")
    edit(folder, *KEY)

    page = sign_in("hendra").get(REVIEW).text

    assert "Kunci jawaban soal “sapaan” berubah." in page
    assert "V903" in page
    assert "1 percobaan selesai memakai soal ini." in page
    assert "Soal “sapaan”: 1 percobaan selesai" in page


def test_who_is_taking_it_is_named_to_those_who_teach_them_and_that_is_noted(
    app, folder, sign_in
):
    enrol(app, "agus")
    enrol(app, "rani")  # of an agency where Hendra does not teach

    page = sign_in("hendra").get(f"/tulis/{COURSE}/peserta").text

    assert "Agus Pranoto" in page
    assert "Rani" not in page
    with app.app_context():
        looks = _db.session.scalars(select(DataAccess.what)).all()
    assert looks == [affected.RUNNING]


def test_the_list_of_those_goes_on_and_can_be_taken_whole(
    app, folder, sign_in, monkeypatch
):
    monkeypatch.setattr(affected, "PAGE", 1)
    for name in ("agus", "hendra", "rani"):
        enrol(app, name)
    hendra, place = sign_in("hendra"), f"/tulis/{COURSE}/peserta"

    first = hendra.get(place).text
    onward = re.search(r'href="([^"]+)" rel="next"', first)[1]
    second = hendra.get(onward).text
    file = hendra.post(f"{place}/berkas").data.decode("utf-8-sig")

    assert "Agus Pranoto" in first
    assert "Agus Pranoto" not in second
    assert 'rel="next"' not in second
    names = [line.partition(";")[0] for line in file.splitlines()]
    assert names == ["nama", "Agus Pranoto", "Hendra Saputra"]
    with app.app_context():
        acts = set(_db.session.scalars(select(DataAccess.kind)).all())
        assert "exported" in acts
    for after in ("x", "-1", "9" * 30):
        assert "Agus Pranoto" in hendra.get(f"{place}?sesudah={after}").text


def test_the_file_is_for_who_teaches_the_course(app, folder, sign_in):
    enrol(app, "agus")

    for name in ("agus", "siti", "yohanes"):
        answer = sign_in(name).post(f"/tulis/{COURSE}/peserta/berkas")
        assert answer.status_code == 403, name


def test_left_alone_nothing_of_what_stands_changes(app, folder, sign_in):
    attempt_id = take(app)
    edit(folder, *KEY)
    hendra = sign_in("hendra")

    publish(hendra, hendra.get(REVIEW).text)

    with app.app_context():
        assert _db.session.get(Attempt, attempt_id).score_bp == 10_000
        assert _db.session.scalar(select(func.count()).select_from(Rescore)) == 0
        [review] = _db.session.query(ChangeReview)
        assert (review.note, review.by_id) == (WHY, CAST["hendra"].id)
        assert review.choices == {
            "questions": {}, "rule": "new", "takes_passes": False
        }  # fmt: skip
        [entry] = _db.session.scalars(
            select(AuditEntry).where(AuditEntry.action == "course.changes_approved")
        )
        assert entry.facts["changes"] == ["V903"]


def test_the_page_says_beside_the_button_what_will_follow(app, folder, sign_in):
    take(app)
    edit(folder, *KEY)
    hendra = sign_in("hendra")

    left, chosen = (hendra.get(f"{REVIEW}{q}").text for q in ("", "?soal-sapaan=ulang"))

    left, chosen = (page[page.index('id="terbit"') :] for page in (left, chosen))
    assert "Soal “sapaan”: “Biarkan: nilai yang sudah ada tetap”." in left
    assert "Soal “sapaan”: “Hitung ulang dengan kunci yang baru”." in chosen
    assert "baru berlaku sesudah “Hitung akibatnya” ditekan" in left


def test_counting_again_is_tried_out_first_and_then_done(app, folder, sign_in):
    attempt_id = take(app)
    edit(folder, *KEY)
    hendra, agus = sign_in("hendra"), sign_in("agus")

    tried = hendra.get(f"{REVIEW}?soal-sapaan=ulang").text
    with app.app_context():
        untouched = _db.session.get(Attempt, attempt_id).score_bp
    answer = publish(hendra, tried)

    assert "Agus Pranoto" in tried
    assert '<b class="num">1</b> nilai berubah' in tried
    assert untouched == 10_000
    assert answer.status_code == 303
    with app.app_context():
        attempt = _db.session.get(Attempt, attempt_id)
        assert attempt.score_bp == 7_500
        assert attempt.graded_bp == 10_000
    page = agus.get(f"/kuis/percobaan/{attempt_id}/hasil").text
    assert "Nilai ini dihitung ulang" in page
    assert WHY in page


def test_a_pass_that_would_be_lost_needs_a_tick_of_its_own(app, folder, sign_in):
    attempt_id = take(app, given={"laci": True})
    edit(folder, *KEY)
    hendra = sign_in("hendra")
    tried = hendra.get(f"{REVIEW}?soal-sapaan=ulang").text

    publish(hendra, tried)

    assert 'name="cabut"' in tried
    with app.app_context():
        assert _db.session.get(Attempt, attempt_id).score_bp == 8_750


def test_the_same_form_sent_twice_publishes_once(app, folder, sign_in):
    take(app)
    edit(folder, *KEY)
    hendra = sign_in("hendra")
    tried = hendra.get(f"{REVIEW}?soal-sapaan=ulang").text

    first, second = publish(hendra, tried), publish(hendra, tried)

    assert first.status_code == 303
    assert second.status_code == 409
    assert number(app) == 2
    with app.app_context():
        assert _db.session.scalar(select(func.count()).select_from(Rescore)) == 1


def test_a_folder_saved_after_it_was_read_is_read_again(app, folder, sign_in):
    edit(folder, HINT)
    hendra = sign_in("hendra")
    page = hendra.get(REVIEW).text
    edit(folder, *KEY)

    answer = hendra.post(REVIEW, data=hidden(page))

    assert answer.status_code == 409
    assert "Folder kursus berubah sesudah tinjauan ini dibuka" in answer.text
    assert "Kunci jawaban soal “sapaan” berubah." in answer.text
    assert number(app) == 1


def test_a_rule_binds_only_later_enrolments_unless_chosen(app, folder, sign_in):
    enrol(app)
    edit(folder, (SETUP, "  - berkas: selesai\n", ""))
    hendra = sign_in("hendra")

    publish(hendra, hendra.get(REVIEW).text)
    with app.app_context():
        bound = courses.release(_db.session.query(Enrolment).one().release_id).number
    edit(folder, (SETUP, "  - menyapa: selesai\n", ""))
    publish(hendra, hendra.get(f"{REVIEW}?syarat=semua").text)

    assert bound == 1
    with app.app_context():
        enrolment = _db.session.query(Enrolment).one()
        assert courses.release(enrolment.release_id).number == 3


def test_who_has_done_all_that_is_asked_now_has_finished(app, folder, sign_in):
    with app.app_context():
        part = CAST["agus"]
        person = SimpleNamespace(id=part.id, unit_id=part.unit_id)
        enrolment = enrolments.enrol(person, courses.live(COURSE), clock.now())
        facts.add(enrolment, "kuis-akhir", "passed", clock.now(), score_bp=8_000)
        for code in ("menyapa", "berkas"):
            facts.add(enrolment, code, "read", clock.now())
        _db.session.commit()
        before = _db.session.query(Completion).count()
    edit(
        folder, (SETUP, "  - berkas: selesai\n", ""),
        (SETUP, "  - menyapa: selesai\n", ""),
        (FIRST, "durasi: 30 menit", "durasi: 30 menit\nwajib: tidak"),
        ("02-berkas.md", "jenis: modul", "jenis: modul\nwajib: tidak"),
    )  # fmt: skip
    hendra = sign_in("hendra")

    publish(hendra, hendra.get(f"{REVIEW}?syarat=semua").text)

    with app.app_context():
        assert before == 0
        assert _db.session.query(Completion).count() == 1


def test_taking_it_again_wants_another_edition(app, folder, sign_in):
    enrol(app)
    edit(folder, (SETUP, "  - berkas: selesai\n", ""))
    hendra = sign_in("hendra")
    page = hendra.get(f"{REVIEW}?syarat=edisi").text

    refused = publish(hendra, page)
    edit(folder, (SETUP, "edisi: 1", "edisi: 2"))
    page = hendra.get(f"{REVIEW}?syarat=edisi").text
    agreed = publish(hendra, page)

    assert refused.status_code == 422
    assert "Naikkan “edisi” menjadi 2 di kursus.yml" in refused.text
    assert agreed.status_code == 303
    with app.app_context():
        assert courses.live(COURSE).edition == 2


def test_a_course_never_published_is_reviewed_by_who_is_named_in_it(
    app, db, sign_in, tmp_path, monkeypatch
):
    from . import stage

    root = stage.copy_samples(tmp_path)
    monkeypatch.setitem(app.config, "CONTENT_DIR", str(root))
    hendra = sign_in("hendra")

    page = hendra.get(REVIEW).text
    answer = hendra.post(REVIEW, data=hidden(page))

    assert "Terbitan pertama" in page
    assert answer.status_code == 303
    assert number(app) == 1


@pytest.mark.parametrize(
    "query", ["soal-sapaan=xx", "syarat=%00", "soal-lain=ulang", "syarat=" + "a" * 3000]
)
def test_choices_that_are_none_are_left_alone(app, folder, sign_in, query):
    edit(folder, *KEY)

    assert sign_in("hendra").get(f"{REVIEW}?{query}").status_code in (200, 400)


def test_a_course_that_is_not_there(folder, sign_in):
    hendra = sign_in("hendra")

    assert hendra.get("/tulis/tidak-ada/tinjau").status_code == 404
    assert hendra.get(f"/tulis/{MINI}/soal/tidak-ada").status_code == 404
