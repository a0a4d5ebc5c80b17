"""What must not be missed reaches the people the table names: once, in the act that gives the occasion, and nobody else."""

from __future__ import annotations

import ast
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import Delegation, User
from accounts.services import delegating
from exchange import alarms as raising
from exchange import delivery, relay
from exchange.models import Alarm, Delivery
from ledger import acts
from ledger.actors import SYSTEM
from ledger.models import Entry
from records.models import ComplaintKind, Notification, ObjectionEscalation
from records.services import duties
from records.services.notifications import alarms, escalation, occasions, standing_in
from records.services.objections import nightly, timing
from rules import deadlines
from tests.accounts import factories as accounts
from tests.exchange import scenes
from tests.records import factories
from tests.records.complaints import cases
from tests.records.complaints.cases import Cast
from tests.records.complaints.conftest import cast, company  # noqa: F401
from tests.records.factories import NOW, Scene
from tests.records.objections import factories as objecting
from tests.records.objections.conftest import hall, offices  # noqa: F401
from tests.records.web.browsing import Browser, text

pytestmark = pytest.mark.django_db

JUNE_18 = datetime(2026, 6, 18, 2, 0, tzinfo=UTC)


def at(day: date) -> datetime:
    return NOW + timedelta(days=(day - NOW.date()).days)


def told(user: User) -> list[tuple[str, str]]:
    return list(Notification.objects.filter(person_id=user.person_id).order_by("at", "id").values_list("kind", "text"))


def kinds(user: User) -> list[str]:
    return [kind for kind, _text in told(user)]


def nights(first: date, last: date, *calls: Any) -> None:
    """Let the night's calls run on every day, twice, as after a crash."""
    for offset in range((last - first).days + 1):
        for _twice in range(2):
            for call in calls:
                call(now=at(first + timedelta(days=offset)))


def test_scenario_35_a_payment_complaint_kept_too_long_is_told_to_the_office_its_head_and_the_superior(
    cast: Cast,  # noqa: F811
) -> None:
    held = cases.accepted(cast, now=JUNE_18, kind=ComplaintKind.SME_PAYMENT)
    both = accounts.user(("head", cast.scene.lead), ("clerk", cast.scene.bureau), name="双肩挑")
    clock = deadlines.open_for(held).get()
    nights(date(2026, 7, 3), date(2026, 7, 3), escalation.escalate_due)
    assert "escalation" not in kinds(cast.head)
    nights(date(2026, 7, 4), date(2026, 7, 20), escalation.escalate_due)
    held.refresh_from_db()
    (known,) = [words for kind, words in told(cast.scene.approver) if kind == "overdue"]
    assert held.object_name in known, "who may open it is told which one"
    (to_head,) = [words for kind, words in told(cast.head) if kind == "escalation"]
    assert held.object_name in to_head, "the lead office's head holds a key to its cases"
    (above,) = Notification.objects.filter(person_id=cast.above_head.person_id, kind="escalation")
    assert above.text.startswith(f"有一件投诉举报逾期：{clock.label}到2026年7月3日止没有办结")
    assert held.object_name not in above.text
    assert above.object_id == "", "whoever may not open it is told that there is one, and no more"
    accused = [cast.scene.clerk, cast.scene.head, cast.scene.reviewer, cast.accused_handler, cast.accused_part, both]
    assert [kinds(person) for person in accused] == [[]] * len(accused), "whoever serves the accused hears nothing"


def test_scenario_53_a_missed_situation_report_is_told_once_to_the_head_and_once_to_the_superior(scene: Scene) -> None:
    superior = accounts.user(("head", scene.city), name="何远山")
    record = factories.disclosed(scene)
    report = record.situation_reports.get()
    assert report.due_on is not None
    nights(report.due_on, report.due_on, duties.turn, escalation.escalate_due)
    day_after = report.due_on + timedelta(days=1)
    before = {person.pk: len(told(person)) for person in (scene.head, superior, scene.supervisor)}
    nights(day_after, day_after + timedelta(days=12), duties.turn, escalation.escalate_due)
    label = deadlines.open_for(report).get().label
    for person in (scene.head, superior, scene.supervisor):
        mine = [words for kind, words in told(person)[before[person.pk] :] if kind == "escalation" and label in words]
        assert len(mine) == 1, person


def test_an_objection_not_decided_in_time_is_told_to_both_offices_as_it_goes_up(hall: Any) -> None:  # noqa: F811
    superior_head = accounts.user(("head", hall.province_lead), name="郑省三")
    objection = objecting.accepted(hall, now=NOW)
    (clock,) = [
        each for each in deadlines.open_for(objection) if each.owner_role == "appeals" and "decide" in each.rule
    ]
    assert clock.due_on is not None
    late = clock.due_on + timedelta(days=1)
    entries = Entry.objects.count()
    assert timing.escalate_due(now=at(late)) == 1
    assert Entry.objects.filter(kind="objection.escalate").count() == 1
    assert Entry.objects.count() == entries + 1, "the notices stand in the entry of the act that sends it up"
    nights(late, late, nightly.turn, escalation.escalate_due)
    row = ObjectionEscalation.objects.get(objection=objection)
    assert row.to_office == hall.province_lead
    wanted = {
        hall.superior: "escalation", superior_head: "escalation", hall.lead_head: "escalation", hall.handler: "overdue",
        hall.decider: "overdue",
    }  # fmt: skip
    for person, kind in wanted.items():
        mine = [(each, words) for each, words in told(person) if "逾期没有作出决定" in words]
        assert [each for each, _words in mine] == [kind], person
        assert f"转{hall.province_lead.name}办理" in mine[0][1]
        assert not [words for _each, words in told(person) if f"逾期：{clock.label}到" in words], "nothing twice"
    assert not any("逾期" in words for _kind, words in told(hall.scene.clerk))


def test_a_refused_move_up_tells_nobody(hall: Any, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    objection = objecting.accepted(hall, now=NOW)
    due = max(each.due_on for each in deadlines.open_for(objection) if each.due_on)

    def broken(*_args: Any, **_facts: Any) -> None:
        raise RuntimeError("the machine stops")

    monkeypatch.setattr(timing, "_start", broken)
    with pytest.raises(RuntimeError):
        timing.escalate_due(now=at(due + timedelta(days=1)))
    assert not Notification.objects.filter(text__contains="逾期没有作出决定").exists()
    assert not ObjectionEscalation.objects.exists()


def test_a_platform_that_does_not_answer_calls_the_approvers_once_a_day(scene: Scene, browser: Browser) -> None:
    factories.disclosed(scene)
    relay.relay(NOW)
    puppet = scenes.Puppet()
    puppet.answers = ["accepted"] * 9
    delivery.deliver_due(NOW, transport=puppet)
    late = NOW + timedelta(days=12)
    assert raising.watch(late) >= 1
    assert alarms.tell_open(now=late) == 2
    assert alarms.tell_open(now=late + timedelta(hours=1)) == 0
    assert alarms.tell_open(now=late + timedelta(days=1)) == 0, "the same alarm calls once"
    for person in (scene.approver, scene.second):
        (words,) = [words for kind, words in told(person) if kind == "alarm"]
        assert "平台逾期没有答复" in words
    for person in (scene.clerk, scene.reviewer, scene.auditor, scene.neighbour_clerk):
        assert "alarm" not in kinds(person)
    page = text(browser(scene.approver).get(reverse("notifications:list")))
    assert f'href="{reverse("exchange:deliveries")}?list=hand"' in page
    Alarm.objects.update(cleared_at=late)
    assert alarms.tell_open(now=late + timedelta(days=2)) == 0
    sent = Delivery.objects.first()
    assert sent is not None
    raising.raise_once(sent, Alarm.Kind.DEAD, now=late + timedelta(days=2))
    assert alarms.tell_open(now=late + timedelta(days=2)) == 2, "another cause calls anew"


def _lend(scene: Scene) -> Delegation:
    return standing_in.make(
        actor=scene.reviewer, delegate=scene.colleague.person, grants=delegating.lendable(scene.reviewer, NOW),
        starts_on=NOW.date(), ends_on=NOW.date(), reason="公休假", now=NOW,
    )  # fmt: skip


def test_a_delegation_and_its_notices_are_one_act(scene: Scene) -> None:
    secadmin = accounts.administrators()[0]
    last = Entry.objects.count()
    made = _lend(scene)
    standing_in.confirm(actor=secadmin, delegation=made, now=NOW)
    standing_in.end(actor=scene.reviewer, delegation=made, now=NOW)
    assert [entry.kind for entry in Entry.objects.order_by("position")[last:]] == [
        "accounts.delegate", "accounts.confirm_delegation", "accounts.end_delegation",
    ]  # fmt: skip
    assert kinds(scene.head) == ["delegation"]
    assert kinds(scene.reviewer) == ["delegation"]
    assert kinds(scene.colleague) == ["delegation", "delegation"]


@pytest.mark.parametrize("step", ["make", "confirm", "end"])
def test_where_the_notice_fails_the_delegation_is_not_made(
    scene: Scene, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    secadmin = accounts.administrators()[0]
    made = Delegation() if step == "make" else _lend(scene)
    steps: dict[str, Callable[[], Delegation]] = {
        "make": lambda: _lend(scene),
        "confirm": lambda: standing_in.confirm(actor=secadmin, delegation=made, now=NOW),
        "end": lambda: standing_in.end(actor=scene.reviewer, delegation=made, now=NOW),
    }
    before = list(Delegation.objects.values()), Entry.objects.count(), Notification.objects.count()

    def broken(*_args: Any, **_facts: Any) -> None:
        raise RuntimeError("the notice cannot be written")

    monkeypatch.setattr(standing_in, "tell", broken)
    with pytest.raises(RuntimeError):
        steps[step]()
    assert (list(Delegation.objects.values()), Entry.objects.count(), Notification.objects.count()) == before


def test_every_notice_goes_through_the_table() -> None:
    """No service picks its own readers: only the table's module calls ``notify``, and each row of it is used."""
    root = Path(occasions.__file__).resolve().parents[2]
    named: set[str] = set()
    for file in root.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                called = getattr(node.func, "attr", getattr(node.func, "id", ""))
                assert called != "notify" or file.name == "occasions.py", file
            if isinstance(node, ast.Constant) and node.value in occasions.OCCASIONS:
                named |= {node.value} if file.name != "occasions.py" else set()
    assert named == set(occasions.OCCASIONS)


def test_who_stands_in_two_circles_is_told_once_as_in_the_first(scene: Scene) -> None:
    both = accounts.user(("head", scene.neighbour), ("clerk", scene.neighbour), name="两头任")
    with acts.act(kind="test.tell", actor=SYSTEM, role="system", now=NOW):
        occasions.tell("concerned.unit", places={"unit": scene.neighbour}, words={"text": "已受理"}, now=NOW)
    assert told(both) == [("case", "已受理")]
