"""Whether somebody may begin, go on, or hand in again. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from lms.kernel.errors import Conflict
from lms.kernel.i18n import N_

from .models import Outcome, Work


class WorkWaiting(Conflict):
    message = N_("Pekerjaan Anda sedang dinilai. Hasilnya diberitahukan kepada Anda.")


class PassedAlready(Conflict):
    message = N_("Anda sudah lulus tugas ini.")


class NoRoundsLeft(Conflict):
    message = N_("Batas %(limit)d kali penilaian sudah tercapai.")


@dataclass(frozen=True, slots=True)
class Round:
    """A round with what came out of it; None = not yet."""

    work: Work
    outcome: Outcome | None

    @property
    def state(self) -> str:
        """Return draft, waiting, returned, passed, failed."""
        if not self.work.is_submitted:
            return "draft"
        if self.outcome is None:
            return "waiting"
        if self.outcome.result == "returned":
            return "returned"
        return "passed" if self.has_passed else "failed"

    @property
    def has_passed(self) -> bool:
        score = self.outcome.score_bp if self.outcome else None
        return score is not None and score >= self.work.pass_bp


@dataclass(frozen=True, slots=True)
class Standing:
    """How far somebody is with an assignment.

    state  todo, draft, waiting, returned, passed, failed
    used   rounds that were graded
    left   graded rounds that may still come; None = without limit
    """

    state: str
    used: int
    left: int | None

    @property
    def may_begin(self) -> bool:
        """Say whether a new draft may be begun."""
        return self.state in ("todo", "returned") or (
            self.state == "failed" and self.left != 0
        )


def standing(rounds: Sequence[Round], attempts: int | None) -> Standing:
    """Return where somebody stands.

    rounds  in their order
    """
    used = sum(r.state in ("passed", "failed") for r in rounds)
    left = None if attempts is None else max(0, attempts - used)
    if any(r.has_passed for r in rounds):
        return Standing("passed", used, left)
    return Standing(rounds[-1].state if rounds else "todo", used, left)


def check_may_begin(at: Standing, attempts: int | None) -> None:
    """Raise WorkWaiting, PassedAlready or NoRoundsLeft unless a draft may be begun."""
    if at.state == "waiting":
        raise WorkWaiting
    if at.state == "passed":
        raise PassedAlready
    if not at.may_begin:
        raise NoRoundsLeft(limit=attempts or 0)
