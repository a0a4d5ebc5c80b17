"""What was signed, used or moved stays as it is, whatever the code says; rows of law end and are never deleted."""

from __future__ import annotations

import pytest
from django.db import Error, connection, transaction

from tests.accounts.factories import NOW
from tests.rules.scenes import People
from tests.rules.workshop import CASE, State

pytestmark = pytest.mark.django_db

FROZEN = ["rules_hand", "rules_signature", "rules_repeat", "rules_deadlinemove"]
KEPT = ["rules_parameter", "rules_code", "rules_calendarday", "rules_deadline", "rules_proposal", "rules_suspension"]


def sql(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize("table", [*FROZEN, *KEPT])
def test_no_row_is_deleted_and_no_table_emptied(table: str, db: None) -> None:
    for statement in (f"DELETE FROM {table}", f"TRUNCATE {table} CASCADE"):  # noqa: S608
        with pytest.raises(Error):
            sql(statement)


@pytest.mark.parametrize("table", FROZEN)
def test_what_was_signed_is_not_changed(people: People, table: str) -> None:
    CASE.propose("withdraw", people.case(State.SHOWN), actor=people.approver, now=NOW, reason="依据已被撤销")
    CASE.perform("submit", people.case(), actor=people.clerk, now=NOW, request_key="k")
    with pytest.raises(Error):
        sql(f"UPDATE {table} SET id = id")  # noqa: S608
