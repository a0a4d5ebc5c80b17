"""What staff take down for somebody, and what a social supervisor files in that name: every channel, one register (domain rows 12, 13, 15)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import User
from ledger.refusals import Invalid, NotAllowed
from records.models import Complaint
from records.services.complaints import corps
from records.services.intake import promises
from records.services.intake import register as intake
from records.services.intake.register import Intake, Received
from records.workflow.complaints import competence

REGISTRARS = ("handler", "approver", "supervisor")
BY_SUPERVISOR = "SUPERVISOR"


def register(*, actor: User, facts: Intake, nonce: bytes, now: datetime, commitment: str = "") -> Received:
    """
    Take down what somebody said on the telephone, put in the box or brought to the counter; this will give his receipt.

    :param commitment: number of the commitment that is said to be broken, empty where none is
    :raises NotAllowed: the actor takes down nothing, or serves the department complained about
    :raises Invalid: a field is not acceptable, or there is no such commitment of this department
    """
    role = next((each.role for each in actor.grants(now) if each.role in REGISTRARS), "")
    if not role:
        raise NotAllowed(_("不能由您办：登记投诉举报属于投诉办理人、认定人和督导员"))
    _outside(actor, facts, now)
    if facts.channel == BY_SUPERVISOR:
        raise Invalid(_("社会监督员的线索由本人登录提交"), field="channel")
    return intake.receive(actor=actor, role=role, facts=_about(facts, commitment), nonce=nonce, now=now)


def file_clue(*, actor: User, facts: Intake, nonce: bytes, now: datetime) -> Received:
    """
    File what a social supervisor saw, in his name; this will be known to come from him, whoever he is.

    :raises NotAllowed: he was not appointed, or his term is over; the public form stays open to him
    """
    corps.serving(person_id=actor.person_id, now=now)
    _outside(actor, facts, now)
    told = replace(facts, channel=BY_SUPERVISOR)
    return intake.receive(actor=actor, role="monitor", facts=told, nonce=nonce, now=now)


def _outside(actor: User, facts: Intake, now: datetime) -> None:
    if competence.serves(actor.person_id, facts.object_department, now):
        raise NotAllowed(_("您在被投诉单位任职，不能登记对它的投诉；请让对方自己在公开页面投诉举报"))


def _about(facts: Intake, number: str) -> Intake:
    kind, key = promises.named(number, department=facts.object_department, is_public=False)
    return replace(facts, about_type=kind, about_id=key)


def filed_by(user: User) -> list[Complaint]:
    """Give what a social supervisor filed himself, newest first: state and day, nothing more."""
    return list(Complaint.objects.filter(recorded_by=user.person_id, channel=BY_SUPERVISOR).order_by("-received_on"))
