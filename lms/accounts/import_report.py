"""What an import of people found and did, in words and for programs. Pure."""

import json

from . import import_places
from .import_rows import BELOW, Finding, Table
from .people_import import Plan

SHOWN = 50  # findings printed; --json has them all
LABELS = {
    "new": "baru",
    "changed": "berubah",
    "moved": "pindah",
    "deactivated": "nonaktif",
    "same": "sama",
}


def write(table: Table, plan: Plan, is_done: bool, wants_json: bool) -> str:
    """Return the report for people, or for programs."""
    return (as_json if wants_json else as_text)(table, plan, is_done)


def as_json(table: Table, plan: Plan, is_done: bool) -> str:
    """Return it all as one JSON object."""
    findings = [
        {
            "row": f.row,
            "column": f.column,
            "heading": import_places.of(table, f).heading,
            "error": f.is_error,
            "message": f.text,
        }
        for f in plan.findings
    ]
    counts = {LABELS[name]: number for name, number in plan.counts.items()}
    return json.dumps(
        {
            "diterapkan": is_done,
            "lembar": table.sheet.name,
            "jumlah": counts,
            "tidak_tercantum": plan.unlisted,
            "unit_baru": [BELOW.join(names) for names in plan.new_units],
            "jabatan_baru": [list(job.key) for job in plan.new_jobs],
            "temuan": findings,
        },
        ensure_ascii=False,
    )


def as_text(table: Table, plan: Plan, is_done: bool) -> str:
    """Return the first findings, errors before warnings, what is new, the counts."""
    lines = [
        f"{_place(table, f)}: {'galat' if f.is_error else 'peringatan'}: {f.text}"
        for f in sorted(plan.findings, key=lambda f: not f.is_error)[:SHOWN]
    ]
    if len(plan.findings) > SHOWN:
        lines.append(f"… dan {len(plan.findings) - SHOWN} temuan lain (lihat --json).")
    lines += _some("unit baru", [BELOW.join(names) for names in plan.new_units])
    lines += _some("jabatan baru", [", ".join(filter(None, job.key))
                                    for job in plan.new_jobs])  # fmt: skip
    counts = (f"{number} {LABELS[name]}" for name, number in plan.counts.items())
    lines.append(", ".join(counts) + ".")
    if plan.unlisted:
        lines.append(
            f"{plan.unlisted} orang aktif tidak tercantum di berkas; dibiarkan, kecuali"
            " dengan --nonaktifkan-sisanya."
        )
    errors = sum(f.is_error for f in plan.findings)
    if errors:
        lines.append(f"{errors} galat: tidak ada yang disimpan. Perbaiki berkasnya.")
    elif is_done:
        lines.append("Tersimpan.")
    else:
        lines.append("Uji coba: belum ada yang disimpan. Tambahkan --terapkan.")
    return "\n".join(lines)


def _some(label: str, names: list[str]) -> list[str]:
    more = [f"… dan {len(names) - SHOWN} {label} lain."] if len(names) > SHOWN else []
    return [f"{label}: {name}" for name in names[:SHOWN]] + more


def _place(table: Table, finding: Finding) -> str:
    """Return row, column and person as the reader's spreadsheet program shows them."""
    place = import_places.of(table, finding)
    words = [f"baris {place.row}"]
    if column := place.heading or finding.column:
        words.append(f"kolom {column}{f' ({place.letter})' if place.letter else ''}")
    return ", ".join(words)
