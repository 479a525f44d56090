"""Every code of the linter has a mistake that causes it, and no mistake is idle.

The mistakes stand in tables of the modules below, each row with its code and where the
finding must be. What is in no table is tested alone, for the reason given.
"""

import inspect
import re
from collections.abc import Iterator
from typing import Any

import pytest

from lms.courseware import rules
from tests.unit.courseware import (
    test_changes,
    test_changes_of_kinds,
    test_files,
    test_mistakes_in_courses,
    test_mistakes_in_forms,
    test_mistakes_in_modules,
    test_mistakes_in_questions,
    test_mistakes_in_tasks,
    test_mistakes_in_the_data_part,
    test_mistakes_when_shown,
    test_parameters,
    test_questions_for_people,
    test_rubrics,
    test_simulation_files,
    test_surveys,
    test_translated_changes,
    test_translations,
)
from tests.unit.courseware.mistakes import Mistake

TABLES = [
    test_files.MISTAKES,
    test_mistakes_in_courses.MISTAKES,
    test_mistakes_in_forms.MISTAKES,
    test_mistakes_in_modules.MISTAKES,
    test_mistakes_in_questions.MISTAKES,
    test_mistakes_in_tasks.MISTAKES,
    test_mistakes_in_the_data_part.MISTAKES,
    test_mistakes_when_shown.MISTAKES,
    test_mistakes_when_shown.REFUSED,
    test_parameters.MISTAKES,
    test_questions_for_people.MISTAKES,
    test_rubrics.MISTAKES,
    test_simulation_files.MISTAKES,
    test_surveys.MISTAKES,
    test_translations.MISTAKES,
]
# What a review says of changes is expected in these, in tables and in single tests.
CHANGES = [test_changes, test_changes_of_kinds, test_translated_changes]
ALONE = {"B249"}  # a fault of the converter: no text is known that causes it
_CODE = re.compile(r"([A-Z][0-9]{3})(?: [0-9]+:[0-9]+| (?:green|yellow|red)\b.*)?")
_PLACE = re.compile(r"[A-Z][0-9]{3} ([0-9]+):([0-9]+)")


def codes_of(row: Any) -> Iterator[str]:
    """Yield the codes a row of a table names, however deep."""
    if isinstance(row, Mistake):
        yield row.code
    elif isinstance(row, str):
        found = _CODE.fullmatch(row)
        if found:
            yield found.group(1)
    elif hasattr(row, "marks"):
        yield from codes_of(row.values)  # of pytest.param
    elif isinstance(row, list | tuple):
        for part in row:
            yield from codes_of(part)


def places_of(row: Any) -> Iterator[tuple[int, int]]:
    """Yield the (line, column) of a row, in the way its table writes it."""
    if isinstance(row, Mistake):
        yield row.where
        return
    numbers = tuple(part for part in row if type(part) is int)
    for part in (*row, numbers):
        if isinstance(part, tuple) and [type(n) for n in part[-2:]] == [int, int]:
            yield part[-2], part[-1]
        elif isinstance(part, str) and (found := _PLACE.fullmatch(part)):
            yield int(found.group(1)), int(found.group(2))


def all_caused() -> set[str]:
    of_reviews = "".join(inspect.getsource(module) for module in CHANGES)
    return {code for table in TABLES for code in codes_of(table)} | set(
        re.findall(r"\"(V[0-9]{3})\b", of_reviews)
    )


def test_every_code_has_a_mistake_that_causes_it():
    assert sorted(rules.MEANINGS.keys() - all_caused() - ALONE) == []


def test_no_mistake_is_tested_whose_code_is_not_explained():
    assert sorted(all_caused() - rules.MEANINGS.keys()) == []
    assert all_caused().isdisjoint(ALONE)


@pytest.mark.parametrize("table", TABLES, ids=len)
def test_every_row_has_one_code_one_line_and_one_column(table):
    for row in table:
        assert len(set(codes_of(row))) == 1, row
        assert len(list(places_of(row))) == 1, row
