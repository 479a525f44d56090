"""Single and multiple choice: `- (x) teks`, `- (50%) teks`, `- [x] teks`."""

import re
from typing import Any

from lms.courseware.answers.form import Answer, Form, OptionLine
from lms.courseware.notes import Notes
from lms.courseware.schema import Option

MAX_OPTIONS = 30
INSIDE_THE_MARK = ("C313", "C340", "C341", "C342")
_LETTER = re.compile(r"\(?[A-Ha-h][.)]\s+(?=\S)")
_KNOWN = re.compile(r"\( \)|\([xX]\)|\([0-9]{1,3}%\)|\[ \]|\[[xX]\]")
_UNPAIRED = re.compile(r"\([^)\]]*\]|\[[^)\]]*\)|[(\[][^)\]]*$")


def read(answer: Answer, notes: Notes) -> dict[str, Any] | None:
    before = notes.errors
    kind = "[" if answer.options[0].mark[0] == "[" else "("
    for option in answer.options:
        _check_mark(option, kind, notes)
        _check_text(option, notes)
    _check_same(answer.options, notes)
    if len(answer.options) < 2:
        first = answer.options[0]
        _error("C343", first, "pilihan kurang dari dua", "tambahkan pilihan", notes)
    if len(answer.options) > MAX_OPTIONS:
        _error("C343", answer.options[MAX_OPTIONS], "pilihan terlalu banyak", "", notes)
    if not answer.is_keyed:
        _check_open(answer.options, kind, notes)
    elif notes.errors == before:
        _check_right(answer.options, kind, notes)
    if notes.errors != before:
        return None
    options = tuple(
        Option(number, _joined(o.text), credit(o.mark), _joined(o.feedback))
        for number, o in enumerate(answer.options, 1)
    )
    return {"kind": "single" if kind == "(" else "multiple", "options": options}


def credit(mark: str) -> int:
    """Percent that a mark gives: "(x)" 100, "(50%)" 50, "[ ]" 0."""
    inside = mark[1:-1].strip()
    if inside.endswith("%"):
        return int(inside[:-1])
    return 100 if inside else 0


def _check_mark(option: OptionLine, kind: str, notes: Notes) -> None:
    mark, text = option.mark, _joined(option.text)
    if _UNPAIRED.fullmatch(mark):
        _error(
            "C310",
            option,
            f'kurung tidak berpasangan: "{mark}"',
            f"- ( ) {text}" if mark[0] == "(" else f"- [ ] {text}",
            notes,
        )
    elif re.fullmatch(r"\([0-9]{1,9}%\)", mark) and int(mark[1:-2]) > 100:
        _error("C313", option, "bobot pilihan paling besar 100%", "- (100%) …", notes)
    elif not _KNOWN.fullmatch(mark):
        _error(
            "C311",
            option,
            f'tanda pilihan "{mark}" tidak dikenal',
            "pakai ( ) untuk salah dan (x) untuk benar; "
            "[ ] dan [x] bila boleh memilih lebih dari satu",
            notes,
        )
    elif mark[0] != kind:
        _error(
            "C312",
            option,
            "satu soal mencampur ( ) dan [ ]",
            "pakai ( ) bila hanya satu jawaban, [ ] bila boleh lebih dari satu",
            notes,
        )


def _check_text(option: OptionLine, notes: Notes) -> None:
    text = _joined(option.text)
    if not text:
        _error("C315", option, "teks pilihan kosong", "tulis teks pilihan", notes)
        return
    letter = _LETTER.match(text)
    if letter:
        rest = text[letter.end() :].split("\n")[0]
        notes.warn(
            "C314",
            option.line,
            option.column + len(option.mark) + 1,
            "huruf pilihan tidak perlu ditulis; sistem memberi huruf sendiri",
            f"- {option.mark} {rest}",
        )


def _check_same(options: list[OptionLine], notes: Notes) -> None:
    seen: dict[str, int] = {}
    for option in options:
        text = " ".join(_joined(option.text).casefold().split())
        if text and text in seen:
            message = f"pilihan ini sama dengan baris {seen[text]}"
            _error("C344", option, message, "hapus atau ubah salah satu", notes)
        seen.setdefault(text, option.line)


def _check_right(options: list[OptionLine], kind: str, notes: Notes) -> None:
    right = [o for o in options if credit(o.mark) == 100]
    if not right:
        _error(
            "C341",
            options[0],
            "belum ada pilihan yang ditandai benar",
            f"beri tanda {'(x)' if kind == '(' else '[x]'} pada jawaban benar",
            notes,
        )
    elif kind == "(" and len(right) > 1:
        count = {2: "dua", 3: "tiga"}.get(len(right), str(len(right)))
        _error(
            "C342",
            right[1],
            f"soal satu jawaban punya {count} jawaban benar",
            "hapus salah satu (x), atau ganti semua ( ) menjadi [ ] "
            "bila boleh memilih lebih dari satu",
            notes,
        )


def _check_open(options: list[OptionLine], kind: str, notes: Notes) -> None:
    """Note what would make an option of a survey right or wrong."""
    empty = "( )" if kind == "(" else "[ ]"
    for option in options:
        if _KNOWN.fullmatch(option.mark) and credit(option.mark):
            message = "pilihan survei tidak punya jawaban benar"
            fix = f"ganti {option.mark} menjadi {empty}"
            _error("C340", option, message, fix, notes)
        if option.feedback:
            message = "umpan balik pilihan tidak dipakai dalam survei"
            _error("C376", option, message, 'hapus baris ">" di bawahnya', notes)


def _error(code: str, option: OptionLine, message: str, fix: str, notes: Notes) -> None:
    column = option.column + (code in INSIDE_THE_MARK)
    notes.error(code, option.line, column, message, fix)


def _joined(lines: list[str]) -> str:
    return "\n".join(lines).strip()


FORM = Form("pilihan", "", read)
