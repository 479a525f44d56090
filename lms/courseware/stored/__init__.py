"""How each kind of item is published. A new kind is a new module and a line."""

from lms.courseware.stored import lesson, quiz, simulation, survey, task
from lms.courseware.stored.stored import Material, Stored

STORED: dict[str, Stored] = {
    module.STORED.kind: module.STORED
    for module in (lesson, quiz, simulation, survey, task)
}

__all__ = ["STORED", "Material", "Stored"]
