"""The repair's table walked whole: every state, every action, everybody; what is not listed here is closed."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from ledger.refusals import Refused
from records.models import RepairState
from records.workflow.repairs.machine import OPEN as OPENING
from records.workflow.repairs.machine import REPAIR
from tests.records import proofs
from tests.records.factories import Scene
from tests.records.repairs import cases
from tests.records.repairs.cases import THEN

S = RepairState
APPLICANTS = ("clerk", "colleague", "head")
OFFICE = ("appeals",)

ARROWS: dict[str, tuple[tuple[str, ...], str | None, tuple[str, ...]]] = {
    "edit": ((S.DRAFT, S.SUPPLEMENT), None, ("subject", "appeals")),
    "submit": ((S.DRAFT,), S.SUBMITTED, ("subject", "appeals")),
    "supply": ((S.SUPPLEMENT,), S.SUBMITTED, ("subject", "appeals")),
    "lapse": ((S.SUPPLEMENT,), S.WITHDRAWN, ("system",)),
    "withdraw": (
        (S.DRAFT, S.SUBMITTED, S.SUPPLEMENT, S.ACCEPTED, S.VERIFYING, S.DECISION_DRAFT),
        S.WITHDRAWN,
        ("subject", "appeals"),
    ),
    "accept": ((S.SUBMITTED,), S.ACCEPTED, ("appeals",)),
    "ask_supplement": ((S.SUBMITTED,), S.SUPPLEMENT, ("appeals",)),
    "not_accept": ((S.SUBMITTED,), S.NOT_ACCEPTED, ("appeals",)),
    "forward": ((S.ACCEPTED,), S.VERIFYING, ("appeals", "system")),
    "draft_decision": ((S.VERIFYING,), S.DECISION_DRAFT, ("appeals",)),
    "extend": ((S.VERIFYING, S.DECISION_DRAFT), None, ("appeals", "head")),
    "approve": ((S.DECISION_DRAFT,), S.APPROVED, ("approver",)),
    "refuse": ((S.DECISION_DRAFT,), S.REFUSED, ("approver",)),
    "sync": ((S.APPROVED,), S.SYNCED, ("system",)),
    "grant_on_objection": ((S.REFUSED,), S.APPROVED, ("system",)),
    "revoke": ((S.APPROVED, S.SYNCED), S.REVOKED, ("approver",)),
}

OPEN: dict[str, dict[str, tuple[str, ...]]] = {
    S.DRAFT: {"edit": APPLICANTS, "submit": ("head",), "withdraw": APPLICANTS},
    S.SUBMITTED: {"accept": OFFICE, "ask_supplement": OFFICE, "not_accept": OFFICE, "withdraw": APPLICANTS},
    S.SUPPLEMENT: {"edit": APPLICANTS, "supply": APPLICANTS, "withdraw": APPLICANTS},
    S.NOT_ACCEPTED: {},
    S.ACCEPTED: {"forward": OFFICE, "withdraw": APPLICANTS},
    S.VERIFYING: {"draft_decision": OFFICE, "extend": OFFICE, "withdraw": APPLICANTS},
    S.DECISION_DRAFT: {"approve": ("second",), "refuse": ("second",), "extend": OFFICE, "withdraw": APPLICANTS},
    S.APPROVED: {"revoke": ("approver", "second")},
    S.REFUSED: {},
    S.SYNCED: {"revoke": ("approver", "second")},
    S.WITHDRAWN: {},
    S.REVOKED: {},
}
"""Who may do what in which state, with the record recognised by `approver` and filed by `clerk` of the unit recorded."""


STRANGERS_TO_MANY = ("clerk", "head", "appeals", "approver", "second", "neighbour_reviewer")
"""One of each side; the others are told the same by the buttons."""


def test_the_table_is_the_one_of_the_law() -> None:
    table = {name: (set(arrow.sources), arrow.target, set(arrow.roles)) for name, arrow in REPAIR.arrows.items()}

    assert table == {name: (set(sources), target, set(roles)) for name, (sources, target, roles) in ARROWS.items()}
    assert OPENING.target == S.DRAFT


def test_revocation_and_extension_need_two_signatures() -> None:
    assert {name: arrow.signatures for name, arrow in REPAIR.arrows.items() if arrow.signatures} == {
        "revoke": ("approver", "approver"),
        "extend": ("appeals", "head"),
    }


@pytest.mark.parametrize("state", RepairState.values)
def test_every_action_is_open_to_those_listed_and_to_nobody_else(scene: Scene, state: str) -> None:
    repair = cases.BUILDERS[state](scene)

    for name, user in scene.everyone().items():
        offered = {offer.arrow.action for offer in REPAIR.offers(repair, actor=user, now=THEN) if offer.open}
        assert offered == {action for action, people in OPEN[state].items() if name in people}, name


@pytest.mark.parametrize("state", RepairState.values)
def test_what_is_closed_is_refused_and_moves_nothing(scene: Scene, state: str) -> None:
    repair = cases.BUILDERS[state](scene)
    before = proofs.rows()

    for name in STRANGERS_TO_MANY:
        user = scene.everyone()[name]
        for action, arrow in REPAIR.arrows.items():
            if name in OPEN[state].get(action, ()):
                continue
            try_it: Any = REPAIR.propose if arrow.signatures else REPAIR.perform
            with pytest.raises(Refused):
                try_it(action, repair, actor=user, now=THEN, reason="理由")

    assert proofs.rows() == before


def test_every_closed_button_says_why(scene: Scene) -> None:
    repair = cases.drafted(scene)
    for user in scene.everyone().values():
        assert all(offer.open or len(offer.why) > 5 for offer in REPAIR.offers(repair, actor=user, now=THEN))


def broken(sql: str, *given: Any) -> str:
    with pytest.raises(IntegrityError) as caught, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, given)
    diagnosis: Any = caught.value.__cause__
    return str(diagnosis.diag.constraint_name)


def test_the_database_refuses_what_no_service_may_write(scene: Scene) -> None:
    repair = cases.drafted(scene)
    key, decide = str(repair.pk), "UPDATE records_creditrepair SET decided_by_id = %s WHERE id = %s"

    assert broken(decide, str(scene.appeals.person_id), key) in ("repair_decider_is_not_officer", "repair_four_eyes")
    assert broken(decide, str(scene.head.person_id), key) in ("repair_decider_is_not_filer", "repair_four_eyes")
    assert broken(decide, str(scene.approver.person_id), key) == "repair_four_eyes"
    assert broken(decide, str(scene.supervisor.person_id), key) == "repair_decider_in_scope"
    assert broken("UPDATE records_creditrepair SET state = 'synced' WHERE id = %s", key) == "repair_state_moves"
    assert broken("UPDATE records_creditrepair SET number = 'X' WHERE id = %s", key) == "repair_identity_kept"
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM records_creditrepair")


def test_a_decision_without_its_paper_does_not_commit(scene: Scene) -> None:
    repair = cases.drafted(scene)
    decide = (
        "UPDATE records_creditrepair SET state = 'refused', decided_by_id = %s, decided_on = '2026-08-11',"
        " decision_number = '一号' WHERE id = %s"
    )
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert broken(decide, str(scene.second.person_id), str(repair.pk)) == "repair_papers"
