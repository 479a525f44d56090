"""Completions as SIASN records: read those that a filter wants, with their problems."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, Connection, Select, func, select

from lms.accounts.models import Agency, Person
from lms.records import certificate_files
from lms.records.models import Certificate, CertificateFile, Completion
from lms.records.siasn_models import BATAL, BELUM, TERKIRIM, SiasnRecord

from . import history, siasn_rules
from .siasn_rules import Document, Problem, Record
from .wanted import Wanted

CHUNK = 900  # texts in one statement
SCANNED = 5_000  # records in memory at a time
PAPERS = 20  # PDFs in memory at a time


@dataclass(frozen=True, slots=True)
class Item:
    """A record with its paper and what is wrong with it.

    certificate_id  None without a certificate
    """

    record: Record
    document: Document | None
    certificate_id: int | None
    name: str
    person_uid: str
    problems: tuple[Problem, ...] = ()

    @property
    def state(self) -> str:
        return BATAL if self.record.is_revoked else self.record.sent

    @property
    def is_changed(self) -> bool:
        """Say whether what SIASN has is no longer what we have."""
        sent = self.record.sent == "terkirim"
        return sent and not siasn_rules.is_settled(self.record)


def state() -> ColumnElement[str]:
    """Return the state as an expression over Completion and SiasnRecord."""
    return func.coalesce(SiasnRecord.state, BELUM)


def in_state(wanted: str) -> list[ColumnElement[bool]]:
    """Return conditions for one state; "" = every state."""
    if not wanted:
        return []
    if wanted == BATAL:
        return [Completion.state == "revoked"]
    return [Completion.state == "valid", state() == wanted]


def unsettled() -> list[ColumnElement[bool]]:
    """Return conditions on what SIASN may still get."""
    return [Completion.state == "valid", state() != TERKIRIM]


def sent() -> list[ColumnElement[bool]]:
    """Return conditions on what SIASN has got, as it is now or as it was."""
    return [Completion.state == "valid", state() == TERKIRIM]


def counts(connection: Connection, wanted: Wanted) -> dict[str, int]:
    """Return state -> how many records are in it."""
    rows = connection.execute(
        select(Completion.state, SiasnRecord.state, func.count())
        .outerjoin(SiasnRecord, SiasnRecord.completion_id == Completion.id)
        .where(*history.conditions(connection, wanted))
        .group_by(Completion.state, SiasnRecord.state)
    )
    found: dict[str, int] = {}
    for completed, sent, number in rows:
        key = BATAL if completed == "revoked" else sent or BELUM
        found[key] = found.get(key, 0) + number
    return found


def items(
    connection: Connection,
    wanted: Wanted,
    more: Iterable[ColumnElement[bool]] = (),
    *,
    limit: int,
    offset: int = 0,
) -> list[Item]:
    """Return records with their problems, the oldest first. Reads no PDF."""
    letters = {
        form: letter
        for form, (_name, letter, _track) in history.training_forms(connection).items()
    }
    statement = _statement([*history.conditions(connection, wanted), *more])
    rows = connection.execute(statement.limit(limit).offset(offset)).all()
    twice = _numbers_twice(connection, {row.number for row in rows if row.number})
    return [
        _judged(_item(row, letters), row.number in twice if row.number else False)
        for row in rows
    ]


def scan(
    connection: Connection, wanted: Wanted, more: Iterable[ColumnElement[bool]]
) -> Iterator[Item]:
    """Yield all of them, some in memory at a time; whoever asks may stop early."""
    start = 0
    while page := items(connection, wanted, more, limit=SCANNED, offset=start):
        yield from page
        start += len(page)


def read_papers(connection: Connection, found: list[Item]) -> list[Item]:
    """Return the items judged anew, with the PDFs read and their hashes taken."""
    shas = {
        number: hashlib.sha256(data).hexdigest()
        for number, data in papers(connection, [i.certificate_id for i in found])
    }
    return [
        _judged(
            replace(
                item,
                document=replace(
                    item.document, read_sha=shas.get(item.certificate_id, "")
                ),
            ),
            any(problem.code == "number_twice" for problem in item.problems),
        )
        if item.document
        else item
        for item in found
    ]


def papers(
    connection: Connection, certificate_ids: list[int | None]
) -> Iterator[tuple[int, bytes]]:
    """Yield (certificate id, PDF), a few in memory at a time."""
    wanted = [number for number in certificate_ids if number is not None]
    for start in range(0, len(wanted), PAPERS):
        part = wanted[start : start + PAPERS]
        rows = connection.execute(
            select(CertificateFile.certificate_id, CertificateFile.data).where(
                CertificateFile.certificate_id.in_(part)
            )
        ).all()
        data = {number: bytes(content) for number, content in rows}
        yield from ((number, data[number]) for number in part if number in data)


def _judged(item: Item, number_is_twice: bool) -> Item:
    if item.record.is_revoked:
        return item
    found = siasn_rules.problems(item.record, item.document, number_is_twice)
    return replace(item, problems=tuple(found))


def _item(row, letters: dict[int, str]) -> Item:
    document = None
    if row.sha256:
        name = certificate_files.file_name(row.course_code, row.code)
        document = Document(name, row.size, bytes(row.start), row.sha256)
    record = Record(
        id=row.id,
        uid=row.uid,
        person_id=row.person_id,
        nip=row.nip or "",
        pns_orang_id=row.pns_orang_id,
        agency_siasn=row.siasn_id,
        title=row.course_title,
        organiser=row.organiser,
        form=row.training_form,
        letter=letters.get(row.training_form, ""),
        jp=row.jp,
        number=row.number or "",
        started=row.started_on,
        finished=row.finished_on,
        year=row.year,
        is_revoked=row.completed == "revoked",
        sent=row.sent or BELUM,
        rw_id=row.rw_kursus_id or "",
        sent_sha=row.payload_sha or "",
        message=row.message or "",
        package=row.package or "",
    )
    return Item(record, document, row.certificate_id, row.name, row.person_uid)


def _statement(conditions: list[ColumnElement[bool]]) -> Select:
    c = Completion
    return (
        select(
            c.id, c.uid, c.person_id, c.course_code, c.course_title, c.organiser,
            c.training_form, c.jp, c.started_on, c.finished_on, c.year,
            c.state.label("completed"), Person.nip, Person.name,
            Person.uid.label("person_uid"), Person.pns_orang_id,
            Agency.siasn_id, Certificate.id.label("certificate_id"),
            Certificate.number, Certificate.code, CertificateFile.sha256,
            func.length(CertificateFile.data).label("size"),
            func.substr(CertificateFile.data, 1, 5).label("start"),
            SiasnRecord.state.label("sent"), SiasnRecord.rw_kursus_id,
            SiasnRecord.payload_sha, SiasnRecord.message, SiasnRecord.package,
        )
        .join(Person, Person.id == c.person_id)
        .join(Agency, Agency.unit_id == c.agency_id)
        .outerjoin(Certificate, Certificate.completion_id == c.id)
        .outerjoin(CertificateFile, CertificateFile.certificate_id == Certificate.id)
        .outerjoin(SiasnRecord, SiasnRecord.completion_id == c.id)
        .where(*conditions)
        .order_by(c.finished_on, c.id)
    )  # fmt: skip


def _numbers_twice(connection: Connection, numbers: set[str]) -> set[str]:
    """Return those of the numbers that several certificates bear."""
    wanted, found = sorted(numbers), set()
    for start in range(0, len(wanted), CHUNK):
        part = wanted[start : start + CHUNK]
        found.update(
            connection.scalars(
                select(Certificate.number)
                .where(Certificate.number.in_(part))
                .group_by(Certificate.number)
                .having(func.count() > 1)
            )
        )
    return found
