"""Honours: the table walked whole, four eyes in service and database, nothing restricted, incentives as long as the title."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from ledger.refusals import Conflict, Invalid, NotAllowed, Refused, Stale
from records.models import Honour, HonourState, IncentiveMeasure
from records.services.archives import honouring
from records.workflow.archives.honour import HONOUR
from tests.accounts import factories as accounts
from tests.records import factories, proofs
from tests.records.archives import cases
from tests.records.factories import NOW, Scene
from tests.records.web.browsing import Browser, text

S = HonourState
OPEN: dict[str, dict[str, tuple[str, ...]]] = {
    S.DRAFT: {"edit": ("clerk", "colleague", "personnel"), "propose": ("clerk", "colleague", "personnel")},
    S.PROPOSED: {"send_back": ("head", "reviewer"), "grant": ("head", "reviewer")},
    S.GRANTED: {"withdraw": ("head", "reviewer", "approver", "second")},
    S.WITHDRAWN: {},
}

TRIED = ("clerk", "personnel", "reviewer", "approver", "supervisor", "neighbour_reviewer")
"""One of each standing presses what is closed to him; what the others are offered is asked only."""


@pytest.mark.parametrize("state", HonourState.values)
def test_every_action_is_open_to_those_listed_and_closed_to_all_others(scene: Scene, state: str) -> None:
    people = {**scene.everyone(), "personnel": cases.personnel(scene)}
    honour = cases.BUILDERS[state](scene)

    for name, user in people.items():
        offered = {offer.arrow.action for offer in HONOUR.offers(honour, actor=user, now=NOW) if offer.open}
        assert offered == {action for action, who in OPEN[state].items() if name in who}, name
        for action in sorted(set(HONOUR.arrows) - offered) if name in TRIED else ():
            with pytest.raises(Refused):
                HONOUR.perform(action, Honour.objects.get(pk=honour.pk), actor=user, now=NOW, reason="理由")
    assert Honour.objects.get(pk=honour.pk).state == state


def test_who_registered_it_does_not_grant_it_even_as_reviewer(scene: Scene) -> None:
    accounts.granted(scene.clerk.person, "reviewer", scene.bureau)
    honour = cases.proposed(scene)

    with proofs.refused(NotAllowed, "本人"):
        honouring.grant(actor=scene.clerk, honour=honour, version=honour.version, now=NOW)


def test_the_one_honoured_does_not_grant_it(scene: Scene) -> None:
    boss = scene.bureau.head_on(date(2026, 5, 11))
    assert boss is not None
    honour = cases.proposed(scene, subject=cases.person(boss), incentives=("CADRE_REFERENCE",))

    with proofs.refused(NotAllowed, "当事人"):
        honouring.grant(actor=scene.head, honour=honour, version=honour.version, now=NOW)


def test_granting_starts_the_incentives_and_withdrawing_ends_them(scene: Scene) -> None:
    honour = cases.granted(scene)
    measure = IncentiveMeasure.objects.get(honour=honour)
    assert (measure.code, measure.state, measure.ends_on) == ("AWARD_PRIORITY", "active", date(2028, 5, 7))
    assert "140" in measure.basis

    honouring.withdraw(actor=scene.head, honour=honour, reason="材料失实", version=honour.version, now=NOW)

    measure.refresh_from_db()
    assert (measure.state, measure.ended_on) == ("ended", date(2026, 5, 11))


def test_a_record_that_came_between_stops_the_grant(scene: Scene) -> None:
    honour = cases.proposed(scene)
    record = cases.serious(scene)

    with proofs.refused(Conflict, record.number):
        honouring.grant(actor=scene.reviewer, honour=honour, version=honour.version, now=NOW)


def test_a_general_record_is_a_notice_and_stops_nothing(scene: Scene) -> None:
    factories.disclosed(scene)

    honour = cases.granted(scene)

    assert honour.check_run is not None
    assert (honour.check_run.restricted, honour.check_run.noticed) == (0, 1)


def test_a_returned_honour_is_edited_and_handed_in_again(scene: Scene) -> None:
    honour = cases.proposed(scene)
    honour = honouring.send_back(
        actor=scene.reviewer, honour=honour, reason="文号有误", version=honour.version, now=NOW
    )
    changed = cases.award(cases.unit(scene.bureau), document_number="安府〔2026〕22号")
    honour = honouring.edit(actor=scene.colleague, honour=honour, award=changed, version=honour.version, now=NOW)
    honour = honouring.propose(actor=scene.colleague, honour=honour, version=honour.version, now=NOW)

    assert (honour.state, honour.document_number) == (S.PROPOSED, "安府〔2026〕22号")
    with pytest.raises(Stale):
        honouring.grant(actor=scene.reviewer, honour=honour, version=1, now=NOW)


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "a\u200bb"}, "title"),
        ({"title": "长" * 101}, "title"),
        ({"level": "GALAXY"}, "level"),
        ({"granted_by": " "}, "granted_by"),
        ({"document_number": ""}, "document_number"),
        ({"granted_on": date(2026, 5, 12)}, "granted_on"),
        ({"valid_to": date(2026, 5, 1)}, "valid_to"),
        ({"incentives": ("FREE_LUNCH",)}, "incentives"),
    ],
)
def test_what_is_not_acceptable_is_named(scene: Scene, facts: dict[str, Any], field: str) -> None:
    with proofs.refused(Invalid) as caught:
        cases.draft(scene, **facts)
    assert caught.value.field == field


def test_nobody_registers_for_another_unit(scene: Scene) -> None:
    with proofs.refused(NotAllowed):
        cases.draft(scene, subject=cases.unit(scene.neighbour))
    with proofs.refused(NotAllowed):
        honouring.register(
            actor=scene.neighbour_clerk, key=uuid4(), department=scene.bureau, award=cases.award(cases.unit(scene.bureau)),
            now=NOW,
        )  # fmt: skip


@pytest.mark.parametrize(
    ("state", "change"),
    [
        ("draft", "state = 'granted'"),
        ("draft", "state = 'withdrawn'"),
        ("granted", "state = 'draft'"),
        ("withdrawn", "state = 'granted'"),
        ("granted", "title = '别的荣誉'"),
        ("granted", "valid_to = '2099-01-01'"),
        ("granted", "granter_id = filer_id"),
        ("draft", "number = 'JT-RY-2026-9999'"),
        ("proposed", "version = 0"),
    ],
)
def test_the_database_refuses_what_no_arrow_does(scene: Scene, state: str, change: str) -> None:
    honour = cases.BUILDERS[state](scene)

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE records_honour SET {change} WHERE id = %s", [honour.pk])  # noqa: S608


def test_an_editor_is_no_granter_in_the_database_either(scene: Scene) -> None:
    honour = cases.draft(scene)
    honour = honouring.edit(
        actor=scene.colleague,
        honour=honour,
        award=cases.award(cases.unit(scene.bureau)),
        version=honour.version,
        now=NOW,
    )
    honour = honouring.propose(actor=scene.clerk, honour=honour, version=honour.version, now=NOW)
    with pytest.raises(DatabaseError, match="granter has filed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE records_honour SET state = 'granted', decided_on = '2026-05-11', granter_id = %s WHERE id = %s",
            [scene.colleague.person_id, honour.pk],
        )


def test_the_whole_way_in_the_browser(scene: Scene, browser: Browser) -> None:
    clerk, reviewer = browser(scene.clerk), browser(scene.reviewer)
    form = {
        "key": str(uuid4()), "subject": f"unit:{scene.bureau.pk}", "title": "守信践诺先进单位", "level": "CITY",
        "granted_by": "安平市人民政府", "document_number": "安府[2026]21号", "granted_on": "2026年5月8日", "valid_to": "",
        "incentives": ["AWARD_PRIORITY"],
    }  # fmt: skip
    assert clerk.post(reverse("archives:new_honour"), {**form, "title": ""}).status_code == 422
    page = clerk.post(reverse("archives:new_honour"), form)
    assert page.status_code == 302
    assert clerk.post(reverse("archives:new_honour"), form).url == page.url
    honour = Honour.objects.get()
    assert honour.document_number == "安府〔2026〕21号"

    def press(client: Any, act: str, **more: Any) -> Any:
        version = Honour.objects.get().version
        return client.post(reverse(f"archives:{act}_honour", args=[honour.pk]), {"version": version, **more})

    assert press(clerk, "propose").status_code == 302
    assert "授予" in text(reviewer.get(page.url))
    assert press(clerk, "grant").status_code == 403
    assert press(reviewer, "grant").status_code == 302
    assert "可享受" in text(reviewer.get(page.url))
    assert press(reviewer, "withdraw", reason="").status_code == 422
    assert press(reviewer, "withdraw", reason="事迹材料失实").status_code == 302
    assert "事迹材料失实" in text(clerk.get(page.url))
    assert "守信践诺先进单位" in text(clerk.get(reverse("archives:honours")))
    assert browser(scene.neighbour_clerk).get(page.url).status_code == 404
