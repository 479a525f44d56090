"""Who may call the API: tokens alone, and only as far and as long as they say."""

import pytest
from sqlalchemy import select

from lms.accounts.models import Unit
from lms.api import tokens
from lms.api.models import ApiPersonRead, ApiRead, ApiToken
from lms.audit.models import AuditEntry, DataAccess, DataAccessPerson
from lms.db import db as _db
from lms.kernel import ids
from tests.web.api.program import Program

FORM = {"nama": "SIMPEG", "unit": "1", "cakupan": ["people:read"], "hari": "30"}


def made_on_page(sign_in, **changes):
    form = FORM | changes
    return sign_in("made").post("/kelola/api", data=form, follow_redirects=True)


def test_without_a_token_there_is_a_problem(app, db):
    answer = app.test_client().get("/api/v1/people")

    assert answer.status_code == 401
    assert answer.content_type == "application/problem+json"
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert answer.json["status"] == 401
    assert answer.json["instance"] == "/api/v1/people"


@pytest.mark.parametrize("token", ["", "lms_salah", "x" * 5000, "lms_é", "Basic abc"])
def test_a_token_that_is_none_is_refused(app, db, token):
    assert Program(app.test_client(), token).get("/people").status_code == 401


def test_a_cookie_opens_nothing(sign_in):
    assert sign_in("made").get("/api/v1/people").status_code == 401


def test_a_token_reads_only_what_its_scopes_name(program, db):
    reader = program(scopes=["units:read"])

    assert reader.get("/units").status_code == 200
    answer = reader.get("/people")
    assert answer.status_code == 403
    assert answer.json["code"] == "ScopeMissing"
    assert "people:read" in answer.json["detail"]
    assert "insufficient_scope" in answer.headers["WWW-Authenticate"]


def test_a_token_ends_by_itself(program, clock):
    reader = program(days=1)
    assert reader.get("/units").status_code == 200

    clock.skip(days=1)

    assert reader.get("/units").status_code == 401


def test_a_unit_is_kept_while_a_token_of_it_still_opens_something(app, program, clock):
    program(unit=3, days=1)
    with app.app_context():
        unit = _db.session.get_one(Unit, 3)
        with pytest.raises(tokens.UnitServed):
            tokens.keep_unit(unit)

        clock.skip(days=1)

        tokens.keep_unit(unit)


def test_only_the_hash_of_a_token_is_stored(app, program):
    reader = program()
    with app.app_context():
        row = _db.session.scalars(select(ApiToken)).one()

        assert row.token_hash == ids.digest(reader.token)
        assert row.start == reader.token[:8]
        assert not any(reader.token in str(v) for v in vars(row).values())


def test_the_last_use_is_noted_every_few_minutes(app, program, clock):
    reader, began = program(), clock.now()

    def used():
        with app.app_context():
            return _db.session.scalar(select(ApiToken.used_at))

    reader.get("/units")
    assert used() == began
    clock.skip(minutes=4)
    reader.get("/units")
    assert used() == began
    clock.skip(minutes=1)
    reader.get("/units")
    assert used() == clock.now()


def test_reading_is_counted_per_day_and_told_to_each_person_once(app, program, clock):
    reader = program()
    reader.get("/people?limit=3")
    reader.get("/people")
    clock.skip(days=1)
    reader.get("/people")

    with app.app_context():
        counts = _db.session.execute(
            select(ApiRead.requests, ApiRead.rows).order_by(ApiRead.day)
        ).all()
        told = _db.session.scalars(
            select(DataAccessPerson.access_id).where(DataAccessPerson.person_id == 4)
        ).all()
        first = _db.session.get_one(DataAccess, told[0])

        assert [tuple(row) for row in counts] == [(2, 7), (1, 4)]
        assert len(told) == 2
        assert first.kind == "exported"
        assert first.facts["service"] == "SIMPEG"
        assert _db.session.query(ApiPersonRead).count() == 8


def test_what_was_not_sent_is_not_noted(app, program):
    reader = program()
    tag = reader.get("/people").headers["ETag"]

    reader.get("/people", If_None_Match=tag)
    reader.get("/people?limit=0")

    with app.app_context():
        assert _db.session.scalar(select(ApiRead.requests)) == 1


def test_rani_reads_which_system_took_her_data(sign_in, program):
    program().get("/people")

    page = sign_in("rani").get("/data-saya").text

    assert "SIMPEG" in page
    assert "diambil sistem lain lewat API" in page


def test_too_many_requests_wait(app, program, monkeypatch):
    from lms.web import limits

    monkeypatch.setattr(limits.limiter, "enabled", True)
    monkeypatch.setitem(app.config, "API_LIMIT", "3 per minute")
    reader = program()
    answers = [reader.get("/units") for _request in range(4)]

    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert answers[0].headers["RateLimit-Policy"] == '"token";q=3;w=60'
    assert answers[0].headers["RateLimit"].startswith('"token";r=2;')
    assert 0 < int(answers[3].headers["Retry-After"]) <= 20
    assert answers[3].content_type == "application/problem+json"
    assert program().get("/units").status_code == 200


def test_made_makes_a_token_that_is_shown_once(app, sign_in):
    page = made_on_page(sign_in)

    assert page.status_code == 200
    token = page.text.partition('id="token" value="')[2].partition('"')[0]
    assert token.startswith("lms_")
    assert token not in sign_in("made").get("/kelola/api").text
    assert Program(app.test_client(), token).get("/people").status_code == 200
    with app.app_context():
        act = _db.session.scalars(
            select(AuditEntry).where(AuditEntry.action == "api_token.created")
        ).one()
        assert (act.actor_id, act.facts["scopes"]) == (1, "people:read")


def test_after_a_token_the_form_is_empty_and_reloading_makes_no_other(app, sign_in):
    made = sign_in("made")

    answer = made.post("/kelola/api", data=FORM)
    first, again = made.get("/kelola/api").text, made.get("/kelola/api").text

    assert answer.status_code == 303
    assert 'value="lms_' in first
    assert 'name="nama" type="text" value=""' in first
    assert 'value="lms_' not in again
    with app.app_context():
        assert _db.session.query(ApiToken).count() == 1


def test_the_cookie_on_the_way_does_not_hold_the_token(sign_in):
    made = sign_in("made")

    made.post("/kelola/api", data=FORM)
    with made.session_transaction() as session:
        carried = session["token_made"]
    token = made.get("/kelola/api").text.partition('value="lms_')[2].partition('"')[0]

    assert token
    assert carried != token


@pytest.mark.parametrize(
    "wrong",
    [
        {"nama": ""},
        {"nama": "x" * 81},
        {"unit": "5"},
        {"unit": ""},
        {"cakupan": []},
        {"cakupan": ["semua"]},
        {"hari": "367"},
    ],
)
def test_a_form_that_is_wrong_makes_nothing(app, sign_in, wrong):
    page = made_on_page(sign_in, **wrong)

    assert page.status_code == 422
    assert "Belum dapat dikirim" in page.text
    with app.app_context():
        assert _db.session.query(ApiToken).count() == 0


def test_a_revoked_token_opens_nothing_any_more(app, sign_in, program):
    reader, made = program(), sign_in("made")
    address = f"/kelola/api/{reader.uid}/cabut"

    assert made.post(address).status_code == 303
    assert made.post(address).status_code == 303

    assert reader.get("/units").status_code == 401
    assert "Dicabut" in made.get("/kelola/api").text
    with app.app_context():
        acts = _db.session.query(AuditEntry).filter_by(action="api_token.revoked")
        assert acts.count() == 1


def test_a_token_of_another_agency_is_nowhere(sign_in, program):
    reader, made = program(unit=5), sign_in("made")

    assert reader.token[:8] not in made.get("/kelola/api").text
    assert made.post(f"/kelola/api/{reader.uid}/cabut").status_code == 404
    assert reader.get("/units").status_code == 200


@pytest.mark.parametrize("name", ["rani", "siti", "hendra"])
def test_tokens_are_for_administrators(sign_in, name):
    assert sign_in(name).get("/kelola/api").status_code == 403
