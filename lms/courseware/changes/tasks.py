"""Changes of an assignment: its rubric by the codes of the criteria, its terms."""

from collections.abc import Iterator, Mapping
from typing import Any

from lms.courseware.pairing import words
from lms.kernel.i18n import N_

from . import change
from .both import Both
from .change import Change
from .questions import said
from .shown import value_text

TERMS = {
    "due_days": N_("tenggat"),
    "takes_text": N_("jawaban teks"),
    "takes_files": N_("lampiran"),
    "accept": N_("jenis berkas"),
    "max_bytes": N_("ukuran berkas"),
}
GRADERS = {"graders": N_("siapa yang menilai"), "peers": N_("banyaknya sejawat")}
NAMES = {"instructor": "pengajar", "superior": "atasan", "peer": "sejawat"}
Row = Mapping[str, Any]


def changes(item: Both) -> Iterator[Change]:
    """Yield what became of an assignment."""
    was = {row["code"]: row for row in item.was["rubric"]}
    now = {row["code"]: row for row in item.now["rubric"]}
    for code, row in was.items():
        if code not in now:
            yield item.told(change.CRITERION_GONE, _row(row), what=_title(row))
    for code, row in now.items():
        if code not in was:
            yield item.told(change.CRITERION_ADDED, new=_row(row), what=_title(row))
        else:
            yield from _criterion(item, was[code], row)
    kept = [[code for code in one if code in was and code in now] for one in (was, now)]
    if kept[0] != kept[1]:
        yield item.told(change.ORDERED)
    for name, what in GRADERS.items():
        before, after = item.was.get(name), item.now.get(name)
        if before != after:
            yield item.told(change.GRADERS, _named(before), _named(after), what=what)
    yield from item.terms(TERMS, {"rubric", *GRADERS})


def _criterion(item: Both, was: Row, now: Row) -> Iterator[Change]:
    about = {"what": _title(now)}
    if said(was["title_html"]) != said(now["title_html"]):
        yield item.told(change.CRITERION_TEXT, _title(was), _title(now), **about)
    if was["weight"] != now["weight"]:
        yield item.told(change.WEIGHT, f"{was['weight']}%", f"{now['weight']}%",
                        **about)  # fmt: skip
    levels = [
        {one["value"]: one["html"] for one in row["levels"]} for row in (was, now)
    ]
    if levels[0].keys() != levels[1].keys():
        yield item.told(change.LEVELS, _row(was), _row(now), **about)
    common = levels[0].keys() & levels[1].keys()
    if any(said(levels[0][value]) != said(levels[1][value]) for value in common):
        yield item.told(change.LEVEL_TEXT, _row(was), _row(now), **about)


def _title(row: Row) -> str:
    return words(row["title_html"])


def _row(row: Row) -> str:
    levels = (f"{one['value']} = {words(one['html'])}" for one in row["levels"])
    return f"{_title(row)} ({row['weight']}%): {'; '.join(levels)}"


def _named(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(NAMES.get(name, name) for name in value)
    return value_text(value)
