"""`jenis: tugas`: what is asked, who grades it, what is handed in, and the rubric."""

import re
from collections.abc import Mapping

from lms.courseware import marks, rubrics
from lms.courseware.answers.upload import FILE_KINDS, LARGEST_MB
from lms.courseware.data import Text
from lms.courseware.guess import meant
from lms.courseware.keys import ITEM_KEYS
from lms.courseware.kinds import sections
from lms.courseware.kinds.kind import Draft, Kind, references
from lms.courseware.question_scan import BodyLine
from lms.courseware.schema import Bank, Criterion, Grader, Task
from lms.courseware.schema.task import MB

GRADERS: dict[str, Grader] = {"pengajar": "instructor", "atasan": "superior"}
PEERS = "sejawat"
MOST_PEERS = 5
TEXT, FILES = "teks", "berkas"
MOST_DAYS = 366
MAX_ATTEMPTS = 20
RUBRIC = "Rubrik"
_PEERS = re.compile(r"sejawat(?:\s+(?P<count>[0-9]{1,3}))?")
_SIZE = re.compile(r"(?P<number>[0-9]{1,5})\s*(?P<unit>MB|KB)", re.IGNORECASE)
_DUE = re.compile(
    r"(?P<number>[0-9]{1,3})\s+(?P<unit>hari|minggu|bulan)\s+setelah\s+mulai"
)
_DAYS = {"hari": 1, "minggu": 7, "bulan": 30}
# A heading that may be meant as the rubric's: of another level, or with more words.
_LIKE = re.compile(r"^ {0,3}#{1,6}\s*rubri[ck]\b.*$", re.IGNORECASE)


def read(draft: Draft) -> Task | None:
    fields = draft.fields
    text, rubric = _body(draft)
    graders, peers = _graders(draft)
    takes_text, takes_files = _handed_in(draft)
    return Task(
        code=fields.code(),
        title=fields.text("judul", required=True),
        path=draft.path,
        text=text,
        rubric=rubric,
        graders=graders,
        peers=peers,
        takes_text=takes_text,
        takes_files=takes_files,
        accept=_accept(draft, takes_files),
        max_bytes=_largest(draft, takes_files),
        due_days=_due(draft),
        pass_percent=fields.whole("nilai_lulus", 0, 100, 70),
        attempts=fields.attempts(MAX_ATTEMPTS, 3),
        minutes=fields.minutes("durasi", 60) or 60,
        competencies=references(draft),
        required=fields.yes("wajib", True),
        formulas=fields.yes("rumus", False),
    )


def _body(draft: Draft) -> tuple[str, tuple[Criterion, ...]]:
    """The text above `## Rubrik` and the criteria under it."""
    notes = draft.notes
    above: list[BodyLine] = []
    below: list[tuple[int, str]] = []
    place: tuple[int, int] | None = None
    for line in draft.body:
        number, text, is_code = line
        if not is_code and _is_rubric(text):
            if place is not None:
                message = 'judul "## Rubrik" ditulis dua kali'
                fix = "satukan dalam satu tabel"
                notes.error("E517", number, 1, message, fix)
            place = place or (number, text.index("#") + 1)
        elif place is None:
            above.append(line)
        else:
            below.append((number, text))
    sections.check_prose(above, notes, knows=_LIKE.match)
    words = "\n".join(text for _number, text, _code in above).strip()
    if not words:
        line = draft.fields.table.line
        message = "tugas belum mengatakan apa yang diminta"
        notes.error("E518", line, 1, message, 'tulis penjelasannya di atas "## Rubrik"')
    if place is None:
        _no_rubric(above, draft)
        return words, ()
    return words, rubrics.read(below, place, notes) or ()


def _is_rubric(text: str) -> bool:
    heading = marks.HEADING.match(text)
    return heading is not None and (heading.group("title") or "") == RUBRIC


def _no_rubric(above: list[BodyLine], draft: Draft) -> None:
    for number, text, is_code in above:
        if not is_code and _LIKE.match(text):
            message = f'"{text.strip()}" belum terbaca sebagai judul rubrik'
            draft.notes.error("E500", number, text.index("#") + 1, message, "## Rubrik")
            return
    rubrics.missing(draft.fields.table.line, 1, draft.notes)


def _graders(draft: Draft) -> tuple[tuple[Grader, ...], int]:
    fields = draft.fields
    graders: list[Grader] = []
    peers = 0
    for text in fields.texts("penilai"):
        for word in text.text.split(","):
            name = " ".join(word.split()).casefold()
            found = _PEERS.fullmatch(name)
            if found:
                count = int(found.group("count") or 0)
                if not 1 <= count <= MOST_PEERS:
                    message = f'"{name}" harus menyebut 1–{MOST_PEERS} orang'
                    fields.error("E510", text, message, f"{PEERS} 3")
                elif peers:
                    _twice(draft, text, PEERS)
                peers = peers or count
            elif name not in GRADERS:
                names = (*GRADERS, f"{PEERS} 3")
                fix = meant(name, names) or "pilihan: " + ", ".join(names)
                fields.error("E510", text, f'penilai "{name}" tidak dikenal', fix)
            elif GRADERS[name] in graders:
                _twice(draft, text, name)
            else:
                graders.append(GRADERS[name])
    if not graders and not peers:
        graders = ["instructor"]
    return tuple(graders), peers


def _twice(draft: Draft, text: Text, name: str) -> None:
    message = f'penilai "{name}" disebut dua kali'
    draft.fields.error("E511", text, message, "hapus salah satu")


def _handed_in(draft: Draft) -> tuple[bool, bool]:
    fields, found = draft.fields, set()
    for text in fields.texts("kumpulkan"):
        for word in text.text.split(","):
            name = " ".join(word.split())
            if name in (TEXT, FILES):
                found.add(name)
                continue
            fix = meant(name, (TEXT, FILES)) or f"pilihan: {TEXT}, {FILES}"
            fields.error("E512", text, f'"{name}" tidak dapat dikumpulkan', fix)
    if not found:
        return True, fields.has("berkas")
    return TEXT in found, FILES in found


def _accept(draft: Draft, takes_files: bool) -> tuple[str, ...]:
    fields, found = draft.fields, []
    if not takes_files:
        _unused(draft, "berkas")
        return ()
    for text in fields.texts("berkas"):
        for word in text.text.split(","):
            name = " ".join(word.split()).casefold().removeprefix(".")
            name = {"jpeg": "jpg"}.get(name, name)
            if name not in FILE_KINDS:
                fix = meant(name, FILE_KINDS) or "pilihan: " + ", ".join(FILE_KINDS)
                fields.error("E513", text, f'berkas "{name}" tidak diterima', fix)
            elif name not in found:
                found.append(name)
    return tuple(found) or ("pdf", "docx")


def _largest(draft: Draft, takes_files: bool) -> int:
    fields, usual = draft.fields, 5 * MB
    if not fields.has("ukuran_maksimal"):
        return usual
    if not takes_files:
        _unused(draft, "ukuran_maksimal")
        return usual
    written = fields.text("ukuran_maksimal")
    found = _SIZE.fullmatch(written)
    size = 0
    if found:
        unit = MB if found.group("unit").upper() == "MB" else 1_000
        size = int(found.group("number")) * unit
    if not 1 <= size <= LARGEST_MB * MB:
        fields.error(
            "E515",
            fields.node("ukuran_maksimal"),
            f'"{written}" bukan ukuran sampai {LARGEST_MB} MB',
            "contoh: 5 MB",
        )
        return usual
    return size


def _unused(draft: Draft, name: str) -> None:
    if draft.fields.has(name):
        draft.fields.error(
            "E514",
            draft.fields.node(name),
            f'"{name}" tidak berlaku: tugas ini tidak mengumpulkan berkas',
            f"kumpulkan: [{TEXT}, {FILES}]",
        )


def _due(draft: Draft) -> int | None:
    fields = draft.fields
    written = fields.text("tenggat")
    if written in ("", "tidak ada"):
        return None
    found = _DUE.fullmatch(written.casefold())
    days = int(found.group("number")) * _DAYS[found.group("unit")] if found else 0
    if not 1 <= days <= MOST_DAYS:
        message = f'tenggat "{written}" tidak terbaca'
        fields.error(
            "E516", fields.node("tenggat"), message, "contoh: 30 hari setelah mulai"
        )
        return None
    return days


def minutes(task: Task, _banks: Mapping[str, Bank]) -> float:
    """Count what everybody must do; an optional assignment earns no hours."""
    return float(task.minutes) if task.required else 0.0


KIND = Kind(
    "tugas",
    ITEM_KEYS["tugas"],
    read,
    requirement="passed",
    is_proof=True,
    minutes=minutes,
)
