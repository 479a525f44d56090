"""Changes of what kursus.yml says."""

from collections.abc import Iterator
from typing import Any

from lms.kernel.i18n import N_

from . import change
from .change import Change
from .publication import Publication
from .shown import value_text, word

TEXTS = {
    "title": N_("judul"),
    "summary": N_("ringkasan"),
    "objectives": N_("tujuan"),
    "tags": N_("tag"),
    "authors": N_("penulis"),
    "for_jobs": N_("untuk jabatan"),
    "sources": N_("sumber"),
    "owner": N_("pemilik"),
}
TERMS = {
    "language": N_("bahasa"),
    "prerequisites": N_("prasyarat"),
    "promises": N_("kompetensi yang dijanjikan"),
    "organiser": N_("penyelenggara"),
    "training_form": N_("jenis diklat"),
    "action_plan": N_("rencana tindak lanjut"),
}
RECORDS = {
    "jp": N_("JP"),
    "edition": N_("edisi"),
    "yearly": N_("tahunan"),
    "validity_months": N_("masa berlaku"),
}
# Compared elsewhere, or made of what is compared.
OTHERS = {
    "code", "chapters", "passing", "item_shas", "total_minutes", "status",
    "translations",
}  # fmt: skip


def changes(old: Publication, new: Publication) -> Iterator[Change]:
    """Yield the changes of the course as a whole."""
    was, now = old.manifest, new.manifest
    for kind, names in (
        (change.COURSE_RECORD, RECORDS),
        (change.COURSE_TERM, TERMS),
        (change.COURSE_TEXT, TEXTS),
    ):
        for name, what in names.items():
            if was.get(name) != now.get(name):
                facts = {"what": what}
                yield Change(kind, facts, old=value_text(was.get(name)),
                             new=value_text(now.get(name)))  # fmt: skip
    yield from _unknown(old, new)
    if now["edition"] < was["edition"]:
        yield Change(
            change.EDITION_BACK, {"old": was["edition"], "new": now["edition"]}
        )
    if _rules(was) != _rules(now):
        yield Change(change.PASSING, old=_passing(old), new=_passing(new))
    if was["status"] != now["status"]:
        yield Change(change.STATUS, old=word(was["status"]), new=word(now["status"]))
    if _order(was) != _order(now):
        yield Change(change.ORDER, old=_chapters(was), new=_chapters(now))


def _unknown(old: Publication, new: Publication) -> Iterator[Change]:
    """Yield what this module has no name for: rather asked about than passed over."""
    known = {*TEXTS, *TERMS, *RECORDS, *OTHERS}
    was, now = old.manifest, new.manifest
    for name in sorted((was.keys() | now.keys()) - known):
        if was.get(name) != now.get(name):
            before, after = value_text(was.get(name)), value_text(now.get(name))
            yield Change(change.COURSE_TERM, {"what": name}, old=before, new=after)


def _rules(manifest) -> list[tuple[str, str]]:
    return sorted((code, rule) for code, rule in manifest["passing"])


def _passing(side: Publication) -> str:
    titles = {entry["code"]: entry["title"] for entry in side.outline}
    return "; ".join(
        f"{titles.get(code, code)}: {word(rule)}"
        for code, rule in side.manifest["passing"]
    )


def _order(manifest) -> list[Any]:
    return [
        (chapter["title"], [entry["code"] for entry in chapter["items"]])
        for chapter in manifest["chapters"]
    ]


def _chapters(manifest) -> str:
    return "; ".join(
        f"{chapter['title']}: {', '.join(e['title'] for e in chapter['items'])}"
        for chapter in manifest["chapters"]
    )
