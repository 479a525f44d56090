"""Which file, sheet and row each row of a joined sheet comes from. Pure.

When refused rows come back mended they join the others; whoever reads a finding has
the mended file in hand, or the first one, never the joined sheet.
"""

import json
from dataclasses import dataclass, field

from . import import_columns


@dataclass(frozen=True)
class File:
    """One of the files: its name and sheet, and its headings as `key` makes them."""

    name: str
    sheet: str
    keys: list[str]

    def letter(self, heading: str) -> str:
        """Return the letter above a heading in this file, "" when it has none."""
        wanted = import_columns.key(heading)
        if not wanted or wanted not in self.keys:
            return ""
        return import_columns.letters(self.keys.index(wanted))


@dataclass
class Origins:
    """rows: (place in `files`, row there); that of joined row n is at rows[n - 1]."""

    files: list[File] = field(default_factory=list)
    rows: list[tuple[int, int]] = field(default_factory=list)

    def of(self, number: int) -> tuple[File, int]:
        """Return the file and the row that row `number` of the joined sheet was."""
        place, row = self.rows[number - 1]
        return self.files[place], row

    def dump(self) -> bytes:
        """Write it for keeping."""
        files = [(f.name, f.sheet, f.keys) for f in self.files]
        return json.dumps({"files": files, "rows": self.rows}).encode()


def load(body: bytes | None) -> Origins | None:
    """Read what `dump` wrote; None when nothing was: the sheet is of one file."""
    if not body:
        return None
    said = json.loads(body)
    rows = [(place, row) for place, row in said["rows"]]
    return Origins([File(*one) for one in said["files"]], rows)
