"""Sorts the lines of one question: question text, options, labels. Nothing is lost.

Every line that is not blank is claimed for one of these parts or noted as a mistake.
"""

import re
from dataclasses import dataclass, field

from lms.courseware import marks, question_labels
from lms.courseware.answers import BodyLine, OptionLine, Use
from lms.courseware.notes import Notes
from lms.courseware.question_labels import Found, Zone

_BULLET = re.compile(r"^\s*(?:[-*+•]|[0-9]{1,2}[.)])\s")
_OPTION_PARTS = re.compile(
    r"^(?P<lead>[\s>]*)(?P<bullet>(?:[-*+–—•·]|[0-9]{1,2}[.)]|[a-zA-Z][.)])?)(?P<gap>\s*)"
    r"(?P<mark>[(\[][^()\[\]]{0,12}[)\]]|[(\[][xX]?(?=\s|$))(?P<text>.*)$"
)
GAP = re.compile(r"\[\[[^\[\]\n]*\]\]")
_ODD_MARK = re.compile(r"^\s*-\s+(?:\([^()]{0,8}\)|\[[^\[\]]{0,8}\](?!\())(?:\s|$)")

_JOINED_FEEDBACK = re.compile(r"(?<=\S)\s{2,}>(?=\s)")


@dataclass(slots=True)
class Entry:
    """A label line and the lines under it that belong to it."""

    found: Found
    line: int
    rows: list[BodyLine] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.found.label.name

    @property
    def text(self) -> str:
        return "\n".join([self.found.value, *(row[1] for row in self.rows)]).strip()

    @property
    def all_rows(self) -> list[BodyLine]:
        """The rows with the value of the label as the first, at its own columns."""
        if not self.found.value:
            return self.rows
        shift = " " * (self.found.value_column - 1)
        return [(self.line, shift + self.found.value, False), *self.rows]


@dataclass(slots=True)
class RawQuestion:
    """A question cut into parts, all still text; `claimed` = numbers of used lines.

    use  where it stands, which decides what it may say
    """

    title: str
    code: str
    line: int
    column: int
    use: Use = "quiz"
    stem: list[str] = field(default_factory=list)
    options: list[OptionLine] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    claimed: set[int] = field(default_factory=set)
    visible: list[BodyLine] = field(default_factory=list)


def scan(head: RawQuestion, body: list[BodyLine], notes: Notes) -> RawQuestion:
    """Fill `head` from the lines under its heading."""
    return _Scan(head, notes).run(body)


class _Scan:
    def __init__(self, question: RawQuestion, notes: Notes) -> None:
        self.question = question
        self.notes = notes
        self.entry: Entry | None = None  # the label being read
        self.after_blank = False
        self.is_lost = False  # inside a paragraph that was reported already

    def run(self, body: list[BodyLine]) -> RawQuestion:
        for number, text, is_code in body:
            if not text.strip():
                self._blank(number)
            elif is_code or not self._special(number, text):
                self._text(number, text, is_code)
            self.after_blank = not text.strip()
        return self.question

    def _blank(self, number: int) -> None:
        self.is_lost = False
        if self.entry is not None:
            self.entry.rows.append((number, "", False))
        elif not self.question.options:
            self.question.stem.append("")

    def _special(self, number: int, text: str) -> bool:
        """Deal with headings, options and labels; False for ordinary text."""
        may_head = "##" in text
        tight = marks.TIGHT_HEADING.match(text) if may_head else None
        if tight:
            title = tight.group("title")
            self._report("C304", number, 1, "sesudah ## harus ada spasi", f"## {title}")
            return True
        if may_head and marks.HEADING.match(text):
            self._report(
                "C305",
                number,
                1,
                "judul ## tidak boleh berada di dalam blok soal",
                'tutup soal dengan "///" sebelum judul ini',
            )
            return True
        if self._is_feedback(text):
            return False
        if marks.starts_like_option(text) or self._is_odd_option(text):
            self._option(number, text)
            return True
        found = question_labels.find(text)
        if found is not None:
            self._label(found, number)
            return True
        return self._broken_label(number, text)

    def _is_feedback(self, text: str) -> bool:
        if self.entry is not None or not self.question.options or ">" not in text:
            return False
        stripped = text.lstrip()
        return stripped.startswith(">") and not marks.starts_like_option(
            stripped.lstrip("> ")
        )

    def _is_odd_option(self, text: str) -> bool:
        in_options = bool(self.question.options) and self.entry is None
        return in_options and _ODD_MARK.match(text) is not None

    def _option(self, number: int, text: str) -> None:
        column = len(text) - len(text.lstrip()) + 1
        if self.entry is not None and self.entry.found.label.shape == "long":
            self._report(
                "C300",
                number,
                column,
                f'pilihan soal berada di dalam "{self.entry.name}:"',
                f'pindahkan ke atas baris "{self.entry.name}:"',
            )
            return
        if self.entry is not None and self.question.options:
            self._report(
                "C318",
                number,
                column,
                f'pilihan ini berada sesudah "{self.entry.name}:"',
                "kumpulkan semua pilihan di bawah pertanyaan",
            )
            return
        if not self.question.options:
            self._check_lines_before(number)
        self.entry = None
        self._add_option(number, text)

    def _check_lines_before(self, number: int) -> None:
        """Note a list item without a mark right above the first option."""
        if self.after_blank:
            return
        for before, text, _code in reversed(self.question.visible):
            number -= 1
            if before != number:
                return
            if _BULLET.match(text):
                self._unmarked(before, text)

    def _add_option(self, number: int, text: str) -> None:
        parts = _OPTION_PARTS.match(marks.flat(text))
        if parts is None:
            self._malformed(number, text, "…")
            return
        mark = text[parts.start("mark") : parts.end("mark")]
        rest = text[parts.start("text") :]
        is_closed = parts.group("mark")[-1] in ")]"
        good_head = parts.group("bullet") == "-" and parts.group("gap")
        good_tail = not rest or rest[0].isspace() or not is_closed
        if not (good_head and good_tail and not parts.group("lead").strip()):
            self._malformed(number, text, rest.strip())
        self._check_inside(number, rest, parts.start("text"))
        self.question.claimed.add(number)
        self.question.visible.append((number, text, False))
        column = parts.start("mark") + 1
        self.question.options.append(OptionLine(number, column, mark, [rest.strip()]))

    def _malformed(self, number: int, text: str, rest: str) -> None:
        column = len(text) - len(text.lstrip()) + 1
        self._report(
            "C319",
            number,
            column,
            'pilihan harus berbentuk "- ( ) teks": tanda hubung, spasi, tanda, spasi',
            f"- ( ) {rest}",
        )

    def _label(self, found: Found, number: int) -> None:
        self.question.claimed.add(number)
        first = next(
            (e for e in self.question.entries if e.name == found.label.name), None
        )
        self.entry = Entry(found, number)
        if first is not None and not found.label.repeat:
            self._report(
                "C320",
                number,
                found.column,
                f'"{found.label.name}:" ditulis dua kali '
                f"(pertama di baris {first.line})",
                "hapus salah satu",
            )
            return
        self.question.entries.append(self.entry)

    def _broken_label(self, number: int, text: str) -> bool:
        near = question_labels.almost(text, self._zone(text))
        if near is None:
            return self._label_without_colon(number, text)
        shown, label, column = near
        exact = shown == label + ":"
        self._report(
            "C321",
            number,
            column,
            f'"{shown}" tidak ditulis polos' if exact else f'"{shown}" tidak dikenal',
            f'maksud Anda "{label}:"?'
            if not exact
            else f'tulis "{label}:" di awal baris, tanpa tanda lain',
        )
        self.is_lost = True
        return True

    def _label_without_colon(self, number: int, text: str) -> bool:
        """Refuse what learners would read as a part of the text or hint above it."""
        label = self.entry.found.label if self.entry else None
        if label is None or not (label.lines == "text" or label.name == "Petunjuk"):
            return False
        bare = question_labels.without_colon(text)
        if bare is None:
            return False
        self._report(
            "C321",
            number,
            bare[1],
            f'sesudah "{bare[0]}" tidak ada titik dua, jadi baris ini terbaca peserta',
            f'"{bare[0]}: …", atau sambung dengan baris di atasnya',
        )
        self.is_lost = True
        return True

    def _zone(self, text: str) -> Zone:
        """Where a line stands, for guessing whether it was meant as a label."""
        if self.entry is None:
            return "answer" if self.question.options else "prose"
        label = self.entry.found.label
        if label.lines == "list" and _BULLET.match(text):
            return "list"
        is_running = label.shape == "long" or label.lines == "text"
        return "long" if is_running else "answer"

    def _text(self, number: int, text: str, is_code: bool) -> None:
        if not is_code:
            self._check_inside(number, text, 0)
        if self.is_lost and not self.after_blank:
            self.question.claimed.add(number)  # goes with the line reported before
        elif self.entry is not None:
            self._under_label(number, text, is_code)
        elif self.question.options:
            self._under_option(number, text, is_code)
        else:
            self.question.claimed.add(number)
            self.question.visible.append((number, text, is_code))
            self.question.stem.append(text)

    def _under_label(self, number: int, text: str, is_code: bool) -> None:
        entry, label = self.entry, self.entry.found.label
        if label.keeps_lines or (label.shape == "text" and not self.after_blank):
            self.question.claimed.add(number)
            entry.rows.append((number, text, is_code))
            return
        self._report(
            "C318",
            number,
            len(text) - len(text.lstrip()) + 1,
            f'ada teks sesudah "{entry.name}:"; teks ini tidak akan tampil',
            'pindahkan ke atas pilihan, atau awali dengan "Pembahasan:"',
        )
        self.is_lost = True

    def _under_option(self, number: int, text: str, is_code: bool) -> None:
        option, stripped = self.question.options[-1], text.lstrip()
        indent = len(text) - len(stripped)
        if stripped.startswith(">") and not is_code:
            if indent < 2:
                self._wrong_feedback(number, indent, stripped)
                return
            self._append(option.feedback, stripped[1:].removeprefix(" "))
        elif indent >= 2 and option.feedback:
            self._append(option.feedback, text[2:])
        elif indent >= 2 and not _BULLET.match(text):
            self._wrong_feedback(number, indent, f"> {stripped}")
            return
        elif _BULLET.match(text) and not is_code:
            self._unmarked(number, text)
            return
        else:
            self._report(
                "C318",
                number,
                indent + 1,
                "ada teks sesudah pilihan; teks ini tidak akan tampil",
                'pindahkan ke atas pilihan, atau awali dengan "Pembahasan:"',
            )
            self.is_lost = True
            return
        self.question.claimed.add(number)

    def _wrong_feedback(self, number: int, indent: int, text: str) -> None:
        """Refuse a line that would show the feedback as a part of the option."""
        self._report(
            "C316",
            number,
            indent + 1,
            "umpan balik harus menjorok dua spasi di bawah pilihannya"
            if indent < 2
            else 'baris di bawah pilihan harus diawali ">"; '
            "teks pilihan ditulis dalam satu baris",
            f"  {text}",
        )

    def _append(self, lines: list[str], text: str) -> None:
        if self.after_blank and lines:
            lines.append("")
        lines.append(text)

    def _unmarked(self, number: int, text: str) -> None:
        self._report(
            "C317",
            number,
            len(text) - len(text.lstrip()) + 1,
            "baris ini di tengah pilihan tetapi tanpa tanda ( ) atau (x)",
            'tulis "- ( ) ..." atau "- (x) ..."',
        )

    def _check_inside(self, number: int, text: str, shift: int) -> None:
        """Note marks, labels and feedback that two joined lines left in a text."""
        if not (":" in text or ">" in text or marks.may_hold_mark(text)):
            return
        if self.entry is not None and self.entry.found.label.lines == "text":
            text = GAP.sub(lambda m: " " * len(m.group()), text)
        column = marks.option_inside(text) or marks.joined_mark(text)
        if column:
            self._report(
                "C319",
                number,
                column + shift,
                "tanda pilihan berada di tengah baris",
                "tulis setiap pilihan pada baris sendiri",
            )
        is_told = self.entry is not None and not self.entry.found.label.lines
        if is_told or text.lstrip().startswith(">"):
            return
        inside = question_labels.in_the_middle(text)
        if inside:
            self._report(
                "C322",
                number,
                inside[1] + shift,
                f'"{inside[0]}" harus berada di awal baris',
                "mulai baris baru sebelum kata itu",
            )
        feedback = _JOINED_FEEDBACK.search(text) if shift and ">" in text else None
        if feedback:
            self._report(
                "C316",
                number,
                feedback.start() + 1 + shift,
                "umpan balik harus berada di baris sendiri di bawah pilihannya",
                "  > …",
            )

    def _report(
        self, code: str, line: int, column: int, message: str, fix: str = ""
    ) -> None:
        self.notes.error(code, line, column, message, fix)
