"""The receipt of a hand-in: a text that the site has signed, the same each time.

Whoever holds it can show later what was handed in when, also after the database was
put back to an older state. It names the person by their internal name only. The score
is the one given at the hand-in, also where the attempt was counted again later.
"""

import hashlib
import hmac
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select

from lms.accounts.models import Person
from lms.catalog.models import Course, ItemVersion, QuestionVersion
from lms.db import db

from . import queries
from .models import GRACE, Attempt

TITLE = "TANDA TERIMA KUIS, bentuk 1"
SIGNATURE = "Tanda tangan (HMAC-SHA256)"
PURPOSE = b"lms tanda terima kuis 1"  # this key signs nothing else
WAITS = "menunggu penilaian"  # what is graded later does not change a receipt
LARGEST = 4_000  # letters of a receipt
LINE = re.compile(r"([^:]+): (.*)")


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a receipt states, in the order it states it; and its signature."""

    facts: Mapping[str, str]
    signature: str

    @property
    def text(self) -> str:
        return f"{_body(self.facts)}{SIGNATURE}: {self.signature}\n"

    @property
    def attempt_id(self) -> int:
        return int(self.facts["Percobaan"])


def of(attempt: Attempt, secret: str) -> Receipt:
    """Return the receipt of a submitted attempt.

    secret  the site's key
    """
    version = db.session.get_one(ItemVersion, attempt.item_version_id)
    given = answers_that_count(attempt)
    facts = {
        "Percobaan": str(attempt.id),
        "Peserta": db.session.get_one(Person, attempt.person_id).uid,
        "Kursus": db.session.get_one(Course, attempt.course_id).code,
        "Kuis": attempt.item_code,
        "Versi kuis": version.sha,
        "Percobaan ke": str(attempt.number),
        "Dimulai": _instant(attempt.opened_at),
        "Dikumpulkan": _instant(attempt.submitted_at),
        "Terjawab": f"{len(given)} dari {len(attempt.layout)}",
        "Nilai": WAITS if attempt.waited else _score(attempt.graded_bp),
        "Nilai lulus": _score(attempt.pass_bp),
        "Sidik jawaban (SHA-256)": _fingerprint(attempt, given),
    }
    return Receipt(facts, _sign(facts, secret))


def read(text: str, secret: str) -> Receipt | None:
    """Return what a receipt states, or None when this site has not signed it so."""
    lines = [line.strip() for line in text[:LARGEST].lstrip("\ufeff").splitlines()]
    lines = [line for line in lines if line]
    if len(text) > LARGEST or not lines or lines[0] != TITLE:
        return None
    found = [LINE.fullmatch(line) for line in lines[1:]]
    facts = {match[1]: match[2] for match in found if match}
    if not all(found) or len(facts) != len(lines) - 1:
        return None
    signature = facts.pop(SIGNATURE, "").lower()
    is_ours = hmac.compare_digest(
        _sign(facts, secret).encode(), signature.encode("utf-8", "replace")
    )
    return Receipt(facts, signature) if is_ours else None


def answers_that_count(attempt: Attempt) -> dict[int, Any]:
    """Return slot -> answer of everything that was answered in time."""
    last = attempt.closes_at + GRACE if attempt.closes_at else None
    return {
        slot: save.answer
        for slot, save in queries.newest_answers(attempt.id).items()
        if save.answer is not None and (last is None or save.saved_at <= last)
    }


def _fingerprint(attempt: Attempt, given: Mapping[int, Any]) -> str:
    """Return the hash of question versions and answers, in the order shown."""
    wanted = [place["q"] for place in attempt.layout]
    rows = db.session.execute(
        select(QuestionVersion.id, QuestionVersion.sha).where(
            QuestionVersion.id.in_(wanted)
        )
    )
    shas = {number: sha for number, sha in rows}
    stated = [
        # Numbers drawn for this attempt are part of what was asked.
        [shas[place["q"]], given.get(slot), *filter(None, [place.get("values")])]
        for slot, place in enumerate(attempt.layout)
    ]
    text = json.dumps(stated, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _body(facts: Mapping[str, str]) -> str:
    lines = [TITLE, *(f"{name}: {value}" for name, value in facts.items())]
    return "".join(f"{line}\n" for line in lines)


def _sign(facts: Mapping[str, str], secret: str) -> str:
    key = hmac.digest(secret.encode(), PURPOSE, "sha256")
    return hmac.digest(key, _body(facts).encode(), "sha256").hex()


def _instant(when: datetime | None) -> str:
    assert when is not None  # only submitted attempts have receipts
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _score(bp: int | None) -> str:
    whole, rest = divmod(bp or 0, 100)
    return f"{whole},{rest:02}"
