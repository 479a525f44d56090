"""`make bench`: one JSON line per measure; exit 1 when one is over its limit.

Times of pages are CPU seconds of the whole server process per request, as a ratio
to a bare Flask application under the same kind of server, measured in turns.
"""

import json
import sys

from . import (
    bytes_sent,
    catalogue,
    certificate,
    exports,
    pages,
    publishing,
    team,
    vitals,
)
from .stage import Stage


def main() -> int:
    """Run all measures; return how many are over their limit."""
    over = 0
    with Stage() as stage:
        # The catalogue last: it adds 2,000 courses.
        parts = (pages, bytes_sent, vitals, team, publishing, exports, certificate,
                 catalogue)  # fmt: skip
        for part in parts:
            for line in part.measure(stage):
                print(json.dumps(line), flush=True)
                over += not line["ok"]
    return min(over, 1)


if __name__ == "__main__":
    sys.exit(main())
