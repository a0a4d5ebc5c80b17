"""Two people at once make one decision, the clock turns a promise once, and the log answers for all that was written."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from exchange import mappings
from exchange.models import Report
from exchange.standin import checks
from ledger.refusals import Refused
from ledger.verification.run import verify
from records.models import Commitment, CommitmentState
from records.services.commitments import changing, performance, turning
from tests.records.commitments import promising
from tests.records.factories import NOW, Scene
from tests.records.test_races import at_once, built

S = CommitmentState


def test_two_at_once_make_one_decision_and_all_of_it_verifies(fresh_database: object) -> None:
    scene = built()
    made = promising.claimed(scene)

    def fulfil() -> Any:
        return promising.fulfil(scene, made)

    def refuse() -> Any:
        return performance.not_accept(
            actor=scene.supervisor, commitment=made, reason="凭证不全", version=made.version, now=NOW
        )

    results = at_once(fulfil, refuse)
    assert sorted(isinstance(result, Refused) for result in results) == [False, True]

    pending = promising.pending(scene)
    proposal = changing.approve(
        actor=scene.head, commitment=pending, opinion="同意，补偿已到位。", version=pending.version, now=NOW
    )
    signed = at_once(*[lambda: changing.sign(actor=scene.approver, proposal=proposal, now=NOW)] * 2)
    assert sorted(isinstance(result, Refused) for result in signed) == [False, True]
    assert Commitment.objects.filter(replaces=pending).count() == 1

    promising.active(scene)
    day = promising.AFTER_DUE
    assert sum(at_once(*[lambda: turning.lapse_due(now=day)] * 2)) >= 1
    at_once(*[lambda: turning.remind_due(now=NOW)] * 2)
    for build in promising.IN_STATE.values():
        build(scene)
    assert [finding for finding in verify().findings if not finding.code.startswith("head.")] == []


@pytest.mark.parametrize(
    "change",
    [
        "measure = '换一个标准'", "state = 'active'", "judge_id = claimant_id", "number = 'X'", "edition = 0", "score = 101",
        "due_on = '2027-01-01'", "judge_id = reviewer_id", "registered_on = '2026-01-01'",
    ],
)  # fmt: skip
def test_walls_hold_against_whoever_writes(scene: Scene, change: str) -> None:
    made = promising.fulfilled(scene)
    _refused(f"UPDATE records_commitment SET {change} WHERE id = %s", made.pk)  # noqa: S608


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE records_commitmentversion SET why = '改写' WHERE commitment_id = %s",
        "DELETE FROM records_commitmentversion WHERE commitment_id = %s",
        "UPDATE records_milestone SET checked_by_id = reported_by_id, state = 'checked' WHERE commitment_id = %s",
    ],
)
def test_versions_and_milestones_are_kept(scene: Scene, statement: str) -> None:
    made = promising.active(scene)
    promising.report_step(scene, made.milestones.order_by("place")[0])
    _refused(statement, made.pk)


def _refused(statement: str, key: Any) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, [key])


@pytest.mark.parametrize("state", [S.ACTIVE, S.FULFILLED, S.BREACHED, S.CHANGED])
def test_the_platform_takes_what_it_is_told(scene: Scene, state: str) -> None:
    made = promising.IN_STATE[state](scene)
    reports = list(Report.objects.filter(subject_id=made.pk).order_by("version"))
    assert reports[0].operation == "C"
    assert all(report.operation == "U" for report in reports[1:])
    report = reports[-1]
    today = promising.LATER.date()
    mapping = mappings.for_resource(report.resource)
    facts = mappings.Facts(
        subject_id=report.subject_id, version=report.version, operation=report.operation, decided_on=report.decided_on,
        created_at=report.created_at, batch="20260511-1", today=today, fields=report.fields,
    )  # fmt: skip
    row = mapping.fill(facts)
    assert mapping.faults(row, facts) == []
    assert checks.first_complaint({"CN_CZLX": report.operation, **row}, today) is None
    wrong = {"CN_CZLX": report.operation, **row, "CN_LXZT": "9"}
    assert checks.first_complaint(wrong, today) == ("E013", "CN_LXZT", "代码不在目录内")
