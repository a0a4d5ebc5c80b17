"""
The demo is built through the services, so it can only hold what officials could have done themselves.

Whoever needs it filled is in this file: one worker builds it, once.
"""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.models import Department
from exchange.models import Delivery, DeliveryState
from records.demo import people, places
from records.models import (
    AccountabilityCase,
    Commitment,
    CommitmentState,
    Complaint,
    ComplaintKey,
    CorrectionNotice,
    CourtDelisting,
    CreditCheck,
    CreditRepair,
    DishonestyRecord,
    IdentityRequest,
    IdentityRequestState,
    MitigationClaim,
    Objection,
    ObjectionState,
    RecordResponsibility,
    RecordState,
    Rectification,
    RepairState,
    SituationReport,
    Verdict,
)
from records.selectors.archives import coverage
from rules.clock import local_day
from rules.workflow import MACHINES
from tests.demo import walking

NEVER_SEEN = {
    "record": {"archived"},  # five years after its end, and the demo is younger
    "objection": {"accepted"},  # acceptance leaves it in the same act
}
DUTIES = (AccountabilityCase, MitigationClaim, RecordResponsibility, Rectification, SituationReport)


@pytest.mark.django_db
def test_every_role_has_a_person_of_its_own_in_an_invented_tree():
    now = timezone.now()
    built = places.build(now=now)
    accounts = people.build(built, now=now)

    held = {role for account in accounts.values() for role in account.roles(now)}

    assert {place.level for place in built.values()} == {"PROVINCE", "CITY", "COUNTY", "TOWN"}
    assert {"clerk", "reviewer", "head", "approver", "appeals", "supervisor", "personnel", "auditor"} <= held
    assert built["liuhe"].credit_lead() == built["qinghe_lead"]


def test_the_demo_holds_records_in_every_state_and_troubled_deliveries(fresh_demo):
    now = timezone.now()

    states = set(DishonestyRecord.objects.values_list("state", flat=True))
    assert states == set(RecordState.values) - {RecordState.ARCHIVED}
    tomorrow = local_day(now) + timedelta(days=1)
    assert DishonestyRecord.objects.filter(state=RecordState.DISCLOSED, public_until=tomorrow).exists()
    assert DishonestyRecord.objects.filter(is_objected=True).exists()
    assert set(Commitment.objects.values_list("state", flat=True)) == set(CommitmentState.values)
    _check_archives(now)
    _check_duties()
    _check_every_machine()
    _check_objections()
    _check_complaints()
    assert set(Delivery.objects.values_list("state", flat=True)) >= {DeliveryState.REJECTED, DeliveryState.DEAD}
    assert set(CreditRepair.objects.values_list("state", flat=True)) == set(RepairState.values)
    assert CourtDelisting.objects.count() == 1


def _check_duties():
    held = {model: set(model.objects.values_list("state", flat=True)) for model in DUTIES}
    assert held == {model: {code for code, _label in model._meta.get_field("state").choices} for model in DUTIES}


def _check_every_machine():
    """Every workflow is there in every state, so that each page can be met as it is in work."""
    lacking = {}
    for name, machine in MACHINES.items():
        held = set(machine.model._default_manager.values_list(machine.state_field, flat=True))
        wanted = set(machine.states()) - NEVER_SEEN.get(name, set())
        if wanted - held:
            lacking[name] = sorted(wanted - held)
    assert lacking == {}


def _check_archives(now):
    whole = coverage.together(coverage.by_department(departments=Department.objects.all(), on=local_day(now)))
    assert (whole.missing, whole.serving > 20) == (1, True)
    assert set(CreditCheck.objects.values_list("verdict", flat=True)) == set(Verdict.values)


@pytest.mark.timeout(900)
def test_every_link_on_a_staff_page_leads_to_a_page_that_fits_a_phone(demo_site, chromium):
    walking.walk_all(demo_site, chromium, walking.Walk(looks=(), is_quick=True))


@pytest.mark.matrix
def test_every_staff_page_is_accessible_on_a_phone_and_on_a_desk_in_light_and_dark(demo_site, chromium):
    walking.walk_all(demo_site, chromium, walking.Walk(looks=walking.LOOKS))


@pytest.mark.django_db
def test_the_demo_refuses_a_database_that_holds_anything(django_user_model):
    places.build(now=timezone.now())

    with pytest.raises(CommandError, match="空库"):
        call_command("seed_demo", verbosity=0)


@pytest.mark.django_db
def test_every_department_of_the_demo_has_somebody_who_answers_for_it():
    now = timezone.now()
    built = places.build(now=now)
    people.build(built, now=now)

    assert [unit.name for unit in built.values() if unit.head_on(local_day(now)) is None] == []


def _check_complaints() -> None:
    """A simple case under way, one whose contents were destroyed when their time was over, and an original asked for."""
    held = Complaint.objects.all()
    assert held.filter(is_simple=True, state="accepted").count() == 1
    (gone,) = held.exclude(content_erased_on=None)
    assert (gone.state, gone.identity_erased_on) == ("withdrawn", gone.content_erased_on)
    assert {bytes(key.wrapped) for key in ComplaintKey.objects.filter(complaint=gone)} == {b""}
    waiting = IdentityRequest.objects.exclude(file=None).get()
    assert (waiting.state, waiting.file.original_as is not None) == (IdentityRequestState.ASKED, True)


def _check_objections() -> None:
    """One in every state but 已受理, which acceptance leaves at once; one gone up, one notice shown."""
    held = Objection.objects.all()
    assert set(held.values_list("state", flat=True)) == set(ObjectionState.values) - {ObjectionState.ACCEPTED}
    assert held.filter(is_escalated=True, is_paper=True).exists()
    assert CorrectionNotice.objects.count() == 1
