"""HR sees and changes the tree of units; what it was is kept, what it is not is 404."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from lms.accounts import heads, unit_changes
from lms.accounts.models import (
    Person,
    RoleGrant,
    Unit,
    UnitAlias,
    UnitHead,
    UnitHistory,
)
from lms.db import db as _db
from lms.hr import views_organisation
from tests import statements

from .tree import ROOT, TODAY, acts, unit


@pytest.fixture
def siti(sign_in):
    return sign_in("siti")


# --- Seeing


def test_the_tree_shows_own_units_with_people_and_head(app, siti, clock):
    with app.app_context():
        _db.session.add(UnitHead(unit_id=3, person_id=3, valid_from=TODAY))
        _db.session.commit()

    page = siti.get(ROOT)

    assert page.status_code == 200
    assert "Bidang Pelayanan Perizinan" in page.text
    assert "Yohanes Tambing" in page.text
    assert "4 orang" in page.text
    assert "Pemerintah Provinsi Jambi" not in page.text


def test_a_search_finds_by_name_and_by_former_name(app, siti):
    with app.app_context():
        _db.session.add(UnitAlias(agency_id=1, unit_id=2, name="bkpp kota"))
        _db.session.commit()

    by_name, by_alias = siti.get(ROOT + "?cari=PERIZIN"), siti.get(ROOT + "?cari=bkpp")
    nothing = siti.get(ROOT + "?cari=jambi")

    assert "1 unit cocok" in by_name.text
    assert "Bidang Pelayanan Perizinan" in by_name.text
    assert "Badan Kepegawaian dan Pengembangan SDM" in by_alias.text
    assert "0 unit cocok" in nothing.text


@pytest.mark.parametrize("name", ["rani", "agus", "yohanes", "hendra", "made"])
@pytest.mark.parametrize(
    "path", ["", "/3", "/3/ubah", "/3/subunit", "/3/pindah", "/3/gabung", "/3/kepala"]
)
def test_only_hr_may_see_it(sign_in, db, name, path):
    assert sign_in(name).get(ROOT + path).status_code == 403


@pytest.mark.parametrize("number", [5, 6, 999])
@pytest.mark.parametrize(
    "act", ["", "/ubah", "/subunit", "/pindah", "/gabung", "/kepala"]
)
def test_another_agencys_unit_does_not_exist(siti, number, act):
    assert siti.get(f"{ROOT}/{number}{act}").status_code == 404


@pytest.mark.parametrize("act", ["tutup", "kepala/akhiri", "nama-lain"])
def test_nor_can_it_be_changed(siti, act):
    assert siti.post(f"{ROOT}/6/{act}", data={"nama": "x"}).status_code == 404


def test_the_page_of_a_unit_says_what_there_is(siti):
    page = siti.get(f"{ROOT}/1")

    assert page.status_code == 200
    assert "Siti Marlina" in page.text  # holds a role there
    assert "Gabungkan ke unit lain" not in page.text  # the agency stays
    assert "Dinas Penanaman Modal dan PTSP" in page.text


# --- Names


def edit(client, number=3, **fields):
    return client.post(
        f"{ROOT}/{number}/ubah",
        data={"semula": "Dinas Penanaman Modal dan PTSP", "jenis": "office"} | fields,
    )


def test_a_unit_is_renamed_and_its_former_name_kept(siti, read):
    answer = edit(siti, nama="  Dinas  Perizinan ", singkat="DP", unor="A-1")

    assert answer.status_code == 303
    now = unit(read, 3)
    assert (now.name, now.short_name, now.siasn_unor_id) == (
        "Dinas Perizinan", "DP", "A-1"
    )  # fmt: skip
    [was] = read(lambda s: s.scalars(select(UnitHistory)).all())
    assert (was.unit_id, was.name) == (3, "Dinas Penanaman Modal dan PTSP")
    assert was.valid_to == TODAY - timedelta(days=1)
    [alias] = read(lambda s: s.scalars(select(UnitAlias)).all())
    assert (alias.unit_id, alias.name) == (3, "dinas penanaman modal dan ptsp")
    assert acts(read, "unit.renamed") == [
        {"was": "Dinas Penanaman Modal dan PTSP", "name": "Dinas Perizinan"}
    ]
    page = siti.get(f"{ROOT}/3")
    assert "Nama dan tempat sebelumnya" in page.text


def test_the_same_rename_sent_twice_is_one(siti, read):
    edit(siti, nama="Dinas Perizinan")
    again = edit(siti, nama="Dinas Perizinan")

    assert again.status_code == 303
    assert len(acts(read, "unit.renamed")) == 1


def test_two_people_who_rename_at_once_do_not_overwrite_each_other(siti, read):
    edit(siti, nama="Dinas Perizinan")
    answer = edit(siti, nama="Dinas Investasi")

    assert answer.status_code == 409
    assert "orang lain mengubah nama unit ini menjadi “Dinas Perizinan”" in answer.text
    assert unit(read, 3).name == "Dinas Perizinan"


@pytest.mark.parametrize("name", ["", "   ", "a" * 256, "Dinas\u202eX"])
def test_a_bad_name_is_refused(siti, read, name):
    answer = edit(siti, nama=name)

    assert answer.status_code == 422
    assert unit(read, 3).name == "Dinas Penanaman Modal dan PTSP"


def test_a_bad_kind_is_refused(siti):
    assert edit(siti, nama="Dinas", jenis="agency").status_code == 422


def test_the_agency_is_renamed_but_stays_an_agency(siti, read):
    assert siti.get(f"{ROOT}/1/ubah").status_code == 200

    answer = edit(
        siti, 1, semula="Pemerintah Kota Palangka Raya", nama="Kota Palangka Raya"
    )

    assert answer.status_code == 303
    assert (unit(read, 1).name, unit(read, 1).kind) == ("Kota Palangka Raya", "agency")


def test_a_common_name_does_not_become_an_alias(app, siti, read):
    """Another unit is called the same: the alias would send its people astray."""
    with app.app_context():
        _db.session.get(Unit, 2).name = "Sekretariat"
        _db.session.get(Unit, 4).name = "Sekretariat"
        _db.session.commit()

    edit(siti, 4, semula="Sekretariat", nama="Sekretariat Dinas", jenis="division")

    assert read(lambda s: s.scalars(select(UnitAlias)).all()) == []


def test_further_names_are_added_once_and_taken_away(siti, read):
    for name in ("DPMPTSP Kota", "dpmptsp  kota"):
        assert siti.post(f"{ROOT}/3/nama-lain", data={"nama": name}).status_code == 303
    [alias] = read(lambda s: s.scalars(select(UnitAlias)).all())
    assert (alias.unit_id, alias.name) == (3, "dpmptsp kota")
    taken = siti.post(f"{ROOT}/4/nama-lain", data={"nama": "DPMPTSP kota"})
    assert taken.status_code == 409
    assert "sudah menjadi nama unit kerja lain" in taken.text

    for _ in range(2):
        siti.post(f"{ROOT}/3/nama-lain/{alias.id}/hapus")

    assert read(lambda s: s.scalars(select(UnitAlias)).all()) == []
    assert siti.post(f"{ROOT}/3/nama-lain", data={"nama": ""}).status_code == 422


# --- Sub-units, moving


def test_a_sub_unit_is_made_once(siti, read):
    form = {"nama": "Seksi Loket", "jenis": "section"}
    first = siti.post(f"{ROOT}/4/subunit", data=form)
    again = siti.post(f"{ROOT}/4/subunit", data=form | {"nama": "seksi loket"})

    assert first.status_code == again.status_code == 303
    assert first.location == again.location
    [made] = read(lambda s: s.scalars(select(Unit).where(Unit.parent_id == 4)).all())
    assert made.path == f"/1/3/4/{made.id}/"
    assert (made.kind, made.agency_id) == ("section", 1)


def test_a_move_says_first_what_it_touches_then_tells_who_moved(siti, read, told):
    shown = siti.get(f"{ROOT}/3/pindah?tujuan=Badan+Kepegawaian")

    assert "2 orang di unit ini dan di bawahnya" in shown.text
    assert "1 subunit ikut pindah" in shown.text
    assert unit(read, 3).parent_id == 1

    for _ in range(2):  # sent twice
        assert siti.post(f"{ROOT}/3/pindah", data={"ke": "2"}).status_code == 303

    assert unit(read, 3).path == "/1/2/3/"
    assert unit(read, 4).path == "/1/2/3/4/"
    assert sorted(told) == [3, 4]
    assert acts(read, "unit.moved") == [{"from": 1, "to": 2}]
    assert "di bawah Pemerintah Kota Palangka Raya" in siti.get(f"{ROOT}/3").text


def test_a_unit_cannot_go_below_itself(siti, read):
    shown = siti.get(f"{ROOT}/3/pindah?tujuan=Bidang+Pelayanan")
    sent = siti.post(f"{ROOT}/3/pindah", data={"ke": "4"})

    assert shown.status_code == sent.status_code == 409
    for answer in (shown, sent):
        assert "tidak dapat dipindah ke bawah dirinya sendiri" in answer.text
    assert unit(read, 3).path == "/1/3/"


@pytest.mark.parametrize("to", ["6", "999", "", "x", "9" * 30])
def test_a_target_elsewhere_or_nowhere_is_refused(siti, read, to):
    for act in ("pindah", "gabung"):
        answer = siti.post(f"{ROOT}/3/{act}", data={"ke": to})
        assert answer.status_code in (404, 422)
    assert unit(read, 3).parent_id == 1


def test_two_agencies_of_one_office_stay_apart(app, siti, read):
    """HR of both agencies still cannot move a unit from one to the other."""
    with app.app_context():
        now = _db.session.get(Person, 2).created_at
        _db.session.add(
            RoleGrant(
                person_id=2, role="hr", unit_id=5, valid_from=TODAY, granted_at=now
            )
        )
        _db.session.commit()
    for act in ("pindah", "gabung"):
        answer = siti.post(f"{ROOT}/4/{act}", data={"ke": "6"})
        assert answer.status_code == 409
        assert "instansi yang berbeda" in answer.text


def test_who_holds_a_unit_without_its_sub_units_cannot_move_it(app, siti):
    with app.app_context():
        grant = _db.session.scalar(select(RoleGrant).where(RoleGrant.person_id == 2))
        grant.with_subunits = False
        _db.session.commit()

    answer = siti.post(f"{ROOT}/1/pindah", data={"ke": "1"})

    assert answer.status_code == 403
    assert "tanpa subunitnya" in answer.text
    assert siti.get(f"{ROOT}/3").status_code == 404


# --- Heads


def test_a_head_is_set_by_name_replaced_and_ended(sign_in, read, clock):
    siti = sign_in("siti")
    assert siti.post(f"{ROOT}/3/kepala", data={"orang": "yohanes"}).status_code == 303
    assert siti.post(f"{ROOT}/3/kepala", data={"orang": "yohanes"}).status_code == 303
    clock.skip(days=10)
    siti = sign_in("siti")
    siti.post(f"{ROOT}/3/kepala", data={"orang": "made@contoh.go.id"})

    stored = select(UnitHead.person_id, UnitHead.valid_from, UnitHead.valid_to)
    assert read(lambda s: s.execute(stored.order_by(UnitHead.id)).all()) == [
        (3, TODAY, TODAY + timedelta(days=9)),
        (1, TODAY + timedelta(days=10), None),
    ]
    assert len(acts(read, "unit.head_set")) == 2
    clock.skip(days=1)
    siti = sign_in("siti")

    for _ in range(2):
        siti.post(f"{ROOT}/3/kepala/akhiri")

    assert read(lambda s: heads.current(3)) is None
    assert len(acts(read, "unit.head_ended")) == 1


def test_several_who_match_are_offered(app, siti, read):
    with app.app_context():
        _db.session.get(Person, 3).name = "Siti Tambing"
        _db.session.commit()

    asked = siti.post(f"{ROOT}/3/kepala", data={"orang": "siti"})

    assert asked.status_code == 422
    assert asked.text.count('name="orang-id"') == 2
    uid = "00000000-0000-4000-8000-000000000003"
    siti.post(f"{ROOT}/3/kepala", data={"orang": "siti", "orang-id": uid})
    assert read(lambda s: heads.current(3).person_id) == 3


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({"orang": "Agus"}, 422),  # of another agency
        ({"orang": "199008172015031901"}, 422),
        ({"orang": "x", "orang-id": "00000000-0000-4000-8000-000000000005"}, 422),
        ({"orang": ""}, 422),
        ({"orang": "Rani", "mulai": "31/12/2026"}, 422),
        ({"orang": "Rani", "mulai": "2026-12-31"}, 422),
    ],
)
def test_a_head_who_cannot_be_is_refused(siti, read, form, status):
    answer = siti.post(f"{ROOT}/3/kepala", data=form)

    assert answer.status_code == status
    assert "Agus Pranoto" not in answer.text
    assert read(lambda s: heads.current(3)) is None


# --- Many


def test_two_thousand_units_and_their_people_are_five_reads(app, db, sign_in, clock):
    with app.app_context():
        rows = [
            {"id": 2000 + n, "parent_id": 2, "agency_id": 1, "kind": "section",
             "path": f"/1/2/{2000 + n}/", "name": f"Seksi {n}", "short_name": "",
             "siasn_unor_id": "", "valid_from": TODAY}
            for n in range(2000)
        ]  # fmt: skip
        _db.session.execute(Unit.__table__.insert(), rows)
        _db.session.commit()
        engine = _db.engine
    siti = sign_in("siti")

    with statements.sent(engine) as seen:
        page = siti.get(ROOT)

    assert "2.000 subunit" in page.text or "2000 subunit" in page.text
    assert len(page.text) < 50_000  # they stand on the page of their unit
    assert len(statements.reads(seen)) <= 5
    assert "Seksi 1999" in siti.get(f"{ROOT}/2").text


def test_counts_are_of_the_unit_with_all_below(app, db):
    with app.app_context():
        found = unit_changes.touched(_db.session.get(Unit, 3), TODAY)

    assert (found.people, found.active, found.own, found.below) == (2, 2, 1, 1)


def test_of_very_many_units_only_the_upper_ones_show(app, db, sign_in, monkeypatch):
    monkeypatch.setattr(views_organisation, "LARGE", 3)

    text = sign_in("siti").get("/sdm/organisasi").text

    assert "Dinas Penanaman Modal dan PTSP" in text
    assert "Bidang Pelayanan Perizinan" not in text
    assert "1 subunit</a>" in text
