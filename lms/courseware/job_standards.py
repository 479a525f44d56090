"""What jobs ask: levels and families of jobs as jabatan.yml has them."""

from dataclasses import dataclass

from lms.courseware import data
from lms.courseware.competencies import Dictionary, check
from lms.courseware.fields import Fields
from lms.courseware.guess import code_from, is_code, meant
from lms.courseware.keys import (
    ASKED_KEYS,
    JOB_FAMILY_KEYS,
    JOB_LEVEL_KEYS,
    STANDARDS_KEYS,
)
from lms.courseware.notes import Notes
from lms.courseware.source import Source

TOP = 5  # levels of core competencies: PermenPANRB 38/2017
CODE_LENGTH, NAME_LENGTH = 30, 120  # as the database keeps them
JOB_TYPES = {name: name for name in ("struktural", "fungsional", "pelaksana")}


@dataclass(frozen=True, slots=True)
class JobLevel:
    """A level of jobs (jenjang); `core_level` is asked of every core competency."""

    code: str
    name: str
    type: str
    core_level: int
    is_sure: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """A level that a family asks of a competency; job_level "" = all levels of jobs."""

    competency: str
    job_level: str
    level: int


@dataclass(frozen=True, slots=True)
class JobFamily:
    """A family of jobs (rumpun); `titles` are examples."""

    code: str
    name: str
    titles: tuple[str, ...] = ()
    asked: tuple[Asked, ...] = ()


@dataclass(frozen=True, slots=True)
class Standards:
    """All of the file, in its order; `is_broken` when it could not be read whole."""

    levels: tuple[JobLevel, ...] = ()
    families: tuple[JobFamily, ...] = ()
    source: str = ""
    is_broken: bool = False


def read(source: Source, dictionary: Dictionary, notes: Notes) -> Standards:
    """The standards of `jabatan.yml`; what is wrong in it is noted."""
    table = data.read(source.lines, 1, notes)
    if table is None:
        return Standards(is_broken=True)
    fields = Fields(table, notes, "jabatan.yml")
    fields.refuse_unknown(STANDARDS_KEYS, "A134")
    levels: dict[str, JobLevel] = {}
    for row in fields.tables("jenjang", required=True):
        level = _level(Fields(row, notes, "jenjang jabatan"), levels)
        if level:
            levels.setdefault(level.code, level)
    families: dict[str, JobFamily] = {}
    for row in fields.tables("rumpun", required=True):
        family = _family(
            Fields(row, notes, "rumpun jabatan"), families, levels, dictionary
        )
        if family:
            families.setdefault(family.code, family)
    return Standards(
        tuple(levels.values()),
        tuple(families.values()),
        fields.text("sumber"),
        is_broken=notes.has_errors,
    )


def _level(fields: Fields, known: dict[str, JobLevel]) -> JobLevel | None:
    fields.refuse_unknown(JOB_LEVEL_KEYS, "A134")
    code, name = _code(fields, known), _name(fields)
    core = fields.whole("inti", 1, TOP, 0, required=True)
    kind = ""
    if not fields.has("jenis"):
        fields.text("jenis", required=True)
    else:
        kind = fields.choice("jenis", JOB_TYPES, "", code="A131")
    is_sure = fields.yes("yakin", True)
    return JobLevel(code, name, kind, core, is_sure) if code and name else None


def _family(
    fields: Fields,
    known: dict[str, JobFamily],
    levels: dict[str, JobLevel],
    dictionary: Dictionary,
) -> JobFamily | None:
    fields.refuse_unknown(JOB_FAMILY_KEYS, "A134")
    code, name = _code(fields, known), _name(fields)
    asked: dict[str, list[Asked]] = {}
    for row in fields.tables("kompetensi"):
        own = Fields(row, fields.notes, "kompetensi rumpun")
        found = _asked(own, levels, dictionary)
        if found and found[0].competency in asked:
            _twice(own, f'kompetensi "{found[0].competency}"')
        elif found:
            asked[found[0].competency] = found
    titles = fields.words("jabatan")
    every = tuple(one for found in asked.values() for one in found)
    return JobFamily(code, name, titles, every) if code and name else None


def _asked(
    fields: Fields, levels: dict[str, JobLevel], dictionary: Dictionary
) -> list[Asked]:
    """What one row asks: of all levels of jobs, then of those it names."""
    fields.refuse_unknown(ASKED_KEYS, "A134")
    code = fields.text("kode", required=True)
    general = fields.whole("tingkat", 1, TOP, 0, required=True)
    if not code:
        return []
    if general and not check(
        code, general, _place(fields, code, dictionary), dictionary, fields.notes
    ):
        return []
    found = [Asked(code, "", general)] if general else []
    table = fields.mapping("per_jenjang")
    own = Fields(table, fields.notes, "per_jenjang") if table else None
    for name, (key, _value) in own.table.rows.items() if own else ():
        if name not in levels:
            own.notes.error(
                "A134",
                key.line,
                key.column,
                f'jenjang "{name}" tidak ada dalam daftar jenjang',
                meant(name, levels),
            )
            continue
        level = own.whole(name, 1, TOP, 0, required=True)
        if level and check(code, level, own.place(name), dictionary, own.notes):
            found.append(Asked(code, name, level))
    return found


def _place(fields: Fields, code: str, dictionary: Dictionary) -> tuple[int, int]:
    """Where to point when a competency does not fit: its code, or its level."""
    return fields.place("tingkat" if code in dictionary else "kode")


def _code(fields: Fields, known: dict) -> str:
    """The row's code, "" when it is missing, badly written or taken."""
    code = fields.text("kode", required=True)
    if not code:
        return ""
    if not is_code(code):
        fields.error(
            "A133",
            fields.node("kode"),
            f'kode "{code}" hanya boleh huruf kecil, angka, dan tanda hubung',
            f"kode: {code_from(code)}",
        )
        return ""
    if len(code) > CODE_LENGTH:
        fields.error(
            "A139",
            fields.node("kode"),
            f'"kode" lebih panjang dari {CODE_LENGTH} huruf',
            "ringkas",
        )
        return ""
    if code in known:
        _twice(fields, f'kode "{code}"')
        return ""
    return code


def _name(fields: Fields) -> str:
    name = fields.text("nama", required=True)
    if len(name) <= NAME_LENGTH:
        return name
    fields.error(
        "A139",
        fields.node("nama"),
        f'"nama" lebih panjang dari {NAME_LENGTH} huruf',
        "ringkas",
    )
    return ""


def _twice(fields: Fields, what: str) -> None:
    fields.error(
        "A120", fields.node("kode"), f"{what} ditulis dua kali", "hapus salah satu"
    )
