"""Style sheets: every rule in its layer, colours in one file, small enough."""

import gzip
import re
from pathlib import Path

import pytest

import lms
from lms.web.assets import squeeze

ROOT = Path(lms.__file__).parent
CSS = ROOT / "static" / "css"
SHEETS = sorted(CSS.rglob("*.css"))
ORDER = ("layers", "tokens", "reset", "base", "layout", "parts/*", "utilities", "print")
STAFF = sorted((CSS / "staff").glob("*.css"))  # joined into a sheet of their own
RAW, PACKED, SPRITE = 50 * 1024, 12 * 1024, 12 * 1024  # bytes
STAFF_RAW, STAFF_PACKED = 24 * 1024, 6 * 1024
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
# Features younger than the phones we serve, or against the house style.
UNWANTED = {
    "!important": r"!\s*important",
    "light-dark()": r"light-dark\(",
    "nesting": r"(?m)^\s*&|\{[^{}]*&",
    "ids": r"#[a-zA-Z][\w-]*[^;{}]*\{",
    "float": r"\bfloat\s*:",
    "oklch": r"\b(?:oklch|oklab|lab|lch)\(",
    "@scope": r"@scope\b",
    "container queries": r"@container\b",
    "physical sides": r"(?:margin|padding|border)-(?:left|right|top|bottom)\b",
    "physical sizes": r"(?<![-\w])(?:min-|max-)?(?:width|height)\s*:(?![^()]*\))",
    "data addresses": r"url\(\s*[\"']?data:",
    "other sites": r"url\(\s*[\"']?(?:https?:)?//",
}
# Newer properties may only polish; without them the page stays whole.
AT_RULES = {"layer", "media", "font-face", "page", "keyframes"}


def name(path: Path) -> str:
    return path.relative_to(CSS).as_posix()


def text_of(path: Path) -> str:
    return COMMENT.sub("", path.read_text("utf-8"))


def joined() -> str:
    paths = [p for part in ORDER for p in sorted(CSS.glob(f"{part}.css"))]
    assert sorted([*paths, *STAFF]) == SHEETS, "a sheet that is not joined"
    return "\n".join(p.read_text("utf-8") for p in paths)


@pytest.mark.parametrize("path", SHEETS, ids=name)
def test_every_sheet_speaks_inside_its_layer(path):
    if path.stem == "layers":
        return
    layer = "parts" if path.parent.name in ("parts", "staff") else path.stem
    body = text_of(path).strip()
    assert body.startswith(f"@layer {layer} {{"), "a sheet is one @layer block"
    depth = 0
    for place, sign in enumerate(body):
        depth += {"{": 1, "}": -1}.get(sign, 0)
        if depth == 0 and sign == "}":
            assert place == len(body) - 1, "a rule after the layer's end"
    assert depth == 0


def test_the_layers_are_named_once_and_in_order():
    names = [part.removesuffix("/*") for part in ORDER[1:]]

    assert f"@layer {', '.join(names)};" in (CSS / "layers.css").read_text("utf-8")


@pytest.mark.parametrize("path", SHEETS, ids=name)
def test_raw_colours_live_in_tokens_only(path):
    if path.stem != "tokens":
        raw = r"#[0-9a-fA-F]{3,8}\b|\b(?:rgb|hsl)a?\(|:\s*(?:white|black|red|blue)\b"
        assert re.findall(raw, text_of(path)) == []


@pytest.mark.parametrize("path", SHEETS, ids=name)
def test_only_features_that_old_phones_know(path):
    sheet = text_of(path)
    found = [what for what, sign in UNWANTED.items() if re.search(sign, sheet)]
    at_rules = set(re.findall(r"@([\w-]+)", sheet)) - AT_RULES

    assert found == []
    assert at_rules == set()


def test_every_variable_is_defined_and_used():
    office = "\n".join(text_of(path) for path in STAFF)
    sheet = COMMENT.sub("", joined()) + office
    used = set(re.findall(r"var\((--[\w-]+)", sheet))
    defined = set(re.findall(r"(--[\w-]+)\s*:", sheet))

    assert used == defined


def test_both_dark_themes_say_the_same():
    blocks = re.findall(
        r"color-scheme: dark;(.*?)\}", text_of(CSS / "tokens.css"), re.DOTALL
    )

    assert len(blocks) == 2
    assert blocks[0].split() == blocks[1].split()


def test_the_joined_sheet_is_small():
    served = squeeze(joined()).encode()

    assert len(served) < RAW
    assert len(gzip.compress(served, 9)) < PACKED


def test_the_sheet_of_the_office_is_small():
    served = squeeze("\n".join(p.read_text("utf-8") for p in STAFF)).encode()

    assert len(served) < STAFF_RAW
    assert len(gzip.compress(served, 9)) < STAFF_PACKED


def test_texts_in_the_sheet_are_served_as_they_are_written():
    sheet = 'a::before { content: attr(data-l) ": "; }'

    assert squeeze(sheet) == 'a::before{content:attr(data-l) ": "}'


def test_the_sprite_is_small_and_holds_every_icon_that_templates_name():
    images = ROOT / "static" / "img"
    sprite, office = (
        (images / f"{name}.svg").read_text("utf-8") for name in ("icons", "office")
    )
    known = set(re.findall(r'<symbol id="([\w-]+)"', sprite + office))
    named = {
        (page.relative_to(ROOT).as_posix(), sign)
        for page in ROOT.rglob("templates/**/*.html")
        for sign in re.findall(r'\bicon\("([\w-]+)"', page.read_text("utf-8"))
    }

    assert len(sprite.encode()) < SPRITE
    assert len(office.encode()) < SPRITE
    assert {pair for pair in named if pair[1] not in known} == set()
