"""`lms content diff` and the guard of `lms content publish`."""

import json
from types import SimpleNamespace

import pytest

from lms.author.models import ChangeReview, FormerCode
from lms.catalog import courses
from lms.db import db as _db
from lms.kernel import clock
from lms.records import enrolments
from tests.cast import CAST

from .stage import BANK, COURSE, FIRST, HINT, KEY, QUIZ, STEM, WHY, edit


def enrol(app, name: str = "agus") -> None:
    part = CAST[name]
    with app.app_context():
        person = SimpleNamespace(id=part.id, unit_id=part.unit_id)
        enrolments.enrol(person, courses.live(COURSE), clock.now())
        _db.session.commit()


def number(app) -> int:
    with app.app_context():
        return courses.live(COURSE).number


def test_nothing_changed_is_said_and_is_no_error(folder, run):
    answer = run("diff")

    assert answer.exit_code == 0
    assert f"{COURSE}: tidak berubah" in answer.output


def test_green_changes_need_nobody(folder, run):
    edit(folder, HINT)

    answer = run("diff", COURSE)

    assert answer.exit_code == 0
    assert "hijau V910: Petunjuk, umpan balik, atau pembahasan soal “sapaan”" in (
        answer.output
    )


@pytest.mark.parametrize("edits", [[STEM], KEY])
def test_yellow_and_red_changes_are_told_apart_by_the_exit_code(folder, run, edits):
    edit(folder, *edits)

    assert run("diff").exit_code == 1


def test_a_red_change_shows_old_and_new_and_what_to_do(folder, run):
    edit(folder, *KEY)

    text = run("diff", COURSE).output

    assert "merah V903: Kunci jawaban soal “sapaan” berubah." in text
    assert "- Begitu warga tiba di depan loket; Setelah warga duduk (50%)" in text
    assert "+ Setelah berkas diperiksa; Setelah warga duduk (50%)" in text
    assert "Perbaikan: Pilih bagi percobaan yang sudah dinilai" in text


def test_scripts_read_json(folder, run):
    edit(folder, *KEY)

    [course] = json.loads(run("diff", COURSE, "--json").output)

    assert (course["tint"], course["asks"], course["running"]) == ("red", True, 0)
    assert [change["code"] for change in course["changes"]] == ["V903"]


def test_a_broken_course_is_said_so(folder, run):
    edit(folder, (QUIZ, "- (x) Begitu", "- (v) Begitu"))

    answer = run("diff", COURSE)

    assert answer.exit_code == 1
    assert "bergalat" in answer.output


def test_a_course_that_is_not_there_is_refused(folder, run):
    assert "tidak ada di folder isi" in run("diff", "lain").output


def test_red_is_published_without_asking_while_nobody_takes_the_course(
    app, folder, run
):
    edit(folder, *KEY)

    assert run("publish").exit_code == 0
    assert number(app) == 2


def test_red_waits_for_a_note_when_somebody_takes_the_course(app, folder, run):
    enrol(app)
    edit(folder, *KEY)

    refused = run("publish")
    before = number(app)
    agreed = run("publish", "--setujui", WHY)

    assert refused.exit_code == 1
    assert "menunggu persetujuan, belum diterbitkan" in refused.output
    assert f"lms content diff {COURSE}" in refused.output
    assert "--setujui CATATAN" in refused.output
    assert "V903: Kunci jawaban soal “sapaan” berubah." in refused.output
    assert before == 1
    assert agreed.exit_code == 0
    with app.app_context():
        [review] = _db.session.query(ChangeReview)
        assert review.note == WHY
        assert [change["code"] for change in review.changes] == ["V903"]
        assert review.choices["questions"] == {}
    assert number(app) == 2


@pytest.mark.parametrize("note", ["abc", "NIP 199008172015031901"])
def test_a_note_that_is_none_is_refused(folder, run, note):
    assert run("publish", "--setujui", note).exit_code == 2


def test_green_and_yellow_are_published_while_somebody_takes_the_course(
    app, folder, run
):
    enrol(app)
    edit(folder, STEM, (FIRST, "Berdiri, beri salam", "Beri salam"))

    assert run("publish").exit_code == 0
    assert number(app) == 2


def test_a_link_to_a_former_code_is_kept(app, folder, run):
    edit(
        folder, (BANK, "{#ramah}", "{#keramahan}"),
        (BANK, "ini: salah", "ini: salah\nDulu: ramah"),
    )  # fmt: skip

    run("publish")

    with app.app_context():
        [link] = _db.session.query(FormerCode)
        assert (link.code, link.former) == ("keramahan", "ramah")
