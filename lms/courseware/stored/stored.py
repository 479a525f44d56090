"""What every kind of item says of its publication: its texts, its body, its line."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from lms.courseware.render import Fragment, Rendered
from lms.courseware.schema import Bank, Item, Question

Asked = tuple[Question, str, bool]  # question, its file, formulas allowed


@dataclass(frozen=True, slots=True)
class Material:
    """What bodies are made of.

    texts          rendered fragments by id
    question_shas  of every question a learner can meet, by code
    banks          by path in the course folder
    media          by address: of a video what the page says of it, of a picture its
                   bytes
    """

    texts: Mapping[str, Rendered]
    question_shas: Mapping[str, str]
    banks: Mapping[str, Bank] = field(default_factory=dict)
    media: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Stored:
    """How items of one kind are published.

    kind       as stored: module, quiz, …
    fragments  texts to convert; their ids begin with a letter of the kind's own
    body       all that a learner may see of the item before acting
    line       its keys in the outline, beside those that every kind has; `minutes`
               is one of them
    asked      questions a learner can meet through the item
    key        what no learner may see before acting, stored apart from the body;
               None = there is nothing of the kind
    told       what of the key is text, told after acting: all that a translation says
               of it; {} = nothing
    """

    kind: str
    fragments: Callable[[Any], Iterable[Fragment]]
    body: Callable[[Any, Material], dict[str, Any]]
    line: Callable[[Any, Mapping[str, Any]], dict[str, Any]]
    asked: Callable[[Any, Mapping[str, Bank]], Iterable[Asked]]
    key: Callable[[Any, Material], dict[str, Any] | None] = lambda _item, _material: (
        None
    )
    told: Callable[[Any, Material], dict[str, Any]] = lambda _item, _material: {}


def own_questions(item: Item, _banks: Mapping[str, Bank]) -> Iterable[Asked]:
    """Say that a learner meets the questions of the item's own file."""
    formulas = getattr(item, "formulas", False)
    return [(question, item.path, formulas) for question in item.own_questions]
