"""What must never happen, one test (or more) for each of the twelve sentences.

The course has every kind of item and of question, and a translation.
"""

import json
import re
import shutil

import markdown
import pytest
from sqlalchemy import func, select

from lms.catalog import courses, releases
from lms.catalog.models import ItemKey, QuestionKey
from lms.db import db as _db
from lms.records.models import Completion
from tests import everything, statements
from tests.edits import EDITS, change_the_picture, publish_edits, rename_the_quiz
from tests.everything import (
    ADDRESS,
    BANK,
    COURSE,
    ITEMS,
    LESSON,
    PLACES,
    QUIZ,
    SETUP,
    STORY,
    SURVEY,
    TASK,
)

# Of learners; what belongs to them is only ever added to.
OWN = (
    *("attempts", "answer_saves", "slot_scores", "attempt_flags", "rescores"),
    *("check_answers", "item_facts", "completions", "ledger_entries", "evidence"),
    *("simulation_runs", "simulation_steps", "task_works", "task_files"),
    *("survey_fillings", "survey_answers", "survey_ballots", "enrolments"),
)
VERSIONS = (
    *("item_versions", "item_keys", "question_versions", "question_keys"),
    *("item_texts", "question_texts", "question_told", "releases"),
)


@pytest.fixture
def folder(app, db, tmp_path, monkeypatch):
    root = everything.copy(tmp_path)
    monkeypatch.setitem(app.config, "CONTENT_DIR", str(root))
    with app.app_context():
        everything.publish_first(root)
    return root


@pytest.fixture
def finished(app, folder, sign_in):
    """Rani has done all there is; (her attempt, her client)."""
    rani = sign_in("rani")
    attempt_id = everything.begin(rani)
    everything.finish(app, rani, attempt_id)
    rani.get("/")  # what was to be said once has been said
    return attempt_id, rani


def rows(app, names) -> dict[str, list]:
    tables = _db.metadata.tables
    with app.app_context():
        return {
            name: sorted(map(repr, _db.session.execute(select(tables[name]))))
            for name in names
        }


def result(client, attempt_id: int) -> str:
    text = client.get(f"/kuis/percobaan/{attempt_id}/hasil").text
    return re.sub(r'(name="csrf[-_]token" (?:content|value)=)"[^"]*"', r"\1", text)


def test_1_nothing_saved_is_lost_or_scored_anew_by_an_edit(app, folder, finished):
    attempt_id, rani = finished
    saved, shown = rows(app, OWN), result(rani, attempt_id)

    publish_edits(app, folder)
    change_the_picture(folder)
    rename_the_quiz(folder)
    with app.app_context():
        assert everything.publish(folder).published

    for name in ("slot_scores", "simulation_steps", "task_works", "survey_fillings"):
        assert saved[name], name
    assert rows(app, OWN) == saved
    assert result(rani, attempt_id) == shown


def test_2_no_version_and_no_answer_is_written_over(app, folder, sign_in):
    names = "|".join((*VERSIONS, *set(OWN) - {"enrolments"}))
    over = re.compile(rf'\s*(?:UPDATE|DELETE FROM) "?({names})\b')
    rani = sign_in("rani")
    with app.app_context():
        engine = _db.engine

    before = rows(app, VERSIONS)
    with statements.sent(engine) as seen:
        everything.finish(app, rani, everything.begin(rani))
        done = len(seen)
        publish_edits(app, folder)

    changed = {m[1] for sql in seen[:done] if (m := over.match(sql))}
    # open → submitted is the one change of these rows
    assert changed <= {"attempts", "simulation_runs", "task_works"}
    assert [sql for sql in seen[done:] if over.match(sql)] == []
    after = rows(app, VERSIONS)
    assert all(set(before[name]) <= set(after[name]) for name in VERSIONS)


def secrets(app) -> set[str]:
    """Every text that a key holds and no body does."""
    from lms.catalog.models import ItemVersion, QuestionVersion

    with app.app_context():
        keys = [
            *_db.session.scalars(select(QuestionKey.key)),
            *_db.session.scalars(select(ItemKey.key)),
        ]
        bodies = [
            *_db.session.scalars(select(QuestionVersion.body)),
            *_db.session.scalars(select(ItemVersion.body)),
        ]
    told = json.dumps(bodies, ensure_ascii=False)
    texts = {text.strip() for key in keys for text in strings(key)}
    plain = {re.sub(r"<[^>]*>", "", text) for text in texts}
    return {text for text in plain if len(text) > 11 and text not in told}


def strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from strings(part)


def seen_before_answering(app, rani) -> list[str]:
    """Everything a learner can fetch of the course before the first answer."""
    attempt_id = everything.begin(rani)
    pages = [
        ADDRESS,
        f"{ADDRESS}/daftar",
        "/",
        "/katalog?q=surat",
        "/sw.js",
        "/catatan",
    ]
    pages += [f"{ADDRESS}/{code}" for code in ITEMS.values()]
    pages += [f"/kuis/percobaan/{attempt_id}/soal/{n}" for n in range(1, 13)]
    pages += [f"/kuis/percobaan/{attempt_id}/tinjau", "/luring", "/data-saya"]
    pages += [f"/survei/{COURSE}/{ITEMS[SURVEY]}"]
    for kind, file in (("simulasi", STORY), ("tugas", TASK)):
        pages.append(rani.post(f"/{kind}/{COURSE}/{ITEMS[file]}/mulai").location)
    found = [rani.get(page).text for page in pages]
    rani.post(f"{ADDRESS}/bahasa", data={"bahasa": "en"})
    return [*found, *(rani.get(page).text for page in pages)]


@pytest.mark.parametrize("broken", [False, True], ids=["live", "with a syntax error"])
def test_3_no_key_is_sent_before_it_is_answered(app, folder, sign_in, broken):
    if broken:
        everything.edit(folder, QUIZ, "- (x) Tanggal terima", "- (x Tanggal terima")
        everything.edit(folder, LESSON, "/// soal", "//// soal")
        with app.app_context():
            assert not everything.publish(folder).is_ok
    kept = secrets(app)

    texts = seen_before_answering(app, sign_in("rani"))

    plain = [re.sub(r"<[^>]*>", "", text) for text in texts]
    assert len(kept) >= 15
    assert {word for word in kept for text in plain if word in text} == set()
    assert sum("Loket menerima 36 surat" in text for text in texts) >= 1


def test_3_a_draft_is_nobodys_to_fetch(app, folder, sign_in):
    everything.edit(folder, SETUP, "status: tayang", "status: draf")
    shutil.copytree(folder / "kursus" / COURSE, folder / "kursus" / "rancangan")
    path = folder / "kursus" / "rancangan" / SETUP
    path.write_text(path.read_text("utf-8").replace("id: semua", "id: rancangan"))
    with app.app_context():
        everything.publish(folder)
    rani = sign_in("rani")

    for place in ("", "/daftar", *(f"/{code}" for code in ITEMS.values())):
        assert rani.get(f"/kursus/rancangan{place}").status_code == 404, place
    assert "rancangan" not in rani.get("/katalog?q=jenis").text


def test_4_no_course_is_published_by_half(app, folder, monkeypatch):
    before = rows(app, VERSIONS)
    for edits in EDITS.values():
        for edit in edits:
            everything.edit(folder, *edit)
    calls = []

    def fail(*_args, **_facts):
        calls.append(1)
        raise RuntimeError("the disk is gone")

    for name in ("_add_versions", "_add_questions", "_add_texts", "_add_release"):
        with monkeypatch.context() as broken, app.app_context():
            broken.setattr(releases, name, fail)
            with pytest.raises(RuntimeError, match="disk"):
                everything.publish(folder)
            _db.session.rollback()

    assert len(calls) == 4
    assert rows(app, VERSIONS) == before
    with app.app_context():
        courses.forget()
        assert courses.live(COURSE).number == 1


BROKEN = {
    "cut off": lambda data: data[: len(data) // 2],
    "empty": lambda _data: b"",
    "no text": lambda _data: b"\xff\xfe\x00\x01\x00" * 40,
    "no data part": lambda data: data.split(b"\n---\n", 1)[-1],
    "all keys gone": lambda data: data.replace(b"(x)", b"( )").replace(b":", b""),
}


@pytest.mark.parametrize("name", BROKEN)
def test_6_a_broken_file_can_be_looked_at_and_mended(app, folder, sign_in, name):
    home, hendra = folder / "kursus" / COURSE, sign_in("hendra")
    for path in (*ITEMS, BANK, SETUP):
        good = (home / path).read_bytes()
        (home / path).write_bytes(BROKEN[name](good))

        page = hendra.get(f"/tulis/{COURSE}/tinjau")

        assert page.status_code == 200, (path, page.text)
        (home / path).write_bytes(good)
    with app.app_context():
        assert everything.publish(folder).is_ok


def test_7_a_completion_has_its_edition(app, finished):
    with app.app_context():
        [done] = _db.session.scalars(select(Completion))
        columns = Completion.__table__.c

        assert (done.edition, done.release_id > 0) == (1, True)
        assert not columns["edition"].nullable
        assert not columns["release_id"].nullable
        for column in ("edition", "release_id"):
            setattr(done, column, None)
            with pytest.raises(Exception, match=r"(?i)null"):
                _db.session.commit()
            _db.session.rollback()


def test_8_no_edit_withdraws_a_pass(app, folder, finished):
    _attempt, rani = finished
    kept = rows(app, ("completions", "ledger_entries", "certificates", "item_facts"))

    publish_edits(app, folder)
    with app.app_context():
        everything.edit(folder, LESSON, "selesai_jika: cek dijawab",
                        "selesai_jika: cek benar")  # fmt: skip
        assert everything.publish(folder).published

    assert kept["completions"]
    assert rows(app, kept) == kept
    assert "Semua jenis" in rani.get("/sertifikat").text


HOSTILE = (
    '<script>alert(1)</script> <img src="aset/alur.svg" alt="x" onerror=alert(1)> '
    '<form action="/masuk"><input name="nip"></form> <b id="isi" onclick="a()">x</b> '
    '<a href="javascript:alert(1)">y</a> <svg onload=alert(1)></svg>\n\n'
)


def test_9_an_author_runs_no_script_and_forges_no_form(app, folder, sign_in):
    plain = re.compile(
        r"<script>alert|onerror=|onclick=|onload=|javascript:|action=\"/masuk"
    )
    for path, words in PLACES.items():
        everything.edit(folder, path, words, HOSTILE + words)
    everything.edit(folder, QUIZ, "Apa yang dicatat", HOSTILE + "Apa yang dicatat")
    everything.edit(folder, QUIZ, "- ( ) Warna", f"- ( ) {HOSTILE.strip()} Warna")
    with app.app_context():
        assert everything.publish(folder).published

    texts = seen_before_answering(app, sign_in("rani"))

    assert [plain.findall(text) for text in texts] == [[]] * len(texts)
    for text in texts:
        ids = re.findall(r'\sid="([^"]+)"', text)
        own = [name for name in ids if not name.startswith("isi-")]
        assert len(own) == len(set(own)), "an author's id is prefixed"
        assert 'name="nip"' not in text


# The range of a drawn number is part of the question, not of its key.
DRAWN = re.compile(r'"parameters": \{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}')


def test_10_a_translation_is_scored_by_the_key_of_the_course(app, folder, sign_in):
    rani = sign_in("rani")
    everything.edit(folder, f"en/{QUIZ}", "Jawaban: buku agenda | agenda |",
                    "Jawaban: journal | diary |")  # fmt: skip
    with app.app_context():
        everything.publish(folder)
    attempt_id = everything.begin(rani)
    rani.post(f"{ADDRESS}/bahasa", data={"bahasa": "en"})
    everything.answer(app, attempt_id)

    with app.app_context():
        names = {
            name
            for table in ("item_texts", "question_texts", "question_told")
            for row in _db.session.execute(
                select(_db.metadata.tables[table])
            ).mappings()
            for value in row.values()
            for name in re.findall(
                r'"(\w+)":', DRAWN.sub("", json.dumps(value, default=str))
            )
        }
    assert not names & {"credit", "right", "truth", "accepted", "low", "high", "pairs",
                        "order", "formula", "points_of", "ways"}  # fmt: skip


@pytest.mark.parametrize("renamed", [False, True])
def test_11_a_second_course_of_that_code_replaces_nothing(app, folder, renamed):
    home, own = folder / "kursus", COURSE
    if renamed:  # a folder need not be named like its course
        own = "zzz"
        (home / COURSE).rename(home / own)
        with app.app_context():
            assert everything.publish(folder).is_ok
    before = rows(app, (*VERSIONS, "live_releases"))
    shutil.copytree(home / own, home / "aaa")
    path = home / "aaa" / LESSON
    path.write_text(path.read_text("utf-8").replace("Awali", "Mulai"), "utf-8")

    with app.app_context():
        report = everything.publish(folder)

    assert not report.is_ok
    assert "K721" in {f.code for o in report.outcomes for f in o.findings}
    assert rows(app, (*VERSIONS, "live_releases")) == before


def test_12_no_markdown_is_converted_while_a_learner_waits(
    app, folder, sign_in, monkeypatch
):
    def convert(*_args, **_more):
        raise AssertionError("Markdown in a request")

    monkeypatch.setattr(markdown.Markdown, "convert", convert)
    rani = sign_in("rani")

    texts = seen_before_answering(app, rani)
    attempt = rani.post(f"/kuis/{COURSE}/{ITEMS[QUIZ]}/mulai").location
    attempt_id = int(re.search(r"/percobaan/(\d+)", attempt)[1])
    everything.finish(app, rani, attempt_id)

    assert len(texts) > 40
    assert "Pembahasan" in result(rani, attempt_id)
    with app.app_context():
        assert _db.session.scalar(select(func.count()).select_from(Completion)) == 1
