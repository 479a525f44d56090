"""The receipt of a hand-in: the same each time, and ours only when unchanged."""

import pytest

from lms.db import db as _db
from lms.quiz import receipts
from lms.quiz.cli import quiz as command
from lms.quiz.models import Attempt, SlotScore

from . import stage
from .stage import RIGHT, WRONG


@pytest.fixture
def handed_in(app, quiz, sign_in):
    quiz()
    return stage.take(app, sign_in("rani"), RIGHT)[0]


@pytest.fixture
def check(app, tmp_path):
    """check(text) -> (exit code, what was printed)."""

    def run(text: str | bytes):
        path = tmp_path / "tanda.txt"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        with app.app_context():
            done = app.test_cli_runner().invoke(command, ["receipt", str(path)])
        return done.exit_code, done.output

    return run


def address(attempt_id: int, ending: str = "") -> str:
    return f"/kuis/percobaan/{attempt_id}/tanda-terima{ending}"


def test_the_page_and_the_text_state_the_same(handed_in, sign_in):
    rani = sign_in("rani")

    page, file = rani.get(address(handed_in)), rani.get(address(handed_in, ".txt"))

    assert page.status_code == 200
    assert "7 dari 7" in page.text
    assert file.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert "attachment" in file.headers["Content-Disposition"]
    assert file.headers["Cache-Control"] == "no-store"
    assert file.text in page.text
    for line in ("Terjawab: 7 dari 7", "Nilai: 100,00", "Nilai lulus: 70,00"):
        assert f"{line}\n" in file.text
    assert "Rani" not in file.text


def test_the_page_says_in_which_zone_the_text_is(handed_in, sign_in):
    page = sign_in("rani").get(address(handed_in)).text

    wanted = "(UTC): 2026-11-22T07:00:00Z sama dengan 22 November 2026, 14.00 WIB."
    assert wanted in page


def test_handing_in_twice_gives_the_same_receipt(handed_in, sign_in, clock):
    rani = sign_in("rani")
    first = rani.get(address(handed_in, ".txt")).data
    clock.skip(hours=3)
    rani.post(f"/kuis/percobaan/{handed_in}/kumpulkan")

    assert sign_in("rani").get(address(handed_in, ".txt")).data == first


def test_a_late_answer_does_not_change_it(app, handed_in, sign_in):
    rani = sign_in("rani")
    first = rani.get(address(handed_in, ".txt")).data
    values = stage.field_of(app, handed_in, 1, WRONG)
    rani.post(stage.question_url(handed_in, 1), data={"jawaban": values, "seq": "9"})

    assert rani.get(address(handed_in, ".txt")).data == first


def test_it_tells_two_sheets_of_answers_apart(app, handed_in, sign_in):
    rani = sign_in("rani")
    other, _ = stage.take(app, rani, WRONG)

    def mark(attempt_id):
        text = rani.get(address(attempt_id, ".txt")).text
        return text.partition("Sidik jawaban (SHA-256): ")[2][:64]

    assert mark(handed_in) != mark(other)


def test_the_command_knows_its_own(handed_in, sign_in, check):
    text = sign_in("rani").get(address(handed_in, ".txt")).text

    code, printed = check(text)
    windows = check("\ufeff" + text.replace("\n", "\r\n") + "\r\n")

    assert (code, windows[0]) == (0, 0), printed
    assert "Cocok dengan catatan" in printed


def test_one_changed_sign_is_noticed(handed_in, sign_in, check):
    text = sign_in("rani").get(address(handed_in, ".txt")).text
    swaps = (("100,00", "99,00"), ("7 dari 7", "6 dari 7"), ("SHA-256", "SHA-257"))
    for old, new in swaps:
        assert check(text.replace(old, new, 1))[0] == 1, old
    without = "".join(text.splitlines(True)[:-1])
    for wrong in (
        "",
        "x",
        without,
        text + "Nilai: 100,00\n",
        text * 50,
        b"\xff\0" * 99,
    ):
        assert check(wrong)[0] == 1


def test_another_site_cannot_sign(app, handed_in):
    with app.app_context():
        attempt = _db.session.get(Attempt, handed_in)
        foreign = receipts.of(attempt, "kunci situs lain" * 3)

        assert receipts.read(foreign.text, app.config["SECRET_KEY"]) is None


def test_a_record_changed_or_lost_since_is_told(app, handed_in, sign_in, check):
    text = sign_in("rani").get(address(handed_in, ".txt")).text
    with app.app_context():
        _db.session.get(Attempt, handed_in).score_bp = 9_000
        _db.session.commit()
    changed = check(text)
    with app.app_context():
        from lms.quiz.models import AnswerSave

        for table in (AnswerSave, SlotScore, Attempt):
            _db.session.query(table).delete()
        _db.session.commit()
    lost = check(text)

    assert changed[0] == lost[0] == 1
    assert "berbeda dengan tanda terima" in changed[1]
    assert "Tanda tangan sah." in lost[1]
    assert "tidak ada di basis data" in lost[1]


def test_there_is_none_before_handing_in(quiz, sign_in):
    quiz()
    rani = sign_in("rani")
    attempt_id = stage.begin(rani)

    for ending in ("", ".txt"):
        answer = rani.get(address(attempt_id, ending))
        assert answer.location == f"/kuis/percobaan/{attempt_id}/tinjau"


@pytest.mark.parametrize("ending", ["", ".txt"])
def test_only_its_owner_gets_it(handed_in, sign_in, ending):
    for name in ("agus", "hendra", "yohanes", "siti", "made"):
        assert sign_in(name).get(address(handed_in, ending)).status_code == 404
    assert sign_in("rani").get(address(0, ending)).status_code == 404
