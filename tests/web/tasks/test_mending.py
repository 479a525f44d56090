"""A grader mends a slip: added beside the old review, told, no pass lost unsaid."""

import re

import pytest
from sqlalchemy import select

from lms.db import db as _db
from lms.jobs.models import OutboxEntry
from lms.records.models import Completion, ItemFact
from lms.tasks import telling
from lms.tasks.models import Outcome, Review
from tests.cast import CAST

from . import stage
from .stage import FAIR, GOOD, POOR

WHY = "Tertukar dengan pekerjaan lain"


@pytest.fixture
def graded(task, sign_in):
    """graded(GOOD) -> the address of Rani's work, graded by Hendra alone."""

    def set_up(levels=GOOD, **rules):
        task(**({"graders": ["instructor"]} | rules))
        url = stage.do(sign_in("rani"))
        stage.grade(sign_in("hendra"), url, levels, remark="Baik.")
        return url

    return set_up


def form(page: str, levels: dict, **more: str) -> dict:
    """What the last form that mends sends."""
    part = page[page.rindex('name="ulasan"') - 40 :]
    found = re.findall(r'name="(ulasan|isian)" value="([^"]+)"', part)
    return stage.form(levels) | dict(found) | {"alasan": WHY} | more


def mend(client, url: str, levels: dict, **more: str):
    page = client.get(stage.grading(url)).text
    return client.post(
        f"{stage.grading(url)}/betulkan", data=form(page, levels, **more)
    )


def outcomes(app) -> list[tuple]:
    with app.app_context():
        rows = _db.session.scalars(select(Outcome).order_by(Outcome.id))
        return [(row.number, row.score_bp) for row in rows]


def passed(app) -> list[int]:
    with app.app_context():
        wanted = select(ItemFact.score_bp).where(ItemFact.fact == "passed")
        return list(_db.session.scalars(wanted))


def reviews(app) -> list[tuple]:
    with app.app_context():
        rows = _db.session.scalars(select(Review).order_by(Review.id))
        return [(r.role, r.number, r.score_bp, r.reason) for r in rows]


def told(app) -> list[str]:
    with app.app_context():
        rows = select(OutboxEntry.body).where(OutboxEntry.topic == telling.TOPIC)
        bodies = _db.session.scalars(rows.order_by(OutboxEntry.id)).all()
        return [body["what"].partition(":")[0] for body in bodies]


def test_a_slip_is_mended_and_the_old_review_stays_readable(app, graded, sign_in):
    url = graded(POOR)

    answer = mend(sign_in("hendra"), url, GOOD)

    assert answer.status_code == 303, answer.text
    assert reviews(app) == [("instructor", 1, 2_500, ""), ("instructor", 2, 9_000, WHY)]
    assert outcomes(app) == [(1, 2_500), (2, 9_000)]
    assert passed(app) == [9_000]
    page = sign_in("rani").get(url).text
    assert WHY in page
    assert "Tidak berlaku lagi: nilai 25" in page
    assert "Anda lulus" in sign_in("rani").get(stage.COVER).text
    assert told(app).count("mended") == 1
    with app.app_context():
        assert _db.session.scalars(select(Completion)).one()


def test_the_mail_says_nothing_of_the_work(app, graded, sign_in):
    url = graded(POOR)
    mend(sign_in("hendra"), url, GOOD)
    app.config["SMTP_URL"] = "smtp://surat.contoh.go.id"
    try:
        with app.app_context():
            wanted = select(OutboxEntry.body).where(OutboxEntry.topic == telling.TOPIC)
            for body in _db.session.scalars(wanted).all():
                telling.write(body, app.config)
            _db.session.commit()
            mails = select(OutboxEntry.body).where(OutboxEntry.topic == "mail")
            sent = list(_db.session.scalars(mails.order_by(OutboxEntry.id)))
    finally:
        app.config["SMTP_URL"] = ""

    last = sent[-1]
    assert last["to"] == "rani@contoh.go.id"
    assert "dibetulkan" in last["subject"]
    assert last["text"].rstrip().endswith(url)
    assert WHY not in last["text"]


def test_a_pass_is_lost_only_when_it_is_ticked_and_the_completion_stays(
    app, graded, sign_in
):
    url = graded(GOOD)
    hendra = sign_in("hendra")

    refused = mend(hendra, url, POOR)
    kept = reviews(app), passed(app)
    again = form(refused.text, POOR)
    ticked = hendra.post(
        f"{stage.grading(url)}/betulkan", data=again | {"kelulusan-hilang": "ya"}
    )

    assert refused.status_code == 409
    assert "Belum ada yang disimpan" in refused.text
    assert 'name="kelulusan-hilang"' in refused.text
    assert WHY in refused.text
    assert kept == ([("instructor", 1, 9_000, "")], [9_000])
    assert ticked.status_code == 303
    assert outcomes(app) == [(1, 9_000), (2, 2_500)]
    assert passed(app) == []
    with app.app_context():
        assert _db.session.scalars(select(Completion)).one().state == "valid"


def test_a_lower_grade_that_still_passes_lowers_the_score_without_a_tick(
    app, graded, sign_in
):
    url = graded(GOOD, pass_percent=60)

    answer = mend(sign_in("hendra"), url, FAIR)

    assert answer.status_code == 303
    assert (outcomes(app)[-1], passed(app)) == ((2, 6_500), [6_500])


def test_before_the_result_is_out_nothing_is_told(app, graded, sign_in):
    url = graded(POOR, graders=["instructor", "superior"])

    mend(sign_in("hendra"), url, GOOD)
    between = outcomes(app), told(app)
    stage.grade(sign_in("yohanes"), url, GOOD)

    assert between[0] == []
    assert "mended" not in between[1]
    assert outcomes(app) == [(1, 9_000)]


def test_of_two_graders_each_mends_only_their_own(app, graded, sign_in):
    url = graded(GOOD, graders=["instructor", "superior"])
    yohanes = sign_in("yohanes")
    stage.grade(yohanes, url, POOR)
    hendra = sign_in("hendra")
    page = hendra.get(stage.grading(url)).text
    with app.app_context():
        theirs = _db.session.scalar(select(Review.uid).where(Review.role == "superior"))

    refused = hendra.post(
        f"{stage.grading(url)}/betulkan", data=form(page, GOOD, ulasan=theirs)
    )
    answer = mend(yohanes, url, GOOD)

    assert refused.status_code == 404
    assert answer.status_code == 303
    assert outcomes(app) == [(1, 5_750), (2, 9_000)]


def test_a_second_opinion_is_mended_and_the_better_still_counts(app, graded, sign_in):
    url = graded(FAIR)
    with app.app_context():
        stage.make_instructor("made")
    rani, made = sign_in("rani"), sign_in("made")
    rani.post(f"{url}/penilaian-kedua", data={"alasan": "Ukurannya sudah ada"})
    stage.grade(made, url, POOR)

    answer = mend(made, url, GOOD)
    mend(sign_in("hendra"), url, POOR)

    assert answer.status_code == 303
    assert outcomes(app) == [(1, 6_500), (2, 6_500), (3, 9_000)]


def test_a_second_opinion_after_a_mended_first_one_counts(app, graded, sign_in):
    url = graded(POOR)
    mend(sign_in("hendra"), url, FAIR)
    with app.app_context():
        stage.make_instructor("made")
    sign_in("rani").post(f"{url}/penilaian-kedua", data={"alasan": "Ukurannya ada"})

    stage.grade(sign_in("made"), url, GOOD)

    assert outcomes(app) == [(1, 2_500), (2, 6_500), (3, 9_000)]
    assert told(app).count("graded2") == 1


def test_the_same_form_sent_twice_mends_once(app, graded, sign_in):
    url = graded(POOR)
    hendra = sign_in("hendra")
    data = form(hendra.get(stage.grading(url)).text, GOOD)

    answers = [
        hendra.post(f"{stage.grading(url)}/betulkan", data=data) for _ in range(2)
    ]
    stale = hendra.post(
        f"{stage.grading(url)}/betulkan", data=data | {"isian": "lain-1"}
    )

    assert [answer.status_code for answer in answers] == [303, 303]
    assert stale.status_code == 409
    assert len(reviews(app)) == 2


@pytest.mark.parametrize(
    ("levels", "more", "status", "text"),
    [
        ({"masalah": 4}, {}, 422, "Pilih satu tingkat untuk setiap kriteria"),
        (GOOD, {"alasan": "x"}, 422, "Tulis alasan 5 sampai 500 karakter"),
        (POOR, {"komentar": "Baik."}, 409, "masih sama"),
        (GOOD, {"ulasan": "bukan-ini"}, 404, "bukan Anda yang membetulkannya"),
        (GOOD, {"isian": ""}, 422, "Isian halaman ini tidak dikenal"),
        (GOOD, {"komentar": "x" * 4_001}, 422, "Komentar paling panjang"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_saved(
    app, graded, sign_in, levels, more, status, text
):
    url = graded(POOR)

    answer = mend(sign_in("hendra"), url, levels, **more)

    assert answer.status_code == status
    assert text in answer.text
    assert len(reviews(app)) == 1


def test_what_was_returned_is_not_mended(app, task, sign_in):
    task(graders=["instructor"])
    url = stage.do(sign_in("rani"))
    hendra = sign_in("hendra")
    stage.grade(hendra, url, act="kembalikan", remark="Tambah angka.")

    assert "Betulkan penilaian" not in hendra.get(stage.grading(url)).text


def test_strangers_and_the_learner_mend_nothing(app, graded, sign_in):
    url = graded(POOR)
    data = form(sign_in("hendra").get(stage.grading(url)).text, GOOD)

    for name in ("rani", "agus", "siti", "yohanes"):
        answer = sign_in(name).post(f"{stage.grading(url)}/betulkan", data=data)
        assert answer.status_code == 404, name
    assert len(reviews(app)) == 1


def test_the_list_names_what_was_graded_last(graded, sign_in):
    graded(POOR)

    page = sign_in("hendra").get(stage.LIST).text

    assert "Terakhir Anda nilai" in page
    assert "Rani Kusumawardhani" in page
    assert CAST["rani"].nip not in page
    assert "Terakhir Anda nilai" not in sign_in("rani").get(stage.LIST).text
