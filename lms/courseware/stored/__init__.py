"""How each kind of item is published. A new kind is a new module and a line."""

from lms.courseware.stored import lesson, quiz, simulation, task
from lms.courseware.stored.stored import Material, Stored

STORED: dict[str, Stored] = {
    stored.kind: stored
    for stored in (lesson.STORED, quiz.STORED, simulation.STORED, task.STORED)
}

__all__ = ["STORED", "Material", "Stored"]
