"""Nothing of a key leaves the server before it may."""

import pytest

from . import stage
from .stage import COVER, RIGHT, SECRETS, WRONG, question_url

JSON = {"Accept": "application/json"}


def leaks(text: str) -> list[str]:
    return [word for word in SECRETS if word in text]


def test_nothing_of_the_key_is_in_a_page_before_the_result(app, quiz, sign_in):
    quiz()
    rani = sign_in("rani")
    texts = [rani.get(COVER).text]
    attempt_id = stage.begin(rani)
    for number in range(1, 8):
        texts.append(rani.get(question_url(attempt_id, number)).text)
        data = {"jawaban": stage.field_of(app, attempt_id, number, RIGHT), "seq": "1"}
        texts.append(
            rani.post(question_url(attempt_id, number), data=data, headers=JSON).text
        )
        texts.append(rani.post(question_url(attempt_id, number), data=data).text)
        texts.append(rani.get(question_url(attempt_id, number)).text)
    texts.append(rani.get(f"/kuis/percobaan/{attempt_id}/tinjau").text)

    assert [leaks(text) for text in texts] == [[]] * len(texts)
    assert "Pilihan 1 dari" in "".join(texts)


def test_the_receipt_of_a_save_says_when_and_which(app, quiz, sign_in):
    quiz()
    rani = sign_in("rani")
    attempt_id = stage.begin(rani)
    data = {"jawaban": stage.field_of(app, attempt_id, 1, RIGHT), "seq": "2"}

    answer = rani.post(question_url(attempt_id, 1), data=data, headers=JSON)

    assert answer.json == {
        "seq": 2,
        "saved_at": "2026-11-22T14:00:00+07:00",
        "at": "14.00 WIB",
        "is_older": False,
        "is_elsewhere": False,
        "next": question_url(attempt_id, 2),
    }


def test_a_right_and_a_wrong_answer_get_the_same_receipt(app, quiz, sign_in):
    quiz()
    rani = sign_in("rani")
    attempt_id = stage.begin(rani)

    def receipts(given, seq):
        return [
            rani.post(
                question_url(attempt_id, n),
                data={
                    "jawaban": stage.field_of(app, attempt_id, n, given),
                    "seq": str(seq),
                },
                headers=JSON,
            ).text
            for n in range(1, 8)
        ]

    right, wrong = receipts(RIGHT, 1), receipts(WRONG, 2)

    assert right == [text.replace('"seq":2', '"seq":1') for text in wrong]


def test_places_of_options_do_not_follow_the_file(app, quiz, sign_in):
    """The right option stands first in the file; not so on the page."""
    quiz(attempts=None)
    rani = sign_in("rani")
    first = set()
    for _ in range(12):
        attempt_id = stage.begin(rani)
        for number in range(1, 8):
            page = rani.get(question_url(attempt_id, number)).text
            if "Tanya sapaan?" in page:
                first.add(page.split('value="0"')[1].split(" dari")[0][-1])
        rani.post(f"/kuis/percobaan/{attempt_id}/kumpulkan")

    assert len(first) > 1


# explain, how often failed, passed afterwards -> explained
MATRIX = [
    ("always", 1, False, True),
    ("finished", 1, False, False),
    ("finished", 2, False, True),
    ("finished", 1, True, True),
    ("passed", 2, False, False),
    ("passed", 0, True, True),
    ("never", 2, False, False),
    ("never", 0, True, False),
]


@pytest.mark.parametrize("case", MATRIX)
def test_who_sees_explanations(app, quiz, sign_in, case):
    explain, failed, passes, explained = case
    quiz(explain=explain, attempts=2)
    rani = sign_in("rani")
    for given in [WRONG] * failed + [RIGHT] * passes:
        attempt_id, _ = stage.take(app, rani, given)

    page = rani.get(f"/kuis/percobaan/{attempt_id}/hasil").text

    assert ("BAHAS" in page) is explained
    assert ("UMPAN" in page) is explained
    assert "JUDUL" not in page
    assert ("Menurut kompetensi" in page) is (explain != "never")
    if not explained:
        assert leaks(page) == []
        assert "Belum tepat" not in page


def test_explanations_close_while_another_attempt_runs(app, quiz, sign_in):
    quiz(explain="always")
    rani = sign_in("rani")
    attempt_id, before = stage.take(app, rani, WRONG)
    stage.begin(rani)

    during = rani.get(f"/kuis/percobaan/{attempt_id}/hasil").text

    assert "BAHAS" in before
    assert "BAHAS" not in during
    assert "Pembahasan ditutup selama percobaan lain berjalan." in during


def test_a_competency_of_one_question_is_not_told_before_explanations(
    app, quiz, sign_in
):
    questions = [stage.question(code) for code in stage.KEYS]
    lonely = next(q for q in questions if q.code == "laci")
    lonely.body["competencies"] = [["SENDIRI", 1]]
    with app.app_context():
        stage.publish(questions, attempts=2)
        stage.enrol("rani")
    rani = sign_in("rani")

    _, early = stage.take(app, rani, WRONG)
    _, last = stage.take(app, rani, WRONG)

    assert "SENDIRI" not in early
    assert "SENDIRI" in last


def test_the_explained_result_marks_right_wrong_and_part(app, quiz, sign_in):
    quiz(explain="always")
    answers = RIGHT | {"sapaan": 3, "laci": True, "lama": "99"}

    _, page = stage.take(app, sign_in("rani"), answers)

    assert "UMPAN 3 sapaan" in page
    assert "UMPAN 2 sapaan" not in page  # only what was chosen is commented
    assert "Sebagian tepat" in page
    assert "Jawaban yang tepat: 11 – 13" in page
    assert "KELIRU laci" in page
    assert "KELIRU unsur" not in page
