"""Rubrics: a table of criteria, read from its lines, stored, and turned into a score.

| Kriteria | Bobot | 4 | 3 | 2 | 1 |
|---|---|---|---|---|---|
| Analisis {#analisis} | 100 | Data dan sebab | Sebab | Gejala | Tidak ada |

Weights add up to 100. The columns after them are levels, headed by their values.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice
from typing import Any

from lms.courseware import fixed_codes
from lms.courseware.guess import code_from, meant
from lms.courseware.notes import Notes
from lms.courseware.numbers import is_foreign, read_strict
from lms.courseware.schema import Criterion, Level

FULL = 10_000  # basis points
MAX_CRITERIA = 20
MAX_LEVELS = 10
MAX_VALUE = 100
MOST_CELLS = 50  # read of a row; a rubric has far fewer, a hostile line thousands
MAX_TITLE = 200
MAX_TEXT = 1_000
NAMES = ("Kriteria", "Bobot")
WANTED = "judul kolom: Kriteria, Bobot, lalu tingkat nilai"
HEAD = "| Kriteria | Bobot | 4 | 3 | 2 | 1 |"
_BAR = re.compile(r"(?<!\\)(?:\\\\)*\|")
_RULE = re.compile(r"\s*:?-{1,}:?\s*")


@dataclass(frozen=True, slots=True)
class _Cell:
    """One cell; `text` without spaces around, `column` where it starts."""

    text: str
    column: int


@dataclass(frozen=True, slots=True)
class _Row:
    line: int
    column: int
    cells: tuple[_Cell, ...]

    def missing(self, at: int) -> _Cell:
        """The cell at `at`; where the row is too short, its end."""
        return self.cells[at] if at < len(self.cells) else _Cell("", self.column)


def read(
    lines: Sequence[tuple[int, str]],
    place: tuple[int, int],
    notes: Notes,
    seen: dict[str, int] | None = None,
) -> tuple[Criterion, ...] | None:
    """The criteria in the lines under `Rubrik:` or `## Rubrik`, or None.

    lines  (number, text); every one that is not blank is used or noted
    place  line and column of the heading, for a table that is not there
    seen   codes already used where these must be unique: code -> line
    """
    before = notes.errors
    rows = list(_rows(lines, notes))
    if not rows:
        if notes.errors == before:
            _incomplete(place[0], place[1], "rubrik belum punya tabel", notes)
        return None
    values = _head(rows[0], notes)
    body = rows[1:]
    if body and all(_RULE.fullmatch(cell.text) for cell in body[0].cells):
        body = body[1:]
    else:
        row = rows[0]
        _incomplete(
            row.line + 1,
            row.column,
            "di bawah judul kolom rubrik harus ada garis pemisah",
            notes,
            "|" + "---|" * max(len(row.cells), 3),
        )
    if not body:
        _incomplete(rows[-1].line, rows[-1].column, "rubrik belum punya baris", notes)
    if len(body) > MAX_CRITERIA:
        row = body[MAX_CRITERIA]
        message = f"rubrik punya lebih dari {MAX_CRITERIA} kriteria"
        notes.error("E507", row.line, row.column, message, "gabungkan yang mirip")
        return None
    if values is None:
        return None
    seen = {} if seen is None else seen
    criteria = [_criterion(row, values, seen, notes) for row in body]
    if notes.errors != before:
        return None
    found = tuple(c for c in criteria if c)
    _check_sum(found, rows[0], notes)
    return found if notes.errors == before else None


def missing(line: int, column: int, notes: Notes) -> None:
    """Note that an assignment has no rubric at all."""
    notes.error(
        "E500",
        line,
        column,
        "tugas belum punya rubrik",
        'tambahkan judul "## Rubrik" dan tabelnya',
    )


def _rows(lines: Sequence[tuple[int, str]], notes: Notes) -> Iterator[_Row]:
    """The table rows; whatever is no row of the one table is noted."""
    is_ended = has_begun = False
    for number, text in lines:
        if not text.strip():
            is_ended = has_begun
            continue
        column = len(text) - len(text.lstrip()) + 1
        is_row = text.lstrip().startswith("|")
        if is_row and not is_ended:
            has_begun = True
            yield _Row(number, column, _cells(text))
        elif is_row:
            message = "baris kosong memutus tabel rubrik"
            notes.error(
                "E501", number, column, message, "hapus baris kosong di atasnya"
            )
        else:
            notes.error(
                "E501",
                number,
                column,
                "baris ini bukan baris tabel rubrik; teks ini tidak akan tampil",
                'awali dengan "|", atau pindahkan ke atas rubrik',
            )


def _cells(text: str) -> tuple[_Cell, ...]:
    """Cut at the bars that are not escaped."""
    start = text.index("|") + 1
    found = islice(_BAR.finditer(text, start), MOST_CELLS)
    bars = [match.end() - 1 for match in found]
    if text[(bars[-1] + 1 if bars else start) :].strip():
        bars.append(len(text))  # the last bar of a row may be left out
    cells = []
    for bar in bars:
        piece = text[start:bar]
        at = start + len(piece) - len(piece.lstrip())
        cells.append(_Cell(piece.strip().replace("\\|", "|"), at + 1))
        start = bar + 1
    return tuple(cells)


def _head(row: _Row, notes: Notes) -> list[int] | None:
    """The values of the levels, or None after noting what is wrong."""
    before = notes.errors
    for at, name in enumerate(NAMES):
        cell = row.missing(at)
        if cell.text.casefold() != name.casefold():
            _incomplete(
                row.line,
                cell.column,
                f'kolom ke-{at + 1} rubrik harus "{name}", bukan "{cell.text}"'
                if cell.text
                else "tabel rubrik belum lengkap",
                notes,
                meant(cell.text, (name,)) if cell.text else WANTED,
            )
            return None
    levels = row.cells[len(NAMES) :]
    values: list[int] = []
    for cell in levels:
        value = _whole(cell.text, MAX_VALUE)
        if value is None:
            message = (
                f'judul kolom tingkat harus angka 0–{MAX_VALUE}, bukan "{cell.text}"'
            )
            _incomplete(row.line, cell.column, message, notes)
        elif value in values:
            message = f"tingkat {value} ditulis dua kali"
            _incomplete(row.line, cell.column, message, notes, "hapus salah satu kolom")
        else:
            values.append(value)
    if notes.errors != before:
        return None
    if len(levels) < 2:
        message = "rubrik perlu paling sedikit dua tingkat nilai"
        _incomplete(row.line, row.missing(len(NAMES)).column, message, notes)
    elif len(levels) > MAX_LEVELS:
        message = f"rubrik punya lebih dari {MAX_LEVELS} tingkat"
        column = levels[MAX_LEVELS].column
        notes.error("E507", row.line, column, message, "gabungkan yang mirip")
    return values if notes.errors == before else None


def _criterion(
    row: _Row, values: list[int], seen: dict[str, int], notes: Notes
) -> Criterion | None:
    wanted = len(NAMES) + len(values)
    if len(row.cells) != wanted:
        notes.error(
            "E502",
            row.line,
            row.column,
            f"baris rubrik punya {len(row.cells)} kolom, seharusnya {wanted}",
            'periksa tanda "|"; di dalam teks tulis "\\|"',
        )
        return None
    before = notes.errors
    title, code = _code(row, seen, notes)
    weight = _weight(row.line, row.cells[1], notes)
    for cell in row.cells[2:]:
        _check_text(row.line, cell, cell.text, MAX_TEXT, notes)
    if notes.errors != before or weight is None:
        return None
    texts = (cell.text for cell in row.cells[2:])
    levels = tuple(Level(v, t) for v, t in zip(values, texts, strict=True))
    return Criterion(code, title, weight, levels, row.line)


def _code(row: _Row, seen: dict[str, int], notes: Notes) -> tuple[str, str]:
    """Name and code of a criterion; what is wrong with them is noted."""
    cell = row.cells[0]
    found = fixed_codes.cut(cell.text, cell.column)
    _check_text(row.line, cell, found.title, MAX_TITLE, notes)
    if found.code is None:
        notes.error(
            "E503",
            row.line,
            cell.column,
            "kriteria belum punya kode tetap",
            f"tambahkan {{#{code_from(found.title)}}} sesudah nama kriteria",
        )
    else:
        fixed_codes.check(found.code, row.line, found.column, seen, notes)
    return found.title, found.code or ""


def _weight(line: int, cell: _Cell, notes: Notes) -> int | None:
    value = _whole(cell.text.removesuffix("%").rstrip(), 100)
    if value:
        return value
    is_number = read_strict(cell.text) is not None or is_foreign(cell.text)
    message = f'bobot "{cell.text}" bukan angka{" bulat 1–100" if is_number else ""}'
    notes.error("E504", line, cell.column, message, "tulis misalnya 50")
    return None


def _check_text(line: int, cell: _Cell, text: str, most: int, notes: Notes) -> None:
    if not text:
        notes.error("E506", line, cell.column, "isian rubrik kosong", "tulis teksnya")
    elif len(text) > most:
        message = f"isian rubrik lebih panjang dari {most} huruf"
        notes.error("E507", line, cell.column, message, "ringkas")


def _check_sum(criteria: tuple[Criterion, ...], head: _Row, notes: Notes) -> None:
    total = sum(criterion.weight for criterion in criteria)
    if total != 100:
        notes.error(
            "E505",
            head.line,
            head.cells[1].column,
            f"jumlah bobot rubrik {total}, seharusnya 100",
            "ubah bobotnya sampai jumlahnya 100",
        )


def _whole(text: str, most: int) -> int | None:
    if not (text.isascii() and text.isdigit() and len(text) <= 3):
        return None
    return int(text) if int(text) <= most else None


def _incomplete(
    line: int, column: int, message: str, notes: Notes, fix: str = ""
) -> None:
    notes.error("E501", line, column, message, fix or HEAD)


def texts(criteria: Sequence[Criterion]) -> list[str]:
    """The texts of a rubric for rendering, all inline, in the order of `body`."""
    found = []
    for criterion in criteria:
        found.append(criterion.title)
        found += [level.text for level in criterion.levels]
    return found


def body(criteria: Sequence[Criterion], html: Sequence[str]) -> list[dict[str, Any]]:
    """The rubric as stored; `html` as rendered from `texts`."""
    pieces = iter(html)
    return [
        {
            "code": criterion.code,
            "title_html": next(pieces),
            "weight": criterion.weight,
            "levels": [
                {"value": level.value, "html": next(pieces)}
                for level in criterion.levels
            ],
        }
        for criterion in criteria
    ]


def score(rubric: Sequence[Mapping[str, Any]], chosen: Mapping[str, int]) -> int:
    """What a grader's levels earn: the sum of weight x level / top level.

    rubric   as `body` gives it
    chosen   code of every criterion -> value of one of its levels
    returns  whole basis points, rounded down
    raises   ValueError  for a criterion without a level, or a level that is none
    """
    if set(chosen) != {row["code"] for row in rubric}:
        raise ValueError("a level is wanted for each criterion")
    total = Fraction()
    for row in rubric:
        values = [level["value"] for level in row["levels"]]
        value = chosen[row["code"]]
        if isinstance(value, bool) or value not in values:
            raise ValueError("no such level")
        total += Fraction(row["weight"] * value, max(values))
    weights = sum(row["weight"] for row in rubric)
    return int(total * FULL / weights) if weights else 0
