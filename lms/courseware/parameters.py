"""Numbers that are drawn anew for each attempt: drawing them, and showing them.

A body holds `"parameters": {"n": {"low": "2.50", "high": "4.00", "step": "0.05"}}` or
`{"values": ["1", "2", "5"]}`; an attempt keeps what was drawn once, as Indonesian text:
`{"n": "2,75"}`. Texts hold a mark for every `{{formula}}`; `fill` puts the number in.
"""

import re
from bisect import bisect
from collections.abc import Iterable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from itertools import accumulate
from random import Random
from typing import Any

from lms.courseware import expressions, holes, marks
from lms.courseware.numbers import read_strict, written
from lms.courseware.schema import Parameter

SLOT = re.compile(r"\{\{(?P<formula>[^{}\n]{0,200})\}\}")
SHOWN_PLACES = 6  # decimals of a computed number in a text
GROUPED_FROM = 10_000  # a year has no dot, a sum of money has
_MARK = re.compile(r"<!--angka ([^<>]*)-->")  # only the renderer can write comments

Values = Mapping[str, str]


def draw(parameters: Mapping[str, Mapping[str, Any]], chance: Random) -> dict[str, str]:
    """Draw a value for each parameter of a body; what is kept is never drawn again."""
    drawn = {}
    for name, about in parameters.items():
        if "values" in about:
            value = Decimal(chance.choice(about["values"]))
        else:
            low, high, step = (Decimal(about[end]) for end in ("low", "high", "step"))
            value = low + step * chance.randrange(int((high - low) / step) + 1)
        drawn[name] = _plain(value).replace(".", ",")
    return drawn


def read(values: Values) -> dict[str, Decimal]:
    """The drawn values as numbers. Raises ValueError for what was not drawn by us."""
    numbers = {name: read_strict(text) for name, text in values.items()}
    if None in numbers.values():
        raise ValueError("no drawn values")
    return numbers


def fill(html: str, values: Values, language: str = "id") -> str:
    """HTML of such a question with the numbers of an attempt in their places."""
    if "<!--angka " not in html:
        return html
    numbers = read(values)

    def shown(mark: re.Match[str]) -> str:
        formula = mark.group(1)
        if formula in values:
            return show(values[formula], language)
        number = expressions.read(formula).count(numbers)
        return show(written(_rounded(number)).replace(".", ","), language)

    return _MARK.sub(shown, html)


def show(text: str, language: str = "id") -> str:
    """A number in Indonesian as it is read in a language: 12500,5 as 12.500,5."""
    whole, _comma, decimals = text.partition(",")
    sign, digits = ("-", whole[1:]) if whole[:1] == "-" else ("", whole)
    group, point = (",", ".") if language == "en" else (".", ",")
    if digits and int(digits) >= GROUPED_FROM:
        digits = f"{int(digits):,}".replace(",", group)
    return sign + digits + (point + decimals if decimals else "")


def _rounded(number: Decimal) -> Decimal:
    step = Decimal(1).scaleb(-SHOWN_PLACES)
    return number.quantize(step, rounding=ROUND_HALF_UP) + 0  # never "-0"


def _plain(number: Decimal) -> str:
    """A number with all its decimals and without an exponent: "0.0000001", "2.50"."""
    return format(number, "f")


def body(parameters: Iterable[Parameter]) -> dict[str, dict[str, Any]]:
    """The parameters as stored, with as many decimals as their author wrote."""
    return {
        parameter.name: {"values": [_plain(value) for value in parameter.values]}
        if parameter.values
        else {
            "low": _plain(parameter.low),
            "high": _plain(parameter.high),
            "step": _plain(parameter.step),
        }
        for parameter in parameters
    }


def slots(text: str) -> list[re.Match[str]]:
    """Every `{{formula}}` of a text, but not those in code."""
    if "{{" not in text:
        return []
    lines = text.split("\n")
    inside, _opened = marks.in_code(lines)
    starts = [0, *accumulate(len(line) + 1 for line in lines)]
    return [
        slot
        for slot in SLOT.finditer(marks.without_code(text))
        if not inside[bisect(starts, slot.start()) - 1]
    ]


def pieces(text: str) -> list[str]:
    """The text around its formulas."""
    found, at = [], 0
    for slot in slots(text):
        found.append(text[at : slot.start()])
        at = slot.end()
    return [*found, text[at:]]


def mask(text: str) -> str:
    """The text as it may be converted, with a token in the place of each formula."""
    return holes.join(pieces(text), digits=True)


def unmask(html: str, text: str) -> str:
    """The converted text with marks in the place of tokens. Raises holes.Lost.

    text  as it was given to `mask`
    """
    around: Sequence[str] = pieces(text)
    if len(around) == 1:
        return html
    formulas = [slot.group("formula").strip() for slot in slots(text)]
    first, *rest = holes.split(html, around, digits=True)
    marked = zip(formulas, rest, strict=True)
    return first + "".join(
        f"<!--angka {formula}-->{piece}" for formula, piece in marked
    )
