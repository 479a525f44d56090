"""A number: `Jawaban angka: 78,5 ± 0,5`, `± 2%`, `75 sampai 80`; `Satuan: hari`.

Any of its numbers but the tolerance may be a formula of drawn ones: `{{n * 25}} ± 0,1`.
"""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from lms.courseware import expressions
from lms.courseware.answers import parameters, short_text
from lms.courseware.answers.form import Answer, Form
from lms.courseware.answers.numbers import Written, not_a_number, read_one
from lms.courseware.expressions import Uncountable
from lms.courseware.notes import Notes
from lms.courseware.numbers import written
from lms.courseware.parameters import SLOT
from lms.courseware.schema import Computed, NumberKey

LABEL = "Jawaban angka"
EXAMPLE = "contoh: Jawaban angka: 78,5 ± 0,5"
MAX_LENGTH = 1_000
MOST_PLACES = 6  # decimals that somebody can be asked to type
_TOLERANCE = re.compile(r"\s*(?:±|\+\s*/?\s*-)\s*")
_RANGE = re.compile(r"\s+(?:sampai|s\.d\.|s/d|hingga)\s+")


def read(answer: Answer, notes: Notes) -> dict[str, Any] | None:
    unit = answer.labels.get("Satuan", ("", 0, 0))[0]
    if not answer.is_keyed:
        is_open = short_text.no_answer(answer, LABEL, notes)
        return {"kind": "numeric", "unit": unit} if is_open else None
    text = Written(answer.value, answer.line, answer.column, LABEL + ": {}")
    if "{{" in answer.value:
        asks = _computed(text, answer.parameters, notes)
        return {"kind": "numeric", "asks": asks, "unit": unit} if asks else None
    key = interval(text, notes)
    if key is None:
        return None
    return {"kind": "numeric", "number": NumberKey(*key), "unit": unit}


def interval(text: Written, notes: Notes) -> tuple[Decimal, Decimal] | None:
    """The ends of what counts as right, or None after noting what is wrong."""
    if len(text.text) > MAX_LENGTH:
        return not_a_number(text.text, text, notes)
    tolerance = _TOLERANCE.split(text.text)
    span = _RANGE.split(text.text)
    if len(span) == 2:
        return _span(span[0], span[1], text, notes)
    if len(tolerance) <= 2 and tolerance[0]:
        return _around(tolerance[0], tolerance[1:], text, notes)
    return not_a_number(text.text, text, notes)


def _span(
    first: str, last: str, text: Written, notes: Notes
) -> tuple[Decimal, Decimal] | None:
    low, high = read_one(first, text, notes), read_one(last, text, notes)
    if low is None or high is None:
        return None
    if low >= high:
        turned = text.mended(f"{last.strip()} sampai {first.strip()}")
        _wrong_way(text, "", turned if low > high else text.example, notes)
        return None
    return low, high


def _wrong_way(text: Written, when: str, fix: str, notes: Notes) -> None:
    message = f"batas bawah harus lebih kecil dari batas atas{when}"
    notes.error("C351", text.line, text.column, message, fix)


def _around(
    middle: str, width: list[str], text: Written, notes: Notes
) -> tuple[Decimal, Decimal] | None:
    value = read_one(middle, text, notes)
    if not width:
        return None if value is None else (value, value)
    part = _tolerance(width[0], text, notes)
    if value is None or part is None:
        return None
    percent = width[0].endswith("%")
    reach = abs(value) * part / 100 if percent else part
    return value - reach, value + reach


def _tolerance(width: str, text: Written, notes: Notes) -> Decimal | None:
    part = read_one(width.removesuffix("%"), text, notes)
    if part is None or part >= 0:
        return part
    return not_a_number(width, text, notes)


def _computed(
    text: Written, known: Sequence[parameters.Parameter] | None, notes: Notes
) -> Computed | None:
    """An answer that depends on drawn numbers, or None after noting what is wrong.

    known  None = something is wrong with them, which was noted where it stands
    """
    before = notes.errors
    if len(text.text) > MAX_LENGTH:
        return not_a_number(text.text, text, notes)
    # Formulas may hold the signs at which the answer is cut.
    hidden = SLOT.sub(lambda m: "\0" * len(m.group()), text.text)
    span, tolerance = list(_RANGE.finditer(hidden)), list(_TOLERANCE.finditer(hidden))
    cut = span or tolerance
    if len(cut) > 1 or (span and tolerance):
        return not_a_number(text.text, text, notes)
    first = text.text[: cut[0].start()] if cut else text.text
    last = text.text[cut[0].end() :] if cut else ""
    low = _formula(first, text, notes)
    high = _formula(last, text, notes) if span else low
    width = _tolerance(last, text, notes) if tolerance else Decimal(0)
    if known is None or low is None or high is None or width is None:
        return None
    percent = bool(tolerance) and last.endswith("%")
    asks = Computed(tuple(known), low, high, width, percent)
    _check_values(asks, text, bool(span), notes)
    return asks if notes.errors == before else None


def _formula(text: str, whole: Written, notes: Notes) -> str | None:
    """A formula, or a plain number as one."""
    slot = SLOT.fullmatch(text.strip())
    if slot:
        return slot.group("formula").strip()
    number = read_one(text, whole, notes)
    return None if number is None else written(number)


def _check_values(asks: Computed, text: Written, is_span: bool, notes: Notes) -> None:
    """Note values for which no learner could type a right answer."""
    low, high = expressions.read(asks.low), expressions.read(asks.high)
    names = low.names | high.names
    used = [p for p in asks.parameters if p.name in names]
    if not parameters.is_countable(low, used, text, notes):
        return
    each = list(parameters.combinations(used))
    lows = low.counts(each)
    highs = high.counts(each) if is_span else lows
    for values, least, most in zip(each, lows, highs, strict=True):
        if isinstance(least, Uncountable) or isinstance(most, Uncountable):
            return  # said at the formula
        if is_span and least >= most:
            when = f" (untuk {parameters.named(values)})"
            _wrong_way(text, when, "ubah rumusnya", notes)
            return
        if not is_span and not asks.tolerance and _places(least) > MOST_PLACES:
            message = (
                f"jawaban untuk {parameters.named(values)} tidak dapat diketik tepat; "
                "beri toleransi"
            )
            fix = text.mended(f"{text.text} ± 0,01")
            notes.error("C372", text.line, text.column, message, fix)
            return


def _places(number: Decimal) -> int:
    return len(written(number).partition(".")[2])


FORM = Form("angka", LABEL, read)
