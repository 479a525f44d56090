"""Words the renderer writes into course pages, in the language of the course."""

LABELS: dict[str, dict[str, str]] = {
    "id": {
        "catatan": "Catatan",
        "penting": "Penting",
        "contoh": "Contoh",
        "dasar-hukum": "Dasar hukum",
        "peringatan": "Peringatan",
        "rincian": "Rincian",
        "tab": "Bagian",
        "figure": "Gambar %d.",
        "table": "Tabel %d.",
        "table_name": "Tabel: %s",
        "table_number": "Tabel %d",
        "code": "Kode",
        "back": "Kembali ke teks, catatan kaki {}",
    },
    "en": {
        "catatan": "Note",
        "penting": "Important",
        "contoh": "Example",
        "dasar-hukum": "Legal basis",
        "peringatan": "Warning",
        "rincian": "Details",
        "tab": "Part",
        "figure": "Figure %d.",
        "table": "Table %d.",
        "table_name": "Table: %s",
        "table_number": "Table %d",
        "code": "Code",
        "back": "Back to the text, footnote {}",
    },
}


def label(language: str, key: str) -> str:
    """The word for `key`; Indonesian where the language is not known."""
    return LABELS.get(language, LABELS["id"])[key]
