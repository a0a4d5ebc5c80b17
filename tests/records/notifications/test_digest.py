"""The morning mail says what the start page says, once a day, on working days, to who wants it, and nothing about others."""

from __future__ import annotations

from datetime import timedelta
from smtplib import SMTPException
from typing import Any

import pytest
from django.core import mail

from accounts.models import User
from ledger.refusals import Invalid
from records.models import DigestMail, MailPreference
from records.selectors import inbox
from records.selectors.notifications import digest
from records.services.notifications import digests, mails, notify
from tests.records import factories
from tests.records.factories import NOW, Scene

pytestmark = pytest.mark.django_db
SATURDAY = NOW + timedelta(days=5)


def wants(user: User) -> None:
    mails.prefer(actor=user, address="zhou@anping.example", wants_digest=True, now=NOW)


@pytest.mark.parametrize(
    "name", ["clerk", "colleague", "reviewer", "head", "approver", "second", "appeals", "supervisor"]
)
def test_the_mail_lists_what_the_inbox_lists_in_the_same_order(name: str, scene: Scene) -> None:
    factories.in_review(scene)
    factories.draft(scene)
    factories.returned(scene)
    factories.notified(scene)
    factories.pending_approval(scene)
    user = scene.everyone()[name]
    mine = inbox.inbox(user=user, now=NOW).mine
    told = digest.compose(user=user, site="https://integrity.example", now=NOW)
    if not mine:
        assert told is None
        return
    assert told is not None
    assert told.items == len(mine)
    assert f"有 {len(mine)} 件等您办" in told.text
    listed = [line for line in told.text.splitlines() if line.startswith("· ")]
    assert len(listed) == len(mine)
    for line, each in zip(listed, mine, strict=True):
        assert each.kind.number(each.case) in line
        assert str(each.task) in line


def test_one_mail_a_day_on_working_days_to_who_wants_it(scene: Scene) -> None:
    factories.in_review(scene)
    assert digests.send_due(now=NOW) == 0
    wants(scene.reviewer)
    wants(scene.neighbour_clerk)  # nothing waits for him
    assert digests.send_due(now=NOW) == 1
    assert digests.send_due(now=NOW + timedelta(minutes=20)) == 0
    assert [message.to for message in mail.outbox] == [["zhou@anping.example"]]
    row = DigestMail.objects.get()
    assert (row.items, row.attempts, row.sent_at) == (1, 1, NOW)
    assert digests.send_due(now=SATURDAY) == 0, "16 May 2026 is a Saturday of rest"
    mails.prefer(actor=scene.reviewer, address="", wants_digest=False, now=NOW)
    assert digests.send_due(now=NOW + timedelta(days=1)) == 0


def test_a_mail_server_that_is_away_is_asked_three_times(scene: Scene, monkeypatch: Any) -> None:
    factories.in_review(scene)
    wants(scene.reviewer)
    tried: list[int] = []

    def refuse(self: Any) -> int:
        tried.append(1)
        raise SMTPException("busy")

    with monkeypatch.context() as broken:
        broken.setattr("django.core.mail.EmailMessage.send", refuse)
        for _run in range(5):
            assert digests.send_due(now=NOW) == 0
    assert len(tried) == 3
    assert DigestMail.objects.get().sent_at is None


def test_no_title_of_a_person_s_record_leaves_by_mail(scene: Scene) -> None:
    factories.in_review(scene, content=factories.about_official(scene))
    told = digest.compose(user=scene.reviewer, site="", now=NOW)
    assert told is not None
    assert scene.official.person.name not in told.text
    assert "失信记录" in told.text


def test_unread_notices_are_counted(scene: Scene) -> None:
    notify(to=[scene.neighbour_clerk.person], kind="case", obj=None, text="已办结", now=NOW)
    told = digest.compose(user=scene.neighbour_clerk, site="", now=NOW)
    assert told is not None
    assert "1 条提醒未读" in told.text


def test_the_address_is_sealed_and_checked(scene: Scene, settings: Any) -> None:
    wants(scene.reviewer)
    kept = MailPreference.objects.get()
    assert b"anping" not in bytes(kept.address_sealed)
    assert mails.address_of(kept) == "zhou@anping.example"
    for wrong in ("", "zhou", "zhou@"):
        with pytest.raises(Invalid) as refused:
            mails.prefer(actor=scene.reviewer, address=wrong, wants_digest=True, now=NOW)
        assert refused.value.field == "address"
    settings.MAIL_DOMAINS = ["gov.example"]
    with pytest.raises(Invalid, match="只能用工作邮箱"):
        wants(scene.reviewer)
