"""When what readers say of a lesson asks its author to act. Pure."""

GROUP = 5  # readers; a smaller group would tell what single people said
ENOUGH = 10  # readers
TOO_MANY_BP = 3_000  # share of them whom the lesson does not help


def share_bp(n: int, unhelpful: int) -> int | None:
    """Return the share of readers whom it does not help; None for fewer than GROUP."""
    return unhelpful * 10_000 // n if n >= GROUP else None


def asks_for_change(n: int, unhelpful: int) -> bool:
    """Say whether the author has something to do: of 10 readers, 3 are not helped."""
    return n >= ENOUGH and unhelpful * 10_000 >= TOO_MANY_BP * n
