"""Estimate of the competency dimension of IP ASN. Pure; informs, decides nothing.

source  PermenPANRB 38/2018 and Peraturan BKN 8/2019: of the index's 100 points the
        competency dimension has 40. BKN changed the way of measuring by a letter of
        2024 that has not been seen, so weights are data (IpRule) and the result is
        always called an estimate.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

# Of these the 20 JP must be technical training.
TECHNICAL_ONLY = ("pelaksana",)
CORE_FORMS = (1, 2)  # jenisDiklat: structural and functional training
# Of PPPK it is not known whether the index is measured in the same way.
STATUSES = ("PNS", "CPNS", "PPPK", "PPPK_PW")


@dataclass(frozen=True, slots=True)
class Rule:
    """A part of the dimension; points are tenths: 225 = 22.5."""

    job_type: str
    part: str  # jp, seminar, core
    label: str
    points: int
    source: str
    is_sure: bool


@dataclass(frozen=True, slots=True)
class Part:
    """A rule and whether what is recorded here fulfils it."""

    rule: Rule
    is_met: bool

    @property
    def points(self) -> int:
        return self.rule.points if self.is_met else 0


@dataclass(frozen=True, slots=True)
class Estimate:
    """What the records here come to; other records can only add to it."""

    parts: tuple[Part, ...]
    is_sure_of_status: bool

    @property
    def points(self) -> int:
        return sum(part.points for part in self.parts)

    @property
    def most(self) -> int:
        return sum(part.rule.points for part in self.parts)

    @property
    def missing(self) -> list[Part]:
        return [part for part in self.parts if not part.is_met]


def estimate(
    rules: Iterable[Rule], job_type: str, asn_status: str, facts: Mapping[str, bool]
) -> Estimate | None:
    """Return the estimate, or None where no rule is known for job or status.

    facts  part -> fulfilled; see `facts`
    """
    if asn_status not in STATUSES:
        return None
    parts = tuple(
        Part(rule, facts.get(rule.part, False))
        for rule in rules
        if rule.job_type == job_type
    )
    if not parts:
        return None
    return Estimate(parts, is_sure_of_status=asn_status in ("PNS", "CPNS"))


def facts(
    job_type: str, jp: int, technical_jp: int, seminar_jp: int, core_jp: int
) -> dict[str, bool]:
    """Say which parts a year's JP fulfil.

    core_jp  of structural or functional training, of that year or before
    """
    counted = technical_jp if job_type in TECHNICAL_ONLY else jp
    return {"jp": counted >= 20, "seminar": seminar_jp > 0, "core": core_jp > 0}
