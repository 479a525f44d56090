"""All that was read from one course folder, before its files are checked together."""

from dataclasses import dataclass, field

from lms.courseware.competencies import Dictionary
from lms.courseware.course_file import CourseFile
from lms.courseware.data import Text
from lms.courseware.kinds import KINDS, Reading
from lms.courseware.notes import Notes
from lms.courseware.source import Source

SHOWN_KINDS = {name for name, kind in KINDS.items() if kind.is_shown}


@dataclass(slots=True)
class Parts:
    """Everything read from one folder. Keys are paths in it."""

    course: CourseFile
    dictionary: Dictionary
    readings: dict[str, Reading] = field(default_factory=dict)
    notes: dict[str, Notes] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)

    @property
    def listed(self) -> dict[str, Reading]:
        """Items named in `urutan`, in order."""
        paths = (clean(t.text) for _title, texts in self.course.chapters for t in texts)
        return {
            path: self.readings[path]
            for path in paths
            if path in self.readings and self.readings[path].kind in SHOWN_KINDS
        }

    def may_exist(self, code: str) -> bool:
        """Say whether a file that could not be read, or not yet, may have this `id`."""
        return any(
            not r.code or (r.code == code and r.kind not in (*SHOWN_KINDS, "bank"))
            for r in self.readings.values()
        )

    def error(self, code: str, place: Text | None, message: str, fix: str = "") -> None:
        self.course.fields.error(code, place, message, fix)


def clean(path: str) -> str:
    return path.strip().removeprefix("./")
