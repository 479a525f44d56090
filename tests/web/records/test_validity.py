"""What was earned runs out, is told of in time, and is earned again."""

from datetime import date

import pytest
from sqlalchemy import func, select

from lms.accounts.models import Preference
from lms.catalog import courses
from lms.db import db as _db
from lms.jobs import worker
from lms.jobs.models import OutboxEntry
from lms.learn import duties
from lms.learn import queries as learning
from lms.records import certificates, completions, enrolments, facts, ledger, rebuild
from lms.records.models import Certificate, Completion, Enrolment

from . import samples
from .paper import words

COURSE = "/kursus/layanan-prima"
TWO_YEARS = 730


def days_until_open(clock):
    clock.skip(days=TWO_YEARS + 1 - 90)


def test_the_course_page_says_until_when(sign_in, earned):
    page = sign_in("rani").get(COURSE).text

    assert "Berlaku sampai 22 November 2028; dapat diperbarui mulai" in page
    assert "24 Agustus 2028" in page
    assert "Ikuti kursus</button>" not in page


def test_too_early_nothing_begins_anew(app, sign_in, earned):
    sign_in("rani").post(f"{COURSE}/ikuti")

    with app.app_context():
        assert _db.session.scalar(select(func.count()).select_from(Enrolment)) == 1


def test_from_ninety_days_before_it_is_earned_again(app, sign_in, earned, clock):
    days_until_open(clock)
    rani = sign_in("rani")
    assert "sudah dapat diperbarui" in rani.get(COURSE).text

    rani.post(f"{COURSE}/ikuti")
    rani.post(f"{COURSE}/ikuti")

    with app.app_context():
        mine = _db.session.scalars(select(Enrolment).order_by(Enrolment.id)).all()
        assert [one.period for one in mine] == ["", ".2"]
        samples.do_all(mine[1], clock.now())
        second = completions.settle(mine[1], clock.now())
        _db.session.commit()
        assert (second.jp, second.year) == (4, 2028)
        assert _db.session.scalar(select(func.count()).select_from(Certificate)) == 2
        assert ledger.verify(ledger.stream()).fault is None
        assert rebuild.compare() == []


def test_the_first_completion_stays_as_it_was(app, sign_in, earned, clock):
    days_until_open(clock)
    sign_in("rani").post(f"{COURSE}/ikuti")

    with app.app_context():
        first = _db.session.scalars(select(Completion)).one()
        assert (first.state, first.finished_on) == ("valid", date(2026, 11, 22))


def test_a_year_pays_the_jp_of_a_course_once(app, live, clock):
    with app.app_context():
        short = samples.publish(clock.now(), 2, validity_months=1)
        samples.finish(4, short, clock.now())
        clock.skip(days=20)

        again = samples.finish(4, short, clock.now())

        assert (again.period, again.year, again.jp) == (".2", 2026, 0)
        assert ledger.verify(ledger.stream()).fault is None
        assert rebuild.compare() == []


def test_who_fails_to_renew_keeps_what_there_was(app, ends, clock):
    with app.app_context():
        samples.finish(4, ends, clock.now())
        days_until_open(clock)
        second = samples.start(4, ends, clock.now())
        facts.add(second, "antrean", "read", clock.now())

        assert completions.settle(second, clock.now()) is None
        assert enrolments.find(4, ends.course_id).period == ".2"


def test_a_shorter_length_later_takes_nothing_away(app, sign_in, earned, clock):
    with app.app_context():
        samples.publish(clock.now(), 3, validity_months=1)
    clock.skip(days=60)

    assert "Berlaku sampai 22 November 2028" in sign_in("rani").get(COURSE).text


@pytest.mark.parametrize(
    ("days", "status", "said"),
    [
        (TWO_YEARS + 1, "valid", "sah dan masih berlaku"),
        (TWO_YEARS + 2, "expired", "masa berlakunya sudah berakhir"),
    ],
)
def test_the_check_page_says_when_it_ran_out(
    sign_in, earned, clock, days, status, said
):
    clock.skip(days=days)
    stranger = sign_in(None)

    answer = stranger.get(f"/cek/{earned}.json").get_json()
    page = stranger.get(f"/cek/{earned}").text

    assert (answer["status"], answer["valid_until"]) == (status, "2028-11-22")
    assert said in page
    assert "22 November 2028" in page


def test_without_a_length_the_check_page_speaks_of_none(app, sign_in, live, clock):
    with app.app_context():
        samples.finish(4, live, clock.now())
        code = _db.session.scalar(select(Certificate.code))
        assert certificates.check(code, clock.now()).valid_until is None

    page = sign_in(None).get(f"/cek/{code}").text

    assert "Berlaku sampai" not in page


def test_paper_and_page_say_until_when(app, sign_in, earned):
    rani = sign_in("rani")

    page = rani.get(f"/sertifikat/{earned}").text
    data = rani.get(f"/sertifikat/{earned}/pdf").data

    assert "<dt>Berlaku sampai</dt><dd>22 November 2028</dd>" in page
    assert "Berlaku sampai 22 November 2028" in words(data, 0)
    with app.app_context():
        printed = _db.session.scalar(select(Certificate.printed))
        assert printed["valid_until"] == "2028-11-22"
        assert ledger.verify(ledger.stream()).fault is None


def test_a_paper_that_counts_for_good_is_printed_as_ever(app, sign_in, live, clock):
    with app.app_context():
        samples.finish(4, live, clock.now())
        printed = _db.session.scalar(select(Certificate.printed))

    assert "valid_until" not in printed
    page = sign_in("rani").get(f"/sertifikat/{printed['code']}").text
    assert "Berlaku sampai" not in page


def test_owner_and_hr_read_that_it_ran_out(sign_in, earned, clock):
    clock.skip(days=TWO_YEARS + 2)

    mine = sign_in("rani").get("/sertifikat").text
    paper = sign_in("rani").get(f"/sertifikat/{earned}").text
    hr = sign_in("siti").get("/sdm/pegawai/00000000-0000-4000-8000-000000000004").text

    assert "Masa berlaku berakhir" in mine
    assert "Masa berlakunya berakhir pada 22 November 2028." in paper
    assert "Masa berlaku berakhir" in hr


def test_evidence_that_ran_out_is_marked(sign_in, earned, clock):
    clock.skip(days=TWO_YEARS + 2)

    page = sign_in("rani").get("/kompetensi").text

    assert "masa berlakunya berakhir 22 November 2028; tidak lagi dihitung" in page
    assert f'<a href="{COURSE}">Perbarui: ikuti sekali lagi' in page
    assert "Pernah dipelajari tingkat 2; masa berlakunya sudah berakhir." in page
    assert "Dipelajari tingkat 2." not in page


def test_only_the_newest_of_a_course_is_to_be_renewed(app, sign_in, earned, clock):
    clock.skip(days=TWO_YEARS + 2)
    with app.app_context():
        samples.finish(4, courses.live("layanan-prima"), clock.now())

    page = sign_in("rani").get("/kompetensi").text

    assert "masa berlakunya berakhir 22 November 2028; tidak lagi dihitung" in page
    assert "Perbarui: ikuti" not in page
    assert "Dipelajari tingkat 2." in page


def test_home_asks_to_renew_in_time(app, sign_in, earned, clock):
    before = sign_in("rani").get("/").text
    days_until_open(clock)

    page = sign_in("rani").get("/").text
    with app.app_context():
        due = duties.of_renewals(learning.taken(4), clock.now(), "Asia/Pontianak", 90)

    assert "perbarui sebelum" not in before
    assert "perbarui sebelum masa berlakunya berakhir" in page
    assert [one.title for one in due] == ["Layanan Prima di Loket"]


def mails(app) -> list[dict]:
    with app.app_context():
        return list(
            _db.session.scalars(
                select(OutboxEntry.body).where(
                    OutboxEntry.topic == "mail",
                    OutboxEntry.dedup_key.startswith("renewal:"),
                )
            )
        )


def run_days(app, clock, days):
    for _day in range(days):
        worker.run_once(app)
        clock.skip(days=1)


def test_three_letters_go_out_however_often_the_worker_starts(
    app, earned, clock, posting
):
    clock.skip(days=TWO_YEARS + 1 - 92)
    run_days(app, clock, 95)
    worker.run_once(app)

    renewal = [one for one in posting if "perlu diperbarui" in one["subject"]]
    assert len(renewal) == 3
    assert {one["to"] for one in renewal} == {"rani@contoh.go.id"}
    assert "berlaku sampai 22 November 2028" in renewal[0]["text"]


def test_nobody_is_reminded_of_what_is_renewed(app, ends, clock, posting):
    with app.app_context():
        samples.finish(4, ends, clock.now())
        days_until_open(clock)
        samples.finish(4, ends, clock.now())

    run_days(app, clock, 3)

    assert not [one for one in posting if "perlu diperbarui" in one["subject"]]


def test_the_letter_speaks_the_language_of_its_reader(app, earned, clock, posting):
    with app.app_context():
        _db.session.add(Preference(person_id=4, language="en", updated_at=clock.now()))
        _db.session.commit()
    clock.skip(days=TWO_YEARS + 1 - 30)

    worker.run_once(app)

    assert any("22 November 2028" in one["text"] for one in posting)
