"""The scripts of static/js joined into a few: a slow line pays for each request.

Each module stays a plain ES module in its own file, and would run as it is. Joined,
a module becomes a function that returns what it exports. A page loads one bundle:
lessons and quizzes have much that no other page needs.
"""

import re
from collections.abc import Collection
from pathlib import Path

IMPORT = re.compile(r'^import \{([^}]*)\} from "(\.[^"]+)";\n', re.MULTILINE)
DEFAULT = re.compile(r"^export default (?=(?:async )?function (\w+))", re.MULTILINE)
EXPORT = re.compile(
    r"^export (?=(?:async )?function (\w+)|(?:const|let|class) (\w+))", re.MULTILINE
)
LATER = re.compile(r"\bimport\(`\./(behaviours/\$\{name\}\.js)`\)")
# Lines that hold nothing but a comment; a browser skips them, a phone pays for them.
SKIPPED = re.compile(r"^ *(?://.*|/\*(?:[^*]|\*(?!/))*\*/)?\n", re.MULTILINE)
# And what is said behind the end of a line; two slashes in an address have no space.
REMARK = re.compile(r"(?<=[;{},]) +// .*$", re.MULTILINE)


LESSON = {"check", "film", "keys", "listen", "next-page", "notes", "offline", "reading",
          "toc"}  # fmt: skip
QUIZ = {"keys", "quiz-answer", "quiz-hand-in", "quiz-queue", "quiz-timer"}
# Loaded beside the page's script by the few pages that need it; starts by itself.
BESIDE = ("answering.js",)
# On neither of them.
ELSEWHERE = {"draft", "look-again", "pick", "share", "task-draft", "tidy-form"}


def bundles(folder: Path) -> dict[str, str]:
    """Return the scripts as served, by file name."""
    every = {path.stem for path in (folder / "behaviours").glob("*.js")}
    common = every - LESSON - QUIZ
    held = {
        "app.js": common,
        "lesson.js": common - ELSEWHERE | LESSON,
        "quiz.js": common - ELSEWHERE | QUIZ,
    }
    joined = {name: join_js(folder, wanted) for name, wanted in held.items()}
    return joined | {name: join_js(folder, (), name) for name in BESIDE}


def join_js(folder: Path, wanted: Collection[str], first: str = "boot.js") -> str:
    """Return `first` and the `wanted` behaviours, each after what it imports.

    raises  ValueError  for a way to import or export that is not known here
    """
    sources = {
        path.relative_to(folder).as_posix(): path.read_text("utf-8")
        for path in sorted(folder.rglob("*.js"))
    }
    order: list[str] = []
    for name in [first, *(f"behaviours/{name}.js" for name in sorted(wanted))]:
        _visit(name, sources, order, ())
    modules = "".join(_as_function(name, sources[name]) for name in order)
    return f"const m = {{}};\n{modules}"


def _visit(
    name: str, sources: dict[str, str], order: list[str], path: tuple[str, ...]
) -> None:
    if name in order:
        return
    if name in path:
        raise ValueError(f"{name}: imports itself by way of {path[-1]}")
    if name not in sources:
        raise ValueError(f"{path[-1]}: imports {name}, which is not there")
    for _names, target in IMPORT.findall(sources[name]):
        _visit(_resolve(name, target), sources, order, (*path, name))
    order.append(name)


def _resolve(name: str, target: str) -> str:
    """Return what "../lib/net.js" means in "behaviours/check.js"."""
    parts = name.split("/")[:-1]
    for step in target.split("/"):
        if step == "..":
            parts.pop()
        elif step != ".":
            parts.append(step)
    return "/".join(parts)


def _as_function(name: str, source: str) -> str:
    exports: list[str] = []

    def named(found: re.Match) -> str:
        exports.append(found[1] or found[2])
        return ""

    def default(found: re.Match) -> str:
        exports.append(f"default: {found[1]}")
        return ""

    def imported(found: re.Match) -> str:
        names = re.sub(r"\s+as\s+", ": ", found[1])
        return f'const {{{names}}} = m["{_resolve(name, found[2])}"];\n'

    body = REMARK.sub("", SKIPPED.sub("", source))
    body = IMPORT.sub(imported, body)
    body = EXPORT.sub(named, DEFAULT.sub(default, body))
    body = LATER.sub(r"Promise.resolve().then(() => m[`\1`])", body)
    if left := re.search(r"^(?:import|export)\b.*|\bimport\(.*", body, re.MULTILINE):
        raise ValueError(f"{name}: cannot join {left[0]!r}")
    body = re.sub(r"^ +", "", body, flags=re.MULTILINE)
    given = ", ".join(exports)
    return f'm["{name}"] = (() => {{\n{body}return {{ {given} }};\n}})();\n'
