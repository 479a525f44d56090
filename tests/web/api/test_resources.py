"""What other systems read: only their own agency's, stable, in the form promised."""

import pytest

from lms.accounts.models import Person
from lms.db import db as _db
from lms.records import amendments
from tests.web.records import samples

LISTS = ("people", "units", "courses", "completions", "assignments")
UNKNOWN = "00000000-0000-4000-8000-999999999999"


def test_completions_have_the_fields_of_the_export(program, done):
    row = program().rows("/completions")[0]

    assert row["id"] == done["rani"]
    assert row["nip"] == "199508252022212902"
    assert row["finished_on"] == "2026-11-22"
    assert row["changed_at"] == "2026-11-22T07:00:00Z"
    assert (row["jp"], row["score"], row["year"]) == (4, 73.45, 2026)
    assert row["competencies"] == ["PPB"]
    assert row["certificate_url"].startswith("http://127.0.0.1:8000/cek/")
    assert row["certificate_number"]


def test_a_token_shows_no_row_of_another_agency(program, done):
    jambi = program(unit=5)

    assert [row["id"] for row in jambi.rows("/completions")] == [done["agus"]]
    assert {row["name"] for row in jambi.rows("/people")} == {
        "Agus Pranoto",
        "Hendra Saputra",
    }
    assert {row["id"] for row in jambi.rows("/units")} == {5, 6}
    rani = "00000000-0000-4000-8000-000000000004"
    for address in (f"/completions/{done['rani']}", f"/people/{rani}", "/units/1"):
        assert jambi.get(address).status_code == 404, address
    assert jambi.rows(f"/completions?person={rani}") == []


def test_a_token_of_a_unit_shows_that_unit_and_below(program, done):
    office = program(unit=3)

    assert {row["id"] for row in office.rows("/units")} == {3, 4}
    assert {row["name"] for row in office.rows("/people")} == {
        "Yohanes Tambing",
        "Rani Kusumawardhani",
    }
    assert len(office.rows("/completions")) == 1
    assert program(unit=2).rows("/completions") == []


@pytest.mark.parametrize("name", LISTS[:4])
def test_each_row_of_a_list_has_its_own_address(program, done, name):
    reader = program()
    for row in reader.rows(f"/{name}"):
        answer = reader.get(f"/{name}/{row['id']}")

        assert answer.status_code == 200
        assert answer.json == row


@pytest.mark.parametrize("name", LISTS)
def test_what_is_not_there_is_a_problem(program, done, name):
    key = {"units": "999999", "courses": "tidak-ada"}.get(name, UNKNOWN)

    answer = program().get(f"/{name}/{key}")

    assert answer.status_code == 404
    assert answer.content_type == "application/problem+json"
    assert answer.json["code"] == "NothingThere"


@pytest.mark.parametrize("address", ["/api", "/api/", "/api/v2/people", "/api/v1/x"])
def test_what_is_not_there_is_a_problem_for_programs_too(app, db, address):
    answer = app.test_client().get(address)

    assert answer.status_code == 404
    assert answer.content_type == "application/problem+json"


def test_pages_join_without_gap_or_double(program, db):
    one_by_one = program().all_rows("/people", 1)

    assert one_by_one == program().rows("/people")
    assert len(one_by_one) == 4


def test_a_cursor_that_is_damaged_or_of_another_list_is_refused(program, db):
    reader = program()
    cursor = reader.get("/people?limit=1").json["next_cursor"]
    for address in (
        f"/people?cursor={cursor[:-1]}",
        f"/people?cursor=x{cursor}",
        f"/people?cursor={cursor}&is_active=true",
        f"/units?cursor={cursor}",
        "/people?cursor=",
        "/people?cursor=%ff",
    ):
        answer = reader.get(address)

        assert answer.status_code == 400, address
        assert answer.content_type == "application/problem+json"


@pytest.mark.parametrize(
    "query",
    [
        "limit=0",
        "limit=501",
        "limit=-1",
        "limit=1e2",
        "limit=",
        "limit=1&limit=2",
        "updated_since=kemarin",
        "updated_since=2026-11-22",
        "updated_since=2026-11-22T07:00:00",
        "updated_since=2026-02-30T07:00:00Z",
        "is_active=ya",
        "nip=199508252022212902",
    ],
)
def test_a_wrong_parameter_is_named(program, db, query):
    answer = program().get(f"/people?{query}")

    assert answer.status_code == 400
    assert set(answer.json["errors"]) == {query.partition("=")[0]}
    assert answer.json["detail"].startswith("Parameter permintaan")


def test_only_what_changed_since_is_listed(app, program, done, clock):
    clock.skip(hours=1)
    with app.app_context():
        _db.session.get_one(Person, 3).updated_at = clock.now()
        amendments.correct_jp(done["rani"], 6, "Jam dihitung ulang", 2, clock.now())
        _db.session.commit()
    reader = program()

    since = "updated_since=2026-11-22T15:00:00%2B07:00"

    assert [row["name"] for row in reader.rows(f"/people?{since}")] == [
        "Yohanes Tambing"
    ]
    assert [row["jp"] for row in reader.rows(f"/completions?{since}")] == [6]
    assert reader.rows(f"/courses?{since}") == []


def test_a_change_moves_a_completion_to_its_newest_place(app, program, live, clock):
    with app.app_context():
        first = samples.finish(4, live, clock.now()).uid
        second = samples.finish(3, live, clock.now()).uid
        amendments.correct_jp(first, 6, "Jam dihitung ulang", 2, clock.now())
        amendments.correct_jp(first, 5, "Jam dihitung ulang", 2, clock.now())
        _db.session.commit()
    reader = program()

    rows = reader.rows("/completions")

    assert [row["id"] for row in rows] == [second, first]
    assert [row["change"] for row in rows] == ["completion", "correction"]
    assert rows[1]["jp"] == 5


def test_what_was_revoked_says_so(app, program, done, clock):
    with app.app_context():
        amendments.revoke(done["rani"], "Diikuti orang lain", 2, clock.now())
        _db.session.commit()

    row = program().get(f"/completions/{done['rani']}").json

    assert (row["state"], row["change"]) == ("revoked", "revocation")
    assert program().rows("/completions") == [row]


def test_completions_stream_as_lines_and_the_last_says_where_to_go_on(program, done):
    reader = program()

    *rows, end = reader.stream("/completions")

    assert rows == reader.rows("/completions")
    assert reader.rows(f"/completions?cursor={end['next_cursor']}") == []


def test_a_stream_goes_on_in_pieces(app, program, live, clock, monkeypatch):
    from lms.api import views

    monkeypatch.setattr(views, "MOST", 1)
    with app.app_context():
        for person in (1, 2, 3, 4):
            samples.finish(person, live, clock.now())

    *rows, _end = program().stream("/completions")

    assert len({row["id"] for row in rows}) == len(rows) == 4


def test_an_answer_that_did_not_change_is_not_sent_again(program, done):
    reader = program()
    for address in ("/completions", f"/completions/{done['rani']}", "/units/1"):
        tag = reader.get(address).headers["ETag"]

        again = reader.get(address, If_None_Match=tag)

        assert (again.status_code, again.data) == (304, b""), address


def test_a_packed_answer_has_a_tag_that_works_as_well(program, db):
    reader = program()
    tag = reader.get("/people", Accept_Encoding="gzip").headers["ETag"]

    again = reader.get("/people", Accept_Encoding="gzip", If_None_Match=tag)

    assert again.status_code == 304
