"""Every page of the product that a person can open, by who opens it."""

import re

from lms.kernel import clock
from tests.cast import CAST, START

from . import (
    journey,
    organisation,
    visited_feedback,
    visited_grading,
    visited_tasks,
    visited_teaching,
    visited_team,
    visited_writing,
)
from .journey import COURSE

# Answers to GET that are no pages.
NOT_PAGES = {
    "api.description",
    "api.list_assignments",
    "api.list_completions",
    "api.list_courses",
    "api.list_duties",
    "api.list_people",
    "api.list_units",
    "api.show_assignments",
    "api.show_completions",
    "api.show_courses",
    "api.show_people",
    "api.show_units",
    "assignments.progress",
    "catalog.asset",
    "completions.proof",
    "export_files.download",
    "export_files.manifest",
    "health.alive",
    "health.ready",
    "item_analysis.table",
    "notes.download",
    "offline.worker",
    "people_import.rejected",
    "people_import.template",
    "picking.titles",
    "picking.units",
    "receipt.text",
    "records.certificate_pdf",
    "records.certificate_qr",
    "static",
    "uploads.show",
}
# Pages that say they have nothing: their status is not 200.
NOT_FOUND = (
    "/tidak-ada",
    "/cek/0000-0000-0000-0000",
    "/akun/tautan/salah",
    "/akun/surel/konfirmasi/salah",
    *visited_feedback.NOT_FOUND,
)

ACCOUNT = (
    "data-diri",
    "data-diri/nip",
    "tampilan",
    "sandi",
    "surel",
    "perangkat",
)

Places = dict[str | None, list[str]]


def places(app) -> Places:
    """Make the records that fill the pages; return the addresses by person.

    rani has finished, agus is in the middle, hendra has begun nothing.
    """
    finished = journey.finished_course(app, "rani")
    revoked = journey.revoked_course(app, "made")
    running = journey.running_attempt(app, "agus")
    played = [journey.played(app, "rani", well=well) for well in (False, True)]
    playing = journey.played(app, "agus", ends=False)
    kinds = _items(app)
    codes = list(kinds)
    lesson, quiz = (
        next(code for code, kind in kinds.items() if kind == wanted)
        for wanted in ("module", "quiz")
    )
    journey.answer_wrongly(app, "agus", lesson)
    _ask_for_corrections(app, "hendra")
    note = _note(app, "agus", lesson)
    organisation.fill(app)
    assigned = _assignment(app)
    surveys = visited_feedback.places(app, COURSE)
    visited_teaching.fill(app, lesson)
    voices = visited_teaching.voices(lesson)
    year = clock.now().year
    tasks = visited_tasks.places(app, COURSE)
    graded = visited_grading.places(app)
    course = f"/kursus/{COURSE}"
    items = [f"{course}/{code}" for code in codes]
    own = [
        "/",
        "/katalog",
        "/jp",
        "/sertifikat",
        "/kompetensi",
        "/data-saya",
        "/catatan",
        "/penugasan",
    ]
    return {
        None: ["/masuk", "/lupa-sandi", f"/akun/tautan/{_link(app)}", "/cek",
               *_email_links(app), "/luring", "/api/v1/",
               finished.check_path, revoked.check_path, *NOT_FOUND,
               *surveys[None]],
        "made": ["/jp", f"/jp/{year}/asal", revoked.paths[-1],
                 "/kelola/api", "/kelola/webhook", _webhook(app),
                 *organisation.pages_of_administrators()],
        "rani": [*own, f"/jp/{year}", f"/jp/{year}/asal?bentuk=16", course,
                 *items, *finished.paths, *played, *tasks["rani"], *surveys["rani"],
                 *graded["rani"],
                 "/tidak-ada"],
        "agus": ["/", "/katalog", course, f"{course}/daftar",
                 f"{course}/{lesson}", f"{course}/{quiz}", *running, playing,
                 "/catatan", f"/catatan/{note}", "/catatan?cari=tidakada",
                 *tasks["agus"]],
        "hendra": [*own, "/katalog?cari=tidakada",
                   "/katalog?cari=layananp&jp=1-2", course, "/akun",
                   *(f"/akun/{page}" for page in ACCOUNT), *_taught(app),
                   *tasks["hendra"], *graded["hendra"],
                   *visited_teaching.analysis(app), *voices,
                   *("/tulis/panduan", "/tulis/panduan/soal", "/tulis/panduan/pesan")],
        "siti": ["/", "/sdm/ekspor", "/sdm/ekspor?jenis=rekap_jp", "/sdm/siasn",
                 *voices, "/sdm", "/sdm/cetak", "/sdm/daftar",
                 "/sdm/daftar?isi=tugas&keadaan=terlambat", "/akun/konfirmasi",
                 "/sdm/pegawai/impor", *_imports(app),
                 *assigned, *_people(app), *organisation.pages_of_hr(),
                 *tasks["siti"], *surveys["siti"], *graded["siti"]],
        "yohanes": [*visited_team.places(app, COURSE), *tasks["yohanes"],
                    *surveys["yohanes"], *graded["yohanes"]],
    }  # fmt: skip


def _taught(app) -> list[str]:
    """Return the pages of an instructor one of whose people has used all attempts."""
    from lms.accounts.models import RoleGrant
    from lms.db import db

    with app.app_context():
        db.session.add(
            RoleGrant(
                person_id=CAST["hendra"].id, role="instructor", unit_id=1,
                valid_from=START, granted_at=clock.now(),
            )
        )  # fmt: skip
        db.session.commit()
    page, played = "/tulis/percobaan", "/tulis/simulasi"
    return [page, f"{page}/{journey.failed_quiz(app, 'yohanes')}",
            played, f"{played}/{COURSE}/{journey.SIMULATION}",
            f"{played}/kesempatan/{journey.used_up_run(app, 'yohanes')}",
            *visited_writing.places(app)]  # fmt: skip


def _people(app) -> list[str]:
    """Return the pages of HR about people: of Rani, who finished; of one who failed."""
    from lms.accounts import corrections
    from lms.db import db
    from lms.records.models import Completion

    person = "/sdm/pegawai/00000000-0000-4000-8000-{:012}"
    rani, yohanes = (person.format(CAST[name].id) for name in ("rani", "yohanes"))
    attempt = journey.failed_quiz(app, "yohanes")
    office = _closed_office()
    with app.app_context():
        record = db.session.query(Completion.uid).filter_by(person_id=4).scalar()
        cancelled = db.session.query(Completion.uid).filter_by(state="revoked").scalar()
        numbers = [
            corrections.ask(
                CAST["yohanes"].id,
                corrections.Wish(field, "Yang benar", "Menurut SK terakhir."),
                office,
                clock.now(),
            )[0].id
            for field in ("nama", "unit", "nip")
        ]
        db.session.commit()
    acts = ("waktu", "waktu/akhiri", "siasn",
            "akun/nonaktif", "akun/aktif", "akun/tautan")  # fmt: skip
    return [
        "/sdm/pegawai", "/sdm/pegawai?cari=tidakada&jp=belum", rani, yohanes,
        *(f"{yohanes}/{act}" for act in acts), f"{yohanes}/percobaan/{attempt}",
        f"{yohanes}/simulasi/{journey.used_up_run(app, 'yohanes')}",
        f"/sdm/penyelesaian/{record}", f"/sdm/siasn/{record}", "/sdm/siasn/paket",
        f"/sdm/penyelesaian/{cancelled}/ulang",
        "/sdm/permintaan", *(f"/sdm/permintaan/{number}" for number in numbers),
    ]  # fmt: skip


def _closed_office():
    from lms.accounts.letters import Office

    return Office("Kelas ASN", "", is_open=False)


def _note(app, name: str, item_code: str) -> int:
    """Note and mark something in a lesson as one of the cast; return the note's id."""
    from lms.catalog import courses
    from lms.db import db
    from lms.learn import bookmarks, notes

    with app.app_context():
        place = (courses.live(COURSE).course_id, item_code, "")
        note = notes.write(
            CAST[name].id, place, "Tanyakan kepada Bu Sari.", "", clock.now()
        )
        bookmarks.put(CAST[name].id, place, True, clock.now())
        db.session.commit()
        return note.id


def _imports(app) -> list[str]:
    """Let Siti hand in two files of people, one right and one wrong."""
    from types import SimpleNamespace

    from lms.accounts import import_runs, worker
    from lms.db import db, reading
    from tests.web.accounts.messy import build

    reading.set(False)
    siti = SimpleNamespace(id=CAST["siti"].id, grants=[("hr", 1, "/1/", True)])
    found = []
    with app.app_context():
        for people, each in ((30, 0), (60, 1)):
            data = build(people, each).workbook()
            run = import_runs.start(siti, 1, "pegawai.xlsx", data, clock.now())
            db.session.commit()
            found.append(f"/sdm/pegawai/impor/{run.uid}")
            worker.check(run.id)
    return [*found, f"{found[0]}/perubahan?jenis=baru"]


def _assignment(app) -> list[str]:
    """Assign the course in Rani's agency; return the addresses of HR's pages of it."""
    from lms.accounts.models import Unit
    from lms.assignments import assignments
    from lms.assignments.rules import Rule, Terms
    from lms.catalog import courses
    from lms.db import db
    from lms.kernel import ids

    with app.app_context():
        unit = db.session.get_one(Unit, CAST["rani"].unit_id)
        today = clock.now().date()
        made = assignments.create(
            ids.new_uid(),
            courses.live(COURSE).course_id,
            Rule(unit_id=unit.id, path=unit.path),
            Terms(starts_on=today, due_on=today, waves=2, reason="Edaran"),
            by=None,
            now=clock.now(),
        )
        db.session.commit()
        base = "/sdm/penugasan"
        return [base, f"{base}?keadaan=berakhir", f"{base}/baru",
                f"{base}/{made.uid}", f"{base}/{made.uid}?keadaan=former"]  # fmt: skip


def _items(app) -> dict[str, str]:
    """Return the items of the course: code -> kind, in their order."""
    from lms.catalog import courses

    with app.app_context():
        return {item["code"]: item["kind"] for item in courses.live(COURSE).items}


def _link(app) -> str:
    """Return the token of a link with which Yohanes may set a new password."""
    from lms.accounts import links
    from lms.db import db

    with app.app_context():
        token = links.make(CAST["yohanes"].id, "activate", clock.now())
        db.session.commit()
        return token


def _email_links(app) -> list[str]:
    """Return the addresses that confirm and cancel another address of Made's."""
    from lms.accounts import email_changes
    from lms.accounts.letters import Office
    from lms.db import db
    from lms.jobs.models import OutboxEntry

    office = Office("Kelas ASN", "", is_open=True)
    with app.app_context():
        made = CAST["made"].id
        email_changes.ask(made, "made.baru@contoh.go.id", office, clock.now())
        mails = db.session.query(OutboxEntry).filter_by(topic="mail")
        texts = [mail.body["text"] for mail in mails]
        mails.delete()
        db.session.commit()
        return [re.search(r"/akun/surel/\S+", text)[0] for text in texts]


def _ask_for_corrections(app, name: str) -> None:
    """Let somebody ask for three corrections: waiting, done, refused."""
    from lms.accounts import corrections
    from lms.accounts.letters import Office
    from lms.db import db

    office, person = Office("Kelas ASN", "", is_open=False), CAST[name].id
    with app.app_context():
        for field, state in (
            ("jabatan", ""),
            ("golongan", "done"),
            ("unit", "refused"),
        ):
            wish = corrections.Wish(field, "Yang benar", "Menurut SK terakhir.")
            row, _new = corrections.ask(person, wish, office, clock.now())
            if state:
                corrections.answer(
                    row.id,
                    state,
                    "Sudah kami periksa.",
                    actor_id=CAST["siti"].id,
                    office=office,
                    now=clock.now(),
                )
        db.session.commit()


def _webhook(app) -> str:
    """Fill the lists of tokens and webhooks; return the address of a webhook."""
    from datetime import timedelta

    from sqlalchemy import select

    from lms.accounts import sessions
    from lms.accounts.models import Unit
    from lms.api import tokens, webhooks
    from lms.api.models import Delivery
    from lms.api.resources import SCOPES
    from lms.db import db
    from lms.records.models import LedgerEntry

    with app.app_context():
        now, root = clock.now(), db.session.get_one(Unit, 1)
        made = sessions.load(sessions.open_for(CAST["made"].id, now), now)
        tokens.make("SIMPEG Kota", SCOPES, root, 180, now=now, by=made)
        old, _secret = tokens.make(
            "Dasbor lama", SCOPES[1:2], root, 30, now=now, by=made
        )
        tokens.revoke(old, now=now, by=made)
        hook = webhooks.add(
            "https://simpeg.contoh.go.id/kelas-asn/kabar",
            webhooks.EVENTS.values(), root, by=made, now=now,
        )  # fmt: skip
        seqs = db.session.scalars(select(LedgerEntry.seq).limit(4))
        for seq, state in zip(seqs, ("done", "failed", "waiting", "held"), strict=True):
            db.session.add(
                Delivery(
                    uid=f"00000000-0000-4000-8000-{seq:012}", webhook_id=hook.id,
                    seq=seq, completion_uid=made.uid, event="completion.created",
                    happened_at=now, state=state, sends=1, created_at=now,
                    tries=0 if state == "waiting" else 2, tried_at=now,
                    status={"waiting": None, "done": 200}.get(state, 503),
                    answer="" if state != "failed" else "Service Unavailable",
                )
            )  # fmt: skip
        hook.failing_since, hook.rests_until = now, now + timedelta(minutes=4)
        db.session.commit()
        return f"/kelola/webhook/{hook.uid}"


def pages(app) -> set[str]:
    """Return the endpoints that show a page."""
    return {
        rule.endpoint for rule in app.url_map.iter_rules() if "GET" in rule.methods
    } - NOT_PAGES


def endpoints(app, addresses: list[str]) -> set[str]:
    """Return the endpoints that answer these addresses."""
    from werkzeug.exceptions import NotFound

    urls, found = app.url_map.bind("127.0.0.1"), set()
    for address in addresses:
        try:
            found.add(urls.match(address.partition("?")[0])[0])
        except NotFound:
            continue
    return found
