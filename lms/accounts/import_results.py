"""What a check of a people import found: written down, and read page by page."""

import json
from datetime import datetime

from sqlalchemy import delete, func, insert, select

from lms.db import db

from . import import_changes, import_digest, import_places, import_rejected
from .import_file import Table
from .import_tables import ImportFile, ImportFinding, ImportRun
from .people_import import Plan

FINDINGS = 5_000  # kept of one run; all are counted


def outcome(table: Table, plan: Plan) -> dict[str, bytes]:
    """Return the files that say what a check found; costly, so before any writing."""
    wrong = sorted({f.row for f in plan.findings if f.is_error})
    found = {
        "rows": json.dumps(wrong).encode(),
        "gone": json.dumps(plan.gone).encode(),
        "changes": json.dumps(_changes(table, plan)).encode(),
        "news": json.dumps(import_changes.news(plan)).encode(),
    }
    if table.heading.names and any(row > table.heading.number for row in wrong):
        found["rejected"] = import_rejected.write(table, plan.findings)
    return found


def _changes(table: Table, plan: Plan) -> list[dict]:
    """Return the changes, with rows of a joined sheet as of their files."""
    found = import_changes.listed(plan)
    if table.origins:
        for row in found:
            file, number = table.origins.of(row["row"])
            row["row"] = f"{number} ({file.name})" if file.name else number
    return found


def store(
    run: ImportRun, table: Table, plan: Plan, files: dict[str, bytes], now: datetime
) -> None:
    """Write down what a check found."""
    kept = ImportFile.kind.in_(("source", "origins"))
    db.session.execute(delete(ImportFinding).where(ImportFinding.run_id == run.id))
    db.session.execute(delete(ImportFile).where(ImportFile.run_id == run.id, ~kept))
    errors = [f for f in plan.findings if f.is_error]
    rest = [f for f in plan.findings if not f.is_error]
    rows = [_row(run.id, table, f) for f in [*errors, *rest][:FINDINGS]]
    if rows:
        db.session.execute(insert(ImportFinding), rows)
    for kind, body in files.items():
        db.session.add(ImportFile(run_id=run.id, kind=kind, body=body))
    run.counts, run.plan_digest = counts(plan), import_digest.of(plan)
    run.heading = {
        "row": table.heading.number,
        "texts": [text[:120] for text in table.heading.texts],
        "names": table.heading.names,
    }
    run.errors, run.warnings = len(errors), len(rest)
    run.rejected = len({f.row for f in errors if f.row > table.heading.number})
    run.total = run.done = table.lines
    run.state, run.state_at = ("refused" if errors else "ready"), now


def _row(run_id: int, table: Table, finding) -> dict[str, object]:
    place = import_places.of(table, finding)
    return {
        "run_id": run_id,
        "row_number": finding.row,
        "shown_row": place.row,
        "column_name": finding.column[:60],
        "heading": place.heading,
        "person_name": place.person,
        "sheet_name": place.sheet[:120],
        "file_name": place.file[:160],
        "letter": place.letter,
        "message": finding.message,
        "facts": import_places.words(table, finding),
        "is_error": finding.is_error,
    }


def counts(plan: Plan) -> dict[str, int]:
    """Return the counts of a plan as a run keeps them."""
    return plan.counts | {
        "gone": plan.unlisted,
        "units": len(plan.new_units),
        "jobs": len(plan.new_jobs),
    }


def findings(run_id: int, page: int, size: int) -> tuple[list[ImportFinding], int]:
    """Return one page of what was found, errors first, and how many pages."""
    count = db.session.scalar(
        select(func.count()).where(ImportFinding.run_id == run_id)
    )
    rows = db.session.scalars(
        select(ImportFinding)
        .where(ImportFinding.run_id == run_id)
        .order_by(ImportFinding.is_error.desc(), ImportFinding.row_number,
                  ImportFinding.id)
        .offset((page - 1) * size)
        .limit(size)
    )  # fmt: skip
    return list(rows), -(-count // size)
