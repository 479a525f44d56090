"""The sums of the dashboard follow every change, and can be thrown away."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select, text

from lms.accounts.models import Person
from lms.competency.models import ShownLevel
from lms.db import db as _db
from lms.db import reading
from lms.hr import cli, figure_parts, figures
from lms.hr.models import FigureChange, FigureSum, PersonFigure
from lms.records import amendments, enrolments
from tests.web.records import samples

from .crowd import add_people, assign

TODAY = date(2026, 11, 22)


@pytest.fixture
def inside(app, live, clock):
    """Work inside the application, with a few people, duties and completions."""
    with app.app_context():
        add_people(clock.now(), 101, 5, 4)
        assign(live, clock.now(), TODAY + timedelta(days=3), [4, 101, 102, 103])
        for person in (4, 101):
            samples.finish(person, live, clock.now())
        _db.session.commit()
        yield live


def take_in() -> None:
    figures.take_in(_db.session.commit)


def kept() -> list[list[tuple]]:
    """Return the bytes of both tables, in order."""
    tables = (FigureSum.__table__, PersonFigure.__table__)
    return [
        [tuple(row) for row in _db.session.execute(
            select(table).order_by(*table.primary_key.columns)
        )]
        for table in tables
    ]  # fmt: skip


def test_thrown_away_and_made_anew_they_are_the_same_bytes(inside, clock):
    take_in()
    before = kept()
    _db.session.get(Person, 102).unit_id = 2
    _db.session.commit()
    take_in()
    _db.session.get(Person, 102).unit_id = 4
    _db.session.commit()
    take_in()

    figures.forget()
    _db.session.commit()
    take_in()

    assert kept() == before
    assert before[0]


@pytest.mark.parametrize(
    "change",
    [
        lambda now, live: add_people(now, 201, 1, 2),
        lambda now, live: set_person(103, unit_id=3),
        lambda now, live: set_person(103, asn_status="NON_ASN"),
        lambda now, live: set_person(103, job_id=None),
        lambda now, live: set_person(103, is_active=False),
        lambda now, live: samples.finish(102, live, now),
        lambda now, live: enrolments.enrol(_db.session.get(Person, 103), live, now),
        lambda now, live: assign(live, now, TODAY - timedelta(days=1), [105]),
        lambda now, live: amendments.correct_jp(
            uid_of(101), 20, "Salah tulis", None, now),
        lambda now, live: amendments.revoke(uid_of(101), "Salah orang", None, now),
        lambda now, live: sql("UPDATE assignment_duties SET ended_at = assigned_at,"
                              " end_reason = 'ended' WHERE person_id = 103"),
        lambda now, live: sql("UPDATE jp_policies SET target = 2"),
        lambda now, live: sql("INSERT INTO competencies (code, name, \"group\") VALUES"
                              " ('INT', 'Integritas', 'manajerial')"),
        lambda now, live: _db.session.add(ShownLevel(
            person_id=4, competency="INT", level=1, kind="observed", found_on=TODAY,
            recorded_at=now)),
    ],
    ids=["new", "moved", "status", "job", "left", "finished", "begun", "assigned",
         "corrected", "revoked", "ended", "policy", "competency", "shown"],
)  # fmt: skip
def test_every_kind_of_change_is_noticed(inside, clock, change):
    sql("INSERT INTO job_levels (code, name, type, core_level, is_sure, place)"
        " VALUES ('pelaksana', 'Pelaksana', 'pelaksana', 2, true, 1)")  # fmt: skip
    _db.session.commit()
    take_in()

    change(clock.now(), inside)
    _db.session.commit()

    assert figures.pending()
    take_in()
    assert list(figures.compare()) == []


COMPETENCY = (
    "INSERT INTO competencies (code, name, \"group\") VALUES ('T', 'T', 'teknis')"
)


def test_a_new_competency_that_no_job_asks_is_nobodys_work(inside):
    take_in()

    sql(COMPETENCY)
    sql("UPDATE competencies SET name = 'Lain'")
    _db.session.commit()

    assert not figures.pending()


def test_a_new_competency_that_jobs_ask_already_is_noticed(inside):
    sql("INSERT INTO job_families (code, name) VALUES ('arsip', 'Arsip')")
    sql("INSERT INTO requirements (family, job_level, competency, level)"
        " VALUES ('arsip', '', 'T', 2)")  # fmt: skip
    _db.session.commit()
    take_in()

    sql(COMPETENCY)
    _db.session.commit()

    assert figures.pending()


def set_person(number: int, **values) -> None:
    for name, value in values.items():
        setattr(_db.session.get(Person, number), name, value)


def sql(statement: str) -> None:
    _db.session.execute(text(statement))


def uid_of(person: int) -> str:
    return _db.session.scalar(
        text("SELECT uid FROM completions WHERE person_id = :p"), {"p": person}
    )


def test_who_worked_on_notes_that_are_gone_by_now_writes_nothing(inside):
    take_in()
    set_person(103, unit_id=2)
    _db.session.commit()
    slow = figures._worked_out()
    set_person(103, unit_id=3)
    _db.session.commit()
    take_in()

    figures._write(slow)
    _db.session.commit()

    assert list(figures.compare()) == []


def test_a_change_that_is_rolled_back_leaves_no_note(inside):
    take_in()

    set_person(103, unit_id=2)
    _db.session.flush()
    _db.session.rollback()

    assert figures.pending() == 0


def test_a_new_rule_is_taken_in_a_few_people_at_a_time(inside, monkeypatch):
    take_in()
    monkeypatch.setattr(figures, "STEP", 3)
    sql("UPDATE jp_policies SET target = 4")
    _db.session.commit()
    steps = 0

    def commit() -> None:
        nonlocal steps
        _db.session.commit()
        steps += 1

    figures.take_in(commit)

    assert steps > 3
    assert list(figures.compare()) == []
    bands = _db.session.scalars(
        select(FigureSum.mark).where(FigureSum.kind == "jp", FigureSum.year == 2026)
    )
    assert set(bands) == {4}


def test_nobody_waits_longer_than_said_and_what_is_left_is_taken_in_next(inside):
    take_in()
    sql("UPDATE jp_policies SET target = 4")
    _db.session.commit()

    is_all = figures.take_in(_db.session.commit, seconds=0)

    assert not is_all
    assert figures.pending() > 0
    assert figures.take_in(_db.session.commit, seconds=60)
    assert list(figures.compare()) == []


def test_the_command_says_what_differs_and_rebuild_mends_it(app, inside, run):
    assert run("check").exit_code == 0
    sql("UPDATE figure_sums SET count = count + 1 WHERE kind = 'people'")
    sql("DELETE FROM person_figures WHERE person_id = 101")
    _db.session.commit()

    checked, rebuilt, again = run("check"), run("rebuild"), run("check")

    assert checked.exit_code == 1
    assert "BERBEDA: person 101" in checked.output
    assert "BERBEDA: sum people" in checked.output
    assert (rebuilt.exit_code, again.exit_code) == (0, 0)


@pytest.fixture
def run(app):
    """run("check") -> the result of `lms hr figures check`."""

    def run(*arguments):
        token = reading.set(False)
        try:
            return app.test_cli_runner().invoke(cli.hr, ["figures", *arguments])
        finally:
            reading.reset(token)

    return run


def test_notes_are_only_of_whom_it_concerns(inside, clock):
    take_in()

    samples.finish(102, inside, clock.now())
    _db.session.commit()

    whose = set(_db.session.scalars(select(FigureChange.whose)))
    assert whose == {102}


@pytest.mark.parametrize("target", [20, 24, 3, 1, 7])
def test_a_band_and_its_limits_are_one_rule(target):
    for total in range(target + 5):
        place = figure_parts.band(total, target)
        low, high = figure_parts.limits(place, target)
        assert low <= total
        assert high is None or total <= high


def test_nineteen_of_twenty_is_not_reached():
    bands = [figure_parts.band(total, 20) for total in (0, 4, 5, 14, 19, 20, 99)]

    assert bands == [0, 0, 1, 2, 3, 4, 4]
    assert figure_parts.band(50, None) == figure_parts.NO_TARGET
    assert figure_parts.band(0, 0) == 4
