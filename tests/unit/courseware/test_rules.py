"""Every code that the linter can say has its meaning in the manual, and no other."""

import ast
import re
from pathlib import Path

import lms.courseware
from lms.courseware import rules
from tests.unit.courseware import test_report

CODE = re.compile(r"[A-Z][0-9]{3}")
ROOT = Path(lms.courseware.__file__).parent


def said() -> set[str]:
    """Return the codes that stand as constants in the linter's code."""
    found = set()
    for path in ROOT.rglob("*.py"):
        if path.name == "rules.py":
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            value = getattr(node, "value", None)
            if isinstance(value, str) and CODE.fullmatch(value):
                found.add(value)
    return found


def test_every_code_has_its_meaning():
    assert sorted(said() - rules.MEANINGS.keys()) == []


def test_no_meaning_is_left_over():
    assert sorted(rules.MEANINGS.keys() - said()) == []


def test_warnings_and_families_are_codes_that_exist():
    assert rules.MEANINGS.keys() >= rules.WARNINGS
    assert {code[0] for code in rules.MEANINGS} <= rules.FAMILIES.keys()


def test_the_catalogue_of_tested_codes_is_known():
    assert rules.MEANINGS.keys() >= test_report.WANTED
