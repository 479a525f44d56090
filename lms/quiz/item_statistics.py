"""What the answers to a question say about the question. Pure.

Of each person only the first attempt counts: later ones have seen the question. Shares
are basis points, as scores are; a figure is None where too few have answered.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import atanh, sqrt
from statistics import fmean, median, pstdev

FULL = 10_000  # basis points
# A smaller group would tell what single people answered. Groups grow by as many: who
# looks before and after one more person has answered learns nothing of them.
GROUP = 5
# From here on the upper and the lower 27 % have five people each.
ENOUGH = 20
PART = 0.27  # source: Kelley, J. Educ. Psychol. 30 (1939), 17-24
SOONEST, LATEST = 2, 30 * 60  # seconds; see `seconds_spent`


@dataclass(frozen=True, slots=True)
class Given:
    """How one person's first attempt met one version of a question.

    score_bp  of this question
    total     of the whole attempt, in basis points
    rest      of the attempt without this question; None = it had no other
    options   numbers of the options chosen, none for other kinds of questions
    text      what was typed, "" for other kinds
    is_empty  nothing was answered
    seconds   until an answer was saved; None = not known
    """

    score_bp: int
    total: float
    rest: float | None
    options: tuple[int, ...] = ()
    text: str = ""
    is_empty: bool = False
    seconds: int | None = None


@dataclass(frozen=True, slots=True)
class OptionUse:
    """How often an option was chosen; shares of the upper and lower group.

    upper_bp, lower_bp  None when there are no groups
    """

    number: int
    count: int
    share_bp: int
    upper_bp: int | None
    lower_bp: int | None


@dataclass(frozen=True, slots=True)
class Figures:
    """What is known of one version of a question.

    n               first attempts counted, a multiple of GROUP
    mean_bp         mean score; None when n is 0
    upper_bp        mean score of the 27 % with the highest totals, None below ENOUGH
    lower_bp        the same of the lowest
    correlation     of the question with the rest of the attempt, -1 to 1; None below
                    ENOUGH, or where all have the same score
    empty           how many answered nothing
    seconds         median time, None when fewer than GROUP are known
    seconds_n       how many times it is the median of
    options         of choice questions, every option in the order of the file
    typed           wrong texts that at least GROUP people typed: (text, count)
    """

    n: int
    mean_bp: int | None = None
    upper_bp: int | None = None
    lower_bp: int | None = None
    correlation: float | None = None
    empty: int = 0
    seconds: int | None = None
    seconds_n: int = 0
    options: tuple[OptionUse, ...] = ()
    typed: tuple[tuple[str, int], ...] = ()

    @property
    def discrimination_bp(self) -> int | None:
        """Upper minus lower group, in basis points."""
        if self.upper_bp is None or self.lower_bp is None:
            return None
        return self.upper_bp - self.lower_bp


def whole_groups(n: int) -> int:
    """Return how many of `n` people may be told of: full groups only."""
    return n // GROUP * GROUP


def figures(given: Sequence[Given], numbers: Sequence[int] = ()) -> Figures:
    """Sum up the answers to one version of a question.

    given    in the order they were handed in; those beyond full groups are left out
    numbers  of the question's options
    """
    given = given[: whole_groups(len(given))]
    n = len(given)
    if not n:
        return Figures(0)
    scores = [one.score_bp for one in given]
    upper, lower = _groups([one.total for one in given])
    seconds = [one.seconds for one in given if one.seconds is not None]
    return Figures(
        n=n,
        mean_bp=sum(scores) // n,
        upper_bp=_mean(scores, upper),
        lower_bp=_mean(scores, lower),
        correlation=_item_rest(given) if n >= ENOUGH else None,
        empty=sum(one.is_empty for one in given),
        seconds=round(median(seconds)) if len(seconds) >= GROUP else None,
        seconds_n=len(seconds) if len(seconds) >= GROUP else 0,
        options=tuple(_use(given, number, upper, lower) for number in numbers),
        typed=_typed(given),
    )


def _groups(totals: Sequence[float]) -> tuple[list[float], list[float]]:
    """Return the weights of the upper and lower group, empty below ENOUGH."""
    if len(totals) < ENOUGH or min(totals) == max(totals):
        return [], []
    size = round(PART * len(totals))
    return top(totals, size), top([-total for total in totals], size)


def top(values: Sequence[float], size: int) -> list[float]:
    """Return how far each value belongs to the `size` highest, 0 to 1.

    Equal values at the border share the places that are left, so that the order in
    which they stand decides nothing.
    """
    border = sorted(values, reverse=True)[size - 1]
    above = sum(value > border for value in values)
    share = (size - above) / sum(value == border for value in values)
    return [
        1.0 if value > border else share if value == border else 0.0 for value in values
    ]


def _mean(values: Sequence[int], weights: Sequence[float]) -> int | None:
    if not weights:
        return None
    pairs = zip(values, weights, strict=True)
    return round(sum(value * weight for value, weight in pairs) / sum(weights))


def _item_rest(given: Sequence[Given]) -> float | None:
    pairs = [(one.score_bp, one.rest) for one in given if one.rest is not None]
    if len(pairs) < ENOUGH:
        return None
    return correlation([score for score, _rest in pairs], [rest for _s, rest in pairs])


def correlation(xs: Sequence[float], ys: Sequence[float]) -> float | None:
    """Return Pearson's r; with right-or-wrong `xs` it is the point-biserial one.

    None when one of them does not vary.
    """
    mean_x, mean_y = fmean(xs), fmean(ys)
    off = [(x - mean_x, y - mean_y) for x, y in zip(xs, ys, strict=True)]
    spread = sum(x * x for x, _y in off) * sum(y * y for _x, y in off)
    if spread <= 1e-9:  # what is left of equal numbers after rounding
        return None
    return sum(x * y for x, y in off) / sqrt(spread)


def is_surely_below(r: float, value: float, n: int) -> bool:
    """Say whether a correlation is below `value` for more than chance (one in 20).

    source  Fisher's z: atanh(r) has the standard error 1 / sqrt(n - 3)
    """
    if n <= 3:
        return False
    reach = 0.999_999  # atanh(1) has no value
    z = atanh(max(-reach, min(reach, r))) - atanh(value)
    return z * sqrt(n - 3) < -1.645


def _use(
    given: Sequence[Given],
    number: int,
    upper: Sequence[float],
    lower: Sequence[float],
) -> OptionUse:
    chosen = [FULL if number in one.options else 0 for one in given]
    count = sum(1 for value in chosen if value)
    return OptionUse(
        number=number,
        count=count,
        share_bp=count * FULL // len(given),
        upper_bp=_mean(chosen, upper),
        lower_bp=_mean(chosen, lower),
    )


def _typed(given: Sequence[Given]) -> tuple[tuple[str, int], ...]:
    """Return wrong answers that many typed alike, the most frequent first."""
    counts: dict[str, int] = {}
    for one in given:
        if one.text and not one.score_bp:
            text = " ".join(one.text.split()).casefold()
            counts[text] = counts.get(text, 0) + 1
    many = [(text, count) for text, count in counts.items() if count >= GROUP]
    return tuple(sorted(many, key=lambda pair: (-pair[1], pair[0]))[:GROUP])


def seconds_spent(
    opened: int, first_saves: Iterable[tuple[int, int]]
) -> dict[int, int]:
    """Return what an attempt tells of the time spent on each question.

    From the save before it (or the opening) to a question's first answer. Reading ahead
    and coming back is not seen, so it is an estimate. Left out are times below SOONEST
    (answers kept on a phone come in together) and above LATEST (somebody was away).

    opened       instant in seconds
    first_saves  (instant, slot) of the first answer to each question, in any order
    returns      slot -> seconds
    """
    spent, before = {}, opened
    for at, slot in sorted(first_saves):
        if SOONEST <= at - before <= LATEST:
            spent[slot] = at - before
        before = max(before, at)
    return spent


@dataclass(frozen=True, slots=True)
class Gain:
    """How people did before and after, at the first attempt of each.

    n           people with both, a multiple of GROUP
    normalised  mean gain as a share of what could be gained, in basis points; None
                when nothing was left to gain. May be negative
    spread_bp   standard deviation of the people's changes
    """

    n: int
    before_bp: int
    after_bp: int
    normalised: int | None
    spread_bp: int
    better: int
    worse: int


def gain(pairs: Sequence[tuple[int, int]]) -> Gain | None:
    """Compare a pre-test with its post-test; None when fewer than GROUP did both.

    pairs   (score before, score after) in the order the second was handed in
    source  Hake, Am. J. Phys. 66 (1998), 64-74: <g> = (after - before) / (100 - before)
    """
    pairs = pairs[: whole_groups(len(pairs))]
    n = len(pairs)
    if not n:
        return None
    changes = [after - before for before, after in pairs]
    before, after = (sum(scores) / n for scores in zip(*pairs, strict=True))
    room = FULL - before
    return Gain(
        n=n,
        before_bp=int(before),
        after_bp=int(after),
        normalised=round((after - before) / room * FULL) if room else None,
        spread_bp=round(pstdev(changes)),
        better=sum(change > 0 for change in changes),
        worse=sum(change < 0 for change in changes),
    )
