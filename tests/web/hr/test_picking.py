"""A unit or job titles are chosen by some letters, with scripts and without."""

import pytest
from sqlalchemy import insert

from lms.accounts import corrections, unit_names
from lms.accounts.letters import Office
from lms.accounts.models import Job, Person, Unit
from lms.assignments.models import Assignment, AssignmentTitle
from lms.db import db as _db
from tests.cast import START
from tests.web.assignments import stage
from tests.web.assignments.test_hr_pages import FORM, SAVE, count
from tests.web.records import samples

NEW = "/sdm/penugasan/baru"
UNITS, TITLES = "/sdm/organisasi/cocok/unit", "/sdm/organisasi/cocok/jabatan"
FIRST = 2000  # number of the first unit that is added


@pytest.fixture
def siti(app, db, sign_in, clock):
    with app.app_context():
        samples.publish(clock.now())
    return sign_in("siti")


@pytest.fixture
def many(app, db):
    """Two hundred units more, with a Subbagian Umum in every Bidang."""
    rows = []
    for number in range(FIRST, FIRST + 200, 2):
        bidang = f"Bidang {(number - FIRST) // 2 + 1}"
        rows += [
            facts(number, 3, "division", bidang),
            facts(number + 1, number, "section", "Subbagian Umum"),
        ]
    with app.app_context():
        _db.session.execute(insert(Unit), rows)
        _db.session.commit()


def facts(number: int, parent: int, kind: str, name: str) -> dict:
    path = "/1/3/" if parent == 3 else f"/1/3/{parent}/"
    return {
        "id": number, "parent_id": parent, "agency_id": 1, "path": f"{path}{number}/",
        "kind": kind, "name": name, "short_name": "", "siasn_unor_id": "",
        "valid_from": START,
    }  # fmt: skip


def new_jobs(app, *titles: str) -> None:
    """Give Rani and Yohanes new jobs."""
    with app.app_context():
        for title, person_id in zip(titles, (stage.RANI, stage.YOHANES), strict=False):
            job = Job(title=title, type="fungsional", level="", family="")
            _db.session.add(job)
            _db.session.flush()
            _db.session.get_one(Person, person_id).job_id = job.id
        _db.session.commit()


def test_units_stand_as_in_the_tree_by_names_as_people_sort(app, db, many):
    with app.app_context():
        units = list(_db.session.query(Unit).filter(Unit.agency_id == 1))

        names = [unit.name for unit in unit_names.in_tree_order(units)]

    at = names.index("Bidang 1")
    assert names[:2] == ["Pemerintah Kota Palangka Raya", names[1]]
    assert names[at : at + 4] == ["Bidang 1", "Subbagian Umum", "Bidang 2",
                                  "Subbagian Umum"]  # fmt: skip
    assert names.index("Bidang 10") > names.index("Bidang 9")


def test_few_units_are_a_list_and_twins_say_where_they_are(app, siti):
    with app.app_context():
        _db.session.execute(
            insert(Unit),
            [facts(FIRST, 3, "division", "Sekretariat"),
             facts(FIRST + 1, FIRST, "section", "Subbagian Umum"),
             facts(FIRST + 2, 4, "section", "Subbagian Umum")],
        )  # fmt: skip
        _db.session.commit()

    text = siti.get(NEW).text

    assert "<select" in text.partition('for="unit"')[2][:200]
    assert "Subbagian Umum (Sekretariat · Dinas Penanaman Modal dan PTSP)" in text
    assert "Subbagian Umum (Bidang Pelayanan Perizinan · Dinas Penanaman" in text


def test_many_units_are_searched_and_the_page_stays_small(siti, many):
    text = siti.get(NEW).text

    assert 'name="unit-cari"' in text
    assert "Bidang 77" not in text
    assert len(text) < 40_000
    # The whole agency, as for most of what is assigned.
    assert 'value="Pemerintah Kota Palangka Raya"' in text


def typed(words: str, **more) -> dict:
    return {k: v for k, v in FORM.items() if k != "unit"} | {"unit-cari": words} | more


def test_words_for_one_unit_are_that_unit(siti, many):
    answer = siti.post(NEW, data=typed("bidang 77"))

    assert answer.status_code == 200
    assert "Semua pegawai di Bidang 77 (Dinas Penanaman Modal dan PTSP)" in answer.text


def test_words_for_several_offer_them_with_where_they_are(app, siti, many):
    answer = siti.post(NEW, data=typed("subbagian umum"))

    assert answer.status_code == 422
    assert "Terlalu banyak yang cocok" in answer.text
    assert answer.text.count('name="unit" value=') == 8
    assert "Bidang 1 · Dinas Penanaman Modal dan PTSP" in answer.text

    number = str(FIRST + 1)
    chosen = {"unit": number, "unit-dari": "subbagian umum"}
    answer = siti.post(NEW, data=typed("subbagian umum", **chosen))

    assert answer.status_code == 200
    assert f'name="unit" value="{number}"' in answer.text


def test_what_is_typed_anew_counts_and_not_what_was_chosen_before(siti, many):
    before = {"unit": str(FIRST), "unit-dari": "Bidang 1"}

    answer = siti.post(NEW, data=typed("bidang 77", **before))

    assert "Semua pegawai di Bidang 77" in answer.text


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("", "Pilih unit kerjanya."),
        ("Provinsi Jambi", "Tidak ada unit dengan nama itu"),
        ("tidak ada", "Tidak ada unit dengan nama itu"),
    ],
)
def test_a_unit_must_be_found_among_ones_own(app, siti, many, words, said):
    answer = siti.post(NEW, data=typed(words, langkah="simpan"))

    assert answer.status_code == 422
    assert said in answer.text
    assert count(app, Assignment) == 0


def test_a_title_that_one_job_has_is_chosen_by_its_words(app, siti):
    new_jobs(app, "Analis Keuangan", "Pranata Komputer")
    form = FORM | {"unit": "1", "jabatan-cari": "analis keu"}

    answer = siti.post(NEW, data=form)

    assert answer.status_code == 200
    assert "jabatan: Analis Keuangan" in answer.text
    assert "1 orang ditugaskan." in answer.text


def test_several_titles_are_offered_ticked_and_saved(app, siti):
    new_jobs(app, "Analis Keuangan", "Analis Keuangan Daerah")
    form = SAVE | {"unit": "1", "jabatan-cari": "keuangan"}

    answer = siti.post(NEW, data=form)

    assert answer.status_code == 422
    assert 'name="jabatan" value="Analis Keuangan"' in answer.text
    assert "Centang jabatan yang dimaksud" in answer.text

    ticked = {
        "jabatan-dari": "keuangan",
        "jabatan": ["Analis Keuangan", "Analis Keuangan Daerah"],
    }
    assert siti.post(NEW, data=form | ticked).status_code == 303
    assert count(app, AssignmentTitle) == 2
    with app.app_context():
        assert set(stage.open_duties()) == {stage.RANI, stage.YOHANES}
    page = siti.get("/sdm/penugasan").text
    assert "jabatan: Analis Keuangan, Analis Keuangan Daerah" in page


def test_a_search_for_titles_left_unanswered_is_not_everybody(app, siti):
    form = SAVE | {"jabatan-cari": "pengelola x", "jabatan-dari": "pengelola x"}

    answer = siti.post(NEW, data=form)

    assert answer.status_code == 422
    assert "Tidak ada jabatan dengan kata itu" in answer.text
    assert count(app, Assignment) == 0


@pytest.mark.parametrize(
    "sent", [["Bukan Jabatan"], [f"Jabatan {n}" for n in range(21)]]
)
def test_titles_that_were_never_offered_are_refused(app, siti, sent):
    assert siti.post(NEW, data=SAVE | {"jabatan": sent}).status_code == 422
    assert count(app, Assignment) == 0


def test_while_one_types_units_are_found(siti, many):
    answer = siti.get(f"{UNITS}?cari=umum").json

    assert len(answer["rows"]) == 8
    where = "Bidang 1 · Dinas Penanaman Modal dan PTSP"
    assert answer["rows"][0][1:] == ["Subbagian Umum", where]
    assert "lengkapi namanya" in answer["note"]


def test_words_of_the_unit_above_tell_twins_apart(siti, many):
    rows = siti.get(f"{UNITS}?cari=umum+bidang+77").json["rows"]

    where = "Bidang 77 · Dinas Penanaman Modal dan PTSP"
    assert [row[1:] for row in rows] == [["Subbagian Umum", where]]


def test_while_one_types_titles_are_found(app, siti):
    new_jobs(app, "Analis Keuangan", "Analis Keuangan Daerah")

    rows = siti.get(f"{TITLES}?cari=analis").json["rows"]

    assert rows == [
        ["Analis Keuangan", "Analis Keuangan", "1 orang"],
        ["Analis Keuangan Daerah", "Analis Keuangan Daerah", "1 orang"],
    ]
    assert siti.get(TITLES).json == {"rows": [], "note": ""}


def test_nothing_of_other_agencies_is_found(app, siti):
    assert siti.get(f"{UNITS}?cari=jambi").json["rows"] == []
    with app.app_context():
        job = Job(title="Widyaiswara", type="fungsional", level="", family="")
        _db.session.add(job)
        _db.session.flush()
        _db.session.get_one(Person, 5).job_id = job.id
        _db.session.commit()

    assert siti.get(f"{TITLES}?cari=widya").json["rows"] == []


@pytest.mark.parametrize("name", ["rani", "agus", "hendra", "yohanes"])
def test_only_hr_may_search(db, sign_in, name):
    assert sign_in(name).get(f"{UNITS}?cari=bidang").status_code == 403
    assert sign_in(name).get(f"{TITLES}?cari=analis").status_code == 403


PLACES = [
    "/sdm",
    "/sdm/pegawai",
    "/sdm/ekspor?jenis=rekap_jp",
    "/sdm/siasn",
    "/kelola/api",
    "/kelola/webhook",
]


@pytest.mark.parametrize("address", PLACES)
def test_no_page_lists_hundreds_of_units(sign_in, siti, many, address):
    reader = sign_in("made") if address.startswith("/kelola") else siti

    page = reader.get(address).get_data(as_text=True)

    assert 'name="unit-cari"' in page
    assert "Subbagian Umum" not in page


def test_a_unit_in_the_address_stays_through_pages_and_goes_when_emptied(siti, many):
    named = {"unit-cari": "umum bidang 77", "unit-dari": ""}

    to = siti.post("/sdm/pegawai", data=named).headers["Location"]
    page = siti.get(to).get_data(as_text=True)
    emptied = {"unit-cari": "", "unit-dari": "Subbagian Umum", "unit": "2153"}
    away = siti.post("/sdm/pegawai", data=emptied).headers["Location"]

    assert to == "/sdm/pegawai?unit=2153"
    assert 'value="2153" checked' in page
    assert away == "/sdm/pegawai"


def test_a_unit_that_is_not_clear_is_asked_for(siti, many):
    to = siti.post("/sdm/pegawai", data={"unit-cari": "umum"}).headers["Location"]
    page = siti.get(to).get_data(as_text=True)

    assert to == "/sdm/pegawai?unit-cari=umum"
    assert page.count('type="radio" name="unit"') == 8
    assert "Terlalu banyak yang cocok" in page


def test_the_dashboard_is_narrowed_by_letters_of_a_unit(siti, many):
    page = siti.get("/sdm?unit-cari=umum+bidang+77&unit-dari=").get_data(as_text=True)

    assert 'value="2153" checked' in page
    assert "tahun 2026, Subbagian Umum" in page


def test_nothing_leaves_for_a_unit_that_is_not_clear(siti, many):
    named = {"unit-cari": "umum", "format": "csv"}

    assert siti.post("/sdm/ekspor", data=named).status_code == 422
    assert siti.post("/sdm/siasn/paket?unit-cari=umum").status_code in (303, 422)
    assert siti.get("/sdm/siasn/paket?unit-cari=umum").status_code == 422


@pytest.mark.parametrize("address", ["/sdm", "/sdm/siasn", "/sdm/pegawai"])
def test_a_unit_of_somebody_else_is_never_offered(siti, many, address):
    page = siti.get(f"{address}?unit-cari=jambi").get_data(as_text=True)

    assert "Tidak ada unit dengan nama itu di antara unit Anda." in page


def test_a_person_is_put_into_a_unit_found_by_letters(app, siti, many, clock):
    with app.app_context():
        wish = corrections.Wish("unit", "umum bidang 77", "Menurut SK terakhir")
        office = Office("Kelas ASN", "", is_open=False)
        row, _is_new = corrections.ask(stage.RANI, wish, office, clock.now())
        _db.session.commit()
        address = f"/sdm/permintaan/{row.id}"
    page = siti.get(address).get_data(as_text=True)
    said = {"jawaban": "done", "penjelasan": "Sudah kami perbaiki."}
    there = {"nilai-cari": "umum bidang 77", "nilai-dari": ""}

    unclear = siti.post(address, data=said | {"nilai-cari": "umum"})
    answer = siti.post(address, data=said | there)

    assert 'name="nilai" value="2153" checked' in page
    assert (unclear.status_code, answer.status_code) == (422, 303)
    with app.app_context():
        assert _db.session.get_one(Person, stage.RANI).unit_id == 2153
