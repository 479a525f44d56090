"""What a course says in another language: texts only, never a key."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Said:
    """A text of the translation and the line of its file where its part begins."""

    text: str
    line: int = 1


@dataclass(frozen=True, slots=True)
class Spoken:
    """All texts of one item or question in another language, by the text of the base.

    path  of the translated file in the course folder
    """

    path: str
    texts: Mapping[str, Said]

    def of(self, text: str) -> Said:
        return self.texts.get(text) or Said("")


@dataclass(frozen=True, slots=True)
class Translation:
    """What a course says in another language; what is missing is said in its own.

    title, summary, objectives, chapters   "" or () = not translated
    items, questions                       by code; each as a whole or not at all
    stale                                  paths of base files changed since
    """

    language: str
    title: str = ""
    summary: str = ""
    objectives: tuple[str, ...] = ()
    chapters: tuple[str, ...] = ()
    items: Mapping[str, Spoken] = field(default_factory=dict)
    questions: Mapping[str, Spoken] = field(default_factory=dict)
    stale: tuple[str, ...] = ()
