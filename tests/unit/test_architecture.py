"""Imports point downwards, and only the edge knows about requests."""

import ast
import re
from pathlib import Path

import lms

ROOT = Path(lms.__file__).parent
# Lowest first. A module may import its own layer and the ones before it.
LAYERS = ("kernel", "courseware", "config", "db", "web", *lms.FEATURES)
TOP = {
    "backup",
    "cli",
    "server",
    "diagnosis",
}  # above all features: commands and the server
# The modules of a feature that may know requests. A feature with many pages has
# views_<topic>.py and forms_<topic>.py beside views.py and forms.py; so has a cli.py.
EDGE = {"views", "forms", "cli"}
WEB_LIBRARIES = {"flask", "flask_login", "flask_wtf", "wtforms", "werkzeug"}
ALLOWED = {
    ("jobs/worker.py", "flask"),  # opens the application context of its rounds
    ("server.py", "flask"),
    ("diagnosis.py", "flask"),
    ("backup.py", "flask"),
}
FORBIDDEN_NAMES = {
    "utils",
    "helpers",
    "common",
    "services",
    "manager",
    "core",
    "misc",
}


def imports(path: Path):
    """Yield every absolute module name `path` imports, e.g. "lms.quiz.models"."""
    package = ["lms", *path.relative_to(ROOT).parts[:-1]]
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            yield base
            yield from (f"{base}.{alias.name}" for alias in node.names)


def role_of(path: Path) -> str:
    """Return "views" of views.py and views_notes.py."""
    return re.sub(r"^(views|forms|cli)_\w+$", r"\1", path.stem)


def layer_of(path: Path) -> str:
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


MODULES = [p for p in ROOT.rglob("*.py") if p != ROOT / "__init__.py"]


def test_every_folder_has_its_place_in_the_order():
    folders = {p.name for p in ROOT.iterdir() if (p / "__init__.py").exists()}

    assert folders <= set(LAYERS)


def test_imports_point_downwards():
    rank = {name: n for n, name in enumerate(LAYERS)}
    upward = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in MODULES
        if layer_of(path) not in TOP
        for name in imports(path)
        if name.startswith("lms.")
        and rank.get(name.split(".")[1], 0) > rank[layer_of(path)]
    ]
    assert upward == []


def test_only_the_edge_knows_about_requests():
    leaks = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in MODULES
        for name in {n.split(".")[0] for n in imports(path)} & WEB_LIBRARIES
        if layer_of(path) not in ("web", "cli")
        and not EDGE & {role_of(path), path.parent.name}
        and (path.relative_to(ROOT).as_posix(), name) not in ALLOWED
    ]
    assert leaks == []


def test_the_kernel_and_courseware_know_no_database():
    leaks = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in MODULES
        if layer_of(path) in ("kernel", "courseware")
        for name in imports(path)
        if name.split(".")[0] in ("sqlalchemy", "flask_sqlalchemy")
    ]
    assert leaks == []


def test_no_file_has_a_name_that_says_nothing():
    assert [p for p in MODULES if p.stem in FORBIDDEN_NAMES] == []


def test_every_module_says_what_it_holds():
    silent = [
        str(p.relative_to(ROOT))
        for p in ROOT.rglob("*.py")
        if not ast.get_docstring(ast.parse(p.read_text("utf-8")))
    ]
    assert silent == []


def test_only_views_commands_and_the_worker_commit():
    allowed = {
        *("views", "cli", "server", "worker", "outbox", "health", "publishing"),
        "looks",  # noted in a transaction of its own, apart from the page's
    }
    committing = [
        str(p.relative_to(ROOT))
        for p in MODULES
        if "session.commit()" in p.read_text("utf-8")
        and not allowed & {role_of(p), p.parent.name}
    ]
    assert committing == []
