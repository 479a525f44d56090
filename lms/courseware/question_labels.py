"""Label lines of a question: which there are, what they may hold, who means them.

A label that opens an answer form belongs to that form (package `answers`); the others
are here. Adding one is adding a row to `LABELS` and a reader to `question_parts`.
"""

import re
from dataclasses import dataclass
from typing import Literal

from lms.courseware.answers import FORMS, Use
from lms.courseware.answers.form import KEYED, USES
from lms.courseware.guess import closest

Shape = Literal["value", "text", "long", "table", "form"]
Zone = Literal["prose", "long", "list", "answer"]


@dataclass(frozen=True, slots=True)
class Label:
    """One label.

    shape   value: one line · text: a paragraph · long: paragraphs up to the next
            label · table: its rows, up to the next label · form: opens an answer form
    repeat  may stand several times
    forms   names of the answer forms it is for; empty = all
    uses    where it may stand: in surveys only some
    lines   of a form: what stands under it, as in `Form`
    """

    name: str
    shape: Shape
    repeat: bool = False
    forms: frozenset[str] = frozenset()
    uses: frozenset[Use] = USES
    lines: Literal["", "list", "text"] = ""

    @property
    def keeps_lines(self) -> bool:
        """Say whether all lines up to the next label belong to this one."""
        return self.shape in ("long", "table") or bool(self.lines)


@dataclass(frozen=True, slots=True)
class Found:
    """A label line of an author: the label meant, and where its value starts."""

    label: Label
    column: int
    value: str
    value_column: int


CHOICES = frozenset({"tunggal", "ganda"})
IN_PARTS = frozenset({"ganda", "menjodohkan", "mengurutkan", "rumpang"})
LABELS: dict[str, Label] = {
    label.name: label
    for label in (
        Label("Petunjuk", "text", repeat=True),
        Label("Pembahasan", "long", uses=KEYED),
        Label("Jika tepat", "text", uses=KEYED),
        Label("Jika keliru", "text", uses=KEYED),
        Label("Poin", "value", uses=KEYED),
        Label("Nilai sebagian", "value", forms=IN_PARTS, uses=KEYED),
        Label("Kompetensi", "value"),
        Label("Kesulitan", "value", uses=KEYED),
        Label("Acak pilihan", "value", forms=CHOICES),
        Label("Dulu", "value"),
        Label(
            "Huruf", "value", forms=frozenset({"isian-singkat", "rumpang"}), uses=KEYED
        ),
        Label("Satuan", "value", forms=frozenset({"angka"})),
        Label("Angka", "value", forms=frozenset({"angka"}), uses=frozenset({"quiz"})),
        Label("Rubrik", "table", forms=frozenset({"uraian", "unggah"}), uses=KEYED),
        Label("Ukuran maksimal", "value", forms=frozenset({"unggah"}), uses=KEYED),
        Label("Wajib", "value", uses=frozenset({"survey"})),
        *(
            Label(form.label, "form", uses=form.uses, lines=form.lines)
            for form in FORMS
            if form.label
        ),
    )
}
_FOLDED = {name.casefold(): label for name, label in LABELS.items()}

# What authors write instead. The first group shows an answer wherever it stands.
_ANSWER_WORDS = {
    "answer": "Jawaban",
    "correct answer": "Jawaban",
    "correct": "Jawaban",
    "jawab": "Jawaban",
    "jwb": "Jawaban",
    "jawaban benar": "Jawaban",
    "jawaban yang benar": "Jawaban",
    "jawaban yang tepat": "Jawaban",
    "jawaban singkat": "Jawaban",
    "kunci": "Jawaban",
    "kunci jawaban": "Jawaban",
    "explanation": "Pembahasan",
    "penjelasan jawaban": "Pembahasan",
    "numeric answer": "Jawaban angka",
    "matching": "Pasangkan",
    "jodohkan": "Pasangkan",
    "menjodohkan": "Pasangkan",
    "ordering": "Urutkan",
    "mengurutkan": "Urutkan",
    "cloze": "Isian",
}
_OTHER_WORDS = {
    "hint": "Petunjuk",
    "penjelasan": "Pembahasan",
    "umpan balik": "Jika keliru",
    "feedback": "Jika keliru",
    "points": "Poin",
    "point": "Poin",
    "skor": "Poin",
    "bobot": "Poin",
    "nilai": "Poin",
    "difficulty": "Kesulitan",
    "unit": "Satuan",
    "essay": "Uraian",
    "esai": "Uraian",
    "upload": "Unggah",
    "likert": "Skala",
    "scale": "Skala",
    "rubric": "Rubrik",
    "required": "Wajib",
    "parameter": "Angka",
    "partial credit": "Nilai sebagian",
}
_HIDDEN = (
    *("Jawaban", "Jawaban angka", "Pernyataan ini", "Pembahasan"),
    *("Jika tepat", "Jika keliru"),
)
SECRET = (*_HIDDEN, "Pasangkan", "Urutkan", "Isian")
_LINE = re.compile(
    r"^(?P<lead>\s*(?:>\s*)*(?:[-*+•]\s+)?[*_]{0,3})"
    r"(?P<name>[^\W\d_][\w ]{1,28}?)"
    r"(?P<close>[*_]{0,3})\s*[:：](?P<tail>[*_]{0,3})(?P<gap>[ \t]*)(?P<value>.*)$"
)
_SIGNS = re.compile(r"^\s*(?P<name>[^\W\d_][^:：\[\]]{4,24}?)\s*[:：]")
_BARE = re.compile(r"^\s*(?P<name>" + "|".join(_HIDDEN) + r")(?![\w:：])(?!\s*[:：])")
_MIDDLE = re.compile(r"(?:" + "|".join(_HIDDEN) + r"):(?=\s|$)")
# In prose: an answer anywhere, an explanation only where two lines were joined.
_GLUED = re.compile(
    r"(?:\bJawaban(?: angka)?|(?<=[^\W_])(?:Jawaban(?: angka)?|Pembahasan|Jika tepat|"
    r"Jika keliru|Pernyataan ini)):(?=\s|$)"
)


def _has_colon(line: str) -> bool:
    return ":" in line or "：" in line


def find(line: str) -> Found | None:
    """The label line this is, or None. Case does not matter, decoration does."""
    name, colon, rest = line.partition(":")
    if colon and name in LABELS and rest[:1] in ("", " "):  # as nearly all are written
        value = rest.strip()
        gap = len(rest) - len(rest.lstrip(" \t"))
        return Found(LABELS[name], 1, value, len(name) + 2 + gap)
    match = _LINE.match(line) if _has_colon(line) else None
    if match is None or match.group("lead").strip():
        return None
    if match.group("close") or match.group("tail"):
        return None
    label = _FOLDED.get(" ".join(match.group("name").split()).casefold())
    if label is None:
        return None
    return Found(
        label,
        match.start("name") + 1,
        match.group("value").strip(),
        match.start("value") + 1,
    )


def almost(line: str, zone: Zone) -> tuple[str, str, int] | None:
    """A line that was meant as a label: (what stands there, label meant, column).

    zone  where the line stands: in prose only labels with answers count, in a long
          label all of them, after an answer weaker likeness and other words as well;
          an item of a list is one only when it is spelt like a label
    """
    match = _LINE.match(line) if _has_colon(line) else None
    if match is None:
        return _with_signs(line)
    name = " ".join(match.group("name").split())
    shown, column = name + ":", match.start("name") + 1
    folded = name.casefold()
    if folded in _FOLDED:
        known = _FOLDED[folded].name
        return (shown, known, column) if zone != "prose" or known in SECRET else None
    if zone == "list":
        return None
    if folded in _ANSWER_WORDS:
        return shown, _ANSWER_WORDS[folded], column
    if zone == "answer" and folded in _OTHER_WORDS:
        return shown, _OTHER_WORDS[folded], column
    names = SECRET if zone == "prose" else LABELS
    near = closest(name, names, 0.7 if zone == "answer" else 0.8)
    return (shown, near, column) if near else None


def _with_signs(line: str) -> tuple[str, str, int] | None:
    """A label with answers that signs among its letters keep from being one."""
    match = _SIGNS.match(line) if _has_colon(line) else None
    if match is None:
        return None
    name = " ".join("".join(filter(_is_letter, match.group("name"))).split())
    near = closest(name, _HIDDEN, 0.9)
    return (match.group("name") + ":", near, match.start("name") + 1) if near else None


def _is_letter(sign: str) -> bool:
    return sign.isalpha() or sign.isspace()


def without_colon(line: str) -> tuple[str, int] | None:
    """A label with answers at the start of a line that has no colon after it.

    Only where what follows would be read by learners; a line with a gap is a sentence.
    """
    match = _BARE.match(line) if "[[" not in line else None
    return (match.group("name"), match.start("name") + 1) if match else None


def in_the_middle(line: str) -> tuple[str, int] | None:
    """A label with answers that stands inside a line: (label, column from 1)."""
    match = _MIDDLE.search(line) if ":" in line else None
    if match is None or not line[: match.start()].strip():
        return None
    return match.group(), match.start() + 1


def shows_answer(line: str) -> tuple[str, int] | None:
    """A label with answers, well or badly written: (what stands there, column)."""
    found = find(line)
    if found is not None:
        name = found.label.name
        return (name + ":", found.column) if name in SECRET else None
    near = almost(line, "prose")
    if near is not None:
        return near[0], near[2]
    glued = _GLUED.search(line) if ":" in line else None
    return (glued.group(), glued.start() + 1) if glued else None
