"""Every kind of tampering is found at its row."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from lms.records import checkpoints, hashing
from lms.records.hashing import NotCanonical
from lms.records.ledger import Checkpoint, Fault, Row, verify

NOW = datetime(2026, 11, 22, 7, 0, 0, 123, tzinfo=UTC)


def entry(seq: int, prev_hash: str, **facts) -> Row:
    columns = {"uid": f"u{seq}", "kind": "jp", "person": 4, "at": hashing.instant(NOW)}
    body = hashing.canonical({"seq": seq, "v": 1, "jp": seq} | columns | facts)
    digest = hashing.entry_hash(seq, prev_hash, body)
    return Row(seq, f"u{seq}", "jp", 4, NOW, body, prev_hash, digest)


def chain(length: int = 6) -> list[Row]:
    rows, last = [], hashing.START
    for seq in range(1, length + 1):
        rows.append(entry(seq, last))
        last = rows[-1].hash
    return rows


def test_an_untouched_chain_is_whole():
    rows = chain()

    verdict = verify(rows)

    assert verdict.fault is None
    assert (verdict.count, verdict.head) == (6, Checkpoint(6, rows[-1].hash))


def test_an_empty_ledger_is_whole():
    assert verify([]).fault is None


def test_a_changed_body_is_found():
    rows = chain()
    rows[2] = replace(rows[2], body=rows[2].body.replace('"jp":3', '"jp":9'))

    assert verify(rows).fault == Fault(3, "body")


def test_a_body_that_is_no_json_is_found():
    rows = chain()
    rows[2] = replace(rows[2], body="{")

    assert verify(rows).fault.seq == 3


@pytest.mark.parametrize(
    "change",
    [
        {"person_id": 5},
        {"kind": "correction"},
        {"uid": "other"},
        {"at": NOW.replace(year=2027)},
    ],
)
def test_a_changed_column_is_found(change):
    rows = chain()
    rows[3] = replace(rows[3], **change)

    assert verify(rows).fault == Fault(4, "column")


@pytest.mark.parametrize("gone", [0, 1, 4])
def test_a_missing_row_is_found(gone):
    rows = chain()
    del rows[gone]

    assert verify(rows).fault == Fault(gone + 1, "missing")


def test_swapped_rows_are_found():
    rows = chain()
    rows[1], rows[3] = replace(rows[3], seq=2), replace(rows[1], seq=4)

    assert verify(rows).fault == Fault(2, "moved")


def test_renumbering_after_a_deletion_is_found():
    rows = chain()
    del rows[2]
    rows = [replace(row, seq=n) for n, row in enumerate(rows, start=1)]

    assert verify(rows).fault == Fault(3, "moved")


def test_a_copy_put_in_between_is_found():
    rows = chain()
    forged = entry(4, rows[2].hash, jp=99)
    later = [replace(row, seq=row.seq + 1) for row in rows[3:]]

    assert verify([*rows[:3], forged, *later]).fault == Fault(5, "moved")


def test_a_row_replaced_with_its_own_right_hash_is_found_at_the_next():
    rows = chain()
    rows[2] = entry(3, rows[1].hash, jp=99)

    assert verify(rows).fault == Fault(4, "chain")


def test_a_cut_tail_is_found_only_by_a_checkpoint():
    rows = chain()
    point = Checkpoint(6, rows[-1].hash)

    assert verify(rows[:4]).fault is None
    assert verify(rows[:4], [point]).fault == Fault(5, "truncated")


def test_a_chain_built_anew_is_found_only_by_a_checkpoint():
    point = Checkpoint(4, chain()[3].hash)
    rows, last = [], hashing.START
    for seq in range(1, 7):
        rows.append(entry(seq, last, jp=seq * 10))
        last = rows[-1].hash

    assert verify(rows).fault is None
    assert verify(rows, [point]).fault == Fault(4, "rewritten")


@pytest.mark.parametrize(
    "value", [1.5, None, True, {"a": 0.1}, [None], {1: "a"}, b"x", {"a": [False]}]
)
def test_only_whole_numbers_and_texts_are_canonical(value):
    with pytest.raises(NotCanonical):
        hashing.canonical(value)


def test_canonical_json_is_one_spelling():
    text = hashing.canonical({"b": "é", "a": [1, "2"]})

    assert text == '{"a":[1,"2"],"b":"é"}'
    assert json.loads(text) == {"a": [1, "2"], "b": "é"}


def test_the_hash_is_that_of_the_documented_text():
    # printf 'kelas-asn/ledger/1\n1\n%064d\n{}' 0 | sha256sum
    assert hashing.entry_hash(1, hashing.START, "{}") == (
        "3bd5c4633f66419780fdb741781e22c831ce664a95298973d48bdc0d6198716e"
    )


def test_checkpoint_lines_are_read_back():
    point = Checkpoint(12, "a" * 64)

    text = f"# catatan\n\n{checkpoints.line(point, NOW)}\n"

    assert checkpoints.read(text) == [point]


@pytest.mark.parametrize(
    "line", ["x", "kelas-asn/checkpoint/1 1", "kelas-asn/checkpoint/1 a " + "b" * 64]
)
def test_other_lines_are_no_checkpoints(line):
    with pytest.raises(checkpoints.NotACheckpoint):
        checkpoints.read(line)
