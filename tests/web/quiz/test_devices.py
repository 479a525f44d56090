"""Two tabs, two devices, answers sent again: nothing newer is overwritten unseen."""

import pytest

from lms.db import db as _db
from lms.quiz.models import AnswerSave, Attempt, AttemptFlag

from . import stage
from .stage import RIGHT, WRONG, question_url

JSON = {"Accept": "application/json"}


@pytest.fixture
def running(app, quiz, sign_in):
    quiz()
    return stage.begin(sign_in("rani"))


@pytest.fixture
def send(app, running, sign_in):
    """send("ponsel", RIGHT, seq, base) -> what the server tells that device."""
    clients = {}

    def save(device, given, seq, base, number=1):
        client = clients.setdefault(device, sign_in("rani"))
        values = stage.field_of(app, running, number, given)
        data = {
            "jawaban": values, "seq": seq, "dasar": base, "perangkat": device,
        }  # fmt: skip
        answer = client.post(question_url(running, number), data=data, headers=JSON)
        assert answer.status_code == 200, answer.text
        return answer.json

    return save


def history(app) -> list[tuple[int, str]]:
    with app.app_context():
        rows = _db.session.query(AnswerSave).order_by(AnswerSave.id)
        return [(row.seq, row.device) for row in rows]


def test_what_another_device_saved_since_is_not_overwritten(app, send, clock):
    send("kantor", RIGHT, 1, 0)
    clock.skip(minutes=9)

    late = send("ponsel", WRONG, 5, 0)  # changed five times without a line

    assert (late["is_older"], late["is_elsewhere"]) == (True, True)
    assert (late["seq"], late["at"]) == (1, "14.00 WIB")
    assert late["saved_at"].endswith("T14:00:00+07:00")  # the script reads the zone
    assert history(app) == [(1, "kantor"), (-1, "ponsel")]


def test_once_seen_the_learner_may_overwrite_it(app, send):
    send("kantor", RIGHT, 1, 0)
    refused = send("ponsel", WRONG, 1, 0)

    chosen = send("ponsel", WRONG, refused["seq"] + 1, refused["seq"])

    assert (chosen["is_older"], chosen["seq"]) == (False, 2)
    assert history(app)[-1] == (2, "ponsel")


def test_the_same_answer_from_two_devices_is_no_quarrel(app, send):
    send("kantor", RIGHT, 1, 0)

    same = send("ponsel", RIGHT, 1, 0)

    assert (same["is_older"], same["is_elsewhere"]) == (False, False)
    assert history(app) == [(1, "kantor")]


def test_two_tabs_of_one_browser_count_together(app, send):
    send("ponsel", RIGHT, 1, 0)

    later = send("ponsel", WRONG, 2, 0)  # the other tab has not asked the server since

    assert (later["is_older"], later["seq"]) == (False, 2)


def test_an_answer_sent_again_and_again_is_noted_once(app, send):
    send("kantor", RIGHT, 3, 0)
    for _ in range(3):
        send("ponsel", WRONG, 1, 0)

    assert history(app) == [(3, "kantor"), (-1, "ponsel")]


def test_history_never_counts(app, running, send, sign_in):
    send("kantor", RIGHT, 1, 0)
    send("ponsel", WRONG, 1, 0)
    rani = sign_in("rani")

    page = rani.get(question_url(running, 1)).text
    rani.post(f"/kuis/percobaan/{running}/kumpulkan")

    for value in stage.field_of(app, running, 1, RIGHT):
        assert f'value="{value}"' in page
    with app.app_context():
        assert _db.session.get(Attempt, running).score_bp > 0


def test_the_page_names_the_device_that_saved_last(running, send, sign_in):
    send("kantor", RIGHT, 1, 0, number=3)

    page = sign_in("rani").get(question_url(running, 1)).text

    assert 'data-last-device="kantor"' in page
    assert "juga dikerjakan di perangkat lain, terakhir pukul 14.00 WIB" in page


@pytest.mark.parametrize(
    "fields",
    [
        {"perangkat": "x" * 37},
        {"perangkat": "<script>"},
        {"dasar": "-1"},
        {"dasar": "1e9"},
        {"dasar": "9" * 12},
    ],
)
def test_counts_no_page_of_ours_sends(app, running, sign_in, fields):
    data = {"jawaban": "0", "seq": "1"} | fields

    answer = sign_in("rani").post(question_url(running, 1), data=data)

    assert answer.status_code == 422
    assert history(app) == []


# --- Answers that come once more with the hand-in


def copy_of(app, attempt_id, number, given, seq=1):
    fields = "".join(
        f"&jawaban={value}" for value in stage.field_of(app, attempt_id, number, given)
    )
    return f"soal={number}&seq={seq}&dasar=0&perangkat=ponsel{fields}"


def test_what_comes_with_the_hand_in_counts(app, running, sign_in):
    copies = [copy_of(app, running, n, RIGHT) for n in range(1, 8)]

    answer = sign_in("rani").post(
        f"/kuis/percobaan/{running}/kumpulkan",
        data={"jumlah": "7", "salinan": copies},
        headers=JSON,
    )

    assert answer.json == {"next": f"/kuis/percobaan/{running}/hasil"}
    with app.app_context():
        assert _db.session.get(Attempt, running).score_bp == 10_000


def test_an_older_copy_overwrites_nothing(app, running, send, sign_in):
    send("ponsel", RIGHT, 4, 0)

    sign_in("rani").post(
        f"/kuis/percobaan/{running}/kumpulkan",
        data={"jumlah": "1", "salinan": copy_of(app, running, 1, WRONG, seq=2)},
    )

    assert history(app) == [(4, "ponsel"), (-1, "ponsel")]


@pytest.mark.parametrize(
    "fields",
    [
        {"jumlah": "2", "salinan": ["soal=1&seq=1&jawaban=0"]},  # one was lost
        {"jumlah": "1"},
        {"jumlah": "1", "salinan": ["soal=99&seq=1&jawaban=0"]},
        {"jumlah": "1", "salinan": ["soal=1&jawaban=0"]},
        {"jumlah": "1", "salinan": ["soal=1&seq=1" + "&jawaban=0" * 200]},
        {"jumlah": "8", "salinan": ["soal=1&seq=1&jawaban=0"] * 8},
    ],
)
def test_a_garbled_hand_in_is_refused_and_changes_nothing(
    app, running, sign_in, fields
):
    answer = sign_in("rani").post(f"/kuis/percobaan/{running}/kumpulkan", data=fields)

    assert answer.status_code == 422
    assert history(app) == []
    with app.app_context():
        assert not _db.session.get(Attempt, running).is_submitted


def test_an_unreadable_copy_leaves_the_rest(app, running, sign_in):
    copies = ["soal=1&seq=1&jawaban=abc&jawaban=def", copy_of(app, running, 2, RIGHT)]

    answer = sign_in("rani").post(
        f"/kuis/percobaan/{running}/kumpulkan",
        data={"jumlah": "2", "salinan": copies},
    )

    assert answer.status_code == 303
    assert history(app) == [(1, "ponsel")]


# --- Flags by themselves


def test_a_flag_alone_changes_no_answer(app, running, sign_in):
    rani = sign_in("rani")
    address = f"{question_url(running, 2)}/tanda"

    put_on = rani.post(address, data={"tandai": "ya"}, headers=JSON)
    taken_off = rani.post(address, data={"tandai": "tidak"})

    assert put_on.json == {"is_flagged": True, "at": "14.00 WIB"}
    assert taken_off.location == question_url(running, 2)
    assert history(app) == []
    with app.app_context():
        assert _db.session.get(AttemptFlag, (running, 1)).is_on is False


def test_flags_of_others_and_of_closed_attempts(app, running, sign_in):
    address = f"{question_url(running, 2)}/tanda"
    assert sign_in("agus").post(address, data={"tandai": "ya"}).status_code == 404
    rani = sign_in("rani")
    rani.post(f"/kuis/percobaan/{running}/kumpulkan")

    assert rani.post(address, data={"tandai": "ya"}).status_code == 409
    assert rani.post(address, data={"tandai": "x"}).status_code in (409, 422)
