"""The dashboard: every number is what its list counts, and what the tables say."""

import re
from datetime import date, timedelta
from html import unescape

import pytest
from sqlalchemy import select, text

from lms.accounts import units
from lms.accounts.models import Person, RoleGrant, Unit
from lms.catalog.models import Competency
from lms.competency.models import JobLevel
from lms.db import db as _db
from lms.hr import figures
from lms.records import amendments, enrolments
from tests.web.records import samples

from .crowd import add_people, assign

TODAY = date(2026, 11, 22)
# Numbers that count; averages open the list of those they are the average of.
FIGURE = re.compile(r'<a class="fig num" href="([^"]+)">([\d.]+)<')


@pytest.fixture
def office(app, live, clock):
    """Two offices and a division with people in every state; Agus works elsewhere."""
    now = clock.now()
    with app.app_context():
        add_people(now, 101, 6, 4)
        add_people(now, 111, 3, 3, asn_status="PPPK")
        add_people(now, 121, 2, 2, asn_status="NON_ASN", job_id=None)
        add_people(now, 131, 2, 1)
        add_people(now, 141, 1, 4, is_active=False)
        _db.session.commit()
        assign(live, now, TODAY - timedelta(days=9), [4, 5, 101, 102, 111, 141])
        assign(live, now, TODAY + timedelta(days=5), [103, 104, 105, 121])
        assign(live, now, date(2025, 6, 30), [106, 112])
        _db.session.commit()
        for person in (101, 103, 112):
            samples.finish(person, live, now)
        enrolments.enrol(_db.session.get(Person, 104), live, now)
        _db.session.commit()
    return live


def numbers(page: str) -> list[tuple[str, int]]:
    """Return (address, number) of every figure that opens a list of this size."""
    found = FIGURE.findall(page)
    return [(unescape(url), int(said.replace(".", ""))) for url, said in found]


def counted(client, address: str) -> int:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return int(re.search(r'data-count="(\d+)"', answer.get_data(as_text=True))[1])


def test_every_number_opens_a_list_of_that_many(sign_in, office):
    siti = sign_in("siti")
    page = siti.get("/sdm").get_data(as_text=True)

    found = numbers(page)

    assert len(found) > 40
    wrong = [
        (url, said, counted(siti, url))
        for url, said in found
        if said != counted(siti, url)
    ]
    assert wrong == []


def test_the_states_are_what_plain_sql_says(app, sign_in, office):
    siti = sign_in("siti")
    siti.get("/sdm")

    with app.app_context():
        sql = text(
            "SELECT count(*) FROM assignment_duties d"
            " JOIN people p ON p.id = d.person_id"
            " JOIN units u ON u.id = p.unit_id WHERE u.path LIKE '/1/%' AND p.is_active"
            " AND d.ended_at IS NULL AND d.due_on < '2026-11-22'"
            " AND NOT EXISTS (SELECT 1"
            " FROM completions c WHERE c.person_id = d.person_id AND c.course_id ="
            " d.course_id AND c.state = 'valid')"
        )
        late = _db.session.scalar(sql)

    assert late == 4
    states = {"terlambat": 4, "selesai": 2, "berjalan": 1, "belum": 2}
    for word, count in states.items():
        assert counted(siti, f"/sdm/daftar?isi=tugas&keadaan={word}") == count, word


def test_what_was_left_last_year_is_this_years_and_what_was_done_is_not(
    sign_in, office
):
    siti = sign_in("siti")

    late = siti.get("/sdm/daftar?isi=tugas&keadaan=terlambat").get_data(as_text=True)
    before = counted(siti, "/sdm/daftar?isi=tugas&tahun=2025")

    assert "Pegawai 106" in late
    assert "Pegawai 112" not in late
    assert before == 2


def test_a_revocation_and_a_move_are_in_the_next_page(app, sign_in, office, clock):
    siti = sign_in("siti")
    first = numbers(siti.get("/sdm?unit=4").get_data(as_text=True))

    with app.app_context():
        sql = text("SELECT uid FROM completions WHERE person_id = 101")
        uid = _db.session.scalar(sql)
        amendments.revoke(uid, "Ujian diwakilkan", None, clock.now())
        _db.session.execute(text("UPDATE people SET unit_id = 2 WHERE id = 103"))
        _db.session.commit()
    second = numbers(siti.get("/sdm?unit=4").get_data(as_text=True))

    assert first != second
    for url, said in second:
        assert counted(siti, url) == said, url
    with app.app_context():
        assert list(figures.compare()) == []


def test_tomorrow_more_is_late_without_any_change(sign_in, office, clock):
    siti = sign_in("siti")
    assert counted(siti, "/sdm/daftar?isi=tugas&keadaan=terlambat") == 4

    clock.skip(days=6)
    siti = sign_in("siti")

    page = siti.get("/sdm").get_data(as_text=True)
    assert "Terlambat 15 hari" in page
    assert counted(siti, "/sdm/daftar?isi=tugas&keadaan=terlambat") == 7


def test_people_see_only_the_units_they_hold(app, sign_in, office):
    with app.app_context():
        given = select(RoleGrant).where(RoleGrant.person_id == 2)
        _db.session.scalars(given).one().unit_id = 4
        _db.session.commit()
    siti = sign_in("siti")

    page = siti.get("/sdm").get_data(as_text=True)

    assert "Bidang Pelayanan Perizinan" in page
    assert "Dinas Penanaman Modal" not in page
    assert "Jambi" not in page
    assert counted(siti, "/sdm/daftar") == 7  # Rani and six more
    assert siti.get("/sdm?unit=3").status_code == 404
    assert siti.get("/sdm/daftar?unit=6").status_code == 404
    assert siti.get("/sdm/cetak?unit=1").status_code == 404


@pytest.mark.parametrize("name", ["rani", "agus", "hendra", "yohanes", "made"])
def test_others_have_no_business_here(sign_in, name):
    client = sign_in(name)

    for address in ("/sdm", "/sdm/daftar", "/sdm/cetak"):
        assert client.get(address).status_code == 403


@pytest.mark.parametrize(
    "query",
    ["tahun=1999", "tahun=3000", "tahun=x", "jenis=raja", "kursus=tidak-ada",
     "isi=apa", "keadaan=mati", "pita=7", "status=X", "bulan=13", "urut=nip",
     "hal=0", "kompetensi=XX", "isi=kesenjangan"],
)  # fmt: skip
def test_a_filter_nobody_knows_is_refused_in_words(sign_in, office, query):
    answer = sign_in("siti").get(f"/sdm/daftar?{query}")

    assert answer.status_code == 400
    assert "Saringan" in answer.get_data(as_text=True)


def test_nobody_and_nothing_yet_says_what_to_do_first(app, sign_in, db):
    page = sign_in("siti").get("/sdm").get_data(as_text=True)
    assert "Belum ada penugasan dan belum ada kursus yang selesai." in page

    none = sign_in("siti").get("/sdm?jenis=fungsional").get_data(as_text=True)

    assert "Belum ada pegawai" in none


def test_filters_narrow_every_figure(sign_in, office):
    siti = sign_in("siti")

    page = siti.get("/sdm?unit=4&jenis=pelaksana&kursus=layanan-prima&tahun=2026")

    for url, said in numbers(page.get_data(as_text=True)):
        assert "jenis=pelaksana" in url
        assert counted(siti, url) == said, url


def test_lists_are_paged_and_sorted(app, sign_in, office, clock):
    with app.app_context():
        add_people(clock.now(), 1001, 60, 2)
        _db.session.commit()
    siti = sign_in("siti")

    first = siti.get("/sdm/daftar?urut=unit").get_data(as_text=True)
    second = siti.get("/sdm/daftar?urut=unit&hal=2").get_data(as_text=True)

    assert first.count('<span class="who">') == 50
    assert "hal=2" in first
    assert "Pegawai 106" in second
    assert siti.get("/sdm/daftar?hal=99").status_code == 200


def test_paper_has_a_sheet_for_each_office(sign_in, office):
    siti = sign_in("siti")

    every = siti.get("/sdm/cetak").get_data(as_text=True)
    one = siti.get("/sdm/cetak?unit=3").get_data(as_text=True)

    assert every.count('class="sheet') == 3  # two offices, and the agency's own people
    assert one.count('class="sheet') == 1
    assert 'href="/sdm/daftar' not in one


def test_the_agencys_own_clock_says_what_is_late(app, sign_in, office, clock):
    clock.skip(hours=9)  # 23.00 WIB: the 23rd in Jayapura, not yet in Jakarta
    with app.app_context():
        _db.session.execute(
            text(
                "UPDATE assignment_duties SET due_on = '2026-11-22'"
                " WHERE person_id = 105"
            )
        )
        _db.session.commit()
    siti = sign_in("siti")
    assert counted(siti, "/sdm/daftar?isi=tugas&keadaan=terlambat") == 4

    with app.app_context():
        _db.session.execute(text("UPDATE agencies SET timezone = 'Asia/Jayapura'"))
        _db.session.commit()

    page = siti.get("/sdm").get_data(as_text=True)
    assert counted(siti, "/sdm/daftar?isi=tugas&keadaan=terlambat") == 5
    assert ("/sdm/daftar?tahun=2026&isi=tugas&keadaan=terlambat", 5) in numbers(page)


def test_a_small_group_keeps_its_average_to_itself(app, sign_in, office):
    with app.app_context():
        _db.session.add(Competency(code="INT", name="Integritas", group="manajerial"))
        level = {"name": "Pelaksana", "type": "pelaksana", "core_level": 2}
        _db.session.add(JobLevel(code="pelaksana", is_sure=True, place=1, **level))
        _db.session.commit()

    page = sign_in("siti").get("/sdm").get_data(as_text=True)

    heat = page[page.index('class="heat"') :]
    assert "kurang dari 5 pegawai" in heat  # BKPSDM: Made and Siti
    address = re.search(r'<a class="h4 num" href="([^"]+)">2<', heat)
    assert counted(sign_in("siti"), unescape(address[1])) == 11


def test_a_moved_unit_needs_no_new_sums(app, sign_in, office):
    siti = sign_in("siti")
    with app.app_context():
        units.move(_db.session.get(Unit, 4), _db.session.get(Unit, 2), TODAY)
        _db.session.commit()

    assert counted(siti, "/sdm/daftar?unit=2") == 11
    for url, said in numbers(siti.get("/sdm").get_data(as_text=True)):
        assert counted(siti, url) == said, url


def test_the_paper_leaves_no_office_out(app, sign_in, office):
    with app.app_context():
        agency, now = _db.session.get_one(Unit, 1), office.published_at
        for number in range(45):
            unit = units.make(agency, "office", f"Dinas {number:02}", date(2024, 1, 1))
            add_people(now, 500 + number, 1, unit.id)
        _db.session.commit()
    siti = sign_in("siti")

    pages = [siti.get(f"/sdm/cetak?hal={page}").text for page in (1, 2)]

    assert [page.count('class="sheet') for page in pages] == [40, 8]
    assert "hal=2" in pages[0]
    shown = "".join(pages)
    assert all(f"<h2>Dinas {number:02}</h2>" in shown for number in range(45))
    assert siti.get("/sdm/cetak?hal=x").status_code == 400
