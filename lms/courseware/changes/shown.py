"""Keys and settings as a line of text, for those who may see keys."""

from typing import Any

from lms.courseware import grading
from lms.courseware.pairing import words

from .publication import Asked

# As files say them.
RULES = {"passed": "lulus", "finished": "selesai", "filled": "terisi"}
WORDS = RULES | {
    "live": "tayang", "draft": "draf", "archived": "arsip",
    "read": "dibaca", "checks_answered": "cek dijawab", "checks_right": "cek benar",
    "always": "langsung", "never": "tidak",
    "module": "modul", "quiz": "kuis", "simulation": "simulasi", "task": "tugas",
    "survey": "survei", "required": "wajib", "optional": "pilihan", "none": "tidak",
}  # fmt: skip


def word(value: str | None) -> str:
    """Return a stored word as files say it."""
    return WORDS.get(value or "", value or "–")


def key_text(asked: Asked) -> str:
    """Return what is right, in words; "" where a person grades, or in a survey."""
    key, body = asked.key, asked.body
    if not grading.decides(key):
        return ""
    options = {o["number"]: words(o["html"]) for o in body.get("options", ())}
    match asked.kind:
        case "single":
            return "; ".join(
                options[int(n)] + ("" if percent == 100 else f" ({percent}%)")
                for n, percent in key["credit"].items()
                if percent
            )
        case "multiple":
            right = "; ".join(options[n] for n in sorted(key["right"]))
            return right if key["partial"] else f"{right} (semua atau tidak)"
        case "true_false":
            return "benar" if key["truth"] else "salah"
        case "short_text":
            return " | ".join(key["accepted"])
        case "matching":
            left = {o["number"]: words(o["html"]) for o in body["left"]}
            return "; ".join(
                f"{left[int(a)]} → {options[b]}" for a, b in key["pairs"].items()
            )
        case "ordering":
            return " → ".join(options[n] for n in key["order"])
        case "cloze":
            both = zip(key["gaps"], body["gaps"], strict=True)
            return "; ".join(_gap(gap, place["options"]) for gap, place in both)
        case "numeric":
            return _number(key)
    return ""


def _number(key) -> str:
    if "low" in key:
        low, high = (str(key[end]).replace(".", ",") for end in ("low", "high"))
        return low if low == high else f"{low} – {high}"
    low, high = key["low_formula"], key["high_formula"]
    asked = low if low == high else f"{low} – {high}"
    width = str(key["tolerance"]).replace(".", ",")
    return f"{asked} ± {width}{'%' if key['percent'] else ''}"


def _gap(gap, options) -> str:
    if gap["shape"] == "choice":
        texts = {option["number"]: option["text"] for option in options}
        return texts[gap["right"]]
    if gap["shape"] == "number":
        return _number(gap)
    return " | ".join(gap["accepted"])


def value_text(value: Any) -> str:
    """Return a setting of a file as the file would say it."""
    if value is None or value in ("", []):
        return "–"
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, dict):
        return " ".join(value_text(part) for part in value.values())
    if isinstance(value, list):
        sign = ", " if all(isinstance(part, list) for part in value) else "; "
        return sign.join(_entry(part) for part in value)
    return str(value)


def _entry(part: Any) -> str:
    if isinstance(part, list):
        return " ".join(value_text(word) for word in part)
    return value_text(part)
