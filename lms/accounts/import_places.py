"""Where a finding is, in the words of the file that its reader has in hand. Pure."""

from dataclasses import dataclass

from .import_rows import Finding, Table

LONGEST = 120  # letters of a heading or name that are shown


@dataclass(frozen=True)
class Place:
    """A cell as a spreadsheet program shows it.

    row      as the program counts
    letter   of the column; "" = the whole row, or a column that is not there
    heading  of the column as the file writes it
    person   whom the row names
    file     "" = the one that was handed in first
    """

    row: int
    letter: str = ""
    heading: str = ""
    person: str = ""
    sheet: str = ""
    file: str = ""


def of(table: Table, finding: Finding) -> Place:
    """Return where a finding is."""
    heading = _heading(table, finding.column)
    person = _cell(table, finding.row, "nama")[:LONGEST]
    if table.origins and finding.row <= len(table.origins.rows):
        file, row = table.origins.of(finding.row)
        letter = file.letter(heading)
        return Place(row, letter, heading, person, file.sheet, file.name)
    return Place(finding.row, finding.letter, heading, person, table.sheet.name)


def words(table: Table, finding: Finding) -> dict[str, object]:
    """Return the facts of a finding, with rows of a joined sheet as of their files."""
    facts = dict(finding.facts)
    other = facts.get("first")
    if table.origins and isinstance(other, int):
        file, row = table.origins.of(other)
        facts["first"] = f"{row} ({file.name})" if file.name else row
    return facts


def _heading(table: Table, column: str) -> str:
    heading = table.heading
    if column in heading.names:
        return heading.texts[heading.names.index(column)].strip()[:LONGEST]
    return ""


def _cell(table: Table, number: int, column: str) -> str:
    names, rows = table.heading.names, table.sheet.rows
    if not table.heading.number < number <= len(rows) or column not in names:
        return ""
    place, cells = names.index(column), rows[number - 1]
    return " ".join(cells[place].split()) if place < len(cells) else ""
