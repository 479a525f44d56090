"""Assignments, translations and keys: no edit crashes, loses a line, or tells a key."""

import json
import random

import pytest

from lms.courseware import (
    bodies,
    holes,
    kinds,
    library,
    mirrors,
    source,
    translation_files,
)
from lms.courseware.competencies import Dictionary
from lms.courseware.kinds import task
from lms.courseware.notes import Notes
from lms.courseware.question_texts import texts
from lms.courseware.render import Rendered
from lms.courseware.translation_files import Base, Language
from tests.unit.courseware import (
    test_mistakes_in_tasks,
    test_simulation_files,
    test_surveys,
)
from tests.unit.courseware.mistakes import FOLDER, SAMPLE
from tests.unit.courseware.test_conservation import (
    MARK,
    SECRET,
    WORKED,
    Watch,
    broken,
    without_code,
)

PATH = "kuis/akhir.md"
WHOLE = "QZQZQZQZ"  # in keys alone; "QZ" of it stays after most edits
ANY = "QZ"
KEYED = f"""---
jenis: kuis
id: kuis
judul: Kuis
---

Bacalah setiap soal dengan saksama.

## Pengawas {{#pengawas}}

Lembaga mana yang mengawasi layanan?

Jawaban: {WHOLE} | {WHOLE}a
Pembahasan: Yang benar {WHOLE}.
Jika keliru: Lihat lagi, {WHOLE}.

## Kalimat {{#kalimat}}

Lengkapi kalimat berikut.

Isian: Janji diumumkan lewat [[{WHOLE}]], dan diawasi oleh [[{WHOLE} | {WHOLE}b]].

## Rapat {{#rapat}}

Kapan rapat dimulai?

Jawaban: pukul {WHOLE}
Jika tepat: Benar, {WHOLE}.
"""


def read(text, path, dictionary=None):
    """Return the item of a text, if there is one, and its notes."""
    notes = Notes(path)
    whole = source.read(text.encode("utf-8", "surrogatepass"), notes)
    if whole is None:
        return None, None, notes
    reading = kinds.read(whole, path, dictionary or Dictionary(), notes)
    return whole, reading, notes


@pytest.mark.parametrize("seed", range(2))
def test_no_edit_of_an_assignment_loses_a_line(seed):
    chance = random.Random(seed)
    dictionary = library.load(SAMPLE).competencies
    accepted = 0

    for _ in range(1_000):
        changed = broken(test_mistakes_in_tasks.WHOLE, chance)
        whole, reading, notes = read(changed, "tugas/rencana.md", dictionary)
        assert reading is None or reading.item is not None or notes.has_errors
        if reading is None or reading.item is None or reading.kind != "tugas":
            continue
        accepted += 1
        known = set(reading.item.text.split("\n"))
        known |= {whole.lines[criterion.line - 1] for criterion in reading.item.rubric}
        for number, line in body_lines(whole):
            is_frame = line.strip().startswith("|") or task._is_rubric(line)
            is_noted = number in {finding.line for finding in notes.found}
            said = line.strip() in {text.strip() for text in known}
            assert said or is_frame or is_noted or not line.strip(), changed
        for line in reading.item.text.split("\n"):
            assert not MARK.match(line), changed
            assert not SECRET.match(line), changed

    assert accepted > 100


def body_lines(whole):
    end = whole.lines.index("---", 1)
    return list(enumerate(whole.lines, 1))[end + 1 :]


def visible(question):
    """What a learner gets of a question before answering, not converted."""
    raw = Rendered(tuple(text for _name, text in texts(question)))
    return json.dumps(bodies.question_body(question, raw))


@pytest.mark.parametrize("seed", range(4))
def test_no_edit_of_a_quiz_shows_what_only_its_key_may_say(seed):
    chance = random.Random(seed)
    accepted = 0

    for _ in range(1_000):
        changed = broken(KEYED, chance, (1,))
        _whole, reading, _notes = read(changed, PATH)
        item = reading.item if reading else None
        if item is None or reading.kind != "kuis":
            continue
        accepted += 1
        assert ANY not in item.intro, changed
        for question in item.questions:
            assert ANY not in visible(question), changed

    assert accepted > 100


def every_base():
    """Yield path, text and competencies of a base file of each kind."""
    dictionary = library.load(SAMPLE).competencies
    yield PATH, KEYED, dictionary
    yield "tugas/rencana.md", test_mistakes_in_tasks.WHOLE, dictionary
    yield "simulasi/keluhan.md", test_simulation_files.TEXT, dictionary
    yield "survei/reaksi.md", test_surveys.REACTION, dictionary
    worked = WORKED / "kursus/pelayanan-prima/kuis/akhir.md"
    yield PATH, worked.read_text("utf-8"), dictionary
    yield (
        "01-standar.md",
        (SAMPLE / FOLDER / "01-standar.md").read_text("utf-8"),
        dictionary,
    )


class Translating:
    """A base file, and what becomes of texts that say they translate it."""

    def __init__(self, path, text, dictionary):
        self.path, self.dictionary = path, dictionary
        whole, self.base, notes = read(text, path, dictionary)
        assert self.base.item is not None, notes.found
        self.bases = Base(None, {path: self.base}, {path: whole})
        self.mirror = mirrors.mirror(path, text, "en")

    def read(self, changed):
        notes, into = Notes(f"en/{self.path}"), Language("en")
        whole = source.read(changed.encode("utf-8", "surrogatepass"), notes)
        if whole is None:
            return into, notes
        path = f"en/{self.path}"
        found = translation_files.read(whole, path, self.bases, self.dictionary, into)
        notes.errors += found.errors
        notes.found += found.found
        return into, notes


@pytest.mark.parametrize("seed", range(3))
def test_no_edit_of_a_translation_crashes_or_loses_a_line(seed, monkeypatch):
    watch, chance = Watch(monkeypatch), random.Random(seed)
    every = [Translating(*base) for base in every_base()]
    accepted = 0

    for _ in range(600):
        one = chance.choice(every)
        changed = broken(one.mirror, chance)
        into, notes = one.read(changed)
        watch.check()
        if notes.has_errors:
            continue
        accepted += 1
        for spoken in (*into.items.values(), *into.questions.values()):
            for said in spoken.texts.values():
                for line in without_code(said.text).split("\n"):
                    assert not MARK.match(line), changed
                    assert not SECRET.match(line), changed

    assert accepted > 60


@pytest.mark.parametrize("seed", range(3))
def test_no_edit_of_a_translation_shows_what_only_the_key_may_say(seed):
    chance = random.Random(seed)
    one = Translating(PATH, KEYED, Dictionary())
    questions = {question.code: question for question in one.base.item.questions}
    accepted = 0

    for _ in range(600):
        changed = broken(one.mirror, chance, (1,))
        into, _notes = one.read(changed)
        for code, spoken in into.questions.items():
            accepted += 1
            question = questions[code]
            shown = [question.stem, *(text for text in pieces(question) if text)]
            for text in shown:
                assert ANY not in spoken.of(text).text, changed

    assert accepted > 60


def pieces(question):
    return [holes.join(question.asks.pieces)] if question.kind == "cloze" else []


@pytest.mark.parametrize("code", ["pengawas", "kalimat", "rapat"])
def test_the_key_is_the_same_whatever_a_translation_says(code):
    one = Translating(PATH, KEYED, Dictionary())
    into, notes = one.read(one.mirror.replace(f"[[{WHOLE}]]", "[[anything]]"))

    assert {f.code for f in notes.found if f.is_error} == {"T806"}
    assert ("kalimat" in into.questions) is False
    assert (code in into.questions) is (code != "kalimat")
