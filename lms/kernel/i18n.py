"""Marking texts for translation. Indonesian is the source language."""


def N_(text: str) -> str:  # noqa: N802  (the gettext convention)
    """Mark `text` for the translators; it is translated where it is shown."""
    return text
