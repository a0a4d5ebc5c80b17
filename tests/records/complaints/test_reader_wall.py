"""The second wall: the database itself hides a complaint from whoever serves the department it is about, whatever filter was forgotten."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection, models
from django.test import Client
from django.urls import reverse

from accounts.models import User
from ledger import acts
from ledger.actors import SYSTEM
from ledger.refusals import NotAllowed
from records.models import (
    Complaint,
    ComplaintFile,
    ComplaintIdentity,
    ComplaintKey,
    ComplaintMessage,
    ComplaintRating,
    ComplaintReceipt,
    IdentityRequest,
    MediaClue,
    Rectification,
    walls,
)
from records.models.complaint_querysets import ComplaintQuerySet, shut_out
from records.selectors.complaints import secrecy
from records.services.complaints import clues
from records.services.complaints.clues import Report
from records.services.intake import custody
from records.services.rectification import followers
from rules import clock
from tests.accounts import factories as accounts
from tests.records import proofs
from tests.records.complaints import cases
from tests.records.complaints.cases import Cast
from tests.records.factories import DECIDED, NOW
from tests.records.intake.making import PASSPHRASE, file, jpg

WALLED: tuple[type[models.Model], ...] = (
    Complaint, ComplaintKey, ComplaintReceipt, ComplaintMessage, ComplaintFile, ComplaintIdentity, IdentityRequest, MediaClue,
)  # fmt: skip
WHY = "须当面核对合同原件上的编号"


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the pages live on the day of the scene."""
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def held(cast: Cast) -> Complaint:
    """Give a case about the bureau with a row in every table the wall stands before."""
    custody.make_key(actor=cast.custodian, passphrase=PASSPHRASE, now=NOW)
    case = cases.investigating(cast, name="陈某某", contact="13900001111", uploads=[file("照片.jpg", jpg())])
    custody.ask(actor=cast.handler, complaint=case, reason=WHY, now=NOW)
    clues.note(
        actor=cast.scene.approver, object_department=cast.scene.bureau, now=NOW,
        report=Report("安平日报", "工程款为何拖欠", DECIDED),
    )  # fmt: skip
    return case


def counted() -> dict[str, int]:
    """Count rows as code would that forgot every filter."""
    return {model.__name__: model._default_manager.count() for model in WALLED}


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.django_db
def test_the_wall_stands_for_the_application_login() -> None:
    with connection.cursor() as cursor:
        for model in (*WALLED, ComplaintRating):
            cursor.execute("SELECT row_security_active(%s)", [model._meta.db_table])
            assert cursor.fetchone() == (True,), model


def test_whoever_serves_the_accused_reads_no_row_of_any_table(cast: Cast, held: Complaint) -> None:
    assert all(counted().values())
    post = accounts.user(("auditor", cast.scene.bureau), name="白景行")
    for who in (cast.scene.head, cast.scene.clerk, cast.accused_handler, cast.accused_part, post):
        with walls.reading(who.person_id):
            assert not any(counted().values()), who.person.name
            assert Complaint.objects.filter(pk=held.pk).first() is None
            with walls.lifted():
                assert all(counted().values())
            assert not any(counted().values()), "the wall stands again"
    assert all(counted().values())


def test_those_who_work_on_it_read_as_before(cast: Cast, held: Complaint) -> None:
    for who in (cast.handler, cast.scene.approver, cast.above, cast.custodian, cast.scene.neighbour_clerk):
        with walls.reading(who.person_id):
            assert all(counted().values()), who.person.name


def test_the_database_and_the_code_name_the_same_departments(cast: Cast) -> None:
    for who in cast.everyone().values():
        with walls.reading(who.person_id), connection.cursor() as cursor:
            cursor.execute("SELECT records_reader_serves()")
            assert set(cursor.fetchone()[0]) == shut_out(who, NOW), who.person.name


def test_a_forgotten_filter_shows_the_accused_nothing_at_the_face(
    cast: Cast, held: Complaint, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ComplaintQuerySet, "visible_to", lambda rows, *_who: rows.all())
    page = reverse("complaints:complaint", args=[held.pk])
    assert browser(cast.scene.approver).get(page).status_code == 200
    assert browser(cast.accused_handler).get(page).status_code == 404
    listed = browser(cast.accused_handler).get(reverse("complaints:list")).content.decode()
    assert str(held.pk) not in listed
    assert str(held.pk) in browser(cast.scene.approver).get(reverse("complaints:list")).content.decode()


def test_the_next_request_on_the_connection_is_nobodys(cast: Cast, held: Complaint) -> None:
    browser(cast.accused_handler).get(reverse("complaints:list"))
    assert all(counted().values())
    with pytest.raises(ZeroDivisionError), walls.reading(cast.accused_handler.person_id):
        _ = 1 / 0
    assert all(counted().values())


def test_what_must_be_hidden_is_still_found_to_be_hidden(cast: Cast, held: Complaint) -> None:
    auditor = accounts.user(("auditor", cast.scene.bureau), name="白景行")
    with walls.reading(auditor.person_id):
        found: dict[str, Any] = {name: list(finder(auditor, NOW)) for name, finder in secrecy.FINDERS.items()}
    assert all(found.values())


def test_an_order_that_ends_in_the_accused_departments_hands_still_moves_the_case(cast: Cast) -> None:
    held = cases.rectifying(cast)
    order = Rectification.objects.get(pk=held.rectification_id)
    with (
        walls.reading(cast.scene.head.person_id),
        acts.act(kind="rectification.told", actor=SYSTEM, role="system", obj=order, now=NOW),
    ):
        followers.accepted(order, NOW)
    assert cases.fresh(held).state == "answered"


def test_a_custodian_of_the_accused_neither_sees_nor_decides(cast: Cast, held: Complaint) -> None:
    keeper = accounts.user(("custodian", cast.scene.bureau), name="内应")
    asked = IdentityRequest.objects.get()
    assert not IdentityRequest.objects.visible_to(keeper, NOW).exists()
    assert browser(keeper).get(reverse("custody:request", args=[asked.pk])).status_code == 404
    with proofs.refused(NotAllowed, "须由别的身份保管人决定"):
        custody.refuse(actor=keeper, request=asked, reason="不必知道他是谁", now=NOW)
    assert IdentityRequest.objects.visible_to(cast.custodian, NOW).exists()
