"""Hostile values, and the routes to try them on."""

NUMBERS = ["0", "1", "-1", "999999999", "9223372036854775808", "1e3", "٣"]
TEXTS = [
    "tidak-ada",
    "..",
    "%00",
    "a" * 3000,
    "<script>alert(1)</script>",
    "' OR 1=1 --",
    "%",
    "\u202e",
    "%ff%fe",
    "{{7*7}}",
]


def routes(app, method: str, number: object = 1, word: str = "tidak-ada"):
    """Return (endpoint, url) of every route answering to `method`."""
    # A list, not a generator: a request inside an open context would share it.
    with app.test_request_context():
        return [
            (rule.endpoint, app.url_for(rule.endpoint, **_values(rule, number, word)))
            for rule in app.url_map.iter_rules()
            if method in rule.methods
        ]


def _values(rule, number: object, word: str) -> dict[str, object]:
    return {name: number if is_number(rule, name) else word for name in rule.arguments}


def is_number(rule, name: str) -> bool:
    """Say whether a place of the address takes whole numbers."""
    return type(rule._converters[name]).__name__ == "IntegerConverter"
