"""One's own account: another password."""

import pytest

from tests.cast import CAST

NEW = "empat ekor gajah biru"


def change(client, current: str, new: str = NEW, again: str = NEW):
    data = {"sekarang": current, "sandi": new, "ulang": again}
    return client.post("/akun/sandi", data=data)


def test_another_password_ends_other_sessions_and_keeps_this_one(
    password, sign_in, sign_in_form
):
    here, there = sign_in("rani"), sign_in("rani")
    old = here.get_cookie("sid").value

    answer = change(here, password)

    assert (answer.status_code, answer.location) == (303, "/akun")
    assert here.get_cookie("sid").value != old
    assert "Kata sandi diganti" in here.get("/akun").get_data(as_text=True)
    assert there.get("/akun").status_code == 302
    assert sign_in_form("rani@contoh.go.id", password).status_code == 422
    assert sign_in_form("rani@contoh.go.id", NEW).status_code == 303


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({}, "Isi kata sandi Anda sekarang"),
        ({"sekarang": "salah sama sekali"}, "tidak cocok"),
        ({"sekarang": "x" * 1025}, "1.024"),
        ({"sandi": "pendek", "ulang": "pendek"}, "paling sedikit 12"),
        ({"ulang": "lain"}, "tidak sama"),
        ({"sandi": "199508252022212902"}, "Jangan memakai NIP"),
    ],
)
def test_a_wrong_form_changes_nothing(password, sign_in, sign_in_form, form, words):
    good = {"sekarang": password, "sandi": NEW, "ulang": NEW}

    answer = sign_in("rani").post("/akun/sandi", data=good | form if form else {})

    assert answer.status_code == 422
    assert words in answer.get_data(as_text=True)
    assert sign_in_form("rani@contoh.go.id", password).status_code == 303


def test_the_person_in_the_form_does_not_count(password, sign_in, sign_in_form):
    data = {"sekarang": password, "sandi": NEW, "ulang": NEW}
    data |= {"person_id": str(CAST["agus"].id), "akun": "agus@contoh.go.id"}

    sign_in("rani").post("/akun/sandi", data=data)

    assert sign_in_form("agus@contoh.go.id", password).status_code == 303


def test_a_stolen_session_guesses_slowly(password, sign_in, sign_in_form, clock):
    thief = sign_in("rani")

    answers = [change(thief, "salah sama sekali").status_code for _ in range(6)]

    assert answers == [422] * 5 + [429]
    assert sign_in_form("rani@contoh.go.id", password).status_code == 303
    clock.skip(seconds=30)
    assert change(thief, password).status_code == 303
