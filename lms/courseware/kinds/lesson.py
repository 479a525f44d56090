"""`jenis: modul`: prose with knowledge checks, which are cut out before Markdown."""

from dataclasses import dataclass

from lms.courseware import marks, prose, questions, unexplained
from lms.courseware.keys import ITEM_KEYS
from lms.courseware.kinds.kind import Draft, Kind, references
from lms.courseware.notes import Notes
from lms.courseware.question_scan import BodyLine
from lms.courseware.schema import Completion, Module, Prose, Question

COMPLETIONS: dict[str, Completion] = {
    "dibaca": "read",
    "cek dijawab": "checks_answered",
    "cek benar": "checks_right",
}
MAX_CHECKS = 100


@dataclass(slots=True)
class _Open:
    """A box that waits for its closing fence."""

    slashes: str
    name: str
    line: int
    column: int


def read(draft: Draft) -> Module | None:
    fields = draft.fields
    segments = _Body(draft).read()
    checks = [segment for segment in segments if isinstance(segment, Question)]
    unexplained.note_silent(checks, draft.notes)
    has_checks = bool(checks)
    completion = fields.choice(
        "selesai_jika", COMPLETIONS, "checks_answered" if has_checks else "read"
    )
    if completion != "read" and not has_checks and not draft.notes.has_errors:
        fields.error(
            "A155",
            fields.node("selesai_jika"),
            'modul ini tidak punya cek ("/// soal")',
            "selesai_jika: dibaca",
        )
    return Module(
        code=fields.code(),
        title=fields.text("judul", required=True),
        path=draft.path,
        segments=tuple(segments),
        minutes=fields.minutes("durasi", None),
        objectives=fields.words("tujuan"),
        competencies=references(draft),
        required=fields.yes("wajib", True),
        completion=completion,
        formulas=fields.yes("rumus", False),
    )


class _Body:
    """Walks the lines once; a check ends the prose before it."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.lines = draft.body
        self.notes = draft.notes
        self.segments: list[Prose | Question] = []
        self.prose: list[BodyLine] = []
        self.boxes: list[_Open] = []
        self.codes: dict[str, int] = {}

    def read(self) -> list[Prose | Question]:
        at = 0
        while at < len(self.lines):
            number, text, is_code = self.lines[at]
            fence = None if is_code else prose.fence(text)
            if fence is not None and fence.name:
                name = prose.block_name(fence, number, self.notes)
                if name == prose.QUIZ_BLOCK:
                    at = self._check(at, fence)
                    continue
                column = fence.indent + 1
                self.boxes.append(_Open(fence.slashes, name, number, column))
            elif fence is not None:
                self._close(fence, number)
            elif not is_code:
                prose.check_outside(number, text, self.notes)
                prose.check_visible(number, text, self.notes)
            self.prose.append(self.lines[at])
            at += 1
        for box in self.boxes:
            prose.never_closed(box.name, box.line, box.column, self.notes)
        self._end_prose()
        return self.segments

    def _close(self, fence: prose.Fence, number: int) -> None:
        fitting = [n for n, b in enumerate(self.boxes) if b.slashes == fence.slashes]
        if not fitting:
            prose.no_opening(number, fence.indent + 1, self.notes)
            return
        for box in self.boxes[fitting[-1] + 1 :]:
            prose.never_closed(box.name, box.line, box.column, self.notes)
        del self.boxes[fitting[-1] :]

    def _check(self, at: int, fence: prose.Fence) -> int:
        """Read the check whose opening stands at index `at`; index after its end."""
        number = self.lines[at][0]
        if self.boxes:
            self.notes.error(
                "B215",
                number,
                fence.indent + 1,
                f'soal tidak boleh berada di dalam blok "{self.boxes[-1].name}"',
                "tutup blok itu sebelum soal",
            )
        self._end_prose()
        end, is_closed = self._find_end(at + 1, fence)
        if not is_closed:
            prose.never_closed(prose.QUIZ_BLOCK, number, fence.indent + 1, self.notes)
        column = fence.title_column or len(self.lines[at][1]) + 1
        head = questions.heading(
            fence.title, number, column, self.codes, self.notes, use="check"
        )
        body = list(self.lines[at + 1 : end])
        check_boxes(body, self.notes)
        question = questions.read(head, body, self.draft.dictionary, self.notes)
        if question is not None:
            self.segments.append(question)
        if len(self.codes) == MAX_CHECKS + 1:
            message = f"modul ini punya lebih dari {MAX_CHECKS} cek"
            self.notes.error("A152", number, 1, message, "bagi menjadi beberapa modul")
        return end + 1 if is_closed else end

    def _find_end(self, start: int, opening: prose.Fence) -> tuple[int, bool]:
        """Index of the closing fence; without one, where the check must have ended."""
        for at in range(start, len(self.lines)):
            _number, text, is_code = self.lines[at]
            if is_code:
                continue
            fence = prose.fence(text)
            if fence is None:
                continue
            if not fence.name and fence.slashes == opening.slashes:
                return at, True
            if fence.name == prose.QUIZ_BLOCK:
                return at, False
        for at in range(start, len(self.lines)):
            _number, text, is_code = self.lines[at]
            if not is_code and marks.HEADING.match(text):
                return at, False
        return len(self.lines), False

    def _end_prose(self) -> None:
        text = "\n".join(text for _number, text, _code in self.prose)
        if text.strip():
            first = next(n for n, text, _code in self.prose if text.strip())
            self.segments.append(Prose(text.strip("\n"), first))
        self.prose = []


def check_boxes(body: list[BodyLine], notes: Notes) -> None:
    """Note boxes inside a question that are unknown, not closed or not opened."""
    boxes: list[_Open] = []
    for number, text, is_code in body:
        fence = None if is_code else prose.fence(text)
        if fence is None:
            if not is_code and prose.may_hide(text):
                prose.check_visible(number, text, notes)
            continue
        if fence.name:
            name = prose.block_name(fence, number, notes)
            boxes.append(_Open(fence.slashes, name, number, fence.indent + 1))
            if name == prose.QUIZ_BLOCK:
                message = "soal tidak boleh berada di dalam soal lain"
                notes.error(
                    "B215", number, fence.indent + 1, message, 'tutup dengan "///"'
                )
        elif boxes and boxes[-1].slashes == fence.slashes:
            boxes.pop()
        else:
            prose.no_opening(number, fence.indent + 1, notes)
    for box in boxes:
        prose.never_closed(box.name, box.line, box.column, notes)


def minutes(module: Module, _banks: object) -> float:
    return module.minutes or 0


KIND = Kind("modul", ITEM_KEYS["modul"], read, minutes=minutes)
