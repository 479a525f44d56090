"""Which passwords are refused: ASVS 5.0 6.2.1, 6.2.4, 6.2.5, 6.2.9, 6.2.11."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.accounts import demo
from lms.accounts.password_policy import (
    About,
    PasswordLong,
    PasswordPersonal,
    PasswordShort,
    PasswordUnreadable,
    PasswordWeak,
    check,
)

RANI = About("Rani Kusumawardhani", "199508252022212902", "rani.k@contoh.go.id")


@pytest.mark.parametrize(
    "password",
    [
        "kuda merah lompat pagar",
        "correct horse battery staple",
        "tujuh belas mangga",
        " spasi di kedua ujung ",
        "Zx9!kQ2#vLp0",
        "pèché-mangue-été",
        "😀🐘🌋🍜🚲🎺🪁🦜🥁🛶🧭🪴",
        "x" * 3 + "Kopi pahit, hujan deras, jalan sepi. " * 20,
        demo.PASSWORD,
    ],
)
def test_a_good_password_is_taken_without_composition_rules(password):
    check(password, RANI)


@pytest.mark.parametrize("password", ["", "a", "kopi 7 pagi", "12345678901"])
def test_fewer_than_twelve_characters_are_too_short(password):
    with pytest.raises(PasswordShort):
        check(password, RANI)


@pytest.mark.parametrize(
    ("count", "error"), [(1024, None), (1025, PasswordLong), (100_000, PasswordLong)]
)
def test_1024_bytes_are_the_most(count, error):
    password = ("kopi pahit hujan deras " * 5000)[:count]

    if error:
        with pytest.raises(error):
            check(password, RANI)
    else:
        check(password, RANI)


def test_length_in_bytes_counts_every_byte():
    with pytest.raises(PasswordLong):
        check("é" * 513, RANI)


@pytest.mark.parametrize("password", ["dua kata\0 rahasia", "dua kata \ud800 lain"])
def test_what_cannot_be_stored_is_refused(password):
    with pytest.raises(PasswordUnreadable):
        check(password, RANI)


@pytest.mark.parametrize(
    "password",
    [
        "password1234",
        "PasswordPassword",
        "P@ssw0rd2026!",
        "katasandi123",
        "KataSandiRahasia!",
        "123456789012",
        "098765432109",
        "qwertyuiop12",
        "qwerty123456",
        "1q2w3e4r5t6y",
        "1qaz2wsx3edc",
        "aaaaaaaaaaaa",
        "abababababab",
        "abcabcabcabc",
        "abcdefghijkl",
        "ASN2026!ASN2026!",
        "Bismillah2026",
        "bkpsdm-jambi-2026",
        "SelamatPagi2026",
        "Indonesia17081945",
        "PalangkaRaya2026!",
        "admin@admin.admin",
        "iloveyou123456",
        "KelasASN-2026",
        "!!!!!!!!!!!!!!",
    ],
)
def test_common_passwords_are_refused(password):
    with pytest.raises(PasswordWeak):
        check(password, RANI)


@pytest.mark.parametrize(
    "password",
    [
        "199508252022212902",
        "nomor 19950825 2022 ku",
        "25081995 kopi enak",
        "25-08-1995 kopi enak",
        "kopi250895enak!!",
        "kusumawardhani kopi",
        "KUSUMAWARDHANI-kopi",
        "Rani suka mangga muda",
        "r4ni suka mangga muda",
    ],
)
def test_what_others_know_of_the_owner_is_refused(password):
    with pytest.raises(PasswordPersonal):
        check(password, RANI)


def test_somebody_elses_name_is_no_objection():
    check("Kusumawardhani naik kuda", About("Agus Pranoto", "199008172015031901"))


@given(st.text(min_size=12, max_size=80))
def test_whatever_is_typed_is_taken_or_refused(password):
    with suppress(PasswordWeak):
        check(password, RANI)
