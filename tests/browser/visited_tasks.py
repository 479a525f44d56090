"""What the pages of an assignment show: a draft, work returned, waiting, graded."""

import io
from types import SimpleNamespace

from lms.kernel import clock
from tests.cast import CAST
from tests.unit.uploads import samples

from . import journey

TASK = "rencana-perbaikan"
TEXT = (
    "Masalah: rata-rata 12 kedatangan ulang sehari.\n\n"
    "Perubahan: lembar catatan kekurangan berangkap dua mulai 1 Desember."
)
LEVELS = {"masalah": 4, "perubahan": 3, "ukuran": 3, "bahasa": 4}


def places(app, course: str) -> dict[str, list[str]]:
    """Let three of the cast do the assignment; return the addresses by person."""
    from lms.db import db
    from lms.tasks import appeals, graders, reviews, telling

    for name in ("rani", "agus", "siti"):
        journey.enrol(app, name)
    now, hendra = clock.now(), CAST["hendra"].id
    with app.app_context():
        first = handed_in("rani", course)
        wanting = reviews.Opinion({}, {}, "Tambahkan ukuran yang dapat dihitung.")
        outcome = reviews.give_back(first, "instructor", hendra, wanting, now)
        telling.came_out(first, outcome, now)
        second = handed_in("rani", course)
        reviews.publish(second, "instructor", hendra, opinion(), now)
        passed = handed_in("siti", course)
        reviews.publish(passed, "instructor", hendra, opinion(), now)
        reviews.waive(passed, "superior", hendra, "Belum mempunyai atasan", now)
        appeals.ask(passed, "Ukurannya sudah ada di lampiran", now)
        draft = handed_in("agus", course, is_draft=True)
        assert graders.has_graded(hendra, second.id)
        works = [f"/tugas/{w.uid}" for w in (first, second, passed, draft)]
        db.session.commit()
    one, two, done, written = works
    list_, page = "/tugas/menilai", f"/tugas/menilai/{two.rsplit('/', 1)[1]}"
    return {
        "rani": [one, two, f"/kursus/{course}/{TASK}"],
        "siti": [done],
        "agus": [written, f"{written}/kumpulkan"],
        "hendra": [list_, page],
        "yohanes": [list_, page],
    }


def opinion():
    from lms.tasks import reviews

    remarks = {"masalah": "Angkanya jelas."}
    return reviews.Opinion(LEVELS, remarks, "Rencana yang dapat dijalankan.")


def handed_in(name: str, course: str, is_draft: bool = False):
    """Begin a round, write and attach; hand it in unless it stays a draft."""
    from lms.db import db
    from lms.tasks import attachments, drafts, queries, telling, terms, works
    from lms.uploads import files

    part, now = CAST[name], clock.now()
    person = SimpleNamespace(id=part.id, unit_id=part.unit_id)
    work = works.begin(person, course, TASK, now)
    newest = queries.newest_draft(work.id)
    seq = newest.seq + 1 if newest else 1
    drafts.take(work, drafts.Sent(f"{TEXT}\n\n{work.number}", seq, seq - 1), now)
    sent = io.BytesIO(samples.pdf())
    received = files.receive(sent, "lembar turus.pdf", ("pdf",), files.MB)
    attachments.attach(work.id, files.keep(part.id, received, now), now)
    if not is_draft:
        body = db.session.get_one(_item_version(), work.item_version_id).body
        newest = queries.newest_draft(work.id)
        works.submit(work, terms.of(body), newest.seq, now)
        telling.handed_in(work, now)
    return work


def _item_version():
    from lms.catalog.models import ItemVersion

    return ItemVersion
