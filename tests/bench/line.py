"""The shape of one measure."""


def line(name: str, value: float, unit: str, limit: float | None, ratio=None) -> dict:
    """Return one measure; `limit` is on the ratio where there is one, else on value."""
    seen = value if ratio is None else ratio
    return {
        "name": name,
        "value": round(value, 3),
        "unit": unit,
        "ratio_to_hello": None if ratio is None else round(ratio, 2),
        "limit": limit,
        "ok": limit is None or seen <= limit,
    }
