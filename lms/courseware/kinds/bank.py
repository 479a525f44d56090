"""`jenis: bank`: questions that quizzes draw from."""

from lms.courseware import unexplained
from lms.courseware.keys import ITEM_KEYS
from lms.courseware.kinds import sections
from lms.courseware.kinds.kind import Draft, Kind, references
from lms.courseware.schema import Bank


def read(draft: Draft) -> Bank | None:
    fields = draft.fields
    intro, questions = sections.read(draft)
    unseen = next((line for line in intro if line[1].strip()), None)
    if unseen is not None:
        draft.notes.warn(
            "B240",
            unseen[0],
            1,
            "teks sebelum soal pertama di bank soal tidak pernah tampil",
            'hapus, atau awali soal dengan "## Judul {#kode}"',
        )
    if not questions and not draft.notes.has_errors:
        message = "bank ini belum punya soal"
        draft.notes.error("K725", 1, 1, message, 'awali soal dengan "## Judul {#kode}"')
    unexplained.note_silent(questions, draft.notes)
    fields.yes("rumus", False)
    return Bank(
        code=fields.code(),
        title=fields.text("judul", required=True),
        path=draft.path,
        questions=questions,
        competencies=references(draft),
    )


KIND = Kind("bank", ITEM_KEYS["bank"], read, is_shown=False)
