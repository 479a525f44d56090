"""What home says on the first day, in the middle, at the end, and without a job."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from lms.accounts.models import Job, Person
from lms.catalog.models import Competency, CourseFacet
from lms.competency.models import JobFamily, JobLevel, Requirement, ShownLevel
from lms.db import db as _db
from lms.home import suggestions
from lms.learn import reading_places
from lms.records import seeds
from lms.records.models import Enrolment
from tests.publishing import publish_samples

RANI = 4


@pytest.fixture
def courses(app, db):
    """The sample courses are live, targets of JP loaded."""
    publish_samples(app)
    with app.app_context():
        seeds.load(_db.session)
        _db.session.commit()


@pytest.fixture
def job(app, courses):
    """Rani's job asks PPB 3 and INT 1; she has shown INT 2."""
    with app.app_context():
        _db.session.execute(
            update(Job).where(Job.id == 1).values(family="layanan", level="pelaksana")
        )
        _db.session.merge(
            Competency(code="PPB", name="Pelayanan publik", group="teknis")
        )
        _db.session.merge(Competency(code="INT", name="Integritas", group="teknis"))
        _db.session.add(JobFamily(code="layanan", name="Layanan"))
        _db.session.add(
            JobLevel(code="pelaksana", name="Pelaksana", type="pelaksana",
                     core_level=1, is_sure=True, place=1)
        )  # fmt: skip
        _db.session.flush()
        for code, level in (("PPB", 3), ("INT", 1)):
            _db.session.add(Requirement(family="layanan", competency=code, level=level))
        _db.session.commit()


def show(app, clock, code, level):
    with app.app_context():
        _db.session.add(
            ShownLevel(person_id=RANI, competency=code, level=level, kind="assessed",
                       found_on=clock.now().date(), recorded_at=clock.now())
        )  # fmt: skip
        _db.session.commit()


def finish_mini(rani):
    rani.post("/kursus/contoh-mini/ikuti")
    rani.post("/kursus/contoh-mini/surat/selesai")
    rani.get("/kursus/contoh-mini")


def test_the_day_stands_under_the_greeting(sign_in, courses):
    page = sign_in("rani").get("/").text

    assert "Minggu, 22 November 2026." in page
    assert "Anda belum belajar pekan ini." in page


def test_days_of_this_week_are_counted_once_each(sign_in, courses, clock):
    clock.skip(days=-4)  # Wednesday
    rani = sign_in("rani")
    rani.post("/kursus/contoh-singkat/ikuti")
    rani.get("/kursus/contoh-singkat/menyapa")
    rani.post("/kursus/contoh-singkat/menyapa/selesai")
    clock.skip(days=1)
    sign_in("rani").post("/kursus/contoh-singkat/berkas/selesai")
    clock.skip(days=3)

    assert "Anda sudah belajar 2 hari pekan ini." in sign_in("rani").get("/").text
    clock.skip(days=1)  # Monday: a new week
    assert "Anda belum belajar pekan ini." in sign_in("rani").get("/").text


def test_a_day_ends_at_midnight_of_the_reader(app, sign_in, courses, clock):
    clock.skip(days=-6, hours=9, minutes=-30)  # Monday 22.30 in Jakarta
    rani = sign_in("rani")
    rani.post("/kursus/contoh-singkat/ikuti")
    rani.post("/kursus/contoh-singkat/menyapa/selesai")
    clock.skip(hours=2)  # Tuesday 00.30
    rani.post("/kursus/contoh-singkat/berkas/selesai")

    assert "Anda sudah belajar 2 hari pekan ini." in rani.get("/").text


def test_the_first_day_offers_one_course_to_begin_with(sign_in, job):
    page = sign_in("rani").get("/").text

    assert "Mulai dari sini" in page
    assert "Melayani warga di loket" in page
    assert "Kursus ini menutup kesenjangan Pelayanan publik." in page
    assert 'href="/kursus/contoh-singkat"' in page
    assert "Lanjutkan" not in page
    assert "Belum ada sertifikat." in page


def test_one_goes_on_at_the_heading_last_read(app, sign_in, courses, clock):
    rani = sign_in("rani")
    rani.post("/kursus/contoh-singkat/ikuti")
    heading = _first_heading(app, "contoh-singkat", "menyapa")
    with app.app_context():
        enrolment = _db.session.scalars(select(Enrolment)).one()
        reading_places.note(enrolment, "menyapa", heading["id"], clock.now())
        _db.session.commit()
    clock.skip(days=1)

    page = sign_in("rani").get("/").text

    assert f'href="/kursus/contoh-singkat/menyapa#{heading["id"]}"' in page
    assert f"Terakhir dibuka kemarin, pada bagian “{heading['text']}”." in page
    assert "Melayani warga di loket, butir 1." in page


def _first_heading(app, course, item):
    from lms.catalog import courses as catalog
    from lms.catalog import items

    with app.app_context():
        live = catalog.live(course)
        sha = live.manifest["item_shas"][item]
        return items.find_version(live.course_id, item, sha).body["headings"][0]


def test_missing_jp_come_with_the_courses_that_bring_them(sign_in, courses):
    rani = sign_in("rani")
    rani.post("/kursus/contoh-singkat/ikuti")

    page = rani.get("/").text

    assert 'aria-label="0 dari 20 jam pelajaran"' in page
    assert "Kurang <strong>20 JP</strong> sampai 31 Desember." in page
    assert "1 kursus yang Anda ikuti bernilai 2 JP." in page
    assert "1 kursus yang disarankan bernilai 1 JP." in page
    assert "Cari kursus lain di katalog" in page


def test_jp_stand_by_form_of_training(sign_in, courses):
    rani = sign_in("rani")
    finish_mini(rani)

    page = rani.get("/").text

    assert 'aria-label="1 dari 20 jam pelajaran"' in page
    assert "E-Learning" in page


def test_a_reached_target_says_so(app, sign_in, courses):
    with app.app_context():
        from lms.records.models import JpPolicy

        _db.session.execute(update(JpPolicy).values(target=1))
        _db.session.commit()
    rani = sign_in("rani")
    finish_mini(rani)

    page = rani.get("/").text

    assert "Target tahun ini sudah tercapai." in page
    assert "Kurang" not in page


def test_without_a_target_jp_are_shown_and_nothing_is_missing(app, sign_in, courses):
    with app.app_context():
        _db.session.execute(
            update(Person).where(Person.id == RANI).values(asn_status="NON_ASN")
        )
        _db.session.commit()

    page = sign_in("rani").get("/").text

    assert "Status kepegawaian Anda tidak mempunyai target JP." in page
    assert "Jam pelajaran 2026" in page
    assert "Kurang" not in page


def test_competencies_stand_against_the_job(app, sign_in, job, clock):
    show(app, clock, "INT", 2)

    page = sign_in("rani").get("/").text

    assert "Pengelola Layanan Administrasi Keuangan" in page
    assert "perlu 3" in page
    assert "2, terpenuhi" in page


def test_without_a_job_the_map_says_whom_to_ask(app, sign_in, courses):
    with app.app_context():
        _db.session.execute(update(Person).where(Person.id == RANI).values(job_id=None))
        _db.session.commit()

    page = sign_in("rani").get("/").text

    assert "Jabatan Anda belum tercatat" in page
    assert "Disarankan untuk Anda" in page


def test_the_family_of_jobs_is_a_reason(app, sign_in, job):
    with app.app_context():
        from lms.catalog import courses as catalog

        mini = catalog.live("contoh-mini")
        _db.session.merge(
            CourseFacet(course_id=mini.course_id, kind="family", value="layanan")
        )
        _db.session.commit()

    assert "Untuk rumpun jabatan Anda" in sign_in("rani").get("/").text


def test_a_course_is_popular_only_when_several_take_it(sign_in, courses, monkeypatch):
    monkeypatch.setattr(suggestions, "POPULAR_SECONDS", 1e-9)  # counted each time

    def reasons():
        return sign_in("rani").get("/").text

    for name in ("made", "siti", "yohanes", "agus"):
        sign_in(name).post("/kursus/contoh-mini/ikuti")
    assert "banyak diikuti" not in reasons().lower()

    sign_in("hendra").post("/kursus/contoh-mini/ikuti")
    assert "banyak diikuti" in reasons().lower()


def test_everything_done_points_to_what_comes_next(sign_in, courses):
    rani = sign_in("rani")
    finish_mini(rani)

    page = rani.get("/").text

    assert "Berikutnya untuk Anda" in page
    assert "Semua kursus yang Anda ikuti sudah selesai." in page
    assert "Melayani warga di loket" in page


def test_everything_in_the_catalogue_done_says_so(app, sign_in, courses):
    with app.app_context():
        from lms.catalog.models import Course

        _db.session.execute(
            update(Course).where(Course.code != "contoh-mini").values(is_listed=False)
        )
        _db.session.commit()
    rani = sign_in("rani")
    finish_mini(rani)

    page = rani.get("/").text

    assert "Pilih yang berikutnya di katalog." in page
    assert "Belum ada saran lain" in page


def test_the_newest_certificate_is_there_to_open(sign_in, courses):
    rani = sign_in("rani")
    finish_mini(rani)

    page = rani.get("/").text

    assert "Arsip di meja kerja" in page
    assert 'href="/sertifikat/' in page
    assert "Unduh sertifikat Arsip di meja kerja" in page


def test_an_open_quiz_is_a_duty_until_its_time_is_over(app, sign_in, courses, clock):
    rani = sign_in("rani")
    rani.post("/kursus/contoh-singkat/ikuti")
    rani.post("/kuis/contoh-singkat/kuis-akhir/mulai")

    page = rani.get("/").text
    assert "belum dikumpulkan" in page
    assert "percobaan 1" in page

    with app.app_context():
        from lms.quiz.models import Attempt

        _db.session.execute(
            update(Attempt).values(closes_at=clock.now() + timedelta(minutes=10))
        )
        _db.session.commit()
    page = rani.get("/").text
    assert "Perlu diselesaikan" in page  # a deadline alone demands nothing
    assert "Wajib diselesaikan" not in page
    assert "sampai 14.10 WIB" in page

    clock.skip(minutes=11)
    assert "belum dikumpulkan" not in rani.get("/").text


def test_a_quiz_passed_before_is_no_duty_when_it_is_taken_again(
    app, sign_in, courses, clock
):
    from lms.quiz.models import Attempt

    rani = sign_in("rani")
    rani.post("/kursus/contoh-singkat/ikuti")
    rani.post("/kuis/contoh-singkat/kuis-akhir/mulai")
    with app.app_context():
        passed = {"score_bp": 10_000, "submitted_at": clock.now()}
        _db.session.execute(update(Attempt.__table__).values(**passed))
        _db.session.commit()
    rani.post("/kuis/contoh-singkat/kuis-akhir/mulai")
    with app.app_context():
        assert _db.session.query(Attempt).filter_by(submitted_at=None).count() == 1

    assert "belum dikumpulkan" not in rani.get("/").text


def test_another_persons_quiz_is_no_duty(sign_in, courses):
    agus = sign_in("agus")
    agus.post("/kursus/contoh-singkat/ikuti")
    agus.post("/kuis/contoh-singkat/kuis-akhir/mulai")

    assert "belum dikumpulkan" not in sign_in("rani").get("/").text


@pytest.fixture
def yearly(app, courses):
    """The short course has to be done each year."""
    from lms.catalog import courses as catalog
    from lms.catalog.models import Release

    with app.app_context():
        live = catalog.live("contoh-mini")
        _db.session.execute(
            update(Release)
            .where(Release.id == live.release_id)
            .values(manifest=live.manifest | {"yearly": True})
        )
        _db.session.commit()
        catalog.forget()


def test_a_yearly_course_is_due_at_the_end_of_the_year(sign_in, yearly, clock):
    rani = sign_in("rani")
    rani.post("/kursus/contoh-mini/ikuti")

    page = rani.get("/").text

    assert "Wajib diselesaikan" in page
    assert "wajib tiap tahun" in page
    assert "31 Des 2026" in page
    clock.skip(days=30)
    assert "9 hari lagi" in sign_in("rani").get("/").text


def test_a_yearly_course_of_last_year_is_due_again(sign_in, yearly, clock):
    clock.skip(days=-360)
    finish_mini(sign_in("rani"))
    assert "wajib tiap tahun" not in sign_in("rani").get("/").text

    clock.skip(days=360)
    page = sign_in("rani").get("/").text

    assert "wajib tiap tahun" in page
    assert "Belum mulai" not in page  # the deadline stands there
    assert "31 Des 2026" in page


def test_more_than_three_duties_are_opened_by_a_link(sign_in, courses, monkeypatch):
    from lms.learn import duties

    def many(person_id, now):
        return [
            duties.Duty("task", f"Tugas {n}", "catalog.index", ()) for n in range(1, 6)
        ]

    monkeypatch.setattr(duties, "_sources", [many])
    rani = sign_in("rani")

    page = rani.get("/").text
    assert "Lihat semua (5)" in page
    assert "Tugas 4" not in page
    assert "Tugas 5" in rani.get("/?semua=1").text


def test_home_asks_the_database_few_questions(app, sign_in, job):
    """As many statements with two courses running as with one."""
    from sqlalchemy import event

    rani = sign_in("rani")
    rani.post("/kursus/contoh-mini/ikuti")
    rani.get("/")

    def statements():
        asked = []

        def note(*args):
            asked.append(args[2])

        with app.app_context():
            engine = _db.engine
        event.listen(engine, "before_cursor_execute", note)
        rani.get("/")
        event.remove(engine, "before_cursor_execute", note)
        return len([sql for sql in asked if sql.lstrip()[:6].upper() == "SELECT"])

    one = statements()
    rani.post("/kursus/contoh-singkat/ikuti")
    rani.get("/")

    assert statements() <= one
    assert one <= 18


def test_english_says_it_all(sign_in, courses):
    rani = sign_in("rani")
    rani.post("/bahasa", data={"bahasa": "en", "kembali": "/"})

    assert "Sunday, 22 November 2026." in rani.get("/").text
