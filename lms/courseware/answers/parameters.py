"""Numbers drawn for each attempt: `Angka: n = 2,5 sampai 4 langkah 0,5; m = 1 | 2`.

A formula `{{n * 25}}` may stand in any text of such a question. All values that may be
drawn are tried here, so that no learner meets one that cannot be counted.
"""

import keyword
import math
import re
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from decimal import Decimal
from itertools import product

from lms.courseware import expressions, marks
from lms.courseware.answers.numbers import Written, read_one
from lms.courseware.expressions import Formula, Uncountable
from lms.courseware.notes import Notes
from lms.courseware.numbers import written
from lms.courseware.parameters import SLOT
from lms.courseware.schema import Parameter

LABEL = "Angka"
EXAMPLE = "Angka: n = 1 sampai 10 langkah 1"
MAX_LINE = 10_000
MAX_PARAMETERS = 10
MAX_VALUES = 1_000  # of one parameter, and of all that one formula uses together
MAX_COUNTED = 20_000  # of one file
MAX_SLOTS = 100  # of one question
_NAMED = re.compile(r"(?P<name>[^=;|]*)=(?P<rest>.*)$")
_SPAN = re.compile(r"(?P<low>.+?) sampai (?P<high>.+?)(?: langkah (?P<step>.+))?")


@dataclass(frozen=True, slots=True)
class Slot:
    """A formula of an author, and where it stands."""

    text: str
    line: int
    column: int


def slots(lines: Sequence[tuple[int, str]]) -> list[Slot]:
    """Every formula in lines (number, text), but not those in code spans."""
    return [
        Slot(found.group("formula").strip(), number, found.start() + 1)
        for number, text in lines
        if "{{" in text
        for found in SLOT.finditer(marks.without_code(text))
    ]


def names_in(value: str) -> set[str]:
    """The names that an `Angka:` line gives, however wrong the rest of it is."""
    named = (_NAMED.match(piece) for piece in value.split(";"))
    return {match.group("name").strip() for match in named if match}


def check_many(found: Sequence[Slot], notes: Notes) -> None:
    if len(found) > MAX_SLOTS:
        slot = found[MAX_SLOTS]
        message = f"soal ini punya lebih dari {MAX_SLOTS} rumus"
        notes.error("C366", slot.line, slot.column, message, "sisakan yang perlu")


def read(value: str, line: int, column: int, notes: Notes) -> list[Parameter] | None:
    """The parameters of an `Angka:` line, or None after noting what is wrong."""
    before, found = notes.errors, []
    if len(value) > MAX_LINE:
        message = f'baris "{LABEL}:" lebih panjang dari {MAX_LINE} huruf'
        notes.error("C366", line, column, message, "sisakan yang perlu")
        return None
    names: set[str] = set()
    for piece in value.split(";"):
        at = column + len(piece) - len(piece.lstrip())
        column += len(piece) + 1
        parameter = _parameter(piece, Written(piece.strip(), line, at, "{}"), notes)
        if parameter and parameter.name in names:
            message = f'angka "{parameter.name}" ditulis dua kali'
            notes.error("C373", line, at, message, "hapus salah satu")
        elif parameter:
            names.add(parameter.name)
            found.append(parameter)
    if len(found) > MAX_PARAMETERS:
        message = f"lebih dari {MAX_PARAMETERS} angka"
        notes.error("C366", line, column, message, "sisakan yang perlu")
    return found if notes.errors == before else None


def _parameter(piece: str, place: Written, notes: Notes) -> Parameter | None:
    named = _NAMED.match(piece)
    name = named.group("name").strip() if named else ""
    if named is None or not expressions.NAME.fullmatch(name):
        message = f'bagian "{place.text}" pada baris "{LABEL}:" tidak terbaca'
        notes.error("C373", place.line, place.column, message, EXAMPLE)
        return None
    if name in expressions.FUNCTIONS or keyword.iskeyword(name):
        message = f'"{name}" tidak dapat menjadi nama angka'
        fix = f"{LABEL}: {name[0]} = {named.group('rest').strip()}"
        notes.error("C373", place.line, place.column, message, fix)
        return None
    rest = named.group("rest")
    shift = len(rest) - len(rest.lstrip()) + named.start("rest")
    column = place.column + shift - (len(piece) - len(piece.lstrip()))
    mending = f"{LABEL}: {name} = {{}}"
    text = Written(rest.strip(), place.line, column, mending, "1 | 2 | 5")
    if "|" in rest:
        return _listed(name, text, notes)
    return _stepped(name, text, notes)


def _listed(name: str, text: Written, notes: Notes) -> Parameter | None:
    values = [read_one(piece.strip(), text, notes) for piece in text.text.split("|")]
    found = tuple(value for value in values if value is not None)
    if len(found) < len(values):
        return None
    if len(set(found)) < len(found):
        message = f'angka "{name}" memuat nilai yang sama dua kali'
        notes.error("C373", text.line, text.column, message, "hapus salah satu")
        return None
    if len(found) > MAX_VALUES:
        message = f'angka "{name}" punya lebih dari {MAX_VALUES} nilai'
        notes.error("C369", text.line, text.column, message, "sisakan yang perlu")
        return None
    return Parameter(name, values=found)


def _stepped(name: str, text: Written, notes: Notes) -> Parameter | None:
    span = _SPAN.fullmatch(" ".join(text.text.split()))
    if span is None or span.group("step") is None:
        bare = text.text if span else f"{text.text or 1} sampai 10"
        message = f'angka "{name}" belum mengatakan nilai mana yang mungkin'
        fix = f"{LABEL}: {name} = {bare} langkah 1"
        notes.error("C373", text.line, text.column, message, fix)
        return None
    low, high, step = (
        read_one(span.group(end).strip(), text, notes)
        for end in ("low", "high", "step")
    )
    if low is None or high is None or step is None:
        return None
    if low >= high:
        message = "batas bawah harus lebih kecil dari batas atas"
        notes.error("C351", text.line, text.column, message, EXAMPLE)
    elif not 0 < step <= high - low:
        message = f'langkah "{span.group("step")}" tidak muat di antara kedua batas'
        notes.error("C373", text.line, text.column, message, EXAMPLE)
    elif (high - low) / step >= MAX_VALUES:
        message = f'angka "{name}" punya lebih dari {MAX_VALUES} nilai'
        notes.error("C369", text.line, text.column, message, "perbesar langkahnya")
    else:
        return Parameter(name, low, high, step)
    return None


def readable(found: Sequence[Slot], names: Set[str], notes: Notes) -> dict[str, Slot]:
    """The formulas that can be read, each once; what is wrong with others is noted."""
    good: dict[str, Slot] = {}
    for slot in found:
        try:
            formula = expressions.read(slot.text)
        except expressions.Unreadable as problem:
            unreadable(slot, problem, notes)
            continue
        lost = sorted(formula.names - names)
        if lost == [slot.text]:
            missing(slot, lost[0], notes)
        elif lost:
            unknown = ", ".join(lost)
            message = f'rumus "{slot.text}" memakai "{unknown}" yang tidak dikenal'
            fix = f"tambahkan namanya di baris {LABEL}:"
            notes.error("C354", slot.line, slot.column, message, fix)
        else:
            good.setdefault(slot.text, slot)
    return good


def check(found: Iterable[Slot], parameters: Sequence[Parameter], notes: Notes) -> None:
    """Note readable formulas that cannot be counted for a value that may come."""
    for slot in found:
        formula = expressions.read(slot.text)
        used = [p for p in parameters if p.name in formula.names]
        if not is_countable(formula, used, slot, notes):
            continue
        each = list(combinations(used))
        for values, number in zip(each, formula.counts(each), strict=True):
            if isinstance(number, Uncountable):
                message = (
                    f'rumus "{slot.text}" tidak dapat dihitung '
                    f"untuk {named(values)}: {number}"
                )
                fix = f'ubah rumusnya, atau baris "{LABEL}:"'
                notes.error("C368", slot.line, slot.column, message, fix)
                break


def unreadable(slot: Slot, problem: Exception, notes: Notes) -> None:
    message = f'rumus "{slot.text}" tidak terbaca: {problem}'
    fix = "contoh: {{n * 25}}"
    notes.error("C354", slot.line, slot.column, message, fix)


def missing(slot: Slot, name: str, notes: Notes) -> None:
    notes.error(
        "C353",
        slot.line,
        slot.column,
        f'{{{{{name}}}}} dipakai tetapi tidak ada di baris "{LABEL}:"',
        f"{LABEL}: {name or 'n'} = 1 sampai 10 langkah 1",
    )


def check_none(found: Sequence[Slot], notes: Notes) -> None:
    """Note formulas of a question that has no `Angka:` line.

    What cannot be one is left alone: a text may speak of `{{ … }}` of other programs.
    """
    for slot in found:
        try:
            names = sorted(expressions.read(slot.text).names)
        except expressions.Unreadable:
            names = [] if slot.text else [""]
        if names:
            missing(slot, names[0], notes)


def is_countable(
    formula: Formula,
    used: Sequence[Parameter],
    place: Slot | Written,
    notes: Notes,
) -> bool:
    """Say whether every value may be tried; too many are noted."""
    many = math.prod(len(parameter.possible) for parameter in used)
    notes.counted += min(many, MAX_VALUES)
    if many <= MAX_VALUES and notes.counted <= MAX_COUNTED:
        return True
    what, most = f'rumus "{formula.text}"', MAX_VALUES
    if many <= MAX_VALUES:
        what, most = "rumus-rumus di berkas ini", MAX_COUNTED
    message = f"{what} punya lebih dari {most} kemungkinan nilai"
    notes.error("C369", place.line, place.column, message, "perbesar langkahnya")
    return False


def combinations(parameters: Sequence[Parameter]) -> Iterator[dict[str, Decimal]]:
    """Every set of values that may be drawn."""
    names = [parameter.name for parameter in parameters]
    for values in product(*(parameter.possible for parameter in parameters)):
        yield dict(zip(names, values, strict=True))


def named(values: dict[str, Decimal]) -> str:
    """Values as authors read them: "n = 2,5 dan m = 1"."""
    texts = (f"{n} = {written(v).replace('.', ',')}" for n, v in values.items())
    return " dan ".join(texts) or "nilai mana pun"
