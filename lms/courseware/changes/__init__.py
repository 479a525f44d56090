"""What would change for learners if a folder were published now. Pure."""

from .change import GREEN, RED, TINTS, YELLOW, Change, Kind
from .compare import compare
from .publication import Asked, Publication, of_bundle

__all__ = [
    "GREEN",
    "RED",
    "TINTS",
    "YELLOW",
    "Asked",
    "Change",
    "Kind",
    "Publication",
    "compare",
    "of_bundle",
]
