"""Where a form may send people: only to our own paths."""

import re

PATH = re.compile(r"/(?![/\\])[\x21-\x5b\x5d-\x7e]*\Z")


def safe_path(target: str | None) -> str | None:
    """Return `target` when it is a path of this site, else None.

    Refuses other hosts (//evil, /\\evil), schemes, control signs and white space.
    """
    if target and len(target) <= 500 and PATH.match(target):
        return target
    return None
