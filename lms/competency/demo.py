"""Levels of the demo people, so that their pages have something to show."""

from datetime import datetime, timedelta

from sqlalchemy import select

from lms.accounts.models import Person
from lms.catalog.models import Competency
from lms.db import db

from . import shown

ASSESSED = "Penilaian kompetensi contoh"
OBSERVED = "Pengamatan atasan contoh"
# e-mail before the @: kind, level by competency
LEVELS = {
    "rani": (
        ("assessed", ASSESSED, {"INT": 2, "KSM": 1, "PRB": 1, "MPB": 1, "PKP": 1}),
        ("observed", OBSERVED, {"PDO": 1}),
    ),
    "siti": (
        (
            "assessed",
            ASSESSED,
            {"INT": 3, "KSM": 3, "KOM": 2, "OPH": 3, "PDO": 3, "PKP": 2, "PRB": 3},
        ),
        ("observed", OBSERVED, {"TEK-DIG": 1, "TEK-PRI": 2}),
    ),
    "yohanes": (("assessed", ASSESSED, {"INT": 3, "KSM": 3, "KOM": 2, "PKP": 2}),),
    "dian": (("assessed", ASSESSED, {"INT": 3, "KSM": 3, "KOM": 3, "PKP": 3}),),
    "bayu": (("assessed", ASSESSED, {"INT": 2, "KSM": 1, "KOM": 1, "OPH": 2}),),
    "lestari": (("observed", OBSERVED, {"KOM": 2, "PPB": 2, "KSM": 1}),),
    "hendrik": (("observed", OBSERVED, {"KOM": 1, "KSM": 1, "INT": 1}),),
    "rina": (("assessed", ASSESSED, {"INT": 2, "KSM": 2, "OPH": 1, "TEK-ADM": 2}),),
    "slamet": (("assessed", ASSESSED, {"INT": 1, "KSM": 1, "PDO": 1}),),
    "yanti": (("observed", OBSERVED, {"KOM": 2, "PPB": 2, "TEK-KES": 2}),),
    "indah": (("assessed", ASSESSED, {"INT": 1, "OPH": 1, "TEK-KEU": 1}),),
}


def add(now: datetime) -> int:
    """Add what is missing; return how many levels. The caller commits.

    Only codes of the dictionary count: an installation may have another one.
    """
    known = set(db.session.scalars(select(Competency.code)))
    found_on = (now - timedelta(days=180)).date()
    added = 0
    for name, findings in LEVELS.items():
        person_id = db.session.scalar(
            select(Person.id).where(
                Person.email == f"{name}@contoh.go.id", Person.is_demo
            )
        )
        if person_id is None or shown.has_any(person_id):
            continue
        for kind, source, levels in findings:
            for code, level in levels.items():
                if code in known:
                    shown.record(
                        person_id,
                        code,
                        level,
                        kind=kind,
                        found_on=found_on,
                        source=source,
                        today=found_on,
                        now=now,
                    )
                    added += 1
    return added
