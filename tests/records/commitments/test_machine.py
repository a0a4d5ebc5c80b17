"""The commitment's table walked whole: every state, every action, everybody; what is not listed here is closed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import pytest

from ledger.refusals import NotAllowed, Refused
from records.models import CommitmentState
from records.services.commitments import performance, stepping
from records.workflow.commitments.machine import COMMITMENT, REGISTER
from records.workflow.commitments.milestones import MILESTONE
from tests.records import proofs
from tests.records.commitments import promising
from tests.records.factories import NOW, Scene

S = CommitmentState
CLERKS, APPROVERS = ("clerk", "colleague"), ("approver", "second")
JUDGES = (*APPROVERS, "supervisor")
GIVEN = (S.ACTIVE, S.PERFORMED_CLAIMED, S.OVERDUE, S.CHANGE_PENDING, S.FULFILLED, S.BREACHED, S.CHANGED)

OPEN: dict[str, dict[str, tuple[str, ...]]] = {
    S.DRAFT: {"edit": CLERKS, "submit": CLERKS, "cancel": CLERKS},
    S.PENDING_REVIEW: {"activate": ("reviewer",), "send_back": ("reviewer",), "cancel": CLERKS},
    S.RETURNED: {"edit": CLERKS, "submit": CLERKS, "cancel": CLERKS},
    S.ACTIVE: {"claim": (*CLERKS, "official"), "request_change": CLERKS, "amend": CLERKS},
    S.PERFORMED_CLAIMED: {"fulfil": JUDGES, "not_accept": JUDGES},
    S.FULFILLED: {},
    S.OVERDUE: {
        "claim_late": CLERKS,
        "request_change": CLERKS,
        "order_rectification": ("supervisor",),
        "breach": ("supervisor",),
    },
    S.BREACHED: {},
    S.CHANGE_PENDING: {
        "record_compensation": CLERKS,
        "approve_change": ("head",),
        "refuse_change": ("head", *APPROVERS),
    },
    S.CHANGED: {},
    S.CANCELLED: {},
}
"""Who may do what in which state; the overdue one stands with an order that went unheeded, the changing one compensated."""

ARROWS: dict[str, tuple[tuple[str, ...], str | None]] = {
    "edit": ((S.DRAFT, S.RETURNED), None),
    "submit": ((S.DRAFT, S.RETURNED), S.PENDING_REVIEW),
    "cancel": ((S.DRAFT, S.PENDING_REVIEW, S.RETURNED), S.CANCELLED),
    "send_back": ((S.PENDING_REVIEW,), S.RETURNED),
    "activate": ((S.PENDING_REVIEW,), S.ACTIVE),
    "succeed": ((S.DRAFT,), S.ACTIVE),
    "publish": (GIVEN, None),
    "retire": (GIVEN, None),
    "follow_code": (GIVEN, None),
    "claim": ((S.ACTIVE,), S.PERFORMED_CLAIMED),
    "claim_late": ((S.OVERDUE,), S.PERFORMED_CLAIMED),
    "fulfil": ((S.PERFORMED_CLAIMED,), S.FULFILLED),
    "not_accept": ((S.PERFORMED_CLAIMED,), S.ACTIVE),
    "lapse": ((S.ACTIVE,), S.OVERDUE),
    "order_rectification": ((S.OVERDUE,), None),
    "breach": ((S.OVERDUE,), S.BREACHED),
    "amend": ((S.ACTIVE,), None),
    "request_change": ((S.ACTIVE, S.OVERDUE), S.CHANGE_PENDING),
    "record_compensation": ((S.CHANGE_PENDING,), None),
    "approve_change": ((S.CHANGE_PENDING,), S.CHANGED),
    "refuse_change": ((S.CHANGE_PENDING,), S.ACTIVE),
    "refuse_change_overdue": ((S.CHANGE_PENDING,), S.OVERDUE),
}
SYSTEM_ONLY = {"lapse", "retire", "succeed", "follow_code"}


def moment(state: str) -> datetime:
    """When the objects of a state are looked at."""
    return promising.LATER if state in (S.OVERDUE, S.BREACHED) else NOW


def test_the_table_is_the_one_of_the_reference() -> None:
    table = {name: (set(arrow.sources), arrow.target) for name, arrow in COMMITMENT.arrows.items()}
    assert table == {name: (set(sources), target) for name, (sources, target) in ARROWS.items()}
    assert REGISTER.target == S.DRAFT
    assert {name for name, arrow in COMMITMENT.arrows.items() if arrow.roles == ("system",)} == SYSTEM_ONLY
    assert {name: arrow.signatures for name, arrow in COMMITMENT.arrows.items() if arrow.signatures} == {
        "amend": ("clerk", "approver"),
        "approve_change": ("head", "approver"),
    }


TOLD: dict[str, tuple[bool, str]] = {
    "activate": (True, "C"),
    "succeed": (True, "C"),
    "publish": (True, ""),
    "retire": (True, ""),
    "follow_code": (True, "U"),
    "fulfil": (True, "U"),
    "lapse": (True, "U"),
    "breach": (True, "U"),
    "amend": (True, "U"),
    "approve_change": (True, "U"),
}
"""The public and push columns of 4.1 by arrow: whether the page changes, and what the platform is told; the others do neither."""


def test_what_the_public_and_the_platform_are_told_is_that_of_the_reference() -> None:
    table = {name: (bool(str(arrow.public)), arrow.reported) for name, arrow in COMMITMENT.arrows.items()}
    assert table == {name: TOLD.get(name, (False, "")) for name in ARROWS}


@pytest.mark.parametrize("state", S.values)
def test_every_action_is_open_to_those_listed_and_to_nobody_else(scene: Scene, state: str) -> None:
    made = promising.IN_STATE[state](scene)
    for name, user in scene.everyone().items():
        offers = COMMITMENT.offers(made, actor=user, now=moment(state))
        opened = {offer.arrow.action for offer in offers if offer.open}
        assert opened == {action for action, people in OPEN[state].items() if name in people}, name
        assert all(offer.open or len(offer.why) > 5 for offer in offers)


def walk_closed(scene: Scene, state: str, people: Iterable[str]) -> None:
    """Try everything that is not open, as these people; nothing may move."""
    made = promising.IN_STATE[state](scene)
    before = proofs.rows()
    for name in people:
        user = scene.everyone()[name]
        for action in sorted(COMMITMENT.arrows):
            if name in OPEN[state].get(action, ()):
                continue
            try_it = COMMITMENT.propose if COMMITMENT.arrows[action].signatures else COMMITMENT.perform
            with pytest.raises(Refused):
                try_it(action, made, actor=user, now=moment(state), reason="理由")
    assert proofs.rows() == before


def test_what_is_closed_is_refused_and_moves_nothing(scene: Scene) -> None:
    walk_closed(scene, S.ACTIVE, ("reviewer", "supervisor", "neighbour_clerk"))


@pytest.mark.matrix
@pytest.mark.parametrize("state", S.values)
def test_what_is_closed_is_refused_in_every_state(scene: Scene, state: str) -> None:
    walk_closed(scene, state, scene.everyone())


def test_nobody_judges_what_he_answers_for_claimed_or_reported(scene: Scene) -> None:
    made = promising.active(scene)
    step = promising.report_step(scene, made.milestones.order_by("place")[0])
    with pytest.raises(NotAllowed):
        stepping.check(actor=scene.clerk, milestone=step, note="", version=step.version, now=NOW)
    offers = {offer.arrow.action: offer for offer in MILESTONE.offers(step, actor=scene.reviewer, now=NOW)}
    assert offers["check"].open
    assert not offers["report"].open


def test_an_unproven_late_claim_goes_back_to_overdue(scene: Scene) -> None:
    made = promising.claim(scene, promising.overdue(scene), now=promising.LATER)
    back = performance.not_accept(
        actor=scene.approver, commitment=made, reason="凭证对不上", version=made.version, now=promising.LATER
    )
    assert (back.state, back.performed_on) == (S.OVERDUE, None)
    again = promising.claim(scene, promising.fresh(back), now=promising.LATER)
    assert again.is_late
