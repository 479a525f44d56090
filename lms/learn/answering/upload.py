"""Upload: a file that a person looks at and grades.

answer  {"file": uid} of lms.uploads; where files can be put they come by a form of
        their own, so that nothing can be read here but that there is none
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .mistakes import UploadsLater

if TYPE_CHECKING:
    from . import Asked


@dataclass(frozen=True, slots=True)
class Upload:
    """accept  kinds of files; largest: bytes; uid: of the file held, "" = none"""

    accept: tuple[str, ...]
    largest: int
    uid: str
    rubric: tuple[Mapping[str, Any], ...]


def show(asked: "Asked", answer: Any, _sent: Sequence[str] | None) -> Upload:
    body = asked.body
    uid = answer.get("file", "") if isinstance(answer, Mapping) else ""
    return Upload(tuple(body["accept"]), body["max_bytes"], uid, tuple(body["rubric"]))


def read(_asked: "Asked", sent: Sequence[str]) -> None:
    if any(value.strip() for value in sent):
        raise UploadsLater


def tell(asked: "Asked", key: Mapping[str, Any], answer: Any) -> Upload:
    return show(asked, answer, None)
