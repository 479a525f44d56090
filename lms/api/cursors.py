"""Where a list goes on: the last key, signed, bound to resource and filter. Pure."""

import json
from typing import Any

from itsdangerous import BadData, URLSafeSerializer

from lms.kernel.i18n import N_

from .shapes import ParametersBad

SALT = "kelas-asn/api/cursor/1"
BAD = N_(
    "Kursor ini rusak atau berasal dari permintaan lain. Mulailah lagi tanpa kursor,"
    " atau pakai saringan yang sama."
)


def write(key: str, resource: str, asked: dict[str, Any], last: Any) -> str:
    """Return the cursor behind the row at the place `last`.

    key    the site's secret
    asked  the parameters; other filters are another list
    last   whatever JSON can say: a number, [time, number]
    """
    return _signer(key).dumps([resource, _filters(asked), last])


def read(key: str, resource: str, asked: dict[str, Any]) -> Any:
    """Return the place of the last row seen, 0 without a cursor.

    raises  ParametersBad  damaged, made up, of another resource or filter
    """
    text = asked["cursor"]
    if text is None:
        return 0
    try:
        said_resource, filters, last = _signer(key).loads(text)
    except (BadData, ValueError, TypeError):
        raise ParametersBad({"cursor": BAD}) from None
    if (said_resource, filters) != (resource, _filters(asked)):
        raise ParametersBad({"cursor": BAD})
    return last


def _filters(asked: dict[str, Any]) -> str:
    """Return the filters as one text; limit and cursor are none."""
    kept = {k: str(v) for k, v in sorted(asked.items()) if v is not None}
    return json.dumps({k: v for k, v in kept.items() if k not in ("limit", "cursor")})


def _signer(key: str) -> URLSafeSerializer:
    return URLSafeSerializer(key, salt=SALT)
