"""One entry against itself: leaf, commitment, salt, body and every column, each named when it alone was changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ledger.appending import private_salt, salt_mark
from ledger.drafts import END, moment
from ledger.suites.hashing import SHA256
from ledger.verification import shapes
from ledger.verification.findings import Report
from ledger.verification.records import Record, parsed

ENTRY, BODY, STONE = "ledger_entry", "ledger_entrybody", "ledger_tombstone"
CHANGED = "与写入时不同"


@dataclass(frozen=True)
class Promise:
    """What an act's private entry says about one public entry that follows it."""

    said: dict[str, Any]
    act: dict[str, Any]


def true_leaf(record: Record, promise: Promise | None, report: Report) -> bytes:
    """Check leaf, commitment, salt and body against each other; give the leaf as it must have been when written."""
    told = record.body is not None and record.salt is not None
    recomputed = SHA256.commitment(salt=record.salt or b"", body=record.body or b"") if told else None
    promised = bytes.fromhex(promise.said["commitment"]) if promise else None
    leaf = SHA256.leaf(record.commitment)
    if record.leaf != leaf:
        others = {recomputed, promised} - {None}
        if others and record.commitment not in others:
            report.add("entry.commitment", ENTRY, record.position, "commitment", "承诺值" + CHANGED)
            return record.leaf
        report.add("entry.leaf", ENTRY, record.position, "leaf", "叶" + CHANGED)
        return leaf
    if recomputed is not None and recomputed != record.commitment:
        column = _salt_or_body(record, promise)
        report.add(f"entry.{column}", BODY, record.position, column, ("盐" if column == "salt" else "正文") + CHANGED)
    return leaf


def _salt_or_body(record: Record, promise: Promise | None) -> str:
    salt = record.salt or b""
    if promise is None:
        return "body" if salt == private_salt(record.id) else "salt"
    return "body" if salt_mark(record.id, salt) == promise.said["salt"] else "salt"


def is_whole(record: Record) -> bool:
    """Tell whether salt and body still give the commitment."""
    if record.salt is None or record.body is None:
        return False
    return SHA256.commitment(salt=record.salt, body=record.body) == record.commitment


def check_private(record: Record, report: Report) -> dict[str, Any] | None:
    """Check a private entry's columns against its body; give the body, or None where it cannot be read."""
    if record.body is None:
        report.add("entry.body_missing", BODY, record.position, "body", "私有条目没有正文")
        return None
    said = record.said()
    if said is None or (is_whole(record) and not shapes.is_act(said)):
        report.add("entry.body", BODY, record.position, "body", "正文读不出来")
        return None
    if is_whole(record):
        expected = {**_shared(said), "id": said["id"], "kind": said["kind"], "at": said["at"], "reason_digest": said["reason"],
                    "refs": said["refs"], "is_public": False, "document": None, "version": None}  # fmt: skip
        _compare(record, expected, report)
    if record.stone:
        report.add("tombstone.stranger", STONE, record.position, "", "这个位置不是结束条目，却有结束标记")
    return said


def check_public(record: Record, promise: Promise, report: Report) -> None:
    """Check a public entry's columns against what its act said about it, and an end against its tombstone."""
    said = promise.said
    expected = {**_shared(promise.act), "id": said["id"], "kind": said["kind"], "at": said["at"], "reason_digest": None, "refs": [],
                "is_public": True, "document": said["document"], "version": said["version"]}  # fmt: skip
    _compare(record, expected, report)
    if record.commitment.hex() != said["commitment"] and SHA256.leaf(record.commitment) == record.leaf:
        report.add("entry.commitment", ENTRY, record.position, "commitment", "承诺值与所属行为里记下的不同")
    if said["kind"] == END:
        _check_end(record, report)
    elif record.stone:
        report.add("tombstone.stranger", STONE, record.position, "", "这个位置不是结束条目，却有结束标记")


def _check_end(record: Record, report: Report) -> None:
    told = parsed(record.body) if is_whole(record) else None
    if record.stone is None:
        report.add("tombstone.missing", STONE, record.position, "", "结束条目没有结束标记")
    elif told is not None:
        stone = record.stone
        found = {
            "document": str(stone.document),
            "version": stone.version,
            "kind": stone.kind,
            "day": stone.day.isoformat(),
        }
        for column, value in found.items():
            if value != told.get(column):
                report.add(f"tombstone.{column}", STONE, record.position, column, "结束标记" + CHANGED)


def _shared(act: dict[str, Any]) -> dict[str, Any]:
    return {"object_type": act["object"][0], "object_id": act["object"][1], "person": act["person"], "role": act["role"],
            "request_id": act["request"]}  # fmt: skip


def _compare(record: Record, expected: dict[str, Any], report: Report) -> None:
    for column, value in expected.items():
        found = getattr(record, column)
        if (moment(found) if column == "at" else found) != value:
            report.add(f"entry.{column}", ENTRY, record.position, column, "这一列" + CHANGED)
