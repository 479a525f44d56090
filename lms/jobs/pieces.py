"""Long work done a piece at a time, so that everybody else may write in between."""

import time
from collections.abc import Callable, Iterable


def go_on(
    pending: Iterable[int],
    do_piece: Callable[[int], bool],
    commit: Callable[[], None],
    seconds: float,
) -> bool:
    """Do pieces for so many seconds; True = nothing is left.

    pending   ids of what is to be done, in their order
    do_piece  the next piece of one; False = it is done
    commit    ends each piece
    """
    until = time.monotonic() + seconds
    for number in pending:
        left = True
        while left:
            if time.monotonic() > until:
                return False
            began = time.monotonic()
            left = do_piece(number)
            commit()
            # As long for the others: SQLite gives its lock to who happens to ask.
            time.sleep(min(time.monotonic() - began, 1) if left else 0)
    return True
