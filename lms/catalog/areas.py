"""Which subject a course is of; courses of one subject share a cover's motif. Pure."""

from collections.abc import Mapping
from typing import Any


def area_of(manifest: Mapping[str, Any]) -> str:
    """Return the competency a course is mainly about, else its first topic, or ""."""
    for promise in manifest["promises"]:
        return promise["code"]
    for tag in manifest["tags"]:
        return tag.casefold()
    return ""
