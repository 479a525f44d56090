"""An agency with years of learning, drawn by chance from a seed, through the verbs."""

import random
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from lms.accounts import heads, relocations, unit_changes, units
from lms.accounts.models import Deputy, Job, Person, Placement, Unit
from lms.assignments import assignments, membership
from lms.assignments.rules import Rule, Terms
from lms.catalog.models import Competency
from lms.competency.models import JobFamily, JobLevel, Requirement
from lms.db import db
from lms.kernel import ids
from lms.records import amendments, completions, enrolments, facts, policies, seeds
from tests.web.records import samples

from . import ledgers

NOW = datetime(2026, 11, 22, 7, 0, tzinfo=UTC)
TODAY, BEGAN = date(2026, 11, 22), date(2024, 1, 1)
STATUSES = ("PNS", "PNS", "PNS", "CPNS", "PPPK", "PPPK_PW", "NON_ASN")
TYPES = ("struktural", "fungsional", "pelaksana", "rangkap", None)


@dataclass
class Site:
    """What was drawn. people, units: ids of those of Palangka Raya."""

    chance: random.Random
    courses: list
    people: list[int]
    units: list[int]

    def some(self, share: float) -> list[int]:
        return [n for n in self.people if self.chance.random() < share]


def build(people: int, offices: int, seed: int = 4) -> Site:
    """Fill the database (the cast is in it) and commit."""
    site = Site(random.Random(seed), [], [], [])
    seeds.load(db.session)
    _courses(site)
    jobs = _jobs()
    _units(site, offices)
    _people(site, people, jobs)
    db.session.commit()
    _assign(site)
    _learn(site)
    _amend(site)
    _change(site)
    membership.refresh(now=NOW)
    db.session.commit()
    return site


def _courses(site: Site) -> None:
    for code, group in ledgers.GROUPS.items():
        db.session.add(Competency(code=code, name=code, group=group))
    db.session.commit()
    skills = (("PPB",), ("KMB",), ("SOK",), ("PPB", "KMB"), (), ("PPB",))
    for number, skill in enumerate(skills):
        form = (16, 16, 4, 9, 3, 16)[number]
        jp = (4, 7, 9, 12, 21, 1)[number]
        site.courses.append(ledgers.course(f"kursus-{number}", jp, form, *skill))
    policies.add(
        1, "CPNS", 2026, target=0, cap=None, source="Percobaan", is_sure=True,
        this_year=2026, now=NOW, by=None,
    )  # fmt: skip
    policies.add(
        1, "PNS", 2026, target=13, cap=30, source="Perwali", is_sure=True,
        this_year=2026, now=NOW, by=None,
    )  # fmt: skip


def _jobs() -> list[int | None]:
    found: list[int | None] = []
    db.session.add(JobFamily(code="keuangan", name="Keuangan"))
    db.session.add(
        JobLevel(
            code="P1", name="P1", type="pelaksana", core_level=2, is_sure=True, place=1
        )
    )
    db.session.flush()
    for code, level in (("PPB", 4), ("SOK", 2)):
        db.session.add(Requirement(family="keuangan", competency=code, level=level))
    for number, kind in enumerate(TYPES):
        if kind is None:
            found.append(None)
            continue
        level = "P1" if kind == "pelaksana" else ""
        job = Job(title=f"Jabatan {number}", type=kind, level=level, family="keuangan")
        db.session.add(job)
        db.session.flush()
        found.append(job.id)
    return found


def _units(site: Site, offices: int) -> None:
    agency = db.session.get_one(Unit, 1)
    for number in range(offices):
        office = units.make(agency, "office", f"Dinas {number:03}", BEGAN)
        site.units.append(office.id)
        if number % 3 == 0:
            below = units.make(office, "division", f"Bidang {number:03}", BEGAN)
            site.units.append(below.id)
    site.units += [1, 3, 4]


def _people(site: Site, count: int, jobs: list[int | None]) -> None:
    draw = site.chance
    for number in range(count):
        unit, job = draw.choice(site.units), draw.choice(jobs)
        status = draw.choice(STATUSES)
        person = Person(
            uid=ids.new_uid(), name=f"Pegawai {draw.randrange(count // 2 + 1):05}",
            nip=f"19900101202001{number + 1:04}"[:18] if number % 9 else None,
            asn_status=status, unit_id=unit, job_id=job, created_at=NOW,
            updated_at=NOW, supervisor_id=draw.choice((None, 3, 3, 2)),
        )  # fmt: skip
        db.session.add(person)
        db.session.flush()
        db.session.add(
            Placement(
                person_id=person.id, unit_id=unit, job_id=job, asn_status=status,
                valid_from=date(2026, 6, 1) if number % 7 == 0 else date(2024, 1, 1),
            )
        )  # fmt: skip
        site.people.append(person.id)


def _assign(site: Site) -> None:
    whole = ("/1/", 1)
    rounds = (
        (0, whole, {}, {"due_on": date(2026, 10, 1)}),
        (1, whole, {"asn_status": "PNS"}, {"due_on": date(2026, 12, 1), "waves": 3,
                                           "wave_days": 14}),
        (2, whole, {"job_type": "pelaksana"}, {"due_on": date(2025, 9, 1),
                                               "renew_months": 12}),
        (3, ("/1/3/", 3), {}, {"due_on": date(2027, 1, 15)}),
        (0, ("/1/3/", 3), {"with_subunits": False},
         {"due_on": date(2026, 11, 22), "counts_from": date(2026, 3, 1)}),
    )  # fmt: skip
    for course, (path, unit), rule, terms in rounds:
        days = {"starts_on": date(2025, 1, 1)} | terms
        made = assignments.create(
            ids.new_uid(), site.courses[course].course_id, Rule(unit, path, **rule),
            Terms(**days), by=None, now=datetime(2025, 1, 2, tzinfo=UTC),
            exempted=site.some(0.03), exempt_reason="Cuti besar",
        )  # fmt: skip
    db.session.commit()
    assignments.create(
        ids.new_uid(), site.courses[5].course_id, Rule(1, "/1/"),
        Terms(date(2026, 1, 1), date(2026, 2, 1)), by=None, now=NOW,
    )  # fmt: skip
    assignments.end(made, by=None, now=NOW)
    db.session.commit()


def _learn(site: Site) -> None:
    draw = site.chance
    begun = {(n, draw.randrange(6)) for n in (*site.people, *site.people) if n % 10}
    first = datetime(2024, 1, 1, tzinfo=UTC)
    minutes = int((NOW - first).total_seconds() // 60)
    days = sorted((draw.randrange(minutes), pair) for pair in sorted(begun))
    for done, (minute, (person_id, number)) in enumerate(days):
        at, live = first + timedelta(minutes=minute), site.courses[number]
        person = db.session.get_one(Person, person_id)
        made = enrolments.enrol(person, live, at)
        if draw.random() < 0.7:
            samples.do_all(made, at, draw.randrange(7_000, 10_001))
            completions.settle(made, at)
        elif draw.random() < 0.5:
            facts.add(made, "antrean", "read", at)
            made.withdrawn_at = at if draw.random() < 0.5 else None
        if done % 200 == 0:
            db.session.commit()
    db.session.commit()


def _amend(site: Site) -> None:
    draw = site.chance
    rows = db.session.query(completions.Completion).order_by("id").all()
    for row in rows:
        luck = draw.random()
        if luck < 0.06:
            amendments.revoke(row.uid, "Diikuti oleh orang lain", 2, NOW)
        elif luck < 0.14:
            amendments.correct_jp(
                row.uid, draw.choice((0, 2, 20, 33)), "Salah hitung menit", 2, NOW
            )
    db.session.commit()


def _change(site: Site) -> None:
    """Let people move, leave, retire and change status; merge units; appoint."""
    draw = site.chance
    for person_id in site.some(0.08):
        relocations.relocate([person_id], TODAY, NOW, unit_id=draw.choice(site.units))
    for person_id in site.some(0.06):
        db.session.get_one(Person, person_id).asn_status = draw.choice(STATUSES)
    for person_id in site.some(0.07):
        db.session.get_one(Person, person_id).is_active = False
    db.session.flush()
    offices = [n for n in site.units if n not in {1, 3, 4}]
    for gone in offices[:: max(2, len(offices) // 6)]:
        unit = db.session.get_one(Unit, gone)
        if unit.kind == "office":
            into = db.session.get_one(Unit, offices[-1])
            if not into.path.startswith(unit.path):
                unit_changes.merge(unit, into, TODAY, NOW, None)
    for unit_id in (offices[-1], 3):
        person = db.session.get_one(Person, draw.choice(site.people))
        person.is_active = True
        db.session.flush()
        unit = db.session.get_one(Unit, unit_id)
        heads.set_head(unit, person, today=TODAY, now=NOW, by=None)
    for deputy, last in ((4, TODAY), (1, TODAY - timedelta(days=1))):
        db.session.add(
            Deputy(
                superior_id=3, deputy_id=deputy, valid_from=date(2026, 1, 1),
                valid_to=last, granted_at=NOW,
            )
        )  # fmt: skip
    db.session.commit()
