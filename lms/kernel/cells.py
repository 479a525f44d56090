"""Cells that no spreadsheet takes for a formula, and back again."""

# What Excel, LibreOffice or Google Sheets may begin a formula with, also in full width;
# and what may stand before it when a file is opened with the wrong separator.
_RISKY = frozenset('=+-@\t\r\n\v\f\0＝＋－＠;,|"')
MARK = "'"
_SPACES = " \xa0\u3000\ufeff"
_GUARDED = _RISKY | {MARK, *_SPACES}


def safe(text: str) -> str:
    """Return `text` with a leading apostrophe where it could become a formula.

    Texts that begin with an apostrophe get one more, so that `plain` is the exact
    reverse.
    source  OWASP, CSV Injection
    """
    if text and text[0] in _GUARDED and _is_risky(text):
        return MARK + text
    return text


def plain(text: str) -> str:
    """Take the apostrophe of `safe` off again."""
    if text[:1] == MARK and _is_risky(text[1:]):
        return text[1:]
    return text


def _is_risky(text: str) -> bool:
    return text[:1] == MARK or text.lstrip(_SPACES)[:1] in _RISKY
