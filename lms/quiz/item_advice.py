"""What the figures of a question advise its author to look at. Pure.

Every rule wants enough answers first: what chance may explain is no advice.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from math import sqrt
from typing import Any

from lms.kernel.i18n import N_

from .item_statistics import ENOUGH, FULL, Figures, OptionUse, is_surely_below

MANY = 50  # answers from which "hardly ever" means something
LOOK, CONSIDER, NOTE = 3, 2, 1  # how much an advice asks for care


@dataclass(frozen=True, slots=True)
class Asked:
    """What the rules must know of the question.

    right    numbers of the options that earn points
    guessed  score of blind guessing in basis points; None = cannot be guessed
    letters  option number -> its letter as the page writes it
    """

    right: frozenset[int] = frozenset()
    guessed: int | None = None
    letters: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Advice:
    """One sentence for the author; `text` has places for `facts`."""

    care: int
    text: str
    facts: tuple[tuple[str, Any], ...] = ()


Rule = Callable[[Figures, Asked], Advice | None]


def of(figures: Figures, asked: Asked) -> list[Advice]:
    """Return what the figures advise, the most urgent first; [] = nothing."""
    if figures.n < ENOUGH:
        return []
    found = [advice for rule in RULES if (advice := rule(figures, asked))]
    return sorted(found, key=lambda advice: -advice.care)


def care(advice: list[Advice]) -> int:
    """Return how much care a question wants; 0 = none."""
    return max((one.care for one in advice), default=0)


def _wrong_key(figures: Figures, _asked: Asked) -> Advice | None:
    r, apart = figures.correlation, figures.discrimination_bp
    if r is None or apart is None or apart >= 0:
        return None
    if not is_surely_below(r, 0, figures.n):
        return None
    return Advice(
        LOOK,
        N_(
            "Soal ini lebih sering dijawab benar oleh peserta yang nilainya rendah."
            " Periksa kuncinya."
        ),
    )


def _tempting(figures: Figures, asked: Asked) -> Advice | None:
    """A wrong option that the best choose more often than the right one."""
    rights = [use.upper_bp for use in figures.options if use.number in asked.right]
    best = max((bp for bp in rights if bp is not None), default=None)
    wrong = [use for use in figures.options if use.number not in asked.right]
    if best is None or not wrong or len(figures.options) <= 2:
        return None  # of two options, the key says it all
    most = max(wrong, key=lambda use: use.upper_bp or 0)
    ahead = (most.upper_bp or 0) - best
    # A fifth of the upper group is more than one or two people of it.
    if ahead < FULL // 5 or (most.upper_bp or 0) < (most.lower_bp or 0):
        return None
    return Advice(
        LOOK,
        N_(
            "Peserta yang nilainya tinggi lebih sering memilih %(letter)s daripada"
            " jawaban yang benar. Periksa apakah %(letter)s juga dapat dibenarkan, atau"
            " apakah kuncinya tertukar."
        ),
        (("letter", asked.letters[most.number]),),
    )


def _below_guessing(figures: Figures, asked: Asked) -> Advice | None:
    if asked.guessed is None or figures.mean_bp is None:
        return None
    share = asked.guessed / FULL
    margin = 1.645 * sqrt(share * (1 - share) / figures.n) * FULL
    if figures.mean_bp >= asked.guessed - margin:
        return None
    return Advice(
        LOOK,
        N_(
            "Hasilnya lebih rendah daripada menebak. Biasanya pertanyaannya terbaca"
            " lain dari yang dimaksud: periksa kalimatnya dan kuncinya."
        ),
    )


def _hard(figures: Figures, asked: Asked) -> Advice | None:
    if figures.mean_bp is None or figures.mean_bp >= 3_000:
        return None
    if _below_guessing(figures, asked):
        return None  # says more
    return Advice(
        CONSIDER,
        N_(
            "Sedikit peserta yang menjawab benar. Periksa apakah hal ini diajarkan"
            " dalam kursus, dan apakah pertanyaannya jelas."
        ),
    )


def _weak(figures: Figures, asked: Asked) -> Advice | None:
    r, mean = figures.correlation, figures.mean_bp
    if r is None or mean is None or figures.n < MANY:
        return None
    if not 2_000 <= mean <= 9_000 or not is_surely_below(r, 0.2, figures.n):
        return None
    if _wrong_key(figures, asked):
        return None
    return Advice(
        CONSIDER,
        N_(
            "Peserta yang nilainya tinggi dan rendah hampir sama sering benar."
            " Pertimbangkan pertanyaan yang lebih tepat sasaran."
        ),
    )


def _left_empty(figures: Figures, _asked: Asked) -> Advice | None:
    if figures.empty * 5 < figures.n:
        return None
    return Advice(
        CONSIDER,
        N_(
            "Banyak peserta tidak menjawab. Periksa apakah pertanyaannya jelas, dan"
            " apakah batas waktu kuis cukup."
        ),
    )


def _never_chosen(figures: Figures, asked: Asked) -> Advice | None:
    unused = [use for use in figures.options if _is_unused(use, figures.n, asked)]
    # One of two is always the right one.
    if figures.n < MANY or not unused or len(figures.options) <= 2:
        return None
    letters = ", ".join(asked.letters[use.number] for use in unused)
    return Advice(
        CONSIDER if len(unused) > 1 else NOTE,
        N_(
            "Hampir tidak ada yang memilih %(letters)s. Ganti dengan kekeliruan yang"
            " sungguh terjadi, atau hapus."
        ),
        (("letters", letters),),
    )


def _is_unused(use: OptionUse, n: int, asked: Asked) -> bool:
    return use.number not in asked.right and use.count * 100 < n


def _easy(figures: Figures, _asked: Asked) -> Advice | None:
    if figures.mean_bp is None or figures.mean_bp < 9_500:
        return None
    return Advice(
        NOTE,
        N_(
            "Hampir semua peserta menjawab benar. Pertahankan bila soal ini memastikan"
            " hal pokok; ganti bila dimaksudkan untuk membedakan."
        ),
    )


RULES: tuple[Rule, ...] = (
    _wrong_key, _tempting, _below_guessing, _hard, _weak, _left_empty, _never_chosen,
    _easy,
)  # fmt: skip
