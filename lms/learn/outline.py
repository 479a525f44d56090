"""What is done, what comes next: the outline of a course for one person. Pure."""

from collections.abc import Collection, Mapping, Set
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from lms.catalog.courses import Live
from lms.courseware import completion
from lms.kernel.i18n import N_

Facts = Mapping[str, Collection[tuple[str, str]]]  # item -> (fact, subject)

LEARNED_BY = ("module", "simulation", "task")
KEPT_CHAPTER = N_("Masih wajib bagi Anda")


@dataclass(frozen=True, slots=True)
class Row:
    """One item of the outline.

    state   done, running, todo
    counts  stands in the progress: the binding release wants it
    language  of the title
    days_after  a survey that opens so many days after the course; else 0
    """

    code: str
    kind: str
    title: str
    minutes: int
    questions: int | None
    state: str
    counts: bool
    language: str = ""
    days_after: int = 0


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter; `is_ours`: its title is a text of ours, to be translated."""

    title: str
    rows: tuple[Row, ...]
    is_ours: bool = False
    language: str = ""


@dataclass(frozen=True)
class Outline:
    """Chapters in order; counts are of the items that count."""

    chapters: tuple[Chapter, ...]

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        return tuple(row for chapter in self.chapters for row in chapter.rows)

    @cached_property
    def counted(self) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row.counts)

    @property
    def total(self) -> int:
        return len(self.counted)

    @property
    def done(self) -> int:
        return sum(row.state == "done" for row in self.counted)

    @property
    def done_rows(self) -> int:
        """How many of all items are done, those that do not count included."""
        return sum(row.state == "done" for row in self.rows)

    @property
    def minutes_left(self) -> int:
        return sum(row.minutes for row in self.counted if row.state != "done")

    @property
    def is_begun(self) -> bool:
        return any(row.state != "todo" for row in self.rows)

    @property
    def next_row(self) -> Row | None:
        """The first item that is not done; optional ones only when none is left.

        Then a pre-test, or a survey of what one needs, has lost its point: before the
        last item that counts only what one learns by is still offered. What opens
        months later is asked for by then.
        """
        undone = [row for row in self.rows if row.state not in ("done", "waiting")]
        last = max((n for n, row in enumerate(self.rows) if row.counts), default=-1)
        before = {row.code for row in self.rows[:last]}
        offered = [
            row
            for row in undone
            if row.kind in LEARNED_BY or not (row.code in before or row.days_after)
        ]
        return next((row for row in undone if row.counts), next(iter(offered), None))

    def place_of(self, code: str) -> int:
        """Return the 0-based place of an item in reading order."""
        return next(n for n, row in enumerate(self.rows) if row.code == code)

    def row(self, code: str) -> Row:
        """Return an item's line; the item is known to be in the outline."""
        return self.rows[self.place_of(code)]

    def beside(self, code: str) -> tuple[Row | None, Row | None]:
        """Return the items before and after one."""
        rows, n = self.rows, self.place_of(code)
        return (rows[n - 1] if n else None, rows[n + 1] if n + 1 < len(rows) else None)


def build(live: Live, bound: Live, facts: Facts) -> Outline:
    """Return the outline shown: that of `live`, and what `bound` still wants.

    An item is judged by the rule of `bound` where it has one.
    """
    noted = frozenset((item, *fact) for item, mine in facts.items() for fact in mine)
    return _build(live, bound, noted)


@lru_cache(maxsize=2000)
def _build(live: Live, bound: Live, noted: frozenset[tuple[str, str, str]]) -> Outline:
    """Build it once: many are equally far in the same release.

    noted  (item, fact, subject)
    """
    facts: dict[str, set[tuple[str, str]]] = {}
    for code, fact, subject in noted:
        facts.setdefault(code, set()).add((fact, subject))
    wanted = wanted_codes(bound)
    rules = {item["code"]: item for item in bound.items}
    shown = {item["code"] for item in live.items}

    def row(item: dict[str, Any]) -> Row:
        code = item["code"]
        mine = facts.get(code, set())
        rule = rules.get(code, item)
        return Row(
            code=code,
            kind=item["kind"],
            title=item["title"],
            minutes=item["minutes"],
            questions=item["questions"],
            state="done" if is_done(rule, mine) else "running" if mine else "todo",
            counts=code in wanted,
            language=item.get("language") or live.manifest.get("language", ""),
            days_after=item.get("after_days") or 0,
        )

    chapters = [
        Chapter(
            chapter["title"],
            tuple(map(row, chapter["items"])),
            language=chapter.get("language") or live.manifest.get("language", ""),
        )
        for chapter in live.manifest["chapters"]
    ]
    gone = [i for i in bound.items if i["code"] in wanted and i["code"] not in shown]
    if gone:
        chapters.append(Chapter(KEPT_CHAPTER, tuple(map(row, gone)), is_ours=True))
    return Outline(tuple(chapters))


def wanted_codes(bound: Live) -> set[str]:
    """Return the items that the release wants done: by its rule, or required."""
    ruled = {code for code, _requirement in bound.manifest["passing"]}
    return ruled | {item["code"] for item in bound.items if item["required"]}


def is_done(rule: dict[str, Any], mine: Set[tuple[str, str]]) -> bool:
    """Say whether the facts of an item complete it by its entry in a release."""
    return completion.item_done(
        rule["kind"], rule["completion"] or "", rule["checks"], mine
    )
