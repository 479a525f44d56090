"""Cloze: fields and menus inside the text.

answer  {"1": "maklumat", "2": "14", "3": 2}  gap -> text, number as typed in
        Indonesian, or number of the option; left out = still open
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from lms.courseware import grading
from lms.courseware.numbers import read_number, written
from lms.courseware.scoring import cloze as scoring

from . import places, words
from .mistakes import AnswerUnreadable, GapNotANumber, GapTooLong

if TYPE_CHECKING:
    from . import Asked


@dataclass(frozen=True, slots=True)
class Gap:
    """One gap as shown, from 1, and the text that stands before it.

    typed    what stands in the field
    options  of a menu, in the order shown; `chosen` is the place, None = open
    """

    number: int
    before_html: str
    shape: str
    typed: str = ""
    options: tuple[str, ...] = ()
    chosen: int | None = None
    is_wrong: bool = False


@dataclass(frozen=True, slots=True)
class Cloze:
    gaps: tuple[Gap, ...]
    rest_html: str
    longest: int = grading.MAX_TEXT


@dataclass(frozen=True, slots=True)
class Filled:
    """One gap as answered. `mark` is right, wrong or open."""

    number: int
    before_html: str
    given: str
    right: str
    mark: str


@dataclass(frozen=True, slots=True)
class FilledText:
    gaps: tuple[Filled, ...]
    rest_html: str


def show(asked: "Asked", answer: Any, sent: Sequence[str] | None) -> Cloze:
    given = answer if isinstance(answer, dict) else {}
    pieces = asked.body["pieces"]
    gaps = tuple(
        _shown(gap, pieces[at], given.get(str(gap["number"])), asked.language)
        if sent is None or len(sent) != len(asked.body["gaps"])
        else _as_sent(gap, pieces[at], sent[at], asked.language)
        for at, gap in enumerate(asked.body["gaps"])
    )
    return Cloze(gaps, pieces[-1])


def read(asked: "Asked", sent: Sequence[str]) -> dict[str, Any] | None:
    gaps = asked.body["gaps"]
    if not sent:
        return None
    if len(sent) != len(gaps):
        raise AnswerUnreadable
    found = {
        str(gap["number"]): _read(gap, value, asked.language)
        for gap, value in zip(gaps, sent, strict=True)
        if value.strip()
    }
    return found or None


def tell(asked: "Asked", key: Mapping[str, Any], answer: Any) -> FilledText:
    given = answer if isinstance(answer, dict) else {}
    pieces = asked.body["pieces"]
    gaps = tuple(
        _filled(gap, pieces[at], key["gaps"][at], given.get(str(gap["number"])), asked)
        for at, gap in enumerate(asked.body["gaps"])
    )
    return FilledText(gaps, pieces[-1])


def _shown(gap: Mapping[str, Any], before: str, value: Any, language: str) -> Gap:
    if gap["shape"] != "choice":
        return Gap(gap["number"], before, gap["shape"], _said(gap, value, language))
    numbers = [option["number"] for option in gap["options"]]
    return Gap(
        gap["number"],
        before,
        "choice",
        options=tuple(option["text"] for option in gap["options"]),
        chosen=numbers.index(value) if value in numbers else None,
    )


def _as_sent(gap: Mapping[str, Any], before: str, value: str, language: str) -> Gap:
    """Show what came, with a mark where it could not be read."""
    if gap["shape"] == "choice":
        held = None
        if places.PLACE.fullmatch(value) and int(value) < len(gap["options"]):
            held = gap["options"][int(value)]["number"]
        return _shown(gap, before, held, language)
    is_number = gap["shape"] == "number"
    is_wrong = bool(
        is_number and value.strip() and read_number(value, language) is None
    )
    typed = value[: grading.MAX_TEXT]
    return Gap(gap["number"], before, gap["shape"], typed, is_wrong=is_wrong)


def _read(gap: Mapping[str, Any], value: str, language: str) -> Any:
    if gap["shape"] == "choice":
        options = gap["options"]
        return options[places.read(value, len(options))]["number"]
    if len(value) > grading.MAX_TEXT:
        raise GapTooLong(gap=gap["number"], letters=grading.MAX_TEXT)
    if gap["shape"] == "text":
        return words.one_line(value)
    number = read_number(value, language)
    if number is None:
        raise GapNotANumber(gap=gap["number"])
    return value.strip() if language == "id" else written(number).replace(".", ",")


def _said(gap: Mapping[str, Any], value: Any, language: str) -> str:
    """Return what stands in a gap, as words of the page's language."""
    if gap["shape"] == "choice":
        texts = {option["number"]: option["text"] for option in gap["options"]}
        return texts.get(value, "")
    if not isinstance(value, str):
        return ""
    number = read_number(value) if gap["shape"] == "number" else None
    return written(number) if number is not None and language == "en" else value


def _filled(
    gap: Mapping[str, Any],
    before: str,
    key: Mapping[str, Any],
    value: Any,
    asked: "Asked",
) -> Filled:
    given = _said(gap, value, asked.language)
    mark = "open"
    if given:
        mark = "right" if scoring.is_right(key, value) else "wrong"
    return Filled(gap["number"], before, given, _right(gap, key, asked.language), mark)


def _right(gap: Mapping[str, Any], key: Mapping[str, Any], language: str) -> str:
    if key["shape"] == "text":
        return key["accepted"][0]
    if key["shape"] == "choice":
        return _said(gap, key["right"], language)
    return words.interval(Decimal(key["low"]), Decimal(key["high"]), language)
