"""What several graders say together. Pure; basis points, rounded down."""

from collections.abc import Collection, Mapping


def together(scores: Mapping[str, Collection[int]]) -> int:
    """Return the mean of the graders; all peers together count as one of them.

    scores  role -> scores given in it; a role without any does not count
    """
    votes = [median(given) for given in scores.values() if given]
    return sum(votes) // len(votes)


def median(scores: Collection[int]) -> int:
    """Return the middle one, so that a single odd peer decides nothing."""
    ordered = sorted(scores)
    half = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[half]
    return (ordered[half - 1] + ordered[half]) // 2


def after_second(first: int, second: int) -> int:
    """Return what counts after a second opinion: the better, so asking risks none."""
    return max(first, second)
