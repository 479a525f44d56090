"""Simulations in the reader's language: other texts, the same ways and points.

A run is played by one version of its simulation; which language it is read in changes
nothing of what is stored, and may change between two steps.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from lms.catalog import courses, items, translated
from lms.catalog.courses import Live
from lms.catalog.items import Version

from .models import Run


@dataclass(frozen=True, slots=True)
class Telling:
    """A simulation as it is told to one reader.

    version   with texts in their language, where it has them
    language  of these texts
    course    the release joined, its titles in the language
    told      what followed from choices, by scene and number; None = as the key says
    """

    version: Version
    language: str
    course: Live
    told: Mapping[str, Mapping[str, str]] | None

    def feedback(self, scene: str, choice: int) -> str:
        """Return what followed from a choice that was made. Reads the key."""
        if self.told is not None:
            return self.told.get(scene, {}).get(str(choice), "")
        chosen = items.item_key(self.version.id)["scenes"][scene]["choices"]
        return chosen[str(choice)]["feedback_html"]


def of_run(run: Run, language: str) -> Telling:
    """Return what a run is played by, in a language where it has one."""
    bound = courses.release(run.enrolment.release_id)
    return telling(items.version(run.item_version_id), bound, language)


def telling(version: Version, bound: Live, language: str) -> Telling:
    """Return a version in a language: in the live words for it, else in those joined.

    bound  the release joined
    """
    own = bound.manifest.get("own_language") or bound.manifest["language"]
    course = translated.course(bound, language)
    if language == own:
        return Telling(version, own, course, None)
    places = (courses.live(bound.code), bound)
    said = translated.shown(version, language, *places)
    if said is version:
        return Telling(version, own, course, None)
    told = translated.item_told(version, language, *places)
    return Telling(said, language, course, told or {})
