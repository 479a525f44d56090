"""Sorts the lines of a simulation into scenes: text, choices, endings. Nothing is lost.

Every line under a scene's heading that is not blank is claimed for one of these parts
or noted as a mistake.
"""

import re
from dataclasses import dataclass, field

from lms.courseware import fixed_codes, marks, prose, question_labels, scene_lines
from lms.courseware.guess import code_from, meant
from lms.courseware.notes import Notes
from lms.courseware.question_scan import BodyLine
from lms.courseware.schema import Choice, Ending, Scene

MAX_CHOICES = 12
ENDINGS: dict[str, Ending] = {"baik": "good", "cukup": "fair", "buruk": "poor"}
_LABEL = re.compile(
    r"^ {0,3}Akhir\s*:\s*(?P<value>(?:\S(?:.*\S)?)?)\s*$", re.IGNORECASE
)
_FEEDBACK = re.compile(r"^(?P<indent>\s*)>(?P<text>.*)$")
_BULLET = re.compile(r"^\s*(?:[-*+•]|[0-9]{1,2}[.)])\s")
# Labels of questions that nobody needs at the start of a line of a story.
_QUESTION_LABELS = frozenset(
    {
        *("Poin", "Petunjuk", "Kompetensi", "Kesulitan", "Dulu", "Rubrik"),
        *("Nilai sebagian", "Acak pilihan"),
    }
)


@dataclass(slots=True)
class RawScene:
    """A scene cut into parts; `claimed` = numbers of the lines that were understood.

    is_odd  a choice or an ending was meant but is not well written
    """

    title: str
    code: str
    line: int
    column: int
    text: list[tuple[int, str]] = field(default_factory=list)
    choices: list[scene_lines.RawChoice] = field(default_factory=list)
    ending: Ending = ""
    ending_line: int = 0
    is_odd: bool = False
    claimed: set[int] = field(default_factory=set)

    def as_scene(self) -> Scene:
        shown = [n for n, text in self.text if text.strip()]
        first, last = (shown[0], shown[-1]) if shown else (self.line, self.line)
        lines = [text for n, text in self.text if first <= n <= last]
        return Scene(
            code=self.code,
            title=self.title,
            text="\n".join(lines),
            text_line=first,
            line=self.line,
            choices=tuple(
                Choice(number, c.text, c.to, c.points, c.feedback_text, c.line)
                for number, c in enumerate(self.choices, 1)
            ),
            ending=self.ending,
        )


def heading(
    text: str, line: int, column: int, seen: dict[str, int], notes: Notes
) -> RawScene:
    """The head of a scene from its title with `{#code}`; codes are kept in `seen`.

    column  where the title starts
    """
    found = fixed_codes.cut(text, column)
    if found.code is None:
        fix = f"tambahkan {{#{code_from(found.title)}}} di ujung baris"
        notes.error("C301", line, column, "adegan ini belum punya kode tetap", fix)
    else:
        fixed_codes.check(found.code, line, found.column, seen, notes)
    if not found.title:
        message = "judul adegan kosong"
        notes.error("C306", line, column, message, "## Judul {#kode}")
    return RawScene(found.title, found.code or "", line, column)


def scan(head: RawScene, body: list[BodyLine], notes: Notes) -> RawScene:
    """Fill `head` from the lines under its heading; what is odd in them is noted."""
    _Scan(head, notes).run(body)
    if not any(text.strip() for _n, text in head.text):
        message = "adegan ini belum punya teks"
        fix = "ceritakan apa yang terjadi, di bawah judulnya"
        notes.error("F613", head.line, head.column, message, fix)
    if len(head.choices) > MAX_CHOICES:
        message = f"adegan ini punya lebih dari {MAX_CHOICES} pilihan"
        notes.error("F614", head.choices[MAX_CHOICES].line, 1, message, "kurangi")
    _check_twins(head, notes)
    return head


def _check_twins(scene: RawScene, notes: Notes) -> None:
    seen: dict[str, int] = {}
    for choice in scene.choices:
        text = " ".join(choice.text.split()).casefold()
        if text and text in seen:
            message = f"pilihan ini sama dengan baris {seen[text]}"
            fix = "hapus salah satu, atau bedakan teksnya"
            notes.error("F611", choice.line, choice.column, message, fix)
        seen.setdefault(text, choice.line)


class _Scan:
    def __init__(self, scene: RawScene, notes: Notes) -> None:
        self.scene = scene
        self.notes = notes
        self.in_choices = False
        self.is_lost = False  # inside a paragraph that was reported already

    def run(self, body: list[BodyLine]) -> None:
        for number, text, in_code in body:
            if not text.strip():
                self.is_lost = False
                self.scene.text.append((number, ""))
            elif in_code or not self._special(number, text):
                self._text(number, text, in_code)

    def _special(self, number: int, text: str) -> bool:
        """Deal with endings, choices and labels; False for ordinary text."""
        tight = marks.TIGHT_HEADING.match(text)
        if tight:
            fix = f"## {tight.group('title')}"
            self._report("C304", number, 1, "sesudah ## harus ada spasi", fix)
            return True
        if self._ending(number, text) or self._choice(number, text):
            return True
        found = question_labels.find(text)
        if found is not None and found.label.name in _QUESTION_LABELS:
            self._report(
                "C321",
                number,
                found.column,
                f'"{found.label.name}:" tidak dikenal di dalam adegan',
                "poin ditulis di ujung pilihan: - [teks](#kode) (+20)"
                if found.label.name == "Poin"
                else f'hapus, atau tulis "**{found.label.name}:** …" bila ini cerita',
            )
            return True
        return False

    def _ending(self, number: int, text: str) -> bool:
        match = _LABEL.match(text)
        if match is None:
            near = scene_lines.almost_ending(text, ENDINGS)
            if near:
                column = len(text) - len(text.lstrip()) + 1
                fix = f'maksud Anda "{near}"? tulis di awal baris, tanpa tanda lain'
                self._odd("F612", number, column, "baris akhir tidak terbaca", fix)
            return bool(near)
        value, column = match.group("value"), match.start("value") + 1
        ending = ENDINGS.get(value.casefold())
        self.scene.claimed.add(number)
        self.scene.text.append((number, ""))  # later lines keep their numbers
        if ending is None:
            fix = meant(value, ENDINGS, "Akhir: {}") or "Akhir: baik, cukup, atau buruk"
            self._odd("F612", number, column, f'akhir "{value}" tidak dikenal', fix)
        elif self.scene.ending_line:
            first = self.scene.ending_line
            message = f'"Akhir:" ditulis dua kali (pertama di baris {first})'
            self._odd("C320", number, 1, message, "hapus salah satu")
        else:
            self.scene.ending, self.scene.ending_line = ending, number
        return True

    def _choice(self, number: int, text: str) -> bool:
        choice = scene_lines.read_choice(number, text, self.notes)
        if choice is not None:
            self.in_choices = True
            self.scene.choices.append(choice)
            self.scene.claimed.add(number)
            return True
        column = scene_lines.almost_choice(text, self.in_choices)
        if column:
            self.in_choices = True
            self._odd(
                "F616",
                number,
                column,
                "pilihan tidak terbaca; bentuknya: tanda hubung, tautan adegan, poin",
                "- [teks pilihan](#kode-adegan) (+20)",
            )
        return bool(column)

    def _text(self, number: int, text: str, in_code: bool) -> None:
        if self.is_lost:
            self.scene.claimed.add(number)  # goes with the line reported before
            return
        if self.in_choices:
            self._after_choice(number, text)
            return
        if not in_code:
            self._check_prose(number, text)
        self.scene.claimed.add(number)
        self.scene.text.append((number, text))

    def _check_prose(self, number: int, text: str) -> None:
        prose.check_outside(number, text, self.notes)
        link = scene_lines.link_inside(text)
        if link:
            self._odd(
                "F615",
                number,
                link,
                "tautan ke adegan hanya boleh berupa pilihan di baris sendiri",
                "- [teks pilihan](#kode-adegan) (+20)",
            )

    def _after_choice(self, number: int, text: str) -> None:
        feedback = _FEEDBACK.match(text)
        if feedback and self.scene.choices and len(feedback.group("indent")) >= 2:
            prose.check_outside(number, feedback.group("text"), self.notes)
            prose.check_visible(number, feedback.group("text"), self.notes)
            self.scene.claimed.add(number)
            self.scene.choices[-1].feedback.append(feedback.group("text").strip())
            return
        column = len(text) - len(text.lstrip()) + 1
        if feedback:
            self._report(
                "C316",
                number,
                column,
                "umpan balik harus menjorok dua spasi di bawah pilihannya",
                f"··> {feedback.group('text').strip()}",
            )
        elif _BULLET.match(text):
            self._odd(
                "F617",
                number,
                column,
                "pilihan ini tidak menyebut adegan tujuannya",
                f"- [{_BULLET.sub('', text).strip()}](#kode-adegan) (0)",
            )
        else:
            self._report(
                "C318",
                number,
                column,
                "ada teks sesudah pilihan; teks ini tidak akan tampil",
                "pindahkan ke atas pilihan, atau awali dengan dua spasi dan >"
                " bila ini akibat pilihan di atasnya",
            )

    def _odd(self, code: str, line: int, column: int, message: str, fix: str) -> None:
        self.scene.is_odd = True
        self._report(code, line, column, message, fix)

    def _report(
        self, code: str, line: int, column: int, message: str, fix: str
    ) -> None:
        self.scene.claimed.add(line)
        self.is_lost = code == "C318"
        self.notes.error(code, line, column, message, fix)
