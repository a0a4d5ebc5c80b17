"""What the casework writes, the log answers for: rows, files and public copies, whatever happened to the records."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from django.conf import settings

from accounts.services import proposals
from accounts.services import recoding as register
from ledger.verification.run import verify
from records.models import Evidence, RecordState
from records.services import correction, recoding
from records.web import scanning
from tests.accounts import factories as accounts
from tests.records import factories
from tests.records.commitments import promising
from tests.records.factories import NOW


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


def test_a_corrected_code_verifies_in_register_record_promise_and_public_copies(fresh_database: object) -> None:
    factories.load_law()
    scene = factories.scene()
    record, promise = factories.disclosed(scene), promising.active(scene)
    first, second = accounts.administrators()
    after, later = NOW + timedelta(minutes=1), NOW + timedelta(hours=1)
    asked = register.propose(
        actor=first, department=scene.bureau, code=accounts.credit_code(), reason="登记时填错一位", now=after
    )
    proposals.confirm(actor=second, proposal=asked, now=after)
    corrected = correction.propose(
        actor=scene.clerk, record=record, filing=scanning.filing_of(record), reason="代码登记有误，已更正",
        version=record.version, takes_code=True, now=later,
    )  # fmt: skip
    correction.sign(actor=scene.second, proposal=corrected, now=later)
    assert recoding.follow_due(now=later) == 1
    assert promising.fresh(promise).report_version == 2
    assert [finding for finding in verify().findings if not finding.code.startswith("head.")] == []
