"""What duties write, the log answers for: rows, files and the drafts that come of them, in every way they end."""

from __future__ import annotations

from ledger.verification.run import verify
from tests.records import factories as records
from tests.records.duties import factories


def test_duties_in_their_last_states_verify(fresh_database: object) -> None:
    records.load_law()
    scene = records.scene()
    for build in (
        factories.taken,
        factories.cancelled,
        factories.accepted,
        factories.refused,
        factories.closed,
        factories.transferred,
        factories.lightened,
        factories.waived,
        factories.named,
    ):
        build(scene)
    assert [finding for finding in verify().findings if not finding.code.startswith("head.")] == []
