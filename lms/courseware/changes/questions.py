"""Changes of questions: who is who, what they ask, and what counts as right."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from lms.courseware import pairing, renumbering
from lms.courseware.grading import TOLD
from lms.courseware.pairing import words
from lms.kernel.i18n import N_

from . import change, scales
from .change import Change
from .publication import Asked, Publication
from .shown import key_text

SAME = 0.9  # how alike two stems are that are one question under two codes
# Parts that are paired by their texts; what else a body says is told by name.
PARTS = {"options", "left", "pieces", "gaps"}
FRAME = {
    "unit": N_("satuan"),
    "competencies": N_("kompetensi"),
    "min_words": N_("jumlah kata paling sedikit"),
    "max_words": N_("jumlah kata paling banyak"),
    "accept": N_("jenis berkas"),
    "max_bytes": N_("ukuran berkas"),
    "required": N_("wajib"),
}
SCALES = {"scale", "statements"}  # told by the codes of the statements
MEASURES = {"parameters": N_("angka yang diundi"), "rubric": N_("rubrik")}
QUIET = {"kind", "title", "shuffle_options", "hints_html", "points", "stem_html"}
KIND_NAMES = {
    "single": N_("satu jawaban"),
    "multiple": N_("banyak jawaban"),
    "true_false": N_("benar atau salah"),
    "short_text": N_("isian singkat"),
    "numeric": N_("angka"),
    "matching": N_("menjodohkan"),
    "ordering": N_("mengurutkan"),
    "cloze": N_("melengkapi kalimat"),
    "essay": N_("uraian"),
    "upload": N_("unggah berkas"),
    "likert": N_("skala"),
}
_PICTURE = re.compile(r'src="([^"]+)"')


def changes(old: Publication, new: Publication) -> Iterator[Change]:
    """Yield what became of each question."""
    links = {f: code for code, f in new.former.items() if f in old.questions}
    vanished = [c for c in old.questions if c not in new.questions and c not in links]
    fresh = [
        code
        for code in new.questions
        if code not in old.questions and code not in links.values()
    ]
    for code in vanished:
        yield _gone(code, old.questions, {c: new.questions[c] for c in fresh})
    for code in fresh:
        yield Change(change.ADDED, {"question": code}, question=code,
                     new=_stem(new.questions[code]))  # fmt: skip
    for code, asked in new.questions.items():
        before = former_of(code, old, new)
        if before is None:
            continue
        if before != code:
            yield Change(change.RENAMED, {"question": before, "new": code},
                         question=code, old=before, new=code)  # fmt: skip
        yield from of_question(code, old.questions[before], asked)


def former_of(code: str, old: Publication, new: Publication) -> str | None:
    """Return the code a question of the new side has on the old one, or None."""
    if code in old.questions:
        return code
    before = new.former.get(code)
    return before if before in old.questions else None


def _gone(code: str, old: Mapping[str, Asked], fresh: Mapping[str, Asked]) -> Change:
    asked, stem = old[code], _stem(old[code])
    alike = {
        other: pairing.likeness(stem, _stem(candidate))
        for other, candidate in fresh.items()
        if candidate.kind == asked.kind
    }
    best = max(alike, key=alike.__getitem__, default="")
    if best and alike[best] >= SAME:
        facts = {"question": code, "new": best}
        return Change(change.RETYPED, facts, question=code, old=stem,
                      new=_stem(fresh[best]))  # fmt: skip
    return Change(change.GONE, {"question": code}, question=code, old=stem)


def of_question(code: str, old: Asked, new: Asked) -> Iterator[Change]:
    """Yield the differences of two versions of one question."""
    facts = {"question": code}
    if old.kind != new.kind:
        names = {"was": KIND_NAMES.get(old.kind, old.kind),
                 "becomes": KIND_NAMES.get(new.kind, new.kind)}  # fmt: skip
        yield Change(change.OTHER_KIND, facts | names, question=code)
        return
    if old.body == new.body and old.key == new.key:
        return
    found = list(_what_counts(code, facts, old, new))
    found += _what_is_asked(code, facts, old, new)
    if new.kind == "likert":
        found += scales.of_scale(facts, old.body, new.body)
    if not found:
        told = _told(old) != _told(new)
        found.append(Change(change.TOLD if told else change.LOOKS, facts,
                            question=code))  # fmt: skip
    yield from found


def _what_counts(
    code: str, facts: dict[str, Any], old: Asked, new: Asked
) -> Iterator[Change]:
    parts = renumbering.parts(old.body, new.body)
    if not parts.is_whole:
        yield Change(change.OPTIONS, facts, question=code, old=_parts(old),
                     new=_parts(new), pairs=parts.all)  # fmt: skip
    elif _said_otherwise(parts, old, new):
        yield Change(change.OPTION_TEXT, facts, question=code, old=_parts(old),
                     new=_parts(new), pairs=parts.all)  # fmt: skip
    before = _counting(renumbering.key(old.key, parts))
    if before != _counting(new.key) and (
        parts.is_whole or _key_differs(parts, before, new)
    ):
        yield Change(change.KEY, facts, question=code, old=key_text(old),
                     new=key_text(new), pairs=parts.all)  # fmt: skip
    for name, what in MEASURES.items():
        if old.body.get(name) != new.body.get(name):
            yield Change(change.MEASURE, facts | {"what": what}, question=code)


def _key_differs(
    parts: renumbering.Parts, before: Mapping[str, Any], new: Asked
) -> bool:
    """Compare keys over the parts that both versions have: the others are told."""
    known = set(pairing.numbers(parts.options).values())
    after = _counting(new.key)
    if "credit" in after:
        after["credit"] = {n: c for n, c in after["credit"].items() if int(n) in known}
    elif "right" in after and "count" in after:
        after |= {"right": sorted(set(after["right"]) & known), "count": len(known)}
    return before != after


def _counting(key: Mapping[str, Any]) -> dict[str, Any]:
    """Return what of a key decides a score."""
    said = {name: value for name, value in key.items() if name not in TOLD}
    if isinstance(said.get("right"), list):
        said["right"] = sorted(said["right"])
    return said


def _what_is_asked(
    code: str, facts: dict[str, Any], old: Asked, new: Asked
) -> Iterator[Change]:
    was, now = old.body, new.body
    if said(was["stem_html"]) != said(now["stem_html"]):
        yield Change(change.STEM, facts, question=code, old=_stem(old), new=_stem(new))
    if was["points"] != now["points"]:
        yield Change(change.POINTS, facts, question=code, old=str(was["points"]),
                     new=str(now["points"]))  # fmt: skip
    known = PARTS | QUIET | SCALES | MEASURES.keys()
    for name in sorted((was.keys() | now.keys()) - known):
        if was.get(name) != now.get(name):
            what = {"what": FRAME.get(name, name)}
            yield Change(change.FRAME, facts | what, question=code)


def _said_otherwise(parts: renumbering.Parts, old: Asked, new: Asked) -> bool:
    if not all(pair.is_exact for pair in parts.all):
        return True
    before = [said(piece) for piece in _pieces(old)]
    return sorted(before) != sorted(said(piece) for piece in _pieces(new))


def _pieces(asked: Asked) -> list[str]:
    body = asked.body
    sides = [*body.get("options", ()), *body.get("left", ())]
    return [side["html"] for side in sides] + list(body.get("pieces", ()))


def said(markup: str) -> tuple[str, list[str]]:
    """Return words and pictures: the same ones say the same, however marked up."""
    return words(markup).casefold(), _PICTURE.findall(markup)


def _told(asked: Asked) -> list[Any]:
    return [asked.body.get("hints_html"), *(asked.key.get(name) for name in TOLD)]


def _stem(asked: Asked) -> str:
    return words(asked.body["stem_html"])


def _parts(asked: Asked) -> str:
    return "; ".join(words(piece) for piece in _pieces(asked))
