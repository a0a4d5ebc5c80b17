"""The objection's table walked whole: every state, every action, everybody; what is not listed here is closed."""

from __future__ import annotations

import pytest

from ledger.refusals import Refused
from records.models import ObjectionState
from records.workflow.objections.inquiry import INQUIRY
from records.workflow.objections.machine import OBJECTION, OPEN_DRAFT, REGISTER
from tests.records import proofs
from tests.records.factories import NOW
from tests.records.objections import factories
from tests.records.objections.factories import Hall

S = ObjectionState
APPLICANTS = ("head", "clerk", "colleague")  # they speak for the unit
CITY = ("handler", "decider", "third", "appeals")
OTHERS = ("decider", "third", "appeals")  # of the city, without the handler's hand
SUPERIOR = ("superior", "superior2")

OPEN: dict[str, dict[str, tuple[str, ...]]] = {
    S.DRAFT: {"edit": APPLICANTS, "submit": APPLICANTS},
    S.SUBMITTED: {"accept": CITY, "ask_supplement": CITY, "not_accept": CITY, "withdraw": APPLICANTS},
    S.SUPPLEMENT: {"supplement": APPLICANTS, "withdraw": APPLICANTS},
    S.NOT_ACCEPTED: {},
    S.INVESTIGATING: {
        "check_platform": CITY,
        "ask_provider": CITY,
        "pause": CITY,
        "draft": CITY,
        "extend": CITY,
        "withdraw": APPLICANTS,
    },
    S.PAUSED: {"resume": CITY, "withdraw": APPLICANTS},
    S.DECISION_DRAFT: {"uphold_revoke": OTHERS, "query_draft": OTHERS, "extend": CITY},
    S.UPHELD_CORRECT: {"request_review": APPLICANTS, "request_notice": APPLICANTS},
    S.UPHELD_REVOKE: {"request_notice": APPLICANTS},
    S.UPHELD_STOP: {"request_review": APPLICANTS, "request_notice": APPLICANTS},
    S.DISMISSED: {"request_review": APPLICANTS},
    S.WITHDRAWN_BY_APPLICANT: {},
    S.REVIEW_REQUESTED: {"uphold_review": SUPERIOR, "dismiss_review": SUPERIOR},
    S.REVIEW_UPHELD: {"request_notice": APPLICANTS},
    S.REVIEW_DISMISSED: {},
    S.CLOSED: {},
}
"""Who may do what in which state, with the objection of a unit filed online as the factories build it."""

DECISIONS = (S.UPHELD_CORRECT, S.UPHELD_REVOKE, S.UPHELD_STOP, S.DISMISSED)
ARROWS: dict[str, tuple[tuple[str, ...], str | None]] = {
    "edit": ((S.DRAFT,), None),
    "submit": ((S.DRAFT,), S.SUBMITTED),
    "accept": ((S.SUBMITTED,), S.ACCEPTED),
    "ask_supplement": ((S.SUBMITTED,), S.SUPPLEMENT),
    "not_accept": ((S.SUBMITTED,), S.NOT_ACCEPTED),
    "supplement": ((S.SUPPLEMENT,), S.SUBMITTED),
    "lapse": ((S.SUPPLEMENT,), S.CLOSED),
    "investigate": ((S.ACCEPTED,), S.INVESTIGATING),
    "check_platform": ((S.INVESTIGATING,), None),
    "ask_provider": ((S.INVESTIGATING,), None),
    "take_reply": ((S.INVESTIGATING, S.PAUSED), None),
    "pause": ((S.INVESTIGATING,), S.PAUSED),
    "resume": ((S.PAUSED,), S.INVESTIGATING),
    "draft": ((S.INVESTIGATING,), S.DECISION_DRAFT),
    "redraft": ((S.DECISION_DRAFT,), None),
    "query_draft": ((S.DECISION_DRAFT,), None),
    "extend": ((S.INVESTIGATING, S.DECISION_DRAFT), None),
    "hand_up": ((S.SUBMITTED, S.DECISION_DRAFT), None),
    "escalate": ((S.SUBMITTED, S.INVESTIGATING, S.DECISION_DRAFT, S.REVIEW_REQUESTED), None),
    "uphold_correct": ((S.DECISION_DRAFT,), S.UPHELD_CORRECT),
    "uphold_revoke": ((S.DECISION_DRAFT,), S.UPHELD_REVOKE),
    "uphold_stop": ((S.DECISION_DRAFT,), S.UPHELD_STOP),
    "dismiss": ((S.DECISION_DRAFT,), S.DISMISSED),
    "serve": ((*DECISIONS, S.REVIEW_UPHELD, S.REVIEW_DISMISSED), None),
    "request_review": (DECISIONS, S.REVIEW_REQUESTED),
    "uphold_review": ((S.REVIEW_REQUESTED,), S.REVIEW_UPHELD),
    "dismiss_review": ((S.REVIEW_REQUESTED,), S.REVIEW_DISMISSED),
    "request_notice": ((S.UPHELD_CORRECT, S.UPHELD_REVOKE, S.UPHELD_STOP, S.REVIEW_UPHELD), None),
    "withdraw": (
        (S.SUBMITTED, S.SUPPLEMENT, S.ACCEPTED, S.INVESTIGATING, S.PAUSED),
        S.WITHDRAWN_BY_APPLICANT,
    ),
}
SYSTEM_ONLY = {"lapse", "investigate", "take_reply", "escalate", "hand_up"}


def test_the_table_is_the_one_of_the_law() -> None:
    table = {name: (set(arrow.sources), arrow.target) for name, arrow in OBJECTION.arrows.items()}

    assert table == {name: (set(sources), target) for name, (sources, target) in ARROWS.items()}
    assert (OPEN_DRAFT.target, REGISTER.target) == (S.DRAFT, S.SUBMITTED)
    assert {name for name, arrow in OBJECTION.arrows.items() if arrow.roles == ("system",)} == SYSTEM_ONLY
    assert {name: (set(arrow.sources), arrow.target) for name, arrow in INQUIRY.arrows.items()} == {
        "answer": ({"asked"}, "answered"),
        "lapse": ({"asked"}, "lapsed"),
    }


def test_more_time_and_a_changed_review_need_two_signatures() -> None:
    assert {name: arrow.signatures for name, arrow in OBJECTION.arrows.items() if arrow.signatures} == {
        "extend": ("appeals", "head"),
        "uphold_review": ("appeals", "appeals"),
    }


@pytest.mark.parametrize("state", sorted(OPEN))
def test_every_action_is_open_to_those_listed_and_to_nobody_else(hall: Hall, state: str) -> None:
    objection = factories.fresh(factories.BUILDERS[state](hall))

    for name, user in hall.everyone().items():
        offers = OBJECTION.offers(objection, actor=user, now=NOW)
        offered = {offer.arrow.action for offer in offers if offer.open}
        assert offered == {action for action, people in OPEN[state].items() if name in people}, name
        assert all(offer.open or len(offer.why) > 5 for offer in offers)


def closed(hall: Hall, state: str, people: tuple[str, ...]) -> None:
    """Try everything that is closed, and find nothing written."""
    objection = factories.fresh(factories.BUILDERS[state](hall))
    before = proofs.rows()
    for name in people:
        for action in sorted(OBJECTION.arrows):
            if name in OPEN[state].get(action, ()):
                continue
            try_it = OBJECTION.propose if OBJECTION.arrows[action].signatures else OBJECTION.perform
            with pytest.raises(Refused):
                try_it(action, objection, actor=hall.everyone()[name], now=NOW, reason="理由")
    assert proofs.rows() == before


@pytest.mark.parametrize("state", [S.SUBMITTED, S.DECISION_DRAFT, S.DISMISSED])
def test_what_is_closed_is_refused_and_moves_nothing(hall: Hall, state: str) -> None:
    closed(hall, state, ("head", "handler", "superior"))


@pytest.mark.matrix
@pytest.mark.parametrize("state", sorted(OPEN))
def test_what_is_closed_is_refused_in_every_state_to_everybody(hall: Hall, state: str) -> None:
    closed(hall, state, tuple(hall.everyone()))
