"""What pages show of answers that a person grades: a file to put, waiting, graded."""

import io

from lms.kernel import clock, ids
from tests.cast import CAST
from tests.unit.uploads import samples
from tests.web.quiz import kinds, stage

TEXT = "Warga marah karena antrean panjang.\n\nPetugas menyapa, lalu memberi nomor."


def places(app) -> dict[str, list[str]]:
    """Let three of the cast answer with a file and a text; return addresses by person.

    Rani's attempt waits for Hendra, Yohanes' is graded, Siti is still answering.
    """
    from lms.db import db, reading

    reading.set(False)
    with app.app_context():
        kinds.publish("berkas", "cerita", "jodoh")
        waits, done, open_ = (_answered(name) for name in ("rani", "yohanes", "siti"))
        _hand_in(waits)
        _hand_in(done)
        _grade(done)
        db.session.commit()
    result, page = "/kuis/percobaan/{}/hasil", "/tulis/penilaian"
    return {
        "rani": [result.format(waits)],
        "yohanes": [result.format(done)],
        "siti": [f"/kuis/percobaan/{open_}/soal/{n}" for n in (1, 2)],
        "hendra": [page, f"{page}/{waits}", f"{page}/{done}"],
    }


def _answered(name: str) -> int:
    from lms.db import db
    from lms.quiz import answers, attempts, forms, holdings
    from lms.uploads import files

    part, now = CAST[name], clock.now()
    stage.enrol(name)
    attempt = attempts.start(part.id, stage.COURSE, stage.QUIZ, now)
    sent = io.BytesIO(samples.pdf())
    received = files.receive(sent, "foto loket.pdf", ("pdf",), files.MB)
    upload = files.keep(part.id, received, now)
    holdings.take(attempt, 0, upload, forms.Count(1, 0, ""), now)
    answers.save(attempt, 1, 1, TEXT, now)
    db.session.commit()
    return attempt.id


def _hand_in(attempt_id: int) -> None:
    from lms.db import db
    from lms.quiz import attempts
    from lms.quiz.models import Attempt

    attempts.submit(db.session.get_one(Attempt, attempt_id), clock.now())
    db.session.commit()


def _grade(attempt_id: int) -> None:
    from lms.db import db
    from lms.quiz import grades
    from lms.quiz.models import Attempt

    attempt = db.session.get_one(Attempt, attempt_id)
    said = {
        0: grades.Opinion(points="85", remark="Fotonya jelas."),
        1: grades.Opinion({"masalah": 4}, remark="Runtut.\n\nTambahkan angka."),
    }
    rubrics = {0: [], 1: kinds.RUBRIC}
    grades.give(
        attempt, rubrics, said,
        act=ids.new_uid(), by_id=CAST["hendra"].id, now=clock.now(),
    )  # fmt: skip
