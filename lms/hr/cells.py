"""How values stand in cells of an export. Pure."""

from lms.kernel.cells import MARK, plain, safe

__all__ = ("MARK", "decimal", "plain", "safe")


def decimal(bp: int | None, mark: str = ".") -> str:
    """Write basis points as a number of 100: 7_345 -> "73.45", 8_000 -> "80"."""
    if bp is None:
        return ""
    whole, rest = divmod(bp, 100)
    return f"{whole}{mark}{rest:02}".rstrip("0") if rest else str(whole)
