"""Others are asked about a learner by letter: once, reminded once, never twice."""

import re
from datetime import date, timedelta

import pytest

from lms.accounts.models import Person
from lms.db import db as session
from lms.feedback.models import SurveyCall
from tests.cast import CAST

from . import stage

GOOD = {"j0-0": "2", "j0-1": "3"}


def calls(app) -> list[tuple[str, int]]:
    with app.app_context():
        rows = session.session.query(SurveyCall).order_by(SurveyCall.respondent_id)
        return [(row.role, row.respondent_id) for row in rows]


def link(mails: list[dict]) -> str:
    return re.search(r"https?://[^/]+(/survei/\S+)", mails[0]["text"])[1]


def test_the_superior_is_asked_ninety_days_after_the_completion(app, finished, work):
    finished()

    mails = work()

    assert calls(app) == [("superior", CAST["yohanes"].id)]
    assert [mail["to"] for mail in mails] == ["yohanes@contoh.go.id"]
    assert "Rani Kusumawardhani menyelesaikan kursus “Layanan”" in mails[0]["text"]
    assert CAST["rani"].nip not in mails[0]["text"]


def test_nobody_is_asked_before_the_day(app, finished, work):
    finished(days=89)

    assert work() == []
    assert calls(app) == []


def test_two_rounds_and_a_clock_that_jumps_ask_once(app, finished, work, clock):
    finished()

    first = work()
    clock.skip(days=-3)
    back = work()
    clock.skip(days=4)
    again = work()

    assert (len(first), back, again) == (1, [], [])
    assert len(calls(app)) == 1


def test_a_worker_that_was_down_makes_up_for_it(app, finished, work):
    finished(days=130)

    assert len(work()) == 1


def test_a_completion_of_long_ago_is_left_in_peace(app, finished, work):
    finished(days=90 + 61)

    assert work() == []
    assert calls(app) == []


def test_who_has_no_superior_yet_is_asked_about_when_there_is_one(
    app, finished, work, clock
):
    finished()
    with app.app_context():
        session.session.get_one(Person, CAST["rani"].id).supervisor_id = None
        session.session.commit()
    assert work() == []
    with app.app_context():
        session.session.get_one(Person, CAST["rani"].id).supervisor_id = 3
        session.session.commit()
    clock.skip(days=1)

    assert len(work()) == 1


def test_a_new_superior_is_not_asked_as_well(app, finished, work, clock):
    finished()
    work()
    with app.app_context():
        session.session.get_one(Person, CAST["rani"].id).supervisor_id = 2
        session.session.commit()
    clock.skip(days=1)

    assert work() == []


def test_peers_and_staff_are_drawn_by_the_system_at_most_three_each(
    app, finished, work
):
    roles = ["learner", "superior", "peer", "subordinate"]
    finished(
        stage.survey(
            "perilaku-90", stage.ON_THE_JOB, **stage.ABOUT_RANI | {"respondents": roles}
        )
    )
    with app.app_context():
        peers = stage.colleagues(5)
        staff = stage.colleagues_of(CAST["rani"].id, 2)

    work()

    found = calls(app)
    asked = {role: {n for r, n in found if r == role} for role in roles}
    assert asked["learner"] == {CAST["rani"].id}
    assert asked["superior"] == {CAST["yohanes"].id}
    assert asked["peer"] < set(peers)
    assert len(asked["peer"]) == 3
    assert asked["subordinate"] == set(staff)


def test_the_link_opens_the_survey_without_signing_in(app, finished, work, sign_in):
    finished()
    stranger = sign_in(None)

    page = stranger.get(path := link(work()))

    assert page.status_code == 200
    assert "Rani Kusumawardhani" in page.text
    assert CAST["rani"].nip not in page.text
    assert "rani@contoh" not in page.text
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert "noindex" in page.headers["X-Robots-Tag"]
    assert page.headers["Cache-Control"] == "no-store"
    assert path.split("/")[3] not in page.text.replace(path, "").replace(
        path.replace("/isi", "/tolak"), ""
    )


def test_the_link_is_stored_only_as_its_hash(app, finished, work):
    finished()
    token = link(work()).split("/")[3]

    with app.app_context():
        call = session.session.query(SurveyCall).one()
        assert token not in (call.token_hash, call.uid)
        assert len(call.token_hash) == 64


def test_the_link_is_never_in_the_log(app, finished, work, sign_in, caplog):
    finished()
    path = link(work())

    with caplog.at_level("INFO", logger="lms"):
        sign_in(None).get(path)

    assert path.split("/")[3] not in "".join(
        f"{record.getMessage()} {record.__dict__.get('path')}"
        for record in caplog.records
    )


def test_a_survey_sent_by_link_is_taken_once(app, finished, work, sign_in):
    finished()
    path, stranger = link(work()), sign_in(None)

    sent = stranger.post(path, data=GOOD, follow_redirects=True)
    again = stranger.post(path, data=GOOD)

    assert "Jawaban Anda sudah terkirim." in sent.text
    assert again.status_code == 409
    assert "Yang pertama yang dihitung" in again.text


def test_mistakes_on_the_page_of_a_link_keep_what_was_chosen(finished, work, sign_in):
    finished()

    page = sign_in(None).post(link(work()), data={"j0-0": "2"})

    assert page.status_code == 422
    assert 'name="j0-0" value="2" checked' in page.text


@pytest.mark.parametrize("path", ["/survei/undangan/salah/isi", "/survei/undangan/"
                                  + "0" * 64 + "/isi"])  # fmt: skip
def test_a_link_nobody_has_been_sent_says_only_that(db, sign_in, path):
    stranger = sign_in(None)

    assert stranger.get(path).status_code == 404
    assert stranger.post(path, data=GOOD).status_code == 404
    assert stranger.post(path.replace("/isi", "/tolak")).status_code == 404
    assert "Tautan survei ini tidak berlaku lagi" in stranger.get(path).text


def test_a_language_chosen_in_the_browser_is_that_of_the_link(finished, work, sign_in):
    finished()
    path = link(work())
    stranger = sign_in(None)
    stranger.post("/bahasa", data={"bahasa": "en"})

    page = stranger.get(path).text

    assert '<html lang="en"' in page
    assert "Send the answer" in page


def test_a_link_ends_with_its_day(finished, work, sign_in, clock):
    finished()
    path = link(work())

    clock.skip(days=61)

    assert sign_in(None).get(path).status_code == 404


def test_a_link_ends_when_its_respondent_leaves(app, finished, work, sign_in):
    finished()
    path = link(work())
    with app.app_context():
        session.session.get_one(Person, CAST["yohanes"].id).is_active = False
        session.session.commit()

    assert sign_in(None).get(path).status_code == 404


def test_a_reminder_comes_once_after_a_week_with_the_same_link(finished, work, clock):
    finished()
    first = link(work())

    clock.skip(days=6)
    too_early = work()
    clock.skip(days=1)
    reminder = work()
    clock.skip(days=7)
    nothing_more = work()

    assert (too_early, nothing_more) == ([], [])
    assert link(reminder) == first
    assert "Pengingat survei" in reminder[0]["subject"]


def test_who_has_answered_is_not_reminded(finished, work, sign_in, clock):
    finished()
    sign_in(None).post(link(work()), data=GOOD)

    clock.skip(days=8)

    assert work() == []


def test_who_declines_is_not_reminded_and_may_still_answer(
    finished, work, sign_in, clock
):
    finished()
    path, stranger = link(work()), sign_in(None)

    page = stranger.post(path.replace("/isi", "/tolak"), follow_redirects=True)
    clock.skip(days=8)

    assert "Anda memilih tidak mengisi" in page.text
    assert work() == []
    assert stranger.post(path, data=GOOD).status_code == 303


def test_the_superior_finds_it_among_their_duties_as_well(finished, work, sign_in):
    finished()
    work()
    yohanes = sign_in("yohanes")

    listed = yohanes.get("/survei").text
    page = re.search(r'href="(/survei/tentang/[^"]+)"', listed)[1]
    home = yohanes.get("/").text
    team = yohanes.get("/tim").text
    sent = yohanes.post(page, data=GOOD, follow_redirects=True).text

    assert "tentang Rani Kusumawardhani" in listed
    assert page in home
    assert page in team
    assert "Jawaban Anda sudah terkirim." in sent


def test_nobody_else_opens_what_somebody_is_asked(finished, work, sign_in, app):
    finished()
    work()
    with app.app_context():
        uid = session.session.query(SurveyCall.uid).scalar()

    for name in ("rani", "agus", "siti", "made"):
        client = sign_in(name)
        assert client.get(f"/survei/tentang/{uid}/isi").status_code == 404
        assert client.post(f"/survei/tentang/{uid}/isi", data=GOOD).status_code == 404
        assert client.post(f"/survei/tentang/{uid}/tolak").status_code == 404


def test_without_mail_the_calls_are_made_and_no_letter_is(app, finished, work):
    finished()

    assert work(smtp_url="") == []
    assert len(calls(app)) == 1


def test_a_revoked_completion_asks_nobody(app, finished, work):
    from lms.records.models import Completion

    finished()
    with app.app_context():
        session.session.query(Completion).one().state = "revoked"
        session.session.commit()

    assert work() == []


def test_what_was_answered_about_somebody_stands_in_their_data(
    app, finished, work, sign_in
):
    finished()
    sign_in(None).post(link(work()), data=GOOD)

    rani = sign_in("rani").get("/data-saya").text
    agus = sign_in("agus").get("/data-saya").text

    assert "Pernyataan jelaskan: Setuju; Pernyataan catat: Sangat setuju" in rani
    assert "Pernyataan jelaskan" not in agus


def test_the_last_day_is_sixty_days_on(app, finished, work):
    finished()
    work()

    with app.app_context():
        call = session.session.query(SurveyCall).one()
    assert call.closes_on == date(2026, 11, 22) + timedelta(days=150)
