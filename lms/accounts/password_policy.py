"""Which passwords are refused, and why. Pure; no composition rules, no expiry."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from lms.kernel.errors import Invalid
from lms.kernel.i18n import N_

SHORTEST = 12  # characters
LONGEST = 1024  # bytes
LEET = str.maketrans("@4310$57!", "aaeiossti")
ROWS = (
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "qazwsxedcrfvtgbyhnujmikolp",
    "01234567890123456789",
    "11223344556677889900",
)
YEAR = re.compile(r"(19|20)\d\d")
LEFT = 5  # characters that must remain when all that is guessable is taken away


class PasswordWeak(Invalid):
    message = N_("Kata sandi ini terlalu mudah ditebak. Pakailah beberapa kata acak.")


class PasswordShort(PasswordWeak):
    message = N_(
        "Kata sandi paling sedikit 12 karakter. Beberapa kata acak paling mudah"
        " diingat."
    )


class PasswordLong(PasswordWeak):
    message = N_("Kata sandi paling panjang 1.024 bita.")


class PasswordUnreadable(PasswordWeak):
    message = N_("Kata sandi memuat tanda yang tidak dapat dipakai.")


class PasswordPersonal(PasswordWeak):
    message = N_("Jangan memakai NIP, tanggal lahir, nama, atau surel Anda.")


@dataclass(frozen=True)
class About:
    """What others know of the owner: name, NIP ("" without one), e-mail ("")."""

    name: str = ""
    nip: str = ""
    email: str = ""


def check(password: str, about: About) -> None:
    """Refuse a password that is short, long, common, or about its owner.

    raises  PasswordWeak  with the reason
    source  ASVS 5.0 6.2.1, 6.2.4, 6.2.5, 6.2.9-6.2.12
    """
    check_size(password)
    if len(password) < SHORTEST:
        raise PasswordShort
    if _is_personal(password, about):
        raise PasswordPersonal
    if _is_common(password):
        raise PasswordWeak


def check_size(password: str) -> None:
    """Refuse what must not even be hashed; also asked when signing in."""
    try:
        size = len(password.encode())
    except UnicodeEncodeError:
        raise PasswordUnreadable from None
    if "\0" in password:
        raise PasswordUnreadable
    if size > LONGEST:
        raise PasswordLong


def _is_personal(password: str, about: About) -> bool:
    digits = re.sub(r"\D", "", password)
    if any(number in digits for number in _numbers(about.nip)):
        return True
    mail = about.email.partition("@")[0]
    words = [w for w in re.split(r"[\W\d_]+", f"{about.name} {mail}".lower()) if w]
    known = {w for w in words if len(w) >= 4} | {"".join(words[:2])} - {""}
    return any(
        word in text for word in known if len(word) >= 4 for text in _readings(password)
    )


def _numbers(nip: str) -> set[str]:
    """Return the digits of a NIP people build passwords from."""
    if len(nip) != 18:
        return {nip} if len(nip) >= 6 else set()
    year, month, day = nip[:4], nip[4:6], nip[6:8]
    return {
        year + month + day,
        day + month + year,
        day + month + year[2:],
        nip[8:],
    }


def _is_common(password: str) -> bool:
    if len(set(password.lower())) < 5:
        return True
    doubled = (password + password).lower()
    if doubled.find(password.lower(), 1) <= len(password) // 2:
        return True  # a short piece, repeated
    return any(len(_what_is_left(text)) < LEFT for text in _readings(password))


def _readings(password: str) -> set[str]:
    """Return the password as typed, and with digits read as letters; no ASCII signs."""
    low = password.lower()
    read = YEAR.sub("", low).translate(LEET)
    return {re.sub(r"[\s!-/:-@\[-`{-~]", "", text) for text in (low, read)}


def _what_is_left(text: str) -> str:
    """Take away common words, years and runs of neighbouring keys."""
    for word in _common_words():
        text = text.replace(word, " ")
    text = YEAR.sub(" ", text)
    text = _without_runs(text)
    text = re.sub(r"(.)\1{2,}", r"\1", text)
    return text.replace(" ", "")


def _without_runs(text: str) -> str:
    kept, start = "", 0
    while start < len(text):
        length = next(
            (
                size
                for size in range(len(text) - start, 2, -1)
                if any(
                    text[start : start + size] in row
                    or text[start : start + size] in row[::-1]
                    for row in ROWS
                )
            ),
            0,
        )
        kept += " " if length else text[start]
        start += length or 1
    return kept


@cache
def _common_words() -> tuple[str, ...]:
    """Return the shipped list, longest first."""
    path = Path(__file__).parent / "seeds" / "common_passwords.txt"
    lines = path.read_text("utf-8").split()
    return tuple(sorted(set(lines), key=lambda w: (-len(w), w)))
