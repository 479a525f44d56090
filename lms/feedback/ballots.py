"""The box of anonymous answers: what is put in, and shaken before anybody looks.

Each question is a ballot of its own, without person, time or number. Still, the
database knows for a while which rows were written together. So what has come in is
taken out and put back in the order of its random keys, all at once, and only when it
came from enough people: results never grow by fewer than that, and comparing
yesterday's with today's tells nobody's answer. That holds for each agency, office and
terbitan as well: who comes from one of few is counted with others of their agency.
"""

from collections import Counter
from collections.abc import Iterable

from sqlalchemy import delete, func, insert, select

from lms.accounts.models import Unit
from lms.db import db
from lms.kernel import few

from .models import SurveyBallot, new_key
from .surveys import Survey

CHUNK = 900
_COLUMNS = SurveyBallot.__table__.columns


def put(
    survey: Survey, role: str, office_id: int, answers: Iterable[tuple[int, str]]
) -> None:
    """Put one person's answers into the box, each apart.

    answers  (question version, canonical JSON) in the order of the page
    """
    rows = [
        {"key": new_key(), "course_id": survey.live.course_id,
         "item_code": survey.code, "role": role,
         "release_id": survey.live.release_id, "office_id": office_id,
         "question_version_id": version_id, "place": place, "answer": answer,
         "is_open": False}
        for place, (version_id, answer) in enumerate(answers)
    ]  # fmt: skip
    db.session.execute(insert(SurveyBallot), _in_order(rows))


def shake(least: int) -> int:
    """Open what has come in where it is of enough people; return how many ballots.

    least  people whose answers are mixed at once, of one agency: its HR sees no others
    """
    group = (
        SurveyBallot.course_id, SurveyBallot.item_code, SurveyBallot.role,
        Unit.agency_id,
    )  # fmt: skip
    full = db.session.execute(
        select(*group)
        .join(Unit, Unit.id == SurveyBallot.office_id)
        .where(SurveyBallot.is_open.is_(False), SurveyBallot.place == 0)
        .group_by(*group)
        .having(func.count() >= least)
    ).all()
    return sum(_open(*one, least) for one in full)


def waiting(course_id: int, item_code: str, role: str = "") -> int:
    """Return how many people's answers lie in the box unopened."""
    asked = select(func.count()).where(
        SurveyBallot.course_id == course_id,
        SurveyBallot.item_code == item_code,
        SurveyBallot.is_open.is_(False),
        SurveyBallot.place == 0,
    )
    if role:
        asked = asked.where(SurveyBallot.role == role)
    return db.session.scalar(asked) or 0


def _open(course_id: int, item_code: str, role: str, agency_id: int, least: int) -> int:
    found = db.session.execute(
        select(*_COLUMNS)
        .where(
            SurveyBallot.course_id == course_id,
            SurveyBallot.item_code == item_code,
            SurveyBallot.role == role,
            SurveyBallot.is_open.is_(False),
            SurveyBallot.office_id.in_(
                select(Unit.id).where(Unit.agency_id == agency_id)
            ),
        )
        .with_for_update()
    ).all()
    # Under new keys: not even a copy of the database from before tells them apart.
    rows = [dict(row._mapping) | {"key": new_key(), "is_open": True} for row in found]
    _blur(rows, "office_id", agency_id, least)
    _blur(rows, "release_id", max(row["release_id"] for row in rows), least)
    for start in range(0, len(found), CHUNK):
        keys = [row.key for row in found[start : start + CHUNK]]
        db.session.execute(
            delete(SurveyBallot)
            .where(SurveyBallot.key.in_(keys))
            .execution_options(synchronize_session=False)
        )
    db.session.execute(insert(SurveyBallot), _in_order(rows))
    return len(rows)


def _blur(rows: list[dict], name: str, common: int, least: int) -> None:
    """Count answers from places of few as of a place in common.

    Else a part that grows by one person from yesterday to today tells what they said.
    """
    people = Counter(row[name] for row in rows if row["place"] == 0)
    many = few.shown_parts(people, least)
    for row in rows:
        if row[name] not in many:
            row[name] = common


def _in_order(rows: list[dict]) -> list[dict]:
    """Return rows in the order of their random keys: that in which they are written."""
    return sorted(rows, key=lambda row: row["key"])
