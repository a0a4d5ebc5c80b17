"""A judge that cannot see would acquit everybody."""

from __future__ import annotations

from exchange.standin.store import Store
from tests.faults import judge


def test_the_judge_sees_loss_doubling_and_disorder(tmp_path):
    store = Store(tmp_path / "platform.sqlite3")
    for seq, (subject, version) in enumerate([("a", 1), ("a", 2), ("a", 2), ("b", 2), ("b", 1), ("c", 1)]):
        _put(store, f"key-{seq}", subject, version)

    spoken = " | ".join(
        judge.verdict(tmp_path / "platform.sqlite3", {"a": ["C", "U"], "b": ["C", "U"], "c": ["C", "U"]})
    )

    assert "a: doubled [1, 2, 2]" in spoken
    assert "b: out of order [2, 1]" in spoken
    assert "c: lost [2] of 2" in spoken


def _put(store, key, subject, version):
    columns = "key, subject, version, operation, digest, content, received_at, received, verdict, number, code, field, message, warning, platform_id"
    values = [key, subject, version, "U", "d", "{}", "now", 0.0, "stored", "n", "", "", "", "", "p"]
    marks = ", ".join("?" for _value in values)
    with store.writing() as connection:
        connection.execute(f"INSERT INTO messages ({columns}) VALUES ({marks})", values)
