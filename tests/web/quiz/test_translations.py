"""A quiz in another language: other texts, the same question version and score."""

import json

import pytest
from sqlalchemy import select

from lms.catalog import items, translated
from lms.catalog.items import Version
from lms.catalog.models import QuestionKey, QuestionTold, QuestionVersion
from lms.db import db as _db
from lms.quiz.models import AnswerSave, Attempt, SlotScore
from tests.translated import copy_translated, edit, publish, publish_built

COURSE, QUIZ = "/kursus/contoh-singkat", "kuis-akhir"
RIGHT = {
    "sapaan": [1],
    "unsur-catatan": [1, 2],
    "laci": False,
    "pengawas": "Ombudsman",
    "lama-tanggapan": "12",
    "hak-warga": [1],
    "tanda-terima": [2],
    "ramah": False,
}


@pytest.fixture
def live(app, db):
    publish_built(app)


def begin(sign_in, name, language):
    client = sign_in(name)
    client.post(f"{COURSE}/ikuti")
    client.set_cookie("bahasa", language)
    return client, client.post(f"/kuis/{QUIZ_PATH}/mulai").location.split("/soal")[0]


QUIZ_PATH = "contoh-singkat/kuis-akhir"


def places(app, person_id):
    """Return (code, options as shown) of the attempt's questions, in order."""
    with app.app_context():
        attempt = _db.session.scalars(
            select(Attempt).where(Attempt.person_id == person_id)
        ).one()
        rows = _db.session.execute(select(QuestionVersion.id, QuestionVersion.code))
        codes = {row.id: row.code for row in rows}
        return [(codes[p["q"]], p["options"]) for p in attempt.layout]


def sent(code, options):
    """Return what a browser sends for the right answer to a question."""
    given = RIGHT[code]
    if isinstance(given, bool):
        return ["0" if given else "1"]
    if isinstance(given, list):
        return [str(options.index(number)) for number in given]
    return [given]


def take(client, where, asked):
    for number, (code, options) in enumerate(asked, 1):
        client.post(
            f"{where}/soal/{number}",
            data={"jawaban": sent(code, options), "seq": "1", "ke": "berikut"},
        )
    client.post(f"{where}/kumpulkan")


def test_the_same_answers_score_the_same_in_both_languages(app, sign_in, live):
    for name, person_id, language in (("rani", 4, "en"), ("agus", 5, "id")):
        client, where = begin(sign_in, name, language)
        take(client, where, places(app, person_id))

    with app.app_context():
        scores = _db.session.execute(
            select(Attempt.person_id, Attempt.score_bp, Attempt.item_version_id)
        ).all()
        by_question = {}
        for version, score in _db.session.execute(
            select(SlotScore.question_version_id, SlotScore.score_bp)
        ):
            by_question.setdefault(version, set()).add(score)

    assert [score for _who, score, _quiz in scores] == [10_000, 10_000]
    assert len({quiz for *_rest, quiz in scores}) == 1
    assert all(found == {10_000} for found in by_question.values())


def test_cover_and_question_are_in_the_language_read(app, sign_in, live):
    client, where = begin(sign_in, "rani", "en")

    cover = client.get(f"{COURSE}/{QUIZ}").text
    pages = "".join(client.get(f"{where}/soal/{n}").text for n in range(1, 8))

    assert "Final quiz" in cover
    assert "Read each question with care." in cover
    assert "When does the officer greet people?" in pages
    assert "Kapan petugas menyapa" not in pages


def test_an_attempt_goes_on_in_another_language(app, sign_in, live):
    client, where = begin(sign_in, "rani", "en")
    asked = places(app, 4)
    number = [code for code, _options in asked].index("sapaan") + 1
    data = {"jawaban": sent(*asked[number - 1]), "seq": "1", "ke": "berikut"}
    client.post(f"{where}/soal/{number}", data=data)
    client.set_cookie("bahasa", "id")

    page = client.get(f"{where}/soal/{number}").text

    assert "Kapan petugas menyapa warga?" in page
    assert page.count(" checked") == 1
    with app.app_context():
        assert _db.session.scalars(select(AnswerSave.answer)).one() == 1


def test_no_page_of_a_running_attempt_tells_what_its_key_tells(app, sign_in, live):
    client, where = begin(sign_in, "rani", "en")

    for number in range(1, 8):
        page = client.get(f"{where}/soal/{number}").text
        for secret in (
            "the first greeting decides",
            "Too late",
            "Pangkat",
            "not the rank",
        ):
            assert secret not in page


def test_explanations_are_in_the_language_read(app, sign_in, live):
    client, where = begin(sign_in, "rani", "en")
    take(client, where, places(app, 4))

    english = client.get(f"{where}/hasil").text
    client.set_cookie("bahasa", "id")
    indonesian = client.get(f"{where}/hasil").text

    assert "People are greeted as soon as they come." in english
    assert "Warga disapa begitu ia tiba." not in english
    assert "Warga disapa begitu ia tiba." in indonesian


def test_a_mended_translation_does_not_change_what_an_attempt_reads(
    app, sign_in, live, tmp_path
):
    client, where = begin(sign_in, "rani", "en")
    folder = copy_translated(tmp_path)
    edit(
        folder / "en/kuis/akhir.md", "When does the officer greet", "When, then, do you"
    )
    assert publish(app, folder).is_ok

    pages = "".join(client.get(f"{where}/soal/{n}").text for n in range(1, 8))

    assert "When does the officer greet people?" in pages
    assert "When, then, do you" not in pages


def test_texts_never_hold_or_replace_a_key(app, live):
    with app.app_context():
        keys = {
            row.question_version_id: row.key
            for row in _db.session.scalars(select(QuestionKey))
        }
        told = list(_db.session.scalars(select(QuestionTold.told)))
        versions = [
            Version(v.id, v.course_id, v.code, v.kind, v.sha, v.body)
            for v in _db.session.scalars(select(QuestionVersion))
        ]
        from lms.catalog import courses

        texts = translated.texts_of(versions, courses.live("contoh-singkat"), "en")
        explained = translated.keys_told(keys, texts)

        assert items.keys(keys) == keys
    secrets = ("credit", "right", "truth", "accepted", "low", "high", "count")
    assert not any(f'"{name}"' in json.dumps(told) for name in secrets)
    for number, key in keys.items():
        for name in set(key) & set(secrets):
            assert explained[number][name] == key[name]
