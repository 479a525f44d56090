"""A number: `Jawaban angka: 78,5 ± 0,5`, `± 2%`, `75 sampai 80`; `Satuan: hari`."""

import ast
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from lms.courseware.answers import short_text
from lms.courseware.answers.form import Answer, Form
from lms.courseware.notes import Notes
from lms.courseware.numbers import is_foreign, read_strict
from lms.courseware.schema import NumberKey

LABEL = "Jawaban angka"
PARAMETERS = "Angka"
EXAMPLE = "contoh: Jawaban angka: 78,5 ± 0,5"
_TOLERANCE = re.compile(r"\s*(?:±|\+\s*/?\s*-)\s*")
_RANGE = re.compile(r"\s+(?:sampai|s\.d\.|s/d|hingga)\s+")
_SLOT = re.compile(r"\{\{(?P<formula>[^{}\n]{0,200})\}\}")
_PARAMETER = re.compile(r"(?:^|;)\s*([A-Za-z]\w*)\s*=")
_FUNCTIONS = {"min", "max", "round", "abs", "sqrt"}


@dataclass(frozen=True, slots=True)
class Written:
    """A number as an author wrote it, and where.

    mending  how a corrected one is shown: "Jawaban angka: {}"
    """

    text: str
    line: int
    column: int
    mending: str = LABEL + ": {}"

    def mended(self, text: str) -> str:
        return self.mending.format(text)

    @property
    def example(self) -> str:
        return "contoh: " + self.mended("78,5 ± 0,5")


def read(answer: Answer, notes: Notes) -> dict[str, Any] | None:
    unit = answer.labels.get("Satuan", ("", 0, 0))[0]
    if not answer.is_keyed:
        is_open = short_text.no_answer(answer, LABEL, notes)
        return {"kind": "numeric", "unit": unit} if is_open else None
    if "{{" in answer.value:
        return None  # `check_parameters` says what is missing
    key = interval(Written(answer.value, answer.line, answer.column), notes)
    if key is None:
        return None
    return {"kind": "numeric", "number": NumberKey(*key), "unit": unit}


def interval(written: Written, notes: Notes) -> tuple[Decimal, Decimal] | None:
    """The ends of what counts as right, or None after noting what is wrong."""
    tolerance = _TOLERANCE.split(written.text)
    span = _RANGE.split(written.text)
    if len(span) == 2:
        return _span(span[0], span[1], written, notes)
    if len(tolerance) <= 2 and tolerance[0]:
        return _around(tolerance[0], tolerance[1:], written, notes)
    return _not_a_number(written.text, written, notes)


def _span(
    first: str, last: str, written: Written, notes: Notes
) -> tuple[Decimal, Decimal] | None:
    low, high = number(first, written, notes), number(last, written, notes)
    if low is None or high is None:
        return None
    if low >= high:
        notes.error(
            "C351",
            written.line,
            written.column,
            "batas bawah harus lebih kecil dari batas atas",
            written.mended(f"{last.strip()} sampai {first.strip()}")
            if low > high
            else written.example,
        )
        return None
    return low, high


def _around(
    middle: str, width: list[str], written: Written, notes: Notes
) -> tuple[Decimal, Decimal] | None:
    value = number(middle, written, notes)
    if not width:
        return None if value is None else (value, value)
    percent = width[0].endswith("%")
    part = number(width[0].removesuffix("%"), written, notes)
    if value is None or part is None:
        return None
    if part < 0:
        return _not_a_number(width[0], written, notes)
    reach = abs(value) * part / 100 if percent else part
    return value - reach, value + reach


def number(text: str, written: Written, notes: Notes) -> Decimal | None:
    """One number of what was written, or None after noting that it is none."""
    value = read_strict(text)
    if value is not None:
        return value
    if not is_foreign(text):
        return _not_a_number(text.strip(), written, notes)
    right = text.strip().replace(".", ",")
    notes.error(
        "C352",
        written.line,
        written.column + max(written.text.find(text.strip()), 0),
        f'"{text.strip()}" bukan angka Indonesia; tanda desimal adalah koma',
        written.mended(written.text.replace(text.strip(), right)),
    )
    return None


def _not_a_number(text: str, written: Written, notes: Notes) -> None:
    at = written.text.find(text) if text else 0
    message = f'"{text}" bukan angka'
    notes.error(
        "C350", written.line, written.column + max(at, 0), message, written.example
    )


def check_parameters(
    lines: list[tuple[int, str]], parameters: str | None, notes: Notes
) -> None:
    """Note every {{formula}} that uses a name the `Angka:` line does not give.

    lines       (number, text without code spans) of the whole question
    parameters  value of its `Angka:` line; None when there is none
    """
    known = set(_PARAMETER.findall(parameters or "")) | _FUNCTIONS
    for number, text in lines:
        for slot in _SLOT.finditer(text):
            formula, column = slot.group("formula").strip(), slot.start() + 1
            names = _names(formula)
            if names is None or (formula and not names - known and parameters):
                continue
            lost = sorted(names - known)
            if lost == [formula] or not parameters:
                name = lost[0] if lost else formula
                notes.error(
                    "C353",
                    number,
                    column,
                    f'{{{{{name}}}}} dipakai tetapi tidak ada di baris "Angka:"',
                    f"Angka: {name or 'n'} = 1 sampai 10 langkah 1",
                )
            else:
                notes.error(
                    "C354",
                    number,
                    column,
                    f'rumus "{formula}" memakai "{", ".join(lost)}" yang tidak dikenal',
                    f"tambahkan namanya di baris {PARAMETERS}:",
                )


def _names(formula: str) -> set[str] | None:
    """Names in a formula; None when it cannot be one."""
    try:
        tree = ast.parse(formula[:200] or "0", mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}


FORM = Form("angka", LABEL, read)
