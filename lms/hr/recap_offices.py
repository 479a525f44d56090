"""The export rekap_opd: one row per office (perangkat daerah) of a year."""

from collections.abc import Generator
from typing import Any

from sqlalchemy import Connection, func, select

from lms.accounts.models import Person

from . import recap
from .recap_rules import Office
from .tables import Shape, columns
from .wanted import OFFICES, Wanted

SHAPE = Shape(
    OFFICES,
    columns(
        """
        perangkat_daerah tahun jumlah_asn asn_memenuhi persen_memenuhi asn_nol_jp
        rata_rata_jp median_jp kursus_selesai
        """,
        free="perangkat_daerah",
        numbers="tahun jumlah_asn asn_memenuhi asn_nol_jp kursus_selesai",
        hundredths="persen_memenuhi rata_rata_jp median_jp",
        widths={"perangkat_daerah": 44},
    ),
)
NO_ASN = "NON_ASN"


def count(connection: Connection, wanted: Wanted) -> int:
    """Return how many rows there are at most: units with people; 0 for nobody."""
    every = (*recap.conditions(wanted), *recap.changed(wanted))
    statement = select(func.count(Person.unit_id.distinct())).where(*every)
    return connection.scalar(statement) or 0


def rows(
    connection: Connection, wanted: Wanted, _check_url: str, _people: set[int]
) -> Generator[tuple[Any, ...]]:
    """Yield the offices in the order of the unit tree. Sums: about nobody alone."""
    offices: dict[int, Office] = {}
    names: dict[int, str] = {}
    touched = _touched(connection, wanted)
    shown = set()
    for each in recap.counted(connection, wanted, []):
        if each.person.asn_status == NO_ASN:
            continue
        names.setdefault(each.office_id, each.office)
        offices.setdefault(each.office_id, Office()).add(each.year)
        if touched is None or each.person.id in touched:
            shown.add(each.office_id)
    for number, office in offices.items():
        if number in shown:
            yield (
                names[number], wanted.year, len(office.totals), office.reached,
                office.percent_bp, office.none, office.mean_hundredths,
                office.median_hundredths, office.completed,
            )  # fmt: skip


def _touched(connection: Connection, wanted: Wanted) -> set[int] | None:
    """Return the ids of people with news since the last taking; None = not asked."""
    if wanted.since is None:
        return None
    every = (*recap.conditions(wanted), *recap.changed(wanted))
    return set(connection.scalars(select(Person.id).where(*every)))
