"""HR's pages: first the people, then the assignment; how they stand; reminding."""

import re
from datetime import date

import pytest

from lms.accounts import moves
from lms.accounts.models import Job, RoleGrant
from lms.assignments import sweeps
from lms.assignments.models import Assignment, Exemption, Reminder
from lms.audit.models import AuditEntry, DataAccessPerson
from lms.competency.models import JobLevel
from lms.db import db as _db
from lms.jobs.worker import run_once
from tests.cast import CAST
from tests.web.records import samples

from . import stage
from .stage import RANI, SERVICES, YOHANES

UID = "0b9d6b6e-7a53-4a5e-8f6e-9d7f0a1c2b3d"
BASE = "/sdm/penugasan"
FORM = {
    "kode": UID,
    "kursus": "layanan-prima",
    "alasan": "Surat edaran wali kota.",
    "unit": str(SERVICES),
    "bawahan": "y",
    "jenis": "", "jenjang": "", "rumpun": "", "penanda": "", "status": "",
    "mulai": "2026-11-22",
    "tenggat": "2026-12-06",
    "tenggang": "14",
    "gelombang": "2",
    "jarak": "7",
    "ulang": "", "hitung": "",
    "pengingat": "usual",
}  # fmt: skip
SAVE = FORM | {"langkah": "simpan"}


@pytest.fixture
def siti(sign_in, live):
    return sign_in("siti")


@pytest.fixture
def made(app, live, clock):
    """The address of an assignment in Rani's office."""
    with app.app_context():
        return f"{BASE}/{stage.assign(live, clock.now(), reason='Edaran').uid}"


def uid_of(name: str) -> str:
    return f"00000000-0000-4000-8000-{CAST[name].id:012}"


def count(app, model, **facts) -> int:
    with app.app_context():
        return _db.session.query(model).filter_by(**facts).count()


def test_without_any_the_list_says_how_to_begin(siti):
    answer = siti.get(BASE)

    assert answer.status_code == 200
    assert "Belum ada penugasan" in answer.text


def test_levels_are_offered_by_their_names_as_everybody_writes_them(app, siti):
    with app.app_context():
        level = {"type": "fungsional", "core_level": 2, "is_sure": True}
        _db.session.add_all(
            [
                JobLevel(code="jf-ahli-muda", name="Ahli Muda", place=2, **level),
                JobLevel(code="jf-ahli-pertama", name="Ahli Pertama", place=1, **level),
                *(
                    Job(title=f"Analis {word}", type="fungsional", level=word)
                    for word in ("MU", "Ahli Muda", "PT", "Lain")
                ),
            ]
        )
        _db.session.commit()

    text = siti.get(f"{BASE}/baru").text

    offered = re.search(r'<select[^>]*name="jenjang".*?</select>', text, re.S)[0]
    assert re.findall(r">([^<]+)</option>", offered) == [
        "Semua", "Ahli Pertama", "Ahli Muda (Ahli Muda)", "Ahli Muda (MU)", "Lain"
    ]  # fmt: skip


def test_the_form_offers_held_units_and_a_new_key(siti):
    text = siti.get(f"{BASE}/baru").text

    assert "Dinas Penanaman Modal" in text
    assert "Provinsi Jambi" not in text
    assert 'name="kode"' in text


def test_the_people_are_shown_and_nothing_is_saved(app, siti, clock):
    with app.app_context():
        samples.finish(RANI, samples.courses.live("layanan-prima"), clock.now())

    answer = siti.post(f"{BASE}/baru", data=FORM | {"langkah": "periksa"})

    assert answer.status_code == 200
    assert "2 orang ditugaskan." in answer.text
    assert "1 orang sudah menyelesaikan kursus ini" in answer.text
    assert "Rani Kusumawardhani" in answer.text
    assert "Gelombang 2" in answer.text
    assert "Agus" not in answer.text
    assert count(app, Assignment) == 0


def test_who_was_shown_can_see_that_it_was(app, siti):
    siti.post(f"{BASE}/baru", data=FORM | {"langkah": "periksa"})

    assert count(app, DataAccessPerson, person_id=RANI) == 1


def test_the_filled_form_comes_back_to_be_changed(siti):
    answer = siti.post(f"{BASE}/baru", data=FORM | {"langkah": "ubah"})

    assert answer.status_code == 200
    assert "Surat edaran wali kota." in answer.text
    assert UID in answer.text


def test_saving_twice_makes_one_assignment(app, siti):
    first = siti.post(f"{BASE}/baru", data=SAVE)
    second = siti.post(f"{BASE}/baru", data=SAVE)

    assert first.status_code == second.status_code == 303
    assert first.location == second.location == f"{BASE}/{UID}"
    assert count(app, Assignment) == 1
    assert count(app, AuditEntry, action="assignment.created") == 1
    with app.app_context():
        assert set(stage.open_duties()) == {RANI, YOHANES}


def test_who_is_ticked_is_exempted_with_the_reason(app, siti):
    siti.post(
        f"{BASE}/baru",
        data=SAVE | {"bebaskan": uid_of("rani"), "alasan_bebas": "Tugas belajar"},
    )

    with app.app_context():
        assert set(stage.open_duties()) == {YOHANES}
        assert _db.session.query(Exemption).one().reason == "Tugas belajar"


def test_nobody_is_exempted_without_a_reason(app, siti):
    answer = siti.post(f"{BASE}/baru", data=SAVE | {"bebaskan": uid_of("rani")})

    assert answer.status_code == 422
    assert "Tulis alasan pembebasannya." in answer.text
    assert count(app, Assignment) == 0


def test_somebody_of_elsewhere_cannot_be_exempted_here(app, siti):
    siti.post(
        f"{BASE}/baru",
        data=SAVE | {"bebaskan": uid_of("agus"), "alasan_bebas": "Cuti"},
    )

    assert count(app, Exemption) == 0


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"kursus": "tidak-ada"}, "Pilih salah satu"),
        ({"unit": "5"}, "Pilih salah satu"),
        ({"unit": "x"}, "Pilih salah satu"),
        ({"alasan": ""}, "Isian ini wajib diisi."),
        ({"alasan": "a" * 501}, "paling panjang 500"),
        ({"tenggat": "2026-11-21"}, "Tenggat mendahului tanggal mulai."),
        ({"mulai": "2026-10-01", "tenggat": "2026-11-21"}, "sudah lewat"),
        ({"tenggat": "9999-12-31"}, "sepuluh tahun"),
        ({"mulai": "31/02/2026"}, "tahun-bulan-hari"),
        ({"gelombang": "13"}, "1 sampai 12"),
        ({"gelombang": "x"}, "bilangan bulat"),
        ({"jarak": "0"}, "1 sampai 366"),
        ({"tenggang": ""}, "1 sampai 366"),
        ({"ulang": "12"}, "tidak dapat diulang"),
        ({"hitung": "year"}, "bukan kursus tahunan"),
        ({"pengingat": "x"}, "Pilih salah satu"),
        ({"jenis": "x"}, "Pilih salah satu"),
    ],
)
def test_a_wrong_form_comes_back_with_the_reason(app, siti, wrong, said):
    answer = siti.post(f"{BASE}/baru", data=SAVE | wrong)

    assert answer.status_code == 422
    assert said in answer.text
    assert count(app, Assignment) == 0


def test_a_yearly_course_may_be_renewed(app, db, sign_in, clock):
    with app.app_context():
        samples.publish(clock.now(), yearly=True)

    sign_in("siti").post(f"{BASE}/baru", data=SAVE | {"ulang": "12", "hitung": "year"})

    with app.app_context():
        saved = _db.session.query(Assignment).one()
        assert saved.renew_months == 12
        assert saved.counts_from == date(2026, 1, 1)


def test_nobody_assigns_below_the_unit_they_hold_alone(app, siti):
    with app.app_context():
        grant = _db.session.query(RoleGrant).filter_by(role="hr").one()
        grant.unit_id, grant.with_subunits = SERVICES, False
        _db.session.commit()

    assert siti.post(f"{BASE}/baru", data=FORM).status_code == 403
    assert siti.post(f"{BASE}/baru", data=SAVE).status_code == 403
    alone = {k: v for k, v in SAVE.items() if k != "bawahan"}
    assert siti.post(f"{BASE}/baru", data=alone).status_code == 303


@pytest.mark.parametrize("name", ["rani", "agus", "hendra", "yohanes", "made"])
def test_only_hr_comes_in(made, sign_in, name):
    for address in (BASE, f"{BASE}/baru", made):
        assert sign_in(name).get(address).status_code == 403
    assert sign_in(name).post(f"{made}/akhiri").status_code == 403


def test_an_assignment_of_another_agency_is_not_there(app, live, clock, siti):
    with app.app_context():
        uid = stage.assign(live, clock.now(), 6).uid
    own = {"pegawai": uid_of("agus"), "alasan": "x", "siapa": "late"}

    assert siti.get(f"{BASE}/{uid}").status_code == 404
    for act in ("akhiri", "bebaskan", "ingatkan", "pembebasan/1/akhiri"):
        assert siti.post(f"{BASE}/{uid}/{act}", data=own).status_code == 404


@pytest.fixture
def later(app, made, live, clock, sign_in):
    """Twenty days later: Rani has finished, Yohanes is late."""
    with app.app_context():
        samples.finish(RANI, live, clock.now())
    clock.skip(days=20)
    return sign_in("siti")


def test_the_list_counts_done_late_and_all(later):
    text = later.get(BASE).text

    assert "Selesai: 1 dari 2 orang" in text
    assert "terlambat: 1" in text
    assert "Semua pegawai di Dinas Penanaman Modal dan PTSP dan subunitnya" in text


@pytest.mark.parametrize(
    ("state", "names", "others"),
    [
        ("", ("Rani", "Yohanes"), ()),
        ("done", ("Rani",), ("Yohanes",)),
        ("late", ("Yohanes",), ("Rani",)),
        ("soon", (), ("Yohanes", "Rani")),
        ("todo", (), ("Yohanes", "Rani")),
        ("exempted", (), ("Yohanes", "Rani")),
        ("former", (), ("Yohanes", "Rani")),
    ],
)
def test_each_number_leads_to_its_people(later, made, state, names, others):
    table = later.get(f"{made}?keadaan={state}").text.partition('id="orang"')[2]

    assert all(name in table for name in names)
    assert not any(name in table for name in others)


def test_people_are_found_by_name(later, made):
    table = later.get(f"{made}?cari=yoha").text.partition('id="orang"')[2]

    assert "Yohanes" in table
    assert "Rani" not in table


def test_long_lists_have_pages(app, made, live, clock, sign_in):
    with app.app_context():
        stage.add_people(60, clock.now())
        stage.refresh(clock.now())
    siti = sign_in("siti")

    first, second = siti.get(made).text, siti.get(f"{made}?halaman=2").text

    assert "Halaman 1 dari 2" in first
    assert "Pegawai 00059" in first + second
    assert siti.get(f"{made}?halaman=99").status_code == 200


def test_who_moved_is_listed_with_the_reason(app, later, made, clock):
    with app.app_context():
        stage.move(YOHANES, 2, clock.now())

    text = later.get(f"{made}?keadaan=former").text

    assert "Yohanes" in text
    assert "Pindah" in text


def test_one_person_is_let_off_and_taken_back(app, later, made):
    form = {"pegawai": uid_of("yohanes"), "alasan": "Cuti besar", "sampai": ""}

    assert later.post(f"{made}/bebaskan", data=form).status_code == 303
    assert later.post(f"{made}/bebaskan", data=form).status_code == 303
    assert count(app, Exemption) == 1
    assert "Cuti besar" in later.get(f"{made}?keadaan=exempted").text
    with app.app_context():
        number = _db.session.query(Exemption).one().id

    end = f"{made}/pembebasan/{number}/akhiri"
    assert later.post(end).status_code == later.post(end).status_code == 303
    with app.app_context():
        assert YOHANES in stage.open_duties()


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({"pegawai": "tidak-ada", "alasan": "x"}, 404),
        ({"pegawai": uid_of("agus"), "alasan": "x"}, 404),
        ({"pegawai": uid_of("yohanes"), "alasan": ""}, 422),
        ({"pegawai": uid_of("yohanes"), "alasan": "x", "sampai": "31/2"}, 422),
    ],
)
def test_a_wrong_exemption_is_refused(app, later, made, form, status):
    assert later.post(f"{made}/bebaskan", data=form).status_code == status
    assert count(app, Exemption) == 0


def test_an_exemption_of_elsewhere_is_not_there(later, made):
    assert later.post(f"{made}/pembebasan/77/akhiri").status_code == 404


def test_the_late_are_reminded_once_a_day_and_the_page_says_by_whom(app, later, made):
    for _ in range(2):
        assert later.post(f"{made}/ingatkan", data={"siapa": "late"}).status_code == 303
    one = later.post(f"{made}/ingatkan", data={"pegawai": uid_of("yohanes")})
    assert one.status_code == 303

    assert count(app, Reminder, kind="manual", person_id=YOHANES) == 1
    text = later.get(f"{made}?keadaan=late").text
    assert "sudah diingatkan hari ini" in text
    assert "Diingatkan 12 Des 2026 oleh Siti Marlina." in text
    assert count(app, AuditEntry, action="assignment.reminded") == 1


def test_who_has_finished_is_not_reminded(app, later, made):
    answer = later.post(f"{made}/ingatkan", data={"pegawai": uid_of("rani")})

    assert answer.status_code == 303
    assert count(app, Reminder) == 0


def test_a_reminder_for_nobody_is_refused(later, made):
    assert later.post(f"{made}/ingatkan", data={}).status_code == 400
    assert later.post(f"{made}/ingatkan", data={"pegawai": "x"}).status_code == 404


def test_an_ended_assignment_keeps_its_numbers(app, later, made):
    for _ in range(2):
        assert later.post(f"{made}/akhiri").status_code == 303

    text = later.get(made).text
    assert "Selesai: 1 dari 2 orang" in text
    assert "Ingatkan" not in text
    assert made in later.get(f"{BASE}?keadaan=berakhir").text
    assert made not in later.get(BASE).text
    form = {"pegawai": uid_of("yohanes"), "alasan": "x", "siapa": "late"}
    assert later.post(f"{made}/bebaskan", data=form).status_code == 409
    assert later.post(f"{made}/ingatkan", data=form).status_code == 409
    assert count(app, AuditEntry, action="assignment.ended") == 1


def test_the_page_says_how_many_of_many_are_assigned(app, siti, clock, monkeypatch):
    monkeypatch.setattr(sweeps, "SHARE", 20)
    with app.app_context():
        stage.add_people(48, clock.now())

    page = siti.get(siti.post(f"{BASE}/baru", data=SAVE).location).text
    assert "20 dari 50 pegawai telah ditugaskan." in page
    assert "sedang ditugaskan" in siti.get(BASE).text
    run_once(app, with_daily=False)

    assert "telah ditugaskan" not in siti.get(f"{BASE}/{UID}").text
    siti.post(f"{BASE}/{UID}/akhiri")
    assert "20 dari 50 pegawai telah dilepas." in siti.get(f"{BASE}/{UID}").text
    assert "sedang dilepas" in siti.get(f"{BASE}?keadaan=berakhir").text


def test_the_page_says_who_waits_after_many_have_moved(
    app, siti, made, clock, monkeypatch
):
    monkeypatch.setattr(sweeps, "SHARE", 20)
    with app.app_context():
        new = stage.add_people(30, clock.now())
        moves.tell(new, clock.now())
        _db.session.commit()

    assert "30 pegawai masih menunggu penyesuaian." in siti.get(made).text
    assert "sedang disesuaikan" in siti.get(BASE).text
