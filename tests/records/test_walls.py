"""The database refuses by itself what the services refuse: written here in plain SQL, as the application's login."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from accounts.services import recusing
from records.models import DishonestyRecord, RecordState
from tests.accounts import factories as accounts
from tests.records import factories
from tests.records.factories import NOW, Scene

S = RecordState


def write(record: DishonestyRecord, **columns: Any) -> None:
    """Write columns of the record past every service."""
    names = ", ".join(f"{name} = %s" for name in columns)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE records_dishonestyrecord SET {names} WHERE id = %s", [*columns.values(), record.pk])  # noqa: S608


def is_refused(record: DishonestyRecord, constraint: str, **columns: Any) -> bool:
    """Say whether the write is refused by this constraint."""
    try:
        write(record, **columns)
    except DatabaseError as error:
        return constraint in str(error) or getattr(error.__cause__.diag, "constraint_name", "") == constraint
    return False


def test_the_application_cannot_make_the_filer_the_reviewer(scene: Scene) -> None:
    record = factories.in_review(scene)
    accounts.granted(scene.clerk.person, "reviewer", scene.bureau)

    assert is_refused(record, "record_four_eyes", reviewer_id=scene.clerk.person_id)


def test_an_editor_who_is_not_the_filer_is_caught_by_his_hand(scene: Scene) -> None:
    content = factories.filing(scene)
    record = factories.draft(scene, content=content)
    record = factories.edited(scene, record, by=scene.colleague, content=content)
    accounts.granted(scene.colleague.person, "reviewer", scene.bureau)

    assert is_refused(record, "record_four_eyes", reviewer_id=scene.colleague.person_id)


def test_the_reviewer_cannot_become_the_approver(scene: Scene) -> None:
    record = factories.pending_approval(scene)
    accounts.granted(scene.reviewer.person, "approver", scene.lead)

    assert is_refused(record, "record_four_eyes", approver_id=scene.reviewer.person_id)


def test_a_reviewer_of_another_department_is_out_of_scope(scene: Scene) -> None:
    record = factories.in_review(scene)

    assert is_refused(record, "record_reviewer_in_scope", reviewer_id=scene.neighbour_reviewer.person_id)


def test_who_approves_elsewhere_is_out_of_scope(scene: Scene) -> None:
    office = accounts.department("青禾县发展和改革局", parent=scene.county, is_credit_lead=True)
    stranger = accounts.user(("approver", office), name="柳见山")
    record = factories.pending_approval(scene)

    assert is_refused(record, "record_approver_in_scope", approver_id=stranger.person_id)


@pytest.mark.parametrize("unit", ["bureau", "neighbour"])
def test_a_tie_to_the_unit_that_files_or_is_recorded_keeps_a_reviewer_out(scene: Scene, unit: str) -> None:
    record = factories.in_review(scene, content=factories.filing(scene, subject_department=scene.neighbour))
    tie = recusing.declare(actor=scene.reviewer, relation="spouse", department=getattr(scene, unit), now=NOW)

    assert is_refused(record, "record_recusal", reviewer_id=scene.reviewer.person_id)
    recusing.end(actor=scene.reviewer, recusal=tie, now=NOW)
    write(record, reviewer_id=scene.reviewer.person_id)
    assert factories.fresh(record).reviewer_id == scene.reviewer.person_id


@pytest.mark.parametrize("declares", ["approver", "official_user"])
def test_a_tie_to_the_official_recorded_keeps_an_approver_out_whoever_declared_it(scene: Scene, declares: str) -> None:
    record = factories.pending_approval(scene, content=factories.about_official(scene))
    both = {"approver": scene.official, "official_user": scene.approver}
    recusing.declare(actor=getattr(scene, declares), relation="spouse", other_person=both[declares].person, now=NOW)

    assert is_refused(record, "record_recusal", approver_id=scene.approver.person_id)
    write(record, approver_id=scene.second.person_id)
    assert factories.fresh(record).approver_id == scene.second.person_id


def test_the_official_recorded_is_neither_reviewer_nor_approver_of_his_record(scene: Scene) -> None:
    record = factories.in_review(scene, content=factories.about_official(scene))
    accounts.granted(scene.official.person, "reviewer", scene.bureau)
    accounts.granted(scene.official.person, "approver", scene.lead)

    assert is_refused(record, "record_recusal", reviewer_id=scene.official.person_id)
    assert is_refused(record, "record_recusal", approver_id=scene.official.person_id)


def test_a_state_moves_only_with_a_higher_version(scene: Scene) -> None:
    record = factories.in_review(scene)

    assert is_refused(record, "record_moves_with_version", state=S.RETURNED)
    write(record, state=S.RETURNED, version=record.version + 1)
    assert factories.fresh(record).state == S.RETURNED


@pytest.mark.parametrize("target", [S.EFFECTIVE, S.DISCLOSED, S.REPAIRED, S.EXPIRED, S.WITHDRAWN, S.ARCHIVED])
def test_no_state_is_jumped_to(scene: Scene, target: str) -> None:
    assert is_refused(factories.draft(scene), "record_state_moves", state=target)


def test_an_unknown_state_is_refused(scene: Scene) -> None:
    assert is_refused(factories.draft(scene), "record_state_moves", state="approved")


def test_dates_stay_in_order(scene: Scene) -> None:
    draft, shown = factories.draft(scene), factories.disclosed(scene)

    assert is_refused(draft, "record_document_not_in_future", decided_on=NOW.date() + timedelta(days=1))
    assert is_refused(shown, "record_public_days_in_order", public_until=NOW.date() - timedelta(days=1))
    assert is_refused(shown, "record_recognised_after_document", recognised_on=NOW.date() - timedelta(days=60))


def test_a_second_record_of_the_same_document_cannot_be_in_force(scene: Scene) -> None:
    first, other = factories.disclosed(scene), factories.disclosed(scene)

    assert is_refused(other, "record_unit_once_per_document", document_number=first.document_number)


def test_versions_never_go_back_and_the_number_never_changes(scene: Scene) -> None:
    record = factories.in_review(scene)

    assert is_refused(record, "record_versions_grow", version=1)
    assert is_refused(record, "record_identity_kept", number="JT-2026-9999")


@pytest.mark.parametrize("table", ["dishonestyrecord", "recordedition", "remark", "evidence", "priornotice"])
def test_nothing_is_deleted(scene: Scene, table: str) -> None:
    factories.withdrawn(scene)

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM records_{table}")  # noqa: S608


@pytest.mark.parametrize(
    ("table", "change"),
    [("remark", "text = '别的理由'"), ("priornotice", "received_by = '别人'"), ("evidence", "sha256 = ''")],
)
def test_what_was_written_stays(scene: Scene, table: str, change: str) -> None:
    factories.withdrawn(scene)

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE records_{table} SET {change}")  # noqa: S608


def read_as_the_public(table: str) -> None:
    """Read a table of the casework with the rights of the public login."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE integrity_public")
        cursor.execute(f"SELECT * FROM records_{table}")  # noqa: S608


@pytest.mark.parametrize("table", ["dishonestyrecord", "evidence", "remark", "recordedition", "lastlook", "sanction"])
def test_the_public_login_reads_no_table_of_the_casework(scene: Scene, table: str) -> None:
    with pytest.raises(DatabaseError, match="permission denied"):
        read_as_the_public(table)
