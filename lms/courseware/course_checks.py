"""Checks between the files of one course; those of quizzes are in `quiz_checks`."""

from collections.abc import Iterable, Mapping

from lms.courseware import competencies, quiz_checks
from lms.courseware.course_file import REQUIREMENTS, PromiseText
from lms.courseware.guess import closest, meant
from lms.courseware.kinds import KINDS, Reading
from lms.courseware.parts import SHOWN_KINDS, Parts, clean
from lms.courseware.schema import Bank, Item, Question, Quiz

WORDS = {rule: word for word, rule in REQUIREMENTS.items()}
JP_MINUTES = 45
JP_SLACK = 0.2


def check(parts: Parts, known_courses: frozenset[str]) -> None:
    """Note everything that is wrong between the files of a course."""
    _check_order(parts)
    _check_unlisted(parts)
    _check_item_codes(parts)
    _check_question_codes(parts)
    quiz_checks.check(parts)
    _check_passing(parts)
    _check_promises(parts)
    _check_prerequisites(parts, known_courses)
    if not any(
        notes.has_errors for notes in (parts.course.notes, *parts.notes.values())
    ):
        _check_hours(parts)


def _check_order(parts: Parts) -> None:
    seen: set[str] = set()
    texts = [t for _title, chapter in parts.course.chapters for t in chapter]
    if not texts and parts.course.fields.has("urutan"):
        node = parts.course.fields.node("urutan")
        message = 'data "urutan" wajib diisi'
        parts.course.fields.error(
            "K702", node, message, "sebut paling sedikit satu modul"
        )
    for text in texts:
        path = clean(text.text)
        reading = parts.readings.get(path)
        if path not in parts.sizes:
            message = f'berkas "{text.text}" tidak ditemukan'
            parts.error("K707", text, message, meant(path, parts.readings))
        elif path in seen:
            message = f'berkas "{path}" disebut dua kali dalam urutan'
            parts.error("K708", text, message, "hapus salah satu")
        elif reading is None or reading.kind == "bank":
            parts.error(
                "K727",
                text,
                f'berkas "{path}" bukan modul atau kuis',
                'bank soal cukup disebut pada "ambil" sebuah kuis',
            )
        seen.add(path)


def _check_unlisted(parts: Parts) -> None:
    named = {
        clean(t.text) for _title, chapter in parts.course.chapters for t in chapter
    }
    drawn = {
        draw.bank
        for reading in parts.readings.values()
        if isinstance(reading.item, Quiz)
        for draw in reading.item.draws
    }
    for path, reading in parts.readings.items():
        if reading.kind in SHOWN_KINDS and path not in named:
            parts.notes[path].warn(
                "K709",
                1,
                1,
                'berkas ini tidak tercantum di "urutan" kursus.yml, '
                "jadi tidak akan tampil",
                "tambahkan ke kursus.yml atau hapus berkasnya",
            )
        elif isinstance(reading.item, Bank) and path not in drawn:
            message = "bank soal ini tidak dipakai kuis mana pun"
            parts.notes[path].warn("K728", 1, 1, message, f'ambil: "5 dari {path}"')


RESERVED = frozenset({"daftar"})  # /kursus/<kursus>/daftar is the list of contents


def _check_item_codes(parts: Parts) -> None:
    seen: dict[str, str] = {}
    for path, reading in parts.readings.items():
        if not reading.code or reading.fields is None:
            continue
        if reading.code in RESERVED:
            message = f'id "{reading.code}" dipakai oleh alamat halaman kursus'
            reading.fields.error(
                "K710", reading.fields.node("id"), message, "beri id lain"
            )
        if reading.code in seen:
            message = f'id "{reading.code}" sudah dipakai berkas {seen[reading.code]}'
            place = reading.fields.node("id")
            reading.fields.error("K710", place, message, "beri id lain")
        seen.setdefault(reading.code, path)


def questions_of(item: Item | Bank | None) -> tuple[Question, ...]:
    return item.own_questions if item else ()


def _check_question_codes(parts: Parts) -> None:
    seen: dict[str, str] = {}
    for path, reading in parts.readings.items():
        own = questions_of(reading.item)
        for question in own:
            if question.code in seen:
                line = parts.sources[path].lines[question.line - 1]
                parts.notes[path].error(
                    "K711",
                    question.line,
                    line.rfind("{#") + 3,
                    f'kode soal "{question.code}" sudah dipakai di '
                    f"{seen[question.code]}",
                    "kode soal harus unik dalam satu kursus",
                )
        seen |= {q.code: path for q in own if q.code not in seen}


def _check_passing(parts: Parts) -> None:
    kinds = {r.code: r.kind for r in parts.listed.values() if r.code}
    seen: set[str] = set()
    for code, rule in parts.course.passing:
        kind = kinds.get(code.text)
        if kind is None and parts.may_exist(code.text):
            continue
        if kind is None:
            message = f'kelulusan menyebut "{code.text}" yang tidak ada'
            fix = meant(code.text, kinds) or "tulis id modul atau kuis"
            parts.error("K712", code, message, fix)
        elif rule is not None and rule != KINDS[kind].requirement:
            right = WORDS[KINDS[kind].requirement]
            parts.error(
                "K723",
                code,
                f"syarat ini tidak dapat dipenuhi oleh jenis {kind}",
                f"{code.text}: {right}",
            )
        elif _comes_too_late(code.text, parts):
            message = f'"{code.text}" baru dapat diisi sesudah kursusnya selesai'
            parts.error("S104", code, message, "hapus dari kelulusan")
        elif code.text in seen:
            message = f'"{code.text}" ditulis dua kali dalam kelulusan'
            parts.error("A120", code, message, "hapus salah satu")
        seen.add(code.text)


def _comes_too_late(code: str, parts: Parts) -> bool:
    """Say whether nobody can do an item before the course is finished."""
    return any(
        reading.code == code
        and reading.item is not None
        and not KINDS[reading.kind].may_be_required(reading.item)
        for reading in parts.listed.values()
    )


def _check_promises(parts: Parts) -> None:
    notes = parts.course.notes
    if parts.dictionary.is_broken and parts.course.promises:
        place = parts.course.promises[0].place
        notes.error(
            "K722",
            place.line,
            place.column,
            "kompetensi.yml belum terbaca, jadi kompetensi tidak dapat diperiksa",
            "perbaiki dahulu kompetensi.yml",
        )
    codes = {r.code for r in parts.listed.values() if r.code}
    tested = {
        ref.code
        for reading in parts.readings.values()
        if reading.item
        for ref in (
            *(reading.item.competencies if KINDS[reading.kind].is_proof else ()),
            *(c for q in questions_of(reading.item) for c in q.competencies),
        )
    }
    for promise in parts.course.promises:
        _check_promise(promise, codes, parts)
        if not promise.proof and promise.code not in tested:
            notes.warn(
                "K717",
                promise.place.line,
                promise.place.column,
                f"kompetensi {promise.code} dijanjikan tetapi tidak ada soal atau "
                "tugas yang mengujinya",
                "tambahkan bukti: [id-kuis]",
            )


def _check_promise(promise: PromiseText, codes: set[str], parts: Parts) -> None:
    place, notes = promise.place, parts.course.notes
    if promise.level:
        known = parts.dictionary.get(promise.code)
        if known is not None:
            place = promise.level_place
        competencies.check(
            promise.code,
            promise.level,
            (place.line, place.column),
            parts.dictionary,
            notes,
        )
    for text in promise.proof:
        if text.text not in codes and not parts.may_exist(text.text):
            near = closest(text.text, codes)
            fix = f'maksud Anda "{near}"?' if near else "tulis id modul atau kuis"
            message = f'bukti menyebut "{text.text}" yang tidak ada'
            parts.error("K712", text, message, fix)


def _check_prerequisites(parts: Parts, known_courses: frozenset[str]) -> None:
    own = parts.course.code
    for text in parts.course.prerequisites:
        if text.text == own:
            message = "kursus tidak boleh menjadi prasyarat dirinya sendiri"
            parts.error("K706", text, message, "hapus dari prasyarat")
        elif text.text not in known_courses:
            message = f'kursus prasyarat "{text.text}" tidak ada'
            parts.error("K705", text, message, meant(text.text, known_courses))


def study_minutes(readings: Iterable[Reading], banks: Mapping[str, Bank]) -> float:
    """Minutes that completing a course takes, as far as its items could be read."""
    needed = [r for r in readings if r.item and r.item.required]
    return sum(KINDS[r.kind].minutes(r.item, banks) for r in needed)


def _check_hours(parts: Parts) -> None:
    banks = {p: r.item for p, r in parts.readings.items() if isinstance(r.item, Bank)}
    minutes = study_minutes(parts.listed.values(), banks)
    jp = parts.course.simple["jp"]
    if abs(minutes / JP_MINUTES - jp) <= JP_SLACK * jp:
        return
    line, column = parts.course.fields.place("jp")
    hours = f"{minutes / JP_MINUTES:.1f}".replace(".", ",")
    parts.course.notes.warn(
        "K720",
        line,
        column,
        f"jp {jp} tidak sesuai dengan lama belajar {minutes:.0f} menit ({hours} jp)",
        "sesuaikan jp, atau isi durasi setiap modul (1 jp = 45 menit)",
    )
