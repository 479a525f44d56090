"""Colour pairs in use are readable, light and dark (WCAG 2.2: 1.4.3 and 1.4.11)."""

import re
from pathlib import Path

import pytest

import lms

TOKENS = (Path(lms.__file__).parent / "static" / "css" / "tokens.css").read_text(
    "utf-8"
)
TEXT, PART = 4.5, 3.0  # smallest ratios
PAIRS = [
    ("text", "bg", TEXT),
    ("text", "surface", TEXT),
    ("text", "surface-2", TEXT),
    ("text", "ok-soft", TEXT),
    ("text", "warn-soft", TEXT),
    ("text", "bad-soft", TEXT),
    ("text", "brand-soft", TEXT),
    ("text-2", "surface", TEXT),
    ("text-2", "surface-2", TEXT),
    ("text-2", "bg", TEXT),
    ("text-3", "surface", TEXT),
    ("text-3", "bg", TEXT),
    ("text-3", "surface-2", TEXT),
    ("text-3", "brand-soft", TEXT),
    ("brand-text", "surface", TEXT),
    ("brand-text", "bg", TEXT),
    ("brand-text", "brand-soft", TEXT),
    ("on-brand", "brand", TEXT),
    ("on-brand", "brand-hover", TEXT),
    ("ok", "ok-soft", TEXT),
    ("ok", "surface", TEXT),
    ("ok", "surface-2", TEXT),
    ("warn", "warn-soft", TEXT),
    ("warn", "gold-soft", TEXT),
    ("warn", "surface-2", TEXT),
    ("bad", "bad-soft", TEXT),
    ("bad", "surface", TEXT),
    ("on-deep", "deep", TEXT),
    ("on-deep-2", "deep", TEXT),
    ("on-deep-3", "deep", TEXT),
    ("primary-800", "primary-100", TEXT),
    ("primary-800", "on-deep", TEXT),
    ("line-input", "surface", PART),
    ("line-input", "bg", PART),
    ("focus", "surface", PART),
    ("focus", "bg", PART),
    ("ok-fill", "surface", PART),
    ("brand", "surface", PART),
    ("bad-fill", "surface", PART),
    *((f"h{step}t", f"h{step}", TEXT) for step in range(5)),
    ("gold", "deep", PART),
]


def values(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+):\s*([^;]+);", block))


def theme(dark: bool) -> dict[str, str]:
    """Return every colour of one theme by name, dark laid over light."""
    light = values(TOKENS.split("@media (prefers-color-scheme")[0])
    manual = TOKENS.split(':root[data-theme="dark"]')[1]
    return {**light, **values(manual)} if dark else light


def rgb(colours: dict[str, str], name: str) -> list[float]:
    value = colours[name]
    while value.startswith("var("):
        value = colours[value[6:-1]]
    digits = value.removeprefix("#")
    if len(digits) == 3:
        digits = "".join(d * 2 for d in digits)
    return [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]


def luminance(colour: list[float]) -> float:
    linear = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def ratio(colours: dict[str, str], front: str, back: str) -> float:
    lights = sorted((luminance(rgb(colours, n)) for n in (front, back)), reverse=True)
    return (lights[0] + 0.05) / (lights[1] + 0.05)


def test_the_formula_gives_the_known_ends():
    colours = {"black": "#000", "white": "#ffffff", "same": "var(--black)"}

    assert ratio(colours, "black", "white") == pytest.approx(21)
    assert ratio(colours, "black", "same") == pytest.approx(1)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize(("front", "back", "least"), PAIRS)
def test_the_pair_can_be_read(front, back, least, dark):
    assert ratio(theme(dark), front, back) >= least
