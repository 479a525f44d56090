"""What proves that work was handed in: a fingerprint of its text and files. Pure."""

import hashlib
import json
from collections.abc import Iterable


def fingerprint(text: str, file_hashes: Iterable[str]) -> str:
    """Return the SHA-256 over a text and the hashes of the files, in their order."""
    whole = json.dumps([text, list(file_hashes)], ensure_ascii=False)
    return hashlib.sha256(whole.encode()).hexdigest()
