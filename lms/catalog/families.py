"""What families of jobs are called; a later feature says it.

Courses name families by code (`untuk_jabatan`). Without a registration a code is
shown as words.
"""

from collections.abc import Callable, Mapping

NamesOf = Callable[[], Mapping[str, str]]  # all families: code -> name
_sources: list[NamesOf] = []


def register(source: NamesOf) -> None:
    """Let `source` say the names; the last registration counts."""
    _sources[:] = [source]


def names() -> Mapping[str, str]:
    """Return code -> name of the families that are known by name."""
    return _sources[0]() if _sources else {}


def words(code: str) -> str:
    """Write a code as words: "petugas-loket" -> "Petugas loket"."""
    return code.replace("-", " ").replace("_", " ").strip().capitalize()
