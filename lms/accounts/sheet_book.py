"""Workbooks (XLSX, XLS, ODS) -> rows of texts, read in a process of their own."""

import json
import os
import subprocess
import sys
from pathlib import Path

CHILD = Path(__file__).with_name("sheet_child.py")
PATIENCE = 120  # seconds by the clock; the child bounds its own processor time
_KEPT = ("PATH", "SYSTEMROOT", "LANG", "LC_ALL", "TMPDIR", "TEMP")


def read(data: bytes, most_rows: int, most_columns: int) -> list[dict] | str:
    """Return sheets (name, rows, marks, width, merged), or why it was refused.

    why  password, broken, large
    """
    command = [sys.executable, "-I", "-X", "utf8", str(CHILD)]
    try:
        answered = subprocess.run(  # noqa: S603  (ourselves, no shell)
            [*command, str(most_rows), str(most_columns)],
            input=data,
            capture_output=True,
            timeout=PATIENCE,
            env={name: os.environ[name] for name in _KEPT if name in os.environ},
            check=False,
        )
    except subprocess.TimeoutExpired:
        return "large"
    if answered.returncode:
        # Killed by its own limits, or ended by what the file made the library do.
        broken = b"Traceback" in answered.stderr or b"panicked" in answered.stderr
        return "broken" if broken and b"Memory" not in answered.stderr else "large"
    answer = json.loads(answered.stdout)
    return answer.get("refused") or answer["sheets"]
