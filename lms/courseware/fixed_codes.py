"""Fixed codes at the end of a title, as in `Judul {#kode}`: cut off and checked."""

from dataclasses import dataclass

from lms.courseware import marks
from lms.courseware.guess import code_from, is_code
from lms.courseware.notes import Notes


@dataclass(frozen=True, slots=True)
class Titled:
    """A title and its code.

    code    None = there is none; "" = its braces are empty
    column  where the code stands; without one where the title starts
    """

    title: str
    code: str | None
    column: int


def cut(text: str, column: int) -> Titled:
    """Cut the code off a title that starts at `column`."""
    match = marks.CODE_AT_END.search(text)
    if match is None:
        return Titled(text.strip(), None, column)
    title = text[: match.start()].strip()
    return Titled(title, match.group("code").strip(), column + match.start("code"))


def check(
    code: str, line: int, column: int, seen: dict[str, int], notes: Notes
) -> None:
    """Note a code that cannot be one, or stood before.

    seen  codes so far: code -> line; this one is added
    """
    if not is_code(code):
        notes.error(
            "C302",
            line,
            column,
            f'kode "{code}" hanya boleh huruf kecil, angka, dan tanda hubung',
            f"{{#{code_from(code)}}}",
        )
    elif code in seen:
        message = f'kode "{code}" sudah dipakai di baris {seen[code]}'
        notes.error("C303", line, column, message, "beri kode lain")
    seen.setdefault(code, line)
