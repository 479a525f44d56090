"""Changes of the parts of a course: lessons, quizzes and the kinds to come."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from lms.courseware.pairing import words
from lms.kernel.i18n import N_

from . import change, simulations, surveys, tasks
from .both import Both
from .change import Change
from .publication import Publication, shas_of
from .shown import value_text, word

QUIZ_RULES = {
    "pass_percent": N_("nilai lulus"),
    "attempts": N_("percobaan"),
    "pause_minutes": N_("jeda"),
    "limit_minutes": N_("batas waktu"),
    "shuffle_questions": N_("acak soal"),
    "shuffle_options": N_("acak pilihan"),
    "explain": N_("tampilkan pembahasan"),
    "pair": N_("pasangan"),
    "competencies": N_("kompetensi"),
}
KINDS = {
    "simulation": simulations.changes,
    "task": tasks.changes,
    "survey": surveys.changes,
}
_ADDRESS = re.compile(r'(?:src|href)="([^"]*/aset/[^"]*)"')
# What names a version of something else; that is compared by itself.
_NAMES = {"question_sha", "question_shas", "picture_bytes"}


def changes(old: Publication, new: Publication) -> Iterator[Change]:
    """Yield what became of each item."""
    was = {entry["code"]: entry for entry in old.outline}
    now = {entry["code"]: entry for entry in new.outline}
    for code, entry in was.items():
        if code not in now:
            yield Change(change.ITEM_GONE, {"item": entry["title"]}, code,
                         old=entry["title"])  # fmt: skip
    for code, entry in now.items():
        facts = {"item": entry["title"]}
        if code not in was:
            kind = change.REQUIRED_ADDED if entry["required"] else change.ITEM_ADDED
            yield Change(kind, facts, code, new=entry["title"])
        elif was[code]["kind"] != entry["kind"]:
            yield Change(change.ITEM_KIND, facts, code, old=word(was[code]["kind"]),
                         new=word(entry["kind"]))  # fmt: skip
        else:
            yield from _entry(was[code], entry)
            yield from _body(code, entry, old, new)


def _entry(was: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[Change]:
    code, facts = now["code"], {"item": now["title"]}
    if was["title"] != now["title"]:
        yield Change(change.TITLE, facts, code, old=was["title"], new=now["title"])
    if was["required"] != now["required"]:
        becomes = N_("wajib") if now["required"] else N_("pilihan")
        yield Change(change.REQUIRED, facts | {"becomes": becomes}, code)
    if was["completion"] != now["completion"]:
        yield Change(change.COMPLETION, facts, code, old=word(was["completion"]),
                     new=word(now["completion"]))  # fmt: skip


def _body(
    code: str, entry: Mapping[str, Any], old: Publication, new: Publication
) -> Iterator[Change]:
    (kind, was), (_kind, now) = old.items[code], new.items[code]
    keys = [side.item_keys.get(code, {}) for side in (old, new)]
    item = Both(code, entry["title"], was, now, *keys)
    if item.is_same:
        return
    facts = {"item": entry["title"]}
    if kind == "module":
        if _prose(was) != _prose(now):
            yield Change(change.PROSE, facts, code)
    elif kind == "quiz":
        yield from _quiz(code, facts, old, new)
    elif kind in KINDS:
        found = list(KINDS[kind](item))
        # Another mark-up of the same words; versions of questions are told of there.
        is_other = _without([was, keys[0]], _NAMES) != _without([now, keys[1]], _NAMES)
        if not found and is_other and was["title"] == now["title"]:
            found = [item.told(change.PROSE)]
        yield from found
    elif _frame([was, keys[0]]) != _frame([now, keys[1]]):
        yield Change(change.ITEM_MEASURE, facts, code)
    elif _words(was) != _words(now):
        yield Change(change.ITEM_TEXT, facts, code)


def _quiz(
    code: str, facts: dict[str, Any], old: Publication, new: Publication
) -> Iterator[Change]:
    was, now = old.items[code][1], new.items[code][1]
    for name, what in QUIZ_RULES.items():
        if was.get(name) != now.get(name):
            before, after = value_text(was.get(name)), value_text(now.get(name))
            about = facts | {"what": what}
            yield Change(change.QUIZ_RULE, about, code, old=before, new=after)
    if words(was["intro_html"]) != words(now["intro_html"]):
        yield Change(change.PROSE, facts, code)
    former = set(new.former.values())
    for gone in sorted(shas_of(was).keys() - shas_of(now).keys() - former):
        if gone in new.questions:  # else it is gone altogether, which is told of it
            yield Change(change.MOVED_OUT, facts | {"question": gone}, code, gone)
    if _slots(was) != _slots(now):
        yield Change(change.DRAWN, facts, code, old=_drawn(was), new=_drawn(now))


def _slots(body: Mapping[str, Any]) -> list[Any]:
    """Return how questions are drawn, whatever single ones are called or gone."""
    return sorted(
        [("own", 1) for slot in body["slots"] if "question" in slot]
        + [("pool", slot["count"] or 0) for slot in body["slots"] if "pool" in slot]
    )


def _drawn(body: Mapping[str, Any]) -> str:
    own = sum("question" in slot for slot in body["slots"])
    pools = [f"{s['count']}/{len(s['pool'])}" for s in body["slots"] if "pool" in s]
    return " + ".join([str(own), *pools])


def _prose(body: Mapping[str, Any]) -> Any:
    """Return all a lesson says but its title and the versions of its questions."""
    return _without({n: said for n, said in body.items() if n != "title"}, _NAMES)


def _without(value: Any, names: set[str]) -> Any:
    if isinstance(value, Mapping):
        return {k: _without(v, names) for k, v in value.items() if k not in names}
    if isinstance(value, list):
        return [_without(part, names) for part in value]
    return value


def _frame(value: Any) -> Any:
    """Return the body of a kind without its texts: numbers, codes, places."""
    if isinstance(value, Mapping):
        return {k: _frame(v) for k, v in value.items() if not _is_text(k)}
    if isinstance(value, list):
        return [_frame(part) for part in value]
    return value


def _is_text(name: str) -> bool:
    return name in _NAMES or name.endswith(("html", "title", "text", "label", "pieces"))


def _words(body: Any) -> tuple[str, list[str]]:
    text = json.dumps(_without(body, _NAMES), ensure_ascii=False, sort_keys=True)
    return words(text), _ADDRESS.findall(text)
