"""What an import of people found and did, in words and for programs. Pure."""

import json

from .import_rows import Finding
from .people_import import Plan

SHOWN = 50  # findings printed; --json has them all
LABELS = {
    "new": "baru",
    "changed": "berubah",
    "moved": "pindah",
    "deactivated": "nonaktif",
    "same": "sama",
}


def write(plan: Plan, is_done: bool, wants_json: bool) -> str:
    """Return the report for people, or for programs."""
    return (as_json if wants_json else as_text)(plan, is_done)


def as_json(plan: Plan, is_done: bool) -> str:
    """Return it all as one JSON object."""
    findings = [
        {"row": f.row, "column": f.column, "error": f.is_error, "message": f.text}
        for f in plan.findings
    ]
    counts = {LABELS[name]: number for name, number in plan.counts.items()}
    return json.dumps(
        {
            "diterapkan": is_done,
            "jumlah": counts,
            "tidak_tercantum": plan.unlisted,
            "temuan": findings,
        },
        ensure_ascii=False,
    )


def as_text(plan: Plan, is_done: bool) -> str:
    """Return the first findings, errors before warnings, and the counts."""
    lines = [
        f"baris {f.row}{f', kolom {_place(f)}' if f.column else ''}:"
        f" {'galat' if f.is_error else 'peringatan'}: {f.text}"
        for f in sorted(plan.findings, key=lambda f: not f.is_error)[:SHOWN]
    ]
    if len(plan.findings) > SHOWN:
        lines.append(f"… dan {len(plan.findings) - SHOWN} temuan lain (lihat --json).")
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


def _place(finding: Finding) -> str:
    """Return the column by its name, and by the letter above it."""
    name = finding.column
    return f"{name} ({finding.letter})" if finding.letter else name
