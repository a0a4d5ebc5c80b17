"""The record's table walked whole: every state, every action, everybody; what is not listed here is closed."""

from __future__ import annotations

import pytest

from ledger.refusals import Refused
from records.models import RecordState
from records.workflow.record import RECORD, REGISTER
from tests.records import factories, proofs
from tests.records.factories import NOW, Scene

S = RecordState
CLERKS, APPROVERS = ("clerk", "colleague"), ("approver", "second")

OPEN: dict[str, dict[str, tuple[str, ...]]] = {
    S.DRAFT: {"edit": CLERKS, "submit": CLERKS},
    S.PENDING_REVIEW: {
        "recall": ("clerk",),
        "send_back": ("reviewer",),
        "pass_on": ("reviewer",),
        "flag_litigation": (*CLERKS, *APPROVERS),
    },
    S.RETURNED: {"edit": CLERKS, "submit": CLERKS},
    S.NOTIFIED: {
        "take_statement": (*CLERKS, "head"),
        "waive_statement": (*CLERKS, "head"),
        "flag_litigation": (*CLERKS, *APPROVERS),
    },
    S.PENDING_APPROVAL: {
        "recognise": APPROVERS,
        "reject": APPROVERS,
        "return_to_clerk": APPROVERS,
        "flag_litigation": (*CLERKS, *APPROVERS),
    },
    S.REJECTED: {},
    S.EFFECTIVE: {
        "publish": APPROVERS,
        "withdraw": APPROVERS,
        "correct": CLERKS,
        "flag_litigation": (*CLERKS, *APPROVERS),
    },
    S.DISCLOSED: {"withdraw": APPROVERS, "correct": CLERKS, "flag_litigation": (*CLERKS, *APPROVERS)},
    S.REPAIRED: {"withdraw": APPROVERS},
    S.EXPIRED: {"withdraw": APPROVERS},
    S.WITHDRAWN: {"publish_notice": APPROVERS},
    S.ARCHIVED: {},
}
"""Who may do what in which state, with the record of a unit as the factories build it (its notice delivered)."""

ARROWS: dict[str, tuple[tuple[str, ...], str | None]] = {
    "edit": ((S.DRAFT, S.RETURNED), None),
    "submit": ((S.DRAFT, S.RETURNED), S.PENDING_REVIEW),
    "recall": ((S.PENDING_REVIEW,), S.DRAFT),
    "send_back": ((S.PENDING_REVIEW,), S.RETURNED),
    "pass_on": ((S.PENDING_REVIEW,), S.NOTIFIED),
    "pass_heard": ((S.PENDING_REVIEW,), S.PENDING_APPROVAL),
    "deliver_notice": ((S.NOTIFIED,), None),
    "take_statement": ((S.NOTIFIED,), S.PENDING_APPROVAL),
    "waive_statement": ((S.NOTIFIED,), S.PENDING_APPROVAL),
    "end_notice_period": ((S.NOTIFIED,), S.PENDING_APPROVAL),
    "recognise": ((S.PENDING_APPROVAL,), S.EFFECTIVE),
    "reject": ((S.PENDING_APPROVAL,), S.REJECTED),
    "return_to_clerk": ((S.PENDING_APPROVAL,), S.RETURNED),
    "publish": ((S.EFFECTIVE,), S.DISCLOSED),
    "publish_official": ((S.EFFECTIVE,), S.DISCLOSED),
    "expire": ((S.DISCLOSED,), S.EXPIRED),
    "withdraw": ((S.EFFECTIVE, S.DISCLOSED, S.REPAIRED, S.EXPIRED), S.WITHDRAWN),
    "publish_notice": ((S.WITHDRAWN,), None),
    "correct": ((S.EFFECTIVE, S.DISCLOSED), None),
    "flag_litigation": ((S.PENDING_REVIEW, S.NOTIFIED, S.PENDING_APPROVAL, S.EFFECTIVE, S.DISCLOSED), None),
    "clear_litigation": ((S.PENDING_REVIEW, S.NOTIFIED, S.PENDING_APPROVAL, S.EFFECTIVE, S.DISCLOSED), None),
    "follow_duties": ((S.EFFECTIVE, S.DISCLOSED), None),
    "mark_objection": ((S.EFFECTIVE, S.DISCLOSED), None),
    "unmark_objection": ((S.EFFECTIVE, S.DISCLOSED, S.REPAIRED, S.EXPIRED), None),
    "withdraw_on_objection": ((S.EFFECTIVE, S.DISCLOSED, S.REPAIRED, S.EXPIRED), S.WITHDRAWN),
    "correct_on_objection": ((S.EFFECTIVE, S.DISCLOSED), None),
    "stop_on_objection": ((S.DISCLOSED, S.EFFECTIVE), S.EFFECTIVE),
    "suspend_disclosure": ((S.DISCLOSED,), S.EFFECTIVE),
    "resume_disclosure": ((S.EFFECTIVE,), S.DISCLOSED),
    "run_out": ((S.EFFECTIVE,), S.EXPIRED),
    "repair": ((S.EFFECTIVE, S.DISCLOSED), S.REPAIRED),
    "archive": ((S.EXPIRED, S.REPAIRED, S.WITHDRAWN), S.ARCHIVED),
    "restore_after_repair": ((S.REPAIRED,), S.DISCLOSED),
    "restore_unshown": ((S.REPAIRED,), S.EFFECTIVE),
    "restore_expired": ((S.REPAIRED,), S.EXPIRED),
    "delist": ((S.EFFECTIVE, S.DISCLOSED), S.EXPIRED),
}
SYSTEM_ONLY = {
    "end_notice_period",
    "expire",
    "follow_duties",
    "mark_objection",
    "unmark_objection",
    "repair",
    "archive",
    "restore_after_repair",
    "restore_unshown",
    "restore_expired",
    "delist",
    "withdraw_on_objection",
    "correct_on_objection",
    "stop_on_objection",
    "suspend_disclosure",
    "resume_disclosure",
    "run_out",
}


def test_the_table_is_the_one_of_the_law() -> None:
    table = {name: (set(arrow.sources), arrow.target) for name, arrow in RECORD.arrows.items()}

    assert table == {name: (set(sources), target) for name, (sources, target) in ARROWS.items()}
    assert REGISTER.target == S.DRAFT


def test_what_only_time_and_casework_do_is_nobodys_button() -> None:
    assert {name for name, arrow in RECORD.arrows.items() if arrow.roles == ("system",)} == SYSTEM_ONLY


def test_withdrawal_and_officials_need_two_signatures() -> None:
    assert {name: arrow.signatures for name, arrow in RECORD.arrows.items() if arrow.signatures} == {
        "withdraw": ("approver", "approver"),
        "publish_official": ("approver", "approver"),
        "correct": ("clerk", "approver"),
    }


@pytest.mark.parametrize("state", RecordState.values)
def test_every_action_is_open_to_those_listed_and_to_nobody_else(scene: Scene, state: str) -> None:
    record = factories.BUILDERS[state](scene)

    for name, user in scene.everyone().items():
        offered = {offer.arrow.action for offer in RECORD.offers(record, actor=user, now=NOW) if offer.open}
        assert offered == {action for action, people in OPEN[state].items() if name in people}, name


@pytest.mark.parametrize("state", RecordState.values)
def test_what_is_closed_is_refused_and_moves_nothing(scene: Scene, state: str) -> None:
    record = factories.BUILDERS[state](scene)
    before = proofs.rows()

    for name, user in scene.everyone().items():
        for action in sorted(set(RECORD.arrows) - SYSTEM_ONLY):
            if name in OPEN[state].get(action, ()):
                continue
            try_it = RECORD.propose if RECORD.arrows[action].signatures else RECORD.perform
            with pytest.raises(Refused):
                try_it(action, record, actor=user, now=NOW, reason="理由")

    assert proofs.rows() == before


@pytest.mark.parametrize("action", sorted(SYSTEM_ONLY))
def test_nobody_does_what_only_the_system_does(scene: Scene, action: str) -> None:
    record = factories.BUILDERS[ARROWS[action][0][0]](scene)

    for user in scene.everyone().values():
        with pytest.raises(Refused, match="系统"):
            RECORD.perform(action, record, actor=user, now=NOW, reason="理由")


def test_every_closed_button_says_why(scene: Scene) -> None:
    for state in RecordState.values:
        record = factories.BUILDERS[state](scene)
        for offer in RECORD.offers(record, actor=scene.reviewer, now=NOW):
            assert offer.open or len(offer.why) > 5
