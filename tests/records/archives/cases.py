"""People and things of the archives for tests, made by the services, so that no test stands on an impossible state."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import uuid4

from django.test import Client

from accounts.models import ApiClient, Department, Official, Person, Post, User
from accounts.services import clients, proposals
from ledger import acts
from ledger.actors import SYSTEM
from records.models import CheckRun, Honour, IntegrityArchive
from records.services.archives import checks, honouring, opening
from records.services.archives.checks import Question
from records.services.archives.honouring import Award
from records.workflow.archives.restricting import Subject
from tests.accounts import factories as accounts
from tests.records import factories
from tests.records.factories import NOW, Scene

BASIS = "粤府〔2017〕140号 二（五）"


def personnel(scene: Scene, unit: Department | None = None) -> User:
    """Return an account of the personnel of a unit, the bureau's where none is named."""
    return accounts.user(("personnel", unit or scene.bureau), name="许望舒")


def archive(official: Official) -> IntegrityArchive:
    """Return an official's archive."""
    return opening.of_official(official=official, now=NOW)


def unit(department: Department) -> Subject:
    """Return a unit as a subject."""
    return Subject(department)


def person(official: Official) -> Subject:
    """Return an official as a subject."""
    return Subject(official.department, official)


def checked(
    actor: User,
    department: Department,
    subjects: Sequence[Subject],
    purpose: str = "AWARD",
    now: Any = NOW,
    **more: Any,
) -> CheckRun:
    """Return a check made by a person for his department."""
    question = Question(subjects=subjects, purpose=purpose, legal_basis=BASIS, **more)
    return checks.run(actor=actor, key=uuid4(), department=department, question=question, now=now)


def award(subject: Subject, **facts: Any) -> Award:
    """Return what the form of an honour says."""
    given: dict[str, Any] = {
        "title": "守信践诺先进单位",
        "level": "CITY",
        "granted_by": "安平市人民政府",
        "document_number": "安府〔2026〕21号",
        "granted_on": date(2026, 5, 8),
        "valid_to": date(2028, 5, 7),
        "incentives": ("AWARD_PRIORITY",),
    }
    return Award(subject=subject, **{**given, **facts})


def draft(scene: Scene, subject: Subject | None = None, **facts: Any) -> Honour:
    """Return a draft by the bureau's clerk."""
    return honouring.register(
        actor=scene.clerk,
        key=uuid4(),
        department=scene.bureau,
        award=award(subject or unit(scene.bureau), **facts),
        now=NOW,
    )


def proposed(scene: Scene, **facts: Any) -> Honour:
    """Return an honour handed in."""
    honour = draft(scene, **facts)
    return honouring.propose(actor=scene.clerk, honour=honour, version=honour.version, now=NOW)


def granted(scene: Scene, **facts: Any) -> Honour:
    """Return an honour granted by the reviewer."""
    honour = proposed(scene, **facts)
    return honouring.grant(actor=scene.reviewer, honour=honour, version=honour.version, now=NOW)


def withdrawn(scene: Scene, **facts: Any) -> Honour:
    """Return an honour withdrawn by the head."""
    honour = granted(scene, **facts)
    return honouring.withdraw(actor=scene.head, honour=honour, reason="事迹材料失实", version=honour.version, now=NOW)


BUILDERS = {"draft": draft, "proposed": proposed, "granted": granted, "withdrawn": withdrawn}
"""How to come to an honour in every state."""


def serious(scene: Scene, **given: Any) -> Any:
    """Return a serious record in force about the bureau."""
    return factories.recognised(scene, severity="serious", **given)


def crowd(department: Department, count: int, *, kind: str = "CIVIL_SERVANT", serve: bool = True) -> list[Official]:
    """Return many officials of a unit, written in one act, each with a post where they serve."""
    with acts.act(kind="test.crowd", actor=SYSTEM, role="system", now=accounts.EARLIER):
        people = Person.objects.bulk_create([Person(name=f"甲{place}") for place in range(count)])
        rows = [Official(person=each, personnel_kind=kind, department=department) for each in people]
        officials: list[Official] = Official.objects.bulk_create(rows)
        if serve:
            Post.objects.bulk_create(
                [
                    Post(
                        official=row, department=department, title="科员", leadership_code="150", held_from="2020-01-01"
                    )
                    for row in officials
                ]
            )
    return officials


def client_of(department: Department, *scopes: str) -> tuple[ApiClient, dict[str, str]]:
    """Return an API client of a department and the header of its token."""
    keeper = accounts.user(("sysadmin", department))
    asked = clients.propose(
        actor=keeper,
        name="网上办事大厅",
        department=department,
        scopes=scopes,
        purpose="办事核查",
        reason="业务对接",
        now=NOW,
    )
    done = proposals.confirm(actor=accounts.administrators()[0], proposal=asked, now=NOW)
    client = ApiClient.objects.get(pk=done.client_id)
    secret = clients.renew_secret(actor=keeper, client=client, now=NOW)
    form = {"grant_type": "client_credentials", "client_id": client.client_id, "client_secret": secret}
    answer = Client().post("/api/v1/token/", form)
    return client, {"Authorization": f"Bearer {answer.json()['access_token']}"}
