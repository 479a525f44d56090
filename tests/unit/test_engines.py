"""What runs on one database runs on the other."""

from collections import Counter

from tests.conftest import ENGINES


def test_as_many_tests_run_on_postgresql_as_on_sqlite(request):
    counts = Counter(
        value
        for item in request.session.items
        if hasattr(item, "callspec")
        for value in item.callspec.params.values()
        if isinstance(value, str) and value in ENGINES
    )

    assert counts["sqlite"] == counts["postgresql"]
