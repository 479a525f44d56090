"""Sessions live in the database, and end when they should."""

import pytest
from sqlalchemy import select, update

from lms.accounts import people, roles, sessions
from lms.accounts.models import LoginSession, Person, RoleGrant, Unit
from lms.db import db as _db
from tests.cast import CAST
from tests.statements import sent


def is_in(client) -> bool:
    return client.get("/").status_code == 200


def token_of(client) -> str:
    return client.get_cookie("sid").value


@pytest.fixture
def statements(app):
    """The SQL statements of the engine, as they are sent."""
    with app.app_context():
        engine = _db.engine
    with sent(engine) as seen:
        yield seen


@pytest.mark.parametrize("name", ["rani", "siti"])
def test_one_query_tells_who_is_asking(app, sign_in, clock, statements, name):
    token = token_of(sign_in(name))
    with app.app_context():
        statements.clear()
        person = sessions.load(token, clock.now())
        _db.session.rollback()

    assert len([s for s in statements if "SELECT" in s]) == 1
    assert person.id == CAST[name].id
    assert (person.agency_id, person.timezone) == (1, "Asia/Jakarta")
    assert person.roles == ({"hr"} if name == "siti" else set())
    assert person.grants == ((("hr", 1, "/1/", True),) if name == "siti" else ())


def test_only_the_hash_of_the_token_is_stored(app, sign_in):
    token = token_of(sign_in("rani"))

    with app.app_context():
        (row,) = _db.session.scalars(select(LoginSession))
        assert token not in (row.token_hash, row.device)


@pytest.mark.parametrize(
    "token", ["", "x", "a" * 43, "a" * 4_000, "%00", "é" * 43, "' OR 1=1 --" * 4]
)
def test_a_made_up_token_is_nobody(app, db, token):
    client = app.test_client()
    client.set_cookie("sid", token)

    assert client.get("/").status_code == 302


def test_a_copied_cookie_is_dead_after_signing_out(app, sign_in):
    rani, thief = sign_in("rani"), app.test_client()
    thief.set_cookie("sid", token_of(rani))
    assert is_in(thief)

    assert rani.post("/keluar").status_code == 303

    assert rani.get_cookie("sid") is None
    assert not is_in(thief)


def test_signing_out_twice_is_calm(sign_in):
    rani = sign_in("rani")
    rani.post("/keluar")

    assert rani.post("/keluar").status_code == 302
    assert rani.get("/keluar").status_code == 405


def test_signing_out_has_the_browser_forget_the_pages_it_kept(sign_in):
    answer = sign_in("rani").post("/keluar")

    assert answer.headers["Clear-Site-Data"] == '"cache"'


def test_signing_out_leaves_other_browsers_alone(sign_in):
    phone, office = sign_in("rani"), sign_in("rani")

    phone.post("/keluar")

    assert is_in(office)


def test_a_learner_stays_in_while_learning_but_not_for_ever(sign_in, clock):
    rani = sign_in("rani")
    for _ in range(15):  # every eleven hours, for almost seven days
        clock.skip(hours=11)
        assert is_in(rani)

    clock.skip(hours=4)

    assert not is_in(rani)


def test_a_learner_is_out_after_twelve_idle_hours(sign_in, clock):
    rani = sign_in("rani")
    clock.skip(hours=12)

    assert not is_in(rani)


@pytest.mark.parametrize("name", ["siti", "made"])
def test_staff_are_out_after_an_idle_hour(sign_in, clock, name):
    staff = sign_in(name)
    clock.skip(minutes=59)
    assert is_in(staff)
    clock.skip(minutes=60)

    assert not is_in(staff)


def test_staff_sign_in_every_day(sign_in, clock):
    siti = sign_in("siti")
    for _ in range(14):
        clock.skip(minutes=50)
        assert is_in(siti)

    clock.skip(minutes=20)

    assert not is_in(siti)


def test_an_instructor_has_the_hours_of_a_learner(sign_in, clock):
    hendra = sign_in("hendra")
    clock.skip(hours=11)

    assert is_in(hendra)


def test_the_limits_are_settings(app, sign_in, clock, monkeypatch):
    monkeypatch.setitem(app.config, "SESSION_IDLE_HOURS", 1)
    rani = sign_in("rani")
    clock.skip(hours=1)

    assert not is_in(rani)


def test_a_page_notes_its_use_at_most_every_five_minutes(app, sign_in, clock):
    rani, start = sign_in("rani"), clock.now()

    def seen():
        with app.app_context():
            return _db.session.scalar(select(LoginSession.seen_at)) - start

    clock.skip(minutes=4)
    rani.get("/")
    assert seen().total_seconds() == 0
    clock.skip(minutes=1)
    rani.get("/")
    assert seen().total_seconds() == 300


def test_a_get_writes_nothing_within_five_minutes(sign_in, statements):
    rani = sign_in("rani")
    statements.clear()

    rani.get("/")

    assert [
        s for s in statements if s.split()[0] in ("INSERT", "UPDATE", "DELETE")
    ] == []


def test_a_suspended_person_is_out_at_once_everywhere(app, sign_in, clock):
    phone, office = sign_in("rani"), sign_in("rani")

    with app.app_context():
        rani = people.find(CAST["rani"].id)
        people.deactivate(rani, today=clock.now().date(), now=clock.now())
        people.deactivate(rani, today=clock.now().date(), now=clock.now())
        _db.session.commit()

    assert not is_in(phone)
    assert not is_in(office)


def test_a_dropped_role_counts_from_the_next_request(app, sign_in, clock):
    siti = sign_in("siti")
    assert roles_of(app, siti, clock) == {"hr"}

    with app.app_context():
        today = clock.now().date()
        given = roles.find(CAST["siti"].id, "hr", None, today)
        roles.revoke(given, today=today, now=clock.now())
        _db.session.commit()

    assert roles_of(app, siti, clock) == set()


@pytest.mark.parametrize(
    ("first", "last", "holds"),
    [
        ("2026-11-22", None, True),
        ("2026-11-23", None, False),
        ("2026-01-01", "2026-11-22", True),
        ("2026-01-01", "2026-11-21", False),
    ],
)
def test_a_role_counts_from_its_first_to_its_last_day(
    app, sign_in, clock, *, first, last, holds
):
    from datetime import date

    with app.app_context():
        values = {
            "valid_from": date.fromisoformat(first),
            "valid_to": date.fromisoformat(last) if last else None,
        }
        _db.session.execute(
            update(RoleGrant)
            .where(RoleGrant.person_id == CAST["siti"].id)
            .values(**values)
        )
        _db.session.commit()

    assert roles_of(app, sign_in("siti"), clock) == ({"hr"} if holds else set())


def roles_of(app, client, clock) -> set[str]:
    with app.app_context():
        person = sessions.load(token_of(client), clock.now())
        _db.session.rollback()
    return set(person.roles)


def test_a_day_begins_in_the_agencys_time_zone(app, sign_in, clock):
    from datetime import date

    with app.app_context():
        _db.session.execute(
            update(RoleGrant)
            .where(RoleGrant.person_id == CAST["siti"].id)
            .values(valid_from=date(2026, 11, 23))
        )
        _db.session.commit()
    clock.skip(hours=9, minutes=59)  # 23.59 in Palangka Raya
    assert roles_of(app, sign_in("siti"), clock) == set()
    clock.skip(minutes=1)
    assert roles_of(app, sign_in("siti"), clock) == {"hr"}


def test_all_sessions_end_but_the_one_asking(app, sign_in, clock):
    here, there = sign_in("rani"), sign_in("rani")

    with app.app_context():
        sessions.end_all(CAST["rani"].id, clock.now(), except_token=token_of(here))
        _db.session.commit()

    assert is_in(here)
    assert not is_in(there)


def test_demo_people_are_nobody_without_the_demo(app, sign_in, monkeypatch):
    with app.app_context():
        _db.session.get(Person, CAST["rani"].id).is_demo = True
        _db.session.commit()

    assert not is_in(sign_in("rani"))
    monkeypatch.setitem(app.config, "DEMO", True)
    assert is_in(sign_in("rani"))


def test_each_sees_only_whom_they_may_see(app, sign_in, clock):
    seen = {}
    for name in CAST:
        token = token_of(sign_in(name))
        with app.app_context():
            person = sessions.load(token, clock.now())
            rows = _db.session.scalars(people.visible_to(person).order_by(Person.id))
            seen[name] = [row.id for row in rows]

    here = [CAST[n].id for n in ("made", "siti", "yohanes", "rani")]
    assert seen == {
        "made": here,
        "siti": here,
        "yohanes": [CAST["yohanes"].id, CAST["rani"].id],
        "rani": [CAST["rani"].id],
        "agus": [CAST["agus"].id],
        "hendra": [CAST["hendra"].id],
    }


def test_units_held_follow_the_grant(app, sign_in, clock):
    def held(*grants):
        user = sessions.SignedIn(
            1, "u", "x", "x", 1, 1, "Asia/Jakarta", False, 1, clock.now(), grants
        )
        condition = roles.units_held(user, "hr")
        return set(_db.session.scalars(select(Unit.id).where(condition)))

    with app.app_context():
        assert held() == set()
        assert held(("admin", 1, "/1/", True)) == set()
        assert held(("hr", 1, "/1/", True)) == {1, 2, 3, 4}
        assert held(("hr", 1, "/1/", False)) == {1}
        assert held(("hr", 3, "/1/3/", True), ("hr", 6, "/5/6/", True)) == {3, 4, 6}
