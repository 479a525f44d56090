"""Checks of quizzes among the files of a course: draws, pairs, who grades them."""

import re
from collections.abc import Mapping

from lms.courseware.data import Text
from lms.courseware.fields import Fields
from lms.courseware.guess import meant
from lms.courseware.kinds import Reading
from lms.courseware.parts import Parts
from lms.courseware.schema import Bank, Draw, Question, Quiz

BY_PERSON = frozenset({"essay", "upload"})
# How trainers call a quiz that is taken before the lessons, and one after them.
_BEFORE = re.compile(
    r"\b(?:pre[- ]?test?|pra[- ]?(?:tes|uji)|(?:kuis|tes|ujian|evaluasi) awal)\b"
)
_AFTER = re.compile(
    r"\b(?:post?[- ]?test?|pasca[- ]?(?:tes|uji)|(?:kuis|tes|ujian|evaluasi) akhir)\b"
)


def check(parts: Parts) -> None:
    """Note everything that is wrong between quizzes and what they draw from."""
    _check_draws(parts)
    _check_pairs(parts)
    _check_graders(parts)


def _check_draws(parts: Parts) -> None:
    for reading in parts.readings.values():
        quiz, fields = reading.item, reading.fields
        if not isinstance(quiz, Quiz) or fields is None or not fields.has("ambil"):
            continue
        asked: dict[tuple[str, str], int] = {}
        for draw, text in zip(quiz.draws, fields.texts("ambil"), strict=True):
            if not draw.bank:
                continue
            bank = parts.readings.get(draw.bank)
            if bank is None or bank.kind != "bank":
                banks = [p for p, r in parts.readings.items() if r.kind == "bank"]
                message = f'bank "{draw.bank}" tidak ditemukan'
                fix = meant(draw.bank, banks) or "tulis jalurnya dari folder kursus"
                fields.error("K715", text, message, fix)
            elif isinstance(bank.item, Bank):
                _check_count(draw, bank.item, asked, text, fields)


def _check_count(
    draw: Draw,
    bank: Bank,
    asked: dict[tuple[str, str], int],
    text: Text,
    fields: Fields,
) -> None:
    """Note a draw that wants more than is left; `asked` sums what earlier ones took."""
    fitting = [q for q in bank.questions if draw.difficulty in ("", q.difficulty)]
    wanted = len(fitting) if draw.count is None else draw.count
    for difficulty in {draw.difficulty, ""}:
        key = (draw.bank, difficulty)
        asked[key] = asked.get(key, 0) + wanted
    total = asked[draw.bank, draw.difficulty]
    everything = asked[draw.bank, ""]
    if total > len(fitting) or everything > len(bank.questions) or not fitting:
        there = len(fitting) if total > len(fitting) else len(bank.questions)
        count = total if total > len(fitting) else everything
        fields.error(
            "K716",
            text,
            f'meminta {count} soal dari "{draw.bank}", padahal hanya ada {there}',
            "kurangi angkanya atau tambah soal",
        )


def _check_pairs(parts: Parts) -> None:
    quizzes = {r.code: r for r in parts.listed.values() if r.kind == "kuis"}
    named: dict[str, str] = {}
    for reading in parts.readings.values():
        quiz, fields = reading.item, reading.fields
        if not isinstance(quiz, Quiz) or not quiz.pair or fields is None:
            continue
        node = fields.node("pasangan")
        if quiz.pair not in quizzes and parts.may_exist(quiz.pair):
            continue
        if quiz.pair == quiz.code or quiz.pair not in quizzes:
            message = f'pasangan "{quiz.pair}" bukan kuis lain di kursus ini'
            others = [code for code in quizzes if code != quiz.code]
            fix = meant(quiz.pair, others) or "tulis id kuis awal atau kuis akhir"
            fields.error("K726", node, message, fix)
            continue
        other = quizzes[quiz.pair].item
        if isinstance(other, Quiz) and other.pair not in ("", quiz.code):
            message = f'"{quiz.pair}" sudah berpasangan dengan "{other.pair}"'
            fix = "satu kuis hanya punya satu pasangan; hapus salah satu"
            fields.error("K740", node, message, fix)
        elif quiz.pair in named and named[quiz.pair] != quiz.code:
            message = f'"{quiz.pair}" sudah menjadi pasangan "{named[quiz.pair]}"'
            fix = "satu kuis hanya punya satu pasangan; hapus salah satu"
            fields.error("K740", node, message, fix)
        named.setdefault(quiz.pair, quiz.code)
    _check_pretests(parts, quizzes, named)
    _check_alone(parts, quizzes, named)


def _check_pretests(
    parts: Parts, quizzes: dict[str, Reading], named: dict[str, str]
) -> None:
    """Note a quiz before the course whose pass the course asks for."""
    order = list(quizzes)
    asked = {code.text: code for code, rule in parts.course.passing if rule == "passed"}
    for one, other in named.items():
        if one not in quizzes or other not in quizzes:
            continue
        first = min(one, other, key=order.index)
        if first in asked:
            message = f'"{first}" adalah kuis awal, tetapi kelulusan meminta lulus'
            fix = "hapus dari kelulusan: kuis awal selesai begitu dikumpulkan"
            place = asked[first]
            parts.course.notes.warn("K741", place.line, place.column, message, fix)


def _check_alone(
    parts: Parts, quizzes: Mapping[str, Reading], named: Mapping[str, str]
) -> None:
    """Note a pre-test, by its name, that no post-test is compared with."""
    after = [code for code, reading in quizzes.items() if _is_called(reading, _AFTER)]
    for code, reading in quizzes.items():
        quiz, fields = reading.item, reading.fields
        if not isinstance(quiz, Quiz) or fields is None or quiz.pair or code in named:
            continue
        if _is_called(reading, _BEFORE):
            line, column = fields.place("id")
            message = f'"{code}" bernama kuis awal, tetapi tidak punya pasangan'
            message += ", jadi kemajuan peserta tidak terukur"
            fix = f"pasangan: {after[0] if after else 'id-kuis-akhir'}"
            fields.notes.warn("K742", line, column, message, fix)


def _is_called(reading: Reading, names: re.Pattern[str]) -> bool:
    title = reading.item.title if reading.item else ""
    said = f"{reading.code.replace('-', ' ')} | {title}".casefold()
    return names.search(said) is not None


def _check_graders(parts: Parts) -> None:
    """Note a quiz that nobody can pass before a person has graded it."""
    banks = {p: r.item for p, r in parts.readings.items() if isinstance(r.item, Bank)}
    for reading in parts.readings.values():
        quiz, fields = reading.item, reading.fields
        if not isinstance(quiz, Quiz) or fields is None or not quiz.pass_percent:
            continue
        counted, waiting = _points(quiz, banks)
        total = counted + waiting
        if waiting and counted * 100 < quiz.pass_percent * total:
            most = counted * 100 // total
            message = (
                f"nilai lulus {quiz.pass_percent}% tidak tercapai tanpa soal yang"
                f" dinilai orang ({waiting} dari {total} poin), jadi setiap peserta"
                " menunggu penilai"
            )
            fix = f"siapkan penilai, atau turunkan nilai_lulus sampai {most}"
            place = fields.place("nilai_lulus" if fields.has("nilai_lulus") else "id")
            fields.notes.warn("K729", *place, message, fix)


def _points(quiz: Quiz, banks: Mapping[str, Bank]) -> tuple[int, int]:
    """Return the most points that rules score in an attempt, and the rest of it."""
    counted = waiting = 0
    for draw in quiz.draws:
        bank = banks.get(draw.bank)
        pool = bank.questions if bank else () if draw.bank else quiz.questions
        fitting = [q for q in pool if draw.difficulty in ("", q.difficulty)]
        fitting.sort(key=_favour)
        for question in fitting[: draw.count]:
            if question.kind in BY_PERSON:
                waiting += question.points
            else:
                counted += question.points
    return counted, waiting


def _favour(question: Question) -> tuple[bool, int]:
    """Sort the draw that asks least of a person to the front."""
    by_person = question.kind in BY_PERSON
    return by_person, question.points if by_person else -question.points
