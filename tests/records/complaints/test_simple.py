"""Simple matters (简易事项): the short term by the screener's choice, never for payments and petitions, turned ordinary once."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError
from django.test import Client

from ledger import acts
from ledger.refusals import Conflict, Invalid, NotAllowed
from records.models import Complaint, ComplaintKind
from records.services.complaints import handling, screening
from records.services.intake import thread
from records.workflow.complaints import clocks
from rules import clock, deadlines
from tests.records import proofs
from tests.records.complaints import cases
from tests.records.complaints.cases import Cast
from tests.records.complaints.test_pages import at, browser, post
from tests.records.factories import NOW

WHY = "要向三个单位调取合同，当场答复不了"
SHORT, ORDINARY = date(2026, 6, 1), date(2026, 7, 10)
"""15 working days, and 60 days, from 11 May 2026."""


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the pages live on the day of the scene."""
    monkeypatch.setattr(clock, "now", lambda: NOW)


def simple(cast: Cast, **facts: Any) -> Complaint:
    held = cases.screened(cast, **{"channel": "HOTLINE_12345", **facts})
    return screening.accept(
        actor=cast.scene.approver, complaint=held, is_simple=True, version=held.version, now=NOW
    )  # fmt: skip


def running(held: Complaint) -> dict[str, date | None]:
    return {each.rule: each.due_on for each in deadlines.open_for(held) if each.rule in clocks.RESULT}


def test_the_screener_chooses_the_short_term_and_everybody_sees_it(cast: Cast) -> None:
    sent = cases.sent(cast, channel="HOTLINE_12345")
    held = cases.fresh(sent.complaint)
    assert "按简易事项办理" in browser(cast.scene.approver).get(at("accept", held.pk)).content.decode()
    assert post(cast.scene.approver, held, "accept", kind="general", is_simple="on").status_code == 302
    held = cases.fresh(held)
    assert running(held) == {clocks.SIMPLE: SHORT}
    page = browser(cast.scene.approver).get(at("complaint", held.pk)).content.decode()
    assert "简易事项" in page
    assert "2026年6月1日" in page
    told = Client().post("/complaints/receipt/", {"number": sent.number, "code": sent.code}).content.decode()
    assert "2026年6月1日前" in told
    assert "简易事项" in told


def test_the_days_of_the_short_term_are_explained(cast: Cast) -> None:
    held = deadlines.open_for(simple(cast)).get(rule=clocks.SIMPLE)
    told = deadlines.kept_derivation(held)
    assert (told.label, told.due_on) == ("简易投诉办结", SHORT)
    assert told.steps


@pytest.mark.parametrize(
    ("channel", "kind"), [("PETITION", ComplaintKind.GENERAL), ("HOTLINE_12345", ComplaintKind.SME_PAYMENT)]
)
def test_payments_and_petitions_have_their_terms_by_law(cast: Cast, channel: str, kind: str) -> None:
    held = cases.screened(cast, channel=channel)
    with proofs.refused(Invalid, "有法定期限，不能按简易事项办"):
        screening.accept(
            actor=cast.scene.approver, complaint=held, kind=kind, is_simple=True, version=held.version, now=NOW
        )
    answer = post(cast.scene.approver, held, "accept", kind=kind, is_simple="on")
    if channel == "PETITION":  # the form does not offer it
        assert "按简易事项办理" not in browser(cast.scene.approver).get(at("accept", held.pk)).content.decode()
        assert not cases.fresh(held).is_simple
    else:
        assert answer.status_code == 422
        assert "有法定期限" in answer.content.decode()


def test_the_database_knows_it_too(cast: Cast) -> None:
    held = cases.accepted(cast, channel="PETITION")
    held.is_simple = True
    with pytest.raises(DatabaseError), acts.act(kind="x", actor=cast.scene.approver, role="approver", now=NOW):
        held.save()


def test_what_is_not_simple_becomes_ordinary_once_and_counts_from_acceptance(cast: Cast) -> None:
    sent = cases.sent(cast, channel="HOTLINE_12345")
    screening.accept(
        actor=cast.scene.approver, complaint=cases.fresh(sent.complaint), is_simple=True, version=1, now=NOW
    )
    held = cases.fresh(sent.complaint)
    later = NOW + timedelta(days=10)
    page = browser(cast.handler).get(at("complaint", held.pk)).content.decode()
    assert at("make_ordinary", held.pk) in page
    assert post(cast.handler, held, "make_ordinary", reason="").status_code == 422
    turned = handling.make_ordinary(
        actor=cast.handler, complaint=held, reason=WHY, version=held.version, now=later
    )  # fmt: skip
    assert running(turned) == {clocks.FINISH: ORDINARY}
    assert (turned.is_simple, turned.ordinary_on) == (False, date(2026, 5, 21))
    assert WHY in thread.thread_of(sent.complaint.receipts.get())[-1].text
    page = browser(cast.handler).get(at("complaint", held.pk)).content.decode()
    assert "普通程序，2026年5月21日由简易事项转来" in page
    assert at("make_ordinary", held.pk) not in page
    with proofs.refused(Conflict, "只能转一次"):
        handling.make_ordinary(actor=cast.handler, complaint=turned, reason=WHY, version=turned.version, now=later)
    turned.ordinary_on = None
    with pytest.raises(DatabaseError), acts.act(kind="x", actor=cast.scene.approver, role="approver", now=NOW):
        turned.save()


def test_the_page_turns_it(cast: Cast) -> None:
    held = simple(cast)
    assert browser(cast.handler).get(at("make_ordinary", held.pk)).status_code == 200
    assert post(cast.handler, held, "make_ordinary", reason=WHY).status_code == 302
    assert running(held) == {clocks.FINISH: ORDINARY}


def test_an_ordinary_case_is_not_turned_and_a_simple_one_not_extended(cast: Cast) -> None:
    plain, held = cases.accepted(cast), simple(cast)
    with proofs.refused(Conflict, "不是按简易事项受理的"):
        handling.make_ordinary(actor=cast.handler, complaint=plain, reason=WHY, version=plain.version, now=NOW)
    with proofs.refused(Conflict, "请先转为普通程序"):
        handling.extend(actor=cast.head, complaint=held, reason=WHY, version=held.version, now=NOW)
    turned = handling.make_ordinary(actor=cast.handler, complaint=held, reason=WHY, version=held.version, now=NOW)
    handling.extend(actor=cast.head, complaint=turned, reason=WHY, version=turned.version, now=NOW)
    assert running(turned) == {clocks.EXTENDED: date(2026, 8, 10)}


def test_a_day_that_has_passed_is_not_turned_away(cast: Cast) -> None:
    held = simple(cast)
    with proofs.refused(Conflict, "办结期限已过"):
        handling.make_ordinary(
            actor=cast.handler, complaint=held, reason=WHY, version=held.version, now=NOW + timedelta(days=22)
        )


def test_nobody_of_the_accused_and_no_other_role_turns_it(cast: Cast) -> None:
    held = simple(cast)
    for who in (cast.accused_handler, cast.custodian, cast.reviewer):
        with proofs.refused(NotAllowed):
            handling.make_ordinary(actor=who, complaint=held, reason=WHY, version=held.version, now=NOW)


def test_what_went_back_to_the_door_never_becomes_simple_again(cast: Cast) -> None:
    held = simple(cast)
    held = handling.make_ordinary(actor=cast.handler, complaint=held, reason=WHY, version=held.version, now=NOW)
    held = screening.transfer(
        actor=cast.scene.approver, complaint=held, department=cast.scene.city, version=held.version, now=NOW
    )
    held = screening.hand_back(actor=cast.above, complaint=held, reason=WHY, version=held.version, now=NOW)
    with proofs.refused(Invalid, "不能再按简易事项办"):
        screening.accept(actor=cast.scene.approver, complaint=held, is_simple=True, version=held.version, now=NOW)


def test_a_simple_case_that_turns_out_a_payment_gets_the_terms_of_payments(cast: Cast) -> None:
    held = simple(cast)
    held = screening.transfer(
        actor=cast.scene.approver, complaint=held, department=cast.scene.city, kind=ComplaintKind.SME_PAYMENT,
        version=held.version, now=NOW,
    )  # fmt: skip
    assert not held.is_simple
    assert set(running(held)) == {clocks.SME_RESULT}
    again = simple(cast)
    again = screening.transfer(
        actor=cast.scene.approver, complaint=again, department=cast.scene.city, version=again.version, now=NOW
    )
    assert running(again) == {clocks.SIMPLE: SHORT}, "handing over gains no time"
