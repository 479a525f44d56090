"""Which level and family of jobs a job belongs to, however HR has written it. Pure."""

from collections.abc import Mapping
from functools import lru_cache

from lms.kernel.text import slug

# Words that say nothing about which level is meant.
FILLERS = {
    *("jabatan", "jenjang", "pejabat", "jf", "fungsional", "struktural", "eselon"),
    *("jpt", "pimpinan", "tinggi"),
}
STRUCTURAL_WORDS = {"jpt", "pimpinan", "eselon"}

# SIASN codes, names, and the names in use before PermenPANRB 13/2019.
FUNCTIONAL = {
    "jf-pemula": ("pm", "pemula", "pelaksanapemula"),
    "jf-terampil": ("tr", "terampil", "pelaksana"),
    "jf-mahir": ("mh", "mahir", "pelaksanalanjutan"),
    "jf-penyelia": ("py", "penyelia"),
    "jf-ahli-pertama": ("pt", "ahlipertama", "pertama"),
    "jf-ahli-muda": ("mu", "ahlimuda", "muda"),
    "jf-ahli-madya": ("ma", "ahlimadya", "madya"),
    "jf-ahli-utama": ("ut", "ahliutama", "utama"),
}
# I.a and I.b are missing: they may be madya or utama.
STRUCTURAL = {
    "pengawas": ("pengawas", "iv", "iva", "ivb"),
    "administrator": ("administrator", "iii", "iiia", "iiib"),
    "jpt-pratama": ("pratama", "ii", "iia", "iib"),
    "jpt-madya": ("madya",),
    "jpt-utama": ("utama",),
}
_FUNCTIONAL = {word: code for code, words in FUNCTIONAL.items() for word in words}
_STRUCTURAL = {word: code for code, words in STRUCTURAL.items() for word in words}
# Ends of job titles that hold a level: "Analis Kebijakan Ahli Muda".
_ENDS = {code.removeprefix("jf-"): code for code in FUNCTIONAL}


@lru_cache(maxsize=2000)  # home asks at every visit
def level_codes(kind: str, level: str, title: str = "") -> tuple[str, ...]:
    """Return codes that a job's level may stand for, the likeliest first; () = none.

    kind   struktural, fungsional, pelaksana, rangkap
    level  as HR wrote it: "MU", "Ahli Muda", "III.a", "jf-ahli-muda"
    title  of the job; the end of a functional title may hold the level
    """
    written = slug(level)
    if kind == "pelaksana":
        return tuple(dict.fromkeys(code for code in (written, "pelaksana") if code))
    meant = _meant(kind, written.split("-")) if written else _from_title(kind, title)
    return tuple(dict.fromkeys(code for code in (written, meant) if code))


def _meant(kind: str, words: list[str]) -> str:
    """Return the code these words mean, "" when they may mean several or none."""
    key = "".join(word for word in words if word not in FILLERS)
    if kind == "fungsional":
        return _FUNCTIONAL.get(key, "")
    if kind == "struktural" or STRUCTURAL_WORDS & set(words):
        return _STRUCTURAL.get(key, "")
    both = {_FUNCTIONAL.get(key, ""), _STRUCTURAL.get(key, "")} - {""}
    return both.pop() if len(both) == 1 else ""


def _from_title(kind: str, title: str) -> str:
    if kind not in ("fungsional", "rangkap"):
        return ""
    written = slug(title)
    return next((c for end, c in _ENDS.items() if written.endswith(f"-{end}")), "")


def family_code(written: str, families: Mapping[str, str]) -> str:
    """Return the code of the family meant, "" when none or several may be.

    families  code -> name
    """
    wanted = slug(written)
    if not wanted:
        return ""
    slugs = {code: (slug(code), slug(name)) for code, name in families.items()}
    for code, names in slugs.items():
        if wanted in names:
            return code
    starts = [
        code
        for code, names in slugs.items()
        if any(name.startswith(f"{wanted}-") for name in names)
    ]
    return starts[0] if len(starts) == 1 else ""
