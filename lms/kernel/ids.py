"""Random names and secrets, and how a secret is stored."""

import hashlib
import secrets
import uuid

LARGEST = 2**63 - 1  # the largest number of a row that a database holds
# Crockford base 32: no I, L, O, U, so nothing looks like 1 or 0. Five bits each.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_uid() -> str:
    """Return a random UUID as text: an identifier, never a secret."""
    return str(uuid.uuid4())


def new_secret() -> str:
    """Return 256 random bits for cookies and links, safe in a URL."""
    return secrets.token_urlsafe(32)


def digest(secret: str) -> str:
    """Return what is stored of a secret: its SHA-256, 64 hex digits."""
    return hashlib.sha256(secret.encode()).hexdigest()


def check_code() -> str:
    """Return a certificate's check code: 16 signs without look-alikes, 80 bits."""
    return "".join(secrets.choice(ALPHABET) for _ in range(16))


def read_check_code(text: str) -> str:
    """Return a typed check code in its stored form; "" when it cannot be one.

    Spaces and dashes do not count; O is read as 0, I and L as 1 (Crockford).
    """
    code = "".join(text.split()).replace("-", "").upper()
    code = code.translate(str.maketrans("OIL", "011"))
    return code if len(code) == 16 and set(code) <= set(ALPHABET) else ""


def show_check_code(code: str) -> str:
    """Write a check code in groups of four, as on the certificate."""
    return "-".join(code[n : n + 4] for n in range(0, len(code), 4))
