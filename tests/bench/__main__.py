"""`make bench`: one JSON line per measure; exit 1 when one is over its limit.

Times of pages are CPU seconds of the whole server process per request, as a ratio
to a bare Flask application under the same kind of server, measured in turns.
"""

import json
import sys

from . import (
    api,
    bytes_sent,
    catalogue,
    certificate,
    dashboard,
    exports,
    import_people,
    item_analysis,
    pages,
    publishing,
    team,
    vitals,
)
from .stage import Stage

# The API reads what the export has filled; the crowd of the
# dashboard, the 2,000 courses of the catalogue and the 10,000 attempts come last.
PARTS = (
    pages,
    bytes_sent,
    vitals,
    team,
    publishing,
    import_people,
    exports,
    api,
    certificate,
    dashboard,
    catalogue,
    item_analysis,
)


def main() -> int:
    """Run all measures; return how many are over their limit."""
    over = 0
    with Stage() as stage:
        for part in PARTS:
            for line in part.measure(stage):
                print(json.dumps(line), flush=True)
                over += not line["ok"]
    return min(over, 1)


if __name__ == "__main__":
    sys.exit(main())
