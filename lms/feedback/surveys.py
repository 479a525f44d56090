"""What a survey is, as published: who fills it in, when, and with which questions."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from lms.catalog import items, translated
from lms.catalog.courses import Live
from lms.catalog.items import ItemMissing, Version


@dataclass(frozen=True, slots=True)
class Terms:
    """Who may fill in a survey, and when.

    respondents  of models.ROLES
    when         before, anytime, after
    after_days   days after the course was finished; 0 = as soon as it is
    """

    respondents: tuple[str, ...]
    when: str
    after_days: int
    is_anonymous: bool


@dataclass(frozen=True, slots=True)
class Survey:
    """A survey of a release; `questions` in the order of the page.

    version       of the item; its body holds title and introduction
    is_withdrawn  the live release has it no more: its results can still be read
    """

    live: Live
    version: Version
    terms: Terms
    questions: tuple[Version, ...]
    is_withdrawn: bool = False

    @property
    def code(self) -> str:
        return self.version.code

    @property
    def title(self) -> str:
        return self.version.body["title"]

    @property
    def own_language(self) -> str:
        """In which it is written; texts of it in another one say so themselves."""
        said = self.live.manifest
        return said.get("own_language") or said["language"]

    @property
    def language(self) -> str:
        """Of title and introduction."""
        return self.version.body.get("language") or self.own_language


def terms_of(said: Mapping[str, Any]) -> Terms:
    """Return the terms that a survey's body, or its entry in an outline, says."""
    return Terms(
        respondents=tuple(said["respondents"]),
        when=said["when"],
        after_days=said["after_days"],
        is_anonymous=said["anonymous"],
    )


def of(live: Live, item_code: str) -> Survey:
    """Return a survey as a release has it. Raises ItemMissing."""
    entry = live.item(item_code)
    if entry is None or entry["kind"] != "survey":
        raise ItemMissing
    sha = live.manifest["item_shas"][item_code]
    version = items.find_version(live.course_id, item_code, sha)
    shas = version.body["question_shas"]
    found = items.question_by_sha(live.course_id, shas)
    return Survey(
        live,
        version,
        terms_of(version.body),
        tuple(found[code] for code in version.body["questions"]),
    )


def spoken(survey: Survey, language: str) -> Survey:
    """Return a survey in a language, as far as its release has it translated.

    Questions stay the same versions in the same order, so answers read in one
    language are those of the other.
    """
    text_ids = translated.texts_of(survey.questions, survey.live, language)
    said = translated.questions({v.id: v for v in survey.questions}, text_ids)
    return replace(
        survey,
        live=translated.course(survey.live, language),
        version=translated.item(survey.version, survey.live, language),
        questions=tuple(said[version.id] for version in survey.questions),
    )


def entries(live: Live) -> list[dict[str, Any]]:
    """Return the surveys of a release as its outline lists them."""
    return [item for item in live.items if item["kind"] == "survey"]
