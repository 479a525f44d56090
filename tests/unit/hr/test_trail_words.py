"""Every act that the source writes into the audit log can be said in a sentence."""

import ast
import re
from pathlib import Path
from string import ascii_letters

import pytest

from lms.hr import trail_words
from lms.hr.kinds import KINDS

ROOT = Path(__file__).parents[3] / "lms"
# What stands in the braces of a code that is put together.
PARTS = {
    "wanted.kind": tuple(KINDS),
    "taking.kind": tuple(KINDS),
    "state": ("done", "refused"),
    "said": ("graded", "returned"),
}


def written(tree: ast.Module) -> set[str]:
    """Return the codes that a module hands to log.record, directly or by a helper."""
    constants = {
        name.id: value.value
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        for name, value in _pairs(target, node.value)
        if isinstance(value, ast.Constant)
    }
    codes, helpers = set(), {"log.record"}
    while True:
        known = len(helpers)
        for function in ast.walk(tree):
            if not isinstance(function, ast.FunctionDef):
                continue
            parameters = [one.arg for one in function.args.args]
            for call in ast.walk(function):
                if not isinstance(call, ast.Call) or not call.args:
                    continue
                if ast.unparse(call.func) not in helpers:
                    continue
                code = call.args[0]
                if isinstance(code, ast.Name) and code.id in parameters[:1]:
                    helpers.add(function.name)
                else:
                    codes |= _codes(code, constants)
        if len(helpers) == known:
            return codes


def _pairs(target, value):
    if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        yield from zip(target.elts, value.elts, strict=True)
    elif isinstance(target, ast.Name):
        yield target, value


def _codes(code: ast.expr, constants: dict[str, object]) -> set[str]:
    if isinstance(code, ast.Constant):
        return {code.value}
    if isinstance(code, ast.Name) and code.id in constants:
        return {str(constants[code.id])}
    if isinstance(code, ast.IfExp):
        return _codes(code.body, constants) | _codes(code.orelse, constants)
    if isinstance(code, ast.JoinedStr):
        found = {""}
        for part in code.values:
            if isinstance(part, ast.Constant):
                ends = (part.value,)
            else:
                ends = PARTS[ast.unparse(part.value)]
            found = {begun + end for begun in found for end in ends}
        return found
    raise AssertionError(f"which code is {ast.unparse(code)!r}? Say it in PARTS.")


def every_code() -> set[str]:
    found = set()
    for path in ROOT.rglob("*.py"):
        text = path.read_text("utf-8")
        if "log.record(" in text and "lms.audit" in text:
            found |= written(ast.parse(text))
    return found


def test_every_act_in_the_source_has_a_sentence():
    codes = every_code()

    assert len(codes) > 50
    assert codes - trail_words.SENTENCES.keys() == set()


def test_no_sentence_is_left_of_an_act_that_nobody_writes():
    ended = {f"export.{kind}.broken" for kind in KINDS}

    assert trail_words.SENTENCES.keys() - every_code() == ended


def test_a_code_without_a_sentence_would_be_found():
    source = """
from lms.audit import log
def act(): _tell("unit.painted", 1)
def _tell(action, number): log.record(action, object_id=number)
"""

    assert written(ast.parse(source)) == {"unit.painted"}


def test_every_act_is_in_one_group():
    begun = [begun for _label, begun in trail_words.GROUPS.values()]

    for action in trail_words.SENTENCES:
        assert sum(action.startswith(one) for one in begun) == 1, action


@pytest.mark.parametrize("sentence", trail_words.SENTENCES.values())
def test_sentences_end_and_hold_only_known_marks(sentence):
    places = re.findall(r"%\((\w+)\)s", sentence)

    assert sentence.endswith(".")
    assert sentence % dict.fromkeys(places, "x")
    assert sentence.lstrip("%(“")[0] in ascii_letters
