"""Which network addresses a webhook may be sent to. Pure."""

import ipaddress
from urllib.parse import urlsplit

from lms.kernel.errors import Invalid
from lms.kernel.i18n import N_
from lms.kernel.text import has_hidden

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
LONGEST = 500  # letters of an URL
NAT64 = ipaddress.ip_network("64:ff9b::/96")  # an IPv4 address in its last 32 bits


class UrlBad(Invalid):
    message = N_(
        "Tulis alamat https yang lengkap, tanpa nama pengguna dan tanpa tanda #,"
        " misalnya https://simpeg.contoh.go.id/webhook."
    )


class AddressPrivate(Invalid):
    message = N_(
        "Alamat itu berada di jaringan dalam. Webhook hanya dikirim ke alamat umum."
    )


def is_public(text: str) -> bool:
    """Say whether an IP address belongs to the open Internet, however it is written."""
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return False
    if address in NAT64:  # nothing but a way to an IPv4 address
        return is_public(str(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)))
    return all(_is_open(one) for one in (address, *_inside(address)))


def _is_open(address: Address) -> bool:
    return address.is_global and not (
        address.is_multicast
        or address.is_reserved
        or getattr(address, "is_site_local", False)
    )


def _inside(address: Address) -> list[ipaddress.IPv4Address]:
    """Return the IPv4 addresses that an IPv6 one leads to."""
    if address.version == 4:
        return []
    found = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
    if int(address) < 2**32:  # "::127.0.0.1", the old way
        found.append(ipaddress.IPv4Address(int(address)))
    return [one for one in found if one is not None]


def check_url(url: str, private: bool) -> str:
    """Return a webhook's URL in the form it is stored in.

    private  addresses of the own network and http are allowed
    raises   UrlBad  AddressPrivate  (of a number; names are looked up when sending)
    """
    url = url.strip()
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
        host.encode("idna")
    except (ValueError, UnicodeError):
        raise UrlBad from None
    schemes = {"https", "http"} if private else {"https"}
    if (
        parts.scheme not in schemes
        or not host
        or port == 0
        or "@" in parts.netloc
        or "#" in url
        or not url.isascii()
        or " " in url
        or has_hidden(url)
        or len(url) > LONGEST
    ):
        raise UrlBad
    if not private and (_is_number(host) or host.endswith("localhost")):
        check_address(host)
    return url


def _is_number(host: str) -> bool:
    # "127.1", "0x7f000001" and "2130706433" are numbers to resolvers as well.
    return ":" in host or host.rsplit(".", 1)[-1][:1].isdigit()


def check_address(text: str) -> None:
    """Refuse an address that is not public; raises AddressPrivate."""
    if not is_public(text):
        raise AddressPrivate
