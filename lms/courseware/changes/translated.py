"""Changes of a course's translations: told by language, never by hashes."""

from collections.abc import Iterator, Mapping
from typing import Any

from lms.kernel.i18n import N_

from . import change
from .change import Change
from .publication import Publication

NAMES = {"id": N_("bahasa Indonesia"), "en": N_("bahasa Inggris")}
SHOWN = 5  # parts named; of the rest only the number
Said = Mapping[str, Any]


def changes(old: Publication, new: Publication) -> Iterator[Change]:
    """Yield what became of each translation: new, gone, or which parts read anew."""
    was, now = (side.manifest.get("translations") or {} for side in (old, new))
    titles = {entry["code"]: entry["title"] for entry in new.outline}
    for language in sorted(was.keys() | now.keys()):
        facts = {"what": NAMES.get(language, language)}
        if language not in was:
            yield Change(change.LANGUAGE_ADDED, facts)
        elif language not in now:
            yield Change(change.LANGUAGE_GONE, facts)
        elif was[language] != now[language]:
            yield from _parts(was[language], now[language], titles, facts)


def _parts(
    was: Said, now: Said, titles: Mapping[str, str], facts: dict[str, str]
) -> Iterator[Change]:
    """Yield the changes of one translation: parts it lacks now, questions, the rest.

    What is gone from the course altogether is told of the course.
    """
    lost = [titles[c] for c in was["items"] if c in titles and c not in now["items"]]
    asked = sorted(
        code
        for code, sha in now["questions"].items()
        if was["questions"].get(code) != sha
    )
    read = [
        titles[code]
        for code, said in now["items"].items()
        if was["items"].get(code) != said
    ]
    for kind, names in (
        (change.LANGUAGE_LESS, lost),
        (change.LANGUAGE_ASKED, asked),
        (change.LANGUAGE_READ, read),
    ):
        if names:
            yield Change(kind, facts | {"new": _listed(names)})
    apart = ("items", "questions")
    if any(was[name] != now[name] for name in now if name not in apart):
        yield Change(change.LANGUAGE_COURSE, facts)


def _listed(names: list[str]) -> str:
    more = len(names) - SHOWN
    return "; ".join(names[:SHOWN]) + (f"; … (+{more})" if more > 0 else "")
