"""A translation gives texts to what the base file says; it never has a key of its own.

Base and translation are walked side by side, and every text of the base is told its
translation. Whatever is then made of the base (fragments, bodies, numbers, keys) is
made as always, with other texts in it: a new kind of item or question only names its
texts in `TEXTS`.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, is_dataclass, replace
from typing import Any

from lms.courseware import holes, marks, parameters
from lms.courseware.schema import Computed, GapText, Module, Prose, Question, Said

# By class: fields that hold texts, or parts that do. Other fields are the base's.
TEXTS: dict[str, tuple[str, ...]] = {
    "Module": ("title", "objectives"),  # its prose: see _prose
    "Quiz": ("title", "intro"),
    "Bank": ("title",),
    "Question": (
        "stem",
        "options",
        "hints",
        "explanation",
        "if_right",
        "if_wrong",
        "unit",
        "number",
        "asks",
    ),
    "Option": ("text", "feedback"),
    "NumberKey": ("unit",),
    "Pairs": ("pairs", "extra"),
    "Steps": ("steps",),
    "GapText": ("gaps",),  # its pieces: see _holes
    "Gap": ("choices",),
    "Essay": ("rubric",),
    "Upload": ("rubric",),
    "Scale": ("labels", "statements"),
    "Criterion": ("title", "levels"),
    "Level": ("text",),
    "Simulation": ("title", "intro", "scenes"),
    "Scene": ("title", "text", "choices"),
    "Choice": ("text", "feedback"),
    "Task": ("title", "text", "rubric"),
    "Survey": ("title", "intro"),
}
# Compared, never taken over: what tells the right answer, or what belongs together.
KEYS: dict[str, tuple[str, ...]] = {
    "Question": ("truth", "exact_case"),
    "Option": ("credit",),
    "NumberKey": ("low", "high"),
    "Gap": ("low", "high"),
    "Computed": ("low", "high", "tolerance", "percent"),
    "Criterion": ("code", "weight"),
    "Level": ("value",),
    "Scene": ("code", "ending"),
    "Choice": ("to", "points"),
}
# Spellings accepted from learners: a translation may leave some out, never add one.
SPELLINGS = ("accepted",)
_HEADING = re.compile(r" {0,3}(#{2,6})\s")
FINGERPRINT = 16  # hex digits that a person still copies


@dataclass(slots=True)
class Comparison:
    """What came of walking a base and its translation side by side.

    texts   text of the base -> what the translation says
    missing what the base says and the translation does not, in words of the schema
    uneven  parts whose number or form differs
    keys    parts whose marks differ
    """

    texts: dict[str, Said] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    uneven: list[str] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)


def fingerprint(text: str) -> str:
    """Return the fingerprint of a base file, as its translations quote it (`sumber`).

    Blanks at the ends of lines and of the file, a byte order mark and the kind of line
    ends do not count.
    """
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    plain = "\n".join(line.rstrip() for line in lines.split("\n")).strip("\n")
    return hashlib.sha256(plain.encode()).hexdigest()[:FINGERPRINT]


def compare(base: Any, other: Any) -> Comparison:
    """Walk an item or a question of the base and its translation side by side."""
    found = Comparison()
    line = getattr(other, "line", 1)
    _walk(base, other, type(base).__name__, line, found)
    if isinstance(base, Module) and isinstance(other, Module):
        _prose(base, other, found)
    if isinstance(base, Question) and not found.uneven:
        _holes(base, other, found)
    return found


def heading_levels(module: Module) -> list[int]:
    """Return the levels of the headings of a lesson's prose, in reading order."""
    lines = [
        line
        for segment in module.segments
        if isinstance(segment, Prose)
        for line in segment.text.split("\n")
    ]
    inside, _opened = marks.in_code(tuple(lines))
    return [
        len(found[1])
        for line, is_code in zip(lines, inside, strict=True)
        if not is_code and (found := _HEADING.match(line))
    ]


def _walk(base: Any, other: Any, name: str, line: int, found: Comparison) -> None:
    if isinstance(base, str) or isinstance(other, str):
        _text(base, other, name, line, found)
    elif isinstance(base, tuple) and isinstance(other, tuple):
        if len(base) != len(other):
            (found.uneven if other else found.missing).append(name)
            return
        for one, its in zip(base, other, strict=True):
            _walk(one, its, name, line, found)
    elif type(base) is not type(other):
        found.uneven.append(name)
    elif is_dataclass(base):
        kind = type(base).__name__
        _compare_keys(base, other, kind, found)
        for part in TEXTS.get(kind, ()):
            if hasattr(base, part):
                mine, its = getattr(base, part), getattr(other, part)
                _walk(mine, its, part, line, found)


def _text(base: Any, other: Any, name: str, line: int, found: Comparison) -> None:
    if not isinstance(base, str) or not isinstance(other, str):
        found.uneven.append(name)
    elif base.strip() and not other.strip():
        found.missing.append(name)
    elif other.strip() and not base.strip():
        found.uneven.append(name)
    elif base:
        found.texts.setdefault(base, Said(other, line))


def _compare_keys(base: Any, other: Any, kind: str, found: Comparison) -> None:
    if isinstance(base, Question) and base.kind != other.kind:
        found.uneven.append("kind")
    if getattr(base, "shape", "") != getattr(other, "shape", ""):
        found.uneven.append("shape")
    if any(getattr(base, k) != getattr(other, k) for k in KEYS.get(kind, ())):
        found.keys.append(kind)
    for name in SPELLINGS:
        if set(getattr(other, name, ())) - set(getattr(base, name, ())):
            found.keys.append(name)


def _holes(base: Question, other: Question, found: Comparison) -> None:
    """Pair texts with gaps, and with numbers drawn later, as they are converted.

    The translation gets the tokens of the base, which are looked for when it comes
    back. Formulas stand in the order of the base: each is known by its place alone.
    """
    if isinstance(base.asks, GapText) and isinstance(other.asks, GapText):
        mine, its = base.asks.pieces, other.asks.pieces
        text = holes.join(its, like=mine)
        found.texts[holes.join(mine)] = Said(text, other.line)
    if not isinstance(base.asks, Computed):
        return
    for text, said in list(found.texts.items()):
        wanted, there = (parameters.slots(one) for one in (text, said.text))
        if [_formula(one) for one in wanted] != [_formula(one) for one in there]:
            found.uneven.append("formulas")
        elif wanted:
            mine, its = parameters.pieces(text), parameters.pieces(said.text)
            masked = holes.join(its, digits=True, like=mine)
            found.texts[parameters.mask(text)] = replace(said, text=masked)


def _formula(slot: re.Match[str]) -> str:
    return "".join(slot.group("formula").split())


def _prose(base: Module, other: Module, found: Comparison) -> None:
    """Pair the prose between checks; a check that is not translated joins its sides."""
    known = {check.code for check in other.checks}
    theirs = dict(_stretches(other, known))
    for code, parts in _stretches(base, known):
        said = theirs.get(code, [])
        if len(said) > 1 and len(said) != len(parts):
            said = [Prose("\n\n".join(part.text for part in said), said[0].line)]
        if parts and not said:
            found.missing.append("prose")
        elif said and not parts:
            found.uneven.append("prose")
        line = said[0].line if said else 1
        for n, part in enumerate(parts):
            its = said[n] if n < len(said) else Prose("", line)
            found.texts[part.text] = Said(its.text, its.line)


def _stretches(module: Module, known: set[str]) -> Iterator[tuple[str, list[Prose]]]:
    """Yield the prose after each known check; "" = before the first."""
    code, parts = "", []
    for segment in module.segments:
        if isinstance(segment, Prose):
            if segment.text.strip():
                parts.append(segment)
        elif segment.code in known:
            yield code, parts
            code, parts = segment.code, []
    yield code, parts
