"""What files were handed in with, and so who may open them: features say it here."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Select


@dataclass(frozen=True, slots=True)
class Use:
    """How a feature uses files.

    role   (user, upload id) -> the right by which the user may open a file that is
           somebody else's ("instructor", "superior" …), or None: they may not
    held   selects the ids of all uploads in use: the others are thrown away
    """

    role: Callable[[object, int], str | None]
    held: Select[tuple[int]]


_uses: dict[str, Use] = {}


def register(feature: str, use: Use) -> None:
    """Let a feature use files; a second time replaces the first."""
    _uses[feature] = use


def every() -> list[Use]:
    return list(_uses.values())


def role_of(user, upload_id: int) -> str | None:
    """Return by which right somebody may open a file of another, or None."""
    roles = (use.role(user, upload_id) for use in _uses.values())
    return next((role for role in roles if role), None)
