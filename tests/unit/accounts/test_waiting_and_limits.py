"""How long a session lasts and how long an account rests."""

from datetime import UTC, datetime, timedelta

import pytest

from lms.accounts import demo, devices
from lms.accounts.sessions import Limits, SignedIn, cookie_name
from lms.accounts.sign_ins import wait_after

NOW = datetime(2026, 11, 22, 7, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("seen_after", "is_staff", "lasts"),
    [
        (0, False, 12),
        (5, False, 17),
        (160, False, 168),  # seven days in all
        (0, True, 1),
        (5, True, 6),
        (11.5, True, 12),  # twelve hours in all
    ],
)
def test_a_session_ends_unused_or_too_old(seen_after, is_staff, lasts):
    seen = NOW + seen_after * HOUR

    assert Limits().end_of(NOW, seen, is_staff) == NOW + lasts * HOUR


@pytest.mark.parametrize(
    ("failures", "seconds"),
    [(0, 0), (4, 0), (5, 30), (6, 60), (7, 120), (8, 240), (9, 480), (10, 900)],
)
def test_the_rest_doubles_after_five_failures(failures, seconds):
    assert wait_after(failures).total_seconds() == seconds


def test_the_rest_is_never_longer_than_a_quarter_of_an_hour():
    assert wait_after(1_000_000) == timedelta(minutes=15)


def test_on_tls_the_cookie_carries_the_host_prefix():
    assert cookie_name(tls=True) == "__Host-sid"
    assert cookie_name(tls=False) == "sid"


@pytest.mark.parametrize(
    ("name", "initials"),
    [("Rani Kusumawardhani", "RK"), ("Suharto", "S"), ("a b c", "AC")],
)
def test_initials_are_of_first_and_last_name(name, initials):
    person = SignedIn(1, "u", name, name, 1, 1, "Asia/Jakarta", False, 1, NOW)

    assert person.initials == initials


@pytest.mark.parametrize(
    ("host", "url", "proxies", "is_fine"),
    [
        ("127.0.0.1", "http://127.0.0.1:8000", 0, True),
        ("127.0.0.2", "http://localhost:8000", 0, True),
        ("localhost", "http://localhost", 0, True),
        ("::1", "http://[::1]:8000", 0, True),
        ("0.0.0.0", "http://127.0.0.1:8000", 0, False),
        ("127.0.0.1", "https://kelas.contoh.go.id", 0, False),
        ("10.1.2.3", "http://10.1.2.3:8000", 0, False),
        ("127.0.0.1", "http://127.0.0.1:8000", 1, False),
        ("127.0.0.1.contoh.id", "http://127.0.0.1:8000", 0, False),
        ("", "", 0, False),
    ],
)
def test_demo_people_live_only_on_a_loopback_address(host, url, proxies, is_fine):
    if is_fine:
        demo.check_address(host, url, proxies)
    else:
        with pytest.raises(demo.DemoRefused):
            demo.check_address(host, url, proxies)


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (
            "Mozilla/5.0 (Linux; Android 13) Chrome/126.0 Safari/537.36",
            "Chrome, Android",
        ),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/126.0 Safari Edg/126", "Edge, Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Firefox/127.0", "Firefox, Linux"),
        ("Mozilla/5.0 (iPhone; CPU) Version/17.5 Safari/604.1", "Safari, iPhone"),
        ("curl/8.5", ""),
        ("", ""),
        ("\x1b[31m" * 500, ""),
    ],
)
def test_a_browser_is_named_in_a_few_words(agent, words):
    assert devices.words(agent) == words
