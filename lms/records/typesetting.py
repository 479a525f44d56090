"""Set a certificate as PDF/UA-1. The same paper always gives the same bytes."""

import io
import json
import threading
import unicodedata
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from lms.kernel import ids
from lms.kernel.errors import Unavailable

from . import numbering

FOLDER = Path(__file__).parent / "typeset"
MONTHS = (
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli"),
    *("Agustus", "September", "Oktober", "November", "Desember"),
)
NUMBER_NAMES = {"NIP": "NIP", "NI_PPPK": "NI PPPK", "NRP": "NRP", "NIK": "NIK"}
PASSED = "Lulus"
# No agency's certified signature is put on the file yet, and the paper says so.
UNSIGNED = (
    "Sertifikat ini diterbitkan oleh sistem dan tidak memuat tanda tangan elektronik."
    " Keabsahannya diperiksa dengan kode di atas."
)
LONGEST = 300  # letters of any text; the columns hold no more
MOST_SUBJECTS = 300
PATIENCE = 5.0  # seconds to wait for the papers of others

# The compiler may not be used by two threads; a paper takes some milliseconds.
_turn = threading.Lock()


def pdf(printed: Mapping[str, Any], check_url: str) -> bytes:
    """Return the PDF of a certificate.

    printed    Certificate.printed: all that is on the paper, frozen at issue
    check_url  the full address of its check page, for the QR code
    raises     Unavailable  others have been setting papers for too long
    """
    data = json.dumps(_data(printed, check_url), ensure_ascii=False)
    if not _turn.acquire(timeout=PATIENCE):
        raise Unavailable(retry_after=5)
    try:
        return _compiler().compile(
            format="pdf", sys_inputs={"data": data}, pdf_standards=["ua-1"]
        )
    finally:
        _turn.release()


@lru_cache(maxsize=1)
def _compiler():
    # Here, not above: the library takes 60 ms to load, and few processes need it.
    import typst

    return typst.Compiler(
        str(FOLDER / "certificate.typ"),
        root=str(FOLDER),
        font_paths=[str(FOLDER)],
        ignore_system_fonts=True,
    )


def _data(printed: Mapping[str, Any], check_url: str) -> dict[str, Any]:
    """Return what certificate.typ reads: texts as they are set, and the QR code."""
    p = {k: drawable(v) if isinstance(v, str) else v for k, v in printed.items()}
    issued = date.fromisoformat(printed["issued_on"])
    subjects = printed["subjects"][:MOST_SUBJECTS]
    jp = f"{p['jp']} ({p['jp_words']}) jam pelajaran"
    minutes = sum(m for _title, m in subjects)
    code = ids.show_check_code(printed["code"])
    return {
        "title": f"Sertifikat {p['course']}: {p['name']}",
        "office": p["office"],
        "number": p["number"],
        "day": {"year": issued.year, "month": issued.month, "day": issued.day},
        "name": p["name"],
        "identity": _identity(p),
        "post": _post(p),
        "course": p["course"],
        "rows": _rows(p, printed, jp),
        "place": f"{p['city']}, {_day(issued)}" if p["city"] else _day(issued),
        "has_signer": bool(p["signer_name"] or p["signer_title"]),
        **{k: p[k] for k in ("signer_title", "signer_name", "signer_nip")},
        "code": code,
        "check_url": check_url,
        "qr": qr_svg(check_url),
        "qr_alt": f"Kode QR menuju halaman periksa sertifikat, kode {code}",
        "signed": UNSIGNED,
        "subjects": [
            [f"{n}. {drawable(title)}", str(time) if time else "–"]
            for n, (title, time) in enumerate(subjects, start=1)
        ],
        "sum": f"Jumlah waktu belajar {minutes} menit. Bobot kursus {jp}.",
        "rule": "1 JP = 45 menit. JP ditetapkan oleh kurikulum kursus, bukan oleh"
        " lamanya halaman dibuka.",
    }


def _rows(p: dict, printed: Mapping[str, Any], jp: str) -> list[list[tuple[str, str]]]:
    """Return the facts under the course's title: (what, how), in two rows."""
    first, last = (
        date.fromisoformat(printed[k]) for k in ("started_on", "finished_on")
    )
    days = _day(last) if first == last else f"{_day(first)} s.d. {_day(last)}"
    result = PASSED
    if p["score_bp"] >= 0:
        result = f"{PASSED}, nilai akhir {_score(p['score_bp'])}"
    top = [("Jam pelajaran", jp), ("Waktu", days), ("Hasil", result)]
    below = [("Bentuk", p["form"]), ("Penyelenggara", p["organiser"])]
    if "valid_until" in printed:  # papers of before 27 November 2026 never say it
        until = date.fromisoformat(printed["valid_until"])
        below.append(("Berlaku sampai", _day(until)))
    return [top, [fact for fact in below if fact[1]]]


def _identity(p: dict) -> str:
    if not p["nip"]:
        return ""
    return f"{NUMBER_NAMES.get(p['id_kind'], 'Nomor')} {p['nip']}"


def _post(p: dict) -> str:
    parts = [numbering.rank(p["rank"]), p["job"], p["unit"]]
    if p["employer"] != p["unit"]:
        parts.append(p["employer"])
    return ", ".join(part for part in parts if part)


def _day(day: date) -> str:
    """Write "22 November 2026"; the paper is Indonesian whoever opens it."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _score(bp: int) -> str:
    whole, tenth = divmod(bp // 10, 10)
    return f"{whole},{tenth}" if tenth else f"{whole}"


def qr_svg(address: str) -> str:
    """Return the address as a QR code of level M, as SVG."""
    import segno

    out = io.BytesIO()
    segno.make_qr(address, error="m").save(
        out, kind="svg", xmldecl=False, border=2, light="#fff"
    )
    return out.getvalue().decode()


def drawable(text: str) -> str:
    """Return the text in letters that the typeface has.

    Others lose their accents; one that is left without a letter becomes "?". A
    paper with an empty box could not be read out, and is no PDF/UA.
    """
    known = _letters()
    text = unicodedata.normalize("NFC", " ".join(text.split()))[:LONGEST]
    if known.issuperset(text):
        return text
    return "".join(c if c in known else _folded(c, known) for c in text)


def _folded(letter: str, known: frozenset[str]) -> str:
    if unicodedata.category(letter) in ("Mn", "Cf", "Cc"):
        return ""
    parts = (c for c in unicodedata.normalize("NFKD", letter) if c in known)
    return "".join(c for c in parts if not unicodedata.combining(c)) or "?"


@lru_cache(maxsize=1)
def _letters() -> frozenset[str]:
    return frozenset((FOLDER / "letters.txt").read_text("utf-8").rstrip("\n"))
