"""A question's page: its versions, and counting it again later."""

import re

from lms.db import db as _db
from lms.quiz.models import Attempt, Regrade, Rescore

from .stage import COURSE, WHY
from .taking import take

PAGE = f"/tulis/{COURSE}/soal/sapaan"


def old_version(page: str) -> str:
    return re.search(r'name="versi" value="(\d+)"', page)[1]


def tried(client, rule: str = "ulang") -> str:
    version = old_version(client.get(PAGE).text)
    return client.get(f"{PAGE}?aturan={rule}&versi={version}").text


def form_of(page: str) -> dict[str, str]:
    form = page[page.index('name="tanda"') - 40 :]
    return dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', form))


def test_it_shows_versions_keys_and_how_many_were_asked(corrected, sign_in):
    page = sign_in("hendra").get(PAGE).text

    assert "Versi 2" in page
    assert "1 percobaan selesai" in page
    assert "Begitu warga tiba di depan loket; Setelah warga duduk (50%)" in page


def test_it_is_tried_out_and_then_counted_once(app, corrected, sign_in):
    hendra = sign_in("hendra")
    page = tried(hendra)

    answers = [hendra.post(PAGE, data=form_of(page) | {"catatan": WHY})
               for _ in range(2)]  # fmt: skip

    assert "Agus Pranoto" in page
    assert [answer.status_code for answer in answers] == [303, 303]
    with app.app_context():
        assert _db.session.get(Attempt, corrected).score_bp == 7_500
        assert _db.session.query(Regrade).count() == 1
        assert _db.session.query(Rescore).count() == 1
    assert "Sudah dihitung ulang" in hendra.get(PAGE).text


def test_it_can_be_right_for_everybody(app, corrected, sign_in):
    hendra = sign_in("hendra")

    hendra.post(PAGE, data=form_of(tried(hendra, "benar")) | {"catatan": WHY})

    with app.app_context():
        assert _db.session.get(Attempt, corrected).score_bp == 10_000


def test_a_reason_is_wanted(app, corrected, sign_in):
    hendra = sign_in("hendra")

    answer = hendra.post(PAGE, data=form_of(tried(hendra)))

    assert answer.status_code == 422
    assert "Tulis alasan 5 sampai 500 karakter" in answer.text
    with app.app_context():
        assert _db.session.query(Regrade).count() == 0


def test_what_was_not_tried_out_is_not_counted(app, corrected, sign_in):
    hendra = sign_in("hendra")
    form = form_of(tried(hendra)) | {"catatan": WHY}

    for wrong in ({"sidik": "0" * 64}, {"versi": "999999"}, {"aturan": "lain"}):
        assert hendra.post(PAGE, data=form | wrong).status_code == 409
    with app.app_context():
        assert _db.session.query(Regrade).count() == 0


def test_no_version_chosen_is_said(corrected, sign_in):
    page = sign_in("hendra").get(f"{PAGE}?aturan=ulang&versi=%D9%A3").text

    assert "Pilih paling sedikit satu versi soal" in page


def test_others_do_not_see_it(corrected, sign_in):
    assert sign_in("rani").get(PAGE).status_code == 403
    assert sign_in("siti").post(PAGE, data={"catatan": WHY}).status_code == 403


def test_a_question_that_never_had_another_key_is_not_offered_one(app, folder, sign_in):
    take(app)
    page = sign_in("hendra").get(PAGE).text

    assert "Anggap benar bagi semua" in page
    assert "Hitung ulang dengan kunci yang baru" not in page
    assert re.search(r'name="versi" value="\d+" checked', page)
