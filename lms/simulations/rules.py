"""What a simulation allows: how often, and when the better choices are told. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol


class Played(Protocol):
    """What counts of a run."""

    score_bp: int | None

    @property
    def is_ended(self) -> bool: ...

    @property
    def passed(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a person stands with a simulation.

    limit    runs allowed in all, those granted too; None = as many as one likes
    left     runs that may still be begun; None as above
    best_bp  of the runs that ended; None = none did
    givers   who granted a run beside the rule, each name once; granted: how many
    """

    used: int
    limit: int | None
    left: int | None
    is_running: bool
    best_bp: int | None
    passed: bool
    granted: int = 0
    givers: tuple[str, ...] = ()

    @property
    def is_used_up(self) -> bool:
        """Say whether somebody could go on only with another run."""
        return self.left == 0 and not self.passed and not self.is_running

    @property
    def may_explain(self) -> bool:
        """Say whether the better choices may be told: they help in no run to come."""
        return not self.is_running and (self.passed or self.left == 0)


def standing(
    body: Mapping[str, Any], runs: Iterable[Played], givers: Iterable[str] = ()
) -> Standing:
    """Sum up all runs of one person through one simulation; the best one counts.

    body    of the simulation, as it binds the person
    givers  who granted one run more each
    """
    begun, granted_by = list(runs), list(givers)
    attempts = body["attempts"]
    limit = None if attempts is None else attempts + len(granted_by)
    ended = [run for run in begun if run.is_ended]
    return Standing(
        used=len(begun),
        limit=limit,
        left=None if limit is None else max(0, limit - len(begun)),
        is_running=len(ended) < len(begun),
        best_bp=max(
            (r.score_bp for r in ended if r.score_bp is not None), default=None
        ),
        passed=any(run.passed for run in ended),
        granted=len(granted_by),
        givers=tuple(dict.fromkeys(granted_by)),
    )
