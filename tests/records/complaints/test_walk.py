"""The table of a complaint walked whole: every state, every action, everybody; what is not listed here is closed."""

from __future__ import annotations

import pytest

from ledger.refusals import Refused
from records.models import ComplaintState
from records.workflow.complaints.machine import COMPLAINT
from tests.records.complaints import cases
from tests.records.complaints.cases import Cast
from tests.records.factories import NOW

S = ComplaintState
APPROVERS = ("approver", "second")
DOOR = {
    "accept": APPROVERS, "relate": APPROVERS, "transfer": APPROVERS, "not_accept": APPROVERS, "merge": APPROVERS,
}  # fmt: skip
LEADS, HANDLERS = (*APPROVERS, "reviewer", "head"), ("handler", "other_handler")

OPEN: dict[str, dict[str, tuple[str, ...]]] = {
    S.RECEIVED: {"screen": APPROVERS, **DOOR, "withdraw": (*APPROVERS, *HANDLERS)},
    S.SCREENING: {**DOOR, "withdraw": (*APPROVERS, *HANDLERS)},
    S.ACCEPTED: {
        "relate": APPROVERS,
        "transfer": APPROVERS,
        "merge": APPROVERS,
        "assign": LEADS,
        "investigate": HANDLERS,
        "extend": (*APPROVERS, "head"),
        "withdraw": (*APPROVERS, *HANDLERS),
    },
    S.TRANSFERRED: {
        "relate": APPROVERS,
        "merge": APPROVERS,
        "hand_back": ("above", "above_reviewer", "above_head"),
        "assign": (*APPROVERS, "above_reviewer", "above_head"),
        "investigate": ("above",),
        "extend": (*APPROVERS, "above_head"),
        "withdraw": (*APPROVERS, "above"),
    },
    S.INVESTIGATING: {
        "relate": APPROVERS,
        "assign": LEADS,
        "note_findings": ("handler",),
        "verify_true": ("handler",),
        "verify_partial": ("handler",),
        "verify_false": ("handler",),
        "extend": (*APPROVERS, "head"),
        "withdraw": (*APPROVERS, *HANDLERS),
    },
    S.VERIFIED_TRUE: {"order": (*APPROVERS, "supervisor")},
    S.VERIFIED_PARTIAL: {"order": (*APPROVERS, "supervisor")},
    S.VERIFIED_FALSE: {"answer": ("handler",), "mark_malicious": APPROVERS},
    S.RECTIFYING: {},
    S.ANSWERED: {"mark_malicious": APPROVERS},
    S.RATED: {"mark_malicious": APPROVERS},
    S.CLOSED: {"mark_malicious": APPROVERS},
    S.NOT_ACCEPTED: {"mark_malicious": APPROVERS},
    S.MERGED: {},
    S.WITHDRAWN: {},
}
"""Who may press what: by state, action and name of the person."""


def test_every_state_is_walked() -> None:
    assert set(OPEN) == set(S.values) == set(cases.BUILDERS)


@pytest.mark.parametrize("state", S.values)
def test_the_buttons_of_every_state_are_those_of_the_table(cast: Cast, state: str) -> None:
    held = cases.BUILDERS[state](cast)
    assert held.state == state
    found: dict[str, set[str]] = {}
    for name, user in cast.everyone().items():
        for offer in COMPLAINT.offers(held, actor=user, now=NOW):
            if offer.open:
                found.setdefault(offer.arrow.action, set()).add(name)
            else:
                assert offer.why, f"{name} {offer.arrow.action} is closed without a reason"
    assert found == {action: set(names) for action, names in OPEN[state].items()}


@pytest.mark.matrix
@pytest.mark.parametrize(
    "state", [S.RECEIVED, S.TRANSFERRED, S.INVESTIGATING, S.VERIFIED_TRUE, S.VERIFIED_FALSE, S.CLOSED]
)
def test_what_is_closed_is_refused(cast: Cast, state: str) -> None:
    held = cases.BUILDERS[state](cast)
    before = held.version
    for name, user in cast.everyone().items():
        for action, arrow in COMPLAINT.arrows.items():
            if set(arrow.roles) == {"system"} or name in OPEN[state].get(action, ()):
                continue
            with pytest.raises(Refused):
                COMPLAINT.perform(action, held, actor=user, now=NOW, reason="不应当办成")
    assert cases.fresh(held).version == before


@pytest.mark.parametrize("stranger", ["accused_handler", "accused_head", "supervisor", "custodian"])
def test_a_closed_button_is_a_refused_act(cast: Cast, stranger: str) -> None:
    held = cases.screened(cast)
    for action in ("accept", "not_accept", "withdraw"):
        with pytest.raises(Refused):
            COMPLAINT.perform(action, held, actor=cast.everyone()[stranger], now=NOW, reason="不应当办成")
    assert cases.fresh(held).version == held.version
