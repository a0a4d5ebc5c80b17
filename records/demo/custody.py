"""The custody of the demo: a key with a passphrase everybody is told, a reporter who left his number, a request that waits."""

from __future__ import annotations

from datetime import timedelta

from records.demo.playing import Cast
from records.services.intake import custody, register
from records.services.intake.register import Intake

PASSPHRASE = "演示用的保管口令二〇二六"  # noqa: S105 - printed by `make run`, like the accounts
SENT_BEFORE = timedelta(days=6)
ASKED_BEFORE = timedelta(hours=3)


def play(cast: Cast) -> None:
    """Make the key and take in a complaint with a contact; the night that numbers it comes with the other complaints."""
    custody.make_key(actor=cast.accounts["custodian"], passphrase=PASSPHRASE, now=cast.now - timedelta(days=200))
    facts = Intake(
        object_department=cast.places["transport"],
        content="2025年签的养护合同，完工验收后一直不付尾款，答应过两次付款日期都没有兑现。",
        happened="2025年11月",
        name="一位包工队长",
        contact="reporter@example.org",
    )
    received = register.receive(actor=None, facts=facts, now=cast.now - SENT_BEFORE)
    asker = cast.accounts.get("handler-fg")
    if asker is not None:
        custody.ask(
            actor=asker,
            complaint=received.complaint,
            reason="合同编号与台账对不上，须当面核对合同原件。",
            now=cast.now - ASKED_BEFORE,
        )
