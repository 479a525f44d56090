"""The memory of immutable rows stays small."""

from lms.catalog.memory import Memory


def test_what_was_used_last_is_kept():
    memory = Memory(limit=2)
    memory.put({"a": 1, "b": 2})

    memory.get(["a"])
    memory.put({"c": 3})

    assert memory.get("abc") == {"a": 1, "c": 3}


def test_nothing_is_kept_after_clearing():
    memory = Memory(limit=2)
    memory.put({"a": 1})

    memory.clear()

    assert memory.get(["a"]) == {}
