"""What the casework writes, the log answers for: rows, files and public copies, whatever happened to the records."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from ledger.verification.run import verify
from records.models import Evidence, RecordState
from tests.records import factories


def test_records_in_every_state_verify_and_a_changed_file_is_named(fresh_database: object) -> None:
    factories.load_law()
    scene = factories.scene()
    for state in RecordState.values:
        factories.BUILDERS[state](scene)
    factories.objected(scene)
    assert [finding for finding in verify().findings if not finding.code.startswith("head.")] == []

    stored = next(path for path in sorted(Path(settings.EVIDENCE_ROOT).iterdir()))
    stored.write_bytes(stored.read_bytes()[:-1] + b"X")

    item = Evidence.objects.get(stored_as=stored.name)
    assert any(str(item.pk) in str(finding) for finding in verify().findings)
