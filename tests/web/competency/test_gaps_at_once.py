"""Many people at once stand where each of them stands alone."""

from datetime import date

import pytest

from lms.competency import gaps_at_once, standing
from lms.db import db as _db
from lms.records import seeds
from tests.web.records import samples

TODAY = date(2026, 11, 22)
JOBS = [
    ("pelaksana", "", "", "Contoh"),
    ("fungsional", "MU", "keuangan", "Analis"),
    ("struktural", "III.a", "kepegawaian", "Kepala Bidang"),
    ("fungsional", "", "", "Arsiparis Mahir"),
    ("pelaksana", "tidak dikenal", "apa saja", "Contoh"),
]


@pytest.mark.parametrize("job", JOBS, ids=lambda job: f"{job[0]} {job[1]}")
def test_levels_asked_and_reached_are_the_same(app, show, give_job, finished, job):
    kind, level, family, title = job
    for name in ("rani", "agus"):
        give_job(name, kind, level, family, f"{title} {name}")
    show("rani", "INT", 3)
    show("rani", "INT", 1, found_on=date(2026, 10, 1))
    people = range(1, 7)

    with app.app_context():
        many = gaps_at_once.of_people(people, TODAY)
        alone = {person: standing.of(person, TODAY).rows for person in people}

    for person, rows in alone.items():
        together = many.get(person, {})
        assert {r.code: (r.required, r.reached, r.gap) for r in rows} == {
            code: (need.required, need.reached, need.gap)
            for code, need in together.items()
        }


def test_what_ran_out_is_missing_for_many_as_for_one(app, standards, clock):
    with app.app_context():
        seeds.load(_db.session)
        ends = samples.publish(clock.now(), validity_months=1)
        samples.finish(4, ends, clock.now())

        before = gaps_at_once.of_people([4], date(2026, 12, 22))[4]["PPB"]
        after = gaps_at_once.of_people([4], date(2026, 12, 23))[4]["PPB"]

        assert (before.reached, before.gap) == (2, 0)
        assert (after.reached, after.gap) == (0, 1)
