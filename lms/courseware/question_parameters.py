"""Formulas in the texts of a question, against the numbers its `Angka:` line draws."""

import re
from collections.abc import Sequence

from lms.courseware import expressions
from lms.courseware.answers import numeric, parameters
from lms.courseware.answers.numbers import Written, not_a_number
from lms.courseware.answers.parameters import Slot
from lms.courseware.notes import Notes
from lms.courseware.question_scan import Entry, RawQuestion
from lms.courseware.schema import Parameter


def read(raw: RawQuestion, notes: Notes) -> Sequence[Parameter] | None:
    """The parameters of a question, () for none; None after noting a mistake."""
    before = notes.errors
    given = _entry(raw, parameters.LABEL)
    if given is None and not _has_formula(raw):
        return ()  # as of most questions
    answer = _entry(raw, numeric.LABEL)
    shown = _slots(raw.visible)
    asked = _slots(answer.all_rows) if answer else []
    told = [
        slot
        for entry in raw.entries
        if entry not in (given, answer)
        for slot in _slots(entry.all_rows)
    ]
    found = [*shown, *asked, *told]
    parameters.check_many(found, notes)
    if notes.errors != before:
        return None
    if given is None:
        parameters.check_none(found, notes)
        if answer and "{{" in answer.found.value:
            _check_answer(answer, asked, notes)
        return () if notes.errors == before else None
    value, column = given.found.value, given.found.value_column
    known = parameters.read(value, given.line, column, notes) if value else []
    names = parameters.names_in(value)
    good = parameters.readable(found, names, notes)
    if known is None or notes.errors != before:
        return None
    parameters.check(good.values(), known, notes)
    if notes.errors == before:
        _check_shown(shown, asked, notes)
        _check_used(known, found, given, notes)
    return known if notes.errors == before else None


def _entry(raw: RawQuestion, label: str) -> Entry | None:
    return next((entry for entry in raw.entries if entry.name == label), None)


def _has_formula(raw: RawQuestion) -> bool:
    for _number, text, _is_code in raw.visible:
        if "{{" in text:
            return True
    for entry in raw.entries:
        if "{{" in entry.found.value:
            return True
        for _number, text, _is_code in entry.rows:
            if "{{" in text:
                return True
    return False


def _slots(rows: Sequence[tuple[int, str, bool]]) -> list[Slot]:
    return parameters.slots([(n, text) for n, text, is_code in rows if not is_code])


def _check_answer(answer: Entry, asked: Sequence[Slot], notes: Notes) -> None:
    """Note what in an answer cannot be a formula at all."""
    for slot in asked:
        try:
            expressions.read(slot.text)
        except expressions.Unreadable as problem:
            parameters.unreadable(slot, problem, notes)
    if asked:
        return
    found = answer.found
    text = Written(found.value, answer.line, found.value_column, numeric.LABEL + ": {}")
    not_a_number(found.value, text, notes)


def _names(slots: Sequence[Slot]) -> set[str]:
    return {name for slot in slots for name in expressions.read(slot.text).names}


def _check_shown(shown: Sequence[Slot], asked: Sequence[Slot], notes: Notes) -> None:
    """Note a number that the answer depends on and no learner would see."""
    for slot in asked:
        unseen = sorted(expressions.read(slot.text).names - _names(shown))
        if unseen:
            notes.error(
                "C378",
                slot.line,
                slot.column,
                f'jawaban memakai "{unseen[0]}", tetapi pertanyaannya tidak',
                f"tulis {{{{{unseen[0]}}}}} di dalam pertanyaan",
            )


def _check_used(
    known: Sequence[Parameter], found: Sequence[Slot], given: Entry, notes: Notes
) -> None:
    used = _names(found)
    for parameter in known:
        if parameter.name not in used:
            wanted = rf"(?:^|;)\s*(?={re.escape(parameter.name)}\s*=)"
            place = re.search(wanted, given.found.value)
            notes.warn(
                "C377",
                given.line,
                given.found.value_column + (place.end() if place else 0),
                f'angka "{parameter.name}" tidak dipakai',
                f"tulis {{{{{parameter.name}}}}} di dalam pertanyaan, atau hapus",
            )
