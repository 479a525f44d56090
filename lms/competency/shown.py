"""Write down a level that somebody found a person to have."""

from datetime import date, datetime

from sqlalchemy import func, select

from lms.audit import log
from lms.catalog.models import Competency, CompetencyLevel
from lms.db import db
from lms.kernel.errors import Invalid
from lms.kernel.i18n import N_
from lms.kernel.text import has_hidden, one_line

from .models import ShownLevel

KINDS = {"assessed": N_("ditetapkan"), "observed": N_("teramati")}
LONGEST = 300  # letters of a source


class CompetencyUnknown(Invalid):
    message = N_("Kompetensi “%(code)s” tidak ada dalam kamus.")


class LevelOutOfRange(Invalid):
    message = N_("Tingkat %(level)s tidak ada untuk %(code)s; pilih 0 sampai %(top)s.")


class DayInFuture(Invalid):
    message = N_("Tanggal penilaian masih di masa depan.")


class SourceBad(Invalid):
    message = N_("Sumber wajib diisi, paling panjang %(longest)s karakter.")


def record(
    person_id: int,
    code: str,
    level: int,
    *,
    kind: str,
    found_on: date,
    source: str,
    today: date,
    now: datetime,
    actor_id: int | None = None,
) -> ShownLevel:
    """Append a level; the same one again is not written twice.

    kind    assessed, observed
    source  who found it and how, as people read it: "Assessment center BKPSDM 2026"
    today   by the calendar of the agency
    raises  CompetencyUnknown, LevelOutOfRange, DayInFuture, SourceBad
    """
    source = one_line(source)
    if not source or len(source) > LONGEST or has_hidden(source):
        raise SourceBad(longest=LONGEST)
    if found_on > today:
        raise DayInFuture
    _check(code, level)
    values = {
        "person_id": person_id,
        "competency": code,
        "level": level,
        "kind": kind,
        "found_on": found_on,
        "source": source,
    }
    same = db.session.scalar(select(ShownLevel).filter_by(**values).limit(1))
    if same is not None:
        return same
    row = ShownLevel(**values, recorded_by=actor_id, recorded_at=now)
    db.session.add(row)
    db.session.flush()
    log.record(
        "competency.level_recorded",
        actor_id=actor_id,
        object_kind="person",
        object_id=person_id,
        now=now,
        facts={
            "id": row.id,
            "competency": code,
            "level": level,
            "kind": kind,
            "found_on": found_on.isoformat(),
        },
    )
    return row


def _check(code: str, level: int) -> None:
    if db.session.get(Competency, code) is None:
        raise CompetencyUnknown(code=code)
    top = db.session.scalar(
        select(func.max(CompetencyLevel.level)).where(CompetencyLevel.code == code)
    )
    top = min(top or 5, 5)
    if not 0 <= level <= top:
        raise LevelOutOfRange(level=level, code=code, top=top)


def has_any(person_id: int) -> bool:
    """Say whether anything was ever recorded about a person."""
    mine = select(ShownLevel.id).where(ShownLevel.person_id == person_id).limit(1)
    return db.session.scalar(mine) is not None
