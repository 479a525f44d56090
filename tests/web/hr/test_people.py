"""HR lists, searches and opens the people of their units, and no others."""

import pytest
from sqlalchemy import select

from lms.accounts import heads
from lms.accounts.models import Person, Unit
from lms.audit.models import DataAccess, DataAccessPerson
from lms.db import db as _db
from tests.cast import CAST

LIST = "/sdm/pegawai"
RANI = f"{LIST}/00000000-0000-4000-8000-000000000004"
AGUS = f"{LIST}/00000000-0000-4000-8000-000000000005"


def names(page) -> set[str]:
    return {part.name for part in CAST.values() if part.name + "</a>" in page.text}


@pytest.mark.parametrize("name", ["rani", "yohanes", "hendra", "made"])
def test_only_hr_may_look(sign_in, db, name):
    client = sign_in(name)

    assert client.get(LIST).status_code == 403
    assert client.post(LIST).status_code == 403
    assert client.get(RANI).status_code == 403


def test_the_list_has_everybody_of_the_units_and_nobody_else(sign_in, live):
    page = sign_in("siti").get(LIST)

    assert names(page) == {
        "Made Wirawan", "Siti Marlina", "Yohanes Tambing", "Rani Kusumawardhani",
    }  # fmt: skip
    assert "19950825 202221 2 902" in page.text
    assert "4 orang" in page.text


@pytest.mark.parametrize("typed", ["kusuma", "RANI", "rani kus", "rani@contoh"])
def test_words_find_beginnings_of_names_and_addresses(sign_in, db, typed):
    siti = sign_in("siti")

    sent = siti.post(LIST, data={"cari": typed, "aktif": "aktif"})
    page = siti.get(sent.location)

    assert sent.status_code == 303
    assert names(page) == {"Rani Kusumawardhani"}


@pytest.mark.parametrize("typed", ["199508252022212902", "19950825 2022", "199508"])
def test_a_number_is_found_and_stands_in_no_address(sign_in, db, typed):
    page = sign_in("siti").post(LIST, data={"cari": typed})

    assert page.status_code == 200
    assert names(page) == {"Rani Kusumawardhani"}
    for attribute in ('href="', 'action="', 'value="'):
        for piece in page.text.split(attribute)[1:]:
            assert "199508" not in piece.partition('"')[0]


def test_a_number_typed_into_the_address_is_dropped(sign_in, db):
    answer = sign_in("siti").get(LIST + "?cari=199508252022212902&unit=3")

    assert answer.status_code == 303
    assert "1995" not in answer.location


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("unit=3", {"Yohanes Tambing", "Rani Kusumawardhani"}),
        ("unit=5", {"Made Wirawan", "Siti Marlina", "Yohanes Tambing",
                    "Rani Kusumawardhani"}),
        ("status=PPPK", {"Rani Kusumawardhani"}),
        ("jenis=struktural", set()),
        ("aktif=nonaktif", set()),
        ("jp=tercapai", set()),
        ("cari=agus", set()),
        ("cari=%25", set()),
    ],
)  # fmt: skip
def test_filters_narrow_the_list(sign_in, live, asked, found):
    assert names(sign_in("siti").get(f"{LIST}?{asked}")) == found


def test_the_jp_of_the_year_stand_beside_the_target(app, sign_in, done):
    siti = sign_in("siti")

    page = siti.get(LIST + "?cari=rani")
    missing = siti.get(LIST + "?jp=belum")

    assert "4 dari 20 JP" in page.text
    assert "Rani Kusumawardhani" in names(missing)


def test_people_of_other_agencies_do_not_exist(sign_in, db):
    siti = sign_in("siti")

    assert siti.get(AGUS).status_code == 404
    assert siti.get(f"{LIST}/tidak-ada").status_code == 404


def test_the_page_of_a_person_has_what_hr_needs(sign_in, done):
    page = sign_in("siti").get(RANI).text

    for text in (
        "Rani Kusumawardhani",
        "Yohanes Tambing",
        "Layanan Prima di Loket",
        "Penugasan",
        "Sertifikat",
        "Kompetensi",
        "Buat tautan masuk",
    ):
        assert text in page


def test_a_look_is_noted_once_an_hour_and_shown_to_the_person(
    app, sign_in, live, clock
):
    siti = sign_in("siti")
    siti.get(RANI)
    siti.get(RANI)
    assert looks(app) == 1

    clock.skip(minutes=61)
    page = sign_in("siti").get(RANI)

    assert looks(app) == 2
    assert "Siti Marlina" in page.text.partition("Siapa yang melihat data ini")[2]
    told = sign_in("rani").get("/data-saya").text
    assert "Siti Marlina" in told
    assert "Halaman pegawai: tugas, kursus, nilai kuis" in told


def looks(app) -> int:
    with app.app_context():
        return len(
            _db.session.scalars(
                select(DataAccess)
                .join(DataAccessPerson, DataAccessPerson.access_id == DataAccess.id)
                .where(DataAccessPerson.person_id == CAST["rani"].id)
            ).all()
        )


def test_somebody_without_a_number_or_job_is_listed_as_well(app, sign_in, live):
    with app.app_context():
        rani = _db.session.get(Person, CAST["rani"].id)
        rani.nip, rani.job_id, rani.supervisor_id = None, None, None
        _db.session.commit()
    siti = sign_in("siti")

    assert "tanpa NIP" in siti.get(LIST).text
    assert "tidak ditetapkan" in siti.get(RANI).text


def test_the_superior_is_who_sees_them_also_the_head_of_the_unit(app, sign_in, clock):
    now = clock.now()
    with app.app_context():
        _db.session.get_one(Person, 4).supervisor_id = None
        head = _db.session.get_one(Person, 3)
        unit = _db.session.get_one(Unit, 3)
        heads.set_head(unit, head, today=now.date(), now=now, by=None)
        _db.session.commit()

    page = sign_in("siti").get(RANI).text
    own = sign_in("rani").get("/akun/data-diri").text

    assert sign_in("yohanes").get(RANI.replace(LIST, "/tim")).status_code == 200
    for text in (page, own):
        assert "Yohanes Tambing" in text.partition("Atasan langsung")[2][:200]
