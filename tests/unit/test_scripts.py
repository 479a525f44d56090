"""The scripts are joined into one file, small enough for a slow phone."""

import gzip
import re
from pathlib import Path

import pytest

import lms
from lms.web.scripts import bundles, join_js

ROOT = Path(lms.__file__).parent
FOLDER = ROOT / "static" / "js"
PACKED = 10 * 1024  # bytes, all that a page loads


def write(folder: Path, **files: str) -> Path:
    for name, source in files.items():
        path = folder / (name.replace("__", "/") + ".js")
        path.parent.mkdir(exist_ok=True)
        path.write_text(source)
    return folder


@pytest.mark.parametrize("name", bundles(FOLDER))
def test_what_a_page_loads_is_small(name):
    assert len(gzip.compress(bundles(FOLDER)[name].encode(), 9)) <= PACKED


TEMPLATES = {
    "/".join(path.relative_to(ROOT).parts).replace("templates/", ""): path.read_text()
    for path in sorted(ROOT.rglob("*.html"))
}


def behaviours_of(name: str, seen: set[str]) -> set[str]:
    """Return what a template asks for, itself or by what it imports."""
    if name in seen:
        return set()
    seen.add(name)
    text = TEMPLATES[name]
    asked = {
        word
        for words in re.findall(r'data-behaviour="([^"]+)"', text)
        for word in re.findall(r"[a-z][a-z-]+", re.sub(r"\bif [^}]*", "", words))
    }
    for other in re.findall(r'{% (?:from|extends|include) "([^"]+)"', text):
        if other != "base.html":
            asked |= behaviours_of(other, seen)
    return asked


@pytest.mark.parametrize(
    "name", [n for n, text in TEMPLATES.items() if '{% extends "base.html" %}' in text]
)
def test_a_page_loads_the_scripts_it_asks_for(name):
    named = re.search(r"block script %}{{ asset\('([\w.]+)'\)", TEMPLATES[name])
    loaded = bundles(FOLDER)[named[1] if named else "app.js"]

    wanted = behaviours_of(name, set()) | behaviours_of("_site.html", set())
    missing = {w for w in wanted if f'm["behaviours/{w}.js"]' not in loaded}
    assert missing == set()


def test_a_module_stands_after_what_it_imports(tmp_path):
    folder = write(
        tmp_path,
        behaviours__check='import { say as tell } from "../lib/words.js";\n'
        "export default function check() {\n  tell();\n}\n",
        boot="",
        lib__words="// What scripts say.\nexport const say = () => 1;\n",
    )

    assert join_js(folder, ["check"]) == (
        "const m = {};\n"
        'm["boot.js"] = (() => {\nreturn {  };\n})();\n'
        'm["lib/words.js"] = (() => {\n'
        "const say = () => 1;\n"
        "return { say };\n})();\n"
        'm["behaviours/check.js"] = (() => {\n'
        'const { say: tell } = m["lib/words.js"];\n'
        "function check() {\ntell();\n}\n"
        "return { default: check };\n})();\n"
    )


def test_what_is_said_behind_a_line_is_not_served(tmp_path):
    folder = write(
        tmp_path,
        boot='const at = "https://contoh.go.id//a"; // where\nif (at) { // now\n}\n',
    )

    joined = join_js(folder, [])

    assert '"https://contoh.go.id//a";\nif (at) {\n}' in joined


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ('import words from "./words.js";\n', "cannot join"),
        ("export { a };\n", "cannot join"),
        ('import { a } from "./gone.js";\n', "imports gone.js, which is not there"),
        ('import { a } from "./boot.js";\n', "imports itself"),
    ],
)
def test_what_cannot_be_joined_is_refused(tmp_path, source, sentence):
    with pytest.raises(ValueError, match=sentence):
        join_js(write(tmp_path, boot=source), [])
