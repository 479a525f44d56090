"""`jenis: survei`: who fills it in, when, with or without name, and its questions."""

import re

from lms.courseware.data import Text
from lms.courseware.guess import meant
from lms.courseware.keys import ITEM_KEYS
from lms.courseware.kinds import sections
from lms.courseware.kinds.kind import Draft, Kind, references
from lms.courseware.schema import Respondent, Survey, When

RESPONDENTS: dict[str, Respondent] = {
    "peserta": "learner",
    "atasan": "superior",
    "sejawat": "peer",
    "bawahan": "subordinate",
}
MOST_DAYS = 730
MOST_QUESTIONS = 50
TIMES: dict[str, tuple[When, int]] = {
    "sebelum mulai": ("before", 0),
    "kapan saja": ("anytime", 0),
    "setelah selesai": ("after", 0),
}
_LATER = re.compile(r"(?P<days>[1-9][0-9]{0,2}) hari setelah selesai")
TIME_WORDS = f"pilihan: {', '.join(TIMES)}, 90 hari setelah selesai"


def read(draft: Draft) -> Survey | None:
    fields, notes = draft.fields, draft.notes
    intro, questions = sections.read(draft, "survey")
    if not questions and not notes.has_errors:
        message, fix = "survei ini belum punya pertanyaan", "## Judul {#kode}"
        notes.error("K725", 1, 1, message, f'awali pertanyaan dengan "{fix}"')
    if len(questions) > MOST_QUESTIONS:
        notes.error(
            "S105",
            questions[MOST_QUESTIONS].line,
            1,
            f"survei punya lebih dari {MOST_QUESTIONS} pertanyaan; orang berhenti"
            " mengisi jauh sebelumnya",
            "bagi menjadi dua survei",
        )
    when, days = _time(draft)
    found = Survey(
        code=fields.code(),
        title=fields.text("judul", required=True),
        path=draft.path,
        intro=sections.joined(intro),
        questions=questions,
        respondents=_respondents(draft),
        when=when,
        after_days=days,
        anonymous=fields.yes("anonim", True),
        competencies=references(draft),
        required=fields.yes("wajib", False),
        formulas=fields.yes("rumus", False),
    )
    _check_together(found, draft)
    return found


def _respondents(draft: Draft) -> tuple[Respondent, ...]:
    found: list[Respondent] = []
    for text in draft.fields.texts("responden"):
        word = " ".join(text.text.split())
        role = RESPONDENTS.get(word)
        if role is None:
            draft.fields.error(
                "A138",
                text,
                f'isi "{word}" tidak dikenal untuk "responden"',
                meant(word, RESPONDENTS) or "pilihan: " + ", ".join(RESPONDENTS),
            )
        elif role in found:
            message = f'"{word}" ditulis dua kali'
            draft.fields.error("A120", text, message, "hapus salah satu")
        else:
            found.append(role)
    return tuple(found) or ("learner",)


def _time(draft: Draft) -> tuple[When, int]:
    fields, default = draft.fields, TIMES["setelah selesai"]
    if not fields.has("waktu"):
        return default
    node = fields.node("waktu")
    word = " ".join(node.text.split()) if isinstance(node, Text) else "…"
    if word in TIMES:
        return TIMES[word]
    later = _LATER.fullmatch(word)
    if later is not None and int(later.group("days")) <= MOST_DAYS:
        return "after", int(later.group("days"))
    if later is not None:
        message = f'"waktu" paling lama {MOST_DAYS} hari setelah selesai'
        fields.error("A138", node, message, TIME_WORDS)
        return default
    message = f'isi "{word}" tidak dikenal untuk "waktu"'
    fields.error("A138", node, message, meant(word, TIMES) or TIME_WORDS)
    return default


def _check_together(survey: Survey, draft: Draft) -> None:
    """Note what one line of the data part promises and another one prevents."""
    fields = draft.fields
    others = [word for word, role in RESPONDENTS.items()
              if role != "learner" and role in survey.respondents]  # fmt: skip
    if others and survey.when != "after":
        fields.error(
            "S101",
            fields.node("waktu"),
            f"{' dan '.join(others)} baru dapat diminta sesudah peserta selesai",
            "waktu: 90 hari setelah selesai",
        )
    if survey.required and not survey.may_be_required:
        fields.error(
            "S102",
            fields.node("wajib"),
            "survei ini tidak dapat diisi peserta sebelum kursusnya selesai, jadi tidak"
            " dapat menjadi syaratnya",
            "wajib: tidak",
        )
    exposed = [word for word in others if word != "atasan"]
    if exposed and not survey.anonymous:
        draft.notes.warn(
            "S103",
            *fields.place("anonim"),
            f"{' dan '.join(exposed)} sukar jujur bila namanya tersimpan",
            "anonim: ya",
        )


KIND = Kind(
    "survei",
    ITEM_KEYS["survei"],
    read,
    requirement="filled",
    may_be_required=lambda survey: survey.may_be_required,
)
