"""The answers to a survey as a CSV file, written while they are read.

Anonymous ones stay so: a row is one answer to one question, sorted by question and
answer, and says nothing of terbitan or office unless the file holds one of them only.
"""

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, select

from lms.accounts.models import Person, Unit
from lms.catalog import courses, items
from lms.db import db, only_reading
from lms.db.snapshots import snapshot
from lms.kernel.cells import safe
from lms.records.models import Enrolment

from . import boxes, wording
from .boxes import Box
from .models import SurveyFilling
from .reach import Reach
from .surveys import Survey

PIECE = 500  # rows read and written at a time
COMMON = ("kursus", "survei", "peran", "terbitan", "perangkat_daerah")
ANSWER = ("soal", "pertanyaan", "pernyataan", "jawaban")
NAMED = ("isian", "diisi", "tentang", "pengisi")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the file holds.

    version_ids      of the questions whose anonymous answers may be shown
    release, office  its terbitan and perangkat daerah where it is of one; "" = mixed
    """

    survey: Survey
    box: Box
    reach: Reach
    version_ids: frozenset[int]
    release: str = ""
    office: str = ""

    @property
    def name(self) -> str:
        code = f"{self.survey.live.code}-{self.survey.code}-{self.box.role}"
        return f"survei-{code}.csv"


def people(wanted: Wanted) -> set[int]:
    """Return of whom the file tells by name: who answered, and about whom."""
    if wanted.box.is_anonymous:
        return set()
    rows = db.session.execute(
        select(SurveyFilling.respondent_id, Enrolment.person_id)
        .join(Enrolment, Enrolment.id == SurveyFilling.enrolment_id)
        .where(wanted.box.condition(wanted.reach))
    )
    return {number for row in rows for number in row}


def pieces(wanted: Wanted) -> Iterator[bytes]:
    """Yield the file. Reads by a connection of its own, for as long as it is sent."""
    with snapshot() as connection:
        yield from _written(wanted, connection)


def _written(wanted: Wanted, connection: Connection) -> Iterator[bytes]:
    text = io.StringIO(newline="")
    out = csv.writer(text, lineterminator="\r\n")
    named = () if wanted.box.is_anonymous else NAMED
    out.writerow((*COMMON, *named, *ANSWER))
    found = connection.execution_options(yield_per=PIECE).execute(
        boxes.rows(wanted.box, wanted.reach, wanted.version_ids)
    )
    for part in found.partitions():
        with only_reading():  # the questions and terbitan of a piece
            for row in _rows(wanted, part, connection):
                out.writerow([safe(str(cell)) for cell in row])
            db.session.rollback()
        yield text.getvalue().encode()
        text.seek(0)
        text.truncate()
    yield text.getvalue().encode()


def _rows(wanted: Wanted, part, connection: Connection) -> Iterator[tuple]:
    versions = items.question_versions({row[0] for row in part})
    survey, box = wanted.survey, wanted.box
    told = {} if box.is_anonymous else _told(part, connection)
    for row in part:
        version = versions[row[0]]
        common = (survey.live.code, survey.code, box.role)
        if box.is_anonymous:
            common += (wanted.release, wanted.office)
        else:
            common += told[row.filling]
        answer = json.loads(row[1])
        asked = (version.code, wording.plain(version.body["stem_html"]))
        if answer is None:
            yield (*common, *asked, "", "")
            continue
        for statement, said in wording.parts(version.kind, version.body, answer):
            yield (*common, *asked, statement, said)


def _told(part, connection: Connection) -> dict[int, tuple]:
    """Return by filling: terbitan, office, number, day, about whom, by whom."""
    about = _by_id(
        connection,
        select(Enrolment.id, Person.name)
        .join(Person, Person.id == Enrolment.person_id)
        .where(Enrolment.id.in_({row.enrolment_id for row in part})),
    )
    by = _by_id(
        connection,
        select(Person.id, Person.name).where(
            Person.id.in_({row.respondent_id for row in part})
        ),
    )
    offices = _by_id(
        connection,
        select(Unit.id, Unit.name).where(Unit.id.in_({row.office_id for row in part})),
    )
    releases = courses.releases({row.release_id for row in part})
    return {
        row.filling: (
            releases[row.release_id].number, offices[row.office_id], row.filling,
            row.filled_on.isoformat(), about[row.enrolment_id], by[row.respondent_id],
        )
        for row in part
    }  # fmt: skip


def _by_id(connection: Connection, asked) -> dict[int, str]:
    return dict(connection.execute(asked).all())
