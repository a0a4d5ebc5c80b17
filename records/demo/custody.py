"""The custody of the demo: a key with a passphrase everybody is told, a reporter who left his number, two requests that wait."""

from __future__ import annotations

from datetime import timedelta

from accounts.models import User
from records.demo import papers
from records.demo.playing import Cast
from records.models import ComplaintFile
from records.services.intake import custody, night, register
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
        uploads=(papers.decision("完工验收单.pdf"),),
    )
    received = register.receive(actor=None, facts=facts, now=cast.now - SENT_BEFORE)
    asker = cast.accounts.get("handler-fg")
    if asker is not None:
        _decided(cast, asker)
        custody.ask(
            actor=asker,
            complaint=received.complaint,
            reason="合同编号与台账对不上，须当面核对合同原件。",
            now=cast.now - ASKED_BEFORE,
        )
        custody.ask(
            actor=asker,
            complaint=received.complaint,
            file=ComplaintFile.objects.get(complaint=received.complaint),
            reason="验收单的制作时间有争议，须核对收到时的原件。",
            now=cast.now - ASKED_BEFORE,
        )


def _decided(cast: Cast, asker: User) -> None:
    """An older case, in which one request lapsed, one was refused, and one opened the identity for its three days."""
    facts = Intake(
        object_department=cast.places["transport"],
        content="站前路的公交站台去年说好三个月内加装遮雨棚，到今天还是露天的。",
        happened="2026年3月",
        name="一位乘客",
        contact="passenger@example.org",
    )
    sent = cast.now - timedelta(days=50)
    complaint = register.receive(actor=None, facts=facts, now=sent).complaint
    first = sent + timedelta(days=2)
    custody.ask(actor=asker, complaint=complaint, reason="想当面了解站台的具体位置。", now=first)
    night.lapse_requests(now=first + timedelta(days=30))
    second = first + timedelta(days=31)
    refused = custody.ask(actor=asker, complaint=complaint, reason="需要补充现场照片的拍摄时间。", now=second)
    custody.refuse(
        actor=cast.accounts["custodian"],
        request=refused,
        reason="可以凭回执向反映人留言询问，不必知道他是谁。",
        now=second + timedelta(hours=3),
    )
    third = cast.now - timedelta(days=1)
    released = custody.ask(actor=asker, complaint=complaint, reason="留言十天没有回音，须请他到场指认站台。", now=third)
    custody.release(
        actor=cast.accounts["custodian"],
        request=released,
        passphrase=PASSPHRASE,
        reason="确有必要，限三日内查看。",
        now=third + timedelta(hours=2),
    )
