"""What the linter says of a file."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One remark of the linter on a file. Lines and columns count from 1."""

    path: str
    line: int
    column: int
    code: str
    message: str
    fix: str = ""
    is_error: bool = True
