"""The English interface is complete."""

import re
from functools import cache
from pathlib import Path

from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

import lms

ROOT = Path(lms.__file__).parent
CONFIG = ROOT.parent / ".babel.cfg"  # as `make texts` reads it
KEYWORDS = {
    "_": None,
    "gettext": None,
    "N_": None,
    "ngettext": (1, 2),
    "lazy_gettext": None,
}
PLACES = re.compile(r"%\((\w+)\)[sd]")


@cache
def source_texts() -> set[str]:
    """Return every Indonesian text of code and templates (a plural's singular)."""
    with CONFIG.open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)
    found = extract_from_dir(ROOT, methods, options, KEYWORDS)
    return {text[0] if isinstance(text, tuple) else text for _, _, text, _, _ in found}


def english() -> dict[str, object]:
    with (ROOT / "translations" / "en" / "LC_MESSAGES" / "messages.po").open(
        "rb"
    ) as po:
        entries = [e for e in read_po(po) if e.id]
    assert not [e.id for e in entries if e.fuzzy]
    return {e.id if isinstance(e.id, str) else e.id[0]: e.string for e in entries}


def test_every_text_has_its_english():
    known = english()
    missing = sorted(t for t in source_texts() if t and not all(known.get(t) or [""]))

    assert missing == []


def test_no_english_text_is_left_over():
    assert sorted(english().keys() - source_texts()) == []


def test_translations_keep_the_places():
    wrong = [
        source
        for source, text in english().items()
        if set(PLACES.findall(source))
        != set(PLACES.findall(text if isinstance(text, str) else text[-1]))
    ]
    assert wrong == []
