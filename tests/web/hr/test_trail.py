"""The trail: every act in one's units as a sentence, page by page."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from lms.accounts import changes, people
from lms.accounts.models import Person
from lms.api.models import Webhook
from lms.audit.models import AuditEntry
from lms.db import db as _db
from lms.hr import trail_words
from lms.records import amendments
from tests.web.hr.test_deputies import appoint

TRAIL = "/sdm/organisasi/riwayat"
WHY = "Surat keputusan nomor 12 tahun 2026"


@pytest.fixture
def siti(sign_in):
    return sign_in("siti")


def note(action, kind, number, at, actor=2, **facts) -> None:
    """Write an entry as the verbs do. The caller commits."""
    _db.session.add(
        AuditEntry(
            at=at, actor_id=actor, action=action, object_kind=kind,
            object_id=str(number), facts=facts,
        )
    )  # fmt: skip


def test_without_changes_the_trail_says_so(siti):
    assert "Belum ada perubahan" in siti.get(TRAIL).text


def test_the_trail_says_in_sentences_who_did_what(app, siti):
    appoint(siti)
    siti.post("/sdm/organisasi/4/ubah", data={
        "semula": "Bidang Pelayanan Perizinan", "nama": "Bidang Perizinan",
        "jenis": "section", "singkat": "BP"})  # fmt: skip
    siti.post("/sdm/organisasi/4/pindah", data={"ke": "2"})
    siti.post("/sdm/organisasi/4/kepala", data={"orang": "Rani"})
    siti.post("/sdm/organisasi/4/gabung", data={"ke": "2"})

    page = siti.get(TRAIL).text

    for sentence in (
        "Siti Marlina menunjuk Rani Kusumawardhani sebagai pelaksana harian Yohanes"
        " Tambing.",
        "Siti Marlina mengganti nama unit “Bidang Pelayanan Perizinan” menjadi “Bidang"
        " Perizinan”.",
        "nama singkat: kosong → BP",
        "memindahkan unit “Bidang Perizinan” dari “Dinas Penanaman Modal dan PTSP” ke"
        " bawah “Badan Kepegawaian dan Pengembangan SDM”.",
        "menetapkan Rani Kusumawardhani sebagai kepala unit “Bidang Perizinan”.",
        "menggabungkan unit “Bidang Perizinan” ke “Badan Kepegawaian dan Pengembangan"
        " SDM”; 1 orang pindah.",
    ):
        assert sentence in page
    assert "22 November 2026, 14.00 WIB" in page


def test_the_trail_holds_nothing_of_other_agencies(app, siti, clock):
    with app.app_context():
        for kind, number, action in (
            ("unit", 6, "unit.closed"),
            ("person", 5, "person.deactivated"),
            ("job", 1, "job.edited"),
            ("unit", 3, "unit.closed"),
            ("person", 4, "something.else"),
        ):
            _db.session.add(
                AuditEntry(
                    at=clock.now(), actor_id=6, action=action, object_kind=kind,
                    object_id=str(number), facts={},
                )
            )  # fmt: skip
        _db.session.get(Person, 6).name = "Hendra"
        _db.session.commit()

    page = siti.get(TRAIL).text

    assert page.count("Hendra") == 1
    assert "menutup unit “Dinas Penanaman Modal dan PTSP”" in page


def test_a_line_of_every_act_is_a_sentence_without_raw_codes(app, siti, clock):
    with app.app_context():
        for action in trail_words.SENTENCES:
            note(action, "export", "x", clock.now())
        _db.session.commit()

    pages = siti.get(TRAIL).text + siti.get(older_of(siti.get(TRAIL).text)).text

    assert pages.count('<li class="item">') == len(trail_words.SENTENCES) - 1
    for action in trail_words.SENTENCES:
        assert action not in pages


def older_of(page: str) -> str:
    [address] = re.findall(r'href="([^"]*)" rel="next"', page)
    return address.replace("&amp;", "&")


def test_corrections_and_revocations_are_told_with_reason_and_figures(
    app, siti, done, clock
):
    with app.app_context():
        amendments.correct_jp(done["rani"], 3, WHY, 2, clock.now())
        amendments.revoke(done["rani"], "Diikuti oleh orang lain", 2, clock.now())
        amendments.revoke(done["agus"], "Diikuti oleh saudaranya", 6, clock.now())
        _db.session.commit()

    page = siti.get(TRAIL).text

    for words in (
        "mengoreksi JP “Layanan Prima di Loket” milik Rani Kusumawardhani dari 4"
        " menjadi 3 JP.",
        f"Alasan: {WHY}",
        "Siti Marlina mencabut penyelesaian “Layanan Prima di Loket” milik Rani"
        " Kusumawardhani.",
        "Alasan: Diikuti oleh orang lain",
    ):
        assert words in page
    assert "saudaranya" not in page


def test_more_time_is_told_without_its_reason(siti):
    siti.post(
        "/sdm/pegawai/00000000-0000-4000-8000-000000000004/waktu",
        data={"persen": "50", "alasan": WHY},
    )

    page = siti.get(TRAIL).text
    assert "memberi Rani Kusumawardhani tambahan waktu kuis 50%." in page
    assert WHY not in page  # it may tell of somebody's health


def test_a_move_tells_from_where_to_where(app, siti, clock):
    with app.app_context():
        rani, now = _db.session.get(Person, 4), clock.now()
        options = {"today": now.date(), "now": now, "by_id": 2}
        changes.apply(rani, "unit", "2", **options)
        changes.apply(rani, "status", "PPPK_PW", **options)
        changes.apply(rani, "nama", "Rani K.", **options)
        _db.session.commit()

    page = siti.get(TRAIL).text

    assert "mengubah data Rani K.: Unit kerja." in page
    assert (
        "Unit kerja: Bidang Pelayanan Perizinan → Badan Kepegawaian dan"
        " Pengembangan SDM"
    ) in page
    assert "Status kepegawaian: PPPK → PPPK paruh waktu" in page
    assert "PPPK_PW" not in page
    assert "mengubah data Rani K.: Nama." in page


def test_an_export_tells_its_filter(app, siti, done):
    siti.post("/sdm/ekspor", data={"format": "csv", "unit": "3"})

    page = siti.get(TRAIL).text

    assert (
        "Siti Marlina mengambil ekspor riwayat kursus: CSV standar (koma, RFC 4180), 1"
        " baris."
    ) in page
    assert "Unit kerja: Dinas Penanaman Modal dan PTSP" in page


def test_sign_ins_are_shown_only_when_chosen(app, siti, clock):
    with app.app_context():
        note("person.signed_in", "person", 4, clock.now(), actor=4)
        note("person.signed_in", "person", 5, clock.now(), actor=5)
        _db.session.commit()

    assert "Belum ada perubahan" in siti.get(TRAIL).text
    page = siti.get(TRAIL + "?jenis=akun").text
    assert "Rani Kusumawardhani masuk." in page
    assert "Agus" not in page


def test_a_kind_and_a_period_narrow_it_by_the_calendar_of_the_reader(app, siti):
    midnight = datetime(2026, 11, 20, 17, tzinfo=UTC)  # 21 November in Palangka Raya
    with app.app_context():
        note("unit.closed", "unit", 3, midnight - timedelta(seconds=1))
        note("unit.closed", "unit", 4, midnight)
        note("person.reactivated", "person", 4, midnight)
        _db.session.commit()

    page = siti.get(TRAIL + "?jenis=organisasi&dari=2026-11-21&sampai=2026-11-21").text

    assert "menutup unit “Bidang Pelayanan Perizinan”" in page
    assert page.count('<li class="item">') == 1


@pytest.mark.parametrize(
    ("words", "found"),
    [("rani", 2), ("SITI marlina", 2), ("perizinan", 1), ("nobody", 0), ("agus", 0)],
)
def test_a_name_finds_who_did_it_and_upon_whom(app, siti, clock, words, found):
    with app.app_context():
        note("person.reactivated", "person", 4, clock.now())
        note("unit.head_set", "unit", 4, clock.now(), person=4)
        note("unit.closed", "unit", 6, clock.now(), actor=5)
        _db.session.commit()

    answer = siti.post(TRAIL, data={"cari": words}, follow_redirects=True)

    assert answer.text.count('<li class="item">') == found


def test_a_number_never_gets_into_the_address(siti):
    answer = siti.post(TRAIL, data={"cari": "199508252022212902", "jenis": "peran"})

    assert answer.location == TRAIL + "?jenis=peran"


@pytest.mark.parametrize(
    "asked",
    [
        "jenis=apa",
        "dari=kemarin",
        "sampai=2026-13-01",
        "sebelum=x",
        "sebelum=" + "9" * 30,
    ],
)
def test_an_address_that_means_nothing_is_refused(siti, asked):
    assert siti.get(f"{TRAIL}?{asked}").status_code == 400


def test_the_farthest_days_are_days(siti):
    asked = "dari=0001-01-01&sampai=9999-12-31"

    assert siti.get(f"{TRAIL}?{asked}").status_code == 200


def test_pages_go_on_by_key_and_miss_nothing_when_more_comes(app, siti, clock):
    with app.app_context():
        for number in range(51):
            note("unit.alias_added", "unit", 3, clock.now(), name=f"nama {number}")
        _db.session.commit()

    first = siti.get(TRAIL + "?jenis=organisasi").text
    with app.app_context():
        note("unit.closed", "unit", 3, clock.now())
        _db.session.commit()
    second = siti.get(older_of(first)).text

    assert first.count("menambah nama lain") == 50
    assert second.count("menambah nama lain") == 1
    assert "nama 0”" in second
    assert "Yang terbaru" in second
    assert "jenis=organisasi" in older_of(first)


def test_the_trail_is_not_for_others(sign_in, db):
    for name in ("rani", "yohanes", "hendra", "made"):
        assert sign_in(name).get(TRAIL).status_code == 403


def test_tokens_and_webhooks_are_told_without_secrets(app, sign_in, clock):
    made = sign_in("made")
    made.post(
        "/kelola/api",
        data={"nama": "SIMPEG", "cakupan": "people:read", "unit": "1", "hari": "90"},
    )
    with app.app_context():
        hook = Webhook(
            uid="h-1", url="https://simpeg.contoh.go.id/rahasia", events="x", unit_id=1,
            salt="s", last_seq=0, failures=0, created_at=clock.now(),
        )  # fmt: skip
        _db.session.add(hook)
        note("webhook.stopped", "webhook", "h-1", clock.now(), actor=None)
        note("webhook.stopped", "webhook", "h-2", clock.now(), actor=None)
        _db.session.commit()

    page = made.get("/kelola/riwayat").text

    assert (
        "Made Wirawan membuat token API “SIMPEG” bagi “Pemerintah Kota Palangka Raya”."
        in page
    )
    assert page.count("Sistem menghentikan webhook ke simpeg.contoh.go.id bagi") == 1
    assert "rahasia" not in page
    assert made.post("/kelola/riwayat", data={"cari": "made"}).location == (
        "/kelola/riwayat?cari=made"
    )


def test_what_somebody_did_elsewhere_is_theirs_to_see(app, siti, clock):
    with app.app_context():
        people.reactivate(_db.session.get(Person, 5), now=clock.now(), by=None)
        note("unit.closed", "unit", 6, clock.now(), actor=2)
        _db.session.commit()

    page = siti.get(TRAIL).text

    assert "menutup unit “Badan Pengembangan SDM”" in page
    assert "Agus" not in page
