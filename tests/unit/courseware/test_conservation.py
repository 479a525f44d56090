"""Whatever the author mistypes: no crash, no lost line, no mark among the prose.

Random edits of the sample files, with a fixed seed so that a failure comes back.
"""

import random
import re

import pytest

from lms.courseware import kinds, library, marks, questions, source
from lms.courseware.kinds import lesson, sections
from lms.courseware.notes import Notes
from lms.courseware.schema import Module, Prose, Quiz
from tests.unit.courseware.mistakes import FOLDER, SAMPLE

WORKED = SAMPLE.parent / "worked"

EDITS = 4_000
PIECES = [
    *("\n", "\n\n", " ", "  ", "\t", "-", "- ", "* ", "(", ")", "[", "]", "x", "(x)"),
    *("( )", "[ ]", "[x]", "(50%)", "- (x) ", "- [ ] ", ">", "  > ", "#", "## ", "/"),
    *("///", "/// ", "/// soal | A {#a}", "```", "~~~", "{#a}", ":", "Jawaban: a\n"),
    *("Poin: 2\n", "Pembahasan: b\n", "\u200b", "\u202e", "\0", "\xa0", "é", "|", "'"),
    *("Pasangkan:\n", "- a -> b\n", " -> ", "Urutkan:\n", "Isian: ", "[[", "]]"),
    *("[[a | b]]", "{{n * 2}}", "Angka: n = 1 | 2\n", "Uraian: bebas\n", "Rubrik:\n"),
    *('"', "&", "*", "!", "@", "1. ", "<div>", "<!--", "-->", "---\n", "{{n}}", "\\"),
]
# A mark at the start of a line, as the converter or a reader would see one.
GAP = re.compile(r"\[\[[^\[\]]*\]\](?![(:])")
MARK = re.compile(r"^\s*[-*+]\s+[(\[](?: |x|X|[0-9]{1,3}%)[)\]](?:\s|$)")
SECRET = re.compile(r"^(?:Jawaban|Jawaban angka|Pernyataan ini|Pembahasan):")


def texts():
    dictionary = library.load(SAMPLE).competencies
    for name in ("01-standar.md", "kuis/akhir.md", "bank/dasar.md"):
        yield name, (SAMPLE / FOLDER / name).read_text("utf-8"), dictionary
    every_kind = WORKED / "kursus/pelayanan-prima/kuis/akhir.md"
    yield "kuis/akhir.md", every_kind.read_text("utf-8"), dictionary


def broken(text, chance, edits=(1, 1, 1, 2, 3)):
    """The text after one to three random edits of a few letters."""
    for _ in range(chance.choice(edits)):
        at = chance.randrange(len(text))
        kind = chance.randrange(5)
        if kind == 0:
            text = text[:at] + text[at + chance.randrange(1, 12) :]
        elif kind == 1:
            text = text[:at] + chance.choice(PIECES) + text[at:]
        elif kind == 2:
            text = text[:at] + chance.choice(PIECES) + text[at + 1 :]
        elif kind == 3:
            lines = text.split("\n")
            del lines[chance.randrange(len(lines))]
            text = "\n".join(lines)
        else:
            lines = text.split("\n")
            one, two = chance.randrange(len(lines)), chance.randrange(len(lines))
            lines[one], lines[two] = lines[two], lines[one]
            text = "\n".join(lines)
    return text


class Watch:
    """Remembers every question that is read: its lines, and those it claimed."""

    def __init__(self, monkeypatch):
        self.seen = []
        original = questions.read

        def read(head, body, dictionary, notes):
            question = original(head, body, dictionary, notes)
            self.seen.append((head, body, notes))
            return question

        monkeypatch.setattr(lesson.questions, "read", read)
        monkeypatch.setattr(sections.questions, "read", read)

    def check(self):
        for head, body, notes in self.seen:
            reported = {finding.line for finding in notes.found}
            for number, text, _is_code in body:
                is_known = number in head.claimed or number in reported
                assert is_known or not text.strip(), (number, text, notes.found)
        self.seen.clear()


def prose_lines(item):
    """Lines outside questions, without those in fenced code."""
    if isinstance(item, Module):
        parts = [s.text for s in item.segments if isinstance(s, Prose)]
    else:
        parts = [item.intro] if isinstance(item, Quiz) else []
    for part in parts:
        inside, _opened = marks.in_code(part.split("\n"))
        for line, is_code in zip(part.split("\n"), inside, strict=True):
            if not is_code:
                yield line


def without_code(text):
    lines = text.split("\n")
    inside, _opened = marks.in_code(lines)
    shown = [t for t, is_code in zip(lines, inside, strict=True) if not is_code]
    return "\n".join(marks.without_code(line) for line in shown)


@pytest.mark.parametrize("seed", range(4))
def test_no_random_edit_loses_a_line_or_shows_a_mark(seed, monkeypatch):
    watch, chance = Watch(monkeypatch), random.Random(seed)
    accepted = 0
    files = list(texts())

    for _ in range(EDITS // 4):
        path, text, dictionary = chance.choice(files)
        changed = broken(text, chance)
        notes = Notes(path)
        read = source.read(changed.encode("utf-8", "surrogatepass"), notes)
        item = kinds.read(read, path, dictionary, notes).item if read else None
        watch.check()
        assert item is not None or notes.has_errors or read is None
        if item is None or notes.has_errors:
            continue
        accepted += 1
        for line in prose_lines(item):
            assert not MARK.match(line), changed
            assert not SECRET.match(line), changed
        for question in getattr(item, "own_questions", ()):
            assert not GAP.search(without_code(question.stem)), changed

    assert accepted > EDITS // 40


@pytest.mark.parametrize("seed", range(2))
def test_no_random_edit_of_the_data_crashes(seed):
    chance = random.Random(seed)
    text = (SAMPLE / FOLDER / "kuis/akhir.md").read_text("utf-8")
    head, body = text[: text.index("\n---\n")], text[text.index("\n---\n") :]
    dictionary = library.load(SAMPLE).competencies

    for _ in range(500):
        changed = broken(head, chance) + body
        notes = Notes("kuis/akhir.md")
        read = source.read(changed.encode(), notes)
        item = (
            kinds.read(read, "kuis/akhir.md", dictionary, notes).item if read else None
        )
        assert (item is None) == notes.has_errors, changed


def test_random_edits_of_the_course_file_never_crash(tmp_path):
    chance = random.Random(7)
    text = (SAMPLE / FOLDER / "kursus.yml").read_text("utf-8")
    folder = tmp_path / "kursus" / "a"
    folder.mkdir(parents=True)

    for _ in range(500):
        (folder / "kursus.yml").write_text(broken(text, chance), "utf-8")
        found = library.load(tmp_path)
        assert not found.courses
        assert found.findings
