"""Facts about a learner and an item: true once, true for good.

The one exception is a quiz counted again, see `take_back`.
"""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import bindparam, delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from lms.db import db

from .models import Enrolled, Enrolment, ItemFact

INSERTS = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}

# Built once: making a statement costs more than running it.
_OF = select(ItemFact.item_code, ItemFact.fact, ItemFact.subject).where(
    ItemFact.enrolment_id == bindparam("enrolment")
)


def add(
    enrolment: Enrolment | Enrolled,
    item_code: str,
    fact: str,
    now: datetime,
    subject: str = "",
    *,
    score_bp: int | None = None,
    proof_id: int | None = None,
) -> bool:
    """Note a fact; return whether it is new. The same one twice is one.

    fact      one of models.FACTS
    subject   the check's code for check facts
    score_bp  of the attempt that proves "passed"; a better one later counts
    proof_id  that attempt's id, or the run's of a simulation
    """
    make = INSERTS[db.session.get_bind().dialect.name]
    statement = make(ItemFact).values(
        enrolment_id=enrolment.id,
        item_code=item_code,
        fact=fact,
        subject=subject,
        score_bp=score_bp,
        proof_id=proof_id,
        at=now,
    )
    # Two tabs may say the same at once: the database decides, nobody fails.
    statement = statement.on_conflict_do_nothing().returning(ItemFact.id)
    is_new = db.session.scalar(statement) is not None
    if not is_new and score_bp is not None:
        _raise_score(enrolment.id, item_code, score_bp, proof_id)
    return is_new


def _raise_score(
    enrolment_id: int, item_code: str, score_bp: int, proof_id: int | None
) -> None:
    db.session.execute(
        update(ItemFact)
        .where(
            ItemFact.enrolment_id == enrolment_id,
            ItemFact.item_code == item_code,
            ItemFact.fact == "passed",
            (ItemFact.score_bp.is_(None)) | (ItemFact.score_bp < score_bp),
        )
        .values(score_bp=score_bp, proof_id=proof_id)
        .execution_options(synchronize_session=False)
    )


def scores_of(
    enrolment_ids: Collection[int],
) -> dict[tuple[int, str], tuple[int | None, int | None]]:
    """Return the "passed" facts: (enrolment, item) -> (score in bp, attempt id).

    enrolment_ids  few enough for one statement
    """
    rows = db.session.execute(
        select(
            ItemFact.enrolment_id, ItemFact.item_code, ItemFact.score_bp,
            ItemFact.proof_id,
        ).where(ItemFact.enrolment_id.in_(enrolment_ids), ItemFact.fact == "passed")
    )  # fmt: skip
    return {(row[0], row[1]): (row[2], row[3]) for row in rows}


def set_scores(rows: Sequence[tuple[int, str, int, int | None]]) -> None:
    """Put the best score to "passed" facts, up or down.

    For what is counted again: its attempts or rounds hold what was before.

    rows  (enrolment, item code, score in bp, attempt id; None for an assignment)
    """
    if not rows:
        return
    table = ItemFact.__table__
    statement = (
        update(table)
        .where(
            table.c.enrolment_id == bindparam("of_enrolment"),
            table.c.item_code == bindparam("of_item"),
            table.c.fact == "passed",
        )
        .values(score_bp=bindparam("best_bp"), proof_id=bindparam("proof"))
    )
    names = ("of_enrolment", "of_item", "best_bp", "proof")
    db.session.execute(statement, [dict(zip(names, r, strict=True)) for r in rows])


def take_back(enrolment: Enrolment | Enrolled, item_code: str, fact: str) -> None:
    """Take back a fact that proved untrue; the caller keeps the reason.

    A completion that rests on it stays: only HR revokes one.
    """
    db.session.execute(
        delete(ItemFact)
        .where(
            ItemFact.enrolment_id == enrolment.id,
            ItemFact.item_code == item_code,
            ItemFact.fact == fact,
        )
        .execution_options(synchronize_session=False)
    )


def keep_score(
    enrolment: Enrolment | Enrolled, now: datetime, score_bp: int, proof_id: int | None
) -> None:
    """Put a score to the "passed" facts noted at this instant without one."""
    db.session.execute(
        update(ItemFact)
        .where(
            ItemFact.enrolment_id == enrolment.id,
            ItemFact.fact == "passed",
            ItemFact.at == now,
            ItemFact.score_bp.is_(None),
        )
        .values(score_bp=score_bp, proof_id=proof_id)
        .execution_options(synchronize_session=False)
    )


def of(enrolment_id: int) -> dict[str, set[tuple[str, str]]]:
    """Return all facts of an enrolment: item code -> {(fact, subject)}."""
    # Straight on the connection: facts are never pending in the session.
    rows = db.session.connection().execute(_OF, {"enrolment": enrolment_id})
    found: dict[str, set[tuple[str, str]]] = {}
    for item_code, fact, subject in rows:
        found.setdefault(item_code, set()).add((fact, subject))
    return found


def newest(enrolment_id: int) -> datetime | None:
    """Return when the last fact of an enrolment was noted."""
    return db.session.scalar(
        select(func.max(ItemFact.at)).where(ItemFact.enrolment_id == enrolment_id)
    )


def passed(enrolment_id: int) -> dict[str, tuple[int | None, int | None]]:
    """Return what was passed: item code -> (score in bp, attempt id)."""
    rows = db.session.execute(
        select(ItemFact.item_code, ItemFact.score_bp, ItemFact.proof_id).where(
            ItemFact.enrolment_id == enrolment_id, ItemFact.fact == "passed"
        )
    )
    return {row.item_code: (row.score_bp, row.proof_id) for row in rows}
