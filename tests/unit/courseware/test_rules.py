"""Every code that the linter can say has its meaning in the manual, and no other."""

import ast
import re
from pathlib import Path

import lms.courseware
from lms.courseware import rules
from lms.courseware.changes.change import KINDS

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


def test_warnings_are_what_the_linter_only_warns_of():
    found = set()
    for path in ROOT.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            name = getattr(getattr(node, "func", None), "attr", "")
            if isinstance(node, ast.Call) and name == "warn":
                found.add(node.args[0].value)

    assert found == rules.WARNINGS


def test_a_change_weighs_what_the_review_asks_of_it():
    levels = {code: rules.level(code) for code in ("V901", "V905", "V910")}

    assert levels == {"V901": "merah", "V905": "kuning", "V910": "hijau"}
    assert {c for c in rules.MEANINGS if c.startswith("V")} == KINDS.keys()
    assert (rules.level("C342"), rules.level("B230")) == ("", "peringatan")
