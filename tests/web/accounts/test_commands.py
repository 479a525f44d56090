"""lms people …, the demo people, and the very first administrator."""

import json
import re

import pytest
from sqlalchemy import func, select

from lms.accounts import demo, founding, password_policy, passwords, people
from lms.accounts.models import Agency, Credential, Person, RoleGrant, Unit
from lms.db import db as _db
from tests.cast import CAST

from .people_files import BUDI, COLUMNS, RANI


@pytest.fixture
def people_file(tmp_path):
    """people_file(row, …) -> the path of a CSV file holding them."""

    def write(*rows: dict) -> str:
        lines = [";".join(COLUMNS)]
        lines += [";".join(row.get(name, "") for name in COLUMNS) for row in rows]
        path = tmp_path / "orang.csv"
        path.write_text("\r\n".join(lines), "utf-8-sig")
        return str(path)

    return write


def count(app) -> int:
    with app.app_context():
        return _db.session.scalar(select(func.count(Person.id)))


@pytest.mark.parametrize("account", ["rani@contoh.go.id", "19950825 202221 2 902"])
def test_link_prints_an_address_that_works(app, run, account):
    code, out, err = run("link", account)

    assert code == 0
    path = re.fullmatch(r"http://127\.0\.0\.1:8000(/akun/tautan/\S+)\n", out)
    assert "hanya sekali" in err
    assert app.test_client().get(path[1]).status_code == 200


def test_link_speaks_json(run):
    code, out, _ = run("link", "rani@contoh.go.id", "--json")

    assert code == 0
    assert json.loads(out)["url"].startswith("http")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("link", "nobody@contoh.go.id"), 1),
        (("link",), 2),
        (("admin", "grant", "nobody@contoh.go.id"), 1),
        (("admin", "grant", "agus@contoh.go.id"), 1),  # which agency?
        (("admin", "grant", "agus@contoh.go.id", "--instansi", "9999"), 1),
        (("admin", "grant", "agus@contoh.go.id", "--unit", "999"), 1),
        (("admin", "grant", "agus@contoh.go.id", "--peran", "raja"), 2),
        (("admin", "revoke", "agus@contoh.go.id"), 1),
        (("admin", "revoke", "made@contoh.go.id"), 1),  # the last one
        (("import", "/tidak/ada.csv"), 2),
        (("export",), 1),
    ],
)
def test_what_cannot_be_done_is_said_with_its_exit_code(run, words, code):
    found, out, err = run(*words)

    assert found == code
    assert err
    assert not out


def test_a_suspended_person_gets_no_link(app, run, clock):
    with app.app_context():
        rani = people.find(CAST["rani"].id)
        people.deactivate(rani, today=clock.now().date(), now=clock.now())
        _db.session.commit()

    assert run("link", "rani@contoh.go.id")[0] == 1


def test_roles_are_given_listed_and_taken(run):
    agus = "agus@contoh.go.id"
    given = (
        "--peran",
        "hr",
        "--unit",
        "6",
        "--tanpa-subunit",
        "--sampai",
        "2026-12-31",
    )
    assert run("admin", "grant", agus, *given)[0] == 0
    assert run("admin", "grant", agus, "--instansi", "5500")[0] == 0
    out = run("admin", "list")[1]
    assert f"hr\t{agus}\tBadan Pengembangan SDM sampai 2026-12-31" in out
    assert f"admin\t{agus}\tPemerintah Provinsi Jambi" in out

    assert run("admin", "revoke", "made@contoh.go.id")[0] == 0
    assert run("admin", "revoke", agus, "--peran", "hr", "--unit", "6")[0] == 0
    assert run("admin", "revoke", agus)[0] == 1


def test_import_tries_first_and_stores_when_told(app, run, people_file):
    path, before = people_file(RANI, BUDI), count(app)

    code, out, _ = run("import", path)
    assert code == 0
    assert "1 baru, 0 berubah, 0 pindah, 0 nonaktif, 1 sama." in out
    assert "belum ada yang disimpan" in out
    assert count(app) == before

    code, out, _ = run("import", path, "--terapkan")
    assert (code, count(app)) == (0, before + 1)
    assert "Tersimpan." in out

    code, out, _ = run("import", path, "--terapkan", "--json")
    assert json.loads(out)["jumlah"]["sama"] == 2
    assert count(app) == before + 1


def test_import_says_what_is_wrong_and_stores_nothing(app, run, people_file):
    before = count(app)
    path = people_file(BUDI, RANI | {"nip": "1990081720150319"})

    code, out, _ = run("import", path, "--terapkan")

    assert (code, count(app)) == (1, before)
    assert "baris 3, kolom nip (A): galat: 16 digit: ini NIK, bukan NIP" in out
    assert "1 galat: tidak ada yang disimpan." in out
    code, out, _ = run("import", path, "--terapkan", "--json")
    found = json.loads(out)
    assert (code, found["diterapkan"]) == (1, False)
    assert [(f["row"], f["column"]) for f in found["temuan"]] == [(3, "nip")]


def test_a_long_list_of_findings_is_cut(run, people_file):
    out = run("import", people_file(*[RANI | {"nip": "", "email": ""}] * 80))[1]

    assert "dan 30 temuan lain" in out


def test_export_is_read_by_import(run, tmp_path):
    code, out, _ = run("export", "--instansi", "6771")
    path = tmp_path / "keluar.csv"
    path.write_text(out, "utf-8")

    assert code == 0
    assert "4 sama." in run("import", str(path))[1]


# --- Demo people

PEOPLE = 42  # six to sign in as, and those whom they work with


@pytest.fixture
def demo_only(app, db, clock):
    """A database that holds nothing but the demo people."""
    from tests.conftest import empty

    with app.app_context():
        empty(_db)
        assert demo.add(_db.session, clock.now()) == PEOPLE
        _db.session.commit()


def test_demo_people_are_added_once(app, demo_only, clock):
    with app.app_context():
        assert demo.exist()
        assert demo.add(_db.session, clock.now()) == 0
        assert _db.session.scalar(select(func.count(Person.id))) == PEOPLE
        codes = set(_db.session.scalars(select(Agency.code)))
        assert codes == {"6771", "5500", "6274"}


def test_a_missing_demo_person_comes_back(app, demo_only, clock):
    with app.app_context():
        rani = people.by_account("rani@contoh.go.id")
        rani.email, rani.nip = "lain@contoh.go.id", None
        _db.session.commit()

        assert demo.add(_db.session, clock.now()) == 1
        _db.session.commit()


def test_the_demo_people_stand_where_the_story_says(app, demo_only):
    with app.app_context():
        cast = {key: people.by_account(f"{key}@contoh.go.id") for key in demo.PARTS}
        home = {
            key: _db.session.get(Unit, p.unit_id).agency_id for key, p in cast.items()
        }
        assert home["rani"] == home["siti"] == home["yohanes"] != home["agus"]
        assert cast["rani"].supervisor_id == cast["yohanes"].id
        assert (cast["rani"].nip, cast["rani"].id_kind) == (RANI["nip"], "NI_PPPK")
        assert cast["rani"].full_name == "Rani Kusumawardhani"
        assert cast["hendra"].full_name == "Dr. Hendra Saputra, M.Pd."
        for person in cast.values():
            assert person.is_demo
            assert person.nip[15] == "9"
            about = password_policy.About(person.name, person.nip, person.email)
            password_policy.check(demo.PASSWORD, about)
        grants = _db.session.scalars(select(RoleGrant))
        assert sorted(grant.role for grant in grants) == (
            ["admin"] * 3 + ["hr"] + ["instructor"] * 3
        )
        for agency in _db.session.scalars(select(Agency)):
            assert agency.signer_nip[15] == "9"


def test_in_a_demo_the_sign_in_page_offers_its_people(
    app, demo_only, sign_in_form, monkeypatch
):
    page = app.test_client().get("/masuk").get_data(as_text=True)
    assert demo.PASSWORD not in page
    assert sign_in_form("rani@contoh.go.id", demo.PASSWORD).status_code == 422

    monkeypatch.setitem(app.config, "DEMO", True)
    page = app.test_client().get("/masuk").get_data(as_text=True)
    for shown in demo.SHOWN:
        assert shown.email in page
        assert sign_in_form(shown.email, demo.PASSWORD).status_code == 303


# --- The first administrator

FIRST = (
    "Dewi Lestari",
    "Dewi@Contoh.go.id",
    "Pemerintah Kota X",
    "6100",
    "Asia/Makassar",
)


def test_the_first_administrator_is_made_once(app, db, clock, sign_in_form):
    with app.app_context():
        first = founding.first_administrator(_db.session, *FIRST, clock.now())
        again = founding.first_administrator(_db.session, *FIRST, clock.now())
        _db.session.add(
            Credential(
                person_id=first.id,
                password_hash=passwords.make("kopi pahit sekali"),
                changed_at=clock.now(),
            )
        )
        _db.session.commit()

        assert first is again
        agency = _db.session.scalars(select(Agency).where(Agency.code == "6100")).one()
        assert agency.timezone == "Asia/Makassar"
        grants = select(RoleGrant.role).where(RoleGrant.person_id == first.id)
        assert _db.session.scalars(grants).all() == ["admin"]
    assert sign_in_form("dewi@contoh.go.id", "kopi pahit sekali").status_code == 303


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (0, ""),
        (0, "a" * 161),
        (0, "De\u202ewi"),
        (1, "dewi"),
        (1, "dewi@contoh"),
        (2, " "),
        (3, "61"),
        (3, "٦١٠٠"),
        (4, "Asia/Palangkaraya"),
        (4, "../etc/passwd"),
    ],
)
def test_a_first_administrator_with_a_bad_value_is_refused(
    app, db, clock, place, value
):
    values = [*FIRST[:place], value, *FIRST[place + 1 :]]

    with app.app_context(), pytest.raises(founding.FoundingBad):
        founding.first_administrator(_db.session, *values, clock.now())
