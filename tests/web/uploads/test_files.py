"""Files in the database: kept once, counted, thrown away when nobody uses them."""

import io
import threading
import time

import pytest
from sqlalchemy import func, select

from lms.db import db as _db
from lms.uploads import files
from lms.uploads.models import Upload, UploadContent
from tests.cast import CAST
from tests.unit.uploads import samples
from tests.web.tasks import stage

RANI, AGUS = CAST["rani"].id, CAST["agus"].id


def received(data: bytes | None = None, name: str = "rencana.pdf"):
    data = samples.pdf() if data is None else data
    return files.receive(io.BytesIO(data), name, ("pdf",), 1_000_000)


def counts(app) -> tuple[int, int]:
    with app.app_context():
        return tuple(
            _db.session.scalar(select(func.count()).select_from(model))
            for model in (Upload, UploadContent)
        )


def keep(app, clock, person_id=RANI, **more) -> str:
    with app.app_context():
        uid = files.keep(person_id, received(**more), clock.now()).uid
        _db.session.commit()
        return uid


def test_the_same_bytes_of_one_person_are_kept_once(app, db, clock):
    one = keep(app, clock)

    assert keep(app, clock) == one
    assert keep(app, clock, name="lain.pdf") != one
    assert counts(app) == (2, 1)
    assert keep(app, clock, person_id=AGUS) != one  # nobody learns what others have
    assert counts(app) == (3, 2)


def test_room_is_counted_by_what_is_kept(app, db, clock, monkeypatch):
    monkeypatch.setattr(files, "ROOM_MB", 1)
    monkeypatch.setattr(files, "MB", 300)
    keep(app, clock)
    keep(app, clock, name="lagi.pdf")

    with pytest.raises(files.RoomFull):
        keep(app, clock, data=samples.pdf(text="x" * 200))
    assert counts(app) == (2, 1)


def test_what_nobody_uses_is_thrown_away_after_a_day(app, db, clock):
    keep(app, clock)
    clock.skip(hours=23)
    with app.app_context():
        assert files.throw_away(clock.now()) == 0
        clock.skip(hours=2)
        assert files.throw_away(clock.now()) == 1
        _db.session.commit()
    assert counts(app) == (0, 0)


def test_what_was_handed_in_stays_for_good(app, db, clock, sign_in):
    with app.app_context():
        stage.publish()
        stage.enrol("rani")
    rani = sign_in("rani")
    url = stage.begin(rani)
    stage.write(rani, url, lampiran=stage.file())
    stage.hand_in(rani, url)
    clock.skip(days=400)

    with app.app_context():
        assert files.throw_away(clock.now()) == 0


def test_a_file_is_its_owners_and_nobody_elses(app, db, clock, sign_in):
    uid = keep(app, clock)

    assert sign_in("rani").get(f"/berkas/{uid}").data == samples.pdf()
    for name in ("agus", "yohanes", "siti", "made", "hendra"):
        assert sign_in(name).get(f"/berkas/{uid}").status_code == 404
    assert sign_in(None).get(f"/berkas/{uid}").status_code == 302


@pytest.mark.parametrize(
    "address",
    ["/berkas/tidak-ada", "/berkas/%00", "/berkas/../x", "/berkas/" + "9" * 3000],
)
def test_made_up_addresses_are_answered_calmly(db, sign_in, address):
    assert sign_in("rani").get(address).status_code in (400, 404)


def test_a_long_file_is_sent_in_pieces_and_whole(app, db, clock, sign_in, monkeypatch):
    monkeypatch.setattr(files, "PIECE", 7)
    uid = keep(app, clock)

    answer = sign_in("rani").get(f"/berkas/{uid}?download=0")

    assert answer.data == samples.pdf()
    assert answer.content_length == len(samples.pdf())
    assert answer.headers["Content-Disposition"] == "attachment; filename=rencana.pdf"
    assert answer.content_type == "application/pdf"
    assert sign_in("rani").head(f"/berkas/{uid}").data == b""


def test_a_backup_holds_the_files(app, db, clock):
    """They lie in the database: what backs it up and restores it has them."""
    keep(app, clock)

    assert {"uploads", "upload_contents"} <= set(_db.metadata.tables)
    with app.app_context():
        assert _db.session.scalar(select(UploadContent.data)) == samples.pdf()


def test_files_of_several_assignments_do_not_overfill_the_room_together(
    app, db, clock, monkeypatch
):
    monkeypatch.setattr(files, "ROOM_MB", 1)
    monkeypatch.setattr(files, "MB", 300)
    now, gate, outcomes = clock.now(), threading.Barrier(8), []
    pieces = [received(samples.pdf(text=f"{n}" + "x" * 80)) for n in range(8)]

    def send(piece) -> None:
        with app.app_context():
            gate.wait()
            try:
                files.keep(RANI, piece, now)
                time.sleep(0.05)  # as long as a commit may take
                _db.session.commit()
                outcomes.append("kept")
            except files.RoomFull:
                outcomes.append("full")

    threads = [threading.Thread(target=send, args=(piece,)) for piece in pieces]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with app.app_context():
        assert files.used(RANI) <= 300
    assert outcomes.count("kept") == 1
    assert outcomes.count("full") == 7
