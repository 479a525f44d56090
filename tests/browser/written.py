"""What a trainer writes from the manual: courses of the files `content new` makes."""

from pathlib import Path

from lms.db import db, reading
from lms.kernel import clock
from tests.cast import CAST, START

ALL, KEY = "surat-masuk", "nomor-agenda"  # every item; one question with a wrong key
PEOPLE = 50
QUESTION = """---
jenis: kuis
id: kuis-agenda
judul: "Kuis agenda"
nilai_lulus: 50
---

## Nomor agenda {#nomor-agenda}

Kapan surat masuk diberi nomor agenda?

- (x) Setelah dibalas
- ( ) Pada hari surat diterima

## Surat rahasia {#surat-rahasia}

Surat rahasia boleh dibuka oleh petugas penerima.

Pernyataan ini: salah
"""


def write(root: Path) -> None:
    """Write both courses into a content folder, as the manual says."""
    from lms.courseware import beginnings

    new = beginnings.item
    _course(root, ALL, "kuis-akhir", {
        "simulasi/a.md": new("simulasi", "surat-tanpa-lampiran", "Tanpa lampiran", ()),
        "tugas/b.md": new("tugas", "rencana", "Rencana", ()).replace(
            "[pengajar]", "[pengajar, atasan]"
        ),
    })  # fmt: skip
    _course(root, KEY, "kuis-agenda", {"kuis/akhir.md": QUESTION})


def _course(root: Path, code: str, quiz: str, more: dict[str, str]) -> None:
    from lms.courseware import beginnings

    files = beginnings.course(code, code) | more
    # A lesson would only be in the way here.
    del files["01-modul-pertama.md"]
    listed = "".join(f"      - {name}\n" for name in more if "kuis" not in name)
    data = files["kursus.yml"].replace("kuis-akhir: lulus", f"{quiz}: lulus")
    data = data.replace("Nama Penulis", "Hendra Saputra").replace("draf\n", "tayang\n")
    start = data.index("  - bab: Memahami")
    data = data[:start] + data[data.index("  - bab: Menguji") :]
    data = data.replace("      - kuis/akhir.md\n", f"      - kuis/akhir.md\n{listed}")
    for name, text in (files | {"kursus.yml": data}).items():
        path = root / "kursus" / code / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def publish(app, root: Path) -> None:
    """Make both live; Hendra teaches, Rani takes part."""
    from lms.accounts.models import Person, RoleGrant
    from lms.catalog import courses, publishing
    from lms.records import enrolments

    reading.set(False)
    app.config["CONTENT_DIR"] = str(root)
    with app.app_context():
        report = publishing.publish_all(root, clock.now())
        assert {one.state for one in report.outcomes} == {"published"}, report
        courses.forget()
        db.session.add(
            RoleGrant(
                person_id=CAST["hendra"].id, role="instructor", unit_id=1,
                valid_from=START, granted_at=clock.now(),
            )
        )  # fmt: skip
        rani = db.session.get(Person, CAST["rani"].id)
        for code in (ALL, KEY):
            enrolments.enrol(rani, courses.live(code), clock.now())
        db.session.commit()


def finish(app) -> None:
    """Let fifty people finish the quiz with the wrong key: half know better."""
    from lms.catalog import courses, items
    from lms.quiz import answers, attempts
    from lms.records import enrolments
    from tests.web.quiz import crowd

    reading.set(False)
    with app.app_context():
        live = courses.live(KEY)
        for nth, number in enumerate(crowd.people(PEOPLE)):
            person = db.session.get(crowd.Person, number)
            enrolments.enrol(person, live, clock.now())
            attempt = attempts.start(number, KEY, "kuis-agenda", clock.now())
            asked = items.question_versions(place["q"] for place in attempt.layout)
            for slot, place in enumerate(attempt.layout):
                version = asked[place["q"]]
                given = nth % 4 < 2  # of the statement: False is right
                if version.code == "nomor-agenda":
                    word = "dibalas" if nth % 2 else "diterima"
                    given = _number_of(version, word)
                answers.save(attempt, slot, 1, given, clock.now())
            attempts.submit(attempt, clock.now())
        db.session.commit()


def _number_of(version, word: str) -> int:
    return next(o["number"] for o in version.body["options"] if word in o["html"])


def certified(app) -> list[tuple]:
    """Return what must not change by a key: completions, certificates, files."""
    from sqlalchemy import select

    from lms.records.models import Certificate, CertificateFile, Completion

    with app.app_context():
        rows = [
            [tuple(row) for row in db.session.execute(select(table.__table__))]
            for table in (Completion, Certificate, CertificateFile)
        ]
        db.session.rollback()
    return rows


def scores(app) -> dict[int, int]:
    """Return how many of the fifty have which score, in basis points."""
    from collections import Counter

    from sqlalchemy import select

    from lms.catalog import courses
    from lms.quiz.models import Attempt

    with app.app_context():
        found = db.session.scalars(
            select(Attempt.score_bp).where(
                Attempt.course_id == courses.live(KEY).course_id
            )
        ).all()
        db.session.rollback()
    return dict(Counter(found))
