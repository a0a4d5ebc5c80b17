"""What the database itself refuses of objections, written in plain SQL as the application's login; and what it answers for."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from ledger.verification.run import verify
from records.models import ObjectionDecision, ObjectionState
from records.services.objections import notices
from tests.accounts import factories as accounts
from tests.records import factories as records
from tests.records.objections import factories
from tests.records.objections.factories import Hall

S = ObjectionState


def is_refused(table: str, key: Any, constraint: str, **columns: Any) -> bool:
    """Say whether a write past every service is refused by this constraint."""
    names = ", ".join(f"{name} = %s" for name in columns)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE {table} SET {names} WHERE id = %s", [*columns.values(), key])  # noqa: S608
    except DatabaseError as error:
        return constraint in str(error) or getattr(error.__cause__.diag, "constraint_name", "") == constraint
    return False


@pytest.mark.parametrize("part", ["filer", "reviewer", "approver"])
def test_nobody_of_the_records_chain_becomes_its_decider(hall: Hall, part: str) -> None:
    objection = factories.proposed(hall)
    person = getattr(objection.record, part)
    accounts.granted(person, "appeals", hall.scene.lead)

    assert is_refused("records_objection", objection.pk, "objection_independent", decider_id=person.pk)


def test_handler_decider_and_reviewer_are_three_persons_of_the_right_office(hall: Hall) -> None:
    drafted = factories.proposed(hall)
    assert is_refused(
        "records_objection", drafted.pk, "objection_decider_is_not_handler", decider_id=hall.handler.person_id
    )
    assert is_refused("records_objection", drafted.pk, "objection_in_scope", decider_id=hall.superior.person_id)
    asked = factories.review_requested(hall)
    for former in (hall.handler, hall.decider):
        accounts.granted(former.person, "appeals", hall.province_lead)
        refused = "objection_reviewer_is_not_" + ("handler" if former is hall.handler else "decider")
        assert is_refused("records_objection", asked.pk, refused, reviewed_by_id=former.person_id)


def test_no_state_is_jumped_to_and_nothing_decided_alone(hall: Hall) -> None:
    objection = factories.submitted(hall)

    for state in (S.INVESTIGATING, S.DECISION_DRAFT, S.UPHELD_REVOKE, S.REVIEW_UPHELD, S.DRAFT):
        assert is_refused("records_objection", objection.pk, "objection_state_moves", state=state)
    draft = factories.proposed(hall)
    assert is_refused("records_objection", draft.pk, "objection_decided_by_two", state=S.UPHELD_REVOKE)
    decided = factories.dismissed(hall)
    assert is_refused("records_objection", decided.pk, "objection_identity_kept", decider_id=hall.third.person_id)


def test_a_decision_is_written_once_and_by_two(hall: Hall) -> None:
    objection = factories.dismissed(hall)
    decision = ObjectionDecision.objects.get(objection=objection)

    assert is_refused("records_objectiondecision", decision.pk, "", outcome="revoke")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM records_objection WHERE id = %s", [objection.pk])


def test_a_record_bears_one_open_objection(hall: Hall) -> None:
    first, other = factories.submitted(hall), factories.submitted(hall)

    assert is_refused("records_objection", other.pk, "objection_identity_kept", record_id=first.record_id)


@pytest.mark.matrix
def test_objections_in_every_state_verify(fresh_database: object) -> None:
    records.load_law()
    hall = factories.hall(records.scene())
    built = [build(hall) for build in factories.BUILDERS.values()]
    built.append(factories.escalated(hall))
    upheld = next(each for each in built if each.state == S.UPHELD_CORRECT)
    notices.request(actor=hall.scene.head, objection=upheld, version=upheld.version, now=records.NOW)

    assert [finding for finding in verify().findings if not finding.code.startswith("head.")] == []
