"""`jenis: kuis`: rules of an attempt, own questions, and draws from banks."""

import re
from collections.abc import Mapping

from lms.courseware import unexplained
from lms.courseware.keys import ITEM_KEYS
from lms.courseware.kinds import sections
from lms.courseware.kinds.kind import Draft, Kind, references
from lms.courseware.notes import Notes
from lms.courseware.questions import DIFFICULTIES
from lms.courseware.schema import Bank, Draw, Explain, Question, Quiz

EXPLAIN: dict[str, Explain] = {
    "langsung": "always",
    "setelah selesai": "finished",
    "setelah lulus": "passed",
    "tidak": "never",
}
MAX_ATTEMPTS = 100
MINUTES_PER_QUESTION = 1.5
MAX_LIMIT_MINUTES = 24 * 60
_DRAW = re.compile(
    r"(?P<count>[0-9]{1,4}|semua)\s+dari\s+(?P<bank>\S+)"
    r"(?:\s+yang\s+(?P<difficulty>mudah|sedang|sulit))?"
)
_ALL_RIGHT = re.compile(
    r"\W*(?:semua(?:nya)?(?: (?:jawaban|pilihan|pernyataan|opsi))?"
    r"(?: di atas| tersebut)? (?:benar|salah|tepat)"
    r"|(?:jawaban )?[a-e] dan [a-e](?: benar)?"
    r"|tidak ada (?:jawaban )?yang benar|bukan salah satu di atas)\W*",
    re.IGNORECASE,
)


def read(draft: Draft) -> Quiz | None:
    fields, notes = draft.fields, draft.notes
    intro, questions = sections.read(draft)
    shuffle_options = fields.yes("acak_pilihan", False)
    if shuffle_options:
        warn_of_all_right(questions, notes)
    warn_of_longest(questions, notes)
    explain = fields.choice("tampilkan_pembahasan", EXPLAIN, "finished")
    if explain != "never":
        unexplained.note_silent(questions, notes)
    return Quiz(
        code=fields.code(),
        title=fields.text("judul", required=True),
        path=draft.path,
        intro=sections.joined(intro),
        questions=questions,
        draws=_draws(draft, bool(questions)),
        pass_percent=fields.whole("nilai_lulus", 0, 100, 70),
        attempts=fields.attempts(MAX_ATTEMPTS, 3),
        pause_minutes=fields.minutes("jeda", None) or 0,
        limit_minutes=_limit(draft),
        shuffle_questions=fields.yes("acak_soal", False),
        shuffle_options=shuffle_options,
        explain=explain,
        competencies=references(draft),
        required=fields.yes("wajib", True),
        formulas=fields.yes("rumus", False),
        pair=fields.text("pasangan"),
    )


def _limit(draft: Draft) -> int | None:
    minutes = draft.fields.minutes("batas_waktu", None)
    if minutes is not None and minutes > MAX_LIMIT_MINUTES:
        draft.fields.error(
            "A136",
            draft.fields.node("batas_waktu"),
            '"batas_waktu" lebih dari 24 jam',
            "contoh: 25 menit, 1 jam 30 menit",
        )
        return None
    return minutes


def _draws(draft: Draft, has_questions: bool) -> tuple[Draw, ...]:
    fields, notes = draft.fields, draft.notes
    found = []
    for text in fields.texts("ambil"):
        draw = read_draw(" ".join(text.text.split()))
        if draw is None:
            fields.error(
                "K714",
                text,
                f'"{text.text}" tidak terbaca',
                'contoh: "3 dari bank/dasar-hukum.md"',
            )
        else:
            found.append(draw)
    own = any(not draw.bank for draw in found)
    if not fields.has("ambil"):
        found, own = [Draw()], True
    if notes.has_errors:
        return tuple(found)
    if own and not has_questions:
        message = "kuis ini belum punya soal sendiri"
        line, column = fields.place("ambil")
        fix = 'tulis soalnya, atau "ambil: 5 dari bank/….md"'
        notes.error("K725", line, column, message, fix)
    if not own and has_questions:
        message = 'kuis ini punya soal sendiri, tetapi "ambil" tidak menyebut "semua"'
        line, column = fields.place("ambil")
        notes.error("K724", line, column, message, 'tambahkan butir "semua"')
    return tuple(found)


def read_draw(text: str) -> Draw | None:
    """`semua`, `N dari bank/x.md`, `N dari bank/x.md yang sulit`; None if neither."""
    if text == "semua":
        return Draw()
    match = _DRAW.fullmatch(text)
    if match is None or match.group("count").strip("0") == "":
        return None
    count = None if match.group("count") == "semua" else int(match.group("count"))
    difficulty = DIFFICULTIES.get(match.group("difficulty") or "", "")
    return Draw(match.group("bank").removeprefix("./"), count, difficulty)


def warn_of_all_right(questions: tuple[Question, ...], notes: Notes) -> None:
    """Note options such as "semua benar" that make no sense when shuffled."""
    for question in questions:
        if question.shuffle_options and any(
            _ALL_RIGHT.fullmatch(option.text) for option in question.options
        ):
            notes.warn(
                "C371",
                question.line,
                1,
                'pilihan "semua benar" bersama acak_pilihan',
                'tambahkan "Acak pilihan: tidak"',
            )


def warn_of_longest(questions: tuple[Question, ...], notes: Notes) -> None:
    """Note when the longest option is the right one nearly every time."""
    single = [q for q in questions if q.kind == "single"]
    telling = [q for q in single if _longest_is_right(q)]
    if len(telling) >= 4 and len(telling) * 5 >= len(single) * 4:
        notes.warn(
            "C370",
            telling[0].line,
            1,
            "jawaban benar selalu yang terpanjang "
            f"di {len(telling)} dari {len(single)} soal",
            "seimbangkan panjang pilihan",
        )


def _longest_is_right(question: Question) -> bool:
    right = max(len(o.text) for o in question.options if o.credit == 100)
    return all(len(o.text) < right for o in question.options if o.credit != 100)


def minutes(quiz: Quiz, banks: Mapping[str, Bank]) -> float:
    """Return the time limit, else 1.5 minutes a question."""
    if quiz.limit_minutes is not None:
        return quiz.limit_minutes
    return MINUTES_PER_QUESTION * question_count(quiz, banks)


def question_count(quiz: Quiz, banks: Mapping[str, Bank]) -> int:
    """How many questions one attempt of a quiz has."""
    count = 0
    for draw in quiz.draws:
        pool = banks[draw.bank].questions if draw.bank else quiz.questions
        fitting = sum(1 for q in pool if draw.difficulty in ("", q.difficulty))
        count += fitting if draw.count is None else draw.count
    return count


KIND = Kind(
    "kuis",
    ITEM_KEYS["kuis"],
    read,
    requirement="passed",
    is_proof=True,
    minutes=minutes,
)
