"""Where a person stands: only what was found or really learned counts."""

from datetime import date, timedelta

import pytest

from lms.catalog import gaps
from lms.competency import standing
from lms.db import db as _db
from lms.records import amendments, seeds
from tests import statements
from tests.cast import CAST
from tests.web.records import samples

pytestmark = pytest.mark.usefixtures("inside")
TODAY = date(2026, 11, 22)
RANI, SITI, AGUS = (CAST[name].id for name in ("rani", "siti", "agus"))


def row(person_id: int, code: str, today: date = TODAY) -> standing.Row:
    found = standing.of(person_id, today)
    return next(r for r in (*found.rows, *found.beyond) if r.code == code)


def test_a_clerk_needs_level_one_of_the_core_and_what_the_family_asks(standards):
    found = standing.of(RANI, TODAY)

    assert found.job_title == "Pengelola Layanan Administrasi Keuangan"
    assert (found.level_name, found.trouble) == ("Pelaksana", "")
    assert found.family_name == "Keuangan, pendapatan, dan aset daerah"
    asked = {r.code: r.required for r in found.rows}
    assert len(asked) == 10
    assert set(asked.values()) == {1}
    assert asked["TEK-KEU"] == 1


def test_a_level_of_functional_jobs_is_read_from_its_code(standards, give_job):
    give_job("siti", "fungsional", "MU", "Keuangan Daerah")

    found = standing.of(SITI, TODAY)
    asked = {r.code: r.required for r in found.rows}
    assert found.level_name == "Fungsional Ahli Muda"
    assert asked["INT"] == 3
    assert asked["TEK-KEU"] == 3


def test_a_family_may_ask_more_of_a_core_competency(give_job):
    give_job("siti", "struktural", "Pengawas", "petugas-loket")

    assert row(SITI, "PPB").required == 3
    assert row(SITI, "KOM").required == 2


@pytest.mark.parametrize(
    ("kind", "level", "trouble"),
    [("struktural", "", "no_level"), ("fungsional", "Bintang", "unknown_level")],
)
def test_an_unknown_level_asks_only_what_holds_for_all_levels(
    give_job, kind, level, trouble
):
    give_job("siti", kind, level, "petugas-loket")

    found = standing.of(SITI, TODAY)
    assert found.trouble == trouble
    assert {r.code: r.required for r in found.rows} == {
        "PPB": 2, "TEK-ADU": 1, "TEK-PRI": 1
    }  # fmt: skip


def test_somebody_without_a_job_is_told_so(jobless):
    found = standing.of(SITI, TODAY)
    assert (found.trouble, found.rows) == ("no_job", ())


def test_without_standards_nothing_is_asked():
    found = standing.of(RANI, TODAY)

    assert (found.trouble, found.rows) == ("no_level", ())


def test_the_newest_level_counts_even_when_it_is_lower(show):
    show("rani", "INT", 3, found_on=date(2026, 3, 2))
    show("rani", "INT", 1, found_on=date(2026, 9, 1))
    show("rani", "INT", 2, found_on=date(2025, 9, 1))

    assert row(RANI, "INT").shown == 1


def test_on_the_same_day_the_later_entry_counts(show):
    show("rani", "INT", 3)
    show("rani", "INT", 2, kind="observed")

    assert row(RANI, "INT").shown == 2


def test_a_finished_course_counts_as_learned_up_to_level_two(finished):
    found = row(RANI, "PPB")

    assert (found.shown, found.learned) == (0, 2)
    assert found.steps[:3] == ("light", "light", "")
    assert not found.is_met


def test_what_ran_out_fills_the_bar_no_more(app, standards, clock):
    seeds.load(_db.session)
    ends = samples.publish(clock.now(), validity_months=24)
    samples.finish(RANI, ends, clock.now())
    last_day = date(2028, 11, 22)

    on_it, after = (row(RANI, "PPB", last_day + timedelta(days=n)) for n in (0, 1))

    assert (on_it.learned, on_it.lapsed, on_it.gap) == (2, 0, 0)
    assert (after.learned, after.lapsed, after.gap) == (0, 2, 1)
    assert after.steps[0] == "need"
    assert "PPB" in gaps.of(RANI, last_day + timedelta(days=1))
    assert not standing.of(RANI, last_day + timedelta(days=1)).is_blank


def test_what_was_learned_again_counts_again(app, standards, clock):
    seeds.load(_db.session)
    ends = samples.publish(clock.now(), validity_months=24)
    samples.finish(RANI, ends, clock.now())
    clock.skip(days=731)
    samples.finish(RANI, ends, clock.now())

    found = row(RANI, "PPB", date(2028, 11, 23))

    assert (found.learned, found.lapsed, found.gap) == (2, 0, 0)


def test_what_was_revoked_is_not_learned(finished, clock):
    amendments.revoke(finished, "Bukan dia yang mengerjakan", None, clock.now())
    _db.session.commit()

    assert row(RANI, "PPB").learned == 0


def test_the_gaps_are_what_the_catalogue_asks_about(show, finished):
    show("rani", "INT", 1)
    found = gaps.of(RANI, TODAY)

    assert "INT" not in found
    assert "PPB" not in found
    assert found["KOM"] == 1
    assert found == standing.gaps_of(RANI, TODAY)


def test_levels_beyond_the_job_stand_apart(show):
    show("rani", "TEK-DIG", 2)

    found = standing.of(RANI, TODAY)
    assert [r.code for r in found.beyond] == ["TEK-DIG"]
    assert "TEK-DIG" not in {r.code for r in found.rows}


def test_the_largest_gap_comes_first(give_job, show):
    give_job("siti", "fungsional", "MA")
    for code in ("INT", "KSM", "OPH", "PDO", "MPB", "PKP", "PRB", "KOM"):
        show("siti", code, 4)
    show("siti", "KOM", 3, found_on=date(2026, 4, 1))

    assert [(r.code, r.gap) for r in standing.of(SITI, TODAY).gaps] == [
        ("PPB", 4),
        ("KOM", 1),
    ]


def test_nothing_of_others_is_counted(show, finished):
    show("rani", "INT", 2)

    found = standing.of(AGUS, TODAY)
    assert all(r.shown == r.learned == 0 for r in found.rows)


@pytest.mark.parametrize(("family", "most"), [("keuangan-daerah", 2), ("keuangan", 3)])
def test_home_pays_for_two_statements_or_three(give_job, family, most):
    give_job("rani", "pelaksana", "", family)
    with statements.sent(_db.engine) as said:
        found = standing.of(RANI, TODAY)
    assert found.family_name
    assert len(said) == most
