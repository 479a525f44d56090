"""Formulas of numbers that are drawn: parsed by a whitelist, counted in decimals.

Numbers, names, `+ - * / ** ( )`, and min, max, round, abs, sqrt. Nothing is evaluated
that is not one of these, no number grows beyond fifteen digits, and powers are small,
so no formula can take long.
"""

import ast
import decimal
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

FUNCTIONS = ("min", "max", "round", "abs", "sqrt")
LARGEST = Decimal(10) ** 15
MAX_LENGTH = 200
MAX_PARTS = 60
MAX_POWER = 30
MAX_PLACES = 10
NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,19}", re.ASCII)
_PART = re.compile(
    r"\s+|(?P<name>[A-Za-z][A-Za-z0-9_]*)|(?P<number>[0-9]+(?:\.[0-9]+)?)(?![\w.])"
    r"|\*\*|[-+*/(),]",
    re.ASCII,
)
_MEANT = {
    "^": 'pangkat ditulis "**"',
    "×": 'kali ditulis "*"',
    "·": 'kali ditulis "*"',
    "÷": 'bagi ditulis "/"',
    ":": 'bagi ditulis "/"',
    "−": 'kurang ditulis "-"',
    "–": 'kurang ditulis "-"',
    "[": "pakai tanda kurung ( dan )",
    "√": 'akar ditulis "sqrt(…)"',
}
COMMA = "di dalam {{ }} tanda desimal adalah titik, bukan koma"
_CONTEXT = decimal.Context(
    prec=28,
    rounding=decimal.ROUND_HALF_EVEN,
    Emin=-99,
    Emax=99,
    traps=[decimal.InvalidOperation, decimal.DivisionByZero, decimal.Overflow],
)

Values = Mapping[str, Decimal]
Step = Callable[[Values], Decimal]


class Unreadable(ValueError):
    """No formula; the text says what is wrong, in Indonesian."""


class Uncountable(ArithmeticError):
    """No number for these values; the text says why, in Indonesian."""


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula that was read; `names` of the parameters it uses."""

    text: str
    names: frozenset[str]
    step: Step

    def count(self, values: Values) -> Decimal:
        """The number for these values. Raises Uncountable."""
        with decimal.localcontext(_CONTEXT):
            return self._count(values)

    def counts(self, each: Iterable[Values]) -> list[Decimal | Uncountable]:
        """The number, or why there is none, for each of many values."""
        with decimal.localcontext(_CONTEXT):
            return [self._try(values) for values in each]

    def _try(self, values: Values) -> Decimal | Uncountable:
        try:
            return self._count(values)
        except Uncountable as failure:
            return failure

    def _count(self, values: Values) -> Decimal:
        try:
            return _bounded(self.step(values))
        except decimal.Overflow:
            raise Uncountable("hasilnya terlalu besar") from None
        except decimal.DecimalException:
            raise Uncountable("hasilnya bukan angka") from None


@lru_cache(maxsize=4096)
def read(text: str) -> Formula:
    """Read a formula as it stands inside `{{ }}`. Raises Unreadable."""
    text = text.strip()
    names = _check_parts(text)
    try:
        tree = ast.parse(text, mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise Unreadable("susunannya tidak terbaca") from None
    step = _step(tree.body, text)
    return Formula(text, frozenset(names - set(FUNCTIONS)), step)


def _check_parts(text: str) -> set[str]:
    """The names in a text that holds nothing but parts of formulas."""
    if not text:
        raise Unreadable("rumusnya kosong")
    if len(text) > MAX_LENGTH:
        raise Unreadable(f"lebih panjang dari {MAX_LENGTH} huruf")
    names: set[str] = set()
    at = parts = 0
    while at < len(text):
        part = _PART.match(text, at)
        if part is None:
            sign = text[at]
            raise Unreadable(_MEANT.get(sign, f'tanda "{sign}" tidak dikenal'))
        if part.group("name"):
            names.add(part.group("name"))
        parts += 1
        at = part.end()
    if parts > MAX_PARTS:
        raise Unreadable("terlalu panjang")
    return names


def _step(node: ast.expr, text: str) -> Step:
    match node:
        case ast.Constant(value=int() | float() as value) if not isinstance(
            value, bool
        ):
            number = Decimal(text[node.col_offset : node.end_col_offset])
            return lambda _values: number
        case ast.Name(id=name):
            if name in FUNCTIONS:
                raise Unreadable(f'sesudah "{name}" harus ada tanda kurung')
            return lambda values: values[name]
        case ast.UnaryOp(op=ast.USub(), operand=inner):
            one = _step(inner, text)
            return lambda values: -one(values)
        case ast.UnaryOp(op=ast.UAdd(), operand=inner):
            return _step(inner, text)
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _SIGNS:
            first, second = _step(left, text), _step(right, text)
            work = _SIGNS[type(op)]
            return lambda values: work(first(values), second(values))
        case ast.Call(func=ast.Name(id=name), args=args, keywords=[]):
            return _call(name, [_step(arg, text) for arg in args])
        case ast.Tuple():
            raise Unreadable(COMMA)
    raise Unreadable("susunannya tidak terbaca")


def _call(name: str, args: list[Step]) -> Step:
    work, least, most = _FUNCTIONS.get(name, (None, 0, 0))
    if work is None:
        known = ", ".join(FUNCTIONS)
        raise Unreadable(f'fungsi "{name}" tidak dikenal; pilihan: {known}')
    if not least <= len(args) <= most:
        wanted = f"{least}" if least == most else f"{least} sampai {most}"
        raise Unreadable(f'"{name}" perlu {wanted} angka di dalam kurungnya')
    return lambda values: work(*(arg(values) for arg in args))


def _bounded(number: Decimal) -> Decimal:
    if not number.is_finite() or abs(number) >= LARGEST:
        raise Uncountable("hasilnya terlalu besar")
    return number


def _power(base: Decimal, power: Decimal) -> Decimal:
    if abs(power) > MAX_POWER:
        raise Uncountable(f"pangkatnya lebih dari {MAX_POWER}")
    if base < 0 and power != power.to_integral_value():
        raise Uncountable("akar dari bilangan negatif")
    if not base and power < 0:
        raise Uncountable("pembagian dengan nol")
    return _bounded(base**power)


def _divide(first: Decimal, second: Decimal) -> Decimal:
    if not second:
        raise Uncountable("pembagian dengan nol")
    return first / second


def _root(number: Decimal) -> Decimal:
    if number < 0:
        raise Uncountable("akar dari bilangan negatif")
    return number.sqrt()


def _round(number: Decimal, places: Decimal = Decimal(0)) -> Decimal:
    """Half is rounded up, as it is taught, away from zero."""
    if places != places.to_integral_value() or not 0 <= places <= MAX_PLACES:
        raise Uncountable(f"angka desimal round harus 0 sampai {MAX_PLACES}")
    step = Decimal(1).scaleb(-int(places))
    return _bounded(number).quantize(step, rounding=ROUND_HALF_UP)


_SIGNS: dict[type, Callable[[Decimal, Decimal], Decimal]] = {
    ast.Add: lambda first, second: _bounded(first + second),
    ast.Sub: lambda first, second: _bounded(first - second),
    ast.Mult: lambda first, second: _bounded(first * second),
    ast.Div: _divide,
    ast.Pow: _power,
}
_FUNCTIONS: dict[str, tuple[Callable[..., Decimal], int, int]] = {
    "min": (min, 2, 10),
    "max": (max, 2, 10),
    "round": (_round, 1, 2),
    "abs": (abs, 1, 1),
    "sqrt": (_root, 1, 1),
}
