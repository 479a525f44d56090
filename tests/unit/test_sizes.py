"""Nothing grows past the size at which it should be split."""

import ast
from pathlib import Path

import pytest

import lms

ROOT = Path(lms.__file__).parent
LIMITS = {".py": 400, ".html": 150, ".css": 250, ".js": 200}  # lines
FILES = sorted(p for p in ROOT.rglob("*") if p.suffix in LIMITS)
FUNCTION = 60  # lines


@pytest.mark.parametrize("suffix", LIMITS)
def test_files_are_short_enough(suffix):
    long = {
        str(p.relative_to(ROOT)): n
        for p in FILES
        if p.suffix == suffix
        and (n := len(p.read_text("utf-8").splitlines())) > LIMITS[suffix]
    }
    assert long == {}


def test_functions_are_short_enough():
    long = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for path in FILES
        if path.suffix == ".py"
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef)
        and node.end_lineno - node.lineno >= FUNCTION
    ]
    assert long == []
