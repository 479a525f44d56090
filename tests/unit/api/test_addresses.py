"""Where a webhook may go, and that a name cannot change its mind meanwhile."""

import socket

import pytest

from lms.api import addresses, sending
from lms.api.addresses import AddressPrivate, UrlBad

INNER = [
    "127.0.0.1", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1",
    "169.254.169.254", "100.64.0.1", "224.0.0.1", "255.255.255.255", "240.0.0.1",
    "192.0.2.1", "198.18.0.1", "::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1",
    "fec0::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1",
    "2002:7f00:1::", "64:ff9b::7f00:1", "64:ff9b::a00:1", "2001:db8::1", "bukan",
]  # fmt: skip


@pytest.mark.parametrize("address", INNER)
def test_addresses_that_are_not_of_the_open_internet(address):
    assert not addresses.is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111", "64:ff9b::808:808"])
def test_addresses_of_the_open_internet(address):
    assert addresses.is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        "https://127.0.0.1/", "https://2130706433/", "https://0x7f000001/",
        "https://127.1/", "https://[::1]/", "https://[::ffff:10.0.0.1]/",
        "https://localhost/", "https://a.localhost/", "https://017700000001/",
    ],
)  # fmt: skip
def test_inner_addresses_are_known_however_they_are_written(url):
    with pytest.raises(AddressPrivate):
        addresses.check_url(url, private=False)


@pytest.mark.parametrize(
    "url",
    [
        "", "a.id", "//a.id", "http://a.id/", "https://", "https://u@a.id/",
        "https://u:p@a.id/", "https://a.id:99999/", "https://a.id:0/",
        "https://a.id/#x", "https://a.id/x y", "https://a.id/\u202e",
        "https://a.id/" + "x" * 500, "https://[::1", "javascript:alert(1)",
        "https://" + "a" * 70 + ".id/",
    ],
)  # fmt: skip
def test_what_is_no_address_of_a_webhook(url):
    with pytest.raises(UrlBad):
        addresses.check_url(url, private=False)


def _looked_up(monkeypatch, *answers: list[str]) -> list[tuple]:
    """Have names resolve to these addresses in turn; return the connections tried."""
    turns, tried = list(answers), []

    def getaddrinfo(_host, port, **_more):
        found = turns.pop(0) if len(turns) > 1 else turns[0]
        return [(socket.AF_INET, 1, 6, "", (number, port)) for number in found]

    def create_connection(address, *_more):
        tried.append(address)
        raise ConnectionRefusedError("uji")

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    monkeypatch.setattr(socket, "create_connection", create_connection)
    return tried


def test_a_name_with_one_inner_address_is_not_called(monkeypatch):
    tried = _looked_up(monkeypatch, ["8.8.8.8", "10.0.0.1"])

    outcome = sending.send("https://a.id/", b"{}", {})

    assert outcome == sending.Outcome(None, "alamat jaringan dalam")
    assert tried == []


def test_the_connection_goes_to_the_address_that_was_looked_at(monkeypatch):
    tried = _looked_up(monkeypatch, ["8.8.8.8"], ["127.0.0.1"])

    outcome = sending.send("https://a.id:8443/", b"{}", {})

    assert tried == [("8.8.8.8", 8443)]
    assert outcome.answer == "ConnectionRefusedError: uji"


def test_a_signature_is_hmac_sha256_of_timestamp_and_body():
    """Worked by hand: printf '1.{}' | openssl dgst -sha256 -hmac rahasia."""
    assert sending.sign("rahasia", 1, b"{}") == "sha256=" + SIGNED


SIGNED = "5665321004d04af4bea7f89179246409e56ccf276726b45cfb11a4ee5656b926"
