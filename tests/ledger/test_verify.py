"""``verify_ledger`` finds nothing where nothing was touched, and names exactly what was."""

from __future__ import annotations

from uuid import uuid4

from ledger import heads
from ledger.verification.run import verify
from tests.ledger.scenes import NOW, bury, publish, register


def scene() -> None:
    """Fill a log with rows, public versions and an end, under two heads."""
    for n in range(5):
        register(f"第{n}人", reason="登记")
    kept, ended = uuid4(), uuid4()
    publish(kept, b'{"v":1}')
    publish(ended, b'{"v":1}')
    heads.sign_head(NOW)
    publish(kept, b'{"v":2}', version=2, kind="correct")
    bury(ended)
    register("末人")
    heads.sign_head(NOW)


def test_an_untouched_log_is_clean(small_house):
    scene()
    report = verify()

    assert [str(finding) for finding in report.findings] == []
    assert report.counts["rows"] == 6
