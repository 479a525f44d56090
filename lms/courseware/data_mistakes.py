"""Says in plain words what is wrong with a data part that YAML cannot read.

The two YAML parsers word and place the same mistake differently, so the author's own
lines are looked at instead of the parser's message.
"""

import re
from collections.abc import Iterator

import yaml

from lms.courseware.keys import KNOWN_KEYS
from lms.courseware.notes import Notes

_KEY = r"\s*(?:-\s+)*[\w-]+\s*:"
_TIGHT = re.compile(r"^\s*(?:-\s+)*([\w-]+):(?=[^\s:])")
_VALUE = re.compile(rf"^(?:{_KEY}[ ]+|\s*-[ ]+)(?P<value>\S.*)$")
_BLOCK = re.compile(r"^(?P<indent>\s*)(?:-\s+)*[\w-]+\s*:\s+[|>][+-]?\d*\s*(?:#.*)?$")
_PLAIN_ITEM = re.compile(r"^(?P<indent>\s*)-\s+(?!['\"\[{|>&*!])(?P<value>\S.*)$")


REFERENCE = 'isi data tidak boleh diawali tanda "{}" (rujukan dan label YAML)'
REFERENCE_FIX = "bila ini teks biasa, apit dengan tanda kutip"


def look_first(lines: tuple[str, ...], first_line: int, notes: Notes) -> None:
    """Note what YAML would read as something else, or drop, without a word."""
    previous = ""
    for number, line in _plain_lines(lines, first_line):
        _look_for_tab(line, number, notes)
        _look_for_tight_colon(line, number, notes)
        _look_for_lost_comment(line, number, notes)
        _look_for_swallowed_item(previous, line, number, notes)
        previous = line


def explain(
    lines: tuple[str, ...], first_line: int, problem: yaml.YAMLError, notes: Notes
) -> None:
    """Note why YAML refused the lines; at least one finding is always made."""
    found = False
    for number, line in _plain_lines(lines, first_line):
        match = _VALUE.match(line)
        if match is None:
            continue
        value, column = match.group("value"), match.start("value") + 1
        found |= any(
            look(line, value, number, column, notes)
            for look in (_early_quote, _bare_sign, _second_colon)
        )
    if found or _no_key(lines, first_line, notes):
        return
    mark = getattr(problem, "problem_mark", None)
    line = min(mark.line if mark else 0, max(len(lines) - 1, 0))
    column = (mark.column if mark else 0) + 1
    text = lines[line] if lines else ""
    if re.match(r"^\s+-(\s|$)", text) or re.match(r"^\s*-\s", text):
        _misplaced_item(text, line + first_line, notes)
        return
    reason = getattr(problem, "problem", None) or "tidak dikenal"
    notes.error(
        "A119",
        line + first_line,
        column,
        f"susunan data tidak terbaca: {reason}",
        'tulis setiap data sebagai "kunci: isi" pada baris sendiri',
    )


def _no_key(lines: tuple[str, ...], first_line: int, notes: Notes) -> bool:
    for number, line in _plain_lines(lines, first_line):
        if re.match(r"[^\s\-\[\]{}'\"]", line) and not re.search(r":(\s|$)", line):
            notes.error(
                "A118",
                number,
                1,
                'baris ini tidak berbentuk "kunci: isi"',
                "tambahkan titik dua dan spasi, atau gabungkan dengan baris di atasnya",
            )
            return True
    return False


def _plain_lines(lines: tuple[str, ...], first_line: int) -> Iterator[tuple[int, str]]:
    """Lines with data, without comments, blanks and the inside of block texts."""
    block: int | None = None
    for number, line in enumerate(lines, first_line):
        stripped = line.strip()
        indent = len(line) - len(line.lstrip(" "))
        if block is not None:
            if not stripped or indent > block:
                continue
            block = None
        if not stripped or stripped.startswith("#"):
            continue
        match = _BLOCK.match(line)
        if match:
            block = len(match.group("indent"))
        yield number, line


def _look_for_tab(line: str, number: int, notes: Notes) -> None:
    lead = line[: len(line) - len(line.lstrip())]
    if "\t" in lead:
        notes.error(
            "A111",
            number,
            lead.index("\t") + 1,
            "baris ini menjorok memakai tombol Tab; data hanya boleh memakai spasi",
            "ganti Tab dengan dua spasi",
        )


def _look_for_tight_colon(line: str, number: int, notes: Notes) -> None:
    match = _TIGHT.match(line)
    if match and match.group(1) in KNOWN_KEYS:
        key, rest = match.group(1), line[match.end() :].strip()
        notes.error(
            "A112",
            number,
            match.end(),
            "sesudah titik dua harus ada spasi",
            f"{key}: {rest}",
        )


def _look_for_lost_comment(line: str, number: int, notes: Notes) -> None:
    match = _VALUE.match(line)
    if match is None or match.group("value")[0] in "'\"#[{|>":
        return
    value = match.group("value")
    hash_at = re.search(r"\s#", value)
    if hash_at:
        notes.warn(
            "A115",
            number,
            match.start("value") + hash_at.start() + 2,
            "teks sesudah tanda pagar (#) dianggap komentar dan hilang",
            f'beri tanda kutip: "{value}"',
        )


def _look_for_swallowed_item(
    previous: str, line: str, number: int, notes: Notes
) -> None:
    before = _PLAIN_ITEM.match(previous)
    if before is None or re.search(r":(\s|$)", before.group("value")):
        return
    match = re.match(r"^(?P<indent>\s*)-\s", line)
    if match and len(match.group("indent")) > len(before.group("indent")):
        _misplaced_item(line, number, notes)


def _misplaced_item(line: str, number: int, notes: Notes) -> None:
    notes.error(
        "A116",
        number,
        line.index("-") + 1,
        "tanda hubung daftar tidak sejajar; dua butir terbaca sebagai satu",
        'sejajarkan semua "- "',
    )


def _early_quote(line: str, value: str, number: int, column: int, notes: Notes) -> bool:
    quote = value[0]
    if quote not in "'\"":
        return False
    inside = re.sub(r"''", "  ", value[1:]) if quote == "'" else value[1:]
    inside = re.sub(r"\\.", "  ", inside) if quote == '"' else inside
    end = inside.find(quote)
    if end < 0:
        notes.error(
            "A117",
            number,
            column,
            "tanda kutip dibuka tetapi tidak ditutup",
            f"{line.rstrip().strip()}{quote}",
        )
        return True
    rest = inside[end + 1 :].strip()
    if not rest or rest[0] in "#,]}:":
        return False
    name, other = ("tunggal", "ganda") if quote == "'" else ("ganda", "tunggal")
    notes.error(
        "A113",
        number,
        column + 1 + end,
        f"tanda kutip {name} di dalam teks menutup kutipan terlalu awal",
        f"pakai kutip {other}",
    )
    return True


def _bare_sign(line: str, value: str, number: int, column: int, notes: Notes) -> bool:
    sign = value[0]
    if sign in "*&!":
        notes.error("A145", number, column, REFERENCE.format(sign), REFERENCE_FIX)
        return True
    is_open = (sign == "[" and not value.rstrip().endswith("]")) or (
        sign == "{" and not value.rstrip().endswith("}")
    )
    is_list = sign == "-" and value[1:2].isspace() and ":" in line[: column - 1]
    is_fold = sign in "|>" and not re.fullmatch(r"[|>][+-]?\d*\s*(#.*)?", value)
    if not (sign in "@`%," or is_open or is_list or is_fold):
        return False
    notes.error(
        "A114",
        number,
        column,
        f'isi data tidak boleh diawali "{sign}" tanpa tanda kutip',
        _quoted(line, value, column),
    )
    return True


def _second_colon(
    line: str, value: str, number: int, column: int, notes: Notes
) -> bool:
    if value[0] in "'\"[{|>#" or ":" not in line[: column - 1]:
        return False
    match = re.search(r":(\s|$)", re.split(r"\s#", value)[0])
    if match is None:
        return False
    notes.error(
        "A110",
        number,
        column + match.start(),
        "isi data memuat tanda titik dua (:) tanpa tanda kutip",
        _quoted(line, value, column),
    )
    return True


def _quoted(line: str, value: str, column: int) -> str:
    quote = "'" if '"' in value else '"'
    return f"{line[: column - 1].strip()} {quote}{value.rstrip()}{quote}"
