"""The tables of the duties walked whole: every state, every action, everybody; what is not listed is closed and moves nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from itertools import cycle
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from ledger.refusals import Refused
from records.workflow.duties.accountability import ACCOUNTABILITY
from records.workflow.duties.mitigation import MITIGATION_CLAIM
from records.workflow.duties.rectification import RECTIFICATION
from records.workflow.duties.situation import SITUATION_REPORT
from rules.workflow import Machine
from tests.records import proofs
from tests.records.duties import factories
from tests.records.factories import NOW, Scene

UNIT = ("clerk", "colleague", "head")
CLERKS = ("clerk", "colleague")
LEAD = ("approver", "second")

TABLES: dict[str, dict[str, tuple[tuple[str, ...], str | None]]] = {
    "situation": {
        "write": (("required", "drafted", "returned"), "drafted"),
        "submit": (("drafted",), "submitted"),
        "accept": (("submitted",), "accepted"),
        "send_back": (("submitted",), "returned"),
        "miss": (("required", "drafted", "returned"), None),
        "cancel": (("required", "drafted", "returned", "submitted"), "cancelled"),
    },
    "rectification": {
        "receive": (("ordered",), "received"),
        "begin": (("received",), "in_progress"),
        "answer": (("in_progress", "returned", "overdue"), None),
        "request_extension": (("in_progress",), "extension_requested"),
        "submit": (("in_progress", "returned", "overdue"), "submitted"),
        "grant_extension": (("extension_requested",), "in_progress"),
        "refuse_extension": (("extension_requested",), "in_progress"),
        "accept": (("submitted",), "accepted"),
        "send_back": (("submitted",), "returned"),
        "order_again": (("overdue",), None),
        "refuse": (("overdue",), "refused"),
        "overdue": (("ordered", "received", "in_progress", "extension_requested", "returned"), "overdue"),
        "close": (
            (
                "ordered",
                "received",
                "in_progress",
                "extension_requested",
                "returned",
                "submitted",
                "overdue",
                "refused",
            ),
            "closed",
        ),
    },
    "accountability": {
        "trace": (("opened",), None),
        "find": (("opened",), "found"),
        "send_back": (("found",), "opened"),
        "decide": (("found",), "decided"),
        "transfer": (("decided",), "transferred"),
        "close": (("decided", "transferred"), "closed"),
    },
    "mitigation": {
        "take_up": (("filed",), "reviewing"),
        "lighten": (("reviewing",), "granted_lighten"),
        "waive": (("reviewing",), "granted_waive"),
        "refuse": (("reviewing",), "refused"),
    },
}
"""The arrows of domain 4.6 and 4.9, and of rows 29 and 37."""

OPEN: dict[str, dict[str, dict[str, tuple[str, ...]]]] = {
    "situation": {
        "required": {"write": UNIT},
        "drafted": {"write": UNIT, "submit": ("head",)},
        "submitted": {"accept": ("supervisor",), "send_back": ("supervisor",)},
        "accepted": {},
        "returned": {"write": UNIT},
        "cancelled": {},
    },
    "rectification": {
        "ordered": {"receive": UNIT},
        "received": {"begin": UNIT},
        "in_progress": {"answer": UNIT, "submit": UNIT, "request_extension": ("head",)},
        "extension_requested": {"grant_extension": ("supervisor",), "refuse_extension": ("supervisor",)},
        "submitted": {"accept": ("supervisor",), "send_back": ("supervisor",)},
        "returned": {"answer": UNIT, "submit": UNIT},
        "accepted": {},
        "overdue": {"answer": UNIT, "submit": UNIT, "order_again": ("supervisor",)},
        "refused": {},
        "closed": {},
    },
    "accountability": {
        "opened": {"trace": ("supervisor", *LEAD), "find": ("supervisor", *LEAD)},
        "found": {"decide": LEAD, "send_back": LEAD},
        "decided": {"close": LEAD},
        "transferred": {"close": LEAD},
        "closed": {},
    },
    "mitigation": {
        "filed": {"take_up": ("supervisor", *LEAD)},
        "reviewing": dict.fromkeys(("lighten", "waive", "refuse"), ("supervisor", "second")),
        "granted_lighten": {},
        "granted_waive": {},
        "refused": {},
    },
}
"""Who may do what in which state, as the factories build it: nothing transferred was decided, nothing ordered twice."""

MACHINES: dict[str, Machine[Any]] = {
    "situation": SITUATION_REPORT,
    "rectification": RECTIFICATION,
    "accountability": ACCOUNTABILITY,
    "mitigation": MITIGATION_CLAIM,
}
BUILDERS: dict[str, dict[str, Callable[[Scene], Any]]] = {
    "situation": factories.SITUATIONS,
    "rectification": factories.RECTIFICATIONS,
    "accountability": factories.CASES,
    "mitigation": factories.CLAIMS,
}
QUICK = {
    "situation": ("drafted", "submitted"),
    "rectification": ("ordered", "in_progress", "submitted", "overdue"),
    "accountability": ("found", "decided"),
    "mitigation": ("filed", "reviewing"),
}
"""The states somebody must do something in; the rest are walked in the long suite."""
WALK = [(name, state) for name, builders in BUILDERS.items() for state in builders]


@pytest.mark.parametrize("name", TABLES)
def test_the_table_is_the_one_of_the_law(name: str) -> None:
    table = {action: (set(arrow.sources), arrow.target) for action, arrow in MACHINES[name].arrows.items()}

    assert table == {action: (set(sources), target) for action, (sources, target) in TABLES[name].items()}
    assert set(OPEN[name]) == set(BUILDERS[name]) == set(MACHINES[name].states())


def stand(scene: Scene, name: str, state: str) -> tuple[Any, datetime]:
    """Return a case in a state, and the moment it is looked at."""
    case = BUILDERS[name][state](scene)
    assert MACHINES[name].state_of(case) == state
    is_late = name == "rectification" and state in ("overdue", "refused")
    return case, factories.after(case.due_on) if is_late else NOW


def closed_to(name: str, state: str, who: str) -> list[str]:
    """Return the actions that are not somebody's in a state."""
    return [action for action in sorted(MACHINES[name].arrows) if who not in OPEN[name][state].get(action, ())]


@pytest.mark.parametrize(
    ("name", "state"),
    [pytest.param(*each, marks=() if each[1] in QUICK[each[0]] else pytest.mark.matrix) for each in WALK],
)
def test_every_action_is_offered_to_those_listed_and_one_of_the_others_is_refused(
    scene: Scene, name: str, state: str
) -> None:
    machine, (case, now) = MACHINES[name], stand(scene, name, state)
    before = proofs.rows()
    turn = cycle(scene.everyone().items())

    for who, user in scene.everyone().items():
        offered = {offer.arrow.action for offer in machine.offers(case, actor=user, now=now) if offer.open}
        assert offered == {action for action, people in OPEN[name][state].items() if who in people}, who
    for action in sorted(machine.arrows):
        user = next(user for who, user in turn if who not in OPEN[name][state].get(action, ()))
        with pytest.raises(Refused):
            machine.perform(action, case, actor=user, now=now, reason="理由")

    assert proofs.rows() == before


@pytest.mark.matrix
@pytest.mark.parametrize(("name", "state"), WALK)
def test_what_is_closed_is_refused_to_everybody_and_moves_nothing(scene: Scene, name: str, state: str) -> None:
    machine, (case, now) = MACHINES[name], stand(scene, name, state)
    before = proofs.rows()

    for who, user in scene.everyone().items():
        for action in closed_to(name, state, who):
            with pytest.raises(Refused):
                machine.perform(action, case, actor=user, now=now, reason="理由")

    assert proofs.rows() == before


@pytest.mark.matrix
@pytest.mark.parametrize(("name", "state"), WALK)
def test_no_state_moves_in_the_database_but_along_an_arrow(scene: Scene, name: str, state: str) -> None:
    case = BUILDERS[name][state](scene)
    allowed = {target for sources, target in TABLES[name].values() if state in sources and target}
    if name == "situation" and state == "drafted":
        allowed.discard("drafted")

    for target in sorted(set(BUILDERS[name]) - allowed - {state}):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE {case._meta.db_table} SET state = %s WHERE id = %s", [target, case.pk])  # noqa: S608
