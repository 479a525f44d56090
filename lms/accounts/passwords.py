"""Hashing of passwords: argon2id, a few at once. Never call inside a transaction."""

from contextlib import suppress
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

# OWASP's second choice: 19 MiB, 2 passes, 1 lane; about 20 ms on one core.
_HASHER = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)
# Each takes 19 MiB and a core: more at once would only starve the pages.
_AT_ONCE = BoundedSemaphore(4)
# Verified for accounts that do not exist, so that the answer takes as long.
NOBODY = (
    "$argon2id$v=19$m=19456,t=2,p=1$J1EsKqNTT4tCxGVfD+hj9Q$"
    "Vh8b8HA23BTF5Np1my1rhECuQRCdAJOUnj4DN2huj24"
)


def make(password: str) -> str:
    """Return the hash of `password`, salted, with its parameters."""
    with _AT_ONCE:
        return _HASHER.hash(password)


def verify(stored: str | None, password: str) -> bool:
    """Say whether `password` made `stored`; costs the same when there is none."""
    with _AT_ONCE:
        try:
            return _HASHER.verify(stored or NOBODY, password) and bool(stored)
        except InvalidHashError:
            return _spend(password)
        except VerificationError:
            return False


def _spend(password: str) -> bool:
    """Work as long as a real check; for an account whose hash is unusable."""
    with suppress(VerificationError):
        _HASHER.verify(NOBODY, password)
    return False


def is_outdated(stored: str) -> bool:
    """Say whether `stored` was made with weaker parameters than today's."""
    return _HASHER.check_needs_rehash(stored)
